"""Take from a sentence's edges what has no place in its grammar: emoji, tags, quotes around it.

A model sees the sentence alone and cannot lose what it was not shown.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from translator.text.characters import EMOJI, SMILEY, UNSPEAKABLE
from translator.text.spans import Span

_LOOSE: Final = re.compile(
    rf"{EMOJI}(?:\s*{EMOJI})*|{SMILEY}|[{UNSPEAKABLE}]+|[*_~]+|\[/?\w+(?:=[^\]]*)?\]|&\w+;"
    r"|<(?![^\s<>]*(?:@|://))[^<>]*>"
)
_DASH: Final = re.compile(r"[–—-]\s")
# A link after one of these stands apart from the sentence: „Mehr dazu: https://…“
_APART: Final = frozenset(":.!?…–—|")
_LINK: Final = re.compile(r"[a-z][a-z0-9+.-]*://|www\.|mailto:|<|[@#]")

_PAIRS: Final = ("„“", "„”", "“”", "»«", "«»", '""', "‚‘", "›‹", "‹›")
_DOUBLE: Final = frozenset('„“”»«"')
_OPENING: Final = {"„": "“", "“": "“", "»": "“", "«": "“", '"': '"', "‚": "‘", "›": "‘", "‹": "‘"}
_CLOSING: Final = {"“": "”", "”": "”", "«": "”", "»": "”", '"': '"', "‘": "’", "‹": "’", "›": "’"}


class Edges(NamedTuple):
    """The sentence itself lies in `[start, end)`; `before` and `after` go around its translation."""

    start: int
    end: int
    before: str
    after: str


def find_edges(source: str, found: Sequence[Span], *, english: bool) -> Edges:
    """Where a sentence starts and ends. `found` are the spans in it that are not language.

    With `english` the quotes around it are put in their English form.
    """
    last_of, first_of = dict(found), {last: first for first, last in found}
    start, end = 0, len(source)
    before: list[str] = []
    after: list[str] = []
    while start < end:
        left, right = 0, 0
        opening, closing = "", ""
        first, last = first_of.get(end, end), last_of.get(start, start)
        if start < last <= end and _LOOSE.fullmatch(source, start, last):
            left = last - start
        elif start < first < end and _is_apart(source, first, end):
            right = end - first
        elif _DASH.match(source, start, end):
            left = 1
        else:
            left, right = _quotes(source, start, end)
            if english and left:
                opening = _OPENING[source[start]]
            if english and right:
                closing = _CLOSING[source[end - 1]]
        if not (left or right):
            break
        if left:
            rest = start + left
            taken = opening or source[start:rest]
            start = rest
            while start < end and source[start].isspace():
                start += 1
            before.append(taken + source[rest:start])
        if right:
            rest = end - right
            taken = closing or source[rest:end]
            end = rest
            while end > start and source[end - 1].isspace():
                end -= 1
            after.append(source[end:rest] + taken)
    return Edges(start, end, "".join(before), "".join(reversed(after)))


def _is_apart(source: str, first: int, end: int) -> bool:
    if _LOOSE.fullmatch(source, first, end):
        return True
    if not _LINK.match(source, first, end):
        return False
    while first > 0 and source[first - 1].isspace():
        first -= 1
    return first > 0 and source[first - 1] in _APART


def _quotes(source: str, start: int, end: int) -> tuple[int, int]:
    """How many characters of quotes stand at the start and at the end: each 0 or 1.

    They count if they are a pair around the whole, or if the other half is in another sentence.
    """
    first, last = source[start], source[end - 1]
    if first not in _OPENING and last not in _CLOSING:
        return 0, 0
    doubles = sum(source.count(each, start, end) for each in _DOUBLE)
    if end - start > 1 and first + last in _PAIRS:
        around = (first in _DOUBLE) + (last in _DOUBLE)
        return (1, 1) if doubles == around else (0, 0)
    if doubles == 1 and first in _DOUBLE:
        return (1, 0)
    if doubles == 1 and last in _DOUBLE and last in _CLOSING:
        return (0, 1)
    return 0, 0
