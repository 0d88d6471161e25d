"""Several slashes in a row are one, before anybody decides about an address."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from web.http.merged_slashes import MergedSlashesMiddleware


@pytest.mark.parametrize(
    ("raw", "path", "merged"),
    [
        (b"/translate", "/translate", "/translate"),
        (b"//translate", "//translate", "/translate"),
        (b"/v2///translate", "/v2///translate", "/v2/translate"),
        (b"//", "//", "/"),
        (b"/%2F/health", "///health", "/health"),
        (b"//a%20b", "//a b", "/a b"),
    ],
)
def test_an_address_has_one_spelling(raw: bytes, path: str, merged: str) -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_message: Message) -> None:
        pass

    scope: Scope = {"type": "http", "path": path, "raw_path": raw}
    asyncio.run(MergedSlashesMiddleware(app)(scope, receive, send))
    assert [each["path"] for each in seen] == [merged]
    assert b"//" not in seen[0]["raw_path"]
