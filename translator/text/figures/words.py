"""Number words, which may stand for a figure of the other language and are never missed.

The words are written with digits, and the text is read once more: "halb drei" is halb 3,
"vierzehn Uhr dreißig" is 14 Uhr 30, "two thirds of five million euros" is 2/3 of 5 million euros.
Beside them are words that say a number and are none: both, a dozen, noon, an article.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from translator.text.figures import english, german
from translator.text.figures.figure import Figure, Kind, Reading, Shape, Value
from translator.text.figures.reading import digit_figures

Replacement = tuple[int, int, str]

_READERS: Final[dict[str, Callable[[str], list[Replacement]]]] = {
    "de": german.german_replacements,
    "en": english.english_replacements,
}
_NOON: Final = (12, 0, 0)
_MIDNIGHT: Final = (0, 0, 0)
# Words that say a number, in lower case.
_HINTS: Final[dict[str, dict[str, Value]]] = {
    "de": {
        r"ein(?:e[nrsm]?|s|mal|zig\w{0,3})?|erst\w{0,4}": "1",
        r"beide[nrsm]?|doppelt\w{0,2}|zweimal|paar\w{0,3}": "2",
        r"dutzend\w{0,2}": "12",
        r"zwei\swochen|vierzehn\stagen?": "14",
        r"null|kein\w{0,2}": "0",
        r"halb\w{0,20}|hälfte": "0.5",
        r"viertel\w{0,10}|quartal\w{0,2}": "0.25",
        r"dreiviertel\w{0,10}": "0.75",
        r"drittel\w?": "1/3",
        r"mittags?": _NOON,
        r"mitternachts?": _MIDNIGHT,
        r"jahrzehnt\w{0,2}": "10",
        r"jahrhundert\w{0,2}": "100",
        r"\w{0,20}zweit\w{1,6}": "2",
        r"\w{0,20}dritt\w{1,6}": "3",
        r"\w{3,20}viert\w{1,2}": "4",
        r"\w{3,20}fünft\w{1,2}": "5",
        r"achtelfinal\w{0,10}": "16",
        r"dreidimensional\w{0,2}": "3D",
        r"zweidimensional\w{0,2}": "2D",
        r"rund\sum\sdie\suhr": "24/7",
    },
    "en": {
        r"an?|once|single|sole|only": "1",
        r"both|twice|doubl\w{1,3}|pairs?|couple|either": "2",
        r"thrice|triple[ds]?|treble": "3",
        r"dozen": "12",
        r"fortnight|two\sweeks": "14",
        r"nil|zero|null|no|none": "0",
        r"half|halves|halved": "0.5",
        r"quarters?|quarterly": "0.25",
        r"three[-\s]quarters?": "0.75",
        r"third": "1/3",
        r"noon|midday": _NOON,
        r"midnight": _MIDNIGHT,
        r"decade": "10",
        r"century|centenn?i?[ae]\w{1,3}": "100",
        r"bicentenn?i?[ae]\w{1,3}": "200",
        r"an?\s[a-z]{1,12}\sand\sa\shalf": "1.5",
        r"three-dimensional": "3D",
        r"two-dimensional": "2D",
        r"(?:a|the)?round[-\s]the[-\s]clock": "24/7",
        r"i": "I",
    },
}


def figures(text: str, language: str) -> list[Figure]:
    """The figures of a text, in order; number words are among them, as optional ones."""
    found = digit_figures(text, language)
    words = outside(word_figures(text, language), found)
    return sorted([*found, *words], key=lambda each: each.start)


def outside(words: Iterable[Figure], figures: Sequence[Figure]) -> list[Figure]:
    """The words that are no part of a figure, as "a" is one of 5 a.m."""
    ends = [each.end for each in figures]
    found: list[Figure] = []
    for word in words:
        index = bisect_right(ends, word.start)
        if index == len(ends) or figures[index].start >= word.end:
            found.append(word)
    return found


def word_figures(text: str, language: str) -> list[Figure]:
    """The figures that the number words of a text are, in order, all of them optional."""
    read = _READERS.get(language.partition("-")[0])
    changes = read(text) if read else []
    if not changes:
        return []
    digits, places = _replaced(text, changes)
    found: list[Figure] = []
    starts = [place.start for place in places]
    for figure in digit_figures(digits, language):
        first = max(bisect_right(starts, figure.start) - 1, 0)
        last = bisect_right(starts, figure.end - 1) - 1
        if any(
            places[index].is_word and figure.start < places[index].end
            for index in range(first, last + 1)
        ):
            start = places[first].original(figure.start)
            end = places[last].original(figure.end)
            found.append(
                replace(
                    figure, start=start, end=end, text=text[start:end], numeral="", optional=True
                )
            )
    return found


def hints(text: str, language: str) -> list[Figure]:
    """The words of a text that say a number without being one: both, a dozen, noon."""
    found: list[Figure] = []
    lower = text.lower()
    language = language.partition("-")[0]
    if not _any_pattern(language).search(lower):
        return found
    for pattern, value in _patterns(language):
        kind = Kind.INTEGER
        also: tuple[Reading, ...] = ()
        if isinstance(value, tuple):
            kind = Kind.TIME
            also = (Reading(Shape.TIME, (24, 0, 0)),) if value == _MIDNIGHT else ()
        elif not value[0].isdecimal() or not value[-1].isdecimal() or "24/" in value:
            kind = Kind.CODE
        found += (
            Figure(kind, each.start(), each.end(), each.group(), value, optional=True, also=also)
            for each in pattern.finditer(lower)
        )
    return found


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], Value]]:
    forms = _HINTS.get(language, {})
    return [(re.compile(rf"(?<!\w)(?:{form})(?!\w)"), value) for form, value in forms.items()]


@cache
def _any_pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_HINTS.get(language, {'(?!)': ''}))})(?!\w)")


class _Place(NamedTuple):
    """A run of the new text from `start` to `end`, and where it stood in the old one."""

    start: int
    end: int
    old_start: int
    old_end: int
    is_word: bool

    def original(self, position: int) -> int:
        """Where a position was; the edge of the word where a word was replaced."""
        if not self.is_word:
            return self.old_start + position - self.start
        return self.old_start if position == self.start else self.old_end


def _replaced(text: str, changes: list[Replacement]) -> tuple[str, list[_Place]]:
    pieces: list[str] = []
    places: list[_Place] = []
    position = length = 0
    for start, end, digits in [*changes, (len(text), len(text), "")]:
        if start < position:
            continue  # within the one before: half a million
        for piece, old_start, old_end in (
            (text[position:start], position, start),
            (digits, start, end),
        ):
            if piece:
                pieces.append(piece)
                is_word = old_start == start and piece is digits
                places.append(_Place(length, length + len(piece), old_start, old_end, is_word))
                length += len(piece)
        position = end
    return "".join(pieces), places
