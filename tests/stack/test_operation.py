"""Operation of the stack in containers: a new password, a backup, and it back again."""

import os
import subprocess
from pathlib import Path

import httpx

from tests.stack.conftest import Stack, run
from tests.support.instance import ROOT

TABLES = (
    *("translations", "passages", "sentences", "corrections", "documents", "document_parts"),
    *("glossaries", "terms", "memories", "memory_entries", "memory_features"),
    *("spending", "schema_migrations"),
)


def rows(stack: Stack) -> list[str]:
    """Everything that the history has."""
    return [stack.query(f"SELECT * FROM translation.{each} ORDER BY 1, 2") for each in TABLES]  # noqa: S608


def test_a_new_password_costs_no_request(stack: Stack) -> None:
    old = stack.secret("db_password")
    for number in range(2):
        run(ROOT / "scripts/rotate-db-password", **stack.environment)
        # Open connections stay open; without them, the next request needs the new password.
        stack.disconnect()
        text = f"Guten Abend, Nummer {number}!"
        answer = httpx.post(f"{stack.url}/translate", json={"text": text}, timeout=30)
        assert answer.status_code == 200
        assert (
            stack.query(
                f"SELECT COUNT(*) FROM translation.passages WHERE source = '{text}'"  # noqa: S608
            ).strip()
            == "1"
        )
    assert stack.secret("db_password") != old
    accepted = 'DB_PASSWORD_FILE=<(printf %s "$0") bash /docker-entrypoint-initdb.d/healthy'
    refused = subprocess.run(
        ["docker", "compose", "exec", "-T", "database", "bash", "-c", accepted, old],
        cwd=ROOT,
        env=os.environ | stack.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Access denied" in refused.stderr


def test_a_backup_comes_back_row_by_row(stack: Stack, tmp_path: Path) -> None:
    httpx.post(f"{stack.url}/translate", json={"text": "Der 'Bär' 🐻 \\ fror.\n"}, timeout=30)
    run(ROOT / "scripts/backup", tmp_path / "history.sql.gz", **stack.environment)
    before = rows(stack)
    other = Stack(tmp_path)
    try:
        other.up()
        run(ROOT / "scripts/restore", tmp_path / "history.sql.gz", **other.environment)
        assert rows(other) == before
        assert "🐻" in httpx.get(other.url, params={"q": "fror"}, timeout=20).text
    finally:
        other.remove()


def test_a_database_whose_password_is_elsewhere_is_told_at_once(
    stack: Stack, tmp_path: Path
) -> None:
    """Of a second clone, or after the folder of secrets was lost."""
    containers = stack.compose("ps", "--quiet")
    refused = subprocess.run(
        [ROOT / "scripts/up"],
        env=os.environ | stack.environment | {"SECRETS_DIR": str(tmp_path / "secrets")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode != 0
    assert "There is a database already" in refused.stderr
    assert "docker compose down --volumes" in refused.stderr
    assert not (tmp_path / "secrets/db_password").exists()
    assert stack.compose("ps", "--quiet") == containers
