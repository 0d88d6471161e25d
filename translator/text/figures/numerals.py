"""Numerals: digits with separators, read and written as a language has it.

The separators are CLDR's. Besides them, thousands may be grouped by an apostrophe, as in
Switzerland, or a narrow space, as ISO 80000-1 has it, in any language. Values are computed on
strings, since a numeral may have more digits than Python converts.
"""

import re
from functools import cache
from math import gcd
from typing import Final, NamedTuple
from unicodedata import decimal

from babel import Locale, UnknownLocaleError

# No-break, narrow no-break and thin space.
NARROW: Final = "\u00a0\u202f\u2009"
_GROUPS: Final = f"'’\u066c{NARROW} "
_ARABIC_DECIMAL: Final = "\u066b"
_SIGNS: Final = dict.fromkeys("-−–", "-")
# Digits with the signs that any language groups them by, or has before the decimals.
NUMERAL: Final = re.compile(r"\d(?>(?:[.,'’\u00a0\u202f\u2009]?\d)*)")


class _Form(NamedTuple):
    decimal: str
    group: str
    pattern: re.Pattern[str]


@cache
def locale_of(language: str) -> Locale:
    """Locale data (CLDR) of `language`; English's, whose forms are the root's, for an unknown."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en")


@cache
def _form(language: str) -> _Form:
    symbols = locale_of(language).number_symbols["latn"]
    point, group = str(symbols["decimal"]), str(symbols["group"])
    groups = re.escape("".join(dict.fromkeys(group + _GROUPS)).replace(point, ""))
    pattern = re.compile(
        rf"(?P<whole>\d{{1,3}}(?:(?P<group>[{groups}])\d{{3}}(?>(?:(?P=group)\d{{3}})*))|\d++)"
        rf"(?:(?P<point>[.{re.escape(point)}{_ARABIC_DECIMAL}])(?P<fraction>\d++))?"
    )
    return _Form(point, group, pattern)


def ascii_digits(text: str) -> str:
    """The text with every decimal digit, of whichever script, as 0–9."""
    if text.isascii():
        return text
    return "".join(str(decimal(each)) if each.isdecimal() else each for each in text)


def value(numeral: str, language: str) -> str | None:
    """The number that an unsigned numeral stands for; None if it is not one in `language`.

    1.250,50 is 1250.5 in German, and none in English. Neither are 12,5,3 and 0815, since a zero
    in front is a part of a code.
    """
    form = _form(language)
    match = form.pattern.fullmatch(numeral)
    if match is None:
        return None
    # A point is the decimal sign of every language where an apostrophe or a space groups.
    if match["point"] == "." != form.decimal and match["group"] in {None, form.group}:
        return None
    whole = "".join(each for each in ascii_digits(match["whole"]) if each.isdigit())
    if len(whole) > 1 and whole[0] == "0":
        return None
    fraction = ascii_digits(match["fraction"] or "").rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def point_is_decimal(language: str) -> bool:
    """Whether 3.5 is three and a half in `language`."""
    return _form(language).decimal == "."


def decimals(numeral: str, language: str) -> int:
    """How many digits a numeral has behind its decimal sign."""
    match = _form(language).pattern.fullmatch(numeral)
    return len(match["fraction"] or "") if match else 0


def regrouped(numeral: str, source: str, target: str) -> str:
    """The numeral of language `source` as `target` writes it; as it is if it is malformed.

    Grouped stays grouped, and no decimal is added or dropped: 1.250,50 is 1,250.50.
    """
    number = value(numeral, source)
    if number is None or ascii_digits(numeral) != numeral:
        return numeral
    match = _form(source).pattern.fullmatch(numeral)
    form = _form(target)
    assert match is not None  # noqa: S101  # it has a value
    whole = match["whole"]
    if match["group"]:
        whole = whole.replace(match["group"], form.group)
    written = f"{whole}{form.decimal}{match['fraction']}" if match["fraction"] else whole
    return written if value(written, target) == number else numeral


def grouped(number: str, language: str) -> str:
    """An unsigned number as `language` writes it, with its thousands grouped."""
    form = _form(language)
    whole, _, fraction = number.partition(".")
    first = len(whole) % 3 or 3
    groups = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
    joined = form.group.join(groups) if len(whole) > _UNGROUPED else whole
    return f"{joined}{form.decimal}{fraction}" if fraction else joined


def negative(number: str, sign: str) -> str:
    """The number with its sign: "-" for a minus of any form, "±", and none for a plus."""
    sign = _SIGNS.get(sign, sign)
    return f"{sign}{number}" if sign in {"-", "±"} and number != "0" else number


def shifted(number: str, exponent: int) -> str:
    """The number times ten to the power of `exponent`."""
    if not exponent or "/" in number:
        return number
    sign, digits = (number[0], number[1:]) if number[0] in "-±" else ("", number)
    whole, _, fraction = digits.partition(".")
    fraction = fraction.ljust(exponent, "0")
    whole = (whole + fraction[:exponent]).lstrip("0") or "0"
    rest = fraction[exponent:].rstrip("0")
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def quotient(whole: int, above: int, below: int) -> str:
    """The number `whole` and `above`/`below`: "2.5", or "1/3" where no decimal is exact."""
    above += whole * below
    divisor = gcd(above, below)
    above, below = above // divisor, below // divisor
    power = 0
    while power < _EXACT and 10**power % below:
        power += 1
    if 10**power % below:
        return f"{above}/{below}"
    digits = str(above * 10**power // below)
    return shifted_down(digits, power)


def shifted_down(digits: str, power: int) -> str:
    """A whole number divided by ten to the power of `power`."""
    if not power:
        return digits
    digits = digits.rjust(power + 1, "0")
    whole, fraction = digits[:-power], digits[-power:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


# Numbers with as many digits may stand ungrouped.
_UNGROUPED: Final = 3
# Decimals that a common fraction may need: 1/128 has seven.
_EXACT: Final = 7
