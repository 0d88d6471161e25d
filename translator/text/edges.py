"""Edges of a sentence: emoji, tags and quotes around it, which have no place in its grammar.

A model sees the sentence alone and cannot lose what it was not shown.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from translator.text.characters import EMOJI, SMILEY, UNSPEAKABLE
from translator.text.spans import Span

_UNIT: Final = (
    rf"(?:{EMOJI}|{SMILEY}|[{UNSPEAKABLE}]|[*_~#]+|\[/?\w+(?:=[^\]]*)?\]|&\w+;"
    r"|<(?![^\s<>]*(?:@|://))[^<>]*>)"
)
_LOOSE: Final = re.compile(rf"{_UNIT}(?:\s*+{_UNIT}){{0,20}}")
# Most layers that are taken off a sentence; „– »<b>Ja!</b>« :-)“ has five.
_LAYERS: Final = 8
# „– Ja“, „-Ja“: who says it is another.
_DASH: Final = re.compile(r"[–—-](?:\s|(?=[A-ZÄÖÜ][a-zäöüß]))")
# A link after one of these stands apart from the sentence: „Mehr dazu: https://…“
_APART: Final = frozenset(":.!?…–—|")
_LINK: Final = re.compile(r"[a-z][a-z0-9+.-]*://|www\.|mailto:|<|[@#]")

_PAIRS: Final = ("„“", "„”", "“”", "»«", "«»", '""', "‚‘", "›‹", "‹›")
_DOUBLE: Final = frozenset('„“”»«"')
_OPENERS: Final = frozenset('„“»«"‚›‹')
_CLOSERS: Final = frozenset('“”«»"‘‹›')
_STRAIGHT: Final = '"'


class Edges(NamedTuple):
    """Edges: the sentence lies in `[start, end)` of its source; `before`, `after` go around it."""

    start: int
    end: int
    before: str
    after: str


def find_edges(source: str, found: Sequence[Span], marks: Sequence[str]) -> Edges:
    """Find the edges of a sentence. `found` are the spans in it that are not language.

    Quotes around it are put in the form of `marks`: opening, closing, and both for quotes inside
    of quotes. They stay as they are if it is empty.
    """
    last_of, first_of = dict(found), {last: first for first, last in found}
    start, end = 0, len(source)
    before: list[str] = []
    after: list[str] = []
    for _ in range(_LAYERS):
        if start == end:
            break
        left = _loose_start(source, start, end, last_of)
        right = 0 if left else _loose_end(source, start, end, first_of)
        opening = source[start : start + left]
        closing = source[end - right : end]
        if not (left or right):
            left, right = _quotes(source, start, end)
            opening = _shown(source[start : start + left], marks[0::2])
            closing = _shown(source[end - right : end], marks[1::2])
        if not (left or right):
            break
        rest = start + left
        start = end - len(source[rest : end - right].lstrip()) - right
        before.append(opening + source[rest:start])
        rest = end - right
        end = start + len(source[start:rest].rstrip())
        after.append(source[end:rest] + closing)
    return Edges(start, end, "".join(before), "".join(reversed(after)))


def _shown(quote: str, marks: Sequence[str]) -> str:
    if not quote or not marks or quote == _STRAIGHT:
        return quote
    return marks[0] if quote in _DOUBLE else marks[1]


def _loose_start(source: str, start: int, end: int, last_of: Mapping[int, int]) -> int:
    """How many characters at the start are not of the sentence."""
    last = last_of.get(start, start)
    if start < last <= end and _LOOSE.fullmatch(source, start, last):
        return last - start
    return 1 if _DASH.match(source, start, end) else 0


def _loose_end(source: str, start: int, end: int, first_of: Mapping[int, int]) -> int:
    first = first_of.get(end, end)
    return end - first if start < first < end and _is_apart(source, first, end) else 0


def _is_apart(source: str, first: int, end: int) -> bool:
    """Whether what begins at `first` is no part of the sentence before it."""
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
    if first not in _OPENERS and last not in _CLOSERS:
        return 0, 0
    doubles = sum(source.count(each, start, end) for each in _DOUBLE)
    if end - start > 1 and first + last in _PAIRS:
        around = (first in _DOUBLE) + (last in _DOUBLE)
        return (1, 1) if doubles == around else (0, 0)
    if doubles == 1 and first in _DOUBLE and first in _OPENERS:
        return (1, 0)
    if doubles == 1 and last in _DOUBLE and last in _CLOSERS:
        return (0, 1)
    return 0, 0
