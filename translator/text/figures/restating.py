"""Restating: figures of a translation that still stand in the source language's form.

Only figures whose digits are the source's own are written anew: 1.299,50 € in an English text is
€1,299.50 if the German source has it, and stays what it is if it has not.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from translator.text.figures.comparing import Match, Text, match
from translator.text.figures.figure import Figure, Kind, Reading, Shape
from translator.text.figures.moments import Clock
from translator.text.figures.numerals import NUMERAL, regrouped
from translator.text.figures.reading import digit_figures
from translator.text.figures.writing import written

_HALF: Final = re.compile(r"[ap]\.?\s?m", re.IGNORECASE)
_OVERFULL: Final = re.compile(r"(\d{1,2})[.:](\d\d):00(?:\s?[ap]\.?m\.?(?!\w))?")
# N/mm² for which a model writes N/mm2, and words for a unit.
_POWER: Final = re.compile("[²³⁴]")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{5}")
_NOON: Final = 12

_Change = tuple[int, int, str]


def restate(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    *,
    clock: Clock | None = None,
) -> str:
    """The translation with its figures in the target language's form.

    Figures that were copied are written the target's way, and so are those that mean another
    number there than in the source: 2.500 for two thousand five hundred is 2,500 in English. With
    `clock`, times whose half of the day is certain are written with 12 or 24 hours, so that a
    translation has one form. A figure that the source has not, and one to the letter, stays.
    """
    return restated(Text(source, source_language), Text(target, target_language), clock=clock)[
        0
    ].text


def restated(source: Text, target: Text, *, clock: Clock | None = None) -> tuple[Text, Match]:
    """The same for texts whose figures were read, with the match of what comes out."""
    found = match(source, target)
    if source.language == target.language:
        return target, found
    changes = {
        *_copied(found, source, target, clock),
        *_misread(found, source, target, clock or 24),
    }
    best, differences = (target, found), _count(found)
    candidates = [changes] if changes else []
    if differences:
        candidates.append(set(_untranslated(source, target, clock or 24)))
    for each in candidates:
        text = _changed(target.text, each)
        if text != best[0].text:
            new = Text(text, target.language)
            matched = match(source, new)
            left = _count(matched)
            if left < differences or (left == differences and best[0] is target):
                best, differences = (new, matched), left
    return best


def _count(found: Match) -> int:
    return len(found.missing) + len(found.added)


def _untranslated(source: Text, target: Text, clock: Clock) -> Iterator[_Change]:
    """All figures of a translation, if it is read as the source is."""
    read = Text(target.text, source.language)
    for _, other in match(source, read).pairs:
        form = read.written(other, target.language, clock)
        if form != other.text:
            yield other.start, other.end, form


def _copied(found: Match, source: Text, target: Text, clock: Clock | None) -> Iterator[_Change]:
    """Figures that mean the same, and are written as in the source."""
    for one, other in found.pairs:
        is_sign = (
            one.unit == other.unit and _POWER.search(one.unit) and not _POWER.search(other.text)
        )
        is_time = one.kind is other.kind is Kind.TIME
        if one.text == other.text or (is_sign and not _LONG_WORD.search(other.text)):
            form = source.written(one, target.language, clock or 24)
        elif is_time and clock and _is_certain(one, other):
            form = target.written(other, target.language, clock)
        else:
            continue
        if form != other.text:
            yield other.start, other.end, form


def _is_certain(one: Figure, other: Figure) -> bool:
    """Whether a time of the translation says its half of the day, and means the source's."""
    hour = other.value[0]
    says_so = _HALF.search(other.text) is not None or (isinstance(hour, int) and hour > _NOON)
    return says_so and one.value == other.value


def _misread(found: Match, source: Text, target: Text, clock: Clock) -> Iterator[_Change]:
    """Figures that the source has, and that the target language does not read so."""
    if not found.missing or not found.added:
        return
    wanted: dict[Reading, list[Figure]] = {}
    for figure in found.missing:
        if not figure.verbatim:
            wanted.setdefault(figure.readings[0], []).append(figure)
    taken: set[int] = set()
    # Of two figures that mean the same, either may be the one that is too many.
    readings = {each.readings[0] for each in found.added}
    given = (*found.added, *(other for _, other in found.pairs))
    loose = [each for each in given if each.readings[0] in readings]
    starts, ends = {each.start for each in loose}, {each.end for each in loose}
    for figure in digit_figures(target.text, source.language):
        # The same figure as in the translation's own language, whole or its number alone.
        if figure.start in starts or figure.end in ends:
            same = wanted.get(figure.readings[0])
            form = (
                written(figure, source.language, target.language, clock=clock)
                if same
                else figure.text
            )
            if same and form != figure.text:
                same.pop()
                if not same:
                    del wanted[figure.readings[0]]
                taken |= set(range(figure.start, figure.end))
                yield figure.start, figure.end, form
    yield from _overfull(found, wanted, source.language, target)
    for figure in found.added:
        if figure.numeral and figure.start not in taken:
            yield from _renumbered(figure, wanted, source.language, target.language)


def _overfull(
    found: Match, wanted: dict[Reading, list[Figure]], language: str, target: Text
) -> Iterator[_Change]:
    """Times to which a model has added seconds, or a half of the day: 8.05:00, 3.20:00 p.m."""
    for figure in found.added:
        match = _OVERFULL.match(target.text, figure.start)
        time = Reading(Shape.TIME, (int(match[1]), int(match[2]), 0)) if match else None
        if match and time and wanted.get(time):
            one = wanted[time].pop()
            end = max(figure.end, match.end())
            full_stop = "." if match.group()[-1] == "." and not target.text[end:].strip() else ""
            yield figure.start, end, written(one, language, target.language) + full_stop


def _renumbered(
    figure: Figure, wanted: dict[Reading, list[Figure]], source: str, target: str
) -> Iterator[_Change]:
    """A figure of the translation with its digits grouped as they should be: 3,5 billion."""
    numeral = NUMERAL.sub(lambda each: regrouped(each.group(), source, target), figure.numeral)
    form = figure.text.replace(figure.numeral, numeral, 1)
    read = digit_figures(form, target)
    if numeral == figure.numeral or len(read) != 1:
        return
    for reading in read[0].readings:
        if wanted.get(reading):
            wanted[reading].pop()
            yield figure.start, figure.end, form
            return


def _changed(text: str, changes: Iterable[_Change]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end, form in sorted(changes):
        if start >= position:
            pieces += [text[position:start], form]
            position = end
    return "".join([*pieces, text[position:]])
