"""DeepL's API, version 2: documents."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from web.compat import parameters, schema
from web.compat.deepl import (
    MISSING,
    authenticate,
    batch_request_of,
    unknown_pair,
    wrong_glossary,
)
from web.compat.document_doubts import document_doubts
from web.compat.document_warnings import DocumentWarnings
from web.dependencies import (
    AccessControlDep,
    DocumentsDep,
    DoubtsDep,
    LanguageCheckDep,
    SettingsDep,
)
from web.documents.options import options_of
from web.documents.store import StoredDocument
from web.errors import UserError
from web.formats.registry import MAX_BYTES
from web.glossary.terms import GlossaryPairError
from web.http.uploads import attachment, uploaded
from web.translation.batch import UnknownPairError
from web.translation.store import Translation

router = APIRouter(prefix="/v2/document", tags=["DeepL"])
DocumentId = Annotated[str, Path(max_length=64)]


@router.post("", openapi_extra=schema.DEEPL_DOCUMENT_BODY, responses=schema.DEEPL_UPLOADED)
async def upload(
    request: Request,
    access: AccessControlDep,
    documents: DocumentsDep,
    language_check: LanguageCheckDep,
) -> dict[str, Any]:
    """Have a document translated; the answer names it for the other calls.

    Raises UserError in DeepL's words, ForbiddenError, DocumentError, UnknownGlossaryError.
    """
    sent = await uploaded(request, MAX_BYTES)
    given = parameters.of_pairs(sent.pairs, request.query_params.multi_items())
    caller = authenticate(request, access, given)
    name = given.one("filename") or sent.name
    if sent.content is None:
        raise UserError(MISSING.format("file"))
    wanted = batch_request_of(given, caller)
    options = options_of(given.all)
    warnings = DocumentWarnings(language_check, wanted)
    try:
        ticket = await documents.accept(name, sent.content, wanted, warnings.inspect, options)
    except UnknownPairError as error:
        raise unknown_pair(error, wanted) from None
    except GlossaryPairError as error:
        raise wrong_glossary(error, wanted) from None
    return {"document_id": ticket.id, "document_key": ticket.key, **warnings.field}


async def _stored(
    document_id: DocumentId,
    request: Request,
    access: AccessControlDep,
    documents: DocumentsDep,
    settings: SettingsDep,
) -> StoredDocument:
    """The document that a call names, by its id and its key."""
    sent = await parameters.of_request(request, settings.max_json_bytes, access)
    authenticate(request, access, sent)
    key = sent.given("document_key")
    if not key:
        raise UserError(MISSING.format("document_key"))
    return await documents.find(document_id, str(key))


@router.post("/{document_id}", openapi_extra=schema.DEEPL_KEY_BODY, responses=schema.DEEPL_STATUS)
async def document_status(
    document_id: DocumentId,
    stored: Annotated[StoredDocument, Depends(_stored)],
    documents: DocumentsDep,
    doubts: DoubtsDep,
) -> dict[str, Any]:
    """How far a document is: queued, translating, done or error; then its doubtful places."""
    translation = await documents.state(stored)
    answer: dict[str, Any] = {"document_id": document_id, "status": _status(translation)}
    if answer["status"] == "done":
        answer["billed_characters"] = translation.characters
        answer |= await document_doubts(doubts, translation.id, await documents.notes(stored))
    elif answer["status"] == "error":
        answer["error_message"] = "The translation was cancelled."
    elif seconds := _seconds_left(translation):
        answer["seconds_remaining"] = seconds
    return answer


@router.post(
    "/{document_id}/result",
    response_class=Response,
    openapi_extra=schema.DEEPL_KEY_BODY,
    responses=schema.DEEPL_RESULT,
)
async def document_result(
    stored: Annotated[StoredDocument, Depends(_stored)], documents: DocumentsDep
) -> Response:
    """The translated document; 503 until it is done."""
    rebuilt = await documents.rebuilt(stored)
    return attachment(rebuilt.name, rebuilt.media_type, rebuilt.content)


def _status(translation: Translation) -> str:
    if translation.status == "done":
        return "done"
    if translation.ended:
        return "error"
    return "translating" if translation.passages_done else "queued"


def _seconds_left(translation: Translation) -> int | None:
    """By the pace so far."""
    if not translation.passages_done:
        return None
    elapsed = (datetime.now(UTC).replace(tzinfo=None) - translation.created_at).total_seconds()
    left = translation.passages - translation.passages_done
    return max(1, round(elapsed / translation.passages_done * left))
