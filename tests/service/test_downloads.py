"""Translations as files, read back with other programs' rules."""

import json
import uuid
import xml.etree.ElementTree as ET

import httpx

from tests.support.instance import Instance
from tests.support.texts import book

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# TMX 1.4b, "Content specification": what each element must have.
HEADER = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang"}


def translated(instance: Instance, text: str) -> int:
    answer = httpx.post(f"{instance.web_url}/translate", json={"text": text}, timeout=120)
    assert answer.status_code == 200
    return int(answer.json()["id"])


def test_txt(instance: Instance) -> None:
    with httpx.Client(base_url=instance.web_url, timeout=60) as http:
        text = "Guten Morgen!\n\nGuten Morgen!\n"
        where = http.post("/translate", content=text).headers["Content-Location"]
        answer = http.get(f"{where}.txt")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.text == "Good morning!\n\nGood morning!\n"
        assert http.get("/translations/999999.txt").status_code == 404


def test_tsv(instance: Instance) -> None:
    one = translated(instance, "Guten Morgen!\n\nIch mag\tÄpfel.\n")
    answer = httpx.get(f"{instance.web_url}/translations/{one}.tsv")
    assert answer.headers["content-disposition"].endswith(f'"translation-{one}.tsv"')
    lines = [line.split("\t") for line in answer.text.splitlines()]
    assert [len(line) for line in lines] == [2, 2]
    assert lines[0] == ["Guten Morgen!", "Good morning!"]


def test_tmx(instance: Instance) -> None:
    text = "Guten Morgen! <b>&amp;</b> \x01\n\n" + book(9_000, seed=50)
    one = translated(instance, text)
    answer = httpx.get(f"{instance.web_url}/translations/{one}.tmx")
    root = ET.fromstring(answer.content)  # noqa: S314 - our own document
    assert (root.tag, root.attrib) == ("tmx", {"version": "1.4"})
    assert [child.tag for child in root] == ["header", "body"]
    assert set(root[0].attrib) == HEADER | {"datatype"}
    assert root[0].get("segtype") in {"block", "paragraph", "sentence", "phrase"}
    assert {unit.tag for unit in root[1]} == {"tu"}
    for unit in root[1]:
        assert [(each.tag, each.get(LANG)) for each in unit] == [("tuv", "de"), ("tuv", "en")]
        assert [[part.tag for part in each] for each in unit] == [["seg"], ["seg"]]
        assert all(each[0].text and not len(each[0]) for each in unit)
    sources = [unit[0][0].text for unit in root[1]]
    assert sources[0] == "Guten Morgen! <b>&amp;</b> \ufffd"
    assert sources[1:] == [part.strip() for part in text.split("\n\n")[1:] if part.strip()]


def test_the_whole_history(instance: Instance) -> None:
    mark = uuid.uuid4().hex
    short = translated(instance, f"Guten Morgen! {mark}")
    text = book(9_000, seed=51)
    long = translated(instance, text)
    gone = translated(instance, f"Weg {mark}")
    httpx.post(f"{instance.web_url}/translations/{gone}/delete")
    answer = httpx.get(f"{instance.web_url}/history.jsonl", timeout=120)
    rows = {row["id"]: row for row in map(json.loads, answer.text.splitlines())}
    assert list(rows) == sorted(rows)
    assert [each["source"] for each in rows[short]["passages"]] == [f"Guten Morgen! {mark}"]
    assert "".join(each["source"] for each in rows[long]["passages"]) == text
    assert gone not in rows


def test_a_translation_without_passages_and_one_with_many(instance: Instance) -> None:
    ids = []
    for many in (0, 250):
        instance.query(
            "INSERT INTO translations (request_key, created_at, title, source_lang, target_lang, "
            "model, origin, passages, passages_done, status) VALUES (%s, UTC_TIMESTAMP(3), 'x', "
            "'de', 'en', '', 'api', %s, %s, 'cancelled')",
            uuid.uuid4().hex,
            many,
            many,
        )
        (row,) = instance.query("SELECT MAX(id) AS id FROM translations")
        ids.append(row["id"])
    for seq in range(250):
        instance.query(
            "INSERT INTO passages (translation_id, seq, source, target, status) "
            "VALUES (%s, %s, %s, 'b', 'done')",
            ids[1],
            seq,
            str(seq),
        )
    answer = httpx.get(f"{instance.web_url}/history.jsonl", timeout=120)
    rows = {row["id"]: row for row in map(json.loads, answer.text.splitlines())}
    assert rows[ids[0]]["passages"] == []
    assert [int(each["source"]) for each in rows[ids[1]]["passages"]] == list(range(250))
