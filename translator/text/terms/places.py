"""Places of terms in a translation: where it says them, or the words that came from theirs.

By the alignment that inline tags are placed with: each word of the translation with the shares that
the source's words have in it. A place is sure only where one run of words came from a term's and
from no other word; in doubt there is none, and the question is asked in another way.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from translator.text.function_words import Kind, kind_of
from translator.text.matching import Range, Shares, word_places
from translator.text.terms.english import forms_of
from translator.text.terms.term import Occurrence, Part, Term

# Least shares (0 to 1) of a term's words in a run: in the best of its words, and in each.
_SURE: Final = 0.33
_LEAST: Final = 0.15
# Sum of shares, up to which they are not known: that of a word whose first token is the answer's.
_UNTOLD: Final = 0.3
# Share from which on a word of the source has a place, and the part of it that another place needs.
_HOME: Final = 0.5
_AT_HOME: Final = 0.75
# Share from which on a word of the source is said.
_SPOKEN: Final = 0.4
# Words that a comparison adds, and no term has.
_DEGREES: Final = frozenset(("more", "most", "less", "least", "very", "too", "so", "as"))
# A second run with at least this part of the first one's share makes the place unsure.
_RIVAL: Final = 0.75
_SPELLED: Final = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
# Words that stand inside of a term's translation: cost of living.
_INNER: Final = frozenset(("of", "for", "in", "and", "to", "the", "a", "on", "at", "by"))
_MOST_INNER: Final = 2
_NO_WORD: Final = re.compile(r"[\d{}<>\[\]%$@#_\\/\ufffc]")


@dataclass(frozen=True, slots=True)
class Place:
    """Place of an occurrence: characters of a translation; `is_said` where they say the target."""

    start: int
    end: int
    is_said: bool


class _Said(NamedTuple):
    """A run of words that says a target."""

    start: int
    end: int


class Places:
    """Places in one translation for the occurrences of terms in its source."""

    def __init__(self, source: str, target: str, shares: Shares, pair: tuple[str, str]) -> None:
        """`shares` has for each word of `target` those of the source's words; `pair`: codes."""
        self._target = target
        self._pair = pair
        self._asked = word_places(source)
        self._words = word_places(target)
        self._kinds = [kind_of(target[start:end], pair[1]) for start, end in self._words]
        small = [kind_of(source[start:end], pair[0]) for start, end in self._asked]
        self._first = next((word for word, kind in enumerate(small) if not kind), -1)
        self._shares = _told_apart(shares, small, self._kinds)
        self._taken: list[Range] = []

    def find(self, occurrences: Sequence[Occurrence]) -> list[Place | None]:
        """The place of each occurrence; None where it is not sure."""
        said = {
            term: self._saying(term.source if term.keeps else term.target)
            for term in {each.term for each in occurrences}
        }
        found: list[Place | None] = [self._by_words(each, said[each.term]) for each in occurrences]
        for number, each in enumerate(occurrences):
            if found[number] is None and (run := self._by_alignment(each)):
                found[number] = Place(*run, is_said=False)
                self._taken.append(run)
        return found

    def of_words(self, each: Occurrence) -> Range | None:
        """The place of an occurrence by the alignment alone, whatever is said there."""
        return self._by_alignment(each)

    def _by_words(self, each: Occurrence, said: list[_Said]) -> Place | None:
        """A run that says the target, and came from the term's words if from any."""
        free = [run for run in said if not self._overlaps(run)]
        if not free:
            return None
        inside = self._inside(each)
        scored = [(self._weight(run, inside), run) for run in free]
        best, run = max(scored, key=lambda one: (one[0], -one[1].start))
        if best < _LEAST and not self._is_free(run):
            return None
        self._taken.append((run.start, run.end))
        return Place(run.start, run.end, is_said=True)

    def _weight(self, run: _Said, inside: range) -> float:
        """The greatest share that words of the source have in a word of a run."""
        return max((self._share(word, inside) for word in self._between(run)), default=0.0)

    def _is_free(self, run: _Said) -> bool:
        """Whether no other word of the source is surely the origin of a run."""
        return all(
            max(self._shares[word].values(), default=0.0) < _SURE for word in self._between(run)
        )

    def _by_alignment(self, each: Occurrence) -> Range | None:
        inside = self._inside(each)
        if not inside:
            return None
        runs = self._runs(inside)
        if not runs:
            return None
        runs.sort(key=lambda one: -one[0])
        strongest, first, last = runs[0]
        if strongest < _SURE or (len(runs) > 1 and runs[1][0] >= _RIVAL * strongest):
            return None
        start, end = self._part(each, first, last)
        if start < 0:
            return None
        text = self._target[start:end]
        if text.endswith(("'s", "’s")):
            end -= 2
        if self._overlaps(_Said(start, end)) or self._is_unsafe(each, self._target[start:end]):
            return None
        return start, end

    def _is_unsafe(self, each: Occurrence, text: str) -> bool:
        """Whether a run has something that may not go: a figure, a placeholder, a pause."""
        if re.search(r"[,;:.!?]\s", text):
            return True
        return _NO_WORD.search(text) is not None and not _NO_WORD.search(each.term.source)

    def _runs(self, inside: range) -> list[tuple[float, int, int]]:
        """Runs of words that came from these words of the source: share, first and last word."""
        own = [word for word in range(len(self._words)) if self._is_own(word, inside)]
        runs: list[tuple[float, int, int]] = []
        for word in own:
            share = self._strength(word, inside)
            if runs and self._goes_on(runs[-1][2], word):
                best, first, _ = runs.pop()
                runs.append((max(best, share), first, word))
            else:
                runs.append((share, word, word))
        return runs

    def _goes_on(self, last: int, word: int) -> bool:
        """Whether a run goes on after some small words."""
        between = range(last + 1, word)
        gap = self._target[self._words[last][1] : self._words[word][0]]
        return (
            len(between) <= _MOST_INNER
            and not re.search(r"[,;:.!?()]", gap)
            and all(self._text(each).lower() in _INNER for each in between)
            and "and" not in gap.split()
        )

    def _is_own(self, word: int, inside: range) -> bool:
        if self._kinds[word] is not None or self._text(word).lower() in _DEGREES:
            return False
        row = self._shares[word]
        if word == 0 and sum(row.values()) < _UNTOLD:
            # The attention of the first token is not known.
            return self._first in inside
        share = self._share(word, inside)
        rival = max((part for each, part in row.items() if each not in inside), default=0.0)
        return share >= _LEAST and share > rival

    def _strength(self, word: int, inside: range) -> float:
        """How surely a word came from some of the source, beside all others, from 0 to 1."""
        total = max(sum(self._shares[word].values()), _UNTOLD)
        return self._share(word, inside) / total if word or self._shares[word] else _SURE

    def _part(self, each: Occurrence, first: int, last: int) -> Range:
        """The characters of a run, or of the part of it that says a compound's part.

        `(-1, -1)` where one word says all of the compound.
        """
        if each.part is Part.WHOLE:
            return self._words[first][0], self._words[last][1]
        if first == last:
            return -1, -1
        turn = next(
            (word for word in range(first + 1, last) if self._kinds[word] == "preposition"), None
        )
        if turn is None:
            at = last if each.part is Part.HEAD else first
            return self._words[at]
        if each.part is Part.HEAD:  # termination of the contract
            return self._words[first][0], self._words[turn - 1][1]
        start = turn + 1
        while start < last and self._kinds[start] is not None:
            start += 1
        return self._words[start][0], self._words[last][1]

    def _share(self, word: int, inside: range) -> float:
        row = self._shares[word]
        return sum(row.get(each, 0.0) for each in inside)

    def _inside(self, each: Occurrence) -> range:
        """The words of the source that an occurrence has."""
        first = bisect_right(self._asked, each.start, key=lambda place: place[1])
        return range(first, bisect_left(self._asked, each.end, key=lambda place: place[0]))

    def _between(self, run: Iterable[int]) -> range:
        start, end = run
        first = bisect_right(self._words, start, key=lambda place: place[1])
        return range(first, bisect_left(self._words, end, key=lambda place: place[0]))

    def _overlaps(self, run: _Said) -> bool:
        return any(run.start < end and start < run.end for start, end in self._taken)

    def _text(self, word: int) -> str:
        start, end = self._words[word]
        return self._target[start:end]

    def _saying(self, wanted: str) -> list[_Said]:
        return [_Said(*run) for run in said_at(self._target, wanted, self._pair[1])]


def word_at(
    source: str, target: str, rows: Shares, pair: tuple[str, str], words: Iterable[Range]
) -> list[Range | None]:
    """Word alignment: the place of each word of a source in its target; None where it is not sure.

    Words and places are ranges of characters. `rows` has for each word of the target the shares of
    the source's words; `pair` are language codes.
    """
    places = Places(source, target, rows, pair)
    return [
        places.of_words(Occurrence(Term(source[start:end], ""), start, end)) for start, end in words
    ]


def said_words(
    source: str, occurrences: Iterable[Occurrence], shares: Shares, language: str
) -> frozenset[int]:
    """Words of a source that a translation says, by the shares; function words and terms aside."""
    spoken = {each for row in shares for each, share in row.items() if share >= _SPOKEN}
    places = word_places(source)
    terms = [(each.start, each.end) for each in occurrences]
    return frozenset(
        word
        for word in spoken
        if word < len(places)
        and kind_of(source[slice(*places[word])], language) is None
        and not any(places[word][0] < end and start < places[word][1] for start, end in terms)
    )


def _told_apart(
    shares: Shares, small: Sequence[Kind | None], kinds: Sequence[Kind | None]
) -> Shares:
    """The shares of words that say something, each in the words that it is most of all in.

    A model looks at small words for nothing that it writes, and at a word again after it has said
    it: where another word of the translation has much more of it, that is its place.
    """
    rows = [
        {each: share for each, share in row.items() if each < len(small) and not small[each]}
        for row in shares
    ]
    most: dict[int, float] = {}
    for row, kind in zip(rows, kinds, strict=True):
        if kind is None:
            for each, share in row.items():
                most[each] = max(share, most.get(each, 0.0))
    found: Shares = []
    for row in rows:
        own = {
            each: share
            for each, share in row.items()
            if most.get(each, 0.0) < _HOME or share >= _AT_HOME * most[each]
        }
        found.append(own if max(own.values(), default=0.0) >= _LEAST else row)
    return found


def said_at(text: str, wanted: str, language: str) -> list[Range]:
    """Where a text says a term, in any form and any capitals; forms are known of English alone."""
    tokens = [(match.group().casefold(), *match.span()) for match in _SPELLED.finditer(text)]
    target = _SPELLED.findall(wanted)
    if not target:
        return []
    allowed = [
        forms_of(each) if language == "en" else frozenset((each.casefold(),)) for each in target
    ]
    found: list[Range] = []
    for place in range(len(tokens) - len(target) + 1):
        here = tokens[place : place + len(target)]
        if all(_apart(token[0]) in forms for token, forms in zip(here, allowed, strict=True)):
            found.append((here[0][1], here[-1][2]))
    return found


def _apart(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s") if word.endswith(("'s", "’s")) else word
