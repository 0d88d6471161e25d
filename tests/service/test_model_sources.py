"""scripts/get-model: each publisher's files, installed and asked through the service's engine."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support import marian, tiny
from tests.support.installing import get_model, translations
from translator.inference.engine import Decoding, Engine

FEW = "Ich möchte das sehen.\tI want to see that.\nWas hat Tom mitgebracht?\tWhat did Tom bring?\n"


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Two pairs: enough for every step."""
    file = tmp_path / "pairs.tsv"
    file.write_text(FEW, "utf-8")
    return file


def card(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
    return found


def answer(folder: Path, text: str) -> tuple[list[str], str]:
    """The tokens that the model is shown for a text, and its translation."""
    engine = Engine(folder, inter_threads=1, intra_threads=1)
    tokens = engine.encode(text)
    ((best,),) = engine.translate([tokens], Decoding(4))
    engine.close()
    return tokens, best.text


@pytest.mark.parametrize("joint", [False, True])
def test_quickmt(tmp_path: Path, pairs: Path, *, joint: bool) -> None:
    folder = tiny.write_quickmt(tmp_path / "quickmt-de-en", joint=joint)
    done = get_model(tmp_path / "models", folder, "--evaluation", pairs)
    assert done.returncode == 0, done.stderr
    assert "quickmt, de to en. Licence: cc-by-4.0." in done.stdout
    made = tmp_path / "models" / "quickmt-de-en"
    assert card(made)["source_suffix"] == []
    assert card(made)["license"] == "cc-by-4.0"
    assert (made / "README.md").exists()  # whom to name
    tokens, text = answer(made, "Guten Tag!")
    # As quickmt's own program asks: the pieces alone, which the tokenizer's target side joins.
    assert tokens[-1] != "</s>"
    assert text == tiny.said(folder, tokens, made / "target.spm")
    # Installed once, it is a source as well, and is asked the same.
    again = get_model(tmp_path / "again", made, "mine", "--evaluation", pairs)
    assert again.returncode == 0, again.stderr
    assert answer(tmp_path / "again" / "mine", "Guten Tag!") == (tokens, text)


def test_the_other_models_tokenizers_are_refused(tmp_path: Path) -> None:
    folder = tiny.write_quickmt(tmp_path / "quickmt-de-en")
    shutil.copyfile(marian.MODEL / "source.spm", folder / "src.spm.model")
    done = get_model(tmp_path / "models", folder)
    assert done.returncode == 1
    assert "src.spm.model is not the tokenizer of this model" in done.stderr
    assert not list((tmp_path / "models").iterdir())


def test_a_second_model_for_a_pair_replaces_the_first_or_is_refused(
    tmp_path: Path, pairs: Path
) -> None:
    models = tmp_path / "models"
    folder = tiny.write_quickmt(tmp_path / "quickmt-de-en")
    assert get_model(models, folder, "first", "--evaluation", pairs).returncode == 0
    refused = get_model(models, folder, "second", "--evaluation", pairs)
    assert refused.returncode == 1
    assert "first translates de to en already" in refused.stderr
    assert [path.name for path in models.iterdir()] == ["first"]
    done = get_model(models, folder, "second", "--evaluation", pairs, "--replace")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in models.iterdir()] == ["second"]
    assert translations(models / "second")[0]
