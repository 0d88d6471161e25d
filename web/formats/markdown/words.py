"""Words inside of Markdown's markup: titles, alternative texts, values of attributes."""

import html
import re
from collections.abc import Iterator
from typing import Final

# `{#id .class key=value}` of pandoc and Hugo, `{: .class}` of kramdown, `{-}`.
ATTRIBUTE_LIST: Final = (
    r"\{:?[ \t]{0,3}(?:[#.][^\s{}]|[A-Za-z_][\w:.-]{0,40}=|-\}|:)(?:[^{}]{0,300}\}|(?<=-\}))"
)
# Attributes and parameters whose values people read.
_READ: Final = (
    "alt|title|subtitle|placeholder|aria-label|aria-description|label|caption|summary|description"
    "|tooltip|heading|headline"
)
_ATTRIBUTE: Final = re.compile(
    rf"(?<!\S)(?:{_READ})=(?:\"([^\"<>{{}}]{{1,600}})\"|'([^'<>{{}}]{{1,600}})')", re.IGNORECASE
)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def attribute_words(sign: str) -> Iterator[tuple[int, int]]:
    """Start and end of each value in a tag, a shortcode or the like that people read."""
    for match in _ATTRIBUTE.finditer(sign):
        yield match.span(1 if match[1] else 2)


def of_attribute(text: str) -> str:
    """Read a value as it stands between quotes."""
    return html.unescape(text)


def for_attribute(text: str) -> str:
    """Write a value for between quotes of either kind."""
    return text.replace('"', "&quot;").replace("'", "&#39;" if '"' in text else "'")


def of_brackets(text: str) -> str:
    """Read words as they stand in brackets, or between the quotes of a title."""
    return html.unescape(_ESCAPED.sub(r"\1", text))


def for_brackets(text: str) -> str:
    """Write words for in brackets of any kind."""
    return re.sub(r"([\[\]()\\])", r"\\\1", text)


def for_double_quotes(text: str) -> str:
    """Write words for between double quotes."""
    return re.sub(r"([\"\\])", r"\\\1", text)


def for_single_quotes(text: str) -> str:
    """Write words for between single quotes."""
    return re.sub(r"(['\\])", r"\\\1", text)


# How a title is written after its first sign.
FOR_TITLE: Final = {'"': for_double_quotes, "'": for_single_quotes, "(": for_brackets}
