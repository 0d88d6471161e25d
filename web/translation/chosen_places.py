"""Places of chosen sentences: which of several equal ones in a newer text are those of a person.

Equal sentences are told from each other by the ones before and after them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from web.text.sentences import Sentence, as_chosen


@dataclass(frozen=True, slots=True)
class _Place:
    """Place of a sentence: the sources before and after it, and what a person chose there."""

    before: str
    after: str
    chosen: str | None

    def fitting(self, before: str | None, after: str | None) -> int:
        """How many of its neighbours are these; None is one that is not known."""
        return (self.before == before) + (self.after == after)


class ChosenPlaces:
    """Places of the sentences of a text that a person has chosen in some places, and not in all.

    Or not alike in all: so that each place keeps its own, and the others are left to the model.
    """

    def __init__(self, sources: Collection[str]) -> None:
        """`sources` are those that a person has chosen a target for somewhere."""
        self._sources = sources
        self._places: dict[str, list[_Place]] = {}
        self._before = ""
        self._last: Sentence | None = None

    def add(self, sentence: Sentence | None) -> None:
        """Add the next sentence of the text; None ends it."""
        if self._last is not None:
            if self._last.source in self._sources:
                chosen = self._last.target if self._last.chosen else None
                place = _Place(self._before, sentence.source if sentence else "", chosen)
                self._places.setdefault(self._last.source, []).append(place)
            self._before = self._last.source
        self._last = sentence

    def is_mixed(self, source: str) -> bool:
        """Whether its places do not all have the same choice."""
        return len({each.chosen for each in self._places.get(source, ())}) > 1

    def settled(self, now: Sequence[Sentence]) -> list[Sentence]:
        """The sentences of a part of the newer text, each with the choice of its place.

        A place is found again by a neighbour at least; of two that fit as well the first counts.
        """
        sources = [None, *(each.source for each in now), None]
        settled = []
        for number, each in enumerate(now):
            found = each
            if self.is_mixed(each.source):
                around = sources[number], sources[number + 2]
                best = max(self._places[each.source], key=lambda place: place.fitting(*around))
                if best.chosen is not None and best.fitting(*around):
                    found = as_chosen(each, best.chosen)
            settled.append(found)
        return settled
