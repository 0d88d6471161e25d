"""HEAD requests: the head of the answer that a GET would have (RFC 9110, section 9.3.2).

Programs that watch a server or look at an address before they load it ask so.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadMiddleware:
    """Answers HEAD with the head of the GET's answer; who writes its body is told to stop."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; one for a head as a GET."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        answered = False

        async def head_only(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                await send(message)
                await send({"type": "http.response.body", "body": b""})
                answered = True

        async def gone_when_answered() -> Message:
            # An answer without an end, such as a stream of events, ends when its reader goes.
            return {"type": "http.disconnect"} if answered else await receive()

        # A scope of its own: by the method in the server's, uvicorn knows that no body follows.
        # Facts that are noted inside, such as the route, are for the log outside.
        inner = {**scope, "method": "GET", "state": scope.setdefault("state", {})}
        try:
            await self._app(inner, gone_when_answered, head_only)
        finally:
            scope.update({name: each for name, each in inner.items() if name != "method"})
