"""Word alignment by the model's attention: which source words each target word comes from."""

from collections.abc import Sequence
from itertools import accumulate, islice
from typing import Final

from translator.text import Link

# SentencePiece's sign for the white space before a word.
_SPACE: Final = "▁"
# Most links of a target token, and the least share of its attention (0 to 1) that makes a link:
# smaller ones are chance.
_MOST: Final = 3
_LEAST: Final = 0.08
_CHANCE: Final = 0.079
# Least sum of attention (1 is that of one target token) of a word that was translated, and the
# fewest target tokens to tell by.
_LEAST_SUM: Final = 0.2
_FEWEST_ROWS: Final = 3


def spelled(tokens: Sequence[str]) -> str:
    """Detokenized text: SentencePiece tokens joined; one space before it is left out."""
    return "".join(tokens).replace(_SPACE, " ").removeprefix(" ")


def links(
    source: Sequence[str], target: Sequence[str], attention: Sequence[Sequence[float]]
) -> tuple[Link, ...]:
    """Alignment links between two token lists (without end token), in the order of `target`.

    `attention` has a row for each token of `target` with a share (0 to 1) for each of `source`;
    further columns are ignored. So are shares of punctuation: models leave there what they do not
    use. Places are characters of the `spelled` texts. The first row is ignored, too: of all but
    one in a batch it is another's (CTranslate2 4.8.5, beam search).
    """
    wordy = [(each, *place) for each, place in enumerate(_places(source)) if _says(source[each])]
    return tuple(
        Link(start, end, first, last, share)
        for token, (start, end), row in islice(
            zip(target, _places(target), attention, strict=False), 1, None
        )
        if _says(token)
        for share, first, last in sorted(
            # Nearly all are chance, and sorting them takes longer than all the rest.
            (
                (round(row[each], 3), first, last)
                for each, first, last in wordy
                if row[each] >= _CHANCE
            ),
            reverse=True,
        )[:_MOST]
        if share >= _LEAST
    )


def unattended(source: Sequence[str], attention: Sequence[Sequence[float]]) -> tuple[str, ...]:
    """Words of the source that got next to no attention: the translation may have left them out.

    `source` is without end token; `attention` has a row for each target token, the end token's
    among them, with a share (0 to 1) for each of `source`. A word has the sum of its tokens. The
    first row is ignored as in `links`, and the first word with it. Of 600 lines of news with the
    demonstration model, 24 had a noun or long word under this least sum, nearly all of them lost;
    of 1,500 everyday sentences 18.
    """
    if len(attention) < _FEWEST_ROWS:
        return ()
    sums = [
        sum(column) for column, _ in zip(zip(*attention[1:], strict=True), source, strict=False)
    ]
    words: list[tuple[str, float]] = []
    for token, total in zip(source, sums, strict=False):
        if token.startswith(_SPACE) or not words:
            words.append((token.removeprefix(_SPACE), total))
        else:
            word, before = words[-1]
            words[-1] = (word + token, before + total)
    return tuple(word for word, total in words[1:] if total < _LEAST_SUM)


def _says(token: str) -> bool:
    return any(map(str.isalnum, token))


def _places(tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where each token stands in the spelled text, without the space before it."""
    shift = 1 if tokens and tokens[0].startswith(_SPACE) else 0
    ends = accumulate(len(token) for token in tokens)
    return [
        (end - shift - len(token.lstrip(_SPACE)), end - shift)
        for token, end in zip(tokens, ends, strict=True)
    ]
