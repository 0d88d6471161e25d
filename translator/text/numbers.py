"""Number check: notice when a translation has lost a number.

A model drops figures that it has seldom seen, and the sentence reads as if there had been none.
Small numbers may become words, and the hours of the day change with the language, so only
figures from 13 on count that are no time of day.
"""

import re
from collections.abc import Iterator
from typing import Final

from translator.text.spans import Span

# 755, 1.000.000, 3,5 but no part of a word, a date, a time, a version.
_NUMBER: Final = re.compile(
    r"(?<![\w.,:/-])(?:\d{1,3}(?:\.\d{3}){1,6}|\d{1,20})(?:,\d{1,20})?(?![\w:/-]|[.,]\d)"
)
_TIME: Final = re.compile(r"\s*Uhr\b")
_FIGURE: Final = re.compile(r"\d(?:[.,'\u00a0\u202f]?\d)*+")
# Numbers up to this may be written as words, so they are not checked.
_SMALL: Final = 12
_TO_ENGLISH: Final = str.maketrans(".,", ",.")


def numbers(text: str) -> Iterator[Span]:
    """Spans of the numbers that a translation must have, in characters."""
    for match in _NUMBER.finditer(text):
        whole = match.group().partition(",")[0].replace(".", "")
        if int(whole) > _SMALL and not _TIME.match(text, match.end()):
            yield match.span()


def lost(source: str, target: str, language: str) -> bool:
    """Whether `target`, in `language`, lacks a number of `source`.

    How its digits are grouped does not matter, unless they are as in German still: 3.145 people
    are a few in English.
    """
    wanted = {source[start:end] for start, end in numbers(source)}
    if not wanted:
        return False
    found: dict[str, set[str]] = {}
    for figure in _FIGURE.findall(target):
        found.setdefault(_digits(figure), set()).add(figure)
    return not all(
        found.get(_digits(number), set()) - ({number} - {restated(number, language)})
        for number in wanted
    )


def restated(number: str, target: str) -> str:
    """Localized number: a German one as language `target` has it; 1.000,5 is 1,000.5 in English."""
    return number.translate(_TO_ENGLISH) if target == "en" else number


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))
