"""Glossary terms in SQL: read as a version has them, changed in steps that can be undone.

A row is not changed but ended, and another one begins (db/009-glossaries.sql).
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from web.database import Database
from web.glossary.terms import (
    MOST_TERMS,
    TOO_MANY,
    Change,
    DuplicateTermError,
    Glossary,
    GlossaryError,
    GlossaryVersion,
    StoredTerm,
    Term,
    UnknownTermError,
)
from web.messages import N_

# Rows that are ended by one statement.
_BATCH = 1_000
_TERM = "source, target, match_case, inflected, compounds, note"
_COLUMNS = f"id, {_TERM}, changed_by, changed_at"
# Changes, each with the version that it made and a number of its own: twice its row's, and one
# more where that was removed. The rows before and after it follow.
_BEGAN = (
    f"SELECT n.since_version AS version, 2 * n.id AS number, n.changed_by, n.changed_at, "  # noqa: S608 - constants
    f"o.id AS before_id, {', '.join(f'o.{each}' for each in _TERM.split(', '))}, "
    f"n.id AS after_id, {', '.join(f'n.{each}' for each in _TERM.split(', '))} "
    "FROM terms AS n LEFT JOIN terms AS o ON o.id = n.replaces WHERE n.glossary_id = %s"
)
_ENDED = (
    f"SELECT o.until_version AS version, 2 * o.id + 1 AS number, o.removed_by, o.removed_at, "  # noqa: S608 - constants
    f"o.id AS before_id, {', '.join(f'o.{each}' for each in _TERM.split(', '))}, "
    f"NULL AS after_id, NULL, NULL, NULL, NULL, NULL, NULL "
    "FROM terms AS o WHERE o.glossary_id = %s AND o.until_version IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM terms AS n WHERE n.replaces = o.id)"
)


class TermStore:
    """Term store: reads the table `terms`.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement. It does not ask who reads.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def page(self, glossary_id: int, search: str, offset: int, most: int) -> list[StoredTerm]:
        """Up to `most` terms by their sources, or of those with `search` in them."""
        pattern = "%" + "".join(f"|{each}" if each in "|%_" else each for each in search) + "%"
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {_COLUMNS} FROM terms WHERE glossary_id = %s "  # noqa: S608 - constant
                "AND until_version IS NULL AND (source LIKE %s ESCAPE '|' "
                "OR target LIKE %s ESCAPE '|' OR note LIKE %s ESCAPE '|') "
                "ORDER BY source, id LIMIT %s OFFSET %s",
                (glossary_id, pattern, pattern, pattern, most, offset),
            )
            return [_stored(row) for row in await cursor.fetchall()]

    async def all_now(self, glossary_id: int) -> list[Term]:
        """All terms that a glossary has now, in the order in which they came."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {_TERM} FROM terms "  # noqa: S608 - constant
                "WHERE glossary_id = %s AND until_version IS NULL ORDER BY id",
                (glossary_id,),
            )
            return [_term(row) for row in await cursor.fetchall()]

    async def all_at(self, at: GlossaryVersion) -> tuple[list[Term], str]:
        """All terms of a version without their notes, as they came, and their language.

        There are none of a glossary that was purged.
        """
        async with self._database.transaction() as cursor:
            await cursor.execute("SELECT source_lang FROM glossaries WHERE id = %s", (at.id,))
            language = await cursor.fetchone()
            await cursor.execute(
                "SELECT source, target, match_case, inflected, compounds, '' FROM terms "
                "WHERE glossary_id = %s "
                "AND since_version <= %s AND (until_version IS NULL OR until_version > %s) "
                "ORDER BY id",
                (at.id, at.version, at.version),
            )
            terms = [_term(row) for row in await cursor.fetchall()]
            return terms, language[0] if language else ""

    async def changes(self, glossary_id: int, most: int, before: int | None) -> list[Change]:
        """Up to `most` changes, the newest first, or those before the one with an id."""
        limit, values = "", list[object]()
        async with self._database.transaction() as cursor:
            if before is not None:
                row = await _change_row(cursor, glossary_id, before)
                if row is None:
                    return []
                limit = " HAVING (version, number) < (%s, %s)"
                values = [row[0], before]
            last = f"{limit} ORDER BY version DESC, number DESC LIMIT %s"
            await cursor.execute(
                f"({_BEGAN}{last}) UNION ALL ({_ENDED}{last}) "
                "ORDER BY version DESC, number DESC LIMIT %s",
                (glossary_id, *values, most, glossary_id, *values, most, most),
            )
            return [_change(row) for row in await cursor.fetchall()]


class GlossaryEdit:
    """Edit of a glossary's terms within a transaction; `finish` makes it a version."""

    def __init__(self, cursor: Any, glossary: Glossary, by: str) -> None:
        """`glossary` is locked by the cursor's transaction."""
        self._cursor = cursor
        self.glossary = glossary
        self._by = by
        self._version = glossary.version + 1
        self._terms = glossary.terms
        self._changed = False

    async def living(self) -> dict[tuple[str, bool], tuple[int, Term]]:
        """Terms of now, with the ids of their rows, by their keys."""
        await self._cursor.execute(
            f"SELECT id, {_TERM} FROM terms WHERE glossary_id = %s AND until_version IS NULL",  # noqa: S608 - constant
            (self.glossary.id,),
        )
        rows = [(row[0], _term(row[1:])) for row in await self._cursor.fetchall()]
        return {term.key: (term_id, term) for term_id, term in rows}

    async def living_term(self, term_id: int) -> Term:
        """A term of now by its row's id. Raises UnknownTermError."""
        await self._cursor.execute(
            f"SELECT {_TERM} FROM terms "  # noqa: S608 - constant
            "WHERE id = %s AND glossary_id = %s AND until_version IS NULL",
            (term_id, self.glossary.id),
        )
        row = await self._cursor.fetchone()
        if row is None:
            raise UnknownTermError(
                N_("That term is not there any more; it was changed or removed meanwhile.")
            )
        return _term(row)

    async def change_of(self, change_id: int) -> tuple[Change, int | None, int | None]:
        """A change by its id, and the ids of the rows before and after it.

        Raises UnknownTermError when there is none.
        """
        row = await _change_row(self._cursor, self.glossary.id, change_id)
        if row is None:
            raise UnknownTermError(N_("There is no such change of this glossary."))
        return _change(row), row[4], row[11]

    async def end(self, ids: Sequence[int]) -> None:
        """End rows: their terms are not in the new version."""
        for start in range(0, len(ids), _BATCH):
            some = ids[start : start + _BATCH]
            places = ", ".join(["%s"] * len(some))
            await self._cursor.execute(
                "UPDATE terms SET source_key = NULL, until_version = %s, removed_by = %s, "  # noqa: S608 - placeholders
                f"removed_at = UTC_TIMESTAMP(3) WHERE id IN ({places})",
                (self._version, self._by, *some),
            )
        self._terms -= len(ids)
        self._changed = self._changed or bool(ids)

    async def add(self, terms: Sequence[tuple[Term, int | None]]) -> None:
        """Begin rows for terms, each with the id of the row that it takes the place of, if any.

        Raises GlossaryError when they are too many, DuplicateTermError for a source that is there.
        """
        if self._terms + len(terms) > MOST_TERMS:
            raise GlossaryError(TOO_MANY, most=MOST_TERMS)
        keys = {_digest(term): term for term, _ in terms}
        for start in range(0, len(terms), _BATCH):
            some = list(keys)[start : start + _BATCH]
            places = ", ".join(["%s"] * len(some))
            await self._cursor.execute(
                "SELECT source_key FROM terms WHERE glossary_id = %s "  # noqa: S608 - placeholders
                f"AND source_key IN ({places}) LIMIT 1",
                (self.glossary.id, *some),
            )
            if row := await self._cursor.fetchone():
                raise DuplicateTermError(
                    N_(
                        "The glossary has a translation of “{source}” already: change that one. "
                        "Nothing was stored."
                    ),
                    source=keys[row[0]].source,
                )
        await insert_terms(self._cursor, self.glossary.id, self._version, self._by, terms)
        self._terms += len(terms)
        self._changed = self._changed or bool(terms)

    async def added(self, key: tuple[str, bool]) -> StoredTerm:
        """A term that was just added, by its key, which must be there."""
        await self._cursor.execute(
            f"SELECT {_COLUMNS} FROM terms WHERE glossary_id = %s AND source_key = %s",  # noqa: S608 - constant
            (self.glossary.id, _key_digest(key)),
        )
        return _stored(await self._cursor.fetchone())

    async def finish(self) -> None:
        """Make what was changed the newest version; nothing where nothing was."""
        if self._changed:
            await self._cursor.execute(
                "UPDATE glossaries SET version = %s, terms = %s, changed_at = UTC_TIMESTAMP(3) "
                "WHERE id = %s",
                (self._version, self._terms, self.glossary.id),
            )


async def insert_terms(
    cursor: Any,
    glossary_id: int,
    version: int,
    by: str,
    terms: Iterable[tuple[Term, int | None]],
) -> None:
    """Insert rows that begin with a version, each with the id of the one that it replaces."""
    await cursor.executemany(
        "INSERT INTO terms (glossary_id, source_key, source, target, match_case, inflected, "
        "compounds, note, since_version, replaces, changed_by, changed_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, UTC_TIMESTAMP(3))",
        [
            (
                glossary_id,
                _digest(term),
                term.source,
                term.target,
                term.match_case,
                term.inflected,
                term.compounds,
                term.note,
                version,
                replaces,
                by,
            )
            for term, replaces in terms
        ],
    )


def _digest(term: Term) -> str:
    return _key_digest(term.key)


def _key_digest(key: tuple[str, bool]) -> str:
    return hashlib.blake2b(f"{key[1]:d}{key[0]}".encode(), digest_size=16).hexdigest()


async def _change_row(cursor: Any, glossary_id: int, change_id: int) -> Any:
    term_id, ended = divmod(change_id, 2)
    statement = f"{_ENDED} AND o.id = %s" if ended else f"{_BEGAN} AND n.id = %s"
    await cursor.execute(statement, (glossary_id, term_id))
    return await cursor.fetchone()


def _term(row: Sequence[Any]) -> Term:
    source, target, match_case, inflected, compounds, note = row
    return Term(source, target, bool(match_case), bool(inflected), bool(compounds), note)


def _stored(row: Sequence[Any]) -> StoredTerm:
    term_id, *term, by, at = row
    return StoredTerm(term_id, _term(term), by, at)


def _change(row: Sequence[Any]) -> Change:
    _, number, by, at, before_id, *rest = row
    before, after_id, after = rest[:6], rest[6], rest[7:]
    old = None if before_id is None else _term(before)
    new = None if after_id is None else _term(after)
    if old and new:
        return Change(number, "changed", old, new, by, at)
    return Change(number, "added" if new else "removed", old, new, by, at)
