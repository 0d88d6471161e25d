"""Server-sent events, as a browser reads them (HTML, 9.2.6), but for comments and retries."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx


@dataclass(frozen=True, slots=True)
class Event:
    """An event; `kind` is "message" where none is named."""

    data: str
    id: str = ""
    kind: str = "message"


async def events(answer: httpx.Response) -> AsyncIterator[Event]:
    """The events of an answer while it comes."""
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    fields: dict[str, list[str]] = {}
    async for line in answer.aiter_lines():
        name, _, value = line.partition(":")
        if name:
            fields.setdefault(name, []).append(value.removeprefix(" "))
        elif not line and "data" in fields:
            named = {key: fields[key][-1] for key in ("id", "event") if key in fields}
            yield Event(
                "\n".join(fields["data"]), named.get("id", ""), named.get("event", "message")
            )
            fields = {}
