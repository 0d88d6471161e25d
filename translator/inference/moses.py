"""Moses words: text in words and signs, and back, as models with byte-pair encoding are trained on.

The rules are those of the Moses tokenizer and detokenizer (moses-smt/mosesdecoder,
scripts/tokenizer). Of its long lists of abbreviations only single letters and the most usual ones
are here: a full stop behind another is a token of its own.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_QUOTES: Final = str.maketrans(
    {
        **dict.fromkeys("„“”«»", '"'),
        **dict.fromkeys("‚‘’´`", "'"),
        "–": "-",
        "—": " - ",
        "…": "...",
    }
)
_ESCAPED: Final = {
    "&": "&amp;",
    "|": "&#124;",
    "<": "&lt;",
    ">": "&gt;",
    "'": "&apos;",
    '"': "&quot;",
    "[": "&#91;",
    "]": "&#93;",
}
_ESCAPES: Final = str.maketrans(_ESCAPED)
# A sign for private use, in the place of the dots of an ellipsis.
_DOT: Final = "\ue000"
_ABBREVIATIONS: Final = frozenset(
    (
        *("Dr", "Hr", "Fr", "Mr", "Mrs", "Ms", "Nr", "No", "Prof", "St", "Sr", "Jr", "Mme", "M"),
        *("bzw", "ca", "etc", "evtl", "ggf", "inkl", "usw", "vgl", "vs", "zzgl"),
    )
)
# Where an apostrophe between letters belongs: to what follows it, or to what is before it.
_APOSTROPHES: Final = {"en": r"\1 '\2", "fr": r"\1' \2", "it": r"\1' \2"}
_LEFT: Final = re.compile(r"[,.?!:;\\%}\])]+")
_RIGHT: Final = re.compile(r"[$€£¥¢([{¿¡]+")
_CURRENCIES: Final = "$€£¥¢"


def moses_words(text: str, language: str) -> list[str]:
    """Words and signs of a text, escaped."""
    text = " ".join(text.translate(_QUOTES).split())
    text = "".join(each if _stays(each) else f" {each} " for each in text)
    text = re.sub(r"\.{2,}", lambda match: f" {_DOT * len(match[0])} ", text)
    text = re.sub(r"(?<!\d),|,(?!\d)", " , ", text)
    text = _with_apostrophes(text, language)
    tokens = text.split()
    found: list[str] = []
    for number, token in enumerate(tokens):
        after = tokens[number + 1] if number + 1 < len(tokens) else ""
        if token != "." and token.endswith(".") and not _keeps(token[:-1], after):  # noqa: S105
            found += [token[:-1], "."]
        else:
            found.append(token)
    return [each.replace(_DOT, ".").translate(_ESCAPES) for each in found]


def _stays(sign: str) -> bool:
    """Whether a sign is a part of words, or is told by its neighbours."""
    if sign in " .',-":
        return True
    kind = unicodedata.category(sign)
    return (sign.isalnum() and kind != "No") or kind[0] == "M"  # ² is none of a word's


def _with_apostrophes(text: str, language: str) -> str:
    if language not in _APOSTROPHES:
        return text.replace("'", " ' ")
    text = re.sub(r"(?<![^\W\d_])'|'(?![^\W\d_])", " ' ", text)
    return re.sub(r"([^\W\d_])'([^\W\d_])", _APOSTROPHES[language], text)


def _keeps(word: str, after: str) -> bool:
    """Whether a full stop stays with the word before it."""
    if "." in word and any(map(str.isalpha, word)):
        return True
    is_short = len(word) == 1 and word.isalpha()
    return is_short or word in _ABBREVIATIONS or after[:1].islower()


def moses_text(tokens: Sequence[str], language: str) -> str:
    """The text of escaped words and signs.

    Otherwise than with Moses, a sign of a currency stands at the amount behind it only.
    """
    text, space, opened = "", "", {"'": False, '"': False}
    said = _unescaped(tokens)
    for number, token in enumerate(said):
        before = said[number - 1] if number else ""
        after = said[number + 1] if number + 1 < len(said) else ""
        if _LEFT.fullmatch(token):
            text, space = text + token, " "
        elif _RIGHT.fullmatch(token) and (token[0] not in _CURRENCIES or after[:1].isdigit()):
            text, space = text + space + token, ""
        elif language == "en" and number and re.match(r"'[^\W\d_]", token):
            text, space = text + token, " "
        elif language in {"fr", "it"} and re.search(r"[^\W\d_]'$", token):
            text, space = text + space + token, ""
        elif token in opened:
            is_plural = token == "'" and language == "en" and before.endswith("s")  # noqa: S105
            closes = opened[token] or is_plural
            text, space = (text + token, " ") if closes else (text + space + token, "")
            opened[token] = not closes
        else:
            text, space = text + space + token, " "
    return text


def _unescaped(tokens: Sequence[str]) -> list[str]:
    found = []
    for token in tokens:
        for sign, escaped in reversed(_ESCAPED.items()):
            token = token.replace(escaped, sign)  # noqa: PLW2901
        found.append(token)
    return found
