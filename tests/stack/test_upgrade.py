"""A volume of the first version, with data, comes up under this one."""

import httpx

from tests.stack.conftest import Stack, run
from tests.support.instance import ROOT

FIRST = """
USE translation;
INSERT INTO translations VALUES (7, REPEAT('a', 32), NOW(3), NULL, 'Aus alter Zeit', 'de', 'en',
    'demo-de-en', 'api', 40, 2, 1, 'running');
INSERT INTO passages VALUES
    (7, 0, 'Guten Morgen!\\n\\n', 'Good morning!\\n\\n', 0.9, 'done', NULL, NULL, 0),
    (7, 1, 'Ich habe Zeit.', NULL, NULL, 'open', REPEAT('b', 32), NOW(3), 0)
"""


def test_a_volume_of_the_first_version_is_migrated(stack: Stack) -> None:
    stack.compose("stop", "web")
    stack.query("DROP DATABASE translation; CREATE DATABASE translation")
    tables = (ROOT / "db/001-tables.sql").read_text()
    stack.query(f"USE translation; {tables}")
    stack.query(FIRST)
    out = run(ROOT / "scripts/migrate", **stack.environment)
    assert out.count("running db/") == len(list((ROOT / "db").glob("0*.sql"))) - 1
    stack.compose("start", "web")
    stack.up()
    with httpx.Client(base_url=stack.url, timeout=60) as http:
        assert "Aus alter Zeit" in http.get("/").text
        whole = http.get("/translations/7.json", headers={"Prefer": "wait=50"}).json()
        assert whole["status"] == "done"
        assert whole["text"] == "Good morning!\n\nI have time."
