"""Measures: the scale word, the unit and the currency beside a number.

3,5 Milliarden Euro    -5 °C    € 19,99    US$5m    100-Euro-Schein    50prozentig
"""

import re
from typing import Final, NamedTuple

from translator.text.characters import words
from translator.text.figures.compounds import compound, divisor
from translator.text.figures.tables import GLUED_SCALES
from translator.text.figures.units import Names, is_strict, names_of

# Letters, but not the numeric signs that Python counts among them: ², ①, ½.
LETTER: Final = (
    r"[^\W\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u218b\u2460-\u24ff\u2776-\u2793]"
)
# Behind a gap, a currency's sign that a digit follows belongs to the next figure: 2027 €980.
_SIGN: Final = (
    r"°\s?(?:[CF]|dH)(?!\w)|[A-Z]{1,2}-?\$|(?<!\d[ \u00a0])[€$£¥](?=\d)|[€$£¥](?!\d)"
    r"|[‰°℃℉₽₹₩₺₴₪฿₿′″]"
    r"|%(?:\s?(?:[Vv]ol|ABV|abv|by\s(?:volume|weight|mass))(?!\w))?"
    r"|(?:[Vv]ol|[Gg]ew|Ma|Masse|wt)(?:\.-|[.-])?\s?%"
    r"|dB\(A\)|I\.\s?[EU](?:\.(?=\s*[^\s.])|(?=\.?\s*\Z))"
)
_WORD: Final = rf"{LETTER}{{1,40}}+(?>(?:[-/]{LETTER}{{1,40}}+){{0,4}})(?:[²³]|[23](?!\w))?"
_GAP: Final = r"[ \u00a0\u202f\u2009]"
_AFTER: Final = re.compile(
    rf"\+?(?:{_GAP}|-(?={LETTER}))?(?:({_SIGN})|({_WORD}(?:{_GAP}{_WORD}){{0,2}}))"
)
_BEFORE: Final = re.compile(
    rf"(?<![\w$])((?:[A-Z]{{1,2}}-?)?[$€£¥₽₹₩₺₴₪฿₿]|[A-Z]{{3}}|DM|S?Fr\.|Rs\.?){_GAP}?\Z"
)
_END: Final = re.compile(rf"(?:{_GAP}|[/-])|\Z")
_SEPARATOR: Final = re.compile(rf"{_GAP}|[/-]")
# Abbreviations that have a full stop of their own.
_ABBREVIATED: Final = words("tsd mio mill mrd md bio")
_SHORT_UNITS: Final = words("std min sek")
# Words between a unit and the one that it is divided by.
_PER: Final = re.compile(rf"\s(?:per|pro|je|an?)\s({_SIGN}|{_WORD}(?:{_GAP}{_WORD})?)")
_OVER: Final = re.compile(rf"\s?/\s?({LETTER}{{3,20}}+)(?!\w)")
_GLUED: Final = re.compile(r"[A-Za-z]{1,2}(?!\w)")
# The longest that may stand before an amount: "USD ".
_FARTHEST: Final = 5
_WIDE: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", " "))


class Measure(NamedTuple):
    """The unit and the power of ten that a number has.

    `end` is where the words for them end, and `scaled` where the scale word does.
    """

    unit: str
    exponent: int
    end: int
    scaled: int


def measure_after(text: str, position: int, language: str) -> Measure:
    """The measure right behind the number that ends at `position`; no unit if there is none."""
    names = names_of(language)
    exponent, scaled = _scale(text, position, names)
    unit, end = _unit(text, scaled, language)
    return Measure(unit, exponent, end, scaled)


def currency_before(text: str, position: int, language: str) -> tuple[str, int]:
    """The currency right before `position` and where it starts; ("", position) if none does."""
    match = _BEFORE.search(text[max(0, position - _FARTHEST) : position])
    if match is None:
        return "", position
    unit = names_of(language).exact.get(match[1], "")
    if not unit or not is_strict(unit):
        return "", position
    return unit, position - len(match.group())


def glued_scale(text: str, position: int) -> tuple[int, int]:
    """The power of ten of a letter right behind an amount of money, as in $5m, and its end."""
    match = _GLUED.match(text, position)
    exponent = GLUED_SCALES.get(match.group(), 0) if match else 0
    return (exponent, match.end()) if match and exponent else (0, position)


def over(text: str, position: int, language: str) -> tuple[str, int]:
    """The unit that an amount is divided by, as the kg of €3.20/kg, and its end; "" if none."""
    if text[position : position + 1] not in {"/", " "}:
        return "", position
    if found := divisor(text, position):
        return found
    match = _OVER.match(text, position)
    unit = _named(match[1], names_of(language)) if match else ""
    return (unit, match.end()) if match and unit and not is_strict(unit) else ("", position)


def per(text: str, position: int, language: str) -> str:
    """The unit that words divide an amount by, as the kg of 3,20 € pro Kilo; "" if none do."""
    match = _PER.match(text, position)
    if match is None:
        return ""
    names = names_of(language)
    found = match[1].translate(_WIDE)
    unit = _named(found, names) or _named(found.partition(" ")[0], names)
    return "" if is_strict(unit) else unit


def _scale(text: str, position: int, names: Names) -> tuple[int, int]:
    match = _AFTER.match(text, position)
    if match is None or not match[2]:
        return 0, position
    # 5万人: what follows is written without a blank.
    if (exponent := names.scales.get(match[2][0], 0)) and not match[2][0].isascii():
        return exponent, match.start(2) + 1
    word = _SEPARATOR.split(match[2], maxsplit=1)[0]
    exponent = names.scales.get(word.lower(), 0)
    if not exponent:
        return 0, position
    end = match.start(2) + len(word)
    # "Mio." has its full stop, unless a sentence ends there.
    if (
        text[end : end + 1] == "."
        and word.lower() in _ABBREVIATED
        and text[end + 1 : end + 4].strip()
    ):
        end += 1
    return exponent, end


def _unit(text: str, position: int, language: str) -> tuple[str, int]:
    if found := compound(text, position):
        return found
    unit, end = _simple(text, position, names_of(language))
    if unit and text[end : end + 1] in {"/", " "} and not is_strict(unit):
        divided, after = over(text, end, language)
        if divided:
            return f"{unit}/{divided}", after
        if text[end] == "/":  # 3 m/w/d is no length
            return "", position
    return unit, end


def _simple(text: str, position: int, names: Names) -> tuple[str, int]:
    match = _AFTER.match(text, position)
    if match is None:
        return "", position
    if match[1]:
        unit = _named("".join(match[1].split()), names)
        return (unit, match.end()) if unit else ("", position)
    run, start = match[2], match.start(2)
    ends = [each.start() for each in _END.finditer(run)]
    glued = start == position
    for end in reversed(ends):
        found = run[:end]
        unit = _named(found.translate(_WIDE), names)
        # 4K and 10A are names of things, and so is what goes on as a word: 3 m-Brett is none.
        if unit and not (glued and len(found) == 1 and found.isupper()):
            return unit, _after_full_stop(text, start + end, found)
    return "", position


def _after_full_stop(text: str, end: int, unit: str) -> int:
    """Where a unit ends: "Std." has its full stop, unless a sentence ends there."""
    has_one = text[end : end + 1] == "." and unit.lower() in _SHORT_UNITS
    return end + 1 if has_one and text[end + 1 : end + 4].strip() else end


def _named(found: str, names: Names) -> str:
    return names.exact.get(found) or names.any_case.get(found.lower(), "")
