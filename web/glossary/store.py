"""Glossary store in SQL: glossaries, who may see and change them, and which is a pair's default.

Their terms are in `web.glossary.term_store`.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from web.database import Database
from web.errors import ForbiddenError
from web.glossary.term_store import GlossaryEdit, insert_terms
from web.glossary.terms import (
    Glossary,
    GlossaryError,
    GlossaryVersion,
    Term,
    UnknownGlossaryError,
)
from web.messages import N_

# Most glossaries of an owner, the deleted ones that can be restored among them.
MOST_GLOSSARIES = 1_000
# Time for which a deleted glossary can be restored.
UNDO_HOURS = 24
# Time for which it can be seen who changed or removed a term.
HISTORY_DAYS = 365
# Rows of terms that are purged by one statement.
BATCH = 1_000

_COLUMNS = (
    "id, public_id, name, source_lang, target_lang, owner, shared, is_default, version, terms, "
    "created_at, changed_at"
)
_SEEN = "deleted_at IS NULL AND (owner = %s OR shared = 1)"
_BY_ID = f"SELECT {_COLUMNS} FROM glossaries WHERE id = %s"  # noqa: S608 - constants

Pair = tuple[str, str]
Defaults = dict[tuple[str, str, str], GlossaryVersion]


class GlossaryStore:
    """Glossary store: the tables `glossaries` and `terms`.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement. An owner is the name of a key, "" while there are none.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self.database = database

    async def seen(self, owner: str, pair: Pair | None = None) -> list[Glossary]:
        """The glossaries that an owner may see, by their names."""
        only = "" if pair is None else " AND source_lang = %s AND target_lang = %s"
        return await self._found(owner, only, pair or ())

    async def with_public_id(self, owner: str, public_id: str) -> list[Glossary]:
        """The glossaries that an owner may see of one public id, one for each of its pairs."""
        if not public_id.isascii():
            return []
        return await self._found(owner, " AND public_id = %s", (public_id.lower(),))

    async def with_name(self, owner: str, name: str) -> list[Glossary]:
        """The glossaries that an owner may see of one name, his own first."""
        found = await self._found(owner, " AND name = %s", (name,))
        return sorted(found, key=lambda each: (each.owner != owner, each.id))

    async def with_id(self, owner: str, glossary_id: int) -> Glossary | None:
        """The glossary with an id, if an owner may see it."""
        found = await self._found(owner, " AND id = %s", (glossary_id,))
        return found[0] if found else None

    async def _found(self, owner: str, only: str, values: Sequence[object]) -> list[Glossary]:
        async with self.database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {_COLUMNS} FROM glossaries WHERE {_SEEN}{only} ORDER BY name, id",  # noqa: S608 - constants
                (owner, *values),
            )
            return [_glossary(row, owner) for row in await cursor.fetchall()]

    async def defaults(self) -> Defaults:
        """The default glossaries by their owner, source and target."""
        async with self.database.transaction() as cursor:
            await cursor.execute(
                "SELECT owner, source_lang, target_lang, id, version FROM glossaries "
                "WHERE is_default = 1 AND deleted_at IS NULL"
            )
            return {
                (owner, source, target): GlossaryVersion(glossary_id, version)
                for owner, source, target, glossary_id, version in await cursor.fetchall()
            }

    async def create(  # noqa: PLR0913 - a row has as many parts as it has
        self,
        owner: str,
        name: str,
        pair: Pair,
        terms: Sequence[Term],
        *,
        shared: bool,
        default: bool,
        public_id: str | None,
    ) -> Glossary:
        """Store a new glossary with its terms.

        Raises GlossaryError when the owner has too many, or one of this public id and pair.
        """
        public_id = (public_id or str(uuid.uuid4())).lower()
        async with self.database.transaction() as cursor:
            await _in_turn(cursor)
            await cursor.execute("SELECT COUNT(*) FROM glossaries WHERE owner = %s", (owner,))
            (number,) = await cursor.fetchone()
            if number >= MOST_GLOSSARIES:
                raise GlossaryError(
                    N_("There can be {most} glossaries; delete one first. Nothing was stored."),
                    most=MOST_GLOSSARIES,
                )
            await self._free_public_id(cursor, owner, public_id, pair)
            if default:
                await _no_default(cursor, owner, pair)
            await cursor.execute(
                "INSERT INTO glossaries (public_id, owner, shared, name, source_lang, "
                "target_lang, is_default, terms, created_at, changed_at) VALUES "
                "(%s, %s, %s, %s, %s, %s, %s, %s, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))",
                (public_id, owner, shared, name, *pair, default, len(terms)),
            )
            glossary_id = cursor.lastrowid
            await insert_terms(cursor, glossary_id, 1, owner, [(term, None) for term in terms])
            await cursor.execute(_BY_ID, (glossary_id,))
            return _glossary(await cursor.fetchone(), owner)

    async def _free_public_id(self, cursor: Any, owner: str, public_id: str, pair: Pair) -> None:
        """Take a public id from a deleted glossary of this owner and pair.

        Raises GlossaryError when it is in use.
        """
        await cursor.execute(
            "SELECT id, owner, deleted_at FROM glossaries "
            "WHERE public_id = %s AND source_lang = %s AND target_lang = %s FOR UPDATE",
            (public_id, *pair),
        )
        row = await cursor.fetchone()
        if row is None:
            return
        if row[1] != owner or row[2] is None:
            raise GlossaryError(
                N_("The glossary has {source}→{target} already. Nothing was stored."),
                source=pair[0],
                target=pair[1],
            )
        await cursor.execute(
            "UPDATE glossaries SET public_id = %s WHERE id = %s", (str(uuid.uuid4()), row[0])
        )

    async def change(
        self,
        owner: str,
        glossary_id: int,
        *,
        name: str | None,
        shared: bool | None,
        default: bool | None,
    ) -> Glossary:
        """Change what is said; None stays as it is. Raises as `locked` does."""
        async with self.database.transaction() as cursor:
            if default:
                await _in_turn(cursor)
            glossary = await locked(cursor, owner, glossary_id)
            if default:
                await _no_default(cursor, owner, (glossary.source, glossary.target))
            await cursor.execute(
                "UPDATE glossaries SET name = COALESCE(%s, name), shared = COALESCE(%s, shared), "
                "is_default = COALESCE(%s, is_default), changed_at = UTC_TIMESTAMP(3) "
                "WHERE id = %s",
                (name, shared, default, glossary_id),
            )
            await cursor.execute(_BY_ID, (glossary_id,))
            return _glossary(await cursor.fetchone(), owner)

    async def delete(self, owner: str, glossary_id: int) -> None:
        """Delete (hide) a glossary; it is purged after UNDO_HOURS. Raises as `locked` does."""
        async with self.database.transaction() as cursor:
            await locked(cursor, owner, glossary_id)
            await cursor.execute(
                "UPDATE glossaries SET deleted_at = UTC_TIMESTAMP(3) WHERE id = %s", (glossary_id,)
            )

    async def restore(self, owner: str, glossary_id: int) -> bool:
        """Restore a deleted glossary; False when there is none.

        It is the default of its pair again, unless another one is by now.
        """
        async with self.database.transaction() as cursor:
            await _in_turn(cursor)
            await cursor.execute(
                "SELECT source_lang, target_lang FROM glossaries WHERE id = %s AND owner = %s "
                "AND deleted_at > UTC_TIMESTAMP(3) - INTERVAL %s HOUR FOR UPDATE",
                (glossary_id, owner, UNDO_HOURS),
            )
            pair = await cursor.fetchone()
            if pair is None:
                return False
            await cursor.execute(
                "SELECT 1 FROM glossaries WHERE owner = %s AND source_lang = %s "
                "AND target_lang = %s AND is_default = 1 AND deleted_at IS NULL",
                (owner, *pair),
            )
            other = await cursor.fetchone() is not None
            await cursor.execute(
                "UPDATE glossaries SET deleted_at = NULL, is_default = IF(%s, 0, is_default) "
                "WHERE id = %s",
                (other, glossary_id),
            )
            return True

    async def edit(self, cursor: Any, owner: str, glossary_id: int) -> GlossaryEdit:
        """Begin to change a glossary's terms within a transaction. Raises as `locked` does."""
        return GlossaryEdit(cursor, await locked(cursor, owner, glossary_id), owner)

    async def is_readable(self, at: GlossaryVersion) -> bool:
        """Whether the terms of a version are all still there."""
        async with self.database.transaction() as cursor:
            await cursor.execute(
                "SELECT 1 FROM glossaries WHERE id = %s AND oldest <= %s", (at.id, at.version)
            )
            return await cursor.fetchone() is not None

    async def purge(self) -> int:
        """Purge glossaries that were deleted over UNDO_HOURS ago, and old history; how many.

        One that a translation is still made with stays until that has ended.
        """
        async with self.database.transaction() as cursor:
            await cursor.execute(
                "SELECT id FROM glossaries AS g "
                "WHERE deleted_at < UTC_TIMESTAMP(3) - INTERVAL %s HOUR AND NOT EXISTS ("
                "SELECT 1 FROM translations WHERE glossary_id = g.id AND deleted_at IS NULL "
                "AND status IN ('receiving', 'running', 'interrupted')) LIMIT 100",
                (UNDO_HOURS,),
            )
            ids = [row[0] for row in await cursor.fetchall()]
        for glossary_id in ids:
            while await self._step(
                "DELETE FROM terms WHERE glossary_id = %s LIMIT %s", (glossary_id, BATCH)
            ):
                pass
            await self._step("DELETE FROM glossaries WHERE id = %s", (glossary_id,))
        await self._purge_history()
        return len(ids)

    async def _purge_history(self) -> None:
        async with self.database.transaction() as cursor:
            await cursor.execute(
                "SELECT glossary_id, MAX(until_version) FROM terms "
                "WHERE removed_at < UTC_TIMESTAMP(3) - INTERVAL %s DAY GROUP BY glossary_id",
                (HISTORY_DAYS,),
            )
            found = list(await cursor.fetchall())
        for glossary_id, version in found:
            await self._step(
                "UPDATE glossaries SET oldest = GREATEST(oldest, %s) WHERE id = %s",
                (version, glossary_id),
            )
            while await self._step(
                "DELETE FROM terms WHERE glossary_id = %s AND until_version <= %s LIMIT %s",
                (glossary_id, version, BATCH),
            ):
                pass

    async def _step(self, statement: str, values: tuple[object, ...]) -> int:
        async with self.database.transaction() as cursor:
            await cursor.execute(statement, values)
            return int(cursor.rowcount)


async def locked(cursor: Any, owner: str, glossary_id: int) -> Glossary:
    """A glossary that an owner may change, locked until the transaction ends.

    Raises UnknownGlossaryError when the owner may not see it, ForbiddenError when it is another's
    that is shared.
    """
    await cursor.execute(
        f"SELECT {_COLUMNS} FROM glossaries WHERE id = %s AND {_SEEN} FOR UPDATE",  # noqa: S608 - constants
        (glossary_id, owner),
    )
    row = await cursor.fetchone()
    if row is None:
        raise unknown_glossary(glossary_id)
    glossary = _glossary(row, owner)
    if glossary.owner != owner:
        raise another_owner()
    return glossary


def another_owner() -> ForbiddenError:
    """The error where the owner alone of a shared glossary may do something."""
    return ForbiddenError(
        N_("Another key shares this glossary, and it alone can change it. Nothing was changed.")
    )


def unknown_glossary(name: int | str) -> UnknownGlossaryError:
    """The error for an id or a name of which there is no glossary that the caller may see."""
    return UnknownGlossaryError(N_("There is no glossary {name!r}."), name=str(name)[:60])


async def _in_turn(cursor: Any) -> None:
    """Wait for other transactions that may make another glossary a pair's default.

    It locks a row that is always there: none of `glossaries` may be.
    """
    await cursor.execute("SELECT 1 FROM schema_migrations WHERE number = 9 FOR UPDATE")


async def _no_default(cursor: Any, owner: str, pair: Pair) -> None:
    await cursor.execute(
        "UPDATE glossaries SET is_default = 0 WHERE owner = %s AND source_lang = %s "
        "AND target_lang = %s AND is_default = 1 AND deleted_at IS NULL",
        (owner, *pair),
    )


def _glossary(row: Sequence[Any], owner: str) -> Glossary:
    """A row as `owner` sees it."""
    glossary_id, public_id, name, source, target, whose, shared, default, *rest = row
    return Glossary(
        glossary_id,
        public_id,
        name,
        source,
        target,
        whose,
        bool(shared),
        bool(default) and whose == owner,
        *rest,
    )
