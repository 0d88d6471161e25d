"""Terms of a glossary on their way through the pipeline: placed, asked for again, or missed."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from tests.support.asgi import InProcess
from tests.unit.test_pipeline import CARD, Model, pipeline_of
from translator import api
from translator.inference.cache import Cache
from translator.inference.engine import Decoding, Engine, Hypothesis
from translator.inference.scheduler import Scheduler
from translator.pipeline import Pipeline
from translator.results import Known, Result, SegmentWarning, Wanted
from translator.service import Service
from translator.text import Link, word_places
from translator.text.terms import Term

CONTRACT = Term("Vertrag", "agreement")
CUSTOMER = Term("Kunde", "client")
TABLE = {
    "Der": "The",
    "der": "the",
    "Vertrag": "contract",
    "Verträge": "contracts",
    "Die": "The",
    "gilt": "holds",
    "gelten": "hold",
    "Kunde": "customer",
    "Kunden": "customers",
    "hat": "has",
    "hier": "here",
    "und": "and",
    "für": "for",
    "Seiten": "pages",
}


def by_words(text: str, target: str | None = None, lost: Sequence[str] = ()) -> Hypothesis:
    """A translation word by word with its alignment; `lost` words have no link."""
    places = word_places(text)
    words = [text[start:end] for start, end in places]
    if target is None:
        parts, position = [], 0
        for (start, end), word in zip(places, words, strict=True):
            parts += [text[position:start], TABLE.get(word, word)]
            position = end
        target = "".join([*parts, text[position:]])
    said = word_places(target)
    links = tuple(
        Link(*there, *here, 0.9)
        for here, there, word in zip(places, said, words, strict=False)
        if word not in lost
    )
    return Hypothesis(target, 0.8, complete=True, tokens=len(said), alignment=links)


def word_by_word(text: str, _: Decoding) -> Hypothesis:
    return by_words(text)


async def results_of(
    pipeline: Pipeline, text: str, *terms: Term, known: dict[str, Known] | None = None, **more: Any
) -> list[Result]:
    with pipeline.admit() as ticket:
        wanted = Wanted(terms=terms, **more)
        results = pipeline.stream(ticket, text, wanted=wanted, known=known or {})
        return [each async for each in results]


async def the_one(model: Model, text: str, *terms: Term, **more: Any) -> Result:
    async with pipeline_of(model) as pipeline:
        (result,) = await results_of(pipeline, text, *terms, **more)
    return result


async def test_a_term_is_placed_without_a_second_question() -> None:
    model = Model(word_by_word)
    result = await the_one(model, "Die Verträge gelten hier.", CONTRACT)
    assert result.target == "The agreements hold here."
    assert (result.status, result.warnings) == ("translated", ())
    assert len(model.asked) == 1


async def test_tags_stay_around_a_term() -> None:
    result = await the_one(Model(word_by_word), "Der <b>Vertrag</b> gilt hier.", CONTRACT)
    assert result.target == "The <b>agreement</b> holds here."


async def test_capitals_stay() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        return by_words(text, "The contract holds here.")

    result = await the_one(Model(answer), "DER VERTRAG GILT HIER.", CONTRACT)
    assert result.target == "THE AGREEMENT HOLDS HERE."


async def test_another_hypothesis_may_have_the_term() -> None:
    def answer(text: str, _: Decoding) -> tuple[Hypothesis, ...]:
        return by_words(text, lost=["Vertrag"]), by_words(text, "The agreement holds here.")

    model = Model(answer)
    result = await the_one(model, "Der Vertrag gilt hier.", CONTRACT)
    assert result.target == "The agreement holds here."
    assert len(model.asked) == 1


async def test_in_doubt_the_question_has_the_target() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        return by_words(text, lost=["Vertrag"])

    model = Model(answer)
    result = await the_one(model, "Der Vertrag gilt hier.", CONTRACT)
    assert result.target == "The agreement holds here."
    assert [text for text, _ in model.asked] == [
        "Der Vertrag gilt hier.",
        "Der agreement gilt hier.",
    ]
    assert result.warnings == ()


async def test_and_then_a_stand_in() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        if "agreement" in text:
            return by_words(text, "The thing holds here.", lost=["agreement"])
        return by_words(text, lost=["Vertrag"])

    model = Model(answer)
    result = await the_one(model, "Der Vertrag gilt hier.", CONTRACT)
    assert result.target == "The agreement holds here."
    assert model.asked[-1][0] == "Der X1 gilt hier."


def stubborn(text: str, _: Decoding) -> Hypothesis:
    return by_words(text, "The paper holds here.", lost=["Vertrag", "agreement", "X1"])


async def test_a_term_that_finds_no_place_is_named() -> None:
    result = await the_one(Model(stubborn), "Der Vertrag gilt hier.", CONTRACT, CUSTOMER)
    assert result.target == "The paper holds here."
    assert result.warnings == (SegmentWarning("glossary", ("Vertrag",)),)


async def test_a_draft_asks_no_second_question() -> None:
    model = Model(lambda text, _: by_words(text, lost=["Vertrag"]))
    text = "Der Kunde hat hier der Vertrag."
    result = await the_one(model, text, CONTRACT, CUSTOMER, quality="draft")
    assert result.target == "The client has here the contract."
    assert result.warnings == (SegmentWarning("glossary", ("Vertrag",)),)
    assert [asked for asked, _ in model.asked] == [text]


async def test_an_answer_that_loses_other_words_is_not_taken() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        if "agreement" in text or "X1" in text:
            return by_words(text, f"The {text.split()[1]} holds now.", lost=["hier"])
        return by_words(text, lost=["Vertrag"])

    result = await the_one(Model(answer), "Der Vertrag gilt hier.", CONTRACT)
    assert result.target == "The contract holds here."
    assert [each.code for each in result.warnings] == ["glossary"]


async def test_an_answer_with_another_figure_is_not_taken() -> None:
    def answer(text: str, _: Decoding) -> Hypothesis:
        target = by_words(text).text
        if "agreement" in text:
            target = target.replace("12", "13")
        return by_words(text, target, lost=["Vertrag"])

    result = await the_one(Model(answer), "Der Vertrag hat 12 Seiten.", CONTRACT)
    assert "12 pages" in result.target
    assert "13" not in result.target


async def test_a_segment_that_is_a_term_alone_is_not_asked_for() -> None:
    model = Model(word_by_word)
    async with pipeline_of(model) as pipeline:
        text = "Verträge\n\n<b>Vertrag</b>\n\nVERTRAG:\n\n- Kunden\n\nAnna Schmidt"
        name = Term("Anna Schmidt", "Anna Smith")
        results = await results_of(pipeline, text, CONTRACT, CUSTOMER, name)
    assert [each.target for each in results] == [
        *("Agreements", "<b>Agreement</b>", "AGREEMENT:", "-", "Clients", "Anna Smith"),
    ]
    assert model.asked == []


async def test_alternatives_have_the_terms_too() -> None:
    def answer(text: str, _: Decoding) -> tuple[Hypothesis, ...]:
        other = by_words(text, "The contract is held here.")
        lost = by_words(text, "The paper goes here.", lost=["Vertrag"])
        return by_words(text), other, lost

    result = await the_one(Model(answer), "Der Vertrag gilt hier.", CONTRACT, alternatives=2)
    assert result.target == "The agreement holds here."
    assert result.alternatives == ["The agreement is held here."]


async def test_known_and_english_segments_are_as_they_were() -> None:
    model = Model(word_by_word)
    async with pipeline_of(model) as pipeline:
        known = {"Der Vertrag gilt.": Known("The treaty is valid.")}
        english = "This is the contract that we have with the customers."
        text = f"Der Vertrag gilt.\n\n{english}"
        results = await results_of(pipeline, text, CONTRACT, Term("contract", "x"), known=known)
    assert [each.target for each in results] == ["The treaty is valid.", english]


async def test_addresses_and_placeholders_hold_no_term() -> None:
    result = await the_one(
        Model(word_by_word), "Der Vertrag gilt hier: {Vertrag} www.Vertrag.de", CONTRACT
    )
    assert result.target == "The agreement holds here: {Vertrag} www.Vertrag.de"


async def test_what_is_remembered_depends_on_the_terms_of_the_segment_alone() -> None:
    model = Model(word_by_word)
    async with pipeline_of(model, cache_bytes=1_000_000) as pipeline:
        text = "Der Vertrag gilt. Der Kunde hat hier."
        await results_of(pipeline, text)
        assert len(model.asked) == 2
        one = await results_of(pipeline, text, CONTRACT)
        assert len(model.asked) == 3  # the sentence without a term is known
        assert [each.target for each in one] == ["The agreement holds.", "The customer has here."]
        assert await results_of(pipeline, text, Term("Haus", "x"), CONTRACT) == one
        assert len(model.asked) == 3
        other = await results_of(pipeline, text, Term("Vertrag", "deal"))
        assert other[0].target == "The deal holds."


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A client of the translator's API, whose model translates word by word."""
    scheduler = Scheduler(workers=1, batch_tokens=64, queue_segments=100, cache=Cache(0))
    model = cast("Engine", Model(word_by_word))
    pipeline = Pipeline(model, scheduler, beam_size=4, window_tokens=50)
    app = FastAPI()
    app.state.service = Service({CARD.pair: pipeline}, [CARD], scheduler)
    app.router.routes.append(api.TranslateRoute())
    api.install_errors(app)
    transport = InProcess(app)
    async with httpx.AsyncClient(base_url="http://translator", transport=transport) as client:
        yield client
    await scheduler.close()
    pipeline.close()


async def test_a_request_has_terms_for_all_of_its_texts(http: httpx.AsyncClient) -> None:
    body = {
        "texts": ["Der Vertrag gilt.", "Die Kunden und Verträge."],
        "terms": [
            {"source": "Vertrag", "target": "agreement", "inflected": False},
            {"source": "Kunde", "target": "client"},
        ],
    }
    answer = (await http.post("/translate", json=body)).json()
    assert [each["text"] for each in answer["texts"]] == [
        "The agreement holds.",
        "The clients and contracts.",
    ]


@pytest.mark.parametrize(
    ("terms", "where"),
    [
        ([{"source": "", "target": "x"}], "terms.0.source"),
        ([{"source": " ", "target": "x"}], "terms.0"),
        ([{"source": "x" * 501, "target": "x"}], "terms.0.source"),
        ([{"source": "x"}], "terms.0.target"),
        ([{"source": "x", "target": "y"}] * 2001, "terms"),
    ],
)
async def test_bad_terms_say_what_is_wrong(
    http: httpx.AsyncClient, terms: list[dict[str, str]], where: str
) -> None:
    answer = await http.post("/translate", json={"text": "Hallo", "terms": terms})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(where)
