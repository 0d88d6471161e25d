"""Spreadsheets of OpenDocument: cells, notes, charts, shapes, heads and feet of an .ods.

Formulas, values and the names of sheets stay as they are, and so do texts that a formula, a list
of choices or a filter compares with.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from web.formats.base import Document
from web.formats.cells import compared, is_cell_code, same_cell
from web.formats.mixed_content import MixedReader
from web.formats.office.formula_results import result_text
from web.formats.office.sheet_names import NamedSpreadsheet, SheetNames
from web.formats.open_document.references import SpreadsheetReferences
from web.formats.open_document.text import (
    CONTENT,
    PREFIXES,
    marked_document,
    opened_flat,
    opened_package,
    text_reader,
)
from web.formats.package import Entries
from web.formats.places import Place, changed
from web.formats.xml_parts import Node, escaped, rewritten, unpacked
from web.messages import N_

_KINDS: Final = frozenset(
    f"application/vnd.oasis.opendocument.spreadsheet{kind}" for kind in ("", "-template")
)
_OTHER: Final = N_("The document is no spreadsheet of OpenDocument (.ods). Nothing was kept.")
_CELLS: Final = frozenset(("table:table-cell", "table:covered-table-cell"))
# Attributes that are a formula, and those that texts are compared with, by their local names.
_FORMULAS: Final = frozenset(("formula", "condition"))
_CRITERIA: Final = {
    "table:filter-condition": "value",
    "table:filter-set-item": "value",
    "table:data-pilot-field": "source-field-name",
}
_FORMULA: Final = re.compile(rb"\s(?:[\w.-]+:)?formula\s*=")
_STRING_VALUE: Final = re.compile(rb"\s(?:[\w.-]+:)?string-value\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def open_ods(data: bytes, *, sheet_names: bool = False) -> Document:
    """Read an .ods or .ots.

    With `sheet_names` the names of sheets are lines, too, and all that refers to one says the new
    name: formulas, conditions, areas, links, charts, the settings of the view. They stay in a
    spreadsheet with a program, or with a formula that makes addresses out of texts (INDIRECT).
    Raises DocumentError when it is none, is protected or could do harm.
    """
    package, names = opened_package(data, _KINDS, _OTHER)
    if not sheet_names:
        return _spreadsheet(package, names)
    return _named(package, names, package.names())


def open_fods(data: bytes, *, sheet_names: bool = False) -> Document:
    """Read an .fods, one XML with all of an .ods in it; `sheet_names` is as that of `open_ods`.

    Raises DocumentError when it is none.
    """
    file = opened_flat(data, _KINDS, _OTHER)
    return _named(file, [CONTENT], [CONTENT]) if sheet_names else _spreadsheet(file, [CONTENT])


def _named(store: Entries, names: Collection[str], entries: Collection[str]) -> Document:
    sheets = SheetNames(store, SpreadsheetReferences(store, entries))
    return NamedSpreadsheet(_spreadsheet(store, names, sheets), sheets)


def _spreadsheet(store: Entries, names: Collection[str], copied: Entries | None = None) -> Document:
    fixed = {text for name in names for text in _fixed_texts(store.read(name))}
    readers = {
        name: TableReader(
            text_reader(store.read(name)),
            fixed.__contains__,
            chart_range if "/" in name else lambda _: False,
        )
        for name in names
    }
    # Equal texts are equal in the translation: formulas that look for one find it.
    return marked_document(store, readers, list(names), copied=copied, finish=_with_results)


def _with_results(data: bytes, _: str, said: Mapping[str, str]) -> bytes:
    """An entry whose formulas show the new texts of cells that they take as they are.

    LibreOffice calculates those anew that do not say their value in an attribute.
    """
    if not _FORMULA.search(data) or all(old == new for old, new in said.items()):
        return data

    def put(cell: Node, data: bytes) -> bytes:
        shown = [each for each in cell.nodes if each.name == "text:p"]
        lines = result_text("\n".join(each.text for each in shown), said).split("\n")
        parts, position = [_STRING_VALUE.sub(b"", data[cell.start : cell.inner])], cell.inner
        for each, line in zip(shown, lines, strict=False):
            # Its look, or a note in it, cannot be told from its text.
            if line != each.text and not any(each.nodes):
                parts += (data[position : each.inner], escaped(line))
                position = each.close
        return b"".join([*parts, data[position : cell.end]])

    return rewritten(data, PREFIXES, _is_result, put)


def _is_result(node: Node) -> bool:
    value = "" if node.name not in _CELLS or not node.get("formula") else node.get("value-type")
    return value == "string"


def chart_range(node: Node) -> bool:
    """Whether it says, in a chart's own table, which cells of a sheet are shown."""
    return node.name == "draw:g"


def _fixed_texts(xml: bytes) -> set[str]:
    """The texts that something in the spreadsheet knows by their letters."""
    fixed: set[str] = set()

    def look(node: Node) -> bool:
        for key, value in node.attributes.items():
            name = key.rpartition("}")[2]
            if name in _FORMULAS or (name == "value" and node.name.endswith(":condition")):
                fixed.update(compared([value]))
        if criterion := _CRITERIA.get(node.name):
            fixed.add(same_cell(node.get(criterion)))
        return False

    data, _ = unpacked(xml)
    rewritten(data, PREFIXES, look, lambda *_: None)
    return fixed


class TableReader:
    """Reader of an entry with tables; `Reader` in `web.formats.package` describes its methods.

    Cells are text if their value is one and not `is_fixed`. Elements for which `is_kept` is true
    are not looked into.
    """

    prefixes: Mapping[str, str] = PREFIXES

    def __init__(
        self,
        texts: MixedReader,
        is_fixed: Callable[[str], bool] = lambda _: False,
        is_kept: Callable[[Node], bool] = lambda _: False,
    ) -> None:
        """`texts` reads what is in the cells, and outside of tables."""
        self._texts = texts
        self._is_fixed = is_fixed
        self._is_kept = is_kept

    def is_block(self, node: Node) -> bool:
        """Whether it is a cell, or a block of text outside of cells."""
        return node.name in _CELLS or self._is_kept(node) or self._texts.is_block(node)

    def places(self, block: Node, data: bytes) -> list[Place]:
        """The lines of a cell, its notes and shapes, or of another block."""
        if self._is_kept(block):
            return []
        if block.name not in _CELLS:
            return self._texts.places(block, data)
        own = [each for each in block.nodes if self._texts.is_block(each)]
        kept = set() if self._is_text(block, own) else set(own)
        return [
            place
            for each in self._blocks(block)
            if each not in kept
            for place in self._texts.places(each, data)
        ]

    def _is_text(self, cell: Node, paragraphs: list[Node]) -> bool:
        if cell.get("formula") or cell.get("value-type") not in {"", "string"}:
            return False
        text = "\n".join(each.text for each in paragraphs)
        return not is_cell_code(text) and not self._is_fixed(same_cell(text))

    def _blocks(self, node: Node) -> Iterator[Node]:
        for each in node.nodes:
            if self._texts.is_block(each):
                yield each
            elif not self._is_kept(each):
                yield from self._blocks(each)

    def rendered(self, block: Node, data: bytes) -> bytes:
        """A block as XML; where nothing changed, byte for byte."""
        if block.name not in _CELLS:
            return self._texts.rendered(block, data)
        opening = data[block.start : block.inner]
        if any(each.items and changed(each.items) for each in block.nodes):
            # The text says it.
            opening = _STRING_VALUE.sub(b"", opening)
        parts, position = [opening], block.inner
        for each in self._blocks(block):
            parts += (data[position : each.start], self._texts.rendered(each, data))
            position = each.end
        return b"".join([*parts, data[position : block.end]])
