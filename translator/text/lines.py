"""Lines of a text: the indentation, quote marks and list marker of each, and code."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from translator.text.code_lines import is_code
from translator.text.german_words import ORDINAL_NOUNS

# Columns.
TAB_SIZE: Final = 8

# A byte order mark, white space and the quote marks of mails: "  ", "> ", ">> ", "> > "
_QUOTE: Final = re.compile(r"\ufeff?+\s*+((?:>\s*+)*)")
# The start of a list item, a heading or a comment.
_MARKER: Final = re.compile(
    r"(?:[-*+•‣◦▪▫●○■□–—·»→►▶✓✔✗✘☐☑☒]|[-=]>|#{1,6}|//+|\d{1,3}(?:\.\d{1,3}){0,4}[.)]?"
    r"|\(\d{1,3}\)|\(?[a-zA-Z]\)|(?=[IVXivx])[IVXivx]{1,6}[.)]|\[\d{1,3}\])"
    r"(?:\s++\[[ xX]\])?(?=\s)"
)
_COUNTED: Final = re.compile(r"\d{1,3}\.?")
# 1.2 Einleitung, but neither 1.000 Leute, 14.30 Uhr, 10.12. war …, nor 2.5 million people
_DOTTED: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,4}\.?")
_AMOUNT: Final = re.compile(r"\d{1,3}(?:\.\d{3}){1,4}")
_NO_TITLE: Final = re.compile(r"\s(?:Uhr(?!\w)|[^\W\d_A-ZÄÖÜ]|[€$£%°‰])")
# „2. und 3. Klasse“
_SERIES: Final = frozenset(("und", "oder", "bis", "sowie"))
_WORD: Final = re.compile(r"[^\W\d_]*")
_FENCE: Final = re.compile(r"\s*+(?:>\s*+)*(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`]*+)")


class Line(NamedTuple):
    """Line: the places of its parts in the text, in characters.

    `[start, body)` is indentation and quote marks, `[body, content)` a list marker with the white
    space after it (empty if there is none), `[content, end)` what is said. White space and the
    line break follow up to the next line's start. `verbatim` lines are code and are copied.
    """

    start: int
    body: int
    content: int
    end: int
    quote: str
    verbatim: bool

    @property
    def marked(self) -> bool:
        """Whether the line starts with a list marker or the like."""
        return self.content > self.body

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space and quote marks."""
        return self.body == self.end

    def moved(self, distance: int) -> "Line":
        """The line in a text that begins that many characters earlier."""
        return self._replace(
            start=self.start + distance,
            body=self.body + distance,
            content=self.content + distance,
            end=self.end + distance,
        )


def read_lines(text: str) -> list[Line]:
    """Read the lines of `text`, split where str.splitlines does."""
    raw = text.splitlines(keepends=True)
    verbatim = _fenced(raw)
    lines: list[Line] = []
    start = 0
    for index, line in enumerate(raw):
        lines.append(_read(line, start, verbatim=index in verbatim))
        start += len(line)
    return lines


def _read(line: str, start: int, *, verbatim: bool) -> Line:
    stripped = line.rstrip()
    end = len(stripped)
    if not stripped:
        return Line(start, start, start, start, "", verbatim=False)
    match = _QUOTE.match(stripped)
    body = match.end() if match else 0
    quote = "".join(match[1].split()) if match else ""
    content = body
    marker = None if verbatim else _MARKER.match(stripped, body)
    if marker and not _is_figure(stripped, marker):
        content = marker.end()
        while stripped[content].isspace():
            content += 1
    if not verbatim and is_code(stripped[content:]):
        content, verbatim = body, True
    return Line(start, start + body, start + content, start + end, quote, verbatim)


def _is_figure(line: str, marker: re.Match[str]) -> bool:
    """„3. Oktober“, „20 Leute“ and „1.000 Leute“ at the start of a line count nothing."""
    if _DOTTED.fullmatch(marker.group()):
        return _AMOUNT.fullmatch(marker.group()) is not None or (
            _NO_TITLE.match(line, marker.end()) is not None
        )
    if not _COUNTED.fullmatch(marker.group()):
        return False
    if not marker.group().endswith("."):
        return True
    word = _WORD.match(line, marker.end() + 1)
    return word is not None and (word.group() in ORDINAL_NOUNS or word.group() in _SERIES)


def _fenced(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines that belong to closed code fences."""
    inside: set[int] = set()
    # A fence that nothing closes is none. How long a closing fence was missed is kept, so that
    # many open fences are not searched many times.
    missing = {"`": 1 << 60, "~": 1 << 60}
    fences = [
        (number, match["fence"], match["info"].strip())
        for number, line in enumerate(lines)
        if ("```" in line or "~~~" in line) and (match := _FENCE.match(line))
    ]
    position = 0
    while position < len(fences):
        first, opening, _ = fences[position]
        position += 1
        if len(opening) >= missing[opening[0]]:
            continue
        for later in range(position, len(fences)):
            last, closing, info = fences[later]
            if closing.startswith(opening) and not info:
                inside.update(range(first, last + 1))
                position = later + 1
                break
        else:
            missing[opening[0]] = len(opening)
    return frozenset(inside)
