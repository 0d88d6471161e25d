"""Pipeline: what becomes of an answer that is cut, loops, lost something, or never comes."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import cast

import pytest

from translator.inference.cache import Cache
from translator.inference.engine import END, Card, Decoding, Engine, Hypothesis
from translator.inference.scheduler import Scheduler
from translator.pipeline import Pipeline
from translator.results import Result, Wanted

Answer = Callable[[str, Decoding], Hypothesis | tuple[Hypothesis, ...]]
CARD = Card("stand-in", "de", "en", demonstration=False)


class Model:
    """Stands in for the engine, whose bad answers are the subject here."""

    def __init__(self, answer: Answer, card: Card = CARD) -> None:
        self.answer = answer
        self.card = card
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
        self,
        batch: Sequence[list[str]],
        decoding: Decoding,
        _aligned: Sequence[bool] | None = None,
    ) -> list[tuple[Hypothesis, ...]]:
        results: list[tuple[Hypothesis, ...]] = []
        for tokens in batch:
            text = " ".join(tokens[:-1])
            self.asked.append((text, decoding))
            found = self.answer(text, decoding)
            results.append(found if isinstance(found, tuple) else (found,))
        return results


@asynccontextmanager
async def pipeline_of(
    model: Model, window: int = 50, cache_bytes: int = 0
) -> AsyncIterator[Pipeline]:
    cache = Cache(cache_bytes)
    scheduler = Scheduler(workers=1, batch_tokens=64, queue_segments=100, cache=cache)
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


@pytest.mark.parametrize("length", [1, 40], ids=["planned at once", "planned by the thread"])
async def test_a_segment_that_comes_again_is_known(length: int) -> None:
    model = Model(lambda text, _: good(text))
    text = " ".join(["Er ging 3 Mal nach Hause."] * length)
    async with pipeline_of(model, cache_bytes=1_000_000) as pipeline:
        first = await translated(pipeline, text)
        asked = len(model.asked)
        again = await translated(pipeline, f"{text}\n\n{text}")
    assert len(model.asked) == asked
    assert {(each.source, each.target, each.score) for each in again} == {
        (each.source, each.target, each.score) for each in first
    }
    assert "".join(each.source + each.separator for each in again) == f"{text}\n\n{text}"
    assert pipeline.segments["translated"] == 3 * length


async def test_alternatives_are_asked_for_though_the_translation_is_known() -> None:
    def answer(text: str, decoding: Decoding) -> tuple[Hypothesis, ...]:
        return tuple(
            replace(good(text), text=f"{text.upper()[:-1]} {'X' * number}.")
            for number in range(decoding.hypotheses)
        )

    async with pipeline_of(Model(answer), cache_bytes=1_000_000) as pipeline:
        (plain,) = await translated(pipeline, "Er ging nach Hause.")
        with pipeline.admit() as ticket:
            found = pipeline.stream(ticket, "Er ging nach Hause.", wanted=Wanted(2))
            (other,) = [each async for each in found]
    assert plain.alternatives is None
    assert other.alternatives is not None
    assert len(other.alternatives) == 2
    assert other.target == plain.target


async def test_a_failure_is_not_known() -> None:
    """The next time the model may not fail."""
    fails = True

    def answer(text: str, _: Decoding) -> Hypothesis:
        if fails:
            raise RuntimeError("for a moment")
        return good(text)

    async with pipeline_of(Model(answer), cache_bytes=1_000_000) as pipeline:
        (first,) = await translated(pipeline, "Er ging nach Hause.")
        fails = False
        (again,) = await translated(pipeline, "Er ging nach Hause.")
    assert (first.status, again.status) == ("untranslated", "translated")


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
        assert {code: number for code, number in pipeline.warnings.items() if number} == {
            "untranslated": 1
        }
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


async def test_a_number_that_is_lost_again_and_again_is_put_between_pieces() -> None:
    """The sentence is broken, the number is right, and the segment is marked."""
    model = Model(lambda text, _: good(text.replace("755 ", "").replace("X1", "")))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Es kamen 755 Leute.")
    assert result.target == "ES KAMEN 755 LEUTE."
    assert [each.code for each in result.warnings] == ["unsure"]
    assert pipeline.repairs["pieces"] == 1


async def test_a_number_that_is_lost_in_pieces_too_is_named() -> None:
    model = Model(lambda text, _: good(text.replace("X1", "") + " 7"))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Es kamen 755 Leute.")
    (warning,) = result.warnings
    assert (warning.code, warning.figures) == ("figures", ("7",))


STAND_INS = replace(CARD, stand_ins=True)


async def test_a_model_that_changes_figures_is_asked_with_stand_ins_at_once() -> None:
    model = Model(lambda text, _: good(text), STAND_INS)
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Es kosten 5 Stück 1.250,50 €.")
    assert result.target == "ES KOSTEN 5 STÜCK €1,250.50."
    assert [asked for asked, _ in model.asked] == ["Es kosten X1 Stück X2."]
    assert sum(pipeline.repairs.values()) == 0


@pytest.mark.parametrize("answer", ["THERE CAME -X1.", "THERE CAME X1 MILLION.", "X1 OF 12 CAME."])
async def test_a_stand_in_beside_another_figure_is_looked_at(answer: str) -> None:
    model = Model(lambda *_: Hypothesis(answer, 0.9, complete=True), STAND_INS)
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Es kamen 755.")
    assert sum(pipeline.repairs.values()) == 1
    assert result.target == "THERE CAME 755." or result.warnings


async def test_where_a_stand_in_is_lost_the_clauses_are_asked() -> None:
    source = ", ".join(["Hier stehen 755 Leute und warten auf den Bus"] * 3) + "."

    def answer(text: str, _: Decoding) -> Hypothesis:
        return good(text.replace("X3", ""))

    model = Model(answer, STAND_INS)
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, source)
    assert result.target == source.upper()
    assert not result.warnings


LONG = "Der Lehrer fragte die Tochter nach dem Namen ihrer neuen Schule."


async def test_another_hypothesis_is_taken_where_the_best_leaves_a_noun_out() -> None:
    best = replace(good("The teacher asked."), unattended=("die", "Tochter"))
    other = replace(good(LONG), unattended=("die",))
    model = Model(lambda *_: (best, other))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, LONG)
    assert (result.target, result.warnings) == (LONG.upper(), ())
    assert pipeline.repairs["recovered"] == 1
    assert len(model.asked) == 1


async def test_clauses_are_asked_where_all_hypotheses_leave_a_noun_out() -> None:
    text = ", ".join([LONG[:-1]] * 2) + "."

    def answer(asked: str, _: Decoding) -> Hypothesis:
        lost = ("Tochter",) if len(asked.split()) > 12 else ()
        return replace(good(asked), unattended=lost)

    async with pipeline_of(Model(answer)) as pipeline:
        (result,) = await translated(pipeline, text)
    assert (result.target, result.warnings) == (text.upper(), ())
    assert pipeline.repairs["recovered"] == 1


async def test_an_omission_that_stays_is_said() -> None:
    model = Model(lambda *_: replace(good("The teacher asked."), unattended=("Tochter",)))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, LONG)
    assert [each.code for each in result.warnings] == ["incomplete"]


async def test_function_words_may_be_left_out() -> None:
    model = Model(lambda text, _: replace(good(text), unattended=("die", "nach", "der", "eben")))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, LONG)
    assert result.warnings == ()


@pytest.mark.parametrize(("tokens", "codes"), [(5, ["incomplete"]), (11, []), (40, ["repeated"])])
async def test_a_length_that_this_model_s_translations_never_have_is_said(
    tokens: int, codes: list[str]
) -> None:
    card = replace(CARD, lengths=(0.5, 2.5))
    model = Model(lambda text, _: replace(good(text), tokens=tokens), card)
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, LONG)
    assert [each.code for each in result.warnings] == codes


async def test_tags_are_not_shown_to_the_model() -> None:
    """It aligns nothing here, so its words go by their places."""
    model = Model(lambda text, _: good(text))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Das <b>rote</b> Haus<x1/> brennt.")
    assert result.target == "DAS <b>ROTE</b> HAUS<x1/> BRENNT."
    assert model.asked == [("Das rote Haus brennt.", Decoding(4, 4, attention=True, coverage=True))]


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


def without_stand_ins(text: str) -> str:
    """A model's answer that has lost all stand-ins."""
    return re.sub(r"X\d+", "", text).upper()


async def test_a_lost_placeholder_comes_back_between_pieces_with_its_white_space() -> None:
    model = Model(lambda text, _: Hypothesis(without_stand_ins(text), 0.9, complete=True))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Hallo {name}, bitte warten: {zeit} noch.")
    assert result.target == "HALLO {name}, BITTE WARTEN: {zeit} NOCH."
    assert result.warnings == ()


async def test_a_placeholder_that_the_model_invents_is_warned_of() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        return Hypothesis(without_stand_ins(text).replace("HALLO", "HALLO {a}"), 0.9, complete=True)

    async with pipeline_of(Model(answer)) as pipeline:
        (result,) = await translated(pipeline, "Hallo {a}, bitte warten.")
    assert [warning.code for warning in result.warnings] == ["placeholder"]


@pytest.mark.parametrize(("score", "status"), [(0.4, "copied"), (0.9, "translated")])
async def test_a_line_that_may_be_a_name_stays_where_the_model_is_unsure(
    score: float, status: str
) -> None:
    model = Model(lambda text, _: Hypothesis(text.upper(), score, complete=True))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Gabriel García Márquez")
    assert result.status == status


@pytest.mark.parametrize(
    "text", ["Anna Schmidt", "The house is very nice.", "<b>Anna</b> Schmidt", "ergebnis = 0"]
)
async def test_nothing_is_asked_for_what_is_copied(text: str) -> None:
    model = Model(lambda text, _: good(text))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, text)
    assert (result.target, result.status) == (text, "copied")
    assert model.asked == []


async def test_a_person_is_asked_for_again_when_the_answer_does_not_name_them() -> None:
    model = Model(lambda text, _: Hypothesis(text.replace("Uwe", "you"), 0.9, complete=True))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Dann kam Uwe nach Hause.")
    assert result.target == "Dann kam Uwe nach Hause."
    assert len(model.asked) == 1 + 1


async def test_a_lost_joining_sign_of_a_heading_comes_back() -> None:
    model = Model(lambda text, _: Hypothesis(text.replace(" – ", " "), 0.9, complete=True))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "Muss – Kriterien")
    assert result.target == "Muss – Kriterien"


async def test_keywords_in_capitals_are_asked_alone_where_the_line_lost_some() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        alone = len(text.split()) == 1
        return replace(good(text if alone else "fired"), score=0.4 if alone else 0.2)

    model = Model(answer)
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "GAS LAUF/PRÜFUNG PROPAN")
    assert result.target == "GAS LAUF/PRÜFUNG PROPAN"
    assert {asked for asked, _ in model.asked[1:]} == {"Gas", "Lauf", "Prüfung", "Propan"}


async def test_a_sentence_in_capitals_is_never_asked_word_by_word() -> None:
    model = Model(lambda text, _: replace(good(text), score=0.2))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, "DER HUND SCHLÄFT IM HAUS")
    assert result.target == "DER HUND SCHLÄFT IM HAUS"
    assert len(model.asked) == 1


async def test_a_loop_is_asked_with_a_penalty_on_repetition() -> None:
    def answer(text: str, decoding: Decoding) -> Hypothesis:
        if decoding.repetition_penalty > 1:
            return good(text)
        return good("really " * 9)

    async with pipeline_of(Model(answer)) as pipeline:
        (result,) = await translated(pipeline, "Das ist wirklich schade.")
    assert (result.target, result.warnings) == ("DAS IST WIRKLICH SCHADE.", ())


async def test_a_list_that_loses_members_is_asked_in_parts() -> None:
    members = ["Brot", "Milch", "Butter", "Käse", "Wurst", "Eier", "Mehl", "Zucker", "Salz", "Öl"]
    source = "Wir haben " + ", ".join(members) + " und Tee."

    def answer(text: str, _: Decoding) -> Hypothesis:
        return good(text if len(text.split()) <= 10 else "We have tea.")

    async with pipeline_of(Model(answer)) as pipeline:
        (result,) = await translated(pipeline, source)
    assert (result.target, result.warnings) == (source.upper(), ())


async def test_a_clause_that_is_asked_alone_gets_its_comma_and_no_capital() -> None:
    source = "Er sah den Hund und die Katze, die Maus im Haus, das Kind im Garten und den Vogel."
    said = {"Hund": "He saw it.", "Maus": "The mouse is here.", "Kind": "I'm there."}

    def answer(text: str, _: Decoding) -> Hypothesis:
        if text == source:
            return Hypothesis("He saw.", 0.9, complete=True, unattended=("Katze",))
        return Hypothesis(next(said[each] for each in said if each in text), 0.9, complete=True)

    async with pipeline_of(Model(answer)) as pipeline:
        (result,) = await translated(pipeline, source)
    assert result.target == "He saw it, the mouse is here, I'm there."
