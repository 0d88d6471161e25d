"""Model sources: fetched, unpacked, and converted for CTranslate2 without PyTorch."""

import http.client
import json
import shutil
import struct
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from ctranslate2.converters.marian import MarianConverter, set_transformer_spec
from ctranslate2.converters.opus_mt import OpusMTConverter
from ctranslate2.specs import common_spec, transformer_spec

from translator.inference.tokenizers import SENTENCEPIECE
from translator.install import SourceError, Weights
from translator.install.shortlist import restrict
from translator.install.torch_file import read_torch_file

TOKENIZERS = SENTENCEPIECE
# Most bytes that an archive may unpack to; one of OPUS-MT has about 600,000,000.
MOST_UNPACKED = 4_000_000_000
NEITHER = (
    "holds neither an OPUS-MT model (decoder.yml) nor a Hugging Face checkpoint"
    " (model.safetensors or pytorch_model.bin) nor a model of CTranslate2 (model.bin)"
    " nor an Argos package (metadata.json)"
)
# Of a download: the bytes that are read at once, and the longest wait for them, in seconds.
CHUNK = 1 << 20
PATIENCE = 60
# Token that transformers adds to Marian's vocabulary.
PAD = "<pad>"
# First bytes of a pointer of Git LFS, which `git clone` may leave in the place of a large file.
LFS = b"version https://git-lfs"

Made = TypeVar("Made")


def fetched(url: str, folder: Path) -> Path:
    """Download the file at `url` into `folder`; its path.

    Raises SourceError when it does not come, or not whole, and OSError when it cannot be written.
    """
    file = folder / "download"
    try:
        with (
            urllib.request.urlopen(url, timeout=PATIENCE) as answer,  # noqa: S310 - http or https
            file.open("wb") as kept,
        ):
            while chunk := answer.read(CHUNK):
                kept.write(chunk)
            missing = answer.length
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError) as error:
        raise SourceError(f"{url} could not be fetched: {error}.") from error
    if missing:
        raise SourceError(f"{url} was cut: {missing:,} bytes did not come. Try again.")
    return file


def opened(source: Path, folder: Path) -> Path:
    """The folder with a model's files: `source` itself, or the archive unpacked into `folder`.

    Raises SourceError when it is neither, or the archive is broken or too large.
    """
    if source.is_dir():
        return source
    if not source.exists():
        raise SourceError(f"There is no file or folder {source}.")
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise SourceError(f"{source} would unpack to more than 4 GB.")
            archive.extractall(folder)  # which keeps every name inside of the folder
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise SourceError(f"{source} is not a whole zip archive: {error}.") from error
    return folder


def copy_ready(folder: Path, to: Path) -> None:
    """Copy a model of CTranslate2: weights, configuration and vocabularies.

    Older models have no configuration, and mean the usual one. Raises OSError when a file is
    missing or cannot be written.
    """
    to.mkdir()
    (to / "config.json").write_text("{}\n", encoding="utf-8")
    names = ["model.bin", *(each.name for each in folder.glob("*vocabulary.*"))]
    if (folder / "config.json").exists():
        names.append("config.json")
    for name in names:
        shutil.copyfile(folder / name, to / name)


def converter(folder: Path, keep: set[str] | None = None) -> MarianConverter:
    """Converter for the model in `folder`; with `keep`, to a model that writes these tokens only.

    Raises SourceError when it is of another kind or a file is malformed, OSError when a file cannot
    be read; so does the converter's `convert`.
    """
    if (folder / "decoder.yml").exists():
        return _Archive(folder, keep)
    if any((folder / name).exists() for name in READERS):
        return _Checkpoint(folder, keep)
    raise SourceError(f"{folder} {NEITHER}.")


class _Archive(OpusMTConverter):  # type: ignore[misc] # CTranslate2 has no types
    """OPUS-MT archive: Marian's .npz with decoder.yml and its vocabularies."""

    def __init__(self, folder: Path, keep: set[str] | None) -> None:
        _whole(folder, partial(super().__init__, str(folder)))
        self._folder = folder
        self._keep = keep

    def _load(self) -> transformer_spec.TransformerSpec:
        return restrict(_whole(self._folder, super()._load), self._keep)


class _Checkpoint(MarianConverter):  # type: ignore[misc] # as above
    """Hugging Face checkpoint: a MarianMTModel, read as the file that Marian would have written."""

    def __init__(self, folder: Path, keep: set[str] | None) -> None:
        super().__init__("", [])
        self._folder = folder
        self._keep = keep

    def _load(self) -> transformer_spec.TransformerSpec:
        return restrict(_whole(self._folder, self._read), self._keep)

    def _read(self) -> transformer_spec.TransformerSpec:
        config = json.loads((self._folder / "config.json").read_text(encoding="utf-8"))
        if config.get("model_type") != "marian":
            raise SourceError(f"{self._folder} is not a Marian model: {config.get('model_type')}.")
        spec = transformer_spec.TransformerSpec.from_config(
            (config["encoder_layers"], config["decoder_layers"]),
            config["encoder_attention_heads"],
            pre_norm=False,
            activation={
                "swish": common_spec.Activation.SWISH,
                "relu": common_spec.Activation.RELU,
                "gelu": common_spec.Activation.GELUSigmoid,
            }[config["activation_function"]],
        )
        source, target = _vocabularies(self._folder)
        weights = marian_weights(_weights(self._folder), config, len(source), len(target))
        set_transformer_spec(spec, weights)
        spec.register_source_vocabulary(source)
        spec.register_target_vocabulary(target)
        spec.config.add_source_eos = True
        return spec


def _whole(folder: Path, read: Callable[[], Made]) -> Made:
    """The result of `read` for a folder. Raises SourceError when one of its files is malformed."""
    try:
        return read()
    except (SourceError, OSError):
        raise
    except Exception as error:  # Marian's and numpy's formats, YAML, JSON: each has its own kinds
        raise SourceError(f"{folder} holds no whole model: {error!r}.") from error


def _vocabularies(folder: Path) -> tuple[list[str], list[str]]:
    """The tokens of both languages, without the <pad> that transformers puts behind Marian's.

    Its embedding is nothing but zeros, so its logit is 0 whatever the sentence, above any that is
    negative. transformers forbids it by a setting; CTranslate2's converter cuts it off as well.
    """
    shared, own = folder / "vocab.json", folder / "target_vocab.json"
    both = []
    for path in (shared, own if own.exists() else shared):
        numbers = json.loads(path.read_text(encoding="utf-8"))
        tokens = sorted(numbers, key=numbers.__getitem__)
        both.append(tokens[:-1] if tokens[-1] == PAD else tokens)
    return both[0], both[1]


def _weights(folder: Path) -> Weights:
    name = next(name for name in READERS if (folder / name).exists())
    with (folder / name).open("rb") as file:
        if file.read(len(LFS)) == LFS:
            raise SourceError(f"{folder / name} only tells where the weights are: git lfs pull")
    return READERS[name](folder / name)


def read_safetensors(path: Path) -> Weights:
    """Read a safetensors file: its tensors by name, as float32.

    The format: the header's length in 8 bytes, the header in JSON, the data
    (https://huggingface.co/docs/safetensors). Raises SourceError when the file is broken,
    OSError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(size))
            data = file.read()
        return {
            name: _tensor(data[slice(*each["data_offsets"])], each["dtype"], each["shape"])
            for name, each in header.items()
            if name != "__metadata__"
        }
    except (struct.error, ValueError, KeyError, OverflowError, MemoryError) as error:
        raise SourceError(f"{path} is broken: {error}.") from error


def _tensor(data: bytes, kind: str, shape: list[int]) -> np.ndarray[Any, Any]:
    if kind == "BF16":  # the upper half of a float32
        wide = np.frombuffer(data, "<u2").astype("<u4") << 16
        return wide.view("<f4").reshape(shape)
    return np.frombuffer(data, {"F32": "<f4", "F16": "<f2"}[kind]).astype("<f4").reshape(shape)


# Files of a checkpoint's weights with their readers; of two files the first is taken.
READERS = {"model.safetensors": read_safetensors, "pytorch_model.bin": read_torch_file}


def marian_weights(
    tensors: Weights, config: dict[str, Any], source_tokens: int, target_tokens: int
) -> Weights:
    """Marian weights: the tensors of a MarianMTModel under the names, and with the axes, of Marian.

    `config` is the checkpoint's config.json; of the embeddings the first `source_tokens` and
    `target_tokens` rows are kept. Raises SourceError when the embeddings are not there.
    """
    weights = _embeddings(tensors, config, source_tokens, target_tokens)
    blocks = {"self_attn": "self", "encoder_attn": "context"}
    norms = {
        "self_attn_layer_norm": "self_Wo",
        "encoder_attn_layer_norm": "context_Wo",
        "final_layer_norm": "ffn_ffn",
    }
    for name, tensor in tensors.items():
        match name.split("."):
            case ["model", side, "layers", number, block, part, kind] if block in blocks:
                scope = f"{side}_l{int(number) + 1}_{blocks[block]}_"
                letter = part[0]  # q_proj, k_proj, v_proj, out_proj
                weights[scope + ("W" if kind == "weight" else "b") + letter] = tensor.T
            case ["model", side, "layers", number, ("fc1" | "fc2") as part, kind]:
                scope = f"{side}_l{int(number) + 1}_ffn_"
                weights[scope + ("W" if kind == "weight" else "b") + part[-1]] = tensor.T
            case ["model", side, "layers", number, norm, kind] if norm in norms:
                scope = f"{side}_l{int(number) + 1}_{norms[norm]}_ln_"
                weights[scope + ("scale" if kind == "weight" else "bias")] = tensor
    return weights


def _embeddings(
    tensors: Weights, config: dict[str, Any], source_tokens: int, target_tokens: int
) -> Weights:
    """Embeddings and output layer: one matrix in most models, under one or more of its names.

    Which of its names a file has depends on the version of transformers, and on the format.
    """

    def first(*names: str) -> np.ndarray[Any, Any]:
        for name in names:
            if name in tensors:
                return tensors[name]
        raise SourceError(f"The checkpoint has no {names[0]}.")

    shared, output = "model.shared.weight", "lm_head.weight"
    encoder, decoder = (f"model.{side}.embed_tokens.weight" for side in ("encoder", "decoder"))
    one_for_both = config.get("share_encoder_decoder_embeddings", True)
    own_output = not config.get("tie_word_embeddings", True)
    of_both = (shared, decoder, encoder, output)
    of_source = of_both if one_for_both else (encoder, shared)
    of_target = of_both if one_for_both else (decoder, output)
    bias = tensors.get("final_logits_bias")
    target = first(*of_target)[:target_tokens]
    return {
        "encoder_Wemb": first(*of_source)[:source_tokens],
        "decoder_Wemb": target,
        "decoder_ff_logit_out_Wt": first(output)[:target_tokens] if own_output else target,
        "decoder_ff_logit_out_b": (
            np.zeros(target_tokens, "<f4") if bias is None else bias.reshape(-1)[:target_tokens]
        ),
    }
