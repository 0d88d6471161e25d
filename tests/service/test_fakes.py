"""The fake translator is asked what the real one is, and answers in the same form."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator
from tests.support.instance import Instance

TEXTS = [
    "Guten Morgen!",
    "\n\n  Hallo Welt. Wie geht es dir?\n\n12,50\n\nEnde",
    "Ein <x1>rotes</x1> Haus.",
    " ",
    "",
]
QUESTIONS: list[dict[str, Any]] = [
    *({"text": text} for text in TEXTS),
    {"text": "Guten Morgen!", "source": "DE", "target": "en"},
    {"text": "Das ist gut. Ja!\nNein.", "sentences": False},
    {"text": "Das ist ein schöner Tag.\n12", "alternatives": 2},
    {"text": "Das ist ein schöner Tag.", "quality": "fast"},
]
REFUSED: list[dict[str, Any]] = [
    {"text": "Guten Morgen!", "target": "zz"},
    {"text": "Guten Morgen!", "alternatives": 9},
    {"text": "Guten Morgen!", "quality": "good"},
]


@pytest.fixture
async def both(instance: Instance) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """A client of the real one and one of the fake, which has its models."""
    fake = FakeTranslator()
    async with (
        httpx.AsyncClient(base_url=instance.translator_url, timeout=60) as real_client,
        httpx.AsyncClient(base_url="http://fake", transport=fake) as fake_client,
    ):
        yield real_client, fake_client


def shape(value: Any) -> Any:
    """The same value with the names of the kinds in the place of what differs."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value]
    return type(value).__name__


def facts(segment: dict[str, Any]) -> dict[str, Any]:
    """Fields of a segment that do not depend on the model."""
    return {name: segment[name] for name in ("source", "separator", "status")} | {
        "shape": shape({**segment, "alternatives": None, "warnings": None}),
        "alternatives": "alternatives" in segment,
    }


@pytest.mark.parametrize("question", QUESTIONS)
async def test_an_answer_has_the_same_segments(
    both: tuple[httpx.AsyncClient, httpx.AsyncClient], question: dict[str, Any]
) -> None:
    real, fake = [(await each.post("/translate", json=question)).json() for each in both]
    assert real.keys() == fake.keys() == {"text", "segments", "model"}
    assert [facts(each) for each in fake["segments"]] == [facts(each) for each in real["segments"]]
    for answer in (real, fake):
        joined = "".join(each["target"] + each["separator"] for each in answer["segments"])
        assert answer["text"] == joined


async def test_several_texts_have_an_answer_each(
    both: tuple[httpx.AsyncClient, httpx.AsyncClient],
) -> None:
    texts = ["Guten Morgen!", "", "Zwei Sätze. Noch einer."]
    real, fake = [(await each.post("/translate", json={"texts": texts})).json() for each in both]
    assert real.keys() == fake.keys() == {"texts", "model"}
    for ours, theirs in zip(real["texts"], fake["texts"], strict=True):
        assert ours.keys() == theirs.keys() == {"text", "segments"}
        assert list(map(facts, ours["segments"])) == list(map(facts, theirs["segments"]))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_stream_has_the_same_lines(
    both: tuple[httpx.AsyncClient, httpx.AsyncClient], question: dict[str, Any]
) -> None:
    headers = {"Accept": "application/x-ndjson"}
    heard: list[list[dict[str, Any]]] = []
    for each in both:
        answer = await each.post("/translate", json=question, headers=headers)
        assert answer.headers["Content-Type"].startswith("application/x-ndjson")
        assert answer.text.endswith("\n")
        heard.append([json.loads(line) for line in answer.text.splitlines()])
    real, fake = heard
    assert real[-1].keys() == fake[-1].keys() == {"model"}
    assert [facts(each) for each in fake[:-1]] == [facts(each) for each in real[:-1]]


@pytest.mark.parametrize("question", REFUSED)
async def test_what_is_refused_is_refused_in_the_same_form(
    both: tuple[httpx.AsyncClient, httpx.AsyncClient], question: dict[str, Any]
) -> None:
    real, fake = [await each.post("/translate", json=question) for each in both]
    assert real.status_code == fake.status_code == 400
    assert shape(real.json()) == shape(fake.json()) == {"error": "str"}


async def test_alignments(both: tuple[httpx.AsyncClient, httpx.AsyncClient]) -> None:
    hund = {"source": "Der Hund schläft.", "target": "The dog sleeps.", "words": [[4, 8]]}
    fake = both[1]
    transport = fake._transport  # noqa: SLF001 - httpx has no other way to it
    assert isinstance(transport, FakeTranslator)
    transport.renderings = {"hund": ("dog",)}
    question = {"pairs": [hund, {"source": "Ja.", "target": "Yes.", "words": []}]}
    answers = [await each.post("/alignments", json=question) for each in both]
    assert [each.json() for each in answers] == [{"places": [[[4, 7]], []]}] * 2


async def test_models_health_and_metrics(
    both: tuple[httpx.AsyncClient, httpx.AsyncClient],
) -> None:
    for path in ("/models", "/health"):
        real, fake = [await each.get(path) for each in both]
        assert real.status_code == fake.status_code == 200
        assert shape(real.json()) == shape(fake.json())
    real, fake = [await each.get("/metrics") for each in both]
    names = {line.split(" ")[0] for line in fake.text.splitlines()}
    assert names <= {line.split(" ")[0] for line in real.text.splitlines()}


async def test_segments_alone(both: tuple[httpx.AsyncClient, httpx.AsyncClient]) -> None:
    for sentences in (True, False):
        question = {"texts": TEXTS, "source": "de", "target": "en", "sentences": sentences}
        real, fake = [await client.post("/segments", json=question) for client in both]
        assert real.json() == fake.json()
