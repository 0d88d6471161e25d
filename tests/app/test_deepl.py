"""DeepL's interface: its questions, answers and errors, over the fake translator."""

from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService

ENGLISH = "Good morning, my friend, how have you been since we met in the city last week?"


async def asked(http: httpx.AsyncClient, *texts: str, **more: Any) -> list[str]:
    sent = {"text": list(texts), "target_lang": "EN-GB"} | more
    answer = await http.post("/v2/translate", json=sent)
    assert answer.status_code == 200, answer.text
    return [each["text"] for each in answer.json()["translations"]]


async def test_texts_in_texts_out(http: httpx.AsyncClient) -> None:
    sent = {"text": ["Guten Morgen!", ""], "source_lang": "DE", "target_lang": "EN-US"}
    answer = await http.post("/v2/translate", json=sent)
    assert answer.json() == {
        "translations": [
            {
                "detected_source_language": "DE",
                "text": "GUTEN MORGEN!",
                "billed_characters": 13,
            },
            {"detected_source_language": "DE", "text": "", "billed_characters": 0},
        ]
    }
    form = await http.post("/v2/translate", data={"text": ["Ja", "Nein"], "target_lang": "EN"})
    assert [each["text"] for each in form.json()["translations"]] == ["JA", "NEIN"]


async def test_what_is_in_the_target_language_comes_back_as_it_is(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    assert await asked(http, ENGLISH) == [ENGLISH]
    assert translator.questions == []


@pytest.mark.parametrize(("split", "sentences"), [("1", True), ("0", False), ("nonewlines", True)])
async def test_where_a_text_is_split_is_said_to_the_translator(
    http: httpx.AsyncClient,
    translator: FakeTranslator,
    split: str,
    sentences: bool,  # noqa: FBT001
) -> None:
    text = "Das ist gut. Wir kommen\nmorgen wieder."
    (answer,) = await asked(http, text, split_sentences=split)
    one_line = split == "nonewlines"
    assert answer == translated(text.replace("\n", " ") if one_line else text)
    (question,) = translator.questions
    assert question.sentences is sentences


async def test_tags_stay_and_ignored_ones_are_not_translated(http: httpx.AsyncClient) -> None:
    xml = "<a><t>Guten Morgen!</t><u>Guten Morgen!</u></a>"
    assert await asked(http, xml, tag_handling="xml", ignore_tags="u") == [
        "<a><t>GUTEN MORGEN!</t><u>Guten Morgen!</u></a>"
    ]


async def test_a_long_text_is_waited_for(http: httpx.AsyncClient, service: WebService) -> None:
    text = book(9_000, seed=91)
    assert await asked(http, text, source_lang="DE") == [translated(text)]
    (row,) = await service.rows("SELECT origin, status FROM translations")
    assert row == {"origin": "deepl", "status": "done"}


async def test_languages_follow_the_models(service: WebService, translator: FakeTranslator) -> None:
    translator.install("fake-de-fr", "de", "fr")
    async with service.started() as http:
        sources = (await http.get("/v2/languages")).json()
        targets = (await http.get("/v2/languages", params={"type": "target"})).json()
    assert sources == [{"language": "DE", "name": "German"}]
    assert [each["language"] for each in targets] == ["EN-GB", "EN-US", "FR"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"target_lang": "EN"}, "Parameter 'text' not specified."),
        ({"text": [7], "target_lang": "EN"}, "Value for 'text' not supported."),
        ({"text": ["Hallo"]}, "Parameter 'target_lang' not specified."),
        ({"text": ["Hallo"], "target_lang": "zz"}, "Value for 'target_lang' not supported."),
        (
            {"text": ["Hallo"], "target_lang": "EN", "glossary_id": "x"},
            "Glossaries are not supported.",
        ),
    ],
)
async def test_errors_are_those_of_the_original(
    http: httpx.AsyncClient, question: dict[str, Any], said: str
) -> None:
    answer = await http.post("/v2/translate", json=question)
    assert (answer.status_code, answer.json()["message"]) == (400, said)
    assert answer.json().keys() <= {"message", "detail"}


async def test_a_translator_that_is_away_is_said_in_its_form(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    assert (await http.get("/v2/languages")).status_code == 200
    translator.busy = 9
    sent = {"text": ["Hallo"], "target_lang": "EN"}
    answer = await http.post("/v2/translate", json=sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "9")
    assert answer.json().keys() == {"message"}
    assert (await http.get("/v2/glossaries")).json().keys() == {"message"}


async def test_with_keys_it_says_what_its_clients_know(service: WebService) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        sent = {"text": ["Hallo"], "target_lang": "EN"}
        for headers in ({}, {"Authorization": "DeepL-Auth-Key guess"}):
            answer = await http.post("/v2/translate", json=sent, headers=headers)
            assert (answer.status_code, answer.json()["message"]) == (403, "Authorization failed.")
        headers = {"Authorization": f"DeepL-Auth-Key {key}"}
        assert (await http.post("/v2/translate", json=sent, headers=headers)).status_code == 200
        old = {"text": "Hallo", "target_lang": "EN", "auth_key": key}
        assert (await http.post("/v2/translate", data=old)).status_code == 200
    assert await service.spent("anna") == 10
