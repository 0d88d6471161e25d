"""Workbooks: cells, comments, heads and feet, charts, drawings and messages of an .xlsx.

openpyxl writes a workbook anew and drops what it does not know; so its XML is read here. Formulas,
numbers, names and pivot caches stay as they are, and so do texts that one of them, a list of
choices or a filter compares with: `=WENN(A1="Ja"; …)` would not find "Yes". A table's columns are
named as the cells above them, or Excel takes the file for damaged, and formulas call them so.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from web.formats.base import Document
from web.formats.cells import compared, same_cell
from web.formats.office.drawing import PREFIXES, DrawingReader, with_values
from web.formats.office.formula_results import calculated_anew, translated_results
from web.formats.office.ooxml import OFFICE, OfficePackage
from web.formats.office.sheet_names import NamedSpreadsheet, SheetNames
from web.formats.office.strings import (
    StringReader,
    cell_strings,
    string_text,
    unescaped,
    with_escapes,
)
from web.formats.office.structured_references import (
    FORMULAS,
    named_columns,
    says_columns_unseen,
    with_columns_renamed,
)
from web.formats.office.workbook_references import WorkbookReferences, has_program
from web.formats.package import Entries, Finish, Package, PackageDocument, Reader
from web.formats.xml_parts import Node, rewritten, unpacked

_SHEET: Final = f"{OFFICE}spreadsheetml."
_MAINS: Final = frozenset(
    each
    for kind in ("sheet", "template")
    for each in (
        f"{_SHEET}{kind}.main+xml",
        f"application/vnd.ms-excel.{kind}.macroEnabled.main+xml",
    )
)
_STRINGS: Final = f"{_SHEET}sharedStrings+xml"
_WORKSHEET: Final = f"{_SHEET}worksheet+xml"
_TABLE: Final = f"{_SHEET}table+xml"
_PIVOT: Final = f"{_SHEET}pivotCacheDefinition+xml"
# Attributes that texts are compared with.
_CRITERIA: Final = {
    "x:filter": "val",
    "x:customFilter": "val",
    "x:cfRule": "text",
    "x:cacheField": "name",
}
_COMPARING: Final = frozenset((*FORMULAS, *_CRITERIA))
_FORMULA: Final = re.compile(rb"<(?:[\w.-]+:)?f[\s>]")
# Most characters of a table column's name.
_MOST_IN_NAME: Final = 255


def open_xlsx(data: bytes, *, sheet_names: bool = False) -> Document:
    """Read an .xlsx or .xltx, or one of these with macros, which are copied.

    With `sheet_names` the names of sheets are lines, too, and all that refers to one says the new
    name: formulas, charts, links, areas, pivot tables. They stay where that is not sure: all of
    them in a workbook with a program, or with a formula that makes addresses out of texts
    (INDIRECT), and a name that a part says which is not known here. Raises DocumentError when it
    is none, is protected or could do harm.
    """
    return read_workbook(Package(data), sheet_names=sheet_names)


def read_workbook(package: Package, *, sheet_names: bool = False) -> Document:
    """Read a package as `open_xlsx` does, which says the rest."""
    office = OfficePackage(package, _MAINS)
    fixed = _fixed_texts(office)
    strings = StringReader(fixed.__contains__, _usual_font(office))
    # A chart shows the texts of cells.
    drawing = DrawingReader(
        is_kept=lambda node: node.name == "c:v" and same_cell(node.text) in fixed
    )
    comments = DrawingReader(texts=("tc:text",))
    readers: dict[str, Reader] = {
        _STRINGS: strings,
        _WORKSHEET: strings,
        f"{_SHEET}chartsheet+xml": strings,
        f"{_SHEET}comments+xml": strings,
        "application/vnd.ms-excel.threadedcomments+xml": comments,
        f"{OFFICE}drawing+xml": drawing,
        f"{OFFICE}drawingml.chart+xml": drawing,
    }
    first = [*office.of_kind(_STRINGS), *office.children(PREFIXES, "x:sheet")]
    found = office.in_order(readers, first)
    if not sheet_names:
        return _Workbook(office, office.package, found, strings)
    names = SheetNames(office.package, WorkbookReferences(office))
    return NamedSpreadsheet(_Workbook(office, names, found, strings), names)


def _usual_font(office: OfficePackage) -> Node | None:
    """The font of cells that have none of their own."""
    fonts: list[Node] = []
    for name in office.of_kind(f"{_SHEET}styles+xml"):
        _each(office, name, ("x:fonts",), lambda node: fonts.extend(node.nodes))
    return next((each for each in fonts if each.name == "x:font"), None)


def _each(
    office: OfficePackage, name: str, names: Collection[str], found: Callable[[Node], None]
) -> None:
    data, _ = unpacked(office.package.read(name))
    rewritten(data, PREFIXES, lambda node: node.name in names, lambda node, _: found(node))


def _fixed_texts(office: OfficePackage) -> set[str]:
    """The texts that something in the workbook knows by their letters."""
    fixed: set[str] = set()
    # Columns that formulas name; none can be named anew where something may say them unseen.
    columns: set[str] = set()
    known: set[str] = set()
    without_cells: set[str] = set()
    unseen = has_program(office)

    def formula(node: Node) -> None:
        nonlocal unseen
        if criterion := _CRITERIA.get(node.name):
            fixed.add(same_cell(unescaped(node.attributes.get(criterion, ""))))
        else:
            fixed.update(compared([node.text], columns=False))
            columns.update(map(same_cell, named_columns(node.text)))
            unseen = unseen or says_columns_unseen(node.text)

    def table(node: Node) -> None:
        names = [same_cell(_column_name(each)) for each in _columns(node)]
        (known if _has_head(node) else without_cells).update(names)
        # A query, or an XML map, looks for its columns by their names.
        if node.attributes.get("tableType", "worksheet") != "worksheet":
            fixed.update(names)

    kinds = (_WORKSHEET, _TABLE, _PIVOT, office.kinds[office.main])
    for name, kind in office.kinds.items():
        if kind in kinds:
            _each(office, name, _COMPARING, formula)
        if kind == _TABLE:
            _each(office, name, ("x:table",), table)
    return fixed | (columns if unseen else columns - (known - without_cells))


def _has_head(table: Node) -> bool:
    """Whether cells say the names of a table's columns."""
    return table.attributes.get("headerRowCount") != "0"


def _columns(table: Node) -> list[Node]:
    return [
        column
        for columns in table.nodes
        if columns.name == "x:tableColumns"
        for column in columns.nodes
        if column.name == "x:tableColumn"
    ]


def _column_name(column: Node) -> str:
    return _lines_alike(unescaped(column.attributes.get("name", "")))


def _lines_alike(text: str) -> str:
    return text.replace("\r\n", "\n")


class _NewNames:
    """New names of columns, and the parts in which they stand; it does not hold the workbook."""

    def __init__(self, reverted: Collection[str]) -> None:
        """`reverted` are the texts of cells that stay as they were."""
        self._reverted = reverted
        # The new text of each cell that may be above a table's column, by its old text, and what
        # formulas call the columns whose names change.
        self.names: dict[str, str] = {}
        self.columns: dict[str, str] = {}

    def in_table(self, data: bytes, _: str, __: Mapping[str, str]) -> bytes:
        return with_columns_renamed(_renamed(self.names, data), self.columns)

    def in_sheet(self, data: bytes, _: str, said: Mapping[str, str]) -> bytes:
        """Finish a worksheet: formulas show the new texts of cells that they take as they are."""
        data = translated_results(data, said, self._reverted.__contains__)
        return with_columns_renamed(data, self.columns)

    def in_main(self, data: bytes, _: str, said: Mapping[str, str], *, calculates: bool) -> bytes:
        """Finish the main part: where texts are others, the workbook is calculated anew."""
        if calculates and any(old != new for old, new in said.items()):
            data = calculated_anew(data)
        return with_columns_renamed(data, self.columns)


class _Workbook(PackageDocument):
    """A workbook: equal lines are equal in its translation, and tables are named as their cells."""

    def __init__(
        self,
        office: OfficePackage,
        store: Entries,
        readers: Mapping[str, Reader],
        strings: StringReader,
    ) -> None:
        # The names of each table's columns.
        self._tables: dict[str, list[str]] = {}
        for name in office.of_kind(_TABLE):
            _each(office, name, ("x:table",), partial(self._add_table, name))
        self._new = new = _NewNames(strings.reverted)
        tables = office.of_kind(_TABLE)
        finishes: dict[str, Finish] = dict.fromkeys(tables, new.in_table)
        sheets = office.of_kind(_WORKSHEET)
        finishes |= dict.fromkeys(sheets, new.in_sheet)
        calculates = any(_FORMULA.search(office.package.read(name)) for name in sheets)
        if calculates or tables:
            finishes[office.main] = partial(new.in_main, calculates=calculates)
        super().__init__(store, readers, (), {**office.marking(readers), **finishes})
        self._strings = strings
        self._string_parts = [
            name for name in readers if office.kinds[name] in {_STRINGS, _WORKSHEET}
        ]

    def _add_table(self, name: str, table: Node) -> None:
        if _has_head(table):
            self._tables[name] = [_column_name(each) for each in _columns(table)]

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        self._lines.check(targets)
        # Formulas that look for a cell's text in other cells find it.
        first: dict[str, str] = {}
        same = [first.setdefault(*each) for each in zip(self.lines, targets, strict=True)]
        names = self._new.names = self._new_names(same) if self._tables else {}
        self._new.columns = {
            old.casefold(): new
            for columns in self._tables.values()
            for old in columns
            if (new := names.get(old, old)) != old and len(new) <= _MOST_IN_NAME
        }
        return super().rebuilt(same, language)

    def _new_names(self, targets: Sequence[str]) -> dict[str, str]:
        """The new text of each cell that may be above a table's column, by its old text.

        Where two columns of a table would have one name, they and their cells stay as they were.
        """
        reverted = self._strings.reverted
        reverted.clear()
        while True:
            texts = self._new_texts(targets)
            clashing: set[str] = set()
            for columns in self._tables.values():
                clashing |= set(_clashing(columns, texts))
            clashing |= set(self._called_alike(texts))
            clashing -= reverted
            if not clashing:
                return {old: next(iter(new)) for old, new in texts.items() if len(new) == 1}
            if reverted:  # the old name of one is the new name of another
                clashing = {same_cell(each) for names in self._tables.values() for each in names}
            reverted |= clashing

    def _called_alike(self, texts: Mapping[str, Collection[str]]) -> Iterator[str]:
        """Columns that formulas call by one name, in capitals or not, and would by several."""
        called: dict[str, set[str]] = {}
        for old in {each for columns in self._tables.values() for each in columns}:
            called.setdefault(same_cell(old), set()).update(map(same_cell, texts.get(old, (old,))))
        yield from (old for old, new in called.items() if len(new) > 1)

    def _new_texts(self, targets: Sequence[str]) -> dict[str, set[str]]:
        texts: dict[str, set[str]] = {}
        for name in self._string_parts:
            data = self._package.read(name)
            new = self._translated(name, targets, {})
            old = self._texts(data)
            for each, other in zip(old, old if new is None else self._texts(new), strict=True):
                texts.setdefault(each, set()).add(other)
        return texts

    def _texts(self, xml: bytes) -> list[str]:
        """The texts of all strings of a part."""
        texts: list[str] = []

        def found(node: Node, _: bytes) -> None:
            nodes = cell_strings(node) if node.name == "x:c" else [node]
            texts.extend(_lines_alike(string_text(each)) for each in nodes)

        def is_string(node: Node) -> bool:
            return node.name in {"x:c", "x:si"} and self._strings.is_block(node)

        rewritten(unpacked(xml)[0], PREFIXES, is_string, found)
        return texts


def _renamed(names: Mapping[str, str], data: bytes) -> bytes:
    """A table whose columns have these new names, by their old ones."""

    def column(node: Node, data: bytes) -> bytes | None:
        values: dict[str, str] = {}
        for key in ("name", "totalsRowLabel"):
            old = _lines_alike(unescaped(node.attributes.get(key, "")))
            new = names.get(old, old)
            if new != old and len(new) <= _MOST_IN_NAME:
                values[key] = with_escapes(new).replace("\n", "_x000a_")
        if not values:
            return None
        tag = with_values(data[node.start : node.inner], values)
        return tag + data[node.inner : node.end]

    return rewritten(data, PREFIXES, lambda node: node.name == "x:tableColumn", column)


def _clashing(columns: Sequence[str], texts: Mapping[str, Collection[str]]) -> Iterator[str]:
    """The columns, as `same_cell` gives them, that cannot be named as the cells above them."""
    owners: dict[str, list[str]] = {}
    for old in columns:
        new = texts.get(old, (old,))
        if len(new) > 1 or any(len(each) > _MOST_IN_NAME or not each for each in new):
            yield same_cell(old)
        for each in new:
            owners.setdefault(same_cell(each), []).append(old)
    for olds in owners.values():
        if len(olds) > 1:
            yield from map(same_cell, olds)
