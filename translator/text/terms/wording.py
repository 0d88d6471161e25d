"""Wording of a term at its place: the form of the model's own word, which fits those around it."""

import re
from typing import Final

from translator.text.characters import words
from translator.text.function_words import kind_of
from translator.text.terms.agreement import NEXT_WORD, word_before
from translator.text.terms.english import (
    adverb_of,
    form_of_verb,
    head_of,
    inflected_verb,
    is_plural_noun,
    plural_of,
)
from translator.text.terms.places import Place
from translator.text.terms.term import Number, Occurrence

# Words beside a noun that agree with one number alone.
_SINGULAR_BEFORE: Final = words("a an this that each every another one")
_PLURAL_BEFORE: Final = words("these those many few several both two three four five six ten")
# Compared adjectives that end in no -er, and letters from which on one that does is compared.
_COMPARED: Final = words("better worse more less further")
_SHORT: Final = 4
# Before a verb that stands in its base form: pronouns, auxiliaries, to.
_BEFORE_VERB: Final = words("""
    i you he she it we they who will would can could shall should must may might to not cannot
    can't won't don't doesn't didn't
""")
_AUXILIARIES: Final = words("is are was were be been being am has have had isn't aren't wasn't")
# After these a verb has no ending.
_PLAIN_AFTER: Final = words("""
    to not will would can could shall should must may might cannot can't won't don't doesn't didn't
    do does did
""")
_BEFORE_STRONG: Final = words("ein kein mein dein sein ihr unser euer")
# Nouns that need no article in English where others do: at school.
_BARE: Final = words(
    "school college university church court prison hospital bed work home town class"
)
_DEFINITE: Final = words("der die das den dem des im am zum zur vom beim ins ans")
# Endings of nouns that name a deed.
_DEED: Final = re.compile(r".{3,}(?:tion|sion|ment|ance|ence|al|ing)s?\Z")


def worded(source: str, target: str, each: Occurrence, place: Place) -> str | None:
    """An English term for a place; None where the word there is another part of speech."""
    if not _is_alike(target, each, place):
        return None
    if each.verb is not None:
        return _verb_at(source, target, each, place)
    return _with_the(source, target, each, place, _noun_at(source, target, each, place))


def is_participle(source: str, each: Occurrence) -> bool:
    """Whether a verb's form in the source is a participle, not one of the past."""
    word = source[each.start : each.end].casefold()
    return each.verb == "past" and not word.endswith(("te", "test", "tet"))


def _is_alike(target: str, each: Occurrence, place: Place) -> bool:
    """Whether the model's word is of the term's part of speech, as far as it shows."""
    said = target[place.start : place.end]
    if " " in said:
        return True
    leads = word_before(target, place.start)
    if each.verb is not None:
        return leads not in {"the", "a", "an", "of"} and not (
            _DEED.fullmatch(said) and not said.endswith("ing")
        )
    if each.number is None and not each.term.source[:1].isupper():
        return True
    if leads in _BEFORE_VERB - {"to"} or (leads == "to" and form_of_verb(said) == "base"):
        return False
    form = form_of_verb(said)
    if form not in {"past", "ing"} or form == form_of_verb(each.term.target):
        return True
    follows = NEXT_WORD.match(target, place.end)
    # After terminating the contract; but the last meeting.
    return leads not in _AUXILIARIES and not (
        follows and kind_of(follows.group(1), "en") in {"determiner", "pronoun"}
    )


def _verb_at(source: str, target: str, each: Occurrence, place: Place) -> str:
    said, leads = target[place.start : place.end], word_before(target, place.start)
    own = form_of_verb(said.split(" ", maxsplit=1)[0])
    form = each.verb or "base"
    if form == "third" and own == "past" and leads not in _AUXILIARIES:
        own = "third"
    if own is not None and not (own == "base" and form == "past"):
        form = own
    elif own is None and (form != "past" or _is_plain(target, place)):
        form = "base"
    participle = form == "past" and is_participle(source, each)
    return inflected_verb(each.term.target, form, participle=participle)


def _is_plain(target: str, place: Place) -> bool:
    """Whether a verb has no ending because of one before it: didn't sign, did you sign."""
    near = target[: place.start].casefold().split()[-_SHORT:]
    return not _PLAIN_AFTER.isdisjoint(near)


def _noun_at(source: str, target: str, each: Occurrence, place: Place) -> str:
    term = each.term
    wanted = term.target
    if not term.source[:1].isupper():
        # Ein teurer Arzt: an ending of the article's; but teurer als Gold.
        compared = word_before(source, each.start) not in _BEFORE_STRONG
        return _adjective_at(target[place.start : place.end], wanted, compared=compared)
    if is_plural_noun(head_of(wanted)):
        return wanted
    number = _number_at(target, place, each.number)
    return plural_of(wanted) if number == "plural" else wanted


def _with_the(source: str, target: str, each: Occurrence, place: Place, new: str) -> str:
    """A noun with the article that its source has, where the model's own word needs none."""
    said = target[place.start : place.end].lower()
    if said not in _BARE or new != each.term.target or not new.islower():
        return new
    if kind_of(word_before(target, place.start), "en") == "determiner":
        return new
    return f"the {new}" if word_before(source, each.start) in _DEFINITE else new


def _adjective_at(said: str, wanted: str, *, compared: bool) -> str:
    """An adjective as the model's own is: an adverb, or compared."""
    if " " in wanted or " " in said:
        return wanted
    if said.endswith("ly") and not wanted.endswith("ly"):
        return adverb_of(wanted)
    if compared and (said.lower() in _COMPARED or (said.endswith("er") and len(said) > _SHORT)):
        return f"more {wanted}"
    return wanted


def _number_at(target: str, place: Place, own: Number | None) -> Number:
    """Number of a noun at a place: what agrees with the words beside it, and with its source."""
    said = head_of(target[place.start : place.end])
    shown: Number = "plural" if is_plural_noun(said) else "singular"
    if own is None or own == shown:
        return shown
    leads = word_before(target, place.start)
    if leads in _SINGULAR_BEFORE:
        return "singular"
    return "plural" if leads in _PLURAL_BEFORE else own
