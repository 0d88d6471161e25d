"""Planning: the question that the model is asked for a segment."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import itemgetter

from translator.checking import DIGIT, FORMED, PLAIN_NUMBER, Figures
from translator.inference.engine import Engine
from translator.text import (
    Protected,
    Segment,
    Span,
    Tagged,
    is_english,
    is_language,
    is_name,
    is_shouting,
    model_text,
    protect,
    spans,
    splitting,
    take_out,
    to_lower_for_model,
)
from translator.text.figures import regrouped
from translator.text.terms import Glossary, Occurrence, Part


@dataclass(frozen=True, slots=True)
class Plan:
    """Plan for a segment: the question that the model is asked.

    `encoded` are its tokens, None when the text needs more than one question. `text` is without
    the inline tags; they are in `tagged`, where there are any. `figures` are those of `text`, None
    where it has none, and `forms` those that have stand-ins in the question. With `parted`, its
    clauses were asked alone. `terms` are the occurrences of a glossary's terms in `text`; with
    `settled` all but these stays, so that nothing is asked. A copied segment has no question; its
    `text` is its translation.
    """

    segment: Segment
    text: str = ""
    tagged: Tagged | None = None
    shouting: bool = False
    protected: Protected | None = None
    encoded: list[str] | None = None
    figures: Figures | None = None
    forms: Mapping[Span, str] = field(default_factory=dict)
    parted: bool = False
    terms: tuple[Occurrence, ...] = ()
    settled: bool = False


class Planner:
    """Planner: makes the plans for one model."""

    def __init__(self, engine: Engine, *, window: int, checks: bool, keep_figures: bool) -> None:
        """`window` is the longest question in tokens; with `checks`, plans have figures."""
        self._engine = engine
        self._window = window
        self._checks = checks
        self._keep_figures = keep_figures

    def plan(self, part: Segment, glossary: Glossary | None = None) -> Plan:
        """The plan for a segment, whose translation is to have the terms of a glossary."""
        if part.copied:
            return self._copied(part)
        card = self._engine.card
        text = model_text(part.source)
        tagged = take_out(text, card.source)
        if tagged is not None:
            text = tagged.text
        shouting = is_shouting(text)
        asked = to_lower_for_model(text) if shouting else text
        terms = self._terms(asked, glossary, any_case=shouting)
        copy = self._copy(part, text, had_tags=tagged is not None)
        if copy is not None and not (terms and is_name(text)):
            return copy
        plan = Plan(part, asked, tagged, shouting, terms=terms)
        if terms and (copy is not None or _is_all_terms(asked, terms)):
            return replace(plan, settled=True)
        return plan if splitting.has_endless_word(asked) else self._with_question(plan)

    def _terms(
        self, text: str, glossary: Glossary | None, *, any_case: bool
    ) -> tuple[Occurrence, ...]:
        """Occurrences of terms, but for those in what is copied: an address, a placeholder."""
        found = glossary.occurrences(text, any_case=any_case) if glossary else ()
        if not found:
            return ()
        copied = spans(text, self._engine.card.source)
        return tuple(
            each
            for each in found
            if all(each.start <= start and end <= each.end for start, end in _at(copied, each))
        )

    def _with_question(self, plan: Plan) -> Plan:
        if not self._checks or not DIGIT.search(plan.text):
            return self.asking(plan, {})
        figures = self.figures(plan.text)
        plan = replace(plan, figures=figures)
        if self._engine.card.stand_ins and not figures.is_easy:
            masked = self.asking(plan, _beside(figures.forms(), plan.terms))
            if masked.encoded is not None:
                return masked
        return self.asking(plan, {})

    def _copy(self, part: Segment, text: str, *, had_tags: bool) -> Plan | None:
        """The plan for a segment whose `text` without its tags is nothing to translate."""
        language = self._engine.card.source
        if had_tags and not is_language(text, language):
            return self._copied(replace(part, copied=True))
        if language == "de" and (is_english(text) or is_name(text)):
            return Plan(replace(part, copied=True, verbatim=True), part.source)
        return None

    def _copied(self, part: Segment) -> Plan:
        """The plan for a segment without language; a table's amounts get the target's form."""
        text = part.source
        if self._checks and not (part.verbatim or self._keep_figures) and FORMED.search(text):
            # A table has many plain numbers, and a thorough look at each takes long.
            plain = PLAIN_NUMBER.fullmatch(text) is not None
            pair = self._engine.card.pair
            text = regrouped(text, *pair) if plain else self.figures(text).check(text).text
        return Plan(part, text)

    def part(self, whole: Plan, text: str) -> Plan:
        """The plan for a part of a segment, which is asked as the whole was."""
        plan = Plan(whole.segment, text, whole.tagged, whole.shouting, terms=whole.terms)
        return self._with_question(plan)

    def asking(self, plan: Plan, forms: Mapping[Span, str]) -> Plan:
        """The plan with its question, in which the figures in `forms` have stand-ins."""
        card = self._engine.card
        text = plan.text
        protected = protect(text, card.source, card.target, known=self._engine.knows, figures=forms)
        question = text if protected is None else protected.text
        # A token is seldom under two characters: do not encode what is far too long.
        encoded = None
        if question is not None and len(question) <= 20 * self._window:
            encoded = self._engine.encode(question)
            if len(encoded) > self._window:
                encoded = None
        return replace(plan, protected=protected, encoded=encoded, forms=forms)

    def figures(self, text: str) -> Figures:
        """The figures of a plan's text, to check its translations."""
        return Figures(text, self._engine.card.pair, keep=self._keep_figures)


def _at(places: Sequence[Span], each: Occurrence) -> Iterator[Span]:
    """The places, which are in order and apart, that have something of an occurrence."""
    for start, end in islice(places, bisect_right(places, each.start, key=itemgetter(1)), None):
        if start >= each.end:
            break
        yield start, end


def _beside(forms: Mapping[Span, str], terms: Iterable[Occurrence]) -> Mapping[Span, str]:
    """The figures that are in no term: the model knows Windows 11 as one name."""
    places = sorted(forms)
    inside = {span for each in terms for span in _at(places, each)}
    return {span: form for span, form in forms.items() if span not in inside}


def _is_all_terms(text: str, terms: Iterable[Occurrence]) -> bool:
    """Whether a text has no word beside whole terms: a heading, a cell of a table."""
    rest = list(text)
    for each in terms:
        if each.part is Part.WHOLE:
            rest[each.start : each.end] = " " * (each.end - each.start)
    return not any(map(str.isalnum, rest))
