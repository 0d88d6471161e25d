"""Processor time that each service needs for the same work: `python -m tests.bench.scale`.

In about three minutes: sentences over the API, long texts, and looks at the page, each from
several clients at once, and how much of a core the translator, web and the database had for it.
Processor time, unlike throughput, tells of a larger machine, too: it says how many cores of each
a load takes, and which of them runs out first.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import islice

import httpx

from tests.bench import news
from tests.bench.processes import cpu_seconds
from tests.support.instance import ROOT, Instance

SERVICES = ("translator", "web", "database")
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
CLIENTS = 8
SENTENCES, TEXTS, CHARACTERS, LOOKS = 1_000, 4, 100_000, 400
SECONDS = 600


def main() -> None:
    """Run an instance of its own, print a line per kind of work, remove it."""
    source = news.sentences(ROOT / "translator/install/evaluation.tsv")
    sentences = list(islice(source, SENTENCES))
    texts = [news.text(source, CHARACTERS) for _ in range(TEXTS)]
    with Instance() as instance:
        asyncio.run(_measure(instance, sentences, texts))


async def _measure(instance: Instance, sentences: list[str], texts: list[str]) -> None:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=SECONDS) as http:

        async def sentence(number: int) -> None:
            (await http.post("/translate", json={"text": sentences[number]})).raise_for_status()

        async def text(number: int) -> None:
            answer = await http.post("/translate", content=texts[number], headers=PLAIN)
            answer.raise_for_status()

        async def look(_: int) -> None:
            (await http.get("/")).raise_for_status()

        characters = sum(map(len, sentences)) / 1e6
        await _work(instance, "sentences", sentence, SENTENCES, characters)
        await _work(instance, "sentences again, from the cache", sentence, SENTENCES, characters)
        await _work(instance, "texts", text, TEXTS, sum(map(len, texts)) / 1e6)
        await _work(instance, "looks at the page", look, LOOKS, 0)


async def _work(
    instance: Instance,
    what: str,
    work: Callable[[int], Awaitable[None]],
    count: int,
    megacharacters: float,
) -> None:
    """Do it `count` times with CLIENTS at once; print what each service needed."""
    numbers = iter(range(count))

    async def client() -> None:
        for number in numbers:
            await work(number)

    before = {name: cpu_seconds(instance.pid(name)) for name in SERVICES}
    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    seconds = time.perf_counter() - started
    for name in SERVICES:
        needed = cpu_seconds(instance.pid(name)) - before[name]
        line = f"{what:32} {name:10} {1000 * needed / count:10.2f} ms each"
        if megacharacters:
            line += f"{needed / megacharacters:10.2f} s per million characters"
        print(line, flush=True)
    print(f"{what:32} {count / seconds:,.1f} a second, {seconds:.1f} s")


if __name__ == "__main__":
    main()
