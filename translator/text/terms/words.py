"""Words of a source in a translation, by the alignment that terms are placed with."""

from collections.abc import Iterable

from translator.text.matching import Range, Shares
from translator.text.terms.places import Places
from translator.text.terms.term import Occurrence, Term


def word_at(
    source: str, target: str, rows: Shares, pair: tuple[str, str], words: Iterable[Range]
) -> list[Range | None]:
    """Word alignment: the place of each word of a source in its target; None where it is not sure.

    Words and places are ranges of characters. `rows` has for each word of the target the shares of
    the source's words; `pair` are language codes.
    """
    places = Places(source, target, rows, pair)
    return [
        places.of_words(Occurrence(Term(source[start:end], ""), start, end)) for start, end in words
    ]
