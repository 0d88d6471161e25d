"""Blocks of Markdown: where their words stand in the rows of a file, and other words in them."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from web.formats.html.document import bilingual_html
from web.formats.html.markup import Markup
from web.formats.markdown.column_table import ColumnTable
from web.formats.markdown.drawn_cells import DrawnRow
from web.formats.markdown.grid_table import GridTable
from web.formats.markdown.rows import as_words, begins_block, wrapped_rows
from web.formats.patches import Patch

_HEADING_SIGN: Final = re.compile(r"#{1,6}[ \t]*\Z")
_NOTE_SIGN: Final = re.compile(r"(?:\[\^[^\]\s]{1,60}\]:|[:~])[ \t]*\Z")
# Columns by which the further paragraphs of a note are indented.
_NOTE_INDENT: Final = 4
_MASKED: Final = re.compile("<!--\x01([0-9]{1,9})-->")


class Row(NamedTuple):
    """Row: its start in the text (in characters), its text, and its line break."""

    start: int
    text: str
    end: str


class RowSpan(NamedTuple):
    """Span: the part of a block in one row, from character `first` to `last` of it."""

    line: Row
    first: int
    last: int

    @property
    def text(self) -> str:
        """Its text."""
        return self.line.text[self.first : self.last]


class Words(NamedTuple):
    """One run of words, line by line."""

    spans: Sequence[RowSpan]
    cell: bool = False
    # The row before which a copy of its block stands; 0 where it is one thing with its translation.
    after: int = 0

    @property
    def words(self) -> str:
        """Its words, with line breaks."""
        return "\n".join(span.text for span in self.spans)

    @property
    def start(self) -> int:
        """The place of its first character."""
        return self.spans[0].line.start + self.spans[0].first

    @property
    def end(self) -> int:
        """The place behind its last character."""
        return self.spans[-1].line.start + self.spans[-1].last


class HtmlRows(NamedTuple):
    """HTML between blank lines, line by line."""

    spans: Sequence[RowSpan]
    text: str
    markup: Markup
    masks: dict[int, str]

    @property
    def start(self) -> int:
        """The place of its first character."""
        return self.spans[0].line.start + self.spans[0].first

    @property
    def end(self) -> int:
        """The place behind its last character."""
        return self.spans[-1].line.start + self.spans[-1].last

    @property
    def lines(self) -> Sequence[str]:
        """Its lines."""
        return self.markup.lines

    def rebuilt(self, targets: Sequence[str]) -> str:
        """Write it with other lines, in as many rows; raises as `Markup.rebuilt`."""
        return self._in_rows(self.markup.rebuilt(targets))

    def bilingual(self, targets: Sequence[str], language: str) -> str:
        """Write it in both languages, in as many rows; raises as `rebuilt`."""
        has_attributes = not self.masks
        return self._in_rows(
            bilingual_html(self.text, targets, language, attributes=has_attributes)
        )

    def _in_rows(self, text: str) -> str:
        rows = _MASKED.sub(lambda match: self.masks[int(match[1])], text).split("\n")
        parts = [rows[0]]
        for before, span, row in zip(self.spans, self.spans[1:], rows[1:], strict=False):
            parts += (before.line.end, span.line.text[: span.first], row)
        return "".join(parts)


class DrawnRows(NamedTuple):
    """A drawn table, row by row."""

    spans: Sequence[RowSpan]
    table: GridTable | ColumnTable

    @property
    def start(self) -> int:
        """The place of its first character."""
        return self.spans[0].line.start + self.spans[0].first

    @property
    def end(self) -> int:
        """The place behind its last character."""
        return self.spans[-1].line.start + self.spans[-1].last

    @property
    def lines(self) -> Sequence[str]:
        """Its lines."""
        return self.table.lines

    def rebuilt(self, targets: Sequence[str]) -> str:
        """Write it with other lines, of which there are as many."""
        return self._in_rows(self.table.rebuilt(targets))

    def bilingual(self, targets: Sequence[str], language: str) -> str:
        """Write it in both languages: each cell has its translation on further rows."""
        return self._in_rows(self.table.bilingual(targets, language))

    def _in_rows(self, rows: Sequence[DrawnRow]) -> str:
        parts: list[str] = []
        for number, row in enumerate(rows):
            span = self.spans[row.of]
            if number:
                before = self.spans[row.of - 1]
                parts += (before.line.end, span.line.text[: span.first])
            parts.append(row.text)
        return "".join(parts)


class WordsCopy(NamedTuple):
    """Copy of words for behind their block, and whether it says something else."""

    block: Words
    text: str
    changed: bool


def continued(prefix: str) -> str:
    """Signs before another paragraph of a block that begins behind these."""
    if "|" in prefix:
        return prefix
    kept = _HEADING_SIGN.sub("", prefix)
    blank = "".join(sign if sign in "> \t" else " " for sign in kept)
    # What a note or a term means goes on four columns further in.
    return blank.ljust(_NOTE_INDENT) if _NOTE_SIGN.search(kept) else blank


def in_rows(block: Words, text: str) -> str:
    """A block's new words in lines as wide as its own, with the signs that its lines begin with."""
    begun = begins_block(block.words)
    if len(block.spans) == 1:
        lines = [text]
    else:
        # As wide as they were, or as many as they were where they were short.
        width = max(len(span.text) for span in block.spans)
        lines = wrapped_rows(text, max(width, len(text) // len(block.spans) + 8))
    if not begun and not block.cell:
        lines[0] = as_words(lines[0])
    parts = [lines[0]]
    for number, line in enumerate(lines[1:], 1):
        span = block.spans[min(number, len(block.spans) - 1)]
        before = block.spans[min(number, len(block.spans) - 1) - 1]
        parts += (before.line.end, span.line.text[: span.first], line)
    return "".join(parts).replace("\0", " ")


def behind_block(copies: Sequence[WordsCopy], rows: Sequence[Row]) -> list[Patch]:
    """Copies of one block's words as text behind it, among these rows; none if they say the same.

    The rows of a verse follow one another, and all other copies have a blank row around them.
    """
    if not any(each.changed for each in copies):
        return []
    after = copies[0].block.after
    last = rows[after - 1]
    span = copies[0].block.spans[0]
    prefix = continued(span.line.text[: span.first])
    verse = "|" in prefix
    new = [] if verse else [prefix.rstrip()]
    for number, each in enumerate(copies):
        begins, ends = each.block.spans[0], each.block.spans[-1]
        before = begins.line.text[: begins.first] if number else prefix
        behind = ends.line.text[ends.last :] if number + 1 < len(copies) else ""
        new.append(f"{before}{each.text}{behind}")
    if after < len(rows) and rows[after].text.strip(" \t>") and not verse:
        new.append(prefix.rstrip())
    line_break = last.end or rows[0].end or "\n"
    text = "".join(f"{row}{line_break}" if last.end else f"{line_break}{row}" for row in new)
    end = last.start + len(last.text) + len(last.end)
    return [Patch(end, end, text)]
