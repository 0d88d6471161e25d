"""Every background loop of web with an unexpected error in it: once, and until it is mended."""

import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict
from pathlib import Path, PosixPath
from typing import Any

import httpx
import pytest

from tests.support.carrying import mocked_client
from tests.support.loops import TEXT, Fault, Time
from web.access.budgets import running_budgets
from web.access.keys import Caller, Keys, KeysFileError, watched_keys
from web.database import Database
from web.glossary.service import running_glossaries
from web.history.store import HistoryStore, running_purge
from web.jobs.queue import Claim, JobQueue
from web.jobs.worker import running_worker
from web.memory.entries import MemoryFacts
from web.memory.service import running_memory
from web.memory.store import MemoryStore
from web.telemetry.logs import LineFormatter
from web.telemetry.supervision import STEADY_SECONDS, Supervisor
from web.translation.spool import SpooledTranslation, running_spool
from web.translation.store import NewTranslation, Store
from web.translator_client.client import TranslatorClient
from web.translator_client.statistics import QUEUED, TOKENS, running_statistics


class FaultyDatabase(Database):
    """A database whose transactions fail, and change one row each when they do not."""

    rowcount, lastrowid = 1, 1

    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        self.fault()
        yield self

    async def execute(self, *_: object) -> None:
        pass

    async def fetchall(self) -> list[Any]:
        return []


class FaultyQueue(JobQueue):
    """A queue without jobs."""

    def __init__(self, claiming: Fault | None = None, leasing: Fault | None = None) -> None:
        self.claiming = claiming
        self.leasing = leasing

    async def claim(self, *_: object) -> list[Claim]:
        if self.claiming:
            self.claiming()
        return []

    async def end_forsaken(self) -> int:
        if self.leasing:
            self.leasing()
        return 0


class FaultyStore(Store):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    async def save_done(self, *_: object) -> int:
        self.fault()
        return 1


class FaultyHistory(HistoryStore):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    async def purge(self) -> int:
        self.fault()
        return 0


class FaultyMemories(MemoryStore):
    """A store without memories."""

    def __init__(self, looking: Fault | None = None, purging: Fault | None = None) -> None:
        self.looking = looking
        self.purging = purging

    async def memories(self, *_: object) -> list[MemoryFacts]:
        if self.looking:
            self.looking()
        return []

    async def purge(self) -> int:
        if self.purging:
            self.purging()
        return 0


class FaultyPath(PosixPath):
    """A file that cannot be looked at."""

    fault: Fault

    def stat(self, **_: object) -> Any:
        if hasattr(self, "fault"):  # not while the keys are read for the first time
            self.fault()
        return super().stat()


Running = Callable[[Supervisor, Fault, Path], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def keys(supervisor: Supervisor, fault: Fault, folder: Path) -> AsyncIterator[None]:
    file = FaultyPath(folder / "keys")
    file.write_bytes(b"")
    async with watched_keys(file, file, supervisor):
        file.fault = fault
        yield


@asynccontextmanager
async def budgets(supervisor: Supervisor, fault: Fault, _: Path) -> AsyncIterator[None]:
    async with running_budgets(FaultyDatabase(fault), supervisor) as found:
        await found.charge(Caller("anna"), 5)  # counted in memory, and owed
        yield


@asynccontextmanager
async def glossaries(supervisor: Supervisor, fault: Fault, _: Path) -> AsyncIterator[None]:
    async with running_glossaries(FaultyDatabase(fault), supervisor):
        yield


@asynccontextmanager
async def purge(supervisor: Supervisor, fault: Fault, _: Path) -> AsyncIterator[None]:
    async with running_purge(FaultyHistory(fault), supervisor):
        yield


@asynccontextmanager
async def jobs(supervisor: Supervisor, fault: Fault, _: Path) -> AsyncIterator[None]:
    async with running_worker(FaultyQueue(fault), translator(), 2, supervisor):
        yield


@asynccontextmanager
async def leases(supervisor: Supervisor, fault: Fault, _: Path) -> AsyncIterator[None]:
    async with running_worker(FaultyQueue(None, fault), translator(), 2, supervisor):
        yield


@asynccontextmanager
async def spool(supervisor: Supervisor, fault: Fault, folder: Path) -> AsyncIterator[None]:
    (folder / "a.json").write_text(json.dumps(asdict(done("a"))))
    async with running_spool(folder, FaultyStore(fault), supervisor):
        yield


@asynccontextmanager
async def statistics(supervisor: Supervisor, fault: Fault, _: Path) -> AsyncIterator[None]:
    def answer(_: httpx.Request) -> httpx.Response:
        fault()
        return httpx.Response(200, text=f"{TOKENS} 5\n{QUEUED} 0\n")

    async with running_statistics(translator(answer), supervisor):
        yield


@asynccontextmanager
async def memory(supervisor: Supervisor, fault: Fault, _: Path) -> AsyncIterator[None]:
    async with running_memory(FaultyMemories(fault), translator(), supervisor):
        yield


@asynccontextmanager
async def memory_purge(supervisor: Supervisor, fault: Fault, _: Path) -> AsyncIterator[None]:
    async with running_memory(FaultyMemories(None, fault), translator(), supervisor):
        yield


def translator(
    answer: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(503),
) -> TranslatorClient:
    async def resolve(*_: object) -> list[str]:
        return ["10.0.0.1"]

    return mocked_client(httpx.MockTransport(answer), resolve)


def done(key: str) -> SpooledTranslation:
    new = NewTranslation(key, "Titel", "de", "en", "demo", "api")
    return SpooledTranslation(new, "2026-01-01T00:00:00.000", "Quelle", "source", 0.5)


# What the database refuses is a RuntimeError; of one of its files the spool knows that.
LOOPS: dict[str, tuple[Running, type[Exception]]] = {
    "keys": (keys, RuntimeError),
    "budgets": (budgets, RuntimeError),
    "glossaries": (glossaries, RuntimeError),
    "purge": (purge, RuntimeError),
    "jobs": (jobs, RuntimeError),
    "leases": (leases, RuntimeError),
    "spool": (spool, LookupError),
    "statistics": (statistics, RuntimeError),
    "memory": (memory, RuntimeError),
    "memory_purge": (memory_purge, RuntimeError),
}


def failures(caplog: pytest.LogCaptureFixture, name: str) -> int:
    """How often it was logged that a loop failed, each time as it should be."""
    found = 0
    for record in caplog.records:
        line = LineFormatter("json").format(record)
        assert TEXT not in line
        fields = json.loads(line)
        if fields["logger"] == "web.telemetry.supervision":
            assert fields["message"].startswith(f"the loop {name} failed")
            assert fields["traceback"][0] == LOOPS[name][1].__name__
            assert any("tests/support/loops.py" in place for place in fields["traceback"])
            found += 1
    return found


@pytest.mark.parametrize("name", LOOPS)
async def test_a_loop_that_fails_once_goes_on(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    running, kind = LOOPS[name]
    time, fault = Time(), Fault(kind)
    supervisor = Supervisor(time.clock, time.pause)
    async with running(supervisor, fault, tmp_path):
        assert await time.failed() == 1
        fault.on = False
        time.go_on()
        await fault.went_well()
        assert supervisor.failures[name] == sum(supervisor.failures.values()) == 1
        assert supervisor.failing == []
    assert failures(caplog, name) == 1


@pytest.mark.parametrize("name", LOOPS)
async def test_a_loop_that_keeps_failing_is_reported_until_it_is_mended(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    running, kind = LOOPS[name]
    time, fault = Time(), Fault(kind)
    supervisor = Supervisor(time.clock, time.pause)
    async with running(supervisor, fault, tmp_path):
        for number in range(3):
            assert await time.failed() == 2**number
            assert failures(caplog, name) == supervisor.failures[name] == number + 1
            assert supervisor.failing == ([name] if number else [])
            if number == 2:
                fault.on = False
            time.go_on()
        await fault.went_well()
        assert supervisor.failing == [name]
        time.now += STEADY_SECONDS
        assert supervisor.failing == []
    assert failures(caplog, name) == 3


async def test_what_was_spent_meanwhile_is_counted_when_the_table_is_back() -> None:
    time, fault = Time(), Fault()
    database = FaultyDatabase(fault)
    async with running_budgets(database, Supervisor(time.clock, time.pause)) as found:
        await found.charge(Caller("anna"), 5)
        await time.failed()
        await found.charge(Caller("anna"), 6)
        assert await found.used(Caller("anna")) == 11
        fault.on = False
        time.go_on()
        await fault.went_well()
        # Now the database is asked again.
        database.lastrowid = 12
        await found.charge(Caller("anna"), 1)
        await fault.went_well()
        fault.on = True
        assert await found.used(Caller("anna")) == 12


def test_keys_are_read_again_after_an_unexpected_error(tmp_path: Path) -> None:
    class Unreadable(PosixPath):
        fault = Fault()

        def read_bytes(self) -> bytes:
            self.fault()
            return super().read_bytes()

    file, pepper = tmp_path / "keys", Unreadable(tmp_path / "pepper")
    file.write_text(f"anna {'0' * 64} - -\n")
    pepper.write_bytes(b"secret")
    found = Keys(file, pepper)
    with pytest.raises(RuntimeError):
        found.load()
    assert not found.on
    pepper.fault.on = False
    found.load()  # the files have not changed since
    assert found.on


def test_a_broken_file_of_keys_is_told_of_once(tmp_path: Path) -> None:
    file, pepper = tmp_path / "keys", tmp_path / "pepper"
    file.write_text("anna\n")
    pepper.write_bytes(b"secret")
    found = Keys(file, pepper)
    with pytest.raises(KeysFileError):
        found.load()
    found.load()
    file.write_text(f"anna {'0' * 64} - -\n")
    found.load()
    assert found.on


async def test_a_spool_file_that_fails_unexpectedly_stands_in_no_other_s_way(
    tmp_path: Path,
) -> None:
    class Picky(FaultyStore):
        async def save_done(self, *row: Any) -> int:
            if row[0].request_key == "a":
                self.fault()
            return 1

    for key in ("a", "b"):
        (tmp_path / f"{key}.json").write_text(json.dumps(asdict(done(key))))
    (tmp_path / "old.part").mkdir()  # nothing that can be deleted
    os.utime(tmp_path / "old.part", (0, 0))
    time, fault = Time(), Fault(LookupError)
    async with running_spool(tmp_path, Picky(fault), Supervisor(time.clock, time.pause)):
        await time.failed()
        assert [path.name for path in tmp_path.glob("*.json")] == ["a.json"]
        fault.on = False
        time.go_on()
        await fault.went_well()
