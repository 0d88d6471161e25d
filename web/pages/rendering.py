"""Rendering: the page with the history below, parts of it, and its errors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from web import __version__
from web.access.context import context_of
from web.access.policy import Interface
from web.dependencies import parts_of
from web.errors import (
    BudgetSpentError,
    RateError,
    StoreUnavailableError,
    TranslatorUnavailableError,
    UnauthenticatedError,
    UserError,
)
from web.formats.inline import bare
from web.formats.registry import KINDS, kind_of
from web.glossary.service import Glossaries
from web.glossary.terms import Glossary, GlossaryVersion
from web.history.search import Found
from web.history.store import Filters, HistoryStore
from web.http.static_files import StaticFiles
from web.i18n.templates import Pages
from web.pages.doubts import SHOWN
from web.pages.glossary_choice import GlossaryChoice, chosen_for
from web.pages.history_filters import STATUSES, query_of
from web.text.languages import DEFAULT_PAIR
from web.text.passages import LIMIT
from web.text.submitted_text import SubmittedText
from web.translation.following import target_of
from web.translation.language_check import WrongLanguageError
from web.translation.store import Translation
from web.translator_client.client import Model, TranslatorClient

# Characters of a page's part that is sent at once.
PART_CHARACTERS = 8_000

static_files = StaticFiles(Path(__file__).parent / "static", "/static")
pages = Pages(Path(__file__).parent / "templates")
for environment in pages.environments:
    environment.globals |= {
        "version": __version__,
        "static": static_files.address,
        "limit": LIMIT,
        "kinds": list(KINDS),
        "shown": SHOWN,
    }
    environment.filters |= {"bare": bare, "kind_of": kind_of, "target_of": target_of}


async def error_page(request: Request, error: UserError) -> Response:
    """The page with the error on it, and the text that was sent still in the text area.

    A caller that was not let in, or asks too often, gets the error alone: no history, little work.
    """
    context = context_of(request)
    wrong = error if isinstance(error, WrongLanguageError) else None
    if wrong and context.interface is Interface.FRAGMENT:
        return fragment("wrong_language.html", wrong.status, wrong=wrong)
    if context.interface is Interface.FRAGMENT:
        return fragment("problem.html", error.status, error=error.wording)
    too_often = isinstance(error, RateError) and not isinstance(error, BudgetSpentError)
    if context.caller is None or too_often:
        return small_page(
            request,
            "refused.html",
            error.status,
            error=error.wording,
            log_in=isinstance(error, UnauthenticatedError),
        )
    submitted = context.submitted or SubmittedText()
    return await render(
        request,
        status=error.status,
        error=None if wrong else error.wording,
        wrong=wrong,
        text=submitted.text,
        cut=submitted.cut,
        stored=context.stored,
        # A user who has just waited for the database in vain does not wait for it again.
        history_away=isinstance(error, StoreUnavailableError),
    )


def fragment(template: str, status: int = 200, **values: Any) -> Response:
    """A part of a page."""
    return HTMLResponse(pages.now.get_template(template).render(values), status)


def small_page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page beside the one page, without its form and its history."""
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
    glossary: GlossaryVersion | None = None,
    streamed: bool = False,
    **values: Any,
) -> Response:
    """The page with the history below; a large one is `streamed`, so that its beginning is there.

    Others are answered meanwhile, too. `glossary` is that of a translation that is not stored.
    """
    filters = filters or Filters()
    parts, context = parts_of(request), context_of(request)
    owner = context.caller.name if context.caller else ""
    models, (history, older), waiting, known = await asyncio.gather(
        _models(parts.translator),
        _history(parts.history, filters, away=history_away),
        parts.translations.unstored(),
        _glossaries(parts.glossaries, owner, away=history_away),
    )
    pairs = list(dict.fromkeys((model.source, model.target) for model in models))
    pair = DEFAULT_PAIR if DEFAULT_PAIR in pairs or not pairs else pairs[0]
    if translation:
        pair = translation.source_lang, translation.target_lang
    usual = parts.settings.quality if translation is None else translation.quality or "best"
    source, target, quality = context.wanted or (*pair, usual)
    made_with = translation.glossary if translation else glossary
    chosen = context.glossary
    choice = GlossaryChoice(known, chosen_for(made_with, known) if chosen is None else chosen)
    context_of_page = {
        "glossaries": choice,
        "glossary": choice.used(made_with),
        "translation": translation,
        "models": models,
        "pairs": pairs,
        "pair": (source, target),
        "quality": quality,
        "history": history,
        "filters": filters,
        "statuses": STATUSES,
        "back": query_of(filters, filters.before),
        "older": older and f"/?{query_of(filters, before=older)}",
        "waiting": waiting,
        "caller": context.caller,
        **values,
    }
    response: Response
    if streamed:
        parts_of_page = _streamed(template, {"request": request, **context_of_page})
        response = StreamingResponse(parts_of_page, status, media_type="text/html")
    else:
        response = pages.now.TemplateResponse(
            request, template, context_of_page, status_code=status
        )
    # The browser asks again, also when the user goes back: the history may have grown.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


async def _streamed(template: str, values: dict[str, Any]) -> AsyncIterator[str]:
    """The page in parts of some size: one for each of its expressions would be thousands."""
    some: list[str] = []
    size = 0
    for piece in pages.now.get_template(template).generate(values):
        some.append(piece)
        size += len(piece)
        if size >= PART_CHARACTERS:
            yield "".join(some)
            some, size = [], 0
            await asyncio.sleep(0)  # the others' turn
    yield "".join(some)


async def _models(translator: TranslatorClient) -> list[Model]:
    with suppress(TranslatorUnavailableError):
        return await translator.models()
    return []


async def _glossaries(glossaries: Glossaries, owner: str, *, away: bool) -> list[Glossary]:
    if not away:
        with suppress(StoreUnavailableError):
            return await glossaries.all(owner)
    return []


async def _history(
    history: HistoryStore, filters: Filters, *, away: bool
) -> tuple[list[Found] | None, int | None]:
    """A page of the history (None: it cannot be reached) and where the next one begins."""
    if not away:
        with suppress(StoreUnavailableError):
            return await history.page(filters)
    return None, None
