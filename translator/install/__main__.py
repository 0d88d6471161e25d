"""Model installer: `python -m translator.install [SOURCE NAME]`; scripts/get-model calls it.

A model is made beside the installed ones and takes its name once it has translated something.
Whatever goes wrong before that, the installed models stay as they are.
"""

import argparse
import hashlib
import json
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn

from translator.inference.engine import Decoding, Engine, ModelError
from translator.install import SourceError, fast_beam, shortlist, trial
from translator.install.sources import (
    TOKENIZERS,
    converter,
    copy_ready,
    fetched,
    is_ready,
    need_tokenizers,
    opened,
)
from translator.settings import Settings

# Prefix of the temporary folder, beside the models, in which one is made.
WORKSHOP = ".installing-"
# BLEU points (of 100): a shortlist that costs more is dropped.
MOST_BLEU = 0.2
# Share of all tokens: a shortlist of more would bring next to nothing.
MOST_TOKENS = 0.8
# Text that a new model has to translate.
PROBE = "Guten Tag!"
OPUS_MT = "https://object.pouta.csc.fi/Tatoeba-MT-models/deu-eng/opus-2021-02-22.zip"
EVALUATION = Path(__file__).with_name("evaluation.tsv")
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Options:
    """Options of a run: a model's source (`origin`), its name, its language pair, its folder.

    `evaluation` are pairs of sentences that it is judged by; `shortlist` says whether its output
    layer may be cut; `beam_size` is the usual one.
    """

    origin: str
    name: str
    pair: tuple[str, str]
    models_dir: Path
    evaluation: Path | None
    shortlist: bool
    sha256: str
    beam_size: int


class Stopped(BaseException):
    """Interruption: the run was told to end, by this signal; nothing but main() may catch it."""


def say(what: str) -> None:
    """Progress: print one line."""
    print(what, flush=True)  # noqa: T201 - a command's output


def main() -> None:
    """Install and exit with 0; with 1 after an error, and like a shell after a signal."""
    options = _options()
    try:
        for each in STOPPING:
            if signal.getsignal(each) is not signal.SIG_IGN:  # as nohup has it
                signal.signal(each, _stop)
        install(options)
    except Stopped as stopped:
        (number,) = stopped.args
        sys.stderr.write(
            f"Interrupted ({number.name}): {options.name} is not installed."
            f" The models in {options.models_dir} are as they were.\n"
        )
        sys.exit(128 + number)
    except (SourceError, ModelError) as error:
        sys.exit(f"{error}\nThe models in {options.models_dir} are as they were.")
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        sys.exit(
            f"{options.origin} could not be installed: {error}\n"
            f"The models in {options.models_dir} are as they were."
        )


def install(options: Options) -> None:
    """Make the model and put it in its place.

    Raises SourceError or ModelError when no model can be made of the source, OSError when a file
    cannot be read or written, and RuntimeError, ValueError or KeyError when a file is malformed.
    """
    for left in options.models_dir.glob(f"{WORKSHOP}*"):
        _tidy(left)
    workshop = Path(mkdtemp(prefix=WORKSHOP, dir=options.models_dir))
    try:
        origin = opened(_file(options, workshop), workshop / "unpacked")
        made = _made(options, origin, workshop / "whole")
        if options.shortlist and options.evaluation and not is_ready(origin):
            made = _shortlisted(options, options.evaluation, origin, made)
        _verify(made)
        _try(made, options)
        _ignore_signals()  # what is left takes an instant, and is not to stop half-way
        place = options.models_dir / options.name
        if place.exists():
            place.rename(workshop / f"old={options.name}")
        made.rename(place)
    finally:
        _tidy(workshop)
    say(f"{options.name} is installed. Start again to use it: scripts/up --stop && scripts/up")


def _made(options: Options, origin: Path, folder: Path, keep: set[str] | None = None) -> Path:
    """Convert to int8, with all that the service needs beside it."""
    need_tokenizers(origin)
    if is_ready(origin):
        copy_ready(origin, folder)
    else:
        converter(origin, keep).convert(str(folder), quantization="int8")
    for name in TOKENIZERS:
        shutil.copyfile(origin / name, folder / name)
    card = {"name": options.name, "source": options.pair[0], "target": options.pair[1]}
    (folder / "model.json").write_text(json.dumps(card) + "\n", encoding="utf-8")
    return folder


def _shortlisted(options: Options, evaluation: Path, origin: Path, whole: Path) -> Path:
    """The model with the smallest shortlist that costs no more than MOST_BLEU, or without one."""
    say("Translating the word list for a shortlist; this takes some minutes.")
    model = shortlist.Plain(whole)
    before = shortlist.bleu(model, evaluation)
    for keep in shortlist.candidates(model, whole):
        folder = _made(options, origin, whole.with_name("short"), keep)
        tokens, of = _tokens(folder), _tokens(whole)
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


def _tokens(folder: Path) -> int:
    for name in ("target_vocabulary.json", "shared_vocabulary.json"):
        if (folder / name).exists():
            return len(json.loads((folder / name).read_text(encoding="utf-8")))
    raise ModelError(f"{folder} has no vocabulary.")


def _verify(folder: Path) -> None:
    """Translate something with the very code that will. Raises ModelError."""
    engine = Engine(folder, inter_threads=1, intra_threads=1)
    ((best,),) = engine.translate([engine.encode(PROBE)], Decoding(4))
    engine.close()
    if not (best.text.strip() and best.complete):
        raise ModelError("The converted model does not translate.")
    say(f"{PROBE} → {best.text}")


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
    remote = options.origin.startswith(("http://", "https://"))
    if remote:
        say(f"Fetching {options.origin}")
    path = fetched(options.origin, workshop) if remote else Path(options.origin)
    if options.sha256:
        if not path.is_file():
            raise SourceError(f"{path} is no file: only a file has a checksum.")
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != options.sha256.lower():
            raise SourceError(f"{options.origin} has another checksum than it should: {found}.")
    return path


def _stop(number: int, _frame: object) -> NoReturn:
    _ignore_signals()  # those that follow may not cut the tidying up
    raise Stopped(signal.Signals(number))


def _ignore_signals() -> None:
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)


def _tidy(left: Path) -> None:
    """Remove what a run has left; a model that it had just taken away gets its place back."""
    for old in left.glob("old=*"):
        place = left.parent / old.name.removeprefix("old=")
        if not place.exists():
            old.rename(place)
    shutil.rmtree(left)


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="get-model", description="Install a model.")
    parser.add_argument(
        "origin",
        nargs="?",
        default=OPUS_MT,
        metavar="SOURCE",
        help="an OPUS-MT archive (.zip, its address or its folder), the folder of a Hugging Face"
        " checkpoint (model.safetensors or pytorch_model.bin), or a model of CTranslate2; OPUS-MT"
        " of German and English if none is named",
    )
    parser.add_argument(
        "name", nargs="?", default="opus-mt-de-en", metavar="NAME", help="what it is called"
    )
    parser.add_argument("--pair", nargs=2, default=("de", "en"), metavar=("FROM", "TO"))
    parser.add_argument(
        "--evaluation",
        type=Path,
        help="pairs of sentences, a tab between them, by which a shortlist and the beam of a fast"
        " translation are judged; for de en there is one",
    )
    parser.add_argument("--no-shortlist", action="store_true", help="keep the whole output layer")
    parser.add_argument("--sha256", default="", help="what the archive's checksum must be")
    given = parser.parse_args()
    if not given.name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        parser.error("NAME may have letters, digits, and - _ .")
    pair = tuple(given.pair)
    evaluation = given.evaluation or (EVALUATION if pair == ("de", "en") else None)
    settings = Settings()
    return Options(
        given.origin,
        given.name,
        pair,
        settings.models_dir,
        evaluation,
        not given.no_shortlist,
        given.sha256,
        settings.beam_size,
    )


if __name__ == "__main__":
    main()
