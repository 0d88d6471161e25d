"""Lines of text on a page: the pieces that stand on one base line, near each other."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from web.formats.pdf.drawing import WORD_GAP, TypePiece
from web.formats.pdf.geometry import Rectangle

# Gap that divides two lines side by side, in ems: of columns, cells, tabulators.
_COLUMN_GAP: Final = 1.1
# The same between two that are not drawn one after the other, as columns are.
_LATER_GAP: Final = 0.6
# Gap that a space of a justified line may have, in ems.
_WIDE_GAP: Final = 2.6
# The same between two cells, where no space is shown, in ems; how far their rows are apart at most.
_UNSPACED_GAP, _NEXT_ROW = 0.2, 3.0
# Spaces of a page that shows them, and cells of a row that may be so near each other.
_FEWEST_SPACES, _MOST_COLUMNS = 3, 6
# A bullet or number, which is one line with its words.
_MARKER: Final = re.compile(r"[^\w\s]|\(?\w{1,3}[.)]")
# Height over the base line that divides two rows, and in which raised signs belong to their word.
_SAME_BASE, _SCRIPT = 0.14, 0.6
_SCRIPT_SIZE: Final = 0.85
# Thickness of a shape that is a rule, in points.
_THIN: Final = 3.0
_BUCKETS: Final = 64
# Height of a shape that is no underline, in ems.
_PICTURE: Final = 2.0
# Points of height by which dots are looked for, those looked at, and their distance in ems.
_DOT_STEP, _DOTS, _DOT_GAP = 8, 20, (0.2, 2.5)
_LEADER: Final = re.compile(r"[.·…_]+")
_FEWEST_LEADERS: Final = 3


@dataclass(slots=True, eq=False)
class TextLine:
    """Text line: its pieces from left to right, with base line and size of most of them.

    `doubles` are pieces that are drawn once more at the same place, to look bold. A `dotted` line
    has a bullet before it that is drawn, and no letter.
    """

    pieces: list[TypePiece]
    base: float
    size: float
    left: float
    right: float
    doubles: list[TypePiece] = field(default_factory=list)
    dotted: bool = False

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(f"{' ' * spaced}{piece.text}" for piece, spaced in spaced_pieces(self))

    @property
    def has_letters(self) -> bool:
        """Whether the line is more than figures and signs."""
        return any(map(str.isalpha, self.text))


def spaced_pieces(line: TextLine) -> Iterator[tuple[TypePiece, bool]]:
    """The pieces of a line, each with whether a space comes before it."""
    right = line.left
    for piece in line.pieces:
        gap = piece.left - right
        size = min(piece.size, line.size)
        yield piece, gap > WORD_GAP * size or (piece.space and gap > WORD_GAP / 2 * size)
        right = piece.right


class Ground:
    """Ground of a page: the edges of shapes and pictures that text does not run over."""

    def __init__(self, shapes: Sequence[Rectangle], height: float) -> None:
        self._step = max(height / _BUCKETS, 1.0)
        self._by_height: dict[int, list[Rectangle]] = {}
        for shape in shapes:
            low, high = int(shape[1] // self._step), int(shape[3] // self._step)
            for bucket in range(max(low, -_BUCKETS), min(high, 2 * _BUCKETS) + 1):
                self._by_height.setdefault(bucket, []).append(shape)

    def near(self, bottom: float, top: float) -> Iterator[Rectangle]:
        """The shapes that may be between two heights; one may come more than once."""
        low, high = int(bottom // self._step), int(top // self._step)
        for bucket in range(max(low, -_BUCKETS), min(high, 2 * _BUCKETS) + 1):
            for shape in self._by_height.get(bucket, ()):
                if shape[1] <= top and shape[3] >= bottom:
                    yield shape

    def divides_across(self, left: float, right: float, base: float, size: float) -> bool:
        """Whether an edge goes down between two places of a base line."""
        return any(
            left <= edge <= right
            for shape in self.near(base, base + size / 2)
            if shape[3] - shape[1] > size
            for edge in (shape[0], shape[2])
        )

    def divides_down(self, line: TextLine, below: TextLine) -> bool:
        """Whether a rule is drawn between two lines, one below the other."""
        left, right = max(line.left, below.left), min(line.right, below.right)
        bottom = below.base + 0.55 * below.size
        if right <= left:
            return False
        return any(
            bottom < edge and shape[0] < right and shape[2] > left
            for shape, edge in self.rules_below(line, bottom)
        )

    def rules_below(self, line: TextLine, bottom: float) -> Iterator[tuple[Rectangle, float]]:
        """The edges under a line, down to a height, but not those that underline its words."""
        for shape in self.near(bottom, line.base):
            if shape[2] - shape[0] > line.size:
                wide = shape[0] < line.left - 0.15 * line.size
                wide = wide and shape[2] > line.right + 0.15 * line.size
                # A picture may begin at the feet of the letters, where an underline would be.
                tall = shape[3] - shape[1] > _PICTURE * line.size
                top = line.base - (0.0 if tall else 0.08 if wide else 0.3) * line.size
                for edge in (shape[1], shape[3]):
                    if bottom < edge < top:
                        yield shape, edge


def rows_of(pieces: Sequence[TypePiece], ground: Ground) -> list[list[TextLine]]:
    """Rows of a page from its top, each with its lines from the left."""
    rows: list[list[TextLine]] = []
    cells = _cells_of(pieces)
    for line in sorted(_chains(pieces, ground, cells), key=lambda line: (-line.base, line.left)):
        if rows and rows[-1][0].base - line.base <= _SAME_BASE * max(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    settled = (
        [_settled(each) for each in _without_leaders(_merged(row, ground, cells))] for row in rows
    )
    # A row may be nothing but dots that lead to a page.
    return [row for row in settled if row]


def _settled(line: TextLine) -> TextLine:
    """The line with the size and base line of most of its letters; a bullet may be larger."""
    counts: Counter[tuple[float, float]] = Counter()
    for piece in line.pieces:
        counts[piece.size, piece.base] += len(piece.text)
    (line.size, line.base), _ = counts.most_common(1)[0]
    return line


def _cells_of(pieces: Sequence[TypePiece]) -> set[int]:
    """Pieces, by `id`, that are cells: no space is shown before them, and they stand in columns.

    There are none on a page whose spaces are not shown, as letters are: TeX only leaves gaps.
    """
    spaced = jumps = 0
    rows: dict[float, list[TypePiece]] = {}
    for before, piece in pairwise(pieces):
        gap = (piece.left - before.right) / piece.size
        if before.base != piece.base or gap < _UNSPACED_GAP:
            continue
        if piece.space:
            spaced += 1
        elif piece.show == before.show:
            jumps += gap < _COLUMN_GAP
        elif piece.style is before.style or gap > _COLUMN_GAP:
            # Where the look changes, many programs leave a gap, too.
            rows.setdefault(piece.base, []).append(piece)
    if spaced < _FEWEST_SPACES or 10 * jumps > spaced:
        return set()
    by_edge: dict[tuple[bool, int], list[TypePiece]] = {}
    for row in rows.values():
        if len(row) <= _MOST_COLUMNS:  # more are the words of a sentence
            for piece in row:
                by_edge.setdefault((False, round(piece.left)), []).append(piece)
                by_edge.setdefault((True, round(piece.right)), []).append(piece)
    return {
        id(piece)
        for column in by_edge.values()
        for pair in pairwise(column)
        if 0 < abs(pair[0].base - pair[1].base) < _NEXT_ROW * pair[0].size
        for piece in pair
    }


def _is_cell(line: TextLine, piece: TypePiece, cells: Container[int]) -> bool:
    """Whether a piece beside a line is a cell of its own; the text of a bullet is none."""
    if id(piece) not in cells:
        return False
    return not (len(line.pieces) == 1 and _MARKER.fullmatch(line.pieces[0].text))


def _chains(
    pieces: Sequence[TypePiece], ground: Ground, cells: Container[int]
) -> Iterator[TextLine]:
    """Lines as the page draws them, one piece after the other."""
    line: TextLine | None = None
    for piece in pieces:
        apart = line is not None and _is_cell(line, piece, cells)
        if line is not None and not apart and _continues(line, piece, ground):
            line.pieces.append(piece)
            line.right = max(line.right, piece.right)
            if piece.size > line.size * 1.05:
                line.size, line.base = piece.size, piece.base
            continue
        if line is not None:
            yield line
        line = TextLine([piece], piece.base, piece.size, piece.left, piece.right)
    if line is not None:
        yield line


def _continues(line: TextLine, piece: TypePiece, ground: Ground) -> bool:
    size = max(line.size, piece.size)
    last = line.pieces[-1]
    gap = piece.left - last.right
    widest = _COLUMN_GAP * min(size, 1.3 * piece.size, 1.3 * line.size)
    if len(line.pieces) > 1:  # a justified line has wide spaces, and all of them are
        widest = max(widest, min(1.3 * (last.left - line.pieces[-2].right), _WIDE_GAP * size))
    if last.show == piece.show and (piece.space or last.text[-1] in ".,;:!?"):
        widest = _WIDE_GAP * size
    if not -0.7 * size < gap < widest:
        return False
    away = abs(piece.base - line.base)
    if away > _SAME_BASE * size and (
        away > _SCRIPT * size or not min(line.size, piece.size) < _SCRIPT_SIZE * size
    ):
        return False
    return gap < 0.3 * size or not ground.divides_across(
        line.pieces[-1].right, piece.left, line.base, size
    )


def _merged(row: list[TextLine], ground: Ground, cells: Container[int]) -> Iterator[TextLine]:
    row.sort(key=lambda line: line.left)
    last: TextLine | None = None
    for line in row:
        if last is not None:
            size = max(last.size, line.size)
            if abs(line.left - last.left) < 0.2 * size and line.text == last.text:
                last.doubles += line.pieces
                continue
            gap = line.left - last.right
            if (
                -0.2 * size < gap < _LATER_GAP * size
                and min(last.size, line.size) > 0.55 * size
                and not ground.divides_across(last.right, line.left, line.base, size)
                and not _is_cell(last, line.pieces[0], cells)
            ):
                last.pieces += line.pieces
                last.doubles += line.doubles
                last.right = max(last.right, line.right)
                if line.size > last.size * 1.05:
                    last.size, last.base = line.size, line.base
                continue
            yield last
        last = line
    if last is not None:
        yield last


def _without_leaders(lines: Iterable[TextLine]) -> Iterator[TextLine]:
    """The lines, divided where dots lead to a page number; the dots stay as they are."""
    for line in lines:
        if not any(_LEADER.fullmatch(piece.text) for piece in line.pieces):
            yield line
            continue
        part: list[TypePiece] = []
        dots: list[TypePiece] = []
        for piece in line.pieces:
            if _LEADER.fullmatch(piece.text):
                dots.append(piece)
                continue
            if sum(len(each.text) for each in dots) >= _FEWEST_LEADERS:
                if part:
                    yield _line_of(part, line)
                part = []
            else:
                part += dots
            dots = []
            part.append(piece)
        if sum(len(each.text) for each in dots) < _FEWEST_LEADERS:
            part += dots
        if part:
            yield _line_of(part, line)


def _line_of(pieces: list[TypePiece], line: TextLine) -> TextLine:
    right = max(piece.right for piece in pieces)
    return TextLine(pieces, line.base, line.size, pieces[0].left, right, line.doubles)


def mark_dotted(rows: Iterable[Iterable[TextLine]], dots: Iterable[Rectangle]) -> None:
    """Mark the lines that have a dot before them."""
    by_height: dict[int, list[Rectangle]] = {}
    for dot in dots:
        middle = (dot[1] + dot[3]) / 2
        by_height.setdefault(int(middle // _DOT_STEP), []).append(dot)
    for line in (line for row in rows for line in row) if by_height else ():
        low, high = int(line.base // _DOT_STEP), int((line.base + line.size) // _DOT_STEP)
        near = [dot for height in range(low, high + 1) for dot in by_height.get(height, ())[:_DOTS]]
        line.dotted = any(
            line.base < (dot[1] + dot[3]) / 2 < line.base + 0.7 * line.size
            and _DOT_GAP[0] < (line.left - dot[2]) / line.size < _DOT_GAP[1]
            and dot[2] - dot[0] < 0.6 * line.size
            for dot in near
        )


def size_of_most(lines: Iterable[TextLine]) -> float:
    """Size of the type in which most letters are; 0 without lines."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += sum(len(piece.text) for piece in line.pieces)
    return counts.most_common(1)[0][0] if counts else 0.0


def overlapping(row: Sequence[TextLine], left: float, right: float) -> Iterator[TextLine]:
    """The lines of a row that have something between two places."""
    index = max(bisect_left(row, left, key=lambda line: line.left) - 1, 0)
    for line in row[index:]:
        if line.left >= right:
            return
        if line.right > left:
            yield line
