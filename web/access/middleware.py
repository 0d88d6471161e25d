"""Closed by default: while there are keys, everything but a few addresses needs a caller."""

from urllib.parse import quote

from fastapi import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.access.authentication import AccessControl, authenticate
from web.access.keys import ANYBODY
from web.access.policy import ASK_THEMSELVES, ASKING_FOLDERS, LIVE, OPEN, OPEN_FOLDERS
from web.errors import UnauthenticatedError, UserError
from web.negotiation import error_response, wants_html


class AuthenticationMiddleware:
    """The middleware. It stands inside Guard."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its caller in its state, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        access: AccessControl = scope["app"].state.access
        path = scope["path"]
        if not access.on:
            request.state.caller = ANYBODY
        elif path not in OPEN | ASK_THEMSELVES and not path.startswith(
            OPEN_FOLDERS + ASKING_FOLDERS
        ):
            try:
                # What is asked while a user types counts for no rate.
                authenticate(request, counted=path not in LIVE)
            except UserError as error:
                await (await _refusal(request, error))(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def _refusal(request: Request, error: UserError) -> Response:
    """A browser that looks at a page is sent to log in; all others are told."""
    looks = request.method in {"GET", "HEAD"} and wants_html(request)
    if not (looks and isinstance(error, UnauthenticatedError)):
        return await error_response(request, error)
    query = request.scope["query_string"].decode("latin-1")
    back = quote(request.scope["path"]) + (f"?{query}" if query else "")
    login = f"/login?to={quote(back, safe='')}"
    if request.headers.get("hx-request"):  # it follows redirects into a part of the page
        return Response(status_code=401, headers={"HX-Redirect": login})
    return RedirectResponse(login, 303)
