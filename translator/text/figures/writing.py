"""Writing: a figure of one language in the form of another.

    1.299,50 €  €1,299.50      3,5 Mrd. Euro  3.5 billion euros      14.30 Uhr  14:30, 2:30 p.m.

Forms are CLDR's; English is the one of most countries, with the day before the month, since
11/30 and 30/11 are read either way. As many decimals are written as there were.
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from babel.numbers import get_currency_name

from translator.text.figures.figure import Figure, Kind, Shape
from translator.text.figures.measures import measure_after
from translator.text.figures.moments import Clock, moment
from translator.text.figures.naming import divided_by, unit_behind
from translator.text.figures.numerals import (
    NUMERAL,
    ascii_digits,
    grouped,
    locale_of,
    regrouped,
    value,
)
from translator.text.figures.reading import digit_figures
from translator.text.figures.units import is_money, scale_word

_SIGNS: Final = frozenset("-−–+±")
_SIGN_WORD: Final = re.compile(r"(?:[Mm]inus|negative) ")
# A currency's name; two letters are a sign, as zł.
_NAME: Final = re.compile(r"[^\W\d_]{3}")
_BY: Final = re.compile(r"mal|by")
_BYS: Final = {"de": "mal", "en": "by"}
_NO_CENTS: Final = re.compile(r"[.,](?:[-–—]{1,2}|=)")
# The word that a currency is called by where its country is not said.
_SHORT_NAMES: Final = {
    ("en", "dollar"): ("dollar", "dollars"),
    ("en", "pfund"): ("pound", "pounds"),
    ("en", "franken"): ("franc", "francs"),
    ("de", "dollars"): ("Dollar", "Dollar"),
    ("de", "dollar"): ("Dollar", "Dollar"),
    ("de", "pounds"): ("Pfund", "Pfund"),
    ("de", "pound"): ("Pfund", "Pfund"),
}


def written(
    figure: Figure,
    source_language: str,
    target_language: str,
    *,
    keep: bool = False,
    clock: Clock = 24,
) -> str:
    """The figure in the form of the target language.

    `clock` says whether times are written with 24 hours or with a.m. and p.m., where the target
    language is English. Codes, versions, telephone numbers, paragraphs, raised signs and digits
    of other scripts stay to the letter, and so does everything with `keep`, and a figure whose
    form in the target language would not mean the same.
    """
    text = figure.text
    if keep or figure.verbatim or figure.optional or ascii_digits(text) != text:
        return text
    if source_language == target_language and figure.kind is not Kind.TIME:
        return text
    # From 0 to 24 o'clock needs the clock of 24 hours.
    clocks: tuple[Clock, ...] = (clock, 24)
    for each in clocks:
        found = _form(figure, source_language, target_language, each)
        if _means(found, figure, target_language):
            return found
    return text


def means_same(one: Figure, other: Figure) -> bool:
    """Whether one figure can be read as the other is read plainly."""
    return one.readings[0] in other.readings or other.readings[0] in one.readings


def _means(text: str, figure: Figure, language: str) -> bool:
    read = digit_figures(text, language)
    if len(read) == 1:
        whole = read[0].text == text or (read[0].text + "." == text and figure.kind is Kind.ORDINAL)
        return whole and means_same(read[0], figure)
    return bool(read) and tuple(each.readings[0] for each in read) == figure.parts


def _form(figure: Figure, source: str, target: str, clock: Clock) -> str:
    if figure.kind in {Kind.DATE, Kind.TIME} or (figure.kind is Kind.RANGE and not figure.numeral):
        return moment(figure, target, clock)
    if figure.shape is Shape.SERIES:
        return _series(figure, source, target)
    if figure.unit == "decade":
        return _decade(figure, target)
    if figure.kind is Kind.ORDINAL:
        return _ordinal(figure, target)
    # 10 000 may be two numbers.
    if figure.kind is Kind.FRACTION or (figure.kind is Kind.INTEGER and figure.parts):
        return figure.text
    return _measure(figure, source, target)


class _Anatomy(NamedTuple):
    """The pieces of a number's text: sign, currency, numeral, scale word, unit."""

    sign: str
    currency: str
    numeral: str
    scale: str
    unit: str


def _anatomy(figure: Figure, language: str) -> _Anatomy:
    text, numeral = figure.text, figure.numeral
    before = text.partition(numeral)[0]
    sign = before[: len(before) - len(before.lstrip("".join(_SIGNS)))]
    if word := _SIGN_WORD.match(before):
        sign = word.group()
    currency = before.removeprefix(sign)
    if currency.strip()[-1:] in _SIGNS:  # € -5
        sign, currency = currency.strip()[-1], currency.strip()[:-1]
    start = len(before) + len(numeral)
    if cents := _NO_CENTS.match(text, start):
        start = cents.end()
    if currency.strip() and figure.exponent and not text[start:].strip():
        return _Anatomy(sign, currency.strip(), numeral, "", "")
    measure = measure_after(text, start, language)
    return _Anatomy(
        sign, currency.strip(), numeral, text[start : measure.scaled], text[measure.scaled :]
    )


def _measure(figure: Figure, source: str, target: str) -> str:
    """A number or a range with its sign, scale word and unit."""
    pieces = _anatomy(figure, source)
    # -,50 has no euros.
    numeral = f"0{pieces.numeral.lstrip('-–—')}" if pieces.numeral[0] in _SIGNS else pieces.numeral
    number = regrouped(numeral, source, target)
    if value(pieces.numeral, source) is None:
        number = NUMERAL.sub(lambda each: regrouped(each.group(), source, target), number)
    if (pieces.scale or pieces.unit).startswith("-"):
        return figure.text.replace(pieces.numeral, number, 1)  # 100-Euro-Schein
    if figure.exponent:
        word = scale_word(target, figure.exponent)
        if word:
            number = f"{number} {word}"
        elif isinstance(figure.value, str):
            number = grouped(figure.value.lstrip("-±"), target)
    sign = _sign(pieces.sign, target)
    if is_money(figure.unit):
        return sign + _money(figure, pieces, number, target)
    if figure.unit and pieces.unit:
        return sign + number + unit_behind(figure, pieces.unit, target)
    return sign + number


def _sign(sign: str, language: str) -> str:
    if sign.endswith(" ") and language.partition("-")[0] not in {"de", "en"}:
        return "-"
    return "minus " if sign.endswith(" ") else sign


def _money(figure: Figure, pieces: _Anatomy, number: str, language: str) -> str:
    """An amount with the sign, the code or the name that its currency had."""
    before, slash, below = pieces.unit.partition("/")
    if slash:
        code, _, unit = figure.unit.partition("/")
        whole = replace(figure, unit=code)
        return _money(whole, pieces._replace(unit=before.rstrip()), number, language) + divided_by(
            unit, below, language
        )
    named = pieces.currency or before.strip()
    if named != figure.unit and _NAME.search(named):
        return f"{number} {_currency_name(figure, named, language)}"
    form = str(locale_of(language).currency_formats["standard"].pattern).partition(";")[0]
    comes_first = form.lstrip("\u200e\u200f").startswith("¤")
    if named == figure.unit:
        return f"{named} {number}" if comes_first else f"{number} {named}"
    if comes_first:
        gap = "\u00a0" if form.lstrip("\u200e\u200f")[1:2].isspace() or named.isalpha() else ""
        return f"{named}{gap}{number}"
    return f"{number}\u00a0{named}"


def _currency_name(figure: Figure, named: str, language: str) -> str:
    one = figure.value == "1"
    short = _SHORT_NAMES.get((language.partition("-")[0], named.lower()))
    if short:
        return short[0] if one else short[1]
    count = 1_000_000 if figure.exponent or isinstance(figure.value, tuple) else figure.value
    return str(get_currency_name(figure.unit, Decimal(str(count)), locale=locale_of(language)))


def _ordinal(figure: Figure, language: str) -> str:
    digits = figure.numeral
    if language.partition("-")[0] != "en":
        return f"{digits}."
    teen = digits[-2:-1] == "1"
    return digits + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th"))


def _series(figure: Figure, source: str, target: str) -> str:
    """Several numbers in one figure, each in its form, with the signs between them."""
    parts: list[str] = []
    position = 0
    for each in digit_figures(figure.text, source, whole=False):
        between = figure.text[position : each.start].replace(". ", " ")
        between = _BY.sub(_BYS.get(target.partition("-")[0], "x"), between)
        parts += [between, written(each, source, target)]
        position = each.end
    return "".join(parts)


def _decade(figure: Figure, language: str) -> str:
    ending = {"en": "s", "de": "er"}.get(language.partition("-")[0])
    return figure.numeral + ending if ending else figure.text
