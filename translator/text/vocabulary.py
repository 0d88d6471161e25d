"""Unknown tokens: words and signs that a model cannot write, in a plainer form or to be copied."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from translator.text.spans import Span

# Signs in a form that more models know.
_PLAINER: Final = {
    **dict.fromkeys("‚‘’›‹", "'"),
    **dict.fromkeys("„“”»«", '"'),
    **dict.fromkeys("–—−‐‑", "-"),
    "…": "...",
}
# Tokens to look up in a vocabulary: words, with the signs of measures (20€, °C), and other signs.
_TOKEN: Final = re.compile(r"(?:[^\W_]|[°%‰€$£¥§№])+|[^\w\s]|_")
# Categories of Unicode: other symbols, letters of another height.
_PICTORIAL: Final = frozenset(("So", "Lm"))
# Signs beside the letters, quotes and dashes of European languages.
_RARE: Final = re.compile("[^\x00-\u024f„“”‚‘’–—…€]")


def outside_vocabulary(
    text: str, known: Callable[[str], bool] | None
) -> tuple[dict[str, str | int | None], list[Span]]:
    """Words and signs outside the vocabulary: those that have a plainer form, and spans to copy.

    `known` tells of a word or sign whether the vocabulary has it.
    """
    plainer: dict[str, str | int | None] = {}
    strange: list[Span] = []
    if known is None:
        return plainer, strange
    if known(text) and not any(map(_is_folded, _RARE.findall(text))):
        return plainer, strange
    for match in _TOKEN.finditer(text):
        token = match.group()
        if (token.isascii() and token.isalnum()) or not _is_unknown(token, known):
            continue
        if token.isupper() and known(token.lower()):
            continue  # it may be asked for in lower case
        plain = _PLAINER.get(token)
        if plain and known(plain):
            plainer[token] = plain
        else:
            strange.append(match.span())
    return plainer, strange


def _is_unknown(token: str, known: Callable[[str], bool]) -> bool:
    return not known(token) or (len(token) == 1 and _is_folded(token))


def _is_folded(sign: str) -> bool:
    """Whether a tokenizer reads a sign as others, and so knows it: ™ as TM, ▁ as a blank.

    SentencePiece writes white space as ▁, and its usual normalization is NFKC. Raised and framed
    digits are figures, and those are checked.
    """
    if sign.isascii():
        return False
    return sign == "▁" or (
        unicodedata.category(sign) in _PICTORIAL and unicodedata.normalize("NFKC", sign) != sign
    )
