"""Features of a sentence: by them similar ones are found in an index of the database.

A feature is a pair of a sentence's longest words, which are its rarest more often than not (Zipf).
A sentence in which one or two words are others still shares some pairs, and hardly any pair is in
many sentences, so that a look-up reads short lists and an entry takes few rows.
"""

import re
import zlib
from itertools import combinations
from typing import Final

# Longest words of an entry that make pairs, and of a sentence that is looked up: one more, since
# a word that has come to it may be longer than those that they share.
WORDS: Final = 4
ASKED_WORDS: Final = 5
# Up to so many words each one alone is a feature, too: there are hardly any pairs.
_FEW: Final = 2
# Characters of a sentence that are looked at.
MOST_READ: Final = 2_000

_WORD: Final = re.compile(r"[^\W\d_]+|[0-9]+")
# Scripts without spaces between words; two characters are taken for a word.
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def features_of(scope: str, sentence: str, most: int = WORDS) -> list[int]:
    """Features of a sentence, each 32 bits; those of different scopes have nothing in common."""
    words = _longest(sentence, most)
    pairs = ["\0".join(pair) for pair in combinations(sorted(words), 2)]
    return list(
        dict.fromkeys(
            zlib.crc32(f"{scope}\0{each}".encode("utf-8", "replace"))
            for each in (*pairs, *(words if len(words) <= _FEW else ()))
        )
    )


def _longest(sentence: str, most: int) -> list[str]:
    found: dict[str, None] = {}
    for word in _WORD.findall(sentence[:MOST_READ].casefold()):
        if word.isdigit():
            found["0"] = None
        elif _UNSPACED.match(word) and len(word) > _FEW:
            found.update(dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1)))
        else:
            found[word] = None
    # Among words of one length chance decides, the same every time.
    return sorted(
        found, key=lambda each: (-len(each), zlib.crc32(each.encode("utf-8", "replace")))
    )[:most]


def scope_of(memory_id: int, pair: tuple[str, str], *, shared: bool) -> str:
    """Scope of an entry: its memory, or all that is shared in a pair of languages."""
    return " ".join(pair) if shared else str(memory_id)
