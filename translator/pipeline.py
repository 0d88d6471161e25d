"""Translation pipeline: plan a text's segments, ask the model, check the answers, ask again."""

import asyncio
from collections import deque
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from itertools import islice
from typing import get_args

from translator.checking import Checked, Figures, has_figures
from translator.finishing import Wrapping, finished
from translator.inference.candidates import Candidate
from translator.inference.decodings import decodings
from translator.inference.engine import Engine, Hypothesis
from translator.inference.scheduler import ClosedError, Scheduler, Ticket
from translator.keeping import kept
from translator.planning import Plan, Planner
from translator.questions import Questions
from translator.remembered import RememberedResults
from translator.repair import STEPS, Repaired, repaired
from translator.results import BEST, Code, Known, Result, SegmentWarning, Status, Wanted
from translator.soundness import doubts
from translator.text import (
    Piece,
    Segment,
    Span,
    changed_placeholders,
    keywords,
    may_be_name,
    segment,
)

# Segments on their way at once for one request: enough to fill a batch of every width (with a
# quarter of them, throughput is 4 % less), few enough that memory does not grow with the text.
WINDOW = 4096
# Segments that the text thread plans at once; a text of up to INLINE characters is planned on the
# event loop, since handing over would cost more.
CHUNK = 64
INLINE = 400

# Parts that a translation with something left out is asked for in, one way after the other.
PARTS = (2, 4, 8)
# Segments that are known already, when none are.
NOTHING_KNOWN: Mapping[str, Known] = {}

# Score below which the model is unsure. Of 1,500 sentences of Tatoeba, 77 scored less with the
# demonstration model; their chrF was 37, that of the others 65.
UNSURE = 0.5
# Score below which a line in capitals has lost words more often than not.
LOST = 0.25


# A segment with its text's number and its plan; None where its result is remembered.
Planned = tuple[int, Segment, Plan | None]


class Pipeline:
    """Pipeline: translates texts with one model through the shared scheduler."""

    def __init__(  # noqa: PLR0913 - its settings, by name
        self,
        engine: Engine,
        scheduler: Scheduler,
        *,
        beam_size: int,
        window_tokens: int,
        checks: bool = True,
        keep_figures: bool = False,
    ) -> None:
        """The best beam is `beam_size`; split segments of more than `window_tokens` tokens."""
        self._engine = engine
        self._scheduler = scheduler
        self._remembered = RememberedResults(scheduler.cache)
        self._decodings = decodings(beam_size, engine.card.fast_beam, checks=checks)
        self._checks = checks
        self._planner = Planner(
            engine, window=window_tokens, checks=checks, keep_figures=keep_figures
        )
        self._window = window_tokens
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="text")
        self.segments: dict[str, int] = dict.fromkeys(get_args(Status), 0)  # that were answered
        self.warnings: dict[str, int] = dict.fromkeys(get_args(Code), 0)  # of those segments
        # A fast segment that is asked for once more counts twice.
        self.repairs: dict[str, int] = dict.fromkeys(("recovered", *STEPS, "none"), 0)

    def close(self) -> None:
        """End the text thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def admit(self, *, background: bool = False) -> Ticket:
        """Admission: a ticket for one text, for which with `background` nobody waits.

        Raises QueueFullError when too many segments wait.
        """
        return self._scheduler.ticket(background=background)

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
        self,
        ticket: Ticket,
        text: str,
        *,
        wanted: Wanted = BEST,
        whole_lines: bool = False,
        known: Mapping[str, Known] = NOTHING_KNOWN,
    ) -> AsyncGenerator[Result, None]:
        """Translated segments of one text, as `stream_all` gives those of several."""
        results = self.stream_all(
            ticket, [text], wanted=wanted, whole_lines=whole_lines, known=known
        )
        async with aclosing(results):
            async for _, result in results:
                yield result

    async def stream_all(
        self,
        ticket: Ticket,
        texts: Sequence[str],
        *,
        wanted: Wanted = BEST,
        whole_lines: bool = False,
        known: Mapping[str, Known] = NOTHING_KNOWN,
    ) -> AsyncGenerator[tuple[int, Result], None]:
        """Translated segments of texts in order, each as soon as it and all before it are done.

        Each comes with its text's number, from 0 on, and as it is `wanted`. With `whole_lines`
        lines are not split into sentences. Segments that are `known`, by their source, are not
        asked for. Every text passes: a segment that the model fails on comes back as its source.
        Raises ClosedError when the service stops.
        """
        tasks: deque[tuple[int, Segment, asyncio.Task[Result] | Result]] = deque()
        lines = Wrapping()

        async def first() -> tuple[int, Result]:
            number, part, task = tasks.popleft()
            result = task if isinstance(task, Result) else await task
            self.segments[result.status] += 1
            for warning in result.warnings:
                self.warnings[warning.code] += 1
            return number, lines.placed(number, part, result)

        try:
            async for number, part, plan in self._plans(texts, wanted, whole=whole_lines):
                if len(tasks) >= WINDOW:
                    # Half of them at once: few at a time would make small batches.
                    while len(tasks) > WINDOW // 2:
                        yield await first()
                earlier = known.get(part.source)
                task = (
                    self._answer(ticket, part, plan, wanted)
                    if earlier is None
                    else _as_known(part, earlier)
                )
                tasks.append((number, part, task))
            while tasks:
                yield await first()
        finally:
            left = [task for *_, task in tasks if isinstance(task, asyncio.Task)]
            for task in left:
                task.cancel()
            if left:  # a task that is given up must have ended before its ticket is
                await asyncio.gather(*left, return_exceptions=True)

    async def segments_of(
        self, texts: Sequence[str], *, whole_lines: bool = False
    ) -> list[list[Segment]]:
        """Segmentation: the segments of each text, in order, without asking for any of them."""

        def all_segments() -> list[list[Segment]]:
            language = self._engine.card.source
            return [list(segment(text, language, whole_lines=whole_lines)) for text in texts]

        if sum(map(len, texts)) <= INLINE:
            return all_segments()
        return await asyncio.get_running_loop().run_in_executor(self._thread, all_segments)

    async def _plans(
        self, texts: Sequence[str], wanted: Wanted, *, whole: bool
    ) -> AsyncIterator[Planned]:
        """The segments with their texts' numbers and plans; None where a result is remembered."""
        plans = self._planned(texts, wanted, whole=whole)
        if sum(map(len, texts)) <= INLINE:
            for each in plans:
                yield each
            return
        loop = asyncio.get_running_loop()
        while some := await loop.run_in_executor(self._thread, _some, plans):
            for each in some:
                yield each

    def _planned(self, texts: Sequence[str], wanted: Wanted, *, whole: bool) -> Iterator[Planned]:
        for number, text in enumerate(texts):
            for part in segment(text, self._engine.card.source, whole_lines=whole):
                yield number, part, self._plan(part, wanted)

    def _plan(self, part: Segment, wanted: Wanted) -> Plan | None:
        remembered = not part.copied and self._remembered.has(part, wanted)
        return None if remembered else self._planner.plan(part)

    def _answer(
        self, ticket: Ticket, part: Segment, plan: Plan | None, wanted: Wanted
    ) -> "asyncio.Task[Result] | Result":
        """The result of a segment, if that is remembered; else the task that asks for it."""
        if plan is None:
            if remembered := self._remembered.find(part, wanted):
                return remembered
            plan = self._planner.plan(part)  # other segments have taken its place meanwhile
        if plan.segment.copied:
            return Result(part.source, plan.text, part.separator, "copied")
        return asyncio.create_task(self._asked(ticket, plan, wanted))

    async def _asked(self, ticket: Ticket, plan: Plan, wanted: Wanted) -> Result:
        """The result of a segment; a fast one that is doubtful gives way to the best."""
        result = await self._segment(ticket, plan, wanted)
        if wanted.quality != "best" and result.is_doubtful:
            result = await self._segment(ticket, plan, replace(wanted, quality="best"))
        self._remembered.keep(plan.segment, wanted, result)
        return result

    async def _segment(self, ticket: Ticket, plan: Plan, wanted: Wanted) -> Result:
        part = plan.segment
        how = self._decodings[wanted.quality]
        asks = Questions(self._engine, self._planner, ticket, how, self._window)
        others: list[Candidate] | None = None
        try:
            candidate, plan = await asks.candidate(plan)
            if may_be_name(plan.text) and (candidate.score or 0.0) < UNSURE:
                return Result(part.source, part.source, part.separator, "copied")
            if plan.shouting and candidate.score and candidate.score < LOST:
                candidate = await self._word_by_word(plan, candidate, asks)
            candidate, warnings = await self._checked(plan, candidate, asks)
            if wanted.alternatives:
                others = await self._alternatives(plan, candidate, asks, wanted.alternatives)
        except ClosedError:
            raise
        except Exception:  # noqa: BLE001 - the engine's own failure; the scheduler has logged it
            candidate, warnings = Candidate("", 0.0, 0, whole=False), ()
        if not candidate.whole or not candidate.text.strip():
            return Result(
                part.source,
                part.source,
                part.separator,
                "untranslated",
                warnings=(SegmentWarning("untranslated"),),
            )
        target = await self._finished(plan, candidate)
        alternatives: list[str] | None = None
        if others is not None:
            # Signs at the end, capitals and tags may have been all that made one another.
            texts = [await self._finished(plan, other) for other in others]
            different = [each for each in dict.fromkeys(texts) if each != target]
            alternatives = different[: wanted.alternatives]
        return Result(
            part.source,
            target,
            part.separator,
            "translated",
            candidate.score,
            alternatives,
            warnings,
        )

    async def _checked(
        self, plan: Plan, candidate: Candidate, asks: Questions
    ) -> tuple[Candidate, tuple[SegmentWarning, ...]]:
        """The candidate, or a better one where it is wrong, and what is doubtful still."""
        warnings: list[SegmentWarning] = []
        broken = False  # into pieces, whose scores say nothing of the whole
        if self._checks:
            candidate = await kept(plan.text, candidate, _Steps(self, plan, candidate, asks))
            codes = doubts(plan, candidate, self._engine.card)
            if codes and (other := await self._recovered(plan, candidate, asks)):
                candidate, codes = other, ()
            if not candidate.carried and (plan.figures or has_figures(candidate.text)):
                done = await self._repaired(plan, candidate, asks)
                candidate, broken = done.candidate, done.step == "pieces"
                if done.wrong:
                    warnings.append(SegmentWarning("figures", done.wrong))
                codes = doubts(plan, candidate, self._engine.card)
            warnings += map(SegmentWarning, codes)
        if plan.protected is not None and changed_placeholders(plan.text, candidate.text):
            warnings.append(SegmentWarning("placeholder"))
        if broken or is_unsure(candidate):
            warnings.append(SegmentWarning("unsure"))
        return candidate, tuple(warnings)

    async def _word_by_word(self, plan: Plan, candidate: Candidate, asks: Questions) -> Candidate:
        """A list of keywords in capitals, each asked alone: as a sentence it would lose some."""
        words = keywords(plan.text, self._engine.card.source)
        if not words or plan.figures:
            return candidate
        again = await asks.piece_by_piece(plan, words)
        return again if again.whole and again.logprob > candidate.logprob else candidate

    async def _recovered(
        self, plan: Plan, candidate: Candidate, asks: Questions
    ) -> Candidate | None:
        """A translation that leaves nothing out: another hypothesis, or the clauses alone.

        One that repeats itself is asked for with a penalty on repetition before.
        """

        def sound(candidates: Iterable[Candidate | None]) -> Candidate | None:
            for each in candidates:
                if each and each.whole and not doubts(plan, each, self._engine.card):
                    self.repairs["recovered"] += 1
                    return replace(each, others=candidate.others)
            return None

        if found := sound(asks.others(plan, candidate)):
            return found
        if "repeated" in doubts(plan, candidate, self._engine.card) and (
            found := sound(await asks.less_repetitive(plan))
        ):
            return found
        for number in PARTS if not plan.parted else ():
            if found := sound([await asks.in_parts(plan, number)]):
                return found
        return None

    async def _repaired(self, plan: Plan, candidate: Candidate, asks: Questions) -> Repaired:
        """The candidate with the figures of its source, and those that are wrong still."""
        steps = _Steps(self, plan, candidate, asks)
        had_stand_ins = bool(plan.forms)
        done = await repaired(self.figures_of(plan), candidate, steps, had_stand_ins=had_stand_ins)
        if done.step or done.wrong:
            self.repairs[done.step or "none"] += 1
        return done

    def figures_of(self, plan: Plan) -> Figures:
        """The figures of a plan's text; it may have none, and its translation invent one."""
        return plan.figures or self._planner.figures(plan.text)

    async def checked(self, figures: Figures, target: str) -> Checked:
        """`figures.check(target)`, by the text thread where the text is long."""
        if len(target) <= INLINE:
            return figures.check(target)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, figures.check, target)

    async def _alternatives(
        self, plan: Plan, candidate: Candidate, asks: Questions, count: int
    ) -> list[Candidate]:
        """Other translations than `candidate`, best first, whose figures are right.

        They may be more than `count`.
        """
        seen = {candidate.text}
        found: list[Candidate] = []
        for each in await asks.alternatives(plan, count):
            text = each.text
            if self._checks and (plan.figures or has_figures(text)):
                checked = await self.checked(self.figures_of(plan), text)
                if not checked.is_right:
                    continue  # another amount is no other translation
                text = checked.text
            if text not in seen:
                seen.add(text)
                found.append(replace(each, text=text))
        return found

    async def _finished(self, plan: Plan, candidate: Candidate) -> str:
        """Final text of a candidate: in capitals and with tags, as the source has them."""
        if plan.tagged is None or len(candidate.text) <= INLINE:
            return finished(plan, candidate, self._engine.card.pair)
        loop, pair = asyncio.get_running_loop(), self._engine.card.pair
        return await loop.run_in_executor(self._thread, finished, plan, candidate, pair)


def _some(plans: Iterator[Planned]) -> list[Planned]:
    return list(islice(plans, CHUNK))


def _as_known(part: Segment, known: Known) -> Result:
    return Result(
        part.source,
        known.target,
        part.separator,
        "known",
        known.score,
        warnings=known.warnings,
    )


class _Steps:
    """Further questions about one segment, for the repair of its figures."""

    def __init__(
        self, pipeline: Pipeline, plan: Plan, candidate: Candidate, asks: Questions
    ) -> None:
        self._pipeline = pipeline
        self._plan = plan
        self._candidate = candidate
        self._asks = asks

    async def checked(self, figures: Figures, target: str) -> Checked:
        return await self._pipeline.checked(figures, target)

    def hypotheses(self) -> Iterator[Candidate]:
        return self._asks.others(self._plan, self._candidate)

    async def with_stand_ins(self, forms: Mapping[Span, str]) -> Iterator[Candidate]:
        return await self._asks.again(self._plan, {**self._plan.forms, **forms})

    async def plainly(self) -> Iterator[Candidate]:
        return await self._asks.again(self._plan, {})

    async def piece_by_piece(self, pieces: Sequence[Piece]) -> Candidate:
        return await self._asks.piece_by_piece(self._plan, pieces)

    async def in_parts(self) -> Candidate | None:
        return None if self._plan.parted else await self._asks.in_parts(self._plan)

    async def in_pieces(self, forms: Mapping[Span, str]) -> Candidate | None:
        return await self._asks.in_pieces(self._plan, forms)


def is_unsure(candidate: Candidate) -> bool:
    """Whether a model was asked, and has a low score."""
    return candidate.score is not None and candidate.score < UNSURE
