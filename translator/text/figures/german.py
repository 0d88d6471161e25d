"""German number words as digits: zwölf, zweihundertfünfzig, der dritte, zweieinhalb, zwei Drittel.

"ein" is an article, unless a million or "Uhr" follows.
"""

import re
from typing import Final

from translator.text.figures.units import names_of

_UNITS: Final = {
    "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9,
}  # fmt: skip
_TEENS: Final = {
    "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS: Final = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60,
    "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_SIMPLE: Final = _UNITS | _TEENS | _TENS
# Ordinals that are not the number and "t": dritte, achte.
_STEMS: Final = {"erst": 1, "dritt": 3, "siebt": 7, "siebent": 7, "acht": 8}
_DENOMINATORS: Final = {
    "halbe": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "siebtel": 7,
    "achtel": 8, "neuntel": 9, "zehntel": 10, "zwanzigstel": 20, "hundertstel": 100,
    "tausendstel": 1000,
}  # fmt: skip
_WORD: Final = re.compile(r"[A-ZÄÖÜa-zäöüß]{3,60}+")
# A word with none of these in it is no number.
_SIGNAL: Final = re.compile(
    r"ein|zw|drei|dritt|vier|fünf|sech|sieb|acht|neun|zehn|elf|hundert|tausend|erst|halb",
    re.IGNORECASE,
)
# Words that go on after a number: fünfjährig, dreimal, Viererbob, Zwanzigerjahre.
_REST: Final = re.compile(
    r"(?:mal(?:ig)?|fach|jährig|stündig|tägig|wöchig|monatig|köpfig|stellig|stöckig|prozentig"
    r"|minütig|teilig|seitig|spurig|sprachig|kilometer|meter|einhalb"
    r"|er(?:n|jahren?)?)(?:e[nrsm]?|s)?"
)
_ORDINAL: Final = re.compile(r"([a-zäöüß]+?)(?:e[nrsm]?|ens)")
_ARTICLE: Final = re.compile(r"ein(?:e[nrsm]?)?")
_HALF: Final = re.compile(r"halbe[nrsm]?")
_SPACE: Final = (" ", "\u00a0", "\n")
_CENTURY: Final = 100

Replacement = tuple[int, int, str]


def german_replacements(text: str) -> list[Replacement]:
    """The number words of a German text: (start, end, digits) of each, in order."""
    if not _SIGNAL.search(text):
        return []
    found: list[Replacement] = []
    words = [(each.start(), each.group().lower()) for each in _WORD.finditer(text)]
    scales = names_of("de").scales
    index = 0
    while index < len(words):
        start, word = words[index]
        following = _next(text, words, index)
        end = start + len(word)
        digits = _digits(word)
        if digits is None and _ARTICLE.fullmatch(word):
            after_next = _next(text, words, index + 1) if following else ""
            if following in scales or (following == "uhr" and word == "ein"):
                digits = "1"
            elif _HALF.fullmatch(following) and after_next in scales:
                digits, index = "0,5", index + 1
                end = words[index][0] + len(following)
            elif following in _DENOMINATORS:
                digits = "1"
        if digits and digits.isdecimal() and following in _DENOMINATORS:
            index += 1
            digits = f"{digits}/{_DENOMINATORS[following]}"
            end = words[index][0] + len(following)
        if digits:
            found.append((start, end, digits))
        index += 1
    return found


def number_of_word(word: str) -> int | None:
    """The whole number below a million that a word in lower case is; None if it is none."""
    if word in _SIMPLE:
        return _SIMPLE[word]
    for name, factor in (("tausend", 1000), ("hundert", 100)):
        before, found, after = word.partition(name)
        if found:
            count = number_of_word(before) if before else 1
            rest = number_of_word(after.removeprefix("und")) if after else 0
            if (
                count is None
                or rest is None
                or rest >= factor
                or count >= (1000 if factor > _CENTURY else _CENTURY)
            ):
                return None
            return count * factor + rest
    unit, found, tens = word.partition("und")
    return _UNITS[unit] + _TENS[tens] if found and unit in _UNITS and tens in _TENS else None


def _next(text: str, words: list[tuple[int, str]], index: int) -> str:
    """The word right after the one at `index`, with one blank between them."""
    if index + 1 >= len(words):
        return ""
    start, word = words[index]
    following, found = words[index + 1]
    end = start + len(word)
    return found if following == end + 1 and text[end] in _SPACE else ""


def _digits(word: str) -> str | None:
    """A word in lower case with digits for its number; None if it has none."""
    if not _SIGNAL.search(word) or word == "ein":
        return None
    value = number_of_word(word)
    if value is None and word.endswith("en"):
        value = number_of_word(word.removesuffix("en")) if word != "einen" else None
    if value is not None:
        return str(value)
    if word.startswith("anderthalb"):
        return "1,5"
    return _ordinal(word) or _compound(word)


def _ordinal(word: str) -> str | None:
    match = _ORDINAL.fullmatch(word)
    if match is None:
        return None
    stem = match[1]
    for special, value in _STEMS.items():
        if stem.endswith(special):
            before = stem.removesuffix(special).removesuffix("und")
            if not before:
                return f"{value}."
            base = number_of_word(before)
            return f"{base + value}." if base else None
    for ending in ("st", "t"):
        if (
            stem.endswith(ending)
            and (base := number_of_word(stem.removesuffix(ending)))
            and base > 1
        ):
            return f"{base}."
    return None


def _compound(word: str) -> str | None:
    """The word with digits: dreimal is 3mal, neunziger is 90er, zweieinhalb is 2,5."""
    for end in range(len(word) - 2, 2, -1):
        value = number_of_word(word[:end]) if _REST.fullmatch(word, end) else None
        if value is not None:
            rest = word[end:]
            return f"{value},5" if rest.startswith("einhalb") else f"{value}{rest}"
    return None
