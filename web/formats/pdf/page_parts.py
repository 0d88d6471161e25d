"""Parts of paragraphs on a page of a PDF: their lines, their alignment, the room that they have."""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from web.formats.pdf.atoms import Atom, AtomReader, Copied, StyledSpan
from web.formats.pdf.blocks import blocks_of, in_reading_order, marker_of, paragraphs_of
from web.formats.pdf.drawing import Drawing
from web.formats.pdf.geometry import Matrix, Rectangle, bounds
from web.formats.pdf.links import LinkArea
from web.formats.pdf.paragraphs import Alignment, Box, Part
from web.formats.pdf.ruled_cells import RuledCells
from web.formats.pdf.text_lines import (
    Ground,
    TextLine,
    mark_dotted,
    overlapping,
    rows_of,
    size_of_most,
)

# Letters of a paragraph at most that are not text: formulas are left as they are.
_MOST_FROZEN: Final = 0.6
_ADDRESS: Final = re.compile(r"(?:https?|ftp|file)://\S+|www\.\S+\.\S+", re.IGNORECASE)
# White that is left beside and below a paragraph, in sizes of its type.
_GUTTER, _BELOW = 0.5, 0.35
# Width of the narrowest column that is one, in sizes of its type.
_COLUMN: Final = 15.0


def parts_of_page(
    drawing: Drawing,
    canvas: int,
    box: Rectangle,
    tick: Callable[[], None],
    areas: Sequence[LinkArea] = (),
) -> Iterator[Part]:
    """Find the paragraphs of a drawing, in reading order. `tick` may raise, as it does here."""
    for turn, pieces in sorted(drawing.pieces.items(), key=lambda each: abs(each[0])):
        radians = math.radians(turn)
        cos, sin = math.cos(radians), math.sin(radians)
        matrix: Matrix = (cos, -sin, sin, cos, 0, 0)
        shapes = [bounds(matrix, shape) for shape in drawing.shapes]
        frame = bounds(matrix, box)
        ground = Ground(shapes, frame[3] - frame[1])
        tick()
        rows = rows_of(pieces, ground)
        mark_dotted(rows, [bounds(matrix, dot) for dot in drawing.dots])
        tick()
        reader = AtomReader(
            drawing.shows,
            [area._replace(rectangle=bounds(matrix, area.rectangle)) for area in areas],
        )
        finder = _Finder(reader, canvas, turn, frame, rows, ground)
        cells = RuledCells(shapes)
        blocks = in_reading_order(blocks_of(rows, ground))
        for block in blocks:
            tick()
            for lines in paragraphs_of(block, finder.body, finder.edge(block)):
                part = finder.part(lines, block)
                # Figures and bullets below each other belong to the words beside them.
                alone = part.asked or len(lines) == 1
                for each in [part] if alone else [finder.part([line], [line]) for line in lines]:
                    each.cell = cells.around(each)
                    yield each


class _Finder:
    """Finder of the paragraphs in one frame of a page."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is known of the page
        self,
        reader: AtomReader,
        canvas: int,
        turn: int,
        frame: Rectangle,
        rows: list[list[TextLine]],
        ground: Ground,
    ) -> None:
        self._reader = reader
        self._canvas = canvas
        self._turn = turn
        self._rows = rows
        self._ground = ground
        self._row_of = {line: index for index, row in enumerate(rows) for line in row}
        lines = [line for row in rows for line in row]
        self.body = size_of_most(lines)
        self._left = min((line.left for line in lines), default=frame[0])
        self._right = max((line.right for line in lines), default=frame[2])
        self._bottom = min((line.base for line in lines), default=frame[1])
        self._frame = frame
        self._rights = Counter(round(line.right) for line in lines)
        self._edges: dict[int, float] = {}
        for line in lines:
            for place in _near(line.left):
                self._edges[place] = max(self._edges.get(place, 0.0), line.right)

    def edge(self, block: list[TextLine]) -> float:
        """How far to the right the lines of a block could have gone, as far as one can see."""
        right = max(line.right for line in block)
        if max(line.left for line in block) - min(line.left for line in block) > block[0].size:
            return right + (min(line.left for line in block) - self._left)  # they end together
        return self._limit(block[:1], "left", right)

    def part(self, lines: list[TextLine], block: list[TextLine]) -> Part:
        """The paragraph of these lines; it is not `asked` when there are no words in it."""
        size = size_of_most(lines)
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        top = lines[0].base + 0.75 * size
        marker = marker_of(lines[0])
        signs = self._reader.marker(lines[0], marker)
        atoms = [
            list(self._reader.atoms(line, marker if line is lines[0] else 0)) for line in lines
        ]
        leading = _leading(atoms)
        marker += sum(len(each.what.parts) for each in leading if isinstance(each.what, Copied))
        edges = (left, lines[-1].base - 0.25 * size, right, top)
        if not atoms[0] or not _is_text(atoms):
            atoms[0] = [*signs, *leading, *atoms[0]]
            bases = [line.base for line in lines]
            box = Box(self._canvas, self._turn, bases, left, left, right, left, left, 0.0, [])
            return Part(box, atoms, size, "left", edges, full=False, marker=[], asked=False)
        first = lines[0].pieces[marker].left if marker < len(lines[0].pieces) else lines[0].left
        left = min((line.left for line in lines[1:]), default=first)
        if len(lines) == 1 and marker == 0 and len(block) > 1:
            left = first
        alignment = self._alignment(lines, block, first, right)
        if marker and alignment != "justified":
            alignment = "left"
        limit = self._limit(lines, alignment, right)
        middle = (min(left, first) + right) / 2
        low = min(left, first)
        if alignment in {"centre", "right"}:
            low = self._low(lines, low)
        spans = [
            StyledSpan(piece.show, piece.start, piece.end)
            for line in lines
            for piece in [*line.pieces[marker if line is lines[0] else 0 :], *line.doubles]
        ]
        room = self._room(lines[-1], min(left, first), limit)
        bases = [line.base for line in lines]
        box = Box(self._canvas, self._turn, bases, first, left, limit, low, middle, room, spans)
        ragged = 0.5 if alignment == "justified" else 6.0
        full = lines[-1].right > right - ragged * size
        return Part(
            box,
            atoms,
            size,
            alignment,
            edges,
            full=full,
            marker=[*signs, *leading],
            asked=True,
            dotted=lines[0].dotted,
        )

    def _alignment(
        self, lines: list[TextLine], block: list[TextLine], left: float, right: float
    ) -> Alignment:
        size = lines[0].size
        inner = lines[:-1]
        if inner and all(abs(line.right - right) < 0.3 * size for line in inner):
            common = max(self._rights[round(right) + each] for each in (-1, 0, 1))
            if len(inner) > 2 or common > 3:
                return "justified"
        lefts = [line.left for line in block]
        rights = [line.right for line in block]
        if len(block) > 1:
            if max(lefts) - min(lefts) < 0.4 * size:
                return "left"
            if max(rights) - min(rights) < 0.4 * size:
                return "right"
            centres = [(line.left + line.right) / 2 for line in block]
            if max(centres) - min(centres) < 0.6 * size:
                return "centre"
            return "left"
        return self._alone(lines[0], left, right)

    def _alone(  # noqa: C901 - one sign after the other
        self, line: TextLine, left: float, right: float
    ) -> Alignment:
        """Alignment of a line that stands alone, by the lines above and below it."""
        size = line.size
        index = self._row_of[line]
        votes: Counter[Alignment] = Counter()
        for step in (-2, -1, 1, 2):
            row = self._rows[index + step] if 0 <= index + step < len(self._rows) else []
            for other in overlapping(row, left, right):
                if abs(other.base - line.base) > 5 * size:
                    continue
                if abs(other.left - left) < 0.25 * size:
                    votes["left"] += 1
                elif abs(other.right - right) < 0.25 * size:
                    votes["right"] += 1
                elif abs(other.left + other.right - left - right) < 0.5 * size:
                    votes["centre"] += 1
        if votes["left"]:
            return "left"
        middle = (left + right) / 2
        outer = left - self._left > 2 * size and len(self._rows[index]) == 1
        for centre in ((self._left + self._right) / 2, (self._frame[0] + self._frame[2]) / 2):
            if outer and abs(middle - centre) < 0.5 * size:
                return "centre"
        if votes:
            return votes.most_common(1)[0][0]
        if left - self._left > 6 * size and abs(right - self._right) < 0.3 * size:
            return "right"
        return "left"

    def _limit(self, lines: list[TextLine], alignment: Alignment, right: float) -> float:
        """How far to the right the lines may go."""
        size = lines[0].size
        top, bottom = lines[0].base + 0.7 * size, lines[-1].base - 0.2 * size
        limit = max(right, self._edges.get(round(lines[0].left), right))
        if len(lines) == 1 and limit - lines[0].left < _COLUMN * size:
            # No column is seen here: as much white may be at the right as is at the left.
            margin = max(self._left - self._frame[0], 0.0)
            limit = max(limit, self._right, self._frame[2] - margin)
        if alignment == "right":
            return right
        for shape in self._ground.near(bottom, top):
            for edge in (shape[0], shape[2]):
                if right - 0.2 * size < edge:
                    limit = min(limit, max(edge - 0.25 * size, right))
        low, high = self._row_of[lines[0]], self._row_of[lines[-1]]
        for row in self._rows[max(low - 2, 0) : high + 3]:
            if not bottom - 0.7 * size < row[0].base < top:
                continue
            for other in overlapping(row, right + 0.01, limit + _GUTTER * size):
                if other.left > right:
                    limit = min(limit, max(other.left - _GUTTER * size, right))
                    break
        return limit

    def _low(self, lines: list[TextLine], left: float) -> float:
        """How far to the left lines may go that are centred or stand at the right."""
        size = lines[0].size
        low = self._left
        top, bottom = lines[0].base + 0.7 * size, lines[-1].base - 0.2 * size
        for shape in self._ground.near(bottom, top):
            for edge in (shape[0], shape[2]):
                if edge < left + 0.2 * size:
                    low = max(low, min(edge + 0.25 * size, left))
        first, last = self._row_of[lines[0]], self._row_of[lines[-1]]
        for row in self._rows[max(first - 2, 0) : last + 3]:
            if not bottom - 0.7 * size < row[0].base < top:
                continue
            before = bisect_left(row, left, key=lambda line: line.left)
            for other in row[max(before - 2, 0) : before]:
                if other.right < left:
                    low = max(low, min(other.right + _GUTTER * size, left))
        return low

    def _room(self, line: TextLine, left: float, right: float) -> float:
        """White below a line."""
        floor = self._bottom
        for row in self._rows[self._row_of[line] + 1 :]:
            found = [
                other.base + 0.75 * other.size
                for other in overlapping(row, left, right)
                if other.base < line.base - 0.5 * line.size
            ]
            if found:
                floor = max(floor, max(found) + _BELOW * line.size)
                break
        for shape, edge in self._ground.rules_below(line, floor):
            if shape[0] < right and shape[2] > left:
                floor = max(floor, edge + _BELOW * line.size)
        return max(line.base - floor, 0.0)


def _near(place: float) -> Iterable[int]:
    return {math.floor(place), math.ceil(place), round(place)}


def _leading(atoms: list[list[Atom]]) -> list[Atom]:
    """Take copied signs off the start; they stay where they are."""
    taken: list[Atom] = []
    while atoms[0] and isinstance(atoms[0][0].what, Copied):
        taken.append(atoms[0].pop(0))
    return taken


def _is_text(atoms: list[list[Atom]]) -> bool:
    frozen = letters = 0
    word = False
    for atom in (atom for line in atoms for atom in line):
        if isinstance(atom.what, Copied):
            frozen += len(atom.what.text.replace(" ", ""))
        else:
            letters += len(atom.what)
            word = word or any(map(str.isalpha, atom.what))
    return word and frozen <= _MOST_FROZEN * (frozen + letters) and not _is_address(atoms)


def _is_address(atoms: list[list[Atom]]) -> bool:
    """Whether there is an address of a page and no word, as browsers print at a foot."""
    text = "".join(
        atom.what if isinstance(atom.what, str) else atom.what.text
        for line in atoms
        for atom in line
    )
    spaced = any(atom.spaced for line in atoms for atom in line[1:])
    return not spaced and bool(_ADDRESS.fullmatch(text))
