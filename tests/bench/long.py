"""Long texts through the whole product: `python -m tests.bench.long`, in about ten minutes.

One line per figure. `--megabytes` takes a shorter book. Exits with 1 where a target is missed.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator

import httpx

from tests.bench.figures import Figures
from tests.bench.processes import peak_megabytes
from tests.support.instance import Instance
from tests.support.texts import book

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
ASYNC = {"Prefer": "respond-async"}
SERVICES = ("web", "translator")
BOOKS = 3
# An hour of new text would be needed to translate 50 MB; sentences that come again take the
# same way through upload, database, segmentation and HTTP, and only the model has less to do.
BLOCK = 100_000
SECONDS = 3600


def main() -> None:
    """Run an instance of its own, measure over HTTP, remove it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=float, default=50)
    options.add_argument("--sentences", type=int, default=60)
    options.add_argument("--rounds", type=int, default=15)
    chosen = options.parse_args()
    figures = Figures()
    with Instance() as instance:
        asyncio.run(_measure(figures, instance, chosen))
    sys.exit(bool(figures.missed))


async def _measure(figures: Figures, instance: Instance, chosen: argparse.Namespace) -> None:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=SECONDS) as http:
        await _first_line(figures, http, chosen.rounds)
        await _fairness(figures, http, chosen.sentences)
        await _memory(figures, http, instance, chosen.megabytes)


async def _first_line(figures: Figures, http: httpx.AsyncClient, rounds: int) -> None:
    """The first line, a heading of one sentence, and the first text of a paragraph."""
    alone, heading, paragraph = [], [], []
    for number in range(rounds):
        title = f"Im Jahr {1800 + number} begann die Geschichte unserer Familie in einem Dorf."
        again = title.replace("Dorf", "Wald")  # the cache must not know it
        began = time.perf_counter()
        await http.put("/translate", content=again.encode(), headers=PLAIN)
        alone.append(time.perf_counter() - began)
        heading.append(await _until_line(http, f"{title}\n\n{book(1_000_000, seed=number)}"))
        paragraph.append(await _until_text(http, book(1_000_000, seed=1000 + number)))
    one = statistics.median(alone)
    for name, times in (("line", heading), ("sentence in a paragraph", paragraph)):
        figures.at_most(
            f"First {name} of 1 MB ÷ a sentence alone, p50",
            statistics.median(times) / one,
            3,
            f"{1000 * statistics.median(times):.0f} ms and {1000 * one:.0f} ms",
        )


async def _until_line(http: httpx.AsyncClient, text: str) -> float:
    return await _until(http, text, "\n")


async def _until_text(http: httpx.AsyncClient, text: str) -> float:
    return await _until(http, text, "")


async def _until(http: httpx.AsyncClient, text: str, sign: str) -> float:
    """Seconds until `sign` has come; then the translation is cancelled."""
    began = time.perf_counter()
    async with http.stream("PUT", "/translate", content=text.encode(), headers=PLAIN) as answer:
        got = ""
        async for part in answer.aiter_text():
            got += part
            if sign in got:
                break
        seconds = time.perf_counter() - began
        where = answer.headers["Content-Location"]
        await http.post(f"{where}/cancel")
    return seconds


async def _fairness(figures: Figures, http: httpx.AsyncClient, count: int) -> None:
    idle = [await _sentence(http, f"idle {number}") for number in range(count)]
    books = [
        (await http.post("/translate", json={"text": book(300_000, seed)}, headers=ASYNC)).json()
        for seed in range(500, 500 + BOOKS)
    ]
    try:
        busy = [await _sentence(http, f"busy {number}") for number in range(count)]
    finally:
        for each in books:
            await http.post(f"/translations/{each['id']}/cancel")
    figures.at_most(
        f"A sentence beside {BOOKS} books ÷ idle, p95",
        _p95(busy) / _p95(idle),
        3,
        f"{1000 * _p95(busy):.0f} ms and {1000 * _p95(idle):.0f} ms; p50 "
        f"{1000 * statistics.median(busy):.0f} ms and {1000 * statistics.median(idle):.0f} ms",
    )


async def _sentence(http: httpx.AsyncClient, mark: str) -> float:
    text = f"Gestern habe ich im Garten das Buch mit der Nummer {mark} gefunden."
    began = time.perf_counter()
    (await http.post("/translate", json={"text": text})).raise_for_status()
    return time.perf_counter() - began


async def _memory(
    figures: Figures, http: httpx.AsyncClient, instance: Instance, megabytes: float
) -> None:
    await http.put("/translate", content=book(10_000, seed=1).encode(), headers=PLAIN)
    # New processes, so that what was measured before does not count.
    for name in SERVICES:
        instance.kill(name)
    await asyncio.to_thread(instance.up)
    await http.put("/translate", content=book(10_000, seed=1).encode(), headers=PLAIN)
    little = {name: peak_megabytes(instance.pid(name)) for name in SERVICES}
    began = time.monotonic()
    block = book(BLOCK, seed=2).encode()
    blocks = round(megabytes * 1_000_000 / len(block))

    async def upload() -> AsyncIterator[bytes]:
        for _ in range(blocks):
            yield block

    lines = 0
    async with http.stream("PUT", "/translate", content=upload(), headers=PLAIN) as answer:
        async for part in answer.aiter_bytes():
            lines += part.count(b"\n")
    expected = block.count(b"\n") * blocks
    if lines != expected:
        figures.impossible("Peak memory", f"{lines} of {expected} lines came back")
        return
    for name in SERVICES:
        peak = peak_megabytes(instance.pid(name))
        figures.at_most(
            f"Peak memory of {name}, {megabytes:g} MB − 10 KB: MB",
            peak - little[name],
            64,
            f"{peak:.0f} MB and {little[name]:.0f} MB; all of it came back in "
            f"{time.monotonic() - began:.0f} s",
        )


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    main()
