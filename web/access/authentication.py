"""Authentication: callers by their keys, with their rate limits and budgets.

A handler has its caller from `AccessControl.authenticate`; without one no text is translated.
"""

import math
import re
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import islice
from urllib.parse import unquote_to_bytes

from fastapi import Request

from web.access.budgets import Account, Budgets, running_budgets
from web.access.context import context_of
from web.access.cross_site import SAFE, from_elsewhere
from web.access.keys import ANYBODY, Caller, Keys, watched_keys
from web.access.rate_limits import RateLimiter
from web.access.sessions import sign, verify
from web.database import Database
from web.errors import ForbiddenError, RateError, UnauthenticatedError
from web.messages import N_
from web.settings import Settings
from web.telemetry.supervision import Supervisor

COOKIE = "translation_session"
# Most attempts to log in, per minute and address.
LOGINS = 20
_SCHEMES = {"bearer", "deepl-auth-key"}
# Largest body that is parsed without a key, in bytes: interfaces tell best what is wrong with one.
SMALL_BODY = 20_000
# Places of a key in JSON and in a form, as clients write them.
_IN_BODY = re.compile(
    rb'"(?:api_key|auth_key)"\s{0,9}:\s{0,9}"([^"\\]{1,200})"|(?:\A|&)(?:api_key|auth_key)=([^&]{1,200})'
)
# Most such places in one body that are looked at.
MOST_LOOKED_AT = 10


class AccessControl:
    """Keys, rates and budgets as one. While there are no keys, everybody is ANYBODY."""

    def __init__(self, keys: Keys, budgets: Budgets) -> None:
        """Use `running_access_control` instead."""
        self._keys = keys
        self._rates = RateLimiter()
        self._logins = RateLimiter()
        self._budgets = budgets

    @property
    def on(self) -> bool:
        """Whether a key is needed."""
        return self._keys.on

    def caller(self, token: str | None) -> Caller:
        """Whose key this is. Raises UnauthenticatedError."""
        if not self.on:
            return ANYBODY
        if not token:
            raise key_needed()
        caller = self._keys.find(token)
        if caller is None:
            raise UnauthenticatedError(N_("This key is not known here. Nothing was stored."))
        return caller

    def knows(self, token: str) -> bool:
        """Whether this is somebody's key."""
        return self._keys.find(token) is not None

    def session(self, cookie: str) -> Caller | None:
        """Whose session the page's cookie is, if it is one."""
        return verify(cookie, self._keys.named, self._keys.secret, time.time())

    def log_in(self, token: str, address: str) -> str:
        """A session for a key, as the cookie's value. Raises UnauthenticatedError, RateError."""
        if wait := self._logins.take(address, LOGINS):
            raise RateError(N_("These were many attempts. Try again in a moment."), math.ceil(wait))
        return sign(self.caller(token), self._keys.secret, time.time())

    async def charge(self, caller: Caller, characters: int, note: str = "") -> Account | None:
        """Count characters of a source text that is accepted. Raises BudgetSpentError."""
        return await self._budgets.charge(caller, characters, note)

    def charging(
        self, caller: Caller, characters: int, note: str = ""
    ) -> AbstractAsyncContextManager[None]:
        """Spend characters, and give them back when the block fails. Raises BudgetSpentError."""
        return self._budgets.charging(caller, characters, note)

    async def usage(self, caller: Caller) -> tuple[int, int | None]:
        """The characters that a caller has used this month, and its budget (None: no limit)."""
        return (await self._budgets.used(caller) if caller.name else 0), caller.budget

    def authenticate(
        self, request: Request, token: str | None = None, *, counted: bool = True
    ) -> Caller:
        """The caller of a request, whose rate limit has room for it if it is `counted`.

        The key is `token` (for interfaces that have it elsewhere), or in the header Authorization,
        or behind the page's session cookie. From then on the request's context has the caller.
        Raises UnauthenticatedError, RateError.
        """
        token = token or bearer(request.headers.get("authorization", ""))
        caller = None if token else self.session(_cookie(request))
        caller = caller or self.caller(token)
        context_of(request).caller = caller
        if counted:
            self._check_rate(caller)
        return caller

    def require_key_for_large_body(self, request: Request, sent: bytes | bytearray) -> None:
        """Refuse a large body without a key before it is parsed: JSON can take 25 times its size.

        The key may be in the header, behind the cookie, in the query or in the body, where it is
        looked for as clients write it. This lets a body be parsed and authenticates nobody.
        Raises UnauthenticatedError.
        """
        if not self.on or len(sent) <= SMALL_BODY:
            return
        named = [bearer(request.headers.get("authorization", ""))]
        named += [request.query_params.get(name) for name in ("api_key", "auth_key", "token")]
        if any(self.knows(token) for token in named if token):
            return
        if self.session(_cookie(request)):
            return
        for match in islice(_IN_BODY.finditer(sent), MOST_LOOKED_AT):
            token = match[1] or unquote_to_bytes(match[2])
            if self.knows(token.decode("utf-8", "replace")):
                return
        raise UnauthenticatedError(
            N_(
                "Over {most} bytes are read for holders of a key only, and none that is known here "
                "came with this: send it as `Authorization: Bearer KEY`. Nothing was stored."
            ),
            most=SMALL_BODY,
        )

    def _check_rate(self, caller: Caller) -> None:
        """Count a request. Raises RateError when the caller's rate limit is used up."""
        if caller.rate and (wait := self._rates.take(caller.name, caller.rate)):
            seconds = math.ceil(wait)
            raise RateError(
                N_(
                    "The key {name!r} has {rate} requests a minute, and they are used up. Nothing "
                    "was stored. Try again in {seconds} s."
                ),
                seconds,
                name=caller.name,
                rate=caller.rate,
                seconds=seconds,
            )


def key_needed() -> UnauthenticatedError:
    """The error for a request without a key where one is needed."""
    return UnauthenticatedError(
        N_(
            "This needs a key: send it as `Authorization: Bearer KEY`, or log in on the page. "
            "Nothing was stored."
        )
    )


def require_key(request: Request) -> Caller:
    """The caller, who has a key: for what nobody may see even while everything else is open.

    Raises ForbiddenError.
    """
    caller = context_of(request).caller
    if caller is None or caller == ANYBODY:
        raise ForbiddenError(
            N_(
                "This is for holders of a key only. Make one with scripts/add-key NAME and send it "
                "as `Authorization: Bearer KEY`. From then on everything here needs a key."
            )
        )
    return caller


def _cookie(request: Request) -> str:
    # Another port of the same host is the same site, whatever SameSite says: its pages may ask
    # the shared addresses with a key of their own, but not in the name of who is logged in here.
    if request.method not in SAFE and from_elsewhere(request.headers):
        return ""
    return request.cookies.get(COOKIE, "")


def bearer(header: str) -> str | None:
    """The key in a header Authorization; None when it holds something else.

    A proxy's password (Basic) may stand there beside the page's cookie.
    """
    scheme, _, token = header.strip().partition(" ")
    return token.strip() or None if scheme.lower() in _SCHEMES else None


@asynccontextmanager
async def running_access_control(
    settings: Settings, database: Database, supervisor: Supervisor
) -> AsyncIterator[AccessControl]:
    """Callers who follow the file of keys. Raises KeysFileError, OSError when it is broken."""
    async with (
        watched_keys(settings.api_keys_file, settings.db_password_file, supervisor) as keys,
        running_budgets(database, supervisor) as budgets,
    ):
        yield AccessControl(keys, budgets)
