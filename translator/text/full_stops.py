"""Say what a full stop in German means: the end of a sentence, an ordinal or an abbreviation."""

import re
from typing import Final

from translator.text.characters import OPENERS
from translator.text.german_words import (
    INTERJECTIONS,
    NEVER_LAST,
    OFTEN_LAST,
    ORDINAL_LEADS,
    ORDINAL_NOUNS,
    SELDOM_LAST,
    SHORT_ORDINAL_LEADS,
    STARTERS,
)

# No word that decides is longer, nor stands further from the stop.
_REACH: Final = 48

_ROMAN: Final = re.compile(r"[IVX]{1,6}")
_DATE: Final = re.compile(r"\d{1,2}\.\d{1,2}")
_VOWEL: Final = re.compile(r"[aeiouyäöü]", re.IGNORECASE)


def full_stop_ends(text: str, stop: int, following: str) -> bool | None:
    """Whether the full stop at `text[stop]` ends a sentence; None if these rules cannot say.

    `following` is the word or number after it, without quotes before it; empty if a sign follows.
    """
    before = text[max(0, stop - _REACH) : stop]
    words = before.rsplit(None, 2)
    if not words or before[-1].isspace():
        return None
    word = words[-1].lstrip(OPENERS)
    lead = words[-2].lstrip(OPENERS) if len(words) > 1 else ""
    if word[:1].isdigit() or _ROMAN.fullmatch(word):
        return _number_ends(word, lead, following)
    if following.islower():
        return False
    if len(lead) == len("z.") and lead.endswith("."):
        word = _joined(before)
    return _word_ends(word, following)


def _joined(before: str) -> str:
    """„z. B“ as „z.B“: abbreviations of several letters are written with and without spaces."""
    tokens = before.split()
    first = len(tokens) - 1
    while first > 0 and len(tokens[first - 1]) == len("z.") and tokens[first - 1][1] == ".":
        first -= 1
    return "".join(tokens[first:])


def ellipsis_ends(text: str, start: int, following: str) -> bool | None:
    """Whether the ellipsis at `text[start]` ends a sentence; None if these rules cannot say."""
    if following.islower():
        return False
    if following in STARTERS:
        return True
    word = text[max(0, start - _REACH) : start].rstrip().rpartition(" ")[2].lstrip(OPENERS)
    if word in INTERJECTIONS:
        return True
    # „Ich … Angst“ leaves words out; „Das war gut… Peter kam“ ends.
    return not text[start - 1 : start].isspace()


def _word_ends(word: str, following: str) -> bool | None:
    bare = word.rpartition("-")[2]
    if word in NEVER_LAST:
        return False
    if word in OFTEN_LAST:
        return following[:1].isupper()
    if word in SELDOM_LAST or (bare != word and bare in SELDOM_LAST):
        return following in STARTERS
    if len(word) == 1 or "." in word:
        # An initial („J. S. Bach“) or an abbreviation that no list knows („i. w. S.“).
        return following in STARTERS and not word.islower()
    if word.endswith("str") and word[:1].isupper():
        return following in STARTERS
    if following[:1].isdigit():
        return len(word) > 3 and _VOWEL.search(word) is not None
    if following in STARTERS:
        return True
    # Nothing is known of the word: with a vowel it is a word, and its sentence ends.
    return True if _VOWEL.search(word) and following[:1].isupper() else None


def _number_ends(number: str, lead: str, following: str) -> bool | None:
    """A number with a full stop: „am 3. Oktober“, „auf Seite 5. Danach“."""
    if following[:1].isdigit():
        # „am 3. 10. 1990“, „3. 10.“
        return False if len(number) <= 2 or _DATE.fullmatch(number) else None
    if following.islower():
        return False
    if following in STARTERS:
        # „Es gibt zwei Wege: 1. Der kurze“ counts.
        return not lead.endswith((":", ";"))
    if following in ORDINAL_NOUNS or not lead or lead.endswith((":", ";", ",")):
        return False
    if lead in ORDINAL_LEADS:
        return False
    if len(number) <= 2 and lead in SHORT_ORDINAL_LEADS:
        return False
    if not number[:1].isdigit():
        # „Ludwig XIV. König“ or „Ludwig XIV. Frankreich“: a name's number stays with the name.
        return None
    return following[:1].isupper() or None
