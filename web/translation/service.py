"""Translation service: translate a text, short or long, retry it, cancel it."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from typing import TypeVar

from web.access.authentication import AccessControl
from web.access.keys import Caller
from web.errors import (
    BadRequestError,
    BudgetSpentError,
    NoModelError,
    StoreUnavailableError,
)
from web.glossary.service import Glossaries
from web.jobs.queue import Claim
from web.jobs.worker import Worker
from web.memory.service import Memory
from web.messages import N_
from web.text.passages import LIMIT, passages
from web.translation.following import insist
from web.translation.request import NOTHING_STORED, TranslationRequest, new
from web.translation.results import Finished, Running
from web.translation.spool import Spool
from web.translation.store import NewTranslation, Store
from web.translator_client.client import TranslatorClient

log = logging.getLogger(__name__)
T = TypeVar("T")


class Translations:
    """Translation service for texts, short and long; every interface renders its results."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts that it is made of
        self,
        store: Store,
        translator: TranslatorClient,
        worker: Worker,
        spool: Spool,
        access: AccessControl,
        glossaries: Glossaries,
        memory: Memory,
    ) -> None:
        """All of them must be running."""
        self._access = access
        self._glossaries = glossaries
        self._memory = memory
        self._spool = spool
        self._store = store
        self._translator = translator
        self._worker = worker
        self._receiving: set[asyncio.Task[None]] = set()
        self.begun = Counter[tuple[str, str]]()  # by origin; short or long

    async def translate(
        self, text: str | AsyncIterator[str], request: TranslationRequest
    ) -> Finished | Running:
        """Translate a text, whole or arriving in parts.

        One passage is translated now. More are stored as they arrive and translated by the
        workers of all replicas. A whole text is charged at once, parts are as they arrive; when
        the caller's budget is used up, `Running.received` ends with BudgetSpentError, and the
        parts that arrived before are kept.

        Raises BadRequestError when there is no text or no model for the languages,
        BudgetSpentError when the budget is too small for the first passage or the whole text,
        TranslatorUnavailableError or TranslatorRefusedError when the translator fails, and
        StoreUnavailableError when a long text cannot be stored or the terms of its glossary not
        be read. Exceptions of `text` pass through.
        TypeError tells of a new key that is taken, which is an error in the code.
        """
        arriving = passages(_once(text) if isinstance(text, str) else text)
        first: list[str] = []
        while len(first) <= 1 and (more := await anext(arriving, None)):
            first += more
        if len(first) <= 1:
            short = "".join(first)
            if not short.strip():
                raise BadRequestError(N_("There is no text to translate. Nothing was stored."))
            async with self._access.charging(request.caller, len(short), NOTHING_STORED):
                return await self._short(short, request)
        await self.model(request)
        rest = _chained(first[1:], arriving)
        if isinstance(text, str):
            size = len(text)
        else:
            size, rest = len(first[0]), self._counted(rest, request.caller)
        async with self._access.charging(request.caller, size, NOTHING_STORED):
            long = await self.begin(first[0], rest, new(first[0], request))
        if isinstance(long, int):
            raise TypeError("a key that was just made cannot be stored already")
        return long

    async def begin(
        self, first: str, rest: AsyncIterator[list[str]], row: NewTranslation
    ) -> Running | int:
        """Store a text as it arrives; the id of the translation when its key is there already.

        `first` is its first passage. Raises StoreUnavailableError when the database is away.
        """
        try:
            translation_id, claim = await self._store.begin(row, self._worker.worker, first)
        except StoreUnavailableError:
            raise StoreUnavailableError(
                N_(
                    "The database does not answer, and a text of this length needs it. Nothing "
                    "was stored; keep your text and try again in a moment. Up to {most} "
                    "characters are translated all the same."
                ),
                most=LIMIT,
            ) from None
        if claim is None:
            return translation_id
        self.begun[row.origin, "long"] += 1
        # Its passages are jobs with ids of their own.
        log.info("translation %d begins", translation_id)
        lead = self._worker.lead(claim)
        task = asyncio.create_task(self._receive(claim, rest))
        self._receiving.add(task)
        task.add_done_callback(self._has_received)
        return Running(translation_id, task, lead)

    async def begin_whole(self, text: str, row: NewTranslation) -> Running | int:
        """Store a text that is all here, as `begin` does. Raises StoreUnavailableError."""
        arriving = passages(_once(text))
        first, *more = await anext(arriving)
        return await self.begin(first, _chained(more, arriving), row)

    async def _counted(
        self, arriving: AsyncIterator[list[str]], caller: Caller
    ) -> AsyncIterator[list[str]]:
        """The same passages, counted, as far as the budget reaches. Raises BudgetSpentError."""
        async for sources in arriving:
            try:
                await self._access.charge(caller, sum(map(len, sources)))
            except BudgetSpentError:  # for all of them; up to it, one by one
                for each in sources:
                    await self._access.charge(caller, len(each))
                    yield [each]
            else:
                yield sources

    async def _short(self, text: str, request: TranslationRequest) -> Finished:
        pair = request.source, request.target
        glossary = request.glossary
        terms = await self._glossaries.terms_in(glossary, text) if glossary else ()
        known = await self._memory.known_if_reachable(request.memory_owner, pair, [text])
        translated = await self._translator.translate(
            text, *pair, known=known, quality=request.quality, terms=terms
        )
        self.begun[request.origin, "short"] += 1
        row = (
            new(text, request, translated.model),
            text,
            translated.text,
            translated.score,
            translated.spans,
        )
        translation_id, kept = None, False
        try:
            translation_id = await self._store.save_done(*row)
        except StoreUnavailableError:
            kept = await self._spool.keep(*row)
        return Finished(
            translation_id, kept, text, translated.text, translated.model, translated.spans
        )

    async def unstored(self) -> int:
        """How many translations wait in the spool for the database."""
        return await self._spool.waiting()

    async def model(self, request: TranslationRequest) -> str:
        """Name of the model for a request's languages.

        Raises NoModelError when none is installed, TranslatorUnavailableError when the
        translator was never reached.
        """
        models = await self._translator.models()
        for each in models:
            if (each.source, each.target) == (request.source, request.target):
                return each.name
        offered = ", ".join(f"{each.source}→{each.target}" for each in models)
        raise NoModelError(
            N_(
                "No model for {source}→{target} is installed. Installed: {offered}. Nothing was "
                "stored."
            ),
            source=request.source,
            target=request.target,
            offered=offered,
        )

    async def _receive(self, lead: Claim, rest: AsyncIterator[list[str]]) -> None:
        """Store the passages after the first as they arrive.

        Passages that have arrived are kept whatever happens.
        """
        whole = False
        seq, characters = 1, len(lead.source)
        self._worker.receiving.add(lead.translation_id)
        try:
            async for sources in rest:
                characters += sum(map(len, sources))
                await insist(
                    self._store.add_passages, lead.translation_id, seq, sources, characters
                )
                seq += len(sources)
                if not self._worker.holds(lead):  # until then somebody waits for the first line
                    self._worker.arrived.notify()
            whole = True
        finally:
            try:
                await insist(self._store.received, lead.translation_id, whole)
            finally:
                self._worker.receiving.discard(lead.translation_id)
            self._worker.finished.notify()

    def _has_received(self, task: asyncio.Task[None]) -> None:
        self._receiving.discard(task)
        if not task.cancelled() and task.exception():
            # The client has broken off, or will be told; what has arrived is kept.
            log.info("a text stopped arriving: %s", type(task.exception()).__name__)

    async def retry(self, translation_id: int) -> None:
        """Retry the passages that could not be translated. Raises StoreUnavailableError."""
        await self._store.retry(translation_id)
        self._worker.arrived.notify()

    async def cancel(self, translation_id: int) -> None:
        """Cancel a translation; its translated passages stay. Raises StoreUnavailableError."""
        await self._store.cancel(translation_id)
        self._worker.drop(translation_id)
        self._worker.finished.notify()

    async def close(self) -> None:
        """Stop receiving texts; passages that have arrived are kept."""
        for task in self._receiving:
            task.cancel()
        await asyncio.gather(*self._receiving, return_exceptions=True)


async def _once(text: str) -> AsyncIterator[str]:
    yield text


async def _chained(first: list[T], rest: AsyncIterator[list[T]]) -> AsyncIterator[list[T]]:
    if first:
        yield first
    async for each in rest:
        yield each
