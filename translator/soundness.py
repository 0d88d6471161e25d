"""Soundness: whether a translation leaves something out, or says it again and again."""

from translator.inference.candidates import Candidate
from translator.inference.engine import Card
from translator.planning import Plan
from translator.results import Code
from translator.text import lacks_members, omitted, repetition

# Tokens: how long the translation of a shorter segment may be, its length does not tell.
FEWEST_TOKENS = 8


def doubts(plan: Plan, candidate: Candidate, card: Card) -> tuple[Code, ...]:
    """Codes of what is wrong with a translation as a whole, figures aside.

    `incomplete`: a noun or a long word got no attention, a list lacks members, nothing but
    stand-ins came out, or far less than this model's translations have. `repeated`: it repeats
    itself where its source does not, or far more came out.
    """
    found: list[Code] = []
    shortest, longest = card.lengths
    length = candidate.produced / max(1, candidate.tokens)
    told = candidate.tokens >= FEWEST_TOKENS and candidate.produced > 0
    if (
        (told and length < shortest)
        or lacks_members(plan.text, candidate.text)
        or omitted(candidate.unattended, card.source, capitals=not plan.shouting)
        or _has_stand_ins_alone(plan, candidate, card)
    ):
        found.append("incomplete")
    if (told and length > longest) or repetition.loops(candidate.text, plan.text):
        found.append("repeated")
    return tuple(found)


def _has_stand_ins_alone(plan: Plan, candidate: Candidate, card: Card) -> bool:
    """Whether all words beside the stand-ins are gone: `Drücke X1+X2.` has become `X1+X2.`."""
    masked = plan.protected
    if masked is None or masked.text is None or any(map(str.isalpha, masked.own(candidate.text))):
        return False
    return bool(omitted(masked.rest(masked.text).split(), card.source))
