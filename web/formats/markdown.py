"""Markdown: paragraphs, headings, items, cells and quotes of a .md; its signs stay where they are.

markdown-it-py tells which lines of the file are which block, as CommonMark has it. No Markdown is
written by it: a translated block goes into the lines where it was found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from web.formats.front_matter import Value, front_matter, language_codes
from web.formats.grid_table import GridReader, GridTable
from web.formats.html import open_html
from web.formats.language_marks import primary_language
from web.formats.markdown_dialects import Dialects, masked
from web.formats.markdown_inline import Inline
from web.formats.markdown_rows import as_words, begins_block, wrapped_rows
from web.formats.markdown_words import (
    FOR_TITLE,
    for_attribute,
    of_attribute,
    of_brackets,
)
from web.formats.markup import Markup
from web.formats.patches import Patch
from web.formats.places import Lines, check_count, check_length
from web.formats.plain_text import decoded_file, encoded
from web.formats.sentence_rows import sentence_rows

# Characters: a parser that keeps a token for every line needs some 50 times a text's memory.
MAX_CHARACTERS: Final = 5_000_000

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_HARD_BREAK: Final = re.compile(r" {2,}\Z|\\\Z")
_REFERENCE_TITLE: Final = re.compile(r"\s(\"[^\"]+\"|'[^']+'|\([^()]+\))\s*\Z")
_MASKED: Final = re.compile("<!--\x01([0-9]{1,9})-->")


class _Line(NamedTuple):
    """Line: its start in the text (in characters), its text, and its line break."""

    start: int
    text: str
    end: str


class _Span(NamedTuple):
    """Span: the part of a block in one line, from character `first` to `last` of the line."""

    line: _Line
    first: int
    last: int

    @property
    def text(self) -> str:
        return self.line.text[self.first : self.last]


class _Words(NamedTuple):
    """One run of words, line by line."""

    spans: Sequence[_Span]
    cell: bool = False

    @property
    def words(self) -> str:
        return "\n".join(span.text for span in self.spans)

    @property
    def start(self) -> int:
        return self.spans[0].line.start + self.spans[0].first

    @property
    def end(self) -> int:
        return self.spans[-1].line.start + self.spans[-1].last


class _Html(NamedTuple):
    """HTML between blank lines, line by line."""

    spans: Sequence[_Span]
    markup: Markup
    masks: dict[int, str]

    @property
    def start(self) -> int:
        return self.spans[0].line.start + self.spans[0].first

    @property
    def end(self) -> int:
        return self.spans[-1].line.start + self.spans[-1].last

    @property
    def lines(self) -> Sequence[str]:
        return self.markup.lines

    def rebuilt(self, targets: Sequence[str]) -> str:
        text = self.markup.rebuilt(targets)
        rows = _MASKED.sub(lambda match: self.masks[int(match[1])], text).split("\n")
        parts = [rows[0]]
        for before, span, row in zip(self.spans, self.spans[1:], rows[1:], strict=False):
            parts += (before.line.end, span.line.text[: span.first], row)
        return "".join(parts)


class _Grid(NamedTuple):
    """A grid table, row by row."""

    spans: Sequence[_Span]
    table: GridTable

    @property
    def start(self) -> int:
        return self.spans[0].line.start + self.spans[0].first

    @property
    def end(self) -> int:
        return self.spans[-1].line.start + self.spans[-1].last

    @property
    def lines(self) -> Sequence[str]:
        return self.table.lines

    def rebuilt(self, targets: Sequence[str]) -> str:
        parts: list[str] = []
        for number, row in enumerate(self.table.rebuilt(targets)):
            span = self.spans[row.of]
            if number:
                before = self.spans[row.of - 1]
                parts += (before.line.end, span.line.text[: span.first])
            parts.append(row.text)
        return "".join(parts)


# Blocks that have read their lines themselves.
_Read = _Html | _Grid
_Block = _Words | Value | _Read


class Markdown:
    """Markdown file: a `web.formats.base.Document`."""

    def __init__(self, data: bytes, *, grids: bool = True) -> None:
        """Read a file; without `grids`, tables that are drawn with signs stay as they are.

        Raises DocumentError when it is no text or over MAX_CHARACTERS.
        """
        self._text, self._encoding = decoded_file(data, set_aside=True)
        check_length(len(self._text), MAX_CHARACTERS)
        self._rows = [
            _Line(match.start(), match[1], match[2]) for match in _LINE.finditer(self._text)
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
        html = [each for each in blocks if isinstance(each, _Html)]
        blocks += self._titles(html)
        blocks += self._grids(html) if grids else ()
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
        check_count(targets, self.lines)
        of_blocks: list[Sequence[str]] = []
        position = 0
        for count in self._counts:
            of_blocks.append(targets[position : position + count])
            position += count
        words = zip(self._blocks, of_blocks, strict=True)
        fill = self._lines.filler(
            [each for block, some in words if not isinstance(block, _Read) for each in some]
        )
        edits = [
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
            edits.append(Patch(block.start, block.end, new))
        parts: list[str] = []
        position = 0
        for edit in sorted(edits):
            parts += (self._text[position : edit.start], edit.text)
            position = edit.end
        return encoded("".join([*parts, self._text[position:]]), self._encoding)

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
                    yield _Words([span], cell=True)
            elif before.type == "heading_open" and "\n" not in content:
                span = _span(self._rows[number], content, 0)
                if span:
                    yield _Words([span])
            else:
                yield from self._runs(number, content.split("\n"))

    def _runs(self, number: int, contents: Sequence[str]) -> Iterator[_Words]:
        """A paragraph, cut at its hard line breaks, and after sentences where each has a line.

        Quote marks and the like come before its lines.
        """
        spans: list[_Span] = []
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
            spans.append(_Span(self._rows[index], first, last - (words.endswith("\\") and hard)))
            if hard or index in self._dialects.cuts:
                yield from _sentences(spans)
                spans = []
        yield from _sentences(spans)

    def _html(self, token: Token) -> Iterator[_Html]:
        spans: list[_Span] = []
        texts: list[str] = []
        masks: dict[int, str] = {}
        first, last = token.map or (0, 0)
        contents = token.content.split("\n")
        for row, content in zip(self._rows[first:last], contents, strict=False):
            words = content.lstrip(" \t")
            if masked(content):
                place = len(row.text) - len(row.text.lstrip(" \t>"))
                spans.append(_Span(row, place, len(row.text)))
                masks[len(masks)] = spans[-1].text
                texts.append(f"<!--\x01{len(masks) - 1}-->")
            elif row.text.endswith(words):
                spans.append(_Span(row, len(row.text) - len(words), len(row.text)))
                texts.append(words)
            else:
                return
        if len(masks) < len(spans) and spans:
            # A masked row in the middle of a value could not be put back.
            page = open_html("\n".join(texts), attributes=not masks)
            yield _Html(spans, page, masks)

    def _grids(self, html: Sequence[_Html]) -> Iterator[_Grid]:
        """Tables that are drawn with signs; in HTML such a one stays as it is."""
        reader = GridReader(partial(Markdown, grids=False), self._references)
        inside = {span.line.start for each in html for span in each.spans}
        for grid in self._dialects.grids:
            rows = self._rows[grid.first : grid.last]
            spans = [
                _Span(row, len(prefix), len(row.text))
                for row, prefix in zip(rows, grid.prefixes, strict=True)
            ]
            if spans[0].line.start not in inside:
                yield _Grid(spans, GridTable([span.text for span in spans], reader))

    def _titles(self, html: Sequence[_Html]) -> Iterator[_Block]:
        """Titles in rows of other dialects; in HTML such a row stays as it is."""
        inside = {span.line.start for each in html for span in each.spans}
        for title in self._dialects.titles:
            line = self._rows[title.row]
            if line.start in inside:
                continue
            span = _Span(line, title.first, title.last)
            if title.quoted:
                start = line.start + title.first
                words = of_attribute(span.text)
                yield Value(start, start + len(span.text), words, for_attribute)
            else:
                yield _Words([span])

    def _reference_titles(self, references: Iterable[dict[str, Any]]) -> Iterator[_Block]:
        for each in references:
            last = self._rows[each["map"][1] - 1]
            match = _REFERENCE_TITLE.search(last.text) if each["title"] else None
            if match:
                start = last.start + match.start(1) + 1
                said = match[1][1:-1]
                encode = FOR_TITLE[match[1][0]]
                yield Value(start, start + len(said), of_brackets(said), encode)


def _span(line: _Line, content: str, column: int) -> _Span | None:
    first = line.text.find(content, column)
    return _Span(line, first, first + len(content)) if first >= 0 else None


def _sentences(spans: Sequence[_Span]) -> Iterator[_Words]:
    """Lines of a run; each sentence for itself where the lines of the run end with sentences."""
    if not spans:
        return
    ends = sentence_rows([span.text for span in spans])
    parts = [_Words(spans[start:end]) for start, end in pairwise([0, *ends])]
    whole = _Words(spans)
    if len(parts) > 1 and _elements(whole) == sum(map(_elements, parts)):
        yield from parts
    else:
        yield whole


def _elements(words: _Words) -> int:
    return Inline(words.words).elements


def _written(block: _Words | Value, inline: Inline) -> str:
    if isinstance(block, Value):
        return block.encode(inline.written().replace("\0", " "))
    return _in_rows(block, inline.written(cell=block.cell))


def _in_rows(block: _Words, text: str) -> str:
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
