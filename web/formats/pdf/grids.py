"""Grids of a PDF: parts of its pages that are the cells of tables, ruled or only aligned."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from web.formats.pdf.geometry import Rectangle
from web.formats.pdf.paragraphs import Part
from web.formats.pdf.structure import Grid, GridCell, Runs

# Cells of one page, and columns of a table without lines; more are no table.
_MOST_CELLS: Final = 600
_MOST_COLUMNS: Final = 60
# Distance of edges that are one, in points.
_NEAR: Final = 3.0
# How far base lines of one row are apart, and those of two rows, in ems.
_SAME_BASE, _NEXT_ROW = 0.35, 4.0

# Where the indices of a table's parts are found, and the table.
Found = tuple[list[int], Grid]


def ruled_grids(parts: Sequence[tuple[int, Part]], runs_of: Callable[[int], Runs]) -> list[Found]:
    """Tables whose cells stand between lines, of parts by their index."""
    by_frame: dict[tuple[int, int], dict[Rectangle, list[int]]] = defaultdict(dict)
    for index, part in parts:
        if part.cell is not None:
            frame = by_frame[part.box.canvas, part.box.turn]
            frame.setdefault(part.cell, []).append(index)
    found: list[Found] = []
    for cells in by_frame.values():
        if len(cells) <= _MOST_CELLS:
            for group in _touching(_innermost(list(cells))):
                rows, columns = _places(-cell[3] for cell in group), _places(c[0] for c in group)
                if len(rows) > 1 and len(columns) > 1:
                    indices = sorted(index for cell in group for index in cells[cell])
                    found.append((indices, _ruled(group, cells, rows, columns, runs_of)))
    return found


def _innermost(cells: list[Rectangle]) -> list[Rectangle]:
    """Cells without the frames of a page or a box, in which others are."""
    return [
        cell
        for cell in cells
        if not any(
            cell != other
            and cell[0] - _NEAR <= other[0]
            and cell[1] - _NEAR <= other[1]
            and cell[2] + _NEAR >= other[2]
            and cell[3] + _NEAR >= other[3]
            for other in cells
        )
    ]


def _touching(cells: list[Rectangle]) -> list[list[Rectangle]]:
    """Cells in groups of those that touch each other."""
    groups: list[list[Rectangle]] = []
    waiting = sorted(cells, key=lambda cell: -cell[3])
    while waiting:
        group = [waiting.pop(0)]
        position = 0
        while position < len(group):
            cell = group[position]
            position += 1
            near = [other for other in waiting if _touch(cell, other)]
            group += near
            waiting = [other for other in waiting if other not in near]
        groups.append(group)
    return groups


def _touch(cell: Rectangle, other: Rectangle) -> bool:
    return (
        cell[0] <= other[2] + _NEAR
        and other[0] <= cell[2] + _NEAR
        and cell[1] <= other[3] + _NEAR
        and other[1] <= cell[3] + _NEAR
    )


def _places(edges: Iterable[float]) -> list[float]:
    result: list[float] = []
    for edge in sorted(edges):
        if not result or edge - result[-1] > _NEAR:
            result.append(edge)
    return result


def _index(places: list[float], edge: float) -> int:
    return sum(place <= edge + _NEAR for place in places) - 1


def _ruled(
    group: list[Rectangle],
    cells: dict[Rectangle, list[int]],
    rows: list[float],
    columns: list[float],
    runs_of: Callable[[int], Runs],
) -> Grid:
    table: list[dict[int, GridCell]] = [{} for _ in rows]
    for cell in sorted(group):
        row, column = _index(rows, -cell[3]), _index(columns, cell[0])
        width = max(_index(columns, cell[2] - 2 * _NEAR) - column + 1, 1)
        passages = [runs for index in cells[cell] if (runs := runs_of(index))]
        if column in table[row]:
            passages = table[row][column].passages + passages
        table[row][column] = GridCell(passages, width)
    ends = [*columns[1:], max(cell[2] for cell in group)]
    widths = _widths(list(zip(columns, ends, strict=True)))
    return Grid([_row(found, len(columns)) for found in table], widths)


def _widths(columns: Sequence[tuple[float, float]]) -> list[float]:
    """Widths of columns that go on to the next one."""
    lefts = [left for left, _ in columns[1:]]
    ends = [*lefts, columns[-1][1]]
    return [max(end - left, 1.0) for (left, _), end in zip(columns, ends, strict=True)]


def _row(found: dict[int, GridCell], count: int) -> list[GridCell]:
    row: list[GridCell] = []
    column = 0
    while column < count:
        cell = found.get(column, GridCell([]))
        free = next((each for each in range(column + 1, count) if each in found), count)
        cell = cell._replace(columns=min(cell.columns, free - column))
        row.append(cell)
        column += cell.columns
    return row


def aligned_grids(parts: Sequence[tuple[int, Part]], runs_of: Callable[[int], Runs]) -> list[Found]:
    """Tables of parts that stand beside each other, row by row, without lines."""
    found: list[Found] = []
    table: list[list[int]] = []
    by_index = dict(parts)
    columns: list[tuple[float, float]] = []

    def end() -> None:
        if len(table) > 1:
            indices = [index for row in table for index in row]
            places = sorted(columns)
            rows = [_aligned(row, places, by_index, runs_of) for row in table]
            found.append((indices, Grid(rows, _widths(places))))
        table.clear()

    for row in _rows(parts):
        cells = [by_index[index] for index in row]
        wider = None
        if table and 1 < len(row) <= _MOST_COLUMNS and _is_below(by_index[table[-1][0]], cells[0]):
            wider = _with_columns(columns, cells)
        if wider is None or len(wider) > _MOST_COLUMNS:
            end()
            columns = [(cell.edges[0], cell.edges[2]) for cell in cells]
            if 1 < len(row) <= _MOST_COLUMNS:
                table.append(row)
        else:
            columns = wider
            table.append(row)
    end()
    return found


def _rows(parts: Sequence[tuple[int, Part]]) -> list[list[int]]:
    rows: list[list[int]] = []
    last: Part | None = None
    for index, part in parts:
        if (
            last is not None
            and (last.box.canvas, last.box.turn) == (part.box.canvas, part.box.turn)
            and abs(last.box.bases[0] - part.box.bases[0]) < _SAME_BASE * part.size
            and part.edges[0] >= last.edges[2] - 1
        ):
            rows[-1].append(index)
        else:
            rows.append([index])
        last = part
    return rows


def _is_below(part: Part, other: Part) -> bool:
    same = (part.box.canvas, part.box.turn) == (other.box.canvas, other.box.turn)
    return same and 0 < part.box.bases[-1] - other.box.bases[0] < _NEXT_ROW * part.size


def _with_columns(
    columns: list[tuple[float, float]], cells: Sequence[Part]
) -> list[tuple[float, float]] | None:
    """Columns with those of a row; None when one of its cells is in two columns, or two in one."""
    result = list(columns)
    taken: set[int] = set()
    for cell in cells:
        left, right = cell.edges[0], cell.edges[2]
        near = [n for n, (low, high) in enumerate(result) if low < right and high > left]
        if len(near) > 1 or taken.intersection(near):
            return None
        if near:
            low, high = result[near[0]]
            result[near[0]] = (min(low, left), max(high, right))
            taken.add(near[0])
        else:
            taken.add(len(result))
            result.append((left, right))
    return result


def _aligned(
    row: Sequence[int],
    columns: list[tuple[float, float]],
    parts: dict[int, Part],
    runs_of: Callable[[int], Runs],
) -> list[GridCell]:
    cells: list[list[Runs]] = [[] for _ in columns]
    for index in row:
        middle = (parts[index].edges[0] + parts[index].edges[2]) / 2
        place = next((n for n, (low, high) in enumerate(columns) if low <= middle <= high), 0)
        runs = runs_of(index)
        if runs:
            cells[place].append(runs)
    return [GridCell(passages) for passages in cells]
