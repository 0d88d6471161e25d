"""OpenAPI description: the one that FastAPI makes, with the languages that are installed."""

from collections.abc import Iterable
from typing import Any

from web.http.openapi_schema import LANGUAGES
from web.text.languages import VARIANTS, Known, sources_of, targets_of


def description(openapi: dict[str, Any], known: Known) -> dict[str, Any]:
    """Complete FastAPI's description, OpenAPI 3.1, of an application.

    `known` has the languages that can be translated, each with its targets, itself the first.
    """
    sources, targets = sources_of(known), targets_of(known)
    codes = {
        "source": sources,
        "source or auto": [*sources, "auto"] if sources else [],
        "target": targets,
        "SOURCE": [each.upper() for each in sources],
        "SOURCE or auto": [*(each.upper() for each in sources), "auto"] if sources else [],
        "model": [
            f"{source}-{target}"
            for source, found in {**known, "auto": ["auto", *targets]}.items()
            for target in found[1:]
        ],
        "TARGET": [*dict.fromkeys(code for each in targets for code in _deepl_codes(each))],
    }
    described: dict[str, Any] = _filled(openapi, codes)
    for operation in _operations(described):
        # Every error is in the form of its interface, with a status of its own.
        operation["responses"].pop("422", None)
    for unused in ("HTTPValidationError", "ValidationError"):
        described["components"]["schemas"].pop(unused, None)
    return described


def _deepl_codes(language: str) -> list[str]:
    return [language.upper(), *VARIANTS.get(language, ())]


def _operations(described: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for path in described["paths"].values():
        yield from path.values()


def _filled(part: Any, codes: dict[str, list[str]]) -> Any:
    if isinstance(part, list):
        return [_filled(each, codes) for each in part]
    if not isinstance(part, dict):
        return part
    found = {name: _filled(each, codes) for name, each in part.items() if name != LANGUAGES}
    if codes.get(part.get(LANGUAGES, "")):
        found["enum"] = codes[part[LANGUAGES]]
    return found
