"""Spool: translations that could not be stored wait in files until the database is back.

A file is written whole or not at all, and deleted after its translation is in the database. The
database refuses a request key that it has, so a file that is stored twice (after a crash, or by
two replicas that share the folder) makes one translation.
"""

import asyncio
import json
import logging
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from web.errors import StoreUnavailableError
from web.telemetry.supervision import Supervisor
from web.translation.store import NewTranslation, Store

log = logging.getLogger(__name__)

# Most files that are kept: the folder must not fill the disk while nobody looks.
MOST_FILES = 10_000
# Pause after a failed attempt to store a file.
RETRY_SECONDS = 1.0
# Age at which a file that is half written is deleted: its writer has died.
FORSAKEN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class SpooledTranslation:
    """Spooled translation of one passage. `created_at` is UTC, ISO 8601; `score` from 0 to 1."""

    new: NewTranslation
    created_at: str
    source: str
    target: str
    score: float | None
    spans: str | None = None


_DONE = TypeAdapter(SpooledTranslation)


class Spool:
    """Spool: a folder of translations that are not stored yet."""

    def __init__(self, folder: Path, store: Store) -> None:
        """Use `running_spool` instead. The folder is made when it is first needed."""
        self._folder = folder
        self._store = store
        self._kept = asyncio.Event()

    async def keep(
        self, new: NewTranslation, source: str, target: str, score: float | None, spans: str
    ) -> bool:
        """Write a translation to the folder; False, and a warning in the log, when that fails."""
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
        try:
            await asyncio.to_thread(
                self._write, SpooledTranslation(new, now, source, target, score, spans)
            )
        except OSError as error:
            log.warning("the spool cannot be written: %s", error.strerror)
            return False
        self._kept.set()
        return True

    async def waiting(self) -> int:
        """How many translations are not stored yet."""
        return len(await asyncio.to_thread(self._files))

    async def run(self) -> None:
        """Store the files of the folder, now and whenever one is added. Until cancelled.

        Raises the unexpected error of a file, after the turn of all others.
        """
        await asyncio.to_thread(self._sweep)
        while True:
            self._kept.clear()
            left = False
            unexpected: Exception | None = None
            for path in await asyncio.to_thread(self._files):
                try:
                    await self._store_one(path)
                except StoreUnavailableError:
                    left = True  # the next file's turn, so that none stands in the others' way
                    await asyncio.sleep(RETRY_SECONDS)
                except Exception as error:  # noqa: BLE001 - raised below
                    unexpected = error
            if unexpected:
                raise unexpected
            if not left:
                await self._kept.wait()

    async def _store_one(self, path: Path) -> None:
        """Store one file. Raises StoreUnavailableError."""
        done = await asyncio.to_thread(_read, path)
        if done is None:
            return
        try:
            await self._store.save_done(
                done.new, done.source, done.target, done.score, done.spans, done.created_at
            )
        except (RuntimeError, ValueError) as error:  # what stands there is nothing for the tables
            await asyncio.to_thread(_put_aside, path, type(error).__name__)
        else:
            with suppress(FileNotFoundError):  # another replica was as quick
                await asyncio.to_thread(path.unlink)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.json"))

    def _write(self, done: SpooledTranslation) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if len(self._files()) >= MOST_FILES:
            raise OSError(0, "too many files")
        path = self._folder / f"{done.new.request_key}.json"
        part = path.with_suffix(".part")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(done), file, ensure_ascii=False)
                file.flush()
                os.fsync(descriptor)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)  # a piece of somebody's text that nobody was promised
            raise

    def _sweep(self) -> None:
        """Delete files that a crash left half written; another replica may be writing others."""
        for part in self._folder.glob("*.part"):
            with suppress(OSError):  # gone, or none that can be deleted: it is in nobody's way
                if time.time() - part.stat().st_mtime > FORSAKEN_SECONDS:
                    part.unlink()


def _read(path: Path) -> SpooledTranslation | None:
    """Read a file. One that is damaged is put aside, for a person to look at."""
    try:
        done = _DONE.validate_json(path.read_bytes())
        datetime.fromisoformat(done.created_at)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _put_aside(path, type(error).__name__)
        return None
    return done


def _put_aside(path: Path, why: str) -> None:
    log.warning("the spool file %s is damaged (%s) and put aside as .bad", path.name, why)
    with suppress(OSError):
        path.replace(path.with_suffix(".bad"))


@asynccontextmanager
async def running_spool(folder: Path, store: Store, supervisor: Supervisor) -> AsyncIterator[Spool]:
    """Context manager: a spool that is emptied into the database while the block runs."""
    spool = Spool(folder, store)
    async with supervisor.running("spool", spool.run):
        yield spool
