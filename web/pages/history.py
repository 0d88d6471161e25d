"""The history's forms: rename, delete, bring back. The list itself is part of every page.

Each form is answered with a redirect to the list that it stood on, so all of this works with
and without JavaScript.
"""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.dependencies import HistoryDep
from web.errors import BadRequestError, NotFoundError, UserError
from web.http import body
from web.messages import N_
from web.pages.history_filters import filters_of, query_of
from web.pages.rendering import render
from web.text.validation import check

router = APIRouter(default_response_class=HTMLResponse)

# Longest title, in characters.
MOST_TITLE = 200
MOST_FORM_BYTES = 10_000


@router.post("/translations/{translation_id}/title")
async def rename(translation_id: int, request: Request, history: HistoryDep) -> Response:
    """Give a translation another title. Raises BadRequestError, NotFoundError."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    title = " ".join(check(fields.get("title", "")).split())
    if not 0 < len(title) <= MOST_TITLE:
        raise BadRequestError(
            N_("A title has 1 to {most} characters. The old one stays."), most=MOST_TITLE
        )
    if not await history.rename(translation_id, title):
        raise NotFoundError(N_("There is no translation {id!s}."), id=translation_id)
    return _back(fields)


@router.post("/translations/{translation_id}/delete")
async def delete(translation_id: int, request: Request, history: HistoryDep) -> Response:
    """Delete a translation; for a day it can be brought back. Raises NotFoundError."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    if not await history.delete(translation_id):
        raise NotFoundError(N_("There is no translation {id!s}."), id=translation_id)
    return _back(fields, deleted=str(translation_id))


@router.post("/translations/{translation_id}/restore")
async def restore(translation_id: int, request: Request, history: HistoryDep) -> Response:
    """Bring a deleted translation back. Raises NotFoundError when it is too late."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    if not await history.restore(translation_id):
        raise NotFoundError(
            N_("Translation {id!s} cannot be brought back any more."), id=translation_id
        )
    return _back(fields)


@router.get("/history/delete")
async def ask(request: Request, history: HistoryDep) -> Response:
    """The question before everything is deleted."""
    return await render(request, "delete_all.html", count=await history.count())


@router.post("/history/delete")
async def delete_all(history: HistoryDep) -> Response:
    """Delete every translation; for a day they can be brought back."""
    deleted_at = await history.delete_all()
    return _back({}, deleted_at=deleted_at.isoformat(timespec="milliseconds"))


@router.post("/history/restore")
async def restore_all(request: Request, history: HistoryDep) -> Response:
    """Bring back all that was deleted at one time. Raises UserError when that is no time."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    try:
        deleted_at = datetime.fromisoformat(fields.get("deleted_at", ""))
    except ValueError:
        raise UserError(N_('"deleted_at" is not a time.')) from None
    await history.restore_all(deleted_at)
    return _back({})


def _back(fields: dict[str, str], **more: str) -> Response:
    """To the list that the form stood on; its address is made anew from what it asks for."""
    filters = filters_of(dict(parse_qsl(fields.get("back", ""))))
    query = "&".join(filter(None, (query_of(filters, filters.before), urlencode(more))))
    return RedirectResponse(f"/?{query}" if query else "/", 303)
