"""Translations as files, read back with other programs' rules."""

import json
import uuid
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import httpx

from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService
from web import __version__

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# TMX 1.4b, "Content specification": what each element must have.
HEADER = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang"}


async def stored(http: httpx.AsyncClient, text: str) -> int:
    """The number of a text that is translated."""
    answer = await http.post("/translate", json={"text": text})
    assert answer.status_code == 200
    return int(answer.json()["id"])


async def test_txt(http: httpx.AsyncClient) -> None:
    one = await stored(http, "Guten Morgen!\n\nGuten Abend!\n")
    answer = await http.get(f"/translations/{one}.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="translation-{one}.txt"'
    )
    assert answer.text == "GUTEN MORGEN!\n\nGUTEN ABEND!\n"
    assert (await http.get("/translations/999999.txt")).status_code == 404


async def test_txt_in_both_languages(http: httpx.AsyncClient) -> None:
    text = book(12_000, seed=53)
    one = await stored(http, text)
    answer = await http.get(f"/translations/{one}.txt?bilingual=below")
    paragraphs = text.strip().split("\n\n")
    both = [each for paragraph in paragraphs for each in (paragraph, translated(paragraph))]
    assert answer.text.strip().split("\n\n") == both
    assert (await http.get(f"/translations/{one}.txt?bilingual=beside")).status_code == 400


async def test_txt_has_the_source_where_there_is_no_translation(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.refused = "geht nicht"
    text = book(9_000, seed=52) + "Das geht nicht."
    answer = await http.post("/translate", json={"text": text})
    result = await http.get(f"{answer.headers['Content-Location']}.txt")
    *done, failed = await service.rows("SELECT source, target FROM passages ORDER BY seq")
    assert failed["target"] is None
    assert result.text == translated("".join(row["source"] for row in done)) + failed["source"]
    assert result.text.endswith("Das geht nicht.")


async def test_tsv(http: httpx.AsyncClient) -> None:
    one = await stored(http, "Guten Morgen!\n\nIch mag\tÄpfel.\nSehr!\n")
    answer = await http.get(f"/translations/{one}.tsv")
    assert answer.headers["content-disposition"].endswith(f'"translation-{one}.tsv"')
    assert answer.headers["Content-Type"] == "text/tab-separated-values; charset=utf-8"
    assert answer.text == (
        "Guten Morgen!\tGUTEN MORGEN!\nIch mag Äpfel. Sehr!\tICH MAG ÄPFEL. SEHR!\n"
    )


async def test_tmx_to_the_byte(http: httpx.AsyncClient) -> None:
    one = await stored(http, "Salz & Pfeffer <b>\n\nEnde \x01\n")
    answer = await http.get(f"/translations/{one}.tmx")
    assert answer.headers["Content-Type"] == "application/x-tmx+xml"
    assert answer.text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="unlimited-translation" creationtoolversion="{__version__}" '
        'segtype="paragraph" o-tmf="unlimited-translation" adminlang="en" srclang="de" '
        'datatype="plaintext"/>\n<body>\n'
        '<tu><tuv xml:lang="de"><seg>Salz &amp; Pfeffer &lt;b&gt;</seg></tuv>'
        '<tuv xml:lang="en"><seg>SALZ &amp; PFEFFER &lt;B&gt;</seg></tuv></tu>\n'
        '<tu><tuv xml:lang="de"><seg>Ende \ufffd</seg></tuv>'
        '<tuv xml:lang="en"><seg>ENDE \ufffd</seg></tuv></tu>\n'
        "</body>\n</tmx>\n"
    )


async def test_tmx(http: httpx.AsyncClient) -> None:
    text = "Guten Morgen! <b>&amp;</b> \x01\n\n" + book(9_000, seed=50)
    one = await stored(http, text)
    answer = await http.get(f"/translations/{one}.tmx")
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


async def test_the_whole_history(http: httpx.AsyncClient) -> None:
    short = await stored(http, "Guten Morgen!")
    text = book(9_000, seed=51)
    long = await stored(http, text)
    gone = await stored(http, "Weg damit.")
    await http.post(f"/translations/{gone}/delete")
    answer = await http.get("/history.jsonl")
    assert answer.headers["Content-Type"] == "application/jsonl; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="history.jsonl"'
    first, second = map(json.loads, answer.text.splitlines())
    assert datetime.fromisoformat(first.pop("created_at")).tzinfo == UTC
    assert first == {
        "id": short,
        "title": "Guten Morgen!",
        "source_lang": "de",
        "target_lang": "en",
        "model": "fake-de-en",
        "status": "done",
        "passages": [{"source": "Guten Morgen!", "target": "GUTEN MORGEN!", "status": "done"}],
    }
    assert second["id"] == long
    assert "".join(each["source"] for each in second["passages"]) == text
    assert "".join(each["target"] for each in second["passages"]) == translated(text)


async def test_a_history_without_anything_is_an_empty_file(http: httpx.AsyncClient) -> None:
    answer = await http.get("/history.jsonl")
    assert (answer.status_code, answer.text) == (200, "")


async def test_a_translation_without_passages_and_one_with_many(
    http: httpx.AsyncClient, service: WebService
) -> None:
    ids = []
    for many in (0, 250):
        await service.rows(
            "INSERT INTO translations (request_key, created_at, title, source_lang, target_lang, "
            "model, origin, passages, passages_done, status) VALUES (%s, UTC_TIMESTAMP(3), 'x', "
            "'de', 'en', '', 'api', %s, %s, 'cancelled')",
            uuid.uuid4().hex,
            many,
            many,
        )
        (row,) = await service.rows("SELECT MAX(id) AS id FROM translations")
        ids.append(row["id"])
    await service.rows(
        "INSERT INTO passages (translation_id, seq, source, target, status) VALUES "  # noqa: S608 - numbers
        + ", ".join(f"({ids[1]}, {seq}, '{seq}', 'b', 'done')" for seq in range(250))
    )
    answer = await http.get("/history.jsonl")
    rows = {row["id"]: row for row in map(json.loads, answer.text.splitlines())}
    assert list(rows) == ids
    assert rows[ids[0]]["passages"] == []
    assert [int(each["source"]) for each in rows[ids[1]]["passages"]] == list(range(250))
