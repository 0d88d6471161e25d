"""Load balancing: each request goes to the replica with the fewest requests on their way.

A name that stands for several addresses (Swarm's `dnsrr`, a headless Service of Kubernetes) is
asked for all of them, so no load balancer between the services has to be trusted with long
answers. One that cannot be reached, breaks off before it answers, or says that it is busy is left
out for a moment, and the request goes to another: a translation can be asked for twice.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import httpx2

# How old the list of addresses may be, the longest wait for a new one, and how long an address
# that failed is only asked when no other is left; in seconds.
KNOWN_SECONDS = 1.0
RESOLVE_SECONDS = 2.0
AVOID_SECONDS = 2.0
# Nothing of an answer has come, so another replica can be asked. A time-out is none of these:
# the wait would be twice as long as the caller allowed.
BROKEN = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.ReadError,
    httpx2.WriteError,
    httpx2.RemoteProtocolError,
)

Resolve = Callable[[str, int | str], Awaitable[list[str]]]


async def resolved(host: str, port: int | str) -> list[str]:
    """Resolve a name: all addresses behind it. A port is a number, or the name of its service.

    Raises OSError when there is no address.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


@dataclass(slots=True)
class Replica:
    """Replica: one address, its requests on their way, its last turn.

    Until `avoid_until`, in seconds of the event loop's clock, it is only asked last.
    """

    address: str
    outstanding: int = 0
    turn: int = 0
    avoid_until: float = 0.0


class LeastBusyTransport(httpx2.AsyncBaseTransport):
    """Load-balancing transport, for the one service that a client knows."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, resolve: Resolve = resolved) -> None:
        """Send through `inner`, which keeps the connections."""
        self._inner = inner
        self._resolve = resolve
        self._replicas: dict[str, Replica] = {}
        self._known_until = 0.0
        self._resolving = asyncio.Lock()
        self._turns = 0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request to the least busy replica, and to the next one when that fails.

        Raises the exception of the last replica that was tried, and ConnectError when the name has
        no address.
        """
        await self._refresh(request.url)
        untried = list(self._replicas.values())
        while True:
            replica = self._next(untried)
            untried.remove(replica)
            try:
                response = await self._ask(replica, request)
            except BROKEN:
                if not untried:
                    raise
            else:
                if response.status_code != httpx2.codes.SERVICE_UNAVAILABLE or not untried:
                    return response
                await response.aclose()
            replica.avoid_until = asyncio.get_running_loop().time() + AVOID_SECONDS

    async def everywhere(self, url: httpx2.URL, seconds: float) -> dict[str, bytes | None]:
        """GET from every replica: the bodies by address; None where there is none within `seconds`.

        Raises ConnectError when there is no address.
        """
        await self._refresh(url)

        async def answer(replica: Replica) -> bytes | None:
            try:
                async with asyncio.timeout(seconds):
                    response = await self._ask(replica, httpx2.Request("GET", url))
                    try:
                        return await response.aread() if response.is_success else None
                    finally:
                        await response.aclose()
            except (httpx2.HTTPError, TimeoutError):
                return None

        replicas = list(self._replicas.values())
        answers = await asyncio.gather(*map(answer, replicas))
        return {replica.address: found for replica, found in zip(replicas, answers, strict=True)}

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()

    async def _ask(self, replica: Replica, request: httpx2.Request) -> httpx2.Response:
        name = request.url
        replica.outstanding += 1
        try:
            # The Host header stays, and so does the name that a certificate is for.
            request.url = name.copy_with(host=replica.address)
            request.extensions = {**request.extensions, "sni_hostname": name.host}
            response = await self._inner.handle_async_request(request)
        except BaseException:
            replica.outstanding -= 1
            raise
        finally:
            request.url = name
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Counted(response.stream, replica),
            extensions=response.extensions,
        )

    def _next(self, replicas: list[Replica]) -> Replica:
        now = asyncio.get_running_loop().time()
        best = min(replicas, key=lambda each: (each.avoid_until > now, each.outstanding, each.turn))
        self._turns += 1
        best.turn = self._turns
        return best

    async def _refresh(self, url: httpx2.URL) -> None:
        async with self._resolving:
            loop = asyncio.get_running_loop()
            if loop.time() < self._known_until:
                return
            try:
                async with asyncio.timeout(RESOLVE_SECONDS):
                    addresses = await self._resolve(url.host, url.port or url.scheme)
            except OSError as error:  # TimeoutError is one
                # A name that is not there for a moment: the addresses of before may still be.
                if not self._replicas:
                    raise httpx2.ConnectError(f"no address for {url.host}") from error
            else:
                self._replicas = {
                    each: self._replicas.get(each) or Replica(each) for each in addresses
                }
            self._known_until = loop.time() + KNOWN_SECONDS


class _Counted(httpx2.AsyncByteStream):
    """An answer that counts as outstanding until it is read or given up."""

    def __init__(
        self, stream: httpx2.SyncByteStream | httpx2.AsyncByteStream, replica: Replica
    ) -> None:
        if not isinstance(stream, httpx2.AsyncByteStream):
            raise TypeError("an asynchronous transport answers with an asynchronous stream")
        self._stream = stream
        self._replica: Replica | None = replica

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if self._replica is not None:
            self._replica.outstanding -= 1
            self._replica = None
        await self._stream.aclose()
