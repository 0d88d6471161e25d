"""Derived units: signs with a divisor, a power or a product, read into one form.

    N/mm²   m³/h   l/100 km   kWh/(m²·a)   W/(m²K)   m/s²   min⁻¹   1/min   €/m²   ct/kWh   mg/24 h

The form has no brackets, and each sign as the International System has it: kWh/m²·a, m/s², 1/min.
"""

import re
from functools import lru_cache
from typing import Final

from translator.text.characters import words

# Signs that a derived unit is made of, and below their other spellings.
_SIGNS: Final = words("""
    km hm m dm cm mm µm nm kg g mg µg ng t ha a d h min s ms µs l dl cl ml hl µl J kJ MJ GJ W mW kW
    MW GW Wh kWh MWh GWh TWh Ws N kN MN mN Nm kNm Pa kPa MPa hPa mbar bar V mV kV A mA Ah mAh K mK
    mol mmol µmol nmol pmol cd lm lx Hz kHz MHz GHz bit kbit Mbit Gbit kB MB GB TB dB kcal cal Bq
    kBq MBq Sv mSv µSv Gy U IE BE sr rad px VA kVA kWp EUR USD GBP CHF ct mi ft lb oz gal °C °F %
""")
_SPELLINGS: Final = {
    "L": "l", "dL": "dl", "mL": "ml", "hL": "hl", "μm": "µm", "μg": "µg", "μs": "µs", "μl": "µl",
    "µL": "µl", "μmol": "µmol", "μSv": "µSv", "€": "EUR", "Euro": "EUR", "$": "USD", "£": "GBP",
    "Cent": "ct", "cent": "ct", "¢": "ct", "Std": "h", "Std.": "h", "hr": "h", "sec": "s",
    "Sek": "s", "Sek.": "s", "Min": "min", "Min.": "min", "qm": "m²", "cbm": "m³", "I.E.": "IE",
    "IU": "IE", "I.U.": "IE", "KB": "kB", "sqm": "m²",
}  # fmt: skip
_SIGN: Final = "|".join(
    re.escape(each) for each in sorted({*_SIGNS, *_SPELLINGS}, key=len, reverse=True)
)
_TERM: Final = rf"(?:{_SIGN})(?:[²³⁴]|\^?[234](?!\d))?"
_PRODUCT: Final = rf"{_TERM}(?:(?:[·⋅∙*]|(?<=[²³])){_TERM}){{0,3}}(?!\w)"
_BRACKETS: Final = rf"\({_TERM}(?:(?:\s?[·⋅∙*]\s?|\s|(?<=[²³])){_TERM}){{0,3}}\)"
# Amounts that others are related to. Alone, as in l/100, one has lost its unit.
_DIVISOR: Final = (
    rf"\s?/\s?(?:(?:(?:100|1\.?000|24)\s?)?(?:{_PRODUCT}|{_BRACKETS})|1\.?000?(?![\w.,:/]))"
)
_INVERSE: Final = rf"{_TERM}(?:[·⋅∙*]{_TERM})?(?:⁻[¹²³]|\^?[-−][123])(?![\w.,])|1/(?:{_TERM})(?!\w)"
_GAP: Final = r"[ \u00a0\u202f\u2009]"
_COMPOUND: Final = re.compile(
    rf"{_GAP}?({_INVERSE}|{_PRODUCT}{_DIVISOR}|{_TERM}(?:[·⋅∙]{_TERM}){{1,3}}(?!\w))"
)
_ANY_DIVISOR: Final = re.compile(_DIVISOR)
# No derived unit is without one of these.
_HINT: Final = re.compile(r"[/·⋅∙*⁻^−]|[a-z]-[123]")
_REACH: Final = 12  # characters
_PIECE: Final = re.compile(rf"{_SIGN}|\S|\s")
_PLAIN: Final = {
    **dict.fromkeys("⋅∙*", "·"), **dict.fromkeys("() ^\u00a0\u202f\u2009.", ""), "−": "-",
    "2": "²", "3": "³", "4": "⁴",
}  # fmt: skip
_INVERTED: Final = re.compile(r"(\w+)(?:⁻([¹²³])|-(\d|[²³]))")


def compound(text: str, position: int) -> tuple[str, int] | None:
    """The derived unit right behind a number that ends at `position`, and its end."""
    if not _HINT.search(text, position, position + _REACH):
        return None
    match = _COMPOUND.match(text, position)
    return (_form(match[1]), match.end()) if match else None


def divisor(text: str, position: int) -> tuple[str, int] | None:
    """The unit that a unit is divided by, as kg in €3.20/kg, and its end."""
    match = _ANY_DIVISOR.match(text, position)
    return (_form(match.group())[1:], match.end()) if match else None


@lru_cache(1000)
def _form(written: str) -> str:
    """The one form of a derived unit."""
    above, slash, below = written.partition("/")
    count = re.match(r"\s*(1\.?000?|24)(?!\d)", below)
    if count:
        below = below[count.end() :]
    form = slash.join(map(_plain, (above, below))) if slash else _plain(above)
    if count:
        above, _, below = form.partition("/")
        form = f"{above}/{count[1].replace('.', '')} {below}".strip()
    if match := _INVERTED.fullmatch(form):
        power = (match[2] or match[3]).translate(str.maketrans("1¹", "  ")).strip()
        return f"1/{match[1]}{power}"
    return form


def _plain(product: str) -> str:
    pieces = _PIECE.findall(product)
    terms = "".join(_SPELLINGS.get(each) or _PLAIN.get(each, each) for each in pieces)
    # m²K is m²·K.
    return re.sub(r"(?<=[²³])(?=[^\W\d²³])", "·", terms)
