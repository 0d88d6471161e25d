"""Requests that are given up cost no connection to the translator."""

import asyncio
import random
from contextlib import suppress

from tests.support.instance import Instance
from web.translator_client.client import open_translator

CONNECTIONS = 10
SECONDS = 3.0


async def test_requests_given_up_while_they_wait_for_one(instance: Instance) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS
    chance = random.Random(3)  # noqa: S311 - for a test

    async with open_translator(instance.translator_url, 10, CONNECTIONS) as translator:

        async def impatient() -> None:
            while loop.time() < end:
                with suppress(TimeoutError):
                    async with asyncio.timeout(chance.uniform(0, 0.02)):
                        await translator.translate("Guten Morgen!", "de", "en")

        await asyncio.gather(*(impatient() for _ in range(3 * CONNECTIONS)))
        answers = await asyncio.gather(
            *(translator.translate("Guten Morgen!", "de", "en") for _ in range(CONNECTIONS))
        )
    assert {each.text for each in answers} == {"Good morning!"}
