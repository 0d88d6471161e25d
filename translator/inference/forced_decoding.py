"""Forced decoding: the model reads a translation that is there, which tells what came from where.

It is a model to the scheduler, so alignments share batches and take turns as translations do.
"""

from collections.abc import Sequence

from translator.inference.engine import Decoding, Engine, Hypothesis

# Tokens: a longer source or target is not aligned. Sentences are shorter; texts of older versions,
# whose sentences are not known, may be much longer.
MOST_TOKENS = 256
FORCED = Decoding(beam_size=1, attention=True)


class ForcedDecoding:
    """Forced decoding with one engine, for the scheduler."""

    def __init__(self, engine: Engine) -> None:
        """`engine` is the one that translates as well."""
        self._engine = engine

    def encode(self, source: str, target: str) -> list[str] | None:
        """Tokenize a pair as one list, whose head is the length of the source in tokens.

        None where one of the two is empty or too long.
        """
        asked, answer = self._engine.encode(source), self._engine.encode_target(target)
        if not answer or max(len(asked), len(answer)) > MOST_TOKENS:
            return None
        return [str(len(asked)), *asked, *answer]

    def spelled(self, tokens: Sequence[str]) -> tuple[str, str]:
        """The two texts that the links of an alignment lead between: the source's, the target's."""
        source, target = _parted(tokens)
        return self._engine.spelled(source), self._engine.spelled_target(target)

    def width(self, tokens: Sequence[str]) -> int:
        """Padded length of a pair's source in tokens."""
        return self._engine.width(_parted(tokens)[0])

    def translate(
        self,
        batch: Sequence[list[str]],
        decoding: Decoding,
        aligned: Sequence[bool] | None = None,
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode a batch of encoded pairs of one width: the only hypothesis of each is its target.

        Raises RuntimeError when the engine fails.
        """
        del decoding, aligned
        pairs = [_parted(tokens) for tokens in batch]
        return [
            (Hypothesis("", score=1.0, complete=True, tokens=len(target), alignment=links),)
            for (_, target), links in zip(pairs, self._engine.align(pairs), strict=True)
        ]


def _parted(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    end = 1 + int(tokens[0])
    return list(tokens[1:end]), list(tokens[end:])
