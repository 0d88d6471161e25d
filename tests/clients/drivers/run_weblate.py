"""Calls of Weblate's two classes for machine translation, with what they give, as JSON.

Weblate's own settings name all its applications and their hundreds of needs. Here it has the two
applications that these classes live on, no checks of translations, and no database.
"""

import json
import sys
import tempfile
from typing import Any

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "weblate.lang",
        "weblate.checks",
    ],
    ALLOWED_MACHINERY_DOMAINS=(),
    CHECK_LIST=(),
    DATA_DIR=tempfile.gettempdir(),
    ENABLE_HTTPS=True,
    REQUIRE_LOGIN=False,
    SENTRY_DSN=None,
    SITE_DOMAIN="weblate.example",
    SITE_TITLE="Weblate",
)
django.setup()

from weblate.lang.models import Language  # noqa: E402 - Django is set up before
from weblate.machinery.deepl import DeepLTranslation  # noqa: E402
from weblate.machinery.libretranslate import LibreTranslateTranslation  # noqa: E402

TEXTS = ["Guten Morgen!", "Hallo Welt", "Ich bin hier."]


def attempt(call: Any) -> Any:
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - whatever it raises is the answer
        return {"type": type(error).__name__, "message": str(error)}


def calls(service: Any) -> dict[str, Any]:
    """Those of saving the settings, of choosing the languages, and of translating."""

    def languages() -> Any:
        german, english = Language(code="de"), Language(code="en")
        return service.get_languages(german, english)

    def translations() -> list[str]:
        texts = [(service.escape_text(text), None) for text in TEXTS]
        found = service.download_multiple_translations(*languages(), texts)
        return [service.unescape_text(found[text][0]["text"]) for text, _ in texts]

    def placeholder() -> str:
        mark = service.format_replacement(6, 10, "%s", None)
        source = f"Hallo {mark}!"
        found = service.download_multiple_translations(*languages(), [(source, None)])
        return str(found[source][0]["text"].replace(mark, "%s"))

    return {
        "supported": lambda: sorted(service.download_languages()),
        "languages": languages,
        "translations": translations,
        "placeholder": placeholder,
        "saved": service.validate_settings,
    }


def glossary(service: Any) -> dict[str, list[str]]:
    """The names of its glossaries after it has made one, changed it and deleted it."""

    def names() -> list[str]:
        return sorted(name for name in service.list_glossaries() if name.startswith("weblate:"))

    service.create_glossary("DE", "EN-US", "weblate:1", "Welt\tplanet\n")
    made, glossary_id = names(), service.list_glossaries()["weblate:1"]
    service.update_glossary(glossary_id, "DE", "EN-US", "weblate:2", "Welt\tearth\n")
    changed = names()
    service.delete_glossary(glossary_id)
    return {"made": made, "changed": changed, "left": names()}


def main(kind: str, address: str, key: str) -> None:
    configuration = {"url": address, "key": key}
    if kind == "deepl":
        service = DeepLTranslation(configuration)
        further = {
            "supports_glossary": lambda: service.is_glossary_supported("DE", "EN"),
            "glossary": lambda: glossary(service),
            "rephrased": lambda: sorted(service.get_write_languages()),
        }
    else:
        service, further = LibreTranslateTranslation(configuration), {}
    answers = {name: attempt(call) for name, call in (calls(service) | further).items()}
    json.dump(answers, sys.stdout)


main(*sys.argv[1:])
