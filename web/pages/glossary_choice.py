"""Glossaries on the main page: those to choose from, and the one of a translation."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.glossary.terms import Glossary, GlossaryVersion

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GlossaryUsed:
    """Glossary that a translation was made with; without a name where it is not there any more."""

    id: int
    version: int
    name: str = ""
    is_newest: bool = True


@dataclass(frozen=True, slots=True)
class GlossaryChoice:
    """Choice of a glossary: those that the caller may use, and the value that is chosen.

    A value is an id, "none", or empty for the default one of the pair.
    """

    known: Sequence[Glossary] = ()
    chosen: str = ""

    def of_pair(self, pair: Pair) -> list[Glossary]:
        """The glossaries for a pair, its default first."""
        found = [each for each in self.known if (each.source, each.target) == pair]
        return sorted(found, key=lambda each: not each.is_default)

    @property
    def pairs(self) -> list[Pair]:
        """The pairs that there is a glossary for."""
        return list(dict.fromkeys((each.source, each.target) for each in self.known))

    def used(self, at: GlossaryVersion | None) -> GlossaryUsed | None:
        """The glossary of a translation, by its name if the caller may see it."""
        if at is None:
            return None
        for each in self.known:
            if each.id == at.id:
                return GlossaryUsed(at.id, at.version, each.name, each.version == at.version)
        return GlossaryUsed(at.id, at.version)


def chosen_for(at: GlossaryVersion | None, known: Sequence[Glossary]) -> str:
    """The value that means the glossary of a translation, if that is still there."""
    return str(at.id) if at and any(each.id == at.id for each in known) else ""
