"""An archive of OPUS-MT, as a file and on the web."""

import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support import marian


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip as OPUS-MT has them, with 4,000 tokens that are no target's."""
    folder = marian.write_archive(tmp_path_factory.mktemp("opus") / "opus", more_tokens=4000)
    file = folder.with_suffix(".zip")
    with zipfile.ZipFile(file, "w") as made:
        for path in sorted(folder.iterdir()):
            made.write(path, path.name)
    return file


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
