"""Parameters of a request for another translator, by name, from JSON, a form or the query."""

import re
from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from web.access.authentication import AccessControl
from web.errors import BadRequestError, UnsupportedError, UserError
from web.http import body

# Most fields of a form: DeepL's clients send one for each text.
MOST_FIELDS = 5000
# The field of an object of a list in a form, as DeepL's clients write it.
_FIELD_OF_OBJECT = re.compile(r"(\w{1,40})\[([0-9]{1,4})\]\.(\w{1,40})", re.ASCII)


class Parameters:
    """Values by name: any JSON, or strings from a form and the query string."""

    def __init__(self, values: dict[str, list[Any]]) -> None:
        """Each name has one value, or several in the order they were sent in."""
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def one(self, name: str, hint: str = "") -> Any:
        """The value, or None. Raises BadRequestError, with the `hint`, when there are several."""
        match self._values.get(name, []):
            case []:
                return None
            case [value]:
                return value
        error = body.several(name)
        raise BadRequestError(f"{error.message} {hint}") if hint else error

    def given(self, name: str) -> Any:
        """The value, or None where it is missing or empty, as clients send what is not set."""
        value = self.one(name)
        return None if value == "" else value

    def all(self, name: str) -> list[Any]:
        """All values; those of a JSON list are values of its name."""
        values = self._values.get(name, [])
        return values[0] if len(values) == 1 and isinstance(values[0], list) else values

    def objects(self, name: str, problem: str) -> list["Parameters"]:
        """The objects of a list: those of JSON, or the fields `name[0].field` of a form.

        Raises UserError with `problem` for the name when one of JSON is no object.
        """
        found = [of_json(_object_of(value, name, problem)) for value in self.all(name)]
        fields: dict[int, dict[str, list[Any]]] = {}
        for each, values in self._values.items():
            match = _FIELD_OF_OBJECT.fullmatch(each)
            if match and match[1] == name:
                fields.setdefault(int(match[2]), {})[match[3]] = values
        return found + [Parameters(fields[number]) for number in sorted(fields)]


def of_json(value: dict[str, Any], query: Sequence[tuple[str, str]] = ()) -> Parameters:
    """The fields of a JSON object, and those of the query string that it does not have.

    null is as if it were not there.
    """
    values = {name: [each] for name, each in value.items() if each is not None}
    return Parameters(_grouped(query, values) | values)


async def of_request(request: Request, most_bytes: int, access: AccessControl) -> Parameters:
    """The parameters of a body of at most `most_bytes` and those of the query that it lacks.

    A type without a body is none: clients name JSON in every request, also in a GET.

    Raises BadRequestError, TooLargeError, UnsupportedError; UnauthenticatedError for a large body
    that comes without a key where one is needed.
    """
    query = request.query_params.multi_items()
    kind = body.media_type(request)
    pairs: list[tuple[str, str]] = []
    if kind == body.JSON:
        sent = await body.read_json(request, most_bytes)
        access.require_key_for_large_body(request, sent)
        if sent:
            return of_json(body.parse_json(sent), query)
    elif kind == body.FORM:
        sent = await body.read_form(request, most_bytes)
        access.require_key_for_large_body(request, sent)
        pairs = body.parse_form(sent, MOST_FIELDS)
    elif kind == body.MULTIPART:
        pairs = [pair async for pair in _multipart(request, most_bytes)]
    elif "content-type" in request.headers and await _holds_something(request):
        raise UnsupportedError(
            f"The body's type {kind[:60]!r} is not understood: send application/json or a form."
        )
    return of_pairs(pairs, query)


def of_pairs(pairs: list[tuple[str, str]], query: Sequence[tuple[str, str]] = ()) -> Parameters:
    """The fields of a form by name, and those of the query string that it does not have."""
    values = _grouped(pairs, ())
    return Parameters(_grouped(query, values) | values)


def _grouped(pairs: Sequence[tuple[str, str]], there: Collection[str]) -> dict[str, list[Any]]:
    """The values of pairs whose names are not `there`."""
    values: dict[str, list[Any]] = {}
    for name, value in pairs:
        if name not in there:
            # Forms have CRLF for line breaks, whatever the user typed.
            values.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return values


async def _multipart(request: Request, most_bytes: int) -> AsyncIterator[tuple[str, str]]:
    limited = body.limited(request, most_bytes)
    async with limited.form(max_fields=MOST_FIELDS, max_part_size=most_bytes) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                raise BadRequestError(f"The field {name[:60]!r} is a file. Nothing was stored.")
            yield name, value


async def _holds_something(request: Request) -> bool:
    async for part in request.stream():
        if part:
            return True
    return False


def text_of(value: Any, name: str, problem: str) -> str:
    """A value that must be a string. Raises UserError with `problem` for the name."""
    if isinstance(value, str):
        return value
    raise UserError(problem.format(name))


def _object_of(value: Any, name: str, problem: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise UserError(problem.format(name))
