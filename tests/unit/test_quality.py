"""Qualities: a fast translation has a smaller beam, and is never taken for the best one."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.test_pipeline import CARD, Model, good, pipeline_of
from translator.inference.decodings import Quality, decodings
from translator.inference.engine import FAST_BEAM, Decoding, Hypothesis, read_card
from translator.install.fast_beam import BeamTrial, fastest
from translator.pipeline import Pipeline
from translator.results import Result, Wanted

SENTENCE = "Er ging nach Hause."


async def translated(
    pipeline: Pipeline, text: str, quality: Quality, alternatives: int = 0
) -> Result:
    with pipeline.admit() as ticket:
        wanted = Wanted(alternatives, quality)
        (found,) = [each async for each in pipeline.stream(ticket, text, wanted=wanted)]
    return found


def by_beam(text: str, decoding: Decoding) -> Hypothesis:
    return replace(good(text), text=f"{text} {'X' * decoding.beam_size}.")


@pytest.mark.parametrize(("quality", "beam"), [("best", 4), ("fast", 3), ("draft", 1)])
async def test_each_quality_has_its_beam(quality: Quality, beam: int) -> None:
    model = Model(lambda text, _: good(text), replace(CARD, fast_beam=3))
    async with pipeline_of(model) as pipeline:
        await translated(pipeline, SENTENCE, quality)
    assert [how.beam_size for _, how in model.asked] == [beam]


async def test_no_answer_of_one_quality_is_remembered_for_another() -> None:
    model = Model(by_beam, replace(CARD, fast_beam=2))
    async with pipeline_of(model, cache_bytes=1_000_000) as pipeline:
        order: tuple[Quality, ...] = ("fast", "best", "draft")
        first = [await translated(pipeline, SENTENCE, quality) for quality in order]
        asked = len(model.asked)
        again = [await translated(pipeline, SENTENCE, quality) for quality in order]
    assert len({each.target for each in first}) == asked == 3
    assert again == first
    assert len(model.asked) == asked


@pytest.mark.parametrize("quality", ["fast", "draft"])
async def test_a_fast_one_that_stays_doubtful_is_decoded_as_the_best(quality: Quality) -> None:
    def answer(text: str, decoding: Decoding) -> Hypothesis:
        right = decoding.beam_size == 4
        return replace(good(text), text="He saw 12 dogs." if right else "He saw 13 dogs 4 times.")

    async with pipeline_of(Model(answer)) as pipeline:
        found = await translated(pipeline, "Er sah 12 Hunde.", quality)
    assert (found.target, found.is_doubtful) == ("He saw 12 dogs.", False)


async def test_a_fast_one_that_is_sound_asks_the_small_beam_alone() -> None:
    def answer(text: str, decoding: Decoding) -> Hypothesis:
        masked = decoding.beam_size == 2 and "12" not in text
        return replace(good(text), text=text.upper() if masked else "He saw 13 dogs 4 times.")

    model = Model(answer)
    async with pipeline_of(model) as pipeline:
        found = await translated(pipeline, "Er sah 12 Hunde.", "fast")
    assert "12" in found.target
    assert not found.is_doubtful
    assert {how.beam_size for _, how in model.asked} == {2}


async def test_alternatives_have_a_beam_of_their_own() -> None:
    model = Model(lambda text, _: good(text))
    async with pipeline_of(model) as pipeline:
        await translated(pipeline, SENTENCE, "draft", alternatives=2)
    assert [how.beam_size for _, how in model.asked] == [1, 5]


def test_no_beam_is_wider_than_the_best_one() -> None:
    found = decodings(2, 4, checks=True)
    assert found["fast"] == found["best"]
    assert [each.hypotheses for each in decodings(4, 2, checks=False).values()] == [1, 1, 1]


def test_a_card_without_the_field(tmp_path: Path) -> None:
    card = {"name": "mine", "source": "de", "target": "en"}
    for more, beam in (({}, FAST_BEAM), ({"fast_beam": 1}, 1)):
        (tmp_path / "model.json").write_text(json.dumps(card | more), "utf-8")
        assert read_card(tmp_path).fast_beam == beam


@pytest.mark.parametrize(
    ("greedy", "two", "beam"),
    [(47.4, 47.9, 1), (46.5, 47.9, 2), (46.5, 47.0, 4), (48.5, 48.2, 1)],
)
def test_the_smallest_beam_that_costs_little(greedy: float, two: float, beam: int) -> None:
    trials = [
        BeamTrial(4, 1000, 48.0, 60.0),
        BeamTrial(1, 2500, greedy, 60.0),
        BeamTrial(2, 1600, two, 60.0),
    ]
    assert fastest(trials).beam_size == beam
