"""A question that its client gives up leaves the queue before a batch takes it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import cast

import httpx
import pytest
from fastapi import FastAPI

from tests.support.asgi import InProcess
from tests.unit.test_pipeline import CARD, Model, good
from translator import api
from translator.inference.cache import Cache
from translator.inference.engine import Decoding, Engine, Hypothesis
from translator.inference.scheduler import Scheduler
from translator.pipeline import Pipeline
from translator.service import Service

SECONDS = 10


class SlowModel(Model):
    """A model that ends no batch while it is held; it tells what waits and what it is asked."""

    def __init__(self) -> None:
        super().__init__(self._good)
        self._free = threading.Event()
        self._free.set()
        self._begun = threading.Semaphore(0)
        self._seen = asyncio.Queue[str]()

    def _good(self, text: str, _: Decoding) -> Hypothesis:
        self._begun.release()
        assert self._free.wait(SECONDS)
        return good(text)

    def width(self, tokens: Sequence[str]) -> int:
        """Its width, which the scheduler asks for when it puts a segment in its queue."""
        self._seen.put_nowait(" ".join(tokens[:-1]))
        return super().width(tokens)

    @contextmanager
    def held(self) -> Iterator[None]:
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    async def has_begun(self) -> None:
        assert await asyncio.to_thread(self._begun.acquire, timeout=SECONDS)

    async def has_queued(self, text: str) -> None:
        async with asyncio.timeout(SECONDS):
            while await self._seen.get() != text:
                pass


@pytest.fixture
async def model() -> SlowModel:
    return SlowModel()


@pytest.fixture
async def scheduler() -> AsyncIterator[Scheduler]:
    made = Scheduler(workers=1, batch_tokens=64, queue_segments=100, cache=Cache(0))
    yield made
    await made.close()


@pytest.fixture
async def http(model: SlowModel, scheduler: Scheduler) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the translator's API with the real scheduler."""
    pipeline = Pipeline(cast("Engine", model), scheduler, beam_size=4, window_tokens=50)
    app = FastAPI()
    app.state.service = Service({CARD.pair: pipeline}, [CARD], scheduler)
    app.router.routes.append(api.TranslateRoute())
    transport = InProcess(app)
    async with httpx.AsyncClient(base_url="http://translator", transport=transport) as client:
        yield client
    pipeline.close()


async def test_a_draft_that_a_newer_one_makes_useless_never_reaches_the_engine(
    http: httpx.AsyncClient, model: SlowModel, scheduler: Scheduler
) -> None:
    async def typed(text: str) -> asyncio.Task[httpx.Response]:
        sent = {"text": text, "quality": "draft"}
        task = asyncio.create_task(http.post("/translate", json=sent))
        await model.has_queued(text)
        return task

    with model.held():
        # The lane for short requests and the worker are busy, and the next batch is ready.
        busy = [await typed("Er singt."), await typed("Sie singt auch gern.")]
        for _ in busy:
            await model.has_begun()
        busy.append(await typed("Wir singen heute alle zusammen."))
        for beginning in ("Der Hund schläft", "Der Hund schläft im", "Der Hund schläft im Garten"):
            draft = await typed(beginning)
            assert scheduler.queued == 1
            draft.cancel()
            await asyncio.wait({draft})
            assert scheduler.queued == 0
        last = await typed("Der Hund schläft im Garten.")
    answers = await asyncio.gather(*busy, last)
    assert [each.status_code for each in answers] == [200] * 4
    assert answers[-1].json()["text"] == "DER HUND SCHLÄFT IM GARTEN."
    asked = [text for text, _ in model.asked]
    assert [text for text in asked if "Hund" in text] == ["Der Hund schläft im Garten."]
    assert {how.beam_size for _, how in model.asked} == {1}
