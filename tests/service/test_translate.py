"""The public API over HTTP, with the real translator and database."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.support.instance import Instance
from tests.support.texts import book
from web.errors import UserError

PLAIN = {"Content-Type": "text/plain"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def client(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=120) as http:
        yield http


def long_text(paragraphs: int) -> str:
    """About 90 characters a paragraph, each with a number of its own."""
    return "".join(
        f"Absatz {number}: Der Zug kommt um {number % 24} Uhr an. Wir warten hier auf dich.\n\n"
        for number in range(paragraphs)
    )


async def stored(instance: Instance, response: httpx.Response) -> tuple[int, str, str]:
    """The id, source and target of the translation that an answer speaks of."""
    translation_id = int(response.headers["Content-Location"].rpartition("/")[2])
    rows = await asyncio.to_thread(
        instance.query,
        "SELECT seq, source, target FROM passages WHERE translation_id = %s ORDER BY seq",
        translation_id,
    )
    assert [row["seq"] for row in rows] == list(range(len(rows)))
    source = "".join(row["source"] for row in rows)
    return translation_id, source, "".join(row["target"] or "" for row in rows)


async def test_text_in_text_out_and_in_the_table(
    client: httpx.AsyncClient, instance: Instance
) -> None:
    text = "Guten Morgen!\n\nWie geht es dir?\n"
    answer = await client.put("/translate", content=text, headers=PLAIN)
    assert answer.headers["Content-Type"].startswith("text/plain")
    first, blank, second, end = answer.text.split("\n")
    assert (first, blank, end) == ("Good morning!", "", "")
    assert second.endswith("?")
    assert (await stored(instance, answer))[1:] == (text, answer.text)


async def test_without_a_content_type_it_is_text(client: httpx.AsyncClient) -> None:
    request = client.build_request("PUT", "/translate", content=b"Guten Morgen!")
    request.headers.pop("Content-Type", None)
    assert (await client.send(request)).text == "Good morning!"


async def test_json_in_json_out(client: httpx.AsyncClient) -> None:
    answer = (await client.post("/translate", json={"text": "Guten Morgen!"})).json()
    translation_id = answer.pop("id")
    assert answer == {
        "text": "Good morning!",
        "model": "demo-de-en",
        "stored": True,
        "warnings": [],
    }
    again = (await client.get(f"/translations/{translation_id}.json")).json()
    assert again["text"] == "Good morning!"
    assert again["status"] == "done"


async def test_the_old_fields(client: httpx.AsyncClient) -> None:
    answer = await client.post("/translate", json={"text_de": "Guten Morgen!"})
    assert answer.json() == {"text_en": "Good morning!"}


async def test_another_charset(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "text/plain; charset=ISO-8859-1"}
    answer = await client.post(
        "/translate", content="Schöne Grüße!".encode("latin-1"), headers=headers
    )
    utf8 = await client.post("/translate", content="Schöne Grüße!".encode(), headers=PLAIN)
    assert answer.text == utf8.text


async def test_a_long_text_streams_through(client: httpx.AsyncClient, instance: Instance) -> None:
    text = long_text(300)

    async def parts() -> AsyncIterator[bytes]:
        data = text.encode()
        for start in range(0, len(data), 1001):  # cuts characters in two
            yield data[start : start + 1001]

    answer = await client.put("/translate", content=parts(), headers=PLAIN)
    assert answer.status_code == 200
    translation_id, source, target = await stored(instance, answer)
    assert source == text
    assert target == answer.text
    assert answer.text.count("\n") == text.count("\n")
    (row,) = await asyncio.to_thread(
        instance.query, "SELECT * FROM translations WHERE id = %s", translation_id
    )
    assert row["status"] == "done"
    assert row["passages"] == row["passages_done"] > 1
    assert row["characters"] == len(text)
    assert row["finished_at"] is not None


async def test_the_first_sentence_of_a_long_text_does_not_wait_for_its_passage(
    client: httpx.AsyncClient, instance: Instance
) -> None:
    first = "Der Hund ist gestern Abend in den Garten gelaufen."
    text = first + " Die Katze war schon da und hat sich gefreut." + "\n\n" + long_text(100)
    alone = await client.put("/translate", content=first.encode(), headers=PLAIN)
    # Read by hand: a client library may join what the server has sent in chunks.
    reader, writer = await asyncio.open_connection("127.0.0.1", instance.web_port)
    body = text.encode()
    writer.write(
        b"PUT /translate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    )
    async with asyncio.timeout(60):
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(await reader.readuntil(b"\r\n"), 16)
        chunk = await reader.readexactly(size)
        await reader.read()
    writer.close()
    assert b"200 OK" in head
    assert chunk.decode() == alone.text + " "


async def test_a_long_json_text_waits_for_all_of_it(client: httpx.AsyncClient) -> None:
    text = long_text(100)
    answer = (await client.post("/translate", json={"text": text})).json()
    assert answer["status"] == "done"
    assert answer["text"].count("\n") == text.count("\n")


async def test_a_long_json_text_can_be_fetched_later(client: httpx.AsyncClient) -> None:
    headers = {"Prefer": "respond-async"}
    answer = await client.post("/translate", json={"text": long_text(101)}, headers=headers)
    assert answer.status_code == 202
    address = answer.headers["Content-Location"] + ".json"
    later = (await client.get(address, headers={"Prefer": "wait=60"})).json()
    assert later["status"] == "done"
    assert later["passages_done"] == later["passages"]


BAD_BODIES = [
    (b"", PLAIN, 400, "no text"),
    (b" \n\t\n", PLAIN, 400, "no text"),
    (b"Hallo \xff", PLAIN, 400, "UTF-8"),
    (b"Hallo \xc3", PLAIN, 400, "UTF-8"),
    (b"Hallo\x00", PLAIN, 400, "NUL"),
    (b"Hallo", {"Content-Type": "text/plain; charset=klingon"}, 415, "klingon"),
    (b"Hallo", {"Content-Type": "text/plain; charset=base64"}, 415, "base64"),
    (b"\x89PNG", {"Content-Type": "image/png"}, 415, "image/png"),
    (b"", JSON, 400, "JSON"),
    (b"{", JSON, 400, "JSON"),
    (b"text=Hallo", JSON, 400, "JSON"),
    (b"[" * 100_000, JSON, 400, "JSON"),
    (b'"Hallo"', JSON, 400, "object"),
    (b"{}", JSON, 400, "missing or is not a string"),
    (b'{"text": null}', JSON, 400, "missing or is not a string"),
    (b'{"text": ["Hallo"]}', JSON, 400, "missing or is not a string"),
    (b'{"text": ""}', JSON, 400, "no text"),
    (b'{"text": "\\ud83d Hallo"}', JSON, 400, "surrogate"),
    (b'{"text": "Hallo\\u0000"}', JSON, 400, "NUL"),
    (b'{"text": "Hallo", "target": "zz"}', JSON, 400, "zz"),
    (b'{"text": "Hallo", "target": 7}', JSON, 400, "language"),
    (b'{"text": "Hallo", "source": "\\u0000"}', JSON, 400, "language"),
    (json.dumps({"text": long_text(100), "target": "zz"}).encode(), JSON, 400, "zz"),
    (json.dumps({"text": "a" * 17_000_000}).encode(), JSON, 413, "text/plain"),
    (b"no boundary", {"Content-Type": "multipart/form-data"}, 400, "boundary"),
    (b"no form", {"Content-Type": "multipart/form-data; boundary=x"}, 400, "form"),
    (b"pair=de+en", {"Content-Type": "application/x-www-form-urlencoded"}, 400, "no text"),
    (
        b"text=Hallo&text=Tag",
        {"Content-Type": "application/x-www-form-urlencoded"},
        400,
        "one value for 'text'",
    ),
]


@pytest.mark.parametrize(("content", "headers", "status", "what"), BAD_BODIES)
async def test_bad_input_says_what_is_wrong_and_is_not_stored(
    client: httpx.AsyncClient,
    instance: Instance,
    content: bytes,
    headers: dict[str, str],
    status: int,
    what: str,
) -> None:
    count = "SELECT COUNT(*) AS n FROM translations"
    before = await asyncio.to_thread(instance.query, count)
    answer = await client.post("/translate", content=content, headers=headers)
    assert answer.status_code == status
    assert what in answer.text
    assert "Traceback" not in answer.text
    assert await asyncio.to_thread(instance.query, count) == before


@pytest.mark.parametrize("field", ["text", "q", "file"])
async def test_two_texts_in_one_form_are_not_taken_for_one(
    client: httpx.AsyncClient, field: str
) -> None:
    two = [
        (field, (f"{number}.txt" if field == "file" else None, text))
        for number, text in enumerate(["Guten Morgen!", "Guten Abend!"])
    ]
    answer = await client.post("/translate", files=[*two, ("target", (None, "en"))])
    assert answer.status_code == 400
    assert "one text or one file at a time" in answer.text


async def test_a_late_refusal_says_what_was_kept(client: httpx.AsyncClient) -> None:
    text = book(characters=200_000, seed=21)  # more than arrives at once
    form = {"text": (None, text), "target": (None, "en")}
    answer = await client.post("/translate", files=form)
    assert answer.status_code == 400
    said = answer.json()["error"]
    assert "Send 'target' before the text" in said
    (address,) = re.findall(r"is kept, and translated: (/translations/\d+)\.$", said)
    assert (await client.get(f"{address}.json")).json()["status"] == "interrupted"
    await client.post(f"{address}/cancel")


async def test_errors_come_in_the_form_that_was_asked_in(client: httpx.AsyncClient) -> None:
    plain = await client.post("/translate", content=b"", headers=PLAIN)
    assert plain.headers["Content-Type"].startswith("text/plain")
    as_json = await client.post("/translate", json={})
    assert set(as_json.json()) == {"error", "code"}
    assert as_json.json()["code"] == "bad_request"
    missing = await client.get("/translations/999999.json")
    assert missing.status_code == 404
    assert set(missing.json()) == {"error", "code"}
    assert missing.json()["code"] == "not_found"
    assert (await client.get("/nowhere")).status_code == 404
    method = await client.delete("/translate")
    assert (method.status_code, method.json()["code"]) == (405, "method_not_allowed")
    theirs = await client.post("/translate", json={"q": ""})
    assert set(theirs.json()) == {"error"}  # as LibreTranslate's clients know it


async def test_posts_from_other_sites_are_refused(client: httpx.AsyncClient) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = await client.post("/translate", json={"text": "Hallo"}, headers=headers)
        assert answer.status_code == 403
    same = {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy.example"}
    assert (
        await client.post("/translate", json={"text": "Hallo"}, headers=same)
    ).status_code == 200


async def test_ten_megabytes_are_taken_and_can_be_cancelled(
    client: httpx.AsyncClient, instance: Instance
) -> None:
    """As JSON in the background, so that nobody has to wait for all of it."""
    text = long_text(150_000)
    assert len(text) > 10_000_000
    headers = {"Prefer": "respond-async"}
    answer = await client.post("/translate", json={"text": text}, headers=headers)
    assert answer.status_code == 202
    where = answer.headers["Content-Location"]
    (row,) = await asyncio.to_thread(
        instance.query,
        "SELECT SUM(CHAR_LENGTH(source)) AS n FROM passages WHERE translation_id = %s",
        int(where.rpartition("/")[2]),
    )
    assert row["n"] == len(text)
    await client.post(f"{where}/cancel", headers={"Sec-Fetch-Site": "same-origin"})
    (row,) = await asyncio.to_thread(
        instance.query,
        "SELECT status FROM translations WHERE id = %s",
        int(where.rpartition("/")[2]),
    )
    assert row["status"] == "cancelled"


async def test_a_text_can_be_cancelled_while_it_arrives(
    client: httpx.AsyncClient, instance: Instance
) -> None:
    text = long_text(10_000)
    body = text.encode()
    for _ in range(10):  # storing what arrives and cancelling must not lock each other out
        reader, writer = await asyncio.open_connection("127.0.0.1", instance.web_port)
        writer.write(b"PUT /translate HTTP/1.1\r\nHost: localhost\r\n")
        writer.write(b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
        writer.write(body)
        async with asyncio.timeout(30):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            where = head.partition("content-location: ")[2].partition("\r\n")[0]
            assert (await client.post(f"{where}/cancel")).status_code == 303
            await reader.read()
        writer.close()
        state = (await client.get(f"{where}.json")).json()
        assert state["status"] == "cancelled"
        # All of the text was taken in; what is not translated stands there as its source.
        assert state["text"].count("\n") == text.count("\n")


async def test_nothing_of_a_text_is_logged(client: httpx.AsyncClient, instance: Instance) -> None:
    await client.post("/translate", json={"text": "Der Pfau heißt Balduin."})
    await client.post("/translate", content="Balduin \udfff".encode("utf-8", "surrogatepass"))
    for log in Path(instance.run_dir).glob("*.log*"):
        assert "Balduin" not in log.read_text(errors="replace")


def test_errors_have_a_status() -> None:
    for kind in UserError.__subclasses__():
        assert 400 <= kind.status <= 503
