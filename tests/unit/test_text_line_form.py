"""A line keeps its first capital and its end mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import formed


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        # The first capital.
        ("Kapitel 1", "chapter 1", "Chapter 1"),
        ("„Das Haus“", "“the house”", "“The house”"),
        ("kapitel 1", "chapter 1", "chapter 1"),
        ("20 Leute", "20 people", "20 people"),
        ("%d Dateien wurden", "%d files were", "%d files were"),
        ("Hallo {name}", "{name}, hello", "{name}, hello"),
        ("Das iPhone", "iPhone", "iPhone"),
        ("Der Wert x", "x value", "x value"),
        ("Nachmittags", "p.m.", "p.m."),
        # The mark at the end.
        ("Guten Abend!", "Good evening.", "Good evening!"),
        ("„Komm!“", "“Come.”", "“Come!”"),
        ("Was?!", "What?", "What?!"),
        ("Guten Morgen! 😊", "Good morning. 😊", "Good morning! 😊"),
        ("Kommst du?", "Are you coming.", "Are you coming?"),
        ("Frohe Weihnachten", "Merry Christmas.", "Merry Christmas"),
        ("Und so weiter", "Etc.", "Etc."),
        ("Liebe Anna,", "Dear Anna.", "Dear Anna,"),
        ("Zutaten:", "Ingredients", "Ingredients:"),
        ("Und dann …", "And then.", "And then…"),
        ("Er kam.", "He came", "He came."),
        ("Fehler: %s", "Error: %s.", "Error: %s"),
        # It says something else in English, or belongs to something else.
        ("Ich frage mich, ob er kommt.", "Is he coming?", "Is he coming?"),
        ("Hör bitte auf zu schreien!", "Stop screaming.", "Stop screaming."),
        ("Er sagte: „Komm!“", "He told me to come.", "He told me to come."),
        ("Mehr: https://a.de/?", "More: https://a.de/?", "More: https://a.de/?"),
        ("Hallo :-)", "Hello :-)", "Hello :-)"),
        ("Ja!", "", ""),
        ("", "Yes.", "Yes."),
    ],
)
def test_how_a_line_is_formed(source: str, target: str, expected: str) -> None:
    assert formed(source, target) == expected


def test_what_is_shouted_keeps_its_mark() -> None:
    source, target = "Der Hund ist sehr groß!", "The dog is very big."
    assert formed(source, target) == target
    assert formed(source, target, emphatic=True) == "The dog is very big!"


texts = st.text(max_size=60)


@given(texts)
def test_a_text_is_formed_like_itself(text: str) -> None:
    assert formed(text, text) == text


@given(texts, texts)
def test_a_formed_text_stays(source: str, target: str) -> None:
    once = formed(source, target)
    assert formed(source, once) == once


@given(texts, texts)
def test_no_letter_changes_but_the_first(source: str, target: str) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalnum, text)).casefold()

    assert letters(formed(source, target)) == letters(target)
