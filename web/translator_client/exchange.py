"""HTTP exchanges with the translator: requests, answers, and the interface that carries them."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

ERROR, SERVER_ERROR = 400, 500  # the first status of errors, and of the server's


class ExchangeError(Exception):
    """Failed exchange. The message names no more than what went wrong, never a text."""


class NoAnswerError(ExchangeError):
    """Failed before anything of an answer came, so another replica can be asked."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """HTTP request of a method to a path, with the host's name and what else heads it."""

    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class HttpAnswer(Protocol):
    """Interface of an HTTP answer, of which the head is there. It must be closed."""

    status: int
    headers: Mapping[str, str]  # by their names in lower case

    def parts(self) -> AsyncIterator[bytes]:
        """The parts of the body as they come. Raises ExchangeError when it breaks off."""

    async def aclose(self) -> None:
        """Give the answer up, unless it has been read."""


class Transport(Protocol):
    """Interface of what carries requests to an address."""

    async def send(self, address: str, request: HttpRequest, seconds: float) -> HttpAnswer:
        """The answer, when its head is there.

        Neither the head nor any part may take longer than `seconds`. Raises NoAnswerError,
        ExchangeError for one that comes too late.
        """

    async def aclose(self) -> None:
        """Close all connections."""


async def whole_body(answer: HttpAnswer) -> bytes:
    """The whole body of an answer. Raises ExchangeError when it breaks off."""
    return b"".join([part async for part in answer.parts()])
