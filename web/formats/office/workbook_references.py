"""Workbooks: where an .xlsx says the names of its sheets, and the same with other names.

Formulas, also those of charts, names, areas, choices and formats; links; pivot tables' sources;
shapes and controls that show a cell; and the list of contents in the properties.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from html import unescape
from typing import Final
from urllib.parse import quote, unquote

from web.formats.base import DocumentError
from web.formats.office.drawing import PREFIXES
from web.formats.office.ooxml import OFFICE, OfficePackage
from web.formats.office.sheet_names import Renamed, makes_addresses, quoted
from web.formats.xml_attributes import with_values_changed
from web.formats.xml_parts import Node, elements, escaped, packed, rewritten, unpacked

# Most characters of a sheet's name.
_MOST: Final = 31
_PREFIXES: Final[Mapping[str, str]] = {
    **PREFIXES,
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ep",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties": "ep",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rels",
}
# Elements that are a formula; another in the list of contents may be a name alone.
_FORMULAS: Final = frozenset(
    (
        *("x:f", "x:formula", "x:formula1", "x:formula2", "xm:f", "x:definedName"),
        *("x:calculatedColumnFormula", "x:totalsRowFormula", "c:f", "c15:f", "c15:sqref"),
        *("cx:f", "cx:nf"),
    )
)
_CONTENTS: Final = "ep:TitlesOfParts"
_PIVOT: Final = "c:pivotSource"
# Attributes that are a formula, of whatever element.
_ADDRESSES: Final = frozenset(
    (
        *("location", "textlink", "linkedCell", "listFillRange"),
        *("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"),
    )
)
# Elements with a sheet's name in their attribute `sheet`, or in `name`.
_SOURCES: Final = frozenset(("x:worksheetSource", "x:rangeSet", "x:dataRef"))
_SHEETS: Final = f"{OFFICE}spreadsheetml."
_READ: Final = frozenset(
    (
        *(f"{_SHEETS}{kind}+xml" for kind in ("worksheet", "chartsheet", "dialogsheet", "table")),
        f"{_SHEETS}pivotCacheDefinition+xml",
        f"{OFFICE}drawing+xml",
        f"{OFFICE}drawingml.chart+xml",
        f"{OFFICE}drawingml.chartshapes+xml",
        f"{OFFICE}extended-properties+xml",
        "application/vnd.ms-office.chartex+xml",
        "application/vnd.ms-excel.controlproperties+xml",
        "application/vnd.openxmlformats-package.relationships+xml",
    )
)
# Kinds that hold texts and values; and the names of other workbooks' sheets.
_TEXTS: Final = frozenset(
    (
        *(
            f"{_SHEETS}{kind}+xml"
            for kind in (
                *("sharedStrings", "comments", "styles", "calcChain", "pivotCacheRecords"),
                *("externalLink", "sheetMetadata"),
            )
        ),
        f"{OFFICE}theme+xml",
        "application/vnd.ms-excel.threadedcomments+xml",
        "application/vnd.ms-excel.person+xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
    )
)
# Programs of a workbook may say any name.
_PROGRAMS: Final = frozenset(
    (
        "application/vnd.ms-office.vbaProject",
        *(f"application/vnd.ms-excel.{kind}+xml" for kind in ("macrosheet", "intlmacrosheet")),
    )
)
_XML: Final = (".xml", ".vml", ".rels")
_TOKEN: Final = re.compile(
    r"\"(?>(?:[^\"]+|\"\")*)\""
    r"|'(?P<quoted>(?>(?:[^']+|'')*))'!"
    # A sheet of another workbook, columns of a table, and errors.
    r"|\[\d+\](?:[\w.]++(?::[\w.]++)?!)?"
    r"|\[(?>(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*)\]"
    r"|\#[A-Z/0]+[!?]?"
    r"|(?P<bare>(?<![\w.])[\w.]++(?::[\w.]++)?)!"
)
# A name and its sign in whatever else may be a formula.
_LIKE_A_NAME: Final = re.compile(r"'((?:[^']|''){1,200})'!|(?<![\w.])([\w.]{1,80}+)!")
_SHEET_OF_PIVOT: Final = re.compile(r"'?(\[[^\[\]]*+\])?((?>(?:[^'!]+|'')*))'?!(.*)", re.DOTALL)


class WorkbookReferences:
    """References of a workbook, as `web.formats.office.sheet_names.SheetReferences` has them.

    Where a formula makes addresses out of texts, or the workbook has a program, nothing is renamed.
    Raises DocumentError when the workbook cannot be read.
    """

    most = _MOST

    def __init__(self, office: OfficePackage) -> None:
        self._office = office
        main = office.package.read(office.main)
        sheets = elements(main, _PREFIXES, "x:sheet")
        self.names: Sequence[str] = [each.get("name") for each in sheets]
        self.fixed: Collection[str] = self._fixed()

    def has(self, entry: str) -> bool:
        """Whether an entry may name a sheet."""
        return entry == self._office.main or self._office.kinds.get(entry) in _READ

    def renamed(self, entry: str, xml: bytes, names: Renamed) -> bytes:
        """An entry in which sheets are named anew."""
        data, encoding = unpacked(xml)
        if entry.endswith(".rels"):
            data = with_values_changed(
                data,
                _PREFIXES,
                lambda _, name, value: _link(value, names) if name == "Target" else value,
            )
        else:
            data = with_values_changed(data, _PREFIXES, _Attributes(names))
            data = rewritten(data, _PREFIXES, _is_reference, _Elements(names))
        return packed(data, encoding)

    def _fixed(self) -> frozenset[str]:
        names = frozenset(each.casefold() for each in self.names)
        if has_program(self._office):
            return names
        fixed: set[str] = set()
        for entry, kind in self._office.kinds.items():
            if kind in _TEXTS or not entry.endswith(_XML):
                continue
            if not self.has(entry):
                fixed.update(self._said_in(entry))
            elif entry.endswith(".rels") or kind == f"{OFFICE}extended-properties+xml":
                continue
            elif self._makes_addresses(entry):
                return names
        return names & fixed

    def _said_in(self, entry: str) -> Iterator[str]:
        """Words that may be names of sheets in an entry of another kind."""
        try:
            text = unescape(self._office.package.read(entry).decode("utf-8", "replace"))
        except DocumentError:  # too large to be read
            yield from (each.casefold() for each in self.names)
            return
        for match in _LIKE_A_NAME.finditer(text):
            for each in (match[1] or match[2]).replace("''", "'").casefold().split(":"):
                yield each.rpartition("]")[2]

    def _makes_addresses(self, entry: str) -> bool:
        data, _ = unpacked(self._office.package.read(entry))
        found: list[bool] = []

        def look(node: Node, _: bytes) -> None:
            if not found and makes_addresses(node.text):
                found.append(True)

        rewritten(data, _PREFIXES, lambda node: node.name in _FORMULAS, look)
        return bool(found)


def has_program(office: OfficePackage) -> bool:
    """Whether a workbook has a program, which may say any name."""
    return not _PROGRAMS.isdisjoint(office.kinds.values())


def _is_reference(node: Node) -> bool:
    return node.name in _FORMULAS or node.name in {_CONTENTS, _PIVOT}


class _Attributes:
    """New values of attributes."""

    def __init__(self, names: Renamed) -> None:
        self._names = names

    def __call__(self, element: str, name: str, value: str) -> str:
        if name in _ADDRESSES:
            return in_formula(value, self._names)
        if (element == "x:sheet" and name == "name") or (element in _SOURCES and name == "sheet"):
            return self._names.get(value, value)
        return value


class _Elements:
    """New XML of elements."""

    def __init__(self, names: Renamed) -> None:
        self._names = names

    def __call__(self, node: Node, data: bytes) -> bytes | None:
        if node.name == _CONTENTS:
            return _with_texts(node, data, self._content)
        if node.name == _PIVOT:
            return _with_texts(node, data, self._pivot)
        new = in_formula(node.text, self._names)
        if new == node.text:
            return None
        return data[node.start : node.inner] + escaped(new) + data[node.close : node.end]

    def _content(self, text: str) -> str:
        return self._names.get(text) or in_formula(text, self._names)

    def _pivot(self, text: str) -> str:
        match = _SHEET_OF_PIVOT.fullmatch(text)
        new = self._names.get(match[2].replace("''", "'")) if match else None
        if match is None or new is None:
            return text
        book = match[1] or ""
        if text.startswith("'") or quoted(new) != new:
            return "'{}{}'!{}".format(book, new.replace("'", "''"), match[3])
        return f"{book}{new}!{match[3]}"


def _with_texts(node: Node, data: bytes, new: Callable[[str], str]) -> bytes:
    """An element in which the texts of those inside of it that hold text alone are `new`."""
    if not any(node.nodes):
        said = new(node.text)
        if said == node.text or not node.name:
            return data[node.start : node.end]
        return data[node.start : node.inner] + escaped(said) + data[node.close : node.end]
    parts: list[bytes] = []
    position = node.start
    for each in node.nodes:
        parts += (data[position : each.start], _with_texts(each, data, new))
        position = each.end
    return b"".join([*parts, data[position : node.end]])


def in_formula(formula: str, names: Renamed) -> str:
    """A formula with other names of sheets; those of other workbooks stay."""
    if "!" not in formula:
        return formula

    def replaced(match: re.Match[str]) -> str:
        said = match["bare"] if match["quoted"] is None else match["quoted"].replace("''", "'")
        if not said or "[" in said:
            return match[0]
        sheets = said.split(":")
        new = [names.get(each, each) for each in sheets]
        return match[0] if new == sheets else f"{quoted(':'.join(new))}!"

    return _TOKEN.sub(replaced, formula)


def _link(target: str, names: Renamed) -> str:
    """A link to a place in the workbook."""
    if not target.startswith("#"):
        return target
    place = unquote(target[1:])
    new = in_formula(place, names)
    if new == place:
        return target
    return "#" + (quote(new, safe="!'$:") if "%" in target else new)
