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

from web import __version__
from web.access.authentication import caller_of
from web.access.keys import Caller
from web.dependencies import DocumentsDep, TranslationsDep
from web.errors import (
    BudgetSpentError,
    NotAllowedError,
    RateError,
    StoreAwayError,
    TranslatorAwayError,
    UserError,
)
from web.formats.inline import bare
from web.formats.registry import KINDS
from web.history.search import Found
from web.history.store import Filters, HistoryStore
from web.http.ids import number_of
from web.i18n.templates import Pages
from web.pages.history_filters import STATUSES, filters_of, query_of
from web.pages.progress import Pace
from web.pages.submitted_text import Kept
from web.text.languages import DEFAULT_PAIR
from web.text.passages import LIMIT
from web.translation.request import Order
from web.translation.service import Short, Translations, target_of
from web.translation.store import Translation
from web.translator_client.client import Model, TranslatorClient

# What the page asks while its user types: a problem is said in the translation's place.
LIVE = {"/live", "/alternatives"}

router = APIRouter(default_response_class=HTMLResponse)
pages = Pages(Path(__file__).parent / "templates")
for environment in pages.environments:
    environment.globals |= {"version": __version__, "limit": LIMIT, "kinds": list(KINDS)}
    environment.filters |= {"bare": bare, "target_of": target_of}

# Passages on one page of a long translation.
SHOWN = 50
# A form that is not multipart is read as a whole.
MOST_FORM_BYTES = 16_000_000


@router.get("/")
async def index(request: Request) -> Response:
    """The empty form over the history, or over what of it the address asks for."""
    return await render(request, filters=filters_of(request.query_params))


@router.get("/translations/{translation_id:id}")
async def show(
    translation_id: int,
    request: Request,
    translations: TranslationsDep,
    documents: DocumentsDep,
    start: Annotated[int, Query(alias="from", ge=0)] = 0,
) -> Response:
    """One translation: beside its text when it is short, passage by passage when it is long."""
    translation = await translations.get(translation_id)
    passages = await translations.part(translation_id, start, SHOWN)
    kept = await documents.kept(translation_id)
    if translation.status == "done" and translation.passages == 1 and passages and not kept:
        return await render(
            request,
            translation=translation,
            text=passages[0].source,
            target=passages[0].sentences,
        )
    return await render(
        request,
        translation=translation,
        long=True,
        failed=await translations.failed(translation_id) if translation.ended else 0,
        passages=passages,
        start=start,
        end=start + SHOWN,
        document=kept,
    )


async def _exists(translation_id: int, translations: TranslationsDep) -> None:
    """Raises NotFoundError before the answer has begun."""
    await translations.get(translation_id)


@router.get(
    "/translations/{translation_id:id}/events",
    response_class=EventSourceResponse,
    dependencies=[Depends(_exists)],
)
async def events(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    translation_id: int,
    translations: TranslationsDep,
    documents: DocumentsDep,
    start: Annotated[int, Query(alias="from", ge=0)] = 0,
    end: int = SHOWN,
    last_event_id: Annotated[str, Header()] = "",
) -> AsyncIterator[ServerSentEvent]:
    """The passages from number `from` (or the last event's id) on, as they are done, as HTML.

    The passage with number `end` is on the next page; the progress goes on to the end of all.
    """
    seq = start if (last := number_of(last_event_id)) is None else last
    pace = Pace()
    template = pages.now.get_template("progress.html")
    kept = await documents.kept(translation_id)
    following = translations.follow(translation_id, seq, least_seconds=1.0)
    async with aclosing(following):
        async for translation, passages in following:
            seq += len(passages)
            html = template.render(
                translation=translation,
                pace=pace.of(translation),
                failed=await translations.failed(translation_id) if translation.ended else 0,
                passages=[passage for passage in passages if passage.seq < end],
                document=kept,
            )
            yield ServerSentEvent(raw_data=html, id=str(seq))
    yield ServerSentEvent(raw_data="", event="done")


@router.post("/translations/{translation_id:id}/cancel")
async def cancel(translation_id: int, translations: TranslationsDep) -> Response:
    """Stop a translation; what is translated stays."""
    await translations.get(translation_id)
    await translations.cancel(translation_id)
    return RedirectResponse(f"/translations/{translation_id}", 303)


@router.post("/translations/{translation_id:id}/retry")
async def retry(translation_id: int, translations: TranslationsDep) -> Response:
    """Try the passages again that could not be translated."""
    await translations.get(translation_id)
    await translations.retry(translation_id)
    return RedirectResponse(f"/translations/{translation_id}", 303)


@router.get("/translations/{translation_id:id}.txt")
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


async def translate_form(
    request: Request, fields: dict[str, str], parts: AsyncIterator[str], caller: Caller
) -> Response:
    """Translate what a form holds, and show it at its own address."""
    kept = request.state.kept = Kept()
    order = order_of(fields, caller)
    request.state.pair = order.source, order.target
    translations: Translations = request.app.state.translations
    try:
        answer = await translations.translate(kept.passing(parts), order)
    except UserError:
        await kept.rest(parts)
        raise
    if isinstance(answer, Short) and answer.id is None:
        response = await render(
            request, text=answer.source, target=answer.sentences, unstored=answer
        )
        response.headers["HX-Push-Url"] = "false"  # it has no address
        return response
    if not isinstance(answer, Short):
        request.state.stored = answer.id
        await answer.received
    return RedirectResponse(f"/translations/{answer.id}", 303)


async def error_page(request: Request, error: UserError) -> Response:
    """The page with the error on it, and the text that was sent still in the text area.

    Who was not let in, or asks too often, gets the error alone: no history, and little work.
    """
    if request.url.path in LIVE:
        return fragment("problem.html", error.status, error=error.message)
    too_often = isinstance(error, RateError) and not isinstance(error, BudgetSpentError)
    if caller_of(request) is None or too_often:
        return small_page(
            request,
            "refused.html",
            error.status,
            error=error.message,
            log_in=isinstance(error, NotAllowedError),
        )
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


LANGUAGE_FIELDS = ("pair", "source", "target")


def order_of(fields: dict[str, str], caller: Caller) -> Order:
    """The languages as the page's own form names them (`pair`), or one by one."""
    source, _, target = fields.get("pair", "").partition(" ")
    return Order(
        "page",
        source or fields.get("source") or "de",
        target or fields.get("target") or "en",
        caller=caller,
    )


def fragment(template: str, status: int = 200, **values: Any) -> Response:
    """A part of a page."""
    return HTMLResponse(pages.now.get_template(template).render(values), status)


def small_page(
    request: Request, template: str, status: int = 200, **values: str | bool
) -> Response:
    """A page without anybody's texts."""
    response = pages.now.TemplateResponse(request, template, values, status_code=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


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
    response = pages.now.TemplateResponse(
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
            "caller": caller_of(request),
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
