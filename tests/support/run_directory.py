"""A folder as scripts/up makes it: processes by their pid files, and the database by its socket."""

import os
import select
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymysql
import pymysql.cursors

STOP_SECONDS = 30


@dataclass
class RunDirectory:
    """Instance that runs in a folder, looked into and disturbed from outside."""

    run_dir: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="translation-")))

    @property
    def secrets_dir(self) -> Path:
        """The folder of db_root_password, db_user and db_password."""
        return self.run_dir / "secrets"

    @property
    def socket(self) -> Path:
        """The database's socket, by the name that everybody knows."""
        return self.run_dir / "db.sock"

    def pid(self, name: str) -> int:
        """Give the process id of "web", "translator" or "database"."""
        return int((self.run_dir / f"{name}.pid").read_text().split()[0])

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to one process and wait until it is gone."""
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
            unix_socket=str(self.socket),
            ssl_disabled=True,  # to read all certificates takes 20 ms each time
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
            unix_socket=str(self.socket),
            ssl_disabled=True,  # to read all certificates takes 20 ms each time
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
