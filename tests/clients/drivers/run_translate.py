"""Calls of PyPI's `translate`, with the texts as its user gets them, as JSON.

The host of its provider for DeepL is built in, so its address is set here, as a proxy would.
"""

import json
import sys
from typing import Any

from click.testing import CliRunner
from translate import Translator
from translate.main import main as command_line
from translate.providers import DeeplProvider

TEXTS = ["Guten Morgen!", "Hallo Welt", "Montag"]


def main(address: str, key: str) -> None:
    DeeplProvider.base_pro_url = f"{address}/v2/translate"
    given = {"to_lang": "en", "secret_access_key": key}
    kinds: dict[str, dict[str, Any]] = {
        "libre": {"provider": "libre", "from_lang": "de", "base_url": address},
        "libre, detected": {"provider": "libre", "from_lang": "autodetect", "base_url": address},
        "libre, with a slash": {"provider": "libre", "from_lang": "de", "base_url": f"{address}/"},
        "deepl": {"provider": "deepl", "from_lang": "de", "pro": True},
        "deepl, detected": {"provider": "deepl", "from_lang": "autodetect", "pro": True},
    }
    answers = {}
    for name, kind in kinds.items():
        translator = Translator(**given, **kind)
        try:
            answers[name] = [translator.translate(text) for text in TEXTS]
        except Exception as error:  # noqa: BLE001 - whatever it raises is the answer
            answers[name] = [f"{type(error).__name__}: {error}"]
    options = ["--from", "de", "--to", "en", "--provider", "deepl", "--pro", "--output_only"]
    shell = CliRunner().invoke(command_line, [*options, "--secret_access_key", key, "Hallo Welt"])
    json.dump(answers | {"command line": shell.output.splitlines()}, sys.stdout)


main(*sys.argv[1:])
