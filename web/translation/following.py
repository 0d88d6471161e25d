"""Following a translation: its passages as they are done, its end, its text so far."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import ParamSpec, TypeVar

from web.errors import NotFoundError, StoreUnavailableError, TranslatorUnavailableError
from web.jobs.notifier import Notifier
from web.messages import N_
from web.translation.results import Running
from web.translation.store import Passage, Store, Translation
from web.translator_client.client import TranslatedPart

T = TypeVar("T")
P = ParamSpec("P")

# Passages that a follower of a translation fetches at once.
BATCH = 20
# How often one follower may ask the database, in seconds.
POLL_SECONDS = 1.0
# How long a request that is under way waits for a database that is away, in seconds.
PATIENCE_SECONDS = 300


class Following:
    """Follower: reads translations, stored or under way; every interface renders them from here."""

    def __init__(self, store: Store, finished: Notifier) -> None:
        """`finished` tells when a passage was translated in this process."""
        self._store = store
        self._finished = finished

    async def follow(
        self, translation_id: int, seq: int = 0, least_seconds: float = 0.0
    ) -> AsyncGenerator[tuple[Translation, list[Passage]], None]:
        """Follow a translation: its passages from number `seq` on, in order, as they are done.

        Each item is the translation's state with the passages that are new, maybe none; the
        last comes when no more will. The database is asked once per `least_seconds` at most
        while nothing is new. Raises NotFoundError when there is no such translation,
        StoreUnavailableError when the database stays away.
        """
        while True:
            seen = self._finished.count
            translation = await insist(self.get, translation_id)
            found = await insist(self._store.passages, translation_id, seq, BATCH)
            ready = []
            for passage in found:
                if passage.status == "open" and not translation.ended:
                    break
                ready.append(passage)
            seq += len(ready)
            yield translation, ready
            if translation.ended and seq >= translation.passages:
                return
            if len(ready) < BATCH:
                if least_seconds:
                    await asyncio.sleep(least_seconds)
                else:
                    await self._finished.wait(POLL_SECONDS, seen)

    async def targets(self, long: Running) -> AsyncGenerator[str, None]:
        """Stream the target of a long text in parts, in order, each as soon as it can be read.

        A passage that could not be translated comes as its source. Raises NotFoundError and
        StoreUnavailableError as `follow` does; TranslatorUnavailableError when the first passage,
        broken off, was translated otherwise later.
        """
        heard: list[TranslatedPart] = []
        while (part := await long.lead.get()) is not None:
            heard.append(part)
            yield part.target
        async for _, found in self.follow(long.id):
            for passage in found:
                yield _rest(passage, heard) if passage.seq == 0 else target_of(passage)

    async def wait(self, translation_id: int, seconds: float) -> Translation:
        """Wait for a translation: as it is when it has ended, or after `seconds`.

        Raises NotFoundError and StoreUnavailableError as `follow` does.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            seen = self._finished.count
            translation = await insist(self.get, translation_id)
            left = end - loop.time()
            if translation.ended or left <= 0:
                return translation
            await self._finished.wait(min(left, POLL_SECONDS), seen)

    async def get(self, translation_id: int) -> Translation:
        """One translation.

        Raises NotFoundError when there is none of this id, StoreUnavailableError when the database
        does not answer.
        """
        translation = await self._store.translation(translation_id)
        if translation is None:
            raise NotFoundError(N_("There is no translation {id!s}."), id=translation_id)
        return translation

    async def part(self, translation_id: int, seq: int, most: int) -> list[Passage]:
        """Up to `most` passages in order, from number `seq` on, translated or not.

        Raises StoreUnavailableError when the database does not answer.
        """
        return await self._store.passages(translation_id, seq, most)

    async def texts(self, translation_id: int) -> AsyncIterator[Passage]:
        """All passages of a translation in order, translated or not.

        Raises StoreUnavailableError when the database does not answer.
        """
        seq = 0
        while found := await self._store.passages(translation_id, seq, BATCH):
            for passage in found:
                yield passage
            seq += len(found)

    async def failed(self, translation_id: int) -> int:
        """How many passages could not be translated.

        Raises StoreUnavailableError when the database does not answer.
        """
        return await self._store.failed(translation_id)


async def insist(ask: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Retry a database call while the database is away; for requests that are under way already.

    Raises StoreUnavailableError when it stays away for PATIENCE_SECONDS.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE_SECONDS
    while True:
        try:
            return await ask(*args, **kwargs)
        except StoreUnavailableError:
            if loop.time() > end:
                raise
        await asyncio.sleep(POLL_SECONDS)


def _rest(passage: Passage, heard: list[TranslatedPart]) -> str:
    """The rest of a passage after the parts that were heard already.

    Raises TranslatorUnavailableError when the passage was translated otherwise since.
    """
    if passage.target is None:
        return passage.source[sum(len(part.source) for part in heard) :]
    beginning = "".join(part.target for part in heard)
    if not passage.target.startswith(beginning):
        raise TranslatorUnavailableError(N_("The translator broke off."))
    return passage.target.removeprefix(beginning)


def target_of(passage: Passage) -> str:
    """Target of a passage in a result: its source while it has no translation."""
    return passage.source if passage.target is None else passage.target
