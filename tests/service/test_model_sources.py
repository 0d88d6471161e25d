"""scripts/get-model: each publisher's files, installed and asked through the service's engine."""

import json
import re
import shutil
from collections.abc import Callable
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
    assert re.search(
        r"^Evaluation: BLEU \d+\.\d and chrF \d+\.\d on 2 pairs; [\d,]+ tokens/s here; at most \d+"
        r" MB of memory; 35 of 35 figures changed by the model alone,"
        r" 0 in silence with the checks\.$",
        done.stdout,
        re.MULTILINE,
    )
    made = tmp_path / "models" / "quickmt-de-en"
    assert card(made)["source_suffix"] == []
    assert card(made)["license"] == "cc-by-4.0"
    assert (made / "README.md").exists()  # whom to name
    tokens, text = answer(made, "Guten Tag!")
    # As quickmt's own program asks: the pieces alone, which the tokenizer's target side joins.
    assert tokens[-1] != "</s>"
    assert text == tiny.said(folder, tokens, made / "target.spm")
    wrong = get_model(tmp_path / "wrong", folder, "--pair", "fr", "en")
    assert "translates de to en, not fr to en" in wrong.stderr
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


def test_an_argos_package(tmp_path: Path, pairs: Path) -> None:
    folder = tiny.write_argos(tmp_path)
    archive = tiny.zipped(folder, tmp_path / "translate-de_en-1_0.argosmodel")
    done = get_model(tmp_path / "models", archive, "--evaluation", pairs)
    assert done.returncode == 0, done.stderr
    assert "Argos package, de to en. Licence: cc-by-4.0." in done.stdout
    made = tmp_path / "models" / "translate-de_en-1_0"
    assert not (made / "stanza").exists()
    tokens, text = answer(made, "Guten Tag!")
    assert tokens[-1] != "</s>"
    assert text == tiny.said(folder / "model", tokens, folder / "sentencepiece.model")


def test_all_packages_of_libretranslate(tmp_path: Path) -> None:
    packages = tmp_path / "share" / "argos-translate" / "packages"
    tiny.write_argos(packages, ("pb", "en"))
    tiny.write_argos(packages, ("en", "zt"), "1.9")
    tiny.write_argos(packages, ("en", "zt"), "1.10", target_prefix="")
    (tiny.write_argos(packages, ("en", "fr")) / "sentencepiece.model").write_bytes(b"no model")
    boundaries = packages / "sbd"
    boundaries.mkdir()
    (boundaries / "metadata.json").write_text('{"type": "sbd"}', "utf-8")
    models = tmp_path / "models"
    done = get_model(models, "--from-libretranslate", tmp_path)
    assert done.returncode == 1
    assert "translate-en_fr-1_0: " in done.stderr
    assert "1 of 3 packages could not be installed." in done.stderr
    assert "translate-en_zt-1_10" in done.stdout
    assert "translate-en_zt-1_9" not in done.stdout
    assert "Installed: argos-en-zh-Hant, argos-pt-BR-en." in done.stdout
    assert "Bom dia! → " in done.stdout
    # There are no pairs of these languages, and figures of English ones.
    first, second = (line for line in done.stdout.splitlines() if line.startswith("Evaluation: "))
    assert re.fullmatch(r"Evaluation: [\d,]+ tokens/s here; at most \d+ MB of memory.*", first)
    assert re.search(r"35 of 35 figures changed by the model alone, \d+ in silence", first)
    assert "figures" not in second
    assert {path.name for path in models.iterdir()} == {"argos-en-zh-Hant", "argos-pt-BR-en"}
    found = {(card(path)["source"], card(path)["target"]) for path in models.iterdir()}
    assert found == {("en", "zh-Hant"), ("pt-BR", "en")}


def no_packages(_: Path) -> str:
    return "holds no packages of Argos Translate"


def garbled_metadata(folder: Path) -> str:
    (folder / "package").mkdir(parents=True)
    (folder / "package" / "metadata.json").write_text("{", "utf-8")
    return "cannot be read"


@pytest.mark.parametrize("damage", [no_packages, garbled_metadata])
def test_an_installation_of_libretranslate_that_is_none(
    tmp_path: Path, damage: Callable[[Path], str]
) -> None:
    why = damage(tmp_path / "packages")
    done = get_model(tmp_path / "models", "--from-libretranslate", tmp_path)
    assert done.returncode == 1
    assert why in done.stderr
    assert "Traceback" not in done.stderr


def other_languages(folder: Path) -> str:
    tiny.write_argos(folder, ("fr", "en"))
    return "translates fr to en, not de to en"


def no_languages(folder: Path) -> str:
    tiny.write_argos(folder, from_code="")
    return "of no pair of languages"


def no_model(folder: Path) -> str:
    (tiny.write_argos(folder) / "model" / "model.bin").unlink()
    return "has no model/model.bin"


def several(folder: Path) -> str:
    tiny.write_argos(folder)
    tiny.write_argos(folder, ("fr", "en"))
    return "--from-libretranslate"


def other_architecture(folder: Path) -> str:
    path = tiny.write_argos(folder) / "model" / "model.bin"
    path.write_bytes(path.read_bytes().replace(b"TransformerSpec\0", b"WhisperSpec\0\0\0\0\0"))
    return "another architecture (Whisper)"


def no_model_file(folder: Path) -> str:
    (tiny.write_argos(folder) / "model" / "model.bin").write_bytes(b"\0" * 100)
    return "is no model of CTranslate2"


def no_sentencepiece(folder: Path) -> str:
    (tiny.write_argos(folder) / "sentencepiece.model").unlink()
    return "has no sentencepiece.model"


@pytest.mark.parametrize(
    "damage",
    [
        other_languages,
        no_languages,
        no_model,
        several,
        other_architecture,
        no_model_file,
        no_sentencepiece,
    ],
)
def test_packages_that_cannot_be_taken(tmp_path: Path, damage: Callable[[Path], str]) -> None:
    why = damage(tmp_path / "packages")
    done = get_model(tmp_path / "models", tmp_path / "packages", "--pair", "de", "en")
    assert done.returncode == 1
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "models").iterdir())


def test_an_argos_package_with_byte_pairs(tmp_path: Path, pairs: Path) -> None:
    folder = tiny.write_argos_bpe(tmp_path / "packages")
    done = get_model(tmp_path / "models", folder, "mine", "--evaluation", pairs)
    assert done.returncode == 0, done.stderr
    made = tmp_path / "models" / "mine"
    tokens, text = answer(made, "Tom, das ist gut!")
    assert "".join(tokens).replace("@@", "") == "Tom,dasistgut!"
    assert any(token.endswith("@@") for token in tokens)
    assert text
    assert "@@" not in text
    assert answer(made, "Tom, das ist gut!") == (tokens, text)
    # Installed once, it is a source as well.
    again = get_model(tmp_path / "again", made, "mine", "--evaluation", pairs)
    assert again.returncode == 0, again.stderr
    assert answer(tmp_path / "again" / "mine", "Tom, das ist gut!") == (tokens, text)
    (folder / "bpe.model").write_text("#version: 0.2\nq x</w>\n", "utf-8")
    other = get_model(tmp_path / "other", folder, "mine")
    assert other.returncode == 1
    assert "bpe.model is not the tokenizer of this model" in other.stderr
