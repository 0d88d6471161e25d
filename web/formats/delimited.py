"""Delimited tables: the cells of a .csv or .tsv, each in its quotes, between its delimiters.

The csv module of the standard library tells nothing of how a cell was written, so that all of a
file would come out in other quotes; cells are found here. Those that are no text of a language
stay, and of the others only the words change.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from web.formats.base import DocumentError
from web.formats.cells import is_cell_code, same_cell
from web.formats.places import Content, Lines, changed, places
from web.formats.plain_text import decoded_file, encoded
from web.formats.runs import RunLook, grouped, plain, text_runs
from web.messages import N_

_TAB: Final = "\t"
# In the order in which they are tried; of two that part all rows alike, the first is right.
_DELIMITERS: Final = (_TAB, ";", ",", "|")
# Characters and rows at a file's start that show its delimiter.
_SAMPLE: Final = 100_000
_ROWS: Final = 200
# Excel writes it to say the delimiter.
_SAID: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*[0-9]{1,9}\s*")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class _Cell(NamedTuple):
    """A cell: its row and column, from 0, and where it stands, with its quotes if it has any."""

    row: int
    column: int
    start: int
    end: int
    is_quoted: bool


class DelimitedTable:
    """Delimited table; `web.formats.base.Document` describes its lines.

    `columns` are the only ones that are translated, by their numbers, from 1, or by their names in
    the first row; none: all. A text that is the number of a column is that, whatever the columns
    are called. `delimiter` is found when it is "". Raises DocumentError when the
    file is no text, or has no such column.
    """

    def __init__(self, data: bytes, delimiter: str = "", columns: Sequence[int | str] = ()) -> None:
        self._text, self._encoding = decoded_file(data)
        said = _SAID.match(self._text)
        self._start = said.end() if said else 0
        self._delimiter = delimiter or (said[1] if said else _delimiter(self._text))
        self._columns = self._numbers(columns)
        # Where no cell has quotes, no program that reads the file expects them.
        self._quotes = delimiter != _TAB or any(cell.is_quoted for cell in self._cells())
        self._lines = Lines()
        for cell in self._cells():
            self._lines.add(places(self._items(cell)))
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:  # noqa: ARG002 - it has no marks
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there.

        Equal cells become equal, so that who groups rows by them still can.
        """
        self._lines.check(targets)
        first: dict[str, str] = {}
        same = [first.setdefault(*each) for each in zip(self.lines, targets, strict=True)]
        fill = self._lines.filler(same)
        parts: list[str] = []
        position = 0
        for cell in self._cells():
            items = self._items(cell)
            if fill(places(items)) and changed(items):
                parts += (self._text[position : cell.start], self._written(cell, plain(items)))
                position = cell.end
        return encoded("".join([*parts, self._text[position:]]), self._encoding)

    def _cells(self) -> Iterator[_Cell]:
        return _cells(self._text, self._delimiter, self._start)

    def _numbers(self, columns: Sequence[int | str]) -> frozenset[int]:
        if not columns:
            return frozenset()
        first = [self._said(cell) for cell in takewhile(lambda cell: not cell.row, self._cells())]
        # Of two with one name, the first.
        names = {same_cell(said): number for number, said in reversed([*enumerate(first)])}
        numbers: set[int] = set()
        for each in columns:
            number = int(each) - 1 if isinstance(each, int) or _NUMBER.fullmatch(each) else -1
            if not 0 <= number < len(first) and isinstance(each, str):
                number = names.get(same_cell(each), -1)
            if not 0 <= number < len(first):
                raise DocumentError(
                    N_("The table has no column {name}. Nothing was kept."), name=str(each)
                )
            numbers.add(number)
        return frozenset(numbers)

    def _said(self, cell: _Cell) -> str:
        if cell.is_quoted:
            return self._text[cell.start + 1 : cell.end - 1].replace('""', '"')
        return self._text[cell.start : cell.end]

    def _items(self, cell: _Cell) -> Content:
        if self._columns and cell.column not in self._columns:
            return []
        said = self._said(cell)
        if is_cell_code(said):
            return []
        return grouped(text_runs(RunLook(), said), RunLook())

    def _written(self, cell: _Cell, said: str) -> str:
        if cell.is_quoted:
            if "\r\n" in self._text[cell.start : cell.end]:
                said = said.replace("\n", "\r\n")
            return '"{}"'.format(said.replace('"', '""'))
        if not self._quotes:
            return said.replace(self._delimiter, " ")
        if self._delimiter in said or said.lstrip().startswith('"'):
            return '"{}"'.format(said.replace('"', '""'))
        return said


def _cells(text: str, delimiter: str, position: int = 0) -> Iterator[_Cell]:
    sign = re.escape(delimiter)
    # Without a delimiter a row is one cell.
    either = rf"{sign}|[\r\n]" if sign else r"[\r\n]"
    quoted = re.compile(rf'[ ]*+("(?>(?:[^"]+|"")*)")[ ]*+(?={either}|\Z)')
    bare = re.compile(rf"[^{sign}\r\n]*+")
    row = column = 0
    while True:
        if match := quoted.match(text, position):
            yield _Cell(row, column, *match.span(1), is_quoted=True)
        elif match := bare.match(text, position):
            yield _Cell(row, column, *match.span(), is_quoted=False)
        position = match.end() if match else len(text)
        if end := _LINE_END.match(text, position):
            row, column, position = row + 1, 0, end.end()
        elif position < len(text):
            column, position = column + 1, position + len(delimiter)
        else:
            return


def _delimiter(text: str) -> str:
    """The delimiter that parts most rows into as many cells; "" if none parts any."""
    sample = text[:_SAMPLE]
    best, most = "", 0.0
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        row = width = 0
        for cell in _cells(sample, delimiter):
            if cell.row != row:
                widths[width] += 1
                row = cell.row
            if row == _ROWS:
                break
            width = cell.column + 1
        else:
            if len(sample) == len(text) and not (width == 1 and sample.endswith(("\r", "\n"))):
                widths[width] += 1
        width, count = max(widths.items(), key=lambda each: each[1], default=(1, 0))
        share = count / max(widths.total(), 1)
        if width > 1 and share > most:
            best, most = delimiter, share
    return best
