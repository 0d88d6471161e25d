"""Texts in, translations out: short and long, whole and in parts, and what is stored of them."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.asgi import BrokenOffError
from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService

PLAIN = {"Content-Type": "text/plain"}
ASYNC = {"Prefer": "respond-async"}
TEXT = "Guten Morgen! Wie geht es dir?"


async def stored(service: WebService) -> int:
    (row,) = await service.rows("SELECT COUNT(*) AS n FROM translations")
    return int(row["n"])


async def test_a_short_text_is_translated_and_stored(
    http: httpx.AsyncClient, service: WebService
) -> None:
    answer = await http.post("/translate", json={"text": TEXT})
    (row,) = await service.rows("SELECT * FROM translations")
    assert answer.json() == {
        "text": "GUTEN MORGEN! WIE GEHT ES DIR?",
        "model": "fake-de-en",
        "id": row["id"],
        "stored": True,
        "warnings": [],
    }
    assert answer.headers["Content-Location"] == f"/translations/{row['id']}"
    assert row["finished_at"] is not None
    assert {name: row[name] for name in ("title", "source_lang", "target_lang", "origin")} == {
        "title": TEXT,
        "source_lang": "de",
        "target_lang": "en",
        "origin": "api",
    }
    assert (row["characters"], row["passages"], row["passages_done"]) == (len(TEXT), 1, 1)
    assert (row["model"], row["status"]) == ("fake-de-en", "done")
    (passage,) = await service.rows("SELECT * FROM passages JOIN sentences USING (translation_id)")
    assert (passage["source"], passage["target"]) == (TEXT, translated(TEXT))
    assert passage["score"] == pytest.approx(0.9)
    assert passage["spans"] == "[[13,13,1,0.9],[16,16,0,0.9]]"


async def test_plain_text_gives_plain_text(http: httpx.AsyncClient) -> None:
    answer = await http.put("/translate", content="Guten Morgen!\n\nTschüß.\n", headers=PLAIN)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == "GUTEN MORGEN!\n\nTSCHÜSS.\n"
    again = await http.get(f"{answer.headers['Content-Location']}.json")
    assert again.json()["text"] == answer.text
    assert again.json()["status"] == "done"


async def test_older_clients_have_other_names(http: httpx.AsyncClient) -> None:
    answer = await http.post("/translate", json={"text_de": TEXT})
    assert answer.json() == {"text_en": translated(TEXT)}


async def test_a_long_text_becomes_passages_that_are_translated_side_by_side(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    text = book(20_000, seed=1)
    answer = await http.put("/translate", content=text.encode(), headers=PLAIN)
    assert answer.text == translated(text)
    rows = await service.rows("SELECT * FROM passages ORDER BY seq")
    assert [row["seq"] for row in rows] == list(range(len(rows)))
    assert len(rows) > 5
    assert "".join(row["source"] for row in rows) == text
    assert all(row["target"] == translated(row["source"]) for row in rows)
    assert {row["status"] for row in rows} == {"done"}
    (row,) = await service.rows("SELECT * FROM translations")
    assert (row["status"], row["characters"]) == ("done", len(text))
    assert row["passages"] == row["passages_done"] == len(rows) == len(translator.questions)


async def test_a_sentence_is_there_before_the_next_is_translated(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    text = "Der erste Satz. Der zweite.\n\n" + book(9_000, seed=2)
    with translator.holding(after=1):
        async with http.stream("PUT", "/translate", content=text.encode()) as answer:
            parts = answer.aiter_text()
            assert await anext(parts) == "DER ERSTE SATZ. "
    # A client that has gone has not stopped it.
    where = answer.headers["Content-Location"]
    whole = (await http.get(f"{where}.json", headers={"Prefer": "wait=20"})).json()
    assert (whole["status"], whole["text"]) == ("done", translated(text))


async def test_a_text_comes_out_while_it_goes_in(http: httpx.AsyncClient) -> None:
    text = book(12_000, seed=3)
    heard = asyncio.Event()

    async def parts() -> AsyncIterator[bytes]:
        yield text[:6_000].encode()
        await heard.wait()
        yield text[6_000:].encode()

    said = ""
    async with http.stream("PUT", "/translate", content=parts(), headers=PLAIN) as answer:
        async for part in answer.aiter_text():
            said += part
            heard.set()
    assert said == translated(text)


async def test_bytes_that_are_cut_anywhere_are_one_text(http: httpx.AsyncClient) -> None:
    data = book(5_000, seed=4).encode()

    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(data), 7):
            yield data[start : start + 7]

    answer = await http.put("/translate", content=parts(), headers=PLAIN)
    assert answer.text == translated(data.decode())


async def test_a_long_json_text_is_waited_for(http: httpx.AsyncClient) -> None:
    text = book(9_000, seed=5)
    answer = (await http.post("/translate", json={"text": text})).json()
    assert (answer["status"], answer["text"]) == ("done", translated(text))
    assert answer["passages"] == answer["passages_done"] > 1


async def test_who_does_not_wait_has_an_address_to_ask_again(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    text = book(9_000, seed=6)
    with translator.holding():
        answer = await http.post("/translate", json={"text": text}, headers=ASYNC)
        assert answer.status_code == 202
        where = answer.headers["Content-Location"]
        begun = (await http.get(f"{where}.json")).json()
        assert (begun["status"], begun["passages_done"]) == ("running", 0)
        assert begun["text"] == text  # the source, where there is no translation
        assert "nothing is lost" in answer.json()["message"]
    done = (await http.get(f"{where}.json", headers={"Prefer": "wait=20"})).json()
    assert (done["status"], done["text"]) == ("done", translated(text))
    assert (await http.get(f"{where}.txt")).text == translated(text)


async def test_a_json_request_waits_no_longer_than_it_may(
    service: WebService, translator: FakeTranslator
) -> None:
    async with service.started(wait_seconds=0.05) as http:
        with translator.holding():
            answer = await http.post("/translate", json={"text": book(9_000, seed=7)})
    assert answer.status_code == 202
    assert answer.json()["status"] == "running"


async def test_what_arrived_before_an_upload_broke_off_is_kept_and_translated(
    http: httpx.AsyncClient, service: WebService
) -> None:
    text = book(12_000, seed=8)
    heard = asyncio.Event()

    async def parts() -> AsyncIterator[bytes]:
        yield text.encode()
        await heard.wait()
        raise BrokenOffError

    async with http.stream("PUT", "/translate", content=parts(), headers=PLAIN) as answer:
        said = await anext(answer.aiter_text())
        heard.set()
    assert translated(text).startswith(said)
    where = answer.headers["Content-Location"]
    kept = (await http.get(f"{where}.json", headers={"Prefer": "wait=20"})).json()
    assert kept["status"] == "interrupted"
    assert kept["passages"] == kept["passages_done"] > 1
    assert translated(text).startswith(kept["text"])
    (row,) = await service.rows("SELECT characters FROM translations")
    assert row["characters"] > 6_000


async def test_an_answer_to_what_turns_out_to_be_no_text_does_not_look_whole(
    http: httpx.AsyncClient,
) -> None:
    text = book(12_000, seed=9)
    heard = asyncio.Event()

    async def parts() -> AsyncIterator[bytes]:
        yield text.encode()
        await heard.wait()
        yield b"\xff"

    said = ""
    async with http.stream("PUT", "/translate", content=parts(), headers=PLAIN) as answer:
        with pytest.raises(httpx.RemoteProtocolError):  # noqa: PT012 - it begins well
            async for part in answer.aiter_text():
                said += part
                heard.set()
    assert len(said) > 3_000
    assert translated(text).startswith(said)


async def test_a_form_leads_to_the_translation(http: httpx.AsyncClient) -> None:
    answer = await http.post("/translate", data={"text": TEXT, "pair": "de en"})
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert (await http.get(f"{where}.json")).json()["text"] == translated(TEXT)
    long = await http.post("/translate", files={"text": (None, book(9_000, seed=10))})
    assert long.status_code == 303


async def test_a_file_of_a_form_is_its_text(http: httpx.AsyncClient) -> None:
    file = {"file": ("brief.txt", TEXT.encode(), "text/plain")}
    answer = await http.post("/translate", data={"pair": "de en"}, files=file)
    assert answer.status_code == 303
    told = (await http.get(f"{answer.headers['Location']}.json")).json()
    assert told["text"] == translated(TEXT)


async def test_another_pair_when_it_is_installed(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-en-de", "en", "de")
    async with service.started() as http:
        sent = {"text": "GOOD MORNING!", "source": "en", "target": "de"}
        answer = (await http.post("/translate", json=sent)).json()
        assert (answer["text"], answer["model"]) == ("good morning!", "fake-en-de")
        plain = await http.put("/translate?source=en&target=de", content=b"GOOD EVENING!")
        assert plain.text == "good evening!"
    (row,) = await service.rows("SELECT DISTINCT source_lang, target_lang FROM translations")
    assert row == {"source_lang": "en", "target_lang": "de"}


async def test_a_pair_that_is_not_installed_is_named(
    http: httpx.AsyncClient, service: WebService
) -> None:
    for text in (TEXT, book(9_000, seed=11)):
        answer = await http.post("/translate", json={"text": text, "target": "fr"})
        assert answer.status_code == 400
        assert "No model for de→fr is installed. Installed: de→en." in answer.json()["error"]
    assert await stored(service) == 0


async def test_a_translator_that_is_away_is_said_to_be(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.away = True
    answer = await http.post("/translate", json={"text": TEXT})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "The translator does not answer" in answer.json()["error"]
    plain = await http.put("/translate", content=TEXT, headers=PLAIN)
    assert (plain.status_code, plain.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert await stored(service) == 0
    translator.away = False
    assert (await http.post("/translate", json={"text": TEXT})).status_code == 200


async def test_a_busy_translator_says_when_to_come_back(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.busy = 17
    answer = await http.post("/translate", json={"text": TEXT})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "17")
    assert "busy" in answer.json()["error"]
    assert await stored(service) == 0


async def test_what_the_translator_refuses_is_refused_in_its_words(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.refused = "Morgen"
    answer = await http.post("/translate", json={"text": TEXT})
    assert answer.status_code == 400
    assert "text: it was refused" in answer.json()["error"]
    assert await stored(service) == 0


async def test_what_is_not_the_translator_is_not_believed(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.impostor = True
    answer = await http.post("/translate", json={"text": TEXT})
    assert answer.status_code == 503
    assert "in the translator's place is not it" in answer.json()["error"]
    assert await stored(service) == 0


async def test_a_translator_that_takes_too_long_is_given_up(
    service: WebService, translator: FakeTranslator
) -> None:
    async with service.started(translator_seconds=0.05) as http:
        with translator.holding():
            answer = await http.post("/translate", json={"text": TEXT})
    assert answer.status_code == 503
    assert translator.given_up == 1
    assert await stored(service) == 0


async def test_a_long_text_is_not_taken_in_without_the_database(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    with service.database.away():
        answer = await http.post("/translate", json={"text": book(9_000, seed=12)})
    assert answer.status_code == 503
    assert "a text of this length needs it. Nothing was stored" in answer.json()["error"]
    assert translator.questions == []
    assert await stored(service) == 0


async def test_a_json_body_has_a_limit_and_plain_text_has_none(service: WebService) -> None:
    text = book(9_000, seed=13)
    async with service.started(max_json_bytes=5_000) as http:
        refused = await http.post("/translate", json={"text": text})
        assert refused.status_code == 413
        assert "over 5,000 bytes. Send the text as text/plain" in refused.json()["error"]
        answer = await http.put("/translate", content=text.encode(), headers=PLAIN)
    assert answer.text == translated(text)


@pytest.mark.parametrize(
    ("body", "headers", "status", "said"),
    [
        (b" \n\t", PLAIN, 400, "no text"),
        (b"Hallo \xff", PLAIN, 400, "not valid UTF-8"),
        (b"Hallo\x00", PLAIN, 400, "NUL"),
        (b"Hallo", {"Content-Type": "text/plain; charset=klingon"}, 415, "klingon"),
        (b"\x89PNG", {"Content-Type": "image/png"}, 415, "image/png"),
        (b"{", {"Content-Type": "application/json"}, 400, "not valid JSON"),
        (b'{"text": 7}', {"Content-Type": "application/json"}, 400, "is not a string"),
        (b"text=a&text=b", {"Content-Type": "application/x-www-form-urlencoded"}, 400, "one value"),
    ],
)
async def test_what_is_no_text_is_refused_and_not_stored(
    http: httpx.AsyncClient,
    service: WebService,
    translator: FakeTranslator,
    body: bytes,
    headers: dict[str, str],
    status: int,
    said: str,
) -> None:
    answer = await http.post("/translate", content=body, headers=headers)
    assert answer.status_code == status
    assert said in answer.text
    assert translator.questions == []
    assert await stored(service) == 0


async def test_a_page_of_another_site_orders_nothing(
    http: httpx.AsyncClient, service: WebService
) -> None:
    for elsewhere in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = await http.post("/translate", json={"text": TEXT}, headers=elsewhere)
        assert answer.status_code == 403
    assert await stored(service) == 0


async def test_the_translator_hears_a_requests_id_and_each_passages(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    await http.post("/translate", json={"text": TEXT}, headers={"X-Request-ID": "mine-1"})
    assert [each.request_id for each in translator.questions] == ["mine-1"]
    long = (await http.post("/translate", json={"text": book(9_000, seed=14)})).json()
    jobs = {each.request_id for each in translator.questions[1:]}
    assert jobs == {f"job-{long['id']}-{seq}" for seq in range(long["passages"])}
