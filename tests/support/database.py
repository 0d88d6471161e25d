"""A private MariaDB for tests, made of the files in db/ as scripts/up does it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pymysql

from tests.support import needs
from tests.support.instance import ROOT
from tests.support.run_directory import RunDirectory

# Bytes that a socket's name may have, with a zero at its end (man 7 unix).
MOST_ADDRESS = 108
PREPARE = """
set -euo pipefail
. scripts/lib/setup.sh
. scripts/lib/processes.sh
. scripts/lib/mariadb.sh
run=$RUN_DIR PATH=$PATH:/usr/sbin
"""
START = """
make_secrets
export DB_USER_FILE=$SECRETS_DIR/db_user DB_PASSWORD_FILE=$SECRETS_DIR/db_password
[[ -d $run/data ]] || make_database
running database >/dev/null || start_database "$run/data"
await database sql "$(cat "$DB_USER_FILE")" "$DB_PASSWORD_FILE" translation --execute \
    'SELECT 1 FROM schema_migrations'
"""
STOP = "finish database 60"


@dataclass
class Database(RunDirectory):
    """A server with the tables and the account of the product, and without rows.

    In a `with` block it runs; after it nothing of it is left.
    """

    @property
    def address(self) -> Path:
        """The socket's name for everybody."""
        return super().socket

    @property
    def socket(self) -> Path:
        """The socket by the name that it has now."""
        return self._hidden if self._hidden.exists() else self.address

    @property
    def _hidden(self) -> Path:
        return self.run_dir / "db.away"

    def __enter__(self) -> Self:
        try:
            needs.mariadb()
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def start(self) -> None:
        """Start it, if it does not run, and wait until the account can read the tables."""
        length = len(os.fsencode(self.address))
        assert length < MOST_ADDRESS, f"{self.address} is too long for a socket; set TMPDIR"
        self._run(START)

    def remove(self) -> None:
        """Stop it and delete its folder."""
        self._run(STOP)
        shutil.rmtree(self.run_dir)

    def empty(self) -> None:
        """Delete all rows; passages, sentences and documents go with their translations.

        Work that a stopped service left unfinished ends first, with its locks.
        """
        self._disconnect_all()
        self.query("DELETE FROM translations")
        self.query("DELETE FROM spending")
        self.query("DELETE FROM glossaries")
        self.query("DELETE FROM memories")
        self.query("DELETE FROM memory_features")

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nobody reaches it while the block runs, and all connections have ended.

        It works on: its socket has another name for so long.
        """
        self.address.rename(self._hidden)
        try:
            self._disconnect_all()
            yield
        finally:
            self._hidden.rename(self.address)

    def _disconnect_all(self) -> None:
        """End all connections but the server's own, those included that are just being opened."""
        others = (
            "SELECT id FROM information_schema.processlist "
            "WHERE id <> CONNECTION_ID() AND command <> 'Daemon' AND user <> 'system user'"
        )
        with self.root() as run:
            while found := run(others):
                for (number,) in found:
                    with suppress(pymysql.err.OperationalError):  # it has ended by itself
                        run("KILL %s", number)

    def _run(self, script: str) -> None:
        result = subprocess.run(
            ["bash", "-c", PREPARE + script, "database"],
            cwd=ROOT,
            env=os.environ | {"RUN_DIR": str(self.run_dir), "SECRETS_DIR": str(self.secrets_dir)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
