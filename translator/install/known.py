"""Models that are known for a pair of languages, and how to bring one to a machine without network.

known.tsv has only facts that a public document states, which it names; so a column may be empty.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from translator.inference.engine import Decoding, Engine, ModelError, installed
from translator.install.language_codes import language_code
from translator.install.licences import FREE
from translator.install.trial import answers, examples

KNOWN: Final = Path(__file__).with_name("known.tsv")
ALL: Final = "*"
# Files of each kind that have to be there; of two names in one entry either does.
FILES: Final = {
    "OPUS-MT archive": ("the .zip itself",),
    "Argos package": ("the .argosmodel itself",),
    "Hugging Face checkpoint": (
        "config.json",
        "model.safetensors or pytorch_model.bin",
        "vocab.json (and target_vocab.json, if there is one)",
        "source.spm",
        "target.spm",
        "README.md",
    ),
    "quickmt": (
        "config.json",
        "model.bin",
        "source_vocabulary.json and target_vocabulary.json, or shared_vocabulary.json",
        "src.spm.model and tgt.spm.model, or joint.spm.model",
        "README.md",
    ),
    "model of CTranslate2": (
        "config.json",
        "model.bin",
        "shared_vocabulary.json or shared_vocabulary.txt",
        "sentencepiece.bpe.model, sentencepiece.model or spiece.model",
        "README.md",
    ),
}
# Sentences that the speed of this machine is measured with.
SENTENCES: Final = 16


@dataclass(frozen=True)
class KnownModel:
    """Known model: a row of the table. `size` is in bytes, `parameters` in millions; 0: unknown.

    `checksums` are SHA-256 by the names of files, and `document` says where all of it is stated.
    """

    source: str
    target: str
    name: str
    kind: str
    address: str
    size: int
    parameters: float
    licence: str
    scores: str
    document: str
    checksums: dict[str, str]

    @property
    def weights(self) -> float:
        """Parameters in millions, told by the size where they are not stated; 0: unknown."""
        if self.parameters:
            return self.parameters
        # A checkpoint has two bytes for each, a model of CTranslate2 one.
        return self.size / 1e6 / (2 if self.kind == "Hugging Face checkpoint" else 1)


def known_models(pair: tuple[str, str]) -> list[KnownModel]:
    """The models that are known for a pair, those for this pair alone first."""
    found = []
    for line in KNOWN.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        source, target, name, kind, address, size, parameters, *rest, checksums = line.split("\t")
        licence, scores, document = rest
        if source != ALL and (language_code(source), language_code(target)) != pair:
            continue
        sums = dict(each.split("=") for each in checksums.split())
        found.append(
            KnownModel(
                *pair,
                name,
                kind,
                address,
                int(size or 0),
                float(parameters or 0),
                licence,
                scores,
                document,
                sums,
            )
        )
    return found


def listed(pair: tuple[str, str], models_dir: Path) -> Iterator[str]:
    """Lines of --list: each known model, and about how fast it would be on this machine."""
    models = known_models(pair)
    measured = _measured(models_dir)
    for each in models:
        yield f"{each.name} ({each.kind})"
        yield f"    from     {each.address}"
        size = f"{each.size / 1e6:,.0f} MB" if each.size else "not stated"
        if each.parameters:
            size += f", {each.parameters:,.0f} million parameters"
        yield f"    size     {size}"
        yield f"    licence  {each.licence or 'see its README.md'}"
        yield f"    scores   {each.scores or 'none known'}"
        yield f"    stated   {each.document}"
        if each.kind != "Argos package":  # of which the address is that of all of them
            yield f"    install  scripts/get-model {each.address} {each.name}{_options(each)}"
        if measured and each.weights:
            yield f"    speed    roughly {measured / each.weights:,.0f} tokens/s here, by its size"
    if not models:
        yield f"No model is known for {pair[0]} to {pair[1]}; any of the kinds may have one."
    if measured:
        yield (
            "Speed: that of an installed model on this machine, by how many more parameters there"
            " are; fewer layers of the decoder make it faster."
        )


def offline_instructions(pair: tuple[str, str]) -> Iterator[str]:
    """Lines of --offline-instructions: what to fetch elsewhere, and what to do with it here."""
    for each in known_models(pair):
        archive = each.kind in {"OPUS-MT archive", "Argos package"}
        yield f"{each.name}: on a machine with a network, fetch from {each.address}"
        for name in FILES[each.kind]:
            yield f"    {name}"
        for name, checksum in each.checksums.items():
            yield f"    SHA-256 of {name}: {checksum}"
        path = "FILE" if archive else "FOLDER"
        put = "Bring it here" if archive else "Bring them here in one folder"
        options = _options(each) + (" --sha256 SUM" if archive else "")
        yield f"  {put}, and then:"
        yield f"    scripts/get-model {path} {each.name}{options}"
    yield (
        "A checksum that is not stated above is on the file's own page (Hugging Face: at the file's"
        " name). The program itself needs no network."
    )


def _options(model: KnownModel) -> str:
    """Options of the command that installs a model."""
    pair = f" --pair {model.source} {model.target}" if model.kind != "Argos package" else ""
    free = not model.licence or model.licence in FREE
    return pair if free else f"{pair} --accept-license"


def _measured(models_dir: Path) -> float:
    """Millions of parameters times tokens a second of an installed model; 0 where there is none."""
    try:
        folders = list(installed(models_dir).values())
        engine = Engine(folders[0], inter_threads=1, intra_threads=0)
    except ModelError:
        return 0
    try:
        texts = examples(engine.card.source)[:SENTENCES]
        rows = [engine.encode(text) for text in texts]
        began = time.perf_counter()
        tokens = sum(best.tokens for best, *_ in answers(engine, rows, Decoding(4)))
        speed = tokens / (time.perf_counter() - began)
    finally:
        engine.close()
    return speed * (folders[0] / "model.bin").stat().st_size / 1e6
