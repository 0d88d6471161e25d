"""English days, times and years: each in every order and writing that means the same."""

import re
from itertools import product
from typing import Final

from tests.bench.english_numbers import JOINS, ordinal_word, suffixed, words
from tests.bench.units import MONTHS

_NOON: Final = 12


def _day(number: int) -> set[str]:
    return {str(number), f"{number:02}", suffixed(number), ordinal_word(number)}


def date(text: str) -> set[str]:
    """2026-11-30, or 11-30 without its year. Raises ValueError for what is no date."""
    return _date_with(text, short=False)


def short_date(text: str) -> set[str]:
    """A date whose year may stand with two figures."""
    return _date_with(text, short=True)


def _date_with(text: str, *, short: bool) -> set[str]:
    year, month, day = _ymd(text)
    years = set() if not year else {year, *({year[2:], f"'{year[2:]}"} if short else ())}
    names, days = MONTHS[month - 1], _day(day)
    forms = {f"{d}{of}{name}" for d in days for name in names for of in (" ", " of ", "-", ". ")}
    behind = {f"{name} {the}{d}" for d in days for name in names for the in ("", "the ")}
    forms = _with_year(forms, years) | _with_year(behind, years)
    d_m = {(str(day), str(month)), (f"{day:02}", f"{month:02}"), (f"{day}", f"{month:02}")}
    for join in "./-":
        for d, m in d_m:
            heads = [f"{d}{join}{m}"] + ([f"{m}{join}{d}"] if day > _NOON else [])
            for head in heads:
                forms |= {f"{head}{join}{each}" for each in years}
                forms |= {f"{head}{join} {each}" for each in years if join == "."}
                forms |= set() if years else {head, f"{head}{join}" if join == "." else head}
    if year:
        forms |= {f"{year}-{month:02}-{day:02}", f"{year}/{month:02}/{day:02}"}
    return forms


def _with_year(forms: set[str], years: set[str]) -> set[str]:
    if not years:
        return forms
    return {f"{form}{join}{year}" for form in forms for year in years for join in (" ", ", ", "-")}


def _ymd(text: str) -> tuple[str, int, int]:
    match = re.fullmatch(r"(?:(\d{4})-)?(\d\d)-(\d\d)", text)
    if not match:
        raise ValueError(f"no date: {text}")
    return match[1] or "", int(match[2]), int(match[3])


def dates(first: str, last: str) -> set[str]:
    """From one day to another of the same month; other spans are two dates."""
    year, month, day = _ymd(first)
    end_year, end_month, end_day = _ymd(last)
    if (year, month) != (end_year, end_month):
        raise ValueError(f"two dates, not one span: {first} and {last}")
    joins = (*JOINS, " to the ", " until the ")
    years = {year} if year else set()
    months = MONTHS[month - 1]
    days = {f"{a}{join}{b}" for a, b in product(_day(day), _day(end_day)) for join in joins}
    behind = {f"{each}{of}{name}" for each in days for name in months for of in (" ", " of ")}
    behind |= {
        f"{a} {name}{join}{b} {name}"
        for a, b in product(_day(day), _day(end_day))
        for name in months
        for join in JOINS
    }
    before = {f"{name} {each}" for each in days for name in months}
    before |= {
        f"{name} {a}{join}{name} {b}"
        for a, b in product(_day(day), _day(end_day))
        for name in months
        for join in JOINS
    }
    forms = _with_year(behind | before, years)
    for width in (1, 2):
        start, end, number = (f"{each:0{width}}" for each in (day, end_day, month))
        ends = {f"{end}.{number}.{year}"} | (set() if year else {f"{end}.{number}"})
        heads = (start, f"{start}.", f"{start}.{number}", f"{start}.{number}.")
        forms |= {f"{head}{join}{each}" for head in heads for join in joins for each in ends}
    return forms


def years_between(first: str, last: str) -> set[str]:
    """2019-2026, 2025/26."""
    forms = {f"{first}{join}{last}" for join in (*JOINS, "/")}
    if first[:2] == last[:2]:
        forms |= {f"{first}{join}{last[2:]}" for join in ("-", "/")}
    return forms


def decade(year: str) -> set[str]:
    """The 1990s, the nineties."""
    tens = {2: "twenties", 3: "thirties", 4: "forties", 5: "fifties"}
    tens |= {6: "sixties", 7: "seventies", 8: "eighties", 9: "nineties"}
    short = year[2:]
    forms = {f"{year}s", f"{year}'s", f"{short}s", f"'{short}s", f"{short}'s"}
    return forms | ({tens[int(short) // 10]} if int(short) >= 20 else set())


_MORNING: Final = ("a.m.", "am", "a.m", "in the morning", "o'clock in the morning")
_EVENING: Final = (
    "p.m.",
    "pm",
    "p.m",
    "in the afternoon",
    "in the evening",
    "at night",
    "o'clock in the afternoon",
    "o'clock in the evening",
    "o'clock at night",
)


def time(text: str) -> set[str]:
    """A time of the 24-hour day; in a form of twelve hours it must say which half."""
    hour, _, minute = text.partition(":")
    value = int(hour)
    clock = {f"{value}:{minute or '00'}", f"{value:02}:{minute or '00'}"}
    if minute:
        clock |= {f"{each.replace(':', '.')}" for each in clock}
    forms = set(clock)
    forms |= {f"{each} {name}" for each in clock for name in ("o'clock", "hours", "h", "hrs")}
    if not minute:
        heads = {hour, *(words(value) if value else ())}
        forms |= {f"{head} o'clock" for head in heads} | {f"{value} h", f"{value}h"}
        forms |= {f"{value} hours", f"{value:02}00 hours"}
        forms |= heads if 1 <= value <= _NOON else set()
    half = value % _NOON or _NOON
    parts = _EVENING if _NOON <= value < 2 * _NOON else _MORNING
    twelve = _twelve_hours(half, minute) | clock
    forms |= {f"{each} {part}" for each in twelve for part in parts}
    forms |= {f"{each}{part}" for each in twelve for part in parts if each[-1].isdigit()}
    if 1 <= value <= _NOON:
        forms |= twelve
    if not minute or minute == "00":
        names = {0: ("midnight", "12 midnight"), 12: ("noon", "midday", "12 noon", "12 midday")}
        forms |= set(names.get(value % 24, ()))
    return forms


def _twelve_hours(half: int, minute: str) -> set[str]:
    if not minute:
        return {str(half), f"{half}:00", f"{half:02}:00", *words(half)}
    if minute == "00":
        return {f"{half}:00", f"{half}.00", f"{half:02}:00", str(half), *words(half)}
    forms = {f"{half}:{minute}", f"{half}.{minute}", f"{half:02}:{minute}"}
    after = half % _NOON + 1
    said = {"15": ("quarter past", half), "30": ("half past", half), "45": ("quarter to", after)}
    if minute in said:
        before, hour = said[minute]
        forms |= {f"{before} {each}" for each in {str(hour), *words(hour)}}
    return forms


def clock(text: str) -> set[str]:
    """A time whose half of the day the German text says in words, or leaves open."""
    hour, _, minute = text.partition(":")
    twelve = _twelve_hours(int(hour) % _NOON or _NOON, minute)
    return time(text) | twelve | {f"{each} o'clock" for each in twelve}


def times(first: str, last: str) -> set[str]:
    """From one time of a day to another, of which the first may leave its half of the day open."""
    morning = ("a.m.", "am", "in the morning", "o'clock")
    evening = ("p.m.", "pm", "in the afternoon", "in the evening", "o'clock")
    ends: list[set[str]] = []
    for each, is_last in ((first, False), (last, True)):
        hour, _, minute = each.partition(":")
        value = int(hour)
        late = _NOON <= value < 2 * _NOON
        plain = {each, each.replace(":", "."), f"{value}:{minute or '00'}"}
        plain |= {f"{value:02}:{minute or '00'}"} | (words(value) if not minute else set())
        twelve = _twelve_hours(value % _NOON or _NOON, minute)
        forms = plain | {f"{form} {part}" for form in plain for part in ("o'clock", "h", "hours")}
        for part in evening if late else morning:
            forms |= {f"{form} {part}" for form in twelve} | {f"{form}{part}" for form in twelve}
        if not is_last:
            forms |= twelve
        if not minute or minute == "00":
            forms |= {0: {"midnight"}, _NOON: {"noon", "midday", "12 noon"}}.get(value % 24, set())
        ends.append(forms)
    return {f"{a}{join}{b}" for a, b in product(*ends) for join in JOINS}
