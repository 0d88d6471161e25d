"""Scheduler: requests share batches in fair turns, so a sentence never waits behind a book.

- A batch holds segments of one width, decoded alike: little padding, and a result that does not
  depend on its neighbours (see `Engine.translate`).
- A worker that is idle gets work at once. While all are busy, segments wait; the next batch
  is led by the request whose turn it is, and filled with segments of that width from all.
- Short requests, long ones and those in the background (passages of books, for which nobody waits)
  lead batches by turns, so a page beside 50 sentences and 5 books has its share of the machine, not
  one part of 56. A batch is filled with segments that somebody waits for first; one that is led
  from the background is filled from there first, so books go on whatever else is asked.
- One batch more than there are workers is made ready, so that a worker that ends one has the next
  without waiting for the event loop.
- One more lane than there are workers is kept for short requests. It shares the cores with the
  workers, so a sentence starts at once however long the batches of the books are.
- A segment that is asked for twice is translated once, while it waits and from the cache after.
- A request that goes away takes with it what nobody else waits for.

Everything runs on the event loop except `Engine.translate`, which has its own threads.
"""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from typing import Self

from translator.inference.cache import Cache
from translator.inference.engine import Decoding, Hypothesis
from translator.inference.waiting import Hypotheses, Model, RequestKind, Unit, Waiting

log = logging.getLogger(__name__)

# A request of at most this many segments may use the express lane.
SHORT_REQUEST = 8
# Batches that are ready for the next worker that ends one.
AHEAD = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Batch that has ended: its segments (`rows`) and how many `seconds` they took.

    `fill` is its padded tokens ÷ those that a batch should hold.
    """

    rows: int
    fill: float
    seconds: float
    express: bool


# Kinds that lead batches, turn by turn; where nothing of a kind waits, another does.
# Beside 50 clients and 5 books, a page was answered in 1.7 s (p95), and in 2.6 s when every request
# had the same turns; the clients had as many answers, and the books 5 % less.
LEADING = (RequestKind.SHORT, RequestKind.LONG, RequestKind.SHORT, RequestKind.BACKGROUND)


class ClosedError(Exception):
    """The scheduler is closed: the service stops, and no queued segment is translated any more."""


class QueueFullError(Exception):
    """The queue is full: too many segments wait already. `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"the queue is full; free again in about {retry_after} s")
        self.retry_after = retry_after


@dataclass(eq=False)
class Ticket:
    """Ticket: a request's place in the queue; leaving the `with` block takes its segments out."""

    scheduler: "Scheduler"
    background: bool = False
    waiting: deque[Unit] = field(default_factory=deque)
    units: set[Unit] = field(default_factory=set)
    asked: int = 0

    @property
    def kind(self) -> RequestKind:
        """Its kind, by what it has asked so far."""
        if self.background:
            return RequestKind.BACKGROUND
        return RequestKind.SHORT if self.asked <= SHORT_REQUEST else RequestKind.LONG

    async def ask(self, model: Model, tokens: list[str], decoding: Decoding) -> Hypotheses:
        """Translate one encoded segment, best hypothesis first.

        Raises ClosedError when the scheduler was closed before its turn, and the exception of
        `Engine.translate` when that failed on this very segment, never one of another segment.
        """
        return await self.scheduler.ask(self, model, tokens, decoding)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.scheduler.leave(self)


class Scheduler:
    """Scheduler: the queue in front of all models, and the threads that empty it."""

    def __init__(
        self,
        *,
        workers: int,
        batch_tokens: int,
        queue_segments: int,
        cache: Cache,
        ended: Callable[[Batch], None] = lambda _: None,
    ) -> None:
        """Run at most `workers` batches of `batch_tokens` padded tokens, and one express batch.

        From `queue_segments` waiting segments on no ticket is given. `ended` is called with every
        batch that has ended.
        """
        self._workers = workers
        self._batch_tokens = batch_tokens
        self.queue_segments = queue_segments
        self.cache = cache
        self._ended = ended
        self._workers_threads = ThreadPoolExecutor(workers, thread_name_prefix="engine")
        self._express_thread = ThreadPoolExecutor(1, thread_name_prefix="express")
        self._turns: OrderedDict[Ticket, None] = OrderedDict()  # the first is next
        self._turn = 0
        self._by_shape: dict[Hashable, Waiting] = {}
        self._units: dict[Hashable, Unit] = {}  # waiting or running, by key
        self._running: set[asyncio.Task[None]] = set()
        self._bulk = 0
        self._express = 0
        self.queued = 0
        self.batches = 0
        self.translated_tokens = 0
        self.padded_tokens = 0
        self.target_tokens = 0
        self.refused = 0
        self.failed = 0
        self._rate = 1000.0  # source tokens a second, smoothed; only for Retry-After
        self.queued_tokens = 0

    def ticket(self, *, background: bool = False) -> Ticket:
        """Admission: a ticket for a request. Raises QueueFullError when too many segments wait.

        With `background`, nobody waits for it.
        """
        if self.queued >= self.queue_segments:
            self.refused += 1
            raise QueueFullError(max(1, min(60, round(self.queued_tokens / self._rate))))
        return Ticket(self, background)

    async def ask(
        self, ticket: Ticket, model: Model, tokens: list[str], decoding: Decoding
    ) -> Hypotheses:
        """Translate one encoded segment for a ticket. Raises as `Ticket.ask` does."""
        key = (id(model), tuple(tokens), decoding)
        kept = self.cache.get(key)
        if kept is not None:
            return kept
        unit = self._units.get(key)
        if unit is None:
            done: asyncio.Future[Hypotheses] = asyncio.get_running_loop().create_future()
            unit = Unit(model, tokens, decoding, key, done, ticket.background)
            self._units[key] = unit
            self._by_shape.setdefault(unit.shape, Waiting()).add(unit)
            self.queued += 1
            self.queued_tokens += len(tokens)
        elif unit.background and unit.queued and not ticket.background:
            self._by_shape[unit.shape].await_(unit)
        if unit not in ticket.units:
            ticket.units.add(unit)
            unit.waiters += 1
        ticket.asked += 1
        if unit.queued:
            ticket.waiting.append(unit)
            self._turns.setdefault(ticket)
            if self._bulk < self._workers + AHEAD or not self._express:
                # After this turn of the loop, when all that comes now has come: it can then
                # share a batch.
                asyncio.get_running_loop().call_soon(self._dispatch)
        # The future is shared, so a caller that is cancelled must not cancel it.
        return await asyncio.shield(unit.done)

    async def probe(self, model: Model, tokens: list[str]) -> Hypothesis:
        """Health check: translate at once on the express thread, past queue and cache.

        Raises the exception of `Engine.translate` when that fails.
        """
        results = await asyncio.get_running_loop().run_in_executor(
            self._express_thread, model.translate, [tokens], Decoding(beam_size=1)
        )
        return results[0][0]

    def leave(self, ticket: Ticket) -> None:
        """Cancel a ticket: take the segments that it alone waits for out of the queue."""
        self._turns.pop(ticket, None)
        for unit in ticket.units:
            unit.waiters -= 1
            if unit.waiters == 0 and unit.queued:
                self._take(unit)
                del self._units[unit.key]
                unit.done.cancel()
        ticket.units.clear()
        ticket.waiting.clear()

    async def close(self) -> None:
        """Shut down: finish running batches, fail queued segments by ClosedError, end threads."""
        for unit in list(self._units.values()):
            if unit.queued:
                self._take(unit)
                del self._units[unit.key]
                _fail(unit, ClosedError())
        self._turns.clear()
        if self._running:
            await asyncio.wait(self._running)
        self._workers_threads.shutdown(wait=False, cancel_futures=True)
        self._express_thread.shutdown(wait=False, cancel_futures=True)

    def _take(self, unit: Unit) -> None:
        unit.queued = False
        same = self._by_shape[unit.shape]
        same.remove(unit)
        if not same:
            del self._by_shape[unit.shape]
        self.queued -= 1
        self.queued_tokens -= len(unit.tokens)

    def _dispatch(self) -> None:
        """Start batches while there is work and a lane for it."""
        if not self._express and (leader := self._next_leader(RequestKind.SHORT)):
            self._take(leader)
            self._start([leader], express=True)  # alone: a book must not lengthen it
        while self._bulk < self._workers + AHEAD and (leader := self._next_of_all()):
            self._start(self._fill(leader), express=False)

    def _next_of_all(self) -> Unit | None:
        """The next leader of the kind whose turn it is, or of another."""
        first = LEADING[self._turn]
        for kind in (first, *RequestKind):
            if leader := self._next_leader(kind):
                self._turn = (self._turn + 1) % len(LEADING)
                return leader
        return None

    def _next_leader(self, kind: RequestKind) -> Unit | None:
        """The oldest waiting unit of the kind's ticket whose turn it is, which goes to the end."""
        for ticket in list(self._turns):
            if ticket.kind is not kind:
                continue
            while ticket.waiting and not ticket.waiting[0].queued:
                ticket.waiting.popleft()
            if ticket.waiting:
                self._turns.move_to_end(ticket)
                return ticket.waiting.popleft()
            del self._turns[ticket]
        return None

    def _fill(self, leader: Unit) -> list[Unit]:
        """A batch: the leader, and the longest waiting of its shape, its own kind first.

        It takes up to half more than it should hold when none is left behind then.
        """
        same = self._by_shape[leader.shape]
        most = max(1, self._batch_tokens // leader.model.width(leader.tokens))
        if len(same) <= most + most // 2:
            most = len(same)
        batch = [leader, *islice(same.beside(leader), most - 1)]
        for unit in batch:
            self._take(unit)
        return batch

    def _start(self, batch: list[Unit], *, express: bool) -> None:
        if express:
            self._express += 1
        else:
            self._bulk += 1
        task = asyncio.create_task(self._run(batch, express=express))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, batch: list[Unit], *, express: bool) -> None:
        """Translate a batch, and start the next one, whatever fails here.

        Nobody waits for a unit for ever: what keeps its result from it is raised to its waiters.
        """
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            results = await self._translate(
                batch, self._express_thread if express else self._workers_threads
            )
            self._count(batch, loop.time() - started, express=express)
            for unit, result in zip(batch, results, strict=True):
                self._answer(unit, result)
        except Exception as error:
            log.exception("a batch of %d segments failed", len(batch))
            for unit in batch:
                if not unit.done.done():
                    self._answer(unit, error)
        finally:
            if express:
                self._express -= 1
            else:
                self._bulk -= 1
        self._dispatch()

    def _count(self, batch: list[Unit], seconds: float, *, express: bool) -> None:
        tokens = sum(len(unit.tokens) for unit in batch)
        padded = len(batch) * batch[0].model.width(batch[0].tokens)
        self._rate += 0.1 * (self._workers * tokens / max(1e-4, seconds) - self._rate)
        self.batches += 1
        self.translated_tokens += tokens
        self.padded_tokens += padded
        try:
            self._ended(Batch(len(batch), padded / self._batch_tokens, seconds, express))
        except Exception:
            log.exception("the end of a batch was not noted")

    def _answer(self, unit: Unit, result: Hypotheses | Exception) -> None:
        self._units.pop(unit.key, None)
        if isinstance(result, Exception):
            _fail(unit, result)
            return
        unit.done.set_result(result)  # first: it is due even if the rest fails
        self.target_tokens += result[0].tokens
        self.cache.put(unit.key, result, len(unit.tokens))

    async def _translate(
        self, batch: list[Unit], threads: ThreadPoolExecutor
    ) -> list[Hypotheses | Exception]:
        """Translate a batch; when it fails, each of its units alone, so that one fails alone."""
        loop = asyncio.get_running_loop()
        first = batch[0]
        try:
            results: list[Hypotheses] = await loop.run_in_executor(
                threads,
                first.model.translate,
                [unit.tokens for unit in batch],
                first.decoding,
                *_aligned(batch),
            )
            _check(results, batch)
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to its waiters
            if len(batch) == 1:
                # The message of the engine names shapes and limits, never the text.
                log.warning("the engine failed on a segment of %d tokens", len(first.tokens))
                self.failed += 1
                return [error]
            return [(await self._translate([unit], threads))[0] for unit in batch]
        return [*results]


def _aligned(batch: list[Unit]) -> tuple[()] | tuple[list[bool]]:
    """Which units get their alignment, if not all of them are alike."""
    wanted = [unit.decoding.attention for unit in batch]
    return (wanted,) if len(set(wanted)) > 1 else ()


def _check(results: list[Hypotheses], batch: list[Unit]) -> None:
    """Raises RuntimeError when there is not a hypothesis at least for each unit."""
    if len(results) != len(batch) or not all(results):
        raise RuntimeError(f"{len(batch)} segments, {len(results)} results")


def _fail(unit: Unit, error: Exception) -> None:
    unit.done.set_exception(error)
    unit.done.exception()  # all who waited may have gone: nobody has to collect it
