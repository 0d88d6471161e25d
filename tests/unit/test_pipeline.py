"""Pipeline: what becomes of an answer that is cut, that loops, or that never comes."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import cast

import pytest

from translator.inference.cache import Cache
from translator.inference.engine import END, Card, Decoding, Engine, Hypothesis
from translator.inference.scheduler import Scheduler
from translator.pipeline import Pipeline, Result

Answer = Callable[[str, Decoding], Hypothesis]


class Model:
    """Stands in for the engine, whose bad answers are the subject here."""

    card = Card("stand-in", "de", "en", demonstration=False)

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[tuple[str, Decoding]] = []

    def encode(self, text: str) -> list[str]:
        return [*text.split(), END]

    def spelled(self, tokens: Sequence[str]) -> str:
        return " ".join(tokens[:-1])

    def size(self, text: str) -> int:
        return len(text.split())

    def width(self, tokens: Sequence[str]) -> int:
        return len(tokens)

    def knows(self, _: str) -> bool:
        return True

    def translate(
        self, batch: Sequence[list[str]], decoding: Decoding
    ) -> list[tuple[Hypothesis, ...]]:
        results: list[tuple[Hypothesis, ...]] = []
        for tokens in batch:
            text = " ".join(tokens[:-1])
            self.asked.append((text, decoding))
            results.append((self.answer(text, decoding),))
        return results


@asynccontextmanager
async def pipeline_of(model: Model, window: int = 50) -> AsyncIterator[Pipeline]:
    scheduler = Scheduler(workers=1, batch_tokens=64, queue_segments=100, cache=Cache(0))
    pipeline = Pipeline(cast("Engine", model), scheduler, beam_size=4, window_tokens=window)
    try:
        yield pipeline
    finally:
        await scheduler.close()
        pipeline.close()


async def translated(pipeline: Pipeline, text: str) -> list[Result]:
    with pipeline.admit() as ticket:
        return [each async for each in pipeline.stream(ticket, text)]


def good(text: str) -> Hypothesis:
    return Hypothesis(text.upper(), 0.5, complete=True)


async def test_a_cut_answer_is_asked_for_in_smaller_pieces() -> None:
    """A result without its end token may lack the rest of the sentence."""

    def answer(text: str, _: Decoding) -> Hypothesis:
        short = len(text.split()) <= 10
        return good(text) if short else Hypothesis("ONLY THE START", 0.9, complete=False)

    model = Model(answer)
    text = " ".join(f"wort{chr(97 + n)}" for n in range(20)) + "."
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, text)
    assert result.target == text.upper()
    assert result.status == "translated"
    assert len(model.asked) == 1 + 2


async def test_what_never_ends_comes_back_as_its_source() -> None:
    model = Model(lambda *_: Hypothesis("ON AND ON", 0.9, complete=False))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Ein Satz, der nicht endet.")
    assert (result.target, result.status) == ("Ein Satz, der nicht endet.", "untranslated")
    assert result.score is None


async def test_a_loop_is_decoded_again() -> None:
    def answer(text: str, decoding: Decoding) -> Hypothesis:
        if decoding.no_repeat_ngram_size:
            return good(text)
        return Hypothesis("home and " * 9, 0.99, complete=True)

    model = Model(answer)
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Er ging nach Hause.")
    assert result.target == "ER GING NACH HAUSE."
    assert [decoding.no_repeat_ngram_size for _, decoding in model.asked] == [0, 3]


@pytest.mark.parametrize(("first", "again", "wins"), [(0.9, 0.5, 0.9), (0.5, 0.9, 0.9)])
async def test_of_two_loops_the_likelier_wins(first: float, again: float, wins: float) -> None:
    def answer(_: str, decoding: Decoding) -> Hypothesis:
        score = again if decoding.no_repeat_ngram_size else first
        return Hypothesis("home and " * 9, score, complete=True)

    async with pipeline_of(Model(answer)) as pipeline:
        (result,) = await translated(pipeline, "Er ging nach Hause.")
    assert result.score == wins


async def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    model = Model(lambda text, _: good(text))
    text = ", ".join(["der Hund sah die Katze"] * 40) + "."
    async with pipeline_of(model, window=50) as pipeline:
        (result,) = await translated(pipeline, text)
    assert result.target == text.upper()
    assert all(len(asked.split()) <= 50 for asked, _ in model.asked)
    assert all(asked.startswith("der") for asked, _ in model.asked)


async def test_the_engines_failure_is_flagged_and_the_next_segment_goes_on() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        if "Unheil" in text:
            raise RuntimeError("no position encodings")
        return good(text)

    async with pipeline_of(Model(answer)) as pipeline:
        bad, well = await translated(pipeline, "Das Unheil naht. Alles ist gut.")
    assert (bad.target, bad.status) == ("Das Unheil naht.", "untranslated")
    assert (well.target, well.status) == ("ALLES IST GUT.", "translated")


async def test_a_lost_number_is_asked_for_under_a_stand_in() -> None:
    model = Model(lambda text, _: good(text.replace("755 ", "")))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Es kamen 755 Leute.")
    assert result.target == "ES KAMEN 755 LEUTE."
    assert [asked for asked, _ in model.asked] == ["Es kamen 755 Leute.", "Es kamen X1 Leute."]


async def test_a_number_that_is_lost_twice_changes_nothing() -> None:
    model = Model(lambda *_: Hypothesis("Many people came.", 0.7, complete=True))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Es kamen 755 Leute.")
    assert (result.target, result.score) == ("Many people came.", 0.7)


async def test_tags_are_not_shown_to_the_model() -> None:
    """It aligns nothing here, so its words go by their places."""
    model = Model(lambda text, _: good(text))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Das <b>rote</b> Haus<x1/> brennt.")
    assert result.target == "DAS <b>ROTE</b> HAUS<x1/> BRENNT."
    assert model.asked == [("Das rote Haus brennt.", Decoding(4, attention=True))]


async def test_a_loop_in_a_sentence_with_tags_is_decoded_again() -> None:
    def answer(text: str, decoding: Decoding) -> Hypothesis:
        if decoding.no_repeat_ngram_size:
            return good(text)
        return Hypothesis("home and " * 9, 0.99, complete=True)

    model = Model(answer)
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "<b>Er ging nach Hause.</b>")
    assert result.target == "<b>ER GING NACH HAUSE.</b>"
    assert all(decoding.attention for _, decoding in model.asked)


async def test_a_cut_sentence_keeps_its_tags() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        short = len(text.split()) <= 12
        return good(text) if short else Hypothesis("ONLY THE START", 0.9, complete=False)

    words = [f"wort{chr(97 + n)}" for n in range(20)]
    text = " ".join([*words[:15], "<b>Tom</b>", *words[15:]]) + "."
    async with pipeline_of(Model(answer)) as pipeline:
        (result,) = await translated(pipeline, text)
    assert result.target == text.upper().replace("<B>", "<b>").replace("</B>", "</b>")


async def test_what_is_not_translated_keeps_its_own_lines() -> None:
    """In a wrapped paragraph, where what is translated before it is longer than its source."""

    def answer(text: str, _: Decoding) -> Hypothesis:
        said = "" if "Unheil" in text else f"{text} Ein Zusatz."
        return Hypothesis(said, 0.5, complete=True)

    text = (
        "Am Morgen ging sie in die Stadt und kaufte\n"
        "ein. Das Unheil nahte schon sehr bald, und\n"
        "sie sah es nicht. Am Abend war sie wieder\n"
        "zu Hause.\n"
    )
    async with pipeline_of(Model(answer)) as pipeline:
        results = await translated(pipeline, text)
    assert [each.status for each in results] == ["translated", "untranslated", "translated"]
    assert results[1].target == results[1].source
