"""Cells of tables: which texts are codes, and stay as something else knows them by their letters.

A formula compares a cell with "Ja", a filter shows the rows with it, a program reads a column of
keys: none of them would find a translation.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

# One word with a figure or a sign that no plain word has: a key, a file, an address, a date.
_KEY: Final = re.compile(
    r"(?=\S*[\d_@\\/=#$%&+|~^<>{}\[\]]|\S*[^\W\d_]\.[a-z]{2,4}\Z|[a-z]+[A-Z])[^\s\-]\S*\Z"
)
# Units, countries, currencies, sizes: EUR, DE, XL.
_SHORT: Final = re.compile(r"[A-Z]{1,3}\Z")
_CONSTANTS: Final = frozenset(
    ("true", "false", "wahr", "falsch", "null", "none", "nan", "n/a", "na", "#n/a")
)
_LITERAL: Final = re.compile(r'"((?>(?:[^"]+|"")*))"')
_COLUMN: Final = re.compile(r"\[@?((?>(?:[^\[\]'#]+|'.)+))\]")
_WORD_WITH_SLASH: Final = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)+\Z")


def is_cell_code(text: str) -> bool:
    """Whether a cell's text is a code or a value, and no word of a language."""
    said = text.strip()
    if said.casefold() in _CONSTANTS or _SHORT.match(said) or said.startswith("="):
        return True
    return bool(_KEY.match(said)) and not _WORD_WITH_SLASH.match(said)


def same_cell(text: str) -> str:
    """A text as formulas compare it: without regard to capitals, and to how its lines end."""
    return text.replace("\r\n", "\n").strip().casefold()


def compared(formulas: Iterable[str], *, columns: bool = True) -> Iterator[str]:
    """The texts that formulas compare cells with, and the `columns` that they name.

    A list of choices, `"Ja,Nein"`, is one text in a formula and has several.
    """
    for formula in formulas:
        for match in _LITERAL.finditer(formula):
            text = match[1].replace('""', '"')
            yield same_cell(text)
            yield from map(same_cell, text.split(","))
        for match in _COLUMN.finditer(formula) if columns else ():
            yield same_cell(re.sub(r"'(.)", r"\1", match[1]).removeprefix("@"))
