"""Job queue in SQL: passages are leased with FOR UPDATE SKIP LOCKED, and stored when translated.

A claim is a row that is locked for a moment only (`FOR UPDATE SKIP LOCKED`) and then marked with
its worker and the end of its lease. A worker that does not renew the lease loses the claim, so a
dead replica's work is taken up by another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from web.database import Database
from web.glossary.terms import GlossaryVersion, glossary_at
from web.settings import Quality

# Length of a lease, in seconds: a passage whose worker does not renew it so long is claimed again.
LEASE_SECONDS = 15
# Length of the lease of a text's arrival, in seconds: not renewed so long, the arrival has stopped.
# Longer than a database takes to restart, so that it is not over when that comes back.
RECEIVING_SECONDS = 60
# Attempts after which a passage is failed for good.
MOST_ATTEMPTS = 3
# Ignore a lease that ends later than this multiple of its length: the clock was wrong when it was
# written.
CLOCK = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim: a leased passage, which its worker may translate until the lease ends.

    `previous` is the id of the translation that its own one is a newer version of, `glossary` the
    one that it is translated with; `memory_owner` is whose translation memory is used, None:
    nobody's.
    """

    translation_id: int
    seq: int
    source: str
    source_lang: str
    target_lang: str
    previous: int | None = None
    quality: Quality = "best"
    glossary: GlossaryVersion | None = None
    memory_owner: str | None = None


class JobQueue:
    """Job queue on the tables `translations` and `passages`.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def claim(self, worker: str, most: int, after: int = 0) -> list[Claim]:
        """Lease up to `most` open passages, one of each translation in turn.

        The turn begins with the translation after the id `after`, so that no translation waits
        for the end of another one.
        """
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT id, source_lang, target_lang, previous_id, quality, glossary_id, "
                "glossary_version, memory_owner FROM translations "
                "WHERE status IN ('receiving', 'running', 'interrupted') "
                "AND passages_done < passages AND deleted_at IS NULL "
                "ORDER BY id > %s DESC, id LIMIT 100",
                (after,),
            )
            waiting = list(await cursor.fetchall())
            claims: list[Claim] = []
            while waiting and len(claims) < most:
                for row in list(waiting):
                    claim = await self._claim_one(cursor, worker, *row)
                    if claim is None:
                        waiting.remove(row)
                    elif len(claims) < most:
                        claims.append(claim)
                    if len(claims) == most:
                        break
            return claims

    async def waiting(self) -> int:
        """Queue length: passages of all texts that are not translated yet, leased ones included."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT COALESCE(SUM(passages - passages_done), 0) FROM translations "
                "WHERE status IN ('receiving', 'running', 'interrupted') AND deleted_at IS NULL"
            )
            (number,) = await cursor.fetchone()
            return int(number)

    async def _claim_one(  # noqa: PLR0913, PLR0917 - a row has as many parts as it has
        self,
        cursor: Any,
        worker: str,
        translation_id: int,
        source_lang: str,
        target_lang: str,
        previous: int | None,
        quality: Quality | None,
        glossary_id: int | None,
        glossary_version: int | None,
        memory_owner: str | None,
    ) -> Claim | None:
        await cursor.execute(
            "SELECT seq, source FROM passages WHERE translation_id = %s AND status = 'open' "
            "AND (claimed_until IS NULL OR claimed_until NOT BETWEEN UTC_TIMESTAMP(3) "
            "AND UTC_TIMESTAMP(3) + INTERVAL %s SECOND) "
            "ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED",
            (translation_id, CLOCK * LEASE_SECONDS),
        )
        row = await cursor.fetchone()
        if row is None:
            return None
        seq, source = row
        await cursor.execute(
            "UPDATE passages SET claimed_by = %s, "
            "claimed_until = UTC_TIMESTAMP(3) + INTERVAL %s SECOND "
            "WHERE translation_id = %s AND seq = %s",
            (worker, LEASE_SECONDS, translation_id, seq),
        )
        return Claim(
            translation_id,
            seq,
            source,
            source_lang,
            target_lang,
            previous,
            quality or "best",
            glossary_at(glossary_id, glossary_version),
            memory_owner,
        )

    async def extend(self, worker: str, claims: Sequence[Claim], receiving: Sequence[int]) -> None:
        """Renew the leases of passages that are being translated, and of texts that arrive."""
        async with self._database.transaction() as cursor:
            await renew(cursor, receiving)
            await cursor.executemany(
                "UPDATE passages SET claimed_until = UTC_TIMESTAMP(3) + INTERVAL %s SECOND "
                "WHERE translation_id = %s AND seq = %s AND claimed_by = %s AND status = 'open'",
                [(LEASE_SECONDS, each.translation_id, each.seq, worker) for each in claims],
            )

    async def release(self, worker: str, claim: Claim) -> None:
        """Give a passage back untranslated, without counting an attempt."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE passages SET claimed_by = NULL, claimed_until = NULL "
                "WHERE translation_id = %s AND seq = %s AND claimed_by = %s AND status = 'open'",
                (claim.translation_id, claim.seq, worker),
            )

    async def complete(  # noqa: PLR0913, PLR0917 - a row has as many parts as it has
        self,
        worker: str,
        claim: Claim,
        target: str,
        score: float | None,
        spans: str,
        model: str,
    ) -> None:
        """Store a passage's translation with the progress that it makes, once."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE passages SET target = %s, score = %s, status = 'done', "
                "claimed_until = NULL "
                "WHERE translation_id = %s AND seq = %s AND claimed_by = %s AND status = 'open'",
                (target, score, claim.translation_id, claim.seq, worker),
            )
            if cursor.rowcount == 1:
                await cursor.execute(
                    "REPLACE INTO sentences (translation_id, seq, spans) VALUES (%s, %s, %s)",
                    (claim.translation_id, claim.seq, spans),
                )
                await _progress(cursor, claim.translation_id, model)

    async def fail(self, worker: str, claim: Claim) -> None:
        """Count a failed attempt; after the last one the passage is failed for good."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE passages SET attempts = attempts + 1, claimed_by = NULL, "
                "claimed_until = NULL, status = IF(attempts >= %s, 'failed', 'open') "
                "WHERE translation_id = %s AND seq = %s AND claimed_by = %s AND status = 'open'",
                (MOST_ATTEMPTS, claim.translation_id, claim.seq, worker),
            )
            if cursor.rowcount == 1:
                await cursor.execute(
                    "SELECT status FROM passages WHERE translation_id = %s AND seq = %s",
                    (claim.translation_id, claim.seq),
                )
                (status,) = await cursor.fetchone()
                if status == "failed":
                    await _progress(cursor, claim.translation_id, "")

    async def end_forsaken(self) -> int:
        """End the arrival of texts whose lease has run out; gives how many there were.

        A web service of the first version writes no such lease; its texts have a day.
        """
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "UPDATE translations SET "
                "finished_at = IF(passages_done = passages, UTC_TIMESTAMP(3), NULL), "
                "status = 'interrupted' "
                "WHERE status = 'receiving' AND (receiving_until NOT BETWEEN UTC_TIMESTAMP(3) "
                "AND UTC_TIMESTAMP(3) + INTERVAL %s SECOND OR receiving_until IS NULL "
                "AND created_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY)",
                (CLOCK * RECEIVING_SECONDS,),
            )
            return int(cursor.rowcount)


async def renew(cursor: Any, receiving: Sequence[int]) -> None:
    """Renew the leases of texts that arrive, even where another replica has ended one."""
    await cursor.executemany(
        "UPDATE translations SET status = IF(status = 'interrupted' AND receiving_until IS NOT "
        "NULL, 'receiving', status), receiving_until = UTC_TIMESTAMP(3) + INTERVAL %s SECOND "
        "WHERE id = %s",
        [(RECEIVING_SECONDS, translation_id) for translation_id in receiving],
    )


async def _progress(cursor: Any, translation_id: int, model: str) -> None:
    """Count a passage that is done. MySQL assigns from left to right, so the sum comes first."""
    await cursor.execute(
        "UPDATE translations SET passages_done = passages_done + 1, "
        "model = IF(%s = '', model, %s), "
        "finished_at = IF(passages_done = passages AND status <> 'receiving', "
        "UTC_TIMESTAMP(3), finished_at), "
        "status = IF(passages_done = passages AND status = 'running', 'done', status) "
        "WHERE id = %s",
        (model, model, translation_id),
    )
