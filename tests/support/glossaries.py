"""Glossaries as DeepL's clients make and use them, over HTTP."""

from typing import Any

import httpx

ENTRIES = "Mietvertrag\tlease\nKaution\tdeposit"
GLOSSARY = {"name": "Miete", "source_lang": "DE", "target_lang": "EN", "entries": ENTRIES}


async def glossary_of(http: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    answer = await http.post("/v2/glossaries", json=GLOSSARY | more)
    assert answer.status_code == 201, answer.text
    glossary: dict[str, Any] = answer.json()
    return glossary


async def translations(http: httpx.AsyncClient, **sent: Any) -> list[str]:
    answer = await http.post("/v2/translate", json=sent)
    assert answer.status_code == 200, answer.text
    return [each["text"] for each in answer.json()["translations"]]


def refused(answer: httpx.Response, status: int, message: str, detail: str = "") -> None:
    said = answer.json()
    assert (answer.status_code, said["message"]) == (status, message)
    assert detail in said.get("detail", "")
    assert said.keys() <= {"message", "detail"}
