"""Login and logout of the page: a key opens a session, which is a cookie."""

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.access.authentication import COOKIE
from web.access.sessions import SECONDS
from web.dependencies import AccessControlDep
from web.errors import RateError, UnauthenticatedError
from web.http import body
from web.messages import N_, Message
from web.pages.rendering import small_page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

MOST_FORM_BYTES = 5_000
# Printable ASCII without a backslash, which browsers take for a slash; and not `//`, which
# begins another host's address.
_LOCAL = re.compile(r"/(?!/)[!-\[\]-~]*")


@router.get("/login")
async def form(
    request: Request, access: AccessControlDep, to: Annotated[str, Query()] = "/"
) -> Response:
    """The form; who needs none goes on to where he wanted to."""
    if not access.on or access.session(request.cookies.get(COOKIE, "")):
        return RedirectResponse(local(to), 303)
    return small_page(request, "login.html", to=local(to))


@router.post("/login")
async def log_in(request: Request, access: AccessControlDep) -> Response:
    """Open a session, and go on to where the user wanted to."""
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    to = local(fields.get("to", ""))
    address = request.client.host if request.client else ""
    try:
        session = access.log_in(fields.get("key", "").strip(), address)
    except RateError as error:
        refused = small_page(request, "login.html", error.status, to=to, error=error.wording)
        refused.headers["Retry-After"] = str(error.retry_after)
        return refused
    except UnauthenticatedError:
        problem = Message(N_("This key is not known here. Is it complete?"))
        return small_page(request, "login.html", 403, to=to, error=problem)
    response = RedirectResponse(to, 303)
    if access.on:
        response.set_cookie(
            COOKIE, session, SECONDS, httponly=True, samesite="lax", secure=_is_https(request)
        )
    return response


@router.post("/logout")
async def log_out() -> Response:
    """End the session in this browser."""
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


def local(to: str) -> str:
    """`to` when it is an address of ours, else the page's."""
    return to if _LOCAL.fullmatch(to) else "/"


def _is_https(request: Request) -> bool:
    """Whether the browser speaks TLS, with us or with a proxy before us.

    Its own word for it is best: a form is posted with the Origin that the browser sees. On plain
    http (127.0.0.1, a network at home) the cookie cannot be Secure: not every browser gives
    such a cookie back there, and nobody could log in.
    """
    return (
        request.url.scheme == "https"
        or request.headers.get("origin", "").startswith("https:")
        or request.headers.get("x-forwarded-proto", "").startswith("https")
    )
