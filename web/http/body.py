"""Read what a client sends, part by part, so that no body stands in memory as a whole."""

import codecs
import json
from collections import Counter
from collections.abc import AsyncIterator, Collection
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import (
    MultipartParser,
    parse_options_header,
)
from starlette.types import Message

if TYPE_CHECKING:  # a name for the type checker only
    from python_multipart.multipart import MultipartCallbacks

from web.access.authentication import refuse_strangers
from web.errors import BadTextError, TooLargeError, UnsupportedError

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON = "application/json"
PLAIN = "text/plain"

# Fields beside the text are codes and keys.
MOST_FIELD_BYTES = 1000
MOST_FIELDS = 20
# The fields of a form that may hold a text: the page's, LibreTranslate's, and a file.
TEXTS = {"text", "q", "file"}
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


def check(text: str) -> str:
    """`text`, when every character of it can be translated and stored. Raises BadTextError."""
    if "\0" in text:
        raise BadTextError(
            "The text holds a NUL character, which texts do not have: is it a binary file? "
            "Nothing was stored."
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadTextError(
            f"The text holds half of a surrogate pair at character {error.start + 1}, which is "
            "no character. Nothing was stored."
        ) from None
    return text


async def plain_text(request: Request) -> AsyncIterator[str]:
    """The parts of a text/plain body. Raises BadTextError, UnsupportedError."""
    _, options = parse_options_header(request.headers.get("content-type", ""))
    charset = options.get(b"charset", b"utf-8").decode("latin-1")
    async for part in decoded(request.stream(), charset):
        yield part


async def decoded(parts: AsyncIterator[bytes], charset: str = "utf-8") -> AsyncIterator[str]:
    """Decode bytes that may be cut inside a character. Raises BadTextError, UnsupportedError."""
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        name = ""
    if name not in _ENCODINGS:
        raise UnsupportedError(
            f"The charset {charset[:40]!r} is not supported: send UTF-8. Nothing was stored."
        )
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        async for part in parts:
            yield check(decoder.decode(part))
        yield check(decoder.decode(b"", final=True))
    except UnicodeDecodeError as error:
        raise BadTextError(
            f"The text is not valid {name.upper()}: {error.reason}. Convert the file, or name its "
            "encoding, for instance Content-Type: text/plain; charset=iso-8859-1."
        ) from None


async def json_object(request: Request, most_bytes: int) -> dict[str, Any]:
    """A JSON body that is an object. Raises BadTextError, NotAllowedError, TooLargeError."""
    body = await _whole(
        request,
        most_bytes,
        f"The JSON body is over {most_bytes:,} bytes. Send the text as text/plain, which has no "
        "limit: curl -T FILE …/translate. Nothing was stored.",
    )
    refuse_strangers(request, body)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        what = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadTextError(
            f"The body is not valid JSON in UTF-8{what}. Nothing was stored."
        ) from None
    if not isinstance(value, dict):
        raise BadTextError('The JSON body must be an object such as {"text": "Guten Tag!"}.')
    return value


async def pairs(
    request: Request, most_bytes: int, most_fields: int = MOST_FIELDS
) -> list[tuple[str, str]]:
    """The fields of a small form, by name. Raises BadTextError, NotAllowedError, TooLargeError."""
    body = await _whole(
        request,
        most_bytes,
        f"The form is over {most_bytes:,} bytes. Send it as multipart/form-data or the "
        "text as text/plain; neither has a limit. Nothing was stored.",
    )
    refuse_strangers(request, body)
    if body.count(b"&") >= most_fields:
        raise BadTextError(f"The form has more than {most_fields:,} fields. Nothing was stored.")
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise BadTextError(
            "The form is not valid UTF-8. Convert the text and send it again. Nothing was stored."
        ) from None


async def urlencoded(request: Request, most_bytes: int) -> dict[str, str]:
    """The fields of a small form, each once. Raises BadTextError, TooLargeError."""
    return once(await pairs(request, most_bytes))


def once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Fields by name. Raises BadTextError when there is one more than once."""
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise several(name)
    return dict(pairs)


def several(name: str) -> BadTextError:
    """The error where a field that has one value is sent with more."""
    return BadTextError(f"Send one value for {name[:60]!r}, not several. Nothing was stored.")


async def _whole(request: Request, most_bytes: int, too_large: str) -> bytearray:
    body = bytearray()
    async for part in limited(request, most_bytes, too_large).stream():
        body += part
    return body


def limited(request: Request, most_bytes: int, too_large: str = "") -> Request:
    """The same request; reading more of its body than `most_bytes` raises TooLargeError."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > most_bytes:
            raise TooLargeError(
                too_large or f"The body is over {most_bytes:,} bytes. Nothing was stored."
            )
        return message

    return Request(request.scope, receive)


async def at_most(parts: AsyncIterator[str], most: int) -> AsyncIterator[str]:
    """The same parts; TooLargeError when they are more than `most` characters."""
    async for part in parts:
        most -= len(part)
        if most < 0:
            raise TooLargeError("The form is too large. Nothing was stored.")
        yield part


class Multipart:
    """A multipart form that is read as it arrives: short fields, then one text.

    The text is what is in the field `text` or `q` or in a file in the field `file`, whose name is
    `text_from`; the others are empty. `pairs` are the short fields, as they came; those after the
    text are known when it is read.
    """

    def __init__(self, request: Request) -> None:
        """Nothing is read yet. Raises BadTextError when the boundary is no boundary."""
        _, options = parse_options_header(request.headers["content-type"])
        if not options.get(b"boundary"):
            raise BadTextError("The form names no boundary. Nothing was stored.")
        self.pairs: list[tuple[str, str]] = []
        self.file_name = ""
        self._stream = request.stream()
        self._header = ["", ""]
        self._parts = 0
        self._name = ""
        self._value = bytearray()
        self._text: list[bytes] = []
        self.text_from = ""
        self._text_part = 0
        self._more_texts = False
        callbacks: MultipartCallbacks = {
            "on_header_begin": self._header_begins,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_ends,
            "on_part_begin": self._part_begins,
            "on_part_data": self._data,
            "on_part_end": self._part_ends,
        }
        try:
            self._parser = MultipartParser(options[b"boundary"], callbacks)
        except FormParserError as error:
            raise BadTextError(f"The form is malformed: {error}. Nothing was stored.") from None

    @property
    def fields(self) -> dict[str, str]:
        """The short fields so far. Raises BadTextError when there is one more than once."""
        return once(self.pairs)

    async def start(self) -> None:
        """Read up to the text. Raises BadTextError."""
        self._arriving = self._arrive()
        self._first = await anext(self._arriving, b"")

    async def text(self, earlier: Collection[str] = ()) -> AsyncIterator[str]:
        """The parts of the text, after `start`. Raises BadTextError.

        It is also raised at the end when a field of these names comes only there. Browsers send
        the line breaks of a text area as CRLF, whatever the user typed; these become LF again.
        Files stay as they are.
        """
        held = ""
        known = len(self.pairs)
        async for part in decoded(self.content()):
            if self.text_from == "file":
                yield part
                continue
            text = held + part
            held = "\r" if text.endswith("\r") else ""
            yield (
                text.removesuffix(held).replace("\r\n", "\n")
                if held
                else text.replace("\r\n", "\n")
            )
        if held:
            yield held
        for name, _ in self.pairs[known:]:
            if name in earlier:
                raise BadTextError(f"Send {name!r} before the text, which is read as it arrives.")

    async def content(self) -> AsyncIterator[bytes]:
        """The parts of the text as they came, after `start`. Raises BadTextError."""
        yield self._first
        async for part in self._arriving:
            yield part

    async def _arrive(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._stream:
                self._parser.write(part)
                if self._text:
                    yield b"".join(self._text)
                    self._text.clear()
                if self._more_texts:  # said after the text, which the page keeps
                    raise BadTextError("Send one text or one file at a time.")
            self._parser.finalize()
        except FormParserError as error:
            raise BadTextError(f"The form is malformed: {error}. Nothing was stored.") from None

    def _part_begins(self) -> None:
        self._parts += 1
        if self._parts > MOST_FIELDS:  # how long the head of a part is, the parser bounds
            raise FormParserError(f"it has more than {MOST_FIELDS} fields")
        self._name = ""
        self._value.clear()

    def _header_begins(self) -> None:
        self._header = ["", ""]

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end].decode("latin-1").lower()

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end].decode("latin-1")

    def _header_ends(self) -> None:
        if self._header[0] == "content-disposition":
            _, options = parse_options_header(self._header[1])
            self._name = options.get(b"name", b"").decode("utf-8", "replace")
            if self._name == "file":
                self.file_name = options.get(b"filename", b"").decode("utf-8", "replace")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if start == end:
            return
        if self._name in TEXTS:
            if self._text_part not in {0, self._parts}:
                self._more_texts = True
                return
            self._text_part = self._parts
            self.text_from = self._name
            self._text.append(data[start:end])
        elif len(self._value) < MOST_FIELD_BYTES:
            self._value += data[start:end]

    def _part_ends(self) -> None:
        if self._name not in TEXTS:
            self.pairs.append((self._name, self._value.decode("utf-8", "replace")))
