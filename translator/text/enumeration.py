"""Enumerations: whether a translation lists as many things as its source.

A model that translates thirty nouns in a row leaves some out or says some twice, and its attention
is spread too thin to tell.
"""

import re
from typing import Final

# Between the members of a list; the comma in 2,50 parts nothing.
_BETWEEN: Final = re.compile(r"[,;]\s++|[、，]")
_LAST: Final = re.compile(r"\s(?:und|oder|sowie|and|or)\s")
# Words of a member, and members, from which on it is a list and no sentence with clauses.
_MOST_WORDS: Final = 4
_FEWEST: Final = 8
# Share of the members by which a translation may differ; two may become one: "Speis und Trank".
_MOST_OFF: Final = 0.05


def lacks_members(source: str, target: str) -> bool:
    """Whether the translation of a long list lacks members, says some twice, or has more."""
    listed = _members(source)
    if len(listed) < _FEWEST:
        return False
    given = _members(target)
    twice = (len(given) - len(set(given))) - (len(listed) - len(set(listed)))
    told = len(given) - max(0, twice)
    return abs(told - len(listed)) > max(1, _MOST_OFF * len(listed))


def _members(text: str) -> list[str]:
    """The short runs between commas; the last two may have a word between them."""
    parts = _BETWEEN.split(text.strip().rstrip(".!?…").casefold())
    parts += _LAST.split(parts.pop(), maxsplit=1)
    inner = parts[1:]  # the first one has the words before the list
    return [part for part in inner if part and len(part.split(None, _MOST_WORDS)) <= _MOST_WORDS]
