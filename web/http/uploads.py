"""Uploads of files inside of a form, and attachments: files as an answer."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response

from web.errors import BadRequestError, TooLargeError
from web.http import body
from web.http.multipart import Multipart
from web.messages import N_


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
    content = bytearray()
    async for part in form.content():
        content += part
        if len(content) > most_bytes:
            raise TooLargeError(
                N_(
                    "The document is over {most} bytes. Its text alone has no limit: send it as "
                    "text/plain. Nothing was stored."
                ),
                most=most_bytes,
            )
    there = form.text_from == "file"
    if not there and form.file_name:
        raise empty_file()
    return Upload(form.pairs, form.file_name, bytes(content) if there else None)


def empty_file() -> BadRequestError:
    """The error for a file without a byte; to be raised."""
    return BadRequestError(
        N_("The file is empty. Nothing was stored; look whether it was saved and send it again.")
    )


def attachment(name: str, media_type: str, content: bytes) -> Response:
    """A file to download, under any name that a user may have given it (RFC 6266, RFC 8187)."""
    quoted = quote(name, safe="")
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quoted}"},
    )
