"""scripts/get-model: from each kind of source, and whatever goes wrong."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import marian, torch_format
from tests.support.installing import get_model, translations
from tests.support.instance import ROOT


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small evaluation set, so that judging takes seconds."""
    whole = ROOT / "translator" / "install" / "evaluation.tsv"
    file = tmp_path_factory.mktemp("pairs") / "pairs.tsv"
    file.write_text("\n".join(whole.read_text("utf-8").splitlines()[:150]) + "\n", "utf-8")
    return file


def test_an_archive_gets_the_shortlist_that_costs_nothing(
    archive: Path, pairs: Path, tmp_path: Path
) -> None:
    checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    done = get_model(tmp_path, archive, "opus-mt", "--evaluation", pairs, "--sha256", checksum)
    assert done.returncode == 0, done.stderr
    # The quarter and the half cost too much, all of the target's tokens cost nothing.
    assert done.stdout.count("tokens in the output layer") == 3
    assert ",000 of 12,000 tokens" in done.stdout
    assert "so +0.00" in done.stdout
    folder = tmp_path / "opus-mt"
    assert len(json.loads((folder / "target_vocabulary.json").read_text("utf-8"))) < 8_100
    assert len(json.loads((folder / "source_vocabulary.json").read_text("utf-8"))) == 12_000
    assert translations(folder) == translations(marian.MODEL)
    assert [path.name for path in tmp_path.iterdir()] == ["opus-mt"]


def test_a_checkpoint(tmp_path: Path) -> None:
    checkpoint = marian.write_checkpoint(tmp_path / "hf")
    done = get_model(tmp_path / "models", checkpoint, "mine", "--no-shortlist")
    assert done.returncode == 0, done.stderr
    assert translations(tmp_path / "models" / "mine") == translations(marian.MODEL)
    card = json.loads((tmp_path / "models" / "mine" / "model.json").read_text("utf-8"))
    shortest, longest = card.pop("lengths")
    assert card.pop("fast_beam") in {1, 2, 4}  # which one, a few sentences cannot tell
    assert done.stdout.count("tokens/s, BLEU ") == 3
    assert "quality=fast has a beam of " in done.stdout
    # The demonstration model changes figures, and carries stand-ins better.
    assert card == {"name": "mine", "source": "de", "target": "en", "stand_ins": True}
    assert 0.2 < shortest < 0.8
    assert 1.2 < longest < 3


def as_in_2020(folder: Path, tensors: dict[str, marian.Array]) -> None:
    """Tied weights under all of their names; positions, that Marian computes."""
    shared = tensors["model.shared.weight"]
    state = torch_format.state(tensors | {"model.encoder.embed_positions.weight": shared[:512]})
    for side in ("encoder", "decoder"):
        state[f"model.{side}.embed_tokens.weight"] = state["model.shared.weight"]
    torch_format.write_row(folder / "pytorch_model.bin", state)


def as_since_then(folder: Path, tensors: dict[str, marian.Array]) -> None:
    """The other format, in which the output layer has a name too."""
    state = torch_format.state(tensors)
    state["lm_head.weight"] = state["model.shared.weight"]
    torch_format.write_zip(folder / "pytorch_model.bin", state)


def under_one_name(folder: Path, tensors: dict[str, marian.Array]) -> None:
    """Of the names of tied weights only the last is kept; and a bias of zeros is left out."""
    rest = {name: array for name, array in tensors.items() if name != "final_logits_bias"}
    marian.write_safetensors(folder, rest | {"lm_head.weight": rest.pop("model.shared.weight")})


def beside_another(folder: Path, tensors: dict[str, marian.Array]) -> None:
    """Both files: the one in which there is no pickle is read."""
    marian.write_safetensors(folder, tensors)
    (folder / "pytorch_model.bin").write_bytes(b"")


@pytest.mark.parametrize("write", [as_in_2020, as_since_then, under_one_name, beside_another])
def test_a_checkpoint_of_every_age_gives_the_same_model(
    tmp_path: Path, write: Callable[[Path, dict[str, marian.Array]], None]
) -> None:
    plain, other = marian.write_checkpoint(tmp_path / "a"), tmp_path / "b"
    marian.write_checkpoint(other, write)
    for checkpoint in (plain, other):
        models = tmp_path / f"models-{checkpoint.name}"
        done = get_model(models, checkpoint, checkpoint.name, "--no-shortlist")
        assert done.returncode == 0, done.stderr
    a, b = tmp_path / "models-a" / "a", tmp_path / "models-b" / "b"
    for name in ("model.bin", "shared_vocabulary.json"):
        assert (a / name).read_bytes() == (b / name).read_bytes()
    assert translations(b) == translations(marian.MODEL)


def in_halves(folder: Path, tensors: dict[str, marian.Array]) -> None:
    """pytorch_model.bin in half precision, as all of the tc-big family have it."""
    halves = {name: array.astype("<f2") for name, array in tensors.items()}
    torch_format.write_zip(folder / "pytorch_model.bin", torch_format.state(halves))


def in_safe_halves(folder: Path, tensors: dict[str, marian.Array]) -> None:
    marian.write_safetensors(folder, tensors, "F16")


@pytest.mark.parametrize("write", [in_halves, in_safe_halves])
def test_a_checkpoint_of_the_tc_big_family(
    tmp_path: Path, write: Callable[[Path, dict[str, marian.Array]], None]
) -> None:
    checkpoint = marian.write_tc_big(tmp_path / "opus-mt-tc-big-de-en", write)
    done = get_model(tmp_path / "models", checkpoint, "--no-shortlist")
    assert done.returncode == 0, done.stderr
    assert "Licence: cc-by-4.0." in done.stdout
    folder = tmp_path / "models" / "opus-mt-tc-big-de-en"
    source = json.loads((folder / "source_vocabulary.json").read_text("utf-8"))
    target = json.loads((folder / "target_vocabulary.json").read_text("utf-8"))
    assert target == source[::-1]  # and the <pad> is in neither
    assert translations(folder) == translations(marian.MODEL)


def test_a_model_of_several_targets_is_told_which(tmp_path: Path) -> None:
    targets = (">>eng<<", ">>fra<<")
    checkpoint = marian.write_tc_big(tmp_path / "hf", in_safe_halves, targets)
    models = tmp_path / "models"
    done = get_model(models, checkpoint, "mine", "--no-shortlist", "--pair", "deu", "eng")
    assert done.returncode == 0, done.stderr
    card = json.loads((models / "mine" / "model.json").read_text("utf-8"))
    assert (card["source"], card["target"]) == ("de", "en")
    assert card["source_prefix"] == [">>eng<<"]
    none = get_model(models, checkpoint, "other", "--no-shortlist", "--pair", "de", "es")
    assert none.returncode == 1
    assert "has no token for es. It knows 2 languages: en fr." in none.stderr


def garbled(folder: Path, tensors: dict[str, marian.Array]) -> None:
    as_in_2020(folder, tensors)
    data = (folder / "pytorch_model.bin").read_bytes()
    (folder / "pytorch_model.bin").write_bytes(data[:-1])


def malicious(folder: Path, _tensors: dict[str, marian.Array]) -> None:
    call = torch_format.Call(torch_format.Name("os", "system"), (f"touch {folder}/run",))
    torch_format.write_row(folder / "pytorch_model.bin", {"model.shared.weight": call})


def cloned_without_lfs(folder: Path, _tensors: dict[str, marian.Array]) -> None:
    text = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 298763941\n"
    (folder / "pytorch_model.bin").write_text(text, "utf-8")


def nameless(folder: Path, tensors: dict[str, marian.Array]) -> None:
    state = torch_format.state({"bias": tensors["final_logits_bias"]})
    torch_format.write_zip(folder / "pytorch_model.bin", state)


@pytest.mark.parametrize(
    ("write", "what"),
    [
        (garbled, "bytes of numbers where"),
        (malicious, "names os.system"),
        (cloned_without_lfs, "git lfs pull"),
        (nameless, "has no model.shared.weight"),
    ],
)
def test_a_checkpoint_that_cannot_be_read(
    tmp_path: Path, write: Callable[[Path, dict[str, marian.Array]], None], what: str
) -> None:
    models, checkpoint = tmp_path / "models", tmp_path / "hf"
    shutil.copytree(marian.MODEL, models / "mine")
    done = get_model(models, marian.write_checkpoint(checkpoint, write), "mine")
    assert done.returncode == 1
    assert what in done.stderr
    assert "are as they were" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkpoint / "run").exists()
    assert [path.name for path in models.iterdir()] == ["mine"]


def test_a_model_of_ctranslate2_is_taken_as_it_is(tmp_path: Path) -> None:
    done = get_model(tmp_path / "models", marian.MODEL, "mine", "--pair", "de", "en")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "models" / "mine"
    assert (folder / "model.bin").read_bytes() == (marian.MODEL / "model.bin").read_bytes()
    assert translations(folder) == translations(marian.MODEL)


def test_the_script_takes_names_from_where_it_is_called(tmp_path: Path) -> None:
    marian.write_checkpoint(tmp_path / "hf")
    models = tmp_path / "models"
    script = str(ROOT / "scripts" / "get-model")
    done = get_model(models, "hf", "mine", "--no-shortlist", command=[script], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Guten Tag! → " in done.stdout
    assert (models / "mine" / "model.bin").exists()


def test_an_archive_on_the_web(web: Callable[[int], str], tmp_path: Path) -> None:
    done = get_model(tmp_path, web(0), "mine", "--no-shortlist")
    assert done.returncode == 0, done.stderr
    assert translations(tmp_path / "mine") == translations(marian.MODEL)
    cut = get_model(tmp_path, web(5000), "mine")
    assert cut.returncode == 1
    assert "5,000 bytes did not come" in cut.stderr
    nothing = get_model(tmp_path, web(0)[:-1] + "nothing", "mine")
    assert "could not be fetched: HTTP Error 404" in nothing.stderr
    nobody = get_model(tmp_path, "http://127.0.0.1:9/opus.zip", "mine")
    assert "could not be fetched" in nobody.stderr
    assert "Traceback" not in cut.stderr + nothing.stderr + nobody.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_new_one_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    checkpoint = marian.write_checkpoint(tmp_path / "hf")
    models = tmp_path / "models"
    shutil.copytree(marian.MODEL, models / "mine")
    (models / "mine" / "of-the-old-one").touch()
    assert get_model(models, checkpoint, "mine", "--no-shortlist").returncode == 0
    assert not (models / "mine" / "of-the-old-one").exists()
    assert [path.name for path in models.iterdir()] == ["mine"]
