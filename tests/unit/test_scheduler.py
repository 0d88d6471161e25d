"""The scheduler with an engine whose batches end when the test says so."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translator.inference.cache import Cache
from translator.inference.engine import Decoding, Hypothesis
from translator.inference.scheduler import Batch, ClosedError, QueueFullError, Scheduler, Ticket

BEAM = Decoding(beam_size=4)
BAD = "bad"


class Engine:
    """Stands in for the model, whose slowness and failures are the subject here.

    Each batch blocks its thread until `open` is set. A batch with a bad segment fails whole, as
    CTranslate2's do.
    """

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()
        self.batches: list[list[str]] = []
        self.started = threading.Semaphore(0)

    def width(self, tokens: Sequence[str]) -> int:
        return -(-len(tokens) // 2) * 2

    def translate(
        self, batch: Sequence[list[str]], _: Decoding, __: Sequence[bool] | None = None
    ) -> list[tuple[Hypothesis, ...]]:
        assert len({self.width(tokens) for tokens in batch}) == 1
        self.batches.append([tokens[0] for tokens in batch])
        self.started.release()
        assert self.open.wait(10)
        if any(BAD in tokens[0] for tokens in batch):
            raise RuntimeError("no position encodings are defined for positions >= 512")
        return [(Hypothesis(tokens[0].upper(), 0.5, complete=True),) for tokens in batch]

    async def has_started(self, count: int) -> None:
        for _ in range(count):
            assert await asyncio.to_thread(self.started.acquire, timeout=10)


@asynccontextmanager
async def scheduler_of(
    workers: int = 1,
    queue: int = 1000,
    cache: int | Cache = 0,
    ended: Callable[[Batch], None] = lambda _: None,
) -> AsyncIterator[Scheduler]:
    scheduler = Scheduler(
        workers=workers,
        batch_tokens=64,
        queue_segments=queue,
        cache=Cache(cache) if isinstance(cache, int) else cache,
        ended=ended,
    )
    try:
        yield scheduler
    finally:
        await scheduler.close()


def tokens_of(name: str, length: int = 1) -> list[str]:
    return [name] + ["x"] * (length - 1)


async def ask(ticket: Ticket, engine: Engine, name: str, length: int = 1) -> str:
    return (await ticket.ask(engine, tokens_of(name, length), BEAM))[0].text


def ask_all(
    ticket: Ticket, engine: Engine, names: Sequence[str], length: int = 1
) -> list[asyncio.Task[str]]:
    return [asyncio.create_task(ask(ticket, engine, name, length)) for name in names]


async def test_an_idle_worker_gets_work_at_once() -> None:
    engine = Engine()
    async with scheduler_of() as scheduler:
        with scheduler.ticket() as ticket:
            assert await ask(ticket, engine, "eins") == "EINS"
    assert engine.batches == [["eins"]]


async def busy(ticket: Ticket, engine: Engine) -> list[asyncio.Task[str]]:
    """Take the express lane, the one worker, and what is ready for it."""
    tasks = [
        asyncio.create_task(ask(ticket, engine, f"läuft{number}", 20 + 2 * number))
        for number in range(3)
    ]
    await engine.has_started(2)
    return tasks


async def test_a_batch_holds_one_width_from_all_requests() -> None:
    engine = Engine()
    async with scheduler_of() as scheduler:
        with scheduler.ticket() as first, scheduler.ticket() as second:
            tasks = ask_all(first, engine, ["a", "b"], 3) + ask_all(first, engine, ["c"], 2)
            tasks += ask_all(second, engine, ["d"], 4)
            await asyncio.gather(*tasks)
    # The first runs at once and alone, for a request so short.
    batches = {frozenset(batch) for batch in engine.batches}
    assert batches == {frozenset("a"), frozenset("bd"), frozenset("c")}


async def test_a_sentence_does_not_wait_behind_a_book() -> None:
    engine = Engine()
    engine.open.clear()
    async with scheduler_of() as scheduler:
        with scheduler.ticket() as book, scheduler.ticket() as sentence:
            pages = ask_all(book, engine, [f"page{n}" for n in range(50)], 5)  # alike
            await engine.has_started(1)
            one = asyncio.create_task(ask(sentence, engine, "satz", 5))
            await engine.has_started(1)  # while the book's batch is still running
            assert engine.batches[1] == ["satz"]
            engine.open.set()
            assert await one == "SATZ"
            await asyncio.gather(*pages)


async def test_requests_take_turns() -> None:
    engine = Engine()
    engine.open.clear()
    async with scheduler_of() as scheduler:
        with scheduler.ticket() as one, scheduler.ticket() as two:
            # Of different lengths, so that they cannot share a batch, and not short requests.
            tasks = ask_all(one, engine, [f"a{n}" for n in range(20)], 20)
            await engine.has_started(1)
            tasks += ask_all(two, engine, [f"b{n}" for n in range(20)], 21)
            await asyncio.sleep(0)
            engine.open.set()
            await asyncio.gather(*tasks)
    # The first alone, one in the worker and one ready for it before the second request came.
    leaders = "".join(batch[0][0] for batch in engine.batches)
    assert leaders[:9] in ("aaabababa", "aaababab")


async def test_long_requests_and_the_background_have_turns_of_their_own() -> None:
    engine = Engine()
    engine.open.clear()
    async with scheduler_of() as scheduler:
        with (
            scheduler.ticket() as first,
            scheduler.ticket(background=True) as book,
            scheduler.ticket() as page,
        ):
            # Of different lengths, so that no two kinds share a batch; one row fills one.
            tasks = await busy(first, engine)
            tasks += ask_all(book, engine, [f"b{n}" for n in range(20)], 60)
            tasks += ask_all(page, engine, [f"p{n}" for n in range(20)], 62)
            sentences = [scheduler.ticket() for _ in range(40)]
            for number, ticket in enumerate(sentences):
                tasks += ask_all(ticket, engine, [f"s{number}"], 64)
            await asyncio.sleep(0)
            engine.open.set()
            await asyncio.gather(*tasks)
            for ticket in sentences:
                scheduler.leave(ticket)
    leaders = "".join(batch[0][0] for batch in engine.batches)
    # Where no sentence waits any more, the page has their turns.
    both = leaders.replace("s", "").replace("l", "")[:12]
    assert "bb" not in both
    assert both.count("b") >= 3


async def test_a_batch_is_filled_with_what_is_waited_for_first() -> None:
    engine = Engine()
    engine.open.clear()
    async with scheduler_of() as scheduler:
        with (
            scheduler.ticket() as first,
            scheduler.ticket(background=True) as book,
            scheduler.ticket() as page,
        ):
            tasks = await busy(first, engine)
            # Alike, and four fill a batch.
            tasks += ask_all(book, engine, [f"b{n}" for n in range(8)], 16)
            await asyncio.sleep(0)
            tasks += ask_all(page, engine, [f"p{n}" for n in range(12)], 16)  # no short request
            await asyncio.sleep(0)
            engine.open.set()
            await asyncio.gather(*tasks)
    later = ["".join(name[0] for name in batch) for batch in engine.batches if len(batch) > 1]
    assert "pppp" in later
    # The turn of the background is led and filled from there.
    assert "bbbb" in later


async def test_a_segment_of_the_background_that_somebody_asks_for_is_waited_for() -> None:
    engine = Engine()
    engine.open.clear()
    async with scheduler_of() as scheduler:
        with (
            scheduler.ticket() as first,
            scheduler.ticket(background=True) as book,
            scheduler.ticket() as sentence,
        ):
            tasks = await busy(first, engine)
            tasks += ask_all(book, engine, [f"b{n}" for n in range(20)], 60)
            await asyncio.sleep(0)
            tasks += ask_all(sentence, engine, ["b19"], 60)
            await asyncio.sleep(0)
            engine.open.set()
            await asyncio.gather(*tasks)
    names = [batch[0] for batch in engine.batches]
    assert names.count("b19") == 1
    assert names.index("b19") < names.index("b10")


async def test_a_bad_segment_fails_alone() -> None:
    engine = Engine()
    async with scheduler_of() as scheduler:
        with scheduler.ticket() as ticket:
            results = await asyncio.gather(
                *ask_all(ticket, engine, ["gut", BAD, "besser"]), return_exceptions=True
            )
    assert results[0] == "GUT"
    assert isinstance(results[1], RuntimeError)
    assert results[2] == "BESSER"


async def test_a_full_queue_refuses_and_says_when_to_come_back() -> None:
    engine = Engine()
    engine.open.clear()
    async with scheduler_of(queue=3) as scheduler:
        with scheduler.ticket() as ticket:
            tasks = ask_all(ticket, engine, [f"s{n}" for n in range(200)])
            await engine.has_started(1)
            with pytest.raises(QueueFullError) as refusal:
                scheduler.ticket()
            assert refusal.value.retry_after >= 1
            engine.open.set()
            await asyncio.gather(*tasks)
        scheduler.ticket()


async def test_who_goes_away_takes_the_queue_along_but_not_what_others_want() -> None:
    engine = Engine()
    engine.open.clear()
    async with scheduler_of() as scheduler:
        with scheduler.ticket() as stays:
            with scheduler.ticket() as goes:
                gone = await busy(goes, engine)
                gone += ask_all(goes, engine, [f"g{n}" for n in range(20)], 7)
                await asyncio.sleep(0)
                shared = asyncio.create_task(ask(stays, engine, "g3", 7))
                await asyncio.sleep(0)
                for task in gone:
                    task.cancel()
            assert scheduler.queued <= 1
            engine.open.set()
            assert await shared == "G3"
    asked = [name for batch in engine.batches for name in batch]
    assert sorted(asked) == ["g3", "läuft0", "läuft1", "läuft2"]


async def test_what_is_asked_twice_is_translated_once() -> None:
    engine = Engine()
    async with scheduler_of(cache=100_000) as scheduler:
        with scheduler.ticket() as one, scheduler.ticket() as two:
            results = await asyncio.gather(
                *ask_all(one, engine, ["a", "a"]), *ask_all(two, engine, ["a"])
            )
            assert await ask(two, engine, "a") == "A"
    assert results == ["A"] * 3
    assert engine.batches == [["a"]]


async def test_stopping_fails_what_waits() -> None:
    engine = Engine()
    engine.open.clear()
    async with scheduler_of() as scheduler:
        with scheduler.ticket() as ticket:
            running = await busy(ticket, engine)
            waiting = ask_all(ticket, engine, [f"w{n}" for n in range(20)], 50)
            await asyncio.sleep(0)
            closing = asyncio.create_task(scheduler.close())
            await asyncio.sleep(0)
            engine.open.set()
            await closing
            assert await asyncio.gather(*running) == ["LÄUFT0", "LÄUFT1", "LÄUFT2"]
            results = await asyncio.gather(*waiting, return_exceptions=True)
            assert all(isinstance(result, ClosedError) for result in results)


async def test_a_batch_that_cannot_be_noted_gives_its_results(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def ended(_: Batch) -> None:
        raise RuntimeError("no room for a figure")

    async with asyncio.timeout(10), scheduler_of(ended=ended) as scheduler:
        with scheduler.ticket() as ticket:
            for name in ("a", "b"):
                assert await ask(ticket, Engine(), name) == name.upper()
    assert [record.getMessage() for record in caplog.records] == [
        "the end of a batch was not noted"
    ] * 2


@pytest.mark.parametrize("given", [1, 2])
async def test_an_engine_that_gives_too_little_fails_and_is_asked_for_each_alone(
    given: int,
) -> None:
    class Short(Engine):
        def translate(
            self, batch: Sequence[list[str]], _: Decoding, __: Sequence[bool] | None = None
        ) -> list[tuple[Hypothesis, ...]]:
            found = super().translate(batch, _)
            # Less than there are segments, or for the bad one nothing at all.
            found = found[:given] if len(batch) > 1 else found
            return [
                () if tokens[0] == "leer" else each
                for tokens, each in zip(batch, found, strict=False)
            ]

    async with asyncio.timeout(10), scheduler_of() as scheduler:
        with scheduler.ticket() as ticket:
            results = await asyncio.gather(
                *ask_all(ticket, Short(), ["a", "b", "leer", "c"]), return_exceptions=True
            )
        assert scheduler.failed == 1
    assert isinstance(results[2], RuntimeError)
    assert [each for each in results if each is not results[2]] == ["A", "B", "C"]


async def test_an_unexpected_error_after_a_batch_leaves_nobody_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Full(Cache):
        def put(self, key: Hashable, value: tuple[Hypothesis, ...], source_length: int) -> None:
            if value[0].text == "B":
                raise LookupError("geheimer Text")
            super().put(key, value, source_length)

    engine = Engine()
    engine.open.clear()
    async with asyncio.timeout(10), scheduler_of(cache=Full(10_000)) as scheduler:
        with scheduler.ticket() as ticket:
            tasks = ask_all(ticket, engine, ["a", "b", "c"])
            # What comes after it in the queue is translated, too.
            tasks += ask_all(ticket, engine, [f"d{number}" for number in range(20)], 5)
            await engine.has_started(1)
            engine.open.set()
            a, b, c, *others = await asyncio.gather(*tasks, return_exceptions=True)
            assert (a, b) == ("A", "B")
            assert isinstance(c, LookupError)
            assert others == [f"D{number}" for number in range(20)]
            assert await ask(ticket, engine, "c") == "C"  # asked again, it is done
        assert scheduler.queued == 0
    (record,) = caplog.records
    assert record.getMessage() == "a batch of 3 segments failed"


steps = st.lists(
    st.tuples(
        st.integers(0, 4),  # which request
        st.sampled_from(["ask", "ask", "ask", "cancel", "leave", "turn"]),
        st.sampled_from(["a", "b", "c", "d", BAD, "e", "f"]),
        st.integers(1, 4),  # length
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(steps, st.integers(1, 3))
async def test_every_interleaving_answers_who_stays(
    events: list[tuple[int, str, str, int]], workers: int
) -> None:
    """Whoever cancels, leaves or fails: all others get their own answer, and nothing stays."""
    engine = Engine()
    async with scheduler_of(workers=workers, cache=3_000) as scheduler:
        tickets = {number: scheduler.ticket() for number in range(5)}
        asked: dict[int, list[tuple[str, asyncio.Task[str]]]] = {number: [] for number in tickets}
        for number, event, name, length in events:
            if event == "ask":
                task = asyncio.create_task(ask(tickets[number], engine, name, length))
                asked[number].append((name, task))
            elif event == "cancel" and asked[number]:
                asked[number].pop()[1].cancel()
            elif event == "leave":
                for _, task in asked[number]:
                    task.cancel()
                asked[number].clear()
                scheduler.leave(tickets[number])
                tickets[number] = scheduler.ticket()
            elif event == "turn":
                await asyncio.sleep(0)
        answers = [answer for answers in asked.values() for answer in answers]
        async with asyncio.timeout(10):
            results = await asyncio.gather(*(task for _, task in answers), return_exceptions=True)
        for (name, _), result in zip(answers, results, strict=True):
            assert isinstance(result, RuntimeError) if name == BAD else result == name.upper()
        for ticket in tickets.values():
            scheduler.leave(ticket)
        assert scheduler.queued == 0
