"""HTTP connections to the translator: aiohttp's client, as this service uses it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientOSError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    ServerDisconnectedError,
    TCPConnector,
)
from yarl import URL

from web.translator_client.exchange import ExchangeError, HttpRequest, NoAnswerError

# Longest wait for a connection to open, in seconds.
CONNECT_SECONDS = 5.0
# How long a connection that nobody uses is used again, in seconds; the server lets go after 75.
IDLE_SECONDS = 5.0
# Headers that aiohttp would send by itself; the translator compresses nothing, and asks nobody who
# they are.
SKIPPED_HEADERS = ("Accept-Encoding", "User-Agent")


class Connections:
    """Connection pool; connections are opened when they are needed."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None, most: int) -> None:
        """For the server that is called `host` at whatever address, by a running event loop.

        More than `most` requests at once wait for one another.
        """
        self._scheme, self._port = ("https" if tls else "http"), port
        self._certified = host if tls else None  # the name that the certificate is for
        usual = port == (443 if tls else 80)
        name = f"[{host}]" if ":" in host else host
        self._host = name if usual else f"{name}:{port}"
        tls_or_default = tls or True
        self._kept = _session(
            TCPConnector(limit=most, keepalive_timeout=IDLE_SECONDS, ssl=tls_or_default)
        )
        # For what a kept connection did not answer.
        self._new = _session(TCPConnector(limit=most, force_close=True, ssl=tls_or_default))

    async def send(self, address: str, request: HttpRequest, seconds: float) -> "ConnectionAnswer":
        """The answer of an address (see `Transport.send`).

        The server may have closed a kept connection just now: the request is sent once more on a
        new one. Raises NoAnswerError, ExchangeError for one that comes too late; neither has the
        message of aiohttp's error, which may quote an answer.
        """
        try:
            async with asyncio.timeout(seconds):
                try:
                    response = await self._asked(self._kept, address, request, seconds)
                except ClientConnectorError:
                    raise
                except (ServerDisconnectedError, ClientOSError, ConnectionResetError):
                    response = await self._asked(self._new, address, request, seconds)
        except ConnectionTimeoutError:
            raise NoAnswerError("no connection in time") from None
        except TimeoutError:
            raise ExchangeError("the answer takes too long") from None
        except (ClientError, OSError) as error:
            raise NoAnswerError(f"no answer: {type(error).__name__}") from None
        return ConnectionAnswer(response)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._kept.close()
        await self._new.close()

    async def _asked(
        self, session: ClientSession, address: str, request: HttpRequest, seconds: float
    ) -> ClientResponse:
        return await session.request(
            request.method,
            URL.build(
                scheme=self._scheme,
                host=address,
                port=self._port,
                path=request.path,
                encoded=True,
            ),
            headers={"Host": self._host, **request.headers},
            data=request.body or None,
            allow_redirects=False,
            server_hostname=self._certified,
            timeout=ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=seconds),
        )


class ConnectionAnswer:
    """HTTP answer that comes over a connection of a pool; see `HttpAnswer`."""

    def __init__(self, response: ClientResponse) -> None:
        """Made by `Connections.send`."""
        self.status = response.status
        self.headers: Mapping[str, str] = response.headers
        self._response = response

    async def parts(self) -> AsyncIterator[bytes]:
        """The parts of the body as they come; the connection is free after the last one.

        Raises ExchangeError when it breaks off or takes too long.
        """
        try:
            async for part in self._response.content.iter_any():
                yield part
        except TimeoutError:
            raise ExchangeError("the answer takes too long") from None
        except (ClientError, OSError) as error:
            raise ExchangeError(f"the answer broke off: {type(error).__name__}") from None

    async def aclose(self) -> None:
        """Give the answer up: a connection whose answer has not come to its end is closed."""
        self._response.close()


def _session(connector: TCPConnector) -> ClientSession:
    return ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        skip_auto_headers=SKIPPED_HEADERS,
    )
