"""Renderings of a term: how a text has it in translation, its forms together, and how often."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from web.glossary.frequent_terms import TermOccurrence, usual_form
from web.glossary.inflection import stem_of

# Examples of a rendering.
MOST_EXAMPLES = 3
# A rendering gives way to one that is so many times as frequent and stands in the sentence, too:
# the alignment has taken a word beside it.
_TIMES: Final = 5
_WORD: Final = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
# Endings of English plurals, each with the letters before it and that of the singular.
_PLURALS: Final = (
    (re.compile(r"(?<=[a-z]{2}[^aeiou])ies\Z"), "y"),
    (re.compile(r"(?<=ss|sh|ch)es\Z|(?<=[a-z]{2}x)es\Z"), ""),
    (re.compile(r"(?<=[a-z]{2}[^suiy])s\Z|(?<=[aeo]y)s\Z"), ""),
)

# The stems of a rendering's words.
Stems = tuple[str, ...]


class AlignedSentence:
    """Sentence with its translation, whose words are looked at by their stems."""

    def __init__(self, source: str, target: str, language: str, place: tuple[int, int]) -> None:
        """`language` is the target's code; `place` are its passage and its number in that."""
        self.source = source
        self.target = target
        self.place = place
        self.language = language

    @cached_property
    def _stems(self) -> list[str]:
        return list(_stems_of(self.target, self.language))

    def stems_at(self, start: int, end: int) -> Stems:
        """Stems of the words in a part of the target."""
        return tuple(_stems_of(self.target[start:end], self.language))

    def says(self, rendering: Stems) -> bool:
        """Whether the target has these words one after the other, in any form."""
        size = len(rendering)
        return any(
            tuple(self._stems[at : at + size]) == rendering
            for at in range(len(self._stems) - size + 1)
        )


def _stems_of(text: str, language: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        yield stem_of(match[0].casefold().replace("’", "'").removesuffix("'s"), language)


@dataclass(frozen=True, slots=True)
class RenderingExample:
    """Example of a rendering: a sentence, and the term's word in it."""

    sentence: AlignedSentence
    occurrence: TermOccurrence


@dataclass(frozen=True, slots=True)
class TermRendering:
    """Rendering of a term: the form that stands for all, how often it comes, and examples."""

    target: str
    count: int
    examples: tuple[RenderingExample, ...]


@dataclass(frozen=True, slots=True)
class TermRenderings:
    """Renderings of a term, the most frequent first; `unknown` is how often none was found."""

    source: str
    count: int
    renderings: tuple[TermRendering, ...]
    unknown: int

    @property
    def is_mixed(self) -> bool:
        """Whether it has several."""
        return len(self.renderings) > 1

    @property
    def deviating(self) -> int:
        """How often another rendering comes than the most frequent one."""
        return sum(each.count for each in self.renderings[1:])


@dataclass(slots=True)
class _Group:
    forms: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)  # those of them that are not first
    found: list[TermOccurrence] = field(default_factory=list)

    def add_form(self, target: str, start: int, end: int) -> None:
        """Count the form at a place; at a sentence's beginning it is as it would be inside."""
        form = " ".join(target[start:end].split())
        if target[:start].strip(" „“\"'‘("):
            self.inside[form] += 1
        elif form[1:2].islower():
            form = form[:1].lower() + form[1:]
        self.forms[form] += 1

    @property
    def usual_form(self) -> str:
        """The form that stands for all; with a capital where most have one that are not first."""
        small: Counter[str] = Counter()
        for form, count in self.forms.items():
            small[form.casefold()] += count
        wanted = usual_form(small)
        return max(
            (form for form in self.forms if form.casefold() == wanted),
            key=lambda form: (self.inside[form], self.forms[form], form),
        )


def renderings_of(
    source: str,
    occurrences: Sequence[TermOccurrence],
    places: dict[TermOccurrence, tuple[int, int]],
    sentences: Sequence[AlignedSentence],
) -> TermRenderings:
    """Group what a term became.

    `places` are those of its translation by the alignment, where it is known. An occurrence without
    one has the most frequent rendering that its sentence has.
    """
    groups: dict[Stems, _Group] = {}
    for each, (start, end) in places.items():
        sentence = sentences[each.sentence]
        if stems := sentence.stems_at(start, end):
            group = groups.setdefault(stems, _Group())
            group.add_form(sentence.target, start, end)
            group.found.append(each)
    _correct(groups, sentences)
    by_count = sorted(groups, key=lambda stems: (-len(groups[stems].found), stems))
    unknown = 0
    for each in occurrences:
        if each in places:
            continue
        said = next((one for one in by_count if sentences[each.sentence].says(one)), None)
        if said is None:
            unknown += 1
        else:
            groups[said].found.append(each)
    found = sorted(
        (_rendering(source, group, sentences) for group in groups.values()),
        key=lambda each: (-each.count, each.target),
    )
    return TermRenderings(source, len(occurrences), tuple(found), unknown)


def _correct(groups: dict[Stems, _Group], sentences: Sequence[AlignedSentence]) -> None:
    """Give to a much more frequent rendering what stands in a sentence beside it."""
    for stems in sorted(groups, key=lambda each: len(groups[each].found)):
        group = groups[stems]
        others = [
            (len(other.found), each)
            for each, other in groups.items()
            if each != stems and len(other.found) >= _TIMES * len(group.found)
        ]
        left = []
        for each in group.found:
            sentence = sentences[each.sentence]
            better = max((one for one in others if sentence.says(one[1])), default=None)
            if better is None:
                left.append(each)
            else:
                groups[better[1]].found.append(each)
        group.found = left
        if not left:
            del groups[stems]


def _rendering(source: str, group: _Group, sentences: Sequence[AlignedSentence]) -> TermRendering:
    form = group.usual_form
    if sentences[group.found[0].sentence].language == "en":
        form = _as_the_source(source, form, group, sentences)
    return TermRendering(form, len(group.found), tuple(_examples(group.found, sentences)))


def _as_the_source(
    source: str, form: str, group: _Group, sentences: Sequence[AlignedSentence]
) -> str:
    """The singular of an English plural: a glossary's term is as its source, and that is one.

    It stays where the source stands in these sentences as it is, and no singular was said.
    """
    ending, singular = next(
        ((each, put) for each, put in _PLURALS if each.search(form)), (None, "")
    )
    if ending is None:
        return form
    one = ending.sub(singular, form)
    words = (sentences[each.sentence].source[each.start : each.end] for each in group.found)
    return one if one in group.forms or source not in words else form


def _examples(
    found: Iterable[TermOccurrence], sentences: Sequence[AlignedSentence]
) -> Iterator[RenderingExample]:
    """The first sentences, each text once."""
    seen = set[str]()
    for each in sorted(found):
        sentence = sentences[each.sentence]
        if sentence.source not in seen:
            seen.add(sentence.source)
            yield RenderingExample(sentence, each)
        if len(seen) == MOST_EXAMPLES:
            return
