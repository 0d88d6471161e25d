"""History store in SQL: list, search, rename, delete and restore translations.

Lists are read by key, newest first: a page begins below the last id of the page before it, so
the hundredth page costs what the first one does.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from web.database import Database
from web.errors import StoreUnavailableError
from web.history.search import Found, search
from web.history.snippets import words
from web.telemetry.supervision import Supervisor
from web.translation.store import COLUMNS, Passage, Translation

log = logging.getLogger(__name__)

# Translations on a page of the list.
PAGE = 30
# Time for which a deleted translation can be restored.
UNDO_HOURS = 24
# Pause between two purges.
PURGE_SECONDS = 10.0
# Age that the figures of the history may have, in seconds: to count them costs most of a page.
SIZE_SECONDS = 60.0
# Passages that are purged by one statement.
BATCH = 500
# Rows that an export fetches at once.
EXPORTED = 100
# Rows from which on their number is the server's estimate: counting a million takes some tenths
# of a second.
MOST_COUNTED = 2_000_000


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of a list. Dates are UTC, `until` is a day that still counts.

    `before` is the id below which the page begins.
    """

    query: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @property
    def any(self) -> bool:
        """Whether anything but the newest page is asked for."""
        return bool(self.query or self.status or self.since or self.until or self.before)


@dataclass(frozen=True, slots=True)
class Size:
    """Size of the history: translations (`exact` or about so many) and bytes on the disk.

    `version` is the database server's.
    """

    translations: int
    exact: bool
    disk_bytes: int
    version: str


class HistoryStore:
    """History store: the tables of translations, as the history uses them.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database
        self._counting = asyncio.Lock()
        self._size: Size | None = None
        self._size_until = 0.0

    async def page(self, filters: Filters) -> tuple[list[Found], int | None]:
        """One page, newest first, and the id below which the next page begins, if there is one."""
        looked_for = words(filters.query)
        where, values = _where(filters)
        if not looked_for and filters.query.strip():
            return [], None  # nothing but punctuation
        async with self._database.transaction() as cursor:
            if looked_for:
                return await search(cursor, looked_for, where, values)
            await cursor.execute(
                f"SELECT {COLUMNS} FROM translations AS t "  # noqa: S608 - made of constants
                f"WHERE {where} ORDER BY id DESC LIMIT %s",
                (*values, PAGE + 1),
            )
            found = [Found(Translation(*row)) for row in await cursor.fetchall()]
        return found[:PAGE], found[PAGE - 1].translation.id if len(found) > PAGE else None

    async def everything(self) -> AsyncIterator[tuple[Translation, Passage | None]]:
        """All translations for an export, oldest first, each with its passages in order.

        One without passages comes once, with None.
        """
        after = 0
        while True:
            async with self._database.transaction() as cursor:
                await cursor.execute(
                    f"SELECT {COLUMNS} FROM translations "  # noqa: S608 - constant
                    "WHERE deleted_at IS NULL AND id > %s ORDER BY id LIMIT %s",
                    (after, EXPORTED),
                )
                translations = [Translation(*row) for row in await cursor.fetchall()]
            if not translations:
                return
            for translation in translations:
                seq = 0
                while found := await self._passages(translation.id, seq):
                    for passage in found:
                        yield translation, passage
                    seq = found[-1].seq + 1
                    if seq >= translation.passages:
                        break  # most have one passage; do not ask for a second one
                if not seq:
                    yield translation, None
            after = translations[-1].id

    async def _passages(self, translation_id: int, seq: int) -> list[Passage]:
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT seq, source, target, score, status FROM passages "
                "WHERE translation_id = %s AND seq >= %s ORDER BY seq LIMIT %s",
                (translation_id, seq, EXPORTED),
            )
            return [Passage(*row) for row in await cursor.fetchall()]

    async def rename(self, translation_id: int, title: str) -> bool:
        """Give a translation a title of up to 200 characters; False when there is none."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE translations SET title = %s WHERE id = %s AND deleted_at IS NULL",
                (title, translation_id),
            )
            await cursor.execute(
                "SELECT 1 FROM translations WHERE id = %s AND deleted_at IS NULL",
                (translation_id,),
            )
            return await cursor.fetchone() is not None

    async def delete(self, translation_id: int) -> bool:
        """Delete (hide) a translation; False when there is none. It is purged after UNDO_HOURS."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE translations SET deleted_at = UTC_TIMESTAMP(3) "
                "WHERE id = %s AND deleted_at IS NULL",
                (translation_id,),
            )
            return bool(cursor.rowcount)

    async def restore(self, translation_id: int) -> bool:
        """Restore a deleted translation; False when it is too late."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE translations SET deleted_at = NULL WHERE id = %s "
                "AND deleted_at > UTC_TIMESTAMP(3) - INTERVAL %s HOUR",
                (translation_id, UNDO_HOURS),
            )
            return bool(cursor.rowcount)

    async def delete_all(self) -> datetime:
        """Delete (hide) all translations, in small steps; gives the `deleted_at` of all of them."""
        async with self._database.transaction() as cursor:
            await cursor.execute("SELECT UTC_TIMESTAMP(3), COALESCE(MAX(id), 0) FROM translations")
            now, newest = await cursor.fetchone()
        while await self._step(
            "UPDATE translations SET deleted_at = %s WHERE deleted_at IS NULL AND id <= %s "
            "ORDER BY id LIMIT 5000",
            (now, newest),
        ):
            pass
        deleted_at: datetime = now
        return deleted_at

    async def restore_all(self, deleted_at: datetime) -> None:
        """Restore the translations that one `delete_all` has hidden, by their `deleted_at`."""
        while await self._step(
            "UPDATE translations SET deleted_at = NULL WHERE deleted_at = %s "
            "AND deleted_at > UTC_TIMESTAMP(3) - INTERVAL %s HOUR ORDER BY id LIMIT 5000",
            (deleted_at, UNDO_HOURS),
        ):
            pass

    async def count(self) -> int:
        """Number of translations."""
        async with self._database.transaction() as cursor:
            await cursor.execute("SELECT COUNT(*) FROM translations WHERE deleted_at IS NULL")
            (number,) = await cursor.fetchone()
            return int(number)

    async def size(self) -> Size:
        """Size of the history. Counting is left out where it would take long."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT VERSION(), SUM(DATA_LENGTH + INDEX_LENGTH), "
                "MAX(IF(TABLE_NAME = 'translations', TABLE_ROWS, 0)) "
                "FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
            )
            version, disk_bytes, about = await cursor.fetchone()
        exact = about < MOST_COUNTED
        return Size(await self.count() if exact else int(about), exact, int(disk_bytes), version)

    async def recent_size(self) -> Size:
        """The size, from memory for SIZE_SECONDS. Raises StoreUnavailableError."""
        async with self._counting:
            loop = asyncio.get_running_loop()
            if self._size is None or loop.time() >= self._size_until:
                self._size = await self.size()
                self._size_until = loop.time() + SIZE_SECONDS
            return self._size

    async def purge(self) -> int:
        """Purge translations that were deleted over UNDO_HOURS ago, in small steps; how many."""
        purged = 0
        while True:
            async with self._database.transaction() as cursor:
                await cursor.execute(
                    "SELECT id FROM translations "
                    "WHERE deleted_at < UTC_TIMESTAMP(3) - INTERVAL %s HOUR LIMIT 1",
                    (UNDO_HOURS,),
                )
                row = await cursor.fetchone()
            if row is None:
                return purged
            while await self._step(
                "DELETE FROM passages WHERE translation_id = %s LIMIT %s", (row[0], BATCH)
            ):
                pass
            purged += await self._step("DELETE FROM translations WHERE id = %s", row)

    async def _step(self, statement: str, values: tuple[Any, ...]) -> int:
        async with self._database.transaction() as cursor:
            await cursor.execute(statement, values)
            return int(cursor.rowcount)


def _where(filters: Filters) -> tuple[str, tuple[Any, ...]]:
    """A condition on `translations AS t`, made of constants, and its values."""
    conditions, values = ["t.deleted_at IS NULL"], list[Any]()
    for condition, value in (
        ("t.status = %s", filters.status or None),
        ("t.created_at >= %s", filters.since),
        ("t.created_at < %s", _day_after(filters.until)),
        ("t.id < %s", filters.before),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return " AND ".join(conditions), tuple(values)


def _day_after(day: date | None) -> date | None:
    """The next day; None also for the last day that there is, which leaves nothing out."""
    return day + timedelta(days=1) if day and day < date.max else None


@asynccontextmanager
async def running_purge(
    history: HistoryStore, supervisor: Supervisor, *others: Callable[[], Awaitable[int]]
) -> AsyncIterator[None]:
    """Context manager: purges every PURGE_SECONDS while the block runs, by `others` too."""

    async def run() -> None:
        while True:
            try:
                if purged := await history.purge():
                    log.info("%d deleted translations purged", purged)
                for other in others:
                    await other()
            except StoreUnavailableError:
                pass  # the jobs' log says it
            await asyncio.sleep(PURGE_SECONDS)

    async with supervisor.running("purge", run):
        yield
