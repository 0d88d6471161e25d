"""The crowd of the load benchmark, which comes to each version in turn."""

import asyncio
from collections.abc import Iterator

import httpx

from tests.bench.load import BOOKS, BROWSERS, CLIENTS, INTERFACES, Crowd, Heard, known_sentences
from tests.bench.versions.rows import Builds, Row
from tests.support.instance import Instance

SECONDS = 60
REQUEST_SECONDS = 60


def load(builds: Builds) -> Iterator[Row]:
    """Times of who types and of programs while everybody asks."""
    old, new = (asyncio.run(_come(build)) for build in builds)
    yield Row("load: typing, p95: s", _typing(old), _typing(new), target=0.5)
    yield Row("load: one sentence of a program, p50: s", _program(old), _program(new), target=0.7)
    yield Row("load: characters of books", old.characters, new.characters)
    yield Row("load: errors", old.wrong.total(), new.wrong.total(), target=0, by_itself=True)


async def _come(build: Instance) -> Heard:
    async with httpx.AsyncClient(base_url=build.web_url, timeout=REQUEST_SECONDS) as http:
        crowd = Crowd(build, await known_sentences(http), seed=1)
        await crowd.come(SECONDS, BROWSERS, CLIENTS, BOOKS)
        for row in build.query("SELECT id FROM translations WHERE passages_done < passages"):
            await http.post(f"/translations/{row['id']}/cancel")
    return crowd.heard


def _typing(heard: Heard) -> float:
    return _share(heard.seconds["typing"], 0.95)


def _program(heard: Heard) -> float:
    return _share([each for one in INTERFACES for each in heard.seconds[one.name]], 0.5)


def _share(seconds: list[float], share: float) -> float:
    """The time that this share of the answers took at most."""
    return sorted(seconds)[int(len(seconds) * share)] if seconds else float("inf")
