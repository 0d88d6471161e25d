"""Consistency with the demonstration model: what its alignment tells, and one click."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.app.test_consistency import terms_of
from tests.support.instance import Instance

# Sixty sentences with twenty contracts, houses and letters, in several forms.
FRAMES = (
    "Der Vertrag vom {n}. Mai ist hier.",
    "Das Haus mit {n} Fenstern ist alt.",
    "Ich habe {n} Briefe geschrieben.",
    "Dieser Vertrag hat {n} Seiten.",
    "Die Häuser in Straße {n} sind neu.",
    "Der Brief mit {n} Seiten kam gestern.",
)
TEXT = "\n".join(FRAMES[number % 6].format(n=number // 6 + 2) for number in range(60))
PAIR = {
    "source": "Der Vertrag wurde gestern von beiden Parteien unterschrieben.",
    "target": "The contract was signed by both parties yesterday.",
    "words": [[4, 11], [38, 46]],
}


@pytest.fixture
async def web(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Accept": "text/html"}
    async with httpx.AsyncClient(
        base_url=instance.web_url, timeout=60, headers=headers, follow_redirects=True
    ) as http:
        yield http


@pytest.fixture
async def translator(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=instance.translator_url, timeout=60) as http:
        yield http


async def test_words_are_found_in_a_translation_that_is_there(
    translator: httpx.AsyncClient,
) -> None:
    pairs = [
        PAIR,
        {"source": "Verträge enden.", "target": "Treaties end.", "words": [[0, 8]]},
        {"source": "Guten Tag!", "target": "Good day!", "words": []},
        {"source": "Der Hund.", "target": "", "words": [[4, 8]]},
        {"source": "Der Hund. " * 400, "target": "The dog. " * 400, "words": [[4, 8]]},
    ]
    answer = await translator.post("/alignments", json={"pairs": pairs})
    assert answer.status_code == 200
    places = answer.json()["places"]
    assert [
        [None if place is None else pair["target"][slice(*place)] for place in row]  # type: ignore[index]
        for pair, row in zip(pairs, places, strict=True)
    ] == [["contract", "parties"], ["Treaties"], [], [None], [None]]
    # Neighbours change nothing.
    alone = await translator.post("/alignments", json={"pairs": [PAIR]})
    assert alone.json()["places"] == places[:1]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ({}, "pairs"),
        ({"pairs": [PAIR] * 501}, "pairs"),
        ({"pairs": [PAIR], "target": "zz"}, "Installed: de→en"),
        ({"pairs": [PAIR | {"words": [[4, 99]]}]}, "a word is a part of its source"),
        ({"pairs": [PAIR | {"words": [[4, 4]]}]}, "a word is a part of its source"),
        ({"pairs": [PAIR | {"source": "x" * 10_001}]}, "pairs.0.source"),
    ],
)
async def test_what_cannot_be_aligned_is_refused_without_its_text(
    translator: httpx.AsyncClient, body: dict[str, Any], what: str
) -> None:
    answer = await translator.post("/alignments", json=body)
    assert answer.status_code == 400
    assert what in answer.json()["error"]
    assert "Vertrag" not in answer.text


async def test_terms_of_a_text_and_one_click(web: httpx.AsyncClient, instance: Instance) -> None:
    answer = await web.post("/translate", data={"pair": "de en", "text": TEXT})
    assert answer.status_code == 200
    address = answer.url.path
    before = (await web.get(f"{address}.txt")).text.splitlines()
    found = terms_of((await web.get(f"{address}/terms?list=1")).text)
    assert {"Vertrag", "Haus", "Brief"} <= found.keys()
    for term, rendering, count in (("Haus", "house", 20), ("Brief", "letter", 20)):
        assert found[term][0] == (rendering, count)
    (usual, _), *_ = found["Vertrag"]
    assert usual in {"contract", "treaty", "agreement"}
    assert sum(count for _, count in found["Vertrag"]) >= 19
    form = {"source": "Vertrag", "own": "covenant", "glossary": "new", "name": "Law"}
    answer = await web.post(f"{address}/terms", data=form)
    assert answer.status_code == 200
    new = answer.url.path
    await web.get(f"{new}.json", headers={"Prefer": "wait=30"})
    after = (await web.get(f"{new}.txt")).text.splitlines()
    for source, old, now in zip(TEXT.splitlines(), before, after, strict=True):
        if "Vertrag" in source:
            assert re.search(r"\bcovenants?\b", now), now
        else:
            assert now == old
    assert "covenant" not in (instance.run_dir / "web.log").read_text()
    assert "Vertrag" not in (instance.run_dir / "translator.log").read_text()
