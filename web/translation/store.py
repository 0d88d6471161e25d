"""Translation store in SQL: translations and their passages in the database.

Every value travels as a parameter. A call that the database does not answer in time raises
StoreUnavailableError; nothing of its transaction is stored then, or all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from web.database import Database
from web.glossary.terms import GlossaryVersion, glossary_at
from web.jobs.queue import LEASE_SECONDS, Claim, renew
from web.settings import Quality
from web.text.sentences import Sentence, SentenceWarning, sentences


@dataclass(frozen=True, slots=True)
class Translation:
    """Translation: a row of `translations`; times are UTC, and a quality of None is the best."""

    id: int
    created_at: datetime
    finished_at: datetime | None
    title: str
    source_lang: str
    target_lang: str
    model: str
    origin: str
    characters: int
    passages: int
    passages_done: int
    status: str
    quality: Quality | None = None
    glossary_id: int | None = None
    glossary_version: int | None = None

    @property
    def glossary(self) -> GlossaryVersion | None:
        """The glossary that it was made with, in the version of then."""
        return glossary_at(self.glossary_id, self.glossary_version)

    @property
    def ended(self) -> bool:
        """Whether no further passage will be translated unless a user asks."""
        return self.status in {"done", "cancelled"} or (
            self.status == "interrupted" and self.passages_done == self.passages
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """Passage: a row of `passages`; `target` is None until it is translated.

    `score` is from 0 to 1, None where no model was asked. `spans` are as in `web.text.sentences`,
    None where they are not known.
    """

    seq: int
    source: str
    target: str | None
    score: float | None
    status: str
    spans: str | None = None

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences, when it is translated; one that is not, when that failed for good."""
        if self.status == "failed":
            untranslated = SentenceWarning("untranslated")
            return [Sentence(0, self.source, self.source, "", warnings=(untranslated,))]
        return sentences(self.source, self.target or "", self.spans)


@dataclass(frozen=True, slots=True)
class NewTranslation:
    """New translation: the columns that are known when it begins.

    `previous` is the id of the translation that this one is a newer version of; `memory_owner` is
    whose translation memory it is made with, None: nobody's.
    """

    request_key: str
    title: str
    source_lang: str
    target_lang: str
    model: str
    origin: str
    previous: int | None = None
    quality: Quality = "best"
    glossary: GlossaryVersion | None = None
    memory_owner: str | None = None


@dataclass(frozen=True, slots=True)
class FinishedTranslation:
    """Finished translation to be stored: its passages' sources and targets."""

    new: NewTranslation
    passages: list[tuple[str, str]]


_TRANSLATION = (
    "INSERT INTO translations (request_key, created_at, finished_at, title, source_lang, "
    "target_lang, model, origin, previous_id, quality, glossary_id, glossary_version, "
    "memory_owner, characters, passages, passages_done, status) VALUES "
    "(%s, COALESCE(%s, UTC_TIMESTAMP(3)), IF(%s = 'done', COALESCE(%s, UTC_TIMESTAMP(3)), "
    "NULL), %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
    "ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)"
)
# Of the translation that the statement before has inserted.
_ONLY_PASSAGE = (
    "INSERT INTO passages (translation_id, seq, source, target, score, status) VALUES "
    "(LAST_INSERT_ID(), 0, %s, %s, %s, 'done') ON DUPLICATE KEY UPDATE seq = seq"
)
_ITS_SPANS = "REPLACE INTO sentences (translation_id, seq, spans) VALUES (LAST_INSERT_ID(), 0, %s)"

# SQL, and its values.
Statement = tuple[str, tuple[object, ...]]

COLUMNS = (
    "id, created_at, finished_at, title, source_lang, target_lang, model, origin, characters, "
    "passages, passages_done, status, quality, glossary_id, glossary_version"
)


class Store:
    """Translation store: the tables `translations`, `passages` and `sentences`.

    Leases are in `web.jobs.queue`, lists and searches in `web.history.store`. Every method raises
    StoreUnavailableError when the database does not answer, and RuntimeError when it refuses a
    statement.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def ping(self) -> None:
        """Check that the tables can be read. Raises StoreUnavailableError when they cannot."""
        async with self._database.transaction() as cursor:
            await cursor.execute("SELECT 1 FROM translations LIMIT 1")

    async def save_done(  # noqa: PLR0913, PLR0917 - a row has as many parts as it has
        self,
        new: NewTranslation,
        source: str,
        target: str,
        score: float | None,
        spans: str | None = None,
        created_at: str | None = None,
    ) -> int:
        """Store a finished translation of one passage; its id.

        `created_at` is UTC in ISO 8601, None for now. A request key that is stored already is
        not stored again.
        """
        statements: list[Statement] = [
            _insertion(new, "done", len(source), 1, created_at),
            (_ONLY_PASSAGE, (source, target, score)),
        ]
        if spans is not None:
            statements.append((_ITS_SPANS, (spans,)))
        translation_id, *_ = await self._database.at_once(statements)
        return translation_id

    async def save_all_done(self, translations: Sequence[FinishedTranslation]) -> int:
        """Store finished translations in their order; gives how many were not stored before.

        All of them or none. Two request keys must not be the same.
        """
        async with self._database.transaction() as cursor:
            places = ", ".join(["%s"] * len(translations))
            await cursor.execute(
                f"SELECT request_key FROM translations WHERE request_key IN ({places})",  # noqa: S608 - placeholders
                [each.new.request_key for each in translations],
            )
            stored = {key for (key,) in await cursor.fetchall()}
            new = [each for each in translations if each.new.request_key not in stored]
            for each in new:
                await _insert_done(cursor, each.new, each.passages)
            return len(new)

    async def id_of(self, request_key: str) -> int:
        """The id of a translation by its request key, which must be stored."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT id FROM translations WHERE request_key = %s", (request_key,)
            )
            (translation_id,) = await cursor.fetchone()
            return int(translation_id)

    async def begin(self, new: NewTranslation, worker: str, first: str) -> tuple[int, Claim | None]:
        """Store a translation whose passages will arrive, with its first one, which is claimed.

        Gives its id. Where the request key is stored already it is that translation's, deleted
        or not, and there is no claim.
        """
        async with self._database.transaction() as cursor:
            translation_id = await _insert(cursor, new, "receiving", len(first), 1)
            if not cursor.rowcount:
                return translation_id, None
            await renew(cursor, [translation_id])
            await cursor.execute(
                "INSERT INTO passages (translation_id, seq, source, status, claimed_by, "
                "claimed_until) VALUES (%s, 0, %s, 'open', %s, "
                "UTC_TIMESTAMP(3) + INTERVAL %s SECOND)",
                (translation_id, first, worker, LEASE_SECONDS),
            )
            pair = new.source_lang, new.target_lang
            return translation_id, Claim(
                translation_id,
                0,
                first,
                *pair,
                previous=new.previous,
                quality=new.quality,
                glossary=new.glossary,
                memory_owner=new.memory_owner,
            )

    async def add_passages(
        self, translation_id: int, seq: int, sources: Sequence[str], characters: int
    ) -> None:
        """Store passages that have arrived, the first of them with number `seq`.

        `characters` have arrived with them in all. Doing it again changes nothing, so a caller
        that cannot know whether it was done can.
        """
        async with self._database.transaction() as cursor:
            # The translation first: an insert locks it too, but shared, and two that then want
            # it for themselves would be a deadlock.
            await cursor.execute(
                "UPDATE translations SET passages = %s, characters = %s WHERE id = %s",
                (seq + len(sources), characters, translation_id),
            )
            await cursor.executemany(
                "INSERT INTO passages (translation_id, seq, source, status) "
                "VALUES (%s, %s, %s, 'open') ON DUPLICATE KEY UPDATE seq = seq",
                [(translation_id, number, text) for number, text in enumerate(sources, seq)],
            )

    async def received(self, translation_id: int, whole: bool) -> None:  # noqa: FBT001
        """End the arrival of a text: all of it is here, or (`whole` false) no more will come."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE translations SET "
                "finished_at = IF(passages_done = passages, UTC_TIMESTAMP(3), NULL), "
                "status = IF(%s, IF(passages_done = passages, 'done', 'running'), 'interrupted'), "
                "receiving_until = NULL "
                "WHERE id = %s AND status IN ('receiving', 'interrupted')",
                (whole, translation_id),
            )

    async def translation(self, translation_id: int) -> Translation | None:
        """One translation, or None."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {COLUMNS} FROM translations WHERE id = %s AND deleted_at IS NULL",  # noqa: S608 - constant
                (translation_id,),
            )
            row = await cursor.fetchone()
            return Translation(*row) if row else None

    async def passages(self, translation_id: int, seq: int, most: int) -> list[Passage]:
        """Up to `most` passages in order, from number `seq` on."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT seq, source, target, score, status, spans FROM passages "
                "LEFT JOIN sentences USING (translation_id, seq) "
                "WHERE translation_id = %s AND seq >= %s ORDER BY seq LIMIT %s",
                (translation_id, seq, most),
            )
            return [Passage(*row) for row in await cursor.fetchall()]

    async def retry(self, translation_id: int) -> None:
        """Retry: open the passages that failed for good once more."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE passages SET status = 'open', attempts = 0 "
                "WHERE translation_id = %s AND status = 'failed'",
                (translation_id,),
            )
            if cursor.rowcount:
                await cursor.execute(
                    "UPDATE translations SET passages_done = passages_done - %s, "
                    "finished_at = NULL, status = IF(status = 'done', 'running', status) "
                    "WHERE id = %s",
                    (cursor.rowcount, translation_id),
                )

    async def failed(self, translation_id: int) -> int:
        """How many passages of a translation failed for good."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT COUNT(*) FROM passages WHERE translation_id = %s AND status = 'failed'",
                (translation_id,),
            )
            (count,) = await cursor.fetchone()
            return int(count)

    async def cancel(self, translation_id: int) -> None:
        """Cancel a translation; its translated passages stay."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE translations SET status = 'cancelled', finished_at = UTC_TIMESTAMP(3) "
                "WHERE id = %s AND status IN ('receiving', 'running', 'interrupted')",
                (translation_id,),
            )


def quality_column(quality: Quality) -> Quality | None:
    """Column of a quality: NULL for the best, as it is in rows of earlier versions."""
    return None if quality == "best" else quality


def glossary_columns(glossary: GlossaryVersion | None) -> tuple[int | None, int | None]:
    """Columns of a glossary: its id and version, or NULL."""
    return (None, None) if glossary is None else (glossary.id, glossary.version)


async def save_spans(cursor: Any, translation_id: int, seq: int, spans: str) -> None:
    """Store the sentence spans of a passage."""
    await cursor.execute(
        "REPLACE INTO sentences (translation_id, seq, spans) VALUES (%s, %s, %s)",
        (translation_id, seq, spans),
    )


def _insertion(
    new: NewTranslation,
    status: str,
    characters: int = 0,
    passages: int = 0,
    created_at: str | None = None,
) -> Statement:
    """Insert a translation; its id is that of the one with its key. If done, its passages are."""
    return (
        _TRANSLATION,
        (
            new.request_key,
            created_at,
            status,
            created_at,
            new.title,
            new.source_lang,
            new.target_lang,
            new.model,
            new.origin,
            new.previous,
            quality_column(new.quality),
            *glossary_columns(new.glossary),
            new.memory_owner,
            characters,
            passages,
            passages if status == "done" else 0,
            status,
        ),
    )


async def _insert(
    cursor: Any, new: NewTranslation, status: str, characters: int, passages: int
) -> int:
    await cursor.execute(*_insertion(new, status, characters, passages))
    translation_id: int = cursor.lastrowid
    return translation_id


async def _insert_done(
    cursor: Any, new: NewTranslation, passages: Sequence[tuple[str, str]]
) -> None:
    """Insert a translation that is done; its passages are sources and targets."""
    characters = sum(len(source) for source, _ in passages)
    translation_id = await _insert(cursor, new, "done", characters, len(passages))
    await cursor.executemany(
        "INSERT INTO passages (translation_id, seq, source, target, status) "
        "VALUES (%s, %s, %s, %s, 'done') ON DUPLICATE KEY UPDATE seq = seq",
        [(translation_id, seq, *passage) for seq, passage in enumerate(passages)],
    )
