"""A notation for what a German figure must mean: each entry expands to its English forms.

The entries are described at the head of fidelity_texts.tsv. A bare "a" is never taken for 1, and an
amount never without its unit or currency.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Final

from tests.bench.units import CURRENCIES, MONTHS, UNITS

_SMALL: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_BIG: Final[dict[str, tuple[int, tuple[str, ...]]]] = {
    "thousand": (3, ("thousand", "k", "tsd.", "tsd")),
    "million": (6, ("million", "millions", "m", "mn", "mio.", "mio")),
    "billion": (9, ("billion", "billions", "bn", "mrd.", "mrd")),
    "trillion": (12, ("trillion", "trillions", "tn", "trn")),
}
_JOINS: Final = ("-", " - ", " to ", " until ", " till ", " through ", " and ", " or ", " up to ")
_NOON: Final = 12


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
            kind = kind or _KINDS.get(name, name)
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
    german = _as_in_german(loose) - loose if kind in _WITH_NUMBERS else set()
    return Figure(kind or "other", entry, frozenset(loose), frozenset(exact), frozenset(german))


def _as_in_german(forms: Iterable[str]) -> set[str]:
    """The forms with German separators that an English reader cannot take for another number."""
    swapped = {form.translate(_SEPARATORS) for form in forms}
    return {form for form in swapped if not _AMBIGUOUS.search(form)}


_SEPARATORS: Final = str.maketrans(".,", ",.")
_AMBIGUOUS: Final = re.compile(r"(?<![\d.,])\d{1,3}[.,]\d{3}(?![\d.,]\d|\d)")
_WITH_NUMBERS: Final = frozenset(
    (
        "integer",
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


# Numbers.


def words(number: int) -> set[str]:
    """A number from 0 to 999,999 in English words."""
    if number < 20:
        return {_SMALL[number]}
    if number < 100:
        ten, one = divmod(number, 10)
        return {_TENS[ten - 2] + (f"-{_SMALL[one]}" if one else "")}
    if number < 1000:
        hundred, rest = divmod(number, 100)
        heads = {f"{_SMALL[hundred]} hundred"} | ({"a hundred"} if hundred == 1 else set())
        return _with_rest(heads, rest)
    thousand, rest = divmod(number, 1000)
    heads = {f"{word} thousand" for word in words(thousand)}
    if thousand == 1:
        heads |= {"a thousand"}
    both = _with_rest(heads, rest)
    if number < 10_000 and number % 100 == 0 and number % 1000:
        both |= {f"{word} hundred" for word in words(number // 100)}
    return both


def _with_rest(heads: set[str], rest: int) -> set[str]:
    if not rest:
        return heads
    return {
        f"{head}{join}{tail}" for head in heads for tail in words(rest) for join in (" ", " and ")
    }


def numerals(number: str) -> set[str]:
    """A number without a sign in digits: 1250.50 is 1250.50, 1,250.50, 1 250.50, 1250.5."""
    if not re.fullmatch(r"\d+(\.\d+)?", number):
        raise ValueError(f"no number: {number}")
    whole, _, part = number.partition(".")
    forms = {whole}
    if len(whole) > 3:
        grouped = f"{int(whole):,}"
        forms |= {grouped, grouped.replace(",", " ")}
    if not part:
        return forms
    shorter = part.rstrip("0")
    fractions = {f".{part}", f".{shorter}" if shorter else ""}
    with_fraction = {form + fraction for form in forms for fraction in fractions}
    return with_fraction | ({f".{part}"} if whole == "0" else set())


def _number(number: str) -> set[str]:
    """Digits and words; `3.5 billion` too."""
    if " " in number:
        return _big(number)
    forms = numerals(number)
    if number.isdecimal() and str(int(number)) == number and int(number) < 1_000_000:
        forms |= words(int(number))
    if number.endswith(".5") and int(number[:-2]) < 100:
        whole = number[:-2]
        forms |= {f"{whole} 1/2", f"{whole}½", f"{whole} ½"}
        forms |= {f"{word} and a half" for word in words(int(whole))}
    if number.isdecimal() and len(number) > 3 and int(number) % 1000 == 0:
        power = 6 if int(number) % 1_000_000 == 0 else 3
        name = "million" if power == 6 else "thousand"
        forms |= _big(f"{int(number) // 10**power} {name}", spelled=False)
    return forms


def _big(number: str, *, spelled: bool = True) -> set[str]:
    digits, name = number.split()
    power, names = _BIG[name]
    forms = {f"{head} {tail}" for head in _number(digits) for tail in names}
    forms |= {f"{head}{tail}" for head in numerals(digits) for tail in names}
    if digits == "1":
        forms |= {f"a {name}"}
    if spelled:
        forms |= numerals(_plain(Decimal(digits).scaleb(power)))
        if power > 3:
            smaller = {6: "thousand", 9: "million", 12: "billion"}[power]
            thousands = _plain(Decimal(digits) * 1000)
            forms |= {f"{head} {smaller}" for head in numerals(thousands)}
    return forms


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(number: str, forms: Callable[[str], set[str]]) -> set[str]:
    """`forms` of a number that may have a sign."""
    sign, unsigned = (number[0], number[1:]) if number[0] in "+-" else ("", number)
    plain = forms(unsigned)
    if not sign:
        return plain
    name = "minus" if sign == "-" else "plus"
    with_sign = {f"{before}{form}" for form in plain for before in (sign, f"{sign} ", f"{name} ")}
    if sign == "-":
        with_sign |= {f"{form} below zero" for form in plain} | {f"negative {f}" for f in plain}
    return with_sign


# Numbers with what belongs to them.


def _with_unit(numbers: Iterable[str], unit: str) -> set[str]:
    before, behind = CURRENCIES.get(unit) or ((), UNITS[unit])
    forms = set()
    for number in numbers:
        for name in behind:
            forms |= {f"{number} {name}", f"{number}-{name}"}
            if number[-1].isdigit() or not name[0].isalpha():
                forms |= {f"{number}{name}"}
        for name in before:
            forms |= {f"{name}{number}", f"{name} {number}"}
    return forms


def _quantity(number: str, unit: str) -> set[str]:
    forms = _signed(number, lambda plain: _with_unit(_number(plain), unit))
    if unit in CURRENCIES and number[0] in "+-":
        forms |= {
            f"{name}{sign}{digits}"
            for digits in _number(number[1:])
            for name in CURRENCIES[unit][0]
            for sign in (number[0], f" {number[0]}")
        }
    return forms


def _money(number: str, currency: str) -> set[str]:
    forms = _quantity(number, currency)
    if number.lstrip("+-").isdecimal():
        forms |= _quantity(f"{number}.00", currency)
        forms |= {f"{form}{end}" for form in forms if form[-1].isdigit() for end in (".-", ",-")}
    sign, digits = re.fullmatch(r"([+-]?)(.*)", number).groups()  # type: ignore[union-attr] # it always matches
    if currency == "EUR" and re.fullmatch(r"0\.\d\d", digits):
        forms |= _quantity(f"{sign}{int(digits[2:])}", "ct")
    return forms


def _range(first: str, last: str, unit: str = "") -> set[str]:
    pairs = {
        (one, other)
        for one, other in product(_signed(first, _number), _signed(last, _number))
        if one[-1].isalpha() == other[-1].isalpha()
    }
    forms = {f"{one}{join}{other}" for one, other in pairs for join in _JOINS}
    if not unit:
        return forms
    forms = _with_unit(forms, unit)
    for one, other in pairs:
        for left, right in product(_with_unit([one], unit), _with_unit([other], unit)):
            if left.replace(one, "") == right.replace(other, ""):
                forms |= {f"{left}{join}{right}" for join in _JOINS}
    return forms


def _dimensions(*parts: str) -> set[str]:
    numbers = [part for part in parts if part[0].isdigit()]
    unit = parts[-1] if not parts[-1][0].isdigit() else ""
    forms = set()
    for each in product(*map(numerals, numbers)):
        for join in (" x ", "x", " × ", "×", " by ", " * "):
            forms.add(join.join(each))
    if unit:
        forms = _with_unit(forms, unit) | {
            join.join(f"{number} {name}" for number in numbers)
            for name in UNITS[unit]
            for join in (" x ", " × ", " by ")
        }
    return forms


def _ratio(first: str, last: str) -> set[str]:
    joins = (":", " : ", " to ")
    forms = {f"{a}{join}{b}" for a in numerals(first) for b in numerals(last) for join in joins}
    if first.isdecimal() and last.isdecimal():
        forms |= {f"{a} to {b}" for a in words(int(first)) for b in words(int(last))}
    return forms


def _score(first: str, last: str) -> set[str]:
    named = product(words(int(first)), words(int(last)))
    nil = {"-", " - "} | {" to "}
    forms = _ratio(first, last) | {f"{first}{join}{last}" for join in nil}
    forms |= {f"{a}{join}{b}" for a, b in named for join in nil}
    if last == "0":
        heads = {first} | words(int(first))
        forms |= {f"{head}{join}nil" for head in heads for join in ("-", " ", " - ")}
    return forms


def _fraction(text: str) -> set[str]:
    whole, _, part = text.rpartition(" ")
    top, bottom = map(int, part.split("/"))
    sign = {(1, 2): "½", (1, 3): "⅓", (2, 3): "⅔", (1, 4): "¼", (3, 4): "¾", (1, 8): "⅛"}.get(
        (top, bottom)
    )
    name = {2: "half", 4: "quarter"}.get(bottom, ordinal_word(bottom))
    several = {"half": "halves"}.get(name, f"{name}s")
    signs = {f"{top}/{bottom}"} | ({sign} if sign else set())
    if top == 1:
        named = {f"a {name}", f"one {name}", f"one-{name}", name}
    else:
        tops = words(top)
        named = {f"{word}{join}{several}" for word in tops for join in " -"}
        named |= {f"{top} {several}"}
    if bottom == 4:
        named |= {each.replace("quarter", "fourth") for each in named}
    decimal = Decimal(top) / Decimal(bottom)
    exact = f"{decimal:f}" if decimal == decimal.quantize(Decimal("0.0001")) else ""
    if not whole:
        return signs | named | (numerals(exact) if exact else set())
    heads = {whole} | words(int(whole))
    forms = {f"{whole}{join}{each}" for each in signs for join in (" ", "-", "")} - {
        f"{whole}{part}"
    }
    forms |= {f"{head} and {each}" for head in heads for each in named | signs}
    return forms | (numerals(_plain(int(whole) + decimal)) if exact else set())


# Days, times, places in a row.


def ordinal_word(number: int) -> str:
    """3: third."""
    text = min(words(number), key=len)
    head, dash, last = text.rpartition("-") if "-" in text else text.rpartition(" ")
    if last in _ORDINALS:
        return head + dash + _ORDINALS[last]
    return head + dash + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def _suffixed(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _ordinal(number: str) -> set[str]:
    value = int(number)
    forms = {_suffixed(value), ordinal_word(value), f"{value}."}
    return forms | {number} | words(value)


def _day(number: int) -> set[str]:
    return {str(number), f"{number:02}", _suffixed(number), ordinal_word(number)}


def _date(text: str) -> set[str]:
    return _date_with(text, short=False)


def _short_date(text: str) -> set[str]:
    return _date_with(text, short=True)


def _date_with(text: str, *, short: bool) -> set[str]:
    year, month, day = _ymd(text)
    years = set() if not year else {year, *({year[2:], f"'{year[2:]}"} if short else ())}
    names, days = MONTHS[month - 1], _day(day)
    forms = {f"{d}{of}{name}" for d in days for name in names for of in (" ", " of ", "-", ". ")}
    behind = {f"{name} {the}{d}" for d in days for name in names for the in ("", "the ")}
    forms = _with_year(forms, years) | _with_year(behind, years)
    d_m = {(str(day), str(month)), (f"{day:02}", f"{month:02}"), (f"{day}", f"{month:02}")}
    for join in "./-":
        for d, m in d_m:
            heads = [f"{d}{join}{m}"] + ([f"{m}{join}{d}"] if day > _NOON else [])
            for head in heads:
                forms |= {f"{head}{join}{each}" for each in years}
                forms |= {f"{head}{join} {each}" for each in years if join == "."}
                forms |= set() if years else {head, f"{head}{join}" if join == "." else head}
    if year:
        forms |= {f"{year}-{month:02}-{day:02}", f"{year}/{month:02}/{day:02}"}
    return forms


def _with_year(forms: set[str], years: set[str]) -> set[str]:
    if not years:
        return forms
    return {f"{form}{join}{year}" for form in forms for year in years for join in (" ", ", ", "-")}


def _ymd(text: str) -> tuple[str, int, int]:
    match = re.fullmatch(r"(?:(\d{4})-)?(\d\d)-(\d\d)", text)
    if not match:
        raise ValueError(f"no date: {text}")
    return match[1] or "", int(match[2]), int(match[3])


def _dates(first: str, last: str) -> set[str]:
    """From one day to another of the same month; other spans are two dates."""
    year, month, day = _ymd(first)
    end_year, end_month, end_day = _ymd(last)
    if (year, month) != (end_year, end_month):
        raise ValueError(f"two dates, not one span: {first} and {last}")
    joins = (*_JOINS, " to the ", " until the ")
    years = {year} if year else set()
    months = MONTHS[month - 1]
    days = {f"{a}{join}{b}" for a, b in product(_day(day), _day(end_day)) for join in joins}
    behind = {f"{each}{of}{name}" for each in days for name in months for of in (" ", " of ")}
    behind |= {
        f"{a} {name}{join}{b} {name}"
        for a, b in product(_day(day), _day(end_day))
        for name in months
        for join in _JOINS
    }
    before = {f"{name} {each}" for each in days for name in months}
    before |= {
        f"{name} {a}{join}{name} {b}"
        for a, b in product(_day(day), _day(end_day))
        for name in months
        for join in _JOINS
    }
    forms = _with_year(behind | before, years)
    for width in (1, 2):
        start, end, number = (f"{each:0{width}}" for each in (day, end_day, month))
        ends = {f"{end}.{number}.{year}"} | (set() if year else {f"{end}.{number}"})
        heads = (start, f"{start}.", f"{start}.{number}", f"{start}.{number}.")
        forms |= {f"{head}{join}{each}" for head in heads for join in joins for each in ends}
    return forms


def _years(first: str, last: str) -> set[str]:
    forms = {f"{first}{join}{last}" for join in (*_JOINS, "/")}
    if first[:2] == last[:2]:
        forms |= {f"{first}{join}{last[2:]}" for join in ("-", "/")}
    return forms


def _decade(year: str) -> set[str]:
    tens = {2: "twenties", 3: "thirties", 4: "forties", 5: "fifties"}
    tens |= {6: "sixties", 7: "seventies", 8: "eighties", 9: "nineties"}
    short = year[2:]
    forms = {f"{year}s", f"{year}'s", f"{short}s", f"'{short}s", f"{short}'s"}
    return forms | ({tens[int(short) // 10]} if int(short) >= 20 else set())


_MORNING: Final = ("a.m.", "am", "a.m", "in the morning", "o'clock in the morning")
_EVENING: Final = (
    "p.m.",
    "pm",
    "p.m",
    "in the afternoon",
    "in the evening",
    "at night",
    "o'clock in the afternoon",
    "o'clock in the evening",
    "o'clock at night",
)


def _time(text: str) -> set[str]:
    """A time of the 24-hour day: what is after noon must say so."""
    hour, _, minute = text.partition(":")
    value = int(hour)
    clock = {f"{value}:{minute or '00'}", f"{value:02}:{minute or '00'}"}
    if minute:
        clock |= {f"{each.replace(':', '.')}" for each in clock}
    forms = set(clock)
    forms |= {f"{each} {name}" for each in clock for name in ("o'clock", "hours", "h", "hrs")}
    if not minute:
        heads = {hour, *(words(value) if value else ())}
        forms |= {f"{head} o'clock" for head in heads} | {f"{value} h", f"{value}h"}
        forms |= {f"{value} hours", f"{value:02}00 hours"}
        forms |= heads if 1 <= value <= _NOON else set()
    half = value % _NOON or _NOON
    parts = _EVENING if _NOON <= value < 2 * _NOON else _MORNING
    twelve = _twelve_hours(half, minute)
    forms |= {f"{each} {part}" for each in twelve for part in parts}
    forms |= {f"{each}{part}" for each in twelve for part in parts if each[-1].isdigit()}
    if not minute or minute == "00":
        names = {0: ("midnight", "12 midnight"), 12: ("noon", "midday", "12 noon", "12 midday")}
        forms |= set(names.get(value % 24, ()))
    return forms


def _twelve_hours(half: int, minute: str) -> set[str]:
    if not minute:
        return {str(half), f"{half}:00", f"{half:02}:00", *words(half)}
    if minute == "00":
        return {f"{half}:00", f"{half}.00", f"{half:02}:00", str(half), *words(half)}
    forms = {f"{half}:{minute}", f"{half}.{minute}", f"{half:02}:{minute}"}
    after = half % _NOON + 1
    said = {"15": ("quarter past", half), "30": ("half past", half), "45": ("quarter to", after)}
    if minute in said:
        before, hour = said[minute]
        forms |= {f"{before} {each}" for each in {str(hour), *words(hour)}}
    return forms


def _clock(text: str) -> set[str]:
    """A time whose half of the day the German text says in words, or leaves open."""
    hour, _, minute = text.partition(":")
    twelve = _twelve_hours(int(hour) % _NOON or _NOON, minute)
    return _time(text) | twelve | {f"{each} o'clock" for each in twelve}


def _times(first: str, last: str) -> set[str]:
    """From one time of a day to another, of which the first may leave its half of the day open."""
    morning = ("a.m.", "am", "in the morning", "o'clock")
    evening = ("p.m.", "pm", "in the afternoon", "in the evening", "o'clock")
    ends: list[set[str]] = []
    for each, is_last in ((first, False), (last, True)):
        hour, _, minute = each.partition(":")
        value = int(hour)
        late = _NOON <= value < 2 * _NOON
        plain = {each, each.replace(":", "."), f"{value}:{minute or '00'}"}
        plain |= {f"{value:02}:{minute or '00'}"} | (words(value) if not minute else set())
        twelve = _twelve_hours(value % _NOON or _NOON, minute)
        forms = plain | {f"{form} {part}" for form in plain for part in ("o'clock", "h", "hours")}
        for part in evening if late else morning:
            forms |= {f"{form} {part}" for form in twelve} | {f"{form}{part}" for form in twelve}
        if not is_last:
            forms |= twelve
        if not minute or minute == "00":
            forms |= {0: {"midnight"}, _NOON: {"noon", "midday", "12 noon"}}.get(value % 24, set())
        ends.append(forms)
    return {f"{a}{join}{b}" for a, b in product(*ends) for join in _JOINS}


# Places in laws, and what stays to the letter.


def _paragraph(text: str) -> set[str]:
    names = ("§ ", "§", "§§ ", "section ", "sec. ", "s. ", "paragraph ", "para. ", "article ")
    return {f"{name}{text}" for name in names}


def _paragraphs(first: str, last: str) -> set[str]:
    names = ("§§ ", "§§", "§ ", "§", "sections ", "section ", "paragraphs ", "articles ", "ss. ")
    rows = {f"{first}{join}{last}" for join in _JOINS}
    rows |= {f"{first}{join}{sign}{last}" for join in _JOINS for sign in ("§ ", "§")}
    return {f"{name}{row}" for name in names for row in rows}


def _letter(text: str) -> set[str]:
    return {plain_blanks(text)}


_EXACT: Final[dict[str, Callable[[str], set[str]]]] = dict.fromkeys(
    ("code", "version", "phone", "iban", "raised"), _letter
)
_LOOSE: Final[dict[str, Callable[..., set[str]]]] = {
    "int": _number,
    "dec": _number,
    "signed": lambda number: _signed(number, _number),
    "big": _big,
    "percent": lambda number: _quantity(number, "%"),
    "money": _money,
    "eur": lambda number: _money(number, "EUR"),
    "qty": _quantity,
    "range": _range,
    "dims": _dimensions,
    "ratio": _ratio,
    "score": _score,
    "date": _date,
    "shortdate": _short_date,
    "dates": _dates,
    "year": lambda year: {year},
    "years": _years,
    "decade": _decade,
    "time": _time,
    "clock": _clock,
    "times": _times,
    "ord": _ordinal,
    "frac": _fraction,
    "para": _paragraph,
    "paras": _paragraphs,
}
# What the table calls an entry, where that is not its name.
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
