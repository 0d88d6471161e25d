"""Candidate translations of a segment, each with its word alignment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from translator.inference.engine import Hypothesis
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
    `text`. `others` are the other hypotheses of a question that one answer was enough for.
    `produced` is how many tokens the model wrote, and `unattended` are the words of the source that
    it gave no attention. `carried` says that every figure came through under a stand-in, and that
    there is no other one.
    """

    text: str
    logprob: float
    tokens: int
    whole: bool = True
    aligned: Aligned = NOTHING
    others: tuple[Hypothesis, ...] = ()
    produced: int = 0
    unattended: tuple[str, ...] = ()
    carried: bool = False

    @property
    def score(self) -> float | None:
        """Score: e to the `logprob`, from 0 to 1; None when no token came from a model."""
        return round(math.exp(self.logprob), 4) if self.tokens else None


def together(parts: Sequence[Candidate], separators: Sequence[str]) -> Candidate:
    """Joined candidate: several pieces, with the separator after each."""
    tokens = sum(each.tokens for each in parts)
    return Candidate(
        "".join(each.text + separator for each, separator in zip(parts, separators, strict=True)),
        sum(each.logprob * each.tokens for each in parts) / max(1, tokens),
        tokens,
        whole=all(each.whole for each in parts),
        aligned=joined([each.aligned for each in parts], separators),
        produced=sum(each.produced for each in parts),
        unattended=tuple(word for each in parts for word in each.unattended),
    )


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
