"""Vocabulary shortlist: cut a model's output layer, most of its work, to the tokens it writes.

A model of OPUS-MT has one vocabulary of about 58,000 tokens for both languages, so at every step
it weighs tens of thousands of tokens of the language that it translates *from*. Measured on a
model of that size (tests/bench/engine.py, batches of 1 to 16): with the 32,000 tokens of one
language it is 1.2 to 1.6 times as fast, with 20,000 1.5 to 2.0 times.

CTranslate2's own way (`vmap.txt`) picks candidates for the words of a batch, and is faster
still. But it shares them within the batch, so a sentence's translation and score would depend on
what was translated beside it. One list for all sentences does not have that fault, and needs
neither a setting nor a copy of the layer for each batch: the other tokens are simply gone.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import ctranslate2
import sacrebleu
import sentencepiece
from ctranslate2.specs import transformer_spec

from translator.inference.engine import END

# SentencePiece's sign for the white space before a word.
WORD_START = "▁"
# Shortlists to try, smallest first: the tokens of the words' translations, and this share of the
# target language's tokens, the likeliest. A word in a sentence is translated otherwise than alone,
# so words alone are not enough; all of the target language's tokens always are, and still leave out
# those of the other language.
SHARES = (1 / 4, 1 / 2, 1)
# Texts per call. A call cannot be interrupted, and all the words would take minutes.
AT_ONCE = 512
# Tokens that no shortlist leaves out.
SPECIAL = frozenset((END, "<unk>", "<s>", "<pad>"))


class Plain:
    """Plain model: loaded from a folder, without the service around it."""

    def __init__(self, folder: Path) -> None:
        """Load it on all CPU cores. Raises RuntimeError or OSError when that fails."""
        self._source = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))
        self._target = sentencepiece.SentencePieceProcessor(str(folder / "target.spm"))
        self._model = ctranslate2.Translator(
            str(folder), compute_type="int8", inter_threads=os.cpu_count() or 1, intra_threads=1
        )

    def hypotheses(self, texts: list[str], count: int = 1) -> list[list[list[str]]]:
        """Hypotheses: for each text the tokens of its best translations, at most `count`."""
        rows = self._source.encode(texts, out_type=str)
        return [
            result.hypotheses
            for start in range(0, len(rows), AT_ONCE)
            for result in self._model.translate_batch(
                rows[start : start + AT_ONCE],
                beam_size=4,
                num_hypotheses=count,
                max_batch_size=512,
                batch_type="tokens",
            )
        ]

    def translate(self, texts: list[str]) -> list[str]:
        """The best translation of each text."""
        rows = self.hypotheses(texts)
        translated: list[str] = self._target.decode([row[0] for row in rows])
        return translated

    def close(self) -> None:
        """Free the model."""
        self._model.unload_model()


def word_list(tokenizer: Path) -> list[str]:
    """Word list of a language: the words that its tokenizer has a token for."""
    pieces = _pieces(tokenizer)
    return [
        piece.removeprefix(WORD_START)
        for piece in pieces
        if piece.startswith(WORD_START) and piece[1:].isalpha() and len(piece) > 2  # noqa: PLR2004
    ]


def candidates(model: Plain, folder: Path) -> Iterator[set[str]]:
    """Candidate shortlists for a model, each a set of target tokens, smallest first.

    They hold the tokens of its four best translations of each word of the word list, a share of
    the target language's, and every single sign, of which any other word can be written.
    """
    rows = model.hypotheses(word_list(folder / "source.spm"), 4)
    answers = {token for row in rows for hypothesis in row for token in hypothesis}
    target = _pieces(folder / "target.spm")
    signs = {piece for piece in target if len(piece.removeprefix(WORD_START)) <= 1}
    for share in SHARES:
        yield answers | set(target[: int(share * len(target))]) | signs


def restrict(
    spec: transformer_spec.TransformerSpec, keep: set[str] | None
) -> transformer_spec.TransformerSpec:
    """Restrict a model's target vocabulary to the tokens in `keep` and the special ones.

    The specification itself is changed; with None it stays as it is.
    """
    if keep is None:
        return spec
    (tokens,) = spec._vocabularies["target"]  # noqa: SLF001 - it has a way in, but none out
    rows = [number for number, token in enumerate(tokens) if token in keep or token in SPECIAL]
    embeddings, projection = spec.decoder.embeddings, spec.decoder.projection
    projection.weight = projection.weight[rows]
    projection.bias = projection.bias[rows]
    embeddings.weight = embeddings.weight[rows]
    spec._vocabularies["target"] = [[tokens[row] for row in rows]]  # noqa: SLF001
    return spec


def bleu(model: Plain, evaluation: Path) -> float:
    """BLEU (0 to 100, sacrebleu) on a file of sentence pairs: source, tab, reference."""
    pairs = [line.split("\t") for line in evaluation.read_text(encoding="utf-8").splitlines()]
    translated = model.translate([pair[0] for pair in pairs])
    return float(sacrebleu.corpus_bleu(translated, [[pair[1] for pair in pairs]]).score)


def _pieces(tokenizer: Path) -> list[str]:
    """The tokens of a SentencePiece model, likeliest first."""
    model = sentencepiece.SentencePieceProcessor(str(tokenizer))
    return [
        model.id_to_piece(number)
        for number in range(model.get_piece_size())
        if not (model.is_control(number) or model.is_unknown(number))
    ]
