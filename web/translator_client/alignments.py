"""Word alignments, asked of the translator: where words of a source are said in its translation."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.translator_client.client import TranslatorClient

# Most pairs of a source and its translation in one request, most characters of one of their texts,
# and most words of a pair.
MOST_PAIRS = 500
MOST_PAIR_CHARACTERS = 10_000
MOST_PAIR_WORDS = 200

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Pair of a source and its translation; `words` are ranges of the source's characters."""

    source: str
    target: str
    words: tuple[Range, ...]


async def word_places(
    translator: TranslatorClient, pairs: Sequence[AlignedPair], source: str, target: str
) -> list[list[Range | None]]:
    """For each pair the places of its words in the target, as ranges; None where one is not sure.

    `source` and `target` are language codes; there are at most MOST_PAIRS. No translation waits
    behind it. Raises TranslatorUnavailableError, TranslatorRefusedError.
    """
    question = {
        "pairs": [
            {"source": each.source, "target": each.target, "words": each.words} for each in pairs
        ],
        "source": source,
        "target": target,
    }
    found = await translator.ask("POST", "/alignments", question)
    return [
        [None if place is None else (place[0], place[1]) for place in places]
        for places in found["places"]
    ]
