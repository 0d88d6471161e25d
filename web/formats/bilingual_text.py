"""Bilingual plain text: each paragraph of a passage with its translation."""

import re
from itertools import zip_longest
from typing import Final

_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")
# A blank line, or several, with the white space before the next paragraph.
_GAP: Final = re.compile(r"((?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*)")


def bilingual_text(source: str, target: str) -> str:
    """Both languages of a text: below each paragraph a blank line and its translation.

    Where the two have not as many paragraphs as one another, the whole translation stands below
    the whole source. A paragraph that says the same in both stands once. The source is there to
    the letter.
    """
    found = _LINE_BREAK.search(source)
    line_break = found[0] if found else "\n"
    # Paragraphs at even places, what is between them at odd ones.
    body = source.strip()
    start = source.index(body)
    parts, targets = _GAP.split(body), _GAP.split(target.strip())
    if len(parts) != len(targets):
        parts, targets = [body], [target.strip()]
    made = [source[:start]]
    for paragraph, other, gap in zip_longest(parts[::2], targets[::2], parts[1::2], fillvalue=""):
        said = "" if other == paragraph else f"{line_break * 2}{other}"
        made += (paragraph, said, gap)
    return "".join([*made, source[start + len(body) :]])
