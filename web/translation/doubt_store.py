"""SQL for doubtful places: sentences of a translation that have a warning, found by their spans.

A passage that failed for good is one such place as well. Sentences of which the model was unsure,
and nothing else, are none: they are many, and most of them are right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from web.database import Database
from web.text.sentences import SOFT, Sentence
from web.translation.store import Passage

# Places that are listed at most; they are counted all the same.
MOST_PLACES = 200
# Passages that are read at once.
BATCH = 20
# A number above that of any passage.
END = 2**32 - 1

# Doubtful sentences in spans: a list of warnings begins with `[["`, and nothing else does, because
# JSON has no bare quote in a string. One that begins with the soft warning has no other.
_BEGINS = '[["'
_BEGINS_SOFTLY = f'[["{SOFT}"'
_COUNT = (
    "((LENGTH(spans) - LENGTH(REPLACE(spans, %s, ''))) DIV LENGTH(%s)"
    " - (LENGTH(spans) - LENGTH(REPLACE(spans, %s, ''))) DIV LENGTH(%s))"
)
_COUNTED = (_BEGINS, _BEGINS, _BEGINS_SOFTLY, _BEGINS_SOFTLY)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Doubt: a doubtful place, which is a sentence with warnings, and the number of its passage."""

    seq: int
    sentence: Sentence


def doubts_in(passages: Sequence[Passage]) -> list[Doubt]:
    """The doubtful places of passages, in order."""
    return [
        Doubt(passage.seq, each)
        for passage in passages
        for each in passage.sentences
        if each.doubtful
    ]


class DoubtStore:
    """Doubt store: reads the tables `passages` and `sentences`.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def count(self, translation_id: int, before: int = END) -> int:
        """How many doubtful places the passages have whose number is below `before`."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT (SELECT COALESCE(SUM({_COUNT}), 0) FROM sentences "  # noqa: S608 - constant
                "WHERE translation_id = %s AND seq < %s) + (SELECT COUNT(*) FROM passages "
                "WHERE translation_id = %s AND status = 'failed' AND seq < %s)",
                (*_COUNTED, translation_id, before, translation_id, before),
            )
            (count,) = await cursor.fetchone()
            return int(count)

    async def places(
        self, translation_id: int, seq: int = 0, most: int = MOST_PLACES
    ) -> list[Doubt]:
        """The first `most` doubtful places from passage number `seq` on."""
        found: list[Doubt] = []
        while len(found) < most:
            passages = await self._passages(translation_id, seq, END, "ASC", min(BATCH, most))
            found += doubts_in(passages)
            if not passages:
                break
            seq = passages[-1].seq + 1
        return found[:most]

    async def last(self, translation_id: int, before: int = END) -> Doubt | None:
        """The last doubtful place in the passages whose number is below `before`."""
        passages = await self._passages(translation_id, 0, before, "DESC", 1)
        return doubts_in(passages)[-1] if passages else None

    async def _passages(
        self, translation_id: int, start: int, end: int, order: str, most: int
    ) -> list[Passage]:
        """Passages with a doubtful place, of those from number `start` to before `end`."""
        async with self._database.transaction() as cursor:
            # Their texts are read last, and only theirs: others may be a book.
            which = "translation_id = %s AND seq >= %s AND seq < %s"
            bounds = (translation_id, start, end)
            await cursor.execute(
                "SELECT seq, source, target, score, status, spans FROM ("  # noqa: S608 - constants
                f"(SELECT seq FROM sentences WHERE {which} AND {_COUNT} > 0 "
                f"ORDER BY seq {order} LIMIT %s) UNION "
                f"(SELECT seq FROM passages WHERE {which} AND status = 'failed' "
                f"ORDER BY seq {order} LIMIT %s) ORDER BY seq {order} LIMIT %s) AS found "
                "JOIN passages USING (seq) LEFT JOIN sentences USING (translation_id, seq) "
                f"WHERE translation_id = %s ORDER BY seq {order}",
                (*bounds, *_COUNTED, most, *bounds, most, most, translation_id),
            )
            rows: Sequence[Any] = await cursor.fetchall()
            return [Passage(*row) for row in rows]
