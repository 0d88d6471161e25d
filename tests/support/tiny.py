"""Tiny models of CTranslate2 in the folders that their publishers have them in.

Their weights are random, so that they say nonsense; but it depends on the source and on every token
around it, ends, and is the same whenever it is asked for.
"""

import itertools
import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece
from ctranslate2.specs import attention_spec, common_spec, transformer_spec

from tests.support.instance import ROOT

SPECIAL = ("<unk>", "<s>", "</s>")
WIDTH, HEADS = 32, 2
LONGEST = 512

Array = np.ndarray[Any, Any]


def train(path: Path, column: int, *, pieces: int = 400, **options: Any) -> list[str]:
    """Train a SentencePiece file on a column of the bundled pairs; its pieces."""
    rows = (ROOT / "translator" / "install" / "evaluation.tsv").read_text("utf-8").splitlines()
    texts = [part for row in rows[:400] for part in row.split("\t")[slice(*_of(column))]]
    with path.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=file,
            vocab_size=pieces,
            num_threads=1,
            minloglevel=2,
            **options,
        )
    model = sentencepiece.SentencePieceProcessor(str(path))
    return [model.id_to_piece(number) for number in range(model.get_piece_size())]


def _of(column: int) -> tuple[int, int | None]:
    return (column, column + 1) if column >= 0 else (0, None)


def write_model(
    folder: Path, source: Sequence[str], target: Sequence[str] | None = None, *, begin: str = "<s>"
) -> None:
    """A model of CTranslate2 with these vocabularies; with one alone it is that of both."""
    random = np.random.default_rng(5)

    def some(*shape: int, scale: float = 0.3) -> Array:
        return random.normal(0, scale, shape).astype(np.float32)

    spec = transformer_spec.TransformerSpec.from_config(
        1, HEADS, pre_norm=True, activation=common_spec.Activation.RELU
    )
    tokens = list(target or source)
    spec.encoder.embeddings[0].weight = some(len(source), WIDTH, scale=1)
    spec.decoder.embeddings.weight = some(len(tokens), WIDTH, scale=1)
    for side in (spec.encoder, spec.decoder):
        for layer in side.layer:
            _attend(layer.self_attention, some)
            if side is spec.decoder:
                _attend(layer.attention, some)
            _normalize(layer.ffn.layer_norm)
            layer.ffn.linear_0.weight, layer.ffn.linear_0.bias = some(64, WIDTH), some(64)
            layer.ffn.linear_1.weight, layer.ffn.linear_1.bias = some(WIDTH, 64), some(WIDTH)
        _normalize(side.layer_norm)
        side.position_encodings.encodings = np.zeros((LONGEST, WIDTH), np.float32)
    # One part of a position grows until it outweighs all others, and brings the end token then.
    spec.decoder.position_encodings.encodings[:, 0] = np.arange(LONGEST) * 3
    weight, bias = some(len(tokens), WIDTH), np.zeros(len(tokens), np.float32)
    end = tokens.index("</s>")
    weight[:, 0] = 0
    weight[end] = 0
    weight[end, 0], bias[end] = 8, -22
    for token in {"<s>", "<pad>", "<blank>"} & set(tokens):
        bias[tokens.index(token)] = -50
    spec.decoder.projection.weight, spec.decoder.projection.bias = weight, bias
    if target is None:
        spec.register_source_vocabulary(tokens)
    else:
        spec.register_source_vocabulary(list(source))
    spec.register_target_vocabulary(tokens)
    spec.config.decoder_start_token = begin
    spec.validate()
    spec.optimize()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def _attend(spec: attention_spec.MultiHeadAttentionSpec, some: Any) -> None:
    _normalize(spec.layer_norm)
    sizes = (3, 1) if len(spec.linear) == 2 else (1, 2, 1)
    for linear, size in zip(spec.linear, sizes, strict=True):
        linear.weight, linear.bias = some(size * WIDTH, WIDTH), some(size * WIDTH)


def _normalize(spec: common_spec.LayerNormSpec) -> None:
    spec.gamma, spec.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def write_quickmt(folder: Path, *, joint: bool = False) -> Path:
    """A folder of quickmt's, as quickmt-de-en has it or, with a joint vocabulary, quickmt-fr-en."""
    folder.mkdir(parents=True)
    special = {"unk_id": 0, "bos_id": 1, "eos_id": 2}
    vocabularies = {}
    for name, column in (("joint", -1),) if joint else (("src", 0), ("tgt", 1)):
        vocabularies[name] = train(folder / f"{name}.spm.model", column, **special)
    # As eole writes them: the special tokens first, and one that SentencePiece does not have.
    rows = [["<unk>", "<blank>", "<s>", "</s>", *each[3:]] for each in vocabularies.values()]
    write_model(folder, *rows)
    (folder / "eole-config.yaml").write_text("src_lang: de\n", "utf-8")
    (folder / "README.md").write_text(
        "---\nlanguage:\n- en\n- de\ntags:\n- translation\nlicense: cc-by-4.0\n---\n"
        "# `quickmt-de-en` Neural Machine Translation Model\n",
        "utf-8",
    )
    return folder


def said(folder: Path, tokens: Sequence[str], target: Path, *, start: Sequence[str] = ()) -> str:
    """Reference: the text that CTranslate2 alone makes of tokens."""
    model = ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=1)
    (result,) = model.translate_batch(
        [list(tokens)],
        [list(start)] if start else None,
        beam_size=4,
        disable_unk=True,
        max_input_length=0,
    )
    model.unload_model()
    spoken: str = sentencepiece.SentencePieceProcessor(str(target)).decode(
        result.hypotheses[0][len(start) :]
    )
    return spoken


def write_argos(
    folder: Path, pair: tuple[str, str] = ("de", "en"), version: str = "1.0", **more: object
) -> Path:
    """An Argos package, unpacked as LibreTranslate has it below argos-translate/packages."""
    package = folder / f"translate-{pair[0]}_{pair[1]}-{version.replace('.', '_')}"
    package.mkdir(parents=True)
    pieces = train(package / "sentencepiece.model", -1)
    # As OpenNMT-py writes it, which has no end token in sources, but shares the vocabulary here.
    write_model(package / "model", ["<unk>", "<blank>", "<s>", "</s>", *pieces[3:]])
    metadata = {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": pair[0],
        "from_name": pair[0],
        "to_code": pair[1],
        "to_name": pair[1],
    }
    (package / "metadata.json").write_text(json.dumps(metadata | more), "utf-8")
    (package / "README.md").write_text("# German - English\n\nis licensed CC-BY 4.0\n", "utf-8")
    (package / "stanza" / pair[0] / "tokenize").mkdir(parents=True)
    (package / "stanza" / "resources.json").write_text("{}", "utf-8")
    return package


def zipped(folder: Path, to: Path) -> Path:
    """The folder, with its name, in a zip archive."""
    with zipfile.ZipFile(to, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return to


LANGUAGES = [
    "deu",
    "eng",
    "fra",
    "spa",
    "ita",
    "por",
    "nld",
    "dan",
    "swe",
    "fin",
    "est",
    "lit",
    "pol",
    "ces",
    "slk",
    "hun",
    "ron",
    "tur",
    "bul",
    "ell",
]


def write_nllb(folder: Path) -> Path:
    """A conversion of NLLB-200, whose language tokens stand behind the pieces."""
    codes = [f"{each}_Latn" for each in LANGUAGES] + ["zho_Hans", "zho_Hant", "nob_Latn"]
    return _write_many(folder, [*codes, "<mask>"], license="cc-by-nc-4.0")


def write_m2m100(folder: Path) -> Path:
    """A conversion of M2M100."""
    codes = ("de", "en", "fr", "es", "no", "zh", "ast")
    return _write_many(folder, [f"__{code}__" for code in codes], license="mit")


def _write_many(folder: Path, more: Sequence[str], **front: str) -> Path:
    folder.mkdir(parents=True)
    pieces = train(folder / "sentencepiece.bpe.model", -1, model_type="bpe")
    tokens = ["<s>", "<pad>", "</s>", "<unk>", *pieces[3:], *more]
    write_model(folder, tokens, begin="</s>")
    _write_hub_files(folder, **front)
    return folder


def write_madlad(folder: Path) -> Path:
    """A conversion of MADLAD-400, whose language tokens are pieces."""
    folder.mkdir(parents=True)
    codes = [f"<2{code}>" for code in ("de", "en", "fr", "es", "no", "zh", "zh_Latn")]
    pieces = train(folder / "spiece.model", -1, user_defined_symbols=codes)
    write_model(folder, pieces, begin="<unk>")
    _write_hub_files(folder, license="apache-2.0")
    return folder


def _write_hub_files(folder: Path, **front: str) -> None:
    for name in ("special_tokens_map.json", "tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_text("{}", "utf-8")
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    (folder / "README.md").write_text(f"---\n{lines}---\n# A model\n", "utf-8")


def write_argos_bpe(folder: Path) -> Path:
    """An Argos package with bpe.model: subword-nmt's merges of Moses words."""
    package = write_argos(folder)
    (package / "sentencepiece.model").unlink()
    merges, tokens = learn_bpe(200)
    (package / "bpe.model").write_text("#version: 0.2\n" + "\n".join(merges) + "\n", "utf-8")
    shutil.rmtree(package / "model")
    write_model(package / "model", ["<unk>", "<blank>", "<s>", "</s>", *sorted(tokens)])
    return package


def learn_bpe(count: int) -> tuple[list[str], set[str]]:
    """Merges of the bundled pairs' words, the most frequent pair first, and the tokens of them."""
    rows = (ROOT / "translator" / "install" / "evaluation.tsv").read_text("utf-8").splitlines()
    text = " ".join(part for row in rows[:200] for part in row.split("\t"))
    words = Counter(re.findall(r"\w+|[^\w\s]", text))
    spelled = {word: [*word[:-1], word[-1] + "</w>"] for word in words}
    merges = []
    for _ in range(count):
        pairs = Counter[tuple[str, str]]()
        for word, times in words.items():
            for pair in itertools.pairwise(spelled[word]):
                pairs[pair] += times
        (left, right), _times = min(pairs.items(), key=lambda each: (-each[1], each[0]))
        merges.append(f"{left} {right}")
        for word, parts in spelled.items():
            spelled[word] = _joined(parts, left, right)
    tokens = {
        part.removesuffix("</w>") if part.endswith("</w>") else f"{part}@@"
        for parts in spelled.values()
        for part in parts
    }
    signs = set("".join(words))
    return merges, tokens | signs | {f"{sign}@@" for sign in signs}


def _joined(parts: list[str], left: str, right: str) -> list[str]:
    found: list[str] = []
    for part in parts:
        if found and (found[-1], part) == (left, right):
            found[-1] += part
        else:
            found.append(part)
    return found
