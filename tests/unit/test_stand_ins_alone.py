"""Stand-ins: a translation of which nothing else is left has lost the words beside them."""

import pytest

from tests.unit.test_pipeline import Model, pipeline_of, translated
from translator.inference.engine import Hypothesis


@pytest.mark.parametrize(
    ("source", "answer", "codes"),
    [
        ("Drücke `Strg`+`C`.", "X1+X2.", ["incomplete"]),
        ("Das Haus `a`", "X1", ["incomplete"]),
        ("Drücke `Strg`+`C`.", "Press X1+X2.", []),
        ("Und `a`?", "X1?", []),  # a function word may go
        ("`a`, `b`.", "X1, X2.", []),
    ],
)
async def test_stand_ins_alone_are_an_omission(source: str, answer: str, codes: list[str]) -> None:
    # Pieces asked alone come back as the same, so there is nothing to recover with.
    model = Model(lambda _text, _: Hypothesis(answer, 0.9, complete=True))
    async with pipeline_of(model) as pipeline:
        (result,) = await translated(pipeline, source)
    assert [each.code for each in result.warnings] == codes
