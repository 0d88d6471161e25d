"""Keepalive: white space before a JSON answer that takes long.

The client of DeepL gives up when nothing has come for ten seconds, and asks again, five times. So
an answer that takes longer begins with white space, which JSON allows, and goes on with it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from fastapi.responses import JSONResponse, Response, StreamingResponse

log = logging.getLogger(__name__)

# How often something is sent, in seconds.
KEEPALIVE_SECONDS = 4.0


async def with_keepalive(work: Coroutine[Any, Any, Any]) -> Response:
    """The result of `work` as JSON, in whatever time.

    Raises what `work` raises, unless the answer has begun: then the connection is broken off. A
    client that goes away takes the work with it.
    """
    task = asyncio.create_task(work)
    try:
        if await _done(task):
            return JSONResponse(task.result())
    except asyncio.CancelledError:
        task.cancel()
        raise
    return StreamingResponse(_kept_alive(task), media_type="application/json")


async def _kept_alive(task: "asyncio.Task[Any]") -> AsyncIterator[bytes]:
    try:
        yield b" "
        while not await _done(task):
            yield b" "
        yield bytes(JSONResponse(task.result()).body)
    finally:
        task.cancel()


async def _done(task: "asyncio.Task[Any]") -> bool:
    await asyncio.wait({task}, timeout=KEEPALIVE_SECONDS)
    return task.done()
