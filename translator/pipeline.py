"""Translation pipeline: plan a text's segments, ask the model, check the answers, ask again."""

import asyncio
import math
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, get_args

from translator.inference.candidates import Aligned, Candidate, copy_of, joined
from translator.inference.engine import Decoding, Engine, Hypothesis
from translator.inference.scheduler import ClosedError, Scheduler, Ticket
from translator.text import (
    Protected,
    Segment,
    Tagged,
    column_after,
    is_language,
    is_shouting,
    lost,
    model_text,
    projected,
    protect,
    repetition,
    segment,
    shares,
    splitting,
    take_out,
    to_capitals,
    to_lower_for_model,
    wrap,
)

# Segments on their way at once for one request: enough to fill a batch of every width (with a
# quarter of them, throughput is 4 % less), few enough that memory does not grow with the text.
WINDOW = 4096
# Segments that the text thread plans at once; a text of up to INLINE characters is planned on the
# event loop, since handing over would cost more.
CHUNK = 64
INLINE = 400
# Size of n-grams, in tokens, of which none may come twice when a loop is decoded again.
NO_REPEAT = 3
# Tokens: a piece that does not end is cut in half, down to this; a shorter one never will end.
SHORTEST_RETRY = 8

Status = Literal["translated", "copied", "untranslated"]


@dataclass(frozen=True, slots=True)
class Result:
    """Result: one translated segment.

    `status` is `copied` for what is not language, `untranslated` for what the model failed on;
    both have their source as target. `score` is from 0 to 1, None where no model was asked;
    `alternatives` is None where none were asked for.
    """

    source: str
    target: str
    separator: str
    status: Status
    score: float | None = None
    alternatives: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Plan for a segment: the question that the model is asked.

    `encoded` are its tokens, None when the text needs more than one question. `text` is without
    the inline tags; they are in `tagged`, where there are any.
    """

    segment: Segment
    text: str = ""
    tagged: Tagged | None = None
    shouting: bool = False
    protected: Protected | None = None
    encoded: list[str] | None = None


class Pipeline:
    """Pipeline: translates texts with one model through the shared scheduler."""

    def __init__(
        self, engine: Engine, scheduler: Scheduler, *, beam_size: int, window_tokens: int
    ) -> None:
        """Decode with beams of `beam_size`; split segments of more than `window_tokens` tokens."""
        self._engine = engine
        self._scheduler = scheduler
        self._decoding = Decoding(beam_size)
        self._window = window_tokens
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="text")
        self.segments: dict[str, int] = dict.fromkeys(get_args(Status), 0)  # that were answered

    def close(self) -> None:
        """End the text thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def admit(self) -> Ticket:
        """Admission: a ticket for one text. Raises QueueFullError when too many segments wait."""
        return self._scheduler.ticket()

    @property
    def model(self) -> str:
        """The model's name."""
        return self._engine.card.name

    async def probe(self, text: str) -> Hypothesis:
        """Health check: translate past the queue and the cache.

        Raises the engine's own exception (RuntimeError) when it fails.
        """
        return await self._scheduler.probe(self._engine, self._engine.encode(text))

    async def stream(
        self, ticket: Ticket, text: str, *, alternatives: int = 0, whole_lines: bool = False
    ) -> AsyncGenerator[Result, None]:
        """Translated segments of `text` in order, each as soon as it and all before it are done.

        Each has up to `alternatives` other translations. With `whole_lines` lines are not split
        into sentences. Every text passes: a segment that the model fails on comes back as its
        source. Raises ClosedError when the service stops.
        """
        tasks: deque[tuple[Segment, asyncio.Task[Result]]] = deque()
        column = 0

        async def first() -> Result:
            nonlocal column
            part, task = tasks.popleft()
            result = await task
            self.segments[result.status] += 1
            if part.layout is not None and result.status == "translated":
                result = replace(result, target=wrap(result.target, part, column))
            column = column_after(result.target + result.separator, column)
            return result

        try:
            async for plan in self._plans(text, whole_lines=whole_lines):
                if len(tasks) >= WINDOW:
                    # Half of them at once: few at a time would make small batches.
                    while len(tasks) > WINDOW // 2:
                        yield await first()
                task = asyncio.create_task(self._segment(ticket, plan, alternatives))
                tasks.append((plan.segment, task))
            while tasks:
                yield await first()
        finally:
            for _, task in tasks:
                task.cancel()
            # A task that is given up must have ended before its ticket is.
            await asyncio.gather(*(task for _, task in tasks), return_exceptions=True)

    async def _plans(self, text: str, *, whole_lines: bool) -> AsyncIterator[Plan]:
        segments = segment(text, self._engine.card.source, whole_lines=whole_lines)
        if len(text) <= INLINE:
            for each in segments:
                yield self._plan(each)
            return
        loop = asyncio.get_running_loop()
        while plans := await loop.run_in_executor(self._thread, self._plan_some, segments):
            for plan in plans:
                yield plan

    def _plan_some(self, segments: Iterator[Segment]) -> list[Plan]:
        return [self._plan(each) for each in islice(segments, CHUNK)]

    def _plan(self, part: Segment) -> Plan:
        if part.copied:
            return Plan(part)
        card = self._engine.card
        text = model_text(part.source)
        tagged = take_out(text, card.source)
        if tagged is not None:
            text = tagged.text
            if not is_language(text, card.source):
                return Plan(replace(part, copied=True))
        shouting = is_shouting(text)
        if shouting:
            text = to_lower_for_model(text)
        if splitting.has_endless_word(text):
            return Plan(part, text, tagged, shouting)
        protected = protect(text, card.source, card.target, known=self._engine.knows)
        question = text if protected is None else protected.text
        # A token is seldom under two characters: do not encode what is far too long.
        encoded = None
        if question is not None and len(question) <= 20 * self._window:
            encoded = self._engine.encode(question)
            if len(encoded) > self._window:
                encoded = None
        return Plan(part, text, tagged, shouting, protected, encoded)

    async def _segment(self, ticket: Ticket, plan: Plan, alternatives: int) -> Result:
        part = plan.segment
        if part.copied:
            return Result(part.source, part.source, part.separator, "copied")
        try:
            candidate = await self._candidate(ticket, plan)
            if lost(plan.text, candidate.text, self._engine.card.target):
                candidate = await self._with_numbers(ticket, plan, candidate)
            others = (
                await self._alternatives(ticket, plan, candidate, alternatives)
                if alternatives
                else None
            )
        except ClosedError:
            raise
        except Exception:  # noqa: BLE001 - the engine's own failure; the scheduler has logged it
            candidate, others = Candidate("", 0.0, 0, whole=False), None
        if not candidate.whole or not candidate.text.strip():
            return Result(part.source, part.source, part.separator, "untranslated")
        return Result(
            part.source,
            await self._finished(plan, candidate),
            part.separator,
            "translated",
            candidate.score,
            None if others is None else [await self._finished(plan, other) for other in others],
        )

    async def _finished(self, plan: Plan, candidate: Candidate) -> str:
        """Final text of a candidate: in capitals and with tags, as the source has them."""
        if plan.tagged is None or len(candidate.text) <= INLINE:
            return finished(plan, candidate, self._engine.card.pair)
        loop, pair = asyncio.get_running_loop(), self._engine.card.pair
        return await loop.run_in_executor(self._thread, finished, plan, candidate, pair)

    async def _candidate(self, ticket: Ticket, plan: Plan) -> Candidate:
        how = self._how(plan)
        if plan.protected is None:
            return await self._whole(ticket, how, plan.text, plan.encoded)
        if plan.encoded is not None:
            candidate = await self._whole(ticket, how, plan.protected.text or "", plan.encoded)
            restored = plan.protected.restore(candidate.text)
            if candidate.whole and restored is not None:
                return replace(candidate, text=restored)
        return await self._pieces(
            ticket,
            how,
            [splitting.Clause(text, "", copied=not ask) for text, ask in plan.protected.pieces],
            self._window,
        )

    def _how(self, plan: Plan) -> Decoding:
        return replace(self._decoding, attention=plan.tagged is not None)

    async def _with_numbers(self, ticket: Ticket, plan: Plan, candidate: Candidate) -> Candidate:
        """Ask with stand-ins for numbers, as `candidate` lost one; `candidate` if that fails."""
        card = self._engine.card
        protected = protect(
            plan.text, card.source, card.target, known=self._engine.knows, figures=True
        )
        if protected is None or protected.text is None:
            return candidate
        encoded = self._engine.encode(protected.text)
        if len(encoded) > self._window:
            return candidate
        again = await self._whole(ticket, self._how(plan), protected.text, encoded)
        restored = protected.restore(again.text)
        if not again.whole or restored is None or lost(plan.text, restored, card.target):
            return candidate
        return replace(again, text=restored)

    async def _whole(
        self,
        ticket: Ticket,
        how: Decoding,
        text: str,
        encoded: list[str] | None,
        limit: int | None = None,
    ) -> Candidate:
        """Translate a run of words in one question if it fits and the answer is sound."""
        limit = limit or self._window
        if encoded is None:
            return await self._pieces(
                ticket, how, splitting.split(text, self._engine.size, limit), limit
            )
        best = (await ticket.ask(self._engine, encoded, how))[0]
        if repetition.loops(best.text, text):
            other = replace(how, no_repeat_ngram_size=NO_REPEAT)
            best = better(best, (await ticket.ask(self._engine, encoded, other))[0], text)
        if best.complete:
            return self._draft_of(best, encoded, how)
        # It was cut at the longest output, so ask for less at once.
        smaller = min(limit, len(encoded)) // 2
        if smaller < SHORTEST_RETRY:
            return Candidate(text, 0.0, 0, whole=False)
        return await self._pieces(
            ticket, how, splitting.split(text, self._engine.size, smaller), smaller
        )

    def _draft_of(self, best: Hypothesis, encoded: list[str], how: Decoding) -> Candidate:
        candidate = Candidate(best.text, math.log(max(best.score, 1e-9)), len(encoded))
        if not how.attention:
            return candidate
        asked = self._engine.spelled(encoded)
        return replace(candidate, aligned=Aligned(asked, best.text, best.alignment))

    async def _pieces(
        self, ticket: Ticket, how: Decoding, pieces: Sequence[splitting.Clause], limit: int
    ) -> Candidate:
        """Translate the pieces of a segment side by side and join them."""
        drafts = await asyncio.gather(*(self._piece(ticket, how, each, limit) for each in pieces))
        tokens = sum(candidate.tokens for candidate in drafts)
        separators = [piece.separator for piece in pieces]
        return Candidate(
            "".join(
                candidate.text + separator
                for candidate, separator in zip(drafts, separators, strict=True)
            ),
            sum(candidate.logprob * candidate.tokens for candidate in drafts) / max(1, tokens),
            tokens,
            whole=all(candidate.whole for candidate in drafts),
            aligned=joined([candidate.aligned for candidate in drafts], separators),
        )

    async def _piece(
        self, ticket: Ticket, how: Decoding, piece: splitting.Clause, limit: int
    ) -> Candidate:
        bare = piece.text.strip()
        if piece.copied or not is_language(bare, self._engine.card.source):
            return copy_of(piece.text)
        encoded: list[str] | None = self._engine.encode(bare)
        if encoded is not None and len(encoded) > limit + 1:
            if not any(map(str.isspace, bare)):
                return copy_of(piece.text)  # one word over the window: nothing to cut at
            encoded = None
        candidate = await self._whole(ticket, how, bare, encoded, limit)
        before = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        after = piece.text[len(piece.text.rstrip()) :]
        return replace(candidate, text=before + candidate.text + after)

    async def _alternatives(
        self, ticket: Ticket, plan: Plan, candidate: Candidate, count: int
    ) -> list[Candidate]:
        """Other translations than `candidate`, best first.

        Asked apart, so that asking for them never changes the translation itself.
        """
        if plan.encoded is None:
            return []
        beam_size = max(self._decoding.beam_size, count + 1)
        how = replace(self._how(plan), beam_size=beam_size, hypotheses=count + 1)
        hypotheses = await ticket.ask(self._engine, plan.encoded, how)
        drafts = [self._draft_of(each, plan.encoded, how) for each in hypotheses if each.complete]
        return list(islice(_others(plan, candidate, drafts), count))


def _others(plan: Plan, candidate: Candidate, drafts: Iterable[Candidate]) -> Iterator[Candidate]:
    seen = {candidate.text}
    for each in drafts:
        text: str | None = each.text
        if plan.protected is not None:
            text = plan.protected.restore(each.text)
        if text and text not in seen:
            seen.add(text)
            yield replace(each, text=text)


def finished(plan: Plan, candidate: Candidate, pair: tuple[str, str]) -> str:
    """Final text of a candidate: in capitals and with tags, as the source has them.

    `pair` has the codes of the source's and the target's language.
    """
    target = to_capitals(candidate.text) if plan.shouting else candidate.text
    if plan.tagged is None:
        return target
    found = shares(
        plan.tagged.text,
        candidate.aligned.asked,
        candidate.aligned.answer,
        target,
        candidate.aligned.links,
    )
    return projected(plan.tagged, target, found, pair)


def better(first: Hypothesis, again: Hypothesis, source: str) -> Hypothesis:
    """The better of a looping hypothesis and its second try.

    A loop is likely word by word, so its score is high; the second try wins unless it is
    unsound itself, and then the score decides.
    """
    if again.complete and not repetition.loops(again.text, source):
        return again
    return max(first, again, key=lambda each: (each.complete, each.score))
