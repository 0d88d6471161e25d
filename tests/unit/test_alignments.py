"""Alignments of translations that are there, with an engine in the model's place."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence

import pytest

from translator.alignments import Aligner, AskedPair
from translator.inference.cache import Cache
from translator.inference.engine import Card
from translator.inference.forced_decoding import MOST_TOKENS
from translator.inference.scheduler import ClosedError, QueueFullError, Scheduler
from translator.text import Link

BAD = "kaputt"
Pair = tuple[list[str], list[str]]


class WordEngine:
    """Stands in for the engine: each word is a token, and comes from the word at its place."""

    card = Card("words", "de", "en", demonstration=True)

    def __init__(self) -> None:
        self.batches: list[list[Pair]] = []
        self.open = threading.Event()
        self.open.set()
        self.started = threading.Event()

    def encode(self, text: str) -> list[str]:
        return [f"▁{each}" for each in text.split()]

    encode_target = encode

    def spelled(self, tokens: Sequence[str]) -> str:
        return "".join(tokens).replace("▁", " ").strip()

    spelled_target = spelled

    def width(self, tokens: Sequence[str]) -> int:
        return len(tokens)

    def align(self, pairs: Sequence[Pair]) -> list[tuple[Link, ...]]:
        assert len({self.width(source) for source, _ in pairs}) == 1
        if any(f"▁{BAD}" in source for source, _ in pairs):
            raise RuntimeError("the engine fails")
        self.batches.append(list(pairs))
        self.started.set()
        assert self.open.wait(10)
        return [tuple(self._links(*each)) for each in pairs]

    def _links(self, source: list[str], target: list[str]) -> list[Link]:
        links = []
        start = first = 0
        for one, other in zip(source, target, strict=False):
            links.append(Link(start, start + len(other) - 1, first, first + len(one) - 1, 0.9))
            start, first = start + len(other), first + len(one)
        return links

    def translate(self, *_: object) -> None:
        raise AssertionError("nothing is translated")


@pytest.fixture
def engine() -> WordEngine:
    return WordEngine()


@pytest.fixture
async def scheduler() -> AsyncIterator[Scheduler]:
    scheduler = Scheduler(workers=1, batch_tokens=64, queue_segments=9, cache=Cache(100_000))
    yield scheduler
    await scheduler.close()


def pair(source: str, target: str, *words: str) -> AskedPair:
    places = [(source.index(each), source.index(each) + len(each)) for each in words]
    return AskedPair(source, target, tuple(places))


async def found(aligner: Aligner, *pairs: AskedPair) -> list[list[str | None]]:
    with aligner.admit() as ticket:
        places = await aligner.places(ticket, pairs)
    return [
        [None if place is None else one.target[slice(*place)] for place in row]
        for one, row in zip(pairs, places, strict=True)
    ]


async def test_words_are_found_and_what_cannot_be_aligned_is_not(
    engine: WordEngine, scheduler: Scheduler
) -> None:
    aligner = Aligner(engine, scheduler)  # type: ignore[arg-type] # in its place
    long = "Hund " * (MOST_TOKENS + 1)
    assert await found(
        aligner,
        pair("Alte Hunde schlafen hier", "Old dogs sleep here", "Hunde", "schlafen"),
        pair("Ein Hund schläft hier", "", "Hund"),
        pair(long, "dog", "Hund"),
        pair("Hund", long, "Hund"),
        pair("Ohne Frage", "No question"),
    ) == [["dogs", "sleep"], [None], [None], [None], []]
    assert sum(map(len, engine.batches)) == 1


async def test_one_that_the_engine_fails_on_fails_alone(
    engine: WordEngine, scheduler: Scheduler
) -> None:
    aligner = Aligner(engine, scheduler)  # type: ignore[arg-type] # in its place
    pairs = [pair(f"Der Hund {each}", f"The dog {each}", "Hund") for each in ("ja", BAD, "nein")]
    assert await found(aligner, *pairs) == [["dog"], [None], ["dog"]]


async def test_it_is_in_the_background_and_remembered(
    engine: WordEngine, scheduler: Scheduler
) -> None:
    aligner = Aligner(engine, scheduler)  # type: ignore[arg-type] # in its place
    with aligner.admit() as ticket:
        assert ticket.background
    asked = pair("Der Hund da", "The dog there", "Hund")
    assert await found(aligner, asked) == await found(aligner, asked) == [["dog"]]
    assert len(engine.batches) == 1


async def test_a_full_queue_and_a_closed_one(engine: WordEngine, scheduler: Scheduler) -> None:
    aligner = Aligner(engine, scheduler)  # type: ignore[arg-type] # in its place
    scheduler.queue_segments = 0
    with pytest.raises(QueueFullError):
        aligner.admit()
    scheduler.queue_segments = 9
    pairs = [pair(f"Der Hund {each}", f"The dog {each}", "Hund") for each in range(200)]
    engine.open.clear()
    with aligner.admit() as ticket:
        asked = asyncio.create_task(aligner.places(ticket, pairs))
        assert await asyncio.to_thread(engine.started.wait, 10)
        closing = asyncio.create_task(scheduler.close())
        await asyncio.sleep(0)
        engine.open.set()
        await closing
        with pytest.raises(ClosedError):
            await asked
