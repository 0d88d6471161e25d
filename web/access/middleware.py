"""Authentication middleware: while there are keys, all but open addresses need a caller."""

from collections.abc import Callable

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.access.authentication import AccessControl
from web.access.context import Refuse, context_of
from web.access.keys import ANYBODY
from web.access.policy import Access, rule_of
from web.errors import UserError


class AuthenticationMiddleware:
    """Finds the caller of a request, or refuses it. It stands inside CrossSiteMiddleware."""

    def __init__(
        self, app: ASGIApp, access_of: Callable[[Request], AccessControl], refuse: Refuse
    ) -> None:
        """`access_of` gives the application's access control, `refuse` renders a refusal."""
        self._app = app
        self._access_of = access_of
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its caller in its context, or answer with the refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        access = self._access_of(request)
        rule = rule_of(scope["path"])
        if not access.on:
            context_of(request).caller = ANYBODY
        elif rule.access is Access.KEY:
            try:
                access.authenticate(request, counted=rule.counted)
            except UserError as error:
                await (await self._refuse(request, error))(scope, receive, send)
                return
        await self._app(scope, receive, send)
