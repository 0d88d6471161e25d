"""The page: one template, whole pages only; htmx takes the part of it that it needs.

A form is answered with a redirect to the translation's own address (or with the page itself
where there is none), so it works alike with and without JavaScript, and every address that the
browser shows can be opened again.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from fastapi.templating import Jinja2Templates

from web import __version__, body
from web.deps import TranslationsDep
from web.errors import StoreAwayError, TranslatorAwayError, UserError
from web.filters import STATUSES, filters_of, query_of
from web.history_store import Filters, Found, HistoryStore
from web.pace import Pace
from web.store import Passage, Translation
from web.translations import Order, Short, Translations, target_of
from web.translator_client import Model, TranslatorClient

router = APIRouter(default_response_class=HTMLResponse)
templates = Jinja2Templates(Path(__file__).parent / "templates")
templates.env.globals["version"] = __version__
templates.env.filters["target_of"] = target_of

# Passages on one page of a long translation.
SHOWN = 50
# A text that is kept in the text area when it could not be translated.
MOST_KEPT = 200_000
MOST_FORM_BYTES = 16_000_000


@router.get("/")
async def index(request: Request) -> Response:
    """The empty form over the history, or over what of it the address asks for."""
    return await render(request, filters=filters_of(request.query_params))


@router.get("/translations/{translation_id:int}")
async def show(
    translation_id: int,
    request: Request,
    translations: TranslationsDep,
    start: Annotated[int, Query(alias="from", ge=0)] = 0,
) -> Response:
    """One translation: beside its text when it is short, passage by passage when it is long."""
    translation = await translations.get(translation_id)
    passages = await translations.part(translation_id, start, SHOWN)
    short = translation.passages == 1 and translation.ended
    response = await render(
        request,
        translation=translation,
        failed=await translations.failed(translation_id) if translation.ended else 0,
        passages=passages,
        start=start,
        end=start + SHOWN,
        next_start=_follows(translation, passages),
        text=passages[0].source if short and passages else "",
        target=target_of(passages[0]) if short and passages else None,
    )
    response.headers["HX-Push-Url"] = request.url.path
    return response


@router.get("/translations/{translation_id}/events", response_class=EventSourceResponse)
async def events(
    translation_id: int,
    translations: TranslationsDep,
    start: Annotated[int, Query(alias="from", ge=0)] = 0,
    end: int = SHOWN,
    last_event_id: Annotated[str, Header()] = "",
) -> AsyncIterator[ServerSentEvent]:
    """The passages from number `from` (or the last event's id) on, as they are done, as HTML.

    The passage with number `end` is on the next page; the progress goes on to the end of all.
    """
    seq = int(last_event_id) if last_event_id.isdecimal() else start
    pace = Pace()
    template = templates.get_template("progress.html")
    following = translations.follow(translation_id, seq, least_seconds=1.0)
    async with aclosing(following):
        async for translation, passages in following:
            seq += len(passages)
            html = template.render(
                translation=translation,
                pace=pace.of(translation),
                failed=await translations.failed(translation_id) if translation.ended else 0,
                passages=[passage for passage in passages if passage.seq < end],
            )
            yield ServerSentEvent(raw_data=html, id=str(seq))
    yield ServerSentEvent(raw_data="", event="done")


@router.post("/translations/{translation_id}/cancel")
async def cancel(translation_id: int, translations: TranslationsDep) -> Response:
    """Stop a translation; what is translated stays."""
    await translations.cancel(translation_id)
    return RedirectResponse(f"/translations/{translation_id}", 303)


@router.post("/translations/{translation_id}/retry")
async def retry(translation_id: int, translations: TranslationsDep) -> Response:
    """Try the passages again that could not be translated."""
    await translations.retry(translation_id)
    return RedirectResponse(f"/translations/{translation_id}", 303)


@router.get("/translations/{translation_id}.txt")
async def download(translation_id: int, translations: TranslationsDep) -> Response:
    """The translation as a text file; what is not translated yet stands there as its source."""
    await translations.get(translation_id)

    async def parts() -> AsyncIterator[str]:
        async for passage in translations.texts(translation_id):
            yield target_of(passage)

    name = f"translation-{translation_id}.txt"
    return StreamingResponse(
        parts(),
        media_type="text/plain",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def translate_form(request: Request) -> Response:
    """Translate what a form holds, and show it at its own address."""
    kept: list[str] = []
    request.state.kept = kept
    if body.media_type(request) == body.MULTIPART:
        form = body.Multipart(request)
        await form.start()
        fields, parts = form.fields, form.text()
    else:
        fields = await body.urlencoded(request, MOST_FORM_BYTES)
        parts = _once(body.check(fields.get("text", "")).replace("\r\n", "\n"))
    translations: Translations = request.app.state.translations
    answer = await translations.translate(
        _keeping(parts, kept),
        Order("page", fields.get("source") or "de", fields.get("target") or "en"),
    )
    if isinstance(answer, Short) and answer.id is None:
        return await render(request, text=answer.source, target=answer.text, unstored=answer)
    if not isinstance(answer, Short):
        await answer.received
    return RedirectResponse(f"/translations/{answer.id}", 303)


async def error_page(request: Request, error: UserError) -> Response:
    """The page with the error on it, and the text that was sent still in the text area."""
    text = "".join(getattr(request.state, "kept", []))
    return await render(request, text=text, error=error.message, status=error.status)


async def render(
    request: Request,
    template: str = "page.html",
    *,
    filters: Filters | None = None,
    status: int = 200,
    **values: Any,
) -> Response:
    """The page with the history below."""
    translations: Translations = request.app.state.translations
    history: HistoryStore = request.app.state.history
    filters = filters or Filters()
    found: list[Found] = []
    away, older = False, None
    try:
        found, older = await history.page(filters)
    except StoreAwayError:
        away = True
    return templates.TemplateResponse(
        request,
        template,
        {
            "models": await _models(request.app.state.translator),
            "history": found,
            "history_away": away,
            "filters": filters,
            "statuses": STATUSES,
            "back": query_of(filters, filters.before),
            "older": older and f"/?{query_of(filters, before=older)}",
            "waiting": await translations.unstored(),
            **values,
        },
        status_code=status,
    )


async def _models(translator: TranslatorClient) -> list[Model]:
    with suppress(TranslatorAwayError):
        return await translator.models()
    return []


def _follows(translation: Translation, passages: list[Passage]) -> int | None:
    """The number of the passage that the next page starts with, if there is a next page."""
    following = passages[-1].seq + 1 if passages else 0
    return following if passages and following < translation.passages else None


async def _keeping(parts: AsyncIterator[str], kept: list[str]) -> AsyncIterator[str]:
    """The parts, of which the first ones are kept in case of an error."""
    size = 0
    async for part in parts:
        if size < MOST_KEPT:
            kept.append(part[: MOST_KEPT - size])
            size += len(part)
        yield part


async def _once(text: str) -> AsyncIterator[str]:
    yield text
