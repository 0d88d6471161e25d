"""Terms of a glossary on the page: added, changed in place, deleted with undo, their changes.

htmx is answered with a term's place in the list, a form without it with a redirect to the term.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.dependencies import CallerDep, GlossariesDep, parts_of
from web.errors import UserError
from web.glossary.service import Glossaries
from web.glossary.terms import (
    Change,
    Glossary,
    GlossaryError,
    StoredTerm,
    Term,
    UnknownTermError,
)
from web.http import body
from web.http.ids import number_of
from web.pages.glossaries import GLOSSARY, MOST_FORM_BYTES
from web.pages.glossary_view import (
    SHOWN_CHANGES,
    caller_of,
    glossary_page,
    show_glossary,
    term_fragment,
    wants_part,
)

router = APIRouter(default_response_class=HTMLResponse)

# Changes among which the one is that was made just now; others may have made some meanwhile.
LATEST = 20
# They are shown where the form stands.
REFUSED = (GlossaryError, UnknownTermError)


@router.post(f"{GLOSSARY}/terms")
async def add_term(
    glossary_id: int, request: Request, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """Add a term. Raises UnknownGlossaryError, ForbiddenError."""
    return await _put(glossary_id, None, request, glossaries, caller.name)


@router.post(f"{GLOSSARY}/terms/{{term_id:id}}")
async def change_term(
    glossary_id: int,
    term_id: int,
    request: Request,
    glossaries: GlossariesDep,
    caller: CallerDep,
) -> Response:
    """Change a term. Raises UnknownGlossaryError, ForbiddenError."""
    return await _put(glossary_id, term_id, request, glossaries, caller.name)


async def _put(
    glossary_id: int, term_id: int | None, request: Request, glossaries: Glossaries, owner: str
) -> Response:
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    term = _term_of(fields)
    try:
        stored = await glossaries.put(owner, glossary_id, term, term_id)
    except REFUSED as error:
        glossary = await glossaries.get(owner, glossary_id)
        # Without htmx what was typed comes back, in the form that it was typed in.
        if term_id is None:
            return await show_glossary(request, glossary, error, typed=term)
        was = fields.get("was", "")
        return await show_glossary(request, glossary, error, search=was, wrong=(term_id, term))
    return await _answer(request, glossaries, owner, glossary_id, stored, added=term_id is None)


@router.post(f"{GLOSSARY}/terms/{{term_id:id}}/delete")
async def delete_term(
    glossary_id: int,
    term_id: int,
    request: Request,
    glossaries: GlossariesDep,
    caller: CallerDep,
) -> Response:
    """Delete a term, and offer to undo that.

    Raises UnknownGlossaryError, ForbiddenError.
    """
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    try:
        await glossaries.remove(caller.name, glossary_id, term_id)
    except UnknownTermError as error:
        glossary = await glossaries.get(caller.name, glossary_id)
        return await show_glossary(request, glossary, error)
    latest = await glossaries.changes(caller.name, glossary_id, LATEST)
    change = _removal(latest, fields.get("source", ""))
    if change is None:
        return RedirectResponse(f"/glossaries/{glossary_id}/changes", 303)
    if wants_part(request):
        glossary = await glossaries.get(caller.name, glossary_id)
        return term_fragment(request, "glossary_gone.html", glossary, change=change, how="deleted")
    query = urlencode(
        {"deleted": change.id, "source": change.before.source if change.before else ""}
    )
    return RedirectResponse(f"/glossaries/{glossary_id}?{query}#terms", 303)


@router.get(f"{GLOSSARY}/changes")
async def list_changes(
    glossary_id: int, request: Request, glossaries: GlossariesDep, caller: CallerDep
) -> Response:
    """The changes of a glossary's terms: who made which, and when; for its owner alone.

    Raises UnknownGlossaryError, ForbiddenError.
    """
    return await _show_changes(request, await glossaries.get(caller.name, glossary_id))


async def _show_changes(
    request: Request, glossary: Glossary, error: UserError | None = None
) -> Response:
    owner = caller_of(request).name
    before = number_of(request.query_params.get("before", ""))
    changes = await parts_of(request).glossaries.changes(
        owner, glossary.id, SHOWN_CHANGES + 1, before
    )
    more = len(changes) > SHOWN_CHANGES
    last = changes[SHOWN_CHANGES - 1].id if more else None
    return glossary_page(
        request,
        "glossary_changes.html",
        error,
        glossary=glossary,
        changes=changes[:SHOWN_CHANGES],
        more=f"/glossaries/{glossary.id}/changes?before={last}" if more else "",
    )


@router.post(f"{GLOSSARY}/changes/{{change_id:id}}/undo")
async def undo_change(
    glossary_id: int,
    change_id: int,
    request: Request,
    glossaries: GlossariesDep,
    caller: CallerDep,
) -> Response:
    """Undo a change of a term, as one more change.

    Raises UnknownGlossaryError, ForbiddenError.
    """
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    in_list = fields.get("back") == "changes"
    try:
        await glossaries.undo(caller.name, glossary_id, change_id)
    except REFUSED as error:
        glossary = await glossaries.get(caller.name, glossary_id)
        show = _show_changes if in_list else show_glossary
        return await show(request, glossary, error)
    if in_list:
        return RedirectResponse(f"/glossaries/{glossary_id}/changes", 303)
    source = fields.get("source", "")
    found = await glossaries.terms(caller.name, glossary_id, source)
    stored = next((each for each in found if each.term.source == source), None)
    if stored is None:
        return RedirectResponse(f"/glossaries/{glossary_id}", 303)
    return await _answer(request, glossaries, caller.name, glossary_id, stored)


async def _answer(  # noqa: PLR0913 - the parts of an answer
    request: Request,
    glossaries: Glossaries,
    owner: str,
    glossary_id: int,
    stored: StoredTerm,
    *,
    added: bool = False,
) -> Response:
    """A term's new place in the list, or the list with nothing else in it."""
    if not wants_part(request):
        query = urlencode({"q": stored.term.source})
        return RedirectResponse(f"/glossaries/{glossary_id}?{query}#term-{stored.id}", 303)
    glossary = await glossaries.get(owner, glossary_id)
    how = "added" if added else "saved"
    return term_fragment(request, "glossary_saved.html", glossary, each=stored, how=how)


def _removal(changes: list[Change], source: str) -> Change | None:
    return next(
        (
            each
            for each in changes
            if each.kind == "removed" and each.before and each.before.source == source
        ),
        None,
    )


def _term_of(fields: Mapping[str, str]) -> Term:
    """The term of a form; one that is not to be translated has its source as its target."""
    source = fields.get("source", "")
    return Term(
        source,
        source if fields.get("keep") else fields.get("target", ""),
        match_case=bool(fields.get("match_case")),
        inflected=bool(fields.get("inflected")),
        compounds=bool(fields.get("compounds")),
        note=fields.get("note", ""),
    )
