"""Whatever goes wrong while a model is installed: it is said, and the old model stays."""

import errno
import os
import shutil
import signal
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import marian, tiny
from tests.support.installing import MODULE, environment, get_model, translations
from tests.support.instance import ROOT

YAML = {"garbled": b"\xff: {", "unreadable": b"a: [b: {"}


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("missing", "There is no file or folder"),
        ("cut", "not a whole zip archive"),
        ("checksum", "another checksum"),
        ("empty", "holds neither an OPUS-MT model"),
        ("no-weights", "opus.npz"),
        ("garbled", "holds no whole model"),
        ("unreadable", "holds no whole model"),
        ("half-weights", "holds no whole model"),
    ],
)
def test_what_goes_wrong_is_said_and_the_old_model_stays(
    archive: Path, tmp_path: Path, damage: str, what: str
) -> None:
    models, broken = tmp_path / "models", tmp_path / "broken.zip"
    shutil.copytree(marian.MODEL, models / "mine")
    arguments: list[str | Path] = [broken, "mine", "--no-shortlist"]
    if damage == "cut":
        broken.write_bytes(archive.read_bytes()[:-5000])
    elif damage == "checksum":
        broken.write_bytes(archive.read_bytes())
        arguments += ["--sha256", "0" * 64]
    elif damage != "missing":
        with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(broken, "w") as part:
            for name in whole.namelist():
                if damage == "empty" or (damage == "no-weights" and name.endswith(".npz")):
                    continue
                data = whole.read(name)
                if damage == "half-weights" and name.endswith(".npz"):
                    data = data[: len(data) // 2]
                if damage in YAML and name.endswith(".yml"):
                    data = YAML[damage]
                part.writestr(name, data)
    done = get_model(models, *arguments)
    assert done.returncode == 1
    assert what in done.stderr
    assert "are as they were" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in models.iterdir()] == ["mine"]
    assert translations(models / "mine")[0]


def test_what_an_interrupted_run_took_away_comes_back(tmp_path: Path) -> None:
    left = tmp_path / ".installing-x"
    shutil.copytree(marian.MODEL, left / "old=mine")
    assert get_model(tmp_path, tmp_path / "nothing", "other").returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert translations(tmp_path / "mine")[0]


# A disk that is full at 1,000 KiB, as far as one file can tell: it stops each write where a limit
# is reached, and needs neither a file system of its own nor the right to mount one.
SMALL_DISK = ("bash", "-c", 'ulimit -f 1000; exec "$@"', "bash", *MODULE)


@pytest.mark.parametrize("kind", ["address", "archive", "checkpoint", "ready", "package"])
def test_a_full_disk_is_said_and_the_old_model_stays(
    archive: Path, web: Callable[[int], str], tmp_path: Path, kind: str
) -> None:
    """It is full while the file is fetched, unpacked, converted or copied."""
    models = tmp_path / "models"
    shutil.copytree(marian.MODEL, models / "mine")
    sources: dict[str, str | Path] = {
        "address": web(0),
        "archive": archive,
        "checkpoint": marian.write_checkpoint(tmp_path / "hf"),
        "ready": marian.MODEL,
        "package": _package(tmp_path / "translate-de_en-1_0"),
    }
    source = sources[kind]
    done = get_model(models, source, "mine", "--no-shortlist", command=SMALL_DISK)
    assert done.returncode == 1
    assert f"{source} could not be installed: [Errno {errno.EFBIG}]" in done.stderr
    assert "are as they were" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in models.iterdir()] == ["mine"]
    assert translations(models / "mine") == translations(marian.MODEL)


def _package(folder: Path) -> Path:
    """The model as an Argos package."""
    shutil.copytree(marian.MODEL, folder / "model")
    shutil.copyfile(marian.MODEL / "source.spm", folder / "sentencepiece.model")
    (folder / "metadata.json").write_text('{"from_code": "de", "to_code": "en"}', "utf-8")
    return tiny.zipped(folder, folder.with_suffix(".argosmodel"))


@pytest.fixture
def half_way(archive: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that is to replace models/mine, when it has unpacked and converted the new one.

    It then wants to read the pairs, and the pipe that they are in has a writer that says nothing.
    """
    models, pairs = tmp_path / "models", tmp_path / "pairs.tsv"
    shutil.copytree(marian.MODEL, models / "mine")
    (tmp_path / "tmp").mkdir()
    os.mkfifo(pairs)
    process = subprocess.Popen(
        [
            "env",
            "--default-signal=INT,TERM",
            *MODULE,
            str(archive),
            "mine",
            "--evaluation",
            str(pairs),
        ],
        cwd=ROOT,
        env=environment(models) | {"TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

    def open_when_it_ends() -> None:
        process.wait()
        os.close(os.open(pairs, os.O_RDONLY | os.O_NONBLOCK))

    # Opening a pipe to write waits for who reads it; would the run end before, this would read.
    watch = threading.Thread(target=open_when_it_ends)
    watch.start()
    with process, pairs.open("w"):
        yield process
        process.kill()
    watch.join()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_run_leaves_the_old_model_and_the_next_one_succeeds(
    half_way: subprocess.Popen[str], archive: Path, tmp_path: Path, number: signal.Signals
) -> None:
    models = tmp_path / "models"
    assert half_way.poll() is None, half_way.communicate()
    (workshop,) = models.glob(".installing-*")
    assert (workshop / "whole" / "model.bin").exists()
    half_way.send_signal(number)
    try:
        _, said = half_way.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        # It came just before the run began to wait for the pipe, which only the next one ends.
        half_way.send_signal(number)
        _, said = half_way.communicate(timeout=20)
    if number == signal.SIGKILL:
        assert half_way.returncode == -number
        assert workshop.exists()
    else:
        assert half_way.returncode == 128 + number
        assert said == (
            f"Interrupted ({number.name}): mine is not installed."
            f" The models in {models} are as they were.\n"
        )
        assert [path.name for path in models.iterdir()] == ["mine"]
    assert not list((tmp_path / "tmp").iterdir())
    assert (models / "mine" / "README.md").exists()  # which only the old one has
    assert translations(models / "mine") == translations(marian.MODEL)
    done = get_model(models, archive, "mine", "--no-shortlist")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in models.iterdir()] == ["mine"]
    assert not (models / "mine" / "README.md").exists()
    assert translations(models / "mine") == translations(marian.MODEL)
