"""Immersive Translate's custom API: its questions, answers and errors."""

from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService

QUESTION = {"source_lang": "auto", "target_lang": "en", "text_list": ["Guten Morgen!"]}
GERMAN = "Der Zug nach Hamburg fährt heute leider erst um halb neun von Gleis vier ab, sagt Anna."
ENGLISH = "Good morning, my friend, how have you been since we met in the city last week?"


async def test_texts_in_texts_out(http: httpx.AsyncClient, service: WebService) -> None:
    sent = QUESTION | {"text_list": [GERMAN, "", ENGLISH]}
    assert (await http.post("/imme", json=sent)).json() == {
        "translations": [
            {"detected_source_lang": "de", "text": translated(GERMAN)},
            {"detected_source_lang": "de", "text": ""},
            {"detected_source_lang": "en", "text": ENGLISH},
        ]
    }
    assert await service.rows("SELECT id FROM translations") == []


@pytest.mark.parametrize(
    ("source", "target"), [("de", "zh-CN"), ("de", "zh-TW"), ("DE", "zh_hans"), ("auto", "zh")]
)
async def test_regions_and_scripts_are_languages_of_a_model(
    service: WebService, translator: FakeTranslator, source: str, target: str
) -> None:
    translator.install("fake-de-zh", "de", "zh")
    async with service.started() as http:
        sent = QUESTION | {"source_lang": source, "target_lang": target}
        answer = await http.post("/imme", json=sent)
    assert answer.json()["translations"][0]["text"] == translated("Guten Morgen!", "zh")


async def test_a_model_for_just_that_region_is_taken(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-de-zh", "de", "zh")
    translator.install("fake-de-zh-tw", "de", "zh-tw")
    async with service.started() as http:
        await http.post("/imme", json=QUESTION | {"target_lang": "zh-TW"})
    (question,) = translator.questions
    assert question.target == "zh-tw"


async def test_a_long_text_is_waited_for(http: httpx.AsyncClient, service: WebService) -> None:
    text = book(9_000, seed=95)
    answer = await http.post("/imme", json=QUESTION | {"text_list": [text]})
    assert answer.json()["translations"][0]["text"] == translated(text)
    (row,) = await service.rows("SELECT origin, status FROM translations")
    assert row == {"origin": "immersive", "status": "done"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"text_list": None}, "Parameter 'text_list' not specified."),
        ({"text_list": []}, "Parameter 'text_list' not specified."),
        ({"text_list": "Ja"}, "Parameter 'text_list' not specified."),
        ({"text_list": ["Ja", 7]}, "Value for 'text_list' not supported."),
        ({"target_lang": None}, "Parameter 'target_lang' not specified."),
        ({"source_lang": {}}, "Value for 'source_lang' not supported."),
        ({"source_lang": "de", "target_lang": "fr"}, "No model to fr is installed."),
    ],
)
async def test_errors_say_what_is_wrong(
    http: httpx.AsyncClient, question: dict[str, Any], said: str
) -> None:
    answer = await http.post("/imme", json=QUESTION | question, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(said)


async def test_the_key_may_stand_in_the_address(service: WebService) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        assert (await http.post("/imme", json=QUESTION)).status_code == 401
        for right in ({"params": {"token": key}}, {"headers": {"Authorization": f"Bearer {key}"}}):
            answer = await http.post("/imme", json=QUESTION, **right)  # type: ignore[arg-type]
            assert answer.status_code == 200
    assert await service.spent("anna") == 26


async def test_an_extension_and_a_page_may_ask(http: httpx.AsyncClient) -> None:
    for origin in ("chrome-extension://bpoadfkcbjbfhfodiogcnhhhpibjhbnh", "https://a.example"):
        elsewhere = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
        asks = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        preflight = await http.options("/imme", headers=elsewhere | asks)
        assert preflight.headers["Access-Control-Allow-Headers"] == "content-type"
        answer = await http.post("/imme", json=QUESTION, headers=elsewhere)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
        wrong = await http.post("/imme", json={}, headers=elsewhere)
        assert (wrong.status_code, wrong.headers["Access-Control-Allow-Origin"]) == (400, "*")
