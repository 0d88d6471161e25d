"""Tags end up around the words they belong to, with the demonstration model."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.instance import Instance

# With each sentence what the tag has to enclose; the sentences are such that the model gets right.
SENTENCES = {
    "Das ist ein sehr <b>rotes</b> Haus am Fluss.": "red",
    "<b>Gestern</b> ging ich mit meinem Bruder nach Hause.": "yesterday",
    "Ich habe <b>das große Haus</b> gestern gesehen.": "the large house",
    "Wir fahren morgen <b>mit dem Zug</b> nach Berlin.": "by train",
    "Wir fahren morgen mit dem Zug <b>nach Berlin</b>.": "to Berlin",
    "<b>Tom</b> hat drei Jahre in Deutschland gelebt.": "Tom",
    "Tom hat <b>drei Jahre</b> in Deutschland gelebt.": "three years",
    "Das Auto meines <b>Vaters</b> ist kaputt.": "father's",
    "Er arbeitet jeden Tag <b>in der Fabrik</b>.": "in the factory",
    "Im <b>Winter</b> ist es hier sehr kalt.": "winter",
    "Mein Freund kommt <b>heute Abend</b> zu mir.": "tonight",
    "<b>Warum</b> bist du so müde?": "Why",
    "Das kostet <b>25 Euro</b> im Monat.": "25 euros",
    "Besuchen Sie <b>https://example.org</b> für mehr.": "https://example.org",
    "Sie spricht <b>fließend</b> Englisch und Französisch.": "fluently",
    "Die alte Frau kaufte <b>drei Äpfel</b> auf dem Markt.": "three apples",
    "Unsere Nachbarn haben <b>ein neues Auto</b> gekauft.": "a new car",
    "<b>In diesem Sommer</b> war es besonders heiß.": "this summer",
    "Ich kann <b>ohne Brille</b> nichts sehen.": "without glasses",
    "Anna und Peter wohnen in einem <b>kleinen</b> Dorf.": "small",
    "Die Tür war offen, aber <b>niemand</b> war zu Hause.": "nobody",
    "Er trinkt <b>jeden Morgen</b> ein Glas Milch.": "every morning",
    "Auf der <b>Insel</b> leben nur wenige Menschen.": "island",
    "Das Kind weinte, weil es <b>müde</b> war.": "tired",
    "Ich habe <b>vergessen</b>, das Licht auszumachen.": "forgot",
}
# Two or three of them fail with the demonstration model, whose attention is on other words there;
# which ones differs with the processor, whose instructions round in other ways.
LEAST = 0.85


@pytest.fixture
async def client(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=instance.translator_url, timeout=60) as http:
        yield http


async def segments(client: httpx.AsyncClient, text: str, **more: object) -> list[dict[str, Any]]:
    answer = (await client.post("/translate", json={"text": text, **more})).json()
    found: list[dict[str, Any]] = answer["segments"]
    return found


def bare(text: str) -> str:
    return re.sub(r"</?\w+/?>", "", text)


async def test_tags_go_around_the_same_words_and_change_none(client: httpx.AsyncClient) -> None:
    tagged = await segments(client, "\n\n".join(SENTENCES))
    plain = await segments(client, bare("\n\n".join(SENTENCES)))
    assert [bare(each["target"]) for each in tagged] == [each["target"] for each in plain]
    right = [
        f"<b>{wanted}</b>".casefold() in each["target"].casefold()
        for each, wanted in zip(tagged, SENTENCES.values(), strict=True)
    ]
    assert sum(right) / len(right) >= LEAST


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "<p>Das ist ein <b>rotes</b> Haus.</p><p>Es ist <i>alt</i>.</p>",
            "<p>That's a <b>red</b> house.</p><p>It's <i>old</i>.</p>",
        ),
        ("DAS IST <b>SEHR</b> GUT.", "THAT'S <b>VERY</b> GOOD."),
        ("„Das ist <b>sehr</b> gut.“", "“That's <b>very</b> good.”"),
        ("<x1>„Das ist sehr gut.“</x1>", "<x1>“That's very good.”</x1>"),
        ("<x1>Es ist kalt. Es ist spät.</x1>", "<x1>It's cold. It's late.</x1>"),
        ("<x1/>\n<b></b>", "<x1/>\n<b></b>"),
    ],
)
async def test_with_all_that_is_around_words(
    client: httpx.AsyncClient, source: str, expected: str
) -> None:
    answer = (await client.post("/translate", json={"text": source})).json()
    assert answer["text"] == expected


CUES = [
    ("<i>Ich bin hier.</i><br />- Wo bist du?", "<i>I'm here.</i><br />- Where are you?"),
    (
        "<i>- Ich bin hier.</i><br /><i>- Wo bist du?</i>",
        "<i>- I'm here.</i><br /><i>- Where are you?</i>",
    ),
    ("<i>Ich bin hier.<br />Wo bist du?</i>", "<i>I'm here.<br />Where are you?</i>"),
    ("♪ Ich bin hier ♪<br />♪ Wo bist du? ♪", "♪ I'm here ♪<br />♪ Where are you? ♪"),
    ("{\\an8}- Ich bin hier.\\N- Wo bist du?", "{\\an8}- I'm here.\\N- Where are you?"),
    # Several cues, as they are put together.
    (
        "Ich bin hier.<br />.<br />- Wo bist du?<br />.<br />Ich komme.",
        "I'm here.<br />.<br />- Where are you?<br />.<br />I'm coming.",
    ),
    # The sentence goes on.
    (
        "Wenn es morgen regnet,<br />bleiben wir zu Hause.<br />- Gut.",
        "If it rains tomorrow,<br />we'll stay home.<br />- Good.",
    ),
]


@pytest.mark.parametrize(("source", "expected"), CUES)
async def test_cues_of_subtitles_keep_lines_speakers_and_tags(
    instance: Instance, source: str, expected: str
) -> None:
    pair = {"source": "de", "target": "en"}
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=60) as http:
        for form in ("text", "html"):
            sent = {"q": source, **pair, "format": form}
            answer = (await http.post("/translate", json=sent)).json()
            assert answer["translatedText"] == expected, form
        for handling in ({}, {"tag_handling": "html"}, {"tag_handling": "xml"}):
            named = {"text": source, "source_lang": "DE", "target_lang": "EN", **handling}
            answer = (await http.post("/v2/translate", data=named)).json()
            assert answer["translations"][0]["text"] == expected, handling
        answer = (await http.post("/translate", json={"text": source, **pair})).json()
        assert answer["text"] == expected
        plain = {"Content-Type": "text/plain"}
        streamed = await http.post("/translate", content=source.encode(), headers=plain)
        assert streamed.text == expected


async def test_alternatives_have_the_tags_too(client: httpx.AsyncClient) -> None:
    (tagged,) = await segments(client, "Das ist ein <b>rotes</b> Haus.", alternatives=2)
    (plain,) = await segments(client, "Das ist ein rotes Haus.", alternatives=2)
    assert [bare(each) for each in tagged["alternatives"]] == plain["alternatives"]
    assert all("<b>red</b>" in each for each in tagged["alternatives"])


async def test_a_number_that_is_asked_for_again_keeps_its_tag(client: httpx.AsyncClient) -> None:
    (segment,) = await segments(client, "Das sind <b>3.145,50</b> Euro.")
    assert "<b>3,145.50</b>" in segment["target"]


async def test_a_sentence_over_the_window_keeps_its_tags(client: httpx.AsyncClient) -> None:
    clauses = ("die Kinder spielen im Garten", "es regnet seit drei Stunden", "der Hund bellt laut")
    text = f"<b>Maria</b> liest das Buch, {', '.join(clauses * 20)}, und <i>Peter</i> schläft."
    (tagged,) = await segments(client, text)
    (plain,) = await segments(client, bare(text))
    assert bare(tagged["target"]) == plain["target"]
    assert tagged["target"].startswith("<b>Mary</b> ")
    assert [tagged["target"].count(tag) for tag in ("<i>", "</i>")] == [1, 1]
