"""The supervisor of background loops, with a clock and pauses that the test moves."""

import asyncio
import contextlib
import json
from typing import Any

import pytest

from tests.support.loops import SECONDS, TEXT, Time
from web.telemetry.logs import LineFormatter
from web.telemetry.supervision import (
    LONGEST_PAUSE_SECONDS,
    STEADY_SECONDS,
    Supervisor,
)


class Loop:
    """Each run waits until the test says how it ends."""

    def __init__(self) -> None:
        self.runs = 0
        self.cancelled = False
        self._began = asyncio.Semaphore(0)
        self.end: asyncio.Future[None]

    async def run(self) -> None:
        self.runs += 1
        self.end = asyncio.get_running_loop().create_future()
        self._began.release()
        try:
            await self.end
        except asyncio.CancelledError:
            self.cancelled = True
            raise

    async def began(self) -> None:
        async with asyncio.timeout(SECONDS):
            await self._began.acquire()

    async def fail(self) -> None:
        """Wait for the next run, and end it with an error."""
        await self.began()
        self.end.set_exception(RuntimeError(TEXT))


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """All that was logged, as it is written."""
    return [json.loads(LineFormatter("json").format(record)) for record in caplog.records]


async def test_a_failure_is_logged_without_its_text_and_the_loop_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    time, loop = Time(), Loop()
    supervisor = Supervisor(time.clock, time.pause)
    async with supervisor.running("thing", loop.run):
        await loop.fail()
        assert await time.failed() == 1
        (line,) = lines(caplog)
        assert line["level"] == "ERROR"
        assert line["message"] == "the loop thing failed; it goes on after 1 s"
        kind, *places = line["traceback"]
        assert kind == "RuntimeError"
        assert any(__file__ in place for place in places)
        assert TEXT not in json.dumps(line)
        assert supervisor.failures == {"thing": 1}
        assert supervisor.failing == []
        time.go_on()
        await loop.began()
        assert supervisor.failing == []
    assert len(caplog.records) == 1


async def test_pauses_grow_up_to_a_limit_and_begin_anew_after_a_steady_run() -> None:
    time, loop = Time(), Loop()
    supervisor = Supervisor(time.clock, time.pause)
    pauses = []

    async def fail() -> None:
        await loop.fail()
        pauses.append(await time.failed())

    async with supervisor.running("thing", loop.run):
        for _ in range(1200):  # as many as two in a float's exponent have no room for
            await fail()
            time.go_on()
        await loop.began()
        time.now += STEADY_SECONDS
        loop.end.set_exception(RuntimeError(TEXT))
        pauses.append(await time.failed())
    assert pauses[:7] == [1, 2, 4, 8, 16, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS]
    assert set(pauses[6:-1]) == {LONGEST_PAUSE_SECONDS}
    assert pauses[-1] == 1


async def test_a_loop_is_reported_from_its_second_failure_until_it_has_run_for_a_while() -> None:
    time, loop = Time(), Loop()
    supervisor = Supervisor(time.clock, time.pause)
    async with supervisor.running("thing", loop.run):
        await loop.fail()
        await time.failed()
        time.now += 10 * STEADY_SECONDS  # a pause is no run
        assert supervisor.failing == []
        time.go_on()
        await loop.fail()
        await time.failed()
        assert supervisor.failing == ["thing"]
        time.now += 10 * STEADY_SECONDS
        assert supervisor.failing == ["thing"]
        time.go_on()
        await loop.began()
        time.now += STEADY_SECONDS - 1
        assert supervisor.failing == ["thing"]
        time.now += 1
        assert supervisor.failing == []
        # The next failure is a first one.
        loop.end.set_exception(RuntimeError(TEXT))
        await time.failed()
        assert supervisor.failing == []
        assert supervisor.failures == {"thing": 3}


async def test_a_loop_that_returns_has_failed(caplog: pytest.LogCaptureFixture) -> None:
    time, loop = Time(), Loop()
    supervisor = Supervisor(time.clock, time.pause)
    async with supervisor.running("thing", loop.run):
        await loop.began()
        loop.end.set_result(None)
        await time.failed()
        time.go_on()
        await loop.began()
        assert supervisor.failures == {"thing": 1}
    assert lines(caplog)[0]["traceback"][0] == "LoopEndedError"


async def test_a_cancellation_from_inside_is_a_failure_and_one_from_outside_is_the_end() -> None:
    time, loop = Time(), Loop()
    supervisor = Supervisor(time.clock, time.pause)
    async with supervisor.running("thing", loop.run):
        await loop.began()
        loop.end.cancel()
        await time.failed()
        time.go_on()
        await loop.began()
        loop.cancelled = False
    assert loop.cancelled
    assert loop.runs == 2


async def test_the_end_waits_for_the_loop_even_when_that_fails_meanwhile(
    caplog: pytest.LogCaptureFixture,
) -> None:
    began, told = asyncio.Event(), []

    async def run() -> None:
        try:
            began.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)  # a turn of the event loop: it takes leave of somebody
            told.append("goodbye")
            raise RuntimeError(TEXT)

    async with asyncio.timeout(SECONDS), Supervisor().running("thing", run):
        await began.wait()
    assert told == ["goodbye"]
    assert lines(caplog)[0]["traceback"][0] == "RuntimeError"


async def test_it_ends_during_a_pause() -> None:
    time, loop = Time(), Loop()
    async with (
        asyncio.timeout(SECONDS),
        Supervisor(time.clock, time.pause).running("thing", loop.run),
    ):
        await loop.fail()
        await time.failed()
    assert loop.runs == 1


async def test_loops_fail_and_go_on_each_for_itself() -> None:
    time, bad, good = Time(), Loop(), Loop()
    supervisor = Supervisor(time.clock, time.pause)
    async with supervisor.running("good", good.run), supervisor.running("bad", bad.run):
        await good.began()
        for _ in range(3):
            await bad.fail()
            await time.failed()
            time.go_on()
        assert supervisor.failures == {"good": 0, "bad": 3}
        assert supervisor.failing == ["bad"]
        assert not good.end.done()
    assert good.runs == 1
    assert supervisor.failures == {}


async def test_an_error_of_the_block_comes_through_and_ends_the_loop() -> None:
    loop = Loop()
    with contextlib.suppress(KeyError):
        async with Supervisor().running("thing", loop.run):
            await loop.began()
            raise KeyError
    assert loop.cancelled


async def test_a_loop_that_fails_before_it_waits_for_anything_starves_nobody() -> None:
    async def run() -> None:
        raise RuntimeError(TEXT)

    time = Time()
    async with Supervisor(time.clock, time.pause).running("thing", run):
        assert await time.failed() == 1
