"""Negotiation: which interface answers `POST /translate`, and renders an error."""

from collections.abc import AsyncIterator
from collections.abc import Set as AbstractSet
from http import HTTPStatus

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from web.access.authentication import authenticate
from web.access.cross_site import REFUSED, from_elsewhere
from web.access.keys import Caller
from web.access.policy import PATHS
from web.api import schema
from web.api.schema import OLD, OWN, WHOLE, WRONG
from web.api.translate import api_request_of, translate_json, translate_plain
from web.compat import deepl, libretranslate, parameters
from web.compat.schema import FORM, QUESTION, TRANSLATED
from web.dependencies import BatchTranslatorDep, FollowingDep, SettingsDep, TranslationsDep
from web.errors import (
    ForbiddenError,
    NotFoundError,
    UnauthenticatedError,
    UnsupportedError,
    UserError,
)
from web.formats.registry import is_document
from web.http import body
from web.http.multipart import Multipart
from web.http.openapi_schema import gives, sends, string, thing
from web.http.security_headers import HEADERS
from web.http.uploads import rest_of
from web.pages import documents as document_page
from web.pages import translations as page
from web.pages.rendering import error_page
from web.telemetry.logs import request_id
from web.telemetry.requests import HEADER
from web.text.validation import check
from web.translation.batch import BatchTranslator

router = APIRouter()

QUESTIONS = {"anyOf": [OWN, OLD, QUESTION], "example": {"text": "Ich mag Äpfel."}}
BODY = sends(
    json=QUESTIONS, plain=schema.PLAIN | {"example": "Guten Morgen!"}, form=FORM, multipart=FORM
)
PUT_BODY = sends(plain=schema.PLAIN)
ANSWERS = {"anyOf": [WHOLE, thing(["text_en"], text_en=string("In English.")), TRANSLATED]}
TRANSLATED_TEXT = {
    200: gives("The translation, in the form of the question.", json=ANSWERS, plain=schema.TEXT),
    202: gives("Stored, and still being translated: ask for it again.", json=WHOLE),
    303: {"description": "The page's own form: to the translation's address."},
} | WRONG


# A question with one of the first and none of the second is one for LibreTranslate.
THEIRS = {"source", "target", "format", "alternatives", "api_key"}
OURS = {"text", "text_de", "pair"}


@router.post(
    "/translate",
    response_class=Response,
    openapi_extra=BODY | {"parameters": schema.PAIR},
    responses=TRANSLATED_TEXT,
)
@router.put(  # as `curl -T` does
    "/translate",
    response_class=Response,
    openapi_extra=PUT_BODY | {"parameters": schema.PAIR},
    responses=TRANSLATED_TEXT,
)
async def translate(
    request: Request,
    translations: TranslationsDep,
    following: FollowingDep,
    texts: BatchTranslatorDep,
    settings: SettingsDep,
) -> Response:
    """Translate a text; the answer has the form of the question.

    text/plain (also without any type) streams in and out. JSON `{"text", "source"?,
    "target"?}` gives JSON. A form gives HTML. With a `q`, wherever it stands, it is a question for
    LibreTranslate.
    """
    if "q" in request.query_params:
        sent = await parameters.of_request(request, settings.max_json_bytes)
        return await libretranslate.translate(request, sent, texts)
    kind = body.media_type(request)
    if kind == body.PLAIN:
        return await translate_plain(request, translations, following, _own(request))
    if kind == body.JSON:
        json = await body.json_object(request, settings.max_json_bytes)
        if _is_theirs(json.keys()):
            return await libretranslate.translate(request, parameters.of_json(json), texts)
        wanted = api_request_of({**request.query_params, **json}, _own(request))
        return await translate_json(
            request, json, translations, following, wanted, settings.wait_seconds
        )
    if kind in {body.FORM, body.MULTIPART}:
        return await _form(request, texts, settings.max_json_bytes)
    raise UnsupportedError(
        f"The body's type {kind[:60]!r} is not understood: send text/plain, application/json or "
        "a form. Nothing was stored."
    )


def _is_theirs(names: AbstractSet[str]) -> bool:
    return "q" in names or bool(THEIRS & names and not OURS & names)


def _own(request: Request) -> Caller:
    """The caller of what is no question for LibreTranslate.

    Raises ForbiddenError for a page of another site, which may ask nothing else (see
    web/access/cross_site.py), UnauthenticatedError, RateError.
    """
    if from_elsewhere(request.headers):
        raise ForbiddenError(REFUSED)
    return authenticate(request)


async def _form(request: Request, texts: BatchTranslator, most_bytes: int) -> Response:
    if body.media_type(request) == body.MULTIPART:
        form = Multipart(request)
        await form.start()
        if form.text_from != "q":
            caller = _own(request)
            if form.text_from == "file" and is_document(form.file_name):
                sent = await rest_of(form)
                return await document_page.translate_document(request, sent, caller)
            text = form.text(page.LANGUAGE_FIELDS)
            return await page.translate_form(request, form.fields, text, caller)
        q = "".join([part async for part in body.at_most(form.text(), most_bytes)])
        pairs = [*form.pairs, ("q", q)]
    else:
        pairs = await body.pairs(request, page.MOST_FORM_BYTES)
        if not _is_theirs(dict(pairs).keys()):
            own = body.once(pairs)
            caller = _own(request)
            whole = check(own.get("text", "")).replace("\r\n", "\n")
            return await page.translate_form(request, own, _once(whole), caller)
    asked = parameters.of_pairs(pairs, request.query_params.multi_items())
    return await libretranslate.translate(request, asked, texts)


async def _once(text: str) -> AsyncIterator[str]:
    yield text


async def error_response(request: Request, error: UserError) -> Response:
    """An error in the form that the client asked in: HTML, JSON or plain text."""
    response: Response
    if request.url.path.startswith(PATHS):
        response = deepl.error_response(error)
    elif libretranslate.asked(request):
        response = JSONResponse({"error": error.message}, status_code=error.status)
    elif wants_html(request):
        response = await error_page(request, error)
    elif body.media_type(request) == body.PLAIN and request.method in {"POST", "PUT"}:
        response = Response(
            error.message + "\n", error.status, media_type="text/plain; charset=utf-8"
        )
    else:
        message, stored = error.message, getattr(request.state, "stored", None)
        if stored is not None:
            message += f" What arrived before that is kept, and translated: /translations/{stored}."
        response = JSONResponse({"error": message}, status_code=error.status)
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, UnauthenticatedError) and response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wants_html(request: Request) -> bool:
    """Whether a browser asks."""
    return bool(
        request.headers.get("hx-request") or "text/html" in request.headers.get("accept", "")
    )


def _methods(app: FastAPI, request: Request) -> list[str]:
    """What an address knows; Starlette names the methods of one of its routes alone."""
    return [
        method
        for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in app.routes
        )
    ]


def install_errors(app: FastAPI) -> None:
    """One error contract: no stack trace, no echo of what was sent."""

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
        problem = NotFoundError("Not found: there is nothing at this address.")
        if error.status_code != problem.status:
            problem.message = str(error.detail)
            problem.status = error.status_code
        response = await error_response(request, problem)
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(_methods(app, request))
        return response

    @app.exception_handler(Exception)
    async def unexpected(request: Request, _error: Exception) -> Response:
        # The server logs where it came from, without values.
        identity = request_id.get()
        problem = UserError(
            f"Something went wrong on our side. Try again; if it stays, the log says more at "
            f"request id {identity}."
        )
        problem.status = 500
        response = await error_response(request, problem)
        # This one is answered outside of all middleware, which would have added them.
        response.headers[HEADER] = identity
        response.headers.update(HEADERS)
        return response
