"""Fields of Word: which of them show words to translate, and which a figure, a name or a date."""

from typing import Final

from web.formats.stand_ins import figure_of, says_words


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Fields whose result no one translates: a name, a date, an entry of a list, a citation.
_KEPT: Final = _names("""
    ADDIN ADDRESSBLOCK ADVANCE AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BARCODE BIBLIOGRAPHY CITATION
    CREATEDATE DATABASE DATE DDE DDEAUTO DISPLAYBARCODE EDITTIME EMBED EQ FILENAME FILESIZE
    FORMCHECKBOX FORMDROPDOWN FORMULA GREETINGLINE INCLUDEPICTURE LASTSAVEDBY LINK LISTNUM
    MERGEBARCODE MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF PRINT PRINTDATE PRIVATE REVNUM SAVEDATE
    SHAPE SYMBOL TEMPLATE TIME USERADDRESS USERINITIALS USERNAME
""")

# The number of a note elsewhere, which is a mark in a line as that of a note is.
_MARKS: Final = frozenset(("NOTEREF", "FOOTNOTEREF", "FTNREF"))
_DATES: Final = frozenset(("CREATEDATE", "DATE", "PRINTDATE", "SAVEDATE", "TIME"))


def figure_of_field(code: str, result: str) -> str:
    """The text with which the line of a kept field is asked; "" for none.

    With a name in its place a sentence may become another one, so it is asked without.
    """
    name, *_ = code.upper().split(maxsplit=1) or [""]
    if name in _MARKS or (says_words(result) and name not in _DATES):
        return ""
    return figure_of(result)


def is_kept(code: str, result: str) -> bool:
    """Whether the result of a field stays what it is: a figure, or what no one translates."""
    name, *_ = code.split(maxsplit=1) or [""]
    return name.upper() in _KEPT or name.startswith("=") or not says_words(result)
