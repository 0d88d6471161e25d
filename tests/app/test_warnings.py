"""Doubtful sentences are said, by every interface and on the page."""

import httpx

from tests.support.web_service import WebService

DOUBTFUL = "Tom verliert 12 und 755 Euro."
UNSURE = "Das ist vielleicht gut."
TEXT = f"Guten Morgen! {DOUBTFUL} {UNSURE}"
FIGURES = {
    "code": "figures",
    "source": DOUBTFUL,
    "target": DOUBTFUL.upper(),
    "figures": ["12", "755"],
}
SCORE = {"code": "unsure", "source": UNSURE, "target": UNSURE.upper()}


async def test_the_own_api_names_the_sentences_and_their_figures(http: httpx.AsyncClient) -> None:
    answer = (await http.post("/translate", json={"text": TEXT})).json()
    assert answer["warnings"] == [FIGURES, SCORE]
    again = (await http.get(f"/translations/{answer['id']}.json")).json()
    assert again["warnings"] == [FIGURES, SCORE]


async def test_a_long_text_has_those_of_all_its_passages(http: httpx.AsyncClient) -> None:
    filling = "Guten Morgen! " * 300
    text = f"{DOUBTFUL}\n\n{filling}\n\n{filling}{UNSURE}\n"
    answer = (await http.post("/translate", json={"text": text})).json()
    assert answer["passages"] > 1
    assert answer["warnings"] == [FIGURES, SCORE]


async def test_libretranslate_and_deepl_have_a_field_of_their_own_only_then(
    http: httpx.AsyncClient,
) -> None:
    question = {"source": "de", "target": "en"}
    theirs = (await http.post("/translate", json={**question, "q": [TEXT, "Ja."]})).json()
    assert theirs["warnings"] == [[FIGURES, SCORE], []]
    plain = (await http.post("/translate", json={**question, "q": "Ja."})).json()
    assert set(plain) == {"translatedText"}
    wanted = {"text": [TEXT, "Ja."], "source_lang": "DE", "target_lang": "EN-GB"}
    deepl = (await http.post("/v2/translate", json=wanted)).json()["translations"]
    assert deepl[0]["warnings"] == [FIGURES, SCORE]
    assert "warnings" not in deepl[1]


async def test_the_page_marks_the_sentence_and_names_the_figures(
    http: httpx.AsyncClient, service: WebService
) -> None:
    answer = (await http.post("/translate", json={"text": TEXT})).json()
    page = (await http.get(f"/translations/{answer['id']}")).text
    assert page.count('class="sentence doubtful"') == 1
    assert 'title="the figures differ: 12 · 755"' in page
    german = {"Accept-Language": "de"}
    page = (await http.get(f"/translations/{answer['id']}", headers=german)).text
    assert 'title="die Zahlen weichen ab: 12 · 755"' in page
    (row,) = await service.rows("SELECT spans FROM sentences")
    assert "755" in row["spans"]


async def test_what_a_user_chooses_is_not_doubtful_any_more(http: httpx.AsyncClient) -> None:
    answer = (await http.post("/translate", json={"text": DOUBTFUL})).json()
    address = f"/translations/{answer['id']}"
    chosen = {"source": DOUBTFUL, "text": "Tom loses 12 and 755 euros."}
    edited = await http.post(f"{address}/passages/0/sentences/0/edit", data=chosen)
    assert edited.status_code == 303
    again = (await http.get(f"{address}.json")).json()
    assert (again["text"], again["warnings"]) == (chosen["text"], [])
