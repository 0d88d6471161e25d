"""Loops are recognised, and what is meant to repeat is not one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text.repetition import longest_run, loops


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Er ging nach Hause.", "He went home and home and home and home and home."),
        ("Das ist es.", "it is it is it is it is"),
        ("Ein Lachen.", "A hahahahahahahahahahahahahahaha."),
        ("nein nein nein", "no " * 20),
        ("Das ist notwendig.", "It is necesssarily necessarily necessarily so."),
        ("Es ist klar.", "It is clearly clearly clear."),
        ("Es ist klar.", "It is clear......."),
        ("Eine Initiative.", "A new initiative initiative initiative."),
    ],
)
def test_loops(source: str, target: str) -> None:
    assert loops(target, source)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Er ging nach Hause.", "He went home."),
        ("Nein, nein, nein, nein!", "No, no, no, no!"),
        ("Das Haus, das Auto, das Rad, das Boot.", "The house, the car, the bike, the boat."),
        ("sehr sehr sehr sehr sehr gut", "very very very very very good"),
        ("Hahahahahahahahahahahahahaha!", "Hahahahahahahahahahahahahaha!"),
        ("1000000000000000000000", "1000000000000000000000"),
        ("Sehr, sehr, sehr gut!", "Very, very, very good!"),
        ("Das hatte er gehabt.", "He had had that."),
        ("Na ja.......", "Well......."),
        ("5 5 5 5", "5 5 5 5"),
        ("", ""),
    ],
)
def test_what_is_none(source: str, target: str) -> None:
    assert not loops(target, source)


@given(st.lists(st.sampled_from("abc"), max_size=40).map(" ".join))
def test_a_text_never_loops_against_itself(text: str) -> None:
    assert not loops(text, text)


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4), st.integers(1, 9))
def test_the_longest_run_is_at_least_what_was_repeated(words: list[str], times: int) -> None:
    assert longest_run(" ".join(words * times)) >= times
