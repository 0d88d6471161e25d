"""Strings of Apple's programs: "key" = "value"; in a .strings; comments and keys stay."""

import re
from typing import Final

from web.formats.base import DocumentError
from web.formats.localisation.string_file import (
    Entry,
    StringFile,
    decoded_strings,
    line_of,
    paired,
    unreadable,
)
from web.formats.localisation.wording import Syntax
from web.messages import N_

_ITEM: Final = re.compile(
    # Some programs write the mark of the encoding twice.
    r"[\s\ufeff]*+(?:(?P<comment>/\*.*?\*/|//[^\r\n]*+)|(?P<end>\Z)"
    r'|(?:"(?:[^"\\]++|\\.)*"|[\w.$/:-]++)\s*+(?:=\s*+(?P<value>"(?:[^"\\]++|\\.)*"|[\w.$/:-]++)\s*+)?;)',
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:[uU]([0-9a-fA-F]{4})|([0-7]{3})|(.))", re.DOTALL)
_MEANS: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_SIGN: Final = re.compile(r'[\\"\n\t\r]')
_WRITTEN: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_SYNTAX: Final = Syntax(numbered=True, mnemonics=False)


def open_strings(data: bytes) -> StringFile:
    """Read a .strings. Raises DocumentError when it is none, or a compiled one."""
    if data.startswith((b"bplist", b"<?xml")):
        raise DocumentError(
            N_(
                "This .strings file is a compiled or XML property list. Nothing was kept; send the "
                'one that the program is made from, with lines such as "key" = "text";'
            )
        )
    text, encoding = decoded_strings(data)
    entries: list[Entry] = []
    position = 0
    while position < len(text):
        match = _ITEM.match(text, position)
        if match is None:
            raise unreadable(line_of(text, position))
        position = match.end()
        value = match["value"]
        if value and value.startswith('"'):
            said = paired(_ESCAPE.sub(_meaning, value[1:-1]))
            entries.append(Entry(*match.span("value"), said, _literal, _SYNTAX))
    return StringFile(text, encoding, entries)


def _meaning(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    if match[2]:
        return chr(int(match[2], 8))
    return _MEANS.get(match[3], match[3])


def _literal(text: str) -> str:
    written = _SIGN.sub(lambda match: _WRITTEN[match.group()], text)
    return f'"{written}"'
