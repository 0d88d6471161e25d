"""Properties of Java: the values of keys; comments, keys, and how it is written, stay.

A file without a letter beyond ASCII, or one in Latin-1 as it was before Java 9, gets such letters
as escapes; one in UTF-8 has them as they are.
"""

import re
from functools import partial
from typing import Final

from web.formats.base import DocumentError
from web.formats.localisation.string_file import (
    Entry,
    StringFile,
    as_utf16,
    check_language,
    decoded_strings,
    paired,
)
from web.formats.localisation.wording import Syntax
from web.formats.plain_text import Encoding
from web.messages import N_

_ITEM: Final = re.compile(
    r"[ \t\f]*+(?:(?P<comment>[#!][^\r\n]*+)|"
    r"(?P<key>(?>(?:[^\\\r\n \t\f:=]|\\(?:\r\n|[\s\S]))*))[ \t\f]*+(?:[=:][ \t\f]*+)?"
    r"(?:\\(?:\r\n|\r|\n)[ \t\f]*+)*"
    r"(?P<value>(?>(?:[^\\\r\n]++|\\(?:\r\n|[\s\S]))*)\\?))(?:\r\n|\r|\n|\Z)"
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(?:\r\n|\r|\n)[ \t\f]*+|([\s\S])|\Z)")
_MEANS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_WRITTEN: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\f": "\\f", "\\": "\\\\"}
_SYNTAX: Final = Syntax(numbered=True, apostrophes=True)


def open_properties(data: bytes) -> StringFile:
    """Read a .properties. Raises DocumentError when it is none, or holds settings and no texts."""
    text, encoding = decoded_strings(data)
    if not encoding.codec.startswith("utf"):
        text, encoding = data.decode("latin-1"), Encoding("latin-1")
    keep = encoding.codec.startswith("utf") and not text.isascii()
    literal = partial(_literal, keep=keep)
    entries: list[Entry] = []
    position = 0
    while position < len(text) and (match := _ITEM.match(text, position)):
        position = match.end()
        if match["key"] and match["value"]:
            said = paired(_ESCAPE.sub(_meaning, match["value"]))
            entries.append(Entry(*match.span("value"), said, literal, _SYNTAX))
    if not entries and text.strip():
        raise DocumentError(
            N_("The file has no texts with keys, as programs have them. Nothing was kept.")
        )
    check_language([entry.text for entry in entries], 0, records=False)
    return StringFile(text, encoding, entries)


def _meaning(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return _MEANS.get(match[2], match[2]) if match[2] else ""


def _literal(text: str, *, keep: bool) -> str:
    start = len(text) - len(text.lstrip(" "))
    written = "".join(
        _WRITTEN.get(sign)
        or (
            sign if keep or sign.isascii() else "".join(f"\\u{unit:04x}" for unit in as_utf16(sign))
        )
        for sign in text[start:]
    )
    return "\\ " * start + written
