"""Placing of terms: the words that came from a term's give way to its target, in the right form.

Number and verb form are those of the model's own word, which fits the words around it, where it has
one; where it says nothing, those of the source. A capital at a sentence's start, a genitive's 's,
an article's n and a compound's other part stay right.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from translator.text.matching import Shares
from translator.text.spans import Span
from translator.text.terms.agreement import changed_text
from translator.text.terms.english import inflected_verb, plural_of
from translator.text.terms.places import Place, Places
from translator.text.terms.term import Occurrence, Part
from translator.text.terms.wording import is_participle, worded

_FIRST_OF_SENTENCE: Final = re.compile(r"(?:\A|[.!?:]\s)[\s\"'“‘„«(\[*_–—-]*\Z")
# Characters before a place, as many as are looked at.
_NEAR: Final = 80
# Words of a longer target are not looked for beside its place.
_MOST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class TermsPlaced:
    """A translation with the terms that it could be given, and the occurrences that it lacks."""

    text: str
    missing: tuple[Occurrence, ...]


def with_terms(
    source: str,
    target: str,
    occurrences: Sequence[Occurrence],
    shares: Shares,
    pair: tuple[str, str],
) -> TermsPlaced:
    """Put the targets of terms into a translation.

    `shares` has for each word of `target` the shares that words of `source` have in it, `pair` the
    codes of both languages.
    """
    places = Places(source, target, shares, pair).find(occurrences)
    changes: list[tuple[int, int, str]] = []
    missing: list[Occurrence] = []
    for each, place in zip(occurrences, places, strict=True):
        new = None if place is None else _new(source, target, each, place, pair[1])
        if place is None or new is None:
            missing.append(each)
        else:
            start, end = _widened(target, place, new)
            if start < place.start:
                new = cased(target, (start, end), new)
            end = _behind_full_stop(target, end, each, new)
            changes.append((start, end, new))
            if each.part is Part.HEAD and place.is_said and source[each.cut - 1] != "-":
                changes += _hyphen_before(target, place.start)
    return TermsPlaced(changed_text(target, changes, pair[1]), tuple(missing))


def with_forms(
    source: str, occurrences: Iterable[Occurrence], language: str, *, sentence: bool = False
) -> tuple[str, dict[Span, str]]:
    """A source with the targets of terms in place of their sources, and the forms by their spans.

    A model is asked for it where it leaves a term's place open: most copy a word of the target's
    language, and fit the rest of the sentence to it. Of a compound the other part stays. With
    `sentence`, the first word has the capital that it has in the source.
    """
    parts: list[str] = []
    forms: dict[Span, str] = {}
    position = 0
    for each in occurrences:
        form = form_in(source, each, language)
        if sentence and source[each.start].isupper():
            form = cased(source, (each.start, each.end), form)
        if each.part is Part.HEAD:
            form = f"{source[each.start : each.cut].rstrip('-')}-{form}"
        elif each.part is Part.FIRST:
            rest = source[each.cut : each.end]
            form = f"{form}-{rest[:1].upper()}{rest[1:]}"
        else:
            forms[each.start, each.end] = form
        parts += [source[position : each.start], form]
        position = each.end
    return "".join([*parts, source[position:]]), forms


def _hyphen_before(target: str, start: int) -> list[tuple[int, int, str]]:
    """The change of a hyphen that the question had in a compound: work-agreement."""
    return [(start - 1, start, " ")] if target[start - 1 : start] == "-" else []


def form_in(source: str, each: Occurrence, language: str) -> str:
    """Target of an occurrence in the form that its source has: for where a stand-in was."""
    if each.term.keeps:
        return source[each.start : each.end]
    target = each.term.target
    if language != "en":
        return target
    if each.verb is not None:
        return inflected_verb(target, each.verb, participle=is_participle(source, each))
    word = source[each.start : each.end]
    likely = each.number is None and each.part is Part.WHOLE and len(word) > len(each.term.source)
    is_plural = each.number == "plural" or (likely and each.term.source[:1].isupper())
    return plural_of(target) if is_plural else target


def cased(text: str, place: Span, term: str) -> str:
    """A term as it is written at a place: with a capital where a sentence starts."""
    if _FIRST_OF_SENTENCE.search(text[max(0, place[0] - _NEAR) : place[0]]) and term[:2].islower():
        return term[:1].upper() + term[1:]
    return term


def _new(source: str, target: str, each: Occurrence, place: Place, language: str) -> str | None:
    """The text for a place; None where the word there is another part of speech."""
    term, said = each.term, target[place.start : place.end]
    if term.keeps:
        return source[each.start : each.end]
    if place.is_said:
        return _as_cased(said, each, target, place)
    if language != "en":
        return cased(target, (place.start, place.end), term.target)
    new = worded(source, target, each, place)
    return None if new is None else cased(target, (place.start, place.end), new)


def _as_cased(said: str, each: Occurrence, target: str, place: Place) -> str:
    """The words that a translation says already, in the term's own capitals if it has some."""
    wanted = each.term.target
    if said.casefold() != wanted.casefold() or (wanted.islower() and not each.term.match_case):
        return said
    return cased(target, (place.start, place.end), wanted)


def _behind_full_stop(target: str, end: int, each: Occurrence, new: str) -> int:
    """The end of a place: behind a full stop that the new words bring along, or were to replace.

    Of an abbreviation at a sentence's end it stays: it ends the sentence as well.
    """
    if target[end : end + 1] != "." or target[end + 1 : end + 2] == ".":
        return end
    is_inside = bool(target[end + 1 :].strip())
    return end + (new.endswith(".") or (is_inside and each.term.source.endswith(".")))


def _widened(target: str, place: Place, new: str) -> Span:
    """A place with words before or after it that the new ones say again: security deposit."""
    start, end = place.start, place.end
    fresh = list(map(re.escape, new.split()))
    if place.is_said or len(fresh) > _MOST_WORDS:
        return start, end
    for count in range(len(fresh) - 1, 0, -1):
        first = r"\s+".join(fresh[:count])
        near = max(0, start - _NEAR)
        if before := re.compile(rf"(?<!\w){first}\s+\Z", re.IGNORECASE).search(target, near, start):
            start = before.start()
            break
    for count in range(len(fresh) - 1, 0, -1):
        last = r"\s+".join(fresh[-count:])
        if after := re.compile(rf"\s+{last}(?!\w)", re.IGNORECASE).match(target, end):
            end = after.end()
            break
    return start, end
