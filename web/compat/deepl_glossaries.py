"""DeepL's API, version 2: glossaries of one pair of languages.

A glossary of several pairs, as version 3 makes them, is none to this version. One that another
caller shares can be read and used here, and its owner alone can delete it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from web.compat import glossary_schema, parameters
from web.compat.deepl import authenticate
from web.compat.deepl_dictionaries import (
    creation_time,
    dictionary_form,
    dictionary_of,
    entries_of,
    sent_id,
    sent_name,
)
from web.compat.parameters import Parameters
from web.dependencies import AccessControlDep, BatchTranslatorDep, GlossariesDep, SettingsDep
from web.errors import UnsupportedError
from web.glossary.service import Glossaries
from web.glossary.terms import Glossary, UnknownGlossaryError

router = APIRouter(tags=["DeepL"])
OF_SEVERAL_PAIRS = "It is one of several pairs of languages: ask for it with /v3/glossaries."
GlossaryId = Annotated[str, Path(max_length=64)]
TSV = "text/tab-separated-values"
# Media types that take tab-separated values, as a header Accept names them.
_ACCEPTED = {TSV, "text/*", "*/*"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Question of a caller who may ask: the owner of the glossaries, and the parameters."""

    owner: str
    sent: Parameters


async def asked_by_key(request: Request, access: AccessControlDep, settings: SettingsDep) -> Asked:
    """Dependency: the question, its key checked. Raises UserError's kinds."""
    sent = await parameters.of_request(request, settings.max_json_bytes, access)
    return Asked(authenticate(request, access, sent).name, sent)


AskedDep = Annotated[Asked, Depends(asked_by_key)]


@router.get("/v2/glossary-language-pairs", responses=glossary_schema.PAIRS)
async def glossary_pairs(asked: AskedDep, batch_translator: BatchTranslatorDep) -> dict[str, Any]:
    """The pairs of languages that a glossary can have: those of the installed models."""
    del asked  # whoever has a key may know them
    return {
        "supported_languages": [
            {"source_lang": source, "target_lang": target}
            for source, targets in (await batch_translator.targets()).items()
            for target in targets[1:]
        ]
    }


@router.post(
    "/v2/glossaries",
    status_code=201,
    openapi_extra=glossary_schema.NEW,
    responses=glossary_schema.CREATED,
)
async def create_deepl_glossary(
    asked: AskedDep, batch_translator: BatchTranslatorDep, glossaries: GlossariesDep
) -> dict[str, Any]:
    """Make a glossary. Raises UserError in DeepL's words; then nothing is stored."""
    name = sent_name(asked.sent)
    known = await batch_translator.targets()
    new = await asyncio.to_thread(dictionary_of, asked.sent, known)
    return _form(await glossaries.create(asked.owner, name, new.source, new.target, new.terms))


@router.get("/v2/glossaries", responses=glossary_schema.LIST)
async def deepl_glossaries(asked: AskedDep, glossaries: GlossariesDep) -> dict[str, Any]:
    """All glossaries of one pair, without their entries."""
    found = by_id(await glossaries.all(asked.owner)).values()
    return {"glossaries": [_form(each[0]) for each in found if len(each) == 1]}


@router.get("/v2/glossaries/{glossary_id}", responses=glossary_schema.ONE)
async def deepl_glossary(
    glossary_id: GlossaryId, asked: AskedDep, glossaries: GlossariesDep
) -> dict[str, Any]:
    """A glossary without its entries. Raises UnknownGlossaryError."""
    return _form(await _one(glossaries, asked, glossary_id))


@router.get(
    "/v2/glossaries/{glossary_id}/entries",
    response_class=Response,
    responses=glossary_schema.ENTRIES,
)
async def deepl_glossary_entries(
    glossary_id: GlossaryId, request: Request, asked: AskedDep, glossaries: GlossariesDep
) -> Response:
    """The entries as tab-separated values.

    Raises UnknownGlossaryError, UnsupportedError when the header Accept wants another form.
    """
    accepted = request.headers.get("accept", "*/*").split(",")
    if not any(each.partition(";")[0].strip().lower() in _ACCEPTED for each in accepted):
        raise UnsupportedError("No supported media type specified in Accept header")
    found = await _one(glossaries, asked, glossary_id)
    terms = await glossaries.all_terms(asked.owner, found.id)
    return Response(entries_of(terms), media_type=f"{TSV}; charset=utf-8")


@router.delete(
    "/v2/glossaries/{glossary_id}",
    status_code=204,
    response_class=Response,
    responses=glossary_schema.GONE,
)
async def delete_deepl_glossary(
    glossary_id: GlossaryId, asked: AskedDep, glossaries: GlossariesDep
) -> None:
    """Delete a glossary. Raises UnknownGlossaryError, ForbiddenError for another one's."""
    found = await _one(glossaries, asked, glossary_id)
    await glossaries.delete(asked.owner, found.id)


def by_id(found: Sequence[Glossary]) -> dict[str, list[Glossary]]:
    """The dictionaries of each glossary by its id, the oldest first."""
    glossaries: dict[str, list[Glossary]] = {}
    for each in sorted(found, key=lambda each: each.id):
        glossaries.setdefault(each.public_id, []).append(each)
    return glossaries


async def _one(glossaries: Glossaries, asked: Asked, glossary_id: str) -> Glossary:
    """Raises UnknownGlossaryError where it has several pairs."""
    found = await glossaries.dictionaries(asked.owner, sent_id(glossary_id))
    if len(found) > 1:
        raise UnknownGlossaryError(OF_SEVERAL_PAIRS)
    return found[0]


def _form(glossary: Glossary) -> dict[str, Any]:
    return {
        "glossary_id": glossary.public_id,
        "name": glossary.name,
        "ready": True,
        **dictionary_form(glossary),
        "creation_time": creation_time(glossary.created_at),
    }
