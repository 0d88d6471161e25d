"""How long one sentence takes: alone, beside books, and from many clients at once."""

import asyncio
import json
import re
import statistics
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import islice
from pathlib import Path

import httpx

from tests.bench import news
from tests.bench.figures import Figures
from tests.bench.processes import REQUEST_SECONDS, Server, serving
from tests.bench.raw import Raw

SENTENCES = 100
DOCUMENTS = 3
CLIENTS = 64
ROUNDS = 5


def measure(figures: Figures, eval_file: Path, model: Path, *, characters: int) -> None:
    """Print the figures of waiting. No sentence comes twice, and nothing is cached."""
    source = news.sentences(eval_file)
    raw = Raw(model)
    with serving(
        "translator", {"text": "Guten Tag!"}, CACHE_BYTES="0", MODELS_DIR=str(model.parent)
    ) as service:
        for sentence in islice(source, 10):  # warm
            service.translate(sentence)
            raw.sentence(sentence)
        _over_http(figures, service, raw, list(islice(source, SENTENCES)))
        texts = [news.text(source, characters) for _ in range(DOCUMENTS)]
        _beside_documents(figures, service, texts, list(islice(source, SENTENCES)))
        rounds = [list(islice(source, CLIENTS)) for _ in range(ROUNDS + 1)]
        asyncio.run(_clients(figures, service.http.base_url.port or 0, rounds))
    raw.close()


def _over_http(figures: Figures, service: Server, raw: Raw, sentences: list[str]) -> None:
    over, inside = [], []
    for sentence in sentences:
        over.append(_seconds(service.translate, sentence))
        inside.append(_seconds(raw.sentence, sentence))
    http, process = statistics.median(over), statistics.median(inside)
    figures.at_most(
        "One sentence over HTTP − in process, p50: ms",
        1000 * (http - process),
        3,
        f"{1000 * http:.1f} ms and {1000 * process:.1f} ms",
    )


def _beside_documents(
    figures: Figures, service: Server, texts: list[str], sentences: list[str]
) -> None:
    idle = [_seconds(service.translate, sentence) for sentence in sentences]
    stop = threading.Event()

    def keep_busy(text: str) -> None:
        with httpx.Client(base_url=service.http.base_url, timeout=REQUEST_SECONDS) as http:
            while not stop.is_set():
                http.post("/translate", json={"text": text}).raise_for_status()

    with ThreadPoolExecutor(DOCUMENTS) as threads:
        documents = [threads.submit(keep_busy, text) for text in texts]
        try:
            # The first ones are on the way when a batch has been seen to be slower than idle.
            time.sleep(1)
            busy = [_seconds(service.translate, sentence) for sentence in sentences]
        finally:
            stop.set()
        for document in documents:
            document.result()
    figures.at_most(
        f"One sentence beside {DOCUMENTS} documents ÷ idle, p95",
        _p95(busy) / _p95(idle),
        3,
        f"{1000 * _p95(busy):.0f} ms and {1000 * _p95(idle):.0f} ms; p50 "
        f"{1000 * statistics.median(busy):.0f} ms and {1000 * statistics.median(idle):.0f} ms",
    )


async def _clients(figures: Figures, port: int, rounds: list[list[str]]) -> None:
    """Time `CLIENTS` clients with a sentence each, and one with them all, in turns."""
    many, one = [], []
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(_connected(port)) for _ in range(CLIENTS)]
        for sentences in rounds:
            began = time.perf_counter()
            await asyncio.gather(
                *(client(sentence) for client, sentence in zip(clients, sentences, strict=True))
            )
            many.append(time.perf_counter() - began)
            began = time.perf_counter()
            await clients[0]("\n\n".join(sentences))
            one.append(time.perf_counter() - began)
    # The first round warms up.
    figures.at_least(
        f"{CLIENTS} clients ÷ one with {CLIENTS} sentences, throughput",
        min(one[1:]) / min(many[1:]),
        0.8,
        f"{1000 * min(many[1:]):.0f} ms and {1000 * min(one[1:]):.0f} ms, clients' work included",
    )


@asynccontextmanager
async def _connected(port: int) -> AsyncIterator[Callable[[str], Awaitable[None]]]:
    """A client that asks for one translation after the other on a connection of its own.

    It speaks just enough HTTP for that, because 64 times a whole client's work on the cores that
    are measured would be in the figure.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def ask(text: str) -> None:
        body = json.dumps({"text": text}).encode()
        writer.write(
            b"POST /translate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        )
        async with asyncio.timeout(REQUEST_SECONDS):
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = re.search(rb"\r\ncontent-length: (\d+)", head)
            if length is None or not head.startswith(b"http/1.1 200"):
                raise RuntimeError(f"the service answered {head[:12]!r}")
            await reader.readexactly(int(length[1]))

    try:
        yield ask
    finally:
        writer.close()
        await writer.wait_closed()


def _seconds(work: Callable[[str], object], sentence: str) -> float:
    began = time.perf_counter()
    work(sentence)
    return time.perf_counter() - began


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]
