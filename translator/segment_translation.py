"""Translation of one segment: ask the model, check the answer, ask again, finish it."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from translator.checking import Checked, Figures, has_figures
from translator.finishing import finished
from translator.inference.candidates import Candidate
from translator.inference.decodings import decodings
from translator.inference.engine import Engine
from translator.inference.scheduler import ClosedError, Ticket
from translator.keeping import kept
from translator.planning import Plan, Planner
from translator.questions import Questions
from translator.repair import STEPS, Repaired, repaired
from translator.results import Result, SegmentWarning, Wanted
from translator.soundness import doubts
from translator.terms import Done, in_place, settled, termed
from translator.text import Piece, Span, changed_placeholders, keywords, may_be_name

# Characters of a text that is checked on the event loop: handing it over would cost more.
INLINE = 400
# Parts that a translation with something left out is asked for in, one way after the other.
PARTS = (2, 4, 8)
# Score below which the model is unsure. Of 1,500 sentences of Tatoeba, 77 scored less with the
# demonstration model; their chrF was 37, that of the others 65.
UNSURE = 0.5
# Score below which a line in capitals has lost words more often than not.
LOST = 0.25


class SegmentTranslator:
    """Segment translator: asks one model for a segment until its answer is right, or doubtful."""

    def __init__(  # noqa: PLR0913 - its parts, by name
        self,
        engine: Engine,
        planner: Planner,
        thread: ThreadPoolExecutor,
        *,
        beam_size: int,
        window: int,
        checks: bool,
    ) -> None:
        """`thread` checks long texts; `window` is the longest question in tokens."""
        self._engine = engine
        self._pair = engine.card.pair
        self._planner = planner
        self._thread = thread
        self._decodings = decodings(beam_size, engine.card.fast_beam, checks=checks)
        self._window = window
        self._checks = checks
        # A fast segment that is asked for once more counts twice.
        self.repairs: dict[str, int] = dict.fromkeys(("recovered", *STEPS, "none"), 0)

    async def translate(self, ticket: Ticket, plan: Plan, wanted: Wanted) -> Result:
        """The result of a segment that is not copied; its source where the model fails.

        Raises ClosedError when the service stops.
        """
        part = plan.segment
        if plan.settled:
            return Result(
                part.source,
                await self._finished(plan, settled(plan, self._pair)),
                part.separator,
                "translated",
            )
        how = self._decodings[wanted.quality]
        asks = Questions(self._engine, self._planner, ticket, how, self._window)
        others: list[Candidate] | None = None
        try:
            candidate, plan = await asks.candidate(plan)
            if may_be_name(plan.text) and not plan.terms and (candidate.score or 0.0) < UNSURE:
                return Result(part.source, part.source, part.separator, "copied")
            if plan.shouting and candidate.score and candidate.score < LOST:
                candidate = await self._word_by_word(plan, candidate, asks)
            candidate, warnings = await self._checked(plan, candidate, asks)
            if plan.terms:
                again = wanted.quality != "draft"
                candidate, warnings = await self._with_terms(
                    plan, candidate, warnings, asks, again=again
                )
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

    async def _with_terms(
        self,
        plan: Plan,
        candidate: Candidate,
        warnings: tuple[SegmentWarning, ...],
        asks: Questions,
        *,
        again: bool,
    ) -> tuple[Candidate, tuple[SegmentWarning, ...]]:
        """The candidate with the terms of a glossary; with `again`, another one where need be."""
        offers = _Steps(self, plan, candidate, asks)
        done = await termed(plan.text, plan.terms, candidate, offers, self._pair, again=again)
        if done.is_other:  # none is taken that is doubtful
            unsure = is_unsure(done.candidate)
            warnings = (SegmentWarning("unsure"),) if unsure else ()
        if done.missing:
            warnings = (*warnings, SegmentWarning("glossary", done.missing))
        return done.candidate, warnings

    async def right(self, plan: Plan, candidate: Candidate, figures: Figures) -> Candidate | None:
        """The candidate with its figures in their form; None if one or something else is wrong."""
        if not candidate.whole or not candidate.text.strip():
            return None
        if not self._checks:
            return candidate
        if doubts(plan, candidate, self._engine.card):
            return None
        if changed_placeholders(plan.text, candidate.text):
            return None
        checked = await self.checked(figures, candidate.text)
        return replace(candidate, text=checked.text) if checked.is_right else None

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
        return await self.worked(partial(figures.check, target), len(target))

    async def worked(self, work: Callable[[], Done], characters: int) -> Done:
        """The result of `work` on a text, by the text thread where that is long."""
        if characters <= INLINE:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

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
            if plan.terms:
                placed = in_place(plan.text, plan.terms, replace(each, text=text), self._pair)
                if placed.missing:
                    continue
                text = placed.text
            if text not in seen:
                seen.add(text)
                found.append(replace(each, text=text))
        return found

    async def _finished(self, plan: Plan, candidate: Candidate) -> str:
        """Final text of a candidate: in capitals and with tags, as the source has them."""
        characters = 0 if plan.tagged is None else len(candidate.text)
        return await self.worked(partial(finished, plan, candidate, self._pair), characters)


class _Steps:
    """Further questions about one segment, for the repair of its figures."""

    def __init__(
        self, translator: SegmentTranslator, plan: Plan, candidate: Candidate, asks: Questions
    ) -> None:
        self._translator = translator
        self._plan = plan
        self._candidate = candidate
        self._asks = asks

    async def checked(self, figures: Figures, target: str) -> Checked:
        return await self._translator.checked(figures, target)

    def hypotheses(self) -> Iterator[Candidate]:
        return self._asks.others(self._plan, self._candidate)

    async def with_stand_ins(self, forms: Mapping[Span, str]) -> Iterator[Candidate]:
        return await self._asks.again(self._plan, {**self._plan.forms, **forms})

    async def plainly(self) -> Iterator[Candidate]:
        return await self._asks.again(self._plan, {})

    async def worked(self, work: Callable[[], Done], characters: int) -> Done:
        return await self._translator.worked(work, characters)

    async def rewritten(self, text: str) -> Iterator[Candidate]:
        return await self._asks.rewritten(self._plan, text)

    async def right(self, candidate: Candidate, text: str) -> Candidate | None:
        figures = self._translator.figures_of(replace(self._plan, text=text, figures=None))
        return await self._translator.right(self._plan, candidate, figures)

    async def piece_by_piece(self, pieces: Sequence[Piece]) -> Candidate:
        return await self._asks.piece_by_piece(self._plan, pieces)

    async def in_parts(self) -> Candidate | None:
        return None if self._plan.parted else await self._asks.in_parts(self._plan)

    async def in_pieces(self, forms: Mapping[Span, str]) -> Candidate | None:
        return await self._asks.in_pieces(self._plan, forms)


def is_unsure(candidate: Candidate) -> bool:
    """Whether a model was asked, and has a low score."""
    return candidate.score is not None and candidate.score < UNSURE
