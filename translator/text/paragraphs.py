"""Hard-wrapped paragraphs: recognise lines that end where the width ended, not the thought.

Mails, RFCs and old books break lines at a fixed width. Their lines are joined before they are
translated. Poems, addresses, lists and subtitles look alike from afar and must stay as they are,
so all signs have to agree: no line has room for the next line's first word, lines do not end
where sentences do, and some go on in lower case. In narrow columns, as of a newspaper or copied
from a PDF file, words are hyphenated at line ends, or sentences end inside of lines.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from translator.text.characters import OPENERS
from translator.text.lines import TAB_SIZE, Line

# Widths of a hard-wrapped paragraph, in columns.
_WIDTHS: Final = range(40, 111)
# The same where a word is hyphenated at a line's end, which is hardly done by hand, and where
# sentences end inside of lines.
_HYPHENATED_WIDTHS: Final = range(12, 241)
_NARROW_WIDTHS: Final = range(24, _WIDTHS.start)
_FROM_NARROW: Final = range(_NARROW_WIDTHS.start, _WIDTHS.stop)
# Share of the width that a line of narrow or broad letters takes, at least: columns of a printed
# page are set by the millimetre.
_PRINTED: Final = 0.8
# Line breaks that a narrow paragraph without hyphens has, at least.
_MANY_BREAKS: Final = 4
# Columns, too. Two lines alone show little: only a usual width counts.
_USUAL_WIDTHS: Final = range(60, 101)
# Columns: the widest lines of two paragraphs of one text differ by chance, up to a long word.
_SAME_WIDTH: Final = 12
# Share of line breaks that may look wrong in a paragraph: people wrap by hand, too.
_TOLERANCE: Final = 0.2
# From this share of the line breaks on, lines that end with a sign were ended on purpose.
_MANY_PAUSES: Final = 0.6
# Columns: words of prose are shorter than this on average; rows of data are not.
_LONG_WORDS: Final = 12

_STOP: Final = re.compile(r"[.!?:;…][\"“”»«'’)\]]*\Z")
_PAUSE: Final = re.compile(r"[.!?:;…,–—][\"“”»«'’)\]]*\Z")
_HYPHEN: Final = re.compile(r"[^\W\d_][-‐\u00ad]\Z")
_HYPHENATED: Final = re.compile(r"[^\W\d_]{2}[-‐\u00ad]\Z")
_GOING_ON: Final = re.compile(r"[a-zäöüß]{2}")
_INNER_STOP: Final = re.compile(r"[a-zäöüß]{2}[.!?][\"“”»«]?\s[A-ZÄÖÜ„»]")
_COLUMNS: Final = re.compile(r"\S(?:\t| {4,})\S| \| ")
_DASHES: Final = frozenset("-–—")


class Paragraph(NamedTuple):
    """Paragraph: lines `first` to `last` (inclusive) of a text; a single line has no width."""

    first: int
    last: int
    width: int | None = None


class _Break(NamedTuple):
    """Line break: the facts about a line and the next one."""

    used: int  # columns of the line
    needed: int  # columns it would take with the next line's first word
    words: int
    stop: bool
    pause: bool
    goes_on: bool
    forced: bool
    hyphenated: bool  # a word goes on in the next line
    inner_stop: bool  # a sentence ends inside of the line


class _Block(NamedTuple):
    """Block: lines that one paragraph might be made of."""

    first: int
    last: int
    width: int
    breaks: Sequence[_Break]

    @property
    def hyphenated(self) -> bool:
        """Whether any of its lines ends inside of a word."""
        return any(found.hyphenated for found in self.breaks)


def paragraphs(text: str, lines: Sequence[Line]) -> list[Paragraph]:
    """Paragraphs: all lines of `text`, in order; those of hard-wrapped paragraphs joined."""
    blocks = list(_blocks(text, lines))
    runs = {block.first: _runs(block, block.width) for block in blocks if block.breaks}
    # The width of a text's clear paragraphs helps with the short ones.
    known = max((block.width for block in blocks if runs.get(block.first)), default=0)
    result: list[Paragraph] = []
    for block in blocks:
        width, found = block.width, runs.get(block.first, [])
        if block.breaks and not found and known - _SAME_WIDTH <= width <= known:
            width, found = known, _runs(block, known, known=True)
        position = block.first
        for start, end in found:
            result.extend(Paragraph(i, i) for i in range(position, block.first + start))
            position = block.first + end + 1
            result.append(Paragraph(block.first + start, position - 1, width))
        result.extend(Paragraph(i, i) for i in range(position, block.last + 1))
    return result


def _blocks(text: str, lines: Sequence[Line]) -> Iterator[_Block]:
    """Cut a text wherever a paragraph cannot go on."""
    first = 0
    for index in range(len(lines)):
        if index + 1 < len(lines) and _may_join(text, lines, first, index):
            continue
        if first == index:
            yield _Block(first, index, 0, ())
        else:
            ends = [
                _columns(text, line) for line in lines[first : index + 1] if _has_space(text, line)
            ]
            width = max(ends, default=0)
            inner = range(first, index) if width in _HYPHENATED_WIDTHS else ()
            yield _Block(first, index, width, [_break(text, lines[i], lines[i + 1]) for i in inner])
        first = index + 1


def _may_join(text: str, lines: Sequence[Line], first: int, index: int) -> bool:
    """Whether line `index + 1` may belong to the block of lines from `first` to `index`."""
    line, following = lines[index], lines[index + 1]
    if line.blank or following.blank or line.verbatim or following.verbatim:
        return False
    if line.quote != following.quote:
        return False
    if following.marked:
        # A list item, unless it is a dash within the sentence: „– wie immer –“
        after = lines[index + 2] if index + 2 < len(lines) else None
        if (
            line.marked
            or text[following.body] not in _DASHES
            or not text[following.content].islower()
            or (after is not None and after.marked)
        ):
            return False
    # The first line's indentation may differ.
    return index == first or text[line.start : line.body] == text[following.start : following.body]


def _break(text: str, line: Line, following: Line) -> _Break:
    said = text[line.content : line.end]
    after = text[following.body : following.end]
    used = _columns(text, line)
    return _Break(
        used=used,
        needed=used + 1 + len(after.split(None, 1)[0]),
        words=len(said.split()),
        stop=_STOP.search(said) is not None,
        pause=_PAUSE.search(said) is not None,
        goes_on=after.lstrip(OPENERS + "-–— ")[:1].islower() or _HYPHEN.search(said) is not None,
        forced=_COLUMNS.search(said) is not None or text[line.end : line.end + 2] == "  ",
        hyphenated=_GOING_ON.match(after) is not None and _HYPHENATED.search(said) is not None,
        inner_stop=_INNER_STOP.search(said) is not None,
    )


def _runs(block: _Block, width: int, *, known: bool = False) -> list[tuple[int, int]]:
    """Runs of a block's lines, as first and last, that are paragraphs set in `width`."""
    breaks = block.breaks
    hyphenated = block.hyphenated
    if width not in (_HYPHENATED_WIDTHS if hyphenated else _FROM_NARROW):
        return []
    least = width * _PRINTED if hyphenated else width
    soft = [
        found.hyphenated
        or ((found.needed > least or (hyphenated and found.goes_on)) and not found.forced)
        for found in breaks
    ]
    odd = sum(not full and not found.stop for full, found in zip(soft, breaks, strict=True))
    if odd > max(1, _TOLERANCE * len(breaks)):
        return []
    runs: list[tuple[int, int]] = []
    start = 0
    for index in range(len(breaks) + 1):
        if index < len(breaks) and soft[index]:
            continue
        if index > start and _flows(breaks[start:index], width, known=known):
            runs.append((start, index))
        start = index + 1
    return runs


def _flows(breaks: Sequence[_Break], width: int, *, known: bool) -> bool:
    """Whether text goes on over these breaks, each of which the width explains."""
    if sum(found.words for found in breaks) * _LONG_WORDS < sum(found.used for found in breaks):
        return False
    if any(found.hyphenated for found in breaks):
        return True
    going_on = sum(found.goes_on for found in breaks)
    if width < _WIDTHS.start:
        return going_on >= max(1, len(breaks) / 4) and _is_column(breaks, known=known)
    if len(breaks) == 1:
        if known:
            return not breaks[0].stop and (breaks[0].goes_on or not breaks[0].pause)
        return width in _USUAL_WIDTHS and breaks[0].goes_on and not breaks[0].stop
    pauses = sum(found.pause for found in breaks)
    return going_on >= max(1, len(breaks) / 4) and pauses / len(breaks) < _MANY_PAUSES


def _is_column(breaks: Sequence[_Break], *, known: bool) -> bool:
    """Whether sentences end inside of narrow lines rather than at their ends."""
    stops = sum(found.stop for found in breaks)
    if known:
        return not stops
    return len(breaks) >= _MANY_BREAKS and stops < sum(found.inner_stop for found in breaks)


def _has_space(text: str, line: Line) -> bool:
    return len(text[line.content : line.end].split(None, 1)) > 1


def _columns(text: str, line: Line) -> int:
    said = text[line.start : line.end]
    return len(said.expandtabs(TAB_SIZE)) if "\t" in said else len(said)
