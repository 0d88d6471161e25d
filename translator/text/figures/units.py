"""Units, currencies and scale words: the words that each language has for them.

Names and plurals are CLDR's, in every language that it knows; tables.py adds spellings
that people use besides.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from babel.numbers import get_currency_name, get_currency_symbol
from babel.units import format_unit

from translator.text.characters import words
from translator.text.figures.numerals import locale_of
from translator.text.figures.tables import CURRENCY_WORDS, OWN_SIGNS, SCALE_WORDS, UNITS

PERCENT: Final = "%"
PERCENTS: Final = frozenset({PERCENT, "‰", "%vol", "%wt"})
# CLDR's short forms that are other words as well: 3 in, 2 J, 5 M.
_TAKEN: Final = words("in st j a t m d b")

CURRENCIES: Final = frozenset(CURRENCY_WORDS)
_NUMBER_FIRST: Final = re.compile(r"[-\u200e]?\d[\d.,\u00a0\u202f’]*(\D+)")
# One figure that covers all plural forms (CLDR: zero, one, two, few, many, other).
_COUNTS: Final = (0, 1, Decimal("1.5"), 2, 3, 5, 11, 100)

_DOLLARS: Final = ("CAD", "AUD", "NZD", "HKD", "SGD")
# Units that may stand for each other: "Pfund" is money and mass, degrees need no scale, and a
# dollar that is not said to be another one is any.
_SAME: Final = frozenset(
    frozenset(pair.split())
    for pair in (
        *("lb GBP", "° °C", "° °F", "JPY CNY", "% %vol", "% %wt", "U/min 1/min", "Nm N·m"),
        *(f"USD {each}" for each in _DOLLARS),
    )
)


class Names(NamedTuple):
    """Units by their names: the words of a language after a figure, and their meaning.

    Words are looked up as they are in `exact`, then in lower case in `any_case`; the meaning is a
    unit. `scales` has exponents of ten, in lower case.
    """

    exact: dict[str, str]
    any_case: dict[str, str]
    scales: dict[str, int]


@cache
def names_of(language: str) -> Names:
    """The units, currencies and scale words that a text of `language` may name."""
    exact: dict[str, str] = {}
    any_case: dict[str, str] = {}
    for unit, spelling in _spellings(language):
        if not spelling:
            continue
        # Shorter ones are signs. "Mark" is money, and "mark" is none.
        if (len(spelling) > 3 or " " in spelling) and spelling != "Mark":  # noqa: PLR2004
            any_case.setdefault(spelling.lower(), unit)
        exact.setdefault(spelling, unit)
    return Names(exact, any_case, _scales(language))


def compatible(one: str, other: str, *, lenient: bool) -> bool:
    """Whether two units do not contradict each other.

    A plain unit may be left out, or be a word that is not known here; a currency and a percent
    sign may not, unless `lenient`.
    """
    if one == other or frozenset((one, other)) in _SAME:
        return True
    if one and other:
        return False
    return lenient or not is_strict(one or other)


def is_strict(unit: str) -> bool:
    """Whether a figure without this unit is another figure."""
    return is_money(unit) or unit in PERCENTS


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, or an amount of one for something else: EUR/kg."""
    return unit.partition("/")[0] in CURRENCIES


def _spellings(language: str) -> Iterator[tuple[str, str]]:
    """Each unit and currency with each of its spellings."""
    for unit, (name, more) in UNITS.items():
        names = _names_of_unit(name, language) if name else ()
        for spelling in (unit, *more.split("|"), *(each for each in names if each not in _TAKEN)):
            yield unit, spelling
    for code, more in CURRENCY_WORDS.items():
        for spelling in (code, *more.split("|"), *_names_of_currency(code, language)):
            yield code, spelling


def _names_of_currency(code: str, language: str) -> Iterator[str]:
    locale = locale_of(language)
    symbol = get_currency_symbol(code, locale=locale)
    if not symbol.isalpha():
        yield symbol
    for count in _COUNTS:
        yield get_currency_name(code, count, locale=locale)


def _names_of_unit(name: str, language: str) -> Iterator[str]:
    locale = locale_of(language)
    for length in ("long", "short"):
        for count in _COUNTS:
            written = format_unit(count, name, length, locale=locale, numbering_system="latn")
            if match := _NUMBER_FIRST.fullmatch(written):
                yield match[1].strip().removesuffix(".").replace("\u00a0", " ")


@cache
def _scales(language: str) -> dict[str, int]:
    scales = dict(SCALE_WORDS.get(language.partition("-")[0], {}))
    for length in ("long", "short"):
        forms = locale_of(language).compact_decimal_formats.get(length, {})
        for exponents in forms.values():
            for power, pattern in exponents.items():
                text = str(pattern.pattern)
                word = text.strip("0").strip().replace("'", "").removesuffix(".").lower()
                zeros = text.count("0")
                if (len(word) > 1 or not word.isascii()) and word.isalpha() and zeros:
                    scales.setdefault(word, len(power) - zeros)
    return scales


def unit_name(unit: str, number: Decimal, language: str) -> str:
    """The name of a unit behind a number; "" where CLDR has none, or puts it before."""
    identifier = UNITS[unit][0] if unit in UNITS else ""
    if not identifier:
        return ""
    written = format_unit(number, identifier, locale=locale_of(language), numbering_system="latn")
    match = _NUMBER_FIRST.fullmatch(written)
    return match[1].strip() if match else ""


def own_sign(unit: str, language: str) -> str:
    """The sign that a language has of its own for a unit, as English rpm; "" if it has none."""
    return OWN_SIGNS.get((language.partition("-")[0], unit), "")


@cache
def scale_word(language: str, exponent: int) -> str:
    """The word for ten to the power of `exponent` after a number; "" if there is none."""
    forms = locale_of(language).compact_decimal_formats.get("long", {}).get("other", {})
    pattern = forms.get("1" + "0" * exponent)
    text = str(pattern.pattern) if pattern is not None else ""
    word = text.removeprefix("0").strip()
    return word if text.startswith("0 ") and word.isalpha() else ""
