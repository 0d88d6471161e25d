"""DeepL's API, version 2: texts and languages.

Its glossaries, style rules and writing are not here; a request for those is answered with the 404
that DeepL's clients understand.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from web.access.authentication import AccessControl
from web.access.keys import Caller
from web.compat import parameters, schema
from web.compat.keepalive import with_keepalive
from web.compat.parameters import Parameters
from web.dependencies import AccessControlDep, BatchTranslatorDep, SettingsDep
from web.errors import BudgetSpentError, RateError, UnauthenticatedError, UserError
from web.formats.html import open_html
from web.formats.xml import open_xml
from web.text.languages import VARIANTS, language_name
from web.translation.batch import (
    Answer,
    BatchRequest,
    BatchTranslator,
    OpenedText,
    UnknownPairError,
)

router = APIRouter(prefix="/v2", tags=["DeepL"])


# Errors of keys in DeepL's words, the particular ones first.
OURS: list[tuple[type[UserError], int, str]] = [
    (BudgetSpentError, 456, "Quota exceeded."),
    (RateError, 429, "Too many requests."),
    (UnauthenticatedError, 403, "Authorization failed."),
]
# The limit in characters that stands for none.
NO_LIMIT = 1_000_000_000_000

MISSING = "Parameter '{}' not specified."
UNSUPPORTED = "Value for '{}' not supported."
# Parameters that are refused: the answer would be another one than the client asked for.
ABSENT = {
    "glossary_id": "Glossaries",
    "glossary_ids": "Glossaries",
    "style_id": "Style rules",
    "custom_instructions": "Custom instructions",
    "translation_memory_id": "Translation memories",
}
TAG_NAMES = ("ignore_tags", "splitting_tags", "non_splitting_tags")
# Longest code of a language, in characters.
MOST_CODE = 16
_LINE_BREAKS = re.compile(r"[^\S\n]*\n\s*(?=\S)")


def deepl_error(error: UserError) -> JSONResponse:
    """An error as DeepL's clients read it."""
    answer = {"message": error.message}
    if error.detail:
        answer["detail"] = error.detail
    for kind, status, message in OURS:
        if isinstance(error, kind):
            return JSONResponse({"message": message, "detail": error.message}, status)
    return JSONResponse(answer, error.status)


def authenticate(request: Request, access: AccessControl, sent: Parameters | None = None) -> Caller:
    """The caller by the header, or by `auth_key` as clients sent it once.

    Raises UnauthenticatedError, RateError, and UserError for a key that is no string.
    """
    key = sent.given("auth_key") if sent else None
    if key is not None and not isinstance(key, str):
        raise UserError(UNSUPPORTED.format("auth_key"))
    return access.authenticate(request, key)


@router.post("/translate", openapi_extra=schema.DEEPL_BODY, responses=schema.DEEPL_TRANSLATED)
@router.get(  # as clients did once
    "/translate",
    deprecated=True,
    openapi_extra=schema.DEEPL_GET,
    responses=schema.DEEPL_TRANSLATED,
)
async def deepl_translate(
    request: Request,
    access: AccessControlDep,
    batch_translator: BatchTranslatorDep,
    settings: SettingsDep,
) -> Response:
    """Translate one text or several. Raises UserError in DeepL's words."""
    sent = await parameters.of_request(request, settings.max_json_bytes, access)
    caller = authenticate(request, access, sent)
    texts = [parameters.text_of(each, "text", UNSUPPORTED) for each in sent.all("text")]
    if not texts:
        raise UserError(MISSING.format("text"))
    if sent.one("split_sentences") == "nonewlines":
        texts = [_LINE_BREAKS.sub(" ", each) for each in texts]
    return await with_keepalive(_answer(texts, batch_request_of(sent, caller), batch_translator))


@router.post(
    "/languages", openapi_extra=schema.DEEPL_LANGUAGES_POST, responses=schema.DEEPL_LANGUAGES
)
@router.get(
    "/languages", openapi_extra=schema.DEEPL_LANGUAGES_GET, responses=schema.DEEPL_LANGUAGES
)
async def deepl_languages(
    request: Request,
    access: AccessControlDep,
    batch_translator: BatchTranslatorDep,
    settings: SettingsDep,
) -> list[dict[str, Any]]:
    """The languages that can be named as `source_lang`, or with `type=target` as `target_lang`.

    Raises UserError for another type.
    """
    sent = await parameters.of_request(request, settings.max_json_bytes, access)
    authenticate(request, access, sent)
    kind = sent.given("type")
    known = await batch_translator.targets()
    if kind is None or kind == "source":
        codes = [code for code, targets in known.items() if targets[1:]]
        return [{"language": each.upper(), "name": language_name(each)} for each in codes]
    if kind != "target":
        raise UserError(UNSUPPORTED.format("type"))
    codes = list(dict.fromkeys(each for targets in known.values() for each in targets[1:]))
    return [
        {"language": code, "name": name, "supports_formality": False}
        for each in codes
        for code, name in VARIANTS.get(each, {each.upper(): language_name(each)}).items()
    ]


@router.post("/usage", responses=schema.DEEPL_USAGE)
@router.get("/usage", responses=schema.DEEPL_USAGE)
async def usage(request: Request, access: AccessControlDep) -> dict[str, int]:
    """The characters that the key has had translated this month, and how many it may."""
    used, limit = await access.usage(authenticate(request, access))
    return {"character_count": used, "character_limit": NO_LIMIT if limit is None else limit}


async def _answer(
    texts: list[str], wanted: BatchRequest, batch_translator: BatchTranslator
) -> dict[str, Any]:
    try:
        answers = await batch_translator.translate(texts, wanted)
    except UnknownPairError as error:
        raise unknown_pair(error, wanted) from None
    return {"translations": [_form(*each) for each in zip(texts, answers, strict=True)]}


def _form(text: str, answer: Answer) -> dict[str, Any]:
    return {
        "detected_source_language": answer.language.language.upper(),
        "text": answer.text,
        "billed_characters": len(text),
        # A field that DeepL has not, so only where there is something to say.
        **({"warnings": answer.warnings} if answer.warnings else {}),
    }


def batch_request_of(sent: Parameters, caller: Caller) -> BatchRequest:
    """How texts or a document are to be translated. Raises UserError."""
    source = sent.given("source_lang")
    target = sent.given("target_lang")
    if target is None:
        raise UserError(MISSING.format("target_lang"))
    split = sent.given("split_sentences")
    split = "1" if split is None else str(split)
    for name in ("preserve_formatting", "show_billed_characters"):
        _flag(sent, name)
    for name in ("context", "formality"):
        if name in sent:
            parameters.text_of(sent.one(name), name, UNSUPPORTED)
    if split not in {"0", "1", "nonewlines"}:
        raise UserError(UNSUPPORTED.format("split_sentences"))
    for name, what in ABSENT.items():
        if sent.given(name):
            raise UserError(f"{what} are not supported.")
    return BatchRequest(
        "deepl",
        None if source is None else language_of(source, "source_lang"),
        language_of(target, "target_lang"),
        sentences=split != "0",
        opened=_opening(sent),
        caller=caller,
    )


def language_of(value: Any, name: str) -> str:
    """The code that the models know a language by. Raises UserError."""
    if not isinstance(value, str) or not value.isascii() or len(value) > MOST_CODE:
        raise UserError(UNSUPPORTED.format(name))
    code = value.upper()
    for language, variants in VARIANTS.items():
        if code in variants:
            return language
    return code.lower()


def _opening(sent: Parameters) -> Callable[[str], OpenedText] | None:
    handling = sent.given("tag_handling")
    outline = _flag(sent, "outline_detection")
    ignored, splitting, not_splitting = (_names(sent, name) for name in TAG_NAMES)
    if handling is None:
        return None
    if handling == "html":
        return open_html
    if handling != "xml":
        raise UserError(UNSUPPORTED.format("tag_handling"))
    return partial(
        open_xml,
        ignore_tags=ignored,
        splitting_tags=splitting,
        non_splitting_tags=not_splitting,
        outline_detection=outline,
    )


def _flag(sent: Parameters, name: str) -> bool:
    """Yes or no, in any of the ways that clients say it; yes when it is missing."""
    value = sent.given(name)
    if value is None:
        return True
    said = str(value).lower()
    if said not in {"0", "1", "false", "true"}:
        raise UserError(UNSUPPORTED.format(name))
    return said in {"1", "true"}


def _names(sent: Parameters, name: str) -> list[str]:
    """Names of tags: a list, or a string with commas."""
    return [
        each.strip()
        for value in sent.all(name)
        for each in parameters.text_of(value, name, UNSUPPORTED).split(",")
        if each.strip()
    ]


def unknown_pair(error: UnknownPairError, wanted: BatchRequest) -> UserError:
    """In DeepL's words, and what can be had."""
    unknown = error.target not in error.known
    name = "target_lang" if unknown else "source_lang"
    found = "" if wanted.source or unknown else f"The text is in {language_name(error.source)}."
    problem = UserError(UNSUPPORTED.format(name))
    problem.detail = f"{found} {error}".strip()
    return problem
