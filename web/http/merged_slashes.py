"""Merged slashes: `//translate` is `/translate`, as at LibreTranslate and DeepL.

People write a server's address with a slash at its end, and clients put one before their paths. It
stands outside of all other middleware, so that the access policy, the log and the router see one
spelling of an address.
"""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

_SLASHES = re.compile(r"/{2,}")
_RAW_SLASHES = re.compile(rb"/{2,}")


class MergedSlashesMiddleware:
    """Takes several slashes in a row for one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the path that is meant."""
        if scope["type"] == "http" and "//" in scope["path"]:
            scope["path"] = _SLASHES.sub("/", scope["path"])
            scope["raw_path"] = _RAW_SLASHES.sub(b"/", scope.get("raw_path") or b"")
        await self._app(scope, receive, send)
