"""A model of Opus-MT's real size with random weights: which threads and batches suit it.

Random weights never end a sentence by themselves, so the output's length is fixed, and the
time is that of a real model of this size. It needs no PyTorch and is kept between runs.
"""

import shutil
import tempfile
import time
from pathlib import Path

import ctranslate2
import numpy as np
from ctranslate2.specs import common_spec, model_spec, transformer_spec

from tests.bench.fast import LEAST_TIMES
from tests.bench.figures import Figures
from translator.install.fast_beam import SMALLER

LAYERS, WIDTH, HEADS, VOCABULARY, POSITIONS = (6, 6), 512, 8, 58_100, 512
SPECIAL = ["</s>", "<unk>", "<s>"]
SENTENCES, SOURCE_TOKENS, TARGET_TOKENS = 32, 24, 24
BEAM_SIZE = 4
# A shortlist as Marian makes them: the frequent words of the language, and the likeliest
# translations of each word.
ALWAYS, EACH = 200, 30
# Or as scripts/get-model does: the tokens of the target language, or fewer of them.
SHORTLISTS = (32_000, 20_000)


def measure(figures: Figures) -> None:
    """Print the target tokens a second of each setting, and what a shortlist brings."""
    folder = _model()
    sentences = _sentences()
    for inter, intra in ((2, 1), (1, 2)):
        translator = _load(folder, inter, intra)
        for size in (8, 16):
            speed = _speed(translator, sentences, size)
            figures.reported(
                f"Opus-MT's size, {inter}×{intra} threads, batches of {size}: tokens/s", speed
            )
        single = min(_seconds(translator, sentences[:1], 1) for _ in range(3))
        figures.reported(
            f"Opus-MT's size, {inter}×{intra} threads: ms for one sentence", 1000 * single
        )
        translator.unload_model()
    _smaller_beams(figures, folder, sentences)
    _shortlist(figures, folder, sentences)


def _smaller_beams(figures: Figures, folder: Path, sentences: list[list[str]]) -> None:
    # Processor time of one thread: what others do on the machine is not in it.
    translator = _load(folder, 1, 1)
    seconds = dict.fromkeys((BEAM_SIZE, *SMALLER), float("inf"))
    for _ in range(2):
        for beam in seconds:
            began = time.process_time()
            _seconds(translator, sentences, 16, beam_size=beam)
            seconds[beam] = min(seconds[beam], time.process_time() - began)
    for beam in SMALLER:
        figures.at_least(
            f"Opus-MT's size, batches of 16, beam {beam} ÷ beam {BEAM_SIZE}: tokens/s",
            seconds[BEAM_SIZE] / seconds[beam],
            LEAST_TIMES,
        )
    translator.unload_model()


def _shortlist(figures: Figures, folder: Path, sentences: list[list[str]]) -> None:
    candidates = _vocabulary_map(folder)
    models = {VOCABULARY: _load(folder, 2, 1)}
    models |= {tokens: _load(_model(tokens), 2, 1) for tokens in SHORTLISTS}
    for size in (1, 8, 16):
        some = sentences[: max(4, 2 * size)]
        seconds = dict.fromkeys([*models, 0], float("inf"))
        for _ in range(3):
            for tokens, model in models.items():
                seconds[tokens] = min(seconds[tokens], _seconds(model, some, size))
            mapped = _seconds(models[VOCABULARY], some, size, use_vmap=True)
            seconds[0] = min(seconds[0], mapped)
        for tokens in SHORTLISTS:
            figures.reported(
                f"Opus-MT's size, batches of {size}, {tokens:,} tokens: times as fast",
                seconds[VOCABULARY] / seconds[tokens],
                f"than with {VOCABULARY:,} in the output layer",
            )
        union = [
            len(set().union(*(candidates[token] for row in some[i : i + size] for token in row)))
            for i in range(0, len(some), size)
        ]
        figures.reported(
            f"Opus-MT's size, batches of {size}, vmap.txt: times as fast",
            seconds[VOCABULARY] / seconds[0],
            f"about {ALWAYS + sum(union) // len(union):,} tokens, other ones in each batch",
        )
    for model in models.values():
        model.unload_model()


def _load(folder: Path, inter: int, intra: int) -> ctranslate2.Translator:
    return ctranslate2.Translator(
        str(folder), compute_type="int8", inter_threads=inter, intra_threads=intra
    )


def _seconds(
    translator: ctranslate2.Translator,
    sentences: list[list[str]],
    size: int,
    *,
    use_vmap: bool = False,
    beam_size: int = BEAM_SIZE,
) -> float:
    began = time.perf_counter()
    translator.translate_batch(
        sentences,
        beam_size=beam_size,
        max_batch_size=size,
        min_decoding_length=TARGET_TOKENS,
        max_decoding_length=TARGET_TOKENS,
        use_vmap=use_vmap,
    )
    return time.perf_counter() - began


def _speed(translator: ctranslate2.Translator, sentences: list[list[str]], size: int) -> float:
    best = min(_seconds(translator, sentences, size) for _ in range(2))
    return len(sentences) * TARGET_TOKENS / best


def _sentences() -> list[list[str]]:
    """Tokens as frequent as in a language: the one of rank n comes 1/n as often as the first."""
    chance = np.random.default_rng(1)
    weights = 1 / np.arange(1, VOCABULARY - len(SPECIAL) + 1)
    picked = chance.choice(
        len(weights), size=(SENTENCES, SOURCE_TOKENS - 1), p=weights / weights.sum()
    )
    return [[f"w{token}" for token in row] + ["</s>"] for row in picked]


def _vocabulary_map(folder: Path) -> dict[str, list[str]]:
    """Write `vmap.txt` beside the model: source token, tab, target tokens that may come of it."""
    chance = np.random.default_rng(2)
    words = VOCABULARY - len(SPECIAL)
    picked = chance.integers(0, words, size=(words, EACH))
    candidates = {f"w{n}": [f"w{each}" for each in row] for n, row in enumerate(picked)}
    candidates["</s>"] = []
    lines = ["\t" + " ".join(f"w{n}" for n in range(ALWAYS))]
    lines += [f"{token}\t{' '.join(targets)}" for token, targets in candidates.items() if targets]
    (folder / "vmap.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return candidates


def _model(output: int = VOCABULARY) -> Path:
    """A model that answers in the first `output` tokens."""
    folder = Path(tempfile.gettempdir()) / "unlimited-translation-bench" / f"opus-size-{output}"
    if (folder / "model.bin").exists():
        return folder
    made = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    spec = transformer_spec.TransformerSpec.from_config(
        LAYERS, HEADS, pre_norm=False, activation=common_spec.Activation.SWISH
    )
    spec.decoder.start_from_zero_embedding = True
    _fill(spec)
    decoder = spec.decoder
    decoder.embeddings.weight = decoder.embeddings.weight[:output]
    decoder.projection.weight = decoder.projection.weight[:output]
    decoder.projection.bias = decoder.projection.bias[:output]
    tokens = SPECIAL + [f"w{n}" for n in range(VOCABULARY - len(SPECIAL))]
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens[:output])
    spec.config.add_source_eos = False
    spec.config.decoder_start_token = "</s>"  # noqa: S105 - a word of the vocabulary
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(made))
    made.replace(folder)
    return folder


def _fill(spec: model_spec.LayerSpec) -> None:
    """Give every weight its shape in a Marian transformer-base, and a random value."""
    chance = np.random.default_rng(0)
    shared = chance.normal(0, WIDTH**-0.5, (VOCABULARY, WIDTH)).astype(np.float32)

    def weight(part: common_spec.LinearSpec, rows: int, columns: int = WIDTH) -> None:
        part.weight = chance.normal(0, columns**-0.5, (rows, columns)).astype(np.float32)
        part.bias = np.zeros(rows, np.float32)

    def norm(part: common_spec.LayerNormSpec) -> None:
        part.gamma = np.ones(WIDTH, np.float32)
        part.beta = np.zeros(WIDTH, np.float32)

    spec.encoder.embeddings[0].weight = shared
    spec.decoder.embeddings.weight = shared
    spec.decoder.projection.weight = shared
    spec.decoder.projection.bias = np.zeros(VOCABULARY, np.float32)
    for stack in (spec.encoder, spec.decoder):
        stack.position_encodings.encodings = chance.normal(0, 1, (POSITIONS, WIDTH)).astype(
            np.float32
        )
        for layer in stack.layer:
            weight(layer.self_attention.linear[0], 3 * WIDTH)
            weight(layer.self_attention.linear[1], WIDTH)
            norm(layer.self_attention.layer_norm)
            weight(layer.ffn.linear_0, 4 * WIDTH)
            weight(layer.ffn.linear_1, WIDTH, 4 * WIDTH)
            norm(layer.ffn.layer_norm)
            if stack is spec.decoder:
                weight(layer.attention.linear[0], WIDTH)
                weight(layer.attention.linear[1], 2 * WIDTH)
                weight(layer.attention.linear[2], WIDTH)
                norm(layer.attention.layer_norm)
