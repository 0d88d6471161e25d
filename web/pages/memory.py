"""The page about the translation memory: how much there is, its switch, search, TMX in and out.

Every form works without JavaScript; with it an import tells how far it is.
"""

from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.access.keys import Caller
from web.dependencies import CallerDep, ImportsDep, MemoryDep, parts_of
from web.errors import BadRequestError, TranslatorUnavailableError, UserError
from web.http import body
from web.http.ids import number_of
from web.http.multipart import Multipart
from web.memory.entries import MemoryEntry, MemoryFacts, Pair
from web.memory.importing import ImportOutcome
from web.memory.store import UNDO_HOURS
from web.messages import N_, Message
from web.pages.rendering import fragment, pages
from web.text.validation import check

router = APIRouter(default_response_class=HTMLResponse)

# Entries on a page, and ids that a search looks through for it.
LISTED = 30
LOOKED_THROUGH = 200_000
MOST_SEARCH = 200
MOST_FORM_BYTES = 10_000
# Longest code of a language.
MOST_CODE = 16


async def memory_page(
    request: Request,
    caller: Caller,
    status: int = 200,
    *,
    outcome: ImportOutcome | None = None,
    error: Message | None = None,
) -> Response:
    """The page, with the outcome of an import or an error above.

    Raises StoreUnavailableError when the database does not answer.
    """
    parts = parts_of(request)
    own = await parts.memory_store.memories(caller.name)
    memories = {each.pair: each for each in own}
    for pair in await _installed(request):
        memories.setdefault(pair, MemoryFacts(0, caller.name, *pair, 0, True, 0, 0))  # noqa: FBT003 - a row
    query = request.query_params
    wanted = _pair_of(query)
    shown = memories.get(wanted) if wanted else next((each for each in own if each.entries), None)
    entries: list[MemoryEntry] = []
    more: int | None = None
    search = check(query.get("q", "")[:MOST_SEARCH])
    if shown is not None and shown.id:
        entries, more = await parts.memory_store.page(
            shown.id, search, number_of(query.get("before", "")), LISTED, LOOKED_THROUGH
        )
    named = {"pair": " ".join(shown.pair)} if shown else {}
    response = pages.now.TemplateResponse(
        request,
        "memory.html",
        {
            "memories": list(memories.values()),
            "shown": shown,
            "entries": entries,
            "query": search,
            "older": more and f"/memory?{urlencode({**named, 'q': search, 'before': more})}",
            "deleted": number_of(query.get("deleted", "")),
            "hours": UNDO_HOURS,
            "running": parts.imports.running(caller.name),
            "outcome": outcome,
            "error": error,
            "caller": caller,
        },
        status_code=status,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@router.get("/memory/progress")
async def progress(caller: CallerDep, imports: ImportsDep) -> Response:
    """How far the imports are that run in this replica."""
    return fragment("memory_progress.html", running=imports.running(caller.name))


@router.post("/memory/upload")
async def upload_tmx(request: Request, caller: CallerDep, imports: ImportsDep) -> Response:
    """Import the TMX file of a form while it arrives, and show what became of it.

    Raises BadRequestError for a form without a file.
    """
    if body.media_type(request) != body.MULTIPART:
        raise BadRequestError(N_("Send the file as multipart/form-data. Nothing was stored."))
    form = Multipart(request)
    await form.start()
    if form.text_from != "file":
        raise BadRequestError(N_("The form holds no file. Nothing was stored."))
    pair = _pair_of(form.fields)
    # What is left of the body when a file cannot be read to its end is read, too: a browser that
    # is cut off in the middle shows no answer.
    content = form.content()
    outcome = await imports.run(
        content,
        caller.name,
        pair,
        shared=bool(form.fields.get("shared")),
        expected=number_of(request.headers.get("content-length", "")),
    )
    await _rest(content)
    failure = outcome.failure
    return await memory_page(
        request,
        caller,
        failure.status if failure else 200,
        outcome=outcome,
        error=failure.wording if failure else None,
    )


@router.post("/memory/switch")
async def switch(request: Request, caller: CallerDep, memory: MemoryDep) -> Response:
    """Set whether corrections are remembered. Raises BadRequestError."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    if (pair := _pair_of(fields)) is None:
        raise BadRequestError(N_("Two languages are missing. Nothing was changed."))
    await memory.switch(caller.name, pair, remember=bool(fields.get("remember")))
    return _to_memory(pair=" ".join(pair))


@router.post("/memory/entries/{entry_id:id}/delete")
async def forget(entry_id: int, request: Request, caller: CallerDep, memory: MemoryDep) -> Response:
    """Delete an entry; for a day it can be brought back. Raises UnknownEntryError."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    facts = await memory.forget(caller.name, entry_id)
    return _to_memory(pair=" ".join(facts.pair), q=fields.get("q", ""), deleted=str(entry_id))


@router.post("/memory/entries/{entry_id:id}/restore")
async def bring_back(
    entry_id: int, request: Request, caller: CallerDep, memory: MemoryDep
) -> Response:
    """Bring a deleted entry back. Raises UnknownEntryError when it is too late."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    facts = await memory.restore(caller.name, entry_id)
    return _to_memory(pair=" ".join(facts.pair), q=fields.get("q", ""))


async def _rest(content: AsyncIterator[bytes]) -> None:
    try:
        async for _ in content:
            pass
    except UserError:
        pass  # a form that is malformed after a file that was read


async def _installed(request: Request) -> list[Pair]:
    try:
        models = await parts_of(request).translator.models()
    except TranslatorUnavailableError:
        return []
    return list(dict.fromkeys((each.source, each.target) for each in models))


def _pair_of(fields: Mapping[str, str]) -> Pair | None:
    """The pair that a form names as "de en", or None for any. Raises BadRequestError."""
    match fields.get("pair", "").split():
        case []:
            return None
        case [source, target] if max(len(source), len(target)) <= MOST_CODE:
            return check(source).lower(), check(target).lower()
    raise BadRequestError(N_("Two languages are missing. Nothing was changed."))


def _to_memory(**query: str) -> Response:
    return RedirectResponse(f"/memory?{urlencode({k: v for k, v in query.items() if v})}", 303)
