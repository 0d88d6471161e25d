"""OpenAI's chat completions: questions as clients send them, answers, events and errors."""

import json
from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService

ADDRESS = "/v1/chat/completions"
SYSTEM = {"role": "system", "content": "You are a translator."}
USER = {"role": "user", "content": "Guten Morgen!"}
QUESTION: dict[str, Any] = {"model": "de-en", "messages": [SYSTEM, USER]}


def events(answer: httpx.Response) -> list[dict[str, Any]]:
    """The events of a stream that ends as it should."""
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    *found, done, end = answer.text.split("\n\n")
    assert (done, end) == ("data: [DONE]", "")
    return [json.loads(each.removeprefix("data: ")) for each in found]


async def test_the_last_message_of_the_user_is_translated(
    http: httpx.AsyncClient, service: WebService
) -> None:
    before = [{"role": "user", "content": "Hallo"}, {"role": "assistant", "content": "HALLO"}]
    sent = QUESTION | {"messages": [SYSTEM, *before, USER], "temperature": 0, "max_tokens": 5}
    answer = (await http.post(ADDRESS, json=sent)).json()
    assert answer.pop("id").startswith("chatcmpl-")
    assert isinstance(answer.pop("created"), int)
    assert answer == {
        "object": "chat.completion",
        "model": "de-en",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "GUTEN MORGEN!", "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 13, "completion_tokens": 13, "total_tokens": 26},
    }
    assert await service.rows("SELECT id FROM translations") == []


async def test_it_is_translated_whole_as_it_is(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    prompt = "Translate to English:\n\n%%\n\nGuten Morgen!"
    await http.post(ADDRESS, json=QUESTION | {"messages": [{"role": "user", "content": prompt}]})
    parts = [{"type": "text", "text": "Ja"}, {"type": "text", "text": "Nein"}]
    answer = await http.post(
        ADDRESS, json=QUESTION | {"messages": [{"role": "user", "content": parts}]}
    )
    assert [each.text for each in translator.questions] == [prompt, "Ja\nNein"]
    assert answer.json()["choices"][0]["message"]["content"] == "JA\nNEIN"


@pytest.mark.parametrize("counted", [False, True])
async def test_a_stream_of_events(http: httpx.AsyncClient, *, counted: bool) -> None:
    message = {"role": "user", "content": "Metadata: für Ägypten"}
    sent = QUESTION | {"messages": [message], "stream": True}
    answer = await http.post(
        ADDRESS, json=sent | ({"stream_options": {"include_usage": True}} if counted else {})
    )
    # Clients cut the stream at the first word, and decode each part of it by itself.
    assert answer.text.isascii()
    assert answer.text.count("data:") == 4 + counted
    found = events(answer)
    assert {each["object"] for each in found} == {"chat.completion.chunk"}
    assert len({(each["id"], each["created"], each["model"]) for each in found}) == 1
    choices = [each["choices"][0] for each in found if each["choices"]]
    assert choices[0]["delta"] == {"role": "assistant", "content": ""}
    said = "".join(each["delta"].get("content", "") for each in choices)
    assert said == translated(message["content"])
    assert [each["finish_reason"] for each in choices] == [None, None, "stop"]
    assert [each.get("usage", {}).get("total_tokens") for each in found[3:]] == [42] * counted


async def test_models_are_pairs_of_languages(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-de-zh", "de", "zh")
    translator.install("fake-fr-en", "fr", "en")
    async with service.started() as http:
        listed = (await http.get("/v1/models")).json()
        assert [each["id"] for each in listed["data"]] == [
            *("de-en", "de-zh", "fr-en"),
            *("auto-en", "auto-zh"),
        ]
        assert (listed["object"], listed["data"][0]["object"]) == ("list", "model")
        assert (await http.head("/v1/models")).status_code == 200
        for asked, model in {
            "DE-EN": "de-en",
            "de-en-GB": "de-en",
            "de-DE-zh-Hans": "de-zh",
            "auto-zh-TW": "auto-zh",
        }.items():
            answer = await http.post(ADDRESS, json=QUESTION | {"model": asked})
            assert answer.json()["model"] == model
    assert {(each.source, each.target) for each in translator.questions} == {
        ("de", "en"),
        ("de", "zh"),
    }


async def test_the_source_is_detected(http: httpx.AsyncClient, translator: FakeTranslator) -> None:
    english = "Good morning, my friend, how have you been since we met in the city last week?"
    message = {"role": "user", "content": english}
    answer = await http.post(ADDRESS, json={"model": "auto-en", "messages": [message]})
    assert answer.json()["choices"][0]["message"]["content"] == english
    assert translator.questions == []


async def test_a_long_text_is_waited_for(http: httpx.AsyncClient, service: WebService) -> None:
    text = book(9_000, seed=97)
    sent = QUESTION | {"messages": [{"role": "user", "content": text}], "stream": True}
    found = events(await http.post(ADDRESS, json=sent))
    assert found[1]["choices"][0]["delta"]["content"] == translated(text)
    (row,) = await service.rows("SELECT origin, status FROM translations")
    assert row == {"origin": "openai", "status": "done"}


async def test_warnings_are_there_where_there_are_some(http: httpx.AsyncClient) -> None:
    sent = QUESTION | {"messages": [{"role": "user", "content": "Er verliert 7 Euro."}]}
    whole = (await http.post(ADDRESS, json=sent)).json()
    last = events(await http.post(ADDRESS, json=sent | {"stream": True}))[-1]
    assert whole["warnings"][0]["code"] == last["warnings"][0]["code"] == "figures"


IMAGE = [{"type": "text", "text": "Ja"}, {"type": "image_url", "image_url": {"url": "data:"}}]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"n": 2}, "There is one translation of a text"),
        ({"n": True}, "There is one translation of a text"),
        ({"stream": 0}, "Value for 'stream' not supported."),
        ({"stream": "yes"}, "Value for 'stream' not supported."),
        ({"n": []}, "There is one translation of a text"),
        ({"tools": [{"type": "function"}]}, "This translates, and calls no tools"),
        ({"response_format": {"type": "json_object"}}, "A translation has the form of its text"),
        ({"messages": [{"role": "user", "content": IMAGE}]}, "Only text is translated"),
        ({"messages": [{"role": "user", "content": None}]}, "Only text is translated"),
        ({"messages": [{"role": "user"}]}, "Only text is translated"),
        ({"messages": [SYSTEM, "Hallo", None]}, "There is no message of the user"),
        ({"messages": None}, "Parameter 'messages' not specified."),
        ({"model": None}, "Send a pair of languages as 'model'. Installed: de-en, auto-en."),
    ],
)
async def test_what_can_be_no_translation_is_refused(
    http: httpx.AsyncClient, translator: FakeTranslator, question: dict[str, Any], said: str
) -> None:
    for stream in (False, True):
        answer = await http.post(ADDRESS, json=QUESTION | {"stream": stream} | question)
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert error["message"].startswith(said)
        assert (error["type"], error["param"]) == ("invalid_request_error", None)
    assert translator.questions == []


@pytest.mark.parametrize("model", ["gpt-5", "en-de", "auto-fr", "de", "-", "ä-en", "x" * 99, 7])
async def test_an_unknown_model_is_told_what_is_installed(
    http: httpx.AsyncClient, model: object
) -> None:
    answer = await http.post(ADDRESS, json=QUESTION | {"model": model})
    assert (answer.status_code, answer.json()) == (
        404,
        {
            "error": {
                "message": "There is no such model. Installed: de-en, auto-en.",
                "type": "invalid_request_error",
                "param": "model",
                "code": "model_not_found",
            }
        },
    )


async def test_what_the_service_refuses_has_the_same_form(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    assert (await http.get("/v1/nothing")).json()["error"]["code"] == "not_found"
    assert (await http.post(ADDRESS, content="{")).json()["error"]["code"] == "bad_request"
    assert (await http.get("/v1/models")).status_code == 200
    translator.busy = 9
    answer = await http.post(ADDRESS, json=QUESTION | {"stream": True})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "9")
    assert answer.json()["error"]["type"] == "server_error"


async def test_with_keys_it_says_what_its_clients_know(service: WebService) -> None:
    key = service.add_key("anna", budget=15)
    often = service.add_key("often", rate=1)
    async with service.started() as http:
        for headers in ({}, {"Authorization": "Bearer guess"}):
            for answer in (
                await http.post(ADDRESS, json=QUESTION, headers=headers),
                await http.get("/v1/models", headers=headers),
            ):
                assert (answer.status_code, answer.json()["error"]["code"]) == (
                    401,
                    "invalid_api_key",
                )
        headers = {"Authorization": f"Bearer {key}"}
        assert (await http.get("/v1/models", headers=headers)).status_code == 200
        answers = [await http.post(ADDRESS, json=QUESTION, headers=headers) for _ in range(2)]
        assert [each.status_code for each in answers] == [200, 429]
        assert answers[1].json()["error"]["code"] == "insufficient_quota"
        headers = {"Authorization": f"Bearer {often}"}
        answers = [await http.post(ADDRESS, json=QUESTION, headers=headers) for _ in range(2)]
        assert answers[1].json()["error"]["code"] == "rate_limit_exceeded"
    assert await service.spent("anna") == 13


async def test_pages_of_other_sites_may_ask(http: httpx.AsyncClient) -> None:
    origin = {"Origin": "https://reader.example", "Sec-Fetch-Site": "cross-site"}
    asks = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-stainless-os",
    }
    preflight = await http.options(ADDRESS, headers=origin | asks)
    assert preflight.status_code == 200
    answer = await http.post(ADDRESS, json=QUESTION | {"stream": True}, headers=origin)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
