"""Term matching: which terms of a glossary may occur in a text, whatever forms they have there.

The translator decides what is a match. Here no term that could be one may be missing, and few
others are there: a passage is sent with some of ten thousand terms. How long it takes does not
grow with the number of terms.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Final

from web.glossary.inflection import beginning_of, inflection_of
from web.glossary.terms import Term

# Most terms of one question to the translator.
MOST_ASKED: Final = 2_000
# Languages that are written without spaces: a term may stand anywhere.
WITHOUT_SPACES: Final = {"bo", "cmn", "ja", "km", "lo", "my", "th", "wuu", "yue", "zh"}
_WORD: Final = re.compile(r"[^\W_]+")
# What may stand inside of a word: a tag, a hyphen at a line's end, and a gender's sign.
_INSIDE: Final = re.compile(r"<[^<>]*>|-[^\S\n]*\n\s*|(?<=\w)[*:_/](?=in)")
# Words of texts that a matcher remembers: they come again in the next text.
_MOST_WORDS: Final = 5_000
# Bytes of a term with its place in the index, and of a word that is remembered, as measured.
_TERM_BYTES, _WORD_BYTES = 330, 130
_LONGEST_REMEMBERED: Final = 60
# Letters after a part of a word that are looked at; no ending has so many.
_REST: Final = 8


class TermMatcher:
    """Term matcher: finds the terms of a glossary in texts of its source language."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        """`language` is the code of the sources' language."""
        self._terms = terms
        language = re.split("[-_]", language)[0].lower()
        everywhere = language in WITHOUT_SPACES
        self._inflection = inflection_of(language)
        # Numbers of terms with their first word, by its keys; of those that may be a part of a
        # word, by their first letters; and the keys of a term's further words, by its number.
        self._by_key: dict[str, list[tuple[str, int]]] = {}
        self._parts: dict[str, list[tuple[str, int]]] = {}
        self._further: dict[int, list[frozenset[str]]] = {}
        for number, term in enumerate(terms):
            first, *others = _WORD.findall(self._inflection.folded(term.source)) or [""]
            verb = not others and term.source.islower()
            for key in self._inflection.keys_of_term(first, verb=verb):
                self._by_key.setdefault(key, []).append((first, number))
            if everywhere or term.compounds:
                self._parts.setdefault(beginning_of(first), []).append((first, number))
            elif others:
                self._further[number] = [
                    frozenset(self._inflection.keys_of_term(each)) for each in others
                ]
        self._part_lengths = sorted({len(each) for each in self._parts})
        self._remembered = OrderedDict[str, tuple[int, ...]]()

    @property
    def size(self) -> int:
        """The memory that it takes at most, in bytes, about."""
        characters = sum(len(each.source) + len(each.target) for each in self._terms)
        return 2 * characters + len(self._terms) * _TERM_BYTES + _MOST_WORDS * _WORD_BYTES

    def found_in(self, text: str) -> list[Term]:
        """The terms that may occur in a text, the longest sources first, then in their order."""
        if not self._terms:
            return []
        folded = self._inflection.folded(text)
        words = set(_WORD.findall(folded))
        whole = _INSIDE.sub("", folded)
        if whole != folded:
            words.update(_WORD.findall(whole))
        found = {number for word in words for number in self._of_word(word)}
        if not found.isdisjoint(self._further):
            keys = {key for word in words for key in self._inflection.keys_of_word(word)}
            found = {
                each
                for each in found
                if all(not further.isdisjoint(keys) for further in self._further.get(each, ()))
            }
        order = sorted(found, key=lambda each: (-len(self._terms[each].source), each))
        return [self._terms[each] for each in order[:MOST_ASKED]]

    def _of_word(self, word: str) -> tuple[int, ...]:
        """Numbers of the terms whose first word may be in a text's word."""
        found = self._remembered.get(word)
        if found is None:
            found = tuple({*self._forms(word), *self._inside(word)})
            if len(word) <= _LONGEST_REMEMBERED:
                self._remembered[word] = found
            if len(self._remembered) > _MOST_WORDS:
                self._remembered.popitem(last=False)
        return found

    def _forms(self, word: str) -> Iterator[int]:
        for key in self._inflection.keys_of_word(word):
            for first, number in self._by_key.get(key, ()):
                if word == first or (
                    self._terms[number].inflected and self._inflection.may_be(word, first)
                ):
                    yield number

    def _inside(self, word: str) -> Iterator[int]:
        """Numbers of the terms that may be a part of a word: its beginning, middle or end."""
        for start in range(len(word) if self._parts else 0):
            for length in self._part_lengths:
                for first, number in self._parts.get(word[start : start + length], ()):
                    # Of a part before others the last letter may be missing: Schule, Schulbuch.
                    if word.startswith(first[:-1], start) or (
                        self._inflection.may_be(word[start : start + len(first) + _REST], first)
                    ):
                        yield number
