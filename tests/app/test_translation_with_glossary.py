"""A glossary goes with a text wherever it is translated, and in the version of then."""

import asyncio
import json
from typing import Any

import httpx

from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService

JSON = {"Content-Type": "application/json"}
TERM = {"source": "Vertrag", "target": "agreement"}
TEXT = "Der Vertrag gilt."
WITH, WITHOUT = "DER agreement GILT.", "DER VERTRAG GILT."
LONG = "\n\n".join([TEXT] * 700)


async def made(http: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    law = {"name": "Law", "source": "de", "target": "en", "terms": [TERM]} | fields
    found: dict[str, Any] = (await http.post("/glossaries.json", json=law)).json()
    return found


async def translated(http: httpx.AsyncClient, text: str = TEXT, **fields: Any) -> str:
    answer = await http.post("/translate", json={"text": text} | fields)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["text"])


async def test_a_text_is_translated_with_the_glossary_that_is_named(
    http: httpx.AsyncClient,
) -> None:
    law = await made(http)
    assert await translated(http) == WITHOUT
    for name in (law["id"], str(law["id"]), law["public_id"], "Law"):
        assert await translated(http, glossary=name) == WITH
    for none in ("none", False, None, ""):
        assert await translated(http, glossary=none) == WITHOUT


async def test_every_form_of_a_question_names_one(http: httpx.AsyncClient) -> None:
    await made(http)
    plain = {"Content-Type": "text/plain"}
    for method in ("POST", "PUT"):
        answer = await http.request(
            method, "/translate?glossary=Law", content=TEXT.encode(), headers=plain
        )
        assert answer.text == WITH
    answer = await http.post("/translate?glossary=Law", json={"text": TEXT})
    assert answer.json()["text"] == WITH
    for kind in ("data", "files"):
        form: Any = {"glossary": "Law", "text": TEXT}
        if kind == "files":
            form = {name: (None, value) for name, value in form.items()}
        page = await http.request("POST", "/translate", **{kind: form})
        stored = await http.get(f"{page.headers['location']}.json")
        assert stored.json()["text"] == WITH


async def test_a_wrong_glossary_is_refused_and_nothing_is_asked(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    await made(http, source="en", target="de")
    for name, status, code in (
        ("Law", 400, "glossary_refused"),
        ("Unknown", 404, "not_found"),
        (True, 400, "glossary_refused"),
        ("\ud800", 400, "bad_request"),
    ):
        question = json.dumps({"text": TEXT, "glossary": name})
        refused = await http.post("/translate", content=question, headers=JSON)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not translator.questions


async def test_the_default_glossary_holds_where_none_is_named(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    law = await made(http, default=True)
    assert await translated(http) == WITH
    assert await translated(http, glossary="none") == WITHOUT
    answer = await http.post("/translate", json={"q": TEXT, "source": "de", "target": "en"})
    assert answer.json()["translatedText"] == WITH
    answer = await http.post("/v2/translate", json={"text": [TEXT, "Ja."], "target_lang": "EN"})
    assert [each["text"] for each in answer.json()["translations"]] == [WITH, "JA."]
    await http.patch(f"/glossaries/{law['id']}.json", json={"default": False})
    assert await translated(http) == WITHOUT
    assert translator.questions[-1].terms == {}


async def test_only_terms_that_may_occur_are_asked_for(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    terms = [TERM, *({"source": f"Wort{number}", "target": "w"} for number in range(500))]
    await made(http, terms=terms, default=True)
    await translated(http, "Verträge und Wort7.")
    assert translator.questions[-1].terms == {"Vertrag": "agreement", "Wort7": "w"}


async def test_a_change_holds_for_the_next_text(http: httpx.AsyncClient) -> None:
    law = await made(http, default=True)
    assert await translated(http) == WITH
    new = {"terms": [TERM | {"target": "contract"}]}
    await http.put(f"/glossaries/{law['id']}/terms.json", json=new)
    assert await translated(http) == "DER contract GILT."
    assert await translated(http, glossary="Law") == "DER contract GILT."


async def test_another_replica_sees_a_change_soon(service: WebService) -> None:
    async with service.started() as one, service.started() as other:
        law = await made(one, default=True)
        async with asyncio.timeout(30):
            while await translated(other) != WITH:
                pass
        await one.delete(f"/glossaries/{law['id']}.json")
        async with asyncio.timeout(30):
            while await translated(other) != WITHOUT:
                pass


async def test_a_long_text_stays_with_the_version_that_it_began_with(
    http: httpx.AsyncClient, translator: FakeTranslator, service: WebService
) -> None:
    law = await made(http)
    with translator.holding():
        begun = await http.post(
            "/translate",
            json={"text": LONG, "glossary": "Law"},
            headers={"Prefer": "respond-async"},
        )
        await translator.asked(2)
        await http.put(f"/glossaries/{law['id']}/terms.json", json={"terms": []})
        await http.delete(f"/glossaries/{law['id']}.json")
    address = f"/translations/{begun.json()['id']}.json"
    done = await http.get(address, headers={"Prefer": "wait=60"})
    assert done.json()["status"] == "done"
    assert done.json()["text"] == "\n\n".join([WITH] * 700)
    (row,) = await service.rows("SELECT glossary_id, glossary_version FROM translations")
    assert row == {"glossary_id": law["id"], "glossary_version": 1}


async def test_a_long_text_of_a_client_is_not_that_of_another_glossary(
    http: httpx.AsyncClient,
) -> None:
    law = await made(http, default=True)
    question = {"q": LONG, "source": "de", "target": "en"}
    answer = await http.post("/translate", json=question)
    assert answer.json()["translatedText"] == "\n\n".join([WITH] * 700)
    await http.delete(f"/glossaries/{law['id']}.json")
    answer = await http.post("/translate", json=question)
    assert answer.json()["translatedText"] == "\n\n".join([WITHOUT] * 700)


async def test_a_draft_is_translated_with_it(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    await made(http)
    form = {"pair": "de en", "text": TEXT, "glossary": "Law"}
    assert WITH in (await http.post("/live", data=form)).text
    kept = await http.post("/live", data=form | {"keep": "1"})
    assert WITH in kept.text
    draft = kept.headers["HX-Replace-Url"].rpartition("/")[2]
    await http.post("/live", data=form | {"draft": draft})
    assert list(translator.questions[-1].known) == [TEXT]
    # Without the glossary its sentences are no answer.
    other = await http.post("/live", data=form | {"draft": draft, "glossary": "none"})
    assert WITHOUT in other.text
    assert not translator.questions[-1].known
    form |= {"source": "de", "target": "en", "shown": ""}
    others = await http.post("/alternatives", data=form | {"source": TEXT, "pair": "de en"})
    assert WITH in others.text


async def test_a_choice_for_one_of_two_equal_sentences_stays_its_own_with_another_glossary(
    http: httpx.AsyncClient,
) -> None:
    await made(http)
    form = {"pair": "de en", "text": f"{TEXT} {TEXT}"}
    kept = await http.post("/live", data=form | {"glossary": "none", "keep": "1"})
    address = kept.headers["HX-Replace-Url"]
    choice = {"source": TEXT, "text": "It holds.", "seen": WITHOUT}
    await http.post(f"{address}/passages/0/sentences/1/edit", data=choice)
    (entry,) = (await http.get("/memory/de/en/entries")).json()["entries"]
    assert (await http.delete(f"/memory/entries/{entry['id']}")).status_code == 204
    form |= {"draft": address.rpartition("/")[2], "glossary": "Law"}
    shown = (await http.post("/live", data=form)).text
    assert WITH in shown
    assert shown.count("It holds.") == 1


async def test_a_document_is_translated_with_it(http: httpx.AsyncClient) -> None:
    await made(http)
    page = await http.post(
        "/translate", data={"pair": "de en", "glossary": "Law"}, files={"file": ("a.md", TEXT)}
    )
    address = page.headers["location"]
    await http.get(f"{address}.json", headers={"Prefer": "wait=60"})
    assert (await http.get(f"{address}/document")).text == WITH


PARAGRAPHS = [TEXT, "Der Hof ist da.", "Das ist gut."]


async def sent(http: httpx.AsyncClient, **fields: str) -> str:
    page = await http.post(
        "/translate",
        data={"pair": "de en"} | fields,
        files={"file": ("a.md", "\n\n".join(PARAGRAPHS))},
    )
    address = str(page.headers["location"])
    done = await http.get(f"{address}.json", headers={"Prefer": "wait=60"})
    assert done.json()["status"] == "done"
    return address


async def test_sentences_of_an_older_version_with_other_terms_are_translated_again(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    yard = {"source": "Hof", "target": "yard"}
    law = await made(http, terms=[TERM, yard])
    older = (await sent(http, glossary="Law")).rpartition("/")[2]
    # A note changes no translation.
    terms = [TERM | {"target": "contract"}, yard | {"note": "behind"}]
    await http.put(f"/glossaries/{law['id']}/terms.json", json={"terms": terms})
    newer = await sent(http, glossary="Law", previous=older)
    assert set(translator.questions[-1].known) == set(PARAGRAPHS[1:])
    assert "DER contract GILT." in (await http.get(f"{newer}.json")).json()["text"]
    await sent(http, glossary="none", previous=older)
    assert set(translator.questions[-1].known) == {PARAGRAPHS[2]}
    again = await sent(http, glossary="Law", previous=newer.rpartition("/")[2])
    assert set(translator.questions[-1].known) == set(PARAGRAPHS)
    assert again != newer


async def test_what_a_person_chose_stays_with_another_glossary(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    await made(http)
    older = await sent(http, glossary="Law")
    chosen = {"source": TEXT, "text": "It holds."}
    await http.post(f"{older}/passages/0/sentences/0/edit", data=chosen)
    await sent(http, glossary="none", previous=older.rpartition("/")[2])
    assert translator.questions[-1].known[TEXT]["target"] == "It holds."


async def test_sentences_of_a_glossary_that_is_purged_are_translated_again(
    http: httpx.AsyncClient, translator: FakeTranslator, service: WebService
) -> None:
    await made(http)
    older = await sent(http, glossary="Law")
    await service.rows("DELETE FROM glossaries")
    await sent(http, previous=older.rpartition("/")[2])
    assert not translator.questions[-1].known


async def test_short_texts_are_translated_while_the_database_is_away(
    http: httpx.AsyncClient, service: WebService
) -> None:
    law = await made(http, default=True)
    assert await translated(http) == WITH
    with service.database.away():
        assert await translated(http) == WITH  # what was known last holds
        refused = await http.post("/translate", json={"text": TEXT, "glossary": law["id"]})
        assert refused.status_code == 503


async def test_without_glossaries_no_text_waits_for_the_database(
    http: httpx.AsyncClient, service: WebService
) -> None:
    await translated(http)
    with service.database.away():
        for text in ("Eins.", "Zwei."):
            answer = await http.post("/translate", json={"q": text, "source": "de", "target": "en"})
            assert answer.status_code == 200


async def test_an_older_translator_gets_no_field_that_it_does_not_know(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    await made(http, default=True)
    await translated(http, "Ein anderer Text.")
    assert "terms" not in translator.bodies[-1]
    await translated(http)
    assert [each["source"] for each in translator.bodies[-1]["terms"]] == ["Vertrag"]
