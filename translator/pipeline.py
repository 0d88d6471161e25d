"""Translation pipeline: a text's segments in order, planned, asked for side by side, remembered."""

import asyncio
from collections import deque
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Iterator,
    Mapping,
    Sequence,
)
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from itertools import islice
from typing import get_args

from translator.finishing import Wrapping
from translator.inference.engine import Engine, Hypothesis
from translator.inference.scheduler import Scheduler, Ticket
from translator.planning import Plan, Planner
from translator.remembered import RememberedResults
from translator.results import BEST, Code, Known, Result, Status, Wanted
from translator.segment_translation import SegmentTranslator
from translator.text import Segment, segment
from translator.text.terms import Glossary, glossary_of

# Segments on their way at once for one request: enough to fill a batch of every width (with a
# quarter of them, throughput is 4 % less), few enough that memory does not grow with the text.
WINDOW = 4096
# Segments that the text thread plans at once; a text of up to INLINE characters is planned on the
# event loop, since handing over would cost more.
CHUNK = 64
INLINE = 400
# Terms of a question, as many as are made ready on the event loop: each takes up to 0.1 ms.
FEW_TERMS = 50
# Segments that are known already, when none are.
NOTHING_KNOWN: Mapping[str, Known] = {}

# A segment with its text's number, its plan, which is None where its result is remembered, and how
# it is wanted: with the terms that may occur in it.
Planned = tuple[int, Segment, Plan | None, Wanted]


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
        self._planner = Planner(
            engine, window=window_tokens, checks=checks, keep_figures=keep_figures
        )
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="text")
        self._translator = SegmentTranslator(
            engine,
            self._planner,
            self._thread,
            beam_size=beam_size,
            window=window_tokens,
            checks=checks,
        )
        self.segments: dict[str, int] = dict.fromkeys(get_args(Status), 0)  # that were answered
        self.warnings: dict[str, int] = dict.fromkeys(get_args(Code), 0)  # of those segments

    def close(self) -> None:
        """End the text thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def admit(self, *, background: bool = False) -> Ticket:
        """Admission: a ticket for one text, for which with `background` nobody waits.

        Raises QueueFullError when too many segments wait.
        """
        return self._scheduler.ticket(background=background)

    @property
    def repairs(self) -> dict[str, int]:
        """How many segments each step has repaired."""
        return self._translator.repairs

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
            async for number, part, plan, asked in self._plans(texts, wanted, whole=whole_lines):
                if len(tasks) >= WINDOW:
                    # Half of them at once: few at a time would make small batches.
                    while len(tasks) > WINDOW // 2:
                        yield await first()
                earlier = known.get(part.source)
                task = (
                    self._answer(ticket, part, plan, asked)
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
        if sum(map(len, texts)) <= INLINE and len(wanted.terms) <= FEW_TERMS:
            for each in plans:
                yield each
            return
        loop = asyncio.get_running_loop()
        while some := await loop.run_in_executor(self._thread, _some, plans):
            for each in some:
                yield each

    def _planned(self, texts: Sequence[str], wanted: Wanted, *, whole: bool) -> Iterator[Planned]:
        glossary = self._glossary(wanted)
        for number, text in enumerate(texts):
            for part in segment(text, self._engine.card.source, whole_lines=whole):
                asked = (
                    replace(wanted, terms=glossary.may_occur(part.source)) if glossary else wanted
                )
                yield number, part, self._plan(part, asked), asked

    def _plan(self, part: Segment, wanted: Wanted) -> Plan | None:
        remembered = not part.copied and self._remembered.has(part, wanted)
        return None if remembered else self._planner.plan(part, self._glossary(wanted))

    def _glossary(self, wanted: Wanted) -> Glossary | None:
        if not wanted.terms:
            return None
        # A segment has few, and many segments have the same; all of a question's are not held.
        made = glossary_of if len(wanted.terms) <= FEW_TERMS else Glossary
        return made(wanted.terms, self._engine.card.source)

    def _answer(
        self, ticket: Ticket, part: Segment, plan: Plan | None, wanted: Wanted
    ) -> "asyncio.Task[Result] | Result":
        """The result of a segment, if that is remembered; else the task that asks for it."""
        if plan is None:
            if remembered := self._remembered.find(part, wanted):
                return remembered
            # Other segments have taken its place meanwhile.
            plan = self._planner.plan(part, self._glossary(wanted))
        if plan.segment.copied:
            return Result(part.source, plan.text, part.separator, "copied")
        return asyncio.create_task(self._asked(ticket, plan, wanted))

    async def _asked(self, ticket: Ticket, plan: Plan, wanted: Wanted) -> Result:
        """The result of a segment; a fast one that is doubtful gives way to the best."""
        result = await self._translator.translate(ticket, plan, wanted)
        if wanted.quality != "best" and _is_to_be_asked_again(result, wanted):
            result = await self._translator.translate(ticket, plan, replace(wanted, quality="best"))
        self._remembered.keep(plan.segment, wanted, result)
        return result


def _some(plans: Iterator[Planned]) -> list[Planned]:
    return list(islice(plans, CHUNK))


def _is_to_be_asked_again(result: Result, wanted: Wanted) -> bool:
    """Whether a result gives way to the best one; a draft that lacks a term alone does not."""
    codes = {each.code for each in result.warnings}
    is_fine_for_draft = codes <= {"glossary", "unsure"}
    return result.is_doubtful and not (wanted.quality == "draft" and is_fine_for_draft)


def _as_known(part: Segment, known: Known) -> Result:
    return Result(
        part.source,
        known.target,
        part.separator,
        "known",
        known.score,
        warnings=known.warnings,
    )
