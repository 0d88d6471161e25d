"""Segments that are known already: the model is asked for the others alone."""

from tests.unit.test_pipeline import Model, good, pipeline_of
from translator.results import Known, Result, SegmentWarning


async def test_only_what_is_not_known_is_asked_for() -> None:
    model = Model(lambda text, _: good(text))
    wrong = SegmentWarning("figures", ("3",))
    known = {"Er schläft seit 3 Tagen.": Known("He has slept.", 0.8, (wrong,))}
    text = "Ich bin hier. Er schläft seit 3 Tagen.\n\nSie geht."
    async with pipeline_of(model) as pipeline:
        with pipeline.admit() as ticket:
            results = [each async for each in pipeline.stream(ticket, text, known=known)]
        counted = dict(pipeline.segments), dict(pipeline.warnings)
    assert [asked for asked, _ in model.asked] == ["Ich bin hier.", "Sie geht."]
    assert results[1] == Result(
        "Er schläft seit 3 Tagen.", "He has slept.", "\n\n", "known", 0.8, warnings=(wrong,)
    )
    assert "".join(each.source + each.separator for each in results) == text
    assert counted[0]["known"] == counted[1]["figures"] == 1


async def test_a_part_of_a_segment_is_not_known() -> None:
    model = Model(lambda text, _: good(text))
    async with pipeline_of(model) as pipeline:
        with pipeline.admit() as ticket:
            known = {"Er schläft": Known("He sleeps")}
            (result,) = [
                each async for each in pipeline.stream(ticket, "Er schläft gut.", known=known)
            ]
    assert (result.target, result.status) == ("ER SCHLÄFT GUT.", "translated")


async def test_what_the_question_knew_is_not_remembered_for_others() -> None:
    model = Model(lambda text, _: good(text))
    async with pipeline_of(model) as pipeline:
        for known in ({"Er geht.": Known("He left.")}, {}):
            with pipeline.admit() as ticket:
                (result,) = [
                    each async for each in pipeline.stream(ticket, "Er geht.", known=known)
                ]
    assert (result.target, result.status) == ("ER GEHT.", "translated")


async def test_it_is_known_in_every_text_and_goes_before_what_is_remembered() -> None:
    model = Model(lambda text, _: good(text))
    texts = ["Er geht.", "Sie geht. Er geht."]
    async with pipeline_of(model) as pipeline:
        found = []
        for known in ({}, {"Er geht.": Known("He left.")}):
            with pipeline.admit() as ticket:
                results = pipeline.stream_all(ticket, texts, known=known)
                found.append([(number, each.target) async for number, each in results])
    assert found == [
        [(0, "ER GEHT."), (1, "SIE GEHT."), (1, "ER GEHT.")],
        [(0, "He left."), (1, "SIE GEHT."), (1, "He left.")],
    ]
