"""DeepLX's API: one text in, its translation and others for it out.

The fields and errors are those of DeepLX 1.1. Its clients ask the address that a user types, some
with `/translate` behind it; one can ask no other address than `/translate` and says that its JSON
is text/plain (see web/negotiation.py).
"""

import secrets
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from web.access.keys import Caller
from web.compat import further_schema, parameters, questions
from web.compat.keepalive import with_keepalive
from web.compat.parameters import Parameters
from web.dependencies import AccessControlDep, BatchTranslatorDep, SettingsDep
from web.errors import NotFoundError, UserError
from web.formats.html.document import open_html
from web.formats.xml import open_xml
from web.translation.batch import BatchRequest, BatchTranslator, OpenedText

router = APIRouter(prefix="/deeplx", tags=["DeepLX"])

# Alternatives that DeepLX asks DeepL for.
ALTERNATIVES = 3
# Its ids are random numbers below this, which JavaScript has exactly.
MOST_ID = 10**13
OPENED: dict[str, Callable[[str], OpenedText]] = {"html": open_html, "xml": open_xml}
FIELDS = {"text", "source_lang", "target_lang", "tag_handling"}


def deeplx_error(error: UserError) -> JSONResponse:
    """An error as DeepLX's clients read it."""
    return JSONResponse({"code": error.status, "message": error.message}, error.status)


def is_deeplx_question(names: AbstractSet[str]) -> bool:
    """Whether a JSON object with these names, at an address that is shared, is a question."""
    return {"text", "target_lang"} <= names and not names & {"source", "target"}


@router.post(
    "/translate",
    openapi_extra=further_schema.DEEPLX_BODY,
    responses=further_schema.DEEPLX_TRANSLATED,
)
@router.post("", include_in_schema=False)
async def deeplx_translate(
    request: Request,
    access: AccessControlDep,
    batch_translator: BatchTranslatorDep,
    settings: SettingsDep,
) -> Response:
    """Translate one text; up to three alternatives come with it. Raises UserError's kinds."""
    caller = questions.authenticate_token(request, access)
    sent = await questions.read_question(request, settings.max_json_bytes, access)
    return await deeplx_answer(sent, caller, batch_translator)


async def deeplx_answer(
    sent: Parameters,
    caller: Caller,
    batch_translator: BatchTranslator,
    alternatives: int = ALTERNATIVES,
) -> Response:
    """The answer to a question, with so many alternatives at most. Raises UserError's kinds."""
    return await with_keepalive(_answer(sent, caller, batch_translator, alternatives))


async def _answer(
    sent: Parameters, caller: Caller, batch_translator: BatchTranslator, alternatives: int
) -> dict[str, Any]:
    text = parameters.text_of(sent.one("text") or "", "text", questions.UNSUPPORTED)
    if not text:
        raise NotFoundError("No text to translate")
    handling = sent.given("tag_handling")
    if handling is not None and handling not in list(OPENED):
        raise UserError("Invalid tag_handling value. Allowed values are 'html' and 'xml'.")
    known = await batch_translator.targets()
    wanted = BatchRequest(
        "deeplx",
        questions.asked_source(sent, known),
        questions.asked_target(sent, known),
        alternatives=alternatives,
        opened=handling and OPENED[handling],
        caller=caller,
    )
    (answer,) = await batch_translator.translate([text], wanted)
    return {
        "code": HTTPStatus.OK,
        "id": secrets.randbelow(MOST_ID),
        "data": answer.text,
        # Hypotheses may differ in their tokens and be the same text.
        "alternatives": [
            *dict.fromkeys(each for each in answer.alternatives if each != answer.text)
        ],
        "source_lang": answer.language.language.upper(),
        "target_lang": sent.one("target_lang"),
        "method": "Free",
        # A field that DeepLX has not, so only where there is something to say.
        **({"warnings": answer.warnings} if answer.warnings else {}),
    }
