"""Spreadsheets of OpenDocument: where one says the names of its sheets, and with other names.

Formulas, conditions, areas, links and charts say a sheet's name before a stop: `$'Blatt eins'.A1`;
the settings of the view say it alone.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final
from urllib.parse import quote, unquote

from web.formats.office.sheet_names import Renamed, makes_addresses
from web.formats.open_document.text import CONTENT, STYLES
from web.formats.package import Entries
from web.formats.xml_attributes import with_values_changed
from web.formats.xml_parts import Node, escaped, packed, rewritten, unpacked

_PREFIXES: Final[Mapping[str, str]] = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": short
    for name, short in (
        *(("table", "table"), ("chart", "chart"), ("drawing", "draw"), ("office", "office")),
        *(("config", "config"), ("form", "form"), ("svg-compatible", "svg")),
    )
}
_SETTINGS: Final = "settings.xml"
# Attributes, by their names or by what these end in, that hold addresses or formulas.
_ADDRESSES: Final = re.compile(
    r"(?:.*-)?(?:address(?:es)?|ranges?)|formula|condition|expression|linked-cell|value"
    r"|.*-range-of-cells|notify-on-update-of-ranges"
)
_FORMULAS: Final = frozenset(("formula", "condition", "expression"))
# What the names of elements end in whose `value` is a formula.
_CONDITION: Final = ":condition"
# With a description alone, it says which cells a chart shows.
_GROUP: Final = "draw:g"
# The name of a chart's own table.
_LOCAL: Final = "local-table"
# Folders of a package's programs.
_PROGRAMS: Final = ("Basic/", "Scripts/")
_OBJECT: Final = re.compile(r"Object [0-9]+/content\.xml")
_CELL: Final = r"(?=\$?[A-Za-z]{1,3}(?:\$?[0-9]|[\s:\]]|\Z)|\$?[0-9]|\#)"
_TOKEN: Final = re.compile(
    r"\"(?>(?:[^\"]+|\"\")*)\""
    # A sheet of another file.
    r"|'(?>(?:[^']+|'')*)'\#\$?(?:'(?>(?:[^']+|'')*)'|[\w-]++)\."
    r"|(?P<sign>\$?)'(?P<quoted>(?>(?:[^']+|'')*))'\.(?=[^\s.])"
    r"|(?<![\w.'$])(?P<dollar>\$?)(?P<bare>[^\W\d]\w*+)\." + _CELL
)
_BARE: Final = re.compile(r"[^\W\d_]{4,}")


class SpreadsheetReferences:
    """References of a spreadsheet, as `web.formats.office.sheet_names.SheetReferences` has them.

    `names` are its entries. Where a formula makes addresses out of texts, or the spreadsheet has a
    program, nothing is renamed. Raises DocumentError when it cannot be read.
    """

    most = 0

    def __init__(self, store: Entries, entries: Collection[str]) -> None:
        self._store = store
        self._entries = entries
        names: list[str] = []

        def collect(element: str, name: str, value: str) -> str:
            if element == "table:table" and name == "name" and value != _LOCAL:
                names.append(value)
            return value

        self._makes_addresses = any(each.startswith(_PROGRAMS) for each in entries)
        data, _ = unpacked(store.read(CONTENT))
        with_values_changed(data, _PREFIXES, collect)
        for entry in entries:
            if self.has(entry) and not self._makes_addresses:
                data, _ = unpacked(store.read(entry))
                with_values_changed(data, _PREFIXES, self._look)
        self.names: Sequence[str] = names
        self.fixed: Collection[str] = (
            frozenset(each.casefold() for each in names) if self._makes_addresses else frozenset()
        )

    def has(self, entry: str) -> bool:
        """Whether an entry may name a sheet."""
        return entry in {CONTENT, STYLES, _SETTINGS} or bool(_OBJECT.fullmatch(entry))

    def renamed(self, entry: str, xml: bytes, names: Renamed) -> bytes:
        """An entry in which sheets are named anew."""
        data, encoding = unpacked(xml)
        own = entry == CONTENT

        def value(element: str, name: str, said: str) -> str:
            if name == "name":
                sheet = own and element == "table:table"
                view = element == "config:config-item-map-entry"
                return names.get(said, said) if sheet or view else said
            if name == "href":
                return _link(said, names)
            if _ADDRESSES.fullmatch(name) and (name != "value" or element.endswith(_CONDITION)):
                return in_addresses(said, names)
            return said

        def text(node: Node, data: bytes) -> bytes | None:
            said = node
            if node.name == _GROUP:
                inner = list(node.nodes)
                if len(inner) != 1 or inner[0].name != "svg:desc":
                    return None
                said = inner[0]
            new = names.get(said.text) or in_addresses(said.text, names)
            if new == said.text or any(said.nodes):
                return None
            return data[node.start : said.inner] + escaped(new) + data[said.close : node.end]

        data = with_values_changed(data, _PREFIXES, value)
        return packed(rewritten(data, _PREFIXES, _says_a_sheet, text), encoding)

    def _look(self, element: str, name: str, value: str) -> str:
        formula = name in _FORMULAS or (name == "value" and element.endswith(_CONDITION))
        # A program may be called by an event, and lie outside of the file.
        if (formula and makes_addresses(value)) or element.endswith(":event-listener"):
            self._makes_addresses = True
        return value


def _says_a_sheet(node: Node) -> bool:
    active = node.name == "config:config-item" and node.get("name") == "ActiveTable"
    return active or node.name == _GROUP


def in_addresses(text: str, names: Renamed) -> str:
    """Addresses or a formula with other names of sheets; those of other files stay."""
    if "." not in text:
        return text

    def replaced(match: re.Match[str]) -> str:
        said = match["bare"] if match["quoted"] is None else match["quoted"].replace("''", "'")
        new = names.get(said, said) if said else said
        if not said or new == said:
            return match[0]
        return f"{match['sign'] or match['dollar'] or ''}{_quoted(new)}."

    return _TOKEN.sub(replaced, text)


def _quoted(name: str) -> str:
    return name if _BARE.fullmatch(name) else "'{}'".format(name.replace("'", "''"))


def _link(target: str, names: Renamed) -> str:
    """A link to a place in the spreadsheet, or to all of a sheet."""
    if not target.startswith("#"):
        return target
    place = unquote(target[1:])
    name = place.removeprefix("$").strip("'").replace("''", "'")
    new = names.get(name) or in_addresses(place, names)
    if new == place:
        return target
    return "#" + (quote(new, safe="!'$:.") if "%" in target else new)
