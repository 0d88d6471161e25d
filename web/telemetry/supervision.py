"""Supervision: background loops that go on after an unexpected exception, and are told of.

A loop handles the errors that it expects by itself, for instance a database that is away. An
unexpected one would end its task for good, and nobody would be told. Here it is logged, with the
places of its traceback and without its message (web/telemetry/logs.py), counted, and the loop
runs again after a pause.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

log = logging.getLogger(__name__)

# The pause after a failure, in seconds: twice as long with each one in a row, up to the longest.
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
# A loop that has run for so many seconds since its last failure works again. That is longer than
# any loop rests between two turns: one that fails every other time keeps failing.
STEADY_SECONDS = 60.0
# From so many failures in a row on a loop is reported: one alone may have been chance.
REPORTED_FAILURES = 2


class LoopEndedError(Exception):
    """A loop has returned, which none does."""


@dataclass(slots=True)
class _Loop:
    """A loop's failures: all of them, those in a row, and the pause after the last one.

    `since` is when it began to run, by the supervisor's clock; None while it pauses.
    """

    failures: int = 0
    in_a_row: int = 0
    pause: float = 0.0
    since: float | None = None


class Supervisor:
    """Runs loops, each as a task by its name, and knows which of them fail.

    A loop *keeps failing*, and is reported, from its second failure on, when it had not run for
    STEADY_SECONDS between the two; until it has run for so long. One that fails once and goes on
    is only logged and counted.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`clock` gives seconds, `pause` waits for so many."""
        self._clock = clock
        self._pause = pause
        self._loops: dict[str, _Loop] = {}

    @asynccontextmanager
    async def running(self, name: str, run: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """A loop that runs while the block does; at its end it is cancelled and awaited.

        `run` begins the loop, each time anew: what it has to remember stands outside of it.
        """
        loop = self._loops[name] = _Loop()
        task = asyncio.create_task(self._supervise(name, loop, run), name=name)
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            del self._loops[name]

    @property
    def failures(self) -> dict[str, int]:
        """How often each loop has failed."""
        return {name: loop.failures for name, loop in list(self._loops.items())}

    @property
    def failing(self) -> list[str]:
        """The names of the loops that keep failing."""
        return [
            name
            for name, loop in list(self._loops.items())
            if loop.in_a_row >= REPORTED_FAILURES and not self._is_steady(loop)
        ]

    async def _supervise(self, name: str, loop: _Loop, run: Callable[[], Awaitable[None]]) -> None:
        while True:
            loop.since = self._clock()
            try:
                await _endless(run)
            except (Exception, asyncio.CancelledError) as error:
                ending = _is_cancelled()
                # It also comes when something that the loop waits for was cancelled.
                if ending and isinstance(error, asyncio.CancelledError):
                    raise
                self._count(loop)
                log.exception("the loop %s failed; it goes on after %g s", name, loop.pause)
                if ending:
                    return
            await self._pause(loop.pause)

    def _count(self, loop: _Loop) -> None:
        loop.in_a_row = 1 if self._is_steady(loop) else loop.in_a_row + 1
        loop.failures += 1
        loop.since = None
        # Not a power of the number in a row, which no float would hold after some hours.
        doubled = FIRST_PAUSE_SECONDS if loop.in_a_row == 1 else 2 * loop.pause
        loop.pause = min(doubled, LONGEST_PAUSE_SECONDS)

    def _is_steady(self, loop: _Loop) -> bool:
        return loop.since is not None and self._clock() - loop.since >= STEADY_SECONDS


async def _endless(run: Callable[[], Awaitable[None]]) -> None:
    await run()
    raise LoopEndedError


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
