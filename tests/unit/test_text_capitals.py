"""TEXT IN CAPITALS is asked for in lower case."""

import pytest

from translator.text import is_shouting, to_capitals, to_lower_for_model


@pytest.mark.parametrize(
    "source",
    [
        "BITTE NICHT STÖREN!",
        "ACHTUNG!",
        "NEIN!",
        "DIE EU IST GROẞ.",
        "GROßE STRAßE",
        "ICH BIN DA",
        "HALLO {name}!",
        "SIEHE https://a.de/x",
    ],
)
def test_capitals_are_recognised(source: str) -> None:
    assert is_shouting(source)


@pytest.mark.parametrize(
    "source",
    [
        "NATO",
        "EU",
        "DNA",
        "USA, UNO, EU",
        "GmbH",
        "Die NATO tagt.",
        "PKW",
        "",
        "42",
        "A",
        "X1",
        "DIN A4",
    ],
)
def test_acronyms_are_no_shouting(source: str) -> None:
    assert not is_shouting(source)


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("BITTE NICHT STÖREN!", "Bitte nicht stören!"),
        ("DER HUND SCHLÄFT.", "Der Hund schläft."),
        ("DIE WOHNUNG IST FREI.", "Die Wohnung ist frei."),
        ("DIE NATO UND DIE EU TAGEN.", "Die NATO und die EU tagen."),
        ("„DAS IST X1 GUT“", "„Das ist X1 gut“"),
        ("DIE GUTE NACHRICHT", "Die gute nachricht"),
        ("GAS LAUF/PRÜFUNG PROPAN", "Gas lauf/Prüfung propan"),
        ("DIE DATEI /ETC/HOSTS/ABC", "Die Datei /ETC/HOSTS/ABC"),
        ("HALLO {Name}, SIEHE https://a.de/X!", "Hallo {Name}, siehe https://a.de/X!"),
    ],
)
def test_how_capitals_are_asked_for(source: str, asked: str) -> None:
    assert to_lower_for_model(source) == asked


def test_the_translation_is_in_capitals() -> None:
    assert to_capitals("Do not disturb X1!") == "DO NOT DISTURB X1!"
    assert to_capitals("Hi {name}, see https://a.de/x!") == "HI {name}, SEE https://a.de/x!"
