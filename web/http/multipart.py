"""Multipart forms that are read as they arrive, so that no text stands in memory as a whole."""

from collections.abc import AsyncIterator, Collection
from typing import TYPE_CHECKING

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from web.errors import BadRequestError
from web.http.body import MOST_FIELDS, decoded, once
from web.messages import N_

if TYPE_CHECKING:  # a name for the type checker only
    from python_multipart.multipart import MultipartCallbacks

# Fields beside the text are codes and keys.
MOST_FIELD_BYTES = 1000

# The fields of a form that may hold a text: the page's, LibreTranslate's, and a file.
TEXTS = {"text", "q", "file"}


def malformed(error: FormParserError) -> BadRequestError:
    """The error for a form that its parser does not understand; the reason is the parser's own."""
    return BadRequestError(
        N_("The form is malformed: {reason}. Nothing was stored."), reason=str(error)
    )


class Multipart:
    """A multipart form that is read as it arrives: short fields, then one text.

    The text is what is in the field `text` or `q` or in a file in the field `file`, whose name is
    `text_from`; the others are empty. `pairs` are the short fields, as they came; those after the
    text are known when it is read.
    """

    def __init__(self, request: Request) -> None:
        """Nothing is read yet. Raises BadRequestError when there is no boundary."""
        _, options = parse_options_header(request.headers.get("content-type", ""))
        if not options.get(b"boundary"):
            raise BadRequestError(N_("The form names no boundary. Nothing was stored."))
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
            raise malformed(error) from None

    @property
    def fields(self) -> dict[str, str]:
        """The short fields so far. Raises BadRequestError when there is one more than once."""
        return once(self.pairs)

    async def start(self) -> None:
        """Read up to the text. Raises BadRequestError."""
        self._arriving = self._arrive()
        self._first = await anext(self._arriving, b"")

    async def text(self, earlier: Collection[str] = ()) -> AsyncIterator[str]:
        """The parts of the text, after `start`. Raises BadRequestError.

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
                raise BadRequestError(
                    N_("Send {name!r} before the text, which is read as it arrives."), name=name
                )

    async def content(self) -> AsyncIterator[bytes]:
        """The parts of the text as they came, after `start`. Raises BadRequestError."""
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
                    raise BadRequestError(N_("Send one text or one file at a time."))
            self._parser.finalize()
        except FormParserError as error:
            raise malformed(error) from None

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
