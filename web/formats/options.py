"""Options of reading: what a reader of a document may be told, and which kinds of files have it."""

from dataclasses import dataclass
from typing import Literal

OptionName = Literal["columns", "sheet_names"]


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """Reading options, each off unless it is given.

    `columns` are the only ones of a table that are translated, by their numbers, from 1, or by
    their names in the first row. With `sheet_names` the names of a spreadsheet's sheets are
    translated, too, as far as all that refers to them can follow.
    """

    columns: tuple[str, ...] = ()
    sheet_names: bool = False

    @property
    def given(self) -> list[OptionName]:
        """Names of the options that are on."""
        found: list[OptionName] = []
        if self.columns:
            found.append("columns")
        if self.sheet_names:
            found.append("sheet_names")
        return found
