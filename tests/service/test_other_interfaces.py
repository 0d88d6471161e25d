"""DeepLX's, Immersive Translate's and OpenAI's interfaces with the real model and over a socket."""

import json
from collections.abc import Iterator

import httpx
import pytest

from tests.support.instance import Instance


@pytest.fixture(scope="module")
def http(instance: Instance) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=instance.web_url, timeout=120) as client:
        yield client


def translations(instance: Instance) -> int:
    (row,) = instance.query("SELECT COUNT(*) AS n FROM translations")
    return int(row["n"])


def test_deeplx(http: httpx.Client, instance: Instance) -> None:
    before = translations(instance)
    sent = {"text": "Das ist ein schöner Tag.", "source_lang": "auto", "target_lang": "EN"}
    answer = http.post("/deeplx/translate", json=sent).json()
    assert (answer["code"], answer["source_lang"]) == (200, "DE")
    said = [answer["data"], *answer["alternatives"]]
    assert all("day" in each for each in said)
    assert len(set(said)) == len(said) > 1
    as_text = {"Content-Type": "text/plain; charset=utf-8"}
    subtitle_edit = http.post("/translate", content=json.dumps(sent), headers=as_text).json()
    assert (subtitle_edit["data"], subtitle_edit["alternatives"]) == (answer["data"], [])
    assert translations(instance) == before


def test_immersive_translate(http: httpx.Client, instance: Instance) -> None:
    before = translations(instance)
    # Its marks for what stands between the words of a page.
    texts = ["Guten Morgen!", "{0} Hallo {1} Welt", "Das ist <b0>ein rotes Haus</b0>."]
    sent = {"source_lang": "auto", "target_lang": "en", "text_list": texts}
    answer = http.post("/imme", json=sent).json()["translations"]
    assert [each["detected_source_lang"] for each in answer] == ["de"] * 3
    first, second, third = (each["text"] for each in answer)
    assert first == "Good morning!"
    assert second.startswith("{0} ")
    assert " {1} " in second
    assert "<b0>a red house</b0>" in third
    assert translations(instance) == before


def test_chat_completions(http: httpx.Client, instance: Instance) -> None:
    before = translations(instance)
    assert "de-en" in [each["id"] for each in http.get("/v1/models").json()["data"]]
    message = {"role": "user", "content": "Guten Morgen!"}
    sent = {"model": "de-en", "messages": [message]}
    whole = http.post("/v1/chat/completions", json=sent).json()
    assert whole["choices"][0]["message"]["content"] == "Good morning!"
    with http.stream("POST", "/v1/chat/completions", json=sent | {"stream": True}) as answer:
        lines = [each.removeprefix("data: ") for each in answer.iter_lines() if each]
    assert lines.pop() == "[DONE]"
    deltas = [json.loads(each)["choices"][0]["delta"] for each in lines]
    assert "".join(each.get("content", "") for each in deltas) == "Good morning!"
    assert translations(instance) == before
