"""Stems of words: Snowball's stemmers, one for each language that it knows."""

from functools import lru_cache
from typing import Final

import snowballstemmer

# Languages by their codes. No other is inflected here: a term matches its own form alone.
_NAMES: Final = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
# Words whose stems are held: a stem takes 50 µs, and 100,000 words are what a book has.
_HELD: Final = 100_000
# Characters: what is longer is no word, and is its own stem.
_LONGEST: Final = 60


def has_stems(language: str) -> bool:
    """Whether words of a language have stems."""
    return language in _NAMES


@lru_cache(maxsize=_HELD)
def stem(word: str, language: str) -> str:
    """Stem of a word, in small letters; the word itself where the language has none.

    Doubled letters at the end are one: Bus and Busse, Ärztin and Ärztinnen.
    """
    small = word.casefold()
    if language not in _NAMES or len(small) > _LONGEST:
        return small
    # `casefold` makes ss of ß; an umlaut goes with the ending of a plural.
    # A stemmer holds the word that it is at, and two threads ask: each word has one of its own.
    found: str = snowballstemmer.stemmer(_NAMES[language]).stemWord(small)
    return found[:-1] if found[-2:-1] == found[-1:] and len(found) > 3 else found  # noqa: PLR2004
