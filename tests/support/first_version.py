"""The statements with which the first version of web used its tables, as it had them."""

import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pymysql

SAVED = (
    "INSERT INTO translations (request_key, created_at, finished_at, title, source_lang, "
    "target_lang, model, origin, characters, passages, passages_done, status) VALUES "
    "(%s, UTC_TIMESTAMP(3), IF(%s = 'done', UTC_TIMESTAMP(3), NULL), %s, 'de', 'en', "
    "'demo-de-en', 'api', %s, %s, %s, %s)"
)
DONE = (
    "INSERT INTO passages (translation_id, seq, source, target, score, status) "
    "VALUES (%s, 0, %s, %s, 0.9, 'done')"
)
ADDED = (
    "INSERT INTO passages (translation_id, seq, source, status) "
    "VALUES (%s, %s, %s, 'open') ON DUPLICATE KEY UPDATE seq = seq"
)
ARRIVED = "UPDATE translations SET passages = %s, characters = %s WHERE id = %s"
RECEIVED = (
    "UPDATE translations SET finished_at = IF(passages_done = passages, UTC_TIMESTAMP(3), NULL), "
    "status = IF(%s, IF(passages_done = passages, 'done', 'running'), 'interrupted') "
    "WHERE id = %s AND status = 'receiving'"
)
OPEN = (
    "SELECT seq, source FROM passages WHERE translation_id = %s AND status = 'open' "
    "AND (claimed_until IS NULL OR claimed_until < UTC_TIMESTAMP(3)) "
    "ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED"
)
CLAIMED = (
    "UPDATE passages SET claimed_by = %s, "
    "claimed_until = UTC_TIMESTAMP(3) + INTERVAL 15 SECOND WHERE translation_id = %s AND seq = %s"
)
COMPLETED = (
    "UPDATE passages SET target = %s, score = %s, status = 'done', claimed_until = NULL "
    "WHERE translation_id = %s AND seq = %s AND claimed_by = %s AND status = 'open'"
)
PROGRESS = (
    "UPDATE translations SET passages_done = passages_done + 1, "
    "model = IF(%s = '', model, %s), "
    "finished_at = IF(passages_done = passages AND status <> 'receiving', "
    "UTC_TIMESTAMP(3), finished_at), "
    "status = IF(passages_done = passages AND status = 'running', 'done', status) WHERE id = %s"
)
HISTORY = (
    "SELECT id, created_at, finished_at, title, source_lang, target_lang, model, origin, "
    "characters, passages, passages_done, status FROM translations "
    "WHERE %s IS NULL OR id < %s ORDER BY id DESC LIMIT %s"
)
PASSAGES = (
    "SELECT seq, source, target, score, status FROM passages "
    "WHERE translation_id = %s AND seq >= %s ORDER BY seq LIMIT %s"
)


class OldWeb:
    """Statements of the first version of web; `name` is its worker's, 32 characters."""

    def __init__(self, connection: "pymysql.Connection[Any]", name: str = "0" * 32) -> None:
        self._connection = connection
        self._name = name

    def _do(self, sql: str, *values: object) -> Any:
        cursor = self._connection.cursor()
        cursor.execute(sql, values)
        return cursor

    def _begin(self, title: str, status: str, characters: int, passages: int) -> int:
        values = (uuid.uuid4().hex, status, title, characters, passages, passages, status)
        return int(self._do(SAVED, *values).lastrowid)

    def save_done(self, source: str, target: str) -> int:
        """A short translation."""
        number = self._begin(source, "done", len(source), 1)
        self._do(DONE, number, source, target)
        self._connection.commit()
        return number

    def begin(self, title: str) -> int:
        """A text that begins to arrive."""
        number = self._begin(title, "receiving", 0, 0)
        self._connection.commit()
        return number

    def add(self, number: int, seq: int, sources: list[str], characters: int) -> None:
        """Passages that have arrived."""
        for each, source in enumerate(sources, seq):
            self._do(ADDED, number, each, source)
        self._do(ARRIVED, seq + len(sources), characters, number)
        self._connection.commit()

    def received(self, number: int) -> None:
        """All of the text is there."""
        self._do(RECEIVED, 1, number)
        self._connection.commit()

    def claim(self, number: int) -> tuple[int, str] | None:
        """The next open passage, claimed: its number and source."""
        found: tuple[int, str] | None = self._do(OPEN, number).fetchone()
        if found:
            self._do(CLAIMED, self._name, number, found[0])
        self._connection.commit()
        return found

    def complete(self, number: int, seq: int, target: str) -> None:
        """A passage is translated."""
        if self._do(COMPLETED, target, 0.9, number, seq, self._name).rowcount:
            self._do(PROGRESS, "demo-de-en", "demo-de-en", number)
        self._connection.commit()

    def history(self) -> list[tuple[Any, ...]]:
        """The newest translations."""
        return list(self._do(HISTORY, None, None, 100).fetchall())

    def passages(self, number: int) -> list[tuple[Any, ...]]:
        """A translation's passages."""
        found = list(self._do(PASSAGES, number, 0, 1000).fetchall())
        self._connection.commit()
        return found
