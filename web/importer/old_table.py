"""The table of the older program, `translations(id, text_de, text_en)`, from a dump or a server."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

import aiomysql

COLUMNS = ("id", "text_de", "text_en")
# Characters of a dump that are read at once.
CHUNK = 1_000_000
# Rows that a server is asked for at once.
ROWS = 100
# Longest wait for a connection, in seconds.
SECONDS = 10


@dataclass(frozen=True, slots=True)
class OldRow:
    """Row of the old table: one translation."""

    id: int
    text_de: str
    text_en: str


class OldTableError(Exception):
    """The dump or server does not hold the old table; the message says why."""


# Tokens of SQL, as far as a dump needs them. A string ends at a quote that is neither
# doubled nor escaped.
_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*\n|\#[^\n]*\n|/\*.*?\*/)
    |(?P<string>'[^'\\]*(?:(?:\\.|'')[^'\\]*)*'(?!'))
    |(?P<name>`[^`]*`)
    |(?P<hex>0x[0-9A-Fa-f]+|[xX]'[0-9A-Fa-f]*')
    |(?P<word>(?!--)[\w.+-]+)
    |(?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED = {
    "0": "\0",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "b": "\b",
    "Z": "\x1a",
    "%": "\\%",
    "_": "\\_",
}


def rows_of_dump(file: TextIO) -> Iterator[OldRow]:
    """Parse a dump by mysqldump, mariadb-dump or the like: its rows in their order.

    Read piece by piece, so a dump may be larger than the memory. Statements for other tables
    are passed over. Raises OldTableError when the dump has no such table, is malformed or was cut
    off; UnicodeDecodeError of `file` passes through.
    """
    tokens = _tokens(file)
    columns: tuple[str, ...] = COLUMNS
    found = False
    for kind, text in tokens:
        if kind != "word" or text.upper() not in {"CREATE", "INSERT"}:
            _pass_statement(tokens, kind, text)
            continue
        table, last = _table(tokens)
        if table != "translations":
            _pass_statement(tokens, *last)
        elif text.upper() == "CREATE":
            columns = _created(tokens)
            found = True
        else:
            found = True
            yield from _inserted(tokens, columns, last)
    if not found:
        raise OldTableError("There is no table `translations` in this dump.")


def _tokens(file: TextIO) -> Iterator[tuple[str, str]]:
    rest, size = "", CHUNK
    while part := file.read(size):
        text = rest + part
        at = 0
        for match in _TOKEN.finditer(text):
            # A token that touches the end may go on in the next piece.
            if match.end() == len(text) or (match["sign"] and match["sign"] in "'`/-#"):
                break
            at = match.end()
            if match.lastgroup != "space":
                yield str(match.lastgroup), match[0]
        rest = text[at:]
        size = max(CHUNK, len(rest))  # a long string is not looked through again and again
    for match in _TOKEN.finditer(rest):
        if match["sign"] and match["sign"] in "'`":
            raise OldTableError("The dump ends within a text: it was cut off.")
        if match.lastgroup != "space":
            yield str(match.lastgroup), match[0]


def _pass_statement(tokens: Iterator[tuple[str, str]], kind: str, text: str) -> None:
    while (kind, text) != ("sign", ";"):
        kind, text = next(tokens, ("sign", ";"))


def _table(tokens: Iterator[tuple[str, str]]) -> tuple[str, tuple[str, str]]:
    """The table that a CREATE or INSERT names, if any, and the token after it."""
    name = ""
    for kind, text in tokens:
        if kind == "sign" and text != ".":
            return name, (kind, text)
        if kind == "word" and text.upper() in {"VALUES", "VALUE"}:
            return name, (kind, text)
        if kind in {"name", "word"}:
            name = text.strip("`").rpartition(".")[2]
    return name, ("sign", ";")


def _created(tokens: Iterator[tuple[str, str]]) -> tuple[str, ...]:
    """The columns of a CREATE TABLE from its opening parenthesis on."""
    columns, depth, begins = [], 1, True
    for kind, text in tokens:
        if (kind, text) == ("sign", ";"):
            break
        if begins and depth == 1 and (kind == "name" or text.lower() in COLUMNS):
            columns.append(text.strip("`").lower())
        begins = (kind, text) == ("sign", ",")
        depth += {"(": 1, ")": -1}.get(text, 0) if kind == "sign" else 0
    return _checked(columns)


def _checked(columns: list[str]) -> tuple[str, ...]:
    if missing := [name for name in COLUMNS if name not in columns]:
        raise OldTableError(
            f"The table `translations` has no column {missing[0]}: this is not the old table "
            "translations(id, text_de, text_en)."
        )
    return tuple(columns)


def _inserted(
    tokens: Iterator[tuple[str, str]], columns: tuple[str, ...], last: tuple[str, str]
) -> Iterator[OldRow]:
    if last == ("sign", "("):  # INSERT INTO translations (id, …) VALUES
        listed = []
        for kind, text in tokens:
            if (kind, text) == ("sign", ")"):
                break
            if kind != "sign":
                listed.append(text.strip("`").lower())
        columns = _checked(listed)
    values: list[str | int | None] = []
    for kind, text in tokens:
        if kind == "sign" and text == ";":
            return
        if kind == "sign" and text == "(":
            values = []
        elif kind == "sign" and text == ")":
            yield _row(columns, values)
        elif kind != "sign" and text.lower() not in {"values", "value"} and text[0] != "_":
            values.append(_value(kind, text))
    raise OldTableError("The dump ends within a statement: it was cut off.")


def _value(kind: str, text: str) -> str | int | None:
    if kind == "string":
        return _ESCAPE.sub(lambda match: _unescaped(match[1]), text[1:-1])
    if kind == "hex":
        return bytes.fromhex(text[2:].strip("'")).decode("utf-8", "replace")
    if text.upper() == "NULL":
        return None
    return int(text) if text.isdecimal() else text


def _unescaped(sign: str | None) -> str:
    return "'" if sign is None else _ESCAPED.get(sign, sign)


def _row(columns: tuple[str, ...], values: list[str | int | None]) -> OldRow:
    fields = dict(zip(columns, values, strict=False))
    if len(values) != len(columns) or not isinstance(fields["id"], int):
        raise OldTableError("A row of the table `translations` is not (id, text_de, text_en).")
    return OldRow(fields["id"], str(fields["text_de"] or ""), str(fields["text_en"] or ""))


async def rows_of_server(**where: Any) -> AsyncIterator[OldRow]:
    """Query a running server: its rows in the order of their ids; `where` as for aiomysql.connect.

    Raises pymysql's exceptions, with the server's words.
    """
    connection = await aiomysql.connect(charset="utf8mb4", connect_timeout=SECONDS, **where)
    try:
        async with connection.cursor() as cursor:
            after = -1
            while True:
                await cursor.execute(
                    "SELECT id, text_de, text_en FROM translations WHERE id > %s "
                    "ORDER BY id LIMIT %s",
                    (after, ROWS),
                )
                rows = await cursor.fetchall()
                for number, text_de, text_en in rows:
                    yield OldRow(number, text_de or "", text_en or "")
                if not rows:
                    return
                after = rows[-1][0]
    finally:
        connection.close()
