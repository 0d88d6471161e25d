"""Numbers that must not get lost in translation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import lost, protect
from translator.text.numbers import numbers, restated


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Es kamen 755 Leute.", ["755"]),
        ("Die Stadt hat 1.250.000 Einwohner.", ["1.250.000"]),
        ("Das sind 3.145,50 Euro, also 42,195 mehr.", ["3.145,50", "42,195"]),
        ("Es war 1848.", ["1848"]),
        ("Am 27. Mai 1934", ["27", "1934"]),
        ("Er hat 2 Kinder und 12 Katzen.", []),  # may become words
        ("Um 18 Uhr, um 18:30, am 12.05.2020, Version 2.10.3, B52, 20er, 16-mal", []),
        ("9" * 50, []),
    ],
)
def test_which_numbers_count(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in numbers(text)] == found


@pytest.mark.parametrize(
    ("source", "target", "is_lost"),
    [
        ("Es kamen 755 Leute.", "There were 755 people.", False),
        ("Es kamen 755 Leute.", "There were 75 people.", True),
        ("Das kostet 605 Euro.", "It costs euros.", True),
        ("Die Stadt hat 1.250.000 Einwohner.", "The city has 1,250,000 inhabitants.", False),
        ("Das sind 1000 Euro.", "That's 1,000 euros.", False),
        ("Sie lief 42,195 km.", "She ran 42.195 km.", False),
        ("Er hat 2 Kinder.", "He has two children.", False),
        ("Das sind 3.145,50 Euro.", "These are 3.145,50 euros.", True),
        ("Es kamen 3.145 Leute.", "There were 3.145 people.", True),
        ("1.000 und 1,000", "1,000 and 1.000", False),
    ],
)
def test_what_is_lost(source: str, target: str, *, is_lost: bool) -> None:
    assert lost(source, target, "en") is is_lost


@given(st.text(alphabet="0123456789.,: abUhr", max_size=60))
def test_a_copy_loses_nothing(text: str) -> None:
    assert not lost(text, text, "fr")


@given(st.text(alphabet="0123456789.,: abUhr", max_size=60))
def test_restated_numbers_are_not_lost(text: str) -> None:
    restated_text, end = "", 0
    for start, last in numbers(text):
        restated_text += text[end:start] + restated(text[start:last], "en")
        end = last
    assert not lost(text, restated_text + text[end:], "en")


def test_numbers_come_back_as_the_language_writes_them() -> None:
    protected = protect("Das sind 3.145,50 Euro für 20 Leute.", figures=True)
    assert protected is not None
    assert protected.text == "Das sind X1 Euro für X2 Leute."
    assert protected.restore("That's X1 euros for X2 people.") == (
        "That's 3,145.50 euros for 20 people."
    )
    assert restated("3.145,50", "fr") == "3.145,50"


def test_they_are_left_alone_unless_asked_for() -> None:
    assert protect("Das sind 45 Euro.") is None
