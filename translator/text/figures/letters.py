"""Figures that stay to the letter and are more than one token long.

IBANs have the form of ISO 13616: a country, two check digits, groups of four. Telephone numbers
have at most the 15 digits of E.164, and are told by +, by 00, or by a first 0 with a sign or a
blank behind the area code.
"""

import re
from dataclasses import replace
from typing import Final

from translator.text.characters import words
from translator.text.figures.figure import Figure, Kind, Reading, Shape
from translator.text.figures.numerals import ascii_digits

# Raised and lowered signs, circled ones; ½ and its like are numbers.
SUPERSCRIPT: Final = r"\u00b2\u00b3\u00b9\u2070-\u209c"
CIRCLED: Final = r"\u2460-\u24ff\u2776-\u2793"
VULGAR: Final = r"\u00bc-\u00be\u2150-\u215e\u2189"
_SIGN: Final = r"[^\s<>\"„“”»«]"
_REFERENCE: Final = (
    r"(?:Abs(?:\.|atz)|Unterabs(?:\.|atz)|Satz|S\.|Nr\.|Nummer|lit\.|Buchst(?:\.|abe)"
    r"|Halbsatz|Hs\.|Alt\.)"
)

ADDRESS: Final = (
    rf"(?:[A-Za-z][A-Za-z0-9+.-]{{1,15}}://|www\.){_SIGN}++"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?<!\w)10\.\d{4,9}/[^\s<>\"„“”»«]++"
    r"|&#x?[0-9A-Fa-f]{1,7};"
)
# A password or a code in quotes, "Start2026!": letters and digits together, or signs among them.
QUOTED: Final = (
    r"(?<=[\"„“”»«‚‘`])(?=[^\W\d_]{1,40}+\d|[\w-]{1,40}+[!?$&*+#@_=])(?=[^\s\d]{0,40}\d)(?=[^\sA-Za-z]{0,40}[A-Za-z])"
    r"[^\s\"„“”»«‚‘’<>`-]{2,64}+(?=[\"“”»«‘’`])"
)
IBAN: Final = (
    r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?(?!\w)"
)
# A part number in groups: 7E0 713 105 B
PART: Final = r"(?<![\w.,])(?:\d{2}[A-Z]|\d[A-Z]\d|[A-Z]\d{2})(?: \d{3}){2}(?: [A-Z]{1,2})?(?!\w)"
PHONE: Final = (
    r"(?<![\w+])(?:\+|00)[1-9]\d*+(?>(?:[\s/.-]{1,2}\(?\d++\)?|\(\d++\)){0,8})(?!\w|[.,:]\d)"
    r"|(?<!\w)\(0\d{1,5}\)[\s/.-]{0,3}\d++(?>(?:[\s/.-]{1,3}\d++){0,5})(?!\w|[.,:]\d)"
    r"|(?<![\w.,:/-])0\d{1,5}(?:\s?[/-]\s?|\s)\d{2,10}+(?>(?:[\s-]\d{1,8}+){0,5})(?!\w|[.,:]\d)"
)
PARAGRAPH: Final = (
    rf"§{{1,2}}\s?\d{{1,5}}[a-z]?(?!\w)(?:\s?[-–]\s?\d{{1,5}}[a-z]?(?!\w))?"
    rf"(?:\s{_REFERENCE}\s?\d{{1,3}}[a-z]?(?!\w)){{0,5}}"
)
ROMAN: Final = r"(?<![\w.])[IVXLCDM]{1,15}(?![\w]|-[a-z]|['’]\w)"

# E.164 has up to 15; with fewer than 6 it is no telephone number.
_MOST_DIGITS: Final = 17
_LEAST_DIGITS: Final = 6
# +1.500.000 is a number.
_GROUPED: Final = re.compile(r"\+\d{1,3}(?:[.,]\d{3})+|\+\d{1,3}\s\d{3}|\+\d{1,6}")
_CANONICAL: Final = re.compile(r"(?=.)M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# Abbreviations that are Roman numerals as well.
_NO_NUMERALS: Final = words("CD DC CC MD CV CM MC DI CI DVI XL XXL LCD DM MM LL DIV MIX MI LI DL")
# Signs from which on L, C, D and M are no abbreviation.
_SURE: Final = 4
_NUMBERED: Final = re.compile(
    r"\b(?:Kapitel|Teil|Band|Artikel|Abschnitt|Akt|Stufe|Phase|Klasse|Kategorie|Anhang|Tafel|Buch"
    r"|Chapter|Part|Volume|Article|Section|Act|Level|Phase|Class|Category|Annex|Appendix|Book)\s\Z"
)
_SPACE: Final = re.compile(r"\s+")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑–−", "-"))
# Signs of the sentence at the end of an address.
_TRAILING: Final = ".,;:!?…'’*)]"


def letters(text: str) -> str:
    """The letters that have to be the same: white space is a blank, hyphens are plain."""
    return _SPACE.sub(" ", text).translate(_DASHES)


def verbatim(kind: Kind, text: str, start: int, *, parts: tuple[Reading, ...] = ()) -> Figure:
    """A figure that stays to the letter."""
    value = letters(text)
    return Figure(kind, start, start + len(text), text, value, verbatim=True, parts=parts)


def address(text: str, start: int) -> Figure | None:
    """An address of the web or of mail, if it has a digit."""
    text = text.rstrip(_TRAILING)
    return verbatim(Kind.CODE, text, start) if any(map(str.isdecimal, text)) else None


def quoted(text: str, start: int) -> Figure:
    """A password or a code in quotes."""
    return verbatim(Kind.CODE, text, start)


def part(found: str, start: int) -> Figure:
    """A part number in groups of three."""
    return verbatim(Kind.CODE, found, start)


def iban(text: str, start: int) -> Figure:
    """An IBAN: its groups do not matter, but its letters do."""
    value = "".join(text.split())
    return Figure(Kind.IBAN, start, start + len(text), text, value, verbatim=True)


def phone(text: str, start: int) -> Figure | None:
    """A telephone number; None if it has too few or too many digits."""
    digits = sum(map(str.isdecimal, text))
    if not _LEAST_DIGITS <= digits <= _MOST_DIGITS or _GROUPED.fullmatch(text):
        return None
    return verbatim(Kind.PHONE, text, start)


def paragraph(text: str, start: int) -> Figure:
    """A paragraph of a law, § 12 Abs. 3 Satz 2: its numbers are the parts."""
    numbers = re.findall(r"\d+[a-z]?", text)
    return verbatim(Kind.PARAGRAPH, text, start, parts=tuple(map(_part, numbers)))


def roman(text: str, start: int, before: str, language: str) -> Figure | None:
    """A Roman numeral; None if the capitals are more likely to be a word.

    `before` is the text before it: a word like "Kapitel" makes any numeral one. Without it, only
    those up to XXXIX with two signs, and long ones, are taken for numerals.
    """
    if not _CANONICAL.fullmatch(text) or (text == "I" and language.startswith("en")):
        return None
    is_likely = len(text) >= (_SURE if set(text) - set("IVX") else 2)
    if not (is_likely and text not in _NO_NUMERALS) and not _NUMBERED.search(before):
        return None
    figure = verbatim(Kind.ROMAN, text, start)
    return replace(figure, also=(Reading(Shape.NUMBER, str(_roman_value(text))),))


def _part(number: str) -> Reading:
    if number.isdecimal():
        return Reading(Shape.NUMBER, ascii_digits(number).lstrip("0") or "0")
    return Reading(Shape.LETTERS, number)


def _roman_value(text: str) -> int:
    values = [_ROMAN_VALUES[each] for each in text]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))
