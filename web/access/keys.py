"""API keys: a file with one line per key, read again when it changes.

The file holds the SHA-256 of each key and not the key. A plain hash is right here: a key is 32
random bytes, so there is no dictionary of likely ones to try against a stolen file, and a slow
hash would only slow every request down.
"""

import asyncio
import hashlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from web.telemetry.supervision import Supervisor

log = logging.getLogger(__name__)

# Pause between two looks at the file, in seconds.
LOOK_SECONDS = 1.0
MOST_KEYS = 10_000
MOST_FILE_BYTES = 2_000_000
# Longest key in characters; longer ones are not even hashed.
MOST_TOKEN = 200
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")
_LIMIT = re.compile(r"[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Caller:
    """Caller: a key by its name, with its limits (None: without).

    `rate` is in requests per minute, `budget` in characters per calendar month (UTC).
    """

    name: str
    rate: int | None = None
    budget: int | None = None
    digest: bytes = field(default=b"", repr=False)


# While there are no keys, everybody is this one, who has no limits and is not counted.
ANYBODY = Caller("")


class KeysFileError(ValueError):
    """The file is not understood. The message names the line and shows nothing of it."""


def parse(content: bytes) -> dict[bytes, Caller]:
    """The callers by their keys' digests. Raises KeysFileError.

    A line is `NAME SHA-256 RATE BUDGET`, with `-` for no limit; `#` begins a comment.
    """
    if len(content) > MOST_FILE_BYTES:
        raise KeysFileError(f"it is over {MOST_FILE_BYTES:,} bytes")
    found: dict[bytes, Caller] = {}
    names: set[str] = set()
    for number, line in enumerate(content.split(b"\n"), 1):
        fields = line.partition(b"#")[0].decode("ascii", "replace").split()
        if not fields:
            continue
        caller = _caller(fields)
        if caller is None:
            raise KeysFileError(
                f"line {number} is not NAME SHA-256 RATE BUDGET (- for no limit); "
                "scripts/add-key writes such lines"
            )
        if caller.name in names or caller.digest in found:
            raise KeysFileError(f"line {number} has a name or a key that stands there already")
        if len(found) == MOST_KEYS:
            raise KeysFileError(f"it holds more than {MOST_KEYS:,} keys")
        names.add(caller.name)
        found[caller.digest] = caller
    return found


def _caller(fields: list[str]) -> Caller | None:
    match fields:
        case [name, digest, rate, budget] if (
            _NAME.fullmatch(name)
            and _HASH.fullmatch(digest)
            and all(each == "-" or _LIMIT.fullmatch(each) for each in (rate, budget))
        ):
            return Caller(name, _limit(rate), _limit(budget), bytes.fromhex(digest))
    return None


def _limit(field: str) -> int | None:
    return None if field == "-" else int(field)


def read_keys(path: Path) -> dict[bytes, Caller]:
    """The callers of a file. Raises KeysFileError, OSError."""
    with path.open("rb") as file:
        return parse(file.read(MOST_FILE_BYTES + 1))


class Keys:
    """The keys as the file has them now; without a file there are none.

    `on` says whether a key is needed. It stays so while the process lives, even when the last
    key is taken out of the file: an edit must not open what was closed.
    """

    def __init__(self, path: Path | None, pepper: Path) -> None:
        """Use `watched_keys` instead. `pepper` is a file with a secret that all replicas have."""
        self._path = path
        self._pepper = pepper
        self._seen: object = None
        self._by_digest: dict[bytes, Caller] = {}
        self._by_name: dict[str, Caller] = {}
        self.on = False
        # Sessions are signed with this as well as with the key's hash, so that who sees the
        # file of hashes cannot make himself a session.
        self.secret = b""

    def find(self, token: str) -> Caller | None:
        """Whose key this is.

        A look-up by digest: how long it takes tells of the digest at most, and from a digest
        nobody gets to a key.
        """
        if len(token) > MOST_TOKEN:
            return None
        return self._by_digest.get(hashlib.sha256(token.encode("utf-8", "replace")).digest())

    def named(self, name: str) -> Caller | None:
        """The caller of this name."""
        return self._by_name.get(name)

    def load(self) -> None:
        """Read the files when they have changed. Raises KeysFileError, OSError."""
        if self._path is None:
            return
        stats = [path.stat() for path in (self._path, self._pepper)]
        now = [(each.st_mtime_ns, each.st_ino, each.st_size) for each in stats]
        if now == self._seen:
            return
        pepper = hashlib.sha256(b"sessions\0" + self._pepper.read_bytes()).digest()
        try:
            found = read_keys(self._path)
        except KeysFileError:
            self._seen = now  # said once; after any other error the same file is read again
            raise
        self._seen = now
        self._by_digest, self.secret = found, pepper
        self._by_name = {caller.name: caller for caller in found.values()}
        self.on = self.on or bool(found)

    async def watch(self) -> None:
        """Look for changes until cancelled. A file that is broken changes nothing."""
        while True:
            before = self._seen, len(self._by_digest)
            try:
                await asyncio.to_thread(self.load)
            except KeysFileError as error:
                log.warning("the keys stay as they were: in their file, %s", error)
            except OSError as error:
                if self._seen is not None:
                    log.warning("the keys stay as they were: %s", error.strerror)
                self._seen = None
            else:
                if before[0] != self._seen:
                    log.info("%d keys are known now, %d before", len(self._by_digest), before[1])
            await asyncio.sleep(LOOK_SECONDS)


@asynccontextmanager
async def watched_keys(
    path: Path | None, pepper: Path, supervisor: Supervisor
) -> AsyncIterator[Keys]:
    """Keys that follow their file while the block runs. Raises KeysFileError, OSError.

    `supervisor` runs the loop that looks for changes.
    """
    keys = Keys(path, pepper)
    await asyncio.to_thread(keys.load)
    async with supervisor.running("keys", keys.watch):
        yield keys
