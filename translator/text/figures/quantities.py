"""Quantities: numbers, fractions and pairs of numbers, without signs and units.

1.250,50   ½   2 1/2   5–10   3:1   1939–45   2024/25   0221/123456   12/2024   10 000
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from translator.text.figures import dates, numerals, times
from translator.text.figures.figure import Figure, Kind, Reading, Shape
from translator.text.figures.letters import verbatim
from translator.text.figures.numerals import ascii_digits

_AREA: Final = re.compile(r"0\d{1,5}")
_SUBSCRIBER: Final = 4  # digits at least, of a telephone number without its area code
_YEAR: Final = 4  # digits
_SHORT_YEAR: Final = 2  # digits
_MONTHS: Final = 12
_LARGEST_DENOMINATOR: Final = 1000


def number_figure(numeral: str, start: int, language: str) -> Figure:
    """An unsigned number; a figure to the letter where it is malformed in `language`."""
    value = numerals.value(numeral, language)
    if value is not None:
        kind = Kind.DECIMAL if numerals.decimals(numeral, language) else Kind.INTEGER
        return Figure(kind, start, start + len(numeral), numeral, value, numeral=numeral)
    kind = Kind.VERSION if "." in numeral else Kind.CODE
    figure = replace(verbatim(kind, numeral, start), numeral=numeral)
    pieces = [ascii_digits(each) for each in re.findall(r"\d+", numeral)]
    if len(pieces) == 2 and "." in numeral and _are_short(pieces):  # noqa: PLR2004
        first, second = map(int, pieces)
        also = (*times.possible_times(first, second), *dates.possible_dates(first, second))
        return replace(figure, also=also)
    return figure


def fraction(text: str, start: int, whole: int, above: int, below: int) -> Figure:
    """A common fraction, with or without a whole number."""
    value = numerals.quotient(whole, above, below)
    return Figure(Kind.FRACTION, start, start + len(text), text, value, numeral=text)


def mixed(text: str, start: int) -> Figure | None:
    """A whole number and a fraction, 2 1/2; None if it is a division."""
    whole, above, below = (int(each) for each in re.findall(r"\d+", text))
    return fraction(text, start, whole, above, below) if above < below else None


def spaced(text: str, start: int, language: str) -> Figure | None:
    """Digits in groups with blanks between them, which may be several numbers as well."""
    figure = number_figure(text, start, language)
    return None if figure.verbatim else replace(figure, parts=as_parts(text.split(" ")))


def pair(match: re.Match[str], start: int, language: str) -> Figure:
    """Two numerals (groups 1 and 3) and the sign between them (2) as the figure that they are."""
    text, sign = match.group(), match[2]
    pieces = (ascii_digits(match[1]), ascii_digits(match[3]))
    if sign != ":" and _AREA.fullmatch(pieces[0]) and len(pieces[1]) >= _SUBSCRIBER:
        return verbatim(Kind.PHONE, text, start)
    if sign != ":" and _are_years(pieces):
        return _years(text, start, pieces)
    one, two = (number_figure(match[each], 0, language) for each in (1, 3))
    values = (str(one.value), str(two.value))
    if sign == "/":
        return _divided(text, start, pieces, is_number=not (one.verbatim or two.verbatim))
    if one.verbatim or two.verbatim:
        return verbatim(Kind.CODE, text, start)
    is_range = sign != ":" and Decimal(values[0]) < Decimal(values[1])
    kind = Kind.RANGE if is_range else Kind.SCORE
    end, parts = start + len(text), as_parts(values)
    return Figure(kind, start, end, text, values, numeral=text, parts=parts)


def as_parts(pieces: Iterable[str]) -> tuple[Reading, ...]:
    """Each run of digits as a figure of its own: a number, or a code if it has a zero in front."""
    return tuple(
        Reading(Shape.LETTERS if _is_padded(each) else Shape.NUMBER, each) for each in pieces
    )


def _is_padded(digits: str) -> bool:
    return len(digits) > 1 and digits.startswith("0") and "." not in digits


def _are_short(pieces: Iterable[str]) -> bool:
    """Whether numbers can be those of a day, a month, an hour."""
    return max(map(len, pieces)) <= _SHORT_YEAR


def _are_years(pieces: tuple[str, str]) -> bool:
    first, second = pieces
    if len(first) != _YEAR or not first.isdecimal() or not second.isdecimal() or first < "1":
        return False
    if len(second) == _SHORT_YEAR:
        return first[:2] + second > first
    return len(second) == _YEAR and first < second


def _years(text: str, start: int, pieces: tuple[str, str]) -> Figure:
    """A range of years, whose second may be short: 1939–45, 2024/25, 2024/2025."""
    first, second = pieces
    whole = second if len(second) == _YEAR else first[:2] + second
    end, parts = start + len(text), as_parts((first, whole))
    return Figure(Kind.RANGE, start, end, text, (first, whole), numeral=text, parts=parts)


def _divided(text: str, start: int, pieces: tuple[str, str], *, is_number: bool) -> Figure:
    """A fraction, a month, a day of a year as in 12/26, or a code."""
    above, below = pieces
    if not above.isdecimal() or not below.isdecimal():
        return verbatim(Kind.CODE, text, start)
    days = dates.of_year(int(above), int(below)) if _are_short(pieces) else ()
    is_fraction = is_number and len(below) <= _YEAR and 0 < int(above[:_YEAR]) < int(below)
    if is_fraction and len(above) < _YEAR and int(below) <= _LARGEST_DENOMINATOR:
        return replace(fraction(text, start, 0, int(above), int(below)), also=days)
    if len(below) == _YEAR and len(above) <= _SHORT_YEAR and 1 <= int(above) <= _MONTHS:
        days = (Reading(Shape.DATE, (int(below), int(above), None)),)
    return replace(verbatim(Kind.CODE, text, start), also=days)
