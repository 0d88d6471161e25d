"""While the database is away, short translations are kept and stored later, each once."""

import json
import os
import shutil
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.support.instance import Instance

TEXTS = [f"Ich habe {number} Äpfel gekauft." for number in range(8)]


def until_stored(instance: Instance) -> None:
    """Wait until nothing is left to store."""
    with httpx.Client(base_url=instance.web_url, timeout=30) as http:
        for _ in range(2000):  # a health check takes some milliseconds
            if http.get("/health").json() == {"status": "ok"}:
                return
    pytest.fail("the spool was not emptied")


def sources(instance: Instance) -> list[str]:
    rows = instance.query("SELECT source FROM passages ORDER BY translation_id")
    return [row["source"] for row in rows]


def test_short_texts_are_kept_and_stored_once(own: Instance) -> None:
    own.kill("database")
    with httpx.Client(base_url=own.web_url, timeout=60) as http:
        for text in TEXTS:
            answer = http.post("/translate", json={"text": text}).json()
            assert answer["text"]
            assert (answer["stored"], answer["kept"]) == (False, True)
        assert http.get("/health").json()["unstored"] == len(TEXTS)
        page = http.get("/").text
        assert f"{len(TEXTS)} translations are not stored" in page
    spool = own.run_dir / "spool"
    assert {path.stat().st_mode & 0o777 for path in spool.iterdir()} == {0o600}
    shutil.copytree(spool, own.run_dir / "copy")
    own.kill("web")  # and they survive this
    own.up()
    until_stored(own)
    assert sorted(sources(own)) == sorted(TEXTS)
    assert list(spool.iterdir()) == []

    # A crash between storing and deleting leaves files behind; so does a damaged disk.
    own.kill("web")
    shutil.copytree(own.run_dir / "copy", spool, dirs_exist_ok=True)
    some = (own.run_dir / "copy" / next(spool.iterdir()).name).read_text(encoding="utf-8")
    for number, damaged in enumerate(DAMAGED):
        (spool / f"{number}.json").write_text(damaged(some), encoding="utf-8")
    (spool / "folder.json").mkdir()
    (spool / "old.part").write_text("halb", encoding="utf-8")
    os.utime(spool / "old.part", (0, 0))
    (spool / "new.part").write_text("halb", encoding="utf-8")  # another replica's, it may be
    own.up()
    until_stored(own)
    assert sorted(sources(own)) == sorted(TEXTS)
    bad = [f"{number}.bad" for number in range(len(DAMAGED))]
    assert sorted(path.name for path in spool.iterdir()) == sorted([*bad, "folder.bad", "new.part"])
    log = (own.run_dir / "web.log").read_text()
    assert "Äpfel" not in log
    assert log.count("is damaged") == len(DAMAGED) + 1
    with httpx.Client(base_url=own.web_url, timeout=60) as http:  # and it works as before
        own.kill("database")
        assert http.post("/translate", json={"text": TEXTS[0]}).json()["kept"]
        own.up()
        until_stored(own)
    assert len(sources(own)) == len(TEXTS) + 1


def changed(**fields: Any) -> Callable[[str], str]:
    """Changes to a file that make its content another one."""
    return lambda text: json.dumps(json.loads(text) | fields)


DAMAGED: list[Callable[[str], str]] = [
    lambda text: text[:20],
    lambda _: "",
    lambda _: "\0" * 100,
    lambda _: "[]",
    lambda _: "[" * 100_000,
    lambda text: text.replace('"request_key": "', '"request_key": "' + "0" * 99),
    changed(source=5),
    changed(source=None),
    changed(source={"a": "b"}),
    changed(source="\ud800"),
    changed(created_at="gestern"),
    changed(score="hoch"),
    changed(new=[]),
]
