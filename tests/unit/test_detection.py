"""Which language a text is in."""

import pytest

from web.text.detection import Detector

TEN_WORDS = {
    "de": [
        "Der Zug nach Hamburg fährt heute leider erst um halb neun ab.",
        "Wir haben lange auf dich gewartet, aber du bist nicht gekommen.",
        "BITTE BEACHTEN SIE, DASS DAS GEBÄUDE AM MONTAG LEIDER GESCHLOSSEN BLEIBT.",
    ],
    "en": [
        "The train to London leaves at half past eight this morning, I think.",
        "We waited a long time for you, but you did not come.",
        "please remember that the building will stay closed on monday and on tuesday",
    ],
    "fr": [
        "Le train pour Paris part à huit heures du matin, n'oublie pas ton billet.",
        "Nous avons mangé dans un petit restaurant près de la gare avant de rentrer.",
        "Il faut que vous preniez ce médicament trois fois par jour après les repas.",
    ],
    "it": [
        "Il treno per Roma parte alle otto di mattina, non dimenticare il biglietto.",
        "Abbiamo mangiato in un piccolo ristorante vicino alla stazione prima di tornare.",
        "Deve prendere questa medicina tre volte al giorno dopo i pasti principali.",
    ],
}


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


@pytest.mark.parametrize(
    ("language", "text"), [(each, text) for each, texts in TEN_WORDS.items() for text in texts]
)
def test_ten_words_tell_their_language(detector: Detector, language: str, text: str) -> None:
    assert detector.guesses(text)[0].language == language
    found = detector.language(text, ["de"], ["en"])
    assert found is not None
    assert found.language == language
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("text", ["Hallo", "Chef", "Taxi", "Handy", "Guten Morgen", "Amt"])
def test_a_word_of_many_languages_is_of_the_one_that_can_be_translated(
    detector: Detector, text: str
) -> None:
    found = detector.language(text, ["de"], ["en"])
    assert found is not None
    assert found.language == "de"


@pytest.mark.parametrize("text", ["", " \n", "1234", "?!", "🙂"])
def test_what_has_no_letters_has_no_language(detector: Detector, text: str) -> None:
    assert detector.guesses(text) == []
    assert detector.language(text, ["de"], ["en"]) is None


def test_a_book_takes_no_longer_than_its_beginning(detector: Detector) -> None:
    assert detector.guesses(TEN_WORDS["de"][0] * 100_000)[0].language == "de"
