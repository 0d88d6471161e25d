"""Orthography of a line: its first capital and its end mark come back in the translation.

A model that has learnt from sentences writes a heading without its capital, and a full stop for
every mark. A placeholder, an address or a name in mixed case that comes first is not touched. A
German command of more than a few words ends with an exclamation mark by convention alone, an
English one does not: of 65 in Tatoeba, six keep it.
"""

import re
from typing import Final

from translator.text.characters import CLOSERS
from translator.text.spans import Span, spans

_MARKS: Final = frozenset(".!?…:;,")
_QUOTES: Final = frozenset("„“”»«‚‘’›‹\"'")
# Words of a call or a heading, at most: „Komm sofort her!“
_CALL: Final = 3
_ENDS: Final = frozenset("!?")
# A full stop after one of these belongs to it: „etc.“, „Inc.“, „p.m.“
_PLAIN_WORD: Final = re.compile(r"[a-z]{4,40}")
_STOP: Final = "."
_AROUND: Final = frozenset(CLOSERS + "*_~")
_FIRST_WORD: Final = re.compile(r"[^\W\d_][\w'’]*")
# Characters: no opening mark, quote and number before the first letter is longer.
_HEAD: Final = 40


def formed(source: str, target: str, language: str = "de", *, emphatic: bool = False) -> str:
    """The translation `target` with the first capital and the end mark of `source`.

    `language` is the source's. No other character changes. An `emphatic` source keeps its
    exclamation mark whatever its length.
    """
    target = _capitalised(source, target, language)
    exclaims = emphatic or len(source.split()) <= _CALL
    return _ended(source, target, language, exclaims=exclaims)


def _capitalised(source: str, target: str, language: str) -> str:
    first = _first_word(source)
    own = _first_word(target)
    if first is None or own is None or not first.group()[0].isupper():
        return target
    word = own.group()
    dotted = target[own.end() : own.end() + 1] == _STOP and len(word) == 1  # p.m.
    if not word.islower() or dotted or word in source.split():
        return target
    if _covers(spans(source[: _HEAD * 2], language), first.start()) or _covers(
        spans(target[: _HEAD * 2], language), own.start()
    ):
        return target
    return target[: own.start()] + word[0].upper() + target[own.start() + 1 :]


def _first_word(text: str) -> re.Match[str] | None:
    """The first word, if no digit stands before it: „20 Leute“ has none."""
    found = _FIRST_WORD.search(text, 0, _HEAD * 2)
    if found is None or found.start() > _HEAD or any(map(str.isalnum, text[: found.start()])):
        return None
    return found


def _covers(found: list[Span], place: int) -> bool:
    return any(start <= place < end for start, end in found)


def _ended(source: str, target: str, language: str, *, exclaims: bool) -> str:
    place = _marks(source, language)
    own = _marks(target, language)
    if place is None or own is None:
        return target
    wanted, marks = source[slice(*place)].strip(), target[slice(*own)].strip()
    if wanted == "!" and not exclaims:
        return target
    if _QUOTES.isdisjoint(source[place[1] :]) != _QUOTES.isdisjoint(target[own[1] :]):
        return target  # it belongs to a quotation that the translation has not
    start, end = own
    if not target[:start].strip() or marks == wanted or not _may_be(marks, wanted):
        return target
    if not wanted and not _is_sentence_stop(source[: place[0]], target[:start]):
        return target
    return target[:start] + wanted + target[end:]


def _may_be(marks: str, wanted: str) -> bool:
    """Whether the marks of a translation are fewer than the source's, or others of no meaning."""
    if wanted == _STOP:
        return not marks
    if wanted in {"", ",", ":", ";"}:
        return marks in {"", _STOP}
    if set(wanted) <= {".", "…"}:
        return marks in {"", _STOP}
    return not _ENDS & set(marks) or (_ENDS & set(marks)) < (_ENDS & set(wanted))


def _is_sentence_stop(source: str, target: str) -> bool:
    """Whether a full stop that the source has not is one, and none of an abbreviation."""
    last = target.rsplit(None, 1)[-1]
    return _PLAIN_WORD.fullmatch(last.lower()) is not None or source.endswith(last)


def _marks(text: str, language: str) -> Span | None:
    """Where the marks at the end of a text are, if only quotes and signs come after them.

    An empty place where there are none; None where the text ends with what is no language.
    """
    tail = text[-_HEAD * 3 :]
    offset = len(text) - len(tail)
    ends = {last: first for first, last in spans(tail, language)}
    end = len(tail)
    for _ in range(_HEAD):
        first = ends.get(end)
        if first is not None:
            if any(map(str.isalnum, tail[first:end])):
                return offset + end, offset + end
            end = first
        elif end and (tail[end - 1].isspace() or tail[end - 1] in _AROUND):
            end -= 1
        else:
            break
    start = end
    while start and (tail[start - 1] in _MARKS or tail[start - 1] == "\u202f"):
        start -= 1
    return offset + start, offset + end
