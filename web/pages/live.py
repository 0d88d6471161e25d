"""Live translation: requests of the page while its user types, and about single sentences.

`POST /live` translates a short text greedily and stores nothing, until the page says that its user
pauses (`keep`): then in the quality that is chosen. From then on the same translation is changed
with the text (`draft`), so that the history holds one translation of a text, and not its
beginnings.
"""

from contextlib import suppress

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from web.dependencies import (
    CallerDep,
    DraftsDep,
    GlossariesDep,
    LanguageCheckDep,
    MemoryDep,
    TranslatorDep,
    parts_of,
)
from web.errors import BadRequestError, StoreUnavailableError, UserError
from web.glossary.service import Glossaries
from web.glossary.terms import GlossaryVersion, UnknownGlossaryError
from web.http import body
from web.http.disconnect import unless_disconnected
from web.http.ids import number_of
from web.memory.differences import Difference, differences
from web.memory.service import Memory, Suggestion
from web.messages import N_
from web.pages.doubts import doubts_of_sentences
from web.pages.glossary_choice import GlossaryChoice, GlossaryUsed
from web.pages.history_filters import filters_of
from web.pages.languages import form_request_of
from web.pages.rendering import fragment, render
from web.text.passages import LIMIT
from web.text.validation import check
from web.translation.request import TranslationRequest, with_glossary

router = APIRouter(default_response_class=HTMLResponse)

# A text of LIMIT characters, each written as up to twelve.
MOST_FORM_BYTES = 12 * LIMIT + 1000
# Other translations of a sentence that are offered.
ALTERNATIVES = 5


@router.post("/live")
async def live(
    request: Request,
    drafts: DraftsDep,
    caller: CallerDep,
    language_check: LanguageCheckDep,
    glossaries: GlossariesDep,
) -> Response:
    """The translation of a short text, sentence by sentence, for the page to put in its place."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    text = _short(fields.get("text", ""))
    draft = number_of(fields.get("draft", ""))
    wanted = form_request_of(fields, caller, parts_of(request).settings.quality)
    wanted = await with_glossary(wanted, fields.get("glossary"), glossaries)
    await language_check.ensure(text, wanted, fields.get("seems", ""))
    answer = await unless_disconnected(
        request, drafts.translate(text, wanted, draft, store=bool(fields.get("keep")))
    )
    if answer is None:
        return Response(status_code=499)  # nobody reads it
    doubts = doubts_of_sentences(answer.sentences)
    if answer.id is None:
        glossary = await _used(glossaries, caller.name, wanted.glossary)
        return fragment(
            "draft_shown.html", sentences=answer.sentences, doubts=doubts, glossary=glossary
        )
    response = await render(
        request,
        "draft_stored.html",
        filters=filters_of(fields),
        draft=answer.id,
        glossary=wanted.glossary,
        sentences=answer.sentences,
        doubts=doubts,
    )
    response.headers["HX-Replace-Url"] = f"/translations/{answer.id}"
    return response


@router.post("/alternatives")
async def alternatives(
    request: Request,
    translator: TranslatorDep,
    caller: CallerDep,
    glossaries: GlossariesDep,
    memory: MemoryDep,
) -> Response:
    """Other translations of one sentence, and similar sentences of the translation memory."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    wanted = form_request_of(fields, caller, parts_of(request).settings.quality)
    wanted = await with_glossary(wanted, fields.get("glossary"), glossaries)
    source = _short(fields.get("source", ""))
    suggestions = await _suggestions(memory, wanted, source)
    translated = await unless_disconnected(
        request,
        translator.translate(
            source,
            wanted.source,
            wanted.target,
            alternatives=ALTERNATIVES,
            sentences=False,
            terms=await glossaries.terms_in(wanted.glossary, source) if wanted.glossary else (),
        ),
    )
    if translated is None:
        return Response(status_code=499)
    others = dict.fromkeys([translated.text, *translated.alternatives(ALTERNATIVES)])
    for each in (fields.get("shown", ""), *(each.target for each, _ in suggestions)):
        others.pop(each, None)
    return fragment(
        "alternatives.html",
        alternatives=list(others),
        suggestions=suggestions,
        wanted=wanted,
        fields=fields,
    )


async def _suggestions(
    memory: Memory, wanted: TranslationRequest, source: str
) -> list[tuple[Suggestion, list[Difference]]]:
    """Similar sentences, each with what makes this one of it; none while the database is away."""
    pair = wanted.source, wanted.target
    with suppress(StoreUnavailableError):
        found = await memory.suggestions(wanted.memory_owner, pair, source)
        return [(each, differences(each.source, source)) for each in found]
    return []


async def _used(
    glossaries: Glossaries, owner: str, at: GlossaryVersion | None
) -> GlossaryUsed | None:
    """The glossary of a draft; None, too, where the database does not tell its name just now."""
    if at is None:
        return None
    with suppress(StoreUnavailableError, UnknownGlossaryError):
        found = await glossaries.get(owner, at.id)
        return GlossaryChoice([found]).used(at)
    return None


def _short(text: str) -> str:
    text = check(text).replace("\r\n", "\n")
    if not text.strip():
        raise BadRequestError(N_("There is no text to translate. Nothing was stored."))
    if len(text) > LIMIT:
        raise UserError(
            N_("Over {most} characters a text is translated by the button."), most=LIMIT
        )
    return text
