"""Clients that are slow, deaf or gone harm nobody else, and lose nothing of their own."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.connection import address_of, connected, head, until_arrived
from tests.support.instance import Instance
from tests.support.texts import book
from tests.support.traffic import PLAIN, SECONDS


@pytest.fixture
async def http(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=SECONDS) as client:
        yield client


async def test_others_are_answered_while_fifty_send_a_byte_a_second(
    instance: Instance, http: httpx.AsyncClient
) -> None:
    text = b"Wie geht es dir heute?"

    async def slow() -> bytes:
        async with connected(instance) as (reader, writer):
            writer.write(head(len(text)))
            for byte in text[:4]:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1)
            writer.write(text[4:])
            await reader.readuntil(b"\r\n\r\n")
            return await reader.readexactly(len(b"How are you today?"))

    slow_ones = [asyncio.create_task(slow()) for _ in range(50)]
    answers = 0
    while not all(each.done() for each in slow_ones):
        async with asyncio.timeout(5):
            answer = await http.post("/translate", json={"text": "Guten Morgen!"})
        assert answer.json()["text"] == "Good morning!"
        answers += 1
    assert answers > 50
    assert {each.result() for each in slow_ones} == {b"How are you today?"}


async def test_who_never_reads_gets_its_text_translated_and_stored(
    instance: Instance, http: httpx.AsyncClient
) -> None:
    text = book(24_000, seed=31)
    async with connected(instance, limit=4096) as (reader, writer):
        writer.get_extra_info("socket").setsockopt(1, 8, 2048)  # SO_RCVBUF: little stands there
        writer.write(head(len(text.encode())) + text.encode())
        address = await address_of(reader)
        answer = await http.get(f"{address}.json", headers={"Prefer": "wait=60"})
        assert answer.json()["status"] == "done"
    whole = (await http.get(f"{address}.json")).json()
    assert whole["passages_done"] == whole["passages"] > 4


async def test_who_hangs_up_finds_what_had_arrived(
    instance: Instance, http: httpx.AsyncClient
) -> None:
    text = book(30_000, seed=32).encode()
    async with connected(instance) as (reader, writer):
        writer.write(head(2 * len(text)) + text)
        address = await address_of(reader)
        await until_arrived(instance, address, 3)
    answer = await http.get(f"{address}.json", headers={"Prefer": "wait=60"})
    assert answer.json()["status"] == "interrupted"
    number = int(address.rpartition("/")[2])
    rows = instance.query(
        "SELECT source, status FROM passages WHERE translation_id = %s ORDER BY seq", number
    )
    assert text.decode().startswith("".join(row["source"] for row in rows))
    assert len(rows) > 2
    assert {row["status"] for row in rows} == {"done"}


async def test_thirty_who_hang_up_keep_nobody_waiting(
    instance: Instance, http: httpx.AsyncClient
) -> None:
    for number in range(30):
        async with connected(instance) as (_, writer):
            text = f"{number} " + book(3_000, seed=500 + number).replace("\n\n", " ")
            body = text.encode()
            writer.write(head(len(body)) + body)
            await writer.drain()
    async with asyncio.timeout(10):
        answer = await http.put("/translate", content="Guten Morgen!", headers=PLAIN)
    assert answer.text == "Good morning!"
    async with asyncio.timeout(SECONDS):
        while await queued_segments(instance, http):
            pass


async def queued_segments(instance: Instance, http: httpx.AsyncClient) -> float:
    answer = await http.get(f"{instance.translator_url}/metrics")
    name = "translator_queued_segments "
    (line,) = (each for each in answer.text.splitlines() if each.startswith(name))
    return float(line.removeprefix(name))


async def test_a_connection_goes_on_after_a_head(instance: Instance) -> None:
    """Read as bytes: a client would pass over a body that no answer to HEAD has."""
    question = "{} /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    async with connected(instance) as (reader, writer):
        for _ in range(20):
            writer.write(question.format("HEAD").encode())
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK\r\n")
        writer.write(question.format("GET").encode())
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK\r\n")
        assert await reader.readexactly(len(b'{"status":"ok"}')) == b'{"status":"ok"}'
