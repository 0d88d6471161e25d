"""Full stops in German: the end of a sentence, an ordinal number or an abbreviation."""

import re
from typing import Final

from translator.text.abbreviations import (
    ALSO_WORDS,
    NEVER_LAST,
    OFTEN_LAST,
    SELDOM_LAST,
    may_be_last,
)
from translator.text.characters import OPENERS
from translator.text.german_words import (
    INTERJECTIONS,
    ORDINAL_LEADS,
    ORDINAL_NOUNS,
    SHORT_ORDINAL_LEADS,
    STARTERS,
)

# Characters: no word that decides is longer, nor stands further from the stop.
_REACH: Final = 48

# Most digits of a day or month, and most letters of a part of „z.B.“; fewest letters of a word.
_SHORT: Final = 2
_SHORTEST_WORD: Final = 4

_KNOWN: Final = NEVER_LAST | SELDOM_LAST | OFTEN_LAST
_STOPS: Final = frozenset(".!?:")
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
    if not before[-1].isalnum():
        # „(S. 5 ff.).“, „3 %.“: the stop belongs to no word.
        return following[:1].isupper() or None
    word = words[-1].lstrip(OPENERS)
    lead = words[-2].lstrip(OPENERS) if len(words) > 1 else ""
    if word[:1].isdigit() or _ROMAN.fullmatch(word):
        return _number_ends(word, lead, following)
    if following.islower():
        return False
    if len(lead) == len("z.") and lead.endswith("."):
        word = _joined(before)
    alone = lead[-1:] in _STOPS if lead else len(before) < _REACH
    return _word_ends(word, following, alone=alone)


def _joined(before: str) -> str:
    """„z. B“ as „z.B“: abbreviations of several letters are written with and without spaces."""
    tokens = before.split()
    first = len(tokens) - 1
    while first > 0 and len(tokens[first - 1]) == len("z.") and tokens[first - 1][1] == ".":
        first -= 1
    joined = "".join(tokens[first:])
    return joined if joined in _KNOWN or len(tokens[-1]) == 1 else tokens[-1]


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


def _word_ends(word: str, following: str, *, alone: bool) -> bool | None:
    """A word with a full stop: „Dr. Müller“, „Äpfel usw. Dann“, „Das ist gut. Und“.

    `alone` says that it is the first word of its sentence.
    """
    opens = following in STARTERS
    last = word.rpartition("-")[2] if "-" in word else word
    first = word[:1].lower() + word[1:] if alone else last
    if word in NEVER_LAST or last in NEVER_LAST or first in NEVER_LAST:
        return False
    if word in OFTEN_LAST:
        return following[:1].isupper()
    if _is_abbreviation(word, last) or (alone and (word in ALSO_WORDS or may_be_last(first))):
        spelt = len(word) == 1 or "." in word
        return opens and (not spelt or word in SELDOM_LAST or not word.islower())
    if following[:1].isdigit():
        # „Das war schön. 5 Leute kamen.“, but „Rdn. 5“
        return (
            len(word) >= _SHORTEST_WORD
            and last not in ALSO_WORDS
            and _VOWEL.search(word) is not None
        )
    return True if opens or (following[:1].isupper() and _VOWEL.search(word)) else None


def _is_abbreviation(word: str, last: str) -> bool:
    """Known ones, initials („J. S. Bach“, „Hans-J.“), several letters („i.w.S“), „Goethestr.“.

    `last` is the part after the last hyphen.
    """
    return (
        len(last) == 1
        or (
            "." in word
            and (
                0 < word.find(".") <= _SHORT  # not „www.beispiel.de“
                or (".-" in word and len(last) <= _SHORTEST_WORD)  # not „Buch.-Blätter“
            )
        )
        or may_be_last(last)
    )


def _number_ends(number: str, lead: str, following: str) -> bool | None:
    """A number with a full stop: „am 3. Oktober“, „auf Seite 5. Danach“."""
    short = len(number) <= _SHORT
    if following.islower():
        return False
    if following[:1].isdigit():
        return False if short or _DATE.fullmatch(number) else None
    if following in STARTERS:
        return not (short and lead.endswith((":", ";")))  # „Es gibt zwei Wege: 1. Der kurze“ counts
    if (
        not lead
        or (short and lead.endswith((":", ";", ",")))
        or following in ORDINAL_NOUNS
        or lead in ORDINAL_LEADS
        or (short and lead in SHORT_ORDINAL_LEADS)
    ):
        return False
    # „Ludwig XIV. König“ or „Ludwig XIV. Frankreich“: sentencex keeps it together.
    return True if number[:1].isdigit() and following[:1].isupper() else None
