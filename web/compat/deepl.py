"""DeepL's API: texts. Parameters that it refuses are refused in its words, unknown ones ignored."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from web.access.authentication import AccessControl
from web.access.keys import Caller
from web.compat import parameters, schema
from web.compat.keepalive import with_keepalive
from web.compat.parameters import Parameters
from web.dependencies import AccessControlDep, BatchTranslatorDep, SettingsDep, parts_of
from web.errors import BudgetSpentError, RateError, UnauthenticatedError, UserError
from web.formats.html.document import open_html
from web.formats.xml import open_xml
from web.glossary.terms import GlossaryPairError, UnknownGlossaryError
from web.settings import Quality
from web.text.languages import VARIANTS, language_name
from web.translation.batch import (
    Answer,
    BatchRequest,
    BatchTranslator,
    OpenedText,
    UnknownPairError,
)

router = APIRouter(tags=["DeepL"])


# Errors in DeepL's words, the particular ones first; ours say more.
OURS: list[tuple[type[UserError], int, str]] = [
    (BudgetSpentError, 456, "Quota exceeded."),
    (RateError, 429, "Too many requests."),
    (UnauthenticatedError, 403, "Authorization failed."),
    (UnknownGlossaryError, 404, "Glossary not found"),
]
MISSING = "Parameter '{}' not specified."
UNSUPPORTED = "Value for '{}' not supported."
# Parameters that are refused: the answer would be another one than the client asked for.
ABSENT = {
    "style_id": "Style rules",
    "custom_instructions": "Custom instructions",
    "translation_memory_id": "Translation memories",
}
# Types of models, with the quality that they stand for; without one it is the usual one.
MODEL_TYPES: dict[str, Quality | None] = {
    "": None,
    "latency_optimized": "fast",
    "prefer_quality_optimized": "best",
    "quality_optimized": "best",
}
# No model here knows a formal way to say "you"; with these it need not.
INFORMAL = {"default", "prefer_less", "prefer_more"}
FORMALITIES = INFORMAL | {"less", "more"}
SOURCE_NEEDED = "Use of a glossary requires the source_lang parameter to be specified"
NO_DICTIONARY_OF_PAIR = "No dictionary found for language pair {}-{} in glossary {}"
TAG_HANDLING_VERSIONS = {"v1", "v2"}
TAG_NAMES = ("ignore_tags", "splitting_tags", "non_splitting_tags")
# Longest code of a language, in characters.
MOST_CODE = 16
_GLOSSARY_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_LINE_BREAKS = re.compile(r"[^\S\n]*\n\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """Form of the answers to one request: the fields that it asks for beside the text.

    `model_type` and `tag_handling_version` are said again, or left out where they are "".
    """

    billed: bool
    model_type: str
    tag_handling_version: str

    def __call__(self, text: str, answer: Answer) -> dict[str, Any]:
        """The answer to a text."""
        form: dict[str, Any] = {
            "detected_source_language": answer.language.language.upper(),
            "text": answer.text,
        }
        if self.billed:
            form["billed_characters"] = len(text)
        if self.model_type:
            form["model_type_used"] = self.model_type
        if self.tag_handling_version:
            form["tag_handling_version"] = self.tag_handling_version
        # A field that DeepL has not, so only where there is something to say.
        if answer.warnings:
            form["warnings"] = answer.warnings
        return form


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


@router.post("/v2/translate", openapi_extra=schema.DEEPL_BODY, responses=schema.DEEPL_TRANSLATED)
@router.get(  # as clients did once
    "/v2/translate",
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
    form = _form_of(sent)
    quality = MODEL_TYPES[_model_type(sent)]
    wanted = replace(batch_request_of(sent, caller), quality=quality)
    return await with_keepalive(_answer(texts, wanted, form, batch_translator))


async def deepl_translate_asked(request: Request) -> Response:
    """The same for a route that finds no dependencies. Raises UserError in DeepL's words."""
    parts = parts_of(request)
    return await deepl_translate(request, parts.access, parts.batch_translator, parts.settings)


async def _answer(
    texts: list[str], wanted: BatchRequest, form: AnswerForm, batch_translator: BatchTranslator
) -> dict[str, Any]:
    try:
        answers = await batch_translator.translate(texts, wanted)
    except UnknownPairError as error:
        raise unknown_pair(error, wanted) from None
    except GlossaryPairError as error:
        raise wrong_glossary(error, wanted) from None
    return {"translations": [form(*each) for each in zip(texts, answers, strict=True)]}


def _form_of(sent: Parameters) -> AnswerForm:
    """Raises UserError."""
    version = _one_of(sent, "tag_handling_version", TAG_HANDLING_VERSIONS, "v2")
    return AnswerForm(
        billed=_flag(sent, "show_billed_characters", default=False),
        model_type=_model_type(sent).removeprefix("prefer_"),
        tag_handling_version=version if sent.given("tag_handling") else "",
    )


def _model_type(sent: Parameters) -> str:
    """One of MODEL_TYPES. Raises UserError."""
    return _one_of(sent, "model_type", MODEL_TYPES, "")


def batch_request_of(sent: Parameters, caller: Caller) -> BatchRequest:
    """How texts or a document are to be translated. Raises UserError."""
    source = sent.given("source_lang")
    target = sent.given("target_lang")
    if target is None:
        raise UserError(MISSING.format("target_lang"))
    split = sent.given("split_sentences")
    split = "1" if split is None else str(split)
    _flag(sent, "preserve_formatting")
    if "context" in sent:
        parameters.text_of(sent.one("context"), "context", UNSUPPORTED)
    if _one_of(sent, "formality", FORMALITIES, "default") not in INFORMAL:
        raise UserError("'formality' is not supported for given 'target_lang'.")
    if split not in {"0", "1", "nonewlines"}:
        raise UserError(UNSUPPORTED.format("split_sentences"))
    for name, what in ABSENT.items():
        if sent.given(name):
            raise UserError(f"{what} are not supported.")
    glossary = _glossary(sent)
    if glossary and source is None:
        raise UserError(SOURCE_NEEDED)
    return BatchRequest(
        "deepl",
        None if source is None else language_of(source, "source_lang"),
        language_of(target, "target_lang"),
        sentences=split != "0",
        opened=_opening(sent),
        caller=caller,
        glossary=glossary,
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


def glossary_id_of(value: object) -> str | None:
    """The id of a glossary, a UUID, as it is stored; None for what can be none."""
    if isinstance(value, str) and _GLOSSARY_ID.fullmatch(value):
        return value.lower()
    return None


def _glossary(sent: Parameters) -> str | None:
    """The id of the glossary to translate with. Raises UserError."""
    one = sent.given("glossary_id")
    several = _names(sent, "glossary_ids")
    if one is not None and several:
        raise UserError("Parameters 'glossary_id' and 'glossary_ids' cannot be used together.")
    if len(several) > 1:
        raise UserError("Several glossaries for one translation are not supported.")
    if one is None and not several:
        return None
    glossary = glossary_id_of(several[0] if several else one)
    if glossary is None:
        raise UserError(UNSUPPORTED.format("glossary_ids" if several else "glossary_id"))
    return glossary


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


def _one_of(sent: Parameters, name: str, values: Container[str], default: str) -> str:
    """One of some words, or the default where it is missing. Raises UserError."""
    value = sent.given(name)
    if value is None:
        return default
    if not isinstance(value, str) or value not in values:
        raise UserError(UNSUPPORTED.format(name))
    return value


def _flag(sent: Parameters, name: str, *, default: bool = True) -> bool:
    """Yes or no, in any of the ways that clients say it."""
    value = sent.given(name)
    if value is None:
        return default
    said = str(value).lower()
    if said not in {"0", "1", "false", "true"}:
        raise UserError(UNSUPPORTED.format(name))
    return said in {"1", "true"}


def _names(sent: Parameters, name: str) -> list[str]:
    """Names of tags, or ids: a list, or a string with commas."""
    return [
        each.strip()
        for value in sent.all(name)
        for each in parameters.text_of(value, name, UNSUPPORTED).split(",")
        if each.strip()
    ]


def unknown_pair(error: UnknownPairError, wanted: BatchRequest) -> UserError:
    """In DeepL's words, and what can be had."""
    unknown = error.target not in error.reachable
    name = "target_lang" if unknown else "source_lang"
    found = "" if wanted.source or unknown else f"The text is in {language_name(error.source)}."
    problem = UserError(UNSUPPORTED.format(name))
    problem.detail = f"{found} {error}".strip()
    return problem


def wrong_glossary(error: GlossaryPairError, wanted: BatchRequest) -> UserError:
    """The same in DeepL's words, with the pair that the glossary is for."""
    problem = UserError(NO_DICTIONARY_OF_PAIR.format(wanted.source, wanted.target, wanted.glossary))
    problem.detail = error.message
    return problem
