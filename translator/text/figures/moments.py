"""Moments: dates and times of day in a language's form.

    30.11.2026  30 November 2026     3.–5. Oktober  3–5 October     14.30 Uhr  14:30, 2:30 p.m.

English has the day before the month, as in most of its countries, and the month's name, since
11/30 and 30/11 are read either way.
"""

from datetime import date
from typing import Final, Literal

from babel.dates import format_date

from translator.text.figures.dates import Day
from translator.text.figures.figure import Figure, Kind
from translator.text.figures.numerals import locale_of

Clock = Literal[12, 24]

# The root of English in CLDR is American.
_DAY_FIRST: Final = {"en": "en_GB"}
_LEAP_YEAR: Final = 2000
_NOON: Final = 12
# Between two times with a word between them.
_JOINTS: Final = {"de": " bis ", "en": " to "}


def moment(figure: Figure, language: str, clock: Clock) -> str:
    """A date, a time, or a range of them, in the form of `language`."""
    if figure.kind is Kind.DATE:
        return _date(figure, language)
    if figure.kind is Kind.RANGE and figure.unit != "h":
        return _days(figure, language)
    return _times(figure, language, clock)


def _date(figure: Figure, language: str) -> str:
    """A date; ISO 8601 and a year of two digits stay as they are."""
    is_iso = figure.text[:4].isdecimal() and figure.text[4:5] in "-/"
    if is_iso or figure.also:
        return figure.text
    year, month, number = (int(each) if each is not None else None for each in figure.value)
    is_named = any(map(str.isalpha, figure.text)) or language.partition("-")[0] == "en"
    return _day((year, month, number), language, named=is_named)


def _day(day: Day, language: str, *, named: bool) -> str:
    """A day, a month or a day of a month by CLDR's patterns, with the month's name or without."""
    year, month, number = day
    locale = locale_of(_DAY_FIRST.get(language, language))
    if year is None or number is None:
        pattern = locale.datetime_skeletons["MMMMd" if year is None else "yMMMM"]
    else:
        pattern = locale.date_formats["long"] if named else locale.datetime_skeletons["yMd"]
    moment = date(year or _LEAP_YEAR, month or 1, number or 1)
    return format_date(moment, str(pattern.pattern), locale=locale)


def _days(figure: Figure, language: str) -> str:
    """A range of days: 3.–5. Oktober 2026 is 3–5 October 2026."""
    name = language.partition("-")[0]
    if name not in {"de", "en"}:
        return figure.text
    first, last = (str(each).split("-") for each in figure.value)
    year, month, number = (int(part) if part else None for part in last)
    dot = "." if name == "de" else ""
    return f"{first[2]}{dot}–{_day((year, month, number), language, named=True)}"


def _times(figure: Figure, language: str, clock: Clock) -> str:
    """A time or a range of times: 8–18 Uhr is 8:00–18:00, or 8 a.m.–6 p.m.

    A bare 14:30 may be a score, and is only written with p.m. where it is later than noon.
    """
    is_range = figure.kind is Kind.RANGE
    values = [each.value for each in figure.parts] if is_range else [figure.value]
    times = [tuple(int(part or 0) for part in value) for value in values]
    says_so = any(map(str.isalpha, figure.text)) or figure.text.count(":") > 1
    name = language.partition("-")[0]
    joint = _JOINTS.get(name, "–") if "bis" in figure.text else "–"
    if name == "en" and clock == _NOON and (says_so or times[0][0] > _NOON):
        return joint.join(_twelve(*each) for each in times)
    if not says_so:
        return figure.text
    ending = " Uhr" if name == "de" else ""
    if ending and not is_range and not any(times[0][1:]):
        return f"{times[0][0]}{ending}"
    return joint.join(_digits(*each) for each in times) + ending


def _digits(hour: int, minute: int, second: int) -> str:
    return f"{hour}:{minute:02}" + (f":{second:02}" if second else "")


def _twelve(hour: int, minute: int, second: int) -> str:
    """A time of the clock of twelve hours: 2:30 p.m., 6 p.m., 12:15 a.m."""
    half = "p.m." if _NOON <= hour < 2 * _NOON else "a.m."
    whole = hour % _NOON or _NOON
    return f"{_digits(whole, minute, second) if minute or second else whole} {half}"
