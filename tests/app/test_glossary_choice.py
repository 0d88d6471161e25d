"""The choice of a glossary on the main page, and what the page says of the one that was used."""

import html
import json
import re

import httpx
import pytest

from tests.app.test_glossary_pages import added, made, notice
from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService


@pytest.fixture
def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    http.follow_redirects = True
    http.headers["Accept"] = "text/html"
    return http


def options(page: str) -> list[tuple[str, str, bool]]:
    """The choice on a page: values, names, and whether one is selected."""
    found = re.search(r'<select name="glossary"(.*?)</select>', page, re.DOTALL)
    assert found, page
    return [
        (value, html.unescape(name), bool(selected))
        for value, selected, name in re.findall(
            r'<option value="([^"]*)"( selected)?>(.*?)</option>', found[1]
        )
    ]


def said(page: str) -> str:
    """The glossary that a page says a translation was made with."""
    found = re.search(r'id="made-with">(.*?)</p>', page, re.DOTALL)
    assert found, page
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


async def sent(http: httpx.AsyncClient, text: str, where: str = "/translate", **form: str) -> str:
    fields = {"pair": "de en", **form}
    parts = [(name, (None, value)) for name, value in [*fields.items(), ("text", text)]]
    answer = await http.post(where, files=parts)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_there_is_no_choice_without_a_glossary(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert 'name="glossary"' not in page
    assert '<a href="/glossaries">Glossaries</a>' in page


async def test_the_glossaries_of_the_pair_are_offered_the_default_first(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    translator.install("fake-en-de", "en", "de")
    art = (await made(http, "Art")).rpartition("/")[2]
    law = (await made(http, "Law & order")).rpartition("/")[2]
    back = await made(http, "Back", pair="en de")
    assert back
    page = (await http.get("/")).text
    assert options(page) == [
        ("", "No glossary", False),
        (art, "Art", False),
        (law, "Law & order", False),
    ]
    assert '<select data-pair="en de">' in page
    await http.post(f"/glossaries/{law}/change", data={"name": "Law & order", "default": "1"})
    assert options((await http.get("/")).text) == [
        ("", "Default: Law & order", False),
        ("none", "No glossary", False),
        (art, "Art", False),
    ]


async def test_a_text_is_translated_with_the_chosen_glossary_and_the_page_says_so(
    http: httpx.AsyncClient,
) -> None:
    address = await made(http, "Recht", default="1")
    await added(http, address, "Vertrag", "contract")
    other = await made(http, "Verkehr")
    await added(http, other, "Vertrag", "treaty")
    page = await sent(http, "Der Vertrag gilt.")
    assert ">DER contract GILT.</span>" in page
    assert said(page) == "Made with the glossary Recht"
    page = await sent(http, "Der Vertrag gilt.", glossary=other.rpartition("/")[2])
    assert ">DER treaty GILT.</span>" in page
    assert said(page) == "Made with the glossary Verkehr"
    assert [name for _, name, selected in options(page) if selected] == ["Verkehr"]
    page = await sent(http, "Der Vertrag gilt.", glossary="none")
    assert ">DER VERTRAG GILT.</span>" in page
    assert said(page) == ""


async def test_the_page_tells_of_a_glossary_that_has_changed_or_gone(
    http: httpx.AsyncClient,
) -> None:
    address = await made(http, "Recht", default="1")
    await added(http, address, "Vertrag", "contract")
    page = await sent(http, "Der Vertrag gilt.")
    number = re.search(r'data-translation="(\d+)"', page)
    assert number
    await added(http, address, "Haftung", "liability")
    page = (await http.get(f"/translations/{number[1]}")).text
    assert said(page) == "Made with an earlier version of the glossary Recht"
    await http.post(f"{address}/delete")
    page = (await http.get(f"/translations/{number[1]}")).text
    assert said(page) == "Made with a glossary that is not there any more"


async def test_a_glossary_for_other_languages_is_refused_and_the_text_stays(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    translator.install("fake-en-de", "en", "de")
    back = (await made(http, "Back", pair="en de")).rpartition("/")[2]
    form = [("pair", "de en"), ("glossary", back), ("text", "Der Vertrag gilt.")]
    answer = await http.post("/translate", files=[(name, (None, value)) for name, value in form])
    assert answer.status_code == 400
    assert "is for en→de, and this is de→en" in notice(answer)
    assert "Der Vertrag gilt.</textarea>" in answer.text
    # An answer to the question about the language is no choice of a glossary for that one.
    page = await sent(http, "Good morning!", "/translate?pair=de+en", pair="en de", glossary=back)
    assert ">GOOD MORNING!</span>" in page
    assert said(page) == ""


async def test_what_is_typed_is_translated_with_it_too(http: httpx.AsyncClient) -> None:
    address = await made(http, "Recht")
    await added(http, address, "Vertrag", "contract")
    chosen = address.rpartition("/")[2]
    form = {"pair": "de en", "text": "Der Vertrag gilt.", "glossary": chosen}
    answer = await http.post("/live", data=form)
    assert ">DER contract GILT.</span>" in answer.text
    assert "Made with the glossary <a" in answer.text
    answer = await http.post("/live", data={**form, "keep": "1"})
    assert "Made with the glossary <a" in answer.text
    answer = await http.post("/live", data={**form, "glossary": "none"})
    assert ">DER VERTRAG GILT.</span>" in answer.text
    assert "Made with" not in answer.text
    refused = await http.post("/live", data={**form, "glossary": "999999"})
    assert refused.status_code == 404
    assert "There is no glossary" in refused.text


async def test_a_document_is_translated_with_it_and_its_next_version_too(
    http: httpx.AsyncClient,
) -> None:
    address = await made(http, "Recht")
    await added(http, address, "Vertrag", "contract")
    chosen = address.rpartition("/")[2]
    parts = {"pair": (None, "de en"), "glossary": (None, chosen)}
    file = ("brief.html", b"<p>Der Vertrag gilt.</p>")
    answer = await http.post("/translate", files={**parts, "file": file})
    assert answer.status_code == 200
    assert 'Made with the glossary <a href="' in answer.text
    assert f'<input type="hidden" name="glossary" value="{chosen}">' in answer.text


async def test_terms_that_could_not_be_placed_are_said(
    service: WebService, http: httpx.AsyncClient
) -> None:
    page = await sent(http, "Der Vertrag gilt.")
    number = re.search(r'data-translation="(\d+)"', page)
    assert number
    spans = [[17, 17, 0, 0.9, [["glossary", "Vertrag", "gelten <x>"]]]]
    await service.rows(
        "UPDATE sentences SET spans = %s WHERE translation_id = %s", json.dumps(spans), number[1]
    )
    page = (await http.get(f"/translations/{number[1]}")).text
    assert 'data-mark="glossary?"' in page
    words = "these terms could not be placed: Vertrag · gelten &lt;x&gt;"
    assert f'title="{words}"' in page
    assert f'<li><a href="#doubt-0-0">{words}</a>' in page
