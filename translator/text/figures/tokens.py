"""Tokens: one run of digits, letters and the signs between them, read as figures.

    1.250,50   5–10   3:1   14:30   1/2   2024/25   0221/123456   2026-11-30   2.10.3   4711-0815
    B52   3rd   1990er   16-mal   3-Zimmer-Wohnung   11x15mm   10⁶   2½

Whatever is none of the known kinds stays to the letter.
"""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final
from unicodedata import numeric

from translator.text.figures import dates, times
from translator.text.figures.compounds import divisor
from translator.text.figures.figure import Figure, Kind, Reading, Shape
from translator.text.figures.letters import CIRCLED, SUPERSCRIPT, VULGAR, roman, verbatim
from translator.text.figures.measures import LETTER, measure_after
from translator.text.figures.numerals import NARROW
from translator.text.figures.quantities import as_parts, fraction, number_figure, pair
from translator.text.figures.units import names_of

# Letters of Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean, which put no blanks between
# words, are no part of a token.
_RUN: Final = (
    r"[^\W\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u1780-\u17df\u3040-\u30ff"
    r"\u3400-\u9fff\uac00-\ud7af]++"
)
# Atomic, so that a text of any length is cut into tokens in linear time.
TOKEN: Final = (
    rf"{_RUN}(?>(?:(?:[-.:/‐‑]|(?<=\d)[,'’٫٬–−](?=\d)"
    rf"|(?<=\d)[{NARROW}](?=\d{{3}}(?!\d))){_RUN})*)"
)
_NUMERAL: Final = rf"\d++(?>(?:[.,'’٫٬{NARROW}]\d++)*)"
_HAS_FIGURE: Final = re.compile(rf"[\d{SUPERSCRIPT}{CIRCLED}{VULGAR}]")
_ONE: Final = re.compile(_NUMERAL)
_PAIR: Final = re.compile(rf"({_NUMERAL})([-–‑‐−/:])({_NUMERAL})")
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{4}/\d{1,2}/\d{1,2}")
_SLASHED: Final = re.compile(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)")
_CLOCK: Final = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_CLOCKS: Final = re.compile(r"(\d{1,2}:\d\d)[-–‑−](\d{1,2}:\d\d)")
_PRODUCT: Final = re.compile(rf"(?:{_NUMERAL}[x×])+{_NUMERAL}(?=({LETTER}*)\Z)")
_FACTOR: Final = re.compile(rf"[x×]({_NUMERAL}){LETTER}+")
_RAISED: Final = re.compile(rf"[{SUPERSCRIPT}{CIRCLED}]+")
# A formula of chemistry with its lowered numbers.
_FORMULA: Final = re.compile(r"(?=\w{0,19}[₀-₉])(?:[A-Z][a-z]?[₀-₉]{0,3}){1,10}")
_POWER: Final = re.compile(rf"{_NUMERAL}[{SUPERSCRIPT}]+")
_VULGAR: Final = re.compile(rf"(\d{{0,6}})([{VULGAR}])")
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|s?te[nrsm]?)", re.IGNORECASE)
_DECADE: Final = re.compile(r"\d{0,2}\d\d(?:ern?|i?e?s)")
# 3x, 12ff., and words that a number begins: 16mal, 18jährige, 20er.
_SUFFIX: Final = re.compile(r"x|ff?|er[ns]?|mal|[^\W\d_]*[a-zäöüß]{4}")
_KNOWN: Final = frozenset({"de", "en"})
# An ending of a language whose endings are not known here.
_ENDING: Final = re.compile(r"[^\W\d_A-Z]{1,40}")
_ROMAN: Final = re.compile(r"(?<=-)[IVXLCDM]{2,15}(?=-|\Z)")
# An acronym belongs to its number: COVID-19. A word does not: Formel-1, Datei2.
_ACRONYM: Final = re.compile(r"[A-Z]{1,6}")
_NAMED: Final = re.compile(r"([A-Z]{1,6})-(\d{1,2})(?:-[A-Z]{2,6})?")
_WORD_FIRST: Final = re.compile(rf"{LETTER}*[a-zäöüß]{{2}}(\d+)")
# 2-zu-0, 1-to-1
_JOINED: Final = re.compile(rf"({_NUMERAL})[-‐‑][a-zäöüß]{{2,4}}[-‐‑]({_NUMERAL})")
# A thing and its kind: 4K-HDR, COVID-19-RNA
_KIND: Final = re.compile(r"((?=[\d.]*[A-Z])[A-Za-z]{0,6}\d[\w.]{0,12})-[A-Z]{2,8}")
_PIECE: Final = re.compile(r"[-‐‑.:/]|[^-‐‑.:/]+")
_LETTERS: Final = re.compile(rf"{LETTER}+")
# Of the fractions that are one sign, as ⅞.
_LARGEST_DENOMINATOR: Final = 10


def tokens(token: str, start: int, language: str, *, late: bool) -> list[Figure]:
    """The figures of a token that begins at character `start` of its text; [] if it has none.

    Signs, currencies and units are not looked at. `late` says that the text speaks of the second
    half of a day.
    """
    if not _HAS_FIGURE.search(token):
        return _romans(token, start, language)
    figures = _pure(token, start, language, late=late) or _suffixed(token, start, language)
    if figures:
        return figures
    first, last = _trimmed(token, language)
    if (first or last < len(token)) and _HAS_FIGURE.search(token, first, last):
        return tokens(token[first:last], start + first, language, late=late)
    return _mixed(token, start, language)


def _romans(token: str, start: int, language: str) -> list[Figure]:
    """The Roman numerals between the hyphens of a token: Hartz-IV-Gesetz."""
    found = [
        roman(match.group(), start + match.start(), "", language)
        for match in _ROMAN.finditer(token)
    ]
    return [each for each in found if each]


def _pure(token: str, start: int, language: str, *, late: bool) -> list[Figure]:
    """A token of digits and signs; [] if it is none."""
    figure: Figure | None = None
    if _ONE.fullmatch(token):
        figure = number_figure(token, start, language)
    elif _CLOCK.fullmatch(token):
        figure = times.plain(token, start, language, late=late)
    elif _ISO.fullmatch(token):
        figure = dates.iso(token, start)
    elif _SLASHED.fullmatch(token):
        figure = dates.slashed(token, start, language)
        return [figure or verbatim(Kind.DATE, token, start)]
    elif match := _CLOCKS.fullmatch(token):
        both = [
            times.plain(match[each], start + match.start(each), language, late=late)
            for each in (1, 2)
        ]
        return [each for each in both if each] if all(both) else []
    elif match := _VULGAR.fullmatch(token):
        part = Fraction(numeric(match[2])).limit_denominator(_LARGEST_DENOMINATOR)
        whole = int(match[1] or 0)
        figure = fraction(token, start, whole, part.numerator, part.denominator)
    elif _POWER.fullmatch(token):
        figure = verbatim(Kind.RAISED, token, start)
    if figure is None and (match := _PAIR.fullmatch(token)):
        figure = pair(match, start, language)
    return [figure] if figure else []


def _suffixed(token: str, start: int, language: str) -> list[Figure]:
    """A token that begins with numbers and goes on with letters; [] if it is a code."""
    match = _PAIR.match(token)
    if match and match.end() < len(token) and _is_suffix(token, match.end(), language):
        return [pair(match, start, language)]
    if match := _JOINED.fullmatch(token):
        return [number_figure(match[each], start + match.start(each), language) for each in (1, 2)]
    match = _PRODUCT.match(token)
    if match and (not match[1] or _is_suffix(token, match.end(), language)):
        found = _ONE.finditer(token)
        return [number_figure(each.group(), start + each.start(), language) for each in found]
    match = _ONE.match(token)
    if not match or match.end() == len(token):
        return []
    figure = number_figure(match.group(), start, language)
    below = divisor(token, match.end())
    if below and below[1] == len(token):  # €3.20/m²
        return [figure]
    return _counted(token, figure, language) or _numbered(token, figure, language)


def _counted(token: str, figure: Figure, language: str) -> list[Figure]:
    """A number that goes on as 3rd, 1990er, 16mal; [] if it does not."""
    position = len(figure.text)
    suffix, end = token[position:], figure.start + len(token)
    if figure.kind is Kind.INTEGER:
        if _ORDINAL.fullmatch(suffix):
            return [replace(figure, kind=Kind.ORDINAL, end=end, text=token)]
        if _DECADE.fullmatch(token):
            decade = replace(figure, kind=Kind.UNIT, end=end, text=token, unit="decade")
            return [replace(decade, also=_centuries(figure))]
    is_foreign = language.partition("-")[0] not in _KNOWN and _ENDING.fullmatch(suffix)
    return [figure] if is_foreign or _is_suffix(token, position, language) else []


def _numbered(token: str, figure: Figure, language: str) -> list[Figure]:
    """The name of a product that may be a measure as well, as 20L; [] if it is none."""
    unit = names_of(language).exact.get(token[len(figure.text) :])
    if not unit:
        return []
    code = verbatim(Kind.CODE, token, figure.start)
    return [replace(code, also=(Reading(figure.shape, figure.value, unit),))]


def _is_suffix(token: str, position: int, language: str) -> bool:
    """Whether a token goes on after its number with a unit or a word."""
    if measure_after(token, position, language).end == len(token):
        return True
    return _SUFFIX.fullmatch(token, position) is not None


def _centuries(decade: Figure) -> tuple[Reading, ...]:
    """The nineties are the 1990s, and the twenties those of either century."""
    number = str(decade.value)
    if len(number) != 2:  # noqa: PLR2004
        return ()
    return tuple(Reading(Shape.NUMBER, century + number, "decade") for century in ("19", "20"))


def _trimmed(token: str, language: str) -> tuple[int, int]:
    """The token without the words before and after its figure: Nr.7, 3-Zimmer-Wohnung."""
    pieces = _PIECE.findall(token)
    first, last, start, end = 0, len(pieces), 0, len(token)
    while last - first > 2 and _is_word_before(pieces[first], pieces[first + 1]):  # noqa: PLR2004
        start += len(pieces[first]) + len(pieces[first + 1])
        first += 2
    begins_with_digit = pieces[first][:1].isdecimal()
    while last - first > 2 and _is_word_after(  # noqa: PLR2004
        pieces[last - 1], pieces[last - 2], language, is_file=not begins_with_digit
    ):
        end -= len(pieces[last - 1]) + len(pieces[last - 2])
        last -= 2
    return start, end


def _is_word_before(piece: str, sign: str) -> bool:
    if not _LETTERS.fullmatch(piece):
        return False
    if sign in "-‐‑":
        return len(piece) > 1 and not _ACRONYM.fullmatch(piece)
    return len(piece) > 1 or piece in "Sp"


def _is_word_after(piece: str, sign: str, language: str, *, is_file: bool) -> bool:
    if not _LETTERS.fullmatch(piece):
        return False
    if sign in "-‐‑":
        return not piece.isupper() or piece in names_of(language).exact
    return (len(piece) > 1 or piece.islower()) and not (sign == "." and is_file)


def _mixed(token: str, start: int, language: str) -> list[Figure]:
    """A token of letters and digits: a code, and the raised signs in it."""
    if _FORMULA.fullmatch(token) or token in names_of(language).exact:  # CO₂, m²
        raised = "".join(filter(_RAISED.fullmatch, token))
        also = (Reading(Shape.LETTERS, raised),) if raised else ()
        return [replace(verbatim(Kind.RAISED if raised else Kind.CODE, token, start), also=also)]
    found: list[Figure] = []
    position = 0
    for match in [*_RAISED.finditer(token), None]:
        end = match.start() if match else len(token)
        found += _code(token[position:end], start + position, language)
        if match:
            found.append(verbatim(Kind.RAISED, match.group(), start + end))
            position = match.end()
    return found


def _code(token: str, start: int, language: str) -> list[Figure]:
    if not any(map(str.isdecimal, token)):
        return []
    if match := _FACTOR.fullmatch(token) or _WORD_FIRST.fullmatch(token):
        return [number_figure(match[1], start + match.start(1), language)]
    figure = verbatim(Kind.VERSION if token[0] in "vV" else Kind.CODE, token, start)
    if match := _KIND.fullmatch(token):
        figure = replace(figure, also=(Reading(Shape.LETTERS, match[1]),))
    if match := _NAMED.fullmatch(token):
        forms = dict.fromkeys((f"{match[1]}-{match[2]}", match[1] + match[2]))
        also = tuple(Reading(Shape.LETTERS, each) for each in forms if each != token)
        figure = replace(figure, also=also + as_parts((match[2],)))
    return [figure]
