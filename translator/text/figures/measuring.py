"""Measuring: a number gets the sign, the scale word, the unit and the currency beside it.

-5 °C    3,5 Milliarden Euro    € 19,99    19,- €    der 3. Platz    E 95
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from translator.text.figures import numerals
from translator.text.figures.figure import Figure, Kind, Reading, Shape
from translator.text.figures.letters import verbatim
from translator.text.figures.measures import currency_before, glued_scale, measure_after, over, per
from translator.text.figures.units import CURRENCIES, PERCENTS, is_money

_SIGN: Final = re.compile(
    r"(?:(?<![^\s(\[{„“”\"'»«:=/<>≈~*|])[-−–+±]|(?<!\w)(?:[Mm]inus|negative) )\Z"
)
_LETTERS_BEFORE: Final = re.compile(r"(?<!\w)([A-Z][A-Za-z]{0,3})[ \u00a0-]\Z")
# -,50 € is half a euro.
_NO_EUROS: Final = re.compile(r"(?<![\w.,])[-–—]{1,2},(\d\d)\Z")
_NO_EUROS_LONGEST: Final = 3
_NO_CENTS: Final = re.compile(r"[.,](?:[-–—]{1,2}|=)(?!\w)")
_BELOW: Final = re.compile(
    r"\s(?:below|under)\s(?:zero|freezing)|\sunter\s(?:[Nn]ull|dem\sGefrierpunkt)"
)
# A number of a chapter or of a version, which no language writes its own way.
_SECTION: Final = re.compile(r"\d{1,3}(?:\.\d{1,2}){1,4}")
_NUMBERED: Final = re.compile(
    r"\b(?:Kapitel|Abschnitt|Ziffer|Punkt|Version|Abbildung|Abb\.|Tabelle|Chapter|Section|Item"
    r"|Release|Figure|Fig\.|Table)\s\Z",
    re.IGNORECASE,
)
_ORDINAL_BEFORE: Final = re.compile(
    r"(?:\b(?:der|die|das|den|dem|des|am|im|zum|zur|vom|beim|ins|jede[nmrs]?|[mds]eine?[nmrs]?"
    r"|ihre?[nmrs]?|unsere?[nmrs]?|eine?[nmrs]?|und|oder)|[(–-])\s?\Z"
)
_ORDINAL_NOUN: Final = re.compile(
    r"\.\s(?:Jahrhunderte?s?|Jh|Jhd|Jht|Platz|Klasse|Stock|Etage|OG|Obergeschoss|Mal|Auflage|Kapitel|Lebensjahr"
    r"|Geburtstag|Advent|Liga|Bundesliga|Runde|Spieltag|Spielminute|Minute|Woche|Tag|Monat|Jahr|Quartal|Halbjahr"
    r"|Semester|Weltkrieg|Rang|Stelle|Jahrestag|Wahlgang|Gang|Satz|Lauf|Etappe|Preis|Teil|Band)"
)
_ORDINAL_AFTER: Final = re.compile(r"\.(?:\s?[-–]|\s[\wÄÖÜ])")
# In den 1990er-Jahren: the word for the years belongs to the decade.
_YEARS: Final = re.compile(r"[-‐‑ ]Jahren?(?!\w)")
_BEFORE: Final = 14  # characters that the words before an ordinal take
_ORDINAL_DIGITS: Final = 3


def measured(text: str, figure: Figure, floor: int, language: str) -> Figure:
    """A figure of a text with its sign, scale word, unit and currency.

    Nothing before character `floor` belongs to it.
    """
    if figure.shape in {Shape.NUMBER, Shape.PAIR} or figure.numeral:
        before = text[max(0, figure.start - _BEFORE) : figure.start]
        if _SECTION.fullmatch(figure.text) and _NUMBERED.search(before):
            return verbatim(Kind.VERSION, figure.text, figure.start)
        if figure.kind is Kind.INTEGER and (ordinal := _ordinal(text, figure)):
            return ordinal
        if figure.unit == "decade" and (years := _YEARS.match(text, figure.end)):
            end = years.end()
            return replace(figure, end=end, text=text[figure.start : end])
        if figure.unit not in {"decade", "h"} and figure.kind is not Kind.ORDINAL:
            return _named(text, _dressed(text, figure, floor, language))
    return figure


def _named(text: str, figure: Figure) -> Figure:
    """The figure with another reading if letters stand before it: E 95 is E95."""
    match = _LETTERS_BEFORE.search(text[max(0, figure.start - 6) : figure.start])
    if match is None or figure.unit or figure.shape is Shape.PAIR:
        return figure
    joined = Reading(Shape.LETTERS, match[1] + numerals.ascii_digits(figure.numeral))
    return figure.with_readings([joined])


def _ordinal(text: str, figure: Figure) -> Figure | None:
    """The figure as an ordinal, if the full stop behind it makes it one: der 3. Platz."""
    end = figure.end
    if text[end : end + 1] != "." or len(figure.numeral) > _ORDINAL_DIGITS:
        return None
    before = text[max(0, figure.start - _BEFORE) : figure.start]
    is_ordinal = _ORDINAL_NOUN.match(text, end) or (
        _ORDINAL_AFTER.match(text, end) and _ORDINAL_BEFORE.search(before)
    )
    if not is_ordinal:
        return None
    return replace(figure, kind=Kind.ORDINAL, end=end + 1, text=text[figure.start : end + 1])


def _dressed(text: str, figure: Figure, floor: int, language: str) -> Figure:
    start, end = figure.start, figure.end
    if match := _NO_EUROS.search(text, max(floor, start - _NO_EUROS_LONGEST), end):
        start = match.start()
        cents = numerals.value(f"0.{match[1]}", "en") or ""
        numeral = match.group()
        figure = Figure(Kind.DECIMAL, start, end, numeral, cents, numeral=numeral)
    elif match := _NO_CENTS.match(text, end):
        end = match.end()
    currency, start = _currency(text, start, floor, language)
    exponent, after = glued_scale(text, end) if currency else (0, end)
    unit = currency
    if not exponent:
        unit, exponent, after, _ = measure_after(text, end, language)
    if currency and unit and unit != currency:
        unit, exponent, after = currency, 0, end
    if unit in CURRENCIES or currency:
        divided, after = over(text, after, language)
        unit = f"{unit or currency}/{divided}" if divided else unit
    end = after
    sign, start = _sign(text, start, floor)
    if not currency and sign:
        currency, start = _currency(text, start, floor, language)
    unit = unit or currency
    return _restated(text, figure, (start, end), (sign, exponent, unit), language)


def _restated(
    text: str,
    figure: Figure,
    span: tuple[int, int],
    measure: tuple[str, int, str],
    language: str,
) -> Figure:
    """The figure from `span[0]` to `span[1]` with a sign, an exponent and a unit."""
    sign, exponent, unit = measure
    start, end = span
    if not (sign or exponent or unit) and end == figure.end:
        return figure
    kind = _kind(figure.kind, unit)
    changed = replace(
        figure, kind=kind, start=start, end=end, text=text[start:end], unit=unit, exponent=exponent
    )
    if figure.verbatim:
        return replace(changed, value=sign + str(figure.value))
    parts = tuple(
        each._replace(value=numerals.shifted(str(each.value), exponent), unit=unit)
        for each in figure.parts
    )
    if isinstance(figure.value, tuple):
        values = tuple(numerals.shifted(str(each), exponent) for each in figure.value)
        return replace(changed, value=values, parts=parts)
    value = numerals.negative(numerals.shifted(str(figure.value), exponent), sign)
    changed = replace(changed, value=value, parts=parts or _related(value, unit))
    return changed.with_readings(_other_readings(text, changed, sign, language))


def _related(value: str, unit: str) -> tuple[Reading, ...]:
    """The parts of an amount that is related to another one: 5.8 litres in 100 km."""
    above, _, below = unit.partition("/")
    count, blank, below = below.partition(" ")
    if not blank:
        return ()
    return Reading(Shape.NUMBER, value, above), Reading(Shape.NUMBER, count, below)


def _other_readings(text: str, figure: Figure, sign: str, language: str) -> Iterator[Reading]:
    """The further readings of a number, by its sign and by the words behind it."""
    value, unit = str(figure.value), figure.unit
    if unit and (divided := per(text, figure.end, language)):
        yield Reading(Shape.NUMBER, value, f"{unit}/{divided}")
    if sign == "–" and not unit:
        yield Reading(Shape.NUMBER, value[1:])
    if not sign and _BELOW.match(text, figure.end):
        yield Reading(Shape.NUMBER, f"-{value}", unit)


def _kind(kind: Kind, unit: str) -> Kind:
    if kind in {Kind.RANGE, Kind.SCORE} or not unit:
        return kind
    if is_money(unit):
        return Kind.CURRENCY
    return Kind.PERCENT if unit in PERCENTS else Kind.UNIT


def _currency(text: str, start: int, floor: int, language: str) -> tuple[str, int]:
    currency, first = currency_before(text, start, language)
    return (currency, first) if first >= floor else ("", start)


def _sign(text: str, start: int, floor: int) -> tuple[str, int]:
    """The sign before `start` and where it begins; none where a figure stands just before."""
    match = _SIGN.search(text[max(floor, start - len("negative ") - 1) : start])
    if match is None:
        return "", start
    sign, first = match.group(), start - len(match.group())
    if sign[-1] == " ":
        return "-", first
    if floor and floor >= first - 1:
        return "", start
    return sign, first
