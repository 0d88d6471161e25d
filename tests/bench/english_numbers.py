"""English numbers: a number, a sum or a span of them in every writing that means the same."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import product
from typing import Final

from tests.bench.units import CURRENCIES, UNITS

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
    "thousand": (3, ("thousand", "thousands", "k", "tsd.", "tsd")),
    "million": (6, ("million", "millions", "m", "mn", "mio.", "mio")),
    "billion": (9, ("billion", "billions", "bn", "mrd.", "mrd")),
    "trillion": (12, ("trillion", "trillions", "tn", "trn")),
}
# Signs between the ends of a span.
JOINS: Final = ("-", " - ", " to ", " until ", " till ", " through ", " and ", " or ", " up to ")


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


def cardinal(number: str) -> set[str]:
    """Digits and words; `3.5 billion` too."""
    if " " in number:
        return big(number)
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
        forms |= big(f"{int(number) // 10**power} {name}", spelled=False)
    return forms


def big(number: str, *, spelled: bool = True) -> set[str]:
    """`3.5 billion`; if `spelled`, also 3,500,000,000 and 3,500 million."""
    digits, name = number.split()
    power, names = _BIG[name]
    forms = {f"{head} {tail}" for head in cardinal(digits) for tail in names}
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


def signed(number: str, forms: Callable[[str], set[str]]) -> set[str]:
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


def ordinal_word(number: int) -> str:
    """3: third."""
    text = min(words(number), key=len)
    head, dash, last = text.rpartition("-") if "-" in text else text.rpartition(" ")
    if last in _ORDINALS:
        return head + dash + _ORDINALS[last]
    return head + dash + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


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


def quantity(number: str, unit: str) -> set[str]:
    """A number, which may have a sign, with its unit or currency."""
    forms = signed(number, lambda plain: _with_unit(cardinal(plain), unit))
    if unit in CURRENCIES and number[0] in "+-":
        forms |= {
            f"{name}{sign}{digits}"
            for digits in cardinal(number[1:])
            for name in CURRENCIES[unit][0]
            for sign in (number[0], f" {number[0]}")
        }
    return forms


def money(number: str, currency: str) -> set[str]:
    """A sum; €0.30 is 30 cents, €50 is €50.00."""
    forms = quantity(number, currency)
    if number.lstrip("+-").isdecimal():
        forms |= quantity(f"{number}.00", currency)
        forms |= {f"{form}{end}" for form in forms if form[-1].isdigit() for end in (".-", ",-")}
    sign, digits = re.fullmatch(r"([+-]?)(.*)", number).groups()  # type: ignore[union-attr] # it always matches
    if currency == "EUR" and re.fullmatch(r"0\.\d\d", digits):
        forms |= quantity(f"{sign}{int(digits[2:])}", "ct")
    return forms


def span(first: str, last: str, unit: str = "") -> set[str]:
    """From one number to another, with the unit behind both or behind the last."""
    pairs = {
        (one, other)
        for one, other in product(signed(first, cardinal), signed(last, cardinal))
        if one[-1].isalpha() == other[-1].isalpha()
    }
    forms = {f"{one}{join}{other}" for one, other in pairs for join in JOINS}
    if not unit:
        return forms
    forms = _with_unit(forms, unit)
    for one, other in pairs:
        for left, right in product(_with_unit([one], unit), _with_unit([other], unit)):
            if left.replace(one, "") == right.replace(other, ""):
                forms |= {f"{left}{join}{right}" for join in JOINS}
    return forms


def dimensions(*parts: str) -> set[str]:
    """Two or more numbers, and their unit as the last where they have one."""
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


def ratio(first: str, last: str) -> set[str]:
    """1:25, 1 to 25."""
    joins = (":", " : ", ": ", " to ")
    forms = {f"{a}{join}{b}" for a in numerals(first) for b in numerals(last) for join in joins}
    if first.isdecimal() and last.isdecimal():
        forms |= {f"{a} to {b}" for a in words(int(first)) for b in words(int(last))}
    return forms


def score(first: str, last: str) -> set[str]:
    """3:1, 3-1, three to one; 2-nil."""
    named = product(words(int(first)), words(int(last)))
    joins = ("-", " - ", " to ")
    forms = ratio(first, last) | {f"{first}{join}{last}" for join in joins}
    forms |= {f"{a}{join}{b}" for a, b in named for join in joins}
    if last == "0":
        heads = {first} | words(int(first))
        forms |= {f"{head}{join}nil" for head in heads for join in ("-", " ", " - ")}
    return forms


def fraction(text: str) -> set[str]:
    """3/4, or `1 1/2`: signs, words, and the decimal number where it is exact."""
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


def suffixed(number: int) -> str:
    """3: 3rd."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def ordinal(number: str) -> set[str]:
    """A place in a row, with a suffix of any kind or without: floor 3, the 3rd floor."""
    value = int(number)
    forms = {f"{value}{suffix}" for suffix in ("st", "nd", "rd", "th", ".", "")}
    return forms | {ordinal_word(value)} | words(value)
