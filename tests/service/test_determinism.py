"""The same text gives the same translation alone, in a crowd, and in any order of arrival."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import translator
from translator.inference.cache import Cache
from translator.inference.decodings import Quality
from translator.inference.engine import UNPADDED, Decoding, Engine
from translator.inference.scheduler import Scheduler
from translator.pipeline import Pipeline
from translator.results import Result, Wanted
from translator.text.terms import Term

MODEL = Path(translator.__file__).parent / "models" / "demo-de-en"
CLAUSES = (
    "am Abend fährt Tom mit dem alten Rad nach Hause",
    "meine Schwester hat das Buch gelesen",
    "die Kinder spielen im Garten hinter dem Haus",
    "wir warten seit drei Stunden auf den Zug nach Berlin",
    "es regnet",
    "der Hund bellt laut",
    "niemand weiß, warum die Tür offen steht",
)
# From three words to sixty, all of them different, so that each is translated and none twice.
SENTENCES = [
    ", und ".join((*CLAUSES[first:], *CLAUSES[:first])[:count]).capitalize() + "."
    for count in range(1, len(CLAUSES) + 1)
    for first in range(len(CLAUSES))
]
ROUNDS = 3


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    loaded = Engine(MODEL, inter_threads=3, intra_threads=1)
    yield loaded
    loaded.close()


@pytest.fixture
async def pipeline(engine: Engine) -> AsyncIterator[Pipeline]:
    # Without a cache: a second answer must not be the first one's.
    scheduler = Scheduler(workers=2, batch_tokens=512, queue_segments=20_000, cache=Cache(0))
    made = Pipeline(engine, scheduler, beam_size=4, window_tokens=256)
    yield made
    await scheduler.close()
    made.close()


async def translated(
    pipeline: Pipeline, text: str, alternatives: int = 0, quality: Quality = "best"
) -> list[Result]:
    with pipeline.admit() as ticket:
        return [
            each
            async for each in pipeline.stream(ticket, text, wanted=Wanted(alternatives, quality))
        ]


def test_the_sentences_are_of_padded_and_unpadded_lengths(engine: Engine) -> None:
    lengths = [len(engine.encode(sentence)) for sentence in SENTENCES]
    assert min(lengths) < UNPADDED / 2
    assert max(lengths) > 2 * UNPADDED
    assert any(engine.width(engine.encode(sentence)) > UNPADDED for sentence in SENTENCES)


async def test_alone_and_in_any_crowd(pipeline: Pipeline) -> None:
    alone = {sentence: (await translated(pipeline, sentence))[0] for sentence in SENTENCES}
    chance = random.Random(0)  # noqa: S311 - a repeatable order, not a secret
    for _ in range(ROUNDS):
        crowd = chance.sample(SENTENCES, len(SENTENCES))
        texts = ["\n".join(crowd[start::5]) for start in range(5)]
        for results in await asyncio.gather(*(translated(pipeline, text) for text in texts)):
            for each in results:
                assert replace(each, separator="") == alone[each.source]


async def test_alternatives_too(pipeline: Pipeline) -> None:
    some = SENTENCES[::6]
    alone = [(await translated(pipeline, sentence, 2))[0] for sentence in some]
    crowd = await translated(pipeline, "\n".join(reversed(some)), 2)
    assert [(each.target, each.alternatives) for each in reversed(crowd)] == [
        (each.target, each.alternatives) for each in alone
    ]


@pytest.mark.parametrize("quality", ["fast", "draft"])
async def test_each_quality_beside_the_others(pipeline: Pipeline, quality: Quality) -> None:
    some = SENTENCES[::3]
    alone = [(await translated(pipeline, sentence, quality=quality))[0] for sentence in some]
    crowd, *_ = await asyncio.gather(
        translated(pipeline, "\n".join(reversed(some)), quality=quality),
        *(translated(pipeline, sentence) for sentence in SENTENCES),
    )
    assert [replace(each, separator="") for each in reversed(crowd)] == alone


async def test_tags_too(pipeline: Pipeline) -> None:
    some = [
        re.sub(r"(\w+), und (\w+ \w+)", r"<b>\1</b>, und <i>\2</i>", each) for each in SENTENCES
    ]
    alone = [(await translated(pipeline, sentence))[0].target for sentence in some]
    crowd = await translated(pipeline, "\n".join(reversed(some)))
    assert [each.target for each in reversed(crowd)] == alone


@pytest.mark.parametrize("attention", [False, True])
def test_a_row_does_not_depend_on_its_neighbours_to_the_last_bit(
    engine: Engine, *, attention: bool
) -> None:
    how = Decoding(4, attention=attention)
    chance = random.Random(1)  # noqa: S311 - a repeatable order, not a secret
    rows = [engine.encode(sentence) for sentence in SENTENCES]
    alone = [engine.translate([row], how) for row in rows]
    widths: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        widths.setdefault(engine.width(row), []).append(number)
    assert any(len(same) > 1 for same in widths.values())
    for same in widths.values():
        chance.shuffle(same)
        together = engine.translate([rows[number] for number in same], how)
        assert [[each] for each in together] == [alone[number] for number in same]


def test_who_asks_for_attention_gets_the_same_text(engine: Engine) -> None:
    for sentence in SENTENCES[::3]:
        row = engine.encode(sentence)
        (plain,), (aligned,) = (
            engine.translate([row], Decoding(4, attention=attention))[0]
            for attention in (False, True)
        )
        assert plain.alignment == ()
        assert aligned.alignment
        assert replace(aligned, alignment=()) == plain
        asked = engine.spelled(row)
        for link in aligned.alignment:
            assert 0 <= link.start < link.end <= len(plain.text)
            assert 0 <= link.first < link.last <= len(asked)


async def test_terms_too(pipeline: Pipeline) -> None:
    """Segments with terms share batches with those that have none, and change nothing of them."""
    # The sentences have capitals at their starts alone.
    wanted = Wanted(terms=(Term("garten", "park"), Term("hund", "hound"), Term("zug", "coach")))

    async def with_terms(text: str) -> list[Result]:
        with pipeline.admit() as ticket:
            return [each async for each in pipeline.stream(ticket, text, wanted=wanted)]

    plain = [(await translated(pipeline, sentence))[0] for sentence in SENTENCES]
    alone = [(await with_terms(sentence))[0] for sentence in SENTENCES]
    crowd, _ = await asyncio.gather(
        with_terms("\n".join(reversed(SENTENCES))), translated(pipeline, "\n".join(SENTENCES))
    )
    assert [replace(each, separator="") for each in reversed(crowd)] == alone
    pairs = list(zip(plain, alone, strict=True))
    has_term = re.compile(r"garten|hund|zug").search
    assert all(one == other for one, other in pairs if not has_term(one.source))
    assert any(one.target != other.target for one, other in pairs)
