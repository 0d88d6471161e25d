"""Service: all loaded models behind one scheduler, started and stopped together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType

from translator.alignments import Aligner
from translator.inference import threads
from translator.inference.cache import Cache
from translator.inference.engine import Card, Engine, installed
from translator.inference.scheduler import Batch, Scheduler
from translator.pipeline import Pipeline
from translator.settings import Settings

log = logging.getLogger(__name__)

# Health check: the text that is translated, and the longest wait for it, in seconds.
PROBE = "Guten Tag!"
PROBE_SECONDS = 10
DEFAULT_PAIR = ("de", "en")
NO_ALIGNERS: Mapping[tuple[str, str], Aligner] = MappingProxyType({})


class UnknownPairError(Exception):
    """No installed model translates between these languages."""


class Service:
    """Service: translates between the language pairs of the installed models."""

    def __init__(
        self,
        pipelines: dict[tuple[str, str], Pipeline],
        cards: list[Card],
        scheduler: Scheduler,
        aligners: Mapping[tuple[str, str], Aligner] = NO_ALIGNERS,
    ) -> None:
        """`pipelines` holds at least one pair, `aligners` the same; all share the scheduler."""
        self._pipelines = pipelines
        self._aligners = aligners
        # Codes are asked for in any spelling of theirs: pt-BR, pt-br.
        self._spelled = {(a.lower(), b.lower()): (a, b) for a, b in pipelines}
        self.cards = cards
        self.scheduler = scheduler

    def pipeline(self, source: str | None, target: str | None) -> Pipeline:
        """The pipeline for a pair of language codes; a code of None is the default pair's.

        Raises UnknownPairError when no installed model has this pair.
        """
        return self._pipelines[self._pair(source, target)]

    def aligner(self, source: str | None, target: str | None) -> Aligner:
        """The aligner for a pair of language codes, as `pipeline` gives its pipeline.

        Raises UnknownPairError when no installed model has this pair.
        """
        return self._aligners[self._pair(source, target)]

    def _pair(self, source: str | None, target: str | None) -> tuple[str, str]:
        default = DEFAULT_PAIR if DEFAULT_PAIR in self._pipelines else next(iter(self._pipelines))
        pair = ((source or default[0]).lower(), (target or default[1]).lower())
        if pair not in self._spelled:
            offered = ", ".join(f"{each[0]}→{each[1]}" for each in self._pipelines)
            raise UnknownPairError(
                f"No model for {pair[0]}→{pair[1]} is installed. Installed: {offered}."
            )
        return self._spelled[pair]

    def counts(self) -> Iterator[tuple[Card, Mapping[str, int]]]:
        """Counters: each model, with how many segments it has answered by their status."""
        for card in self.cards:
            yield card, self._pipelines[card.pair].segments

    def repairs(self) -> Iterator[tuple[Card, Mapping[str, int]]]:
        """Counters: each model, with how often each step repaired figures; none: no step did."""
        for card in self.cards:
            yield card, self._pipelines[card.pair].repairs

    def warnings(self) -> Iterator[tuple[Card, Mapping[str, int]]]:
        """Counters: each model, with how many warnings its segments have by their code."""
        for card in self.cards:
            yield card, self._pipelines[card.pair].warnings

    async def problem(self) -> str | None:
        """Health check: why a translation would fail now, or None. Asks the model for one.

        A full queue is no problem: the service works, as hard as it can.
        """
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                hypothesis = await self.pipeline(None, None).probe(PROBE)
        except TimeoutError:
            return f"no translation within {PROBE_SECONDS} s"
        except Exception:
            log.exception("the probe failed")
            return "the model fails"
        return None if hypothesis.text and hypothesis.complete else "the model fails"


@asynccontextmanager
async def running(settings: Settings, ended: Callable[[Batch], None]) -> AsyncIterator[Service]:
    """Context manager: the service with every installed model; `ended` is called with each batch.

    Raises ModelError when there is no model or one is broken.
    """
    cores = threads.available_cores()
    chosen = threads.choose(settings.inter_threads, settings.intra_threads, cores)
    log.info("%d cores: %d batches in parallel, %d threads each", cores, chosen.inter, chosen.intra)
    scheduler = Scheduler(
        workers=chosen.inter,
        batch_tokens=settings.batch_tokens,
        queue_segments=settings.queue_segments,
        cache=Cache(settings.cache_bytes),
        ended=ended,
    )
    engines: list[Engine] = []
    pipelines: dict[tuple[str, str], Pipeline] = {}
    aligners: dict[tuple[str, str], Aligner] = {}
    try:
        for pair, folder in installed(settings.models_dir).items():
            engine = await asyncio.to_thread(
                # One more than there are workers, for the scheduler's express lane.
                Engine,
                folder,
                inter_threads=chosen.inter + 1,
                intra_threads=chosen.intra,
            )
            engines.append(engine)
            pipelines[pair] = Pipeline(
                engine,
                scheduler,
                beam_size=settings.beam_size,
                window_tokens=settings.window_tokens,
                checks=settings.checks,
                keep_figures=settings.figures == "keep",
            )
            aligners[pair] = Aligner(engine, scheduler)
            log.info("model %s: %s to %s", engine.card.name, *pair)
        yield Service(pipelines, [engine.card for engine in engines], scheduler, aligners)
    finally:
        await scheduler.close()
        for pipeline in pipelines.values():
            pipeline.close()
        for engine in engines:
            engine.close()
