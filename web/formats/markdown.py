"""Markdown: paragraphs, headings, items, cells and quotes of a .md; its signs stay where they are.

markdown-it-py tells which lines of the file are which block, as CommonMark has it. No Markdown is
written by it: a translated block goes into the lines where it was found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from web.formats.base import BilingualLayout, DocumentError
from web.formats.front_matter import Value, front_matter
from web.formats.html import bilingual_html, open_html
from web.formats.inline import both
from web.formats.markdown_dialects import Dialects, masked
from web.formats.markdown_inline import WORDS, Inline
from web.formats.markdown_words import (
    FOR_TITLE,
    for_attribute,
    of_attribute,
    of_brackets,
)
from web.formats.markup import Markup
from web.formats.places import Lines, check_count
from web.formats.plain_text import decoded_file, encoded
from web.formats.sentence_rows import sentence_rows
from web.messages import N_

# Characters: a parser that keeps a token for every line needs some 50 times a text's memory.
MAX_CHARACTERS: Final = 5_000_000

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_HARD_BREAK: Final = re.compile(r" {2,}\Z|\\\Z")
# Signs that would begin another block at the start of a line.
_BLOCK: Final = re.compile(
    r"(?P<number>\d{1,9})[.)](?=\s|\Z)|[-+*:~](?=\s|\Z)|#{1,6}(?=\s|\Z)|[>|<]|[-=*_]{2,}\s*\Z"
    r"|`{3}|~{3}|:{3}|[!?/]{3}|\[\^"
)
_HEADING_SIGN: Final = re.compile(r"#{1,6}[ \t]*\Z")
_NOTE_SIGN: Final = re.compile(r"(?:\[\^[^\]\s]{1,60}\]:|[:~])[ \t]*\Z")
# Columns by which the further paragraphs of a note are indented.
_NOTE_INDENT: Final = 4
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
    # The row before which a copy of its block stands; 0 where it is one thing with its translation.
    after: int = 0

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
    text: str
    markup: Markup
    masks: dict[int, str]

    @property
    def start(self) -> int:
        return self.spans[0].line.start + self.spans[0].first

    @property
    def end(self) -> int:
        return self.spans[-1].line.start + self.spans[-1].last

    def rebuilt(self, targets: Sequence[str]) -> str:
        return self._in_rows(self.markup.rebuilt(targets))

    def bilingual(self, targets: Sequence[str], language: str) -> str:
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


_Block = _Words | Value | _Html


class Copy(NamedTuple):
    """Copy of words for behind their block, and whether it says something else."""

    block: _Words
    text: str
    changed: bool

    @property
    def after(self) -> int:
        """The row before which it stands."""
        return self.block.after


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
            _Line(match.start(), match[1], match[2]) for match in _LINE.finditer(self._text)
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
        blocks += self._titles([each for each in blocks if isinstance(each, _Html)])
        self._blocks = sorted([*values, *blocks], key=lambda each: (each.start, each.end))
        self._lines = Lines()
        # Of each block, how many lines it has; those of HTML are written already.
        self._counts: list[int] = []
        of_html: list[Sequence[str]] = []
        for block in self._blocks:
            if isinstance(block, _Html):
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
            lines += next(html) if isinstance(block, _Html) else islice(of_words, count)
        self.lines: Sequence[str] = lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:  # noqa: ARG002 - it has no marks
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        of_blocks = self._of_blocks(targets)
        words = zip(self._blocks, of_blocks, strict=True)
        fill = self._lines.filler(
            [each for block, some in words if not isinstance(block, _Html) for each in some]
        )
        parts: list[str] = []
        position = 0
        for block, some in zip(self._blocks, of_blocks, strict=True):
            if isinstance(block, _Html):
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
        parts: list[str] = []
        position = 0
        copies: list[Copy] = []
        sources = self._of_blocks(self.lines)
        for block, source, some in zip(
            self._blocks, sources, self._of_blocks(targets), strict=True
        ):
            if copies and not (isinstance(block, _Words) and block.after == copies[0].after):
                position = self._add_copies(copies, parts, position)
                copies = []
            if list(some) == source and not (isinstance(block, _Words) and block.after):
                continue
            if isinstance(block, _Html):
                new = block.bilingual(some, language)
            else:
                new, copy = self._in_both(block, source, some)
                if copy:
                    copies.append(copy)
            parts += (self._text[position : block.start], new)
            position = block.end
        position = self._add_copies(copies, parts, position)
        return encoded("".join([*parts, self._text[position:]]), self._encoding)

    def _in_both(
        self, block: _Words | Value, source: Sequence[str], targets: Sequence[str]
    ) -> tuple[str, "Copy | None"]:
        """A block in which what is one thing is in both languages, and a copy for behind it."""
        has_copy = isinstance(block, _Words) and (block.cell or block.after > 0)
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
        if not isinstance(block, _Words) or not has_copy:
            return new, None
        copy = other.copied(cell=block.cell)
        if not block.cell:
            return new, Copy(block, _in_rows(block, copy), says_other)
        return (f"{new}<br>{copy}".replace("\0", " ") if says_other else new), None

    def _add_copies(self, copies: "Sequence[Copy]", parts: list[str], position: int) -> int:
        """Add the copies of a block's words behind it; gives the place behind that in the text."""
        if not any(each.changed for each in copies):
            return position
        first, after = copies[0].block, copies[0].after
        last = self._rows[after - 1]
        end = last.start + len(last.text) + len(last.end)
        span = first.spans[0]
        prefix = _continued(span.line.text[: span.first])
        line_break = last.end or self._rows[0].end or "\n"
        verse = "|" in prefix
        following = self._rows[after].text if after < len(self._rows) else ""
        rows = [] if verse else [prefix.rstrip()]
        for number, each in enumerate(copies):
            begins, ends = each.block.spans[0], each.block.spans[-1]
            before = begins.line.text[: begins.first] if number else prefix
            behind = ends.line.text[ends.last :] if number + 1 < len(copies) else ""
            rows.append(f"{before}{each.text}{behind}")
        if following.strip(" \t>") and not verse:
            rows.append(prefix.rstrip())
        parts.append(self._text[position:end])
        if last.end:
            parts += (f"{row}{line_break}" for row in rows)
        else:
            parts += (f"{line_break}{row}" for row in rows)
        return end

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
            else:
                after = (before.map or token.map)[1]
                if before.type == "heading_open" and "\n" not in content:
                    span = _span(self._rows[number], content, 0)
                    found = [_Words([span])] if span else []
                else:
                    found = list(self._runs(number, content.split("\n")))
                if found and self._has_copy(found[0], after):
                    found = [each._replace(after=after) for each in found]
                yield from found

    def _has_copy(self, first: _Words, after: int) -> bool:
        """Whether a block with these words may have a copy of its own behind it."""
        span = first.spans[0]
        if span.line.text[: span.first].lstrip(" \t>").startswith("*["):
            return False
        following = self._rows[after].text if after < len(self._rows) else ""
        if not following.strip() and after + 1 < len(self._rows):
            following = self._rows[after + 1].text
        # A term is followed by what it means.
        return not following.lstrip(" \t>").startswith((": ", ":\t", "~ ", ":   "))

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
            text = "\n".join(texts)
            yield _Html(spans, text, open_html(text, attributes=not masks), masks)

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


def _continued(prefix: str) -> str:
    """Signs before another paragraph of a block that begins behind these."""
    if "|" in prefix:
        return prefix
    kept = _HEADING_SIGN.sub("", prefix)
    blank = "".join(sign if sign in "> \t" else " " for sign in kept)
    # What a note or a term means goes on four columns further in.
    return blank.ljust(_NOTE_INDENT) if _NOTE_SIGN.search(kept) else blank


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
    begun = _BLOCK.match(block.words)
    if len(block.spans) == 1:
        lines = [text]
    else:
        # As wide as they were, or as many as they were where they were short.
        width = max(len(span.text) for span in block.spans)
        lines = _wrapped(text, max(width, len(text) // len(block.spans) + 8))
    match = _BLOCK.match(lines[0])
    if match and not begun and not block.cell:
        # Words, not the beginning of a list or the like.
        place = match.end("number") if match["number"] else 0
        lines[0] = f"{lines[0][:place]}\\{lines[0][place:]}"
    parts = [lines[0]]
    for number, line in enumerate(lines[1:], 1):
        span = block.spans[min(number, len(block.spans) - 1)]
        before = block.spans[min(number, len(block.spans) - 1) - 1]
        parts += (before.line.end, span.line.text[: span.first], line)
    return "".join(parts).replace("\0", " ")


def _wrapped(text: str, width: int) -> list[str]:
    """Text in lines of this width, none of which begins like another block."""
    lines: list[list[str]] = []
    used = 0
    for word in text.split(" "):
        if lines and (used + 1 + len(word) <= width or _BLOCK.match(word)):
            lines[-1].append(word)
            used += 1 + len(word)
        else:
            lines.append([word])
            used = len(word)
    return [" ".join(words) for words in lines]
