"""Request bodies: read part by part or up to a limit, then parsed; nothing here knows who asks."""

import codecs
import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request
from python_multipart.multipart import parse_options_header
from starlette import types

from web.errors import BadRequestError, TooLargeError, UnsupportedError
from web.messages import N_, Message
from web.text.validation import check

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON = "application/json"
PLAIN = "text/plain"

MOST_FIELDS = 20
TOO_LARGE = N_("The body is over {most} bytes. Nothing was stored.")
# Python's reasons why bytes are no text in one of _ENCODINGS, for the catalogs.
REASONS = (
    N_("invalid start byte"),
    N_("invalid continuation byte"),
    N_("unexpected end of data"),
    N_("ordinal not in range(128)"),
    N_("character maps to <undefined>"),
    N_("truncated data"),
    N_("illegal encoding"),
    N_("illegal UTF-16 surrogate"),
)
_ENCODINGS = {
    "utf-8",
    "ascii",
    "iso8859-1",
    "iso8859-15",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
}


def media_type(request: Request) -> str:
    """The body's media type in lower case; text/plain when none is named, as `curl -T` does."""
    named = request.headers.get("content-type", PLAIN)
    return named.partition(";")[0].strip().lower()


async def plain_text(request: Request) -> AsyncIterator[str]:
    """The parts of a text/plain body. Raises BadRequestError, UnsupportedError."""
    _, options = parse_options_header(request.headers.get("content-type", ""))
    charset = options.get(b"charset", b"utf-8").decode("latin-1")
    async for part in decoded(request.stream(), charset):
        yield part


async def decoded(parts: AsyncIterator[bytes], charset: str = "utf-8") -> AsyncIterator[str]:
    """Decode bytes that may be cut inside a character. Raises BadRequestError, UnsupportedError."""
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        name = ""
    if name not in _ENCODINGS:
        raise UnsupportedError(
            N_("The charset {charset!r} is not supported: send UTF-8. Nothing was stored."),
            charset=charset[:40],
        )
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        async for part in parts:
            yield check(decoder.decode(part))
        yield check(decoder.decode(b"", final=True))
    except UnicodeDecodeError as error:
        raise BadRequestError(
            N_(
                "The text is not valid {encoding}: {reason}. Convert the file, or name its "
                "encoding, for instance Content-Type: text/plain; charset=iso-8859-1."
            ),
            encoding=name.upper(),
            reason=Message(error.reason),
        ) from None


async def read_body(request: Request, most_bytes: int, too_large: str = TOO_LARGE) -> bytearray:
    """A whole body. Raises TooLargeError with the message `too_large`; its `{most}` are bytes."""
    body = bytearray()
    async for part in limited(request, most_bytes, too_large).stream():
        body += part
    return body


async def read_json(request: Request, most_bytes: int) -> bytearray:
    """A JSON body, not parsed yet. Raises TooLargeError."""
    return await read_body(
        request,
        most_bytes,
        "The JSON body is over {most} bytes. Send the text as text/plain, which has no limit: "
        "curl -T FILE …/translate. Nothing was stored.",
    )


async def read_form(request: Request, most_bytes: int) -> bytearray:
    """A form that is not multipart, not parsed yet. Raises TooLargeError."""
    return await read_body(
        request,
        most_bytes,
        N_(
            "The form is over {most} bytes. Send it as multipart/form-data or the text as "
            "text/plain; neither has a limit. Nothing was stored."
        ),
    )


def parse_json(body: bytearray) -> dict[str, Any]:
    """The object that a JSON body is. Raises BadRequestError."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        what = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadRequestError(
            f"The body is not valid JSON in UTF-8{what}. Nothing was stored."
        ) from None
    if not isinstance(value, dict):
        raise BadRequestError('The JSON body must be an object such as {"text": "Guten Tag!"}.')
    return value


def parse_form(body: bytearray, most_fields: int = MOST_FIELDS) -> list[tuple[str, str]]:
    """The fields of a form that is not multipart, as they came. Raises BadRequestError."""
    if body.count(b"&") >= most_fields:
        raise BadRequestError(
            N_("The form has more than {most} fields. Nothing was stored."), most=most_fields
        )
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise BadRequestError(
            N_(
                "The form is not valid UTF-8. Convert the text and send it again. Nothing was "
                "stored."
            )
        ) from None


async def urlencoded(request: Request, most_bytes: int) -> dict[str, str]:
    """The fields of a small form, each once. Raises BadRequestError, TooLargeError."""
    return once(parse_form(await read_form(request, most_bytes)))


def once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Fields by name. Raises BadRequestError when there is one more than once."""
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise several(name)
    return dict(pairs)


def several(name: str) -> BadRequestError:
    """The error where a field that has one value is sent with more."""
    return BadRequestError(
        N_("Send one value for {name!r}, not several. Nothing was stored."), name=name[:60]
    )


def limited(request: Request, most_bytes: int, too_large: str = TOO_LARGE) -> Request:
    """The same request; reading more of its body than `most_bytes` raises TooLargeError."""
    taken = 0

    async def receive() -> types.Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > most_bytes:
            raise TooLargeError(too_large, most=most_bytes)
        return message

    return Request(request.scope, receive)


async def at_most(parts: AsyncIterator[str], most: int) -> AsyncIterator[str]:
    """The same parts. Raises TooLargeError when they are more than `most` characters."""
    async for part in parts:
        most -= len(part)
        if most < 0:
            raise TooLargeError(N_("The form is too large. Nothing was stored."))
        yield part
