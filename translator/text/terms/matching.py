"""Matching of a glossary's terms in a source: word by word, by stem and ending.

German is matched by Snowball's stemmer, which finds the words that may be forms of one, and by
rules for endings, which decide. A term in capitals matches nothing in small letters, so nouns and
verbs stay apart; one in small letters matches a capital at the start of a sentence. In the other
languages that Snowball knows, words with one stem are forms of one; in the rest only equal ones.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Final, NamedTuple

from translator.text.function_words import kind_of
from translator.text.terms.german import (
    forms_of_verb,
    is_adjective_form,
    is_noun_form,
    learned_plurals,
    number_of,
)
from translator.text.terms.stems import has_stems, stem
from translator.text.terms.term import Number, Occurrence, Part, Term, VerbForm
from translator.text.wrapping import model_text

# A word, or a sign that is none: what a term and a text are compared by.
_TOKEN: Final = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
# A tag, which may stand inside of a word.
_TAG: Final = re.compile("<[^<>]*>")
_SENTENCE_START: Final = frozenset(".!?:„“»«\"'(…–—-*•>")
# Letters that join the parts of a German compound, and the least length of a part.
_JOINTS: Final = ("ens", "es", "en", "er", "ns", "s", "n", "e", "-", "")
_SHORTEST_PART: Final = 3
# Characters before a word that may show that a sentence starts with it.
_NEAR: Final = 20
# Words before a noun that may tell its number.
_BEFORE: Final = 4
# Characters: no compound is longer.
_LONGEST_WORD: Final = 60


class _Token(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term with its tokens, and its rank: of two at one place the longer, then the earlier."""

    term: Term
    tokens: tuple[str, ...]
    rank: int


class Glossary:
    """Glossary: terms of one source language, found in a text in linear time."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        """Of two terms with one source the first counts."""
        self._language = language
        self._by_first: dict[str, list[_Entry]] = {}
        self._heads: dict[str, list[_Entry]] = {}
        self._firsts: dict[str, list[_Entry]] = {}
        for number, term in enumerate(terms):
            tokens = tuple(_TOKEN.findall(term.source))
            if tokens:
                self._add(_Entry(term, tokens, number))

    def __bool__(self) -> bool:
        """Whether it has any term."""
        return bool(self._by_first)

    def _add(self, entry: _Entry) -> None:
        for key in self._keys_of(entry):
            self._by_first.setdefault(key, []).append(entry)
        if entry.term.compounds and len(entry.tokens) == 1 and self._language == "de":
            small = entry.tokens[0].casefold()
            for form in {stem(small, "de"), *(stem(each, "de") for each in learned_plurals(small))}:
                self._heads.setdefault(form, []).append(entry)
            self._firsts.setdefault(small, []).append(entry)
            if small.endswith("e"):  # Schule, Schulbuch
                self._firsts.setdefault(small[:-1], []).append(entry)

    def _keys_of(self, entry: _Entry) -> set[str]:
        """Under what an entry's first token is found."""
        first, term = entry.tokens[0], entry.term
        if not term.inflected:
            return {first.casefold()}
        keys = {stem(first, self._language), first.casefold()}
        if self._language == "de":
            keys |= {stem(each, "de") for each in learned_plurals(first)}
            if first.endswith(("er", "el", "en")):  # teuer, teure
                keys.add(stem(f"{first[:-2]}{first[-1:]}e", "de"))
            if _is_verb(entry):
                keys |= forms_of_verb(first).keys()
        return keys

    def may_occur(self, text: str) -> tuple[Term, ...]:
        """Terms that may occur in a segment's source: those whose first token does, or a part.

        The same for every text that has the same terms; more than occur, never fewer.
        """
        found: dict[int, Term] = {}
        text = model_text(text)
        if "<" in text:
            text = f"{text} {_TAG.sub('', text)}"
        for token in _TOKEN.finditer(text):
            for entry in self._starting(token.group()):
                found[entry.rank] = entry.term
            for entry, *_ in self._inside(token.group()):
                found[entry.rank] = entry.term
        return tuple(found[rank] for rank in sorted(found))

    def occurrences(self, text: str, *, any_case: bool = False) -> tuple[Occurrence, ...]:
        """Occurrences of the terms in a text without tags, in order, none over another.

        Of several at one place the longest wins, then the one that came first. With `any_case`, the
        text's capitals say nothing.
        """
        tokens = [_Token(each.group(), *each.span()) for each in _TOKEN.finditer(text)]
        found: list[tuple[int, int, Occurrence]] = []
        for place, token in enumerate(tokens):
            found += [
                (entry.rank, place, occurrence)
                for entry in self._starting(token.text)
                if (occurrence := self._at(entry, tokens, place, text, any_case=any_case))
            ]
            for entry, part, cut in self._inside(token.text):
                if any_case or _fits_part(entry.term, token.text):
                    number = self._number(entry, tokens, place) if part is Part.HEAD else None
                    occurrence = Occurrence(
                        entry.term, token.start, token.end, part, number, cut=token.start + cut
                    )
                    found.append((entry.rank, place, occurrence))
        found.sort(
            key=lambda each: (
                each[2].part is not Part.WHOLE,
                each[2].part is Part.FIRST,
                -len(each[2].term.source),
                each[0],
                each[1],
            )
        )
        taken: set[int] = set()
        kept: list[Occurrence] = []
        for _, _, each in found:
            room = range(each.start, each.end)
            if taken.isdisjoint(room):
                taken.update(room)
                kept.append(each)
        return tuple(sorted(kept, key=lambda each: each.start))

    def _starting(self, word: str) -> Iterator[_Entry]:
        """Entries whose first token may be this word."""
        small = word.casefold()
        first = self._by_first.get(small, ())
        yield from first
        seen = [first]
        for each in self._stems(word) if len(word) > 1 else ():
            entries = self._by_first.get(each, ())
            if entries not in seen:
                yield from (entry for entry in entries if not any(entry in one for one in seen))
                seen.append(entries)

    def _stems(self, word: str) -> Iterator[str]:
        yield stem(word, self._language)
        if self._language == "de" and word.endswith("s"):  # Autos: its stem is itself
            yield stem(word[:-1], self._language)

    def _inside(self, word: str) -> Iterator[tuple[_Entry, Part, int]]:
        """Entries that are a part of this word, if it is a compound."""
        if not self._heads or not _SHORTEST_PART * 2 <= len(word) <= _LONGEST_WORD:
            return
        small = word.casefold()
        stemmed = stem(word, "de")
        for at in range(_SHORTEST_PART, len(stemmed) - _SHORTEST_PART + 1):
            for entry in self._heads.get(stemmed[at:], ()):
                if is_noun_form(entry.tokens[0], small[at:]):
                    yield entry, Part.HEAD, at
        for at in range(_SHORTEST_PART, len(small) - _SHORTEST_PART + 1):
            for entry in self._firsts.get(small[:at], ()):
                joint = next(
                    (
                        each
                        for each in _JOINTS
                        if small.startswith(each, at)
                        and len(small) - at - len(each) >= _SHORTEST_PART
                    ),
                    None,
                )
                if joint is not None and not is_noun_form(entry.tokens[0], small):
                    yield entry, Part.FIRST, at + len(joint)

    def _at(
        self, entry: _Entry, tokens: Sequence[_Token], place: int, text: str, *, any_case: bool
    ) -> Occurrence | None:
        """The occurrence of an entry that starts at a token."""
        last = place + len(entry.tokens) - 1
        if last >= len(tokens):
            return None
        verb: VerbForm | None = None
        for at, wanted in zip(count(place), entry.tokens, strict=False):
            token = tokens[at]
            starts = at == place and _starts_sentence(text, token.start)
            any_here = any_case and not entry.term.match_case
            if not any_here and not _fits(entry.term, wanted, token.text, starts=starts):
                return None
            if at > place and _gap(text, tokens[at - 1], token) != _is_apart(entry, at - place):
                return None
            if _is_verb(entry):
                verb = forms_of_verb(wanted).get(token.text.casefold())
            same = token.text.casefold() == wanted.casefold()
            if not same and not (
                entry.term.inflected
                and (
                    verb or self._is_form(wanted, token.text, any_case=any_case, is_last=at == last)
                )
            ):
                return None
        number = self._number(entry, tokens, last, place)
        start, end = tokens[place].start, tokens[last].end
        return Occurrence(entry.term, start, end, Part.WHOLE, number, verb)

    def _is_form(self, wanted: str, word: str, *, any_case: bool, is_last: bool) -> bool:
        if self._language != "de":
            return has_stems(self._language) and stem(wanted, self._language) == stem(
                word, self._language
            )
        if kind_of(word, "de") is not None:  # man, ihre: forms of no other word
            return False
        if wanted[:1].isupper():
            return (word[:1].isupper() or any_case) and (
                is_noun_form(wanted, word) or (not is_last and is_adjective_form(wanted, word))
            )
        return is_adjective_form(wanted, word)

    def _number(
        self, entry: _Entry, tokens: Sequence[_Token], last: int, place: int | None = None
    ) -> Number | None:
        noun = entry.tokens[-1]
        if self._language != "de" or not noun[:1].isupper():
            return None
        place = last if place is None else place
        word = tokens[last].text
        if len(word) > len(noun) and not is_noun_form(noun, word):  # a compound's head
            word = word[_head_start(noun, word) :]
        before = [each.text for each in reversed(tokens[max(0, place - _BEFORE) : place])]
        return number_of(noun, word, before)


@lru_cache(maxsize=256)
def glossary_of(terms: tuple[Term, ...], language: str) -> Glossary:
    """The glossary of some terms, made once: a text's segments have few sets of them."""
    return Glossary(terms, language)


def _head_start(noun: str, word: str) -> int:
    """Where a compound's head starts: the last place from which on it is a form of the noun."""
    small = word.casefold()
    return next(
        (at for at in range(len(word) - _SHORTEST_PART, 0, -1) if is_noun_form(noun, small[at:])),
        0,
    )


def _is_verb(entry: _Entry) -> bool:
    return (
        len(entry.tokens) == 1
        and entry.tokens[0].islower()
        and bool(forms_of_verb(entry.tokens[0]))
    )


def _fits(term: Term, wanted: str, word: str, *, starts: bool) -> bool:
    """Whether a word's capitals are those that a term's word may have."""
    if term.match_case:
        if term.inflected and wanted[:1] == word[:1]:
            return wanted[1:].islower() or word.startswith(wanted)
        return wanted == word
    if wanted.casefold() == word.casefold() and not term.inflected:
        return True
    if wanted[:1].isupper():
        return word[:1].isupper()
    return not word[:1].isupper() or starts or wanted.isupper()


def _fits_part(term: Term, word: str) -> bool:
    return word[:1].isupper() or not term.source[:1].isupper()


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _NEAR) : start].rstrip()
    return before[-1:] in _SENTENCE_START if before else True


def _gap(text: str, first: _Token, second: _Token) -> bool:
    """Whether there is white space between two tokens."""
    return text[first.end : second.start].strip() == "" and first.end < second.start


def _is_apart(entry: _Entry, number: int) -> bool:
    """Whether an entry's token has white space before it."""
    position = 0
    for each in entry.tokens[:number]:
        position = entry.term.source.index(each, position) + len(each)
    return entry.term.source[position : position + 1].isspace()
