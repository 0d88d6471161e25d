"""scripts/get-model and the engine: models that are told their languages by tokens."""

from collections.abc import Callable, Sequence
from pathlib import Path

import ctranslate2
import pytest

from tests.support import tiny
from tests.support.installing import get_model
from translator.inference.alignment import links
from translator.inference.engine import Decoding, Engine

TEXT = "Ich möchte das sehen."


def nllb(folder: Path) -> tuple[Path, list[str], list[str]]:
    return tiny.write_nllb(folder), ["deu_Latn"], ["eng_Latn"]


def m2m100(folder: Path) -> tuple[Path, list[str], list[str]]:
    return tiny.write_m2m100(folder), ["__de__"], ["__en__"]


def madlad(folder: Path) -> tuple[Path, list[str], list[str]]:
    return tiny.write_madlad(folder), ["▁", "<2en>"], []


Written = tuple[Path, list[str], list[str]]


@pytest.mark.parametrize("write", [nllb, m2m100, madlad])
def test_a_model_of_many_languages(tmp_path: Path, write: Callable[[Path], Written]) -> None:
    folder, before, start = write(tmp_path / "many")
    options = ("--pair", "de", "en", "--no-shortlist", "--accept-license")
    done = get_model(tmp_path / "models", folder, "mine", *options)
    assert done.returncode == 0, done.stderr
    made = tmp_path / "models" / "mine"
    engine = Engine(made, inter_threads=1, intra_threads=1)
    tokens = engine.encode(TEXT)
    pieces = tokens[len(before) : -1]
    assert tokens == [*before, *pieces, "</s>"]
    ((best,),) = engine.translate([tokens], Decoding(4))
    # As the publisher's own program asks, which is told the same tokens.
    assert best.text == tiny.said(folder, tokens, made / "target.spm", start=start)
    assert not set(start) & set(best.text.split())
    # Neighbours in a batch change nothing.
    other = [engine.encode(each) for each in ("Was hat Tom mitgebracht?", "Guten Tag!")]
    for row in other:
        ((alone,),) = engine.translate([row], Decoding(4))
        (beside, *_) = engine.translate([row, row], Decoding(4))
        assert beside == (alone,)
    assert engine.spelled(tokens) == TEXT
    engine.close()


@pytest.mark.parametrize("write", [nllb, madlad])
def test_an_alignment_is_without_the_language_tokens(
    tmp_path: Path, write: Callable[[Path], Written]
) -> None:
    folder, before, start = write(tmp_path / "many")
    options = ("--pair", "de", "en", "--no-shortlist", "--accept-license")
    assert get_model(tmp_path / "models", folder, "mine", *options).returncode == 0
    engine = Engine(tmp_path / "models" / "mine", inter_threads=1, intra_threads=1)
    tokens = engine.encode(TEXT)
    ((best,),) = engine.translate([tokens], Decoding(4, attention=True, coverage=True))
    engine.close()
    said, attention = _attended(folder, tokens, start)
    assert all(len(row) == len(tokens) for row in attention)
    expected = links(
        tokens[len(before) : -1],
        said[len(start) :],
        [row[len(before) :] for row in attention[len(start) :]],
    )
    assert best.alignment == expected
    assert all(link.last <= len(TEXT) for link in best.alignment)


def _attended(
    folder: Path, tokens: Sequence[str], start: list[str]
) -> tuple[list[str], list[list[float]]]:
    model = ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=1)
    (result,) = model.translate_batch(
        [list(tokens)],
        [start] if start else None,
        beam_size=4,
        disable_unk=True,
        max_input_length=0,
        return_attention=True,
    )
    model.unload_model()
    return result.hypotheses[0], result.attention[0]


def test_another_target_gives_another_translation(tmp_path: Path) -> None:
    folder = tiny.write_nllb(tmp_path / "many")
    said = []
    for target in ("en", "fr"):
        options = ("--pair", "de", target, "--no-shortlist", "--accept-license")
        done = get_model(tmp_path / "models", folder, f"de-{target}", *options)
        assert done.returncode == 0, done.stderr
        engine = Engine(tmp_path / "models" / f"de-{target}", inter_threads=1, intra_threads=1)
        ((best,),) = engine.translate([engine.encode(TEXT)], Decoding(4))
        engine.close()
        said.append(best.text)
    assert said[0] != said[1]
    # The weights of both are one file.
    weights = {path.stat().st_ino for path in (tmp_path / "models").glob("*/model.bin")}
    assert len(weights) == 1


def test_a_licence_that_forbids_some_uses_has_to_be_accepted(tmp_path: Path) -> None:
    folder = tiny.write_nllb(tmp_path / "many")
    (folder / "README.md").unlink()  # it is known of the family as well
    done = get_model(tmp_path / "models", folder, "mine", "--pair", "de", "en")
    assert done.returncode == 1
    assert "Licence: cc-by-nc-4.0." in done.stdout
    assert "--accept-license" in done.stderr
    assert not list((tmp_path / "models").iterdir())


def test_a_language_that_the_model_does_not_know(tmp_path: Path) -> None:
    folder = tiny.write_m2m100(tmp_path / "many")
    done = get_model(tmp_path / "models", folder, "mine", "--pair", "de", "ja")
    assert done.returncode == 1
    assert "The model (M2M100) has no token for ja. It knows 7 languages" in done.stderr
    code = get_model(tmp_path / "models", folder, "mine", "--pair", "de", "Japanese")
    assert code.returncode == 2
    assert "'Japanese' is no language code" in code.stderr
    assert not list((tmp_path / "models").iterdir())


def test_a_model_without_tokenizers(tmp_path: Path) -> None:
    folder = tiny.write_madlad(tmp_path / "many")
    (folder / "spiece.model").unlink()
    done = get_model(tmp_path / "models", folder, "mine")
    assert done.returncode == 1
    assert "has no tokenizers. Known are source.spm and target.spm, " in done.stderr
    assert "sentencepiece.model, spiece.model." in done.stderr
