"""Blocks of a page: lines below each other, divided into paragraphs, in reading order."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from web.formats.pdf.text_lines import Ground, TextLine, overlapping, spaced_pieces

Block = list[TextLine]

_SAME_SIZE: Final = 0.08
# Distances of base lines in a block, in sizes of its type, and by how much they may differ.
_TIGHTEST, _WIDEST, _UNEVEN = 0.8, 1.95, 0.13
# Rows that are looked back over for the line above: those of other columns are between.
_ROWS_BACK: Final = 12
_INDENT, _MOST_INDENT = 0.7, 4.0
# A space in a line that could take one more word, in ems.
_SPACE: Final = 0.3
_BULLET: Final = re.compile(r"[•‣◦▪▫■□●○◆◇►▶➢➤✓✔✗❖*\ufffd–—-]")
_NUMBER: Final = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|\[\d{1,3}\]")
_SECTION: Final = re.compile(r"(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?")
_ENDS: Final = re.compile(r"[.!?:;…][\"'”“’‘»«)\]]*$")
_HYPHEN: Final = re.compile(r"\w[-\u00ad\u2010]$")
# Words of a line, and lines of a block, that may be an address: nobody wrapped them.
_FEW_WORDS, _FEW_LINES = 4, 6
_MARKER_GAP: Final = 0.47
# Share of the white between two columns of a table, and of the height of a region that a gap
# between columns of text must have.
_TABLE_FILL: Final = 0.8
_GAP_OF_COLUMNS: Final = 0.8
# Width of a line that may be a cell, and height from which a row is one of a table, in ems.
_NARROW, _ROW_HEIGHT = 14.0, 1.3
# White between a row and columns below it that it belongs to, in ems.
_NEAR: Final = 1.5
# Columns of a page; more are the cells of a table.
_MOST_COLUMNS: Final = 30


def blocks_of(rows: Sequence[Sequence[TextLine]], ground: Ground) -> list[Block]:
    """Put lines together that go on below each other, in the same type and at the same distance."""
    blocks: list[Block] = []
    block_of: dict[TextLine, Block] = {}
    ended: set[TextLine] = set()
    for index, row in enumerate(rows):
        for line in row:
            found = _above(rows, index, line, ground, block_of, ended)
            if found is None:
                block_of[line] = [line]
                blocks.append(block_of[line])
                continue
            ended.add(found)
            block = block_of[found]
            distance = found.base - line.base
            if len(block) > 1 and block[-2].base - found.base - distance > _UNEVEN * line.size:
                # The line above is nearer to this one than to those before it.
                block.remove(found)
                block = block_of[found] = [found]
                blocks.append(block)
            block_of[line] = block
            block.append(line)
    return blocks


def _above(  # noqa: PLR0913, PLR0917 - what a line is compared with
    rows: Sequence[Sequence[TextLine]],
    index: int,
    line: TextLine,
    ground: Ground,
    block_of: dict[TextLine, Block],
    ended: set[TextLine],
) -> TextLine | None:
    for back in range(index - 1, max(index - 1 - _ROWS_BACK, -1), -1):
        row = rows[back]
        if row[0].base - line.base > _WIDEST * line.size:
            return None
        for above in overlapping(row, line.left, line.right):
            if above in ended or not _goes_on(above, line, block_of[above]):
                return None
            if ground.divides_down(above, line) or _tabular(row, rows[index], above, line):
                return None
            over = _is_over_cells(above, rows[index]) or _is_over_cells(line, row)
            if over and not line.text[:1].islower():  # or formulas divide a line of a sentence
                return None
            return above
    return None


def _goes_on(above: TextLine, line: TextLine, block: Block) -> bool:
    size, distance = line.size, above.base - line.base
    if abs(above.size - size) > _SAME_SIZE * size or distance < _TIGHTEST * size:
        return False
    if len(block) > 1 and distance - (block[-2].base - above.base) > _UNEVEN * size:
        return False
    common = min(above.right, line.right) - max(above.left, line.left)
    if common < 0.3 * min(above.right - above.left, line.right - line.left):
        return False
    return (
        abs(above.left - line.left) < _MOST_INDENT * size
        or abs(above.left + above.right - line.left - line.right) < 1.2 * size
        or abs(above.right - line.right) < 0.4 * size
    )


def _tabular(  # noqa: PLR0911 - one sign after the other
    row: Sequence[TextLine], next_row: Sequence[TextLine], above: TextLine, line: TextLine
) -> bool:
    """Whether two lines are cells of two rows of a table, not of one cell."""
    if len(row) < 2 or len(next_row) < 2:
        return False
    if len(row) > _MOST_COLUMNS:
        return True
    beside = [each for each in next_row if each is not line]
    for each in beside:
        for other in overlapping(row, each.left, each.right):
            if other is not above and not each.has_letters and not other.has_letters:
                return True
    narrow = all(each.right - each.left < _NARROW * each.size for each in (*row, *next_row))
    wrapped = next_row[0].text[:1].islower() or _HYPHEN.search(above.text)
    if narrow and not wrapped and above.base - line.base > _ROW_HEIGHT * line.size:
        return True
    if len(next_row) != len(row):
        return False
    pairs = list(zip(row, next_row, strict=True))
    if len(row) < 3 and not (narrow and all(_are_aligned(*pair) for pair in pairs)):
        return False
    if any(abs(a.left - b.left) > 0.5 * a.size for a, b in pairs):
        return False
    fills = [
        (each.right - each.left) / max(after.left - each.left, 1.0)
        for cells in (row, next_row)
        for each, after in pairwise(cells)
    ]
    return sum(fills) / len(fills) < _TABLE_FILL


def _are_aligned(line: TextLine, other: TextLine) -> bool:
    near = 0.5 * line.size
    left, right = line.left - other.left, line.right - other.right
    return abs(left) < near or abs(right) < near or abs(left + right) < 2 * near


def _is_over_cells(line: TextLine, row: Sequence[TextLine]) -> bool:
    """Whether a line stands over, or under, several cells of a row, as a caption does."""
    count = 0
    for each in overlapping(row, line.left, line.right):
        common = min(each.right, line.right) - max(each.left, line.left)
        if each.right - each.left > _NARROW * each.size:
            return False
        count += common > 0.7 * (each.right - each.left)
    return count > 1


def marker_of(line: TextLine) -> int:
    """Pieces at the start of a line that are its bullet or number, as lists and headings have."""
    pieces = list(spaced_pieces(line))
    if len(pieces) < 2 or not pieces[1][1]:
        return 0
    first, second = pieces[0][0], pieces[1][0]
    if _BULLET.fullmatch(first.text) or (first.style.font.signs and len(first.text) == 1):
        return 1
    if _SECTION.fullmatch(first.text):
        return 1
    wide = second.left - first.right > _MARKER_GAP * line.size
    return 1 if wide and (_NUMBER.fullmatch(first.text) or first.text.isdecimal()) else 0


def paragraphs_of(block: Block, body: float, edge: float) -> Iterator[Block]:
    """Divide a block into its paragraphs.

    `body` is the size of most of the page's type, `edge` how far its lines could have gone.
    """
    if len(block) == 1:
        yield block
        return
    shape = _Shape(block, body, edge)
    start = 0
    for index in range(1, len(block)):
        if shape.begins(index):
            yield block[start:index]
            start = index
    yield block[start:]


class _Shape:
    """Shape of a block: its edges, and on which side its lines begin a paragraph."""

    def __init__(self, block: Block, body: float, edge: float) -> None:
        self._block = block
        size = block[0].size
        self._edge = edge
        self._short = len(block) <= _FEW_LINES
        self._left = min(line.left for line in block)
        self._right = max(line.right for line in block)
        inner = [line.left > self._left + _INDENT * size for line in block]
        self._indented = inner
        # First lines that stand out, as in a list of books, or that stand in.
        self._hanging = len(block) > 2 and sum(inner) * 2 > len(block)
        centres = [line.left + line.right for line in block]
        self._centred = (
            max(centres) - min(centres) < 1.2 * size
            and max(line.left for line in block) - self._left > _INDENT * size
        )
        self._title = size > 1.3 * body

    def begins(self, index: int) -> bool:  # noqa: PLR0911 - one after the other
        """Whether the line of this index begins a paragraph."""
        above, line = self._block[index - 1], self._block[index]
        text, before = line.text, above.text
        if _HYPHEN.search(before) and text[:1].islower():
            return False
        if line.dotted or _looks(above).isdisjoint(_looks(line)):
            return True
        if marker_of(line) and (
            _ENDS.search(before) or self._fits(above, line) or _is_bullet(line)
        ):
            return True
        if self._title:
            return False
        lower = text[:1].islower()
        if self._centred:
            return not lower and not before.endswith((",", "und", "&", "-", "–"))
        if self._fits(above, line) and not (lower and not _ENDS.search(before)):
            return True
        if self._hanging:
            return not self._indented[index] and self._indented[index - 1]
        ended = bool(_ENDS.search(before)) and not lower
        return self._indented[index] and not self._indented[index - 1] and ended and index > 1

    def _fits(self, above: TextLine, line: TextLine) -> bool:
        """Whether the line's first word would have had room in the line above."""
        end = line.pieces[0].right
        for piece, spaced in list(spaced_pieces(line))[1:]:
            if spaced:
                break
            end = piece.right
        right = self._right
        if self._short and len(above.text.split()) <= _FEW_WORDS >= len(line.text.split()):
            right = self._edge  # lines of an address, each of which is whole
        return above.right + _SPACE * line.size + end - line.left < right - 0.4 * line.size


def _is_bullet(line: TextLine) -> bool:
    return bool(_BULLET.fullmatch(line.pieces[0].text))


def _looks(line: TextLine) -> set[tuple[bool, bool]]:
    found = {
        (piece.style.look.bold, piece.style.look.italic)
        for piece in line.pieces
        if not piece.style.font.signs and any(map(str.isalpha, piece.text))
    }
    return found or {(bold, italic) for bold in (False, True) for italic in (False, True)}


def in_reading_order(blocks: list[Block]) -> list[Block]:
    """Sort blocks as people read them: columns from the left, each from its top."""
    return [block for _, block in _ordered([(_box(block), block) for block in blocks], 0)]


_Boxed = tuple[tuple[float, float, float, float], Block]


def _box(block: Block) -> tuple[float, float, float, float]:
    return (
        min(line.left for line in block),
        block[-1].base - 0.2 * block[-1].size,
        max(line.right for line in block),
        block[0].base + 0.75 * block[0].size,
    )


def _ordered(blocks: list[_Boxed], depth: int) -> list[_Boxed]:  # noqa: C901 - strips, columns
    if len(blocks) < 2 or depth > 30:
        return sorted(blocks, key=lambda each: (-each[0][3], each[0][0]))
    size = sorted(block[0].size for _, block in blocks)[len(blocks) // 2]
    strips = _strips(blocks)
    groups: list[tuple[list[_Boxed], list[tuple[float, float]]]] = []
    tables = _tables(strips, size)
    for strip, is_table in zip(strips, tables, strict=True):
        gaps = _gaps(strip, size)
        # A row begins the columns that it belongs to, below a title that is no column.
        begins = _is_table(strip) and groups and _is_column(groups[-1][0])
        if groups and gaps and groups[-1][1] and not is_table and not begins:
            common = _common(groups[-1][1], gaps, size)
            if common:
                groups[-1] = (groups[-1][0] + strip, common)
                continue
        groups.append((strip, [] if is_table else gaps))
    result: list[_Boxed] = []
    for group, gaps in groups:
        if gaps:
            cuts = [(low + high) / 2 for low, high in gaps]
            columns: dict[int, list[_Boxed]] = {}
            for each in group:
                place = sum(cut < (each[0][0] + each[0][2]) / 2 for cut in cuts)
                columns.setdefault(place, []).append(each)
            if len(columns) > 1:
                for place in sorted(columns):
                    result += _ordered(columns[place], depth + 1)
                continue
        if len(groups) > 1 and len(group) < len(blocks):
            result += _ordered(group, depth + 1)
        else:
            result += sorted(group, key=lambda each: (-round(each[0][3] / size), each[0][0]))
    return result


def _strips(blocks: list[_Boxed]) -> list[list[_Boxed]]:
    """The blocks in strips across the page, with white between two."""
    strips: list[list[_Boxed]] = []
    bottom = 0.0
    for each in sorted(blocks, key=lambda each: -each[0][3]):
        if strips and each[0][3] > bottom:
            strips[-1].append(each)
            bottom = min(bottom, each[0][1])
        else:
            strips.append([each])
            bottom = each[0][1]
    return strips


def _gaps(strip: list[_Boxed], size: float) -> list[tuple[float, float]]:
    """The white from the top to the bottom of a strip, left to right."""
    gaps: list[tuple[float, float]] = []
    spans = sorted((box[0], box[2]) for box, _ in strip)
    right = spans[0][1]
    for start, end in spans[1:]:
        if start - right > _GAP_OF_COLUMNS * size:
            gaps.append((right, start))
        right = max(right, end)
    if len(gaps) > _MOST_COLUMNS:
        return []
    if not gaps:  # a lone column beside nothing is beside any column of the next strips
        return [(right, float("inf")), (float("-inf"), spans[0][0])]
    return gaps


def _common(
    gaps: list[tuple[float, float]], others: list[tuple[float, float]], size: float
) -> list[tuple[float, float]]:
    return [
        (max(low, other_low), min(high, other_high))
        for low, high in gaps
        for other_low, other_high in others
        if min(high, other_high) - max(low, other_low) > _GAP_OF_COLUMNS * size
    ]


def _tables(strips: list[list[_Boxed]], size: float) -> list[bool]:
    """Which strips are rows of a table; a row alone that is near columns of text is part of them.

    It has a heading in one column, and a line of text in the other.
    """
    rows = [_is_table(strip) for strip in strips]
    result = list(rows)
    for index in range(len(strips) - 1):
        above = index > 0 and rows[index - 1]
        if rows[index] and not above and not rows[index + 1] and len(strips[index + 1]) > 1:
            bottom = min(box[1] for box, _ in strips[index])
            top = max(box[3] for box, _ in strips[index + 1])
            result[index] = bottom - top > _NEAR * size
    return result


def _is_column(group: list[_Boxed]) -> bool:
    """Whether no two blocks stand beside each other."""
    ordered = sorted(group, key=lambda each: -each[0][3])
    return all(above[0][1] >= below[0][3] for above, below in pairwise(ordered))


def _is_table(strip: list[_Boxed]) -> bool:
    """Whether a strip is one row of cells: read across, not down."""
    return len(strip) > 1 and all(len(block) <= 1 for _, block in strip)
