"""Head limits: uvicorn's HTTP with limits for a request's head, in bytes and in time.

It has none of its own.

Without them 60 MB of headers stand in memory as 60 MB (measured), before anybody is asked for a
key, and who opens connections and says nothing keeps them.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024  # what uvicorn's other implementation, h11, allows
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"Connection: close\r\nContent-Length: 0\r\n\r\n"
)


class Protocol(HttpToolsProtocol):
    """Counts what arrives and is neither a body nor a head that is complete.

    That is the address and the headers, and after a chunked body what trails it.
    """

    # Longest wait for a whole head, from the connection or from its first byte on.
    head_seconds = 60.0
    _head = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn's
        """Somebody is there, and has to say what is wanted."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._wait_for_head()
        super().on_message_begin()

    def data_received(self, data: bytes) -> None:
        """Take bytes in, and close the connection when its head grows without end."""
        self._head += len(data)
        super().data_received(data)
        if self._head > MOST_HEAD_BYTES and not self.transport.is_closing():
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._head = 0
        self._stop_waiting()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._head = 0
        super().on_body(body)

    def _wait_for_head(self) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(self.head_seconds, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _too_slow(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
        else:  # the answer to the request before is still on its way
            self._wait_for_head()
