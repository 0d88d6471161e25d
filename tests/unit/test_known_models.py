"""The models that are known for a pair: the table, and what is said of it."""

import re
from pathlib import Path

import pytest

from tests.support import marian
from translator.install.kinds import ARGOS, CHECKPOINT, OPUS_MT, QUICKMT, READY
from translator.install.known import FILES, KNOWN, known_models, listed, offline_instructions
from translator.install.language_codes import language_code

PAIR = ("de", "en")


def test_every_row_has_what_a_row_needs() -> None:
    rows = [row.split("\t") for row in KNOWN.read_text("utf-8").splitlines() if row[0] != "#"]
    assert len(rows) > 100
    names = [(row[0], row[1], row[2]) for row in rows]
    assert len(set(names)) == len(names)
    assert set(FILES) == {ARGOS, CHECKPOINT, OPUS_MT, QUICKMT, READY}
    for source, target, name, kind, address, size, parameters, licence, _, document, sums in rows:
        assert source == target == "*" or language_code(source) != language_code(target)
        assert re.fullmatch(r"[\w.-]+", name)
        assert kind in FILES
        assert address.startswith("https://")
        assert int(size or 1) > 0 < int(parameters or 1)
        assert licence == licence.lower()
        assert document
        assert all(re.fullmatch(r"[\w.]+=[0-9a-f]{64}", each) for each in sums.split())


def test_those_for_all_pairs_are_known_for_each() -> None:
    de_en = {each.name for each in known_models(PAIR)}
    assert {"quickmt-de-en", "argos-de-en", "opus-mt-de-en", "madlad400-3b-mt"} <= de_en
    assert "quickmt-en-de" not in de_en
    assert {each.name for each in known_models(("xx", "yy"))} < de_en


def test_the_list_names_sources_and_estimates_speed(tmp_path: Path) -> None:
    (tmp_path / "demo").symlink_to(marian.MODEL)
    lines = "\n".join(listed(PAIR, tmp_path))
    quickmt = lines.partition("quickmt-de-en (quickmt)")[2].partition("\nm2m100")[0]
    assert "https://huggingface.co/quickmt/quickmt-de-en" in quickmt
    assert "BLEU 44.16, chrF 68.83, COMET-22 88.9" in quickmt
    assert "quickmt/quickmt: docs/blogs/quickmt-vs-libretranslate.qmd" in quickmt
    assert re.search(r"roughly [\d,]+ tokens/s here", quickmt)
    assert "scripts/get-model https://huggingface.co/quickmt/quickmt-de-en quickmt-de-en" in quickmt
    nllb = lines.partition("nllb-200-distilled-600M (")[2]
    assert "nllb-200-distilled-600M --pair de en --accept-license" in nllb


def test_without_a_model_no_speed_is_told(tmp_path: Path) -> None:
    lines = "\n".join(listed(PAIR, tmp_path))
    assert "quickmt-de-en" in lines
    assert "tokens/s" not in lines


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("quickmt-de-en", "src.spm.model and tgt.spm.model"),
        ("quickmt-de-en", "SHA-256 of src.spm.model: 4a4a9e3dd26d"),
        ("opus-mt-de-en", "model.safetensors or pytorch_model.bin"),
        ("argos-de-en", "the .argosmodel itself"),
        ("nllb-200-distilled-600M", "--pair de en --accept-license"),
    ],
)
def test_the_instructions_name_files_and_the_command(name: str, said: str) -> None:
    text = "\n".join(offline_instructions(PAIR))
    part = text.partition(f"{name}: on a machine with a network")[2]
    part = part.partition(": on a machine with a network")[0]
    assert said in part
    assert "scripts/get-model F" in part
    assert name in part.partition("scripts/get-model")[2]
