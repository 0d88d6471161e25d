"""The page: one template, whole pages only; htmx takes the part of it that it needs.

A form is answered with a redirect to the translation's own address (or with the page itself
where there is none), so it works alike with and without JavaScript, and every address that the
browser shows can be opened again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from fastapi.templating import Jinja2Templates

from web import __version__, body
from web.deps import TranslationsDep
from web.errors import StoreAwayError, TranslatorAwayError, UserError
from web.filters import STATUSES, filters_of, query_of
from web.history_store import Filters, HistoryStore
from web.kept import Kept
from web.languages import DEFAULT_PAIR, language_name
from web.pace import Pace
from web.search import Found
from web.store import Translation
from web.translations import Order, Short, Translations, target_of
from web.translator_client import Model, TranslatorClient

router = APIRouter(default_response_class=HTMLResponse)
templates = Jinja2Templates(Path(__file__).parent / "templates")
templates.env.trim_blocks = templates.env.lstrip_blocks = True
templates.env.globals["version"] = __version__
templates.env.filters["target_of"] = target_of
templates.env.filters["language_name"] = language_name

# Passages on one page of a long translation.
SHOWN = 50
# A form that is not multipart is read as a whole.
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
    if translation.status == "done" and translation.passages == 1 and passages:
        return await render(
            request,
            translation=translation,
            text=passages[0].source,
            target=target_of(passages[0]),
        )
    return await render(
        request,
        translation=translation,
        long=True,
        failed=await translations.failed(translation_id) if translation.ended else 0,
        passages=passages,
        start=start,
        end=start + SHOWN,
    )


async def _exists(translation_id: int, translations: TranslationsDep) -> None:
    """Raises NotFoundError before the answer has begun."""
    await translations.get(translation_id)


@router.get(
    "/translations/{translation_id:int}/events",
    response_class=EventSourceResponse,
    dependencies=[Depends(_exists)],
)
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


@router.post("/translations/{translation_id:int}/cancel")
async def cancel(translation_id: int, translations: TranslationsDep) -> Response:
    """Stop a translation; what is translated stays."""
    await translations.get(translation_id)
    await translations.cancel(translation_id)
    return RedirectResponse(f"/translations/{translation_id}", 303)


@router.post("/translations/{translation_id:int}/retry")
async def retry(translation_id: int, translations: TranslationsDep) -> Response:
    """Try the passages again that could not be translated."""
    await translations.get(translation_id)
    await translations.retry(translation_id)
    return RedirectResponse(f"/translations/{translation_id}", 303)


@router.get("/translations/{translation_id:int}.txt")
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
    kept = request.state.kept = Kept()
    if body.media_type(request) == body.MULTIPART:
        form = body.Multipart(request)
        await form.start()
        fields, parts = form.fields, form.text()
    else:
        fields = await body.urlencoded(request, MOST_FORM_BYTES)
        parts = _once(body.check(fields.get("text", "")).replace("\r\n", "\n"))
    order = _order(fields)
    request.state.pair = order.source, order.target
    translations: Translations = request.app.state.translations
    try:
        answer = await translations.translate(kept.passing(parts), order)
    except UserError:
        await kept.rest(parts)
        raise
    if isinstance(answer, Short) and answer.id is None:
        response = await render(request, text=answer.source, target=answer.text, unstored=answer)
        response.headers["HX-Push-Url"] = "false"  # it has no address
        return response
    if not isinstance(answer, Short):
        request.state.stored = answer.id
        await answer.received
    return RedirectResponse(f"/translations/{answer.id}", 303)


async def error_page(request: Request, error: UserError) -> Response:
    """The page with the error on it, and the text that was sent still in the text area."""
    kept: Kept = getattr(request.state, "kept", Kept())
    return await render(
        request,
        status=error.status,
        error=error.message,
        text=kept.text,
        cut=kept.cut,
        stored=getattr(request.state, "stored", None),
        # Who has just waited for the database in vain does not wait for it again.
        history_away=isinstance(error, StoreAwayError),
    )


def _order(fields: dict[str, str]) -> Order:
    """The languages as the page's own form names them (`pair`), or one by one."""
    source, _, target = fields.get("pair", "").partition(" ")
    return Order(
        "page",
        source or fields.get("source") or "de",
        target or fields.get("target") or "en",
    )


async def render(  # noqa: PLR0913 - what every page has, by name
    request: Request,
    template: str = "page.html",
    *,
    filters: Filters | None = None,
    status: int = 200,
    translation: Translation | None = None,
    history_away: bool = False,
    **values: Any,
) -> Response:
    """The page with the history below."""
    filters = filters or Filters()
    translations: Translations = request.app.state.translations
    models, (history, older), waiting = await asyncio.gather(
        _models(request.app.state.translator),
        _history(request.app.state.history, filters, away=history_away),
        translations.unstored(),
    )
    pairs = list(dict.fromkeys((model.source, model.target) for model in models))
    pair = DEFAULT_PAIR if DEFAULT_PAIR in pairs or not pairs else pairs[0]
    if translation:
        pair = translation.source_lang, translation.target_lang
    response = templates.TemplateResponse(
        request,
        template,
        {
            "translation": translation,
            "models": models,
            "pairs": pairs,
            "pair": getattr(request.state, "pair", pair),
            "history": history,
            "filters": filters,
            "statuses": STATUSES,
            "back": query_of(filters, filters.before),
            "older": older and f"/?{query_of(filters, before=older)}",
            "waiting": waiting,
            **values,
        },
        status_code=status,
    )
    # The browser asks again, also when the user goes back: the history may have grown.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


async def _models(translator: TranslatorClient) -> list[Model]:
    with suppress(TranslatorAwayError):
        return await translator.models()
    return []


async def _history(
    history: HistoryStore, filters: Filters, *, away: bool
) -> tuple[list[Found] | None, int | None]:
    """A page of the history (None: it cannot be reached) and where the next one begins."""
    if not away:
        with suppress(StoreAwayError):
            return await history.page(filters)
    return None, None


async def _once(text: str) -> AsyncIterator[str]:
    yield text
