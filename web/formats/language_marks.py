"""Language marks: what a document says of the languages it is in (`lang`, `xml:lang`)."""

import re
from typing import Final

_CODE: Final = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*\s*")
# Codes that name no language: undetermined, several, none.
_NONE: Final = frozenset(("und", "mul", "zxx", "mis"))
# Three letters for languages that have two, as old books have them.
_SHORT: Final = {
    "ger": "de",
    "deu": "de",
    "eng": "en",
    "fre": "fr",
    "fra": "fr",
    "spa": "es",
    "ita": "it",
    "dut": "nl",
    "nld": "nl",
    "pol": "pl",
    "por": "pt",
}


def primary_language(mark: str | None) -> str:
    """The language that a mark names, without its region: `de` of `de-AT`; "" if it names none."""
    match = _CODE.fullmatch(mark or "")
    code = match[1].lower() if match else ""
    return "" if code in _NONE else _SHORT.get(code, code)


def other_language(mark: str | None, main: str) -> str:
    """The language that a mark names when it is another than `main`, which is known; else ""."""
    language = primary_language(mark)
    return language if main and language != main else ""
