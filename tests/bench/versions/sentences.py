"""One sentence over the API: processor time for a known one, time for a new one."""

import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator

from tests.bench.load import INTERFACES, Connection, Interface
from tests.bench.processes import cpu_seconds
from tests.bench.versions.rows import Builds, Row
from tests.bench.versions.texts import new_sentences
from tests.support.instance import Instance

SENTENCES, ROUNDS = 400, 4
CLIENTS = 8
NEW_SENTENCES = 150
TARGETS = {"web": 0.5, "translator": 0.6}


def known_sentence(builds: Builds) -> Iterator[Row]:
    """Processor time of each service for a sentence that the translator knows; least of rounds."""
    sentences = new_sentences(SENTENCES)
    for build in builds:
        asyncio.run(_ask(build, INTERFACES[0], sentences))
    needed: defaultdict[tuple[str, str, int], list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for interface in INTERFACES:
            for which, build in enumerate(builds):
                before = {name: cpu_seconds(build.pid(name)) for name in TARGETS}
                asyncio.run(_ask(build, interface, sentences))
                for name in TARGETS:
                    seconds = cpu_seconds(build.pid(name)) - before[name]
                    needed[interface.name, name, which].append(seconds / SENTENCES)
    for interface in INTERFACES:
        for name, target in TARGETS.items():
            old, new = (1000 * min(needed[interface.name, name, which]) for which in (0, 1))
            figure = f"{name}, a known sentence over {interface.name}: ms of CPU"
            yield Row(figure, old, new, target)


def new_sentence(builds: Builds) -> Iterator[Row]:
    """Time for one new sentence of a program, one after the other, stored."""
    times: list[list[float]] = [[], []]
    asyncio.run(_one_by_one(builds, times))
    old, new = (1000 * statistics.median(each) for each in times)
    yield Row("one new sentence of a program, stored, p50: ms", old, new)


async def _one_by_one(builds: Builds, times: list[list[float]]) -> None:
    connections = [Connection(build.web_port) for build in builds]
    for sentence in new_sentences(NEW_SENTENCES):
        for connection, taken in zip(connections, times, strict=True):
            began = time.perf_counter()
            await _one(connection, INTERFACES[0], sentence)
            taken.append(time.perf_counter() - began)
    for connection in connections:
        connection.close()


async def _ask(build: Instance, interface: Interface, sentences: list[str]) -> None:
    """Ask for the sentences with CLIENTS at once."""
    rest = iter(sentences)

    async def client() -> None:
        connection = Connection(build.web_port)
        for sentence in rest:
            await _one(connection, interface, sentence)
        connection.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))


async def _one(connection: Connection, interface: Interface, sentence: str) -> None:
    status, _, _ = await connection.ask("POST", *interface.asked(sentence))
    if status != 200:
        raise RuntimeError(f"the answer was {status}")
