"""Sharing: a unit, a month or a clock that is said once for several figures.

5 bis 10 Euro    between €5 and 10    3 bis 8 Millionen    3. bis 5. Oktober    8 to 10 p.m.
"""

import re
from typing import Final

from translator.text.figures import dates, numerals, times
from translator.text.figures.figure import Figure, Kind, Reading, Shape

_JOINED: Final = re.compile(
    r"\.?\s?(?:[-–—/,+&]|bis(?:\szu)?|to|und|and|oder|or|auf|from|von|up\sto|beziehungsweise|bzw\."
    r"|,\s(?:and|or)|through|till|until)?\s?(?:bis\s|the\s|den\s|zum\s)?"
)
_TO: Final = re.compile(r" (?:to|till|until|bis) ")
_HOUR_DIGITS: Final = 2
_LONGEST_JOINT: Final = 18  # characters


def shared(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures, with a unit, a month or a clock that is said once for several of them."""
    for index in range(len(figures) - 2, -1, -1):
        one, other = figures[index], figures[index + 1]
        if _are_joined(text, one, other):
            figures[index] = one.with_readings(_inherited(one, other))
    for index in range(len(figures) - 1):
        pair = figures[index : index + 2]
        if _may_be_hours(text, *pair):
            figures[index : index + 2] = [
                each.with_readings(times.full_hour(each.text)) for each in pair
            ]
    for index in range(1, len(figures)):
        one, other = figures[index], figures[index - 1]
        # €5 to 10, but not: 5 € und 3 Äpfel
        if (not other.unit or not other.text[0].isalnum()) and _are_joined(text, other, one):
            figures[index] = one.with_readings(_inherited(one, other))
    return figures


def _are_joined(text: str, one: Figure, other: Figure) -> bool:
    gap = text[one.end : other.start] if other.start - one.end <= _LONGEST_JOINT else "?"
    return _JOINED.fullmatch(gap) is not None


def _may_be_hours(text: str, one: Figure, other: Figure) -> bool:
    """Whether two bare numbers may be a range of times: open from 8 to 18."""
    return (
        one.kind is other.kind is Kind.INTEGER
        and not (one.unit or other.unit)
        and max(len(one.text), len(other.text)) <= _HOUR_DIGITS
        and _TO.fullmatch(text, one.end, other.start) is not None
    )


def _inherited(one: Figure, other: Figure) -> list[Reading]:
    """The readings that a bare figure has beside another: 5 bis 10 Euro, 3. bis 5. Oktober.

    Of 3 bis 8 Millionen Euro, the first number may be three euros, three million, or both.
    """
    if one.unit or one.verbatim or one.shape not in {Shape.NUMBER, Shape.PAIR}:
        return []
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    found: list[Reading] = []
    if other.exponent and not one.exponent and one.shape is Shape.NUMBER:
        found.append(
            Reading(one.shape, numerals.shifted(str(one.value), other.exponent), other.unit)
        )
    for reading in other.readings:
        if reading.unit and reading.unit != "decade":
            found.append(Reading(one.shape, one.value, reading.unit))
        elif reading.shape is Shape.TIME and one.shape is Shape.NUMBER:
            found += times.full_hour(str(one.value))
        elif reading.shape is Shape.DATE and one.shape is Shape.NUMBER:
            day = str(values[0])
            if day.isdecimal() and len(day) < 3:  # noqa: PLR2004
                found += dates.possible_dates(int(day), int(reading.value[1] or 0))
    return found
