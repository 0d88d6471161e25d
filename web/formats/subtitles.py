"""Subtitles: the words of the cues of an .srt or .vtt; timing, settings, notes stay as they are.

srt, pysubs2 and webvtt-py write files anew: numbers, settings, styles or notes get lost. So the
lines between a timing and the next blank line are found here, and everything else is not touched.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from web.formats.base import DocumentError
from web.formats.pairs import Around, Pairs
from web.formats.places import Content, Element, Lines, Place, places
from web.formats.plain_text import decoded_file, encoded
from web.messages import N_

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_TIMING: Final = re.compile(r"\s*(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[,.:]\d{1,3})?\s*-->")
_NUMBER: Final = re.compile(r"\s*\d{1,9}\s*\Z")
# <i>, </i>, <v Anna>, <c.yellow>, <00:01.500>, {\an8}
_MARKUP: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z]{1,20})[^<>\n]{0,300}>|<\d[\d:.]{1,20}>|\{\\[^{}\n]{1,300}\}"
)
_ENDED: Final = re.compile(r"[.!?…:;♪)\]][\"“”»«'’]*\s*\Z")
# The start of a line that another person says, or that is no speech.
_BEGINS: Final = re.compile(r"\s*[-–—‐♪#(\[]")
# Counted apart in the width of a line: markup as no character, an entity as one.
_UNEVEN: Final = re.compile(rf"{_MARKUP.pattern}|(?P<space> )|(?P<one>&\w{{1,8}};)")


class _Cue(NamedTuple):
    """Cue: its words are characters `start` to `end` of the text, without the last line break."""

    start: int
    end: int


class Subtitles:
    """Subtitle file: a `web.formats.base.Document` of cues."""

    def __init__(self, data: bytes, *, vtt: bool) -> None:
        """Read a file. Raises DocumentError when it is no text or has no cues."""
        self._text, self._encoding = decoded_file(data)
        self._vtt = vtt
        if not any(_TIMING.match(line[1]) for line in _LINE.finditer(self._text)):
            raise DocumentError(N_("There are no subtitles in the file. Nothing was kept."))
        self._cues = list(_cues(self._text, vtt=vtt))
        self._lines = Lines()
        for cue in self._cues:
            self._lines.add(places(self._items(cue)))
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:  # noqa: ARG002 - it has no marks
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        self._lines.check(targets)
        fill = self._lines.filler(targets)
        parts: list[str] = []
        position = 0
        for cue in self._cues:
            items = self._items(cue)
            found = places(items)
            breaks = {place: "".join(_texts(place.items)).count("\n") for place in found}
            if not fill(found):
                continue
            said = self._text[cue.start : cue.end]
            ends = re.search(r"\r\n|\n|\r", said)
            new = self._written(items, breaks)
            parts += (self._text[position : cue.start], new.replace("\n", ends[0] if ends else ""))
            position = cue.end
        return encoded("".join([*parts, self._text[position:]]), self._encoding)

    def _items(self, cue: _Cue) -> Content:
        text = self._text[cue.start : cue.end].replace("\r\n", "\n").replace("\r", "\n")
        pairs = Pairs()
        position = 0
        for match in _MARKUP.finditer(text):
            self._add_text(text, position, match.start(), pairs)
            position = match.end()
            name = match["name"]
            if name and not match["end"]:
                pairs.open(name, match.group(), Element(Around(match.group(), "")))
            elif name and pairs.is_open(name):
                pairs.close(name, match.group())
            else:
                pairs.add(Element(Around(match.group(), "")))
        self._add_text(text, position, len(text), pairs)
        return pairs.items

    def _add_text(self, text: str, start: int, end: int, pairs: Pairs) -> None:
        """Text with its line breaks: where the sentence goes on, one is only white space."""
        first = start
        while (found := text.find("\n", first, end)) >= 0:
            if _parts(text, found):
                pairs.add(self._plain(text[start:found]))
                pairs.add(Element(Around("\n", ""), apart=True))
                start = found + 1
            first = found + 1
        pairs.add(self._plain(text[start:end]))

    def _plain(self, text: str) -> str:
        return html.unescape(text) if self._vtt else text

    def _written(self, items: Content, breaks: Mapping[Place, int]) -> str:
        parts: list[str] = []
        for item in items:
            if isinstance(item, str):
                parts.append(self._escaped(item))
            elif isinstance(item, Place):
                new = self._written(item.items, breaks)
                parts.append(_broken(new, breaks[item]) if item.changed else new)
            else:
                inner = self._written(item.items or [], breaks)
                parts += (item.what.before, inner, item.what.after)
        return "".join(parts)

    def _escaped(self, text: str) -> str:
        return html.escape(text, quote=False) if self._vtt else text


def _cues(text: str, *, vtt: bool) -> Iterator[_Cue]:
    """The words of each cue; what follows a blank line in an .srt is another piece of them."""
    lines = [(match.start(), match.end(1), match[1]) for match in _LINE.finditer(text)]
    speaking = False
    start = end = -1
    for index, (first, last, line) in enumerate(lines):
        timing = _TIMING.match(line) is not None
        if timing or not line.strip() or (not vtt and _is_number(lines, index)):
            if start >= 0:
                yield _Cue(start, end)
            start = -1
            speaking = timing or (speaking and not vtt)
        elif speaking:
            start = first if start < 0 else start
            end = last
    if start >= 0:
        yield _Cue(start, end)


def _is_number(lines: Sequence[tuple[int, int, str]], index: int) -> bool:
    """Whether a line is the number of the cue whose timing follows."""
    following = lines[index + 1][2] if index + 1 < len(lines) else ""
    return _NUMBER.match(lines[index][2]) is not None and _TIMING.match(following) is not None


def _parts(text: str, position: int) -> bool:
    """Whether a sentence, or what one person says, ends at this line break."""
    before = _MARKUP.sub("", text[text.rfind("\n", 0, position) + 1 : position])
    end = text.find("\n", position + 1)
    after = _MARKUP.sub("", text[position + 1 : end if end >= 0 else len(text)]).lstrip()
    if _BEGINS.match(after):
        return True
    return _ENDED.search(before) is not None and not after[:1].islower()


def _texts(items: Content) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield item
        else:
            yield from _texts(item.items or [])


def _broken(text: str, breaks: int) -> str:
    """A cue's sentence in as many lines as it had, of about the same length, if it has the words.

    Markup takes no room.
    """
    spaces: list[int] = []  # where a line may break
    seen: list[int] = []  # and how many characters are seen before it
    count = position = 0
    for match in _UNEVEN.finditer(text):
        count += match.start() - position
        position = match.end()
        if match["space"]:
            spaces.append(match.start())
            seen.append(count)
        count += bool(match["space"] or match["one"])
    count += len(text) - position
    parts = list(text)
    first = 0
    for number in range(1, breaks + 1):
        wanted = count * number / (breaks + 1)
        best = bisect_left(seen, wanted, first)
        if best > first and (best == len(seen) or wanted - seen[best - 1] <= seen[best] - wanted):
            best -= 1
        if best >= len(seen):
            break
        parts[spaces[best]] = "\n"
        first = best + 1
    return "".join(parts)
