"""Notifier: wakes the tasks that wait in this process."""

import asyncio


class Notifier:
    """Notifier: tells the tasks that wait in this process that something may have changed.

    It does not hear of changes in another replica, so waiting always has an end.
    """

    def __init__(self) -> None:
        self.count = 0  # of notifications
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Wake all who wait."""
        self.count += 1
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, seconds: float, since: int | None = None) -> None:
        """Wait until the notification after number `since`, but no longer than `seconds`.

        `since` is `count` as it was before the caller looked: what came while it did is not
        missed. Without it the next one is waited for.
        """
        if since is not None and since != self.count:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(future)
