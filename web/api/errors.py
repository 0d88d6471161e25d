"""Errors of the project's own API: JSON with a stable code, or a line of plain text."""

from fastapi.responses import JSONResponse, Response

from web.errors import UserError


def json_error(error: UserError, stored: int | None = None) -> Response:
    """`{"error": …, "code": …}`; `stored` is the translation that was stored before it happened."""
    message = error.message
    if stored is not None:
        message += f" What arrived before that is kept, and translated: /translations/{stored}."
    return JSONResponse({"error": message, "code": error.code}, status_code=error.status)


def plain_error(error: UserError) -> Response:
    """The message on a line, for who has sent plain text and will see it in a terminal."""
    return Response(error.message + "\n", error.status, media_type="text/plain; charset=utf-8")
