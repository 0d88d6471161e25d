"""Rows of Markdown: a paragraph in rows of a width, none of which begins like another block."""

import re
from typing import Final

# Signs that would begin another block at the start of a line.
_BLOCK: Final = re.compile(
    r"(?P<number>\d{1,9})[.)](?=\s|\Z)|[-+*:~](?=\s|\Z)|#{1,6}(?=\s|\Z)|[>|<]|[-=*_]{2,}\s*\Z"
    r"|`{3}|~{3}|:{3}|[!?/]{3}|\[\^"
)
_TAG: Final = re.compile(r"</?[A-Za-z]")


def begins_block(text: str) -> bool:
    """Whether a text begins like a list, a heading or another block that is no paragraph."""
    return _BLOCK.match(text) is not None


def wrapped_paragraph(text: str, width: int) -> list[str]:
    """A paragraph in lines of this width."""
    lines = wrapped_rows(text, width)
    lines[0] = as_words(lines[0])
    return lines


def as_words(line: str) -> str:
    """A line that begins with words, and no list or the like."""
    match = _BLOCK.match(line)
    if not match or _TAG.match(line):
        return line
    place = match.end("number") if match["number"] else 0
    return f"{line[:place]}\\{line[place:]}"


def wrapped_rows(text: str, width: int) -> list[str]:
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
