"""Column tables: tables of pandoc's whose cells stand under dashes, in one row or in several.

      Tier           Laut          -----------------------------
      ------ ------------           Tier                   Laut
      Hund       Er bellt          ------ ---------------------
                                    Hund     Er bellt, wenn
      : Die Tiere                            jemand kommt.

                                    Katze    Sie miaut.
                                   -----------------------------

A column is where its dashes are; the words of its first cell say how it is aligned, by where they
stand over them. In a table of several rows a blank row ends a row of cells, and a cell is wrapped
again to its column; a column gets wider where it must.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Final, Literal, NamedTuple

from web.formats.markdown.drawn_cells import CellParagraph, DrawnRow, display_width
from web.formats.markdown.rows import begins_block

# Rows of a head in which the dashes below it are looked for.
_HEAD: Final = 20
_QUOTED: Final = r"[ \t>]*"
_RULE: Final = re.compile(rf"{_QUOTED}(-{{2,}}(?: +-{{2,}})+) *\Z")
_LINE: Final = re.compile(rf"{_QUOTED}-{{3,}} *\Z")
_BEGINNING: Final = re.compile(r"[ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]+){0,9}")
_DASHES: Final = re.compile("-+")
# What cells in columns have between them, where they are not exactly in theirs.
_APART: Final = re.compile(r"\S {2,}\S")
_ALIGNED_MARGINS: Final = {"left": 1, "right": 1, "center": 2, "default": 0}

_Alignment = Literal["left", "right", "center", "default"]
_Write = Callable[[Sequence[CellParagraph], Sequence[Sequence[str]], int], list[str]]


class ColumnRows(NamedTuple):
    """Where a table stands: rows `first` to before `last`, and which of them has the dashes.

    `first` may be the dashes, when there is no head. Not all are `exact`: where cells do not stand
    in their columns, nobody knows which words are whose.
    """

    first: int
    rule: int
    last: int
    exact: bool


def column_rows(rows: Sequence[str], number: int) -> ColumnRows | None:
    """Find the table that begins in row `number` of these rows."""
    if number and rows[number - 1].strip(" \t>") and not _ends_before(rows[number - 1]):
        return None
    following = rows[number + 1] if number + 1 < len(rows) else ""
    rule = number
    if _RULE.match(rows[number]):
        last = _last_of_several(rows, number)
    elif "--" in following and _RULE.match(following) and rows[number].strip(" \t>"):
        rule = number + 1
        last = _last_of_simple(rows, rule)
    else:
        rule = _rule_of_several(rows, number)
        last = _last_of_several(rows, rule) if rule else 0
    return _checked(rows, number, rule, last) if last else None


def _rule_of_several(rows: Sequence[str], number: int) -> int:
    """The row of dashes below a head that has one above it; 0 if there is none."""
    if "--" in rows[number] and _LINE.match(rows[number]):
        for rule in range(number + 2, min(number + _HEAD, len(rows))):
            if not rows[rule].strip(" \t>") or _LINE.match(rows[rule]):
                break
            if _RULE.match(rows[rule]):
                return rule
    return 0


def _ends_before(row: str) -> bool:
    """Whether a row is a block of its own, behind which a table may begin: a heading, a marker."""
    match = _BEGINNING.match(row)
    return match is not None and (match.end() == len(row) or row.startswith("#", match.end()))


def _last_of_simple(rows: Sequence[str], rule: int) -> int:
    last = rule + 1
    while last < len(rows) and rows[last].strip(" \t>"):
        last += 1
    # A row of cells, besides one of dashes that may end the table.
    return last if last - rule > 1 + _is_dashes(rows[last - 1]) else 0


def _last_of_several(rows: Sequence[str], rule: int) -> int:
    # Behind a blank row, words between two such lines are paragraphs.
    if rule + 1 < len(rows) and not rows[rule + 1].strip(" \t>"):
        return 0
    for number in range(rule + 1, len(rows)):
        if _is_dashes(rows[number]):
            has_end = number + 1 == len(rows) or not rows[number + 1].strip(" \t>")
            return number + 1 if has_end and number > rule + 1 else 0
    return 0


def _is_dashes(row: str) -> bool:
    return "--" in row and bool(_LINE.match(row) or _RULE.match(row))


def _checked(rows: Sequence[str], first: int, rule: int, last: int) -> ColumnRows | None:
    columns = _Columns(rows[rule])
    said = [row for row in rows[first:last] if row.strip(" \t>") and not _is_dashes(row)]
    start = columns.starts[0]
    quotes = rows[rule].count(">", 0, start)
    exact = (
        all(columns.fit(row, begun=row is rows[first]) for row in said)
        and all(row.count(">", 0, start) == quotes for row in rows[first:last])
        and _BEGINNING.fullmatch(rows[first][:start]) is not None
        and not any("\t" in row for row in rows[first:last])
    )
    if exact or all(_APART.search(row.strip(" \t>")) for row in said):
        return ColumnRows(first, rule, last, exact)
    return None


class _Columns:
    """Columns of a table by its dashes: where they begin and end, in columns of the screen."""

    def __init__(self, rule: str) -> None:
        spans = [match.span() for match in _DASHES.finditer(rule)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.widths = [end - start for start, end in spans]
        self.gaps = ["", *(" " * (after[0] - before[1]) for before, after in pairwise(spans))]

    def fit(self, row: str, *, begun: bool = False) -> bool:
        """Whether no word stands before a column; in a row that is `begun`, one may."""
        places = self._places(row)
        if not begun and row[: places[0]].strip(" >"):
            return False
        return all(not row[place - 1 : place].strip() for place in places[1:])

    def parted(self, row: str) -> list[str]:
        """The cells of a row, without the blanks behind them."""
        places = [*self._places(row), len(row)]
        return [row[place:after].rstrip() for place, after in pairwise(places)]

    def _places(self, row: str) -> list[int]:
        """The characters with which the columns begin."""
        if row.isascii():
            return self.starts
        result: list[int] = []
        column = 0
        for place, sign in enumerate(row):
            while len(result) < len(self.starts) and self.starts[len(result)] <= column:
                result.append(place)
            column += display_width(sign)
        return result + [len(row)] * (len(self.starts) - len(result))


class _Cell(NamedTuple):
    """A cell: its rows, and its paragraphs if it has words; between them are hard line breaks."""

    rows: Sequence[str]
    paragraphs: Sequence[CellParagraph]


class _Band(NamedTuple):
    """Rows that are one row of cells: from which to before which."""

    first: int
    last: int
    cells: Sequence[_Cell]


class ColumnTable:
    """Table in these rows, of which `rule` has the dashes; nothing stands before its columns."""

    def __init__(self, rows: Sequence[str], rule: int, references: Collection[str]) -> None:
        self._source = rows
        self._columns = _Columns(rows[rule])
        # A table of one row each says so by having no blank row, and no dashes over its head.
        self._several = any(not row.strip() for row in rows) or (rule > 1)
        self._bands: list[_Band] = []
        first = 0
        for number in range(len(rows) + 1):
            blank = number == len(rows) or not rows[number].strip() or _is_dashes(rows[number])
            if blank or (not self._several and number > first):
                if number > first:
                    self._bands.append(self._band(first, number, references))
                first = number + blank
        self._alignments = [
            _alignment(cell.rows, width)
            for cell, width in zip(self._bands[0].cells, self._columns.widths, strict=True)
        ]
        self.lines: Sequence[str] = [
            line
            for band in self._bands
            for cell in band.cells
            for paragraph in cell.paragraphs
            for line in paragraph.lines
        ]

    def rebuilt(self, targets: Sequence[str]) -> list[DrawnRow]:
        """Rebuild the table, with a target for each line; where nothing changed, as it was."""
        return self._written(targets, self._new)

    def bilingual(self, targets: Sequence[str], _: str) -> list[DrawnRow]:
        """Rebuild it in both languages: behind a line break, or a slash in a cell of one row."""
        return self._written(targets, self._doubled)

    def _band(self, first: int, last: int, references: Collection[str]) -> _Band:
        parted = [self._columns.parted(row) for row in self._source[first:last]]
        return _Band(
            first, last, [self._cell(rows, references) for rows in zip(*parted, strict=True)]
        )

    def _cell(self, rows: Sequence[str], references: Collection[str]) -> _Cell:
        said = [row.strip() for row in rows]
        while said and not said[-1]:
            said.pop()
        while said and not said[0]:
            said.pop(0)
        no_paragraph = self._several and any(not row or begins_block(row) for row in said)
        if no_paragraph or not any(map(str.isalpha, "".join(said))):
            return _Cell(rows, ())
        texts: list[list[str]] = [[]]
        for number, row in enumerate(said):
            hard = row.endswith("\\") and number + 1 < len(said)
            texts[-1].append(row[:-1].rstrip() if hard else row)
            if hard:
                texts.append([])
        return _Cell(rows, [CellParagraph("\n".join(text), references) for text in texts])

    def _new(
        self, cell: Sequence[CellParagraph], targets: Sequence[Sequence[str]], width: int
    ) -> list[str]:
        if not self._several:
            return [each.text(some) for each, some in zip(cell, targets, strict=True)]
        return _broken(each.rows(some, width - 1) for each, some in zip(cell, targets, strict=True))

    def _doubled(
        self, cell: Sequence[CellParagraph], targets: Sequence[Sequence[str]], width: int
    ) -> list[str]:
        if not self._several:
            return [each.beside(some) for each, some in zip(cell, targets, strict=True)]
        return _broken(
            part
            for each, some in zip(cell, targets, strict=True)
            for part in _parts(each.doubled(some, width - 1, ""))
        )

    def _written(self, targets: Sequence[str], write: _Write) -> list[DrawnRow]:
        if list(targets) == list(self.lines):
            return [DrawnRow(number, row) for number, row in enumerate(self._source)]
        waiting = iter(targets)
        bands = [
            [
                self._rows(cell, waiting, width, write)
                for cell, width in zip(band.cells, self._columns.widths, strict=True)
            ]
            for band in self._bands
        ]
        widths = list(self._columns.widths)
        for number, cells in enumerate(bands):
            for column, rows in enumerate(cells):
                margin = 0 if number else _ALIGNED_MARGINS[self._alignments[column]]
                widths[column] = max(
                    widths[column], *(display_width(row) + margin for row in rows), 0
                )
        return list(self._drawn(bands, widths))

    @staticmethod
    def _rows(cell: _Cell, waiting: Iterator[str], width: int, write: _Write) -> list[str]:
        targets = [[next(waiting) for _ in each.lines] for each in cell.paragraphs]
        if all(
            some == list(each.lines) for each, some in zip(cell.paragraphs, targets, strict=True)
        ):
            return [row.strip() for row in cell.rows]
        return write(cell.paragraphs, targets, width)

    def _drawn(
        self, bands: Sequence[Sequence[Sequence[str]]], widths: Sequence[int]
    ) -> Iterator[DrawnRow]:
        at = {band.first: (band, cells) for band, cells in zip(self._bands, bands, strict=True)}
        number = 0
        while number < len(self._source):
            if number not in at:
                yield DrawnRow(number, self._ruled(self._source[number], widths))
                number += 1
                continue
            band, cells = at[number]
            for index, row in enumerate(zip_longest(*cells, fillvalue="")):
                # A row of blanks would end a row of cells.
                if any(row):
                    of = min(band.first + index, band.last - 1)
                    yield DrawnRow(of, self._laid(row, widths))
            number = band.last

    def _laid(self, row: Sequence[str], widths: Sequence[int]) -> str:
        parts: list[str] = []
        for text, width, gap, alignment in zip(
            row, widths, self._columns.gaps, self._alignments, strict=True
        ):
            free = width - display_width(text)
            before = {"right": free, "center": free // 2}.get(alignment, 0) if text else 0
            parts.append(f"{gap}{' ' * before}{text}{' ' * (free - before)}")
        return "".join(parts).rstrip()

    def _ruled(self, rule: str, widths: Sequence[int]) -> str:
        """A row of dashes, or a blank one, that is as long as the columns are now."""
        if " " not in rule.strip():
            longer = sum(widths) - sum(self._columns.widths)
            return f"{rule}{'-' * longer}" if rule.strip() else rule
        dashes = zip(self._columns.gaps, widths, strict=True)
        return "".join(f"{gap}{'-' * width}" for gap, width in dashes)


def _alignment(rows: Sequence[str], width: int) -> _Alignment:
    """How a column is aligned, by the shortest row of its first cell."""
    row = min((row for row in rows if row), key=len, default="")
    if not row or (not row.startswith(" ") and display_width(row) >= width):
        return "default"
    if not row.startswith(" "):
        return "left"
    return "center" if display_width(row) < width else "right"


def _parts(rows: Sequence[str]) -> Iterator[list[str]]:
    """Paragraphs of rows that have blank ones between them."""
    part: list[str] = []
    for row in rows:
        if row:
            part.append(row)
        else:
            yield part
            part = []
    yield part


def _broken(parts: Iterator[list[str]]) -> list[str]:
    """Rows of paragraphs that have hard line breaks between them, and none at the end."""
    result: list[str] = []
    for part in parts:
        if result:
            result[-1] += "\\"
        result += part
    return result
