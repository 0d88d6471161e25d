"""A clock that jumps, forward and back, takes nothing along."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support import needs
from tests.support.connection import address_of, connected, head, until_arrived
from tests.support.instance import Instance
from tests.support.texts import book
from tests.support.traffic import Traffic


class Clock(Instance):
    """An instance whose clock can be set; what measures lengths of time goes on as ever."""

    def __init__(self, library: Path) -> None:
        """`library` is libfaketime's."""
        super().__init__()
        self.file = self.run_dir / "clock"
        self.set("+0")
        self.settings = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DB_SECONDS": "5",
        }

    def set(self, offset: str) -> None:
        """Set it to the right time and so much more, for instance "-2h"."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{offset}\n")
        new.replace(self.file)


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    with Clock(needs.faketime()) as instance:
        yield instance


@pytest.mark.parametrize("offset", ["+2h", "-2h"])
async def test_nothing_is_lost_or_doubled_when_it_jumps(clock: Clock, offset: str) -> None:
    ((before,),) = (row.values() for row in clock.query("SELECT UTC_TIMESTAMP() AS now"))
    async with Traffic(clock, f"jump {offset}") as traffic:
        clock.set(offset)
        await traffic.some("stored")
        ((after,),) = (row.values() for row in clock.query("SELECT UTC_TIMESTAMP() AS now"))
        assert abs((after - before).total_seconds()) > 3600
        clock.set("+0")
        await traffic.some("stored")
    await traffic.settled()


async def test_what_a_dead_worker_held_does_not_wait_for_its_hour(clock: Clock) -> None:
    clock.set("+2h")
    async with httpx.AsyncClient(base_url=clock.web_url, timeout=60) as http:
        headers = {"Prefer": "respond-async"}
        text = book(12_000, seed=77)
        with clock.stopped("translator"):
            answer = await http.post("/translate", json={"text": text}, headers=headers)
            assert answer.status_code == 202, answer.text
            address = answer.headers["Content-Location"] + ".json"
            await asyncio.to_thread(clock.kill, "web")
        clock.set("+0")
        await asyncio.to_thread(clock.up)
        answer = await http.get(address, headers={"Prefer": "wait=50"})
        assert answer.json()["status"] == "done"


async def test_a_dead_receiver_does_not_receive_until_its_hour(clock: Clock) -> None:
    clock.set("+2h")
    async with connected(clock) as (reader, writer):
        writer.write(head(99_999) + book(9_000, seed=78).encode())
        address = await address_of(reader)
        await until_arrived(clock, address, 2)
        await asyncio.to_thread(clock.kill, "web")
    clock.set("+0")
    await asyncio.to_thread(clock.up)
    async with httpx.AsyncClient(base_url=clock.web_url, timeout=60) as http:
        whole = (await http.get(f"{address}.json", headers={"Prefer": "wait=50"})).json()
    assert whole["status"] == "interrupted"
    assert whole["passages"] == whole["passages_done"] > 1
