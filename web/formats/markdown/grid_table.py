"""Grid tables: tables that pandoc reads from a drawing of their lines, `+---+` and `|`.

    +--------+------------------+
    | Tier   | Laut             |
    +========+==================+
    | Hund   | Er bellt, wenn   |
    |        | jemand kommt.    |
    +--------+------------------+

A cell is Markdown of its own. One paragraph is a sentence over all its rows and wrapped again to
its column; in a narrow column, or where a word is longer, the column gets wider. A table in which a
cell goes over several columns or rows stays as it is.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise, zip_longest
from typing import Final, NamedTuple, Protocol

from web.formats.base import BilingualDocument, DocumentError
from web.formats.markdown.drawn_cells import CellParagraph, DrawnRow, display_width
from web.formats.markdown.rows import begins_block

_RULE: Final = re.compile(r"\+(?:(?:-{3,}|={3,}|:[-=]{2,}|[-=]{2,}:|:[-=]+:)\+)+")


class _Content(Protocol):
    """Content of a cell."""

    lines: Sequence[str]

    def rows(self, targets: Sequence[str], width: int) -> list[str]:
        """Its rows with other words, in so many characters if they fit."""

    def doubled(self, targets: Sequence[str], width: int, language: str) -> list[str]:
        """The same in both languages."""


_Write = Callable[[_Content, Sequence[str], int], list[str]]


class GridReader(NamedTuple):
    """How cells are read: `read` takes one of several blocks; `references` are labels of links."""

    read: Callable[[bytes], BilingualDocument]
    references: Collection[str]


class _Blocks:
    """A cell of several paragraphs, of a list or the like; Markdown that comes out as it went in.

    Raises DocumentError when it is none.
    """

    def __init__(self, text: str, reader: GridReader) -> None:
        data = text.encode()
        self._document = reader.read(data)
        same = self._document.rebuilt(self._document.lines) == data
        self.lines: Sequence[str] = self._document.lines if same else ()

    def rows(self, targets: Sequence[str], _: int) -> list[str]:
        return self._document.rebuilt(targets).decode().split("\n")

    def doubled(self, targets: Sequence[str], _: int, language: str) -> list[str]:
        return self._document.bilingual(targets, "below", language).decode().split("\n")


class _Cell(NamedTuple):
    """A cell: its rows as they stand between the bars, and what is in it if it has words."""

    rows: Sequence[str]
    content: _Content | None


class _Band(NamedTuple):
    """Rows between two rules: from which to which, and their cells."""

    first: int
    last: int
    cells: Sequence[_Cell]


class GridTable:
    """Grid table of these rows; without lines where it is none that is understood."""

    def __init__(self, rows: Sequence[str], reader: GridReader) -> None:
        self._source = rows
        self._rows = [row.rstrip() for row in rows]
        self._bands: list[_Band] = []
        edges = _edges(self._rows)
        if edges:
            rules = [number for number, row in enumerate(self._rows) if row.startswith("+")]
            for before, after in pairwise(rules):
                cells = zip(
                    *(_parted(row, edges) for row in self._rows[before + 1 : after]), strict=True
                )
                self._bands.append(
                    _Band(before + 1, after, [_cell(each, reader) for each in cells])
                )
        self.lines: Sequence[str] = [
            line
            for band in self._bands
            for cell in band.cells
            for line in (cell.content.lines if cell.content else ())
        ]

    def rebuilt(self, targets: Sequence[str]) -> list[DrawnRow]:
        """Rebuild the table, with a target for each line; where nothing changed, as it was."""
        return self._written(targets, lambda content, some, width: content.rows(some, width))

    def bilingual(self, targets: Sequence[str], language: str) -> list[DrawnRow]:
        """Rebuild it in both languages: the translation of a cell is on further rows of it."""
        return self._written(
            targets, lambda content, some, width: content.doubled(some, width, language)
        )

    def _written(self, targets: Sequence[str], write: _Write) -> list[DrawnRow]:
        if list(targets) == list(self.lines):
            return [DrawnRow(number, row) for number, row in enumerate(self._source)]
        waiting = iter(targets)
        widths = [len(each) for each in self._rows[0].strip("+").split("+")]
        bands = [_new_band(band, waiting, widths, write) for band in self._bands]
        for cells in bands:
            for column, rows in enumerate(cells):
                widths[column] = max(widths[column], *(display_width(row) + 1 for row in rows), 0)
        return list(self._drawn(bands, widths))

    def _drawn(
        self, bands: Sequence[Sequence[list[str]]], widths: Sequence[int]
    ) -> Iterator[DrawnRow]:
        yield DrawnRow(0, _ruled(self._rows[0], widths))
        for band, cells in zip(self._bands, bands, strict=True):
            for number, row in enumerate(zip_longest(*cells, fillvalue="")):
                padded = [
                    text + " " * (width - display_width(text))
                    for text, width in zip(row, widths, strict=True)
                ]
                yield DrawnRow(min(band.first + number, band.last - 1), f"|{'|'.join(padded)}|")
            yield DrawnRow(band.last, _ruled(self._rows[band.last], widths))


def _edges(rows: Sequence[str]) -> list[int]:
    """Where the lines between columns stand; none where the rows are no table of plain cells."""
    if len(rows) < 3 or not _RULE.fullmatch(rows[0]) or not _RULE.fullmatch(rows[-1]):  # noqa: PLR2004 - two rules, and a row
        return []
    edges = [place for place, sign in enumerate(rows[0]) if sign == "+"]
    rule = True
    for row in rows[1:]:
        if row.startswith("+"):
            here = [place for place, sign in enumerate(row) if sign == "+"]
            if rule or here != edges or not _RULE.fullmatch(row):
                return []
            rule = True
        elif not _parted(row, edges):
            return []
        else:
            rule = False
    # Two rules without a row between them are another drawing.
    return edges if not rows[1].startswith("+") else []


def _parted(row: str, edges: Sequence[int]) -> list[str]:
    """The cells of a row; none where its bars are not at the edges."""
    places = {0: 0}
    column = 0
    for place, sign in enumerate(row):
        places[column] = place
        column += display_width(sign)
    if column != edges[-1] + 1 or any(row[places.get(edge, 0)] != "|" for edge in edges):
        return []
    return [row[places[edge] + 1 : places[after]] for edge, after in pairwise(edges)]


def _cell(rows: Sequence[str], reader: GridReader) -> _Cell:
    rows = [row.rstrip() for row in rows]
    said = [row.removeprefix(" ") for row in rows]
    while said and not said[-1]:
        said.pop()
    text = "\n".join(said)
    if not any(map(str.isalpha, text)):
        return _Cell(rows, None)
    if all(map(_is_of_paragraph, said)):
        return _Cell(rows, CellParagraph(text, reader.references))
    with suppress(DocumentError):
        return _Cell(rows, _Blocks(text, reader))
    return _Cell(rows, None)


def _is_of_paragraph(row: str) -> bool:
    return bool(row) and not (row[0].isspace() or row.endswith("\\") or begins_block(row))


def _new_band(
    band: _Band, waiting: Iterator[str], widths: Sequence[int], write: _Write
) -> list[list[str]]:
    """The rows of a band's cells; a cell may have fewer than the others."""
    cells = [
        _new_rows(cell, waiting, width, write)
        for cell, width in zip(band.cells, widths, strict=True)
    ]
    if all(new == cell.rows for new, cell in zip(cells, band.cells, strict=True)):
        return cells
    for rows in cells:
        while len(rows) > 1 and not rows[-1].strip():
            rows.pop()
    return cells


def _new_rows(cell: _Cell, waiting: Iterator[str], width: int, write: _Write) -> list[str]:
    if cell.content is None:
        return list(cell.rows)
    own = cell.content.lines
    targets = [next(waiting) for _ in own]
    if targets == list(own):
        return list(cell.rows)
    # A blank on each side.
    return [f" {row}" if row else "" for row in write(cell.content, targets, width - 2)]


def _ruled(rule: str, widths: Sequence[int]) -> str:
    """A rule whose columns are as wide as these; a colon at its end stays there."""
    parts = rule.strip("+").split("+")
    wide = [
        part[:1] + part[1] * (width - len(part)) + part[1:]
        for part, width in zip(parts, widths, strict=True)
    ]
    return f"+{'+'.join(wide)}+"
