"""Reading: every figure of a text, with its kind, its value and its unit.

A text is searched once, from left to right, for forms of several tokens (dates, telephone
numbers, times) and for tokens; then numbers get the signs and units beside them, and a unit that
is said once for several numbers goes to each of them.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from translator.text.figures import dates, letters, quantities, times
from translator.text.figures.figure import Figure
from translator.text.figures.measuring import measured
from translator.text.figures.series import in_series
from translator.text.figures.sharing import shared
from translator.text.figures.tokens import TOKEN, tokens

_MIXED: Final = r"(?<![\w.,])\d{1,4}\s\d{1,2}/\d{1,2}(?![\w/])"
# 10 000, with a plain blank: two numbers as well as one.
_SPACED: Final = r"(?<![\w.,:/-])[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?(?!\w|[.,:/-]\d| \d{3}(?!\d))"
# A text without any of these has no figure.
_SIGNAL: Final = re.compile(
    rf"[\d{letters.SUPERSCRIPT}{letters.CIRCLED}{letters.VULGAR}]"
    r"|(?<!\w)[IVXLCDM]{2}|\s[IVXLCDM](?!\w)"
)
# Characters from which on a word may belong to the figure that follows: October 3, Kapitel IV.
_REACH: Final = 24
_TOKEN: Final = re.compile(TOKEN)
_SIMPLE: Final[dict[str, Callable[[str, int], Figure | None]]] = {
    "address": letters.address,
    "quoted": letters.quoted,
    "iban": letters.iban,
    "part": letters.part,
    "phone": letters.phone,
    "paragraph": letters.paragraph,
    "mixed": quantities.mixed,
}

_LANGUAGES_OWN: Final[dict[str, Callable[[str, int, str], Figure | None]]] = {
    "date": dates.named,
    "spaced": quantities.spaced,
}
# Characters that the words take which tell a date or a Roman numeral.
_BEFORE: Final = 12


def digit_figures(text: str, language: str, *, whole: bool = True) -> list[Figure]:
    """The figures of a text that are written with digits or other signs, in order.

    Without `whole`, the numbers of a series are figures of their own: 180 and 90 cm.
    """
    if not _SIGNAL.search(text):
        return []
    found: list[Figure] = []
    for figure in _found(text, language):
        floor = found[-1].end if found else 0
        if figure.start >= floor:
            found.append(measured(text, figure, floor, language))
    return shared(text, in_series(text, found) if whole and len(found) > 1 else found)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    forms = {
        "address": letters.ADDRESS,
        "quoted": letters.QUOTED,
        "iban": letters.IBAN,
        "part": letters.PART,
        "phone": letters.PHONE,
        "paragraph": letters.PARAGRAPH,
        "dotted": dates.DOTTED,
        "date": dates.date_pattern(language),
        "time": times.time_pattern(language),
        "mixed": _MIXED,
        "spaced": _SPACED,
        "roman": letters.ROMAN,
        "token": TOKEN,
    }
    return re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items()))


def _found(text: str, language: str) -> Iterator[Figure]:
    """The figures without signs, units and currencies."""
    late = times.is_late(text)
    search = _pattern(language).search
    position = 0
    while signal := _SIGNAL.search(text, position):
        # Words well before the next figure have nothing to do with it.
        nearest = signal.start()
        position = max(position, text.rfind(" ", position, max(position, nearest - _REACH)) + 1)
        while position <= nearest and (match := search(text, position)):
            figure = _formed(text, match, language, late=late)
            position = match.end()
            if figure:
                yield figure
            elif match.lastgroup != "address":
                token = _TOKEN.match(text, match.start())
                position = token.end() if token else match.start() + 1
                yield from (
                    tokens(token.group(), token.start(), language, late=late) if token else ()
                )
        position = max(position, nearest + 1)


def _formed(text: str, match: re.Match[str], language: str, *, late: bool) -> Figure | None:
    """The figure of a form of several tokens; None if it is none on a closer look."""
    form, found, start = match.lastgroup or "", match.group(), match.start()
    if simple := _SIMPLE.get(form):
        return simple(found, start)
    if own := _LANGUAGES_OWN.get(form):
        return own(found, start, language)
    before = text[max(0, start - _BEFORE) : start]
    match form:
        case "time":
            return times.spoken(found, start, language, late=late)
        case "dotted":
            return dates.dotted(found, start, before, language)
        case "roman":
            return letters.roman(found, start, before, language)
    return None
