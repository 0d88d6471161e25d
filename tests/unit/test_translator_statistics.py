"""The last hour of the translators, over a network that answers as the test says."""

import asyncio

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.carrying import mocked_client
from web.pages.status import HEIGHT, WIDTH, Chart
from web.translator_client import load_balancing
from web.translator_client import statistics as watch
from web.translator_client.statistics import MINUTES, QUEUED, TOKENS, Minute, TranslatorStatistics


@pytest.fixture(autouse=True)
def _addresses_are_asked_for_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_balancing, "KNOWN_SECONDS", 0.0)


class Stack:
    """Replicas by address: their counters, or None for one that is away."""

    def __init__(self) -> None:
        self.tokens: dict[str, float | str | None] = {}
        self.now = 0.0
        self.asked = 0
        self.asks = asyncio.Semaphore(0)
        client = mocked_client(httpx.MockTransport(self._answer), self._resolve)
        self.watch = TranslatorStatistics(client, lambda: self.now)

    async def _resolve(self, *_: object) -> list[str]:
        return list(self.tokens)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        self.asks.release()
        assert request.url.path == "/metrics"
        tokens = self.tokens[request.url.host]
        if tokens is None:
            raise httpx.ConnectError("away")
        if isinstance(tokens, str):
            return httpx.Response(200, text=tokens)
        return httpx.Response(200, text=f"# HELP x\n{TOKENS} {tokens}\n{QUEUED} 3.0\nother{{}} 1\n")

    async def look(self, seconds: float, **tokens: float | str | None) -> Minute:
        """After so many seconds; the minute that is under way."""
        self.now += seconds
        self.tokens = dict(tokens)
        await self.watch.refresh()
        return self.watch.minutes()[-1]


async def test_it_looks_again_soon_while_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "FRESH_SECONDS", 0.0)
    stack = Stack()
    stack.tokens = {"a": None}
    task = asyncio.create_task(stack.watch.run())
    async with asyncio.timeout(watch.EVERY_SECONDS / 2):
        for _ in range(3):
            await stack.asks.acquire()
    stack.tokens = {"a": 1000}
    for _ in range(100):  # turns of the event loop
        await asyncio.sleep(0)
    assert stack.watch.answering == 1
    asked = stack.asked
    for _ in range(100):
        await asyncio.sleep(0)
    assert stack.asked == asked
    task.cancel()


async def test_what_was_done_before_is_not_counted() -> None:
    stack = Stack()
    assert (await stack.look(0, a=1000)).rate is None
    assert (await stack.look(10, a=1500)).rate == 50
    assert stack.watch.queued == 3


async def test_replicas_are_summed_and_may_come_go_and_begin_anew() -> None:
    stack = Stack()
    await stack.look(0, a=100, b=200)
    assert (await stack.look(10, a=110, b=220)).tokens == 30
    assert (stack.watch.answering, stack.watch.silent) == (2, 0)
    # One does not answer, one has come: of that one nobody knows when it did its work.
    assert (await stack.look(10, a=None, b=230, c=5000)).tokens == 40
    assert (stack.watch.answering, stack.watch.silent) == (2, 1)
    # One is back and tells of all of it, one is gone, one began anew.
    assert (await stack.look(10, a=150, c=7)).tokens == 40 + 40 + 7


async def test_while_nobody_answers_nothing_is_known() -> None:
    stack = Stack()
    await stack.look(0, a=0)
    await stack.look(60, a=600)
    for tokens in (None, "<html>", f"{TOKENS} much\n{QUEUED} 0\n", f"{TOKENS} 5\n"):
        assert (await stack.look(60, a=tokens)).rate is None
        assert (stack.watch.answering, stack.watch.silent) == (0, 1)
    assert (await stack.look(60)).rate is None  # not even an address
    assert (await stack.look(60, a=900)).rate == pytest.approx(300 / 360)
    known = [each.rate for each in stack.watch.minutes()]
    assert known == [None] * (MINUTES - 7) + [10, None, None, None, None, None, 300 / 360]


async def test_an_hour_is_kept_and_no_more() -> None:
    stack = Stack()
    for number in range(3 * MINUTES):
        await stack.look(60, a=60 * number)
    minutes = stack.watch.minutes()
    assert len(minutes) == MINUTES
    assert {each.rate for each in minutes} == {1}
    assert Chart.of(minutes).total == 60 * MINUTES
    stack.now += 30 * 60
    assert [each.rate for each in stack.watch.minutes()] == [1] * 30 + [None] * 30


async def test_many_who_look_ask_once() -> None:
    stack = Stack()
    for _ in range(5):
        await stack.look(0.1, a=1)
    assert stack.asked == 1


@given(st.lists(st.none() | st.floats(0, 1e9), min_size=1, max_size=MINUTES))
def test_a_chart_stays_in_its_frame(rates: list[float | None]) -> None:
    minutes = [
        Minute(number) if rate is None else Minute(number, rate * 60, 60)
        for number, rate in enumerate(rates)
    ]
    chart = Chart.of(minutes)
    known = [rate for rate in rates if rate is not None]
    assert chart.top >= max([10, *known]) * (1 - 1e-9)
    assert str(chart.top)[0] in "125"
    assert chart.known == len(known)
    for x, y, height in chart.bars:
        assert 0 <= x <= x + chart.width <= WIDTH
        assert 0 <= y <= HEIGHT
        assert y + height == pytest.approx(HEIGHT)
    assert sum(width for _, width in chart.gaps) == pytest.approx(
        WIDTH * (len(rates) - len(known)) / len(rates), abs=1
    )
    if known:
        assert chart.peak == pytest.approx(max(known))
        assert chart.mean == pytest.approx(sum(known) / len(known))
    else:
        assert chart.mean is chart.peak is chart.total is None
