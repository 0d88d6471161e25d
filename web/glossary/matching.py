"""Term matching: which terms of a glossary may occur in a text, whatever forms they have there.

The translator decides what is a match. Here no term that could be one may be missing, and few
others are there: a passage is sent with some of ten thousand terms. So nothing is stemmed: an
inflected form has the same letters up to some ending, and which endings there are is a closed set.
Umlauts, which come with a plural (Vertrag, Verträge), are compared as their vowels.
"""

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from web.glossary.terms import Term

# Most terms of one question to the translator.
MOST_ASKED = 2_000
# Languages that are written without spaces: a term may stand anywhere.
_WITHOUT_SPACES: Final = {"bo", "cmn", "ja", "km", "lo", "my", "th", "wuu", "yue", "zh"}
_WORD: Final = re.compile(r"[^\W_]+")
# Accents apart from their letters, soft hyphens, and what joins or parts without being seen.
_UNSEEN: Final = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
# Letters of a word's beginning by which terms are found.
_LONGEST_KEY: Final = 5
# Letters of an ending that is not named, in languages whose endings are not listed here.
_ENDING: Final = 5
# The forms that a matcher remembers: the words of a text come again in the next one.
_MOST_WORDS: Final = 20_000


def _endings(first: Iterable[str], last: Iterable[str]) -> frozenset[str]:
    """Endings, those after others too, and what is left of each behind letters in common."""
    whole = {one + other for one in ("", *first) for other in ("", *last)}
    return frozenset(each[start:] for each in whole for start in range(len(each) + 1))


# Endings of nouns, adjectives and verbs, those that make other words of them (Rechnung, rechnen),
# and those of Latin and Greek words (Museum, Museen; Praxis, Praxen; Lexikon, Lexika).
_GERMAN: Final = _endings(
    ["end", "ung", "ig", "ik", "isch", "lich", "heit", "keit", "igkeit", "er", "st", "t", "in"],
    [
        *("e", "en", "em", "er", "ern", "es", "s", "n", "ens", "ns", "st", "est", "ste", "sten"),
        *("ster", "stes", "stem", "ere", "eren", "erer", "eres", "erem", "se", "sen", "ses"),
        *("nen", "ien", "ier", "te", "ten", "tet", "ete", "eten", "et", "t", "nd", "ende", "enden"),
        *("a", "ae", "as", "i", "is", "ium", "o", "on", "os", "um", "ums", "us", "en"),
    ],
)
_BY_LANGUAGE: Final = {"de": _GERMAN}


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    return _UNSEEN.sub("", text)


class TermMatcher:
    """Term matcher: finds the terms of a glossary in texts of its source language.

    How long it takes grows with the text, and not with the number of terms.
    """

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        """`language` is the code of the sources' language."""
        self._terms = terms
        language = re.split("[-_]", language)[0].lower()
        self._endings = _BY_LANGUAGE.get(language)
        # Numbers of terms by the beginning of their first word, each with that word; likewise of
        # those that may be a part of a word.
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        self._parts: dict[str, list[tuple[str, int]]] = {}
        everywhere = language in _WITHOUT_SPACES
        # The beginnings of a term's further words, of which a text must have one each.
        self._further: list[tuple[str, ...]] = []
        for number, term in enumerate(terms):
            first, *others = _WORD.findall(_folded(term.source)) or [""]
            anywhere = everywhere or term.compounds
            held = self._parts if anywhere else self._by_start
            held.setdefault(_key(first), []).append((first, number))
            self._further.append(() if anywhere else tuple(map(_key, others)))
        self._lengths = sorted({len(each) for each in self._by_start})
        self._part_lengths = sorted({len(each) for each in self._parts})
        self._remembered = OrderedDict[str, tuple[int, ...]]()

    def __len__(self) -> int:
        """How many terms it has."""
        return len(self._terms)

    def found_in(self, text: str) -> list[Term]:
        """The terms that may occur in a text, the longest sources first, then in their order."""
        if not self._terms:
            return []
        words = set(_WORD.findall(_folded(text)))
        found = {number for word in words for number in self._of_word(word)}
        found = {each for each in found if self._has_further(each, words)}
        order = sorted(found, key=lambda each: (-len(self._terms[each].source), each))
        return [self._terms[each] for each in order[:MOST_ASKED]]

    def _has_further(self, number: int, words: set[str]) -> bool:
        return all(any(word.startswith(key) for word in words) for key in self._further[number])

    def _of_word(self, word: str) -> tuple[int, ...]:
        found = self._remembered.get(word)
        if found is None:
            found = self._remembered[word] = tuple({*self._begun(word), *self._inside(word)})
            if len(self._remembered) > _MOST_WORDS:
                self._remembered.popitem(last=False)
        return found

    def _begun(self, word: str) -> Iterator[int]:
        """Numbers of the terms of which a word may be a form."""
        for length in self._lengths:
            for first, number in (
                self._by_start.get(word[:length], ()) if length <= len(word) else ()
            ):
                if word == first or (self._terms[number].inflected and self._is_form(word, first)):
                    yield number

    def _is_form(self, word: str, first: str) -> bool:
        common = 0
        for one, other in zip(word, first, strict=False):
            if one != other:
                break
            common += 1
        rests = word[common:], first[common:]
        if self._endings is not None:
            return all(each in self._endings for each in rests)
        return all(len(each) <= _ENDING for each in rests)

    def _inside(self, word: str) -> Iterator[int]:
        """Numbers of the terms of which a part of a word may be a form."""
        for start in range(len(word) if self._parts else 0):
            for length in self._part_lengths:
                for first, number in self._parts.get(word[start : start + length], ()):
                    rest = word[start : start + len(first)]
                    if rest == first or self._terms[number].inflected:
                        yield number


def _key(word: str) -> str:
    """The beginning that all forms of a word have in common."""
    return word[: max(3, min(_LONGEST_KEY, len(word) - 3))]
