"""Immersive Translate's custom API: the paragraphs of a page in, their translations out."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from web.access.keys import Caller
from web.compat import further_schema, parameters, questions
from web.compat.keepalive import with_keepalive
from web.compat.parameters import Parameters
from web.dependencies import AccessControlDep, BatchTranslatorDep, SettingsDep
from web.errors import UserError
from web.translation.batch import Answer, BatchRequest, BatchTranslator

router = APIRouter(tags=["Immersive Translate"])


def immersive_translate_error(error: UserError) -> JSONResponse:
    """An error; the extension shows whatever it gets."""
    return JSONResponse({"error": error.message, "code": error.code}, error.status)


@router.post(
    "/imme",
    openapi_extra=further_schema.IMMERSIVE_BODY,
    responses=further_schema.IMMERSIVE_TRANSLATED,
)
async def immersive_translate(
    request: Request,
    access: AccessControlDep,
    batch_translator: BatchTranslatorDep,
    settings: SettingsDep,
) -> Response:
    """Translate the texts of `text_list`. Raises UserError's kinds."""
    caller = questions.authenticate_token(request, access)
    sent = await questions.read_question(request, settings.max_json_bytes, access)
    return await with_keepalive(_answer(sent, caller, batch_translator))


async def _answer(
    sent: Parameters, caller: Caller, batch_translator: BatchTranslator
) -> dict[str, Any]:
    texts = sent.one("text_list")
    if not isinstance(texts, list) or not texts:
        raise UserError(questions.MISSING.format("text_list"))
    texts = [parameters.text_of(each, "text_list", questions.UNSUPPORTED) for each in texts]
    known = await batch_translator.targets()
    source, target = questions.asked_source(sent, known), questions.asked_target(sent, known)
    wanted = BatchRequest("immersive", source, target, caller=caller)
    return {"translations": [*map(_form, await batch_translator.translate(texts, wanted))]}


def _form(answer: Answer) -> dict[str, Any]:
    return {
        "detected_source_lang": answer.language.language,
        "text": answer.text,
        # A field that the extension does not know, so only where there is something to say.
        **({"warnings": answer.warnings} if answer.warnings else {}),
    }
