"""Figures: the kinds, and one figure as it was read.

A figure has a value, which is what it means and not how it is written: 1.250,50 in German and
1,250.50 in English have the same one. Careful readers may take some figures in more than one way
(2:30 is half past two at night or in the afternoon), so a figure has readings.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple, Self

Value = str | tuple[str, ...] | tuple[int | None, ...]


class Kind(StrEnum):
    """Kinds of figures."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    CURRENCY = "currency"
    UNIT = "unit"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    RANGE = "range"
    SCORE = "score"
    DATE = "date"
    TIME = "time"
    PARAGRAPH = "paragraph"
    VERSION = "version"
    CODE = "code"
    PHONE = "phone"
    IBAN = "iban"
    RAISED = "raised"
    ROMAN = "roman"
    DIMENSIONS = "dimensions"
    MIXED = "mixed units"


class Shape(StrEnum):
    """How a value is built, so that those of one shape can be compared.

    NUMBER: a decimal number in ASCII without needless zeros, "-1250.5", or a reduced fraction,
    "1/3". PAIR: two numbers, ("5", "10"). DATE: (year, month, day), None for what is not said.
    TIME: (hour, minute, second). SERIES: numbers in their order, ("180", "90"), whose units are
    one, or in the same order with blanks between them. LETTERS: the letters themselves, white
    space made plain.
    """

    NUMBER = "number"
    PAIR = "pair"
    DATE = "date"
    TIME = "time"
    SERIES = "series"
    LETTERS = "letters"


_SHAPES: Final = {
    Kind.RANGE: Shape.PAIR,
    Kind.SCORE: Shape.PAIR,
    Kind.DATE: Shape.DATE,
    Kind.TIME: Shape.TIME,
    Kind.DIMENSIONS: Shape.SERIES,
    Kind.MIXED: Shape.SERIES,
    Kind.PARAGRAPH: Shape.LETTERS,
    Kind.VERSION: Shape.LETTERS,
    Kind.CODE: Shape.LETTERS,
    Kind.PHONE: Shape.LETTERS,
    Kind.IBAN: Shape.LETTERS,
    Kind.RAISED: Shape.LETTERS,
    Kind.ROMAN: Shape.LETTERS,
}


class Reading(NamedTuple):
    """One way to take a figure."""

    shape: Shape
    value: Value
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text, from character `start` to `end`.

    `unit` is the currency's code (ISO 4217), the unit's sign, "%", or "". `numeral` is the part of
    `text` that is digits and their separators, where there is one, and `exponent` the power of ten
    of a scale word, 9 for "Milliarden" (its value is multiplied). A `verbatim` figure means
    nothing but its letters. An `optional` one is a word: it may stand for a figure of the other
    language, and nobody misses it. `also` has other readings, and `parts` the figures that this
    one may be taken apart into: 5–10 is 5 and 10.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Value
    unit: str = ""
    exponent: int = 0
    numeral: str = ""
    verbatim: bool = False
    optional: bool = False
    also: tuple[Reading, ...] = ()
    parts: tuple[Reading, ...] = ()

    @property
    def shape(self) -> Shape:
        """How its value is built."""
        return Shape.LETTERS if self.verbatim else _SHAPES.get(self.kind, Shape.NUMBER)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The ways to take it; the first is the plain one."""
        return (Reading(self.shape, self.value, self.unit), *self.also)

    def with_readings(self, readings: Iterable[Reading]) -> Self:
        """The figure with further readings, each of them once."""
        more = tuple(each for each in dict.fromkeys(readings) if each not in self.readings)
        return replace(self, also=self.also + more) if more else self
