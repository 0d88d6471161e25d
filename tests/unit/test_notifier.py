"""Those who wait are woken, also by what is told while they look."""

import asyncio

import pytest

from web.jobs.notifier import Notifier

LONG = 3600.0


async def test_all_who_wait_are_woken() -> None:
    notifier = Notifier()
    waiting = [asyncio.create_task(notifier.wait(LONG)) for _ in range(3)]
    await asyncio.sleep(0)  # let them begin to wait
    notifier.notify()
    async with asyncio.timeout(30):
        await asyncio.gather(*waiting)


async def test_nobody_waits_for_what_was_told_while_he_looked() -> None:
    notifier = Notifier()
    seen = notifier.count
    notifier.notify()
    async with asyncio.timeout(30):
        await notifier.wait(LONG, seen)


@pytest.mark.parametrize("looked", [True, False])
async def test_what_was_told_before_wakes_nobody(looked: bool) -> None:  # noqa: FBT001 - a case
    notifier = Notifier()
    notifier.notify()
    waiting = asyncio.create_task(notifier.wait(LONG, notifier.count if looked else None))
    for _ in range(5):
        await asyncio.sleep(0)  # a turn of the event loop
    assert not waiting.done()
    notifier.notify()
    async with asyncio.timeout(30):
        await waiting


async def test_waiting_has_an_end() -> None:
    async with asyncio.timeout(30):
        await Notifier().wait(0.01)
