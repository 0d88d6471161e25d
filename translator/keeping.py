"""Keeping: a translation that lost a given name or a joining sign is asked for again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from translator.inference.candidates import Candidate
from translator.text import Piece, Span, at_joints, loses_joint, lost_persons


class Offers(Protocol):
    """Further answers about a segment, got from the model only when they are needed."""

    def hypotheses(self) -> Iterable[Candidate]:
        """The other hypotheses of the first question."""

    async def with_stand_ins(self, forms: Mapping[Span, str]) -> Iterable[Candidate]:
        """The answers to the question with stand-ins, which come back in `forms`."""

    async def piece_by_piece(self, pieces: Sequence[Piece]) -> Candidate:
        """The answers to pieces of the segment, joined."""


async def kept(source: str, candidate: Candidate, offers: Offers) -> Candidate:
    """The candidate, or another one that has the names and joining signs of `source`."""
    if not lost_persons(source, candidate.text) and not loses_joint(source, candidate.text):
        return candidate
    for each in offers.hypotheses():
        if _is_kept(source, each):
            return replace(each, others=())
    if lost := lost_persons(source, candidate.text):
        for each in await offers.with_stand_ins(lost):
            if _is_kept(source, each):
                return replace(each, others=())
    if loses_joint(source, candidate.text):
        again = await offers.piece_by_piece(at_joints(source))
        if again.whole and again.text.strip():
            return again
    return candidate


def _is_kept(source: str, candidate: Candidate) -> bool:
    return not lost_persons(source, candidate.text) and not loses_joint(source, candidate.text)
