"""Translations on the page: one template, whole pages only; htmx takes the part that it needs.

A form is answered with a redirect to the translation's own address (or with the page itself
where there is none), so it works alike with and without JavaScript, and every address that the
browser shows can be opened again.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing
from itertools import takewhile
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from web.access.context import context_of
from web.access.keys import Caller
from web.dependencies import (
    CorrectionsDep,
    DocumentsDep,
    DoubtsDep,
    FollowingDep,
    LanguageCheckDep,
    TranslationsDep,
    VersionsDep,
    parts_of,
)
from web.documents.store import StoredDocument
from web.errors import UserError
from web.http.ids import TRANSLATION_ID, number_of
from web.pages.doubts import SHOWN, doubts_of_page, doubts_of_sentences, with_new
from web.pages.history_filters import filters_of
from web.pages.languages import answered, form_request_of
from web.pages.progress import ProgressEstimate
from web.pages.rendering import pages, render
from web.text.submitted_text import MOST_CHARACTERS, SubmittedText
from web.translation.doubt_store import doubts_in
from web.translation.request import with_glossary
from web.translation.results import Finished
from web.translation.store import Translation
from web.translation.version_changes import VersionChanges, VersionComparisons

router = APIRouter(default_response_class=HTMLResponse)
# A form that is not multipart is read as a whole.
MOST_FORM_BYTES = 16_000_000


@router.get("/")
async def index(request: Request) -> Response:
    """The empty form over the history, or over what of it the address asks for."""
    return await render(request, filters=filters_of(request.query_params))


@router.get(f"/translations/{TRANSLATION_ID}")
async def show(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    translation_id: int,
    request: Request,
    following: FollowingDep,
    documents: DocumentsDep,
    language_check: LanguageCheckDep,
    doubts: DoubtsDep,
    corrections: CorrectionsDep,
    versions: VersionsDep,
    start: Annotated[int, Query(alias="from", ge=0)] = 0,
) -> Response:
    """One translation: beside its text when it is short, passage by passage when it is long."""
    translation = await following.get(translation_id)
    passages = await following.part(translation_id, start, SHOWN)
    document = await documents.stored(translation_id)
    if translation.status == "done" and translation.passages == 1 and passages and not document:
        text = passages[0].source
        other = language_check.other(text, translation.source_lang)
        return await render(
            request,
            translation=translation,
            text=text,
            target=passages[0].sentences,
            seems=other and other.language,
            doubts=doubts_of_sentences(passages[0].sentences, listed=True),
            corrections=await corrections.count(translation_id),
        )
    here = takewhile(lambda each: each.status != "open", passages)
    before = None if translation.ended else start + len(list(here))
    return await render(
        request,
        translation=translation,
        streamed=True,
        long=True,
        failed=await following.failed(translation_id) if translation.ended else 0,
        passages=passages,
        start=start,
        end=start + SHOWN,
        document=document,
        notes=await documents.notes(document) if document else [],
        doubts=await doubts_of_page(doubts, translation, start, before=before),
        corrections=await corrections.count(translation_id),
        changes=await _changes(versions, translation, document),
    )


async def _changes(
    versions: VersionComparisons, translation: Translation, document: StoredDocument | None
) -> VersionChanges | None:
    """The changes of a document that is a newer version of another one, once it is done."""
    if document is None or document.version is None or translation.status != "done":
        return None
    return await versions.of(translation.id, document.version.previous)


async def _exists(translation_id: int, following: FollowingDep) -> None:
    """Raises NotFoundError before the answer has begun."""
    await following.get(translation_id)


@router.get(
    f"/translations/{TRANSLATION_ID}/events",
    response_class=EventSourceResponse,
    dependencies=[Depends(_exists)],
)
async def events(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    translation_id: int,
    following: FollowingDep,
    documents: DocumentsDep,
    doubts: DoubtsDep,
    versions: VersionsDep,
    start: Annotated[int, Query(alias="from", ge=0)] = 0,
    end: int = SHOWN,
    last_event_id: Annotated[str, Header()] = "",
) -> AsyncIterator[ServerSentEvent]:
    """The passages from number `from` (or the last event's id) on, as they are done, as HTML.

    The passage with number `end` is on the next page; the progress goes on to the end of all.
    """
    seq = start if (last := number_of(last_event_id)) is None else last
    pace = ProgressEstimate()
    template = pages.now.get_template("progress.html")
    document = await documents.stored(translation_id)
    translation = await following.get(translation_id)
    first = max(0, end - SHOWN)
    shown = await doubts_of_page(doubts, translation, first, before=seq)
    states = following.follow(translation_id, seq, least_seconds=1.0)
    async with aclosing(states):
        async for translation, passages in states:
            seq += len(passages)
            before = shown
            if new := doubts_in(passages):
                shown = with_new(shown, new, end)
            if translation.ended and seq >= translation.passages:
                shown = await doubts_of_page(doubts, translation, first)
            html = template.render(
                translation=translation,
                pace=pace.of(translation),
                failed=await following.failed(translation_id) if translation.ended else 0,
                passages=[passage for passage in passages if passage.seq < end],
                document=document,
                notes=await documents.notes(document) if document and translation.ended else [],
                doubts=shown if shown != before else None,
                changes=await _changes(versions, translation, document),
                late=True,
            )
            yield ServerSentEvent(raw_data=html, id=str(seq))
    yield ServerSentEvent(raw_data="", event="done")


@router.post(f"/translations/{TRANSLATION_ID}/cancel")
async def cancel(
    translation_id: int, translations: TranslationsDep, following: FollowingDep
) -> Response:
    """Stop a translation; what is translated stays."""
    await following.get(translation_id)
    await translations.cancel(translation_id)
    return RedirectResponse(f"/translations/{translation_id}", 303)


@router.post(f"/translations/{TRANSLATION_ID}/retry")
async def retry(
    translation_id: int, translations: TranslationsDep, following: FollowingDep
) -> Response:
    """Try the passages again that could not be translated."""
    await following.get(translation_id)
    await translations.retry(translation_id)
    return RedirectResponse(f"/translations/{translation_id}", 303)


def _keeps_its_text(request: Request) -> bool:
    """Whether a text that is asked about is still in the text area then, with all that it has.

    htmx leaves it there; without it the answer must hold it, and a character is at least a byte.
    """
    size = number_of(request.headers.get("content-length", ""))
    return "hx-request" in request.headers or (size is not None and size <= MOST_CHARACTERS)


async def translate_form(
    request: Request, fields: dict[str, str], text: AsyncIterator[str], caller: Caller
) -> Response:
    """Translate what a form holds, and show it at its own address."""
    context, parts = context_of(request), parts_of(request)
    submitted = context.submitted = SubmittedText()
    fields = answered(fields, request)
    wanted = form_request_of(fields, caller, parts.settings.quality)
    context.wanted = wanted.source, wanted.target, wanted.quality
    context.glossary = fields.get("glossary")
    try:
        wanted = await with_glossary(wanted, context.glossary, parts.glossaries)
        sent = submitted.passing(text)
        if _keeps_its_text(request):
            sent = parts.language_check.checked(sent, wanted, fields.get("seems", ""))
        answer = await parts.translations.translate(sent, wanted)
    except UserError:
        await submitted.rest(text)
        raise
    if isinstance(answer, Finished) and answer.id is None:
        response = await render(
            request,
            text=answer.source,
            target=answer.sentences,
            unstored=answer,
            glossary=wanted.glossary,
            doubts=doubts_of_sentences(answer.sentences, listed=True),
        )
        response.headers["HX-Push-Url"] = "false"  # it has no address
        return response
    if not isinstance(answer, Finished):
        context.stored = answer.id
        await answer.received
    return RedirectResponse(f"/translations/{answer.id}", 303)
