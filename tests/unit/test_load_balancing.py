"""Requests go to the replica with the fewest on their way, and around one that fails."""

import asyncio
from collections.abc import Callable, Coroutine

import httpx
import pytest

from tests.support.carrying import Carried
from web.translator_client import load_balancing
from web.translator_client.exchange import (
    ExchangeError,
    HttpRequest,
    NoAnswerError,
    whole_body,
)
from web.translator_client.load_balancing import LeastBusyReplicas

TEXT = HttpRequest("POST", "/translate", b'{"text":"x"}')
Answer = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]


def balanced(answer: Answer, *addresses: str) -> LeastBusyReplicas:
    async def resolve(host: str, port: int) -> list[str]:
        assert (host, port) == ("translator", 8090)
        return list(addresses)

    return LeastBusyReplicas(Carried(httpx.MockTransport(answer)), "translator", 8090, resolve)


async def read(replicas: LeastBusyReplicas, request: HttpRequest = TEXT) -> tuple[int, str]:
    """The status of an answer, and its body."""
    answer = await replicas.send(request, 10)
    try:
        return answer.status, (await whole_body(answer)).decode()
    finally:
        await answer.aclose()


async def reading(
    replicas: LeastBusyReplicas, started: asyncio.Event, enough: asyncio.Event
) -> str:
    """Hold one answer open until there is enough; give the address that it came from."""
    answer = await replicas.send(TEXT, 10)
    started.set()
    await enough.wait()
    body = await whole_body(answer)
    await answer.aclose()
    return body.decode()


async def address_of(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text=request.url.host)


async def test_each_request_goes_where_the_fewest_are() -> None:
    enough = asyncio.Event()
    replicas = balanced(address_of, "10.0.0.1", "10.0.0.2", "::3")
    tasks = []
    for _ in range(9):
        started = asyncio.Event()
        tasks.append(asyncio.create_task(reading(replicas, started, enough)))
        await started.wait()
    enough.set()
    asked = await asyncio.gather(*tasks)
    assert sorted(asked) == sorted(["10.0.0.1", "10.0.0.2", "::3"] * 3)
    # All have been read, so all are equal again.
    again = {await read(replicas) for _ in range(3)}
    assert again == {(200, "10.0.0.1"), (200, "10.0.0.2"), (200, "::3")}


async def test_an_address_that_fails_is_left_out_for_a_moment() -> None:
    bad = 0

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal bad
        if request.url.host == "10.0.0.1":
            bad += 1
            raise httpx.ConnectError("refused")
        assert await request.aread() == TEXT.body
        return httpx.Response(200, text=request.url.host)

    replicas = balanced(answer, "10.0.0.1", "10.0.0.2")
    for _ in range(10):
        assert await read(replicas) == (200, "10.0.0.2")
    assert bad == 1


async def test_one_that_is_busy_sends_to_the_others_and_the_last_answer_counts() -> None:
    async def answer(request: httpx.Request) -> httpx.Response:
        busy = request.url.host == "10.0.0.1" or request.url.path == "/all"
        return httpx.Response(503 if busy else 200, text=request.url.host)

    replicas = balanced(answer, "10.0.0.1", "10.0.0.2")
    assert await read(replicas) == (200, "10.0.0.2")
    assert (await read(replicas, HttpRequest("GET", "/all")))[0] == 503


async def test_a_time_out_is_not_waited_for_twice() -> None:
    asked = 0

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(ExchangeError):
        await read(balanced(answer, "10.0.0.1", "10.0.0.2"))
    assert asked == 1


async def test_a_name_that_is_gone_for_a_moment_keeps_its_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load_balancing, "KNOWN_SECONDS", 0.0)
    known = True

    async def resolve(host: str, _: int) -> list[str]:
        if not known:
            raise OSError("no such name")
        return [host]

    carried = Carried(httpx.MockTransport(address_of))
    replicas = LeastBusyReplicas(carried, "translator", 8090, resolve)
    assert (await read(replicas))[0] == 200
    known = False
    assert (await read(replicas))[0] == 200
    with pytest.raises(NoAnswerError):
        await read(LeastBusyReplicas(carried, "translator", 8090, resolve))


async def test_a_request_that_is_given_up_does_not_count() -> None:
    waiting = asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/hang":
            waiting.set()
            await asyncio.Event().wait()
        return httpx.Response(200, text=request.url.host)

    replicas = balanced(answer, "10.0.0.1", "10.0.0.2")

    async def give_up() -> None:
        waiting.clear()
        task = asyncio.create_task(read(replicas, HttpRequest("GET", "/hang")))
        await waiting.wait()
        task.cancel()
        await asyncio.wait([task])

    for _ in range(4):
        await give_up()
    asked = await asyncio.gather(*(read(replicas) for _ in range(4)))
    assert sorted(asked) == [(200, "10.0.0.1")] * 2 + [(200, "10.0.0.2")] * 2
