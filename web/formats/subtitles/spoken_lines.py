"""Spoken lines: sentences over several cues as one line, and their translations shared out again.

Each cue gets its share by its length; dashes, ellipses and timing marks stay where they were.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from web.formats.places import Content, Element, Place
from web.formats.sharing import (
    balanced,
    flat,
    parted_content,
    shares,
    with_breaks,
    with_marks,
    without_marks,
)
from web.formats.subtitles.cues import Cue
from web.formats.subtitles.sentences import LEADING_ELLIPSIS, TRAILING_ELLIPSIS

# „Wohn-⏎haus“, but „Haus-⏎und“, „E-Mail-⏎Adresse“.
_HYPHENATED: Final = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\n(?=([^\W\d_]+))")
_PAIRING: Final = frozenset(("und", "oder", "bzw", "sowie", "als", "wie", "bis", "statt", "ohne"))


@dataclass(slots=True, eq=False)
class Spot:
    """Speech between two breaks of a cue: its place, and the pieces that lines are made of.

    `sentences` is its content cut where a sentence surely ends.
    """

    place: Place
    breaks: int
    sentences: list[Content]
    pieces: list[Content] = field(default_factory=list)
    changed: bool = False


class ShownCue(NamedTuple):
    """Cue as it is shown: its content, and what is said in it."""

    cue: Cue
    items: Content
    spots: list[Spot]
    said: str


@dataclass(slots=True, eq=False)
class _Member:
    """Part of a line that stands in one cue; what is not asked for is kept beside it."""

    spot: Spot
    number: int
    items: Content
    marks: list[tuple[int, Element]] = field(default_factory=list)
    head: str = ""
    tail: str = ""
    source: str = ""


class SpokenLine(NamedTuple):
    """Line of the document: a place with what is said in one cue, or in several."""

    asked: Place
    members: list[_Member]


def spoken_lines(run: Sequence[ShownCue]) -> list[SpokenLine]:
    """The lines of a run of cues, in the order in which they begin."""
    found: list[list[_Member]] = []
    for number, shown in enumerate(run):
        for index, spot in enumerate(shown.spots):
            goes_back = number > 0 and index == 0
            goes_further = number + 1 < len(run) and index + 1 == len(shown.spots)
            if goes_back or goes_further:
                spot.pieces = spot.sentences
            members = [_Member(spot, each, items) for each, items in enumerate(spot.pieces)]
            if goes_back:
                found[-1].append(members.pop(0))
            found += ([member] for member in members)
    return [SpokenLine(Place(_asked(members)), members) for members in found]


def _asked(members: Sequence[_Member]) -> Content:
    """Content that is asked for: without line breaks, hyphens at them, and timing marks."""
    for member in members:
        member.items = without_marks(_unbroken(member.items), member.marks)
    result: Content = []
    for number, member in enumerate(members):
        if number:
            result.append(_joint(members[number - 1], member, result))
        result += member.items
        member.source = flat(member.items)
    return [item for item in result if item != ""]


def _joint(before: _Member, after: _Member, result: Content) -> str:
    """Text between two parts of a line; ellipses there are left out of it.

    `result` ends with the items of `before`.
    """
    end, start = before.items[-1], after.items[0]
    if not isinstance(end, str) or not isinstance(start, str):
        return " "
    if ellipsis := TRAILING_ELLIPSIS.search(end):
        before.tail = ellipsis.group()
        result[-1] = before.items[-1] = end[: ellipsis.start()]
    if ellipsis := LEADING_ELLIPSIS.match(start):
        after.head = ellipsis.group()
        after.items[0] = start[ellipsis.end() :]
    hyphen = _HYPHENATED.search(f"{end[-2:]}\n{start}")
    if hyphen is None or "\n" in (sign := _unhyphenated(hyphen)):
        return " "
    result[-1] = end[:-1] + sign
    return ""


def _unbroken(items: Content) -> Content:
    return [
        _HYPHENATED.sub(_unhyphenated, item).replace("\n", " ")
        if isinstance(item, str)
        else item
        if isinstance(item, Place) or item.items is None
        else Element(item.what, _unbroken(item.items))
        for item in items
    ]


def _unhyphenated(match: re.Match[str]) -> str:
    following = match[1]
    if match.group() == "\u00ad\n" or (following.islower() and following not in _PAIRING):
        return ""
    return match.group() if following in _PAIRING else match.group()[0]


def share_out(line: SpokenLine, language: str) -> None:
    """Give each part of a line its share of the translation; unchanged, it keeps what it had."""
    parts: list[Content] = [member.items for member in line.members]
    if line.asked.changed:
        target = line.asked.items
        cuts = shares(flat(target), [member.source for member in line.members], language)
        parts = [_stripped(part) for part in parted_content(target, cuts)]
    for index, member in enumerate(line.members):
        part = parts[index] if index < len(parts) else []
        items = with_marks(part, member.marks, member.source)
        if flat(part).strip():
            items = [member.head, *items, member.tail]
        member.spot.pieces[member.number] = items
        member.spot.changed |= line.asked.changed


def _stripped(items: Content) -> Content:
    result = list(items)
    if result and isinstance(result[0], str):
        result[0] = result[0].lstrip()
    if result and isinstance(result[-1], str):
        result[-1] = result[-1].rstrip()
    return result


def settle(spot: Spot, language: str) -> None:
    """Put the pieces into their place, in as many lines as it had, of about the same length."""
    if not spot.changed:
        return
    items: Content = []
    for number, piece in enumerate(spot.pieces):
        items += ([" "] if number else []) + piece
    if spot.breaks:
        items = with_breaks(items, balanced(flat(items), spot.breaks + 1, language))
    spot.place.items = items
