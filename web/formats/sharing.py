"""Sharing out: a translation over the cues or lines in which its source stood, by their length.

No model tells which words stand for which, and tags in a question disturb it. So each cut is made
near the place that the length of the source asks for, and there at the best one: after a sentence,
after a comma, before a conjunction; not after an article.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from web.formats.places import Content, Element, Place

_WORD: Final = re.compile(r"\S+")
_STOP: Final = re.compile(r"[.!?…]+[\"“”»«’)]*(?=\s|\Z)")
# Possible cuts that are looked at around the place that the length asks for.
_AROUND: Final = 12
# What a cut is worth, in characters of distance from that place.
_AFTER_STOP: Final = 14
_AFTER_COMMA: Final = 7
_AS_IN_SOURCE: Final = 6
_BEFORE_CLAUSE: Final = 5
_BEFORE_PHRASE: Final = 3
_AFTER_SMALL_WORD: Final = -9
_BEFORE_BOUND: Final = -5
# More than any cut is worth.
_MOST_WORTH: Final = 20
# Characters around a cut that are looked at.
_REACH: Final = 40
# Distance at which a character counts twice.
_FAR: Final = 12

_COMMAS: Final = frozenset(",;:–—")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Small words by language: those that a part of a sentence begins with, at a good or at a possible
# place to cut, and those that it hardly ends with.
_CLAUSES: Final = {
    "en": _words(
        "and but or because that which who whom whose when while if unless until since although "
        "though where why how so whether"
    ),
    "de": _words(
        "und aber oder denn weil dass der die das wenn während ob bis seit obwohl wo warum wie "
        "sondern damit als nachdem bevor"
    ),
}
_PHRASES: Final = {
    "en": _words(
        "in on at with without for from into about by through over under between during against "
        "before after as"
    ),
    "de": _words(
        "zu in im an am auf mit ohne für von vom aus bei beim nach über unter zwischen gegen vor "
        "durch zum zur um"
    ),
}
_SMALL_WORDS: Final = {
    "en": _PHRASES["en"]
    | _words(
        "of to than like a an any some many much more most every each one two three four five the "
        "my your his its our their this these those and but or because that if when not no very i "
        "he we they is are was were be been have has had do does did will would can could should "
        "must may might i'm it's don't i'll i've"
    ),
    "de": _PHRASES["de"]
    | _words(
        "ein eine einen einem einer eines der die das den dem des mein meine meinen dein deine "
        "sein seine ihr ihre unser unsere und aber oder weil dass wenn nicht kein keine sehr ich "
        "er wir ist sind war hat habe"
    ),
}
# Words that belong to the word before them.
_BOUND: Final = {
    "en": _words("of me him them us it than not ago else enough"),
    "de": _words("mich mir dich dir sich ihn ihm uns euch es nicht"),
}
_NO_WORDS: Final[frozenset[str]] = frozenset()


class _Way(NamedTuple):
    """Way to cut, up to a space: what it costs, and the way up to the cut before."""

    cost: float
    space: int
    before: "_Way | None"


def shares(target: str, sources: Sequence[str], language: str) -> list[int]:
    """Places, each a space of `target`, at which it is cut into shares as `sources` are long.

    There are fewer than `sources` ask for where it has too few words. `language` is its own.
    """
    return _cuts(target, *_ideals(target, sources), language)


def balanced(target: str, count: int, language: str) -> list[int]:
    """Places, each a space of `target`, at which it is cut into `count` lines of like length."""
    ideals = [len(target) * number / count for number in range(1, count)]
    return _cuts(target, ideals, [False] * len(ideals), language)


def flat(items: Content) -> str:
    """Text of a content, without what is no text in it."""
    return "".join(_flat_parts(items))


def _flat_parts(items: Content) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield item
        else:
            yield from _flat_parts(item.items or [])


def parted_content(items: Content, cuts: Sequence[int]) -> list[Content]:
    """Content cut at these spaces of its flat text, which are in no part.

    An element that a cut goes through is in both parts, with the words that it has there.
    """
    return _parted(items, cuts, 0)[0]


def _parted(items: Content, cuts: Sequence[int], position: int) -> tuple[list[Content], int]:
    parts: list[Content] = [[]]
    for item in items:
        if isinstance(item, str):
            start = 0
            first = bisect_left(cuts, position)
            for cut in cuts[first : bisect_left(cuts, position + len(item))]:
                parts[-1].append(item[start : cut - position])
                parts.append([])
                start = cut - position + 1
            parts[-1].append(item[start:])
            position += len(item)
        elif isinstance(item, Place) or item.items is None:
            parts[-1].append(item)
        else:
            inner, position = _parted(item.items, cuts, position)
            filled = [bool(flat(each).strip()) for each in inner]
            filled[0] |= not any(filled)
            for number, (each, has_words) in enumerate(zip(inner, filled, strict=True)):
                if number:
                    parts.append([])
                if has_words:
                    parts[-1].append(Element(item.what, each))
    return parts, position


def with_breaks(items: Content, cuts: Sequence[int], position: int = 0) -> Content:
    """Content with a line break for each of these spaces of its flat text."""
    result: Content = []
    for item in items:
        if isinstance(item, str):
            here = cuts[bisect_left(cuts, position) : bisect_left(cuts, position + len(item))]
            starts = [0, *(cut - position + 1 for cut in here)]
            ends = [*(cut - position for cut in here), len(item)]
            pieces = (item[start:end] for start, end in zip(starts, ends, strict=True))
            result.append("\n".join(pieces))
            position += len(item)
        elif isinstance(item, Place) or item.items is None:
            result.append(item)
        else:
            result.append(Element(item.what, with_breaks(item.items, cuts, position)))
            position += len(flat(item.items))
    return result


def without_marks(items: Content, marks: list[tuple[int, Element]], position: int = 0) -> Content:
    """Content without its ordered elements; `marks` gets them, each with its place in the text."""
    result: Content = []
    for item in items:
        if isinstance(item, str):
            result.append(item)
            position += len(item)
        elif isinstance(item, Element) and item.items is None and item.ordered:
            marks.append((position, item))
        elif isinstance(item, Place) or item.items is None:
            result.append(item)
        else:
            inner = without_marks(item.items, marks, position)
            result.append(Element(item.what, inner))
            position += len(flat(item.items))
    return result


def with_marks(items: Content, marks: Sequence[tuple[int, Element]], source: str) -> Content:
    """Content with marks that stood in the text `source`, as far on as they did there.

    They stand before words, unless some stood between the syllables of one.
    """
    if not marks:
        return items
    text = flat(items)
    words = [match.start() for match in _WORD.finditer(text)] or [0]
    ends = [*words, len(text)]
    anywhere = any(source[at - 1 : at + 1].isalpha() for at, _ in marks if 0 < at < len(source))
    wanted = [len(text) * at / max(1, len(source)) for at, _ in marks]
    places = [
        (round(each) if anywhere else _nearest(ends, each), mark)
        for each, (_, mark) in zip(wanted, marks, strict=True)
    ]
    return _marked(items, places, 0)[0] + [mark for at, mark in places if at >= len(text)]


def _nearest(places: Sequence[int], wanted: float) -> int:
    index = bisect_left(places, wanted)
    if index == len(places):
        return places[-1]
    if index and wanted - places[index - 1] <= places[index] - wanted:
        index -= 1
    return places[index]


def _marked(
    items: Content, marks: Sequence[tuple[int, Element]], position: int
) -> tuple[Content, int]:
    """Content with each mark before the character whose place it has."""
    result: Content = []
    at = [place for place, _ in marks]
    for item in items:
        if isinstance(item, str):
            start = 0
            here = slice(bisect_left(at, position), bisect_left(at, position + len(item)))
            for place, mark in marks[here]:
                result += [item[start : place - position], mark]
                start = place - position
            result.append(item[start:])
            position += len(item)
        elif isinstance(item, Place) or item.items is None:
            result.append(item)
        else:
            inner, position = _marked(item.items, marks, position)
            result.append(Element(item.what, inner))
    return result, position


def _ideals(target: str, sources: Sequence[str]) -> tuple[list[float], list[bool]]:
    """Where the shares would end by the length of `sources`, and whether a comma ends them there.

    Where both sides have as many sentences, each is measured by itself.
    """
    whole = " ".join(sources)
    ends, target_ends = _stops(whole), _stops(target)
    if len(ends) != len(target_ends):
        ends, target_ends = [len(whole)], [len(target)]
    ideals: list[float] = []
    position = 0
    for source in sources[:-1]:
        position += len(source)
        index = min(bisect_left(ends, position), len(ends) - 1)
        first, target_first = (ends[index - 1], target_ends[index - 1]) if index else (0, 0)
        share = (position - first) / max(1, ends[index] - first)
        ideals.append(target_first + share * (target_ends[index] - target_first))
        position += 1
    return ideals, [source[-1:] in _COMMAS for source in sources[:-1]]


def _stops(text: str) -> list[int]:
    """Where the sentences of a text end; the last is its end."""
    found = [match.end() for match in _STOP.finditer(text)]
    return found if found and found[-1] == len(text) else [*found, len(text)]


def _cuts(target: str, ideals: Sequence[float], commas: Sequence[bool], language: str) -> list[int]:
    """The best cuts near the ideal places; as many, if there are the words."""
    # Every cut leaves a word on both sides.
    words = [match.span() for match in _WORD.finditer(target)]
    gaps = [(before[1], after[0]) for before, after in pairwise(words)]
    spaces = [space for start, end in gaps if (space := target.find(" ", start, end)) >= 0]
    # For each possible cut: the best way so far that ends with it.
    ways: dict[int, _Way] = {-1: _Way(0.0, -1, None)}
    language = language.partition("-")[0].lower()
    ranges = _ranges(spaces, ideals[: len(spaces)])
    for number, (low, high) in enumerate(ranges):
        possible = list(_possible(ways, spaces, ideals[number], low, high))
        if number + 1 == len(ranges):  # so that the others are soon too far away to be looked at
            possible.sort()
        ways = {}
        least = math.inf
        for bound, index, before, far in possible:
            # One that costs more than one before it is on no best way.
            if bound - _MOST_WORTH > least:
                continue
            space = spaces[index]
            cost = far - _worth(target, space, language)
            if commas[number] and target[space - 1] in _COMMAS:
                cost -= _AS_IN_SOURCE
            ways[index] = _Way(before.cost + cost, space, before)
            least = min(least, before.cost + cost)
    found: list[int] = []
    last: _Way | None = min(ways.values(), key=lambda way: (way.cost, way.space))
    while last is not None and last.space >= 0:
        found.append(last.space)
        last = last.before
    return found[::-1]


def _possible(
    ways: Mapping[int, _Way], spaces: Sequence[int], ideal: float, low: int, high: int
) -> Iterator[tuple[float, int, _Way, float]]:
    """The spaces of a range that a cut may go to.

    Each has the cost of its way if it is worth nothing, the way before, and its own cost.
    """
    earlier = sorted(ways.items(), reverse=True)
    before: _Way | None = None
    for index in range(low, high):
        while earlier and earlier[-1][0] < index:
            _, way = earlier.pop()
            before = way if before is None or way.cost < before.cost else before
        if before is not None:
            distance = abs(spaces[index] - ideal)
            far = distance + distance * distance / _FAR
            yield before.cost + far, index, before, far


def _ranges(spaces: Sequence[int], ideals: Sequence[float]) -> list[tuple[int, int]]:
    """For each cut the spaces that are looked at, so that there is one for every cut."""
    ranges: list[tuple[int, int]] = []
    last = -1
    for number, ideal in enumerate(ideals):
        most = len(spaces) - len(ideals) + number
        near = bisect_left(spaces, ideal)
        last = max(last + 1, min(near, most))
        ranges.append((max(number, last - _AROUND), min(most, last + _AROUND) + 1))
    return ranges


def _worth(target: str, space: int, language: str) -> float:
    """Worth of a cut at this space, in characters."""
    before = target[max(0, space - _REACH) : space].rsplit(" ", 1)[-1]
    after = target[space : space + _REACH].lstrip().split(" ", 1)[0]
    if _STOP.search(before):
        return _AFTER_STOP
    if before[-1:] in _COMMAS:
        return _AFTER_COMMA
    worth = 0
    word, last = after.lower().strip("\"“„'(,.;:!?"), before.lower().strip("\"“„'(")
    if word in _CLAUSES.get(language, _NO_WORDS):
        worth += _BEFORE_CLAUSE
    elif word in _PHRASES.get(language, _NO_WORDS):
        worth += _BEFORE_PHRASE
    elif word in _BOUND.get(language, _NO_WORDS):
        worth += _BEFORE_BOUND
    if last in _SMALL_WORDS.get(language, _NO_WORDS):
        worth += _AFTER_SMALL_WORD
    return worth
