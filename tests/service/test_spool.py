"""While the database is away, short translations are kept and stored later, each once."""

import shutil

import httpx
import pytest

from tests.instance import Instance

TEXTS = [f"Ich habe {number} Äpfel gekauft." for number in range(8)]


def until_stored(instance: Instance) -> None:
    """Wait until nothing is left to store."""
    with httpx.Client(base_url=instance.web_url, timeout=30) as http:
        for _ in range(2000):  # a health check takes some milliseconds
            if http.get("/health").json()["unstored"] == 0:
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
    (spool / "0.json").write_text('{"new": ', encoding="utf-8")
    own.up()
    until_stored(own)
    assert sorted(sources(own)) == sorted(TEXTS)
    assert [path.name for path in spool.iterdir()] == ["0.bad"]
    assert "Äpfel" not in (own.run_dir / "web.log").read_text()
