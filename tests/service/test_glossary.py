"""A glossary with the real translator: its term stands in the translation, and no longer."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.instance import Instance

NAME = "Meals"
GLOSSARY = {
    "name": NAME,
    "source": "de",
    "target": "en",
    "terms": [{"source": "Apfel", "target": "pippin"}],
}
TEXT = "Ich mag Äpfel."


@pytest.fixture
async def client(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=120) as http:
        yield http


@pytest.fixture
async def glossary(client: httpx.AsyncClient) -> AsyncIterator[int]:
    """The id of a glossary, which is deleted at the end."""
    made = await client.post("/glossaries.json", json=GLOSSARY)
    assert made.status_code == 201
    yield int(made.json()["id"])
    await client.delete(f"/glossaries/{made.json()['id']}.json")


async def translated(client: httpx.AsyncClient, text: str, glossary: str | int) -> str:
    answer = await client.post("/translate", json={"text": text, "glossary": glossary})
    assert answer.status_code == 200
    return str(answer.json()["text"])


async def test_a_term_is_in_the_translation(client: httpx.AsyncClient, glossary: int) -> None:
    without = await translated(client, TEXT, "none")
    assert "apples" in without
    assert await translated(client, TEXT, glossary) == without.replace("apples", "pippins")
    assert await translated(client, TEXT, NAME) == without.replace("apples", "pippins")
    # What was remembered with a term is no answer without it.
    assert await translated(client, TEXT, "none") == without


async def test_a_changed_term_holds_at_once_and_for_long_texts(
    client: httpx.AsyncClient, glossary: int
) -> None:
    terms = {"terms": [{"source": "Apfel", "target": "russet"}]}
    await client.put(f"/glossaries/{glossary}/terms.json", json=terms)
    assert "russets" in await translated(client, TEXT, NAME)
    long = "\n\n".join([TEXT] * 500)
    assert (await translated(client, long, NAME)).count("russets") == 500
