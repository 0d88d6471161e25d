"""Omission: words that a translation left out, told by the model's attention.

A model may leave out function words and particles for good reasons; a noun seldom.
"""

import re
from collections.abc import Iterable
from typing import Final

from translator.text.function_words import kind_of

# In German nouns begin with a capital; elsewhere a long word says something.
_NOUN: Final = re.compile(r"[^\W\d_a-zß][^\W\d_]{3,40}")
_LONG: Final = re.compile(r"[^\W\d_]{7,40}")
_ANY: Final = re.compile(r"[^\W\d_]{4,40}")
_EDGES: Final = re.compile(r"^\W+|\W+$")
# German words that English says without one of their own: tonight, to have dinner, one says.
_LIGHT: Final = frozenset(
    {
        *("abend", "leute"),
        *("hätten", "würden", "könnte", "könnten", "solltest", "darüber", "welchem", "welcher"),
        *("während", "einander", "einfach", "gemacht", "eigentlich", "natürlich", "überhaupt"),
    }
)


def omitted(unattended: Iterable[str], language: str, *, capitals: bool = True) -> tuple[str, ...]:
    """The words without attention that a translation must not leave out, in order.

    Without `capitals` the text was in capitals, and any word of four letters may be a noun.
    """
    words = (_EDGES.sub("", each) for each in unattended)
    noun = _LONG if language != "de" else _NOUN if capitals else _ANY
    return tuple(each for each in words if _counts(each, noun, language))


def _counts(word: str, noun: re.Pattern[str], language: str) -> bool:
    if word.casefold() in _LIGHT or kind_of(word, language) is not None:
        return False
    return noun.fullmatch(word) is not None or _LONG.fullmatch(word) is not None
