"""LibreTranslate's API (its `POST /translate` comes by way of web/negotiation.py).

The names, the answers and the messages are those of LibreTranslate 1.9.
"""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from web.access.authentication import AccessControl
from web.access.cross_site import cross_site_refusal, from_elsewhere
from web.access.keys import Caller
from web.compat import parameters, schema
from web.compat.document_doubts import document_doubts
from web.compat.document_warnings import DocumentWarnings
from web.compat.keepalive import with_keepalive
from web.compat.parameters import Parameters
from web.dependencies import (
    AccessControlDep,
    BatchTranslatorDep,
    DocumentsDep,
    DoubtsDep,
    LanguageCheckDep,
    SettingsDep,
)
from web.documents.options import form_of, options_of
from web.documents.service import Documents
from web.errors import ForbiddenError, UnauthenticatedError, UserError
from web.formats.html.document import open_html
from web.formats.registry import KINDS, MAX_BYTES
from web.http.ids import number_of
from web.http.uploads import attachment, uploaded
from web.text.detection import Guess
from web.text.languages import language_name
from web.translation.batch import BatchRequest, BatchTranslator, UnknownPairError
from web.translation.doubt_store import DoubtStore

router = APIRouter(tags=["LibreTranslate"])

# Most alternatives of a text.
MOST_ALTERNATIVES = 8
# Longest code of a language, in characters.
MOST_CODE = 16
MISSING = "Invalid request: missing {} parameter"
SEVERAL = 'A list is sent as JSON: {"q": ["…", "…"]}.'
# How long its own page waits after a key, in milliseconds.
FRONTEND_TIMEOUT = 500


def libretranslate_error(error: UserError) -> Response:
    """An error as LibreTranslate's clients read it."""
    return JSONResponse({"error": error.message}, status_code=error.status)


async def libretranslate_translate(
    request: Request, sent: Parameters, access: AccessControl, batch_translator: BatchTranslator
) -> Response:
    """`POST /translate` with a `q`: `translatedText` for it. Raises UserError's kinds."""
    caller = _authenticate(request, sent, access)
    q = sent.one("q", SEVERAL)
    many = isinstance(q, list)
    texts = [parameters.text_of(each, "q", MISSING) for each in (q if many else [q])]
    if not q:
        raise UserError(MISSING.format("q"))
    return await with_keepalive(
        _answer(texts, _batch_request(sent, caller), batch_translator, many=many)
    )


@router.post("/detect", openapi_extra=schema.DETECT_BODY, responses=schema.DETECTED)
async def detect(
    request: Request,
    access: AccessControlDep,
    batch_translator: BatchTranslatorDep,
    settings: SettingsDep,
) -> list[dict[str, Any]]:
    """The likeliest languages of `q` that are here, each with a confidence from 0 to 100.

    The first is the one that `auto` takes. Raises UserError when `q` is missing.
    """
    sent = await parameters.of_request(request, settings.max_json_bytes, access)
    _authenticate(request, sent, access)
    q = sent.one("q", SEVERAL)
    if isinstance(q, list):
        q = " ".join(parameters.text_of(each, "q", MISSING) for each in q)
    text = parameters.text_of(q, "q", MISSING)
    if not text:
        raise UserError(MISSING.format("q"))
    return [_guess(each) for each in await batch_translator.guesses(text)]


@router.get("/languages", responses=schema.LANGUAGES)
async def libretranslate_languages(batch_translator: BatchTranslatorDep) -> list[dict[str, Any]]:
    """The languages that can be named, each with what it can be translated to."""
    return [
        {"code": code, "name": language_name(code), "targets": targets}
        for code, targets in (await batch_translator.targets()).items()
    ]


@router.get("/frontend/settings", responses=schema.FRONTEND)
async def frontend_settings(
    batch_translator: BatchTranslatorDep, access: AccessControlDep
) -> dict[str, Any]:
    """Settings of a page for this server."""
    known = await batch_translator.targets()
    target = next((targets[1] for targets in known.values() if targets[1:]), "en")
    return {
        "charLimit": -1,
        "frontendTimeout": FRONTEND_TIMEOUT,
        "apiKeys": access.on,
        "keyRequired": access.on,
        "suggestions": False,
        "filesTranslation": True,
        "supportedFilesFormat": list(KINDS),
        "language": {
            "source": {"code": "auto", "name": "Auto Detect"},
            "target": {"code": target, "name": language_name(target)},
        },
    }


@router.post(
    "/translate_file", openapi_extra=schema.DOCUMENT_BODY, responses=schema.TRANSLATED_FILE
)
async def translate_file(
    request: Request,
    access: AccessControlDep,
    documents: DocumentsDep,
    language_check: LanguageCheckDep,
    doubts: DoubtsDep,
) -> Response:
    """Translate a document; the answer is where the translated one can be had.

    Raises UserError when a parameter is missing or wrong, DocumentError.
    """
    sent = await uploaded(request, MAX_BYTES)
    given = parameters.of_pairs(sent.pairs, request.query_params.multi_items())
    caller = _authenticate(request, given, access)
    if sent.content is None:
        raise UserError(MISSING.format("file"))
    wanted = _batch_request(given, caller)
    options = options_of(given.all)
    if options.previous and from_elsewhere(request.headers):
        # A page of another site knows nothing of the history, and learns nothing of it.
        raise cross_site_refusal()
    warnings = DocumentWarnings(language_check, wanted)
    try:
        ticket = await documents.accept(sent.name, sent.content, wanted, warnings.inspect, options)
    except UnknownPairError as error:
        raise UserError(_unknown(error)) from None
    del sent  # up to 50 MB, for which nobody waits any more
    address = request.url_for("download_file", document_id=ticket.id)
    return await with_keepalive(_translated(ticket.id, str(address), documents, warnings, doubts))


@router.get(
    "/download_file/{document_id}",
    response_class=Response,
    openapi_extra=schema.DOCUMENT_QUERY,
    responses=schema.FETCHED,
)
async def download_file(document_id: str, request: Request, documents: DocumentsDep) -> Response:
    """A translated document; the address may ask for another form of it than its upload did."""
    form = form_of(request.query_params.getlist)
    rebuilt = await documents.rebuilt(await documents.find(document_id), form)
    return attachment(rebuilt.name, rebuilt.media_type, rebuilt.content)


@router.post("/suggest", status_code=403, responses=schema.SUGGESTED)
async def suggest() -> None:
    """Better translations are not collected here. Raises ForbiddenError."""
    raise ForbiddenError("Suggestions are disabled on this server.")


async def _translated(
    document_id: str,
    address: str,
    documents: Documents,
    warnings: DocumentWarnings,
    doubts: DoubtStore,
) -> dict[str, Any]:
    stored = await documents.find(document_id)
    await documents.wait(stored)
    notes = await documents.notes(stored)
    found = await document_doubts(doubts, stored.translation_id, notes)
    said = [*warnings.field.get("warnings", ()), *found.get("warnings", ())]
    return {"translatedFileUrl": address} | found | ({"warnings": said} if said else {})


async def _answer(
    texts: list[str], wanted: BatchRequest, batch_translator: BatchTranslator, *, many: bool
) -> dict[str, Any]:
    try:
        answers = await batch_translator.translate(texts, wanted)
    except UnknownPairError as error:
        raise UserError(_unknown(error)) from None

    def form(values: list[Any]) -> Any:
        return values if many else values[0]

    answer: dict[str, Any] = {"translatedText": form([each.text for each in answers])}
    if wanted.source is None:
        answer["detectedLanguage"] = form([_guess(each.language) for each in answers])
    if wanted.alternatives:
        answer["alternatives"] = form([each.alternatives for each in answers])
    # A field that LibreTranslate has not, so only where there is something to say.
    if any(each.warnings for each in answers):
        answer["warnings"] = form([each.warnings for each in answers])
    return answer


def _batch_request(sent: Parameters, caller: Caller) -> BatchRequest:
    source, target = _language(sent, "source"), _language(sent, "target")
    form = sent.given("format")
    form = "text" if form is None else str(form)
    if form not in {"text", "html"}:
        raise UserError(f"{form[:40]} format is not supported")
    return BatchRequest(
        "libretranslate",
        None if source == "auto" else source,
        target,
        alternatives=_alternatives(sent),
        opened=open_html if form == "html" else None,
        caller=caller,
        glossary=sent.given("glossary"),
    )


def _authenticate(request: Request, sent: Parameters, access: AccessControl) -> Caller:
    """The caller by `api_key`, or by what the header or the page's cookie say."""
    key = sent.given("api_key")
    if key is not None and not isinstance(key, str):
        raise UserError("Invalid request: api_key parameter is not a string")
    try:
        return access.authenticate(request, key)
    except UnauthenticatedError:
        if key or "authorization" in request.headers:
            raise ForbiddenError("Invalid API key") from None
        raise ForbiddenError("Please contact the server operator to get an API key") from None


def _guess(guess: Guess) -> dict[str, Any]:
    # A whole number, as LibreTranslate's are: strict parsers take no other.
    return {"confidence": round(100 * guess.confidence), "language": guess.language}


def _language(sent: Parameters, name: str) -> str:
    language = sent.one(name)
    if not language:
        raise UserError(MISSING.format(name))
    if not isinstance(language, str) or not language.isascii() or len(language) > MOST_CODE:
        raise UserError(f"Invalid request: {name} parameter is not a language")
    return language.lower()


def _alternatives(sent: Parameters) -> int:
    number = sent.given("alternatives")
    if number is None:
        return 0
    negative = str(number).startswith("-")
    wanted = number_of(str(number).removeprefix("-"))
    if wanted is None:
        raise UserError("Invalid request: alternatives parameter is not a number")
    if negative:
        return 0
    if wanted > MOST_ALTERNATIVES:
        raise UserError(f"Invalid request: alternatives parameter must be <= {MOST_ALTERNATIVES}")
    return wanted


def _unknown(error: UnknownPairError) -> str:
    for language in (error.source, error.target):
        if language not in error.known:
            return f"{language} is not supported"
    if error.source == error.target:
        name = language_name(error.target)
        return f"{name} ({error.target}) is not available as a target language"
    return (
        f"{language_name(error.target)} ({error.target}) is not available as a target language "
        f"from {language_name(error.source)} ({error.source})"
    )
