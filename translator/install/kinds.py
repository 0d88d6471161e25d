"""Kinds of sources, told by what is in their folder: where each has its parts, and what it needs.

The names of the files are those of the publishers' own repositories: OPUS-MT, quickmt, Argos
Translate, and the conversions of NLLB, M2M100 and MADLAD-400 for CTranslate2.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sentencepiece

from translator.inference.engine import read_card
from translator.inference.tokenizers import BPE, JOINT, vocabulary
from translator.install import SourceError
from translator.install.language_codes import language_code
from translator.install.language_tokens import Tokens, family, tokens_for
from translator.install.licences import stated, stated_pair
from translator.install.sources import NEITHER, READERS, TOKENIZERS

ARGOS, QUICKMT, OPUS_MT = "Argos package", "quickmt", "OPUS-MT archive"
CHECKPOINT, READY = "Hugging Face checkpoint", "model of CTranslate2"
# Tokenizers that come with a model of CTranslate2: of the source and of the target.
_QUICKMT: Final = (
    ("joint.spm.model", "joint.spm.model"),
    ("src.spm.model", "tgt.spm.model"),
)
_OTHERS: Final = tuple(
    (name, name) for name in ("sentencepiece.bpe.model", "sentencepiece.model", "spiece.model")
)
# Merges of byte-pair encoding, in Argos packages.
BPE_MODEL: Final = "bpe.model"
# Least share of a tokenizer's tokens that the model has too. Models of two languages share some:
# names, figures and single signs.
LEAST_SHARED: Final = 0.75
# Architectures that translate; the last two are names of before CTranslate2 2.
TRANSFORMERS: Final = ("TransformerSpec", "TransformerBase", "TransformerBig")
# Longest name of an architecture, in bytes.
_LONGEST: Final = 64


@dataclass(frozen=True)
class Source:
    """Source of a model: its kind and where its parts are.

    `weights` is the folder of the model itself, `tokenizers` are the SentencePiece files of the
    source and the target language, `pair` is the one that the source states itself, if it does.
    """

    kind: str
    weights: Path
    tokenizers: tuple[Path, Path]
    notices: Path
    licence: str = ""
    pair: tuple[str, str] | None = None

    @property
    def copies(self) -> dict[str, Path]:
        """Tokenizers by the names that they get with the installed model."""
        if self.tokenizers[0].name in {BPE_MODEL, BPE}:
            return {BPE: self.tokenizers[0]}
        return dict(zip(TOKENIZERS, self.tokenizers, strict=True))

    @property
    def is_ready(self) -> bool:
        """Whether CTranslate2 reads the model as it is, so that there is nothing to convert."""
        return self.kind not in {OPUS_MT, CHECKPOINT}


def source_in(folder: Path) -> Source:
    """The source in a folder, or in the only folder that it holds.

    Raises SourceError when it is of no known kind or lacks a part, and OSError or ValueError when a
    file cannot be read.
    """
    inside = list(folder.iterdir()) if folder.is_dir() else []
    if len(inside) == 1 and inside[0].is_dir():
        return source_in(inside[0])
    if (folder / "metadata.json").exists():
        return _argos(folder)
    if (folder / "decoder.yml").exists():
        return _with_card(OPUS_MT, folder, _need(folder, TOKENIZERS))
    if (folder / "model.bin").exists():
        return _ready(folder)
    if any((folder / name).exists() for name in READERS):
        return _with_card(CHECKPOINT, folder, _checkpoint(folder))
    if any(each.is_dir() and (each / "metadata.json").exists() for each in inside):
        raise SourceError(
            f"{folder} holds several Argos packages: --from-libretranslate {folder} takes them all."
        )
    raise SourceError(f"{folder} {NEITHER}.")


def _with_card(kind: str, folder: Path, tokenizers: tuple[Path, Path], many: str = "") -> Source:
    """Source with what its README.md states; `many` is its family, if it is of many languages."""
    pair = None if many else stated_pair(folder)
    return Source(kind, folder, tokenizers, folder, stated(folder, many), pair)


def _need(folder: Path, names: Sequence[str]) -> tuple[Path, Path]:
    for name in names:
        if not (folder / name).exists():
            raise SourceError(f"{folder} has no {name}.")
    return folder / names[0], folder / names[-1]


def _checkpoint(folder: Path) -> tuple[Path, Path]:
    config = folder / "config.json"
    kind = (
        json.loads(config.read_text(encoding="utf-8")).get("model_type") if config.exists() else ""
    )
    if kind in {"m2m_100", "t5", "mt5", "nllb-moe", "mbart"}:
        raise SourceError(
            f"{folder} is a checkpoint of {kind}, which needs PyTorch to be converted:"
            " ct2-transformers-converter makes a model of CTranslate2 of it, which is taken with"
            " its SentencePiece file."
        )
    return _need(folder, TOKENIZERS)


def _argos(folder: Path) -> Source:
    fields = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    if not isinstance(fields, dict) or not (fields.get("from_code") and fields.get("to_code")):
        raise SourceError(f"{folder} is an Argos package, but of no pair of languages.")
    if fields.get("target_prefix"):
        raise SourceError(
            f"{folder} is an Argos package that names its target by a prefix, which is not known."
        )
    name = "sentencepiece.model"
    if not (folder / name).exists() and (folder / BPE_MODEL).exists():
        name = BPE_MODEL
    tokenizers = _need(folder, (name, name))
    weights = folder / "model"
    if not (weights / "model.bin").exists():
        raise SourceError(f"{folder} has no model/model.bin.")
    _need_transformer(weights)
    pair = (language_code(str(fields["from_code"])), language_code(str(fields["to_code"])))
    return Source(ARGOS, weights, tokenizers, folder, stated(folder), pair)


def _ready(folder: Path) -> Source:
    _need_transformer(folder)
    kind, tokenizers = _tokenizers(folder)
    many = family(vocabulary(folder, "source"))
    name = many[0] if many else ""
    return _with_card(kind, folder, tokenizers, name)


def _tokenizers(folder: Path) -> tuple[str, tuple[Path, Path]]:
    """The kind of a model that is ready, and its tokenizers. Raises SourceError."""
    kinds = {
        TOKENIZERS: READY,
        (BPE, BPE): READY,
        **dict.fromkeys(_QUICKMT, QUICKMT),
        **dict.fromkeys(_OTHERS, READY),
    }
    for (source, target), kind in kinds.items():
        if (folder / source).exists() and (folder / target).exists():
            return kind, (folder / source, folder / target)
    looked = ", ".join(" and ".join(dict.fromkeys(each)) for each in kinds)
    raise SourceError(f"{folder} has no tokenizers. Known are {looked}.")


def _need_transformer(folder: Path) -> None:
    """Check the architecture that model.bin states. Raises SourceError."""
    with (folder / "model.bin").open("rb") as file:
        head = file.read(6 + _LONGEST)
    try:
        _, length = struct.unpack_from("<IH", head)
        name = head[6 : 6 + length].rstrip(b"\0").decode("ascii")
    except (struct.error, UnicodeDecodeError):
        name = ""
    if not name.isidentifier():
        raise SourceError(f"{folder / 'model.bin'} is no model of CTranslate2.")
    if name not in TRANSFORMERS:
        raise SourceError(
            f"{folder} holds a model of another architecture ({name.removesuffix('Spec')}): only a"
            " Transformer with encoder and decoder translates."
        )


def need_same_vocabulary(folder: Path, tokenizers: tuple[Path, Path]) -> None:
    """Check that a model's vocabulary is that of its tokenizers. Raises SourceError.

    A SentencePiece file of another model loads as well, and the model then sees `<unk>` only. The
    target's vocabulary may be smaller than its tokenizer's, as after a shortlist.
    """
    for side, tokenizer in zip(("source", "target"), tokenizers, strict=True):
        pieces, tokens = _pieces(tokenizer), set(vocabulary(folder, side))
        whole = len(pieces) if side == "source" else min(len(pieces), len(tokens))
        if tokenizer.name in {BPE_MODEL, BPE}:  # most merges are but steps to longer tokens
            tokens = {token.removesuffix(JOINT) for token in tokens if len(token) > 1}
            whole = len(tokens)
        shared = len(pieces & tokens) / max(1, whole)
        if shared < LEAST_SHARED:
            raise SourceError(
                f"{tokenizer.name} is not the tokenizer of this model: its vocabulary has"
                f" {shared:.0%} of the tokens ({side} language)."
            )


def _pieces(tokenizer: Path) -> set[str]:
    if tokenizer.name in {BPE_MODEL, BPE}:
        lines = tokenizer.read_text(encoding="utf-8").splitlines()
        merges = (line.replace(" ", "").removesuffix("</w>") for line in lines)
        return {sign for line in lines for sign in line} | set(merges)
    try:
        model = sentencepiece.SentencePieceProcessor(str(tokenizer))
    except (OSError, RuntimeError) as error:
        raise SourceError(f"{tokenizer} is no SentencePiece file: {error}") from error
    return {
        model.id_to_piece(number)
        for number in range(model.get_piece_size())
        if not (model.is_control(number) or model.is_unknown(number) or model.is_byte(number))
    }


def tokens_of(source: Source, made: Path, pair: tuple[str, str]) -> Tokens:
    """Tokens that a model wants around a segment, told by its kind and its vocabulary.

    `made` is the folder of the converted model. Raises SourceError when the model does not know a
    language of the pair, and ModelError when its card is broken.
    """
    if (source.weights / "model.json").exists():  # installed once, so that it is known
        card = read_card(source.weights)
        if card.pair == pair:
            return Tokens(card.source_prefix, card.source_suffix, card.target_prefix)
    config = json.loads((made / "config.json").read_text(encoding="utf-8"))
    adds_end = bool(config.get("add_source_eos"))
    many = family(vocabulary(made, "source"))
    if many:
        name, known = many
        found = tokens_for(name, known, pair, end=not adds_end)
        if name == "MADLAD-400":  # whose token is a piece, before which there may be white space
            spoken = sentencepiece.SentencePieceProcessor(str(source.tokenizers[0]))
            pieces = spoken.encode(found.source_prefix[0].removeprefix("▁"), out_type=str)
            if found.source_prefix[0] in pieces:
                return Tokens(tuple(pieces), found.source_suffix)
        return found
    if source.kind in {ARGOS, QUICKMT}:
        return Tokens(source_suffix=())
    return Tokens()
