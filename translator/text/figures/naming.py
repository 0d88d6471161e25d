"""Naming: the unit behind a number in the form of another language.

Stunden  hours      U/min  rpm      h/Woche  h/week      Vol.-%  % vol
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from translator.text.figures.figure import Figure
from translator.text.figures.numerals import locale_of
from translator.text.figures.units import PERCENT, own_sign, unit_name

# A sign has less than three letters, but for kWh and its like, which have capitals inside.
_LONG_NAME: Final = re.compile(r"[^\W\d_][^\W\dA-Z_]{2,}")
_BY_VOLUME: Final = "%vol"
# CLDR has no unit for them.
_POINT: Final = re.compile("prozentpunkt", re.IGNORECASE)


def unit_behind(figure: Figure, unit: str, language: str) -> str:
    """The unit behind a number, with the gap before it: signs as they are, names translated."""
    named = unit.strip()
    if own := own_sign(figure.unit, language):
        return f" {own}"
    if named == PERCENT or figure.unit == _BY_VOLUME:
        form = str(locale_of(language).percent_formats[None].pattern)
        sign = form[form.rfind("0") + 1 :]
        return sign if named == PERCENT else f"{sign} vol"
    if _POINT.match(named) and language.partition("-")[0] == "en":
        return " percentage point" if figure.value == "1" else " percentage points"
    above, _, below = unit.partition("/")
    if _LONG_NAME.fullmatch(below.strip()):
        one, _, other = figure.unit.partition("/")
        return unit_behind(replace(figure, unit=one), above, language) + divided_by(
            other, below, language
        )
    if named.endswith("."):  # Std.
        named = named[:-1]
        unit = unit[:-1]
    plain = figure.value if isinstance(figure.value, str) and "/" not in figure.value else "2"
    name = unit_name(figure.unit, Decimal(plain.lstrip("±")), language)
    is_sign = named == figure.unit or not named.replace(" ", "").isalpha()
    return unit if is_sign or not name else f" {name}"


def divided_by(unit: str, written: str, language: str) -> str:
    """The unit that an amount is divided by: signs as they are, names translated."""
    is_name = written.strip() != unit and _LONG_NAME.fullmatch(written.strip())
    name = unit_name(unit, Decimal(1), language) if is_name else ""
    return f"/{name or written}"
