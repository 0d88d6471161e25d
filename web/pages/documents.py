"""Documents on the page: sent with its form, fetched by their translation's address."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from web.access.context import context_of
from web.access.keys import Caller
from web.dependencies import DocumentsDep, parts_of
from web.documents.options import form_of, options_of
from web.http.body import once
from web.http.ids import TRANSLATION_ID
from web.http.uploads import Upload, attachment
from web.pages.languages import answered, form_request_of
from web.translation.batch import BatchRequest

router = APIRouter()


async def translate_document(request: Request, sent: Upload, caller: Caller) -> Response:
    """Translate a document that a form holds, and show it at its own address."""
    fields = answered(once(sent.pairs), request)
    parts = parts_of(request)
    wanted = form_request_of(fields, caller, parts.settings.quality)
    context_of(request).wanted = wanted.source, wanted.target, wanted.quality
    check, seems = parts.language_check, fields.get("seems", "")
    batch = BatchRequest(
        wanted.origin,
        wanted.source,
        wanted.target,
        caller=caller,
        quality=wanted.quality,
        glossary=fields.get("glossary"),
    )
    ticket = await parts.documents.accept(
        sent.name,
        sent.content or b"",
        batch,
        inspect=lambda text: check.ensure(text, wanted, seems),
        options=options_of(lambda name: [each for field, each in sent.pairs if field == name]),
    )
    stored = await parts.documents.find(ticket.id)
    return RedirectResponse(f"/translations/{stored.translation_id}", 303)


@router.get(f"/translations/{TRANSLATION_ID}/document")
async def document(translation_id: int, request: Request, documents: DocumentsDep) -> Response:
    """A translated document in its own kind, or in the form that the address asks for."""
    form = form_of(request.query_params.getlist)
    rebuilt = await documents.rebuilt(await documents.of_translation(translation_id), form)
    return attachment(rebuilt.name, rebuilt.media_type, rebuilt.content)
