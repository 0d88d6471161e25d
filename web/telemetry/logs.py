"""Structured logging: a line is one JSON object with its request's id, and no value is in it.

The same file stands in both services, which share no code; a test keeps the two alike.
"""

import json
import logging
import re
import traceback
import uuid
import warnings
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

Format = Literal["json", "text"]

# The id of the request that is being served, or of the job; empty outside of both.
request_id: ContextVar[str] = ContextVar("request_id", default="")

_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")
# asyncio quotes exceptions and arguments: what stands before the first of these is its own.
_QUOTES = re.compile(r"[\n(<]")
# Most exceptions of a chain that a line names, and most frames of each.
MOST_EXCEPTIONS, MOST_FRAMES = 8, 40


def sane_id(given: str) -> str:
    """Request id: `given`, if it may stand in a log and a header; else a new one."""
    return given if _SANE.fullmatch(given) else uuid.uuid4().hex


class LineFormatter(logging.Formatter):
    """Log formatter: writes a record as one line, whatever is in it.

    Of an exception it writes the type and the places, not the message: messages quote values.
    """

    def __init__(self, form: Format) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line feed. `fields` of the record's `extra` stand beside it."""
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if identity := request_id.get():
            fields["request_id"] = identity
        fields |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            fields["traceback"] = list(_places(record.exc_info[1], MOST_EXCEPTIONS))
        if self._form == "json":
            return json.dumps(fields, default=str)
        head = " ".join(str(fields.pop(name)) for name in ("time", "level", "logger", "message"))
        tail = (f"{name}={_one(value)}" for name, value in fields.items())
        return "\\n".join(" ".join((head, *tail)).splitlines())


def _one(value: object) -> str:
    return " < ".join(map(str, value)) if isinstance(value, list) else str(value)


def _message(record: logging.LogRecord) -> str:
    message = record.getMessage()
    return _QUOTES.split(message, maxsplit=1)[0].strip() if record.name == "asyncio" else message


def _places(error: BaseException, most: int) -> Iterator[str]:
    """Type and places of an exception, the nearest frame first; then those of its causes."""
    yield type(error).__qualname__
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    for frame in reversed(frames):
        yield f"{frame.filename}:{frame.lineno} {frame.name}"
    causes = list(error.exceptions) if isinstance(error, BaseExceptionGroup) else []
    if error.__cause__ or (error.__context__ and not error.__suppress_context__):
        causes.append(error.__cause__ or error.__context__)
    for cause in causes[: most - 1]:
        yield from _places(cause, most - 1)


def set_up(form: Format) -> None:
    """Configure logging: to standard error, from level INFO on."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter(form))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # A line that cannot be written would otherwise be told of with its arguments.
    logging.raiseExceptions = False
    # No line names these, and to find them out takes a fifth of its time (Python's logging HOWTO,
    # "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    warnings.showwarning = _warned  # type: ignore[assignment] # it is called by position


def _warned(
    _message: object, category: type[Warning], filename: str, lineno: int, *_: object
) -> None:
    """Log a warning of Python by its kind alone: a database's warnings quote values."""
    logging.getLogger("warnings").warning("%s in %s:%d", category.__name__, filename, lineno)
