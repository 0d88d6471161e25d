"""Finishing: the final text of a segment, with what its source has beside words."""

from dataclasses import replace

from translator.inference.candidates import Candidate
from translator.planning import Plan
from translator.results import Result
from translator.text import (
    Segment,
    column_after,
    formed,
    projected,
    shares,
    to_capitals,
    wrap,
)


class Wrapping:
    """Lines of texts whose results are given in order: paragraphs are wrapped as in the source."""

    def __init__(self) -> None:
        self._number = 0
        self._column = 0

    def placed(self, number: int, part: Segment, result: Result) -> Result:
        """The result of the next segment, which is of the text with a number."""
        if number != self._number:
            self._number, self._column = number, 0
        if part.layout is not None and result.status == "translated":
            result = replace(result, target=wrap(result.target, part, self._column))
        self._column = column_after(result.target + result.separator, self._column)
        return result


def finished(plan: Plan, candidate: Candidate, pair: tuple[str, str]) -> str:
    """Final text of a candidate: with the capitals, marks and tags of the source.

    `pair` has the codes of the source's and the target's language.
    """
    target = formed(plan.text, candidate.text, pair[0], emphatic=plan.shouting)
    if plan.shouting:
        target = to_capitals(target)
    if plan.tagged is None:
        return target
    found = shares(
        plan.tagged.text,
        candidate.aligned.asked,
        candidate.aligned.answer,
        target,
        candidate.aligned.links,
    )
    return projected(plan.tagged, target, found, pair)
