"""scripts/get-model: from each kind of source, and whatever goes wrong."""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests import marian, torch_format
from translator.engine import Decoding, Engine

ROOT = Path(__file__).parent.parent.parent
SENTENCES = ("Guten Tag!", "Ich möchte das sehen.", "Der alte Mann wartet auf den Zug nach Berlin.")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip as OPUS-MT has them, with 4,000 tokens that are no target's."""
    folder = marian.write_archive(tmp_path_factory.mktemp("opus") / "opus", more_tokens=4000)
    file = folder.with_suffix(".zip")
    with zipfile.ZipFile(file, "w") as made:
        for path in sorted(folder.iterdir()):
            made.write(path, path.name)
    return file


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small evaluation set, so that judging takes seconds."""
    whole = ROOT / "translator" / "install" / "evaluation.tsv"
    file = tmp_path_factory.mktemp("pairs") / "pairs.tsv"
    file.write_text("\n".join(whole.read_text("utf-8").splitlines()[:150]) + "\n", "utf-8")
    return file


MODULE = (sys.executable, "-P", "-m", "translator.install")


def environment(models: Path) -> dict[str, str]:
    return os.environ | {"MODELS_DIR": str(models), "PYTHONPATH": str(ROOT)}


def get_model(
    models: Path, *arguments: str | Path, command: Sequence[str] = MODULE, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    models.mkdir(exist_ok=True)
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
    engine = Engine(folder, inter_threads=1, intra_threads=1)
    answers = [
        engine.translate([engine.encode(each)], Decoding(4))[0][0].text for each in SENTENCES
    ]
    engine.close()
    return answers


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
    assert card == {"name": "mine", "source": "de", "target": "en"}


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
        done = get_model(tmp_path / "models", checkpoint, checkpoint.name, "--no-shortlist")
        assert done.returncode == 0, done.stderr
    a, b = tmp_path / "models" / "a", tmp_path / "models" / "b"
    for name in ("model.bin", "shared_vocabulary.json"):
        assert (a / name).read_bytes() == (b / name).read_bytes()
    assert translations(b) == translations(marian.MODEL)


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


@pytest.fixture
def web(archive: Path) -> Iterator[Callable[[int], str]]:
    """The archive's address on a server that sends so many bytes less than it says."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = archive.read_bytes()
            if self.path == "/nothing":
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) - int(self.path[1:])])

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield lambda missing: f"http://127.0.0.1:{server.server_port}/{missing}"
        server.shutdown()
        thread.join()


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


YAML = {"garbled": b"\xff: {", "unreadable": b"a: [b: {"}


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("missing", "There is no file or folder"),
        ("cut", "not a whole zip archive"),
        ("checksum", "another checksum"),
        ("empty", "has no source.spm"),
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


@pytest.mark.parametrize("kind", ["address", "archive", "checkpoint", "ready"])
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
    }
    source = sources[kind]
    done = get_model(models, source, "mine", "--no-shortlist", command=SMALL_DISK)
    assert done.returncode == 1
    assert f"{source} could not be installed: [Errno {errno.EFBIG}]" in done.stderr
    assert "are as they were" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in models.iterdir()] == ["mine"]
    assert translations(models / "mine") == translations(marian.MODEL)


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
    _, said = half_way.communicate(timeout=60)
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
