"""Series: several numbers that are one figure, dimensions and mixed units.

180 x 90 cm   3840 × 2160 Pixel   2,5 m x 4 m   2 h 15 min   1 Std. 30 Min.   52° 31′   5′ 30″
"""

import re
from collections.abc import Sequence
from typing import Final

from translator.text.characters import words
from translator.text.figures.figure import Figure, Kind, Reading, Shape

_BLANK: Final = "[ \u00a0\u202f\u2009]?"
_TIMES: Final = re.compile(rf"{_BLANK}[x×X]{_BLANK}")
# "3 mal 2 Stunden" are no dimensions.
_BY: Final = re.compile(r" (?:by|mal) ")
_LENGTHS: Final = words("km m dm cm mm px inch ft")
_STEP: Final = re.compile(rf"\.?{_BLANK}")
# Units that are counted in the one before them, from large to small.
_LADDERS: Final = (
    ("year", "month", "week", "day", "h", "min", "s"),
    ("°", "′", "″"),
    ("ft", "inch"),
    ("kg", "g"),
)
_RUNGS: Final = {
    unit: (number, rung)
    for number, ladder in enumerate(_LADDERS)
    for rung, unit in enumerate(ladder)
}
_LONGEST: Final = 5  # characters between two numbers


def in_series(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures of a text, in which those of a series are one."""
    found: list[Figure] = []
    run: list[Figure] = []
    kind: Kind | None = None
    for figure in figures:
        link = _link(text, run[-1], figure) if run else None
        if link and (len(run) == 1 or link is kind):
            run.append(figure)
            kind = link
        else:
            found += _series(text, run, kind)
            run = [figure]
            kind = None
    return found + _series(text, run, kind)


def _link(text: str, one: Figure, other: Figure) -> Kind | None:
    """The kind of series that two figures beside each other are in; None if they are in none."""
    if other.start - one.end > _LONGEST or not (_is_plain(one) and _is_plain(other)):
        return None
    gap = text[one.end : other.start]
    if _TIMES.fullmatch(gap) or (other.unit in _LENGTHS and _BY.fullmatch(gap)):
        return Kind.DIMENSIONS
    first, second = _RUNGS.get(one.unit), _RUNGS.get(other.unit)
    if first and second and first[0] == second[0] and first[1] < second[1] and _STEP.fullmatch(gap):
        return Kind.MIXED if "." not in str(one.value) else None
    return None


def _is_plain(figure: Figure) -> bool:
    return figure.shape is Shape.NUMBER and not figure.exponent and figure.kind is not Kind.ORDINAL


def _series(text: str, run: Sequence[Figure], kind: Kind | None) -> list[Figure]:
    if kind is None:
        return list(run)
    values = tuple(str(each.value) for each in run)
    units = [each.unit for each in run]
    if kind is Kind.DIMENSIONS and len({*units[:-1], units[-1]} - {""}) < 2:  # noqa: PLR2004
        units = units[-1:]  # it is said once, or each time
    # Of mixed units each is a figure of its own as well: 2 hours and 15 minutes.
    parts = tuple(Reading(each.shape, each.value, each.unit) for each in run)
    start, end = run[0].start, run[-1].end
    return [
        Figure(
            kind,
            start,
            end,
            text[start:end],
            values,
            unit=" ".join(units).strip(),
            parts=parts if kind is Kind.MIXED else (),
        )
    ]
