"""Dates: how a language writes them, read into (year, month, day).

    3. Oktober 2026    October 3rd, 2026    30.11.    30.11.26    2026-11-30    Oktober 2026

The names of months are CLDR's. A date with slashes is read in the order that the language has in
CLDR; in German and English, where readers differ, only when one of the numbers is above 12.
"""

import re
from calendar import monthrange
from dataclasses import replace
from functools import cache
from typing import Final

from translator.text.figures.figure import Figure, Kind, Reading, Shape
from translator.text.figures.numerals import ascii_digits, locale_of, point_is_decimal

# Readers of these languages do not agree whether the day or the month comes first.
_UNDECIDED: Final = frozenset({"de", "en"})
_MORE_MONTHS: Final = {
    "de": {"Jänner": 1, "Feber": 2, "Mrz": 3, "Sept": 9},
    "en": {"Sept": 9},
}
# A day and month alone are also the number of a chapter, 2.3., unless both have two digits or a
# word for a date stands before them.
DOTTED: Final = (
    r"(?<![\w.])(?:\d{1,2}\.\d{1,2}\.(?:\s?(?:\d{4}|\d{2})(?!\d|[.,:]\d|\w)|(?!\s?\d|\w))"
    r"|\d{1,2}\.\s\d{1,2}\.\s?\d{4}(?!\d|[.,:]\d|\w))"
)
_PADDED: Final = re.compile(r"\d\d\.\d\d\.")
_BEFORE_DAY: Final = re.compile(
    r"(?:\b(?:am|vom|zum|bis|der|den|dem|ab|seit|und|oder|on|from|until|till|by|to|the|and|or"
    r"|Mo|Di|Mi|Do|Fr|Sa|So)\.?,?|tag,?|woch,?|day,?|[,(–-])\s?\Z"
)

Day = tuple[int | None, int | None, int | None]


@cache
def months_of(language: str) -> dict[str, int]:
    """The names of months, as in the middle of a sentence and in titles, without full stops."""
    months: dict[str, int] = {}
    locale = locale_of(language)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                plain = str(name).removesuffix(".")
                if not any(map(str.isdecimal, plain)) and len(plain) > 1:
                    months[plain] = number
    months |= _MORE_MONTHS.get(language.partition("-")[0], {})
    return months | {name.upper(): number for name, number in months.items()}


@cache
def month_pattern(language: str) -> str:
    """A regular expression for the name of a month, with its full stop if it is short."""
    months = locale_of(language).months
    wide = {
        str(name).upper()
        for each in ("format", "stand-alone")
        for name in months[each]["wide"].values()
    }
    names = [
        re.escape(name) + ("" if name.upper() in wide else r"\.?")
        for name in sorted(months_of(language), key=len, reverse=True)
    ]
    return f"(?:{'|'.join(names)})" if names else r"(?!)"


@cache
def date_pattern(language: str) -> str:
    """A regular expression for a date with the name of its month, or in East Asian form."""
    month = month_pattern(language)
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    year = r"\d{4}(?!\d|[.,:]\d)"
    of = r"(?:of\s|de\s)?"
    day_first = (
        rf"(?<![\w.,:/]){day}(?:\.|st|nd|rd|th|er|º)?(?:\s|(?<=\.)|-(?={month})){of}{month}(?!\w)"
        rf"(?:(?:,?\s|-)(?:de\s)?{year})?(?!\w)"
    )
    forms = [
        rf"(?<![\w.,:/]){day}\.?\s?[-–]\s?{day}(?:\.|st|nd|rd|th)?\s{of}{month}(?:,?\s{year})?(?!\w)",
        day_first,
        rf"(?<!\w){month},?\s{of}{year}(?!\w)",
        rf"(?<!\w)\d{{4}}\.?\s{month}\s{day}\.?(?!\w)",
        r"\d{4}[年년]\s?\d{1,2}[月월](?:\s?\d{1,2}[日일])?|\d{1,2}[月월](?:\s?\d{1,2}[日일])?",
    ]
    if str(locale_of(language).datetime_skeletons["MMMMd"].pattern)[0] in "ML":
        forms.insert(
            1,
            rf"(?<!\w){month}\s(?:the\s)?{day}(?:st|nd|rd|th)?(?!\w|[.,:/]\d)"
            rf"(?:\s?[-–]\s?{day}(?:st|nd|rd|th)?(?!\w|[.,:/]\d))?(?:,?\s{year})?(?!\w)",
        )
    return "|".join(forms)


def named(text: str, start: int, language: str) -> Figure | None:
    """The date `text`, which `pattern` fits; None if there is no such day."""
    months = months_of(language)
    match = re.search(month_pattern(language), text)
    month = months[match.group().removesuffix(".")] if match else None
    numbers = [ascii_digits(each) for each in re.findall(r"\d+", text)]
    year = next((int(each) for each in numbers if len(each) == 4), None)  # noqa: PLR2004
    short = [int(each) for each in numbers if len(each) < 3]  # noqa: PLR2004
    if month is None:
        month, *short = short
    if len(short) > 1:
        return _days(text, start, [(year, month, each) for each in short])
    figure = _date(text, start, (year, month, short[0] if short else None))
    # A month alone is a word in most languages: 12月 is December.
    return figure and replace(figure, optional=year is None and not short)


def dotted(text: str, start: int, before: str, language: str) -> Figure | None:
    """The date `text` as in 30.11.2026, 30.11.26 or 30.11.; None if there is no such day.

    `before` is the text before it: a day and month alone need a sign that they are a date, and are
    a number where the point is the decimal sign.
    """
    day, month, *years = [ascii_digits(each) for each in re.findall(r"\d+", text)]
    if not years and (
        point_is_decimal(language) or not (_PADDED.fullmatch(text) or _BEFORE_DAY.search(before))
    ):
        return None
    year = int(years[0]) if years else None
    if years and len(years[0]) == 2:  # noqa: PLR2004
        return _two_digits(text, start, (int(years[0]), int(month), int(day)))
    return _date(text, start, (year, int(month), int(day)))


def iso(text: str, start: int) -> Figure | None:
    """The date `text` as in 2026-11-30 (ISO 8601) or 2026/11/30; None if there is no such day."""
    year, month, day = (int(each) for each in re.split("[-/]", text))
    return _date(text, start, (year, month, day))


def slashed(text: str, start: int, language: str) -> Figure | None:
    """The date `text` as in 30/11/2026; None if it is none, or its order is open."""
    first, second, year = (int(each) for each in text.split("/"))
    if first > 12 or second > 12:  # noqa: PLR2004  # one of them is no month
        day, month = max(first, second), min(first, second)
    elif first != second and language.partition("-")[0] in _UNDECIDED:
        return None
    else:
        day, month = (first, second) if _day_first(language) else (second, first)
    if year < 100:  # noqa: PLR2004
        return _two_digits(text, start, (year, month, day))
    return _date(text, start, (year, month, day))


def of_year(first: int, second: int) -> tuple[Reading, ...]:
    """The reading of 12/26 or 26/12 as a day of a year, if its order is beyond doubt."""
    if min(first, second) > 12 or max(first, second) <= 12:  # noqa: PLR2004
        return ()
    return possible_dates(max(first, second), min(first, second))


def possible_dates(first: int, second: int) -> tuple[Reading, ...]:
    """The reading of 30.11 as a day of a year, if there is such a day."""
    if _exists((None, second, first)):
        return (Reading(Shape.DATE, (None, second, first)),)
    return ()


def numeric_order(language: str) -> str:
    """The order of the numbers of a date in CLDR: "dMy", "Mdy", "yMd"."""
    skeleton = str(locale_of(language).datetime_skeletons["yMd"].pattern)
    return "".join(dict.fromkeys(each for each in skeleton if each in "dMy"))


def _day_first(language: str) -> bool:
    order = numeric_order(language)
    return order.index("d") < order.index("M")


def _date(text: str, start: int, day: Day) -> Figure | None:
    if not _exists(day):
        return None
    year, month, number = day
    parts: tuple[Reading, ...] = ()
    if year is not None:
        said = (Reading(Shape.NUMBER, str(year)),)
        parts = said if number is None else (Reading(Shape.DATE, (None, month, number)), *said)
    return Figure(Kind.DATE, start, start + len(text), text, day, parts=parts)


def _days(text: str, start: int, days: list[Day]) -> Figure | None:
    """A range of days in one month: 3.–5. Oktober 2026, October 3–5, 2026."""
    if not all(map(_exists, days)):
        return None
    year = days[0][0]
    values = tuple("-".join(str(part or "") for part in day) for day in days)
    parts = tuple(Reading(Shape.DATE, (None, month, number)) for _, month, number in days)
    if year is not None:
        parts += (Reading(Shape.NUMBER, str(year)),)
    return Figure(Kind.RANGE, start, start + len(text), text, values, parts=parts)


def _two_digits(text: str, start: int, day: tuple[int, int, int]) -> Figure | None:
    year, month, number = day
    centuries = tuple((century + year, month, number) for century in (1900, 2000))
    if not any(map(_exists, centuries)):
        return None
    also = tuple(Reading(Shape.DATE, each) for each in centuries)
    return Figure(Kind.DATE, start, start + len(text), text, day, also=also)


def _exists(day: Day) -> bool:
    year, month, number = day
    if month is None or not 1 <= month <= 12 or year == 0:  # noqa: PLR2004
        return False
    # Without a year, 29 February is a day.
    return number is None or 1 <= number <= monthrange(year or 2000, month)[1]
