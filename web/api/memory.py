"""Translation memory of the own API: what there is, its entries, TMX in and out."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from web.api import schema
from web.dependencies import CallerDep, ImportsDep, MemoryDep, MemoryStoreDep
from web.errors import BadRequestError, NotFoundError
from web.http import body
from web.http.ids import MOST_DIGITS, number_of
from web.http.openapi_schema import question, sends, string
from web.memory.entries import MemoryEntry, MemoryFacts, NewEntry
from web.memory.importing import ImportOutcome, exported_tmx
from web.memory.normal_form import context_hash
from web.memory.tmx import MEDIA_TYPE, MOST_CHARACTERS
from web.text.validation import check

router = APIRouter()

# Entries of one answer, and ids that a search looks through.
MOST_ENTRIES = 100
WINDOW = 200_000
# An entry with its context, each character written as up to twelve.
MOST_ENTRY_BYTES = 12 * 4 * MOST_CHARACTERS + 1_000
# Two to sixteen characters, as the database has them.
CODE = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,7})?$"

Code = Annotated[str, Path(pattern=CODE, description="The code of a language.")]
CodeAsked = Annotated[
    str | None, Query(pattern=CODE, description="With both, this pair alone is imported.")
]
EntryId = Annotated[int, Path(ge=0, lt=10**MOST_DIGITS)]


class MemoryAnswer(BaseModel):
    """The memory of a pair of languages."""

    source: str
    target: str
    entries: int = Field(description="How many there are.")
    shared: int = Field(description="Of these, how many everybody sees.")
    version: int = Field(description="It counts changes.")
    remember: bool = Field(description="Whether corrections become entries.")


class MemoriesAnswer(BaseModel):
    """The caller's memories."""

    memories: list[MemoryAnswer]


class EntryAnswer(BaseModel):
    """An entry of a memory."""

    id: int
    source: str
    target: str
    origin: str = Field(description="correction, tmx or api; there may be more.")
    at: datetime = Field(description="When it was made (UTC).")
    shared: bool


class EntriesAnswer(BaseModel):
    """Entries, the newest first."""

    entries: list[EntryAnswer]
    before: int | None = Field(description="Ask on with this; null when there are no more.")


class PassedOverAnswer(BaseModel):
    """A unit of a file that cannot be an entry."""

    line: int
    why: str


class ImportAnswer(BaseModel):
    """Outcome of an import."""

    new: int = Field(description="Entries that were not there before.")
    old: int = Field(description="Entries that were there already, and are not doubled.")
    units: int
    passed: int = Field(description="Units that were passed over.")
    passed_over: list[PassedOverAnswer] = Field(description="The first hundred of these.")


class AddedAnswer(BaseModel):
    """Outcome of adding an entry."""

    new: int = Field(description="1, or 0 where it was there already.")


class SwitchAnswer(BaseModel):
    """Whether corrections become entries."""

    remember: bool


_ERRORS = schema.errors_of(400, 401, 403, 404, 413, 429, 500, 503)
# A body without a type is taken for plain text, and so are the errors about it.
_ERRORS_OF_BODY = schema.errors_of(
    *(400, 401, 403, 404, 413, 429, 500, 503), content={"text/plain": schema.SAID}
)
_TMX_BODY = {
    "requestBody": {
        "required": True,
        "content": {MEDIA_TYPE: {"schema": string("A TMX file, of any size.")}},
    }
}
_ENTRY_BODY = sends(
    json=question(
        ["source", "target"],
        source=string("A sentence."),
        target=string("Its translation."),
        before=string("The sentence before it."),
        after=string("The sentence after it."),
    )
    | {"example": {"source": "Der Kobold pfeift.", "target": "The goblin whistles."}}
)
_SWITCH_BODY = sends(
    json=question(["remember"], remember={"type": "boolean"}) | {"example": {"remember": True}}
)


def memories_answer(facts: list[MemoryFacts]) -> MemoriesAnswer:
    """The answer with these memories."""
    return MemoriesAnswer(
        memories=[
            MemoryAnswer(
                source=each.source_lang,
                target=each.target_lang,
                entries=each.entries,
                shared=each.shared,
                version=each.version,
                remember=each.remember,
            )
            for each in facts
        ]
    )


@router.post("/memory/import", openapi_extra=_TMX_BODY, responses=_ERRORS_OF_BODY)
async def import_memory(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    request: Request,
    caller: CallerDep,
    imports: ImportsDep,
    source: CodeAsked = None,
    target: CodeAsked = None,
    shared: bool = False,  # noqa: FBT001, FBT002 - of the address
) -> ImportAnswer:
    """Import a TMX file while it arrives; again, nothing is doubled.

    Without `source` and `target` it has every pair of the file, from its source language. When the
    file ends in the middle, or is not well-formed from a line on, all that was read whole stays.
    Raises BadRequestError, TmxImportError.
    """
    if (source is None) != (target is None):
        raise BadRequestError("Name both languages, or none. Nothing was stored.")
    pair = None if source is None or target is None else (source.lower(), target.lower())
    expected = number_of(request.headers.get("content-length", ""))
    outcome = await imports.run(
        request.stream(), caller.name, pair, shared=shared, expected=expected
    )
    return import_answer(outcome)


def import_answer(outcome: ImportOutcome) -> ImportAnswer:
    """The answer to a whole import. Raises TmxImportError for one that ended early."""
    if error := outcome.failure:
        raise error
    return ImportAnswer(
        new=outcome.new,
        old=outcome.old,
        units=outcome.units,
        passed=outcome.passed,
        passed_over=[
            PassedOverAnswer(line=each.line, why=str(each.why)) for each in outcome.passed_over
        ],
    )


@router.get(
    "/memory/{source}/{target}.tmx",
    response_class=Response,
    responses=schema.file(MEDIA_TYPE) | _ERRORS,
)
async def export_memory(
    source: Code, target: Code, caller: CallerDep, store: MemoryStoreDep
) -> Response:
    """The caller's memory of a pair as TMX 1.4, oldest entries first."""
    memory = await _memory(store, caller.name, source, target)
    name = f"memory-{memory.source_lang}-{memory.target_lang}.tmx"

    async def parts() -> AsyncIterator[str]:
        async for part in exported_tmx(store, memory.id, memory.pair):
            yield part

    return StreamingResponse(
        parts(),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/memory/{source}/{target}/entries", responses=_ERRORS)
async def memory_entries(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    source: Code,
    target: Code,
    caller: CallerDep,
    store: MemoryStoreDep,
    q: Annotated[str, Query(max_length=200, description="What they hold.")] = "",
    before: Annotated[int | None, Query(ge=0, lt=10**MOST_DIGITS)] = None,
) -> EntriesAnswer:
    """Entries of the caller's memory of a pair, the newest first.

    A search may find none so far and still say where to ask on.
    """
    memory = await _memory(store, caller.name, source, target)
    found, more = await store.page(memory.id, check(q), before, MOST_ENTRIES, WINDOW)
    return EntriesAnswer(entries=list(map(_entry, found)), before=more)


@router.post(
    "/memory/{source}/{target}/entries",
    openapi_extra=_ENTRY_BODY,
    responses=_ERRORS_OF_BODY,
    status_code=201,
)
async def add_entry(
    source: Code, target: Code, request: Request, caller: CallerDep, memory: MemoryDep
) -> AddedAnswer:
    """Add an entry to the caller's memory; one that is there already is not doubled.

    Raises BadRequestError when it is none.
    """
    fields = body.parse_json(await body.read_body(request, MOST_ENTRY_BYTES))
    names = ("source", "target", "before", "after")
    said = {name: "" if fields.get(name) is None else fields[name] for name in names}
    if not all(isinstance(each, str) for each in said.values()):
        raise BadRequestError("A sentence is a string. Nothing was stored.")
    sentence, its = check(said["source"]), check(said["target"])
    if not (sentence.strip() and its.strip()) or max(len(sentence), len(its)) > MOST_CHARACTERS:
        raise BadRequestError(
            f"A source and a target have 1 to {MOST_CHARACTERS:,} characters. Nothing was stored."
        )
    pair = source.lower(), target.lower()
    before, after = (context_hash(pair, said[name]) for name in ("before", "after"))
    entry = NewEntry(sentence, its, before, after, "api")
    return AddedAnswer(new=await memory.add(caller.name, pair, [entry]))


@router.put(
    "/memory/{source}/{target}/switch", openapi_extra=_SWITCH_BODY, responses=_ERRORS_OF_BODY
)
async def switch_memory(
    source: Code, target: Code, request: Request, caller: CallerDep, memory: MemoryDep
) -> SwitchAnswer:
    """Set whether the caller's corrections become entries of the memory of a pair.

    Raises BadRequestError.
    """
    remember = body.parse_json(await body.read_body(request, MOST_ENTRY_BYTES)).get("remember")
    if not isinstance(remember, bool):
        raise BadRequestError('"remember" is true or false. Nothing was changed.')
    await memory.switch(caller.name, (source.lower(), target.lower()), remember=remember)
    return SwitchAnswer(remember=remember)


@router.delete("/memory/entries/{entry_id}", responses=_ERRORS, status_code=204)
async def delete_entry(entry_id: EntryId, caller: CallerDep, memory: MemoryDep) -> None:
    """Delete an entry of the caller's; for a day it can be brought back on the page."""
    await memory.forget(caller.name, entry_id)


async def _memory(store: MemoryStoreDep, owner: str, source: str, target: str) -> MemoryFacts:
    """An owner's memory. Raises NotFoundError."""
    for each in await store.memories(owner):
        if each.pair == (source.lower(), target.lower()):
            return each
    raise NotFoundError(f"There is no translation memory for {source} to {target}.")


def _entry(entry: MemoryEntry) -> EntryAnswer:
    fields: dict[str, Any] = {
        name: getattr(entry, name) for name in ("id", "source", "target", "origin", "shared")
    }
    return EntryAnswer(**fields, at=entry.made_at.replace(tzinfo=UTC))
