"""Cells of drawn tables: paragraphs in the columns of a table that is drawn with signs."""

import unicodedata
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from web.formats.markdown.inline import Inline, in_both_spoken
from web.formats.markdown.rows import wrapped_paragraph
from web.formats.places import Lines

# Characters of a column in which a cell of one row may get another row.
_WIDE: Final = 20


class DrawnRow(NamedTuple):
    """Row of a table with other words: it comes after what stands before row `of` of the source."""

    of: int
    text: str


class CellParagraph:
    """A cell of one paragraph; `references` are labels of links."""

    def __init__(self, text: str, references: Collection[str]) -> None:
        self._text = text
        self._references = references
        self._lines = Lines()
        self._lines.add(Inline(text, references).places())
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rows(self, targets: Sequence[str], width: int) -> list[str]:
        """Write it with other words, in rows of so many characters if they fit."""
        return self._wrapped(self.text(targets), width)

    def text(self, targets: Sequence[str]) -> str:
        """Write it with other words, in one row."""
        inline = Inline(self._text, self._references)
        self._lines.filler(targets)(inline.places())
        return inline.written().replace("\0", " ")

    def doubled(self, targets: Sequence[str], width: int, _: str) -> list[str]:
        """Write its own rows, and below them the translation as another paragraph."""
        source, copy = self.both(targets)
        rows = self._wrapped(source, width) if source else self._text.split("\n")
        return [*rows, *(["", *self._wrapped(copy, width)] if copy else [])]

    def beside(self, targets: Sequence[str]) -> str:
        """Write both languages in one row, with a slash between them."""
        source, copy = self.both(targets)
        said = [source or self._text, *([copy] if copy else [])]
        return " / ".join(said).replace("\0", " ")

    def both(self, targets: Sequence[str]) -> tuple[str, str]:
        """Write what the cell says in its own language, where that changes, and the translation.

        Either is "" where it is not needed.
        """
        both = in_both_spoken(
            (self._text, self._references), self.lines, targets, self._lines.letters, apart=True
        )
        return (
            both.source.written() if both.changes else "",
            both.copy.copied() if both.says_other else "",
        )

    def _wrapped(self, text: str, width: int) -> list[str]:
        one_row = "\n" not in self._text and width < _WIDE
        rows = wrapped_paragraph(text, len(text) if one_row else width)
        return [row.replace("\0", " ") for row in rows]


def display_width(text: str) -> int:
    """Columns that a text takes, where some signs take two and some none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
