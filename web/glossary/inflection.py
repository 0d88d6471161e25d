"""Inflection: which words may be forms of a term's word, in each language.

The translator decides what is a form. Here none may be missing, and a few more do no harm. German
is compared by closed sets of endings and of prefixes; the other languages that Snowball's stemmers
know, by their stems; in the rest a word has one form.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, Final, Protocol

from web.text.languages import language_name

# Accents apart from their letters, soft hyphens, and what joins or parts without being seen.
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff" + "".join(map(chr, range(0x300, 0x370)))
# Without them, and Latin letters without their accents. Not by normalizing the text, which takes
# time with the square of the marks behind a letter.
_FOLDED: Final = str.maketrans(
    {chr(code): unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}
) | dict.fromkeys(map(ord, _UNSEEN))
# Letters that two forms of a word have in common at least, and those of an ending at most.
_SHORTEST: Final = 3
_LONGEST_ENDING: Final = 3
# Letters of a word's beginning by which its forms are found, at most.
_LONGEST_KEY: Final = 5
# Characters: what is longer is no word, and has no stem.
_LONGEST_WORD: Final = 60
# Words whose stems are held: a stem takes 50 µs.
_HELD: Final = 50_000


class Inflection(Protocol):
    """Interface of a language's inflection; words are as `folded` gives them."""

    def folded(self, text: str) -> str:
        """A text as its words are compared."""

    def keys_of_term(self, word: str, *, verb: bool = False) -> Iterable[str]:
        """The keys under which a term's word is found, which may be a `verb`."""

    def keys_of_word(self, word: str) -> Iterable[str]:
        """The keys of a text's word: those of each term that it may be a form of, and others."""

    def may_be(self, word: str, first: str) -> bool:
        """Whether a text's word, which has a key of a term's `first`, may be a form of that."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Endings of nouns and adjectives, and of words from Latin, Greek and Italian, with what is left of
# each behind letters in common (Museum, Museen; Komma, Kommata).
_ENDINGS: Final = frozenset(
    ending[start:]
    for ending in (
        *("e", "em", "en", "ens", "er", "ern", "es", "m", "n", "nen", "ns", "r", "s", "se", "sen"),
        *("ses", "a", "i", "is", "ium", "o", "on", "os", "ta", "ten", "um", "us"),
    )
    for start in range(len(ending) + 1)
)
# Prefixes of verbs, folded: those that may part from them, and those that may not.
_PREFIXES: Final = _words(
    """
    ab an auf aus bei da dar durch ein empor entgegen fest fort frei gegenuber her heraus
    herein herum herunter hervor hin hinaus hinein hinter hinunter hinzu los mit nach nieder
    statt teil uber um unter voll vor voran voraus vorbei weg weiter wider wieder zu zuruck
    zusammen be emp ent er ge miss ver zer
    """
)
# What may stand between a verb's prefix and its stem: abgeschlossen, abzuschließen.
_BETWEEN: Final = ("", "ge", "zu")
# Verbs without a prefix whose stems change, folded.
_STRONG: Final = _words(
    """
    backen befehlen beginnen beissen bergen bersten bewegen biegen bieten binden bitten
    blasen bleiben braten brechen brennen bringen denken dreschen dringen durfen fahren
    fallen fangen fechten finden flechten fliegen fliehen fliessen fressen frieren garen
    gebaren geben gedeihen gehen gelingen gelten genesen geniessen geschehen gewinnen
    giessen gleichen gleiten glimmen graben greifen haben halten hangen hauen heben heissen
    helfen kennen klimmen klingen kneifen kommen konnen kriechen laden lassen laufen leiden
    leihen lesen liegen loschen lugen mahlen meiden melken messen mogen mussen nehmen nennen
    pfeifen preisen quellen raten reiben reissen reiten rennen riechen ringen rinnen rufen
    salzen saufen saugen schaffen scheiden scheinen scheissen schelten scheren schieben
    schiessen schlafen schlagen schleichen schleifen schliessen schlingen schmeissen
    schmelzen schneiden schreiben schreien schreiten schweigen schwellen schwimmen schwinden
    schwingen schworen sehen sein senden sieden singen sinken sinnen sitzen sollen speien
    spinnen sprechen spriessen springen stechen stecken stehen stehlen steigen sterben
    stieben stinken stossen streichen streiten tragen treffen treiben treten triefen trinken
    trugen tun verderben verdriessen vergessen verlieren wachsen wagen waschen weben weichen
    weisen wenden werben werden werfen wiegen winden wissen wollen ziehen zwingen
    """
)
_ONSET: Final = re.compile("[^aeiouy]*")
# Letters that a verb's form may be longer than its infinitive: ge, zu, and an adjective's ending.
_LONGER: Final = 6


class GermanInflection:
    """German inflection, in which umlauts are their vowels: a plural may have them."""

    def __init__(self) -> None:
        # Of verbs, and of what looks like one: the beginnings that their forms may have.
        self._beginnings: dict[str, tuple[str, ...]] = {}

    def folded(self, text: str) -> str:
        """The text in small letters without accents."""
        return text.casefold().translate(_FOLDED)

    def keys_of_term(self, word: str, *, verb: bool = False) -> set[str]:
        """The beginnings of all forms, each up to five letters."""
        keys = {beginning_of(word)}
        if verb and word.endswith("n"):
            beginnings = self._beginnings[word] = tuple(set(_verb_beginnings(word)))
            keys |= {each[:_LONGEST_KEY] for each in beginnings}
        return keys

    def keys_of_word(self, word: str) -> list[str]:
        """The beginnings of a word."""
        return [word[:length] for length in range(1, min(len(word), _LONGEST_KEY) + 1)]

    def may_be(self, word: str, first: str) -> bool:
        """Whether the words differ in endings alone, or one may be a form of a verb."""
        common = 0
        for one, other in zip(word, first, strict=False):
            if one != other:
                break
            common += 1
        if word[common:] in _ENDINGS and first[common:] in _ENDINGS and common >= _SHORTEST:
            return True
        return len(word) <= len(first) + _LONGER and word.startswith(
            self._beginnings.get(first, ("\0",))
        )


def _verb_beginnings(verb: str) -> Iterator[str]:
    """The beginnings of a verb's forms: abschließen, abgeschlossen, abzuschließen, abschloss."""
    for prefix, base in _split(verb):
        if base in _STRONG:
            start = _ONSET.match(base)
            beginning = start[0] if start else ""
        else:
            # Also where an e goes: handeln, ich handle.
            stem = base.removesuffix("n").removesuffix("e")
            beginning = stem[:-2] if stem.endswith(("el", "er")) else stem
        if prefix or beginning:
            yield from (prefix + between + beginning for between in _BETWEEN)


def _split(verb: str, deepest: int = 2) -> Iterator[tuple[str, str]]:
    """A verb's prefixes, none or up to two, and what is left of it."""
    yield "", verb
    for prefix in _PREFIXES if deepest else ():
        if verb.startswith(prefix) and len(verb) - len(prefix) >= _SHORTEST:
            for more, base in _split(verb[len(prefix) :], deepest - 1):
                yield prefix + more, base


def beginning_of(word: str) -> str:
    """Beginning of a German noun or adjective that all its forms have in common, up to a length."""
    return word[: max(_SHORTEST, min(_LONGEST_KEY, len(word) - _LONGEST_ENDING))]


class StemInflection:
    """Inflection by Snowball's stemmers."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        """`stem` gives the stem of a word."""
        self._stem = stem

    def folded(self, text: str) -> str:
        """The text in small letters."""
        return text.casefold()

    def keys_of_term(self, word: str, *, verb: bool = False) -> set[str]:
        """The word and its stem."""
        del verb
        return {word, self._stem(word)}

    def keys_of_word(self, word: str) -> set[str]:
        """The word and its stem."""
        return {word, self._stem(word)}

    def may_be(self, word: str, first: str) -> bool:
        """Yes: they have a key in common."""
        del word, first
        return True


class NoInflection:
    """Inflection of a language that is not known: there are no other forms."""

    def folded(self, text: str) -> str:
        """The text in small letters."""
        return text.casefold()

    def keys_of_term(self, word: str, *, verb: bool = False) -> tuple[str]:
        """The word."""
        del verb
        return (word,)

    def keys_of_word(self, word: str) -> tuple[str]:
        """The word."""
        return (word,)

    def may_be(self, word: str, first: str) -> bool:
        """Whether they are the same."""
        return word == first


def _stem(word: str, stemmer: Any) -> str:
    """Stem of a word; doubled letters at its end are one, as in bus and busses."""
    if len(word) > _LONGEST_WORD:
        return word
    found: str = stemmer.stemWord(word)
    return found[:-1] if found[-2:-1] == found[-1:] and len(found) > 3 else found  # noqa: PLR2004


@cache
def _stems(language: str) -> Callable[[str], str] | None:
    """Stemmer of a language: a function of its words; None where there is none."""
    import snowballstemmer  # noqa: PLC0415 - 30 languages, of which most services need none

    # As CLDR names it: "Norwegian Bokmål", of which Snowball has the first word.
    algorithm = language_name(language).lower().partition(" ")[0]
    if algorithm not in snowballstemmer.algorithms():
        return None
    # A stemmer holds the word that it is at, so each word has one of its own.
    return lru_cache(_HELD)(lambda word: _stem(word, snowballstemmer.stemmer(algorithm)))


def inflection_of(language: str) -> Inflection:
    """The inflection of a language by its code."""
    if language == "de":
        return GermanInflection()
    stems = _stems(language)
    return NoInflection() if stems is None else StemInflection(stems)


def stem_of(word: str, language: str) -> str:
    """Stem of a word in small letters; the word itself in a language without a stemmer.

    Words that only look alike may have one stem: it is for counting, not for what may match.
    """
    stems = _stems(language)
    return word if stems is None else stems(word)
