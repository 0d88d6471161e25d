"""Installation of one model: made beside the others, tried, and put in its place at once."""

import contextlib
import filecmp
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from translator.inference.engine import Decoding, Engine, ModelError, read_card
from translator.inference.tokenizers import vocabulary
from translator.install import SourceError, fast_beam, shortlist, trial
from translator.install.hub import fetch_repository, repository
from translator.install.interruption import ignore_signals
from translator.install.judging import judged
from translator.install.kinds import (
    Source,
    need_same_vocabulary,
    source_in,
    tokens_of,
)
from translator.install.licences import need_acceptance, notices
from translator.install.options import Options
from translator.install.sources import converter, copy_ready, fetched, opened

# Prefixes, beside the models, of the folder in which one is made, and within it of models that it
# takes the place of.
WORKSHOP: Final = ".installing-"
OLD: Final = "old="
# BLEU points (of 100): a shortlist that costs more is dropped.
MOST_BLEU: Final = 0.2
# Share of all tokens: a shortlist of more would bring next to nothing.
MOST_TOKENS: Final = 0.8
# Text that a new model has to translate, by its source language; one of another gets the first.
PROBES: Final = {
    "de": "Guten Tag!",
    "en": "Good morning!",
    "ar": "صباح الخير!",
    "es": "¡Buenos días!",
    "fr": "Bonjour !",
    "hi": "सुप्रभात!",
    "it": "Buongiorno!",
    "ja": "おはようございます。",
    "ko": "안녕하세요!",
    "pl": "Dzień dobry!",
    "pt": "Bom dia!",
    "ru": "Добрый день!",
    "tr": "Günaydın!",
    "uk": "Добрий день!",
    "zh": "早上好!",
}
DEFAULT_PAIR: Final = ("de", "en")
EVALUATION: Final = Path(__file__).with_name("evaluation.tsv")

Say = Callable[[str], None]


def say(what: str) -> None:
    """Progress: print one line."""
    print(what, flush=True)  # noqa: T201 - a command's output


def install(options: Options) -> str:
    """Make the model and put it in its place; its name.

    Raises SourceError or ModelError when no model can be made of the source, OSError when a file
    cannot be read or written, and RuntimeError, ValueError or KeyError when a file is malformed.
    """
    for left in options.models_dir.glob(f"{WORKSHOP}*"):
        _tidy(left)
    workshop = Path(mkdtemp(prefix=WORKSHOP, dir=options.models_dir))
    try:
        source = source_in(opened(_file(options, workshop), workshop / "unpacked"))
        options = _settled(options, source, workshop)
        others = _others(options)
        made = _made(options, source, workshop / "whole")
        need_same_vocabulary(made, source.tokenizers)
        prefixed = bool(read_card(made).source_prefix)
        if options.shortlist and options.evaluation and not source.is_ready and not prefixed:
            made = _shortlisted(options, options.evaluation, source, made)
        _verify(made)
        _try(made, options)
        say(judged(made, options.evaluation, options.beam_size))
        ignore_signals()
        _put(made, options.models_dir / options.name, others, workshop)
    finally:
        _tidy(workshop)
    return options.name


def _settled(options: Options, source: Source, workshop: Path) -> Options:
    """Options with what the source says of itself; its licence is printed. Raises SourceError."""
    if options.pair and source.pair and _languages(options.pair) != _languages(source.pair):
        raise SourceError(
            f"{options.origin} translates {' to '.join(source.pair)}, not"
            f" {' to '.join(options.pair)}."
        )
    pair = options.pair or source.pair or DEFAULT_PAIR
    name = options.name or f"{source.kind.split()[0].lower()}-{'-'.join(pair)}"
    say(
        f"{source.kind}, {pair[0]} to {pair[1]}. Licence:"
        f" {source.licence or 'none is stated in its files'}."
    )
    need_acceptance(source.licence, accepted=options.accepts_licence)
    evaluation = options.evaluation
    if evaluation is None and pair == DEFAULT_PAIR:
        evaluation = EVALUATION
    elif evaluation is None and pair == DEFAULT_PAIR[::-1]:
        evaluation = workshop / "evaluation.tsv"
        lines = EVALUATION.read_text(encoding="utf-8").splitlines()
        turned = ("\t".join(reversed(line.split("\t"))) for line in lines)
        evaluation.write_text("".join(f"{line}\n" for line in turned), encoding="utf-8")
    return replace(options, pair=pair, name=name, evaluation=evaluation)


def _languages(pair: tuple[str, str]) -> list[str]:
    """The languages of a pair, without script and country."""
    return [code.partition("-")[0] for code in pair]


def _others(options: Options) -> list[Path]:
    """Other models for the same pair, which this one shall replace.

    Raises SourceError when it shall not: of two, the translator would take one only.
    """
    found = []
    for path in sorted(options.models_dir.glob("*/model.json")):
        try:
            card = read_card(path.parent)
        except ModelError:
            continue  # a broken one serves no pair
        if card.pair == options.pair and not card.demonstration:
            found.append(path.parent)
    others = [path for path in found if path.name != options.name]
    if others and not options.replaces:
        raise SourceError(
            f"{others[0].name} translates {' to '.join(options.pair or ())} already, and only one"
            " model can. With --replace the new one takes its place."
        )
    return others


def _made(options: Options, source: Source, folder: Path, keep: set[str] | None = None) -> Path:
    """Convert to int8, with all that the service needs beside it."""
    if source.is_ready:
        copy_ready(source.weights, folder)
        _share(folder / "model.bin", options.models_dir)
    else:
        converter(source.weights, keep).convert(str(folder), quantization="int8")
    for name, tokenizer in source.copies.items():
        shutil.copyfile(tokenizer, folder / name)
    for notice in notices(source.notices):
        shutil.copyfile(notice, folder / notice.name)
    pair = options.pair or DEFAULT_PAIR
    card = {
        "name": options.name,
        "source": pair[0],
        "target": pair[1],
        **tokens_of(source, folder, pair).fields(),
        **({"license": source.licence} if source.licence else {}),
    }
    (folder / "model.json").write_text(json.dumps(card) + "\n", encoding="utf-8")
    return folder


def _share(weights: Path, models_dir: Path) -> None:
    """Share the disk's space with an installed model of the same weights, for another pair."""
    for other in models_dir.glob("*/model.bin"):
        same_size = other.stat().st_size == weights.stat().st_size
        if same_size and filecmp.cmp(other, weights, shallow=False):
            link = weights.with_name("link")
            with contextlib.suppress(OSError):  # on a file system that has no links
                link.hardlink_to(other)
                link.replace(weights)
            return


def _shortlisted(options: Options, evaluation: Path, source: Source, whole: Path) -> Path:
    """The model with the smallest shortlist that costs no more than MOST_BLEU, or without one."""
    say("Translating the word list for a shortlist; this takes some minutes.")
    model = shortlist.Plain(whole)
    before = shortlist.bleu(model, evaluation)
    for keep in shortlist.candidates(model, whole):
        folder = _made(options, source, whole.with_name("short"), keep)
        tokens, of = len(vocabulary(folder, "target")), len(vocabulary(whole, "target"))
        if tokens > MOST_TOKENS * of:
            break
        short = shortlist.Plain(folder)
        after = shortlist.bleu(short, evaluation)
        short.close()
        say(
            f"{tokens:,} of {of:,} tokens in the output layer: BLEU {after:.2f},"
            f" with all {before:.2f}, so {after - before:+.2f}"
        )
        if before - after <= MOST_BLEU:
            model.close()
            return folder
        shutil.rmtree(folder)
    model.close()
    say(f"No shortlist costs at most {MOST_BLEU} BLEU: the whole output layer stays.")
    return whole


def _verify(folder: Path) -> None:
    """Translate something with the very code that will. Raises ModelError."""
    engine = Engine(folder, inter_threads=1, intra_threads=1)
    text = PROBES.get(engine.card.source.partition("-")[0], PROBES["de"])
    ((best,),) = engine.translate([engine.encode(text)], Decoding(4))
    engine.close()
    if not (best.text.strip() and best.complete):
        raise ModelError("The converted model does not translate.")
    say(f"{text} → {best.text}")


def _try(folder: Path, options: Options) -> None:
    """Add to the model's card how it is best asked."""
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    found = trial.tried(folder, _sources(options.evaluation))
    if found:
        ways = "under stand-ins" if found["stand_ins"] else "as they are"
        say(
            f"Figures are asked for {ways}. Its translations have {found['lengths']} of the tokens."
        )
    if options.evaluation:
        found["fast_beam"] = _fast_beam(folder, options.evaluation, options.beam_size)
    (folder / "model.json").write_text(json.dumps(card | found) + "\n", encoding="utf-8")


def _fast_beam(folder: Path, evaluation: Path, usual: int) -> int:
    """Beam size of a fast translation, with what it saves and costs printed."""
    trials: list[fast_beam.BeamTrial] = []
    for each in fast_beam.beam_trials(folder, evaluation, usual):
        trials.append(each)
        beside = f", so {-each.costs(trials[0]):+.2f}" if len(trials) > 1 else ""
        say(
            f"Beam {each.beam_size}: {each.speed:,.0f} tokens/s, BLEU {each.bleu:.2f}{beside},"
            f" chrF {each.chrf:.2f}"
        )
    chosen = fast_beam.fastest(trials)
    say(
        f"quality=fast has a beam of {chosen.beam_size}:"
        f" {chosen.speed / trials[0].speed:.1f} times as fast as the best one,"
        f" BLEU {-chosen.costs(trials[0]):+.2f}."
    )
    return chosen.beam_size


def _sources(evaluation: Path | None) -> list[str]:
    if evaluation is None:
        return []
    lines = evaluation.read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[0] for line in lines]


def _file(options: Options, workshop: Path) -> Path:
    """The source on this disk, with the checksum that it should have. Raises SourceError."""
    path = Path(options.origin)
    if options.origin.startswith(("http://", "https://")):
        say(f"Fetching {options.origin}")
        if name := repository(options.origin):
            path = workshop / "repository"
            say(f"Fetched {', '.join(fetch_repository(name, path))}.")
        else:
            path = fetched(options.origin, workshop)
    if options.sha256:
        if not path.is_file():
            raise SourceError(f"{path} is no file: only a file has a checksum.")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != options.sha256.lower():
            raise SourceError(f"{options.origin} has another checksum than it should: {found}.")
    return path


def _put(made: Path, place: Path, others: list[Path], workshop: Path) -> None:
    """Give a model its place, and take away those that it replaces once it has it."""
    for old in (place, *others):
        if old.exists():
            old.rename(workshop / f"{OLD}{old.name}")
    made.rename(place)
    for old in others:
        (workshop / f"{OLD}{old.name}").rename(workshop / f"replaced={old.name}")


def _tidy(left: Path) -> None:
    """Remove what a run has left; a model that it had just taken away gets its place back."""
    for old in left.glob(f"{OLD}*"):
        place = left.parent / old.name.removeprefix(OLD)
        if not place.exists():
            old.rename(place)
    shutil.rmtree(left)
