"""How the tests install models, and look at what came of it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.support.instance import ROOT
from translator.inference.engine import Decoding, Engine

SENTENCES = ("Guten Tag!", "Ich möchte das sehen.", "Der alte Mann wartet auf den Zug nach Berlin.")
# Of translator/install/evaluation.tsv: enough that every step of an installation is taken.
FEW_PAIRS = Path(__file__).with_name("few_pairs.tsv")
MODULE = (sys.executable, "-P", "-m", "translator.install")


def environment(models: Path) -> dict[str, str]:
    """Give the environment in which models are installed into this folder."""
    return os.environ | {"MODELS_DIR": str(models), "PYTHONPATH": str(ROOT)}


def get_model(
    models: Path, *arguments: str | Path, command: Sequence[str] = MODULE, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Install into `models`, whatever the outcome; without a shortlist a few pairs judge it."""
    models.mkdir(exist_ok=True)
    if "--no-shortlist" in arguments and "--evaluation" not in arguments:
        arguments = (*arguments, "--evaluation", FEW_PAIRS)
    return subprocess.run(
        [*command, *map(str, arguments)],
        cwd=cwd,
        env=environment(models),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def translations(folder: Path) -> list[str]:
    """Give what a model makes of SENTENCES."""
    engine = Engine(folder, inter_threads=1, intra_threads=1)
    answers = [
        engine.translate([engine.encode(each)], Decoding(4))[0][0].text for each in SENTENCES
    ]
    engine.close()
    return answers
