"""Compression: gzip for pages and JSON answers of some size, by Starlette's own responder.

BREACH guesses a secret from the size of a compressed answer that has a guess of the attacker's in
it, too; for that the attacker's page has the visitor's browser ask for a thousand such answers. No
answer has a token in its body: the session is in a cookie that no page can read, and posts of other
sites are known by what the browser says of itself (web/access/cross_site.py). But texts are secrets
as well, and a search stands in the page beside them. So nothing is compressed that another site has
a browser ask for; everything else is.
"""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Bytes of a body from which on it is compressed: a smaller one fits into one packet anyway.
LEAST = 1_400
# Of zlib's nine: a page of 500 kB takes 3 ms and a tenth of its bytes are left. With 9 it is 10 ms,
# and an eighth less.
LEVEL = 5
HTML, JSON = b"text/html", b"application/json"


class CompressionMiddleware:
    """Compresses pages, whole or in the parts in which they are rendered, and whole JSON answers.

    JSON in parts comes as it is there, and as it is; so do streams of events, plain text and files.
    Each part of a page is flushed, so that its beginning is seen at once.
    """

    def __init__(self, app: ASGIApp, from_elsewhere: Callable[[Headers], bool]) -> None:
        """`from_elsewhere` tells whether another site's page has made a request."""
        self._app = app
        self._from_elsewhere = from_elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and compress its answer if that is worth it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # The head of an answer that may be compressed, until it is known how its body begins.
        head: Message | None = None
        responder: IdentityResponder | None = None

        async def compressed(message: Message) -> None:
            nonlocal head, responder
            if responder:
                await responder.send_with_compression(message)
            elif message["type"] == "http.response.start":
                if _type_of(message).startswith((HTML, JSON)):
                    head = message
                else:
                    await send(message)
            elif head is None:
                await send(message)
            elif _is_worth_it(head, message):
                responder = self._responder(Headers(scope=scope))
                responder.send = send
                await responder.send_with_compression(head)
                await responder.send_with_compression(message)
            else:
                begun, head = head, None
                await send(begun)
                await send(message)

        await self._app(scope, receive, compressed)

    def _responder(self, request: Headers) -> IdentityResponder:
        """Starlette's, which tells caches by what the answer varies, compressed or not."""
        taken = takes_gzip(request.get("accept-encoding", ""))
        if taken and not self._from_elsewhere(request):
            return GZipResponder(self._app, minimum_size=LEAST, compresslevel=LEVEL)
        return IdentityResponder(self._app, minimum_size=LEAST)


def takes_gzip(accepted: str) -> bool:
    """Whether a client takes gzip, by the header Accept-Encoding (RFC 9110, section 12.5.3)."""
    weights = {
        coding.strip(): weight.replace(" ", "")
        for coding, _, weight in (each.partition(";") for each in accepted.lower().split(","))
    }
    weight = weights.get("gzip", weights.get("*"))
    return weight is not None and weight.rstrip("0.") != "q="


def _type_of(head: Message) -> bytes:
    return next((value for name, value in head.get("headers", ()) if name == b"content-type"), b"")


def _is_worth_it(head: Message, body: Message) -> bool:
    """Whether to compress, by the first part of the body."""
    if body.get("more_body"):
        return _type_of(head).startswith(HTML)
    return len(body.get("body", b"")) >= LEAST
