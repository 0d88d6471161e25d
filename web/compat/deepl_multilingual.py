"""DeepL's API, version 3: glossaries of several pairs of languages, which can be changed.

Each pair is a dictionary; a glossary whose last one is deleted is gone.
"""

import asyncio
import uuid
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from web.compat import glossary_schema
from web.compat.deepl import UNSUPPORTED
from web.compat.deepl_dictionaries import (
    Dictionary,
    creation_time,
    dictionary_form,
    dictionary_of,
    entries_of,
    merged,
    sent_id,
    sent_name,
    sent_pair,
)
from web.compat.deepl_glossaries import AskedDep, GlossaryId, by_id
from web.compat.parameters import Parameters
from web.dependencies import BatchTranslatorDep, GlossariesDep
from web.errors import ForbiddenError, NotFoundError, UserError
from web.glossary.service import Glossaries
from web.glossary.terms import Glossary, Term, checked_name
from web.text.languages import Known

router = APIRouter(prefix="/v3/glossaries", tags=["DeepL"])

NO_DICTIONARIES = "Glossary dictionaries must be provided"
NO_DICTIONARY = "Dictionary not found"
OF_ANOTHER = "Another key shares this glossary, and it alone can change it. Nothing was changed."
# As at DeepL; so a change is stored as a whole, or not at all.
ONE_AT_A_TIME = "Only one dictionary can be changed at a time."


@router.post(
    "",
    status_code=201,
    openapi_extra=glossary_schema.NEW_MULTILINGUAL,
    responses=glossary_schema.MULTILINGUAL_CREATED,
)
async def create_multilingual_glossary(
    asked: AskedDep, batch_translator: BatchTranslatorDep, glossaries: GlossariesDep
) -> dict[str, Any]:
    """Make a glossary of one dictionary or several.

    Raises UserError in DeepL's words; then nothing is stored.
    """
    name = sent_name(asked.sent)
    known = await batch_translator.targets()
    new = await asyncio.to_thread(_dictionaries, asked.sent, known)
    if not new:
        raise UserError(NO_DICTIONARIES)
    public_id = str(uuid.uuid4())
    made: list[Glossary] = []
    try:
        for each in new:
            dictionary = await _create(glossaries, asked.owner, public_id, name, each)
            made.append(dictionary)
    except UserError:
        for dictionary in made:
            await glossaries.delete(asked.owner, dictionary.id)
        raise
    return _form(made)


@router.get("", responses=glossary_schema.MULTILINGUAL_LIST)
async def multilingual_glossaries(asked: AskedDep, glossaries: GlossariesDep) -> dict[str, Any]:
    """All glossaries, each with its dictionaries, without their entries."""
    found = by_id(await glossaries.all(asked.owner)).values()
    return {"glossaries": [_form(each) for each in found]}


@router.get("/{glossary_id}", responses=glossary_schema.MULTILINGUAL_ONE)
async def multilingual_glossary(
    glossary_id: GlossaryId, asked: AskedDep, glossaries: GlossariesDep
) -> dict[str, Any]:
    """A glossary with its dictionaries, without their entries. Raises UnknownGlossaryError."""
    return _form(await glossaries.dictionaries(asked.owner, sent_id(glossary_id)))


@router.patch(
    "/{glossary_id}",
    openapi_extra=glossary_schema.CHANGES,
    responses=glossary_schema.MULTILINGUAL_CHANGED,
)
async def change_multilingual_glossary(
    glossary_id: GlossaryId,
    asked: AskedDep,
    batch_translator: BatchTranslatorDep,
    glossaries: GlossariesDep,
) -> dict[str, Any]:
    """Rename a glossary, and add entries to a dictionary, where they replace those of their source.

    A dictionary of a new pair is made. Raises UserError in DeepL's words, UnknownGlossaryError,
    ForbiddenError for another one's.
    """
    found = await glossaries.dictionaries(asked.owner, sent_id(glossary_id))
    name = checked_name(sent_name(asked.sent)) if "name" in asked.sent else found[0].name
    known = await batch_translator.targets()
    changed = await asyncio.to_thread(_dictionaries, asked.sent, known)
    if len(changed) > 1:
        raise UserError(ONE_AT_A_TIME)
    for each in changed:
        old = _of_pair(found, each.pair)
        if old is None:
            await _add(glossaries, asked.owner, found[0], each)
        else:
            await _merge(glossaries, asked.owner, old, each.terms)
    found = await glossaries.dictionaries(asked.owner, found[0].public_id)
    for number, old in enumerate(found):
        if old.name != name:
            found[number] = await glossaries.change(asked.owner, old.id, name=name)
    return _form(found)


@router.delete(
    "/{glossary_id}", status_code=204, response_class=Response, responses=glossary_schema.GONE
)
async def delete_multilingual_glossary(
    glossary_id: GlossaryId, asked: AskedDep, glossaries: GlossariesDep
) -> None:
    """Delete a glossary. Raises UnknownGlossaryError, ForbiddenError for another one's."""
    for each in await glossaries.dictionaries(asked.owner, sent_id(glossary_id)):
        await glossaries.delete(asked.owner, each.id)


@router.get(
    "/{glossary_id}/entries",
    openapi_extra=glossary_schema.PAIR_QUERY,
    responses=glossary_schema.MULTILINGUAL_ENTRIES,
)
async def dictionary_entries(
    glossary_id: GlossaryId, asked: AskedDep, glossaries: GlossariesDep
) -> dict[str, Any]:
    """The entries of the dictionary of a pair.

    Raises UnknownGlossaryError, NotFoundError when it has none of this pair, UserError.
    """
    pair = sent_pair(asked.sent)
    found = await glossaries.dictionaries(asked.owner, sent_id(glossary_id))
    one = _known(_of_pair(found, pair))
    entries = entries_of(await glossaries.all_terms(asked.owner, one.id))
    source, target = pair
    form = {"source_lang": source, "target_lang": target, "entries": entries}
    return {"dictionaries": [form | {"entries_format": "tsv"}]}


@router.put(
    "/{glossary_id}/dictionaries",
    openapi_extra=glossary_schema.DICTIONARY,
    responses=glossary_schema.REPLACED,
)
async def replace_dictionary(
    glossary_id: GlossaryId,
    asked: AskedDep,
    batch_translator: BatchTranslatorDep,
    glossaries: GlossariesDep,
) -> dict[str, Any]:
    """Replace the entries of the dictionary of a pair, or make it.

    Raises UserError in DeepL's words, UnknownGlossaryError, ForbiddenError for another one's.
    """
    found = await glossaries.dictionaries(asked.owner, sent_id(glossary_id))
    known = await batch_translator.targets()
    new = await asyncio.to_thread(dictionary_of, asked.sent, known)
    old = _of_pair(found, new.pair)
    if old is None:
        return dictionary_form(await _add(glossaries, asked.owner, found[0], new))
    terms = merged(await glossaries.all_terms(asked.owner, old.id), new.terms, keep=False)
    return dictionary_form(await glossaries.replace(asked.owner, old.id, terms))


@router.delete(
    "/{glossary_id}/dictionaries",
    status_code=204,
    response_class=Response,
    openapi_extra=glossary_schema.PAIR_QUERY,
    responses=glossary_schema.GONE,
)
async def delete_dictionary(
    glossary_id: GlossaryId, asked: AskedDep, glossaries: GlossariesDep
) -> None:
    """Delete the dictionary of a pair.

    Raises UnknownGlossaryError, NotFoundError when it has none of this pair, UserError,
    ForbiddenError for another one's.
    """
    pair = sent_pair(asked.sent)
    found = await glossaries.dictionaries(asked.owner, sent_id(glossary_id))
    await glossaries.delete(asked.owner, _known(_of_pair(found, pair)).id)


def _dictionaries(sent: Parameters, known: Known) -> list[Dictionary]:
    """Raises UserError."""
    given = sent.objects("dictionaries", UNSUPPORTED)
    # Each pair once: more than there are is refused before it is read.
    found = [dictionary_of(each, known) for each in given[: 1 + sum(map(len, known.values()))]]
    if len({each.pair for each in found}) < len(given):
        error = UserError(UNSUPPORTED.format("dictionaries"))
        error.detail = "Two of them are for the same pair of languages. Nothing was stored."
        raise error
    return found


async def _create(
    glossaries: Glossaries, owner: str, public_id: str, name: str, new: Dictionary
) -> Glossary:
    return await glossaries.create(
        owner, name, new.source, new.target, new.terms, public_id=public_id
    )


async def _add(glossaries: Glossaries, owner: str, first: Glossary, new: Dictionary) -> Glossary:
    """Add a dictionary to a glossary that has this one. Raises ForbiddenError."""
    if first.owner != owner:
        raise ForbiddenError(OF_ANOTHER)
    return await _create(glossaries, owner, first.public_id, first.name, new)


async def _merge(
    glossaries: Glossaries, owner: str, glossary: Glossary, new: Sequence[Term]
) -> None:
    old = await glossaries.all_terms(owner, glossary.id)
    terms = {each.source: each for each in merged(old, new, keep=True)}
    if all(terms[each.source].match_case == each.match_case for each in old):
        # The new ones alone, so that what somebody else changes at this moment stays.
        await glossaries.merge(owner, glossary.id, [terms[each.source] for each in new])
    else:
        await glossaries.replace(owner, glossary.id, terms.values())


def _of_pair(found: Sequence[Glossary], pair: tuple[str, str]) -> Glossary | None:
    return next((each for each in found if (each.source, each.target) == pair), None)


def _known(found: Glossary | None) -> Glossary:
    """Raises NotFoundError."""
    if found is None:
        raise NotFoundError(NO_DICTIONARY)
    return found


def _form(found: Sequence[Glossary]) -> dict[str, Any]:
    return {
        "glossary_id": found[0].public_id,
        "name": found[0].name,
        "dictionaries": [dictionary_form(each) for each in found],
        "creation_time": creation_time(min(each.created_at for each in found)),
    }
