"""Negotiation: which interface answers `POST /translate`, and which one renders an error.

A body is read once, into a `Submission` that says what it is; its sender is authenticated once; one
interface answers it.
"""

from collections.abc import AsyncIterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from web.access import cross_site
from web.access.authentication import SMALL_BODY, AccessControl
from web.access.context import context_of
from web.access.keys import Caller
from web.access.policy import TRANSLATE, Interface
from web.api import schema
from web.api.errors import json_error, plain_error
from web.api.memory import MemoriesAnswer, memories_answer
from web.api.translate import api_request_of, translate_json, translate_plain
from web.compat import deepl, deeplx, libretranslate, parameters
from web.compat.chat_answers import chat_error
from web.compat.immersive_translate import immersive_translate_error
from web.compat.parameters import Parameters
from web.compat.questions import authenticate_token
from web.compat.schema import FORM, QUESTION, LibreTranslateAnswer, LibreTranslateError
from web.dependencies import CallerDep, MemoryDep, MemoryStoreDep, Parts, parts_of
from web.errors import (
    BadRequestError,
    NotFoundError,
    UnauthenticatedError,
    UnsupportedError,
    UserError,
)
from web.formats.registry import MAX_BYTES, kind_of
from web.http import body
from web.http.ids import number_of
from web.http.multipart import Multipart
from web.http.openapi_schema import sends
from web.http.security_headers import HEADERS
from web.http.uploads import rest_of
from web.messages import N_
from web.pages.documents import translate_document
from web.pages.languages import EARLY_FIELDS
from web.pages.memory import memory_page
from web.pages.rendering import error_page
from web.pages.translations import MOST_FORM_BYTES, translate_form
from web.telemetry.logs import request_id
from web.telemetry.requests import HEADER
from web.text.validation import check
from web.translation.request import with_glossary

router = APIRouter()

QUESTIONS = {"anyOf": [schema.OWN, schema.OLD, QUESTION], "example": {"text": "Ich mag Äpfel."}}
BODY = sends(
    json=QUESTIONS, plain=schema.PLAIN | {"example": "Guten Morgen!"}, form=FORM, multipart=FORM
)
PUT_BODY = sends(plain=schema.PLAIN)
TRANSLATED_TEXT = schema.translated_text(LibreTranslateAnswer, LibreTranslateError)

# A question with one of the first and none of the second is one for LibreTranslate.
THEIRS = {"source", "target", "format", "alternatives", "api_key"}
OURS = {"text", "text_de", "pair"}


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text/plain body for the own API, decoded while it arrives."""

    parts: AsyncIterator[str]


@dataclass(frozen=True, slots=True)
class JsonObject:
    """A JSON body for the own API."""

    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the page: its short fields, and its text while it arrives."""

    fields: dict[str, str]
    parts: AsyncIterator[str]


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """A form of the page with a document in it, read up to the document."""

    form: Multipart


@dataclass(frozen=True, slots=True)
class LibreTranslateQuestion:
    """A question for LibreTranslate's interface, whichever way it was sent."""

    parameters: Parameters


@dataclass(frozen=True, slots=True)
class DeepLXQuestion:
    """A question for DeepLX's interface, at the address that one of its clients cannot change."""

    parameters: Parameters
    alternatives: int = deeplx.ALTERNATIVES


Submission = PlainText | JsonObject | Form | DocumentForm | LibreTranslateQuestion | DeepLXQuestion


@router.post(
    TRANSLATE,
    response_class=Response,
    openapi_extra=BODY | {"parameters": schema.QUERY},
    responses=TRANSLATED_TEXT,
)
@router.put(  # as `curl -T` does
    TRANSLATE,
    response_class=Response,
    openapi_extra=PUT_BODY | {"parameters": schema.QUERY},
    responses=TRANSLATED_TEXT,
)
async def translate(request: Request) -> Response:
    """Translate a text; the answer has the form of the question.

    text/plain (also without any type) streams in and out. JSON `{"text", "source"?, "target"?,
    "quality"?}` gives JSON. A form gives HTML. With a `q`, wherever it stands, it is a question
    for LibreTranslate; JSON with `text` and `target_lang` is one for DeepLX.
    """
    parts = parts_of(request)
    submission = await read_submission(request, parts)
    if isinstance(submission, LibreTranslateQuestion):
        context_of(request).interface = Interface.LIBRETRANSLATE
        return await libretranslate.libretranslate_translate(
            request, submission.parameters, parts.access, parts.batch_translator
        )
    if isinstance(submission, DeepLXQuestion):
        context_of(request).interface = Interface.DEEPLX
        theirs = authenticate_token(request, parts.access)
        return await deeplx.deeplx_answer(
            submission.parameters, theirs, parts.batch_translator, submission.alternatives
        )
    caller, usual = _own(request, parts.access), parts.settings.quality
    match submission:
        case PlainText(text):
            given: dict[str, Any] = dict(request.query_params)
            wanted = api_request_of(given, caller, usual)
            wanted = await with_glossary(wanted, given.get("glossary"), parts.glossaries)
            return await translate_plain(text, wanted, parts)
        case JsonObject(fields):
            given = {**request.query_params, **fields}
            wanted = api_request_of(given, caller, usual)
            wanted = await with_glossary(wanted, given.get("glossary"), parts.glossaries)
            return await translate_json(request, fields, wanted, parts)
        case Form(values, text):
            return await translate_form(request, values, text, caller)
        case DocumentForm(form):
            return await translate_document(request, await rest_of(form, MAX_BYTES), caller)


async def read_submission(  # noqa: PLR0911 - one for each kind of body
    request: Request, parts: Parts
) -> Submission:
    """Read a body as far as it must be known who answers it; a text is left to stream.

    Raises BadRequestError, TooLargeError, UnauthenticatedError, UnsupportedError.
    """
    most_bytes = parts.settings.max_json_bytes
    if "q" in request.query_params:
        context_of(request).interface = Interface.LIBRETRANSLATE
        return LibreTranslateQuestion(
            await parameters.of_request(request, most_bytes, parts.access)
        )
    kind = body.media_type(request)
    if kind == body.PLAIN:
        return await _subtitle_edit(request) or PlainText(body.plain_text(request))
    if kind == body.JSON:
        sent = await body.read_json(request, most_bytes)
        parts.access.require_key_for_large_body(request, sent)
        fields = body.parse_json(sent)
        if _is_theirs(fields.keys()):
            return LibreTranslateQuestion(
                parameters.of_json(fields, request.query_params.multi_items())
            )
        if deeplx.is_deeplx_question(fields.keys()):
            return DeepLXQuestion(parameters.of_json(fields))
        return JsonObject(fields)
    if kind == body.FORM:
        sent = await body.read_form(request, MOST_FORM_BYTES)
        parts.access.require_key_for_large_body(request, sent)
        pairs = body.parse_form(sent)
        if _is_theirs(dict(pairs).keys()):
            return _question(request, pairs)
        values = body.once(pairs)
        return Form(values, _typed(values.get("text", "")))
    if kind == body.MULTIPART:
        return await _read_multipart(request, most_bytes)
    raise UnsupportedError(
        f"The body's type {kind[:60]!r} is not understood: send text/plain, application/json or "
        "a form. Nothing was stored."
    )


async def _read_multipart(request: Request, most_bytes: int) -> Submission:
    form = Multipart(request)
    await form.start()
    if form.text_from == "q":
        q = "".join([part async for part in body.at_most(form.text(), most_bytes)])
        return _question(request, [*form.pairs, ("q", q)])
    # A file of a kind that is not translated is refused in the words of the other interfaces.
    named = form.file_name if form.text_from in {"file", ""} else ""
    # A text in a form of its own is a document, and so is a newer version of one.
    as_document = form.fields.get("previous") or form.fields.get("bilingual")
    if named and (kind_of(named).open is not None or not form.text_from or as_document):
        return DocumentForm(form)
    return Form(form.fields, form.text(EARLY_FIELDS))


def _question(request: Request, pairs: list[tuple[str, str]]) -> LibreTranslateQuestion:
    return LibreTranslateQuestion(parameters.of_pairs(pairs, request.query_params.multi_items()))


async def _subtitle_edit(request: Request) -> DeepLXQuestion | None:
    """DeepLX's question as Subtitle Edit sends it: as text/plain, and to no other address.

    It is small and names its type and length; any other body is left to stream. The client shows
    the first alternative in the place of the translation, so it gets none.
    """
    length = number_of(request.headers.get("content-length", ""))
    named = "content-type" in request.headers and request.method == "POST"
    if not named or length is None or length > SMALL_BODY:
        return None
    sent = await request.body()  # which Starlette gives again to who reads the stream
    try:
        fields = body.parse_json(bytearray(sent)) if sent.lstrip().startswith(b"{") else {}
    except BadRequestError:
        return None
    if not deeplx.is_deeplx_question(fields.keys()) or not fields.keys() <= deeplx.FIELDS:
        return None
    return DeepLXQuestion(parameters.of_json(fields), alternatives=0)


def _is_theirs(names: AbstractSet[str]) -> bool:
    return "q" in names or bool(THEIRS & names and not OURS & names)


def _own(request: Request, access: AccessControl) -> Caller:
    """The caller of what is no question for LibreTranslate.

    Raises ForbiddenError for a page of another site, which may ask nothing else (see
    web/access/cross_site.py), UnauthenticatedError, RateError.
    """
    if cross_site.from_elsewhere(request.headers):
        raise cross_site.cross_site_refusal()
    return access.authenticate(request)


async def _typed(text: str) -> AsyncIterator[str]:
    # Forms have CRLF for line breaks, whatever the user typed.
    yield check(text).replace("\r\n", "\n")


async def error_response(request: Request, error: UserError) -> Response:
    """An error in the form of the interface that was asked."""
    context = context_of(request)
    response: Response
    match context.interface:
        case Interface.DEEPL:
            response = deepl.deepl_error(error)
        case Interface.DEEPLX:
            response = deeplx.deeplx_error(error)
        case Interface.IMMERSIVE_TRANSLATE:
            response = immersive_translate_error(error)
        case Interface.OPENAI:
            response = chat_error(error)
        case Interface.LIBRETRANSLATE:
            response = libretranslate.libretranslate_error(error)
        case _ if wants_html(request):
            response = await error_page(request, error)
        case _ if _sends_plain(request):
            response = plain_error(error)
        case _:
            response = json_error(error, context.stored)
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, UnauthenticatedError) and response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


async def refusal(request: Request, error: UserError) -> Response:
    """A refusal of the middleware: a browser that looks at a page is sent to log in."""
    looks = request.method in {"GET", "HEAD"} and wants_html(request)
    if not (looks and isinstance(error, UnauthenticatedError)):
        return await error_response(request, error)
    query = request.scope["query_string"].decode("latin-1")
    back = quote(request.scope["path"]) + (f"?{query}" if query else "")
    login = f"/login?to={quote(back, safe='')}"
    if request.headers.get("hx-request"):  # it follows redirects into a part of the page
        return Response(status_code=401, headers={"HX-Redirect": login})
    return RedirectResponse(login, 303)


def wants_html(request: Request) -> bool:
    """Whether a browser asks."""
    return bool(
        request.headers.get("hx-request") or "text/html" in request.headers.get("accept", "")
    )


@router.get("/memory", responses=schema.ONE)
async def memories(
    request: Request, caller: CallerDep, memory: MemoryDep, memory_store: MemoryStoreDep
) -> MemoriesAnswer:
    """The caller's translation memories; a browser gets the page about them."""
    await memory.refresh()  # what is shown is what is used, whoever has stored it
    if wants_html(request):
        return await memory_page(request, caller)  # type: ignore[return-value] # a response as it is
    return memories_answer(await memory_store.memories(caller.name))


def _sends_plain(request: Request) -> bool:
    plain = request.method in {"POST", "PUT"} and body.media_type(request) == body.PLAIN
    return plain and not request.scope["path"].endswith(".json")


def _methods(app: FastAPI, request: Request) -> list[str]:
    """The methods of an address; Starlette names those of one of its routes alone."""
    found = [
        method
        for method in ("DELETE", "GET", "PATCH", "POST", "PUT")
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in app.routes
        )
    ]
    # Every address that has a GET has its head: web/http/head_requests.py.
    return sorted([*found, "HEAD"] if "GET" in found else found)


def install_errors(app: FastAPI) -> None:
    """Render every error by one contract: no stack trace, no echo of what was sent."""

    @app.exception_handler(UserError)
    async def user_error(request: Request, error: UserError) -> Response:
        return await error_response(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return await error_response(request, UserError(f"{where}: {first['msg']}"))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        problem: UserError = NotFoundError(N_("Not found: there is nothing at this address."))
        if error.status_code != problem.status:
            problem = UserError(str(error.detail))
            problem.status = error.status_code
            problem.code = HTTPStatus(error.status_code).name.lower()
        response = await error_response(request, problem)
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(_methods(app, request))
        return response

    @app.exception_handler(Exception)
    async def unexpected(request: Request, _error: Exception) -> Response:
        # The server logs where it came from, without values.
        identity = request_id.get()
        problem = UserError(
            N_(
                "Something went wrong on our side. Try again; if it stays, the log says more at "
                "request id {identity}."
            ),
            identity=identity,
        )
        problem.status = 500
        problem.code = "internal_error"
        response = await error_response(request, problem)
        # This one is answered outside of all middleware, which would have added them.
        response.headers[HEADER] = identity
        response.headers.update(HEADERS)
        return response
