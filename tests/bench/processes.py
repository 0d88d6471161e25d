"""The services that a benchmark measures, as processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 180
STOP_SECONDS = 30
REQUEST_SECONDS = 900
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running service and a client of it."""

    process: subprocess.Popen[bytes]
    http: httpx.Client
    started_in: float

    def translate(self, text: str) -> dict[str, Any]:
        """The answer of `POST /translate`."""
        answer = self.http.post("/translate", json={"text": text})
        answer.raise_for_status()
        result: dict[str, Any] = answer.json()
        return result

    def cpu_seconds(self) -> float:
        """Processor time of the service so far."""
        fields = (
            Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak_megabytes(self) -> float:
        """The most memory that it has had at once."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
        raise RuntimeError("the kernel reports no VmHWM")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let another have the cores: the service is stopped and continued."""
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
            yield Server(process, http, time.perf_counter() - began)
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
