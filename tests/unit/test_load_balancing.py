"""Requests go to the replica with the fewest on their way, and around one that fails."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

import httpx2
import pytest

from web.translator_client import load_balancing
from web.translator_client.load_balancing import LeastBusyTransport

URL = "http://translator:8090/translate"
Answer = Callable[[httpx2.Request], Coroutine[None, None, httpx2.Response]]


def client(answer: Answer, *addresses: str) -> httpx2.AsyncClient:
    async def resolve(host: str, port: int | str) -> list[str]:
        assert (host, port) == ("translator", 8090)
        return list(addresses)

    return httpx2.AsyncClient(transport=LeastBusyTransport(httpx2.MockTransport(answer), resolve))


async def reading(http: httpx2.AsyncClient, started: asyncio.Event, enough: asyncio.Event) -> str:
    """Hold one answer open until there is enough; give the address that it came from."""
    async with http.stream("POST", URL, json={"text": "x"}) as response:
        started.set()
        await enough.wait()
        return (await response.aread()).decode()


async def test_each_request_goes_where_the_fewest_are() -> None:
    async def answer(request: httpx2.Request) -> httpx2.Response:
        assert request.headers["Host"] == "translator:8090"
        assert request.extensions["sni_hostname"] == "translator"
        return httpx2.Response(200, text=request.url.host)

    enough = asyncio.Event()
    async with client(answer, "10.0.0.1", "10.0.0.2", "::3") as http:
        tasks = []
        for _ in range(9):
            started = asyncio.Event()
            tasks.append(asyncio.create_task(reading(http, started, enough)))
            await started.wait()
        enough.set()
        asked = await asyncio.gather(*tasks)
        assert sorted(asked) == sorted(["10.0.0.1", "10.0.0.2", "::3"] * 3)
        # All have been read, so all are equal again.
        again = {(await http.post(URL)).text for _ in range(3)}
        assert again == {"10.0.0.1", "10.0.0.2", "::3"}


@pytest.mark.parametrize(
    "failure",
    [
        httpx2.ConnectError("refused"),
        httpx2.RemoteProtocolError("closed"),
        httpx2.ReadError("reset"),
    ],
)
async def test_an_address_that_fails_is_left_out_for_a_moment(failure: httpx2.HTTPError) -> None:
    bad = 0

    async def answer(request: httpx2.Request) -> httpx2.Response:
        nonlocal bad
        if request.url.host == "10.0.0.1":
            bad += 1
            raise failure
        assert await request.aread() == b'{"text":"x"}'
        return httpx2.Response(200, text=request.url.host)

    async with client(answer, "10.0.0.1", "10.0.0.2") as http:
        for _ in range(10):
            assert (await http.post(URL, json={"text": "x"})).text == "10.0.0.2"
    assert bad == 1


async def test_one_that_is_busy_sends_to_the_others_and_the_last_answer_counts() -> None:
    async def answer(request: httpx2.Request) -> httpx2.Response:
        busy = request.url.host == "10.0.0.1" or request.url.path == "/all"
        return httpx2.Response(503 if busy else 200, text=request.url.host)

    async with client(answer, "10.0.0.1", "10.0.0.2") as http:
        assert (await http.post(URL)).text == "10.0.0.2"
        assert (await http.post("http://translator:8090/all")).status_code == 503


async def test_a_time_out_is_not_waited_for_twice() -> None:
    asked = 0

    async def answer(request: httpx2.Request) -> httpx2.Response:
        nonlocal asked
        asked += 1
        raise httpx2.ReadTimeout("slow", request=request)

    async with client(answer, "10.0.0.1", "10.0.0.2") as http:
        with pytest.raises(httpx2.ReadTimeout):
            await http.post(URL)
    assert asked == 1


async def test_a_name_that_is_gone_for_a_moment_keeps_its_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load_balancing, "KNOWN_SECONDS", 0.0)
    known = True

    async def resolve(host: str, _: int | str) -> list[str]:
        if not known:
            raise OSError("no such name")
        return [host]

    async def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200)

    transport = httpx2.MockTransport(answer)
    async with httpx2.AsyncClient(transport=LeastBusyTransport(transport, resolve)) as http:
        assert (await http.get(URL)).is_success
        known = False
        assert (await http.get(URL)).is_success
    async with httpx2.AsyncClient(transport=LeastBusyTransport(transport, resolve)) as http:
        with pytest.raises(httpx2.ConnectError):
            await http.get(URL)


async def test_a_request_that_is_given_up_does_not_count() -> None:
    waiting = asyncio.Event()

    async def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/hang":
            waiting.set()
            await asyncio.Event().wait()
        return httpx2.Response(200, text=request.url.host)

    async with client(answer, "10.0.0.1", "10.0.0.2") as http:

        async def give_up() -> None:
            waiting.clear()
            task = asyncio.create_task(http.get("http://translator:8090/hang"))
            await waiting.wait()
            task.cancel()
            await asyncio.wait([task])

        for _ in range(4):
            await give_up()
        counted: list[Awaitable[httpx2.Response]] = [http.get(URL) for _ in range(4)]
        asked = [each.text for each in await asyncio.gather(*counted)]
        assert sorted(asked) == ["10.0.0.1"] * 2 + ["10.0.0.2"] * 2
