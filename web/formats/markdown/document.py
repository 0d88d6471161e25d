"""Markdown: paragraphs, headings, items, cells and quotes of a .md; its signs stay where they are.

markdown-it-py tells which lines of the file are which block, as CommonMark has it. No Markdown is
written by it: a translated block goes into the lines where it was found.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, islice, pairwise
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from web.formats.base import BilingualLayout
from web.formats.html.document import open_html
from web.formats.language_marks import primary_language
from web.formats.markdown.blocks import (
    DrawnRows,
    HtmlRows,
    Row,
    RowSpan,
    Words,
    WordsCopy,
    behind_block,
    in_rows,
)
from web.formats.markdown.column_table import ColumnTable
from web.formats.markdown.dialects import Dialects, masked
from web.formats.markdown.front_matter import Value, front_matter, language_codes
from web.formats.markdown.grid_table import GridReader, GridTable
from web.formats.markdown.inline import Inline, in_both_spoken
from web.formats.markdown.words import (
    FOR_TITLE,
    for_attribute,
    of_attribute,
    of_brackets,
)
from web.formats.patches import Patch, Patches
from web.formats.places import Lines, check_count, check_length
from web.formats.plain_text import decoded_file, encoded
from web.formats.sentence_rows import sentence_rows

# Characters: a parser that keeps a token for every line needs some 50 times a text's memory.
MAX_CHARACTERS: Final = 5_000_000

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_HARD_BREAK: Final = re.compile(r" {2,}\Z|\\\Z")
_REFERENCE_TITLE: Final = re.compile(r"\s(\"[^\"]+\"|'[^']+'|\([^()]+\))\s*\Z")
# Signs of quotes before others.
_BEFORE_SIGNS: Final = " \t>"
_TABLE_SIGNS: Final = ("|", "+-", "+=", "+:")

# Blocks that have read their lines themselves.
_Read = HtmlRows | DrawnRows
_Block = Words | Value | _Read


class Markdown:
    """Markdown file: a `web.formats.base.Document`."""

    def __init__(self, data: bytes, *, grids: bool = True) -> None:
        """Read a file; without `grids`, tables that are drawn with signs stay as they are.

        Raises DocumentError when it is no text or over MAX_CHARACTERS.
        """
        self._text, self._encoding = decoded_file(data, set_aside=True)
        check_length(len(self._text), MAX_CHARACTERS)
        self._rows = [
            Row(match.start(), match[1], match[2]) for match in _LINE.finditer(self._text)
        ]
        begin, values = front_matter(self._text)
        self._marks = list(language_codes(self._text, begin))
        self._dialects = Dialects(
            ["" if row.start < begin else row.text for row in self._rows],
        )
        parser = MarkdownIt("commonmark").enable("table").disable("inline")
        found: dict[str, Any] = {}
        tokens = parser.parse("\n".join(self._dialects.rows), found)
        references = found.get("references", {})
        self._references = frozenset(references)
        blocks = [*self._found(tokens), *self._reference_titles(references.values())]
        html = [each for each in blocks if isinstance(each, HtmlRows)]
        blocks += self._titles(html)
        blocks += self._drawn(html, tokens, grids=grids)
        self._blocks = sorted([*values, *blocks], key=lambda each: (each.start, each.end))
        self._lines = Lines()
        # Of each block, how many lines it has.
        self._counts: list[int] = []
        for block in self._blocks:
            if isinstance(block, _Read):
                self._counts.append(len(block.lines))
            else:
                found_places = Inline(block.words, self._references).places()
                self._lines.add(found_places)
                self._counts.append(len(found_places))
        self._lines.finish()
        of_words = iter(self._lines.lines)
        lines: list[str] = []
        for block, count in zip(self._blocks, self._counts, strict=True):
            lines += block.lines if isinstance(block, _Read) else islice(of_words, count)
        self.lines: Sequence[str] = lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        of_blocks = self._of_blocks(targets)
        words = zip(self._blocks, of_blocks, strict=True)
        fill = self._lines.filler(
            [each for block, some in words if not isinstance(block, _Read) for each in some]
        )
        patches = [
            Patch(start, end, language)
            for start, end in self._marks
            if language and primary_language(self._text[start:end]) != primary_language(language)
        ]
        for block, some in zip(self._blocks, of_blocks, strict=True):
            if isinstance(block, _Read):
                new = block.rebuilt(some)
            else:
                inline = Inline(block.words, self._references)
                if not fill(inline.places()):
                    continue
                new = _written(block, inline)
            patches.append(Patch(block.start, block.end, new))
        return self._patched(patches)

    def _patched(self, patches: Sequence[Patch]) -> bytes:
        text = Patches(self._text, patches).slice(0, len(self._text) + 1)
        return encoded(text, self._encoding)

    def _of_blocks(self, lines: Sequence[str]) -> list[Sequence[str]]:
        """The lines, or targets, of each block. Raises DocumentError as `rebuilt`."""
        check_count(lines, self.lines)
        starts = [0, *accumulate(self._counts)]
        return [lines[start:end] for start, end in pairwise(starts)]

    def bilingual(
        self,
        targets: Sequence[str],
        layout: BilingualLayout,  # noqa: ARG002 - tables of Markdown hold no paragraphs
        language: str = "",
    ) -> bytes:
        """Write both languages: see `web.formats.base.BilingualDocument`; raises as there.

        The copy of a heading is a paragraph. Values of the front matter, titles of boxes, terms
        and alternative texts become "source / target"; a cell has both with a line break between.
        """
        patches: list[Patch] = []
        copies: list[WordsCopy] = []
        sources = self._of_blocks(self.lines)
        for block, source, some in zip(
            self._blocks, sources, self._of_blocks(targets), strict=True
        ):
            if copies and not (isinstance(block, Words) and block.after == copies[0].block.after):
                patches += behind_block(copies, self._rows)
                copies = []
            if list(some) == source and not (isinstance(block, Words) and block.after):
                continue
            if isinstance(block, _Read):
                new = block.bilingual(some, language)
            else:
                new, copy = self._in_both(block, source, some)
                if copy:
                    copies.append(copy)
            patches.append(Patch(block.start, block.end, new))
        patches += behind_block(copies, self._rows) if copies else []
        return self._patched(patches)

    def _in_both(
        self, block: Words | Value, source: Sequence[str], targets: Sequence[str]
    ) -> tuple[str, "WordsCopy | None"]:
        """A block in which what is one thing is in both languages, and a copy for behind it."""
        has_copy = isinstance(block, Words) and (block.cell or block.after > 0)
        doubled = in_both_spoken(
            (block.words, self._references), source, targets, self._lines.letters, apart=has_copy
        )
        changes, says_other = doubled.changes, doubled.says_other
        new = _written(block, doubled.source) if changes else self._text[block.start : block.end]
        if not isinstance(block, Words) or not has_copy:
            return new, None
        copy = doubled.copy.copied(cell=block.cell)
        if not block.cell:
            return new, WordsCopy(block, in_rows(block, copy), says_other)
        return (f"{new}<br>{copy}".replace("\0", " ") if says_other else new), None

    def _found(self, tokens: Sequence[Token]) -> Iterator[_Block]:
        """The runs of words in the blocks, without formulas."""
        cursor = (-1, 0)  # behind the last cell: line and column
        for before, token in pairwise([Token("", "", 0), *tokens]):
            content = token.content.strip()
            if not token.map or not content:
                continue
            if token.type == "html_block":
                yield from self._html(token)
                continue
            if token.type != "inline":
                continue
            if content.startswith("$$") and content.endswith("$$"):
                continue
            number = token.map[0]
            if before.type in {"th_open", "td_open"}:
                column = cursor[1] if cursor[0] == number else 0
                # In a cell, a bar is written with a backslash.
                span = _span(self._rows[number], content.replace("|", "\\|"), column)
                if span:
                    cursor = (number, span.last)
                    yield Words([span], cell=True)
            else:
                after = (before.map or token.map)[1]
                if before.type == "heading_open" and "\n" not in content:
                    span = _span(self._rows[number], content, 0)
                    found = [Words([span])] if span else []
                else:
                    found = list(self._runs(number, content.split("\n")))
                if found and self._has_copy(found[0], after):
                    found = [each._replace(after=after) for each in found]
                yield from found

    def _has_copy(self, first: Words, after: int) -> bool:
        """Whether a block with these words may have a copy of its own behind it."""
        span = first.spans[0]
        sign = span.line.text[: span.first].lstrip(_BEFORE_SIGNS)
        if sign.startswith("*["):
            return False
        # The caption of a table, and not what a term means.
        if sign.startswith(":") or span.text.startswith("Table:"):
            number = bisect(self._rows, span.line.start, key=lambda row: row.start) - 1
            if self._has_table_beside(number, after):
                return False
            if sign:
                return True
        # A term is followed by what it means.
        row = self._said_row(after, 1)
        following = "" if row is None else self._rows[row].text.lstrip(_BEFORE_SIGNS)
        return not following.startswith((": ", ":\t", "~ ", ":   "))

    def _has_table_beside(self, number: int, after: int) -> bool:
        """Whether a table stands before a row, or behind the row before another."""
        drawn = self._dialects.in_columns
        return any(
            row in drawn or self._rows[row].text.lstrip(_BEFORE_SIGNS).startswith(_TABLE_SIGNS)
            for row in (self._said_row(number - 1, -1), self._said_row(after, 1))
            if row is not None
        )

    def _said_row(self, number: int, step: int) -> int | None:
        """The row of a number, or the next one where it is blank."""
        for each in (number, number + step):
            if 0 <= each < len(self._rows) and self._rows[each].text.strip(_BEFORE_SIGNS):
                return each
        return None

    def _runs(self, number: int, contents: Sequence[str]) -> Iterator[Words]:
        """A paragraph, cut at its hard line breaks, and after sentences where each has a line.

        Quote marks and the like come before its lines.
        """
        spans: list[RowSpan] = []
        for index, content in enumerate(contents, number):
            said = self._rows[index].text.rstrip()
            words = content.strip()
            if masked(content) or not said.endswith(words):
                yield from _sentences(spans)
                spans = []
                continue
            last = len(said)
            hard = _HARD_BREAK.search(content) is not None
            first = last - len(words)
            spans.append(RowSpan(self._rows[index], first, last - (words.endswith("\\") and hard)))
            if hard or index in self._dialects.cuts:
                yield from _sentences(spans)
                spans = []
        yield from _sentences(spans)

    def _html(self, token: Token) -> Iterator[HtmlRows]:
        spans: list[RowSpan] = []
        texts: list[str] = []
        masks: dict[int, str] = {}
        first, last = token.map or (0, 0)
        contents = token.content.split("\n")
        for row, content in zip(self._rows[first:last], contents, strict=False):
            words = content.lstrip(" \t")
            if masked(content):
                place = len(row.text) - len(row.text.lstrip(" \t>"))
                spans.append(RowSpan(row, place, len(row.text)))
                masks[len(masks)] = spans[-1].text
                texts.append(f"<!--\x01{len(masks) - 1}-->")
            elif row.text.endswith(words):
                spans.append(RowSpan(row, len(row.text) - len(words), len(row.text)))
                texts.append(words)
            else:
                return
        if len(masks) < len(spans) and spans:
            # A masked row in the middle of a value could not be put back.
            text = "\n".join(texts)
            yield HtmlRows(spans, text, open_html(text, attributes=not masks), masks)

    def _drawn(
        self, html: Sequence[HtmlRows], tokens: Sequence[Token], *, grids: bool
    ) -> Iterator[DrawnRows]:
        """Tables that are drawn with signs; in HTML or code such a one stays as it is."""
        reader = GridReader(partial(Markdown, grids=False), self._references)
        inside = {span.line.start for each in html for span in each.spans}
        for token in tokens:
            if token.type == "code_block" and token.map:
                inside.update(row.start for row in self._rows[slice(*token.map)])
        for table in self._dialects.grids:
            rows = self._rows[table.first : table.last]
            spans = [
                RowSpan(row, len(prefix), len(row.text))
                for row, prefix in zip(rows, table.prefixes, strict=True)
            ]
            if spans[0].line.start in inside:
                continue
            said = [span.text for span in spans]
            if table.rule is not None:
                yield DrawnRows(spans, ColumnTable(said, table.rule, self._references))
            elif grids:
                yield DrawnRows(spans, GridTable(said, reader))

    def _titles(self, html: Sequence[HtmlRows]) -> Iterator[_Block]:
        """Titles in rows of other dialects; in HTML such a row stays as it is."""
        inside = {span.line.start for each in html for span in each.spans}
        for title in self._dialects.titles:
            line = self._rows[title.row]
            if line.start in inside:
                continue
            span = RowSpan(line, title.first, title.last)
            if title.quoted:
                start = line.start + title.first
                words = of_attribute(span.text)
                yield Value(start, start + len(span.text), words, for_attribute)
            else:
                yield Words([span])

    def _reference_titles(self, references: Iterable[dict[str, Any]]) -> Iterator[_Block]:
        for each in references:
            last = self._rows[each["map"][1] - 1]
            match = _REFERENCE_TITLE.search(last.text) if each["title"] else None
            if match:
                start = last.start + match.start(1) + 1
                said = match[1][1:-1]
                encode = FOR_TITLE[match[1][0]]
                yield Value(start, start + len(said), of_brackets(said), encode)


def _span(line: Row, content: str, column: int) -> RowSpan | None:
    first = line.text.find(content, column)
    return RowSpan(line, first, first + len(content)) if first >= 0 else None


def _sentences(spans: Sequence[RowSpan]) -> Iterator[Words]:
    """Lines of a run; each sentence for itself where the lines of the run end with sentences."""
    if not spans:
        return
    ends = sentence_rows([span.text for span in spans])
    parts = [Words(spans[start:end]) for start, end in pairwise([0, *ends])]
    whole = Words(spans)
    if len(parts) > 1 and _elements(whole) == sum(map(_elements, parts)):
        yield from parts
    else:
        yield whole


def _elements(words: Words) -> int:
    return Inline(words.words).elements


def _written(block: Words | Value, inline: Inline) -> str:
    if isinstance(block, Value):
        return block.encode(inline.written().replace("\0", " "))
    return in_rows(block, inline.written(cell=block.cell))
