"""The services that a benchmark measures, as processes of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 180
STOP_SECONDS = 30
REQUEST_SECONDS = 900
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_megabytes(pid: int) -> float:
    """The most memory that a process has had at once."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    raise RuntimeError("the kernel reports no VmHWM")


@dataclass
class Server:
    """A running service and a client of it."""

    process: subprocess.Popen[bytes]
    http: httpx.Client
    connection: HTTPConnection
    started_in: float

    def translate(self, text: str) -> dict[str, Any]:
        """The answer of `POST /translate`.

        By the standard library's client: httpx takes a millisecond more of its own for each
        request, which is not what is measured.
        """
        self.connection.request(
            "POST", "/translate", json.dumps({"text": text}), {"Content-Type": "application/json"}
        )
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"the service answered {answer.status}")
        result: dict[str, Any] = json.loads(body)
        return result

    def cpu_seconds(self) -> float:
        """Processor time of the service so far."""
        return cpu_seconds(self.process.pid)

    def peak_megabytes(self) -> float:
        """The most memory that it has had at once."""
        return peak_megabytes(self.process.pid)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let another have the cores: the service is stopped and continued."""
        self.connection.close()  # the service would let go of it meanwhile
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def serving(module: str, first: dict[str, Any], **settings: str) -> Iterator[Server]:
    """Run `python -m module` on a port of its own until the block ends.

    `first` is the body of a `POST /translate`; `started_in` is the seconds from the start of
    the process to its answer. Raises RuntimeError when the service ends or does not answer.
    """
    port = str(_free_port())
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=os.environ | {"PORT": port} | settings,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=REQUEST_SECONDS) as http:
            _until_it_answers(process, http, first)
            started_in = time.perf_counter() - began
            with closing(HTTPConnection("127.0.0.1", int(port), timeout=REQUEST_SECONDS)) as plain:
                yield Server(process, http, plain, started_in)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _until_it_answers(
    process: subprocess.Popen[bytes], http: httpx.Client, first: dict[str, Any]
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            http.post("/translate", json=first).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"{process.args!r} did not answer in {START_SECONDS} s")
