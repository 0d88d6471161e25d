"""Cross-site requests: posts from other sites refused, but for the addresses that are shared.

A browser says with `Sec-Fetch-Site` where a request comes from, and a page cannot forge it;
older ones send `Origin`. Programs such as curl send neither and are let through: they carry
no cookies that could be abused. (The method is that of Filippo Valsorda's "Cross-Site Request
Forgery", 2025, and Go's http.CrossOriginProtection.)

The APIs of LibreTranslate, DeepLX, Immersive Translate and OpenAI are for other sites, too, so
their addresses are let through with CORS. `POST /translate` is one of them; who handles it asks
`from_elsewhere` about everything else that comes there, and no answer can be read with a visitor's
cookies.
"""

from fastapi import Request
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from web.access.context import Refuse
from web.access.policy import rule_of
from web.errors import ForbiddenError
from web.messages import N_

SAFE = {"GET", "HEAD", "OPTIONS"}
# How long a browser may remember what a preflight request was answered, in seconds.
PREFLIGHT_SECONDS = 20 * 24 * 3600


class CrossSiteMiddleware:
    """Refuses what changes something and comes from another site's page."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        """`refuse` renders a refusal."""
        self._app = app
        self._refuse = refuse
        self._shared = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            # OpenAI's own client adds a dozen that describe it. None of them is a credential.
            allow_headers=["*"],
            max_age=PREFLIGHT_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer with the refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif rule_of(scope["path"]).cross_site:
            await self._shared(scope, receive, send)
        elif scope["method"] not in SAFE and from_elsewhere(Headers(scope=scope)):
            refusal = await self._refuse(Request(scope, receive), cross_site_refusal())
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def from_elsewhere(headers: Headers) -> bool:
    """Whether a request was made by a page of another site."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


def cross_site_refusal() -> ForbiddenError:
    """The error for a request that another site's page has made."""
    return ForbiddenError(N_("Refused: this came from another site. Nothing was stored."))
