"""Calls of libretranslate-aio; the answers, as its user gets them, come as JSON."""

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from libretranslate_aio import AsyncLibreTranslate, LibreTranslate, LibreTranslateError


async def later(address: str, key: str | None, text: str) -> Any:
    async with AsyncLibreTranslate(address, api_key=key) as client:
        return asdict(await client.translate(text, "auto", "en"))


def main(address: str, file: str, key: str | None = None) -> None:
    with LibreTranslate(address, api_key=key) as client:
        calls: dict[str, Any] = {
            "one": lambda: asdict(client.translate("Guten Morgen!", "de", "en", alternatives=1)),
            "several": lambda: asdict(client.translate(["Hallo Welt", ""], "de", "en")),
            "auto": lambda: asdict(client.translate("Ich bin hier.", "auto", "en")),
            "later": lambda: asyncio.run(later(address, key, "Ich bin hier.")),
            "detected": lambda: [asdict(each) for each in client.detect("Montag")],
            "languages": lambda: [asdict(each) for each in client.languages()],
            "settings": lambda: asdict(client.frontend_settings()),
            "health": client.health,
            "file": lambda: asdict(client.translate_file(Path(file), "de", "en")),
            "refused": lambda: asdict(client.translate("Hello", "en", "de")),
        }
        answers = {}
        for name, call in calls.items():
            try:
                answers[name] = call()
            except LibreTranslateError as error:
                answers[name] = {"type": type(error).__name__, "message": str(error)}
    json.dump(answers, sys.stdout)


main(*sys.argv[1:])
