"""The shipped model as what models are distributed as: an OPUS-MT archive, a checkpoint.

Both are written from the variables of its `model.bin`, so that installing one gives back a model
that translates as the shipped one does.
"""

import io
import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import translator

MODEL = Path(translator.__file__).parent / "models" / "demo-de-en"
HEADS = 4
ARCHITECTURE = {
    "type": "transformer",
    "transformer-decoder-autoreg": "self-attention",
    "transformer-no-projection": False,
    "transformer-ffn-activation": "swish",
    "transformer-preprocess": "",
    "transformer-postprocess": "dan",
    "transformer-postprocess-emb": "d",
    "transformer-guided-alignment-layer": "last",
    "transformer-heads": HEADS,
}

Array = np.ndarray[Any, Any]


def write_archive(folder: Path, *, more_tokens: int = 0) -> Path:
    """An OPUS-MT folder; `more_tokens` are in the vocabulary that only the source might have."""
    variables = _variables()
    weights: dict[str, Array] = {}
    for side, layer, part in _parts(variables):
        prefix = f"{side}/layer_{layer}/{part}"
        scope = f"{side}_l{layer + 1}_" + {
            "self_attention": "self",
            "attention": "context",
            "ffn": "ffn",
        }.get(part, part)
        if part == "ffn":
            for number in (0, 1):
                weights[f"{scope}_W{number + 1}"] = variables[f"{prefix}/linear_{number}/weight"].T
                weights[f"{scope}_b{number + 1}"] = variables[f"{prefix}/linear_{number}/bias"]
        else:
            for letter, (weight, bias) in _projections(variables, prefix).items():
                weights[f"{scope}_W{letter}"] = weight.T
                weights[f"{scope}_b{letter}"] = bias
        norm = f"{scope}_ffn" if part == "ffn" else f"{scope}_Wo"
        weights[f"{norm}_ln_scale"] = variables[f"{prefix}/layer_norm/gamma"]
        weights[f"{norm}_ln_bias"] = variables[f"{prefix}/layer_norm/beta"]
    embeddings = variables["decoder/embeddings/weight"]
    bias = np.zeros(len(embeddings), np.float32)
    unused = np.zeros((more_tokens, embeddings.shape[1]), np.float32)
    weights["Wemb"] = np.concatenate([embeddings, unused])
    weights["decoder_ff_logit_out_b"] = np.concatenate(
        [bias, np.full(more_tokens, -1e4, np.float32)]
    )
    layers = _layers(variables)
    config = ARCHITECTURE | {"enc-depth": layers["encoder"], "dec-depth": layers["decoder"]}
    weights["special:model.yml"] = np.frombuffer(json.dumps(config).encode() + b"\0", np.int8)
    folder.mkdir()
    np.savez(folder / "opus.npz", **weights)  # type: ignore[arg-type] # the names are variable
    tokens = [*_tokens(), *(f"nur{number}deutsch" for number in range(more_tokens))]
    vocabulary = "".join(
        f"{json.dumps(token, ensure_ascii=False)}: {number}\n"
        for number, token in enumerate(tokens)
    )
    (folder / "opus.vocab.yml").write_text(vocabulary, encoding="utf-8")
    (folder / "decoder.yml").write_text(
        json.dumps({"models": ["opus.npz"], "vocabs": ["opus.vocab.yml"] * 2}), encoding="utf-8"
    )
    _copy_tokenizers(folder)
    return folder


def write_safetensors(folder: Path, tensors: dict[str, Array], kind: str = "F32") -> None:
    """The tensors as model.safetensors, F32 or F16."""
    header, data = {}, io.BytesIO()
    for name, array in tensors.items():
        start = data.tell()
        data.write(np.ascontiguousarray(array, {"F32": "<f4", "F16": "<f2"}[kind]).tobytes())
        offsets = [start, data.tell()]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": offsets}
    head = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(
        struct.pack("<Q", len(head)) + head + data.getvalue()
    )


def write_checkpoint(
    folder: Path, write: Callable[[Path, dict[str, Array]], object] = write_safetensors
) -> Path:
    """A Hugging Face folder; `write` puts the tensors there.

    As transformers does it, <pad> stands behind the model's own tokens, and is nothing but zeros.
    """
    variables = _variables()
    tokens = [*_tokens(), "<pad>"]
    tensors = {
        "model.shared.weight": np.pad(variables["decoder/embeddings/weight"], ((0, 1), (0, 0))),
        "final_logits_bias": np.zeros((1, len(tokens)), np.float32),
    }
    names = {"q": "q_proj", "k": "k_proj", "v": "v_proj", "o": "out_proj"}
    blocks = {"self_attention": "self_attn", "attention": "encoder_attn"}
    for side, layer, part in _parts(variables):
        prefix, scope = f"{side}/layer_{layer}/{part}", f"model.{side}.layers.{layer}."
        norm = "final_layer_norm" if part == "ffn" else f"{blocks[part]}_layer_norm"
        tensors[f"{scope}{norm}.weight"] = variables[f"{prefix}/layer_norm/gamma"]
        tensors[f"{scope}{norm}.bias"] = variables[f"{prefix}/layer_norm/beta"]
        if part == "ffn":
            for number in (0, 1):
                for kind in ("weight", "bias"):
                    tensors[f"{scope}fc{number + 1}.{kind}"] = variables[
                        f"{prefix}/linear_{number}/{kind}"
                    ]
        else:
            for letter, pair in _projections(variables, prefix).items():
                for kind, array in zip(("weight", "bias"), pair, strict=True):
                    tensors[f"{scope}{blocks[part]}.{names[letter]}.{kind}"] = array
    folder.mkdir()
    write(folder, tensors)
    layers = _layers(variables)
    config = {
        "model_type": "marian",
        "encoder_layers": layers["encoder"],
        "decoder_layers": layers["decoder"],
        "encoder_attention_heads": HEADS,
        "activation_function": "swish",
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    vocabulary = {token: number for number, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    _copy_tokenizers(folder)
    return folder


def write_tc_big(
    folder: Path,
    write: Callable[[Path, dict[str, Array]], object],
    more: tuple[str, ...] = (),
) -> Path:
    """A folder of the tc-big family: half precision, a vocabulary for each language.

    `more` are tokens that only the source has. The target's are in another order.
    """

    def write_separate(to: Path, tensors: dict[str, Array]) -> None:
        embeddings = tensors.pop("model.shared.weight")
        del tensors["final_logits_bias"]
        unused = np.zeros((len(more), embeddings.shape[1]), np.float32)
        tensors |= {
            "model.encoder.embed_tokens.weight": np.concatenate(
                [embeddings[:-1], unused, embeddings[-1:]]
            ),
            "model.decoder.embed_tokens.weight": embeddings[order],
            "lm_head.weight": embeddings[order],
            "final_logits_bias": np.zeros((1, len(order)), np.float32),
        }
        write(to, tensors)

    tokens = _tokens()
    order = [*reversed(range(len(tokens))), len(tokens)]  # <pad> stays the last
    write_checkpoint(folder, write_separate)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {
        "share_encoder_decoder_embeddings": False,
        "tie_word_embeddings": False,
        "vocab_size": len(tokens) + len(more) + 1,
        "decoder_vocab_size": len(order),
        "torch_dtype": "float16",
    }
    source, target = [*tokens, *more, "<pad>"], [*reversed(tokens), "<pad>"]
    files = {
        "config.json": config,
        "vocab.json": {token: number for number, token in enumerate(source)},
        "target_vocab.json": {token: number for number, token in enumerate(target)},
        "tokenizer_config.json": {"separate_vocabs": True},
        "special_tokens_map.json": {"eos_token": "</s>"},
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    (folder / "benchmark_results.txt").write_text("deu-eng\tflores101-devtest\n", "utf-8")
    (folder / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# opus-mt-tc-big\n", "utf-8")
    return folder


def _copy_tokenizers(folder: Path) -> None:
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(MODEL / name, folder / name)


def _tokens() -> list[str]:
    tokens: list[str] = json.loads((MODEL / "shared_vocabulary.json").read_text(encoding="utf-8"))
    return tokens


def _parts(variables: dict[str, Array]) -> list[tuple[str, int, str]]:
    """The (side, layer, block) triples of the model."""
    paths = (name.split("/") for name in variables if "/layer_" in name)
    return sorted({(path[0], int(path[1].removeprefix("layer_")), path[2]) for path in paths})


def _layers(variables: dict[str, Array]) -> dict[str, int]:
    """How many layers each side has."""
    layers: dict[str, int] = {}
    for side, layer, _ in _parts(variables):
        layers[side] = max(layers.get(side, 0), layer + 1)
    return layers


def _projections(variables: dict[str, Array], prefix: str) -> dict[str, tuple[Array, Array]]:
    """Weight and bias of q, k, v and o, of which CTranslate2 joins some."""
    numbers = sorted(
        {
            int(name.removeprefix(f"{prefix}/linear_").split("/")[0])
            for name in variables
            if name.startswith(f"{prefix}/linear_")
        }
    )
    rows: dict[str, list[Array]] = {
        kind: [variables[f"{prefix}/linear_{number}/{kind}"] for number in numbers]
        for kind in ("weight", "bias")
    }
    split = {kind: np.split(np.concatenate(arrays), 4) for kind, arrays in rows.items()}
    return dict(zip("qkvo", zip(split["weight"], split["bias"], strict=True), strict=True))


def _variables() -> dict[str, Array]:
    """Content of `model.bin` (CTranslate2's format 6), int8 made float32 again."""
    file = io.BytesIO((MODEL / "model.bin").read_bytes())

    def number(kind: str) -> int:
        size = struct.calcsize(kind)
        return int(struct.unpack(f"<{kind}", file.read(size))[0])

    def string() -> str:
        return file.read(number("H")).rstrip(b"\0").decode()

    assert number("I") == 6
    string(), number("I")
    kinds = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}
    raw: dict[str, Array] = {}
    for _ in range(number("I")):
        name = string()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = number("B"), number("I")
        raw[name] = np.frombuffer(file.read(size), kinds[kind]).reshape(shape)
    for _ in range(number("I")):
        name, original = string(), string()
        raw[name] = raw[original]
    scales = {name: raw.get(f"{name}_scale") for name in raw}
    return {
        name: array if scale is None else (array / scale[:, None]).astype("<f4")
        for (name, array), scale in zip(raw.items(), scales.values(), strict=True)
    }
