"""Connections to the translator: kept alive, bounded, and given up when something is wrong."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from web.translator_client.connections import Connections
from web.translator_client.exchange import ExchangeError, HttpRequest, NoAnswerError, whole_body

LOOP = "127.0.0.1"
HEADERS = {"Accept": "*/*", "Content-Type": "application/json"}
REQUEST = HttpRequest("POST", "/translate", '{"text": "Größe"}'.encode(), HEADERS)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Sent: yes\r\n\r\nhello"
Handle = Callable[["Server", asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """A server of raw bytes: which requests came, and over how many connections."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.ended = asyncio.Semaphore(0)
        self.port = 0
        self.stop: Callable[[], None] = lambda: None

    async def take(self, reader: asyncio.StreamReader) -> None:
        """Read one request. Raises IncompleteReadError when the client has gone."""
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        self.bodies.append(await reader.readexactly(int(length or 0)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._handle(self, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            self.ended.release()


@asynccontextmanager
async def serving(
    handle: Handle,
    most: int = 8,
    served: ssl.SSLContext | None = None,
    trusting: ssl.SSLContext | None = None,
) -> AsyncIterator[tuple[Server, Connections]]:
    server = Server(handle)
    listening = await asyncio.start_server(server.serve, LOOP, 0, ssl=served)
    server.port, server.stop = listening.sockets[0].getsockname()[1], listening.close
    pool = Connections("translator", server.port, trusting, most)
    async with asyncio.timeout(30):
        try:
            yield server, pool
        finally:
            await pool.aclose()
            listening.close()


def certificate_for(name: str, folder: Path) -> tuple[Path, Path]:
    """A certificate that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(
            subject, subject, key.public_key(), 1, now, now + timedelta(hours=1)
        )
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    of_key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    parts = (certificate.public_bytes(Encoding.PEM), of_key)
    paths = folder / "certificate", folder / "key"
    for path, content in zip(paths, parts, strict=True):
        path.write_bytes(content)
    return paths


async def ask(pool: Connections, seconds: float = 10) -> bytes:
    answer = await pool.send(LOOP, REQUEST, seconds)
    try:
        return await whole_body(answer)
    finally:
        await answer.aclose()


def answering(content: bytes) -> Handle:
    """Answer every request of a connection with the same bytes."""

    async def handle(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while True:
            await server.take(reader)
            writer.write(content)

    return handle


def closing(content: bytes) -> Handle:
    """Answer the first request of a connection with some bytes, and close it."""

    async def handle(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await server.take(reader)
        writer.write(content)

    return handle


async def test_a_connection_is_used_again_and_the_request_is_whole() -> None:
    async with serving(answering(OK)) as (server, pool):
        for _ in range(3):
            answer = await pool.send(LOOP, REQUEST, 10)
            assert (answer.status, answer.headers["x-sent"]) == (200, "yes")
            assert await whole_body(answer) == b"hello"
        assert server.connections == 1
        first, *headers = server.heads[0].decode().split("\r\n")
        assert first == "POST /translate HTTP/1.1"
        assert sorted(filter(None, headers)) == [
            "Accept: */*",
            f"Content-Length: {len(REQUEST.body)}",
            "Content-Type: application/json",
            f"Host: translator:{server.port}",
        ]
        assert server.bodies == [REQUEST.body] * 3


async def test_parts_come_as_they_are_sent() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    more = asyncio.Event()

    async def handle(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await server.take(reader)
        writer.write(head + b"3\r\none\r\n")
        await more.wait()
        writer.write(b"3\r\ntwo\r\n0\r\n\r\n")
        await server.take(reader)

    async with serving(handle) as (_, pool):
        answer = await pool.send(LOOP, REQUEST, 10)
        parts = answer.parts()
        assert await anext(parts) == b"one"
        more.set()
        assert [part async for part in parts] == [b"two"]


async def test_an_answer_that_nobody_read_is_not_the_next_ones() -> None:
    number = 0

    async def handle(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        nonlocal number
        while True:
            await server.take(reader)
            number += 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % number)

    async with serving(handle) as (server, pool):
        unread = await pool.send(LOOP, REQUEST, 10)
        await unread.aclose()
        assert [await ask(pool) for _ in range(3)] == [b"2", b"3", b"4"]
        assert server.connections == 1


async def test_a_connection_that_the_server_closed_is_replaced() -> None:
    async with serving(closing(OK)) as (server, pool):
        for number in range(1, 4):
            assert await ask(pool) == b"hello"
            await server.ended.acquire()
            assert server.connections == number


@pytest.mark.parametrize("at_once", [1, 2])
async def test_a_kept_connection_that_is_closed_in_place_of_an_answer_is_replaced(
    at_once: int,
) -> None:
    every = asyncio.Barrier(at_once)

    async def handle(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await server.take(reader)
        if server.connections <= at_once:
            await every.wait()
        writer.write(OK)
        await server.take(reader)  # and closed without an answer

    async with serving(handle) as (server, pool):
        kept = await asyncio.gather(*(ask(pool) for _ in range(at_once)))
        assert [*kept, await ask(pool)] == [b"hello"] * (at_once + 1)
        assert server.connections == at_once + 1


async def test_a_server_that_closes_every_connection_is_asked_twice() -> None:
    async with serving(closing(b"")) as (server, pool):
        with pytest.raises(NoAnswerError):
            await ask(pool)
        assert server.connections == 2


async def test_nobody_listens() -> None:
    async with serving(closing(OK)) as (server, pool):
        server.stop()
        with pytest.raises(NoAnswerError):
            await ask(pool)


async def test_a_certificate_is_for_the_name_whatever_the_address(tmp_path: Path) -> None:
    certificate, key = certificate_for("translator", tmp_path)
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=certificate)
    async with serving(answering(OK), served=served, trusting=trusting) as (server, pool):
        assert await ask(pool) == b"hello"
        other = Connections("elsewhere", server.port, trusting, 8)
        with pytest.raises(NoAnswerError):
            await ask(other)
        await other.aclose()


@pytest.mark.parametrize("content", [OK[:-1], b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"])
async def test_an_answer_that_breaks_off_is_none(content: bytes) -> None:
    async with serving(closing(content)) as (_, pool):
        with pytest.raises(ExchangeError, match="broke off"):
            await ask(pool)


@pytest.mark.parametrize(
    "content",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: 1234567890\r\n" * 20_000,
        b"",
    ],
    ids=["another protocol", "a head without end", "nothing"],
)
async def test_what_is_no_answer_is_none(content: bytes) -> None:
    async with serving(closing(content)) as (_, pool):
        with pytest.raises(NoAnswerError):
            await ask(pool)


async def test_bytes_that_nobody_asked_for_close_the_connection() -> None:
    async with serving(answering(OK + OK)) as (server, pool):
        for number in range(1, 4):
            assert await ask(pool) == b"hello"
            assert server.connections == number


@pytest.mark.parametrize("sent", [b"", OK[:-1]], ids=["head", "body"])
async def test_what_takes_too_long_is_given_up(sent: bytes) -> None:
    async def handle(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await server.take(reader)
        writer.write(sent)
        await reader.read()

    async with serving(handle) as (server, pool):
        with pytest.raises(ExchangeError, match="too long"):
            await ask(pool, seconds=0.05)
        await server.ended.acquire()  # it was closed


async def test_more_than_there_are_connections_wait() -> None:
    asked, answer = asyncio.Semaphore(0), asyncio.Event()

    async def handle(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while True:
            await server.take(reader)
            asked.release()
            await answer.wait()
            writer.write(OK)

    async with serving(handle, most=4) as (server, pool):
        tasks = [asyncio.create_task(ask(pool)) for _ in range(10)]
        for _ in range(4):
            await asked.acquire()
        with pytest.raises(ExchangeError, match="too long"):
            await ask(pool, seconds=0.01)
        answer.set()
        assert await asyncio.gather(*tasks) == [b"hello"] * 10
        assert server.connections <= 10


async def test_an_answer_to_one_that_was_given_up_is_not_the_next_ones() -> None:
    asked, number = asyncio.Semaphore(0), 0

    async def handle(
        server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        nonlocal number
        while True:
            await server.take(reader)
            number += 1
            mine = number
            asked.release()
            if mine % 2:  # it is given up before it is answered
                await given_up.wait()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % mine)

    async with serving(handle) as (_, pool):
        for expected in (b"2", b"4", b"6"):
            given_up = asyncio.Event()
            task = asyncio.create_task(ask(pool))
            await asked.acquire()
            task.cancel()
            given_up.set()
            await asyncio.wait([task])
            assert await ask(pool) == expected
            await asked.acquire()


async def test_one_that_is_given_up_leaves_its_place() -> None:
    asked = asyncio.Semaphore(0)

    async def handle(server: Server, reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await server.take(reader)
        asked.release()
        await reader.read()

    async with serving(handle, most=1) as (server, pool):
        for _ in range(3):
            task = asyncio.create_task(ask(pool))
            await asked.acquire()
            task.cancel()
            await asyncio.wait([task])
            await server.ended.acquire()  # the server hears of it
