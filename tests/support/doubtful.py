"""Translations with doubtful places, put into an instance's database."""

import json
import uuid

from tests.support.instance import Instance
from web.jobs.queue import LEASE_SECONDS

PASSAGES = 60
SOURCE, TARGET = "Es kostet 12 Euro.", "It costs."
SAID = "the figures differ: 12 Euro"
# A passage is that sentence alone, and a new line.
SPANS = json.dumps(
    [[len(SOURCE), len(TARGET), 1, 0.9, [["figures", "12 Euro"]]]], separators=(",", ":")
)
DOUBTFUL = (3, 7, 55)


def store_open(instance: Instance, passages: int, status: str) -> int:
    """The number of a translation whose passages are leased, so that no worker takes them."""
    key = uuid.uuid4().hex
    instance.query(
        "INSERT INTO translations (request_key, created_at, title, source_lang, target_lang, "
        "model, origin, characters, passages, passages_done, status) "
        "VALUES (%s, NOW(3), 'Preise', 'de', 'en', 'demo', 'page', 1000, %s, %s, %s)",
        *(key, passages, passages if status == "done" else 0, status),
    )
    (row,) = instance.query("SELECT id FROM translations WHERE request_key = %s", key)
    instance.query(
        "INSERT INTO passages (translation_id, seq, source, status, claimed_by, claimed_until) "
        "WITH RECURSIVE n (seq) AS (SELECT 0 UNION ALL SELECT seq + 1 FROM n WHERE seq < %s) "
        "SELECT %s, seq, %s, 'open', 'a test', UTC_TIMESTAMP(3) + INTERVAL %s SECOND FROM n",
        *(passages - 1, row["id"], f"{SOURCE}\n", LEASE_SECONDS - 1),
    )
    return int(row["id"])


def finish(instance: Instance, translation: int, doubtful: tuple[int, ...]) -> None:
    """Have all its passages translated, and a doubt about some of them."""
    instance.query(
        "UPDATE passages SET target = %s, status = 'done' WHERE translation_id = %s",
        *(f"{TARGET}\n", translation),
    )
    for seq in doubtful:
        instance.query("REPLACE INTO sentences VALUES (%s, %s, %s)", translation, seq, SPANS)
    instance.query(
        "UPDATE translations SET status = 'done', passages_done = passages, "
        "finished_at = NOW(3) WHERE id = %s",
        translation,
    )
