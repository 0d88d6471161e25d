"""CTranslate2 alone, in this process, at its best settings: what the service is measured by."""

import time
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import sentencepiece

END = "</s>"
BEAM_SIZE = 4
INTER_INTRA = ((2, 1), (1, 2))
BATCHES = (
    ("examples", 16),
    ("examples", 32),
    ("examples", 64),
    ("tokens", 512),
    ("tokens", 1024),
    ("tokens", 2048),
)


@dataclass(frozen=True)
class Way:
    """One setting of CTranslate2."""

    inter: int
    intra: int
    batch_type: str
    batch_size: int

    def __str__(self) -> str:
        return f"{self.inter}×{self.intra} threads, {self.batch_size} {self.batch_type}"


class Raw:
    """A model without a service."""

    def __init__(self, folder: Path) -> None:
        """Load the tokenizers; the model is loaded for each setting of threads once."""
        self._folder = folder
        self._source = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))
        self._target = sentencepiece.SentencePieceProcessor(str(folder / "target.spm"))
        self._loaded: dict[tuple[int, int], ctranslate2.Translator] = {}

    def encode(self, texts: list[str]) -> list[list[str]]:
        """Tokens as a converted Marian model wants them."""
        return [[*tokens, END] for tokens in self._source.encode(texts, out_type=str)]

    def seconds(self, batch: list[list[str]], way: Way) -> float:
        """Time one `translate_batch`; neither tokenization nor text is in it."""
        translator = self.translator(way.inter, way.intra)
        began = time.perf_counter()
        translator.translate_batch(
            batch,
            beam_size=BEAM_SIZE,
            max_batch_size=way.batch_size,
            batch_type=way.batch_type,
            max_input_length=0,
        )
        return time.perf_counter() - began

    def best_way(self, batch: list[list[str]]) -> tuple[Way, dict[Way, float]]:
        """The fastest setting for a batch, of two passes over all, and the seconds of each."""
        ways = [Way(*cores, *size) for cores in INTER_INTRA for size in BATCHES]
        times = dict.fromkeys(ways, float("inf"))
        for _ in range(2):
            for way in ways:
                times[way] = min(times[way], self.seconds(batch, way))
        return min(ways, key=times.__getitem__), times

    def sentence(self, text: str) -> str:
        """Translate one sentence in process, tokenization and text included."""
        result = self.translator(2, 1).translate_batch(
            self.encode([text]), beam_size=BEAM_SIZE, max_input_length=0
        )
        translated: str = self._target.decode(result[0].hypotheses[0])
        return translated

    def translator(self, inter: int, intra: int) -> ctranslate2.Translator:
        """The loaded model for a setting of threads."""
        if (inter, intra) not in self._loaded:
            self._loaded[inter, intra] = ctranslate2.Translator(
                str(self._folder),
                compute_type="int8",
                inter_threads=inter,
                intra_threads=intra,
            )
            self._loaded[inter, intra].translate_batch([[END]])
        return self._loaded[inter, intra]

    def close(self) -> None:
        """Free the models now: left to the interpreter's exit they may abort it."""
        for translator in self._loaded.values():
            translator.unload_model()
        self._loaded.clear()
