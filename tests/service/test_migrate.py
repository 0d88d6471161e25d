"""A database of an earlier version gets the tables that it does not have."""

import os
import subprocess
import uuid
from pathlib import Path

import httpx

from tests.support.instance import ROOT, Instance

# A cluster that has one container, this machine.
KUBECTL = """#!/bin/sh
[ "$1 $2" = "--namespace unlimited-translation" ] && shift 2
[ "$1 $2 $3 $4" = "exec --stdin statefulset/database --" ] && shift 4
exec "$@"
"""


def put(instance: Instance, source: str, target: str) -> int:
    """A stored translation of one passage; its id."""
    key = uuid.uuid4().hex
    instance.query(
        "INSERT INTO translations (request_key, created_at, title, source_lang, target_lang, "
        "model, origin, characters, passages, passages_done, status) VALUES "
        "(%s, UTC_TIMESTAMP(3), %s, 'de', 'en', 'm', 'api', 9, 1, 1, 'done')",
        key,
        source,
    )
    (row,) = instance.query("SELECT id FROM translations WHERE request_key = %s", key)
    instance.query(
        "INSERT INTO passages (translation_id, seq, source, target, status) "
        "VALUES (%s, 0, %s, %s, 'done')",
        row["id"],
        source,
        target,
    )
    return int(row["id"])


def test_an_old_database_is_migrated(own: Instance, tmp_path: Path) -> None:
    root = [
        "mariadb",
        f"--defaults-file={own.run_dir}/root.cnf",
        f"--socket={own.run_dir}/db.sock",
        "translation",
        "--execute",
    ]
    password = (own.secrets_dir / "db_root_password").read_text()
    (own.run_dir / "root.cnf").write_text(f"[client]\nuser=root\npassword={password}\n")
    one = put(own, "Aus alter Zeit", "x")
    old = (
        "ALTER TABLE translations DROP KEY listed, DROP KEY listed_by_status, "
        "DROP KEY listed_by_date, DROP COLUMN deleted_at, DROP COLUMN receiving_until, "
        "DROP COLUMN previous_id, DROP COLUMN quality, DROP COLUMN glossary_id, "
        "DROP COLUMN glossary_version, DROP COLUMN memory_owner; DROP TABLE terms, glossaries, "
        "memory_features, memory_entries, memories, spending, corrections, sentences, "
        "document_parts, documents; "
        "DELETE FROM schema_migrations WHERE number > 1"
    )
    mysql = f'#!/bin/sh\nfile=$1; shift\nexec mariadb "$file" --socket={own.run_dir}/db.sock "$@"\n'
    for name, script in (("kubectl", KUBECTL), ("mysql", mysql)):
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o700)
    cluster = {
        "DATABASE_NAMESPACE": "unlimited-translation",
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "MYSQL_ROOT_PASSWORD_FILE": str(own.secrets_dir / "db_root_password"),
    }
    for elsewhere in ({}, cluster):
        subprocess.run([*root, old], check=True)
        outputs = [  # the second time there is nothing to do
            subprocess.run(
                [ROOT / "scripts/migrate", "--no-docker"],
                env=own.environment(**elsewhere),
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for _ in range(2)
        ]
        assert ["running" in each for each in outputs] == [True, False]
        assert f'<a href="/translations/{one}"' in httpx.get(own.web_url).text
    subprocess.run([*root, old], check=True)
    own.up()
    assert own.query("SELECT 1 FROM schema_migrations WHERE number = 2")
