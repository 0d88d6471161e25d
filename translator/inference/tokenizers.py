"""Tokenizers: SentencePiece, and byte-pair encoding of Moses words, behind one interface."""

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Protocol

import sentencepiece

from translator.inference.moses import moses_text, moses_words

SENTENCEPIECE: Final = ("source.spm", "target.spm")
BPE: Final = "source.bpe"
# The sign of byte-pair encoding at a token that its word goes on behind, and that of SentencePiece
# at one that a word begins with.
JOINT: Final = "@@"
SPACE: Final = "▁"
_END_OF_WORD: Final = "</w>"


class Tokenizer(Protocol):
    """Tokenizer of one language of a model."""

    def pieces(self, text: str) -> list[str]:
        """The tokens of a text."""
        ...

    def size(self, text: str) -> int:
        """How many tokens a text has."""
        ...

    def knows(self, run: str) -> bool:
        """Whether there are tokens for all signs of a text."""
        ...

    def text(self, tokens: list[str]) -> str:
        """The text of tokens."""
        ...

    def spaced(self, tokens: Sequence[str]) -> Sequence[str]:
        """The tokens with SentencePiece's sign where a word begins, whatever their own sign is."""
        ...


class SentencePieces:
    """SentencePiece tokenizer, from its file."""

    def __init__(self, path: Path) -> None:
        """Load it. Raises OSError or RuntimeError when that fails."""
        self._model = sentencepiece.SentencePieceProcessor(str(path))
        self._unknown: int = self._model.unk_id()

    def pieces(self, text: str) -> list[str]:
        """The tokens of a text."""
        found: list[str] = self._model.encode(text, out_type=str)
        return found

    def size(self, text: str) -> int:
        """How many tokens a text has."""
        return len(self._model.encode(text))

    def knows(self, run: str) -> bool:
        """Whether there are tokens for all signs of a text."""
        return self._unknown not in self._model.encode(run)

    def text(self, tokens: list[str]) -> str:
        """The text of tokens."""
        found: str = self._model.decode(tokens)
        return found

    def spaced(self, tokens: Sequence[str]) -> Sequence[str]:
        """The tokens as they are."""
        return tokens


class BytePairs:
    """Byte-pair encoding of Moses words (Sennrich et al. 2016), from a file of merges.

    The file is subword-nmt's: a version, and a merge in each line, the most frequent first.
    """

    def __init__(self, path: Path, language: str, vocabulary: frozenset[str]) -> None:
        """Load it. Raises OSError when it cannot be read and ValueError when it is malformed."""
        lines = path.read_text(encoding="utf-8").splitlines()
        self._joined_end = bool(lines) and lines[0].startswith("#version: 0.2")
        if lines and lines[0].startswith("#version:"):
            del lines[0]
        self._ranks: dict[tuple[str, str], int] = {}
        for rank, line in enumerate(lines):
            left, right = line.split(" ")
            self._ranks.setdefault((left, right), rank)
        self._language = language.partition("-")[0]
        self._vocabulary = vocabulary
        self._split = lru_cache(maxsize=10_000)(self._merged)

    def pieces(self, text: str) -> list[str]:
        """The tokens of a text."""
        found: list[str] = []
        for word in moses_words(text, self._language):
            *parts, last = self._split(word)
            found += [part + JOINT for part in parts]
            found.append(last)
        return found

    def size(self, text: str) -> int:
        """How many tokens a text has."""
        return len(self.pieces(text))

    def knows(self, run: str) -> bool:
        """Whether there are tokens for all signs of a text."""
        return self._vocabulary.issuperset(self.pieces(run))

    def text(self, tokens: list[str]) -> str:
        """The text of tokens."""
        joined = " ".join(tokens).replace(f"{JOINT} ", "").removesuffix(JOINT)
        return moses_text(joined.split(), self._language)

    def spaced(self, tokens: Sequence[str]) -> Sequence[str]:
        """The tokens with SentencePiece's sign where a word begins."""
        found, begins = [], True
        for token in tokens:
            found.append(f"{SPACE if begins else ''}{token.removesuffix(JOINT)}")
            begins = not token.endswith(JOINT)
        return found

    def _merged(self, word: str) -> tuple[str, ...]:
        """The parts of a word after all merges."""
        parts = list(word)
        if self._joined_end:
            parts[-1] += _END_OF_WORD
        else:
            parts.append(_END_OF_WORD)
        worst = len(self._ranks)
        while len(parts) > 1:
            pairs = list(pairwise(parts))
            best = min(pairs, key=lambda pair: self._ranks.get(pair, worst))
            if best not in self._ranks:
                break
            merged: list[str] = []
            for part in parts:
                if merged and (merged[-1], part) == best:
                    merged[-1] += part
                else:
                    merged.append(part)
            parts = merged
        parts[-1] = parts[-1].removesuffix(_END_OF_WORD)
        return tuple(part for part in parts if part)


def tokenizers(folder: Path, pair: tuple[str, str]) -> tuple[Tokenizer, Tokenizer]:
    """The tokenizers of the model in a folder, of its source and its target language.

    Raises OSError, RuntimeError or ValueError when a file cannot be read.
    """
    if (folder / BPE).exists():
        known = frozenset(vocabulary(folder, "source"))
        return BytePairs(folder / BPE, pair[0], known), BytePairs(folder / BPE, pair[1], known)
    source, target = (SentencePieces(folder / name) for name in SENTENCEPIECE)
    return source, target


def vocabulary(folder: Path, side: str) -> list[str]:
    """Vocabulary of a model of CTranslate2: the tokens of a side (source, target).

    Raises OSError when it has none, and ValueError when it cannot be read.
    """
    for name in (f"{side}_vocabulary", "shared_vocabulary", "vocabulary"):
        if (path := folder / f"{name}.json").exists():
            tokens: list[str] = json.loads(path.read_text(encoding="utf-8"))
            return tokens
        if (path := folder / f"{name}.txt").exists():
            return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    raise OSError(f"{folder} has no vocabulary of the {side} language.")
