"""Glossaries of the own API: made, changed and deleted; their terms as JSON, CSV, TSV and TBX."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from web.api import glossary_schema as schema
from web.api.glossary_schema import (
    ChangeAnswer,
    ChangesAnswer,
    GlossariesAnswer,
    GlossaryAnswer,
    StoredTermAnswer,
    TermAnswer,
    TermsAnswer,
)
from web.dependencies import CallerDep, GlossariesDep, SettingsDep
from web.errors import BadRequestError
from web.glossary.files import FILE_KINDS
from web.glossary.terms import (
    MOST_TERMS,
    Glossary,
    StoredTerm,
    Term,
    checked_terms,
    refusal_at,
)
from web.http import body
from web.http.openapi_schema import sends
from web.http.uploads import attachment
from web.messages import N_

router = APIRouter(tags=["Glossaries"])

# Bytes of a file: ten thousand terms have a tenth of it.
MOST_FILE_BYTES = 8_000_000
# Changes that are given at once, and the most that can be asked for.
CHANGES, MOST_CHANGES = 50, 1_000

GlossaryId = Annotated[str, Path(min_length=1, max_length=64, description="Its id or public_id.")]
Number = Annotated[int, Path(ge=0, lt=2**62)]
Kind = Annotated[Literal["csv", "tbx", "tsv"], Path(description="The kind of file.")]


@router.get("/glossaries.json", responses=schema.ERRORS)
async def glossaries_json(
    glossaries: GlossariesDep,
    caller: CallerDep,
    source: Annotated[str, Query(max_length=16)] = "",
    target: Annotated[str, Query(max_length=16)] = "",
) -> GlossariesAnswer:
    """The caller's glossaries and shared ones, of all pairs or in one direction."""
    found = await glossaries.all(caller.name)
    return GlossariesAnswer(
        glossaries=[
            _answer(each, caller.name)
            for each in found
            if each.source == (source or each.source) and each.target == (target or each.target)
        ]
    )


@router.post(
    "/glossaries.json",
    status_code=201,
    openapi_extra=sends(json=schema.NEW),
    responses=schema.SENT_ERRORS,
)
async def new_glossary(
    request: Request, glossaries: GlossariesDep, caller: CallerDep, settings: SettingsDep
) -> GlossaryAnswer:
    """Make a glossary, with terms or without."""
    sent = await _sent(request, settings.max_json_bytes)
    name, source, target = (_string(sent, each) for each in ("name", "source", "target"))
    made = await glossaries.create(
        caller.name,
        name,
        source,
        target,
        _terms(sent.get("terms")),
        shared=_flag(sent, "shared") or False,
        default=_flag(sent, "default") or False,
    )
    return _answer(made, caller.name)


@router.get("/glossaries/{glossary_id}.json", responses=schema.ERRORS)
async def glossary_json(
    glossary_id: GlossaryId, glossaries: GlossariesDep, caller: CallerDep
) -> GlossaryAnswer:
    """One glossary."""
    return _answer(await glossaries.get(caller.name, glossary_id), caller.name)


@router.patch(
    "/glossaries/{glossary_id}.json",
    openapi_extra=sends(json=schema.CHANGES),
    responses=schema.SENT_ERRORS,
)
async def changed_glossary(
    glossary_id: GlossaryId,
    request: Request,
    glossaries: GlossariesDep,
    caller: CallerDep,
    settings: SettingsDep,
) -> GlossaryAnswer:
    """Rename a glossary, share it, or make it the default of its pair; what is missing stays."""
    sent = await _sent(request, settings.max_json_bytes)
    changed = await glossaries.change(
        caller.name,
        glossary_id,
        name=None if sent.get("name") is None else _string(sent, "name"),
        shared=_flag(sent, "shared"),
        default=_flag(sent, "default"),
    )
    return _answer(changed, caller.name)


@router.delete("/glossaries/{glossary_id}.json", status_code=204, responses=schema.ERRORS)
async def deleted_glossary(
    glossary_id: GlossaryId, glossaries: GlossariesDep, caller: CallerDep
) -> None:
    """Delete a glossary; for a day it can be restored."""
    await glossaries.delete(caller.name, glossary_id)


@router.post("/glossaries/{glossary_id}/restore.json", responses=schema.ERRORS)
async def restored_glossary(
    glossary_id: Number, glossaries: GlossariesDep, caller: CallerDep
) -> GlossaryAnswer:
    """Restore a glossary that was deleted less than a day ago, by its `id`."""
    await glossaries.restore(caller.name, glossary_id)
    return _answer(await glossaries.get(caller.name, glossary_id), caller.name)


@router.get("/glossaries/{glossary_id}/terms.json", responses=schema.ERRORS)
async def terms_json(
    glossary_id: GlossaryId,
    glossaries: GlossariesDep,
    caller: CallerDep,
    search: Annotated[str, Query(max_length=200)] = "",
) -> TermsAnswer:
    """The terms of a glossary, or those with `search` in one of their texts."""
    found = await glossaries.terms(caller.name, glossary_id, search, most=MOST_TERMS)
    return TermsAnswer(terms=[_stored(each) for each in found])


@router.put(
    "/glossaries/{glossary_id}/terms.json",
    openapi_extra=sends(json=schema.TERMS_SENT),
    responses=schema.SENT_ERRORS,
)
async def replaced_terms(
    glossary_id: GlossaryId,
    request: Request,
    glossaries: GlossariesDep,
    caller: CallerDep,
    settings: SettingsDep,
) -> GlossaryAnswer:
    """Have these terms and no others."""
    sent = await _sent(request, settings.max_json_bytes)
    replaced = await glossaries.replace(caller.name, glossary_id, _terms_of(sent))
    return _answer(replaced, caller.name)


@router.patch(
    "/glossaries/{glossary_id}/terms.json",
    openapi_extra=sends(json=schema.TERMS_SENT),
    responses=schema.SENT_ERRORS,
)
async def merged_terms(
    glossary_id: GlossaryId,
    request: Request,
    glossaries: GlossariesDep,
    caller: CallerDep,
    settings: SettingsDep,
) -> GlossaryAnswer:
    """Add terms, and change those whose sources are there."""
    sent = await _sent(request, settings.max_json_bytes)
    merged = await glossaries.merge(caller.name, glossary_id, _terms_of(sent))
    return _answer(merged, caller.name)


@router.delete(
    "/glossaries/{glossary_id}/terms/{term_id}.json", status_code=204, responses=schema.ERRORS
)
async def removed_term(
    glossary_id: GlossaryId, term_id: Number, glossaries: GlossariesDep, caller: CallerDep
) -> None:
    """Remove a term; that can be undone."""
    await glossaries.remove(caller.name, glossary_id, term_id)


@router.get(
    "/glossaries/{glossary_id}/terms.{kind}",
    response_class=Response,
    responses=schema.FILES | schema.ERRORS,
)
async def terms_file(
    glossary_id: GlossaryId, kind: Kind, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """The terms of a glossary as a file."""
    glossary = await glossaries.get(caller.name, glossary_id)
    terms = await glossaries.all_terms(caller.name, glossary.id)
    file = FILE_KINDS[kind]
    content = file.write(terms, glossary.source, glossary.target)
    return attachment(f"{glossary.name}.{kind}", file.media_type, content)


@router.put(
    "/glossaries/{glossary_id}/terms.{kind}",
    openapi_extra=sends(binary=schema.FILE_SENT),
    responses=schema.FILE_ERRORS,
)
async def replaced_by_file(
    glossary_id: GlossaryId,
    kind: Kind,
    request: Request,
    glossaries: GlossariesDep,
    caller: CallerDep,
) -> GlossaryAnswer:
    """Have the terms of a file and no others."""
    glossary = await glossaries.get(caller.name, glossary_id)
    terms = await _file(request, kind, glossary)
    return _answer(await glossaries.replace(caller.name, glossary.id, terms), caller.name)


@router.patch(
    "/glossaries/{glossary_id}/terms.{kind}",
    openapi_extra=sends(binary=schema.FILE_SENT),
    responses=schema.FILE_ERRORS,
)
async def merged_by_file(
    glossary_id: GlossaryId,
    kind: Kind,
    request: Request,
    glossaries: GlossariesDep,
    caller: CallerDep,
) -> GlossaryAnswer:
    """Add the terms of a file, and change those whose sources are there."""
    glossary = await glossaries.get(caller.name, glossary_id)
    terms = await _file(request, kind, glossary)
    return _answer(await glossaries.merge(caller.name, glossary.id, terms), caller.name)


@router.get("/glossaries/{glossary_id}/changes.json", responses=schema.ERRORS)
async def changes_json(
    glossary_id: GlossaryId,
    glossaries: GlossariesDep,
    caller: CallerDep,
    most: Annotated[int, Query(ge=1, le=MOST_CHANGES)] = CHANGES,
    before: Annotated[int | None, Query(ge=0, lt=2**63, description="The id of a change.")] = None,
) -> ChangesAnswer:
    """Changes of its terms: by whom and when, the newest first; for its owner alone."""
    found = await glossaries.changes(caller.name, glossary_id, most, before)
    return ChangesAnswer(
        changes=[
            ChangeAnswer(
                id=each.id,
                kind=each.kind,
                before=each.before and TermAnswer(**asdict(each.before)),
                after=each.after and TermAnswer(**asdict(each.after)),
                by=each.by,
                at=_utc(each.at),
            )
            for each in found
        ]
    )


@router.post("/glossaries/{glossary_id}/changes/{change_id}/undo.json", responses=schema.ERRORS)
async def undone_change(
    glossary_id: GlossaryId, change_id: Number, glossaries: GlossariesDep, caller: CallerDep
) -> GlossaryAnswer:
    """Undo a change, unless its term was changed again."""
    await glossaries.undo(caller.name, glossary_id, change_id)
    return _answer(await glossaries.get(caller.name, glossary_id), caller.name)


async def _sent(request: Request, most_bytes: int) -> dict[str, Any]:
    return body.parse_json(await body.read_body(request, most_bytes))


async def _file(request: Request, kind: str, glossary: Glossary) -> list[Term]:
    if body.media_type(request) == body.JSON:
        raise BadRequestError("This is JSON, which terms.json takes. Nothing was stored.")
    content = await body.read_body(request, MOST_FILE_BYTES)
    return await asyncio.to_thread(
        FILE_KINDS[kind].read, bytes(content), glossary.source, glossary.target
    )


def _string(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str):
        raise BadRequestError(f'The field "{name}" is missing or no string. Nothing was stored.')
    return value


def _flag(sent: dict[str, Any], name: str) -> bool | None:
    value = sent.get(name)
    if value is not None and not isinstance(value, bool):
        raise BadRequestError(f'The field "{name}" is true or false. Nothing was stored.')
    return value


def _terms_of(sent: dict[str, Any]) -> list[Term]:
    if sent.get("terms") is None:
        raise BadRequestError('The field "terms" is missing. Nothing was stored.')
    return _terms(sent["terms"])


def _terms(sent: object) -> list[Term]:
    """Terms of JSON, each with its number for a line. Raises BadRequestError, GlossaryError."""
    if sent is None:
        return []
    if not isinstance(sent, list):
        raise BadRequestError('The field "terms" is a list. Nothing was stored.')
    return checked_terms(_numbered(sent))


def _numbered(sent: list[Any]) -> Iterator[tuple[int, Term]]:
    usual = asdict(Term("", ""))
    for line, each in enumerate(sent, 1):
        fields = each if isinstance(each, dict) else {}
        given = {name: value for name, value in fields.items() if value is not None}
        right = usual.keys() >= given.keys() >= {"source", "target"} and all(
            type(value) is type(usual[name]) for name, value in given.items()
        )
        if not right:
            raise refusal_at(line, WRONG_TERM, known=", ".join(usual))
        yield line, Term(**given)


WRONG_TERM = N_(
    "This is no term: it has a source and a target, and can have more of {known}. Nothing was "
    "stored."
)


def _answer(glossary: Glossary, owner: str) -> GlossaryAnswer:
    return GlossaryAnswer(
        id=glossary.id,
        public_id=glossary.public_id,
        name=glossary.name,
        source=glossary.source,
        target=glossary.target,
        own=glossary.owner == owner,
        shared=glossary.shared,
        default=glossary.is_default,
        version=glossary.version,
        terms=glossary.terms,
        created_at=_utc(glossary.created_at),
        changed_at=_utc(glossary.changed_at),
    )


def _stored(stored: StoredTerm) -> StoredTermAnswer:
    return StoredTermAnswer(
        **asdict(stored.term),
        id=stored.id,
        changed_by=stored.changed_by,
        changed_at=_utc(stored.changed_at),
    )


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
