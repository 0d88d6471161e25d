"""Whatever is killed, every passage is translated once and in order."""

import asyncio
import os
import random
from collections.abc import Callable

import httpx

from tests.support.connection import address_of, connected, head, until_arrived
from tests.support.instance import Instance
from tests.support.texts import book

KILLS = 20
PLAIN = {"Content-Type": "text/plain"}


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
    text = book(characters=100_000, seed=8)
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


async def test_a_translator_that_dies_in_the_first_passage_cuts_no_answer(own: Instance) -> None:
    """The reader has the beginning of a passage; the rest of it comes when it is done again."""
    text = book(4_900, seed=9).replace("\n\n", " ") + "\n\n" + book(9_000, seed=10)
    async with httpx.AsyncClient(base_url=own.web_url, timeout=60) as http:
        async with http.stream("PUT", "/translate", content=text.encode(), headers=PLAIN) as answer:
            parts = answer.aiter_text()
            got = await anext(parts)
            own.kill("translator")
            await asyncio.to_thread(own.up)
            got += "".join([part async for part in parts])
        expected = (await http.put("/translate", content=text.encode(), headers=PLAIN)).text
    assert got == expected


async def test_a_text_whose_receiver_dies_ends_where_it_stopped_arriving(own: Instance) -> None:
    async with connected(own) as (reader, writer):
        writer.write(head(99_999) + book(20_000, seed=11).encode())
        address = await address_of(reader)
        await until_arrived(own, address, 2)
        await asyncio.to_thread(own.kill, "web")
    await asyncio.to_thread(own.up)
    arriving = "SELECT status, receiving_until > UTC_TIMESTAMP() AS lasts FROM translations"
    # As far as is known, another replica takes it in.
    assert own.query(arriving) == [{"status": "receiving", "lasts": 1}]
    own.query("UPDATE translations SET receiving_until = UTC_TIMESTAMP(3)")
    async with httpx.AsyncClient(base_url=own.web_url, timeout=60) as http:
        whole = (await http.get(f"{address}.json", headers={"Prefer": "wait=50"})).json()
    assert whole["status"] == "interrupted"
    assert whole["passages"] == whole["passages_done"] > 1


async def until_found(run: Callable[[str], object], sql: str) -> None:
    """Wait until a query has rows, or whatever else `run` looks for is there."""
    async with asyncio.timeout(30):
        while not await asyncio.to_thread(run, sql):
            pass


async def test_an_answer_goes_on_when_the_database_stops_after_its_first_passage(
    own: Instance,
) -> None:
    """Between storing that passage and reading the next: locks make the moment."""
    own.stop()
    own.settings |= {"DB_SECONDS": "2", "WORKERS": "1"}
    own.up()
    body = book(9_000, seed=91).encode()
    running = "SELECT id FROM translation.translations WHERE status = 'running'"
    doing = "SELECT id FROM information_schema.processlist WHERE "
    with own.root() as hold, own.root() as lock, own.root() as look:
        async with connected(own) as (reader, writer):
            with own.stopped("translator"):
                writer.write(head(len(body)) + body)
                await until_found(look, running)
                hold("BEGIN")
                hold(f"{running} FOR UPDATE")
            await until_found(look, f"{doing} info LIKE 'UPDATE translations%%'")
            locking = asyncio.to_thread(lock, "LOCK TABLES translation.translations WRITE")
            locked = asyncio.create_task(locking)
            await until_found(look, f"{doing} info LIKE 'LOCK TABLES%%'")
            hold("COMMIT")  # that passage is stored; next is the lock, before anything is read
            await locked
            await until_found(look, f"{doing} info LIKE 'SELECT%%FROM translations WHERE id%%'")
            with (own.run_dir / "web.log").open() as log:
                log.seek(0, os.SEEK_END)
                await until_found(lambda _: "the database is away" in log.read(), "")
            lock("UNLOCK TABLES")
            await reader.readuntil(b"\r\n0\r\n\r\n")  # the end of an answer that is whole
