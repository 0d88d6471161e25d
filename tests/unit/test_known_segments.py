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
