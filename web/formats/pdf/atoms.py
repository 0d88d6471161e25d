"""Atoms of a line of a PDF: its words, and what is copied as it is: formulas, raised figures."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from web.formats.pdf.drawing import Show, Style, TypePiece
from web.formats.pdf.geometry import product
from web.formats.pdf.text_lines import TextLine, spaced_pieces

_ACCENTS: Final = {
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "˚": "\u030a",
    "ˇ": "\u030c",
}
_SCRIPT_SIZE, _SCRIPT_AWAY = 0.82, 0.1
_GLUE: Final = re.compile(r"[^\w.,;:!?]{1,6}|[\d()\[\]=+<>|/*-]{1,8}")
# The rest of a formula: a sign and a number.
_TERM: Final = re.compile(r"[-+=<>/*]\d+\Z")


class CopiedPart(NamedTuple):
    """Copied signs: shown as they were, `right` and `up` from where their word begins."""

    style: Style
    strings: list[bytes | float]
    size: float
    stretch: float
    right: float
    up: float


class Copied(NamedTuple):
    """Copied stretch of a line, which no translator sees: a formula, a raised figure, an icon."""

    parts: tuple[CopiedPart, ...]
    width: float
    letters: int


class Atom(NamedTuple):
    """Atom of a line: text in one style, or copied signs; `spaced` when a space comes before it."""

    spaced: bool
    what: str | Copied
    style: Style


class StyledSpan(NamedTuple):
    """Span of a shown string, in bytes, that belongs to a paragraph."""

    show: int
    start: int
    end: int


def atoms_of(line: TextLine, shows: Sequence[Show], skipped: int = 0) -> Iterator[Atom]:
    """Atoms of a line, without its first `skipped` pieces."""
    frozen: list[tuple[TypePiece, bool]] = []
    waiting: list[tuple[TypePiece, bool]] = []
    pieces = list(_composed(spaced_pieces(line)))[skipped:]
    for piece, spaced in pieces:
        if _is_frozen(piece, line):
            frozen += [*waiting, (piece, spaced)]
            waiting = []
        elif (
            frozen
            and _GLUE.fullmatch(piece.text)
            and (waiting or not (spaced and piece.text.isalnum()))
        ):
            waiting.append((piece, spaced))
        else:
            if frozen:
                if _TERM.match("".join(each.text for each, _ in waiting)):
                    frozen += waiting
                    waiting = []
                yield _copied(frozen, line, shows)
                frozen = []
            for each, apart in [*waiting, (piece, spaced)]:
                yield Atom(apart, each.text, each.style)
            waiting = []
    if frozen:
        yield _copied(frozen, line, shows)
    for each, apart in waiting:
        yield Atom(apart, each.text, each.style)


def _copied(pieces: list[tuple[TypePiece, bool]], line: TextLine, shows: Sequence[Show]) -> Atom:
    first = pieces[0][0]
    parts = []
    for piece, _ in pieces:
        show = shows[piece.show]
        a, b = product(show.line, show.state.matrix)[:2]
        across = abs(show.state.size * show.state.stretch) * math.hypot(a, b)
        strings = strings_between(show, piece.start, piece.end)
        parts.append(
            CopiedPart(
                piece.style, strings, piece.size, across / piece.size,
                piece.left - first.left, piece.base - line.base,
            )
        )  # fmt: skip
    right = max(piece.right for piece, _ in pieces)
    letters = sum(len(piece.text) for piece, _ in pieces)
    return Atom(pieces[0][1], Copied(tuple(parts), right - first.left, letters), first.style)


def strings_between(show: Show, start: int, end: int) -> list[bytes | float]:
    """Take the shown strings between two places, with the spaces that the operation makes."""
    content = show.operation.operands[-1]
    elements = content if isinstance(content, list) else [content]
    state = show.state
    step = state.font.step if state.font else 1
    extra = -state.char_space * 1000 / state.size if state.size else 0.0
    offset = 0
    result: list[bytes | float] = []
    for element in elements:
        if isinstance(element, bytes):
            part = element[max(start - offset, 0) : max(end - offset, 0)]
            offset += len(element)
            if part and extra:
                for index in range(0, len(part), step):
                    result += [part[index : index + step], extra]
            elif part:
                result.append(part)
        elif isinstance(element, float) and start < offset < end:
            result.append(element)
    return result


def _composed(pieces: Iterable[tuple[TypePiece, bool]]) -> Iterator[tuple[TypePiece, bool]]:
    """The pieces, with the accents that stand over a letter of the next piece put on it."""
    accent: tuple[TypePiece, bool] | None = None
    for piece, spaced in pieces:
        if accent is not None:
            before, space = accent
            mark = _ACCENTS[before.text[-1]]
            if piece.left < before.right - 0.1 * piece.size:
                letter = unicodedata.normalize("NFC", piece.text[0] + mark)
                piece.text, before.text = letter + piece.text[1:], before.text[:-1]
                if before.text:
                    yield before, space
                accent = (piece, space and not before.text)
                if piece.text[-1] not in _ACCENTS:
                    yield accent
                    accent = None
                continue
            yield accent
            accent = None
        if piece.text[-1] in _ACCENTS:
            accent = (piece, spaced)
        else:
            yield piece, spaced
    if accent is not None:
        yield accent


def _is_frozen(piece: TypePiece, line: TextLine) -> bool:
    if piece.style.font.signs or "\ufffd" in piece.text:
        return True
    away = abs(piece.base - line.base) > _SCRIPT_AWAY * line.size
    return away and piece.size < _SCRIPT_SIZE * line.size
