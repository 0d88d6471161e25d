"""Worker: claims passages of long texts from the job queue, translates and stores them."""

import asyncio
import logging
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Concatenate, ParamSpec, Protocol

from web.errors import StoreUnavailableError, TranslatorRefusedError, TranslatorUnavailableError
from web.glossary.terms import GlossaryVersion, Term
from web.jobs.notifier import Notifier
from web.jobs.queue import LEASE_SECONDS, Claim, JobQueue
from web.telemetry.logs import request_id
from web.telemetry.supervision import Supervisor
from web.text.sentences import Sentence, sentences
from web.translator_client.client import Translated, TranslatedPart, TranslatorClient

log = logging.getLogger(__name__)
P = ParamSpec("P")

# Seconds to rest when there is nothing to do, or the database or the translator is away.
IDLE_SECONDS = 1.0


TermsIn = Callable[[GlossaryVersion, str], Awaitable[Sequence[Term]]]


class Known(Protocol):
    """Knowledge of a passage before it is translated; see `web.translation.known_sentences`."""

    async def of_claim(self, claim: Claim) -> Sequence[Sentence]:
        """The sentences of a passage that are translated already.

        Raises StoreUnavailableError, TranslatorUnavailableError.
        """

    async def settled(self, claim: Claim, now: Sequence[Sentence]) -> Sequence[Sentence]:
        """The translated sentences of a passage, with what a person chose in their places.

        Raises StoreUnavailableError.
        """


class NothingKnown:
    """Nothing is known of any passage."""

    async def of_claim(self, claim: Claim) -> Sequence[Sentence]:
        """No sentences."""
        del claim
        return ()

    async def settled(self, claim: Claim, now: Sequence[Sentence]) -> Sequence[Sentence]:
        """The sentences as they are."""
        del claim
        return now


async def _no_terms(_: GlossaryVersion, __: str) -> Sequence[Term]:
    return ()


NOTHING_KNOWN: Known = NothingKnown()


class Worker:
    """Worker: claims open passages, translates them side by side, stores each when it is done."""

    def __init__(
        self,
        claims: JobQueue,
        translator: TranslatorClient,
        workers: int,
        known: Known = NOTHING_KNOWN,
        terms_in: TermsIn = _no_terms,
    ) -> None:
        """Hold at most `workers` passages at once.

        `known` gives the sentences of a passage that are translated already, `terms_in` the terms
        of a glossary that may occur in a text; both may raise StoreUnavailableError.
        """
        self._queue = claims
        self._translator = translator
        self._known = known
        self._terms_in = terms_in
        self._workers = workers
        self.worker = uuid.uuid4().hex
        self._held: dict[asyncio.Task[None], Claim] = {}
        self.receiving: set[int] = set()  # translations whose text this replica takes in
        self.outcomes = Counter[str]()  # of passages: done, failed, released
        self.arrived = Notifier()
        self.finished = Notifier()

    async def run(self) -> None:
        """Claim passages, as many as there is room for, and begin to translate them.

        Until cancelled. Raises RuntimeError when the database refuses a statement; the passages
        that are being translated go on.
        """
        turn = 0
        while True:
            seen = self.arrived.count
            free = self._workers - len(self._held)
            claims: list[Claim] = []
            if free > 0:
                try:
                    claims = await self._queue.claim(self.worker, free, turn)
                except StoreUnavailableError as error:
                    log.warning("jobs wait: %s", error)
            for claim in claims:
                turn = claim.translation_id
                self._take(claim, None)
            if not claims:
                await self.arrived.wait(IDLE_SECONDS, seen)

    async def keep_leases(self) -> None:
        """Renew the leases of what is translated and taken in here, and end forsaken arrivals.

        Until cancelled. Raises RuntimeError when the database refuses a statement.
        """
        while True:
            try:
                if self._held or self.receiving:
                    await self._queue.extend(
                        self.worker, list(self._held.values()), list(self.receiving)
                    )
                if ended := await self._queue.end_forsaken():
                    log.warning("%d texts have stopped arriving: their receiver died", ended)
            except StoreUnavailableError as error:
                log.warning("leases may run out: %s", error)
            await asyncio.sleep(LEASE_SECONDS / 3)

    async def close(self) -> None:
        """Stop translating. Other replicas claim the passages when their leases end."""
        held = list(self._held)
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)

    def lead(self, claim: Claim) -> "asyncio.Queue[TranslatedPart | None]":
        """Translate a passage that this replica has claimed, at once.

        The queue gives its parts as they are done, and None after the last. When None comes too
        early, the rest can be read from the database later on.
        """
        heard: asyncio.Queue[TranslatedPart | None] = asyncio.Queue()
        task = self._take(claim, heard.put_nowait)
        task.add_done_callback(lambda _: heard.put_nowait(None))
        return heard

    @property
    def held(self) -> int:
        """How many passages are being translated here."""
        return len(self._held)

    def holds(self, claim: Claim) -> bool:
        """Whether a passage is being translated here."""
        return claim in self._held.values()

    def drop(self, translation_id: int) -> None:
        """Stop translating a translation's passages here."""
        for task, claim in self._held.items():
            if claim.translation_id == translation_id:
                task.cancel()

    def _take(
        self, claim: Claim, hear: Callable[[TranslatedPart], None] | None
    ) -> asyncio.Task[None]:
        task = asyncio.create_task(self._translate(claim, hear))
        self._held[task] = claim
        task.add_done_callback(self._let_go)
        return task

    def _let_go(self, task: asyncio.Task[None]) -> None:
        del self._held[task]
        self.arrived.notify()  # a worker is free

    async def _translate(self, claim: Claim, hear: Callable[[TranslatedPart], None] | None) -> None:
        request_id.set(f"job-{claim.translation_id}-{claim.seq}")  # a task has its own context
        question = claim.source, claim.source_lang, claim.target_lang
        outcome = "failed"
        try:
            # Of the first passage somebody waits for the first line.
            known = await self._known.of_claim(claim)
            terms = await self._terms_in(claim.glossary, claim.source) if claim.glossary else ()
            # What a person chose in the earlier version may take the place of what is heard.
            translated = await self._translator.translate(
                *question,
                hear if claim.previous is None else None,
                background=hear is None,
                known=known,
                quality=claim.quality,
                terms=terms,
            )
            if claim.previous is not None:
                translated = await self._settled(claim, translated)
                if hear is not None:
                    _tell(translated, hear)
        except (TranslatorUnavailableError, StoreUnavailableError):
            outcome = "released"
            await asyncio.sleep(IDLE_SECONDS)  # it is not the passage's fault
            await self._insist(self._queue.release, claim)
        except TranslatorRefusedError:
            await self._insist(self._queue.fail, claim)
        except Exception:
            # The passage is to blame as far as can be told; the others go on.
            log.exception("passage %d of translation %d", claim.seq, claim.translation_id)
            await self._insist(self._queue.fail, claim)
        else:
            outcome = "done"
            await self._insist(
                self._queue.complete,
                claim,
                translated.text,
                translated.score,
                translated.spans,
                translated.model,
            )
        self.outcomes[outcome] += 1
        self.finished.notify()

    async def _settled(self, claim: Claim, translated: Translated) -> Translated:
        """The translation with what a person chose in the earlier version."""
        now = sentences(claim.source, translated.text, translated.spans)
        chosen = await self._known.settled(claim, now)
        segments = [
            segment | {"target": each.target, "score": each.score, "warnings": []}
            if each is not before
            else segment
            for segment, before, each in zip(translated.segments, now, chosen, strict=True)
        ]
        text = "".join(each["target"] + each["separator"] for each in segments)
        return Translated(text, translated.model, segments)

    async def _insist(
        self,
        outcome: Callable[Concatenate[str, Claim, P], Awaitable[None]],
        claim: Claim,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Store the outcome, and try again while the database is away but the lease lasts."""
        for _ in range(LEASE_SECONDS):
            try:
                await outcome(self.worker, claim, *args, **kwargs)
            except StoreUnavailableError:
                await asyncio.sleep(IDLE_SECONDS)
            except Exception:
                log.exception("an outcome was refused")
                break  # the other passages go on
            else:
                return
        log.warning(
            "passage %d of translation %d: outcome not stored; it will be translated again",
            claim.seq,
            claim.translation_id,
        )


def _tell(translated: Translated, hear: Callable[[TranslatedPart], None]) -> None:
    for each in translated.segments:
        ends = each["separator"]
        hear(TranslatedPart(each["source"] + ends, each["target"] + ends))


@asynccontextmanager
async def running_worker(  # noqa: PLR0913, PLR0917 - the parts that it is made of
    claims: JobQueue,
    translator: TranslatorClient,
    workers: int,
    supervisor: Supervisor,
    known: Known = NOTHING_KNOWN,
    terms_in: TermsIn = _no_terms,
) -> AsyncIterator[Worker]:
    """Context manager: a worker with up to `workers` passages at once, while the block runs.

    `known` and `terms_in` are as the worker's. At its end passages in work are given up.
    """
    worker = Worker(claims, translator, workers, known, terms_in)
    try:
        async with (
            supervisor.running("jobs", worker.run),
            supervisor.running("leases", worker.keep_leases),
        ):
            yield worker
    finally:
        await worker.close()
