"""Terms of a glossary, and where they stand in a source."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

# Number that a form of a word tells of; None where it may be either.
Number = Literal["singular", "plural"]
# Form of a verb; `past` is the participle, too, which is the same word for all regular verbs.
VerbForm = Literal["base", "third", "past", "ing"]


class Part(Enum):
    """Part of a word that a term stands for: all of it, or the head or the rest of a compound."""

    WHOLE = "whole"
    HEAD = "head"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Term:
    """Term of a glossary: the target says what the source has to become.

    With `inflected`, the source matches its other forms; with `match_case`, nothing written with
    other capitals; with `compounds`, a part of a compound, too.
    """

    source: str
    target: str
    match_case: bool = False
    inflected: bool = True
    compounds: bool = False

    @property
    def keeps(self) -> bool:
        """Whether it is not to be translated: it stays in the form that the text has."""
        return self.target == self.source


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Occurrence of a term: characters `[start, end)` of a source, and what their form tells.

    Of a compound they are the whole word; `cut` is where its parts meet.
    """

    term: Term
    start: int
    end: int
    part: Part = Part.WHOLE
    number: Number | None = None
    verb: VerbForm | None = None
    cut: int = -1
