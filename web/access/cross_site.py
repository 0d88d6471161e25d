"""Headers on every answer, and posts from other sites refused.

A browser says with `Sec-Fetch-Site` where a request comes from, and a page cannot forge it;
older ones send `Origin`. Programs such as curl send neither and are let through: they carry
no cookies that could be abused. (The method is that of Filippo Valsorda's "Cross-Site Request
Forgery", 2025, and Go's http.CrossOriginProtection.)

LibreTranslate's API is for other sites, too, so its addresses are let through with CORS. `POST
/translate` is one of them; who handles it asks `from_elsewhere` about everything else that comes
there, and no answer can be read with a visitor's cookies.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access.policy import SHARED
from web.http.security_headers import HEADERS
from web.i18n.language import chosen, current

SAFE = {"GET", "HEAD", "OPTIONS"}
REFUSED = "Refused: this came from another site. Nothing was stored."


class CrossSiteMiddleware:
    """The middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            max_age=20 * 24 * 3600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        current.set(chosen(headers.get("accept-language", "")))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                if answer.get("content-type", "").startswith(("text/html", "text/event-stream")):
                    answer.add_vary_header("Accept-Language")
            await send(message)

        if scope["path"] in SHARED:
            await self._shared(scope, receive, guarded)
        elif scope["method"] not in SAFE and from_elsewhere(headers):
            refusal = JSONResponse({"error": REFUSED}, status_code=403)
            await refusal(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)


def from_elsewhere(headers: Headers) -> bool:
    """Whether a request was made by a page of another site."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")
