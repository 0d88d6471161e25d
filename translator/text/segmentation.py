"""Segmentation: cut a text into lines, hard-wrapped paragraphs and sentences."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

from translator.text.characters import UNSPEAKABLE
from translator.text.line_breaks import parting_breaks
from translator.text.lines import Line, read_lines
from translator.text.names import speaker_end
from translator.text.paragraphs import paragraphs
from translator.text.segment import Layout, Segment
from translator.text.sentences import sentences
from translator.text.spans import Span, is_language

# Gaps that part a line like a line break: between columns, characters no model can read, leaders
# („Einleitung . . . . 5“, „Kaffee ...... 2,50 €“, „Vorwort ...... iv“), and blanks of forms
# („Name: ________“).
_PARTING: Final = re.compile(
    rf"(?P<gap>\t\s*|\s{{3,}})|(?P<copied>[{UNSPEAKABLE}]+"
    r"|(?=[.…·_])(?:(?<=\s)(?P<dot>[.·])(?:\s(?P=dot)){2,400}(?=\s)"
    r"|(?<=[\w\s)])(?:\.{4,400}|…{2,200}|·{4,400}|_{4,400})"
    r"(?:(?=\s?(?:€\s?)?\d)|\s?(?:[ivx]{1,6}|[IVX]{1,6})(?!\w))"
    r"|(?<=[\w:)]\s|[\w\s]:|\w\w)(?:_{4,400}|\.{8,400})(?=[\s,;]|\Z)))"
)
_ROW_PARTING: Final = re.compile(rf"{_PARTING.pattern}|(?P<bar>\|+)")
_ROW: Final = re.compile(r"\||.*?\s\|\s")
# Bars and gaps in these part nothing: {{ x | y }}, [[x|y]], `x | y`, *|X|*.
_HELD: Final = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\[\[[^\[\]\n]{1,200}\]\]|`[^`\n]{1,200}`|\*\|[A-Z0-9_:]{1,60}\|\*"
)
_DUMB: Final = re.compile(f"[{UNSPEAKABLE}]")


class _Cut(NamedTuple):
    """Cutter: how a line is cut; each gives the places in it, in order."""

    sentences: Callable[[str], list[Span]]
    breaks: Callable[[str], list[Span]]  # line breaks at which what is said ends


class _Piece(NamedTuple):
    """A future segment: a range of the text."""

    start: int
    end: int
    copied: bool = False
    layout: Layout | None = None


def segment(text: str, language: str = "de", *, whole_lines: bool = False) -> Iterator[Segment]:
    """Segments of `text`, in order. Joined, their sources and separators are `text`.

    Separators are white space. White space at the start of the text is the separator of a first
    segment with an empty source. `language` is the code of the text's language. With `whole_lines`
    a line, or a hard-wrapped paragraph, is not cut into sentences.
    """
    seen: dict[str, bool] = {}
    last = _Piece(0, 0, copied=True)
    cut = _Cut(
        _whole if whole_lines else partial(sentences, language=language),
        partial(parting_breaks, language=language),
    )
    for piece in _pieces(text, cut):
        if piece.start > 0 or last.end > 0:
            yield _segment(text, last, piece.start, language, seen)
        last = piece
    if text:
        yield _segment(text, last, len(text), language, seen)


def _segment(
    text: str, piece: _Piece, following: int, language: str, seen: dict[str, bool]
) -> Segment:
    """A piece with the white space up to `following`; `seen` keeps which sources are copied."""
    source = text[piece.start : piece.end]
    copied = True if piece.copied else seen.get(source)
    if copied is None:
        copied = seen[source] = not is_language(source, language)
    return Segment(source, text[piece.end : following], copied, piece.layout, piece.copied)


def _pieces(text: str, cut: _Cut) -> Iterator[_Piece]:
    lines = read_lines(text)
    for first, last, width in paragraphs(text, lines):
        if width and not _DUMB.search(text, lines[first].content, lines[last].end):
            yield from _prefix(text, lines[first])
            yield from _joined(text, lines[first : last + 1], width, cut)
        else:
            for line in lines[first : last + 1]:
                yield from _prefix(text, line)
                yield from _line(text, line, cut)


def _whole(line: str) -> list[Span]:
    return [(0, len(line))]


def _prefix(text: str, line: Line) -> Iterator[_Piece]:
    """Quote marks and list markers, to be copied."""
    if line.start < line.body:
        yield from _trimmed(text, line.start, line.body, copied=True)
    if line.body < line.content:
        yield from _trimmed(text, line.body, line.content, copied=True)


def _joined(text: str, lines: Sequence[Line], width: int, cut: _Cut) -> Iterator[_Piece]:
    """The sentences of a hard-wrapped paragraph, each with the white space before it."""
    # The same text on one line, as long as the original.
    offset = start = lines[0].content
    flat = [text[offset : lines[0].end]]
    for previous, line in pairwise(lines):
        flat += [" " * (line.body - previous.end), text[line.body : line.end]]
    layout = Layout(width, text[lines[0].end : lines[1].body])
    for end, copied in _ends("".join(flat), cut):
        yield _Piece(start, offset + end, copied, layout)
        start = offset + end


def _ends(said: str, cut: _Cut) -> Iterator[tuple[int, bool]]:
    """Where the sentences of a text end, and the line breaks between them, which are copied."""
    position = 0
    for first, last in [*cut.breaks(said), (len(said), len(said))]:
        part = said[position:first].rstrip()
        if part.strip():
            start = position + len(part) - len(part.lstrip())
            yield from ((start + end, False) for _, end in cut.sentences(part.lstrip()))
        if first < last:
            yield last, True
        position = last


def _line(text: str, line: Line, cut: _Cut) -> Iterator[_Piece]:
    """The sentences of a line, cell by cell if it is a table's row."""
    if line.content == line.end:
        return
    if line.verbatim:
        yield from _trimmed(text, line.content, line.end, copied=True)
        return
    label = speaker_end(text[line.content : line.end])
    if label:
        yield _Piece(line.content, line.content + label, copied=True)
    start = line.content + label
    content = text[start : line.end]
    masked = _HELD.sub(lambda held: "x" * len(held.group()), content) if "|" in content else content
    parting = _ROW_PARTING if _ROW.match(masked) else _PARTING
    position = 0
    for match in parting.finditer(masked):
        yield from _cell(text, start + position, start + match.start(), cut)
        if match["gap"] is None:
            yield _Piece(start + match.start(), start + match.end(), copied=True)
        position = match.end()
    yield from _cell(text, start + position, line.end, cut)


def _cell(text: str, start: int, end: int, cut: _Cut) -> Iterator[_Piece]:
    """The sentences of a cell, or of a line without cells; line breaks in it make lines of it."""
    position = start
    for first, last in cut.breaks(text[start:end]):
        yield from _spoken(text, position, start + first, cut, begun=position > start)
        yield _Piece(start + first, start + last, copied=True)
        position = start + last
    yield from _spoken(text, position, end, cut, begun=position > start)


def _spoken(text: str, start: int, end: int, cut: _Cut, *, begun: bool) -> Iterator[_Piece]:
    """The sentences of a run of text; one that has `begun` after a line break is read as a line."""
    if begun and text[start:end].strip():
        (read,) = read_lines(text[start:end])
        line = read.moved(start)
        yield from _prefix(text, line)
        if line.verbatim:
            yield from _trimmed(text, line.content, end, copied=True)
            return
        start = line.content
        if label := speaker_end(text[start:end]):
            yield _Piece(start, start + label, copied=True)
            start += label
    for piece in _trimmed(text, start, end):
        for first, last in cut.sentences(text[piece.start : piece.end]):
            yield _Piece(piece.start + first, piece.start + last)


def _trimmed(text: str, start: int, end: int, *, copied: bool = False) -> Iterator[_Piece]:
    """The range without white space around it; nothing if that is all."""
    said = text[start:end]
    content = said.strip()
    if content:
        start += len(said) - len(said.lstrip())
        yield _Piece(start, start + len(content), copied)
