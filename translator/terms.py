"""Terms of a glossary: a translation gets them in their places, or is asked for in another way.

Steps, each only when the one before left a term out:

1. `placed`: the model says the term, or its word gives way to the term, by the alignment.
2. `hypothesis`: the same in another hypothesis that the beam holds anyway.
3. `rewritten`: the question again, with the targets in it in place of the sources.
4. `stand_ins`: the question again, with stand-ins for the terms.

The answer to another question is taken only when it says all else that the first one says, nothing
of it is doubtful, and its figures are right.
When all steps fail, the translation with the most terms stays, and names the others.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Protocol, TypeVar

from translator.inference.candidates import Aligned, Candidate
from translator.planning import Plan
from translator.text import Link, Shares, Span, shares, word_places
from translator.text.terms import Occurrence, TermsPlaced, said_words, with_forms, with_terms

Done = TypeVar("Done")

# Answers to a further question that are looked at.
_MOST: Final = 4
# Least length of an answer to a further question ÷ that of the first one, in tokens.
_SHORTEST: Final = 0.6


class TermOffers(Protocol):
    """Further answers about a segment, got from the model only when they are needed."""

    def hypotheses(self) -> Iterable[Candidate]:
        """The other hypotheses of the first question."""

    async def rewritten(self, text: str) -> Iterable[Candidate]:
        """The answers to the question with another text for the segment's."""

    async def with_stand_ins(self, forms: Mapping[Span, str]) -> Iterable[Candidate]:
        """The answers to the question with stand-ins, which come back in `forms`."""

    async def worked(self, work: Callable[[], Done], characters: int) -> Done:
        """The result of `work` on a text; where that is long, not on the event loop."""

    async def right(self, candidate: Candidate, text: str) -> Candidate | None:
        """An answer with the figures of `text` in the target's form; None if it is not sound."""


@dataclass(frozen=True, slots=True)
class Termed:
    """A candidate with its terms; `missing` are the sources of those that it lacks.

    `is_other` says that it is none of the first question's best one.
    """

    candidate: Candidate
    missing: tuple[str, ...] = ()
    is_other: bool = False


async def termed(  # noqa: PLR0913 - the text with its terms, and what was asked
    source: str,
    occurrences: Sequence[Occurrence],
    candidate: Candidate,
    offers: TermOffers,
    pair: tuple[str, str],
    *,
    again: bool = True,
) -> Termed:
    """Put terms into a candidate; with `again`, the model may be asked once more."""
    steps = _TermSteps(source, occurrences, offers, pair)
    best = first = await steps.placed(candidate)
    for step in (steps.hypothesis, steps.rewritten, steps.stand_ins) if again else ():
        if not best.missing:
            break
        best = await step(best)
    missing = tuple(dict.fromkeys(each.term.source for each in best.missing))
    return Termed(best.candidate, missing, is_other=best is not first)


@dataclass(frozen=True, slots=True)
class _Try:
    candidate: Candidate
    missing: tuple[Occurrence, ...]
    shares: Shares


class _TermSteps:
    """The steps for one candidate; each gives one with fewer terms missing, or the best so far."""

    def __init__(
        self,
        source: str,
        occurrences: Sequence[Occurrence],
        offers: TermOffers,
        pair: tuple[str, str],
    ) -> None:
        self._source = source
        self._occurrences = occurrences
        self._offers = offers
        self._pair = pair
        self._first: _Try | None = None

    async def placed(self, first: Candidate) -> _Try:
        self._first = await self._tried(first)
        return self._first

    async def hypothesis(self, best: _Try) -> _Try:
        return await self._better(best, self._offers.hypotheses(), self._source)

    async def rewritten(self, best: _Try) -> _Try:
        text, _ = with_forms(self._source, best.missing, self._pair[1])
        return await self._better(best, await self._offers.rewritten(text), text)

    async def stand_ins(self, best: _Try) -> _Try:
        text, forms = with_forms(self._source, best.missing, self._pair[1])
        if not forms:
            return best
        return await self._better(best, await self._offers.with_stand_ins(forms), text)

    async def _better(self, best: _Try, candidates: Iterable[Candidate], text: str) -> _Try:
        for each in islice(candidates, _MOST):
            found = await self._tried(each)
            if (
                len(found.missing) < len(best.missing)
                and self._says_as_much(found)
                and (right := await self._offers.right(each, text))
            ):
                best = await self._tried(right)
                if not best.missing:
                    break
        return best

    async def _tried(self, candidate: Candidate) -> _Try:
        def work() -> _Try:
            found = found_shares(self._source, candidate)
            placed = with_terms(self._source, candidate.text, self._occurrences, found, self._pair)
            return _Try(replace(candidate, text=placed.text), placed.missing, found)

        return await self._offers.worked(work, len(candidate.text))

    def _says_as_much(self, found: _Try) -> bool:
        """Whether an answer is not far shorter than the first, and says whatever else that says."""
        first = self._first
        return first is None or (
            found.candidate.produced >= _SHORTEST * first.candidate.produced
            and self._said(first.shares) <= self._said(found.shares)
        )

    def _said(self, found: Shares) -> frozenset[int]:
        return said_words(self._source, self._occurrences, found, self._pair[0])


def in_place(
    source: str, occurrences: Sequence[Occurrence], candidate: Candidate, pair: tuple[str, str]
) -> TermsPlaced:
    """A candidate's text with the terms that its alignment has a sure place for."""
    return with_terms(source, candidate.text, occurrences, found_shares(source, candidate), pair)


def found_shares(source: str, candidate: Candidate) -> Shares:
    """For each word of a candidate the shares that the source's words have in it."""
    asked, answer, links = candidate.aligned
    return shares(source, asked, answer, candidate.text, links)


def settled(plan: Plan, pair: tuple[str, str]) -> Candidate:
    """The candidate for a plan that nothing is asked for: its text with its terms' targets."""
    text, _ = with_forms(plan.text, plan.terms, pair[1], sentence=True)
    asked, said = word_places(plan.text), word_places(text)
    links = tuple(
        Link(*word, *asked[min(number, len(asked) - 1)], 1.0) for number, word in enumerate(said)
    )
    return Candidate(text, 0.0, 0, aligned=Aligned(plan.text, text, links))
