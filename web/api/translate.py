"""The public API: `POST /translate` by the body's type, and what a client can ask afterwards."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from collections.abc import Set as AbstractSet
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Send

from web.access.authentication import admitted
from web.access.cross_site import REFUSED, from_elsewhere
from web.access.keys import Caller
from web.api import schema as api_schema
from web.compat import deepl, libretranslate
from web.compat import parameters as fields
from web.dependencies import SettingsDep, StoreDep, TextsDep, TranslationsDep, TranslatorDep
from web.errors import (
    BadTextError,
    BudgetSpentError,
    ForbiddenError,
    NotAllowedError,
    StoreAwayError,
    UnsupportedError,
    UserError,
)
from web.formats.registry import is_document
from web.http import body
from web.http.uploads import rest_of
from web.pages import documents as document_page
from web.pages import translations as page
from web.text.languages import DEFAULT_PAIR
from web.translation.batch import Texts
from web.translation.request import Order
from web.translation.service import Long, Short, Translations, target_of
from web.translation.store import Translation

# A question with one of the first and none of the second is one for LibreTranslate.
THEIRS = {"source", "target", "format", "alternatives", "api_key"}
OURS = {"text", "text_de", "pair"}
LANGUAGE_CODE = re.compile("[A-Za-z][A-Za-z_-]{1,15}")

log = logging.getLogger(__name__)
router = APIRouter()


@router.post(
    "/translate",
    response_class=Response,
    openapi_extra=api_schema.BODY | {"parameters": api_schema.PAIR},
    responses=api_schema.TRANSLATED_TEXT,
)
@router.put(  # as `curl -T` does
    "/translate",
    response_class=Response,
    openapi_extra=api_schema.PUT_BODY | {"parameters": api_schema.PAIR},
    responses=api_schema.TRANSLATED_TEXT,
)
async def translate(
    request: Request, translations: TranslationsDep, texts: TextsDep, settings: SettingsDep
) -> Response:
    """Translate a text; the answer has the form of the question.

    text/plain (also without any type) streams in and out. JSON `{"text", "source"?,
    "target"?}` gives JSON. A form gives HTML. With a `q`, wherever it stands, it is a question for
    LibreTranslate.
    """
    if "q" in request.query_params:
        sent = await fields.of_request(request, settings.max_json_bytes)
        return await libretranslate.translate(request, sent, texts)
    kind = body.media_type(request)
    if kind == body.PLAIN:
        return await _plain(request, translations, _own(request))
    if kind == body.JSON:
        json = await body.json_object(request, settings.max_json_bytes)
        if _is_theirs(json.keys()):
            return await libretranslate.translate(request, fields.of_json(json), texts)
        order = _order({**request.query_params, **json}, _own(request))
        return await _json(request, json, translations, order, settings.wait_seconds)
    if kind in {body.FORM, body.MULTIPART}:
        return await _form(request, texts, settings.max_json_bytes)
    raise UnsupportedError(
        f"The body's type {kind[:60]!r} is not understood: send text/plain, application/json or "
        "a form. Nothing was stored."
    )


@router.get("/translations/{translation_id}.json", responses=api_schema.TRANSLATION)
async def translation_json(
    translation_id: int, request: Request, translations: TranslationsDep, settings: SettingsDep
) -> dict[str, Any]:
    """One translation with its state; `text` holds the source where no translation is yet.

    `Prefer: wait=60` waits up to so many seconds for its end.
    """
    await translations.get(translation_id)
    waits = _wait(request, default=0, most=settings.wait_seconds)
    return await _whole(await translations.wait(translation_id, waits), translations)


@router.get("/health", responses=api_schema.HEALTH)
async def health(
    store: StoreDep, translator: TranslatorDep, translations: TranslationsDep
) -> JSONResponse:
    """200 while the page works, and what of that which it needs is away.

    Without the database it translates and does not store; without the translator it keeps
    long texts and translates them later; without both it can do nothing, and says 503.
    """
    healthy, stored, unstored = await asyncio.gather(
        translator.healthy(), _answers(store.ping()), translations.unstored()
    )
    state: dict[str, str | int] = {"status": "ok"}
    if not (healthy and stored):
        state["status"] = "degraded" if healthy or stored else "failing"
        state |= {"translator": "ok" if healthy else "away", "database": "ok" if stored else "away"}
    if unstored:
        state["unstored"] = unstored
    return JSONResponse(state, status_code=200 if healthy or stored else 503)


async def _answers(question: Any) -> bool:
    try:
        await question
    except StoreAwayError:
        return False
    return True


def _is_theirs(names: AbstractSet[str]) -> bool:
    return "q" in names or bool(THEIRS & names and not OURS & names)


def _own(request: Request) -> Caller:
    """The caller of what is no question for LibreTranslate.

    Raises ForbiddenError for a page of another site, which may ask nothing else (see
    web/access/cross_site.py), NotAllowedError, RateError.
    """
    if from_elsewhere(request.headers):
        raise ForbiddenError(REFUSED)
    return admitted(request)


async def _plain(request: Request, translations: Translations, caller: Caller) -> Response:
    order = _order(dict(request.query_params), caller)
    answer = await translations.translate(body.plain_text(request), order)
    if isinstance(answer, Short):
        return Response(answer.text, media_type="text/plain; charset=utf-8", headers=_where(answer))
    return DuplexResponse(_targets(translations, answer), answer.received, headers=_where(answer))


async def _targets(translations: Translations, answer: Long) -> AsyncIterator[str]:
    async for part in translations.targets(answer):
        yield part
    # An upload that broke off ends the answer with an error, not as if it were whole.
    await answer.received


class DuplexResponse(StreamingResponse):
    """Streams text out while the same request's body still streams in."""

    media_type = "text/plain"

    def __init__(
        self, content: AsyncIterator[str], upload: asyncio.Task[None], headers: dict[str, str]
    ) -> None:
        super().__init__(content, headers=headers)
        self._upload = upload

    async def stream_response(self, send: Send) -> None:
        """Break the connection off when the text cannot be completed, so that it shows."""
        try:
            await super().stream_response(send)
        except (UserError, ClientDisconnect) as error:
            log.warning("an answer was broken off: %s", type(error).__name__)
            if isinstance(error, BudgetSpentError):  # the one cause that the client cannot see
                last = f"\n[{error.message}]\n".encode()
                await send({"type": "http.response.body", "body": last, "more_body": True})

    async def listen_for_disconnect(self, receive: Receive) -> None:
        """Wait for the upload first: until then the messages are the body's."""
        await asyncio.wait({self._upload})
        await super().listen_for_disconnect(receive)


async def _form(request: Request, texts: Texts, most_bytes: int) -> Response:
    if body.media_type(request) == body.MULTIPART:
        form = body.Multipart(request)
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
            whole = body.check(own.get("text", "")).replace("\r\n", "\n")
            return await page.translate_form(request, own, _once(whole), caller)
    asked = fields.of_pairs(pairs, request.query_params.multi_items())
    return await libretranslate.translate(request, asked, texts)


async def _json(
    request: Request,
    sent: dict[str, Any],
    translations: Translations,
    order: Order,
    wait_seconds: float,
) -> Response:
    old = "text" not in sent and "text_de" in sent
    text = sent.get("text_de" if old else "text")
    if not isinstance(text, str):
        raise BadTextError(
            'The field "text" is missing or is not a string: send {"text": "Guten Tag!"}. '
            "Nothing was stored."
        )
    answer = await translations.translate(body.check(text), order)
    if isinstance(answer, Short):
        if old:
            return JSONResponse({"text_en": answer.text}, headers=_where(answer))
        return JSONResponse(
            {
                "text": answer.text,
                "model": answer.model,
                "id": answer.id,
                "stored": answer.id is not None,
                **({"kept": answer.kept} if answer.id is None else {}),
            },
            headers=_where(answer),
        )
    request.state.stored = answer.id
    await answer.received
    waits = _wait(request, default=wait_seconds, most=wait_seconds)
    translation = await translations.wait(answer.id, waits)
    whole = await _whole(translation, translations)
    if not translation.ended:
        whole["message"] = (
            "The text is stored and being translated; nothing is lost. Ask for this address again."
        )
        return JSONResponse(whole, status_code=202, headers=_where(answer))
    if old:
        return JSONResponse({"text_en": whole["text"]}, headers=_where(answer))
    return JSONResponse(whole, headers=_where(answer))


def _wait(request: Request, default: float, most: float) -> float:
    """How long the client wants to wait, in seconds, by the header Prefer (RFC 7240)."""
    preferences = [each.strip() for each in request.headers.get("prefer", "").split(",")]
    for preference in preferences:
        name, _, value = preference.partition("=")
        if name == "wait" and value.isdecimal():
            return min(float(value), most)
    return 0 if "respond-async" in preferences else default


async def _whole(translation: Translation, translations: Translations) -> dict[str, Any]:
    texts = [target_of(passage) async for passage in translations.texts(translation.id)]
    return {
        "text": "".join(texts),
        "model": translation.model,
        "id": translation.id,
        "stored": True,
        "status": translation.status,
        "passages": translation.passages,
        "passages_done": translation.passages_done,
    }


def _where(answer: Short | Long) -> dict[str, str]:
    """The address of the stored translation, or that there is none."""
    if answer.id is None:
        return {"Warning": '199 - "translated; the database is away"'}
    return {"Content-Location": f"/translations/{answer.id}"}


def _order(sent: dict[str, Any], caller: Caller) -> Order:
    """The languages that are named, or the usual ones. Raises BadTextError."""
    named = [sent.get(each) for each in ("source", "target")]
    pair = [
        usual if code is None else code for code, usual in zip(named, DEFAULT_PAIR, strict=True)
    ]
    if not all(isinstance(code, str) and LANGUAGE_CODE.fullmatch(code) for code in pair):
        raise BadTextError('A language is a code such as "de" or "en". Nothing was stored.')
    return Order("api", pair[0].lower(), pair[1].lower(), caller=caller)


async def _once(text: str) -> AsyncIterator[str]:
    yield text


async def error_response(request: Request, error: UserError) -> Response:
    """An error in the form that the client asked in: HTML, JSON or plain text."""
    response: Response
    if request.url.path.startswith(deepl.PATHS):
        response = deepl.error_response(error)
    elif libretranslate.asked(request):
        response = JSONResponse({"error": error.message}, status_code=error.status)
    elif wants_html(request):
        response = await page.error_page(request, error)
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
    if isinstance(error, NotAllowedError) and response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wants_html(request: Request) -> bool:
    """Whether a browser asks."""
    return bool(
        request.headers.get("hx-request") or "text/html" in request.headers.get("accept", "")
    )
