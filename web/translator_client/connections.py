"""HTTP/1.1 connections to the translator, kept alive, with uvicorn's own parser.

A general client's way for each request (addresses, hooks, cookies, redirects, pools) took as long
as all else that web does for a sentence that the translator knows: 1.0 of 2.4 ms of processor time.
This one, which does what one service needs of another, takes 0.1 ms.
"""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import cast

import httptools

from web.translator_client.exchange import ExchangeError, HttpRequest, NoAnswerError

# Longest wait for a connection to open, in seconds.
CONNECT_SECONDS = 5.0
# How long a connection that nobody uses is used again, in seconds; the server lets go after 75.
IDLE_SECONDS = 5.0
# Bytes of an answer that may wait to be read before no more are taken from the network.
MOST_WAITING_BYTES = 256 * 1024
# Largest head of an answer, in bytes.
MOST_ANSWER_HEAD_BYTES = 64 * 1024


class Connections:
    """Connection pool; connections are opened when they are needed."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None, most: int) -> None:
        """For the server that is called `host` at whatever address.

        At most `most` connections are open, and a quarter of them without being used.
        """
        self._port = port
        self._tls = tls
        self._host = host
        usual = port == (443 if tls else 80)
        name = f"[{host}]" if ":" in host else host
        self._name = name if usual else f"{name}:{port}"
        self._most_idle = most // 4
        self._free = asyncio.Semaphore(most)
        self._idle: dict[str, list[_Connection]] = {}
        self._open: set[_Connection] = set()

    async def send(self, address: str, request: HttpRequest, seconds: float) -> "ConnectionAnswer":
        """The answer of an address (see `Transport.send`).

        A connection that was idle may have been closed just now by the server; then another one
        is opened, since nothing of an answer has come.
        """
        content = self._content(request)
        await self._admitted(seconds)
        connection: _Connection | None = None
        try:
            if connection := self._used_before(address):
                with suppress(NoAnswerError):
                    await connection.ask(content, seconds)
                    return ConnectionAnswer(self, address, connection, seconds)
                connection.close()
            connection = await self._opened(address)
            await connection.ask(content, seconds)
            return ConnectionAnswer(self, address, connection, seconds)
        except BaseException:
            if connection:
                connection.close()
            self._free.release()
            raise

    async def aclose(self) -> None:
        """Close all connections."""
        self._idle.clear()
        for connection in list(self._open):
            connection.close()

    def release(self, address: str, connection: "_Connection") -> None:
        """Take a connection back; it is kept when its answer has come to its end."""
        self._free.release()
        idle = self._idle.setdefault(address, [])
        if not connection.reusable or len(idle) >= self._most_idle:
            connection.close()
            return
        connection.idle_since = asyncio.get_running_loop().time()
        idle.append(connection)
        # The last one is used next, so the first ones are those that nobody needs any more.
        while connection.idle_since - idle[0].idle_since > IDLE_SECONDS:
            idle.pop(0).close()

    async def _admitted(self, seconds: float) -> None:
        if not self._free.locked():  # as nearly always
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._free.acquire()
        except TimeoutError:
            raise ExchangeError("all connections are in use") from None

    def _used_before(self, address: str) -> "_Connection | None":
        oldest = asyncio.get_running_loop().time() - IDLE_SECONDS
        idle = self._idle.get(address, [])
        while idle:
            connection = idle.pop()
            if connection.reusable and connection.idle_since >= oldest:
                return connection
            connection.close()
        return None

    async def _opened(self, address: str) -> "_Connection":
        name = self._host if self._tls else None  # which the certificate is for
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, connection = await asyncio.get_running_loop().create_connection(
                    lambda: _Connection(self._open),
                    address,
                    self._port,
                    ssl=self._tls,
                    server_hostname=name,
                )
        except OSError as error:  # TimeoutError and ssl.SSLError are such
            raise NoAnswerError("no connection") from error
        return connection

    def _content(self, request: HttpRequest) -> bytes:
        lines = [f"{request.method} {request.path} HTTP/1.1", f"Host: {self._name}"]
        lines += [f"{name}: {value}" for name, value in request.headers.items()]
        if request.body:
            lines.append(f"Content-Length: {len(request.body)}")
        return "\r\n".join((*lines, "\r\n")).encode("latin-1") + request.body


class ConnectionAnswer:
    """HTTP answer that comes over a connection of a pool; see `HttpAnswer`."""

    def __init__(
        self, pool: Connections, address: str, connection: "_Connection", seconds: float
    ) -> None:
        """Made by `Connections.send`."""
        self.status = connection.status
        self.headers = connection.headers
        self._pool = pool
        self._address = address
        self._connection: _Connection | None = connection
        self._seconds = seconds

    async def parts(self) -> AsyncIterator[bytes]:
        """The parts of the body as they come; the connection is free after the last one."""
        while self._connection and (part := await self._connection.part(self._seconds)):
            yield part
        await self.aclose()

    async def aclose(self) -> None:
        """Give the connection back; one whose answer is not read to its end is closed."""
        if self._connection is not None:
            self._pool.release(self._address, self._connection)
            self._connection = None


class _Connection(asyncio.Protocol):
    """One connection, with one request on its way at most."""

    def __init__(self, every: "set[_Connection]") -> None:
        self._every = every
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._parts: deque[bytes] = deque()
        self._waiting = 0  # bytes in them
        self._head_bytes = 0
        self._headed = self._whole = False
        self._asked = self._kept_alive = False
        self.idle_since = 0.0
        self.status = 0
        self.headers: dict[str, str] = {}

    @property
    def reusable(self) -> bool:
        """Whether another request can be sent."""
        return self._transport is not None and self._whole and self._kept_alive

    async def ask(self, content: bytes, seconds: float) -> None:
        """Send a request and wait for the head of its answer. Raises NoAnswerError, ExchangeError.

        The parts of an answer begin with the first one that follows.
        """
        if self._transport is None:
            raise NoAnswerError("the connection was closed")
        self.headers = {}
        self._parts.clear()  # of an answer that came whole and that nobody read
        self._head_bytes = self._waiting = 0
        self._headed = self._whole = self._kept_alive = False
        self._asked = True
        self._transport.write(content)
        while not self._headed:
            if self._transport is None:
                raise NoAnswerError("the connection was closed before an answer")
            await self._event(seconds)

    async def part(self, seconds: float) -> bytes:
        """The next part of the body; nothing after the last one. Raises ExchangeError."""
        while not self._parts:
            if self._whole:
                return b""
            if self._transport is None:
                raise ExchangeError("the answer broke off")
            await self._event(seconds)
        found = b"".join(self._parts)
        self._parts.clear()
        if self._waiting > MOST_WAITING_BYTES and self._transport:
            self._transport.resume_reading()
        self._waiting = 0
        return found

    def close(self) -> None:
        """Close the connection; an answer that is waited for breaks off."""
        if self._transport is not None:
            self._transport.abort()
            self.connection_lost(None)

    async def _event(self, seconds: float) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await self._waiter
        except TimeoutError:
            raise ExchangeError("the answer takes too long") from None
        finally:
            self._waiter = None

    def _tell(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)

    # The event loop's side.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is open."""
        self._transport = cast("asyncio.Transport", transport)
        self._every.add(self)

    def data_received(self, data: bytes) -> None:
        """Take bytes in."""
        endless = not self._headed and self._head_bytes > MOST_ANSWER_HEAD_BYTES
        if not self._asked or self._whole or endless:
            self.close()  # nothing is to come, or no end of the head
            return
        self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.close()
            return
        if self._waiting > MOST_WAITING_BYTES and self._transport and not self._whole:
            self._transport.pause_reading()
        self._tell()

    def eof_received(self) -> None:
        """The server has closed its side: the end of an answer that names no length."""
        named = {"content-length", "transfer-encoding"}
        if self._headed and not self._whole and named.isdisjoint(self.headers):
            self._whole = True

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """The connection is closed."""
        self._transport = None
        self._every.discard(self)
        self._tell()

    # The parser's side.

    def on_message_begin(self) -> None:
        """The first byte of an answer."""
        if self._whole:
            raise ValueError("an answer that nobody asked for")  # the connection is closed

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self.status = self._parser.get_status_code()
        self._headed = True

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._parts.append(body)
        self._waiting += len(body)

    def on_message_complete(self) -> None:
        """The answer is whole."""
        self._kept_alive = self._parser.should_keep_alive()
        self._whole = True
