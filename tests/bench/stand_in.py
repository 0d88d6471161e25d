"""Stand-in for the translator that answers at once: `python -m tests.bench.stand_in PORT`.

So that much text goes through web as fast as web can, without a model.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from tests.support.fakes import NDJSON, Question, segments_of
from tests.support.instance import ROOT, Instance

MODEL = "stand-in-de-en"
START_SECONDS = 30


@contextmanager
def answering_at_once(instance: Instance) -> Iterator[None]:
    """A translator that answers at once, in the place of the instance's, which is ended."""
    instance.kill("translator")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.stand_in", str(instance.translator_port)], cwd=ROOT
    )
    # When it started is the field with which scripts/up tells whose process it is.
    stat = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    (instance.run_dir / "translator.pid").write_text(f"{process.pid} {stat[19]}\n", "ascii")
    try:
        _until_it_answers(instance.translator_url)
        yield
    finally:
        process.terminate()
        process.wait()


def _until_it_answers(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(httpx.TransportError):
            httpx.get(f"{url}/health").raise_for_status()
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers at {url}")


class _Handler(BaseHTTPRequestHandler):
    """The translator's interface, as web uses it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Models and health."""
        model = {"name": MODEL, "source": "de", "target": "en", "demonstration": False}
        self._answer({"status": "ok"} if self.path == "/health" else [model])

    def do_POST(self) -> None:
        """The text in capitals."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        streamed = NDJSON in self.headers.get("Accept", "")
        question = Question(
            body["text"], body["source"], body["target"], 0, body.get("sentences", True),
            background=False, known={}, streamed=streamed, request_id="",
        )  # fmt: skip
        found = list(segments_of(question))
        if streamed:
            lines = [json.dumps(each).encode() for each in (*found, {"model": MODEL})]
            self._send(b"\n".join(lines) + b"\n", NDJSON)
            return
        whole = "".join(each["target"] + each["separator"] for each in found)
        self._answer({"text": whole, "segments": found, "model": MODEL})

    def _answer(self, value: Any) -> None:
        self._send(json.dumps(value).encode(), "application/json")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Nothing."""


class _Server(ThreadingHTTPServer):
    """Server whose clients may go away, as web does when it is killed."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless the client has gone."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


if __name__ == "__main__":
    _Server(("127.0.0.1", int(sys.argv[1])), _Handler).serve_forever()
