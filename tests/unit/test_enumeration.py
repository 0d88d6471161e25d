"""Lists: a translation that lacks members, says some twice, or has more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import lacks_members

LIST = "Wir haben Brot, Milch, Butter, Käse, Wurst, Eier, Mehl, Zucker, Salz, Öl, Reis und Tee."
WHOLE = "We have bread, milk, butter, cheese, sausage, eggs, flour, sugar, salt, oil, rice and tea."


@pytest.mark.parametrize(
    "target",
    [
        "We have bread, milk, butter, cheese, eggs, flour, sugar, salt and tea.",
        "We have bread, milk, butter, eggs, sausage, eggs, flour, milk, salt, eggs, rice and tea.",
        WHOLE.replace(" and tea", ", a hand, a fairy, a tune and tea"),
        "We have bread.",
    ],
)
def test_a_list_with_other_members_is_noticed(target: str) -> None:
    assert lacks_members(LIST, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (LIST, WHOLE),
        (LIST, WHOLE.replace("rice and tea", "rice, and tea")),
        ("Er kam, sah und siegte.", "He came."),
        ("Werte: " + "2,50, " * 20 + "3,75.", "Values: " + "2.50, " * 20 + "3.75."),
        (
            (
                "Als er kam, was niemand wusste, sah sie, dass er müde war, weil er lief, obwohl "
                "es regnete."
            ),
            "When he came she saw that he was tired because he had run.",
        ),
        ("", ""),
    ],
)
def test_a_whole_list_and_a_sentence_with_clauses_are_not(source: str, target: str) -> None:
    assert not lacks_members(source, target)


@given(st.text(alphabet="ab ,;.und", max_size=80))
def test_a_text_lacks_nothing_against_itself(text: str) -> None:
    assert not lacks_members(text, text)
