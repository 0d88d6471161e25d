"""DeepL's API: languages, in versions 2 and 3.

Version 3 names a language once, with its code as BCP 47 has it; version 2 is deprecated there.
"""

from typing import Any

from fastapi import APIRouter, Request

from web.compat import parameters, schema
from web.compat.deepl import MISSING, UNSUPPORTED, authenticate
from web.dependencies import AccessControlDep, BatchTranslatorDep, SettingsDep
from web.errors import UserError
from web.text.languages import VARIANTS, language_name, sources_of, targets_of

router = APIRouter(tags=["DeepL"])

# A resource whose languages have no variants: a glossary for English is for both kinds of it.
GLOSSARY = "glossary"
# Features by resource; the first are of sources and of targets, the second of sources alone.
FEATURES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "translate_text": (("tag_handling", "glossary"), ("auto_detection",)),
    "translate_document": (("glossary",), ("auto_detection",)),
    GLOSSARY: ((), ()),
}
# Resources of DeepL that nothing here can do.
NOTHING = ("style_rules", "translation_memory", "voice", "write")
STABLE = {"status": "stable"}


@router.post(
    "/v2/languages", openapi_extra=schema.DEEPL_LANGUAGES_POST, responses=schema.DEEPL_LANGUAGES
)
@router.get(
    "/v2/languages", openapi_extra=schema.DEEPL_LANGUAGES_GET, responses=schema.DEEPL_LANGUAGES
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
        return [
            {"language": each.upper(), "name": language_name(each)} for each in sources_of(known)
        ]
    if kind != "target":
        raise UserError(UNSUPPORTED.format("type"))
    return [
        {"language": code, "name": name, "supports_formality": False}
        for each in targets_of(known)
        for code, name in VARIANTS.get(each, {each.upper(): language_name(each)}).items()
    ]


@router.get(
    "/v3/languages", openapi_extra=schema.DEEPL_RESOURCE, responses=schema.DEEPL_LANGUAGES_OF
)
async def languages_of_resource(
    request: Request,
    access: AccessControlDep,
    batch_translator: BatchTranslatorDep,
    settings: SettingsDep,
) -> list[dict[str, Any]]:
    """The languages of a `resource`, each with where it can be named, and with its features.

    Raises UserError for a resource that DeepL has not.
    """
    sent = await parameters.of_request(request, settings.max_json_bytes, access)
    authenticate(request, access, sent)
    resource = sent.given("resource")
    if resource is None:
        raise UserError(MISSING.format("resource"))
    if resource in NOTHING:
        return []
    if resource not in FEATURES:
        raise UserError(UNSUPPORTED.format("resource"))
    both, of_source = FEATURES[resource]
    known = await batch_translator.targets()
    sources = sources_of(known)
    variants = {} if resource == GLOSSARY else VARIANTS
    targets = {
        _bcp47(code): name
        for each in targets_of(known)
        for code, name in variants.get(each, {each: language_name(each)}).items()
    }
    names = {each: language_name(each) for each in sources} | targets
    return [
        {
            "lang": code,
            "name": name,
            "usable_as_source": code in sources,
            "usable_as_target": code in targets,
            "features": dict.fromkeys((*both, *(of_source if code in sources else ())), STABLE),
            "status": "stable",
        }
        for code, name in names.items()
    ]


@router.get("/v3/languages/resources", responses=schema.DEEPL_RESOURCES)
async def resources(request: Request, access: AccessControlDep) -> list[dict[str, Any]]:
    """The resources, each with its features and where a language must have them."""
    authenticate(request, access, parameters.of_pairs([], request.query_params.multi_items()))
    source, target = {"needs_source_support": True}, {"needs_target_support": True}
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "features": [
                *({"name": each, **source, **target} for each in both),
                *({"name": each, **source} for each in of_source),
            ],
        }
        for name, (both, of_source) in FEATURES.items()
    ]
    return [*found, *({"name": each, "features": []} for each in NOTHING)]


def _bcp47(code: str) -> str:
    """The code of a language, with its region in capitals."""
    language, _, region = code.partition("-")
    return f"{language.lower()}-{region.upper()}" if region else language
