"""A language is clear only beyond doubt: no German text is ever taken for another language's."""

import csv
from pathlib import Path

import pytest

from tests.support.instance import ROOT
from tests.support.languages import ENGLISH, FRENCH, OTHERS, UNCLEAR
from web.text.clear_language import SAMPLE, clear_language, is_other, samples
from web.text.detection import Detector

PAIRS = ROOT / "translator/install/evaluation.tsv"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


@pytest.fixture(scope="module")
def pairs() -> tuple[list[str], list[str]]:
    """German sentences, and English ones."""
    with Path(PAIRS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row[0] for row in rows], [row[1] for row in rows]


def other(detector: Detector, text: str, expected: str = "de") -> str | None:
    """The language that a text is clearly in, if it is another than expected."""
    clear = clear_language(detector, text)
    return clear.guess.language if clear and is_other(detector, clear, expected) else None


def paragraphs(sentences: list[str], size: int) -> list[str]:
    return [" ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]


@pytest.mark.parametrize("size", [1, 2, 5, 50])
def test_no_text_is_taken_for_one_in_another_language(
    detector: Detector, pairs: tuple[list[str], list[str]], size: int
) -> None:
    assert len(pairs[0]) == 1500
    for language, sentences in zip(("de", "en"), pairs, strict=True):
        taken = [each for each in paragraphs(sentences, size) if other(detector, each, language)]
        assert taken == []


def test_every_paragraph_in_another_language_is_noticed(
    detector: Detector, pairs: tuple[list[str], list[str]]
) -> None:
    found = [other(detector, each) for each in paragraphs(pairs[1], 5)]
    assert found == ["en"] * 300


@pytest.mark.parametrize(("language", "text"), OTHERS.items())
def test_a_paragraph_and_a_book_in_another_language_are_noticed(
    detector: Detector, language: str, text: str
) -> None:
    assert other(detector, text) == language
    assert other(detector, f"{text}\n\n" * 1000) == language
    clear = clear_language(detector, text)
    assert clear is not None
    assert 0.8 <= clear.guess.confidence <= 1
    assert other(detector, text, language) is None


@pytest.mark.parametrize("text", UNCLEAR.values(), ids=UNCLEAR)
def test_what_is_short_mixed_a_dialect_or_no_prose_is_not_another_language(
    detector: Detector, text: str
) -> None:
    assert other(detector, text) is None


@pytest.mark.parametrize("text", ["", " \n", "1234 5678", "?!" * 100, "🙂" * 100, "a@" * 10_000])
def test_what_has_no_words_has_no_clear_language(detector: Detector, text: str) -> None:
    assert clear_language(detector, text) is None


def test_german_anywhere_in_the_samples_is_german(
    detector: Detector, pairs: tuple[list[str], list[str]]
) -> None:
    german = " ".join(pairs[0])[: 2 * SAMPLE]
    english = f"{ENGLISH}\n" * 100
    for text in (german + english, english + german):
        assert other(detector, text) is None
    middle = english + german + english
    assert other(detector, middle) is None


def test_tags_are_no_words(detector: Detector) -> None:
    text = " ".join(f'<b class="der-die-das-und-ist-nicht">{each}</b>' for each in FRENCH.split())
    assert other(detector, text) == "fr"


def test_samples_are_the_beginning_the_middle_and_the_end() -> None:
    assert samples("kurz") == "kurz"
    size = 10 * SAMPLE
    found = samples("a" * size + "b" * size + "c" * size)
    assert found == "\n".join((SAMPLE * "a", SAMPLE * "b", SAMPLE * "c"))
