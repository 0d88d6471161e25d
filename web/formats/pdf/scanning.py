"""Content streams: the operators that draw a page, with the bytes that each of them is.

Only what is read here is understood; nothing is written from it, so that all that is not replaced
stays as it was to the byte.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    rb"""[\x00\t\n\x0c\r ]+ | %[^\r\n]*
    | (?P<number>[+-]*[0-9]+\.?[0-9]*(?:-[0-9]*)? | [+-]*\.[0-9]+)
    | (?P<name>/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)
    | (?P<flat>\([^()\\]*(?:\\[\x00-\xff][^()\\]*)*\))
    | (?P<hex><[0-9A-Fa-f\x00\t\n\x0c\r ]*>)
    | (?P<mark><<|>>|\[|\]|\(|[<>{})])
    | (?P<word>[^\x00\t\n\x0c\r ()<>\[\]{}/%]+)
    """,
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\x00-\xff]))|\r\n?")
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PAREN: Final = re.compile(rb"\\[\x00-\xff]|[()]")
_IMAGE_END: Final = re.compile(
    rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|\Z)(?![^\n]{0,9}[\x80-\xff])"
)
# Operands that are kept: more than any operator takes.
_MOST_OPERANDS: Final = 40
# Levels of arrays and dictionaries in operands; deeper ones are passed over.
_MOST_LEVELS: Final = 8

Operand = float | bytes | str | list["Operand"]


class Operation(NamedTuple):
    """Operation: its operator and operands, and the part of the stream that they are.

    An operand is a number, a string as bytes, a name with its slash as str, or a list; a
    dictionary is the list of its keys and values.
    """

    operator: bytes
    operands: list[Operand]
    start: int
    end: int


def operations(data: bytes) -> Iterator[Operation]:  # noqa: C901, PLR0912 - kinds of tokens
    """Scan a content stream; what cannot be understood is passed over."""
    operands: list[Operand] = []
    outer: list[list[Operand]] = []
    start = -1
    position = 0
    match_at = _TOKEN.match
    while position < len(data):
        match = match_at(data, position)
        if match is None:
            position += 1
            continue
        kind = match.lastgroup
        begin, position = position, match.end()
        if kind is None:
            continue
        if kind == "word" and not outer:
            word = match.group()
            if word == b"ID":
                found = _IMAGE_END.search(data, position)
                position = found.end() if found else len(data)
                operands, start = [], -1
                continue
            yield Operation(word, operands, begin if start < 0 else start, position)
            operands, start = [], -1
            continue
        if start < 0:
            start = begin
        if kind == "number":
            operands.append(_number(match.group()))
        elif kind == "flat":
            operands.append(_string(match.group()[1:-1]))
        elif kind == "name":
            operands.append(match.group().decode("latin-1"))
        elif kind == "hex":
            operands.append(_hex(match.group()))
        elif kind == "mark":
            mark = match.group()
            if mark == b"(":
                position = _end_of_string(data, position)
                operands.append(_string(data[begin + 1 : position - 1]))
            elif mark in {b"[", b"<<"} and len(outer) < _MOST_LEVELS:
                outer.append(operands)
                operands = []
            elif mark in {b"]", b">>"} and outer:
                inner, operands = operands, outer.pop()
                operands.append(inner)
        if not outer and len(operands) > _MOST_OPERANDS:
            del operands[0]


def _number(token: bytes) -> float:
    try:
        return float(token)
    except ValueError:
        # Some programs write "--5" or "12-3"; readers take the first number in it.
        match = re.search(rb"[0-9]+\.?[0-9]*|\.[0-9]+", token)
        return float(match.group()) * (-1 if token.startswith(b"-") else 1) if match else 0.0


def _end_of_string(data: bytes, position: int) -> int:
    depth = 1
    for match in _PAREN.finditer(data, position):
        if match.group() == b"(":
            depth += 1
        elif match.group() == b")":
            depth -= 1
            if depth == 0:
                return match.end()
    return len(data)


def _string(token: bytes) -> bytes:
    return _ESCAPE.sub(_unescaped, token) if b"\\" in token or b"\r" in token else token


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 0xFF])
    if match[2] is None:
        return b"\n"
    if match[2] in {b"\r\n", b"\r", b"\n"}:
        return b""
    return _ESCAPED.get(match[2], match[2])


def _hex(token: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", token)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
