"""Inference engine: CTranslate2 and its tokenizers. No other module of the service calls a model.

Every call here blocks. Only the scheduler's worker threads and the start-up make them.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import ctranslate2

from translator.inference.alignment import links, spelled, unattended
from translator.inference.tokenizers import tokenizers
from translator.text import Link, omitted

# End-of-sentence token.
END = "</s>"
# Most tokens of a target. Marian models converted from Hugging Face have 512 positions, and one row
# past them fails its whole batch (CTranslate2 4.8). The start token takes one.
MAX_TARGET_TOKENS = 510
# Segments of more than UNPADDED tokens are padded to a multiple of WIDTH_STEP tokens, so that they
# share batches; up to this length enough of them are equally long, and a sentence that comes alone
# needs no padding, which would cost it 3 ms (of 17). Measured with the demonstration model on 2
# cores, beam 4, throughput of 200 and of 1,000 waiting segments ÷ the engine's best: with no
# padding 0.89 and 0.94, with this 0.94 and 0.99, with every segment padded to a multiple of 8 0.99
# and 0.99.
UNPADDED = 24
WIDTH_STEP = 8
# Rows are padded only where a row of end tokens alone is translated to at most so many tokens.
FILLER, LONGEST_OF_FILLER = [END] * 32, 8

# Lengths of a model whose own are not known: target tokens for each source token.
LENGTHS = (0.3, 3.0)
# Beam of a fast translation with a model for which none was measured. With the demonstration model
# a beam of 2 costs 0.5 BLEU and a greedy decoding 1.9 (beam 4: 48.3).
FAST_BEAM = 2


@dataclass(frozen=True, slots=True)
class Card:
    """Model card: the fields of a `model.json`; `source` and `target` are language codes.

    `stand_ins` says that the model changes so many figures that it is not shown them at all, and
    `lengths` are the least and the most target tokens for each source token of its translations.
    `fast_beam` is the beam size of a fast translation, which was measured when it was installed.
    `source_prefix`, `source_suffix` and `target_prefix` are the tokens that the model wants around
    those of a segment, and before its translation: by them some models are told their languages.
    Where the suffix is None, it is the end token unless the engine adds that by itself.
    """

    name: str
    source: str
    target: str
    demonstration: bool
    stand_ins: bool = False
    lengths: tuple[float, float] = LENGTHS
    fast_beam: int = FAST_BEAM
    source_prefix: tuple[str, ...] = ()
    source_suffix: tuple[str, ...] | None = None
    target_prefix: tuple[str, ...] = ()

    @property
    def pair(self) -> tuple[str, str]:
        """The languages, as (source, target) codes."""
        return (self.source, self.target)


@dataclass(frozen=True, slots=True)
class Decoding:
    """Decoding options of beam search; all segments of one batch share them."""

    beam_size: int
    # The beam holds as many as its size anyway: to ask for all of them gave the same best ones of
    # 640 sentences and took 1.00 times the processor time (CTranslate2 4.8.5, beam 4).
    hypotheses: int = 1
    no_repeat_ngram_size: int = 0
    repetition_penalty: float = 1.0
    attention: bool = False
    coverage: bool = False

    @property
    def in_batch(self) -> "Decoding":
        """The options that all of a batch must share: what is made of the attention is a row's own.

        With neither attention nor coverage the engine returns none.
        """
        return replace(self, attention=self.attention and not self.coverage)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Hypothesis: one translation of a segment that beam search has found.

    `score` is e to the mean log-probability of its tokens, so from 0 to 1. `complete` says
    that the model ended it by itself; if not, it was cut at the longest output. `tokens` is how
    many it has, the end token not counted. `alignment` is there if it was asked for
    (`Decoding.attention`): its links lead from `text` to the `spelled` tokens that were asked.
    `unattended` are words of the source that got next to no attention, if they were asked for
    (`Decoding.coverage`).
    """

    text: str
    score: float
    complete: bool
    tokens: int = 0
    alignment: tuple[Link, ...] = ()
    unattended: tuple[str, ...] = ()


class ModelError(Exception):
    """A model's folder cannot be used; the message says why."""


class Engine:
    """Engine: a loaded model with its tokenizers."""

    def __init__(self, folder: Path, *, inter_threads: int, intra_threads: int) -> None:
        """Load the model in `folder`.

        Raises ModelError when a file is missing or is not what it should be.
        """
        self.card = read_card(folder)
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._source, self._target = tokenizers(folder, self.card.pair)
            self._translator = ctranslate2.Translator(
                str(folder),
                compute_type="int8",
                inter_threads=inter_threads,
                intra_threads=intra_threads,
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelError(f"The model in {folder} cannot be loaded: {error}") from error
        # Marian expects </s> after the source; some converters leave that to the caller.
        usual = [] if config.get("add_source_eos") else [END]
        suffix = self.card.source_suffix
        self._prefix = list(self.card.source_prefix)
        self._suffix = usual if suffix is None else list(suffix)
        self._started = list(self.card.target_prefix)
        self._pads = self._can_pad()

    def encode(self, text: str) -> list[str]:
        """Tokenize one segment: the source tokens as the model wants them."""
        return self._prefix + self._source.pieces(text) + self._suffix

    def encode_target(self, text: str) -> list[str]:
        """Tokenize a translation, without end token."""
        return self._target.pieces(text)

    def size(self, text: str) -> int:
        """Length of a text in tokens, the end token not counted."""
        return self._source.size(text)

    def width(self, tokens: Sequence[str]) -> int:
        """Padded length of a segment in tokens. Only segments of one width can share a batch."""
        if len(tokens) <= UNPADDED or not self._pads:
            return len(tokens)
        return -(-len(tokens) // WIDTH_STEP) * WIDTH_STEP

    def knows(self, run: str) -> bool:
        """Whether the vocabulary has a sign or a word; one that it lacks comes out as `⁇`."""
        return self._source.knows(run)

    def translate(
        self,
        batch: Sequence[list[str]],
        decoding: Decoding,
        aligned: Sequence[bool] | None = None,
    ) -> list[tuple[Hypothesis, ...]]:
        """Beam search for a batch of encoded segments of one `width`: hypotheses, best first.

        `aligned` tells of each row whether it gets its alignment; else `decoding` does of all.

        A row's result does not depend on its neighbours, to the last bit: padding shifts the
        sums of the attention by a rounding error, which the int8 layers make visible (scores off
        by up to 0.004, one other translation in 1,500), so every row is padded to its own
        width, whatever else is in the batch (measured: none of 2,400 differed). Raises
        RuntimeError when the engine fails.
        """
        width = self.width(batch[0])
        rows = list(batch)
        if all(len(row) < width for row in rows):
            rows.append([END] * width)  # gives the batch its width
        results = self._translator.translate_batch(
            rows,
            [self._started] * len(rows) if self._started else None,
            beam_size=max(decoding.beam_size, decoding.hypotheses),
            num_hypotheses=decoding.hypotheses,
            disable_unk=True,  # or it writes ⁇ for what it has seldom seen
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            repetition_penalty=decoding.repetition_penalty,
            max_input_length=0,  # the default cuts long inputs in silence
            max_decoding_length=min(MAX_TARGET_TOKENS, 3 * width + 32),
            return_scores=True,
            return_end_token=True,
            return_attention=decoding.attention or decoding.coverage,
        )
        return [
            tuple(self._hypotheses(row, result, decoding, aligned=with_links))
            for row, result, with_links in zip(
                batch, results, aligned or [decoding.attention] * len(batch), strict=False
            )
        ]

    def align(self, pairs: Sequence[tuple[list[str], list[str]]]) -> list[tuple[Link, ...]]:
        """Forced decoding: the alignment links of encoded pairs, whose sources have one `width`.

        The targets are read in the place of what the model would say. Padded as `translate` does,
        with as little influence of a row on others. Raises RuntimeError when the engine fails.
        """
        width = self.width(pairs[0][0])
        rows = [each[0] for each in pairs]
        targets = [self._started + each[1] for each in pairs]
        if all(len(row) < width for row in rows):
            rows.append([END] * width)
            targets.append([*self._started, END])
        results = self._translator.translate_batch(
            rows,
            target_prefix=targets,
            beam_size=1,
            max_input_length=0,
            max_decoding_length=max(map(len, targets)),
            return_attention=True,
        )
        return [
            links(
                self._spoken(source),
                self._target.spaced(target),
                self._of_pieces(result.attention[0]),
            )
            for (source, target), result in zip(pairs, results, strict=False)
        ]

    def _hypotheses(
        self,
        source: Sequence[str],
        result: ctranslate2.TranslationResult,
        decoding: Decoding,
        *,
        aligned: bool,
    ) -> Iterator[Hypothesis]:
        """The hypotheses of one row; the others' coverage matters where the best leaves a gap."""
        covered = decoding.coverage
        for tokens, score, attention in zip_longest(
            result.hypotheses, result.scores, result.attention
        ):
            said, shares = tokens[len(self._started) :], self._of_pieces(attention or ())
            found = self._hypothesis(source, said, score, shares, aligned=aligned)
            if covered:
                words = unattended(self._spoken(source), shares)
                covered = bool(omitted(words, self.card.source, capitals=False))
                found = replace(found, unattended=words)
            yield found

    def _can_pad(self) -> bool:
        """Whether this model ends a row of end tokens at once, so that it costs next to nothing."""
        result = self._translator.translate_batch(
            [FILLER],
            [self._started] if self._started else None,
            beam_size=2,
            max_decoding_length=LONGEST_OF_FILLER,
            return_end_token=True,
        )
        ended: bool = result[0].hypotheses[0][-1:] == [END]
        return ended

    def _hypothesis(
        self,
        source: Sequence[str],
        tokens: list[str],
        score: float,
        attention: Sequence[Sequence[float]],
        *,
        aligned: bool,
    ) -> Hypothesis:
        complete = bool(tokens) and tokens[-1] == END
        if complete:
            tokens = tokens[:-1]
        text = self._target.text(tokens)
        said = self._target.spaced(tokens)
        # Tokens that do not spell the text (an unknown sign) would lead to the wrong places.
        aligned = aligned and spelled(said) == text
        return Hypothesis(
            text,
            min(1.0, math.exp(score)),
            complete,
            len(tokens),
            links(self._spoken(source), said, attention) if aligned else (),
        )

    def _spoken(self, tokens: Sequence[str]) -> Sequence[str]:
        return self._source.spaced(tokens[len(self._prefix) : len(tokens) - len(self._suffix)])

    def _of_pieces(self, attention: Sequence[Sequence[float]]) -> Sequence[Sequence[float]]:
        """Attention without the rows and columns of the tokens that name languages."""
        if not (self._prefix or self._started):
            return attention
        return [row[len(self._prefix) :] for row in attention[len(self._started) :]]

    def spelled(self, tokens: Sequence[str]) -> str:
        """Detokenized source: the text that the links of an alignment lead to."""
        return spelled(self._spoken(tokens))

    def spelled_target(self, tokens: Sequence[str]) -> str:
        """Detokenized translation: the text that the links of an alignment come from."""
        return spelled(self._target.spaced(tokens))

    def close(self) -> None:
        """Free the model now: an engine left to the interpreter's exit may abort it."""
        self._translator.unload_model()
        del self._translator


def read_card(folder: Path) -> Card:
    """Read a model card, `model.json`. Raises ModelError when it is missing or malformed."""
    try:
        fields = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        shortest, longest = fields.get("lengths", LENGTHS)
        return Card(
            name=str(fields["name"]),
            source=str(fields["source"]),
            target=str(fields["target"]),
            demonstration=bool(fields.get("demonstration", False)),
            stand_ins=bool(fields.get("stand_ins", False)),
            lengths=(float(shortest), float(longest)),
            fast_beam=max(1, int(fields.get("fast_beam", FAST_BEAM))),
            source_prefix=_tokens(fields.get("source_prefix", [])),
            source_suffix=_tokens(fields["source_suffix"]) if "source_suffix" in fields else None,
            target_prefix=_tokens(fields.get("target_prefix", [])),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / 'model.json'} cannot be read: {error}") from error


def _tokens(value: object) -> tuple[str, ...]:
    """Tokens of a card. Raises TypeError when it has something else."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise TypeError(f"{value!r} is no list of tokens")


def installed(models_dir: Path) -> dict[tuple[str, str], Path]:
    """Installed models: their folders by language pair; a real one wins over a demonstration.

    Raises ModelError when there is none, or one is broken.
    """
    found: dict[tuple[str, str], tuple[Card, Path]] = {}
    for path in sorted(models_dir.glob("*/model.json")):
        card = read_card(path.parent)
        if card.pair not in found or found[card.pair][0].demonstration:
            found[card.pair] = (card, path.parent)
    if not found:
        raise ModelError(
            f"No model is installed in {models_dir}: the README says how to install one."
        )
    return {pair: folder for pair, (_, folder) in found.items()}
