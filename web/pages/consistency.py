"""Consistency on the page: the frequent terms of a translation, and one click that settles one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.access.keys import Caller
from web.dependencies import (
    CallerDep,
    ConsistencyDep,
    DocumentsDep,
    FollowingDep,
    parts_of,
)
from web.errors import UserError
from web.glossary.frequent_terms import LEAST, MOST_TERMS
from web.glossary.renderings import AlignedSentence
from web.glossary.terms import MOST_NAME, MOST_TERM, Glossary, GlossaryVersion, Term, checked_term
from web.http import body
from web.http.ids import TRANSLATION_ID, number_of
from web.pages.doubts import SHOWN
from web.pages.glossary_view import caller_of, glossary_page, wants_part
from web.translation.batch import BatchRequest
from web.translation.consistency import ensure_ended
from web.translation.store import Translation

router = APIRouter(default_response_class=HTMLResponse)

MOST_FORM_BYTES = 20_000
# Renderings of a term that are shown.
MOST_RENDERINGS = 8
# Words of a sentence by which a browser finds it on the page of its translation.
WORDS = 6
# Value of the choice of a glossary that is made for the term.
NEW = "new"
TERMS = f"/translations/{TRANSLATION_ID}/terms"


def _address(translation: Translation, sentence: AlignedSentence) -> str:
    """Address of a sentence on the page of its translation.

    Its passage is found by an anchor, and the sentence in that, by browsers that can (text
    fragments), by its first words.
    """
    seq, _ = sentence.place
    first = seq // SHOWN * SHOWN
    words = quote(" ".join(sentence.target.split()[:WORDS]), safe="").replace("-", "%2D")
    page = f"/translations/{translation.id}" + (f"?from={first}" if first else "")
    return f"{page}#passage-{seq}:~:text={words}"


@router.get(TERMS)
async def terms_of_translation(
    translation_id: int,
    request: Request,
    following: FollowingDep,
    documents: DocumentsDep,
    consistency: ConsistencyDep,
) -> Response:
    """The page for the terms of a translation; with `list` in its address also their list.

    htmx asks for the list by itself, because it takes a while. Raises NotFoundError.
    """
    translation = await following.get(translation_id)
    if "list" not in request.query_params:
        return await _page(request, translation)
    try:
        is_document = await documents.stored(translation_id) is not None
        found = await consistency.of(translation, bare=is_document)
    except UserError as error:
        return await _page(request, translation, error)
    return await _page(request, translation, found=found)


@router.post(TERMS)
async def settle_term(
    translation_id: int,
    request: Request,
    following: FollowingDep,
    caller: CallerDep,
) -> Response:
    """Put a term into a glossary, and translate again what that changes.

    Raises NotFoundError, TooLargeError.
    """
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    translation = await following.get(translation_id)
    glossary: Glossary | None = None
    try:
        ensure_ended(translation)
        glossary = await _with_term(request, translation, caller, fields)
        number = await _translated_again(request, translation, caller, glossary.at)
    except UserError as error:
        return await _page(request, translation, error, added=glossary)
    address = f"/translations/{number}"
    if wants_part(request):
        return Response(headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


async def _with_term(
    request: Request, translation: Translation, caller: Caller, fields: Mapping[str, str]
) -> Glossary:
    """The chosen glossary with the chosen term. Raises GlossaryError, UnknownGlossaryError."""
    glossaries = parts_of(request).glossaries
    target = fields.get("always") or fields.get("own", "").strip() or fields.get("target", "")
    term = checked_term(Term(fields.get("source", ""), target))
    chosen = number_of(fields.get("glossary", ""))
    if chosen is not None:
        return await glossaries.merge(caller.name, chosen, [term])
    name = fields.get("name", "") or translation.title
    return await glossaries.create(
        caller.name,
        name.strip()[:MOST_NAME],
        translation.source_lang,
        translation.target_lang,
        [term],
    )


async def _translated_again(
    request: Request, translation: Translation, caller: Caller, glossary: GlossaryVersion
) -> int:
    """The id of the new translation."""
    parts = parts_of(request)
    stored = await parts.documents.stored(translation.id)
    if stored is None:
        return await parts.consistency.translate_again(translation, glossary, caller)
    wanted = BatchRequest(
        "page",
        translation.source_lang,
        translation.target_lang,
        caller=caller,
        quality=translation.quality or "best",
        glossary=glossary.id,
    )
    ticket = await parts.documents.accept_again(stored, wanted)
    return (await parts.documents.find(ticket.id)).translation_id


async def _page(
    request: Request,
    translation: Translation,
    error: UserError | None = None,
    **values: Any,
) -> Response:
    """The page, with what was found or what went wrong on it."""
    owner = caller_of(request).name
    pair = translation.source_lang, translation.target_lang
    known = await parts_of(request).glossaries.all(owner, pair)
    own = [each for each in known if each.owner == owner]
    made_with = translation.glossary
    usual = next((each for each in own if made_with and each.id == made_with.id), None)
    usual = usual or next(iter(own), None)
    return glossary_page(
        request,
        "consistency.html",
        error,
        **{
            "translation": translation,
            "glossaries": own,
            "chosen": usual.id if usual else NEW,
            "least": LEAST,
            "most_terms": MOST_TERMS,
            "most_renderings": MOST_RENDERINGS,
            "most_term": MOST_TERM,
            "sentence_address": _address,
            **values,
        },
    )
