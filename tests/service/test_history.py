"""The history over HTTP: lists, searches, names, what is deleted."""

import html
import os
import re
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.instance import ROOT, Instance
from web.history.search import MOST_PASSAGES, MOST_READ, SAMPLE, TRANSLATION


@pytest.fixture
def http(instance: Instance) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=instance.web_url, timeout=60, follow_redirects=True) as http:
        yield http


def put_all(instance: Instance, texts: list[tuple[str, str]], status: str = "done") -> list[int]:
    """Stored translations of one passage each; their ids."""
    keys = [uuid.uuid4().hex for _ in texts]
    instance.query(
        "INSERT INTO translations (request_key, created_at, title, source_lang, target_lang, "  # noqa: S608 - constants
        "model, origin, characters, passages, passages_done, status) VALUES "
        + ", ".join(
            ["(%s, UTC_TIMESTAMP(3), %s, 'de', 'en', 'm', 'api', 9, 1, 1, %s)"] * len(keys)
        ),
        *(
            value
            for key, (source, _) in zip(keys, texts, strict=True)
            for value in (key, source[:80], status)
        ),
    )
    instance.query(
        "INSERT INTO passages (translation_id, seq, source, target, status) "  # noqa: S608 - constants
        + " UNION ALL ".join(
            ["SELECT id, 0, %s, %s, 'done' FROM translations WHERE request_key = %s"] * len(keys)
        ),
        *(
            value
            for key, (source, target) in zip(keys, texts, strict=True)
            for value in (source, target, key)
        ),
    )
    rows = instance.query("SELECT id FROM translations ORDER BY id DESC LIMIT %s", len(keys))
    return [row["id"] for row in reversed(rows)]


def put(instance: Instance, source: str, target: str, status: str = "done") -> int:
    """A stored translation of one passage; its id."""
    return put_all(instance, [(source, target)], status)[0]


def listed(answer: httpx.Response) -> list[int]:
    assert answer.status_code == 200, answer.text
    part = answer.text.partition('id="history-list"')[2]
    return [int(each) for each in re.findall(r'<a href="/translations/(\d+)(?:\?from=\d+)?"', part)]


def test_pages_by_key(instance: Instance, http: httpx.Client) -> None:
    mark = uuid.uuid4().hex
    ids = put_all(instance, [(f"Nummer {number} {mark}", "x") for number in range(65)])
    seen: list[int] = []
    address: str | None = f"/?q={mark}"
    while address:
        answer = http.get(address)
        seen += listed(answer)
        older = re.search(r'class="older"><a href="([^"]+)"', answer.text)
        address = html.unescape(older[1]) if older else None
    assert seen == ids[::-1]
    assert listed(http.get("/"))[:30] == ids[::-1][:30]


def test_a_hit_is_shown_in_its_context_and_escaped(instance: Instance, http: httpx.Client) -> None:
    mark = uuid.uuid4().hex
    one = put(instance, f"Der Äpfelkuchen <b>{mark}</b> steht da.", "The cake stands there.")
    answer = http.get("/", params={"q": f"{mark[:12].upper()} apfel CAKE"})
    assert listed(answer) == [one]
    assert f"Der <mark>Äpfelkuchen</mark> &lt;b&gt;<mark>{mark}</mark>&lt;/b&gt;" in answer.text
    assert "The <mark>cake</mark> stands there." in answer.text
    assert listed(http.get("/", params={"q": f"{mark} nirgends"})) == []
    assert listed(http.get("/", params={"q": '%_"+*()~'})) == []


def others(instance: Instance, number: int) -> None:
    """So many more translations of "Etwas anderes"."""
    for start in range(0, number, 250):
        put_all(instance, [("Etwas anderes", "x")] * min(250, number - start))


def test_old_hits_come_from_the_index(instance: Instance, http: httpx.Client) -> None:
    mark = uuid.uuid4().hex
    one = put(instance, f"Etwas ganz Altes: {mark} und the end", "x")
    others(instance, SAMPLE // TRANSLATION + 50)
    assert listed(http.get("/", params={"q": mark})) == [one]
    assert listed(http.get("/", params={"q": f"{mark[:20]} the alt"})) == [one]
    # A word of every passage is looked for in the hits of the rare one only.
    assert listed(http.get("/", params={"q": f"etwas {mark[:20]}"})) == [one]
    assert listed(http.get("/", params={"q": f"anderes {mark[:20]}"})) == []


def test_a_search_that_stops_reading_goes_on_on_the_next_page(
    instance: Instance, http: httpx.Client
) -> None:
    mark = uuid.uuid4().hex
    old = put(instance, mark, "x")
    others(instance, MOST_READ // TRANSLATION + 50)
    new = put_all(instance, [(mark, "x")] * 3)
    first = http.get("/", params={"q": mark})
    assert listed(first) == new[::-1]
    older = re.search(r'class="older"><a href="([^"]+)"', first.text)
    assert older
    assert listed(http.get(html.unescape(older[1]))) == [old]


def test_a_word_deep_in_a_long_text_is_found(instance: Instance, http: httpx.Client) -> None:
    mark = uuid.uuid4().hex
    new = put_all(instance, [(mark, "x")] * 3)
    book = put(instance, "Ein Buch", "x")
    instance.query(
        "INSERT INTO passages (translation_id, seq, source, target, status) "
        + " UNION ALL ".join(
            f"SELECT {book}, {seq}, 'Ein Kapitel', 'x', 'done'"
            for seq in range(1, MOST_PASSAGES + 10)
        )
    )
    instance.query(
        "UPDATE passages SET source = %s WHERE translation_id = %s AND seq = %s",
        f"Ein Schluss {mark}",
        book,
        MOST_PASSAGES + 5,
    )
    instance.query("UPDATE translations SET passages = 510 WHERE id = %s", book)
    answer = http.get("/", params={"q": mark})
    assert listed(answer) == [book, *new[::-1]]
    assert f"Schluss <mark>{mark}</mark>" in answer.text
    assert listed(http.get("/", params={"q": "ein kapitel"}))[0] == book


def test_filters(instance: Instance, http: httpx.Client) -> None:
    mark = uuid.uuid4().hex
    done = put(instance, mark, "x")
    stopped = put(instance, mark, "x", status="cancelled")
    instance.query("UPDATE translations SET created_at = '2020-02-29 23:59:59' WHERE id = %s", done)
    assert listed(http.get(f"/?q={mark}&status=cancelled")) == [stopped]
    assert listed(http.get(f"/?q={mark}&status=&from=&to=2020-02-29")) == [done]
    assert listed(http.get("/?from=2020-02-29&to=2020-02-29")) == [done]
    assert listed(http.get(f"/?q={mark}&from=2020-03-01")) == [stopped]
    for wrong in ("from=tomorrow", "status=lost", "before=x", "before=" + "9" * 30):
        assert http.get("/?" + wrong).status_code == 400


def test_rename(instance: Instance, http: httpx.Client) -> None:
    one = put(instance, "Ein Titel", "x")
    path = f"/translations/{one}/title"
    answer = http.post(path, data={"title": " Brief  an <Anna> ", "back": f"before={one + 1}"})
    assert answer.url.query == f"before={one + 1}".encode()
    assert listed(answer)[0] == one
    assert "Brief an &lt;Anna&gt;</a>" in answer.text
    assert http.post(path, data={"title": " "}).status_code == 400
    assert http.post(path, data={"title": "x" * 201}).status_code == 400
    assert http.post(path, data={"title": "x", "back": "//evil.example"}).url.path == "/"
    assert http.post("/translations/999999999/title", data={"title": "x"}).status_code == 404


def test_delete_and_undo(instance: Instance, http: httpx.Client) -> None:
    one = put(instance, "Weg damit", "x")
    answer = http.post(f"/translations/{one}/delete")
    assert one not in listed(answer)
    assert f'action="/translations/{one}/restore"' in answer.text
    assert http.get(f"/translations/{one}").status_code == 404
    assert http.post(f"/translations/{one}/delete").status_code == 404
    assert listed(http.post(f"/translations/{one}/restore"))[0] == one
    assert http.get(f"/translations/{one}").status_code == 200


def test_delete_all_and_undo(instance: Instance, http: httpx.Client) -> None:
    before = put(instance, "Schon vorher gelöscht", "x")
    http.post(f"/translations/{before}/delete")
    ids = put_all(instance, [("Alles", "x")] * 3)
    assert "Delete everything" in http.get("/history/delete").text
    assert listed(http.get("/"))[:3] == ids[::-1]  # asking deletes nothing
    answer = http.post("/history/delete")
    assert listed(answer) == []
    deleted_at = re.search(r'name="deleted_at" value="([^"]+)"', answer.text)
    assert deleted_at
    restored = http.post("/history/restore", data={"deleted_at": deleted_at[1]})
    assert listed(restored)[:3] == ids[::-1]
    assert before not in listed(restored)


def test_what_was_deleted_is_purged_after_a_day(instance: Instance, http: httpx.Client) -> None:
    old, new = put(instance, "Alt", "x"), put(instance, "Neu", "x")
    instance.query(
        "UPDATE translations SET deleted_at = UTC_TIMESTAMP(3) - INTERVAL IF(id = %s, 25, 23) HOUR "
        "WHERE id IN (%s, %s)",
        old,
        old,
        new,
    )
    assert http.post(f"/translations/{old}/restore").status_code == 404
    end = time.monotonic() + 40
    while instance.query("SELECT 1 FROM translations WHERE id = %s", old):
        assert time.monotonic() < end, "still there"
        time.sleep(0.2)
    assert not instance.query("SELECT 1 FROM passages WHERE translation_id = %s", old)
    assert new in listed(http.post(f"/translations/{new}/restore"))


# A cluster that has one container, this machine.
KUBECTL = """#!/bin/sh
[ "$1 $2" = "--namespace unlimited-translation" ] && shift 2
[ "$1 $2 $3 $4" = "exec --stdin statefulset/database --" ] && shift 4
exec "$@"
"""


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
        "DROP KEY listed_by_date, DROP COLUMN deleted_at, DROP COLUMN receiving_until; "
        "DROP TABLE spending, sentences, document_parts, documents; "
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
        assert listed(httpx.get(own.web_url)) == [one]
    subprocess.run([*root, old], check=True)
    own.up()
    assert own.query("SELECT 1 FROM schema_migrations WHERE number = 2")
