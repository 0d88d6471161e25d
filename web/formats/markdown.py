"""Markdown: paragraphs, headings, items, cells and quotes of a .md; its signs stay where they are.

markdown-it-py tells which lines of the file are which block, as CommonMark has it. No Markdown is
written by it: a translated block goes into the lines where it was found.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from web.formats.base import DocumentError
from web.formats.markdown_inline import inline_items, inline_text
from web.formats.places import Lines, places
from web.formats.plain_text import decoded_file, encoded
from web.messages import N_

# Characters: a parser that keeps a token for every line needs some 50 times a text's memory.
MAX_CHARACTERS: Final = 5_000_000

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_FRONT_MATTER: Final = re.compile(
    r"---[ \t]*+(?:\r\n|\n|\r)(?:[^\r\n]*+(?:\r\n|\n|\r))*?(?:---|\.\.\.)[ \t]*+(?=[\r\n]|\Z)"
)
_HARD_BREAK: Final = re.compile(r" {2,}\Z|\\\Z")
# Signs that would begin another block at the start of a line.
_BLOCK: Final = re.compile(
    r"(?P<number>\d{1,9})[.)](?=\s|\Z)|[-+*](?=\s|\Z)|#{1,6}(?=\s|\Z)|[>|<]|[-=*_]{2,}\s*\Z"
    r"|`{3}|~{3}"
)


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


class _Block(NamedTuple):
    """Block: one run of words, line by line."""

    spans: Sequence[_Span]
    cell: bool = False

    @property
    def text(self) -> str:
        return "\n".join(span.text for span in self.spans)


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
        parser = MarkdownIt("commonmark").enable("table").disable("inline")
        found: dict[str, Any] = {}
        tokens = parser.parse(_without_front_matter(self._text), found)
        self._references = frozenset(found.get("references", {}))
        self._blocks = list(self._found(tokens))
        self._lines = Lines()
        for block in self._blocks:
            self._lines.add(places(inline_items(block.text, self._references)))
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:  # noqa: ARG002 - it has no marks
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        self._lines.check(targets)
        fill = self._lines.filler(targets)
        parts: list[str] = []
        position = 0
        for block in self._blocks:
            items = inline_items(block.text, self._references)
            if fill(places(items)):
                first, last = block.spans[0], block.spans[-1]
                parts.append(self._text[position : first.line.start + first.first])
                parts.append(_written(block, inline_text(items, cell=block.cell)))
                position = last.line.start + last.last
        return encoded("".join([*parts, self._text[position:]]), self._encoding)

    def _found(self, tokens: Sequence[Token]) -> Iterator[_Block]:
        """The runs of words in the blocks, without formulas."""
        cursor = (-1, 0)  # behind the last cell: line and column
        for before, token in pairwise(tokens):
            content = token.content.strip()
            if token.type != "inline" or not token.map or not content:
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
                    yield _Block([span], cell=True)
            elif before.type == "heading_open" and "\n" not in content:
                span = _span(self._rows[number], content, 0)
                if span:
                    yield _Block([span])
            else:
                yield from _runs(self._rows[slice(*token.map)], content.split("\n"))


def _span(line: _Line, content: str, column: int) -> _Span | None:
    first = line.text.find(content, column)
    return _Span(line, first, first + len(content)) if first >= 0 else None


def _runs(rows: Sequence[_Line], contents: Sequence[str]) -> Iterator[_Block]:
    """A paragraph, cut at its hard line breaks; quote marks and the like come before its lines."""
    spans: list[_Span] = []
    for row, content in zip(rows, contents, strict=False):
        said = row.text.rstrip()
        words = content.strip()
        hard = _HARD_BREAK.search(content) is not None
        if not said.endswith(words):
            return
        last = len(said)
        spans.append(_Span(row, last - len(words), last - (words.endswith("\\") and hard)))
        if hard:
            yield _Block(spans)
            spans = []
    if spans:
        yield _Block(spans)


def _written(block: _Block, text: str) -> str:
    """A block's new words in lines as wide as its own, with the signs that its lines begin with."""
    begun = _BLOCK.match(block.text)
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


def _without_front_matter(text: str) -> str:
    match = _FRONT_MATTER.match(text)
    if not match:
        return text
    return "\n" * len(re.findall(r"\r\n|\n|\r", match.group())) + text[match.end() :]
