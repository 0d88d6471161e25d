"""Is the translator as fast and as faithful as the engine under it? `python -m tests.bench.engine`.

Starts the real service, measures it over HTTP, compares it with CTranslate2 alone and with the
way such models are usually served, and prints one line per figure. The exit code is not 0 when
a target is missed. Its requirements are in tests/bench/requirements.txt.
"""

import argparse
import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import fast, latency, memory, opus_size, quality, throughput
from tests.bench.figures import Figures
from tests.bench.processes import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

INSTALL = "pip install -r tests/bench/requirements.txt"


@dataclass(frozen=True)
class Options:
    """Options of the command line."""

    eval_file: Path
    model: Path
    hf: Path
    characters: int
    rounds: int
    parts: list[str]


def main() -> None:
    """Measure what is asked for and exit with 0 when every target is met, else with 1."""
    options = _options()
    figures = Figures()
    transformers = all(map(importlib.util.find_spec, ("torch", "transformers", "sacrebleu")))
    why = "" if transformers else f"to compare with transformers: {INSTALL}"
    if transformers and not (options.hf / "model.safetensors").exists():
        why = f"no checkpoint in {options.hf}: give its folder with --hf"
    parts: dict[str, Callable[[], None]] = {
        "throughput": lambda: throughput.measure(
            figures,
            options.eval_file,
            options.model,
            options.hf,
            characters=options.characters,
            rounds=options.rounds,
            no_transformers=why,
        ),
        "latency": lambda: latency.measure(
            figures, options.eval_file, options.model, characters=options.characters
        ),
        "memory": lambda: memory.measure(figures, options.eval_file),
        "quality": lambda: quality.measure(
            figures, options.eval_file, options.hf, no_transformers=why
        ),
        "fast": lambda: fast.measure(figures, options.model),
        "opus-size": lambda: opus_size.measure(figures),
    }
    print(f"{len(os.sched_getaffinity(0))} cores, beam 4; others' load now and then:", flush=True)
    for name in options.parts or parts:
        print(f"-- {name} (load {os.getloadavg()[0]:.1f})", flush=True)
        parts[name]()
    if figures.missed:
        print(f"{len(figures.missed)} missed: {', '.join(figures.missed)}")
        sys.exit(1)


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    shared = ROOT.parent / "shared"
    parser.add_argument(
        "--eval",
        type=Path,
        default=shared / "eval" / "tatoeba.tsv",
        help="German and English sentences, a tab between them, one pair a line",
    )
    parser.add_argument(
        "--model",
        type=Path,
        default=ROOT / "translator" / "models" / "demo-de-en",
        help="the model that the service runs and CTranslate2 alone too",
    )
    parser.add_argument(
        "--hf",
        type=Path,
        default=shared / "demo-model" / "hf",
        help="the same weights as a Hugging Face checkpoint",
    )
    parser.add_argument("--characters", type=int, default=200_000, help="of the long text")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts")
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="part",
        help="throughput, latency, memory, quality, fast, opus-size; all when none is named",
    )
    given = parser.parse_args()
    known = {"throughput", "latency", "memory", "quality", "fast", "opus-size"}
    if unknown := set(given.parts) - known:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return Options(given.eval, given.model, given.hf, given.characters, given.rounds, given.parts)


if __name__ == "__main__":
    main()
