"""How fast a large TMX file is imported, in how much memory: `python -m tests.bench.memory_import`.

It makes a file of 100 MB (`--megabytes`), imports it into a private database, and again. One line
per figure.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.bench.memory_lookup import PAIR, Sentences
from tests.support.database import Database
from web.memory.tmx import TMX_TAIL, tmx_head


def main() -> None:
    """Make the file, import it twice, remove all of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=int, default=100)
    chosen = options.parse_args()
    with Database() as database, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.tmx"
        # By a process of its own: a child that is measured begins with its parent's most memory.
        with ProcessPoolExecutor(1, get_context("spawn")) as other:
            units = other.submit(write, path, chosen.megabytes * 1_000_000).result()
        size = path.stat().st_size
        print(f"{size / 1e6:.0f} MB, {units} units")
        for name in ("first", "again"):
            started = time.monotonic()
            peak = run(database, path)
            seconds = time.monotonic() - started
            (rows,) = database.query("SELECT COUNT(*) AS number FROM memory_entries")
            print(
                f"{name:6} {seconds:6.0f} s   {units / seconds:7.0f} units/s   "
                f"{size / 1e6 / seconds:5.2f} MB/s   peak {peak:.0f} MB   "
                f"{rows['number']} entries"
            )


def write(path: Path, size: int) -> int:
    """Write a file of so many bytes; how many units it has."""
    units = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(tmx_head(PAIR))
        for source in Sentences(seed=5).some(size):
            file.write(
                f'<tu creationdate="20260301T120000Z"><tuv xml:lang="de-DE"><seg>{source}</seg>'
                f'</tuv><tuv xml:lang="en-US"><seg>{source.upper()}</seg></tuv></tu>\n'
            )
            units += 1
            if file.tell() > size:
                break
        file.write(TMX_TAIL)
    return units


def run(database: Database, path: Path) -> float:
    """Import it by the program that operators use; the most memory that this took, in MB."""
    with path.open("rb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "web.memory"],
            stdin=file,
            env=os.environ
            | {
                "DB_SOCKET": str(database.address),
                "DB_USER_FILE": str(database.secrets_dir / "db_user"),
                "DB_PASSWORD_FILE": str(database.secrets_dir / "db_password"),
            },
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss / 1_000


if __name__ == "__main__":
    main()
