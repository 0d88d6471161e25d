"""Repair of figures: a translation that lost, changed or invented one is asked for again.

Steps, each only when the one before failed, the cheapest first:

1. `restated`: a figure that still stands in the source language's form gets the target's.
2. `hypothesis`: another hypothesis that the beam holds anyway has all figures.
3. `stand_ins`: the question again, with stand-ins for the figures that the model carries through;
   `plain`: without them, where a model needs them so often that they are in the first question.
4. `placed`: a wrong figure is replaced by the right one in its place.
5. `parts`: the segment's clauses are asked alone.
6. `pieces`: what stands between the figures is asked alone, which costs the sentence its grammar.

A step's result is taken only when it has every figure and no other one, so a repair never makes a
sentence worse elsewhere. When all steps fail, the first translation stays, with a warning that
names the figures.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from translator.checking import Checked, Figures
from translator.inference.candidates import Candidate
from translator.text import Span

# Order of the steps, as they are counted at /metrics.
STEPS: Final = ("restated", "hypothesis", "stand_ins", "plain", "placed", "parts", "pieces")


class Asks(Protocol):
    """Further questions about a segment, put to the model only when a step needs them.

    Each gives candidates whose text has everything put back, the best first; none when the
    question cannot be put that way, or was put already.
    """

    async def checked(self, figures: Figures, target: str) -> Checked:
        """`figures.check(target)`, which takes long for a long text: not on the event loop then."""

    def hypotheses(self) -> Iterable[Candidate]:
        """The other hypotheses of the first question."""

    async def with_stand_ins(self, forms: Mapping[Span, str]) -> Iterable[Candidate]:
        """The answers to the question with stand-ins for figures, which come back in `forms`."""

    async def plainly(self) -> Iterable[Candidate]:
        """The answers to the question with the figures themselves, where they had stand-ins."""

    async def in_parts(self) -> Candidate | None:
        """The answers to the segment's clauses, joined."""

    async def in_pieces(self, forms: Mapping[Span, str]) -> Candidate | None:
        """The answers to what is between the figures, joined with these in `forms`."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A candidate after its repair: the step that did it, and the figures that are wrong still.

    `step` is None when nothing was wrong, or nothing helped. `wrong` are figures of the source
    that the translation lacks, as they are written there, and those that only it has.
    """

    candidate: Candidate
    step: str | None = None
    wrong: tuple[str, ...] = ()


async def repaired(
    figures: Figures, candidate: Candidate, asks: Asks, *, had_stand_ins: bool = False
) -> Repaired:
    """Check a candidate's figures, and repair them.

    `had_stand_ins` says that figures had stand-ins in the first question already.
    """
    checked = await asks.checked(figures, candidate.text)
    first = replace(candidate, text=checked.text)
    if checked.is_right:
        return Repaired(first, "restated" if first.text != candidate.text else None)
    repair = _Repair(figures, first, checked, asks)
    steps: Sequence[tuple[str, Callable[[], Awaitable[Candidate | None]]]] = (
        ("hypothesis", repair.hypothesis),
        ("plain", repair.plain) if had_stand_ins else ("stand_ins", repair.stand_ins),
        ("placed", repair.placed),
        ("parts", repair.parts),
        ("pieces", repair.pieces),
    )
    for step, ask in steps:
        if again := await ask():
            return Repaired(again, step)
    return Repaired(first, None, checked.wrong)


class _Repair:
    """The steps for one candidate; each gives another one with all figures, or None."""

    def __init__(self, figures: Figures, first: Candidate, checked: Checked, asks: Asks) -> None:
        self._figures = figures
        self._first = first
        self._checked = checked
        self._asks = asks

    async def hypothesis(self) -> Candidate | None:
        return await self._right(self._asks.hypotheses())

    async def stand_ins(self) -> Candidate | None:
        # As few as need be: each hides a word's meaning from the model.
        every = self._figures.forms()
        lost = {(each.start, each.end) for each in self._checked.missing}
        few = {span: form for span, form in every.items() if span in lost}
        for forms in (few, every) if few and few != every else (every,):
            if found := await self._right(await self._asks.with_stand_ins(forms)):
                return found
        return None

    async def plain(self) -> Candidate | None:
        return await self._right(await self._asks.plainly())

    async def placed(self) -> Candidate | None:
        text = self._figures.placed(self._checked)
        return None if text is None else await self._right([replace(self._first, text=text)])

    async def parts(self) -> Candidate | None:
        return await self._right([await self._asks.in_parts()])

    async def pieces(self) -> Candidate | None:
        forms = self._figures.forms()
        return await self._right([await self._asks.in_pieces(forms)]) if forms else None

    async def _right(self, candidates: Iterable[Candidate | None]) -> Candidate | None:
        """The first candidate with all figures, in the target's form."""
        for each in candidates:
            if each is not None and each.whole and each.text.strip():
                found = await self._asks.checked(self._figures, each.text)
                if found.is_right:
                    return replace(each, text=found.text)
        return None
