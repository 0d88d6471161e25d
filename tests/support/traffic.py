"""Clients that go on asking while something fails, and what must hold when it is over."""

import asyncio
import itertools
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from typing import Any, Self
from zlib import crc32

import httpx

from tests.support.instance import Instance
from tests.support.texts import book

CLIENTS = 3
# Longest wait for anything: an answer, the end of a fault, the work that was left.
SECONDS = 90
PLAIN = {"Content-Type": "text/plain"}


@dataclass
class Told:
    """Answers that the clients got for each text."""

    stored: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    only_translated: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unanswered: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)


class Traffic:
    """Short questions one after the other, two long texts at once: one as a job, one as a stream.

    In an `async with` block they come; after it `settled` says whether all is well.
    """

    def __init__(self, instance: Instance, name: str, characters: int = 16_000) -> None:
        """`name` makes the texts this test's own, so that none is in a cache."""
        self._instance = instance
        self._name = name
        self._long = [book(characters, seed=crc32(name.encode()) + each) for each in range(2)]
        self._http = httpx.AsyncClient(base_url=instance.web_url, timeout=SECONDS)
        self._numbers = itertools.count(1)
        self._changed = asyncio.Condition()
        self._over = False
        self._addresses: list[str] = []
        self._streamed = ""
        self._stream_broke = False
        self.told = Told()

    async def __aenter__(self) -> Self:
        headers = {"Prefer": "respond-async"}
        answer = await self._http.post("/translate", json={"text": self._long[0]}, headers=headers)
        assert answer.status_code == 202
        self._addresses.append(answer.headers["Content-Location"])
        self._streaming = asyncio.create_task(self._stream())
        self._asking = [asyncio.create_task(self._ask()) for _ in range(CLIENTS)]
        await self.some("stored")
        return self

    async def __aexit__(self, problem: type[BaseException] | None, *_: object) -> None:
        self._over = True
        async with AsyncExitStack() as stack:
            if problem:  # else `settled` needs it
                stack.push_async_callback(self._http.aclose)
            async with asyncio.timeout(SECONDS):
                await asyncio.gather(self._streaming, *self._asking)

    async def some(self, kind: str, number: int = CLIENTS) -> None:
        """Wait until so many more texts were `stored`, `kept`, `refused` …."""
        texts = getattr(self.told, kind)
        wanted = len(texts) + number
        async with asyncio.timeout(SECONDS), self._changed:
            await self._changed.wait_for(lambda: len(texts) >= wanted)

    async def arrived(self) -> None:
        """Wait until all of the long texts is stored, while there is still work."""
        async with asyncio.timeout(SECONDS):
            while len(self._addresses) < len(self._long):
                await self.some("stored", 1)
            for address in self._addresses:
                while (await self._http.get(f"{address}.json")).json()["status"] == "receiving":
                    await self.some("stored", 1)

    async def _ask(self) -> None:
        while not self._over:
            text = f"{self._name}: Ich habe {next(self._numbers)} Äpfel gekauft."
            try:
                answer = await self._http.post("/translate", json={"text": text})
            except httpx.TransportError:
                self.told.unanswered.add(text)
                await self._back()
            else:
                self._note(text, answer)
            async with self._changed:
                self._changed.notify_all()

    async def _back(self) -> None:
        """Wait until somebody listens again: what cannot be reached need not be asked at once."""
        while not self._over:
            try:
                await self._http.get("/health")
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                return

    def _note(self, text: str, answer: httpx.Response) -> None:
        self.told.answered.add(text)
        if answer.status_code == 200:
            said = answer.json()
            kind = "stored" if said["stored"] else "kept" if said["kept"] else "only_translated"
            getattr(self.told, kind)[text] = said["text"]
        else:
            assert answer.status_code == 503, answer.text
            assert int(answer.headers["Retry-After"]) > 0
            self.told.refused[text] = answer.json()["error"]

    async def _stream(self) -> None:
        text = self._long[1].encode()
        try:
            async with self._http.stream(
                "PUT", "/translate", content=text, headers=PLAIN
            ) as answer:
                assert answer.status_code == 200
                self._addresses.append(answer.headers["Content-Location"])
                async for part in answer.aiter_text():
                    self._streamed += part
        except httpx.TransportError:
            self._stream_broke = True

    async def settled(self, *, stream_breaks: bool = False) -> None:
        """Nothing is lost, nothing doubled, nothing wrong; both services are healthy again."""
        async with aclosing(self._http):
            await self._settled(stream_breaks=stream_breaks)

    async def _settled(self, *, stream_breaks: bool) -> None:
        await self._healthy()
        assert self._stream_broke == stream_breaks
        for address, text in zip(self._addresses, self._long, strict=True):
            rows = await self._rows_when_done(address)
            assert [row["seq"] for row in rows] == list(range(len(rows)))
            assert "".join(row["source"] for row in rows) == text
            assert {row["status"] for row in rows} == {"done"}
            await self._right({row["source"]: row["target"] for row in rows})
            result = (await self._http.get(f"{address}.txt")).text
            assert result == "".join(row["target"] for row in rows)
        assert result == self._streamed or stream_breaks
        assert result.startswith(self._streamed)

        rows = self._instance.query(
            "SELECT source, target FROM passages WHERE source LIKE %s", f"{self._name}:%"
        )
        found = {row["source"]: row["target"] for row in rows}
        assert len(found) == len(rows)  # nothing is doubled
        told = self.told
        promised = told.stored | told.kept
        assert promised.items() <= found.items()
        assert found.keys() <= promised.keys() | told.unanswered
        await self._right(promised | told.only_translated)
        counts = self._instance.query(
            "SELECT COUNT(*) AS wrong FROM translations t WHERE passages_done <> "
            "(SELECT COUNT(*) FROM passages WHERE translation_id = t.id AND status <> 'open') "
            "OR passages <> (SELECT COUNT(*) FROM passages WHERE translation_id = t.id)"
        )
        assert counts == [{"wrong": 0}]

    async def _healthy(self) -> None:
        async with asyncio.timeout(SECONDS):
            while (await self._http.get("/health")).json() != {"status": "ok"}:
                pass  # a health check takes some milliseconds

    async def _rows_when_done(self, address: str) -> list[dict[str, Any]]:
        async with asyncio.timeout(SECONDS):
            while True:
                headers = {"Prefer": "wait=30"}
                answer = await self._http.get(f"{address}.json", headers=headers)
                if answer.is_success and answer.json()["status"] == "done":
                    break
        return self._instance.query(
            "SELECT seq, source, target, status FROM passages WHERE translation_id = %s "
            "ORDER BY seq",
            int(address.rpartition("/")[2]),
        )

    async def _right(self, answers: Mapping[str, str]) -> None:
        """Assert that each answer is the one that the undisturbed translator gives now."""
        url = f"{self._instance.translator_url}/translate"
        for source, target in _some_of(answers.items()):
            answer = await self._http.post(url, json={"text": source})
            assert answer.json()["text"] == target


def _some_of(items: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """At most about fifty, from the beginning to the end."""
    every = list(items)
    return every[:: max(1, len(every) // 50)]
