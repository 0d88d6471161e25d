"""The list of a translation's frequent terms, and one click that settles one of them."""

import html
import json
import re

import httpx
import pytest

from tests.app.test_glossary_choice import said, sent
from tests.app.test_glossary_pages import added, made, notice
from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService
from web.text.sentences import CHOSEN

# Of more than one passage: every fourth sentence has the term.
SENTENCES = [
    f"Der {'Vertrag' if number % 4 == 0 else 'Mieter'} Nummer {number} ist da."
    for number in range(400)
]
TEXT = "\n".join(SENTENCES)
WITH_TERM = {each for each in SENTENCES if "Vertrag" in each}


@pytest.fixture
def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    http.headers["Accept"] = "text/html"
    http.follow_redirects = True
    return http


async def translated(http: httpx.AsyncClient, service: WebService, text: str = TEXT) -> str:
    """The address of the translation of a text, with another word for three of its terms."""
    await sent(http, text)
    address = await newest(http, service)
    for each in (0, 4, 8):  # as long, so that the sentences stay where they are
        await service.rows(
            "UPDATE passages SET target = REPLACE(target, %s, %s)",
            f"VERTRAG NUMMER {each} ",
            f"COMPACT NUMMER {each} ",
        )
    return address


async def newest(http: httpx.AsyncClient, service: WebService) -> str:
    """The address of the newest translation, which is done then."""
    (row,) = await service.rows("SELECT MAX(id) AS id FROM translations")
    address = f"/translations/{row['id']}"
    answer = await http.get(f"{address}.json", headers={"Prefer": "wait=20"})
    assert answer.status_code == 200, answer.text
    return address


def terms_of(page: str) -> dict[str, list[tuple[str, int]]]:
    """The terms of the list on a page, with their renderings and how often each comes."""
    found = {}
    for row in re.findall(r"<tr[ >].*?</tr>", page, re.DOTALL):
        if head := re.search(r'<th scope="row"[^>]*>(.*?)</th>', row):
            found[head[1]] = [
                (html.unescape(name), int(count))
                for name, count in re.findall(
                    r'class="rendering"><span[^>]*>(.*?)</span> <span class="count">(\d+)<', row
                )
            ]
    return found


async def settled(http: httpx.AsyncClient, service: WebService, address: str, **fields: str) -> str:
    """The address of the new translation after a click, when it is done."""
    answer = await http.post(f"{address}/terms", data={"source": "Vertrag", **fields})
    assert answer.status_code == 200, answer.text
    new = await newest(http, service)
    assert answer.url.path == new
    return new


async def test_the_list_tells_what_each_term_became(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.renderings = {"vertrag": ("COMPACT",)}
    address = await translated(http, service)
    assert f'href="{address}/terms">Consistency</a>' in (await http.get(address)).text
    page = (await http.get(f"{address}/terms")).text
    assert f'hx-get="{address}/terms?list=1" hx-trigger="load"' in page
    assert terms_of(page) == {}
    assert translator.aligned == 0
    page = (await http.get(f"{address}/terms?list=1")).text
    assert terms_of(page) == {
        "Vertrag": [("VERTRAG", 97), ("COMPACT", 3)],
        "Nummer": [("NUMMER", 400)],
        "Mieter": [("MIETER", 300)],
    }
    assert "3 frequent terms, 1 of them translated in several ways" in page
    # All of Vertrag, and so many of the others that no term has more than 200.
    assert 200 < translator.aligned < 400
    assert f'href="{address}#passage-0:~:text=DER%20COMPACT%20NUMMER%200%20IST%20DA.">' in page
    assert "Der <mark>Vertrag</mark> Nummer 0 ist da." in page


async def test_one_click_makes_a_glossary_and_translates_what_it_changes(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    address = await translated(http, service)
    # As if a person had chosen the translation of the sentence with number 4, which has the term.
    (row,) = await service.rows("SELECT spans FROM sentences WHERE seq = 0")
    spans = json.loads(row["spans"])
    spans[4][3] = CHOSEN
    await service.rows("UPDATE sentences SET spans = %s WHERE seq = 0", json.dumps(spans))
    translator.questions.clear()
    new = await settled(
        http, service, address, target="agreement", glossary="new", name="Terms of it"
    )
    known = {each for question in translator.questions for each in question.known}
    asked = {each for question in translator.questions for each in question.text.splitlines()}
    chosen = SENTENCES[4]
    assert set(SENTENCES) - known == WITH_TERM - {chosen}
    assert asked == set(SENTENCES)
    assert all(question.terms == {"Vertrag": "agreement"} for question in translator.questions)
    (glossary,) = await service.rows("SELECT id, name, terms, version FROM glossaries")
    assert (glossary["name"], glossary["terms"]) == ("Terms of it", 1)
    target = (await http.get(f"{new}.txt")).text.split("\n")
    assert target[0] == "DER agreement NUMMER 0 IST DA."
    assert target[4] == "DER COMPACT NUMMER 4 IST DA."
    assert target[5] == "DER MIETER NUMMER 5 IST DA."
    page = (await http.get(new)).text
    assert 'Made with the glossary <a href="/glossaries/' in page
    # The next one goes into the same glossary, which is chosen now, and takes the other's place.
    page = (await http.get(f"{new}/terms?list=1")).text
    assert f'<option value="{glossary["id"]}" selected>Terms of it</option>' in page
    translator.questions.clear()
    newer = await settled(http, service, new, always="treaty", glossary=str(glossary["id"]))
    assert (await http.get(f"{newer}.txt")).text.startswith("DER treaty NUMMER 0 IST DA.")
    assert len({each for question in translator.questions for each in question.known}) == 301


async def test_only_a_term_that_is_new_in_a_glossary_is_translated_again(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    glossary = await made(http, default="1")
    await added(http, glossary, "Mieter", "tenant")
    address = await translated(http, service)
    translator.questions.clear()
    await settled(
        http, service, address, own=" contract ", target="x", glossary=glossary.rpartition("/")[2]
    )
    known = {each for question in translator.questions for each in question.known}
    assert set(SENTENCES) - known == WITH_TERM


async def test_htmx_is_led_to_the_new_translation(
    http: httpx.AsyncClient, service: WebService
) -> None:
    await sent(http, "Der Vertrag gilt. Ein Vertrag ist ein Vertrag.")
    address = await newest(http, service)
    answer = await http.post(
        f"{address}/terms",
        data={"source": "Vertrag", "target": "contract", "glossary": "new", "name": ""},
        headers={"HX-Request": "true"},
    )
    new = await newest(http, service)
    assert answer.headers["HX-Redirect"] == new != address
    page = (await http.get(new)).text
    assert said(page) == "Made with the glossary Der Vertrag gilt. Ein Vertrag ist ein Vertrag."
    assert "DER contract GILT." in page


async def test_a_document_is_translated_again_as_a_document(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    content = "".join(
        f"<p>Ein <b>Vertrag</b> mit {number} Seiten. Das Haus {number}.</p>" for number in range(5)
    )
    answer = await http.post(
        "/translate",
        data={"pair": "de en"},
        files={"file": ("brief.html", content.encode())},
    )
    address = answer.url.path
    await newest(http, service)
    page = (await http.get(f"{address}/terms?list=1")).text
    assert terms_of(page) == {
        "Haus": [("HAUS", 5)],
        "Seiten": [("SEITEN", 5)],
        "Vertrag": [("VERTRAG", 5)],
    }
    assert "Ein <mark>Vertrag</mark> mit 0 Seiten." in page
    translator.questions.clear()
    new = await settled(http, service, address, target="contract", glossary="new", name="Brief")
    document = (await http.get(f"{new}/document")).text
    assert "<p>EIN <b>contract</b> MIT 0 SEITEN. DAS HAUS 0.</p>" in document
    known = {each for question in translator.questions for each in question.known}
    assert known == {f"Das Haus {number}." for number in range(5)}


async def test_without_the_translator_there_is_no_list_and_the_page_says_so(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    address = await translated(http, service)
    translator.busy = 7
    answer = await http.get(f"{address}/terms?list=1")
    assert answer.status_code == 503
    assert notice(answer) == "The translator is busy or starting. Try again in a moment."
    assert f'href="{address}/terms?list=1">List the terms</a>' in answer.text
    translator.busy = None
    translator.away = True
    answer = await http.get(f"{address}/terms?list=1")
    assert answer.status_code == 503
    assert notice(answer).startswith("The translator does not answer just now.")


async def test_what_was_not_aligned_in_time_is_told_by_its_words(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.renderings = {"vertrag": ("COMPACT",)}
    address = await translated(http, service)
    translator.busy_from = 100
    page = (await http.get(f"{address}/terms?list=1")).text
    assert "some of the sentences were told by their words alone" in page
    assert terms_of(page)["Vertrag"] == [("VERTRAG", 97), ("COMPACT", 3)]
    translator.busy_from = None
    page = (await http.get(f"{address}/terms?list=1")).text
    assert "by their words alone" not in page


async def test_a_text_over_the_bound_is_cut_and_the_page_says_so(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await translated(http, service, "Ein Hund.")
    source, target = "Ein Hund.\n" * 20_001, "A dog.\n" * 20_001
    await service.rows("UPDATE passages SET source = %s, target = %s", source, target)
    spans = json.dumps([[9, 6, 1, 0.9]] * 20_001)
    await service.rows("UPDATE sentences SET spans = %s", spans)
    page = (await http.get(f"{address}/terms?list=1")).text
    assert "these are the terms of its first 20,000 sentences" in page
    assert "20,000</td>" in page


async def test_a_wrong_term_is_refused_and_nothing_begins(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await translated(http, service)
    for fields, problem in (
        ({"target": ""}, "The translation is empty."),
        ({"own": "<b>"}, "The translation holds a tag"),
        ({"target": "contract", "glossary": "999999"}, "There is no glossary"),
    ):
        answer = await http.post(f"{address}/terms", data={"source": "Vertrag", **fields})
        assert answer.status_code in {400, 404}
        assert notice(answer).startswith(problem)
    assert await newest(http, service) == address
    assert await service.rows("SELECT id FROM glossaries") == []
    assert (await http.get("/translations/999999/terms")).status_code == 404


async def test_a_translation_that_runs_has_no_list_yet(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    http.follow_redirects = False
    with translator.holding():
        answer = await http.post("/translate", data={"pair": "de en", "text": TEXT})
        address = answer.headers["Location"]
        page = (await http.get(f"{address}/terms")).text
        assert "The text is still being translated." in page
        for refused in (
            await http.get(f"{address}/terms?list=1"),
            await http.post(f"{address}/terms", data={"source": "a", "target": "b"}),
        ):
            assert refused.status_code == 400
            assert "is not done yet" in notice(refused)


async def test_a_budget_that_is_spent_leaves_the_term_and_says_so(
    service: WebService,
) -> None:
    key = service.add_key("anna", budget=len(TEXT) + 100)
    async with service.started() as http:
        http.headers.update({"Authorization": f"Bearer {key}", "Accept": "text/html"})
        http.follow_redirects = True
        address = await translated(http, service)
        answer = await http.post(
            f"{address}/terms",
            data={"source": "Vertrag", "target": "contract", "glossary": "new", "name": "Mine"},
        )
        assert answer.status_code == 429
        assert "The term is in the glossary" in answer.text
        assert await newest(http, service) == address
        (row,) = await service.rows("SELECT owner, terms FROM glossaries")
        assert (row["owner"], row["terms"]) == ("anna", 1)
