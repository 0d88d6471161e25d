"""Whatever a text holds: joined it is itself again, and its translation has its lines."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.naughty import TEXTS, UNITS
from tests.unit.test_pipeline import Model, pipeline_of, translated
from translator.inference.engine import Decoding, Hypothesis
from translator.results import Result
from translator.text import model_text, segment
from translator.text.figures import compare
from translator.text.sentences import sentences
from translator.text.splitting import split
from web.text.passages import Splitter, aligned
from web.text.sentences import sentences as side_by_side
from web.text.sentences import spans_of

scraps = st.sampled_from([*TEXTS.values(), *UNITS.values()]) | st.text(max_size=5)
texts = st.lists(scraps, max_size=8).map("".join)
lines = texts.map(lambda text: " ".join(text.split())).filter(bool)

# Anything that a model may say, however foolish.
ANSWERS: dict[str, Callable[[str], str]] = {
    "the same": lambda text: text,
    "nothing": lambda _: "",
    "a blank": lambda _: " ",
    "a word": lambda _: "word",
    "capitals": str.upper,
    "a loop": lambda _: "home and " * 9,
    "tags": lambda text: f"<x1>{text}</b></x1><x2/>",
    "the end": lambda text: f"{text}</s>",
}


@given(text=texts, language=st.sampled_from(["de", "en", "zh"]), whole_lines=st.booleans())
def test_segments_joined_are_the_text(text: str, language: str, *, whole_lines: bool) -> None:
    found = list(segment(text, language, whole_lines=whole_lines))
    assert "".join(part.source + part.separator for part in found) == text


@given(lines, st.sampled_from(["de", "en", "zh"]))
def test_between_sentences_there_is_white_space_alone(line: str, language: str) -> None:
    end = 0
    for start, last in sentences(line, language):
        assert end <= start < last
        assert not line[end:start].strip()
        end = last
    assert end == len(line)


@given(texts, st.integers(1, 300))
def test_pieces_joined_are_the_text(text: str, limit: int) -> None:
    assert "".join(each.text + each.separator for each in split(text, len, limit)) == text


@given(texts.filter(bool), texts)
def test_passages_and_their_translations_joined_are_both_texts(text: str, target: str) -> None:
    splitter = Splitter(40)
    assert "".join([*splitter.feed(text), *splitter.finish()]) == text
    pairs = aligned(text, target)
    assert "".join(source for source, _ in pairs) == text
    assert "".join(each for _, each in pairs) == target


@pytest.mark.parametrize("answer", ANSWERS)
@settings(deadline=None, max_examples=40)
@given(text=texts)
async def test_a_translation_has_the_lines_of_its_text(answer: str, text: str) -> None:
    found = await _translated(text, answer)
    parts = list(segment(text))
    assert "".join(each.source + each.separator for each in found) == text
    assert [each.separator for each in found] == [part.separator for part in parts]
    for each, part in zip(found, parts, strict=True):
        if part.layout is None:
            assert len(each.target.splitlines()) <= 1
        if each.status == "untranslated" or part.verbatim:
            assert each.target == each.source
        if each.status == "copied":
            same = each.target == each.source
            assert same or not compare(each.source, each.target, "de", "en")
    if not any(part.layout for part in parts):
        target = "".join(each.target + each.separator for each in found)
        assert len(target.splitlines()) == len(text.splitlines())
        spans = spans_of(
            {name: getattr(each, name) for name in ("source", "target", "separator", "score")}
            for each in found
        )
        shown = side_by_side(text, target, spans)
        assert "".join(each.source + each.separator for each in shown) == text
        assert "".join(each.target + each.separator for each in shown) == target


async def _translated(text: str, answer: str) -> list[Result]:
    def said(asked: str, _: Decoding) -> Hypothesis:
        return Hypothesis(ANSWERS[answer](asked), 0.5, complete=True)

    async with pipeline_of(Model(said)) as pipeline:
        return await translated(pipeline, text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_the_model_is_asked_is_one_line_in_nfc(text: str) -> None:
    for part in segment(text):
        asked = model_text(part.source)
        assert len(asked.splitlines()) <= 1
        assert model_text(asked) == asked
