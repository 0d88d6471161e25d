"""A text that is kept while it is written: one translation that changes, with what was chosen."""

import re

import httpx

from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService

TEXT = "Guten Morgen! Ich bin hier."


async def kept(http: httpx.AsyncClient, text: str, draft: str = "", **fields: str) -> str:
    """The address under which a text is kept."""
    form = {"pair": "de en", "text": text, "keep": "1", "draft": draft.rpartition("/")[2]}
    answer = await http.post("/live", data=form | fields)
    assert answer.status_code == 200, answer.text
    return str(answer.headers["HX-Replace-Url"])


async def choose(
    http: httpx.AsyncClient, address: str, number: int, source: str, text: str
) -> httpx.Response:
    return await http.post(
        f"{address}/passages/0/sentences/{number}/edit",
        data={"source": source, "text": text, "linked": "1"},
        headers={"HX-Request": "true"},
    )


async def text_of(http: httpx.AsyncClient, address: str) -> str:
    return str((await http.get(f"{address}.json")).json()["text"])


async def test_a_draft_is_one_translation_however_often_it_changes(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await kept(http, "Guten")
    assert await kept(http, TEXT, address) == address
    (row,) = await service.rows("SELECT title, characters, status, origin FROM translations")
    assert row == {"title": TEXT, "characters": len(TEXT), "status": "done", "origin": "page"}
    rows = await service.rows("SELECT source, target FROM passages")
    assert rows == [{"source": TEXT, "target": "GUTEN MORGEN! ICH BIN HIER."}]


async def test_the_answer_brings_the_number_and_the_history_along(http: httpx.AsyncClient) -> None:
    form = {"pair": "de en", "text": TEXT, "keep": "1"}
    answer = await http.post("/live", data=form)
    number = answer.headers["HX-Replace-Url"].rpartition("/")[2]
    assert f'<input type="hidden" id="draft" name="draft" value="{number}">' in answer.text
    listed = answer.text.partition('id="history-list"')[2]
    assert f'<a href="/translations/{number}"' in listed
    assert 'aria-current="page"' in listed


async def test_a_sentence_that_was_chosen_stays_while_its_source_does(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await kept(http, TEXT)
    changed = await choose(http, address, 1, "Ich bin hier.", "Here I am.")
    assert "Here I am.</span>" in changed.text
    assert await text_of(http, address) == "GUTEN MORGEN! Here I am."
    await kept(http, "Guten Abend! Ich bin hier. Und du?", address)
    assert await text_of(http, address) == "GUTEN ABEND! Here I am. UND DU?"
    (row,) = await service.rows("SELECT spans FROM sentences")
    assert row["spans"] == "[[12,12,1,0.9],[13,10,1,2.0],[7,7,0,0.9]]"
    await kept(http, "Guten Abend! Ich war hier.", address)
    assert await text_of(http, address) == "GUTEN ABEND! ICH WAR HIER."


async def test_a_choice_is_there_while_typing_goes_on_and_nothing_is_stored(
    http: httpx.AsyncClient,
) -> None:
    address = await kept(http, TEXT)
    await choose(http, address, 1, "Ich bin hier.", "Here I am.")
    form = {"pair": "de en", "text": f"{TEXT} Ja.", "draft": address.rpartition("/")[2]}
    shown = await http.post("/live", data=form)
    assert re.findall(">([^<]+)</span>", shown.text) == ["GUTEN MORGEN!", "Here I am.", "JA."]
    assert await text_of(http, address) == "GUTEN MORGEN! Here I am."


async def test_a_choice_for_what_is_not_there_any_more_is_refused(http: httpx.AsyncClient) -> None:
    address = await kept(http, TEXT)
    for number, source in ((1, "Ich war hier."), (2, "Ich bin hier."), (9, "")):
        stale = await choose(http, address, number, source, "I was here.")
        assert stale.status_code == 404
        assert "not there any more" in stale.text
    for text, status in (("Two\nlines", 400), (" ", 400), ("x" * 10_001, 400)):
        assert (await choose(http, address, 1, "Ich bin hier.", text)).status_code == status
    assert await text_of(http, address) == "GUTEN MORGEN! ICH BIN HIER."


async def test_only_drafts_of_the_page_are_changed(http: httpx.AsyncClient) -> None:
    answer = (await http.post("/translate", json={"text": "Guten Tag!"})).json()
    address = f"/translations/{answer['id']}"
    assert await kept(http, TEXT, address) != address
    assert await text_of(http, address) == "GUTEN TAG!"


async def test_a_draft_that_was_deleted_becomes_another(http: httpx.AsyncClient) -> None:
    address = await kept(http, TEXT)
    await http.post(f"{address}/delete")
    again = await kept(http, TEXT, address)
    assert again != address
    assert (await http.get(f"{address}.json")).status_code == 404
    assert await text_of(http, again) == "GUTEN MORGEN! ICH BIN HIER."


async def test_a_title_that_a_user_gave_stays(http: httpx.AsyncClient, service: WebService) -> None:
    address = await kept(http, TEXT)
    await http.post(f"{address}/title", data={"title": "Brief an Anna"})
    await kept(http, "Guten Abend!", address)
    rows = await service.rows("SELECT title FROM translations")
    assert rows == [{"title": "Brief an Anna"}]


async def test_a_draft_follows_its_languages(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-en-de", "en", "de")
    async with service.started() as http:
        address = await kept(http, "GOOD")
        await kept(http, "GOOD MORNING!", address, pair="en de")
        assert await text_of(http, address) == "good morning!"
    (row,) = await service.rows("SELECT source_lang, target_lang, model FROM translations")
    assert row == {"source_lang": "en", "target_lang": "de", "model": "fake-en-de"}


async def test_without_the_database_a_draft_is_translated_and_not_kept(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await kept(http, TEXT)
    form = {"pair": "de en", "text": "Guten Abend!", "keep": "1", "draft": address[-1]}
    with service.database.away():
        answer = await http.post("/live", data=form)
        assert answer.status_code == 200
        assert ">GUTEN ABEND!</span>" in answer.text
        assert "HX-Replace-Url" not in answer.headers
        refused = await choose(http, address, 1, "Ich bin hier.", "Here I am.")
        assert refused.status_code == 503
    assert await text_of(http, address) == "GUTEN MORGEN! ICH BIN HIER."
    assert list(service.spool.glob("*")) == []
