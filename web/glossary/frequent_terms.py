"""Frequent terms: the nouns and names of a text that come again and again, by their stems.

German writes nouns and names with a capital, at a sentence's beginning any word: one counts there
only if it is seen with one elsewhere. Of other languages every word counts that says something,
small words aside: by a list in English, in others by their length and how many sentences have them.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from web.glossary.inflection import stem_of
from web.glossary.matching import WITHOUT_SPACES

# Times that a term comes at least, and terms that are given at most.
LEAST = 3
MOST_TERMS = 100
# Letters of a word: fewer or more are none.
_SHORTEST, _LONGEST = 3, 60
# Of languages without a list of small words: letters of a word that is none, and the greatest part
# of a text's sentences that can have it; in a text of few sentences that tells nothing.
_SAYING: Final = 5
_EVERYWHERE: Final = 0.05
_FEW_SENTENCES: Final = 40
# Part of a term's occurrences in one form, from which on that form may stand for it: a glossary has
# the singular, which is shorter.
_USUAL: Final = 0.1
# Endings of nouns like Mieter, and a vowel that plurals have.
_AGENT: Final = re.compile("er[ns]?$", re.IGNORECASE)
_UMLAUT: Final = re.compile("[äöü]", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Where a sentence begins again within a segment: after a colon, a bullet or a quotation mark.
_BEGINS: Final = re.compile(r"(?:^|[.!?:…–—•*/|(\[„“”\"»«‚‘])\s*$")
# Characters before a word that are looked at for that.
_BEFORE: Final = 4


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL: Final = {
    "de": _words(
        """
        sie ihnen ihr ihre ihrem ihren ihrer ihres du dich dir dein deine deinem deinen deiner
        deines euch euer eure herr herrn frau ich es er wir der die das ein eine und aber nein ja
        """
    ),
    "en": _words(
        """
        the and for are was were been being have has had having does did doing will would shall
        should can could may might must not but nor yet this that these those there their theirs
        them they then than him his her hers she its our ours you your yours who whom whose which
        what when where why how with without within from into onto upon about above below under
        over between among through during before after since until against because although though
        while also just only even still very too such same other others another each every both
        either neither some any all many much more most few fewer less least none own one two three
        first second last next again once here now ever never always often sometimes soon already
        almost rather quite perhaps however therefore thus hence out off down around back away per
        via said say says get gets got make makes made take takes took taken give given gives come
        comes came gone went going like well don isn aren wasn doesn didn won can't cannot it's i'm
        don't doesn't didn't isn't wasn't won't that's there's they're we're you're i've
        """
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class TermOccurrence:
    """Occurrence of a term: the number of its sentence, and the word's characters in that."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrequentTerm:
    """Frequent term: its stem, its forms as they are written, and where they are, in order."""

    stem: str
    forms: Counter[str]
    occurrences: list[TermOccurrence]

    @property
    def source(self) -> str:
        """The form that stands for all: the shortest of those that are usual."""
        return usual_form(self.forms)


def usual_form(forms: Counter[str]) -> str:
    """The shortest of the forms that are usual; of several the most frequent one."""
    least = _USUAL * forms.total()
    usual = [each for each, count in forms.items() if count >= least] or list(forms)
    return min(usual, key=lambda each: (len(each), -forms[each], each))


def frequent_terms(sentences: Sequence[str], language: str) -> list[FrequentTerm]:
    """The most frequent terms of sentences in a language, the most frequent first.

    A language that is written without spaces has none: its words are not known.
    """
    language = re.split("[-_]", language)[0].lower()
    if language in WITHOUT_SPACES:
        return []
    found = _capitalised(sentences) if language == "de" else _saying(sentences, language)
    often = [each for each in found.values() if len(each.occurrences) >= LEAST]
    return sorted(often, key=lambda each: (-len(each.occurrences), each.stem))[:MOST_TERMS]


@dataclass(slots=True)
class _Counted:
    """Words with one stem: where each form of them is."""

    stem: str
    forms: dict[str, list[TermOccurrence]] = field(default_factory=dict)

    def term(self, stem: str, forms: Collection[str]) -> FrequentTerm:
        """The term that some of the forms make."""
        return FrequentTerm(
            stem,
            Counter({each: len(self.forms[each]) for each in forms}),
            sorted(place for each in forms for place in self.forms[each]),
        )


def _capitalised(sentences: Sequence[str]) -> dict[str, FrequentTerm]:
    """The words with a capital, by their stems."""
    inside: dict[str, _Counted] = {}
    at_beginnings: list[tuple[str, str, TermOccurrence]] = []
    small = _SMALL["de"]
    for number, text in enumerate(sentences):
        if text.isupper():
            continue  # in capitals nothing is told apart
        for match in _WORD.finditer(text):
            word = match[0]
            if not word[0].isupper() or not _is_word(word) or word.lower() in small:
                continue
            stem = word if word.isupper() else stem_of(word.casefold(), "de")
            place = TermOccurrence(number, *match.span())
            if _is_beginning(text, match.start()):
                at_beginnings.append((stem, word, place))
            else:
                _count(inside, stem, word, place)
    for stem, word, place in at_beginnings:
        if stem in inside:
            _count(inside, stem, word, place)
    return {each.stem: each for group in inside.values() for each in _parted(group)}


def _parted(group: _Counted) -> list[FrequentTerm]:
    """The terms of words with one stem: Miete, Mieten and Mieter, Mieters; but Kind, Kinder.

    An ending -er is a plural's, or makes another noun. That one has a genitive, -ers, or stands
    beside a word that ends in -e itself. Where the vowel changes, it is a plural: Buch, Bücher.
    """
    agents = {each for each in group.forms if _AGENT.search(each)}
    others = group.forms.keys() - agents
    base = {each.casefold() for each in others}
    agents = {each for each in agents if not _UMLAUT.search(each) or any(map(_UMLAUT.search, base))}
    is_apart = any(each.endswith("ers") for each in agents) or any(
        each.endswith(("e", "en")) for each in base
    )
    if not agents or not others or not is_apart:
        return [group.term(group.stem, group.forms.keys())]
    return [
        group.term(group.stem, group.forms.keys() - agents),
        group.term(f"{group.stem}er", agents),
    ]


def _saying(sentences: Sequence[str], language: str) -> dict[str, FrequentTerm]:
    """The words that are no small ones, by their stems."""
    found: dict[str, _Counted] = {}
    small = _SMALL.get(language)
    for number, text in enumerate(sentences):
        for match in _WORD.finditer(text):
            word = match[0]
            lower = word.casefold().replace("’", "'")
            if not _is_word(word) or (small and lower in small):
                continue
            is_name = word[0].isupper() and not _is_beginning(text, match.start())
            if small is None and not is_name and len(word) < _SAYING:
                continue
            shown = word if is_name else lower
            _count(found, stem_of(lower, language), shown, TermOccurrence(number, *match.span()))
    terms = {stem: each.term(stem, each.forms.keys()) for stem, each in found.items()}
    if small is None and len(sentences) >= _FEW_SENTENCES:
        most = _EVERYWHERE * len(sentences)
        terms = {
            stem: each
            for stem, each in terms.items()
            if each.source[0].isupper()
            or len({place.sentence for place in each.occurrences}) <= most
        }
    return terms


def _count(found: dict[str, _Counted], stem: str, word: str, place: TermOccurrence) -> None:
    found.setdefault(stem, _Counted(stem)).forms.setdefault(word, []).append(place)


def _is_word(word: str) -> bool:
    """Whether it has as many letters as words have; an abbreviation in capitals has two."""
    return (_SHORTEST <= len(word) <= _LONGEST) or (len(word) == 2 and word.isupper())  # noqa: PLR2004


def _is_beginning(text: str, at: int) -> bool:
    return at == 0 or _BEGINS.search(text[max(0, at - _BEFORE) : at]) is not None
