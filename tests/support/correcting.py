"""Corrections in tests: sent as the page sends them, and what came of them."""

import html
import re

import httpx

TEXT = "Guten Morgen! Ja. Wir gehen. Ja. Ja."
HTMX = {"HX-Request": "true"}


async def stored(http: httpx.AsyncClient, text: str) -> str:
    """The address of a text's translation, once it is done."""
    answer = await http.post("/translate", json={"text": text})
    assert answer.status_code == 200, answer.text
    return str(answer.headers["Content-Location"])


async def sent(http: httpx.AsyncClient, name: str, content: bytes, **fields: str) -> str:
    """The address of a document's translation, once it is done."""
    answer = await http.post(
        "/translate", data={"pair": "de en", **fields}, files={"file": (name, content)}
    )
    assert answer.status_code == 303, answer.text
    await http.get(f"{answer.headers['Location']}.json", headers={"Prefer": "wait=20"})
    return str(answer.headers["Location"])


async def edit(
    http: httpx.AsyncClient,
    address: str,
    number: int,
    text: str,
    *,
    seq: int = 0,
    headers: dict[str, str] = HTMX,
    **fields: str,
) -> httpx.Response:
    return await http.post(
        f"{address}/passages/{seq}/sentences/{number}/edit",
        data={"text": text, **fields},
        headers=headers,
    )


async def text_of(http: httpx.AsyncClient, address: str) -> str:
    return str((await http.get(f"{address}.json")).json()["text"])


def said(page: httpx.Response) -> str:
    """A page's text, as it is read: each white space is one space."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page.text)).split())


def step_of(answer: httpx.Response) -> str:
    """The address of a correction, by its button."""
    found = re.search(r'data-correction="([^"]+)/undo"', answer.text)
    assert found, answer.text
    return found[1]
