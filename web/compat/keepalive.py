"""Keepalive: something without a meaning before an answer that takes long.

The client of DeepL gives up when nothing has come for ten seconds, and asks again, five times. So
an answer that takes longer begins with white space, which JSON allows, and goes on with it. A
stream of events begins with events that say nothing.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import JSONResponse, Response, StreamingResponse

from web.errors import UserError

log = logging.getLogger(__name__)

# How often something is sent, in seconds.
KEEPALIVE_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Rendering:
    """The form of an answer: the bytes of a result, and a pulse that keeps its connection alive.

    The pulse is sent `every` so many seconds. `failed` gives the bytes of an error of an answer
    that has begun; without it the connection is broken off.
    """

    whole: Callable[[Any], bytes]
    pulse: bytes
    media_type: str
    failed: Callable[[UserError], bytes] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    every: float = KEEPALIVE_SECONDS


JSON_ANSWER = Rendering(lambda result: bytes(JSONResponse(result).body), b" ", "application/json")


async def with_keepalive(
    work: Coroutine[Any, Any, Any], rendering: Rendering = JSON_ANSWER
) -> Response:
    """The result of `work` as JSON, or in another form, in whatever time.

    Raises what `work` raises, unless the answer has begun: then the connection is broken off, or
    the rendering says it. A client that goes away takes the work with it.
    """
    task = asyncio.create_task(work)
    headers, media_type = rendering.headers, rendering.media_type
    try:
        if await _done(task, rendering.every):
            return Response(rendering.whole(task.result()), headers=headers, media_type=media_type)
    except asyncio.CancelledError:
        task.cancel()
        raise
    return StreamingResponse(_kept_alive(task, rendering), headers=headers, media_type=media_type)


async def _kept_alive(task: "asyncio.Task[Any]", rendering: Rendering) -> AsyncIterator[bytes]:
    try:
        yield rendering.pulse
        while not await _done(task, rendering.every):
            yield rendering.pulse
        try:
            result = task.result()
        except UserError as error:
            if rendering.failed is None:
                raise
            yield rendering.failed(error)
        else:
            yield rendering.whole(result)
    finally:
        task.cancel()


async def _done(task: "asyncio.Task[Any]", seconds: float) -> bool:
    await asyncio.wait({task}, timeout=seconds)
    return task.done()
