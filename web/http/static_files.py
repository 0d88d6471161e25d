"""Static files: in memory, compressed once, with addresses that a cache may keep for good.

An address has its file's hash as the query, so another content is another address. It is immutable
only while the hash is that of the file here: while an update goes through the replicas, an old one
may be asked for what a new one's page names, and must not be remembered for it.
"""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from web.http.compression import takes_gzip

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
OTHER = "text/plain; charset=utf-8"
# Digits of a hash in an address.
DIGITS = 12
# A year, in seconds, which is the longest that caches heed.
FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class _File:
    media_type: str
    digest: str
    plain: bytes
    compressed: bytes | None  # None: it would save nothing


class StaticFiles:
    """ASGI application of the files below a folder, as they were when it was made."""

    def __init__(self, folder: Path, address: str) -> None:
        """`address` is where it is mounted."""
        self._address = address
        self._files = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def address(self, name: str) -> str:
        """The address of a file with its hash. Raises KeyError for one that is not there."""
        return f"{self._address}/{name}?{self._files[name].digest}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file, or that the client has it. Raises HTTPException if there is none."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        name = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix("/")
        file = self._files.get(name)
        if file is None:
            raise HTTPException(404)
        request = Headers(scope=scope)
        # Weak, because it is one for the file as it is and compressed (RFC 9110, section 8.8.1).
        tag = f'W/"{file.digest}"'
        asked_for_good = scope["query_string"] == file.digest.encode()
        headers = {"Cache-Control": FOR_GOOD if asked_for_good else ASK_AGAIN, "ETag": tag}
        if file.compressed:
            headers["Vary"] = "Accept-Encoding"
        body = file.plain
        if tag.removeprefix("W/") in request.get("if-none-match", ""):
            response = Response(status_code=304, headers=headers)
        else:
            if file.compressed and takes_gzip(request.get("accept-encoding", "")):
                body, headers["Content-Encoding"] = file.compressed, "gzip"
            headers["Content-Type"] = file.media_type
            response = Response(body, headers=headers)
        await response(scope, receive, send)


def _read(path: Path) -> _File:
    plain = path.read_bytes()
    compressed = gzip.compress(plain, mtime=0)
    return _File(
        MEDIA_TYPES.get(PurePosixPath(path).suffix, OTHER),
        hashlib.sha256(plain).hexdigest()[:DIGITS],
        plain,
        compressed if len(compressed) < len(plain) else None,
    )
