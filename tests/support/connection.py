"""A text sent over a plain connection, which a test leaves open or breaks off as it likes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.support.instance import Instance
from tests.support.traffic import SECONDS

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def connected(instance: Instance, limit: int = 2**16) -> AsyncIterator[Streams]:
    reader, writer = await asyncio.open_connection("127.0.0.1", instance.web_port, limit=limit)
    try:
        async with asyncio.timeout(SECONDS):
            yield reader, writer
    finally:
        writer.close()


def head(length: int) -> bytes:
    return f"PUT /translate HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()


async def address_of(reader: asyncio.StreamReader) -> str:
    answer = await reader.readuntil(b"\r\n\r\n")
    return answer.partition(b"content-location: ")[2].partition(b"\r\n")[0].decode()


async def until_arrived(instance: Instance, address: str, passages: int) -> None:
    """Wait until the server has stored that many passages: what it must not lose any more."""
    async with httpx.AsyncClient(base_url=instance.web_url) as http:
        while (await http.get(f"{address}.json")).json()["passages"] < passages:
            pass
