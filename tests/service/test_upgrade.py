"""The tables of the first version, with data, under this one; and both versions side by side."""

import subprocess
from collections.abc import Iterator

import httpx
import pymysql
import pytest

from tests.support.first_version import OldWeb
from tests.support.instance import ROOT, Instance
from tests.support.texts import book

TEXT = [book(2_000, seed=each) for each in range(8)]


@pytest.fixture(scope="module")
def upgraded() -> Iterator[Instance]:
    """An instance over a volume of the first version, brought here by scripts/migrate."""
    with Instance() as instance:
        instance.kill("web")
        with instance.root() as run:
            run("DROP DATABASE translation")
            run("CREATE DATABASE translation")
            run("USE translation")
            for statement in (ROOT / "db/001-tables.sql").read_text().split(";\n"):
                if statement.strip():
                    run(statement)
        with connected(instance) as connection:
            old = OldWeb(connection)
            old.save_done("Der Wal heißt Heinrich.", "The whale is called Heinrich.")
            number = old.begin("Ein langer Text")
            old.add(number, 0, TEXT, sum(map(len, TEXT)))
            old.claim(number)  # by a worker that is gone
            old.received(number)
        for _ in range(2):  # the second time there is nothing to do
            migrated = subprocess.run(
                [ROOT / "scripts/migrate", "--no-docker"],
                env=instance.environment(),
                capture_output=True,
                text=True,
                check=True,
            )
        assert "running" not in migrated.stdout
        instance.up()
        yield instance


def connected(instance: Instance) -> "pymysql.Connection[pymysql.cursors.Cursor]":
    return pymysql.connect(
        unix_socket=str(instance.run_dir / "db.sock"),
        user=(instance.secrets_dir / "db_user").read_text().strip(),
        password=(instance.secrets_dir / "db_password").read_text().strip(),
        database="translation",
        charset="utf8mb4",
    )


@pytest.fixture
def http(upgraded: Instance) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=upgraded.web_url, timeout=90) as client:
        yield client


def test_what_was_there_is_listed_found_shown_and_given_out(http: httpx.Client) -> None:
    assert "Der Wal heißt Heinrich." in http.get("/").text
    assert "Heinrich" in http.get("/", params={"q": "Wal"}).text
    assert http.get("/translations/1.txt").text == "The whale is called Heinrich."
    assert "The whale is called Heinrich." in http.get("/translations/1").text
    assert len(http.get("/history.jsonl").text.splitlines()) >= 2


def test_what_was_under_way_is_translated_to_its_end(
    http: httpx.Client, upgraded: Instance
) -> None:
    whole = http.get("/translations/2.json", headers={"Prefer": "wait=60"}).json()
    assert whole["status"] == "done"
    rows = upgraded.query("SELECT source, target FROM passages WHERE translation_id = 2")
    assert [row["source"] for row in rows] == TEXT
    assert http.get("/translations/2.txt").text == "".join(row["target"] for row in rows)


def test_the_first_version_works_beside_this_one(http: httpx.Client, upgraded: Instance) -> None:
    new = http.put("/translate", content=book(9_000, seed=90).encode())
    with connected(upgraded) as connection:
        old = OldWeb(connection)
        before = len(old.history())
        number = old.begin("Im alten Dienst")
        old.add(number, 0, TEXT[:4], 1)
        if taken := old.claim(number):  # unless the other one was quicker
            old.complete(number, taken[0], "old")
        old.add(number, 4, TEXT[4:], sum(map(len, TEXT)))
        listed = http.get(f"/translations/{number}.json").json()
        assert listed["status"] == "receiving"
        old.received(number)
        whole = http.get(f"/translations/{number}.json", headers={"Prefer": "wait=60"}).json()
        assert whole["status"] == "done"
        connection.commit()
        assert [row[1] for row in old.passages(number)] == TEXT
        assert len(old.history()) == before + 1
        theirs = old.passages(int(new.headers["Content-Location"].rpartition("/")[2]))
        assert "".join(row[2] for row in theirs) == new.text


def test_a_receiver_of_the_first_version_has_a_day(http: httpx.Client, upgraded: Instance) -> None:
    with connected(upgraded) as connection:
        old = OldWeb(connection)
        kept, given_up = old.begin("Von eben"), old.begin("Von vorgestern")
        for number in (kept, given_up):
            old.add(number, 0, TEXT[:1], len(TEXT[0]))
    upgraded.query(
        "UPDATE translations SET created_at = UTC_TIMESTAMP() - INTERVAL 2 DAY WHERE id = %s",
        given_up,
    )
    whole = http.get(f"/translations/{given_up}.json", headers={"Prefer": "wait=60"}).json()
    assert whole["status"] == "interrupted"
    assert http.get(f"/translations/{kept}.json").json()["status"] == "receiving"
