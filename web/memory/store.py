"""Memory store in SQL: the tables `memories`, `memory_entries` and `memory_features`.

Each change of a memory locks its row first, so that two never add the same entry, and its counters
are right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from web.database import Database
from web.memory.entries import MemoryEntry, MemoryFacts, NewEntry, Pair, Visible
from web.memory.features import features_of, scope_of
from web.memory.normal_form import entry_hash, normal_form, source_hash

# Hours for which a deleted entry can be brought back.
UNDO_HOURS = 24
# Rows of one statement.
MOST_ROWS = 1_000
# Entries that one look-up reads at most: those of sentences that differ in their figures alone
# have one hash.
MOST_FOUND = 20_000
# Entries, the newest, that a feature leads to at most.
MOST_OF_FEATURE = 100


@dataclass(slots=True)
class _Change:
    """Change of a memory's counters, and whether anything of it changes."""

    entries: int
    shared: int
    changed: bool


_FACTS = "id, owner, source_lang, target_lang, version, remember, entries, shared"
_ENTRY = (
    "e.id, e.source, e.target, e.before_hash, e.after_hash, e.origin, e.made_at, e.used_on, "
    "e.shared"
)


class MemoryStore:
    """Memory store.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def memories(self, owner: str | None = None) -> list[MemoryFacts]:
        """All memories, or those of an owner."""
        where, values = ("", ()) if owner is None else (" WHERE owner = %s", (owner,))
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {_FACTS} FROM memories{where} ORDER BY source_lang, target_lang",  # noqa: S608 - constants
                values,
            )
            return [_facts(row) for row in await cursor.fetchall()]

    async def add(
        self, owner: str, pair: Pair, entries: Sequence[NewEntry], *, shared: bool = False
    ) -> int:
        """Store entries of one memory, at most MOST_ROWS; gives how many were not there before.

        One that is there already, deleted or not, is there again, and as new as this one; from a
        file without dates it stays as old as it is.
        """
        now = datetime.now(UTC).replace(tzinfo=None)
        by_hash = {
            entry_hash(each.source, each.target, each.before, each.after): each for each in entries
        }
        async with self._database.transaction() as cursor:
            memory = await _locked(cursor, owner, pair)
            hashes = ", ".join(["UNHEX(%s)"] * len(by_hash))
            await cursor.execute(
                "SELECT LOWER(HEX(entry_hash)), id, deleted_at IS NOT NULL, shared, made_at "  # noqa: S608 - placeholders
                "FROM memory_entries FORCE INDEX (entry) "
                f"WHERE memory_id = %s AND entry_hash IN ({hashes})",
                (memory, *by_hash),
            )
            old = {key: row for key, *row in await cursor.fetchall()}
            new = [(key, each) for key, each in by_hash.items() if key not in old]
            await _insert_entries(cursor, memory, pair, new, now, shared=shared)
            change = _Change(len(new), len(new) if shared else 0, changed=bool(new))
            for key, (number, gone, was, made_at) in old.items():
                entry = by_hash[key]
                made = entry.made_at or (made_at if entry.origin == "tmx" else now)
                is_shared = bool(was or shared)
                if not gone and is_shared == bool(was) and made <= made_at:
                    continue
                await cursor.execute(
                    "UPDATE memory_entries SET deleted_at = NULL, shared = %s, "
                    "made_at = GREATEST(made_at, %s) WHERE id = %s",
                    (is_shared, made, number),
                )
                if is_shared and not was:
                    await _remove_features(cursor, memory, pair, [(number, entry.source, False)])
                    await _insert_features(
                        cursor, memory, pair, [(number, entry.source)], shared=True
                    )
                change.changed = True
                change.entries += bool(gone)
                change.shared += is_shared - (0 if gone else bool(was))
            if change.changed:
                await _count(cursor, memory, change.entries, change.shared)
            return len(new)

    async def lookup(
        self, visible: Visible, hashes: Sequence[int]
    ) -> list[tuple[int, MemoryEntry]]:
        """Entries with one of these hashes of their source, each with its hash."""
        condition, values = _seen(visible)
        async with self._database.transaction() as cursor:
            await cursor.execute(
                # Of a large memory the server would rather read all entries.
                f"SELECT e.source_hash, {_ENTRY} FROM memory_entries e FORCE INDEX (source) "  # noqa: S608 - constants, placeholders
                f"WHERE e.source_hash IN ({_places(hashes)}) AND {condition} "
                "AND e.deleted_at IS NULL LIMIT %s",
                (*hashes, *values, MOST_FOUND),
            )
            return [(number, _entry(row)) for number, *row in await cursor.fetchall()]

    async def used(self, ids: Sequence[int]) -> None:
        """Note that entries are used today."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"UPDATE memory_entries SET used_on = UTC_DATE() WHERE id IN ({_places(ids)})",  # noqa: S608 - placeholders
                tuple(ids),
            )

    async def candidates(self, features: Sequence[int], most: int) -> list[int]:
        """Ids of entries that have the most of these features, of several the newest first.

        Some may be deleted. At most `most`.
        """
        one = (
            "(SELECT entry_id FROM memory_features WHERE feature = %s "  # noqa: S608 - constant
            f"ORDER BY entry_id DESC LIMIT {MOST_OF_FEATURE})"
        )
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT entry_id FROM ({' UNION ALL '.join([one] * len(features))}) AS found "  # noqa: S608 - constants
                "GROUP BY entry_id ORDER BY COUNT(*) DESC, entry_id DESC LIMIT %s",
                (*features, most),
            )
            return [number for (number,) in await cursor.fetchall()]

    async def seen(self, visible: Visible, ids: Sequence[int]) -> list[MemoryEntry]:
        """The entries with these ids that are seen and not deleted."""
        condition, values = _seen(visible)
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {_ENTRY} FROM memory_entries e FORCE INDEX (PRIMARY) "  # noqa: S608 - constants, placeholders
                f"WHERE e.id IN ({_places(ids)}) AND {condition} AND e.deleted_at IS NULL",
                (*ids, *values),
            )
            return [_entry(row) for row in await cursor.fetchall()]

    async def delete(self, owner: str, entry_id: int) -> MemoryFacts | None:
        """Delete an owner's entry; its memory, or None when there is no such entry."""
        return await self._marked(owner, entry_id, deleted=True)

    async def restore(self, owner: str, entry_id: int) -> MemoryFacts | None:
        """Bring a deleted entry back; its memory, or None when there is none any more."""
        return await self._marked(owner, entry_id, deleted=False)

    async def take_back(self, owner: str, pair: Pair, source: str, target: str) -> int:
        """Delete an owner's corrections of a sentence with this target; how many there were."""
        async with self._database.transaction() as cursor:
            memory = await _locked(cursor, owner, pair)
            await cursor.execute(
                "SELECT id, source, target, shared FROM memory_entries WHERE source_hash = %s "
                "AND memory_id = %s AND origin = 'correction' AND deleted_at IS NULL",
                (source_hash(pair, normal_form(source)), memory),
            )
            # The columns compare without regard to case.
            found = [row for row in await cursor.fetchall() if row[1:3] == (source, target)]
            if found:
                ids = [row[0] for row in found]
                await cursor.execute(
                    "UPDATE memory_entries SET deleted_at = UTC_TIMESTAMP(3) "  # noqa: S608 - placeholders
                    f"WHERE id IN ({_places(ids)})",
                    ids,
                )
                await _count(cursor, memory, -len(found), -sum(bool(row[3]) for row in found))
            return len(found)

    async def _marked(self, owner: str, entry_id: int, *, deleted: bool) -> MemoryFacts | None:
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {_FACTS} FROM memories WHERE owner = %s AND id = "  # noqa: S608 - constants
                "(SELECT memory_id FROM memory_entries WHERE id = %s) FOR UPDATE",
                (owner, entry_id),
            )
            if (row := await cursor.fetchone()) is None:
                return None
            await cursor.execute(
                "SELECT shared FROM memory_entries WHERE id = %s AND (deleted_at IS NULL) = %s",
                (entry_id, deleted),
            )
            if (found := await cursor.fetchone()) is None:
                return None
            await cursor.execute(
                "UPDATE memory_entries SET deleted_at = IF(%s, UTC_TIMESTAMP(3), NULL) "
                "WHERE id = %s",
                (deleted, entry_id),
            )
            change = -1 if deleted else 1
            await _count(cursor, row[0], change, change * bool(found[0]))
            return _facts(row)

    async def set_remember(self, owner: str, pair: Pair, *, remember: bool) -> None:
        """Set whether corrections become entries."""
        async with self._database.transaction() as cursor:
            memory = await _locked(cursor, owner, pair)
            await cursor.execute(
                "UPDATE memories SET remember = %s WHERE id = %s", (remember, memory)
            )

    async def page(
        self, memory_id: int, query: str, before: int | None, most: int, window: int
    ) -> tuple[list[MemoryEntry], int | None]:
        """Up to `most` entries of a memory that hold `query`, the newest first, before an id.

        With a query `window` ids are looked through at most. Also where the next page begins,
        None when there is none.
        """
        async with self._database.transaction() as cursor:
            if before is None:
                await cursor.execute(
                    "SELECT COALESCE(MAX(id), 0) + 1 FROM memory_entries WHERE memory_id = %s",
                    (memory_id,),
                )
                (before,) = await cursor.fetchone()
            since = max(0, before - window) if query else 0
            like = f"%{_escaped(query)}%"
            await cursor.execute(
                f"SELECT {_ENTRY} FROM memory_entries e WHERE e.memory_id = %s "  # noqa: S608 - constants
                "AND e.deleted_at IS NULL AND e.id < %s AND e.id >= %s "
                "AND (%s = '' OR e.source LIKE %s OR e.target LIKE %s) "
                "ORDER BY e.id DESC LIMIT %s",
                (memory_id, before, since, query, like, like, most + 1),
            )
            found = [_entry(row) for row in await cursor.fetchall()]
            if len(found) > most:
                return found[:most], found[most - 1].id
            return found, since or None

    async def batch(self, memory_id: int, after: int, most: int) -> list[MemoryEntry]:
        """Up to `most` entries of a memory in the order of their ids, after one, for an export."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {_ENTRY} FROM memory_entries e WHERE e.memory_id = %s "  # noqa: S608 - constants
                "AND e.deleted_at IS NULL AND e.id > %s ORDER BY e.id LIMIT %s",
                (memory_id, after, most),
            )
            return [_entry(row) for row in await cursor.fetchall()]

    async def purge(self) -> int:
        """Purge some of the entries that were deleted over UNDO_HOURS ago; how many."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT e.memory_id, m.source_lang, m.target_lang, e.id, e.source, e.shared "
                "FROM memory_entries e JOIN memories m ON m.id = e.memory_id "
                "WHERE e.deleted_at < UTC_TIMESTAMP(3) - INTERVAL %s HOUR LIMIT %s FOR UPDATE",
                (UNDO_HOURS, MOST_ROWS),
            )
            rows = await cursor.fetchall()
            for memory, source, target, *entry in rows:
                await _remove_features(cursor, memory, (source, target), [entry])
            if rows:
                ids = [row[3] for row in rows]
                await cursor.execute(
                    f"DELETE FROM memory_entries WHERE id IN ({_places(ids)})",  # noqa: S608 - placeholders
                    ids,
                )
            return len(rows)


async def _locked(cursor: Any, owner: str, pair: Pair) -> int:
    """The id of a memory, which is made if need be; its row is locked."""
    await cursor.execute(
        "INSERT INTO memories (owner, source_lang, target_lang) VALUES (%s, %s, %s) "
        "ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
        (owner, *pair),
    )
    return int(cursor.lastrowid)


async def _count(cursor: Any, memory: int, entries: int, shared: int) -> None:
    await cursor.execute(
        "UPDATE memories SET version = version + 1, entries = entries + %s, shared = shared + %s "
        "WHERE id = %s",
        (entries, shared, memory),
    )


async def _insert_entries(  # noqa: PLR0913 - a row has as many parts as it has
    cursor: Any,
    memory: int,
    pair: Pair,
    new: Sequence[tuple[str, NewEntry]],
    now: datetime,
    *,
    shared: bool,
) -> None:
    if not new:
        return
    row = "(%s, %s, %s, %s, %s, %s, %s, UNHEX(%s), %s, %s)"
    values: list[object] = []
    for key, each in new:
        values += memory, shared, each.source, each.target
        values += source_hash(pair, normal_form(each.source)), each.before, each.after, key
        values += each.origin, each.made_at or now
    await cursor.execute(
        "INSERT INTO memory_entries (memory_id, shared, source, target, source_hash, before_hash, "  # noqa: S608 - placeholders
        f"after_hash, entry_hash, origin, made_at) VALUES {', '.join([row] * len(new))}",
        values,
    )
    # Of rows whose number is known before, the ids follow each other, the first one's first.
    numbered = [(cursor.lastrowid + at, each.source) for at, (_, each) in enumerate(new)]
    await _insert_features(cursor, memory, pair, numbered, shared=shared)


async def _insert_features(
    cursor: Any, memory: int, pair: Pair, numbered: Iterable[tuple[int, str]], *, shared: bool
) -> None:
    scope = scope_of(memory, pair, shared=shared)
    # In the order of the key, which is the quickest.
    rows = sorted(
        (feature, number) for number, source in numbered for feature in features_of(scope, source)
    )
    if rows:
        await cursor.execute(
            "INSERT INTO memory_features (feature, entry_id) VALUES "  # noqa: S608 - placeholders
            + ", ".join(["(%s, %s)"] * len(rows)),
            [value for row in rows for value in row],
        )


async def _remove_features(
    cursor: Any, memory: int, pair: Pair, entries: Iterable[Sequence[Any]]
) -> None:
    """Remove the features of entries: each an id, a source, and whether it was shared."""
    rows = [
        (feature, number)
        for number, source, shared in entries
        for feature in features_of(scope_of(memory, pair, shared=bool(shared)), source)
    ]
    await cursor.executemany(
        "DELETE FROM memory_features WHERE feature = %s AND entry_id = %s", rows
    )


def _seen(visible: Visible) -> tuple[str, tuple[object, ...]]:
    """A condition on `memory_entries AS e`, and its values."""
    shared = f"(e.shared = 1 AND e.memory_id IN ({_places(visible.shared)}))"
    if visible.own is None:
        return shared, visible.shared
    if not visible.shared:
        return "e.memory_id = %s", (visible.own,)
    return f"(e.memory_id = %s OR {shared})", (visible.own, *visible.shared)


def _places(values: Sequence[object] | Mapping[Any, object]) -> str:
    return ", ".join(["%s"] * len(values))


def _escaped(query: str) -> str:
    """A text for LIKE, as it is."""
    return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _facts(row: Sequence[Any]) -> MemoryFacts:
    number, owner, source, target, version, remember, entries, shared = row
    return MemoryFacts(number, owner, source, target, version, bool(remember), entries, shared)


def _entry(row: Sequence[Any]) -> MemoryEntry:
    number, source, target, before, after, origin, made_at, used_on, shared = row
    return MemoryEntry(
        number, source, target, before, after, origin, made_at, used_on, bool(shared)
    )
