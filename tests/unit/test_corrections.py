"""The text of a correction is checked, and a sentence's choices stay where its text stays."""

import pytest

from web.errors import BadRequestError
from web.text.sentences import (
    Sentence,
    SentenceWarning,
    as_chosen,
    sentences,
    state_of,
    with_choices_of,
    with_sentences,
    with_state,
)
from web.translation.corrections import checked_correction, checked_text

PLAIN = Sentence(0, "Wir gehen.", "WE GO.", " ")
TAGGED = Sentence(0, "Ein <x1>rotes</x1> Haus<x2/>", "A <x1>red</x1> house<x2/>", "")
LOST = Sentence(0, "Ein <x1>rotes</x1> Haus", "A red house", "")
LINES = Sentence(0, "Eins\n\nZwei", "  One\n\nTwo\n", "")


@pytest.mark.parametrize(
    ("sentence", "text", "stored"),
    [
        (PLAIN, " We go. ", "We go."),
        (PLAIN, "We <b>go</b> & 1 < 2.", "We <b>go</b> & 1 < 2."),
        (TAGGED, "The house<x2/> is <x1>red</x1>", "The house<x2/> is <x1>red</x1>"),
        (LOST, "One red house", "One red house"),  # as the model left it
        (LOST, "One <x1>red</x1> house", "One <x1>red</x1> house"),
        (LINES, "1\n\n2", "  1\n\n2\n"),
    ],
)
def test_a_text_that_fits(sentence: Sentence, text: str, stored: str) -> None:
    assert checked_correction(sentence, checked_text(text)) == stored


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (PLAIN, "We\ngo."),
        (PLAIN, "We\tgo."),
        (PLAIN, "We <x1>go</x1>."),
        (TAGGED, "A red house<x2/>"),
        (TAGGED, "A <x1>red</x1> house<x2/><x2/>"),
        (TAGGED, "A </x1>red<x1> house<x2/>"),
        (TAGGED, "A <x3>red</x3> house<x2/>"),
        (LINES, "1\n2"),
    ],
)
def test_a_text_that_does_not_fit(sentence: Sentence, text: str) -> None:
    with pytest.raises(BadRequestError, match="stays as it was"):
        checked_correction(sentence, checked_text(text))


@pytest.mark.parametrize(
    "text", ["", "\n ", "a" * 10_001, "a\x1bb", "a\x85b", "a\u2029b", "\uffff"]
)
def test_a_text_that_no_sentence_has(text: str) -> None:
    with pytest.raises(BadRequestError):
        checked_text(text)


def test_a_state_comes_back_as_it_was() -> None:
    warnings = (SentenceWarning("figures", ("12", "7,5 €")), SentenceWarning("unsure"))
    before = Sentence(3, "Es kostet 12.", "It costs.", " ", 0.25, warnings)
    after = as_chosen(before, "It costs 12.")
    assert after.chosen
    assert not after.doubtful
    assert with_state(after, before.target, state_of(before)) == before
    target, spans = with_sentences([before])
    assert sentences("Es kostet 12. ", target, spans)[0].warnings == warnings


def those(*pairs: tuple[str, str]) -> list[Sentence]:
    """Sentences by source and choice; without one the target is the source."""
    return [
        as_chosen(Sentence(number, source, "", " "), choice)
        if choice
        else Sentence(number, source, source, " ", 0.9)
        for number, (source, choice) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        ([("A", "x")], ["A"], ["x"]),
        ([("A", "x")], ["A", "A"], ["x", "x"]),
        ([("A", "x"), ("A", "")], ["A", "A", "B"], ["x", "A", "B"]),
        ([("A", "x"), ("A", "")], ["B", "A", "A"], ["B", "x", "A"]),
        ([("A", ""), ("B", ""), ("A", "x")], ["A", "C", "A"], ["A", "C", "x"]),
        ([("A", "x"), ("B", "")], ["C", "A", "D"], ["C", "x", "D"]),
        ([("A", "x"), ("B", ""), ("A", "y")], ["C", "A", "D"], ["C", "A", "D"]),
        ([], ["A"], ["A"]),
        ([("A", "x")], [], []),
    ],
)
def test_choices_stay_where_their_sentence_does(
    before: list[tuple[str, str]], now: list[str], kept: list[str]
) -> None:
    found = with_choices_of(those(*before), those(*((each, "") for each in now)))
    assert [each.target for each in found] == kept
