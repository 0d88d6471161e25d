"""The translator over HTTP, with the demonstration model."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.installing import FEW_PAIRS
from tests.support.instance import Instance

TEXT = (
    "  Guten Morgen!\n\n\tWie geht es dir? Mir geht es gut.\r\n\n* * *\nhttps://example.org/a?b=c\n"
)


@pytest.fixture
async def client(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=instance.translator_url, timeout=60) as http:
        yield http


async def test_segments_and_layout(client: httpx.AsyncClient) -> None:
    answer = (await client.post("/translate", json={"text": TEXT})).json()
    segments = answer["segments"]
    assert "".join(each["source"] + each["separator"] for each in segments) == TEXT
    assert "".join(each["target"] + each["separator"] for each in segments) == answer["text"]
    lines = answer["text"].split("\n")
    assert len(lines) == len(TEXT.split("\n"))
    assert lines[0].startswith("  Good morning")
    assert lines[2].startswith("\t")
    assert lines[2].endswith("\r")
    assert lines[4:] == ["* * *", "https://example.org/a?b=c", ""]
    assert answer["model"] == "demo-de-en"
    for each in segments:
        if each["status"] == "translated":
            assert 0 < each["score"] <= 1
        else:
            assert (each["status"], each["score"]) == ("copied", None)


async def test_ndjson_gives_the_same_segments_in_order(client: httpx.AsyncClient) -> None:
    whole = (await client.post("/translate", json={"text": TEXT})).json()
    headers = {"Accept": "application/x-ndjson"}
    answer = await client.post("/translate", json={"text": TEXT}, headers=headers)
    *segments, last = map(json.loads, answer.text.splitlines())
    assert segments == whole["segments"]
    assert last == {"model": "demo-de-en"}


@pytest.mark.parametrize("alternatives", [0, 2])
async def test_several_texts_are_translated_each_for_itself(
    client: httpx.AsyncClient, alternatives: int
) -> None:
    wrapped = "> Der Hund sah die Katze im Garten, und\n> er lief ihr bis zum alten Haus nach.\n"
    texts = [TEXT, "", "Guten Morgen!", "  ", wrapped, "Guten Morgen!", "SEHR WICHTIG!"]
    texts += [f"Im Jahr {year} kam er nach Hause." for year in range(1900, 1960)]
    more = {"alternatives": alternatives}
    several = (await client.post("/translate", json={"texts": texts} | more)).json()
    assert set(several) == {"texts", "model"}
    for text, found in zip(texts, several["texts"], strict=True):
        alone = (await client.post("/translate", json={"text": text} | more)).json()
        assert alone == found | {"model": several["model"]}


async def test_a_fast_translation_has_a_smaller_beam(client: httpx.AsyncClient) -> None:
    text = "\n\n".join(
        line.partition("\t")[0] for line in FEW_PAIRS.read_text("utf-8").splitlines()
    )
    found = {
        quality: (await client.post("/translate", json={"text": text, "quality": quality})).json()
        for quality in ("best", "fast", "draft")
    }
    again = (await client.post("/translate", json={"text": text})).json()
    assert again == found["best"]
    scores = {
        quality: sum(each["score"] for each in answer["segments"] if each["score"])
        for quality, answer in found.items()
    }
    # A wider beam finds what the model thinks likelier.
    assert scores["draft"] < scores["best"]
    assert scores["fast"] <= scores["best"]


async def test_an_unknown_quality(client: httpx.AsyncClient) -> None:
    answer = await client.post("/translate", json={"text": "Hallo!", "quality": "good"})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("quality: Input should be 'best', 'fast' or 'draft'")


async def test_no_text_at_all(client: httpx.AsyncClient) -> None:
    answer = await client.post("/translate", json={"texts": []})
    assert answer.json() == {"texts": [], "model": "demo-de-en"}


async def test_the_old_fields(client: httpx.AsyncClient) -> None:
    answer = await client.post("/translate", json={"text_de": "Guten Morgen!"})
    assert answer.json() == {"text_en": "Good morning!"}


async def test_alternatives_do_not_change_the_translation(client: httpx.AsyncClient) -> None:
    text = "Ich habe das Buch gestern gelesen."
    plain = (await client.post("/translate", json={"text": text})).json()
    answer = (await client.post("/translate", json={"text": text, "alternatives": 3})).json()
    assert answer["text"] == plain["text"]
    (segment,) = answer["segments"]
    assert 1 <= len(segment["alternatives"]) <= 3
    assert segment["target"] not in segment["alternatives"]


@pytest.mark.parametrize(
    "text",
    [
        "Der Mann, " + "der den Hund sah, " * 130 + "ging nach Hause.",  # over 400 words
        "Ein " + "Wort" * 1250 + " ist lang.",
        "und " * 400,
        "DAS IST EIN WICHTIGER HINWEIS.",
        "Siehe https://example.org/x für {name} und <b>mehr</b>.",
        "„" * 3000,
        "\u202eבלה\u202c \u200b\ufeff é̂̂̂ 👩‍👩‍👧 \x07",
    ],
)
async def test_everything_comes_through_whole(client: httpx.AsyncClient, text: str) -> None:
    answer = (await client.post("/translate", json={"text": text})).json()
    assert "".join(each["source"] + each["separator"] for each in answer["segments"]) == text
    for kept in ("https://example.org/x", "{name}", "<b>", "Wort" * 1250, "„" * 3000):
        assert (kept in text) == (kept in answer["text"])
    if text.isupper():
        assert answer["text"].isupper()
    if "den Hund sah" in text:
        assert len(answer["text"].split()) > 300


async def test_a_number_that_the_model_drops_is_asked_for_again(client: httpx.AsyncClient) -> None:
    # Alone the demonstration model says „some century“ and „3.1450“.
    text = "Etwa 83 Prozent stimmten zu. Das sind 3.145,50 Euro."
    answer = (await client.post("/translate", json={"text": text})).json()
    assert "83" in answer["segments"][0]["target"]
    assert "3,145.50" in answer["segments"][1]["target"]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ({}, "exactly one"),
        ({"text": "a", "text_de": "a"}, "exactly one"),
        ({"text": "a", "texts": ["a"]}, "exactly one"),
        ({"text": 5}, "text"),
        ({"texts": "Hallo"}, "texts"),
        ({"texts": ["a"] * 1001}, "texts"),
        ({"text": "Hallo", "target": "zz"}, "Installed: de→en"),
        ({"text": "Hallo", "alternatives": 99}, "alternatives"),
    ],
)
async def test_bad_requests_say_what_is_wrong(
    client: httpx.AsyncClient, body: dict[str, object], what: str
) -> None:
    answer = await client.post("/translate", json=body)
    assert answer.status_code == 400
    assert what in answer.json()["error"]


async def test_lone_surrogates_and_broken_json(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    for content in (b'{"text": "\\ud800"}', b'{"text": ', b"\xff"):
        answer = await client.post("/translate", content=content, headers=headers)
        assert answer.status_code == 400
        assert answer.json()["error"]


async def test_a_body_over_the_limit(client: httpx.AsyncClient) -> None:
    answer = await client.post("/translate", json={"text": "a" * 9_000_000})
    assert answer.status_code == 413


async def test_models_and_health(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health")).json() == {"status": "ok"}
    assert (await client.get("/models")).json() == [
        {"name": "demo-de-en", "source": "de", "target": "en", "demonstration": True}
    ]


async def test_no_text_is_logged(client: httpx.AsyncClient, instance: Instance) -> None:
    await client.post("/translate", json={"text": "Der Pfau heißt Balduin."})
    await client.post("/translate", json={"text": "Balduin", "target": "zz"})
    assert "Balduin" not in (instance.run_dir / "translator.log").read_text()
