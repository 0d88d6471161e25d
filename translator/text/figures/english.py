"""English number words as digits: twelve, two hundred and fifty, the third, two thirds.

"one" may be a pronoun; as a number word is never missed, that does no harm.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

_UNITS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_TEENS: Final = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ORDINALS: Final = {
    "first": "one", "second": "two", "third": "three", "fourth": "four", "fifth": "five",
    "sixth": "six", "seventh": "seven", "eighth": "eight", "ninth": "nine", "tenth": "ten",
    "eleventh": "eleven", "twelfth": "twelve", "thirteenth": "thirteen",
    "fourteenth": "fourteen", "fifteenth": "fifteen", "sixteenth": "sixteen",
    "seventeenth": "seventeen", "eighteenth": "eighteen", "nineteenth": "nineteen",
    "twentieth": "twenty", "thirtieth": "thirty", "fortieth": "forty", "fiftieth": "fifty",
    "sixtieth": "sixty", "seventieth": "seventy", "eightieth": "eighty", "ninetieth": "ninety",
    "hundredth": "hundred", "thousandth": "thousand", "firstly": "one", "secondly": "two",
    "thirdly": "three",
}  # fmt: skip
_DECADES: Final = {f"{word[:-1]}ies": value for word, value in _TENS.items()}
_DENOMINATORS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixths": 6, "sevenths": 7, "eighths": 8,
    "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z]{1,20}+")
_SIGNAL: Final = re.compile(
    r"\b(?:one|tw|th[ir]|fo[ru]|fi[frv]|six|seven|eigh|nine|ten|elev|hundred|thousand|half"
    r"|first|second|quarter|an?\s(?:million|billion|trillion))|[a-z]ties\b",
    re.IGNORECASE,
)
_GAPS: Final = frozenset({" ", "-", " and ", "\u00a0", "\n"})
_AND_A_HALF: Final = re.compile(r"(?:\sand\sa|-and-a-)\s?half(?!\w)", re.IGNORECASE)
_SCALE: Final = re.compile(r"\s(?:million|billion|trillion)(?!\w)", re.IGNORECASE)
_HALF_A: Final = re.compile(r"\bhalf\san?(?=\s(?:million|billion|trillion)\b)", re.IGNORECASE)
# nineteen eighty-four is a year; two thirty is a time.
_CENTURIES: Final = range(13, 21)
_HOURS: Final = range(1, 13)
_MINUTES: Final = frozenset(range(10, 60, 5))

Replacement = tuple[int, int, str]


class _Kind(Enum):
    ARTICLE = "a"
    UNIT = "one to nine"
    TEEN = "ten to nineteen"
    TENS = "twenty to ninety"
    HUNDRED = "hundred"
    THOUSAND = "thousand"
    DECADE = "twenties to nineties"
    PART = "half, thirds"


class _Word(NamedTuple):
    start: int
    end: int
    kind: _Kind
    value: int
    ordinal: bool = False
    denominator: int = 0


@dataclass(slots=True)
class _Number:
    """A number while its words are read: `total` thousands, and `rest` below them."""

    first: _Word
    end: int = 0
    total: int = 0
    rest: int = 0
    last: _Kind | None = None
    ordinal: bool = False

    @property
    def value(self) -> int:
        return self.total + self.rest

    def take(self, word: _Word, gap: str) -> bool:
        """Add a word; False if it does not belong to this number."""
        last, after_and = self.last, gap == " and "
        if self.ordinal or (after_and and last not in {_Kind.HUNDRED, _Kind.THOUSAND}):
            return False
        match word.kind:
            case _Kind.HUNDRED if 0 < self.rest < 100 and last is not _Kind.HUNDRED:  # noqa: PLR2004
                self.rest *= 100
            case _Kind.THOUSAND if self.rest and not self.total:
                self.total, self.rest = self.rest * 1000, 0
            case _Kind.UNIT | _Kind.TEEN | _Kind.TENS if last in {
                None,
                _Kind.HUNDRED,
                _Kind.THOUSAND,
            }:
                self.rest += word.value
            case _Kind.UNIT if last is _Kind.TENS:
                self.rest += word.value
            case _Kind.TEEN | _Kind.TENS | _Kind.DECADE if (
                self.rest in _CENTURIES and not self.total
            ):
                self.rest = self.rest * 100 + word.value
            case _:
                return False
        self.last, self.end, self.ordinal = word.kind, word.end, word.ordinal
        return True


def _table() -> dict[str, tuple[_Kind, int, bool, int]]:
    table: dict[str, tuple[_Kind, int, bool, int]] = {
        "a": (_Kind.ARTICLE, 1, False, 0), "an": (_Kind.ARTICLE, 1, False, 0),
        "hundred": (_Kind.HUNDRED, 100, False, 0), "thousand": (_Kind.THOUSAND, 1000, False, 0),
    }  # fmt: skip
    for kind, words in ((_Kind.UNIT, _UNITS), (_Kind.TEEN, _TEENS), (_Kind.TENS, _TENS)):
        table |= {word: (kind, value, False, 0) for word, value in words.items()}
    table |= {word: (_Kind.DECADE, value, False, 0) for word, value in _DECADES.items()}
    table |= {word: (_Kind.PART, value, False, value) for word, value in _DENOMINATORS.items()}
    for word, cardinal in _ORDINALS.items():
        kind, value, _, _ = table[cardinal]
        table[word] = (kind, value, True, _DENOMINATORS.get(word, 0))
    return table


_TABLE: Final = _table()


def english_replacements(text: str) -> list[Replacement]:
    """The number words of an English text: (start, end, digits) of each, in order."""
    if not _SIGNAL.search(text):
        return []
    words = [
        _Word(match.start(), match.end(), *_TABLE[word])
        for match in _WORD.finditer(text)
        if (word := match.group().lower().removesuffix("fold")) in _TABLE
    ]
    found: list[Replacement] = [
        (each.start(), each.end(), "0.5") for each in _HALF_A.finditer(text)
    ]
    index = 0
    while index < len(words):
        replacement, index = _replacement(text, words, index)
        if replacement:
            found.append(replacement)
    return sorted(found)


def _replacement(text: str, words: list[_Word], index: int) -> tuple[Replacement | None, int]:
    """Read the number that the words from `index` on are, if any; with the index after it."""
    first = words[index]
    if first.kind is _Kind.ARTICLE and _SCALE.match(text, first.end):
        return (first.start, first.end, "1"), index + 1
    if first.kind is _Kind.DECADE:
        return (first.start, first.end, f"{first.value}s"), index + 1
    number, index = _number(text, words, index)
    if number is None:
        return None, index
    digits, end = str(number.value), number.end
    following = words[index] if index < len(words) and _gap(text, words, index) else None
    if number.last is _Kind.DECADE:
        digits += "s"
    elif number.ordinal:
        digits += "th"
    elif following and following.denominator and number.value:
        digits, end, index = f"{digits}/{following.denominator}", following.end, index + 1
    elif match := _AND_A_HALF.match(text, end):
        digits, end = f"{digits}.5", match.end()
    elif following and number.value in _HOURS:
        minutes, after = _number(text, words, index)
        if minutes and not minutes.ordinal and minutes.value in _MINUTES:
            digits, end, index = f"{digits}:{minutes.value}", minutes.end, after
    return (first.start, end, digits), index


def _number(text: str, words: list[_Word], index: int) -> tuple[_Number | None, int]:
    """The longest number that begins at `index`, and the index after it."""
    first = words[index]
    number = _Number(first)
    if first.kind is _Kind.ARTICLE:
        following = words[index + 1 : index + 2]
        if not (following and _gap(text, words, index + 1)) or following[0].kind not in {
            _Kind.HUNDRED,
            _Kind.THOUSAND,
        }:
            return None, index + 1
        number.rest, number.last = 1, _Kind.UNIT
    elif not number.take(first, ""):
        return None, index + 1
    index += 1
    while index < len(words) and (gap := _gap(text, words, index)):
        if not number.take(words[index], gap):
            break
        index += 1
    return number, index


def _gap(text: str, words: list[_Word], index: int) -> str:
    """The blank, hyphen or "and" between a word and the one before it; "" if all else."""
    start, end = words[index - 1].end, words[index].start
    gap = text[start:end] if end - start <= len(" and ") else ""
    return gap if gap in _GAPS else ""
