"""Atoms of a line of a PDF: its words, and what is copied as it is: formulas, raised figures."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from web.formats.pdf.drawing import Show, Style, TypePiece
from web.formats.pdf.geometry import product
from web.formats.pdf.links import Link, LinkArea, linked_texts
from web.formats.pdf.reading_direction import in_reading_direction
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
    text: str


class Atom(NamedTuple):
    """Atom of a line: text in one style, or copied signs; `spaced` when a space comes before it.

    It may stand in a `link`.
    """

    spaced: bool
    what: str | Copied
    style: Style
    link: Link | None = None


class StyledSpan(NamedTuple):
    """Span of a shown string, in bytes, that belongs to a paragraph."""

    show: int
    start: int
    end: int


class AtomReader:
    """Atom reader of one frame of a page, with its shows and the areas of its links."""

    def __init__(self, shows: Sequence[Show], areas: Sequence[LinkArea]) -> None:
        self._shows = shows
        self._areas = areas
        self._near: list[LinkArea] = []

    def atoms(self, line: TextLine, skipped: int = 0) -> Iterator[Atom]:
        """Atoms of a line, without its first `skipped` pieces."""
        self._look_around(line)
        frozen: list[tuple[TypePiece, bool]] = []
        waiting: list[tuple[TypePiece, bool]] = []
        pieces = in_reading_direction(list(_composed(spaced_pieces(line)))[skipped:])
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
                    yield self._copied(frozen, line)
                    frozen = []
                for each, apart in [*waiting, (piece, spaced)]:
                    yield from self._text(each, spaced=apart)
                waiting = []
        if frozen:
            yield self._copied(frozen, line)
        for each, apart in waiting:
            yield from self._text(each, spaced=apart)

    def marker(self, line: TextLine, count: int) -> list[Atom]:
        """Atoms of the first `count` pieces of a line."""
        self._look_around(line)
        pieces = list(spaced_pieces(line))[:count]
        return [atom for piece, spaced in pieces for atom in self._text(piece, spaced=spaced)]

    def _look_around(self, line: TextLine) -> None:
        bottom, top = line.base - line.size, line.base + line.size
        self._near = [
            area
            for area in self._areas
            if area.rectangle[1] < top
            and area.rectangle[3] > bottom
            and area.rectangle[0] < line.right
            and area.rectangle[2] > line.left
        ]

    def _text(self, piece: TypePiece, *, spaced: bool) -> Iterator[Atom]:
        if not self._near:
            yield Atom(spaced, piece.text, piece.style)
            return
        for index, (text, link) in enumerate(linked_texts(piece, self._near)):
            yield Atom(spaced and index == 0, text, piece.style, link)

    def _copied(self, pieces: list[tuple[TypePiece, bool]], line: TextLine) -> Atom:
        first = pieces[0][0]
        parts = []
        for piece, _ in pieces:
            show = self._shows[piece.show]
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
        text = "".join(f"{' ' * spaced}{piece.text}" for piece, spaced in pieces).lstrip()
        link = linked_texts(first, self._near)[0].link if self._near else None
        copied = Copied(tuple(parts), right - first.left, text)
        return Atom(pieces[0][1], copied, first.style, link)


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
                # A line may be read twice: its pieces stay as they are.
                piece = replace(piece, text=letter + piece.text[1:])  # noqa: PLW2901 - the accented
                before = replace(before, text=before.text[:-1])
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
