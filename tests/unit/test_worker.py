"""The worker with a queue and a translator that the test holds: one failure takes nothing along."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from tests.support.loops import SECONDS, TEXT, Fault, Time
from web.jobs.queue import Claim, JobQueue
from web.jobs.worker import Worker, running_worker
from web.telemetry.logs import LineFormatter
from web.telemetry.supervision import Supervisor
from web.translator_client.client import Translated, TranslatedPart, TranslatorClient


def claim(seq: int) -> Claim:
    return Claim(7, seq, f"Satz {seq}.", "de", "en")


class Queue(JobQueue):
    """Gives the claims that the test puts in, and knows what became of each."""

    def __init__(self, *seqs: int) -> None:
        self.claiming, self.leasing = Fault(), Fault()
        self.claiming.on = self.leasing.on = False
        self.open = [claim(seq) for seq in seqs]
        self.bad: set[int] = set()  # that cannot be stored
        self.extended: list[int] = []
        self.done: asyncio.Queue[int] = asyncio.Queue()

    async def claim(self, _worker: str, most: int, _after: int = 0) -> list[Claim]:
        self.claiming()
        found, self.open = self.open[:most], self.open[most:]
        return found

    async def extend(self, _: str, claims: Sequence[Claim], _receiving: Sequence[int]) -> None:
        self.leasing()
        self.extended = [each.seq for each in claims]

    async def end_forsaken(self) -> int:
        self.leasing()
        return 0

    async def complete(self, _: str, claim: Claim, *_result: object) -> None:
        if claim.seq in self.bad:
            raise LookupError(TEXT)
        self.done.put_nowait(claim.seq)

    async def next_done(self) -> int:
        async with asyncio.timeout(SECONDS):
            return await self.done.get()


class Translator(TranslatorClient):
    """Holds every passage until `open` is set."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.cancelled = 0
        self._begun = asyncio.Semaphore(0)

    async def translate(
        self,
        text: str,
        source: str,
        target: str,
        hear: Callable[[TranslatedPart], None] | None = None,
        **_: object,
    ) -> Translated:
        assert (source, target) == ("de", "en")
        self._begun.release()
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if hear:
            hear(TranslatedPart(text, text.upper()))
        return Translated(text.upper(), "demo", [])

    async def begun(self, count: int) -> None:
        async with asyncio.timeout(SECONDS):
            for _ in range(count):
                await self._begun.acquire()


@asynccontextmanager
async def working(
    queue: Queue, translator: Translator, time: Time, workers: int = 4
) -> AsyncIterator[Worker]:
    supervisor = Supervisor(time.clock, time.pause)
    async with running_worker(queue, translator, workers, supervisor) as worker:
        yield worker


async def test_passages_in_work_go_on_while_claiming_and_leases_fail() -> None:
    queue, translator, time = Queue(1, 2), Translator(), Time()
    queue.leasing.on = True
    async with working(queue, translator, time) as worker:
        await time.failed()
        lead = worker.lead(claim(0))
        await translator.begun(3)
        queue.claiming.on = True
        worker.arrived.notify()
        await time.failed()
        assert worker.held == 3
        translator.open.set()
        assert {await queue.next_done() for _ in range(3)} == {0, 1, 2}
        assert await lead.get() == TranslatedPart("Satz 0.", "SATZ 0.")
        assert await lead.get() is None
        # A text that begins meanwhile is translated as well.
        worker.lead(claim(3))
        assert await queue.next_done() == 3
        queue.open = [claim(4)]
        queue.claiming.on = False
        time.go_on()
        assert await queue.next_done() == 4
        assert worker.outcomes == {"done": 5}


async def test_leases_are_renewed_again_after_a_failure() -> None:
    queue, translator, time = Queue(1, 2), Translator(), Time()
    queue.leasing.on = True
    async with working(queue, translator, time):
        await translator.begun(2)
        await time.failed()
        assert queue.extended == []
        queue.leasing.on = False
        time.go_on()
        await queue.leasing.went_well()
        assert queue.extended == [1, 2]


async def test_a_passage_that_cannot_be_stored_takes_no_other_along(
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue, translator, time = Queue(1, 2, 3), Translator(), Time()
    queue.bad = {1}
    async with working(queue, translator, time, workers=1):
        translator.open.set()
        assert [await queue.next_done() for _ in range(2)] == [2, 3]
    error, warning = caplog.records
    assert error.exc_info
    assert error.exc_info[0] is LookupError
    assert "passage 1 of translation 7: outcome not stored" in warning.getMessage()
    assert TEXT not in "".join(map(LineFormatter("json").format, caplog.records))


async def test_the_end_gives_up_passages_in_work() -> None:
    queue, translator, time = Queue(1, 2), Translator(), Time()
    async with working(queue, translator, time) as worker:
        worker.lead(claim(0))
        await translator.begun(3)
    assert translator.cancelled == 3
    assert worker.held == 0
    assert queue.done.empty()
