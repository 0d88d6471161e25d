"""scripts/get-model with a model's page on a hub: the files that it needs, checked."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support import tiny
from tests.support.installing import get_model

PAGE = "https://huggingface.co/quickmt/quickmt-de-en"
COMMIT = "36ca44f"


@contextmanager
def hub(folder: Path, asked: list[str], *, wrong: str = "", size: int = 0) -> Iterator[str]:
    """A hub with one repository; the checksum of the file `wrong` is none of its."""

    def described(path: Path) -> dict[str, object]:
        data = b"" if path.name == wrong else path.read_bytes()
        large = {"sha256": hashlib.sha256(data).hexdigest(), "size": size or path.stat().st_size}
        is_large = path.suffix in {".bin", ".model"}
        return {"rfilename": path.name} | ({"lfs": large} if is_large else {"size": 1})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.path == "/api/models/quickmt/quickmt-de-en?blobs=true":
                siblings = [described(path) for path in sorted(folder.iterdir())]
                siblings.append({"rfilename": "eole-model/model.00.safetensors", "size": 1})
                data = json.dumps({"sha": COMMIT, "siblings": siblings}).encode()
            else:
                path = folder / self.path.rpartition("/")[2]
                if not path.exists():
                    self.send_error(404)
                    return
                data = path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_of_the_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny.write_quickmt(tmp_path / "quickmt-de-en")
    (folder / "pytorch_model.bin").write_bytes(b"the same in another form")
    asked: list[str] = []
    with hub(folder, asked) as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        done = get_model(tmp_path / "models", PAGE, "--no-shortlist")
    assert done.returncode == 0, done.stderr
    names = {each.rpartition("/")[2] for each in asked[1:]}
    assert names == {
        "README.md",
        "config.json",
        "model.bin",
        "source_vocabulary.json",
        "src.spm.model",
        "target_vocabulary.json",
        "tgt.spm.model",
    }
    assert f"/quickmt/quickmt-de-en/resolve/{COMMIT}/model.bin" in asked
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["quickmt-de-en"]
    assert "quickmt, de to en. Licence: cc-by-4.0." in done.stdout


def test_a_file_that_is_another_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny.write_quickmt(tmp_path / "quickmt-de-en")
    with hub(folder, [], wrong="tgt.spm.model") as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        done = get_model(tmp_path / "models", PAGE)
    assert done.returncode == 1
    assert "tgt.spm.model has another checksum than the hub says" in done.stderr
    assert not list((tmp_path / "models").iterdir())


def test_a_disk_that_is_too_small_is_said_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny.write_quickmt(tmp_path / "quickmt-de-en")
    asked: list[str] = []
    with hub(folder, asked, size=10**18) as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        done = get_model(tmp_path / "models", PAGE)
    assert done.returncode == 1
    assert "the disk has room for" in done.stderr
    assert len(asked) == 1
    assert not list((tmp_path / "models").iterdir())


def test_a_repository_that_has_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with hub(folder, []) as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        none = get_model(tmp_path / "models", PAGE)
        missing = get_model(tmp_path / "models", f"{PAGE}-x")
    assert "names no model.bin, model.safetensors or pytorch_model.bin" in none.stderr
    assert "could not be fetched: HTTP Error 404" in missing.stderr
    assert "Traceback" not in none.stderr + missing.stderr
