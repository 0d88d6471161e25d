"""Names are copied: persons, companies and those who speak."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import is_name, lost_persons, may_be_name, segment
from translator.text.names import persons, speaker_end


@pytest.mark.parametrize(
    "line",
    [
        "Anna Schmidt",
        "ANNA SCHMIDT",
        "Jonas Becker",
        "Muster GmbH & Co. KG",
        "Siemens AG",
        "Sonnenschein e. V.",
        "Berta Krause, Uwe Lindner",
        "Klaus-Dieter Brandt",
        "Dr. Lena Hofmann",
        "Emma Vogel",
        "Paul van der Heide",
        "Anna Maria von der Leyen",
        "Hans Peter Müller",
        "Ali Yilmaz",
        "Anna K.",
        "Tom",
        "Uwe!",
        "Łukasz Wiśniewski",
    ],
)
def test_a_name_is_recognised(line: str) -> None:
    assert is_name(line)


@pytest.mark.parametrize("line", ["Gabriel García Márquez", "Wisława Szymborska", "Şahin Güneş"])
def test_foreign_letters_tell_of_a_name(line: str) -> None:
    assert may_be_name(line)


@pytest.mark.parametrize("line", ["", " ", "García", "Crème fraîche", "Café Central", "Ein Ñandú"])
def test_few_of_them_do_not(line: str) -> None:
    assert not is_name(line)
    assert not may_be_name(line)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("ANNA: Wo bist du?", "ANNA:"),
        ("Tom: Hier.", "Tom:"),
        ("Anna Schmidt: Hier.", "Anna Schmidt:"),
        ("ACHTUNG: Der Hund beißt.", ""),
        ("HINWEIS: Das ist neu.", ""),
        ("Tom:", ""),
        ("Tom:Hier", ""),
        ("Um 5 kam Tom: Er war müde.", ""),
    ],
)
def test_the_one_who_speaks(line: str, label: str) -> None:
    assert line[: speaker_end(line)] == label
    copied = [part.source for part in segment(line) if part.copied]
    assert copied == ([label] if label else [])


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("Bianca Winterfeld arbeitet hier.", ["Bianca Winterfeld"]),
        ("Er gab Tom Geld.", ["Tom"]),
        ("Tom Maria vorstellen", ["Tom"]),
        ("Anna Geschenke kaufen", ["Anna"]),
        ("Maria kommt.", []),
        ("Das Haus ist rot.", []),
    ],
)
def test_persons_of_a_sentence(source: str, named: list[str]) -> None:
    assert [source[start:end] for start, end in persons(source)] == named


def test_a_person_is_lost_when_the_translation_does_not_name_them() -> None:
    assert lost_persons("Hallo Uwe!", "Hello Uwe!") == {}
    assert lost_persons("Hallo Uwe!", "HELLO UWE'S!") == {}
    assert lost_persons("Hallo Uwe!", "Hello Uwear!") == {(6, 9): "Uwe"}
    assert lost_persons("Uwe Lindner kam.", "Uwe came.") == {(0, 11): "Uwe Lindner"}


@given(st.text(max_size=80))
def test_a_text_loses_nobody_to_itself(text: str) -> None:
    assert lost_persons(text, text) == {}


@given(st.text(alphabet="abcdefghäöüß .,", max_size=60))
def test_no_text_in_lower_case_is_a_name(text: str) -> None:
    assert not is_name(text)
