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
from translator.text.spans import spans
from translator.text.terms.english import forms_of
from translator.text.terms.term import Occurrence, Part

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
# Words that stand for others, which no noun gives way to.
_PRONOUNS: Final = frozenset(
    (
        "anything",
        "nothing",
        "something",
        "everything",
        "anyone",
        "nobody",
        "someone",
        "everyone",
        "one",
        "ones",
        "here",
        "there",
        "not",
        "no",
    )
)
# A second run with at least this part of the first one's share makes the place unsure.
_RIVAL: Final = 0.75
_SPELLED: Final = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
# Words that stand inside of a term's translation: cost of living.
_INNER: Final = frozenset(("of", "for", "in", "to", "on", "at", "by"))
_MOST_INNER: Final = 1
_NO_WORD: Final = re.compile(r"[\d{}<>\[\]%$@#_\\/\ufffc]")


@dataclass(frozen=True, slots=True)
class Place:
    """Place of an occurrence: characters of a translation; `is_said` where they say the target."""

    start: int
    end: int
    is_said: bool


# Share, first and last word of a run.
_Run = tuple[float, int, int]


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
        self._small = small
        self._shares = _told_apart(shares, small, self._kinds)
        # The words of the source that are most of a word of the translation.
        self._homes = {
            max(row, key=row.__getitem__)
            for row, kind in zip(self._shares, self._kinds, strict=True)
            if row and kind is None
        }
        # The words of the translation in which a word of the source has a share.
        self._kin: dict[int, list[int]] = {}
        for word, row in enumerate(self._shares):
            for each in row:
                self._kin.setdefault(each, []).append(word)
        # Characters that a term has already; and those of addresses, placeholders, code, in which
        # nothing is a word of the translation.
        self._taken = bytearray(len(target))
        self._copied = bytearray(len(target))
        for start, end in spans(target, pair[1]):
            self._copied[start:end] = b"\1" * (end - start)

    def find(self, occurrences: Sequence[Occurrence]) -> list[Place | None]:
        """The place of each occurrence; None where it is not sure."""
        said = {
            term: _Saying(self, term.source if term.keeps else term.target)
            for term in {each.term for each in occurrences}
        }
        found: list[Place | None] = [self._by_words(each, said[each.term]) for each in occurrences]
        for number, each in enumerate(occurrences):
            if found[number] is None and (run := self._by_alignment(each)):
                found[number] = Place(*run, is_said=False)
                self._take(_Said(*run))
        return found

    def of_words(self, each: Occurrence) -> Range | None:
        """The place of an occurrence by the alignment alone, whatever is said there."""
        return self._by_alignment(each)

    def _by_words(self, each: Occurrence, said: "_Saying") -> Place | None:
        """A run that says the target, and came from the term's words if from any."""
        inside = self._inside(each)
        run = said.nearest(inside) or said.loose()
        if run is None:
            return None
        self._take(run)
        return Place(run.start, run.end, is_said=True)

    def _take(self, run: _Said) -> None:
        self._taken[run.start : run.end] = b"\1" * (run.end - run.start)

    def kin(self, inside: range) -> list[int]:
        """Words of the translation in which some of the source have a share, in order."""
        found = {word for each in inside for word in self._kin.get(each, ())}
        if self._first in inside and self._words:
            found.add(0)
        return sorted(found)

    def weight(self, run: _Said, inside: range) -> float:
        """The greatest share that words of the source have in a word of a run."""
        return max((self._share(word, inside) for word in self.between(run)), default=0.0)

    def is_free(self, run: _Said) -> bool:
        """Whether no other word of the source is surely the origin of a run."""
        return all(
            max(self._shares[word].values(), default=0.0) < _SURE for word in self.between(run)
        )

    def _by_alignment(self, each: Occurrence) -> Range | None:
        inside = self._inside(each)
        if not inside:
            return None
        runs = self._runs(inside)
        if not runs:
            return None
        most = max(share for share, *_ in runs)
        rivals = [run for run in runs if run[0] >= _RIVAL * most]
        if most < _SURE or (run := self._chosen(rivals, inside)) is None:
            return None
        _, first, last = run
        start, end = self._part(each, first, last)
        if start < 0:
            return None
        text = self._target[start:end]
        if text.endswith(("'s", "’s")):
            end -= 2
        if self.overlaps(_Said(start, end)) or self._is_unsafe(each, _Said(start, end)):
            return None
        return start, end

    def _is_unsafe(self, each: Occurrence, run: _Said) -> bool:
        """Whether a run has something that may not go: a figure, a placeholder, a pause."""
        if any(self._copied[run.start : run.end]):
            return True
        text = self._target[run.start : run.end]
        if re.search(r"[,;:.!?]\s", text):
            return True
        return _NO_WORD.search(text) is not None and not _NO_WORD.search(each.term.source)

    def _runs(self, inside: range) -> list[_Run]:
        """Runs of words that came from these words of the source: share, first and last word."""
        own = [word for word in self.kin(inside) if self._is_own(word, inside)]
        runs: list[_Run] = []
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
        )

    def _is_own(self, word: int, inside: range) -> bool:
        if self._kinds[word] is not None or self._text(word).lower() in _DEGREES | _PRONOUNS:
            return False
        row = self._shares[word]
        if word == 0 and sum(row.values()) < _UNTOLD:
            # The attention of the first token is not known.
            return self._first in inside
        share = self._share(word, inside)
        rival = max((part for each, part in row.items() if each not in inside), default=0.0)
        return share >= _LEAST and share > rival

    def _chosen(self, rivals: Sequence[_Run], inside: range) -> _Run | None:
        """The only run; of two, the one on the term's side of a word that has no place of its own.

        „Der Wunsch des Kunden“: a model may look at Kunden for the wish, too.
        """
        if len(rivals) == 1:
            return rivals[0]
        before = next((w for w in range(inside.start - 1, -1, -1) if not self._small[w]), None)
        after = next((w for w in range(inside.stop, len(self._small)) if not self._small[w]), None)
        is_lost = before is not None and before not in self._homes
        follows = after is not None and after not in self._homes
        if len(rivals) > 2 or is_lost == follows:  # noqa: PLR2004 - one for the other word
            return None
        return rivals[-1] if is_lost else rivals[0]

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

    def between(self, run: Iterable[int]) -> range:
        """The words of the translation that a run has."""
        start, end = run
        first = bisect_right(self._words, start, key=lambda place: place[1])
        return range(first, bisect_left(self._words, end, key=lambda place: place[0]))

    def overlaps(self, run: _Said) -> bool:
        """Whether some of a run is another term's already."""
        return any(self._taken[run.start : run.end])

    def _text(self, word: int) -> str:
        start, end = self._words[word]
        return self._target[start:end]

    def saying(self, wanted: str) -> list[_Said]:
        """Runs that say a term, but for those in an address or the like."""
        return [
            _Said(start, end)
            for start, end in said_at(self._target, wanted, self._pair[1])
            if not all(self._copied[start:end])
        ]


class _Saying:
    """The runs that say one term, each for one occurrence."""

    def __init__(self, places: Places, wanted: str) -> None:
        self._places = places
        self._runs = places.saying(wanted)
        self._at = {word: run for run in self._runs for word in places.between(run)}
        self._rest = iter(self._runs)

    def nearest(self, inside: range) -> _Said | None:
        """The free run in which some words of the source have the greatest share."""
        words = (word for word in self._places.kin(inside) if word in self._at)
        runs = dict.fromkeys(self._at[word] for word in words)
        free = [run for run in runs if not self._places.overlaps(run)]
        best = max(free, key=lambda run: self._places.weight(run, inside), default=None)
        if best is None or self._places.weight(best, inside) < _LEAST:
            return None
        return best

    def loose(self) -> _Said | None:
        """The next free run of which no other word of the source is the origin."""
        for run in self._rest:
            if not self._places.overlaps(run) and self._places.is_free(run):
                return run
        return None


def said_words(
    source: str, occurrences: Iterable[Occurrence], shares: Shares, language: str
) -> frozenset[int]:
    """Words of a source that a translation says, by the shares; function words and terms aside."""
    spoken = {each for row in shares for each, share in row.items() if share >= _SPOKEN}
    places = word_places(source)
    terms = bytearray(len(source))
    for each in occurrences:
        terms[each.start : each.end] = b"\1" * (each.end - each.start)
    return frozenset(
        word
        for word in spoken
        if word < len(places)
        and kind_of(source[slice(*places[word])], language) is None
        and not any(terms[slice(*places[word])])
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
