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
    answer = await http.post("/v2/translate", json=sent | {"show_billed_characters": True})
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
        *(
            (
                {"text": ["Hallo"], "target_lang": "EN", name: "banana"},
                f"Value for '{name}' not supported.",
            )
            for name in (
                *("tag_handling", "tag_handling_version", "model_type", "formality"),
                *("split_sentences", "show_billed_characters", "source_lang"),
            )
        ),
        *(
            (
                {"text": ["Hallo"], "target_lang": "EN", "formality": wish},
                "'formality' is not supported for given 'target_lang'.",
            )
            for wish in ("more", "less")
        ),
        (
            {"text": ["Hallo"], "target_lang": "EN", "style_id": "x"},
            "Style rules are not supported.",
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
    assert (await http.get("/v2/nothing")).json().keys() == {"message"}


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


async def test_what_is_asked_for_is_said_in_the_answer(http: httpx.AsyncClient) -> None:
    sent = {"text": ["Hallo"], "target_lang": "EN", "source_lang": "DE"}

    async def answer(**more: Any) -> dict[str, Any]:
        answer = await http.post("/v2/translate", json=sent | more)
        assert answer.status_code == 200, answer.text
        (found,) = answer.json()["translations"]
        assert (found.pop("detected_source_language"), found.pop("text")) == ("DE", "HALLO")
        return dict(found)

    assert await answer() == {}
    assert await answer(show_billed_characters=False) == {}
    assert await answer(show_billed_characters="1") == {"billed_characters": 5}
    for asked_for, used in (
        ("latency_optimized", "latency_optimized"),
        ("quality_optimized", "quality_optimized"),
        ("prefer_quality_optimized", "quality_optimized"),
    ):
        assert await answer(model_type=asked_for) == {"model_type_used": used}
    assert await answer(tag_handling="html") == {"tag_handling_version": "v2"}
    assert await answer(tag_handling="xml", tag_handling_version="v1") == {
        "tag_handling_version": "v1"
    }
    # As at DeepL: a wish that a language cannot have is passed over where it says `prefer`, and
    # a name that it does not know is passed over.
    assert await answer(tag_handling_version="v1", formality="prefer_more", unknown="banana") == {}


async def test_languages_by_resource(service: WebService, translator: FakeTranslator) -> None:
    translator.install("fake-en-pt", "en", "pt")

    async def languages(http: httpx.AsyncClient, resource: str) -> dict[str, Any]:
        answer = await http.get("/v3/languages", params={"resource": resource})
        assert answer.status_code == 200, answer.text
        return {each["lang"]: each for each in answer.json()}

    async with service.started() as http:
        found = await languages(http, "translate_text")
        assert found["de"] == {
            "lang": "de",
            "name": "German",
            "usable_as_source": True,
            "usable_as_target": False,
            "features": {
                "tag_handling": {"status": "stable"},
                "glossary": {"status": "stable"},
                "auto_detection": {"status": "stable"},
            },
            "status": "stable",
        }
        usable = {
            code: (each["usable_as_source"], each["usable_as_target"])
            for code, each in found.items()
        }
        assert usable == {
            "de": (True, False),
            "en": (True, False),
            **dict.fromkeys(("en-GB", "en-US", "pt-BR", "pt-PT"), (False, True)),
        }
        assert found["en-GB"]["name"] == "English (British)"
        assert "formality" not in found["en-GB"]["features"]
        documents = await languages(http, "translate_document")
        assert documents.keys() == found.keys()
        assert "glossary" in documents["en-GB"]["features"]
        for nothing in ("write", "style_rules", "voice", "translation_memory"):
            assert await languages(http, nothing) == {}
        wrong = await http.get("/v3/languages", params={"resource": "banana"})
        assert (wrong.status_code, wrong.json()) == (
            400,
            {"message": "Value for 'resource' not supported."},
        )
        missing = await http.get("/v3/languages")
        assert (missing.status_code, missing.json()) == (
            400,
            {"message": "Parameter 'resource' not specified."},
        )
        resources = (await http.get("/v3/languages/resources")).json()
        by_name = {each["name"]: each["features"] for each in resources}
        assert {"translate_text", "translate_document", "glossary"} <= by_name.keys()
        needs = {"needs_source_support": True, "needs_target_support": True}
        assert {"name": "glossary"} | needs in by_name["translate_text"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v2/glossaries", "glossaries"),
        ("/v3/glossaries", "glossaries"),
        ("/v3/style_rules", "style_rules"),
        ("/v3/translation_memories", "translation_memories"),
    ],
)
async def test_a_list_of_what_is_not_there_is_empty(
    service: WebService, path: str, field: str
) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        assert (await http.get(path)).status_code == 403
        answer = await http.get(path, headers={"Authorization": f"DeepL-Auth-Key {key}"})
    assert answer.status_code == 200
    assert answer.json()[field] == []


async def test_a_key_may_stand_wherever_clients_put_it(service: WebService) -> None:
    key = service.add_key("anna", budget=500)
    in_query = {"auth_key": key}
    sent: dict[str, Any] = {"text": ["Hallo"], "target_lang": "EN"}
    as_json = {"Content-Type": "application/json"}
    async with service.started() as http:
        answers = [
            await http.get("/v2/usage", params=in_query),
            await http.post("/v2/usage", data=in_query),
            await http.post("/v2/usage", json=in_query),
            await http.get("/v2/usage", params=in_query, headers=as_json),
        ]
        assert [each.json().get("character_limit") for each in answers] == [500] * 4
        answers = [
            await http.post("/v2/translate", params=in_query, json=sent),
            await http.post("/v2/translate", params=in_query, data=sent),
            await http.post("/v2/translate", params=in_query | sent, headers=as_json),
            await http.get("/v2/translate", params=in_query | sent, headers=as_json),
            await http.get("/v3/languages", params=in_query | {"resource": "translate_text"}),
            await http.post(
                "/v2/document",
                params=in_query,
                data={"target_lang": "EN"},
                files={"file": ("a.txt", b"Hallo")},
            ),
        ]
        assert [each.status_code for each in answers] == [200] * len(answers)
        assert (await http.get("/v2/usage")).status_code == 403


async def test_refusals_are_in_its_form(http: httpx.AsyncClient) -> None:
    elsewhere = {"Origin": "https://reader.example", "Sec-Fetch-Site": "cross-site"}
    sent = {"text": ["Hallo"], "target_lang": "EN"}
    url = httpx.URL("http://127.0.0.1:8080", raw_path=b"//v2/translate")
    for address in ("/v2/translate", url):
        refused = await http.post(address, json=sent, headers=elsewhere)
        assert refused.status_code == 403
        assert refused.json().keys() == {"message"}
    assert (await http.post(url, json=sent)).status_code == 200


async def test_a_target_that_no_model_has_is_named(http: httpx.AsyncClient) -> None:
    for source in ({}, {"source_lang": "EN"}):
        sent = {"text": [ENGLISH], "target_lang": "DE"} | source
        answer = await http.post("/v2/translate", json=sent)
        assert (answer.status_code, answer.json()) == (
            400,
            {
                "message": "Value for 'target_lang' not supported.",
                "detail": "No model to de is installed. Nothing was stored.",
            },
        )


CUE = "1\n00:00:01,000 --> 00:00:02,500\nGuten Morgen!\n"


@pytest.mark.parametrize(
    "text",
    [
        CUE,
        "12:30 - 14:00 Uhr: Treffen https://meet.example.com/the-very-long-english-room-name",
        "anna.the.reader@mail.example.com: Termin verschoben",
        "<i class='the best of all the styles'>Bis morgen</i>",
    ],
)
async def test_numbers_times_and_addresses_say_nothing_of_a_language(
    http: httpx.AsyncClient, text: str
) -> None:
    (answer,) = (
        await http.post("/v2/translate", json={"text": [text], "target_lang": "EN"})
    ).json()["translations"]
    assert answer["detected_source_language"] == "DE"
    assert answer["text"] != text
