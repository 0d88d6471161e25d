"""Beam size of a fast translation: what a smaller beam saves and costs with this model."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sacrebleu

from translator.inference.decodings import decodings
from translator.inference.engine import Engine
from translator.install.trial import answers

# Beams to try beside the usual one, the fastest first: greedy, and the smallest real one.
SMALLER: Final = (1, 2)
# BLEU points (of 100): a smaller beam that costs more is not taken.
MOST_COST: Final = 0.7


@dataclass(frozen=True, slots=True)
class BeamTrial:
    """Trial of a beam: target tokens a second, BLEU and chrF (0 to 100, sacrebleu)."""

    beam_size: int
    speed: float
    bleu: float
    chrf: float

    def costs(self, usual: "BeamTrial") -> float:
        """BLEU points that it costs beside the usual beam; below 0 it gains some."""
        return usual.bleu - self.bleu


def beam_trials(folder: Path, evaluation: Path, usual: int) -> Iterator[BeamTrial]:
    """Trials of the usual beam and then of those of SMALLER, on a file of sentence pairs.

    The checks' questions are asked as the service asks them. Raises ModelError, RuntimeError or
    OSError when a file cannot be read or the model fails.
    """
    pairs = [line.split("\t") for line in evaluation.read_text(encoding="utf-8").splitlines()]
    references = [[pair[1] for pair in pairs]]
    engine = Engine(folder, inter_threads=1, intra_threads=0)
    try:
        rows = [engine.encode(pair[0]) for pair in pairs]
        for beam_size in (usual, *(each for each in SMALLER if each < usual)):
            how = decodings(beam_size, beam_size, checks=True)["best"]
            began = time.perf_counter()
            found = [best for best, *_ in answers(engine, rows, how)]
            seconds = time.perf_counter() - began
            texts = [each.text for each in found]
            yield BeamTrial(
                beam_size,
                sum(each.tokens for each in found) / seconds,
                float(sacrebleu.corpus_bleu(texts, references).score),
                float(sacrebleu.corpus_chrf(texts, references).score),
            )
    finally:
        engine.close()


def fastest(trials: Sequence[BeamTrial]) -> BeamTrial:
    """The smallest beam that costs at most MOST_COST beside the first; maybe the first itself.

    By its size and not by its speed: that of one run on a busy machine tells less.
    """
    usual = trials[0]
    cheap = [each for each in trials if each.costs(usual) <= MOST_COST]
    return min(cheap, key=lambda each: each.beam_size)
