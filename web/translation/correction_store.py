"""SQL for corrections: sentences changed within their passages, and how they were before.

A passage is locked while one of its sentences is changed, so each change sees the one before it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from web.database import Database
from web.errors import NotFoundError
from web.messages import N_
from web.text.sentences import Sentence, as_chosen, state_of, with_sentences, with_state
from web.translation.store import Passage, save_spans

# Passages that are looked through, and maybe changed, by one transaction: 500 take 1.5 s.
BATCH = 500
# No step.
NONE = 2**63

_ROW = "id, step, seq, number, source, target_before, target_after, state_before, made_by, made_at"


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """Change of a sentence: as it was, and as it is to be."""

    before: Sentence
    after: Sentence


@dataclass(frozen=True, slots=True)
class Stored:
    """Stored change of a passage as it is now, and which of its sentences have changed.

    `step` is None where none has; `pair` are the codes of the translation's languages.
    """

    step: int | None
    pair: tuple[str, str]
    passage: Passage
    numbers: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class StoredStep:
    """Stored step: the first passage that it has changed, and those of them that are shown.

    `sentences` is how many have changed.
    """

    first: Stored
    shown: Sequence[Passage]
    sentences: int


@dataclass(frozen=True, slots=True)
class Step:
    """Step: a correction that was made in one go, of one sentence or of several equal ones.

    `seq` and `number` are where the first one is; `made_at` is UTC. `id` is that of its row, and
    the step's where it is the first.
    """

    id: int
    step: int
    seq: int
    number: int
    source: str
    before: str
    after: str
    state: str
    made_by: str
    made_at: datetime
    sentences: int = 1

    @property
    def sentence(self) -> Sentence:
        """Its first sentence as it was before."""
        return with_state(Sentence(self.number, self.source, "", ""), self.before, self.state)


class _Made:
    """A step while it is being made: of a book not all passages are held."""

    def __init__(self, shown: range) -> None:
        self._numbers = shown
        self._first: Stored | None = None
        self._shown: list[Passage] = []
        self._count = 0

    @property
    def step(self) -> int | None:
        return self._first.step if self._first else None

    def add(self, stored: Stored) -> None:
        self._first = self._first or stored
        self._count += len(stored.numbers)
        if stored.passage.seq in self._numbers:
            self._shown.append(stored.passage)

    @property
    def whole(self) -> StoredStep | None:
        return StoredStep(self._first, self._shown, self._count) if self._first else None


class CorrectionStore:
    """Correction store: changes passages, and keeps each change in the table `corrections`.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def change(
        self,
        translation_id: int,
        seq: int,
        change: Callable[[Passage], SentenceChange | None],
        by: str,
    ) -> Stored | None:
        """Make the change of a passage that `change` gives, which may be none; None without it.

        An exception of `change` passes through, and nothing is stored. Raises NotFoundError when
        there is no such translation.
        """
        async with self._database.transaction() as cursor:
            pair = await _pair(cursor, translation_id)
            passage = await _locked(cursor, translation_id, seq)
            if passage is None:
                return None
            made = change(passage)
            if made is None:
                return Stored(None, pair, passage)
            changes = {made.before.number: made.after}
            now = await _written(cursor, translation_id, passage, changes)
            step = await _begun(cursor, translation_id, seq, made, by)
            return Stored(step, pair, now, list(changes))

    async def equal(self, translation_id: int, sentence: Sentence) -> int:
        """How many sentences of a translation have the source of this one and another target."""
        count = 0
        async with self._database.transaction() as cursor:
            for batch in await _batches(cursor, translation_id):
                found = await _having(cursor, translation_id, batch, sentence.source)
                for passage in found:
                    count += len(_others(passage, sentence.source, sentence.target))
        return count

    async def change_equal(
        self, translation_id: int, source: str, target: str, by: str, shown: range
    ) -> StoredStep | None:
        """Give all sentences with a source one target, in one step; None where all of them have it.

        A book takes several transactions: where one of them fails, those before it stay, and can be
        undone. Gives the passages whose numbers are `shown`. Raises NotFoundError when there is no
        such translation.
        """
        made = _Made(shown)
        async with self._database.transaction() as cursor:
            pair = await _pair(cursor, translation_id)
            batches = await _batches(cursor, translation_id)
        for batch in batches:
            async with self._database.transaction() as cursor:
                for found in await _having(cursor, translation_id, batch, source):
                    if not _others(found, source, target):
                        continue
                    passage = await _locked(cursor, translation_id, found.seq)
                    others = _others(passage, source, target) if passage else []
                    if passage is None or not others:
                        continue
                    changes = {each.number: as_chosen(each, target) for each in others}
                    now = await _written(cursor, translation_id, passage, changes)
                    rows = [SentenceChange(each, changes[each.number]) for each in others]
                    step = made.step
                    if step is None:
                        step = await _begun(cursor, translation_id, found.seq, rows.pop(0), by)
                    await _added(cursor, step, translation_id, found.seq, rows, by)
                    made.add(Stored(step, pair, now, list(changes)))
        return made.whole

    async def undo(
        self, translation_id: int, step: int, by: str, shown: range
    ) -> StoredStep | None:
        """Take a step back, where its sentences are as it made them; None where none of them is.

        That of a book takes several transactions, as `change_equal` does. Gives the passages whose
        numbers are `shown`. Raises NotFoundError when there is no such translation.
        """
        made = _Made(shown)
        async with self._database.transaction() as cursor:
            pair = await _pair(cursor, translation_id)
            rows = await _rows(cursor, translation_id, step)
        for _, some in groupby(rows, lambda row: row.seq // BATCH):
            async with self._database.transaction() as cursor:
                undone: list[int] = []
                for seq, of_passage in groupby(some, lambda row: row.seq):
                    passage = await _locked(cursor, translation_id, seq)
                    if passage is None:
                        continue
                    changes: dict[int, Sentence] = {}
                    for row in of_passage:
                        found = _as_corrected(passage, row, changes)
                        if found is not None:
                            changes[found.number] = with_state(found, row.before, row.state)
                            undone.append(row.id)
                    if changes:
                        now = await _written(cursor, translation_id, passage, changes)
                        made.add(Stored(step, pair, now, list(changes)))
                await cursor.executemany(
                    "UPDATE corrections SET undone_by = %s, undone_at = UTC_TIMESTAMP(3) "
                    "WHERE id = %s",
                    [(by, each) for each in undone],
                )
        return made.whole

    async def rows(self, translation_id: int, step: int) -> list[Step]:
        """The changes of a step that are not undone, in the order of their sentences."""
        async with self._database.transaction() as cursor:
            return await _rows(cursor, translation_id, step)

    async def steps(self, translation_id: int, before: int | None, most: int) -> list[Step]:
        """Up to `most` steps that are not undone, the newest first, below the number `before`."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                f"SELECT {_ROW}, sentences FROM corrections JOIN ("  # noqa: S608 - constants
                "SELECT MIN(id) AS first, COUNT(*) AS sentences FROM corrections "
                "WHERE translation_id = %s AND undone_at IS NULL AND step < %s "
                "GROUP BY step ORDER BY step DESC LIMIT %s"
                ") AS steps ON id = first ORDER BY step DESC",
                (translation_id, NONE if before is None else before, most),
            )
            return [Step(*row) for row in await cursor.fetchall()]

    async def stands(
        self, translation_id: int, by: str, pair: tuple[str, str], source: str, target: str
    ) -> bool:
        """Whether a correction of a sentence to this target is not undone.

        In this translation it may be anybody's, in others of the pair it is one made `by` somebody.
        """
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT 1 FROM corrections JOIN translations ON translations.id = translation_id "
                "WHERE undone_at IS NULL AND source = %s AND target_after = %s "
                "AND (translation_id = %s OR made_by = %s AND deleted_at IS NULL "
                "AND source_lang = %s AND target_lang = %s) LIMIT 1",
                (source, target, translation_id, by, *pair),
            )
            return await cursor.fetchone() is not None

    async def count(self, translation_id: int) -> int:
        """How many steps are not undone."""
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT COUNT(DISTINCT step) FROM corrections "
                "WHERE translation_id = %s AND undone_at IS NULL",
                (translation_id,),
            )
            (count,) = await cursor.fetchone()
            return int(count)


async def _pair(cursor: Any, translation_id: int) -> tuple[str, str]:
    """The languages of a translation. Raises NotFoundError."""
    await cursor.execute(
        "SELECT source_lang, target_lang FROM translations WHERE id = %s AND deleted_at IS NULL",
        (translation_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        raise NotFoundError(N_("There is no translation {id!s}."), id=translation_id)
    source, target = row
    return source, target


async def _locked(cursor: Any, translation_id: int, seq: int) -> Passage | None:
    await cursor.execute(
        "SELECT seq, source, target, score, status, spans FROM passages "
        "LEFT JOIN sentences USING (translation_id, seq) "
        "WHERE translation_id = %s AND seq = %s FOR UPDATE",
        (translation_id, seq),
    )
    row = await cursor.fetchone()
    return Passage(*row) if row else None


async def _written(
    cursor: Any, translation_id: int, passage: Passage, changes: Mapping[int, Sentence]
) -> Passage:
    """Store a passage with some of its sentences changed, by their numbers; as it is then."""
    target, spans = with_sentences(changes.get(each.number, each) for each in passage.sentences)
    await cursor.execute(
        "UPDATE passages SET target = %s WHERE translation_id = %s AND seq = %s",
        (target, translation_id, passage.seq),
    )
    await save_spans(cursor, translation_id, passage.seq, spans)
    return replace(passage, target=target, spans=spans)


_INSERT = (
    "INSERT INTO corrections (step, translation_id, seq, number, source, target_before, "
    "target_after, state_before, made_by, made_at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, UTC_TIMESTAMP(3))"
)


def _values(
    step: int, translation_id: int, seq: int, change: SentenceChange, by: str
) -> tuple[int | str, ...]:
    before = change.before
    return (
        *(step, translation_id, seq, before.number, before.source),
        *(before.target, change.after.target, state_of(before), by),
    )


async def _begun(
    cursor: Any, translation_id: int, seq: int, change: SentenceChange, by: str
) -> int:
    """Keep the first change of a new step; the step."""
    await cursor.execute(_INSERT, _values(0, translation_id, seq, change, by))
    step: int = cursor.lastrowid
    await cursor.execute("UPDATE corrections SET step = id WHERE id = %s", (step,))
    return step


async def _added(  # noqa: PLR0913, PLR0917 - a row has as many parts as it has
    cursor: Any,
    step: int,
    translation_id: int,
    seq: int,
    changes: Sequence[SentenceChange],
    by: str,
) -> None:
    await cursor.executemany(
        _INSERT, [_values(step, translation_id, seq, each, by) for each in changes]
    )


async def _rows(cursor: Any, translation_id: int, step: int) -> list[Step]:
    await cursor.execute(
        f"SELECT {_ROW} FROM corrections "  # noqa: S608 - constant
        "WHERE translation_id = %s AND step = %s AND undone_at IS NULL ORDER BY seq, number",
        (translation_id, step),
    )
    return [Step(*row) for row in await cursor.fetchall()]


async def _batches(cursor: Any, translation_id: int) -> list[range]:
    """The numbers of a translation's passages, in parts of some size."""
    await cursor.execute("SELECT passages FROM translations WHERE id = %s", (translation_id,))
    row = await cursor.fetchone()
    return [range(start, start + BATCH) for start in range(0, row[0] if row else 0, BATCH)]


async def _having(cursor: Any, translation_id: int, batch: range, source: str) -> list[Passage]:
    """The translated passages of a part in which a text stands."""
    await cursor.execute(
        "SELECT seq, source, target, score, passages.status, spans FROM passages "
        "LEFT JOIN sentences USING (translation_id, seq) WHERE translation_id = %s "
        "AND seq >= %s AND seq < %s AND passages.status = 'done' "
        "AND INSTR(source COLLATE utf8mb4_bin, %s)",
        (translation_id, batch.start, batch.stop, source),
    )
    return [Passage(*row) for row in await cursor.fetchall()]


def _others(passage: Passage, source: str, target: str) -> list[Sentence]:
    if passage.status != "done":
        return []
    return [each for each in passage.sentences if each.source == source and each.target != target]


def _as_corrected(passage: Passage, row: Step, changes: Mapping[int, Sentence]) -> Sentence | None:
    """The sentence of a passage as a step has made it; it may have moved, while it was a draft."""
    found = passage.sentences
    own = found[row.number] if row.number < len(found) else None
    still_there = own is not None and own.source == row.source
    same = [
        each
        for each in ([own] if own is not None and still_there else found)
        if (each.source, each.target) == (row.source, row.after) and each.number not in changes
    ]
    return min(same, key=lambda each: abs(each.number - row.number), default=None)
