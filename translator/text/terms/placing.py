"""Placing of terms: the words that came from a term's give way to its target, in the right form.

Number and verb form are those of the model's own word, which fits the words around it, where it has
one; where it says nothing, those of the source. A capital at a sentence's start, a genitive's 's,
an article's n and a compound's other part stay right.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from translator.text.characters import words
from translator.text.function_words import kind_of
from translator.text.matching import Shares
from translator.text.spans import Span
from translator.text.terms.english import (
    adverb_of,
    article_before,
    form_of_verb,
    head_of,
    inflected_verb,
    is_plural_noun,
    plain_verb,
    plural_of,
)
from translator.text.terms.places import Place, Places, said_at
from translator.text.terms.term import Number, Occurrence, Part

_ARTICLE: Final = re.compile(r"(?<!\w)(?P<article>[Aa]n?)(?P<space>\s+)\Z")
_DETERMINED: Final = re.compile(
    r"(?<!\w)(?:the|a|an|its|his|her|their|our|my|your)\s+\Z", re.IGNORECASE
)
_OWN_ARTICLE: Final = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_FIRST_OF_SENTENCE: Final = re.compile(r"(?:\A|[.!?:]\s)[\s\"'“‘„«(\[*_–—-]*\Z")
# Words beside a noun that agree with one number alone.
_SINGULAR_BEFORE: Final = words("a an this that each every another one")
_PLURAL_BEFORE: Final = words("these those many few several both two three four five six ten")
# Verbs behind a subject, in the singular and in the plural.
_AGREEING: Final = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "doesn't": "don't",
}
_AGREEING_BACK: Final = {plural: singular for singular, plural in _AGREEING.items()}
_LAST_WORD: Final = re.compile(r"([\w']+)\W*\Z")
_NEXT_WORD: Final = re.compile(r"\s+([\w']+)")
# Compared adjectives that end in no -er, and letters from which on one that does is compared.
_COMPARED: Final = words("better worse more less further")
_SHORT: Final = 4
# Before a verb that stands in its base form: pronouns, auxiliaries, to.
_BEFORE_VERB: Final = words("""
    i you he she it we they who will would can could shall should must may might to not cannot
    can't won't don't doesn't didn't
""")
# Before a subject: the start of a sentence or of a clause, an article, at most one more word.
_SUBJECT: Final = re.compile(
    r"(?:\A|[.!?:,;]\s|\b(?:and|but|because|if|when|that|whether|while)\s)"
    r"(?:(?:the|these|those|our|my|your|his|her|their|its|all)\s)?(?:\w+\s)?\Z",
    re.IGNORECASE,
)
_THIRD: Final = re.compile(r"[a-z]{3,}(?<![siu])s")
_AUXILIARIES: Final = words("is are was were be been being am has have had isn't aren't wasn't")
# Endings of nouns that name a deed.
_DEED: Final = re.compile(r".{3,}(?:tion|sion|ment|ance|ence|al|ing)s?\Z")


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
        new = place and _new(source, target, each, place, pair[1])
        if place is None or new is None:
            missing.append(each)
        else:
            changes.append((*_widened(target, place, new), new))
    return TermsPlaced(_changed_text(target, changes, pair[1]), tuple(missing))


def with_forms(
    source: str, occurrences: Iterable[Occurrence], language: str, *, sentence: bool = False
) -> tuple[str, dict[Span, str]]:
    """A source with the targets of terms in place of their sources, and the forms by their spans.

    What a model is asked for where it leaves a term's place open: most copy a word of the target's
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


def form_in(source: str, each: Occurrence, language: str) -> str:
    """Target of an occurrence in the form that its source has: for where a stand-in was."""
    if each.term.keeps:
        return source[each.start : each.end]
    target = each.term.target
    if language != "en":
        return target
    if each.verb is not None:
        return inflected_verb(target, each.verb, participle=_is_participle(source, each))
    word = source[each.start : each.end]
    likely = each.number is None and each.part is Part.WHOLE and len(word) > len(each.term.source)
    is_plural = each.number == "plural" or (likely and each.term.source[:1].isupper())
    return plural_of(target) if is_plural else target


def cased(text: str, place: Span, term: str) -> str:
    """A term as it is written at a place: with a capital where a sentence starts."""
    if _FIRST_OF_SENTENCE.search(text[: place[0]]) and term[:2].islower():
        return term[:1].upper() + term[1:]
    return term


def lacking(
    text: str, occurrences: Sequence[Occurrence], source: str, language: str
) -> tuple[Occurrence, ...]:
    """Occurrences whose targets a text does not say often enough."""
    count: dict[str, int] = {}
    lost: list[Occurrence] = []
    for each in occurrences:
        wanted = source[each.start : each.end] if each.term.keeps else each.term.target
        key = wanted.casefold()
        count[key] = count.get(key, 0) + 1
        if count[key] > len(said_at(text, wanted, language)):
            lost.append(each)
    return tuple(lost)


def _is_participle(source: str, each: Occurrence) -> bool:
    word = source[each.start : each.end].casefold()
    return each.verb == "past" and not word.endswith(("te", "test", "tet"))


def _new(source: str, target: str, each: Occurrence, place: Place, language: str) -> str | None:
    """The text for a place; None where the word there is another part of speech."""
    term, said = each.term, target[place.start : place.end]
    if term.keeps:
        return source[each.start : each.end]
    if place.is_said:
        return _as_cased(said, each, target, place)
    if language != "en":
        return cased(target, (place.start, place.end), term.target)
    if not _is_alike(target, each, place):
        return None
    if each.verb is not None:
        before = _LAST_WORD.search(target[: place.start])
        new = _verb_at(source, said, before.group(1).casefold() if before else "", each)
    else:
        new = _noun_at(target, each, place)
    return cased(target, (place.start, place.end), new)


def _as_cased(said: str, each: Occurrence, target: str, place: Place) -> str:
    """What a translation says already, in the term's own capitals if it has some."""
    wanted = each.term.target
    if said.casefold() != wanted.casefold() or (wanted.islower() and not each.term.match_case):
        return said
    return cased(target, (place.start, place.end), wanted)


def _is_alike(target: str, each: Occurrence, place: Place) -> bool:
    """Whether the model's word is of the term's part of speech, as far as it shows."""
    said = target[place.start : place.end]
    if " " in said:
        return True
    before = _LAST_WORD.search(target[: place.start])
    leads = before.group(1).casefold() if before else ""
    wanted = each.term.target
    if each.verb is not None:
        return leads not in {"the", "a", "an", "of"} and not (
            _DEED.fullmatch(said) and not said.endswith("ing")
        )
    if each.number is None and not each.term.source[:1].isupper():
        return True
    if leads in _BEFORE_VERB - {"to"}:
        return False
    if form_of_verb(said) not in {"past", "ing"} or form_of_verb(wanted) == form_of_verb(said):
        return True
    follows = _NEXT_WORD.match(target, place.end)
    # After terminating the contract; but the last meeting.
    return leads not in _AUXILIARIES and not (
        follows and kind_of(follows.group(1), "en") in {"determiner", "pronoun"}
    )


def _verb_at(source: str, said: str, leads: str, each: Occurrence) -> str:
    own = form_of_verb(said.split(" ", maxsplit=1)[0])
    form = each.verb or "base"
    if form == "third" and own == "past" and leads not in _AUXILIARIES:
        own = "third"
    if own is not None and not (own == "base" and form == "past"):
        form = own
    elif own is None:
        form = "past" if form == "past" else "base"
    participle = form == "past" and _is_participle(source, each)
    return inflected_verb(each.term.target, form, participle=participle)


def _noun_at(target: str, each: Occurrence, place: Place) -> str:
    term = each.term
    wanted = term.target
    if not term.source[:1].isupper():
        return _adjective_at(target[place.start : place.end], wanted)
    if is_plural_noun(head_of(wanted)):
        return wanted
    number = _number_at(target, place, each.number)
    return plural_of(wanted) if number == "plural" else wanted


def _adjective_at(said: str, wanted: str) -> str:
    """An adjective as the model's own is: an adverb, or compared."""
    if " " in wanted or " " in said:
        return wanted
    if said.endswith("ly") and not wanted.endswith("ly"):
        return adverb_of(wanted)
    if said.lower() in _COMPARED or (said.endswith("er") and len(said) > _SHORT):
        return f"more {wanted}"
    return wanted


def _number_at(target: str, place: Place, own: Number | None) -> Number:
    """Number of a noun at a place: what agrees with the words beside it, and with its source."""
    said = head_of(target[place.start : place.end])
    shown: Number = "plural" if is_plural_noun(said) else "singular"
    if own is None or own == shown:
        return shown
    before = _LAST_WORD.search(target[: place.start])
    leads = before.group(1).casefold() if before else ""
    if leads in _SINGULAR_BEFORE:
        return "singular"
    return "plural" if leads in _PLURAL_BEFORE else own


def _widened(target: str, place: Place, new: str) -> Span:
    """A place with words before or after it that the new ones say again: security deposit."""
    start, end = place.start, place.end
    fresh = new.casefold().split()
    for count in range(len(fresh) - 1, 0, -1):
        before = re.search(
            r"(?<!\w)" + r"\s+".join(map(re.escape, fresh[:count])) + r"\s+\Z",
            target[:start].casefold(),
        )
        if before and not place.is_said and len(target) == len(target.casefold()):
            start = before.start()
            break
    for count in range(len(fresh) - 1, 0, -1):
        after = re.match(
            r"\s+" + r"\s+".join(map(re.escape, fresh[-count:])) + r"(?!\w)",
            target[end:].casefold(),
        )
        if after and not place.is_said and len(target) == len(target.casefold()):
            end += after.end()
            break
    return start, end


def _changed_text(target: str, changes: Sequence[tuple[int, int, str]], language: str) -> str:
    """A translation with its changes, and the articles before them as they take them."""
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(changes):
        if start < position:
            continue
        before = target[position:start]
        fresh = new
        if language == "en" and new != target[start:end]:
            own = _OWN_ARTICLE.match(new)
            if own and _DETERMINED.search(before):
                fresh = new[own.end() :]
            before = _with_article(before, fresh)
        parts += [before, fresh]
        position = end
        if language == "en" and (verb := _agreeing(target, (start, end), new)):
            parts += verb
            position += len(_NEXT_WORD.match(target, end).group())
    return "".join([*parts, target[position:]])


def _agreeing(target: str, place: Span, new: str) -> tuple[str, str] | None:
    """The verb behind a subject that has another number now, with the space before it."""
    found = _NEXT_WORD.match(target, place[1])
    old = target[slice(*place)]
    if found is None or not _SUBJECT.search(target[: place[0]]):
        return None
    was, now = is_plural_noun(head_of(old)), is_plural_noun(head_of(new))
    verb = found.group(1)
    if was == now or not verb.islower():
        return None
    space = found.group()[: -len(verb)]
    if now:
        other = _AGREEING.get(verb) or (plain_verb(verb) if _THIRD.fullmatch(verb) else None)
    else:
        other = _AGREEING_BACK.get(verb)
    return (space, other) if other else None


def _with_article(before: str, phrase: str) -> str:
    """The text before a phrase with a or an at its end, as the phrase takes it."""
    found = _ARTICLE.search(before)
    if found is None:
        return before
    article = found["article"]
    right = article_before(phrase)
    if is_plural_noun(head_of(phrase)) and kind_of(phrase, "en") is None:
        return before[: found.start()]
    right = right.capitalize() if article[0].isupper() else right
    return before[: found.start()] + right + found["space"]
