"""Which language a text is in."""

import pytest

from web.text.detection import Detector, Guess, prose

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


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("1\n00:00:01,000 --> 00:00:02,500\nBis morgen\n", "Bis morgen"),
        ("<i class='a'>Bis</i><br />{\\an8}morgen", "Bis morgen"),
        ("Bis https://a.example/the-house morgen you@mail.example", "Bis morgen"),
        ("a" * 3000, "a" * 2000),
        ("12:30 – 14,50 €", ""),
    ],
)
def test_prose_is_what_tells_a_language(text: str, telling: str) -> None:
    assert prose(text) == telling


def test_no_language_is_named_that_is_not_known(detector: Detector) -> None:
    for texts in TEN_WORDS.values():
        for text in texts:
            named = detector.known_languages(text, ["de"], ["de", "en"])
            assert {each.language for each in named} <= {"de", "en"}
            assert 1 <= len(named) <= 3
    assert detector.known_languages("Le chat noir dort.", [], []) == [Guess("en", 0.0)]


def test_what_is_named_first_is_what_a_text_is_taken_for(detector: Detector) -> None:
    sources, known = ["fr", "de"], ["fr", "de", "en", "it", "es"]
    for text in ("Montag", "Wetter", "Chef", "Taxi", "Amt", "Guten Morgen", *TEN_WORDS["it"]):
        first, *others = detector.known_languages(text, sources, known)
        assert first == detector.language(text, sources, known)
        assert all(each.confidence <= first.confidence for each in others)
