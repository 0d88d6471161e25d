"""Language middleware: the interface's language is set for each request, and caches are told."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.i18n.language import chosen, current

# Media types that are in the reader's language.
_IN_A_LANGUAGE = ("text/html", "text/event-stream")


class LanguageMiddleware:
    """Reads the header Accept-Language; the answers that depend on it say so (Vary)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on in its language."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Each request is a task with a context of its own, so nothing is to be put back.
        current.set(chosen(Headers(scope=scope).get("accept-language", "")))

        async def varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith(_IN_A_LANGUAGE):
                    headers.add_vary_header("Accept-Language")
            await send(message)

        await self._app(scope, receive, varied)
