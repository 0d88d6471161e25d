"""An instance of the product for tests: made by `scripts/up --no-docker`, used from outside."""

import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pymysql
import pymysql.cursors

ROOT = Path(__file__).parent.parent.parent
STOP_SECONDS = 30
ODD_PASSWORD = r"""it's "odd" \ 100 %s $HOME `id` #1 \n"""  # noqa: S105 - for tests


def free_port() -> int:
    """Give a port of 127.0.0.1 on which nothing listens.

    It is none of those that the system gives to outgoing connections: one of them could take it
    before it is used.
    """
    while True:
        port = secrets.choice(range(10_000, 32_000))
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@dataclass
class Instance:
    """Both services and their database as processes, with folders and ports of their own.

    In a `with` block they run; after it nothing of them is left.
    """

    run_dir: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="translation-")))
    web_port: int = field(default_factory=free_port)
    translator_port: int = field(default_factory=free_port)
    metrics_port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def web_url(self) -> str:
        """The address of the page and the public API."""
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def translator_url(self) -> str:
        """The address of the model service."""
        return f"http://127.0.0.1:{self.translator_port}"

    @property
    def metrics_url(self) -> str:
        """The inner port of web, which gives metrics to everybody."""
        return f"http://127.0.0.1:{self.metrics_port}"

    @property
    def secrets_dir(self) -> Path:
        """The folder of db_root_password, db_user and db_password."""
        return self.run_dir / "secrets"

    def __enter__(self) -> Self:
        try:
            self.up()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment in which scripts/up means this instance."""
        return (
            os.environ
            | {
                "PUBLISH": f"127.0.0.1:{self.web_port}",
                "TRANSLATOR_PORT": str(self.translator_port),
                "METRICS_PORT": str(self.metrics_port),
                "RUN_DIR": str(self.run_dir),
                "SECRETS_DIR": str(self.secrets_dir),
            }
            | self.settings
            | more
        )

    def run(self, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run scripts/up --no-docker with these options, whatever its outcome."""
        return subprocess.run(
            [ROOT / "scripts/up", "--no-docker", *options],
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def run_after(self, preparation: str, *outer: str) -> "subprocess.CompletedProcess[str]":
        """Run it in a shell, below the command `outer`, that has done `preparation` before."""
        return subprocess.run(
            [*outer, "bash", "-c", f'{preparation} && exec "$0" --no-docker', ROOT / "scripts/up"],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def up(self) -> None:
        """Start what is not running and wait until both services are healthy."""
        result = self.run()
        assert result.returncode == 0, result.stderr

    def stop(self) -> None:
        """Stop everything; the data stays."""
        result = self.run("--stop")
        assert result.returncode == 0, result.stderr

    def remove(self) -> None:
        """Stop everything and delete its folder."""
        self.stop()
        shutil.rmtree(self.run_dir)

    def pid(self, name: str) -> int:
        """Give the process id of "web", "translator" or "database"."""
        return int((self.run_dir / f"{name}.pid").read_text().split()[0])

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to one process and wait until it is gone; up() brings it back."""
        process = os.pidfd_open(self.pid(name))
        try:
            signal.pidfd_send_signal(process, how)
            gone, _, _ = select.select([process], [], [], STOP_SECONDS)
            assert gone, f"{name} still runs {STOP_SECONDS} s after {how.name}"
        finally:
            os.close(process)

    @contextmanager
    def stopped(self, name: str) -> Iterator[None]:
        """One process neither works nor goes away."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGSTOP)
        try:
            # Where the cores are busy its threads run on for a while after the signal.
            end = time.monotonic() + STOP_SECONDS
            while not _is_stopped(pid):
                assert time.monotonic() < end, f"{name} still runs {STOP_SECONDS} s after SIGSTOP"
                os.sched_yield()
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def disconnect(self) -> None:
        """End all other connections of the web service's account."""
        for each in self.query("SHOW PROCESSLIST"):
            if each["Info"] is None:
                with suppress(pymysql.err.OperationalError):  # it has ended by itself
                    self.query("KILL %s", each["Id"])

    @contextmanager
    def root(self) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
        """Give what runs a statement as the database's root, over one connection."""
        with pymysql.connect(
            unix_socket=str(self.run_dir / "db.sock"),
            user="root",
            password=(self.secrets_dir / "db_root_password").read_text().strip(),
            autocommit=True,
        ) as connection:
            cursor = connection.cursor()

            def run(sql: str, *values: object) -> list[tuple[Any, ...]]:
                cursor.execute(sql, values)
                return list(cursor.fetchall())

            yield run

    def query(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Run one statement as the web service's account; its rows as dictionaries."""
        with pymysql.connect(
            unix_socket=str(self.run_dir / "db.sock"),
            user=(self.secrets_dir / "db_user").read_text().strip(),
            password=(self.secrets_dir / "db_password").read_text().strip(),
            database="translation",
            charset="utf8mb4",
            autocommit=True,
            cursorclass=pymysql.cursors.DictCursor,
        ) as connection:
            cursor = connection.cursor()
            cursor.execute(sql, values)
            return list(cursor.fetchall())


def _is_stopped(pid: int) -> bool:
    """Whether all threads of a process are (man 5 proc: the third field of `stat`)."""
    try:
        states = [each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/stat")]
    except (FileNotFoundError, ProcessLookupError):  # a thread that has just ended
        return False
    return all(state.rpartition(") ")[2].startswith("T") for state in states)
