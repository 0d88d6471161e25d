"""A notation for what a German figure must mean: each entry expands to its English forms.

The entries are described at the head of fidelity_texts.tsv. A bare "a" is never taken for 1, and an
amount never without its unit or currency.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from tests.bench import english_days as days
from tests.bench import english_numbers as numbers
from tests.bench.units import GERMAN_MONTHS, MONTHS


@dataclass(frozen=True)
class Figure:
    """One figure of a text: forms in folded writing (fold), and forms to the letter.

    `german` are forms as in German still, as far as they say the same in an English text.
    """

    kind: str
    notation: str
    loose: frozenset[str]
    exact: frozenset[str]
    german: frozenset[str] = frozenset()
    required: bool = True


def figures(column: str) -> list[Figure]:
    """The figures of a text: entries with `;` between blanks. Raises ValueError."""
    return [figure(each.strip()) for each in column.split(" ; ") if each.strip()]


def figure(entry: str) -> Figure:
    """One entry with its alternatives. Raises ValueError for what the notation has not."""
    inner = re.fullmatch(r"may\((.*)\)", entry)
    if inner:
        within = figure(inner[1])
        return replace(within, notation=entry, required=False)
    kind, loose, exact = "", set[str](), set[str]()
    for form in re.split(r"\|(?![^(]*\))", entry):
        if match := re.fullmatch(r"(\w+)\((.*)\)", form):
            name, arguments = match.groups()
            kind = kind or _kind(name, arguments)
            if name in _EXACT:
                exact |= _EXACT[name](arguments)
            elif name in _LOOSE:
                parts = [part.strip() for part in arguments.split(",")]
                try:
                    loose |= set(map(fold, _LOOSE[name](*parts)))
                except (TypeError, KeyError, ArithmeticError) as error:
                    raise ValueError(f"{form}: {error}") from error
            else:
                raise ValueError(f"the notation has no {name}: {entry}")
        else:
            loose.add(fold(form))
    german = _as_in_german(loose, kind) - loose
    return Figure(kind or "other", entry, frozenset(loose), frozenset(exact), frozenset(german))


def _kind(name: str, arguments: str) -> str:
    """A kind of the table, by what is most easily lost of it."""
    if name in _LOOSE and arguments[0] in "+-":
        return "sign"
    if name == "int" and len(arguments) > len("999"):
        return "thousands"
    return _KINDS.get(name, name)


def _as_in_german(forms: Iterable[str], kind: str) -> set[str]:
    """The forms as in German that an English reader cannot take for something else."""
    if kind == "date":
        return {
            form.replace(english, german)
            for form in forms
            for (english, *_), german in zip(MONTHS, GERMAN_MONTHS, strict=True)
            if english in form
        }
    if kind not in _WITH_NUMBERS:
        return set()
    swapped = {
        _SEPARATOR.sub(lambda match: "," if match.group() == "." else ".", form)
        for form in forms
        if form[0] != "."
    }
    return {form for form in swapped if not _AMBIGUOUS.search(form)}


_SEPARATOR: Final = re.compile(r"(?<=\d)[.,](?=\d)")
_AMBIGUOUS: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,]\d|\d)")
_WITH_NUMBERS: Final = frozenset(
    (
        "integer",
        "thousands",
        "decimal",
        "sign",
        "multiplied",
        "percent",
        "currency",
        "unit",
        "range",
        "dimensions",
        "ratio",
    )
)


def fold(text: str) -> str:
    """Lower case, plain blanks, hyphens for dashes: a character for a character."""
    return "".join(
        _FOLDED.get(sign) or (sign.lower() if len(sign.lower()) == 1 else sign) for sign in text
    )


def plain_blanks(text: str) -> str:
    """As `fold`, but only the blanks: for what stays to the letter."""
    return "".join(" " if sign.isspace() else sign for sign in text)


_FOLDED: Final = (
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\t\n\r\u00a0\u2007\u2009\u200a\u2002\u2003\u202f", " ")
    | dict.fromkeys("\u2019\u02bc\u2018", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u2033", '"')
)


# Places in laws, and what stays to the letter.


def _paragraph(text: str) -> set[str]:
    names = ("§ ", "§", "§§ ", "section ", "sec. ", "s. ", "paragraph ", "para. ", "article ")
    return {f"{name}{text}" for name in names}


def _paragraphs(first: str, last: str) -> set[str]:
    names = ("§§ ", "§§", "§ ", "§", "sections ", "section ", "paragraphs ", "articles ", "ss. ")
    rows = {f"{first}{join}{last}" for join in numbers.JOINS}
    rows |= {f"{first}{join}{sign}{last}" for join in numbers.JOINS for sign in ("§ ", "§")}
    return {f"{name}{row}" for name in names for row in rows}


def _letter(text: str) -> set[str]:
    return {plain_blanks(text)}


_EXACT: Final[dict[str, Callable[[str], set[str]]]] = dict.fromkeys(
    ("code", "version", "phone", "iban", "raised"), _letter
)
_LOOSE: Final[dict[str, Callable[..., set[str]]]] = {
    "int": numbers.cardinal,
    "dec": numbers.cardinal,
    "signed": lambda number: numbers.signed(number, numbers.cardinal),
    "big": numbers.big,
    "percent": lambda number: numbers.quantity(number, "%"),
    "money": numbers.money,
    "eur": lambda number: numbers.money(number, "EUR"),
    "qty": numbers.quantity,
    "range": numbers.span,
    "dims": numbers.dimensions,
    "ratio": numbers.ratio,
    "score": numbers.score,
    "date": days.date,
    "shortdate": days.short_date,
    "dates": days.dates,
    "year": lambda year: {year},
    "years": days.years_between,
    "decade": days.decade,
    "time": days.time,
    "clock": days.clock,
    "times": days.times,
    "ord": numbers.ordinal,
    "frac": numbers.fraction,
    "para": _paragraph,
    "paras": _paragraphs,
}
# Names of entries in the table, where they differ.
_KINDS: Final = {
    "int": "integer",
    "dec": "decimal",
    "signed": "sign",
    "big": "multiplied",
    "money": "currency",
    "eur": "currency",
    "qty": "unit",
    "dims": "dimensions",
    "shortdate": "date",
    "dates": "date",
    "years": "year",
    "decade": "year",
    "clock": "time",
    "times": "time",
    "ord": "ordinal",
    "frac": "fraction",
    "para": "paragraph",
    "paras": "paragraph",
}
