"""The database's connections: none is waited for longer than it may take."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from web.database import Database
from web.errors import StoreUnavailableError


class DeafPool:
    """A pool that loses the first cancellation, as Python 3.11 can while a connection is opened."""

    async def acquire(self) -> Any:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()


async def test_a_cancellation_that_is_lost_keeps_nobody_waiting() -> None:
    pool = DeafPool()

    async def open_pool() -> DeafPool:
        return pool

    database = Database(open_pool, pool, seconds=0.01)
    async with asyncio.timeout(10):
        with pytest.raises(StoreUnavailableError):
            async with database.transaction():
                pass
