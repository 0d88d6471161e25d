"""Documents, in and out by each interface: other words, the same document."""

import asyncio
import io

import docx
import httpx
import pytest

from tests.support import documents
from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService

PAGE = b"<h1>Guten Morgen!</h1>\n<p>Ich bin hier.</p>\n"
IN_ENGLISH = b"<h1>GUTEN MORGEN!</h1>\n<p>ICH BIN HIER.</p>\n"
GERMAN = {"source": "de", "target": "en"}
SECONDS = 30


async def uploaded(http: httpx.AsyncClient, name: str, content: bytes) -> tuple[str, str]:
    """The address of a document that DeepL's interface has taken, and its key."""
    answer = await http.post(
        "/v2/document", data={"target_lang": "EN-US"}, files={"file": (name, content)}
    )
    assert answer.status_code == 200, answer.text
    ticket = answer.json()
    return f"/v2/document/{ticket['document_id']}", ticket["document_key"]


async def test_a_document_of_the_page_is_fetched_from_its_translation(
    http: httpx.AsyncClient, service: WebService
) -> None:
    files = {"file": ("seite.html", PAGE)}
    answer = await http.post("/translate", data={"pair": "de en"}, files=files)
    assert answer.status_code == 303
    where = answer.headers["Location"]
    await http.get(f"{where}.json", headers={"Prefer": "wait=20"})
    assert "Download seite.html" in (await http.get(where)).text
    document = await http.get(f"{where}/document")
    assert document.content == IN_ENGLISH
    assert document.headers["Content-Type"].startswith("text/html")
    assert document.headers["Content-Disposition"] == "attachment; filename*=UTF-8''seite.html"
    (row,) = await service.rows("SELECT title, origin FROM translations")
    assert row == {"title": "seite.html", "origin": "page"}


async def test_a_word_document_keeps_its_formatting(http: httpx.AsyncClient) -> None:
    sent = {"file": ("brief.docx", documents.word())}
    answer = await http.post("/translate_file", data=GERMAN, files=sent)
    assert answer.status_code == 200
    document = await http.get(answer.json()["translatedFileUrl"])
    word = docx.Document(io.BytesIO(document.content))
    assert word.tables[0].cell(0, 0).text == "GUTEN MORGEN!"
    assert word.tables[0].cell(0, 1).text == "12,50"
    assert any(run.bold for run in word.paragraphs[1].runs)
    assert word.paragraphs[2].hyperlinks[0].address == "https://example.org/"


async def test_subtitles_that_are_read_too_fast_are_listed_beside_the_file(
    http: httpx.AsyncClient, service: WebService
) -> None:
    cue = "1\n00:00:01,000 --> 00:00:02,000\n<i>{}</i>\n"
    german, english = "Wir können ein kleines Boot bauen.", "WIR KÖNNEN EIN KLEINES BOOT BAUEN."
    files = {"file": ("film.srt", cue.format(german).encode())}
    note = {
        "code": "reading_speed",
        "source": german,
        "target": english,
        "figures": ["34"],
        "place": "00:00:01,000",
    }
    answer = (await http.post("/translate_file", data=GERMAN, files=files)).json()
    assert answer["warnings"] == [note]
    assert "doubtful_places" not in answer
    fetched = await http.get(answer["translatedFileUrl"])
    assert fetched.text == cue.format(english)
    address, key = await uploaded(http, *files["file"])
    (row,) = await service.rows("SELECT MAX(id) AS id FROM translations")
    await http.get(f"/translations/{row['id']}.json", headers={"Prefer": "wait=20"})
    assert (await http.post(address, json={"document_key": key})).json()["warnings"] == [note]
    page = (await http.get(f"/translations/{row['id']}")).text
    assert "1 subtitle is read faster than 20 characters a second" in page
    assert "00:00:01,000 · 34 characters a second" in page
    events = (await http.get(f"/translations/{row['id']}/events")).text
    assert "00:00:01,000 · 34 characters a second" in events
    slow = {"file": ("film.srt", cue.format("Ja.").encode())}
    assert "warnings" not in (await http.post("/translate_file", data=GERMAN, files=slow)).json()


async def test_deepls_clients_follow_a_document_to_its_end(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    with translator.holding():
        address, key = await uploaded(http, "seite.html", PAGE)
        named = {"document_key": key}
        state = (await http.post(address, json=named)).json()
        assert state["status"] == "queued"
        early = await http.post(f"{address}/result", json=named)
        assert (early.status_code, early.headers["Retry-After"]) == (503, "5")
    async with asyncio.timeout(SECONDS):
        while (state := (await http.post(address, json=named)).json())["status"] != "done":
            pass  # each question takes some milliseconds
    assert state["billed_characters"] == len("Guten Morgen!\n\nIch bin hier.")
    assert (await http.post(f"{address}/result", json=named)).content == IN_ENGLISH


async def test_a_document_needs_its_key(http: httpx.AsyncClient) -> None:
    address, _ = await uploaded(http, "a.txt", b"Guten Morgen!")
    for key in ("0" * 64, "ü"):
        named = {"document_key": key}
        assert (await http.post(address, json=named)).status_code == 404
        assert (await http.post(f"{address}/result", json=named)).status_code == 404
    assert (await http.post(address, json={})).status_code == 400


async def test_a_document_goes_with_its_translation(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address, key = await uploaded(http, "a.txt", b"Guten Morgen!")
    (row,) = await service.rows("SELECT id FROM translations")
    await http.post(f"/translations/{row['id']}/delete")
    assert (await http.post(address, json={"document_key": key})).status_code == 404
    await http.post(f"/translations/{row['id']}/restore")
    assert (await http.post(address, json={"document_key": key})).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"x", "not translated"),
        ("a.docx", b"x", "Nothing was kept"),
        ("a.txt", b" \n", "no text"),
    ],
)
async def test_what_is_no_document_is_refused_and_not_stored(
    http: httpx.AsyncClient, service: WebService, name: str, content: bytes, said: str
) -> None:
    answer = await http.post("/translate_file", data=GERMAN, files={"file": (name, content)})
    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert await service.rows("SELECT COUNT(*) AS n FROM translations") == [{"n": 0}]


async def test_a_document_is_charged_and_given_back_when_it_cannot_be_stored(
    service: WebService,
) -> None:
    key = service.add_key("anna", budget=30)
    async with service.started() as http:
        http.headers["Authorization"] = f"Bearer {key}"
        await uploaded(http, "a.txt", b"Guten Morgen!")
        assert await service.spent("anna") == 13
        sent = {"file": ("a.txt", b"Guten Morgen! Guten Morgen!")}
        refused = await http.post("/v2/document", data={"target_lang": "EN"}, files=sent)
        assert refused.status_code == 456
        assert await service.spent("anna") == 13


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("brief.exe", b"MZ", "Files of this kind are not translated"),
        ("brief.docx", b"", "The file is empty"),
        ("brief.txt", b"", "The file is empty"),
        ("brief.docx", b"%PDF-1.7", "ends in .docx, but it is a PDF"),
        ("seite.html", b"%PDF-1.7", "ends in .html, but it is a PDF"),
    ],
)
async def test_a_file_is_refused_in_the_same_words_by_the_page_and_the_interfaces(
    http: httpx.AsyncClient, name: str, content: bytes, said: str
) -> None:
    files = {"file": (name, content)}
    of_page = await http.post(
        "/translate", data={"pair": "de en"}, files=files, headers={"Accept": "application/json"}
    )
    of_libretranslate = await http.post("/translate_file", data=GERMAN, files=files)
    of_deepl = await http.post("/v2/document", data={"target_lang": "EN"}, files=files)
    for answer in (of_page, of_libretranslate, of_deepl):
        assert answer.status_code == 400
    texts = {
        of_page.json()["error"],
        of_libretranslate.json()["error"],
        of_deepl.json()["message"],
    }
    assert len(texts) == 1
    assert said in texts.pop()
