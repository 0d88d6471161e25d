"""SQL for the history: lists, searches, names, and what is deleted.

Lists are read by key, newest first: a page begins below the last id of the page before it, so
the hundredth page costs what the first one does.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from web.database import Database
from web.errors import StoreAwayError
from web.matches import Piece, context, has_all, words
from web.store import COLUMNS, Passage, Translation

log = logging.getLogger(__name__)

PAGE = 30
# A hit takes more room than a title, and a page of them is found sooner.
HITS = 20
# A deleted translation can be brought back for so long.
UNDO_HOURS = 24
PURGE_SECONDS = 10.0
BATCH = 500
EXPORTED = 100
# A search reads so many of the newest passages to see how frequent its words are; from there
# on it reads no more than MOST_READ in all, and only if a page will then be full.
FIRST_CHUNK = 60
SAMPLE = 700
MOST_READ = 6_000
FIRST_IDS = 30
# In so many of the newest translations the words of a search are counted; a word in no more than
# this share of their passages is rare.
SAMPLED = 30
RARE = 0.05
# InnoDB's own list, on both servers; these words are in no full-text index.
STOPWORDS = frozenset(
    (
        *("a", "about", "an", "are", "as", "at", "be", "by", "com", "de", "en", "for", "from"),
        *("how", "i", "in", "is", "it", "la", "of", "on", "or", "that", "the", "this", "to"),
        *("was", "what", "when", "where", "who", "will", "with", "und", "www"),
    )
)
SHORTEST = 2  # innodb_ft_min_token_size in db/server.cnf


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the history is asked for. Dates are UTC, `until` is a day that still counts."""

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
class Found:
    """A translation in a list; for a search with its first passage that has the words."""

    translation: Translation
    seq: int = 0
    source: list[Piece] = field(default_factory=list)
    target: list[Piece] = field(default_factory=list)


class HistoryStore:
    """What is asked of the tables for the history."""

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def page(self, filters: Filters) -> tuple[list[Found], int | None]:
        """One page, newest first, and the id that the next page begins below, if there is one.

        Raises StoreAwayError.
        """
        looked_for = words(filters.query)
        where, values = _where(filters)
        async with self._database.transaction() as cursor:
            if looked_for:
                found = await _search(cursor, looked_for, where, values)
            elif filters.query.strip():
                found = []  # nothing but punctuation
            else:
                await cursor.execute(
                    f"SELECT {COLUMNS} FROM translations AS t "  # noqa: S608 - made of constants
                    f"WHERE {where} ORDER BY id DESC LIMIT %s",
                    (*values, PAGE + 1),
                )
                found = [Found(Translation(*row)) for row in await cursor.fetchall()]
        page = HITS if looked_for else PAGE
        older = found[page - 1].translation.id if len(found) > page else None
        return found[:page], older

    async def everything(self) -> AsyncIterator[tuple[Translation, Passage | None]]:
        """Every translation, oldest first, with each of its passages in order.

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
        """Hide a translation; False when there is none. It is purged after UNDO_HOURS."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE translations SET deleted_at = UTC_TIMESTAMP(3) "
                "WHERE id = %s AND deleted_at IS NULL",
                (translation_id,),
            )
            return bool(cursor.rowcount)

    async def restore(self, translation_id: int) -> bool:
        """Bring a deleted translation back; False when it is too late."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE translations SET deleted_at = NULL WHERE id = %s "
                "AND deleted_at > UTC_TIMESTAMP(3) - INTERVAL %s HOUR",
                (translation_id, UNDO_HOURS),
            )
            return bool(cursor.rowcount)

    async def delete_all(self) -> datetime:
        """Hide every translation there is now, in small steps; the time that they all get."""
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
        """Bring back what one `delete_all` has hidden."""
        while await self._step(
            "UPDATE translations SET deleted_at = NULL WHERE deleted_at = %s "
            "AND deleted_at > UTC_TIMESTAMP(3) - INTERVAL %s HOUR ORDER BY id LIMIT 5000",
            (deleted_at, UNDO_HOURS),
        ):
            pass

    async def count(self) -> int:
        """How many translations there are."""
        async with self._database.transaction() as cursor:
            await cursor.execute("SELECT COUNT(*) FROM translations WHERE deleted_at IS NULL")
            (number,) = await cursor.fetchone()
            return int(number)

    async def purge(self) -> int:
        """Delete for good what was deleted too long ago, in small steps; how many."""
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


def _prefixed() -> str:
    return ", ".join(f"t.{column}" for column in COLUMNS.split(", "))


def _where(filters: Filters) -> tuple[str, tuple[Any, ...]]:
    """A condition on `translations AS t`, made of constants, and its values."""
    conditions, values = ["t.deleted_at IS NULL"], list[Any]()
    for condition, value in (
        ("t.status = %s", filters.status or None),
        ("t.created_at >= %s", filters.since),
        ("t.created_at < %s", filters.until and filters.until + timedelta(days=1)),
        ("t.id < %s", filters.before),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return " AND ".join(conditions), tuple(values)


async def _search(
    cursor: Any, looked_for: list[str], where: str, values: tuple[Any, ...]
) -> list[Found]:
    """Up to HITS + 1 translations with a passage that has all the words, newest first.

    Two ways, each fast where the other one is slow (tests/bench/history.py measures both). The
    newest passages are read through while that promises a full page soon: the full-text index
    would collect all hits of a frequent word, maybe hundreds of thousands, before it gives the
    first. A rare word has few hits in the index.
    """
    hits: dict[int, int] = {}
    newest = _Newest(cursor, where, values)
    sample: list[int] = []
    seen, chunk = 0, FIRST_CHUNK
    while chunk:
        ids, passages = await newest.take(chunk)
        if not ids:
            return await _found(cursor, looked_for, hits)  # all of it was read
        hits |= await _hits_in(cursor, looked_for, ids)
        sample += ids
        seen += passages
        chunk = _next_chunk(seen, len(hits))
    if len(hits) <= HITS:
        hits = await _indexed(cursor, looked_for, sample, where, values) or hits
    return await _found(cursor, looked_for, dict(sorted(hits.items())[-HITS - 1 :]))


def _next_chunk(seen: int, hits: int) -> int:
    """How many more passages to read, after `seen` with hits in so many translations; or 0."""
    missing = HITS + 1 - hits
    if missing <= 0:
        return 0
    # Rather too few than too many: to read on costs less than to have read in vain.
    needed = 4 * missing * seen // (5 * hits) if hits else MOST_READ
    if seen < SAMPLE:
        return min(3 * seen, max(FIRST_CHUNK, needed))
    return max(FIRST_CHUNK, needed) if seen + needed <= MOST_READ else 0


class _Newest:
    """The translations that a condition holds for, newest first, fetched a few at a time."""

    def __init__(self, cursor: Any, where: str, values: tuple[Any, ...]) -> None:
        self._cursor = cursor
        self._where = where
        self._values = values
        self._fetched: deque[tuple[int, int]] = deque()
        self._before: int | None = None
        self._batch = FIRST_IDS

    async def take(self, passages: int) -> tuple[list[int], int]:
        """The next translations with about so many passages together; how many these are."""
        ids: list[int] = []
        count = 0
        while count < passages and (self._fetched or await self._fetch()):
            translation_id, number = self._fetched.popleft()
            ids.append(translation_id)
            count += max(1, number)
        return ids, count

    async def _fetch(self) -> bool:
        older, before = ("", ()) if self._before is None else (" AND t.id < %s", (self._before,))
        await self._cursor.execute(
            f"SELECT id, passages FROM translations AS t WHERE {self._where}{older} "  # noqa: S608 - constants
            "ORDER BY id DESC LIMIT %s",
            (*self._values, *before, self._batch),
        )
        self._fetched.extend(await self._cursor.fetchall())
        self._batch *= 2
        if self._fetched:
            self._before = self._fetched[-1][0]
        return bool(self._fetched)


async def _hits_in(cursor: Any, looked_for: list[str], ids: list[int]) -> dict[int, int]:
    """Those of the translations that have the words, with their first such passage.

    Of a very long one only the beginning is read.
    """
    await cursor.execute(
        "SELECT translation_id, seq, source, target FROM passages "  # noqa: S608 - constants
        f"WHERE translation_id IN ({_places(ids)}) AND seq < %s AND {_like(looked_for)}",
        (*ids, MOST_READ, *_patterns(looked_for)),
    )
    hits: dict[int, int] = {}
    for translation_id, seq, source, target in await cursor.fetchall():
        if seq < hits.get(translation_id, MOST_READ) and has_all(
            f"{source}\n{target or ''}", looked_for
        ):
            hits[translation_id] = seq
    return hits


async def _indexed(
    cursor: Any, looked_for: list[str], sample: list[int], where: str, values: tuple[Any, ...]
) -> dict[int, int]:
    """The hits by the full-text index, which is asked for the rare words only.

    It has no stop words; and a word that is frequent in the newest translations, `sample`, has
    so many hits that it is better looked for in those of the other words.
    """
    indexed = [word for word in looked_for if len(word) >= SHORTEST and word not in STOPWORDS]
    if not indexed:
        return {}
    if len(indexed) > 1:
        sample = sample[:SAMPLED]
        counts = ", ".join(f"SUM({_like([word])})" for word in indexed)
        await cursor.execute(
            f"SELECT {counts}, COUNT(*) FROM passages "  # noqa: S608 - constants
            f"WHERE translation_id IN ({_places(sample)}) AND seq < %s",
            (*_patterns(indexed), *sample, FIRST_CHUNK),
        )
        *counted, passages = await cursor.fetchone()
        by_count = sorted(zip(counted, indexed, strict=True))
        indexed = [word for count, word in by_count if count <= RARE * passages]
        indexed = indexed or [by_count[0][1]]
    others = [word for word in looked_for if word not in indexed]
    await cursor.execute(
        "SELECT p.translation_id, MIN(p.seq) FROM passages AS p "  # noqa: S608 - constants
        "JOIN translations AS t ON t.id = p.translation_id "
        "WHERE MATCH (p.source, p.target) AGAINST (%s IN BOOLEAN MODE) "
        f"AND {_like(others)} AND {where} "
        "GROUP BY p.translation_id ORDER BY p.translation_id DESC LIMIT %s",
        (" ".join(f"+{word}*" for word in indexed), *_patterns(others), *values, HITS + 1),
    )
    return dict(await cursor.fetchall())


def _places(values: list[int]) -> str:
    return ", ".join(["%s"] * len(values))


def _like(looked_for: list[str]) -> str:
    """A condition on a passage: it has each of the words, be it within another one."""
    return " AND ".join(["(source LIKE %s OR target LIKE %s)"] * len(looked_for)) or "TRUE"


def _patterns(looked_for: list[str]) -> list[str]:
    """The values for `_like`."""
    return [f"%{word}%" for word in looked_for for _ in range(2)]


async def _found(cursor: Any, looked_for: list[str], hits: dict[int, int]) -> list[Found]:
    if not hits:
        return []
    await cursor.execute(
        f"SELECT {_prefixed()}, "  # noqa: S608 - constants
        "p.seq, p.source, p.target FROM passages AS p "
        "JOIN translations AS t ON t.id = p.translation_id "
        f"WHERE {' OR '.join(['(p.translation_id = %s AND p.seq = %s)'] * len(hits))} "
        "ORDER BY p.translation_id DESC",
        [number for hit in hits.items() for number in hit],
    )
    return [
        Found(
            Translation(*row[:-3]),
            row[-3],
            context(row[-2], looked_for),
            context(row[-1] or "", looked_for),
        )
        for row in await cursor.fetchall()
    ]


@asynccontextmanager
async def running_purge(history: HistoryStore) -> AsyncIterator[None]:
    """Purges while the block runs."""

    async def run() -> None:
        while True:
            try:
                if purged := await history.purge():
                    log.info("%d deleted translations purged", purged)
            except StoreAwayError:
                pass  # the jobs' log says it
            await asyncio.sleep(PURGE_SECONDS)

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
