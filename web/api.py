"""The public API: `POST /translate` by the body's type, and what a client can ask afterwards."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Send

from web import body, page
from web.deps import SettingsDep, StoreDep, TranslationsDep, TranslatorDep
from web.errors import BadTextError, StoreAwayError, UnsupportedError, UserError
from web.languages import DEFAULT_PAIR
from web.store import Translation
from web.translations import Long, Order, Short, Translations, target_of

log = logging.getLogger(__name__)
router = APIRouter()


@router.post("/translate")
@router.put("/translate", include_in_schema=False)  # `curl -T` puts
async def translate(
    request: Request, translations: TranslationsDep, settings: SettingsDep
) -> Response:
    """Translate a text; the answer has the form of the question.

    text/plain (also without any type) streams in and out. JSON `{"text", "source"?,
    "target"?}` gives JSON. A form gives HTML.
    """
    kind = body.media_type(request)
    if kind == body.PLAIN:
        return await _plain(request, translations)
    if kind == body.JSON:
        return await _json(request, translations, settings.max_json_bytes, settings.wait_seconds)
    if kind in {body.FORM, body.MULTIPART}:
        return await page.translate_form(request)
    raise UnsupportedError(
        f"The body's type {kind[:60]!r} is not understood: send text/plain, application/json or "
        "a form. Nothing was stored."
    )


@router.get("/translations/{translation_id}.json")
async def translation_json(
    translation_id: int, request: Request, translations: TranslationsDep, settings: SettingsDep
) -> dict[str, Any]:
    """One translation with its state; `text` holds the source where no translation is yet.

    `Prefer: wait=60` waits up to so many seconds for its end.
    """
    await translations.get(translation_id)
    waits = _wait(request, default=0, most=settings.wait_seconds)
    return await _whole(await translations.wait(translation_id, waits), translations)


@router.get("/health")
async def health(
    store: StoreDep, translator: TranslatorDep, translations: TranslationsDep
) -> JSONResponse:
    """200 while the page works, with the state of what it needs.

    Without the database it translates and does not store; without the translator it keeps
    long texts and translates them later; without both it can do nothing, and says 503.
    """
    healthy, stored = await asyncio.gather(translator.healthy(), _answers(store.ping()))
    state = {True: "ok", False: "away"}
    return JSONResponse(
        {
            "status": "ok"
            if healthy and stored
            else "failing"
            if not (healthy or stored)
            else "degraded",
            "translator": state[healthy],
            "database": state[stored],
            "unstored": await translations.unstored(),
        },
        status_code=200 if healthy or stored else 503,
    )


async def _answers(question: Any) -> bool:
    try:
        await question
    except StoreAwayError:
        return False
    return True


async def _plain(request: Request, translations: Translations) -> Response:
    order = Order(
        "api", *_pair(request.query_params.get("source"), request.query_params.get("target"))
    )
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

    async def listen_for_disconnect(self, receive: Receive) -> None:
        """Wait for the upload first: until then the messages are the body's."""
        await asyncio.wait({self._upload})
        await super().listen_for_disconnect(receive)


async def _json(
    request: Request, translations: Translations, most_bytes: int, wait_seconds: float
) -> Response:
    fields = await body.json_object(request, most_bytes)
    old = "text" not in fields and "text_de" in fields
    text = fields.get("text_de" if old else "text")
    if not isinstance(text, str):
        raise BadTextError(
            'The field "text" is missing or is not a string: send {"text": "Guten Tag!"}. '
            "Nothing was stored."
        )
    order = Order("api", *_pair(fields.get("source"), fields.get("target")))
    answer = await translations.translate(_once(body.check(text)), order)
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


def _pair(source: object, target: object) -> tuple[str, str]:
    pair = (
        DEFAULT_PAIR[0] if source is None else source,
        DEFAULT_PAIR[1] if target is None else target,
    )
    for code in pair:
        if not isinstance(code, str) or not code.isascii() or not 1 < len(code) <= 16:  # noqa: PLR2004
            raise BadTextError('A language is a code such as "de" or "en". Nothing was stored.')
    return str(pair[0]).lower(), str(pair[1]).lower()


async def _once(text: str) -> AsyncIterator[str]:
    yield text


async def error_response(request: Request, error: UserError) -> Response:
    """An error in the form that the client asked in: HTML, JSON or plain text."""
    if request.headers.get("hx-request") or "text/html" in request.headers.get("accept", ""):
        response = await page.error_page(request, error)
    elif body.media_type(request) == body.PLAIN and request.method in {"POST", "PUT"}:
        response = Response(
            error.message + "\n", error.status, media_type="text/plain; charset=utf-8"
        )
    else:
        response = JSONResponse({"error": error.message}, status_code=error.status)
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response
