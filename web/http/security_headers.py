"""Security headers, on every answer, and that no cache keeps one that does not allow it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Somebody's text is in nearly every answer. Pages and static files say something else.
CACHING = {"Cache-Control": "no-store"}
_AS_SENT = [(name.lower().encode(), value.encode()) for name, value in (HEADERS | CACHING).items()]


class SecurityHeadersMiddleware:
    """Adds HEADERS and CACHING to every answer that has not its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and complete the head of its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", ())
                names = {name for name, _ in own}
                added = [each for each in _AS_SENT if each[0] not in names]
                message["headers"] = [*own, *added]
            await send(message)

        await self._app(scope, receive, completed)
