"""English sentences in a German text are recognised by their small words."""

import pytest

from translator.text import is_english


@pytest.mark.parametrize(
    "sentence",
    [
        "The house is very nice and the garden is big.",
        "It was built in 1990 by my father.",
        "The Lord of the Rings",
        "Let it be",
        "I cared about Tom.",
        "To be, or not to be, that is the question.",
        "You're the one that I want.",
        "All rights reserved by the author.",
    ],
)
def test_an_english_sentence_is_recognised(sentence: str) -> None:
    assert is_english(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "the",
        "the end",
        "Ein Film: The Lord of the Rings",
        "of the Straße",
        "Team Building",
        ".",
    ],
)
def test_a_german_or_short_one_is_not(sentence: str) -> None:
    assert not is_english(sentence)
