"""Everybody at once: `python -m tests.bench.load`, in about nine minutes.

500 browsers in which somebody types, 50 clients of the API that ask for a sentence without a pause,
5 books, and a client that asks for pages of up to 5,000 characters, for two minutes; then the same
again, and once more without the browsers. One line per figure; exits with 1 where a target is
missed: an answer that is wrong or an error (503 with Retry-After is none), a page that comes too
late beside clients and books, a queue over its bound, memory that grows in the second pass.
"""

import argparse
import asyncio
import itertools
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx

from tests.bench.figures import Figures
from tests.support.instance import Instance
from tests.support.texts import book

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
SERVICES = ("web", "translator", "database")
# A page asks 300 ms after the last key; who types rests that long every word or two.
DEBOUNCE_SECONDS = 0.3
REST_SECONDS = (0.7, 2.2)
# After this without a key it asks for the text to be kept.
KEEP_SECONDS = 3.0
BOOK_CHARACTERS = 500_000
# Characters of a page that is asked for at once, and the seconds between two of them. Weblate waits
# 5 s for an answer, Mastodon and LibreOffice 10 s.
PAGE_CHARACTERS = (500, 5_000)
PAGE_REST_SECONDS = (0.5, 1.5)
PAGE_P95_SECONDS = 4.0
# Sentences whose translation was asked for before, alone; half of the API's questions.
KNOWN = 100
BROWSERS, CLIENTS, BOOKS = 500, 50, 5
GROWTH = 1.1


@dataclass
class Heard:
    """Answers that the clients got: seconds by kind, and what went wrong."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    busy: Counter[str] = field(default_factory=Counter)
    given_up: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    characters: int = 0

    @property
    def answers(self) -> int:
        """How many there were, of all kinds."""
        return sum(map(len, self.seconds.values())) + self.busy.total() + self.wrong.total()


class Interface(NamedTuple):
    """A way in for programs; `asked` gives address, type and body of a question."""

    name: str
    asked: Callable[[str], tuple[str, str, bytes]]


INTERFACES = (
    Interface("API", lambda text: ("/translate", JSON, json.dumps({"text": text}).encode())),
    Interface(
        "LibreTranslate",
        lambda text: (
            "/translate",
            FORM,
            urlencode({"q": text, "source": "de", "target": "en"}).encode(),
        ),
    ),
    Interface(
        "DeepL",
        lambda text: (
            "/v2/translate",
            JSON,
            json.dumps({"text": [text], "source_lang": "DE", "target_lang": "EN"}).encode(),
        ),
    ),
)


# Kind of the questions whose text is no sentence.
PAGES = "text of up to 5,000 characters"


class Connection:
    """A client's own connection, kept alive, and closed when an answer is given up.

    httpx would take the processor for itself: its pool looks at every connection for each request.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, kind: str = "", body: bytes = b""
    ) -> tuple[int, dict[str, str], str]:
        """The answer's status, headers and text. Raises OSError, EOFError."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        reader, writer = self._streams
        try:
            head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
            pairs = (line.split(": ", 1) for line in lines if line)
            headers = {name.lower(): value for name, value in pairs}
            if "content-length" in headers:
                content = await reader.readexactly(int(headers["content-length"]))
            else:
                content = b"".join([part async for part in chunks(reader)])
        except BaseException:
            self.close()
            raise
        return int(status.split()[1]), headers, content.decode()

    def close(self) -> None:
        """Go away."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The parts of an answer whose length nobody knew. Raises EOFError when it breaks off."""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)


class Crowd:
    """Everybody who asks, on one event loop."""

    def __init__(self, instance: Instance, known: dict[str, str], seed: int) -> None:
        self._port = instance.web_port
        self._known = list(known.items())
        self._chance = random.Random(seed)  # noqa: S311 - for a benchmark
        self._seeds = itertools.count(seed * 1_000_000)
        self.heard = Heard()

    async def come(self, seconds: float, browsers: int, clients: int, books: int) -> None:
        """Ask for so many seconds."""
        people = [self._browse() for _ in range(browsers)]
        people += [self._use(INTERFACES[number % len(INTERFACES)]) for number in range(clients)]
        people += [self._read() for _ in range(books)]
        people.append(self._ask_for_pages())
        tasks = [asyncio.create_task(each) for each in people]
        _, working = await asyncio.wait(tasks, timeout=seconds)
        for task in working:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result

    async def _ask(self, connection: Connection, what: str, *request: Any) -> str | None:
        loop = asyncio.get_running_loop()
        begin = loop.time()
        try:
            status, headers, text = await connection.ask(*request)
        except (OSError, EOFError) as error:
            self.heard.wrong[f"{what}: {type(error).__name__}"] += 1
            return None
        if status == HTTPStatus.SERVICE_UNAVAILABLE and "retry-after" in headers:
            self.heard.busy[what] += 1
            await asyncio.sleep(int(headers["retry-after"]))
            return None
        if status != HTTPStatus.OK:
            self.heard.wrong[f"{what}: {status}"] += 1
            return None
        self.heard.seconds[what].append(loop.time() - begin)
        return text

    async def _browse(self) -> None:
        """Somebody opens the page and types, sentence after sentence."""
        connection = Connection(self._port)
        await asyncio.sleep(self._chance.uniform(0, 20))
        await self._ask(connection, "page", "GET", "/")
        while True:
            words = book(1, seed=next(self._seeds)).split()[:12]
            for number in range(1, len(words)):
                text = " ".join(words[:number])
                await self._type_on(connection, text)
            text = " ".join(words)
            await self._type(connection, text)
            await asyncio.sleep(KEEP_SECONDS)
            await self._type(connection, text, keep="1")

    async def _type_on(self, connection: Connection, text: str) -> None:
        """Ask for a text until the next key is pressed: the newest answer wins."""
        asking = asyncio.create_task(self._type(connection, text))
        try:
            await asyncio.sleep(DEBOUNCE_SECONDS + self._chance.uniform(*REST_SECONDS))
        finally:
            if not asking.done():
                asking.cancel()
                await asyncio.wait({asking})
                self.heard.given_up += 1

    async def _type(self, connection: Connection, text: str, keep: str = "") -> str | None:
        form = urlencode({"text": text, "source": "de", "target": "en", "keep": keep}).encode()
        what = "typing, kept" if keep else "typing"
        return await self._ask(connection, what, "POST", "/live", FORM, form)

    async def _use(self, interface: Interface) -> None:
        """A program asks, and asks again when it has its answer."""
        connection = Connection(self._port)
        while True:
            source, target = self._chance.choice(self._known)
            answer = await self._ask(connection, interface.name, "POST", *interface.asked(source))
            if answer is not None and target not in answer.replace("\\n", "\n"):
                self.heard.wrong["another translation"] += 1
            source = book(1, seed=next(self._seeds)).split("\n")[0]
            await self._ask(connection, interface.name, "POST", *interface.asked(source))

    async def _ask_for_pages(self) -> None:
        """A program asks for texts of a page or two, through each interface in turn."""
        connection = Connection(self._port)
        for interface in itertools.cycle(INTERFACES):
            length = self._chance.randint(*PAGE_CHARACTERS)
            text = book(length, seed=next(self._seeds))[:length]
            await self._ask(connection, PAGES, "POST", *interface.asked(text))
            await asyncio.sleep(self._chance.uniform(*PAGE_REST_SECONDS))

    async def _read(self) -> None:
        """Somebody sends a book and reads it while it is translated."""
        loop = asyncio.get_running_loop()
        while True:
            text = book(BOOK_CHARACTERS, seed=next(self._seeds)).encode()
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            begin = loop.time()
            head = f"PUT /translate HTTP/1.1\r\nHost: x\r\nContent-Length: {len(text)}\r\n\r\n"
            writer.write(head.encode() + text)
            try:
                status = await reader.readuntil(b"\r\n\r\n")
                if not status.startswith(b"HTTP/1.1 200 "):
                    self.heard.wrong[f"book: {status[9:12].decode()}"] += 1
                    return
                first = True
                async for part in chunks(reader):
                    if first:
                        self.heard.seconds["book, first line"].append(loop.time() - begin)
                        first = False
                    self.heard.characters += len(part)
            except (OSError, EOFError) as error:
                self.heard.wrong[f"book: {type(error).__name__}"] += 1
            finally:
                writer.close()


@dataclass
class Watched:
    """The most that was seen of each queue, and its bound."""

    most: dict[str, float] = field(default_factory=dict)
    bound: dict[str, float] = field(default_factory=dict)

    async def watch(self, instance: Instance, queue_bound: float, books: int) -> None:
        """Look every second, until cancelled."""
        async with httpx.AsyncClient(timeout=30) as http:
            while True:
                await asyncio.sleep(1)
                with suppress(httpx.TransportError):  # it has much to do
                    found = _values((await http.get(f"{instance.translator_url}/metrics")).text)
                    self._saw("queue of segments", found["translator_queued_segments"], queue_bound)
                    found = _values((await http.get(f"{instance.metrics_url}/metrics")).text)
                    # The first passage of a text is translated at once, beside the jobs.
                    bound = found["web_jobs_limit"] + books
                    self._saw("jobs", found["web_jobs_held"], bound)
                    self._saw("spool files", found["web_spool_files"], 10_000)

    def _saw(self, name: str, value: float, bound: float) -> None:
        self.most[name] = max(value, self.most.get(name, 0))
        self.bound[name] = bound


def _values(text: str) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def _megabytes(instance: Instance) -> dict[str, float]:
    """The memory of each service."""
    found = {}
    for name in SERVICES:
        status = Path(f"/proc/{instance.pid(name)}/status").read_text("ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        found[name] = int(line.split()[1]) / 1000
    return found


def _report(figures: Figures, heard: Heard, watched: Watched, browsers: int) -> None:
    for kind, seconds in sorted(heard.seconds.items()):
        ordered = sorted(seconds)
        p50, p95, p99 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95, 0.99))
        note = f"p95 {p95 * 1000:.0f}, p99 {p99 * 1000:.0f}; {len(ordered)} answers"
        figures.reported(f"{kind}, p50: ms", p50 * 1000, note)
    share = 100 * heard.busy.total() / max(1, heard.answers)
    figures.reported("busy (503 with Retry-After): %", share, str(dict(heard.busy)))
    figures.reported("given up for a newer one", heard.given_up)
    figures.reported("books: characters read", heard.characters)
    figures.at_most("errors", heard.wrong.total(), 0, str(dict(heard.wrong)))
    kinds = {PAGES, "book, first line", *(interface.name for interface in INTERFACES)}
    if browsers:
        kinds |= {"page", "typing"}
    unheard = [kind for kind in kinds if not heard.seconds[kind]]
    figures.at_most("kinds of questions without an answer", len(unheard), 0, ", ".join(unheard))
    if not browsers:
        pages = sorted(heard.seconds[PAGES]) or [float("inf")]
        p95 = pages[int(len(pages) * 0.95)]
        figures.at_most(f"{PAGES} beside clients and books, p95: s", p95, PAGE_P95_SECONDS)
    for name, most in watched.most.items():
        figures.at_most(f"{name}, at most", most, watched.bound[name])


async def known_sentences(http: httpx.AsyncClient) -> dict[str, str]:
    """Sentences that are asked for now, with their translations."""
    known = {}
    for seed in range(KNOWN):
        source = book(1, seed=seed).split("\n")[0]
        answer = await http.post("/translate", json={"text": source})
        known[source] = str(answer.json()["text"])
    return known


async def _measure(figures: Figures, instance: Instance, chosen: argparse.Namespace) -> None:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=60) as http:
        known = await known_sentences(http)
        found = _values((await http.get(f"{instance.translator_url}/metrics")).text)
        bound = found["translator_queue_limit_segments"]
    memory = [_megabytes(instance)]
    for number, browsers in enumerate((chosen.browsers, chosen.browsers, 0), 1):
        print(f"-- pass {number}, {browsers} browsers", flush=True)
        crowd, watched = Crowd(instance, known, seed=number), Watched()
        watching = asyncio.create_task(watched.watch(instance, bound, chosen.books))
        await crowd.come(chosen.seconds, browsers, chosen.clients, chosen.books)
        watching.cancel()
        _report(figures, crowd.heard, watched, browsers)
        memory.append(_megabytes(instance))
        await _quiet(instance)
    print("-- memory", flush=True)
    for name in SERVICES:
        before, first, second, _ = (each[name] for each in memory)
        note = f"{before:.0f} MB before, {first:.0f} and {second:.0f} after the passes"
        figures.at_most(f"{name}: memory after pass 2 ÷ after pass 1", second / first, GROWTH, note)


async def _quiet(instance: Instance) -> None:
    """Cancel what is left of the books, so that the second pass begins as the first did."""
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=60) as http:
        for row in instance.query(
            "SELECT id FROM translations WHERE status IN ('receiving', 'running', 'interrupted') "
            "AND passages_done < passages"
        ):
            await http.post(f"/translations/{row['id']}/cancel")


def main() -> None:
    """Run an instance of its own, load it, remove it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--browsers", type=int, default=BROWSERS)
    options.add_argument("--clients", type=int, default=CLIENTS)
    options.add_argument("--books", type=int, default=BOOKS)
    chosen = options.parse_args()
    figures = Figures()
    # Caches that are full after the first pass: filling in the second, they would look like a leak.
    with Instance(settings={"CACHE_BYTES": "4000000"}) as instance:
        with instance.root() as run:
            run("SET GLOBAL innodb_buffer_pool_size = 16777216")
        asyncio.run(_measure(figures, instance, chosen))
    sys.exit(bool(figures.missed))


if __name__ == "__main__":
    main()
