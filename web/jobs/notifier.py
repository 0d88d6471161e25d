"""Notifier: wakes the tasks that wait in this process."""

import asyncio


class Notifier:
    """Notifier: tells the tasks that wait in this process that something may have changed.

    It does not hear of changes in another replica, so waiting always has an end.
    """

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Wake all who wait."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, seconds: float) -> None:
        """Wait until the next `notify`, but no longer than `seconds`."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(future)
