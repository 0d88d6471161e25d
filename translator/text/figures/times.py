"""Times of day: how a language writes them, read into (hour, minute, second).

    14.30 Uhr    22 Uhr 14    6 Uhr abends    halb 3    2:30 p.m.    6 o'clock    8–18 Uhr

An hour whose half of the day is not said in English (2:30, 6 o'clock) is either. So is a German
one in a text that speaks of the evening, and "halb 3".
"""

import re
from functools import cache
from typing import Final

from translator.text.figures.figure import Figure, Kind, Reading, Shape
from translator.text.figures.numerals import ascii_digits, locale_of

_HOUR: Final = r"(?:2[0-4]|[01]?\d)"
_MINUTE: Final = r"[0-5]\d"
_CLOCK: Final = rf"{_HOUR}(?:[:.]{_MINUTE}(?:[:.]{_MINUTE})?)?"
_DASH: Final = r"\s?[-–‑−]\s?"
_START: Final = r"(?<![\w.,:/])"
_GERMAN_HALF: Final = (
    r"(?:\s(?:morgens|früh|vormittags|mittags|nachmittags|abends|nachts"
    r"|(?:am|in\sder)\s(?:Morgen|Vormittag|Mittag|Nachmittag|Abend|Nacht))(?!\w))?"
)
_ENGLISH_HALF: Final = r"\s(?:in\sthe\s(?:morning|afternoon|evening)|at\s(?:night|noon))(?!\w)"
_AM_PM: Final = r"\s?(?:[ap]\.\s?m\.?|[AP]\.\s?M\.?|[ap]m|[AP]M)(?!\w)"
# Half and quarters of the twelve hours: no 0, no 13.
_TWELFTH: Final = r"(?:1[0-2]|[1-9])(?![\w:]|[.,]\d)"
_PATTERNS: Final = {
    "de": (
        rf"{_START}{_CLOCK}(?:{_DASH}|\sbis\s){_CLOCK}\s?Uhr(?!\w|\s{_MINUTE}(?!\d)){_GERMAN_HALF}"
        # 22 Uhr 14, but not 10 Uhr 30 Leute
        rf"|{_START}{_HOUR}\s?Uhr\s{_MINUTE}(?![.,:]\d|\w|\s[A-ZÄÖÜ])"
        rf"|{_START}{_CLOCK}\s?Uhr(?!\w){_GERMAN_HALF}"
        rf"|(?<!\w)(?:[Hh]alb|[Dd]reiviertel|[Vv]iertel\s(?:vor|nach))\s{_TWELFTH}"
        rf"(?:\sUhr(?!\w))?{_GERMAN_HALF}"
    ),
    "en": (
        rf"{_START}{_CLOCK}(?:{_AM_PM})?{_DASH}{_CLOCK}{_AM_PM}"
        rf"|{_START}{_CLOCK}(?:{_AM_PM}|\so['’]?clock(?!\w)(?:{_ENGLISH_HALF})?|{_ENGLISH_HALF})"
        rf"|(?<!\w)(?:[Hh]alf\s(?:past\s)?|[Qq]uarter\s(?:past|to)\s){_TWELFTH}"
    ),
}
# 14h30, as in French, and 14:30 h.
_OTHER: Final = rf"{_START}{_HOUR}(?:\s?[hH]\s?{_MINUTE}(?!\s?m)|:{_MINUTE}\s?h)(?!\w)"
_NUMBERS: Final = re.compile(r"(\d{1,2})(?:[:.](\d\d)(?:[:.](\d\d))?)?")
_LATE: Final = re.compile(r"mittag|abend|nacht|night|evening|afternoon", re.IGNORECASE)
_HALVES: Final = (
    ("pm", re.compile(r"abend|nachmittag|evening|afternoon|^\s?p\.?\s?m", re.IGNORECASE)),
    ("am", re.compile(r"früh|morgen|vormittag|morning", re.IGNORECASE)),
    ("noon", re.compile(r"mittag|noon", re.IGNORECASE)),
    ("night", re.compile(r"nacht|night", re.IGNORECASE)),
    ("am", re.compile(r"^\s?a\.?\s?m", re.IGNORECASE)),
)
# Minutes from the hour that is named.
_FROM_HOUR: Final = {"halb": -30, "dreiviertel": -15, "vor": -15, "to": -15, "half": 30}
_QUARTER: Final = 15
_NOON: Final = 12
_DAY: Final = 24
_HOUR_MINUTES: Final = 60
# Before this it is morning even "at night", and afternoon "at noon".
_DAWN: Final = 6

Clock = tuple[int, int, int]


@cache
def time_pattern(language: str) -> str:
    """A regular expression for a time that says it is one."""
    own = _PATTERNS.get(language.partition("-")[0])
    if own:
        return f"{own}|{_OTHER}"
    halves = "|".join(re.escape(each) for each in _periods(language))
    return rf"{_START}{_CLOCK}\s?(?:{halves})|{_OTHER}" if halves else _OTHER


def is_late(text: str) -> bool:
    """Whether a text speaks of the second half of a day."""
    return _LATE.search(text) is not None


def spoken(text: str, start: int, language: str, *, late: bool) -> Figure | None:
    """The time or range of times `text`, which `pattern` fits; None if there is no such time."""
    end = start + len(text)
    digits = ascii_digits(text)
    found = list(_NUMBERS.finditer(digits))
    half = _half(digits[found[-1].end() :], language)
    words = digits[: found[0].start()].lower().split()
    first = _clock(found[0])
    if words:
        minutes = next((_FROM_HOUR[each] for each in words if each in _FROM_HOUR), _QUARTER)
        total = (first[0] * _HOUR_MINUTES + minutes) % (_DAY * _HOUR_MINUTES)
        value = _moved((*divmod(total, _HOUR_MINUTES), 0), half)
        return value and Figure(
            Kind.TIME, start, end, text, value, also=_other_half(value, either=not half)
        )
    if len(found) == 1:
        value = _moved(first, half)
        either = not half and _is_open(language, late=late)
        return value and Figure(
            Kind.TIME,
            start,
            end,
            text,
            value,
            also=_other_half(value, either=either) + _hour(value),
        )
    second = _clock(found[1])
    between = digits[found[0].end() : found[1].start()]
    if between.strip().lower() in {"uhr", "h"}:
        parts = (_time((first[0], 0, 0)), Reading(Shape.NUMBER, str(second[0])))
        return Figure(Kind.TIME, start, end, text, (first[0], second[0], 0), parts=parts)
    return _range(text, start, (first, _half(between, language) or half), (second, half))


def plain(text: str, start: int, language: str, *, late: bool) -> Figure | None:
    """The time `text` as in 14:30 or 14:30:15, which a score may look like; None if it is none."""
    match = _NUMBERS.fullmatch(ascii_digits(text))
    value = match and _moved(_clock(match), "")
    if not value:
        return None
    either = not text.startswith("0") and _is_open(language, late=late)
    also = _other_half(value, either=either)
    if text.count(":") == 1:
        also += (Reading(Shape.PAIR, (str(value[0]), str(value[1]))),)
    return Figure(Kind.TIME, start, start + len(text), text, value, also=also)


def possible_times(hour: int, minute: int) -> tuple[Reading, ...]:
    """The reading of 14.30 as a time, if there is such a time."""
    return (_time((hour, minute, 0)),) if hour < _DAY and minute < _HOUR_MINUTES else ()


def full_hour(number: str) -> tuple[Reading, ...]:
    """The readings of a number as an hour of the clock, as in "8 to 10 p.m."."""
    if not number.isdecimal() or len(number) > 2 or int(number) > _DAY:  # noqa: PLR2004
        return ()
    value = (int(number), 0, 0)
    return (_time(value), *_other_half(value, either=True))


def _periods(language: str) -> list[str]:
    """The words of CLDR for a.m. and p.m., in this order."""
    periods = locale_of(language).day_periods.get("format", {}).get("wide", {})
    return [str(periods[each]) for each in ("am", "pm") if each in periods]


def _is_open(language: str, *, late: bool) -> bool:
    """Whether an hour up to twelve may be one of the afternoon though nothing says so."""
    return late or language.partition("-")[0] == "en"


def _clock(match: re.Match[str]) -> Clock:
    hour, minute, second = match.groups()
    return int(hour), int(minute or 0), int(second or 0)


def _time(value: Clock) -> Reading:
    return Reading(Shape.TIME, value)


def _half(words: str, language: str) -> str:
    """Which part of the day the words after a time say: "am", "noon", "pm", "night" or ""."""
    for half, words_of_half in _HALVES:
        if words_of_half.search(words):
            return half
    periods = zip(("am", "pm"), _periods(language), strict=False)
    return next((half for half, word in periods if word and word in words), "")


def _moved(value: Clock, half: str) -> Clock | None:
    """The time on the clock of 24 hours; None if there is no such time."""
    hour, minute, second = value
    if hour > _DAY or max(minute, second) >= _HOUR_MINUTES or (hour == _DAY and (minute or second)):
        return None
    if hour == _NOON and half in {"am", "night"}:
        return 0, minute, second
    late = half == "pm" or (half == "night" and hour > _DAWN) or (half == "noon" and hour < _DAWN)
    return (hour + _NOON if late and hour < _NOON else hour), minute, second


def _other_half(value: Clock, *, either: bool) -> tuple[Reading, ...]:
    """The same hands twelve hours later, where that is open; 24:00 is 0:00."""
    hour, minute, second = value
    if hour in {0, _DAY} and not minute:
        return (_time((_DAY - hour, 0, second)),)
    if either and hour <= _NOON:
        return (_time(((hour + _NOON) % _DAY, minute, second)),)
    return ()


def _hour(value: Clock) -> tuple[Reading, ...]:
    """A full hour as a bare number: um 18 Uhr, at 6."""
    hour, minute, second = value
    if minute or second:
        return ()
    hours = dict.fromkeys((hour, hour - _NOON if hour > _NOON else hour))
    return tuple(Reading(Shape.NUMBER, str(each)) for each in hours)


def _range(
    text: str, start: int, first: tuple[Clock, str], last: tuple[Clock, str]
) -> Figure | None:
    begin, end = _moved(*first), _moved(*last)
    # "9 bis 6 Uhr abends" begins in the morning.
    if begin and end and begin > end and first[0] < end:
        begin = first[0]
    if begin is None or end is None:
        return None
    values = tuple(f"{hour}:{minute:02}" for hour, minute, _ in (begin, end))
    parts = (_time(begin), _time(end))
    return Figure(Kind.RANGE, start, start + len(text), text, values, unit="h", parts=parts)
