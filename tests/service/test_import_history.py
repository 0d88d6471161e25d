"""The history of the older program, from a dump and from its running server."""

# ruff: noqa: E501, S608 - a dump as it is, and SQL made of constants

import subprocess
from pathlib import Path

from tests.support.instance import ROOT, Instance

ROWS = [
    (3, "Guten Morgen!", "Good morning!"),
    (5, "Das ist\nO'Neills „Haus“.", "It is\nhis \\ house."),
]


# As mysqldump 8 writes it.
DUMP = r"""-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
/*!50503 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `translations`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE `translations` (
  `id` int NOT NULL AUTO_INCREMENT,
  `text_de` mediumtext NOT NULL,
  `text_en` mediumtext,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=6 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
LOCK TABLES `translations` WRITE;
/*!40000 ALTER TABLE `translations` DISABLE KEYS */;
INSERT INTO `translations` VALUES (3,'Guten Morgen!','Good morning!'),(5,'Das ist\nO\'Neills „Haus“.','It is\nhis \\ house.');
/*!40000 ALTER TABLE `translations` ENABLE KEYS */;
UNLOCK TABLES;
"""


def run(instance: Instance, *arguments: str, check: bool = True) -> str:
    """Output of scripts/import-history."""
    result = subprocess.run(
        [ROOT / "scripts/import-history", "--no-docker", *arguments],
        env=instance.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode == 0) == check, result.stderr
    return result.stdout if check else result.stderr


def root(instance: Instance, program: str, *arguments: str) -> str:
    """The output of one of the database's own programs, run as root."""
    password = (instance.secrets_dir / "db_root_password").read_text().strip()
    options = instance.run_dir / "root.cnf"
    options.write_text(
        f"[client]\nuser=root\npassword={password}\nsocket={instance.run_dir}/db.sock\n"
    )
    return subprocess.run(
        [program, f"--defaults-file={options}", *arguments],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def make_old_table(instance: Instance) -> None:
    root(
        instance,
        "mariadb",
        "--execute",
        "CREATE DATABASE old CHARACTER SET utf8mb4; CREATE TABLE old.translations "
        "(id INT PRIMARY KEY, text_de MEDIUMTEXT NOT NULL, text_en MEDIUMTEXT) ENGINE=InnoDB",
    )
    insert = DUMP.partition("INSERT INTO ")[2].partition("\n")[0]
    root(
        instance,
        "mariadb",
        "--default-character-set=utf8mb4",
        "--execute",
        f"INSERT INTO old.{insert}",
    )


def imported(instance: Instance) -> list[tuple[str, str]]:
    rows = instance.query(
        "SELECT source, target FROM passages JOIN translations ON id = translation_id "
        "WHERE origin = 'import' AND translations.status = 'done' ORDER BY id, seq"
    )
    return [(row["source"], row["target"]) for row in rows]


def test_a_dump_is_imported_once_and_in_order(own: Instance, tmp_path: Path) -> None:
    dump = tmp_path / "old.sql"
    dump.write_text(DUMP, encoding="utf-8")
    assert "2 translations imported, 0 were there" in run(own, str(dump))
    assert imported(own) == [row[1:] for row in ROWS]
    dump.write_text(DUMP + "INSERT INTO `translations` VALUES (6,'neu','new');\n", encoding="utf-8")
    assert "1 translations imported, 2 were there" in run(own, str(dump))
    assert imported(own) == [*(row[1:] for row in ROWS), ("neu", "new")]
    cut = tmp_path / "cut.sql"
    cut.write_text(dump.read_text(encoding="utf-8")[:-4], encoding="utf-8")
    message = run(own, str(cut), check=False)
    assert "cut off" in message
    assert "nothing will be doubled" in message
    assert "Morgen" not in message


def test_a_running_server_is_imported_from(own: Instance, tmp_path: Path) -> None:
    make_old_table(own)
    root(
        own,
        "mariadb",
        "--execute",
        "CREATE USER alt@localhost IDENTIFIED BY 'geheim'; GRANT SELECT ON old.* TO alt@localhost",
    )
    password = tmp_path / "password"
    password.write_text("geheim\n")
    address = f"mysql://alt@localhost/old?socket={own.run_dir}/db.sock"
    for first in (2, 0):
        assert f"{first} translations imported" in run(own, address, str(password))
    assert imported(own) == [row[1:] for row in ROWS]
    password.write_text("falsch\n")
    assert "Access denied" in run(own, address, str(password), check=False)
