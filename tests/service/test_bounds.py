"""Bounds: all that is not streamed has a limit, whoever sends it."""

import asyncio
import socket
from contextlib import suppress

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from tests.support.instance import Instance
from web.http.head_limits import Protocol

WHOLE = b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"

MULTIPART = {"Content-Type": "multipart/form-data; boundary=x"}
FLOODS = {
    "headers": [b"GET /health HTTP/1.1\r\nHost: x\r\n", *[b"X-A: " + b"a" * 3000 + b"\r\n"] * 9000],
    "one header": [b"GET /health HTTP/1.1\r\nHost: x\r\nX: ", *[b"a" * 60_000] * 500],
    "an address": [b"GET /", *[b"a" * 60_000] * 500],
    "trailers": [
        b"POST /translate HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n",
        *[b"X-A: " + b"a" * 3000 + b"\r\n"] * 9000,
    ],
}


async def taken(writer: asyncio.StreamWriter, parts: list[bytes]) -> int:
    """How many bytes the server took before it cut the connection."""
    sent = 0
    with suppress(ConnectionError):
        for part in parts:
            writer.write(part)
            await writer.drain()
            sent += len(part)
    return sent


@pytest.mark.parametrize("flood", FLOODS)
async def test_a_head_without_end_is_cut_off(instance: Instance, flood: str) -> None:
    parts = FLOODS[flood]
    _, writer = await asyncio.open_connection("127.0.0.1", instance.web_port)
    async with asyncio.timeout(30):
        assert await taken(writer, parts) < sum(map(len, parts)) / 2  # what buffers hold is less
    writer.close()


async def test_a_head_of_usual_size_is_taken(instance: Instance) -> None:
    async with httpx.AsyncClient(base_url=instance.web_url) as http:
        for _ in range(3):  # over one connection
            assert (await http.get("/health", headers={"X": "a" * 50_000})).status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 30,
        b"--x\r\n" + b"X: y\r\n" * 100,
        b"--x\r\nX: " + b"y" * 10_000,
    ],
    ids=["fields", "headers", "one header"],
)
async def test_a_form_of_many_parts_is_refused(instance: Instance, form: bytes) -> None:
    async with httpx.AsyncClient(base_url=instance.web_url) as http:
        answer = await http.post("/translate", content=form, headers=MULTIPART)
    assert answer.status_code == 400
    assert "malformed" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/login", "/translations/1/title", "/history/restore"])
async def test_a_small_form_is_not_read_to_its_end(instance: Instance, path: str) -> None:
    async with httpx.AsyncClient(base_url=instance.web_url) as http:
        answer = await http.post(path, data={"x": "y" * 20_000})
    assert answer.status_code == 413


class Quick(Protocol):
    head_seconds = 0.2


@pytest.mark.parametrize("said", [b"", b"GET /slow HTT", WHOLE, WHOLE + WHOLE[:9]])
async def test_who_does_not_say_what_is_wanted_is_cut_off_but_in_no_answer(said: bytes) -> None:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"be", "more_body": True})
        await asyncio.sleep(3 * Quick.head_seconds)
        await send({"type": "http.response.body", "body": b"gin"})

    config = uvicorn.Config(
        answer, http=Quick, lifespan="off", log_config=None, timeout_keep_alive=1
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection(*listening.getsockname())
            writer.write(said)
            heard = await reader.read()
        writer.close()
        server.should_exit = True
        await serving
    assert heard.endswith(b"be\r\n3\r\ngin\r\n0\r\n\r\n") == said.startswith(WHOLE)
    assert bool(heard) == said.startswith(WHOLE)
