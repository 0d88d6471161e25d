"""Candidate translations of a segment, each with its word alignment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from translator.text import Link, word_places


class Aligned(NamedTuple):
    """Alignment of an answer: which of its characters come from which of `asked`."""

    asked: str
    answer: str
    links: tuple[Link, ...]


NOTHING: Final = Aligned("", "", ())


@dataclass(frozen=True, slots=True)
class Candidate:
    """Candidate translation of a whole segment.

    `logprob` is its mean log-probability (natural logarithm), and `tokens` how many source tokens
    it is the mean of: 0 when no model was asked. `whole` is false when a part of the segment could
    not be translated. `aligned` is of the model's own answer, before anything was put back into
    `text`.
    """

    text: str
    logprob: float
    tokens: int
    whole: bool = True
    aligned: Aligned = NOTHING

    @property
    def score(self) -> float | None:
        """Score: e to the `logprob`, from 0 to 1; None when no token came from a model."""
        return round(math.exp(self.logprob), 4) if self.tokens else None


def joined(parts: Sequence[Aligned], separators: Sequence[str]) -> Aligned:
    """Joined alignment: of the answers to several pieces, with the separator after each."""
    asked, answer, links = "", "", list[Link]()
    for part, separator in zip(parts, separators, strict=True):
        links += [
            Link(
                each.start + len(answer),
                each.end + len(answer),
                each.first + len(asked),
                each.last + len(asked),
                each.share,
            )
            for each in part.links
        ]
        # White space at a piece's edges is no part of what was asked.
        asked += part.asked + (separator or " ")
        answer += part.answer + (separator or " ")
    return Aligned(asked, answer, tuple(links))


def copy_of(text: str) -> Candidate:
    """Copied piece: its translation is its source."""
    places = word_places(text)
    links = tuple(Link(start, end, start, end, 1.0) for start, end in places)
    return Candidate(text, 0.0, 0, aligned=Aligned(text, text, links))
