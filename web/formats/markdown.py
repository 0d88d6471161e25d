"""Markdown: paragraphs, headings, items, cells and quotes of a .md; its signs stay where they are.

markdown-it-py tells which lines of the file are which block, as CommonMark has it. No Markdown is
written by it: a translated block goes into the lines where it was found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from web.formats.base import BilingualLayout, DocumentError
from web.formats.front_matter import Value, front_matter
from web.formats.html import open_html
from web.formats.inline import both
from web.formats.markdown_blocks import (
    HtmlRows,
    Row,
    RowSpan,
    Words,
    WordsCopy,
    behind_block,
    in_rows,
)
from web.formats.markdown_dialects import Dialects, masked
from web.formats.markdown_inline import WORDS, Inline
from web.formats.markdown_words import (
    FOR_TITLE,
    for_attribute,
    of_attribute,
    of_brackets,
)
from web.formats.patches import Patch, Patches
from web.formats.places import Lines, check_count
from web.formats.plain_text import decoded_file, encoded
from web.formats.sentence_rows import sentence_rows
from web.messages import N_

# Characters: a parser that keeps a token for every line needs some 50 times a text's memory.
MAX_CHARACTERS: Final = 5_000_000

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_HARD_BREAK: Final = re.compile(r" {2,}\Z|\\\Z")
_REFERENCE_TITLE: Final = re.compile(r"\s(\"[^\"]+\"|'[^']+'|\([^()]+\))\s*\Z")


_Block = Words | Value | HtmlRows


class Markdown:
    """Markdown file: a `web.formats.base.Document`."""

    def __init__(self, data: bytes) -> None:
        """Read a file. Raises DocumentError when it is no text or over MAX_CHARACTERS."""
        self._text, self._encoding = decoded_file(data)
        if len(self._text) > MAX_CHARACTERS:
            raise DocumentError(
                N_(
                    "The file has more than {most} characters and was not read. Nothing was "
                    "kept; divide it, or send it as .txt."
                ),
                most=MAX_CHARACTERS,
            )
        self._rows = [
            Row(match.start(), match[1], match[2]) for match in _LINE.finditer(self._text)
        ]
        begin, values = front_matter(self._text)
        self._dialects = Dialects(
            ["" if row.start < begin else row.text for row in self._rows],
        )
        parser = MarkdownIt("commonmark").enable("table").disable("inline")
        found: dict[str, Any] = {}
        tokens = parser.parse("\n".join(self._dialects.rows), found)
        references = found.get("references", {})
        self._references = frozenset(references)
        blocks = [*self._found(tokens), *self._reference_titles(references.values())]
        blocks += self._titles([each for each in blocks if isinstance(each, HtmlRows)])
        self._blocks = sorted([*values, *blocks], key=lambda each: (each.start, each.end))
        self._lines = Lines()
        # Of each block, how many lines it has; those of HTML are written already.
        self._counts: list[int] = []
        of_html: list[Sequence[str]] = []
        for block in self._blocks:
            if isinstance(block, HtmlRows):
                of_html.append(block.markup.lines)
                self._counts.append(len(of_html[-1]))
            else:
                found_places = Inline(block.words, self._references).places()
                self._lines.add(found_places)
                self._counts.append(len(found_places))
        self._lines.finish()
        of_words, html = iter(self._lines.lines), iter(of_html)
        lines: list[str] = []
        for block, count in zip(self._blocks, self._counts, strict=True):
            lines += next(html) if isinstance(block, HtmlRows) else islice(of_words, count)
        self.lines: Sequence[str] = lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:  # noqa: ARG002 - it has no marks
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        of_blocks = self._of_blocks(targets)
        words = zip(self._blocks, of_blocks, strict=True)
        fill = self._lines.filler(
            [each for block, some in words if not isinstance(block, HtmlRows) for each in some]
        )
        parts: list[str] = []
        position = 0
        for block, some in zip(self._blocks, of_blocks, strict=True):
            if isinstance(block, HtmlRows):
                new = block.rebuilt(some)
            else:
                inline = Inline(block.words, self._references)
                if not fill(inline.places()):
                    continue
                new = _written(block, inline)
            parts += (self._text[position : block.start], new)
            position = block.end
        return encoded("".join([*parts, self._text[position:]]), self._encoding)

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
            if isinstance(block, HtmlRows):
                new = block.bilingual(some, language)
            else:
                new, copy = self._in_both(block, source, some)
                if copy:
                    copies.append(copy)
            patches.append(Patch(block.start, block.end, new))
        patches += behind_block(copies, self._rows) if copies else []
        text = Patches(self._text, patches).slice(0, len(self._text) + 1)
        return encoded(text, self._encoding)

    def _in_both(
        self, block: Words | Value, source: Sequence[str], targets: Sequence[str]
    ) -> tuple[str, "WordsCopy | None"]:
        """A block in which what is one thing is in both languages, and a copy for behind it."""
        has_copy = isinstance(block, Words) and (block.cell or block.after > 0)
        inline, other = (Inline(block.words, self._references) for _ in range(2))
        changes = False
        for place, line, target in zip(inline.places(), source, targets, strict=True):
            if not (has_copy and place.holder == WORDS):
                place.put(both(line, target), self._lines.letters)
                changes |= place.changed
        says_other = False
        for place, target in zip(other.places(), targets, strict=True):
            if place.holder == WORDS:
                place.put(target, self._lines.letters)
                says_other |= place.changed
        new = _written(block, inline) if changes else self._text[block.start : block.end]
        if not isinstance(block, Words) or not has_copy:
            return new, None
        copy = other.copied(cell=block.cell)
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
        if span.line.text[: span.first].lstrip(" \t>").startswith("*["):
            return False
        following = self._rows[after].text if after < len(self._rows) else ""
        if not following.strip() and after + 1 < len(self._rows):
            following = self._rows[after + 1].text
        # A term is followed by what it means.
        return not following.lstrip(" \t>").startswith((": ", ":\t", "~ ", ":   "))

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
