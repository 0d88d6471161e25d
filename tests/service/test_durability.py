"""Whatever is killed, every passage is translated once and in order."""

import asyncio
import random

import httpx

from tests.instance import Instance
from tests.texts import book

KILLS = 20


async def is_done(http: httpx.AsyncClient, address: str, wait: int = 0) -> bool:
    """Whether the translation at `address` is done within so many seconds, as far as is known."""
    try:
        answer = await http.get(address, headers={"Prefer": f"wait={wait}"})
    except httpx.HTTPError:
        return False
    return answer.is_success and answer.json()["status"] == "done"


async def rows_when_done(
    http: httpx.AsyncClient, instance: Instance, address: str
) -> list[tuple[int, str, str, str]]:
    """The passages of the translation at `address` in order, once it is done."""
    async with asyncio.timeout(300):
        while not await is_done(http, address, wait=30):
            pass
    return rows_of(instance, int(address.split("/")[2].removesuffix(".json")))


def rows_of(instance: Instance, translation_id: int) -> list[tuple[int, str, str, str]]:
    return [
        (row["seq"], row["source"], row["target"], row["status"])
        for row in instance.query(
            "SELECT seq, source, target, status FROM passages WHERE translation_id = %s "
            "ORDER BY seq",
            translation_id,
        )
    ]


async def begin(http: httpx.AsyncClient, text: str) -> str:
    """Hand in a text to be translated in the background; its address."""
    headers = {"Prefer": "respond-async"}
    answer = await http.post("/translate", json={"text": text}, headers=headers)
    assert answer.status_code == 202
    return str(answer.headers["Content-Location"]) + ".json"


async def test_twenty_kills_lose_and_double_nothing(own: Instance) -> None:
    text = book(characters=300_000, seed=8)
    chance = random.Random(20)  # noqa: S311 - reproducible on purpose
    async with httpx.AsyncClient(base_url=own.web_url, timeout=60) as http:
        addresses = [await begin(http, text)]
        expected = await rows_when_done(http, own, addresses[0])
        disturbed = [await begin(http, text)]
        for number in range(KILLS):
            await asyncio.sleep(chance.uniform(0, 0.4))
            own.kill(("web", "translator", "database")[number % 3])
            await asyncio.to_thread(own.up)
            if await is_done(http, disturbed[-1]):  # so that every kill hits work under way
                disturbed.append(await begin(http, text))
        for address in disturbed:
            assert await rows_when_done(http, own, address) == expected
    assert [row[0] for row in expected] == list(range(len(expected)))
    assert "".join(row[1] for row in expected) == text
    counts = own.query("SELECT passages, passages_done FROM translations")
    assert counts == [{"passages": len(expected), "passages_done": len(expected)}] * len(counts)
