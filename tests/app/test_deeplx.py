"""DeepLX's interface: its questions as its clients send them, answers and errors."""

import json
from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService

ADDRESS = "/deeplx/translate"
QUESTION = {"text": "Guten Morgen!", "source_lang": "DE", "target_lang": "EN"}
ENGLISH = "Good morning, my friend, how have you been since we met in the city last week?"


async def test_a_text_in_its_translation_and_three_others_out(
    http: httpx.AsyncClient, service: WebService
) -> None:
    for address in (ADDRESS, "/deeplx"):
        answer = (await http.post(address, json=QUESTION)).json()
        assert isinstance(answer.pop("id"), int)
        assert answer == {
            "code": 200,
            "data": "GUTEN MORGEN!",
            "alternatives": [f"GUTEN MORGEN! ({number})" for number in (1, 2, 3)],
            "source_lang": "DE",
            "target_lang": "EN",
            "method": "Free",
        }
    assert await service.rows("SELECT id FROM translations") == []


# The questions of Pot, Zotero (its service "DeepLX(API)") and of programs that follow the manual.
CLIENTS: list[dict[str, Any]] = [
    {"json": {"source_lang": "auto", "target_lang": "EN", "text": "Ja"}},
    {
        "content": json.dumps({"text": "Ja", "source_lang": "DE", "target_lang": "EN"}),
        "headers": {"Content-Type": "application/json; charset=utf-8"},
    },
    {"json": {"source_lang": "", "target_lang": "en-GB", "text": "Ja", "tag_handling": ""}},
    {"content": b'{"text": "Ja", "target_lang": "EN"}', "headers": {"Content-Type": "text/plain"}},
    {"data": {"text": "Ja", "target_lang": "en"}},
]


@pytest.mark.parametrize("sent", CLIENTS, ids=["pot", "zotero", "regions", "no type", "sharkey"])
async def test_its_clients_are_answered(http: httpx.AsyncClient, sent: dict[str, Any]) -> None:
    answer = (await http.post(ADDRESS, **sent)).json()
    assert (answer["data"], answer["source_lang"]) == ("JA", "DE")


async def test_at_an_address_that_it_shares_a_question_is_none_of_the_own_api(
    http: httpx.AsyncClient, service: WebService
) -> None:
    answer = (await http.post("/translate", json=QUESTION)).json()
    assert (answer["data"], answer["code"]) == ("GUTEN MORGEN!", 200)
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://reader.example"}
    answer = await http.post("/translate", json=QUESTION, headers=elsewhere)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert await service.rows("SELECT id FROM translations") == []
    wrong = await http.post("/translate", json=QUESTION | {"target_lang": "XX"})
    assert wrong.json().keys() == {"code", "message"}
    ours = (await http.post("/translate", json=QUESTION | {"target": "en"})).json()
    assert (ours["text"], ours["stored"]) == ("GUTEN MORGEN!", True)


async def test_subtitle_edit_gets_the_translation_and_no_alternative_that_it_would_show(
    http: httpx.AsyncClient, service: WebService
) -> None:
    sent = '{ "source_lang": "DE", "target_lang": "EN-GB", "text": "Ja.\\n- Nein." }'
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    answer = (await http.post("/translate", content=sent, headers=plain)).json()
    assert (answer["data"], answer["alternatives"]) == ("JA.\n- NEIN.", [])
    assert await service.rows("SELECT id FROM translations") == []


@pytest.mark.parametrize(
    "text",
    ['{"text": "Ja"}', '{"text": "Ja", "target_lang": "EN", "mehr": 1}', "{Ja}", '["Ja"]', "Ja"],
)
async def test_other_plain_text_is_a_text(http: httpx.AsyncClient, text: str) -> None:
    plain = {"Content-Type": "text/plain"}
    answer = await http.post("/translate", content=text, headers=plain)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.text == translated(text)


async def test_a_text_in_the_targets_language_comes_back_as_it_is(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    answer = (await http.post(ADDRESS, json={"text": ENGLISH, "target_lang": "EN"})).json()
    assert (answer["data"], answer["source_lang"]) == (ENGLISH, "EN")
    assert translator.questions == []


async def test_tags_stay(http: httpx.AsyncClient) -> None:
    for handling in ("html", "xml"):
        sent = QUESTION | {"text": "<p>Ein <b>Haus</b></p>", "tag_handling": handling}
        answer = (await http.post(ADDRESS, json=sent)).json()
        assert answer["data"] == "<p>EIN <b>HAUS</b></p>"


async def test_a_long_text_is_waited_for(http: httpx.AsyncClient, service: WebService) -> None:
    text = book(9_000, seed=93)
    answer = (await http.post(ADDRESS, json=QUESTION | {"text": text})).json()
    assert (answer["data"], answer["alternatives"]) == (translated(text), [])
    (row,) = await service.rows("SELECT origin, status FROM translations")
    assert row == {"origin": "deeplx", "status": "done"}


async def test_warnings_are_there_where_there_are_some(http: httpx.AsyncClient) -> None:
    sent = QUESTION | {"text": "Er verliert 7 Euro."}
    answer = (await http.post(ADDRESS, json=sent)).json()
    assert answer["warnings"][0]["code"] == "figures"


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ({"text": ""}, 404, "No text to translate"),
        ({"text": 7}, 400, "Value for 'text' not supported."),
        ({"target_lang": ""}, 400, "Parameter 'target_lang' not specified."),
        ({"target_lang": ["EN"]}, 400, "Value for 'target_lang' not supported."),
        ({"source_lang": "Deutsch, bitte schön"}, 400, "Value for 'source_lang' not supported."),
        (
            {"tag_handling": {}},
            400,
            "Invalid tag_handling value. Allowed values are 'html' and 'xml'.",
        ),
        ({"target_lang": "FR"}, 400, "No model to fr is installed. Nothing was stored."),
        (
            {"tag_handling": "md"},
            400,
            "Invalid tag_handling value. Allowed values are 'html' and 'xml'.",
        ),
    ],
)
async def test_errors_are_those_of_the_original(
    http: httpx.AsyncClient, question: dict[str, Any], status: int, said: str
) -> None:
    answer = await http.post(ADDRESS, json=QUESTION | question)
    assert (answer.status_code, answer.json()) == (status, {"code": status, "message": said})


async def test_what_the_service_refuses_has_the_same_form(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    html = {"Accept": "text/html"}
    assert (await http.get(ADDRESS, headers=html)).json()["code"] == 405
    assert (await http.post("/deeplx/v1/nothing")).json()["code"] == 404
    assert (await http.post(ADDRESS, content="{")).json()["code"] == 400
    assert (await http.post(ADDRESS, json=QUESTION)).status_code == 200
    translator.busy = 9
    answer = await http.post(ADDRESS, json=QUESTION)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "9")
    assert answer.json()["code"] == 503


async def test_a_key_is_in_the_header_or_in_the_query(service: WebService) -> None:
    key = service.add_key("anna", budget=60)
    async with service.started() as http:
        for wrong in ({}, {"params": {"token": "guess"}}, {"headers": {"Authorization": "None"}}):
            answer = await http.post(ADDRESS, json=QUESTION, **wrong)  # type: ignore[arg-type]
            assert (answer.status_code, answer.json()["code"]) == (401, 401)
        for address in (ADDRESS, "/translate"):
            for right in (
                {"params": {"token": key}},
                {"headers": {"Authorization": f"Bearer {key}"}},
            ):
                answer = await http.post(address, json=QUESTION, **right)  # type: ignore[arg-type]
                assert answer.status_code == 200
        large = QUESTION | {"text": "Ja. " * 6_000}
        assert (await http.post(ADDRESS, json=large)).status_code == 401
        answer = await http.post(ADDRESS, json=large, params={"token": key})
        assert (answer.status_code, answer.json()["code"]) == (429, 429)
    assert await service.spent("anna") == 4 * 13


async def test_pages_of_other_sites_may_ask(http: httpx.AsyncClient) -> None:
    origin = {"Origin": "https://reader.example", "Sec-Fetch-Site": "cross-site"}
    answer = await http.post(ADDRESS, json=QUESTION, headers=origin)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
