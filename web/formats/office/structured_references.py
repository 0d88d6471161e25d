"""Structured references: formulas that name the columns of a table, `Tabelle1[[#Alle],[Preis]]`."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from web.formats.office.drawing import PREFIXES
from web.formats.xml_parts import Node, escaped, rewritten

# Elements that are a formula.
FORMULAS: Final = frozenset(
    (
        *("x:f", "x:formula", "x:formula1", "x:formula2", "xm:f", "x:definedName"),
        *("x:calculatedColumnFormula", "x:totalsRowFormula"),
    )
)
_NAME: Final = r"(?>(?:[^\[\]']|'.)*)"
_TOKEN: Final = re.compile(
    r"\"(?>(?:[^\"]+|\"\")*)\""
    # Sheets, and tables of other workbooks.
    r"|'(?>(?:[^']+|'')*)'!(?:[\w.\\]++\[(?>(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*)\])?"
    r"|![\w.\\]++\[(?>(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*)\]"
    rf"|\[(?P<this>@?)(?P<column>{_NAME})\]"
    rf"|\[(?P<several>(?>(?:[^\[\]']|'.|\[{_NAME}\])*))\]"
)
_INNER: Final = re.compile(rf"\[({_NAME})\]")
_ESCAPED: Final = re.compile(r"'(.)", re.DOTALL)
_SPECIAL: Final = re.compile(r"[\[\]#'@]")
# A name of other signs needs brackets of its own.
_PLAIN: Final = re.compile(r"[^\W_][\w ]*")
_MAKES_ADDRESSES: Final = re.compile(r"\b(?:INDIRECT|EVALUATE)\s*\(", re.IGNORECASE)


def named_columns(formula: str) -> Iterator[str]:
    """The names of columns that a formula says, as `str.casefold` gives them."""
    found: list[str] = []

    def look(name: str) -> None:
        found.append(name)

    _replaced(formula, look)
    yield from found


def with_columns(formula: str, names: Mapping[str, str]) -> str:
    """A formula with other names of columns, by their old ones, as `str.casefold` gives these."""
    return _replaced(formula, names.get)


def says_columns_unseen(formula: str) -> bool:
    """Whether a formula may name columns in texts that it makes."""
    return _MAKES_ADDRESSES.search(formula) is not None


def with_columns_renamed(data: bytes, names: Mapping[str, str]) -> bytes:
    """A part of a workbook, in UTF-8, whose formulas name columns anew, as `with_columns` does."""
    if not names or b"[" not in data:
        return data

    def put(node: Node, data: bytes) -> bytes | None:
        new = with_columns(node.text, names)
        if new == node.text:
            return None
        return data[node.start : node.inner] + escaped(new) + data[node.close : node.end]

    return rewritten(data, PREFIXES, lambda node: node.name in FORMULAS, put)


def _replaced(formula: str, new: Callable[[str], str | None]) -> str:
    if "[" not in formula:
        return formula

    def name_of(said: str) -> str | None:
        found = new(_ESCAPED.sub(r"\1", said).casefold())
        return None if found is None else _SPECIAL.sub(r"'\g<0>", found)

    def inner(match: re.Match[str]) -> str:
        name = name_of(match[1])
        return match[0] if name is None else f"[{name}]"

    def replaced(match: re.Match[str]) -> str:
        if match["several"] is not None:
            return f"[{_INNER.sub(inner, match['several'])}]"
        name = name_of(match["column"]) if match["column"] else None
        if name is None:
            return match[0]
        needs_brackets = not _PLAIN.fullmatch(name) or (match["this"] and " " in name)
        return f"[{match['this']}[{name}]]" if needs_brackets else f"[{match['this']}{name}]"

    return _TOKEN.sub(replaced, formula)
