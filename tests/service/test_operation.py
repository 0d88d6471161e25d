"""Operation of a running instance: a new password, a backup, and it back again."""

import gzip
import subprocess
import threading
from pathlib import Path
from queue import SimpleQueue

import httpx
import pytest

from tests.support.instance import ROOT, Instance

TEXTS = ("Guten Morgen!", "Der Bär 🐻 fror.\n\n\tEin 'Zitat' \\ und \"noch\" eins", "Ja. " * 3000)


def script(instance: Instance, name: str, *arguments: str | Path) -> str:
    """Run one of scripts/ on this instance; what it said. Fails when it failed."""
    result = subprocess.run(
        [ROOT / "scripts" / name, "--no-docker", *arguments],
        env=instance.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def rows(instance: Instance) -> list[object]:
    """Everything that the history has."""
    return [
        *instance.query("SELECT * FROM translations ORDER BY id"),
        *instance.query("SELECT * FROM passages ORDER BY translation_id, seq"),
        *instance.query("SELECT * FROM schema_migrations ORDER BY number"),
    ]


def test_a_new_password_costs_no_request(own: Instance) -> None:
    old = (own.secrets_dir / "db_password").read_text()
    answers: list[int] = []
    news: SimpleQueue[int] = SimpleQueue()
    enough = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=own.web_url, timeout=30) as http:
            while not enough.is_set():
                answers.append(http.post("/translate", json={"text": "Guten Tag!"}).status_code)
                answers.append(http.get("/").status_code)
                news.put(len(answers))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for _ in range(3):
            script(own, "rotate-db-password")
            # Those that are open stay open; new ones need the new password.
            own.disconnect()
            seen = len(answers)
            while news.get(timeout=30) < seen + 4:
                pass
    finally:
        enough.set()
        asking.join()
    new = (own.secrets_dir / "db_password").read_text()
    assert new != old
    assert (own.secrets_dir / "db_password").stat().st_mode & 0o777 == 0o444
    assert set(answers) == {200}
    stored = own.query("SELECT COUNT(*) AS n FROM translations")[0]["n"]
    assert stored == len(answers) // 2
    assert httpx.get(f"{own.web_url}/health").json() == {"status": "ok"}


def test_a_backup_comes_back_row_by_row(own: Instance, tmp_path: Path) -> None:
    for text in TEXTS:
        httpx.post(
            f"{own.web_url}/translate",
            content=text,
            headers={"Content-Type": "text/plain; charset=utf-8"},
            timeout=60,
        ).raise_for_status()
    dump = tmp_path / "history.sql.gz"
    script(own, "backup", dump)
    assert dump.stat().st_mode & 0o777 == 0o600
    before = rows(own)
    with pytest.raises(AssertionError, match="there already"):
        script(own, "backup", dump)
    with pytest.raises(AssertionError, match="has a history already"):
        script(own, "restore", dump)
    whole = gzip.decompress(dump.read_bytes())
    body, trailer = whole[: whole.rindex(b"-- Dump")], whole[whole.rindex(b"-- Dump") :]
    newer = b"INSERT INTO schema_migrations (number) VALUES (999);\n"
    with Instance() as other:
        empty = rows(other)
        for wrong, said in (
            (whole[:-1000], "not a whole dump"),
            (body + b"NO SQL;\n" + trailer, "could not be read"),
            (body + newer + trailer, "of a newer version"),
        ):
            bad = tmp_path / "bad.sql.gz"
            bad.write_bytes(gzip.compress(wrong))
            with pytest.raises(AssertionError, match=said):
                script(other, "restore", bad)
            assert rows(other) == empty
        script(other, "restore", dump)
        assert rows(other) == before
        assert "Der Bär 🐻 fror" in httpx.get(other.web_url, params={"q": "fror"}).text
    assert rows(own) == before
