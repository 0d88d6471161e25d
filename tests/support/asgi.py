"""Applications in the test's own process: started and stopped, and asked as over a network."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from starlette.types import ASGIApp

# Longest wait for an answer to begin, to go on or to end, and for an application to start.
SECONDS = 30
# As uvicorn says it; Starlette ends a stream otherwise for other versions.
ASGI = {"version": "3.0", "spec_version": "2.3"}
DISCONNECT = {"type": "http.disconnect"}

Message = MutableMapping[str, Any]


@asynccontextmanager
async def running(app: ASGIApp) -> AsyncIterator[None]:
    """Start an application, and stop it when the block ends. Raises what its lifespan raises."""
    told, heard = asyncio.Queue[Message](), asyncio.Queue[Message]()
    task = asyncio.ensure_future(app({"type": "lifespan", "asgi": ASGI}, told.get, heard.put))

    async def done(phase: str) -> None:
        await told.put({"type": f"lifespan.{phase}"})
        async with asyncio.timeout(SECONDS):
            answer = await heard.get()
            if answer["type"] != f"lifespan.{phase}.complete":
                await task  # it raises
                raise RuntimeError(answer["message"])

    await done("startup")
    try:
        yield
    finally:
        await done("shutdown")
        await task


class BrokenOffError(Exception):
    """Raised by the parts of a request's body: the client goes away instead of sending more."""


class InProcess(httpx.AsyncBaseTransport):
    """Carries a client's requests to an application, as a server does.

    Other than `httpx.ASGITransport` it gives an answer while it comes, takes a body's parts while
    an answer is read, tells the application when the client goes, and lets an answer that does not
    come to its end be seen as one. An exception of the application is the test's.
    """

    def __init__(self, app: ASGIApp) -> None:
        """`app` must be running."""
        self._app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, as soon as it begins. Raises what the application raises before that."""
        exchange = _Exchange(self._app, request)
        try:
            return await exchange.answer()
        except BaseException:
            await exchange.aclose()
            raise


class _Exchange(httpx.AsyncByteStream):
    """One request with its answer, which is this stream."""

    def __init__(self, app: ASGIApp, request: httpx.Request) -> None:
        url = request.url
        self._incoming = asyncio.Queue[Message]()
        self._outgoing = asyncio.Queue[bytes | None]()  # None: no more comes
        self._sent = False  # all of the body has been received
        self._gone = asyncio.Event()  # the client has, or the answer has come to its end
        self._whole = False
        self._begun: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._body = asyncio.ensure_future(self._send_body(request))
        scope = {
            "type": "http",
            "asgi": ASGI,
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": ("127.0.0.1", 50_000),
            "server": (url.host, url.port or 80),
        }
        self._task = asyncio.ensure_future(app(scope, self._receive, self._send))
        self._task.add_done_callback(self._ended)

    async def answer(self) -> httpx.Response:
        async with asyncio.timeout(SECONDS):
            start = await asyncio.shield(self._begun)
        return httpx.Response(start["status"], headers=start.get("headers", ()), stream=self)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            async with asyncio.timeout(SECONDS):
                part = await self._outgoing.get()
            if part is None:
                break
            yield part
        if not self._whole:
            cause = self._task.exception() if self._task.done() else None
            raise httpx.RemoteProtocolError("the answer ended before its end") from cause
        async with asyncio.timeout(SECONDS):
            await self._task

    async def aclose(self) -> None:
        self._leave()
        self._body.cancel()
        await asyncio.wait({self._task, self._body}, timeout=SECONDS)
        assert self._task.done(), "the application goes on for a client that has gone"

    async def _send_body(self, request: httpx.Request) -> None:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        try:
            async for part in request.stream:
                self._incoming.put_nowait({"type": "http.request", "body": part, "more_body": True})
        except BrokenOffError:
            self._leave()
        else:
            self._incoming.put_nowait({"type": "http.request", "body": b"", "more_body": False})

    def _leave(self) -> None:
        self._gone.set()
        self._incoming.put_nowait(DISCONNECT)

    async def _receive(self) -> Message:
        if not (self._sent or self._whole):
            message = await self._incoming.get()
            self._sent = not message.get("more_body")
            return message
        await self._gone.wait()
        return DISCONNECT

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if not self._begun.done():
                self._begun.set_result(message)
        elif not self._gone.is_set():  # nobody reads it otherwise
            if part := message.get("body"):
                self._outgoing.put_nowait(part)
            if not message.get("more_body"):
                self._whole = True
                self._outgoing.put_nowait(None)
                self._gone.set()

    def _ended(self, task: "asyncio.Future[None]") -> None:
        error = None if task.cancelled() else task.exception()
        if not self._begun.done():
            self._begun.set_exception(error or RuntimeError("there was no answer"))
            self._begun.exception()  # who has gone does not ask for it
        self._outgoing.put_nowait(None)
