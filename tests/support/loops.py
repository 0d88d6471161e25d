"""Background loops under test: a clock that the test moves, and faults that it sets and mends."""

import asyncio
import threading

SECONDS = 10
TEXT = "geheimer Text"


class Time:
    """The supervisor's clock and pauses: a loop that has failed waits until the test lets it go."""

    def __init__(self) -> None:
        self.now = 0.0
        self._pauses: asyncio.Queue[tuple[float, asyncio.Future[None]]] = asyncio.Queue()
        self._current: asyncio.Future[None] | None = None

    def clock(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pauses.put_nowait((seconds, over))
        await over

    async def failed(self) -> float:
        """Wait until a loop has failed; the seconds that it is to pause."""
        async with asyncio.timeout(SECONDS):
            seconds, self._current = await self._pauses.get()
        return seconds

    def go_on(self) -> None:
        """Let the loop that has failed last go on, at once."""
        assert self._current
        self._current.set_result(None)


class Fault:
    """Raises an error with a text while it is set, and knows of each call that went well."""

    def __init__(self, kind: type[Exception] = RuntimeError) -> None:
        self.on = True
        self._kind = kind
        self._calls = threading.Semaphore(0)

    def __call__(self) -> None:
        if self.on:
            raise self._kind(TEXT)
        self._calls.release()

    async def went_well(self) -> None:
        """Wait for a call that does not raise."""
        assert await asyncio.to_thread(self._calls.acquire, timeout=SECONDS)
