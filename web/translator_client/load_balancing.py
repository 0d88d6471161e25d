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
from http import HTTPStatus

from web.translator_client.exchange import (
    ExchangeError,
    HttpAnswer,
    HttpRequest,
    NoAnswerError,
    Transport,
    whole_body,
)

# How old the list of addresses may be, the longest wait for a new one, and how long an address
# that failed is only asked when no other is left; in seconds.
KNOWN_SECONDS = 1.0
RESOLVE_SECONDS = 2.0
AVOID_SECONDS = 2.0

Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolved(host: str, port: int) -> list[str]:
    """Resolve a name: all addresses behind it. Raises OSError when there is no address."""
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


class LeastBusyReplicas:
    """Load balancer for the replicas of one service."""

    def __init__(self, inner: Transport, host: str, port: int, resolve: Resolve = resolved) -> None:
        """Send through `inner`, which keeps the connections, to the addresses of a name."""
        self._inner = inner
        self._host = host
        self._port = port
        self._resolve = resolve
        self._replicas: dict[str, Replica] = {}
        self._known_until = 0.0
        self._resolving = asyncio.Lock()
        self._turns = 0

    async def send(self, request: HttpRequest, seconds: float) -> HttpAnswer:
        """Send a request to the least busy replica, and to the next one when that fails.

        Raises ExchangeError: that of the last replica that was tried, and NoAnswerError when the
        name has no address. One that takes too long is no reason to ask another: the wait would be
        twice as long as the caller allowed.
        """
        await self._refresh()
        untried = list(self._replicas.values())
        while True:
            replica = self._next(untried)
            untried.remove(replica)
            try:
                answer = await self._ask(replica, request, seconds)
            except NoAnswerError:
                if not untried:
                    raise
            else:
                if answer.status != HTTPStatus.SERVICE_UNAVAILABLE or not untried:
                    return answer
                await answer.aclose()
            replica.avoid_until = asyncio.get_running_loop().time() + AVOID_SECONDS

    async def everywhere(self, request: HttpRequest, seconds: float) -> dict[str, bytes | None]:
        """Ask every replica: the bodies by address; None where there is none within `seconds`.

        Raises NoAnswerError when there is no address.
        """
        await self._refresh()

        async def answered(replica: Replica) -> bytes | None:
            try:
                async with asyncio.timeout(seconds):
                    answer = await self._ask(replica, request, seconds)
                    try:
                        return await whole_body(answer) if answer.status == HTTPStatus.OK else None
                    finally:
                        await answer.aclose()
            except (ExchangeError, TimeoutError):
                return None

        replicas = list(self._replicas.values())
        answers = await asyncio.gather(*map(answered, replicas))
        return {replica.address: found for replica, found in zip(replicas, answers, strict=True)}

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()

    async def _ask(self, replica: Replica, request: HttpRequest, seconds: float) -> HttpAnswer:
        replica.outstanding += 1
        try:
            return _CountedAnswer(
                await self._inner.send(replica.address, request, seconds), replica
            )
        except BaseException:
            replica.outstanding -= 1
            raise

    def _next(self, replicas: list[Replica]) -> Replica:
        now = asyncio.get_running_loop().time()
        best = min(replicas, key=lambda each: (each.avoid_until > now, each.outstanding, each.turn))
        self._turns += 1
        best.turn = self._turns
        return best

    async def _refresh(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() < self._known_until:
            return
        async with self._resolving:
            if loop.time() < self._known_until:
                return
            try:
                async with asyncio.timeout(RESOLVE_SECONDS):
                    addresses = await self._resolve(self._host, self._port)
            except OSError as error:  # TimeoutError is one
                # A name that is not there for a moment: the addresses of before may still be.
                if not self._replicas:
                    raise NoAnswerError(f"no address for {self._host}") from error
            else:
                self._replicas = {
                    each: self._replicas.get(each) or Replica(each) for each in addresses
                }
            self._known_until = loop.time() + KNOWN_SECONDS


class _CountedAnswer:
    """An answer that counts as outstanding until it is closed."""

    def __init__(self, answer: HttpAnswer, replica: Replica) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self._answer = answer
        self._replica: Replica | None = replica

    def parts(self) -> AsyncIterator[bytes]:
        return self._answer.parts()

    async def aclose(self) -> None:
        if self._replica is not None:
            self._replica.outstanding -= 1
            self._replica = None
        await self._answer.aclose()
