"""Sessions of the page: a signed cookie and nothing stored, so that every replica knows them.

The signature covers the key's name and the session's end. It is made with the key's hash and a
secret of the service, so a session ends when its key is removed, and nobody can make one from
the file of hashes.
"""

import hashlib
import hmac
from collections.abc import Callable

from web.access.keys import Caller

# How long a session lasts, in seconds.
SECONDS = 30 * 24 * 3600


def sign(caller: Caller, secret: bytes, now: float) -> str:
    """A session of the caller from now on, as the cookie's value."""
    end = str(int(now) + SECONDS)
    return f"{end}.{_signature(caller, secret, end)}.{caller.name}"


def verify(
    value: str, named: Callable[[str], Caller | None], secret: bytes, now: float
) -> Caller | None:
    """Whose session this is; None when it has ended, or is not one that `sign` made."""
    end, _, rest = value.partition(".")
    signature, _, name = rest.partition(".")
    caller = named(name)
    # isascii: hmac compares ASCII only, and int takes digits of every script.
    if caller is None or not (value.isascii() and end.isdecimal() and len(end) < 16):  # noqa: PLR2004 - no time is as long
        return None
    if not hmac.compare_digest(signature, _signature(caller, secret, end)):
        return None
    return caller if now < int(end) else None


def _signature(caller: Caller, secret: bytes, end: str) -> str:
    message = f"{end}\0{caller.name}".encode()
    return hmac.new(secret + caller.digest, message, hashlib.sha256).hexdigest()
