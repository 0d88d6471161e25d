"""Uploads of files inside of a form, and attachments: files as an answer."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from web.errors import BadRequestError, TooLargeError
from web.http import body
from web.http.multipart import Multipart
from web.messages import N_

# Bytes of a part of a file that is sent: what waits for a slow reader is not the whole of it.
_PART_BYTES: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Upload:
    """The other fields of the form, and the file; `content` is None where there was none."""

    pairs: list[tuple[str, str]]
    name: str
    content: bytes | None


async def uploaded(request: Request, most_bytes: int) -> Upload:
    """A form with a document of at most `most_bytes`. Raises BadRequestError, TooLargeError."""
    if body.media_type(request) != body.MULTIPART:
        raise BadRequestError(N_("Send the document as multipart/form-data. Nothing was stored."))
    form = Multipart(request)
    await form.start()
    return await rest_of(form, most_bytes)


async def rest_of(form: Multipart, most_bytes: int) -> Upload:
    """Read the rest of a form that was started. Raises BadRequestError, TooLargeError."""
    # It gives its bytes away without a copy, as a bytearray could not.
    content = io.BytesIO()
    async for part in form.content():
        content.write(part)
        if content.tell() > most_bytes:
            raise TooLargeError(
                N_(
                    "The document is over {most} bytes. Its text alone has no limit: send it as "
                    "text/plain. Nothing was stored."
                ),
                most=most_bytes,
            )
    # A file that is empty has a name; a browser's field without a file has none.
    there = form.text_from == "file" or bool(form.file_name)
    return Upload(form.pairs, form.file_name, content.getvalue() if there else None)


def attachment(name: str, media_type: str, content: bytes) -> Response:
    """A file to download, under any name that a user may have given it (RFC 6266, RFC 8187)."""
    quoted = quote(name, safe="")
    return StreamingResponse(
        _parts(content),
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quoted}",
            "Content-Length": str(len(content)),
        },
    )


async def _parts(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), _PART_BYTES):
        yield content[start : start + _PART_BYTES]
