"""LibreTranslate's interface: its questions, answers and errors, over the fake translator."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService

GERMAN = {"source": "de", "target": "en"}
ENGLISH = "Good morning, my friend, how have you been since we met in the city last week?"
SENTENCE = "Der Zug nach Hamburg fährt heute leider erst um halb neun ab."


async def asked(http: httpx.AsyncClient, **question: Any) -> Any:
    answer = await http.post("/translate", json=question)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_question_is_answered_in_its_own_form(http: httpx.AsyncClient) -> None:
    assert await asked(http, q="Guten Morgen!", **GERMAN) == {"translatedText": "GUTEN MORGEN!"}
    several = await asked(http, q=["Guten Morgen!", "", "Hallo Welt"], **GERMAN)
    assert several == {"translatedText": ["GUTEN MORGEN!", "", "HALLO WELT"]}
    form = await http.post("/translate", data={"q": "Guten Morgen!", **GERMAN})
    assert form.json() == {"translatedText": "GUTEN MORGEN!"}
    query = await http.post("/translate", params={"q": "Guten Morgen!", **GERMAN})
    assert query.json() == {"translatedText": "GUTEN MORGEN!"}


async def test_a_language_is_found_out(http: httpx.AsyncClient) -> None:
    answer = await asked(http, q=[SENTENCE, ENGLISH], source="auto", target="en")
    assert answer["translatedText"] == [translated(SENTENCE), ENGLISH]
    assert [each["language"] for each in answer["detectedLanguage"]] == ["de", "en"]
    (first, *_) = (await http.post("/detect", json={"q": SENTENCE})).json()
    assert first["language"] == "de"
    assert 50 < first["confidence"] <= 100


async def test_alternatives_come_when_asked_for(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    answer = await asked(http, q="Hallo. Du!", alternatives=2, **GERMAN)
    assert answer == {
        "translatedText": "HALLO. DU!",
        "alternatives": ["HALLO. (1) DU! (1)", "HALLO. (2) DU! (2)"],
    }
    assert translator.questions[-1].alternatives == 2


async def test_html_keeps_its_markup(http: httpx.AsyncClient, translator: FakeTranslator) -> None:
    page = '<p class="a">Ein <b>rotes</b> Haus</p>\n<pre>bleibt so</pre>'
    answer = (await asked(http, q=page, format="html", **GERMAN))["translatedText"]
    assert answer.startswith('<p class="a">')
    assert answer.endswith("</p>\n<pre>bleibt so</pre>")
    assert "<b>ROTES</b>" in answer
    assert "bleibt so" not in translator.questions[0].text


async def test_languages_and_settings_follow_the_models(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-de-fr", "de", "fr")
    async with service.started() as http:
        assert (await http.get("/languages")).json() == [
            {"code": "de", "name": "German", "targets": ["de", "en", "fr"]},
            {"code": "en", "name": "English", "targets": ["en"]},
            {"code": "fr", "name": "French", "targets": ["fr"]},
        ]
        settings = (await http.get("/frontend/settings")).json()
    assert (settings["charLimit"], settings["keyRequired"]) == (-1, False)
    assert settings["language"]["target"] == {"code": "en", "name": "English"}


async def test_what_is_short_is_not_stored_and_what_is_long_is_translated_once(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    await asked(http, q=["Guten Morgen!"] * 3, **GERMAN)
    assert await service.rows("SELECT COUNT(*) AS n FROM translations") == [{"n": 0}]
    text = book(9_000, seed=90)
    asking = (asked(http, q=text, **GERMAN) for _ in range(3))
    answers = [each["translatedText"] for each in await asyncio.gather(*asking)]
    assert answers == [translated(text)] * 3
    (row,) = await service.rows("SELECT origin, passages, status FROM translations")
    assert (row["origin"], row["status"]) == ("libretranslate", "done")
    assert len(translator.questions) == 3 + row["passages"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (GERMAN, "Invalid request: missing q parameter"),
        ({"q": ["", ""], **GERMAN}, "Invalid request: missing q parameter"),
        ({"q": "Hallo", "target": "en"}, "Invalid request: missing source parameter"),
        ({"q": "Hallo", "source": "de", "target": "zz"}, "zz is not supported"),
        (
            {"q": "Hello", "source": "en", "target": "de"},
            "German (de) is not available as a target language from English (en)",
        ),
        ({"q": "Hallo", **GERMAN, "format": "pdf"}, "pdf format is not supported"),
    ],
)
async def test_errors_are_those_of_the_original(
    http: httpx.AsyncClient, question: dict[str, Any], said: str
) -> None:
    answer = await http.post("/translate", json=question)
    assert (answer.status_code, answer.json()) == (400, {"error": said})


async def test_a_translator_that_is_away_is_said_in_its_form(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    assert (await http.get("/languages")).status_code == 200
    translator.busy = 9
    answer = await http.post("/translate", json={"q": "Hallo", **GERMAN})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "9")
    assert answer.json().keys() == {"error"}


async def test_pages_of_other_sites_may_ask(http: httpx.AsyncClient) -> None:
    origin = {"Origin": "https://reader.example", "Sec-Fetch-Site": "cross-site"}
    answer = await http.post("/translate", json={"q": "Hallo", **GERMAN}, headers=origin)
    assert answer.json() == {"translatedText": "HALLO"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in (await http.get("/", headers=origin)).headers


async def test_with_keys_it_says_what_its_clients_know(service: WebService) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        question = {"q": "Hallo", **GERMAN}
        missing = await http.post("/translate", json=question)
        assert missing.status_code == 403
        assert missing.json() == {"error": "Please contact the server operator to get an API key"}
        wrong = await http.post("/translate", json=question | {"api_key": "guess"})
        assert (wrong.status_code, wrong.json()) == (403, {"error": "Invalid API key"})
        right = await http.post("/translate", json=question | {"api_key": key})
        assert right.json() == {"translatedText": "HALLO"}
        assert (await http.get("/frontend/settings")).json()["keyRequired"] is True
    assert await service.spent("anna") == 5
