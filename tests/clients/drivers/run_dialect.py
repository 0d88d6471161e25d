"""Dialect's own steps for an instance that its user enters, without its window, as JSON."""

import builtins
import gettext
import json
import sys
from typing import Any

FOLDER = "/usr/share/dialect"
sys.path.insert(1, FOLDER)
builtins._ = gettext.gettext  # type: ignore[attr-defined]

import gi  # noqa: E402 - Dialect's program begins like this

gi.require_version("Soup", "3.0")

from dialect.session import Session  # noqa: E402
from dialect.translators import TRANSLATORS  # noqa: E402
from gi.repository import GLib, Soup  # noqa: E402

Libre = TRANSLATORS["libretranslate"]


def fetched(message: Any) -> Any:
    """The JSON of an answer, as its window gets it."""
    loop, found = GLib.MainLoop(), []

    def done(session: Any, result: Any) -> None:
        try:
            found.append(Session.get_response(session, result))
        except Exception as error:  # noqa: BLE001 - its window shows it
            found.append({"error": str(error)})
        loop.quit()

    Session.get().send_and_read_async(message, 0, None, done)
    loop.run()
    return found[0]


def main(instance: str, key: str) -> None:
    answers: dict[str, Any] = {}
    address = Libre.format_url(instance, Libre.validation_path)
    specification = fetched(Soup.Message.new("GET", address))
    answers["valid"] = "info" in specification and Libre.validate_instance(specification)

    loop = GLib.MainLoop()

    def loaded(success: bool, error: str, network_error: bool) -> None:  # noqa: FBT001 - its own
        answers["loaded"] = [success, error, network_error]
        loop.quit()

    libre = Libre(loaded, base_url=instance, api_key=key)
    loop.run()
    answers |= {"languages": libre.languages, "features": libre.supported_features}
    answers["limit"] = libre.chars_limit

    for name, text, source in (
        ("text", "Guten Morgen!", "de"),
        ("auto", "Ich bin hier.", "auto"),
        ("refused", "Hallo", "xx"),
    ):
        method, data, headers, form = libre.format_translation(text, source, "en")
        sent = Session.create_message(method, libre.translate_url, data, headers, form)
        try:
            translation, _ = libre.get_translation(fetched(sent))
            answers[name] = translation.text
        except Exception as error:  # noqa: BLE001 - its window tells the kinds apart
            answers[name] = {"type": type(error).__name__, "message": str(error)}
    json.dump(answers, sys.stdout)


main(*sys.argv[1:])
