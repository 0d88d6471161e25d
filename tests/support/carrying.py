"""Requests of the translator's client, carried by a transport of httpx instead of a network."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager

import httpx

from web.translator_client.client import TranslatorClient
from web.translator_client.exchange import ExchangeError, HttpRequest, NoAnswerError
from web.translator_client.load_balancing import LeastBusyReplicas, Resolve


class Carried:
    """Transport that hands requests to one of httpx, such as a mock."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def send(self, address: str, request: HttpRequest, seconds: float) -> "CarriedAnswer":
        host = f"[{address}]" if ":" in address else address
        carried = httpx.Request(
            request.method,
            f"http://{host}{request.path}",
            headers=request.headers,
            content=request.body,
            extensions={"timeout": {"read": seconds}},
        )
        with _failing():
            return CarriedAnswer(await self._inner.handle_async_request(carried))

    async def aclose(self) -> None:
        await self._inner.aclose()


class CarriedAnswer:
    """Answer that httpx gave."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._response = response

    async def parts(self) -> AsyncIterator[bytes]:
        with _failing():
            async for part in self._response.aiter_bytes():
                yield part

    async def aclose(self) -> None:
        await self._response.aclose()


@contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except httpx.ReadTimeout as error:
        raise ExchangeError("slow") from error
    except httpx.TransportError as error:
        raise NoAnswerError("away") from error


def mocked_client(
    inner: httpx.AsyncBaseTransport, resolve: Resolve, seconds: float = 10
) -> TranslatorClient:
    """Client of translators that `resolve` names, and that `inner` answers for."""
    return TranslatorClient(LeastBusyReplicas(Carried(inner), "translator", 8090, resolve), seconds)
