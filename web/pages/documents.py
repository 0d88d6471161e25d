"""Documents on the page: sent with its form, fetched by their translation's address."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from web.access.keys import Caller
from web.dependencies import DocumentsDep
from web.http.body import once
from web.http.uploads import Upload, attachment
from web.pages.translations import form_request_of
from web.translation.batch import BatchRequest

if TYPE_CHECKING:
    from web.documents.service import Documents

router = APIRouter()


async def translate_document(request: Request, sent: Upload, caller: Caller) -> Response:
    """Translate a document that a form holds, and show it at its own address."""
    wanted = form_request_of(once(sent.pairs), caller)
    request.state.pair = wanted.source, wanted.target
    documents: Documents = request.app.state.documents
    batch = BatchRequest(wanted.origin, wanted.source, wanted.target, caller=caller)
    ticket = await documents.accept(sent.name, sent.content or b"", batch)
    stored = await documents.find(ticket.id)
    return RedirectResponse(f"/translations/{stored.translation_id}", 303)


@router.get("/translations/{translation_id:id}/document")
async def document(translation_id: int, documents: DocumentsDep) -> Response:
    """A translated document in its own kind."""
    return attachment(await documents.rebuilt(await documents.of_translation(translation_id)))
