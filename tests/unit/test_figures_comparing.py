"""A translation's figures against those of its source: each is there, or is reported."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figure_pairs import DIFFERENT, SAME
from tests.support.figures import GERMAN_FIGURES, translated
from translator.text.figures import Clock, Difference, compare, figures

# Pairs of sentences by people (Tatoeba), of which 94 have figures or number words.
EVALUATION = Path(__file__).parents[2] / "translator/install/evaluation.tsv"


# German and English sentences that mean the same.
def texts(difference: Difference) -> tuple[list[str], list[str]]:
    return [each.text for each in difference.missing], [each.text for each in difference.added]


@pytest.mark.parametrize(("german", "english"), SAME)
def test_a_translation_that_means_the_same_is_not_reported(german: str, english: str) -> None:
    assert texts(compare(german, english, "de", "en")) == ([], [])
    assert texts(compare(english, german, "en", "de")) == ([], [])


@pytest.mark.parametrize(("german", "english", "missing", "added"), DIFFERENT)
def test_a_figure_that_is_lost_or_changed_is_reported(
    german: str, english: str, missing: list[str], added: list[str]
) -> None:
    assert texts(compare(german, english, "de", "en")) == (missing, added)


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Auflage: 1.5 Stück", "Edition: 1.5 pieces"),
        ("Bis zu 1.5A Strom", "Up to 1.5 A of current"),
        ("Nur 2.50 €", "Only €2.50"),
    ],
)
def test_what_the_source_has_in_no_german_form_may_be_copied(german: str, english: str) -> None:
    assert texts(compare(german, english, "de", "en")) == ([], [])
    assert compare(english, german, "en", "de")


FRENCH = [
    ("Es kostet 1.299,50 €.", "Cela coûte 1\u202f299,50 €."),
    ("Es kostet 5 Euro.", "Cela coûte 5 euros."),
    ("Am 3. Oktober 2026", "Le 3 octobre 2026"),
    ("Am 30.11.2026", "Le 30/11/2026"),
    ("Um 14.30 Uhr", "À 14h30"),
    ("Im 19. Jahrhundert", "Au 19e siècle"),
    ("3,5 Milliarden Menschen", "3,5 milliards de personnes"),
    ("50 % der Leute", "50 % des gens"),
    ("Er hat 3 Kinder.", "Il a trois enfants."),
]


@pytest.mark.parametrize(("german", "french"), FRENCH)
def test_other_languages_are_read_by_the_data_of_cldr(german: str, french: str) -> None:
    assert not compare(german, french, "de", "fr")
    assert not compare(french, german, "fr", "de")


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("Es kamen 755 Leute.", "Il y avait 75 personnes.", ("de", "fr")),
        ("Es kostet 1.299,50 €.", "Cela coûte 1.299,50 €.", ("de", "fr")),
        ("Es kamen 1.250 Leute.", "来たのは1,25人だった。", ("de", "ja")),
        ("Am 3. Oktober", "10月4日に", ("de", "ja")),
    ],
)
def test_what_other_languages_lack_is_reported(
    source: str, target: str, languages: tuple[str, str]
) -> None:
    difference = compare(source, target, *languages)
    assert len(difference.missing) == len(difference.added) == 1


def test_languages_without_blanks_are_read() -> None:
    assert not compare("Am 8. Oktober kamen 50.000 Leute.", "10月8日に5万人が来た。", "de", "ja")


def test_each_figure_counts_as_often_as_it_is_there() -> None:
    assert texts(compare("5, 5 und 5", "5 and 5", "de", "en")) == (["5"], [])
    assert texts(compare("5 und 5", "5, 5, and 5", "de", "en")) == ([], ["5"])


def test_a_word_stands_for_one_figure_only() -> None:
    assert texts(compare("3 Äpfel und 3 Birnen", "three apples and pears", "de", "en")) == (
        ["3"],
        [],
    )


def test_the_word_in_a_time_is_no_article() -> None:
    assert texts(compare("Um 5 Uhr 1 Mann", "A man at 5 a.m.", "de", "en")) == ([], [])
    assert texts(compare("Um 5 Uhr 1 Mann", "Men at 5 a.m.", "de", "en")) == (["1"], [])


SENTENCES = st.lists(GERMAN_FIGURES, min_size=1, max_size=3).map(
    lambda parts: f"Das war {', dann: '.join(parts)}."
)


@given(SENTENCES)
def test_a_copy_has_the_same_figures(text: str) -> None:
    assert not compare(text, text, "de", "de")
    assert not compare(text, text, "en", "en")


@given(st.text(), st.sampled_from(["de", "en", "fr", "ja"]))
def test_a_copy_of_any_text_has_the_same_figures(text: str, language: str) -> None:
    assert not compare(text, text, language, language)


@given(SENTENCES, st.sampled_from((12, 24)))
def test_written_figures_are_the_same(text: str, clock: Clock) -> None:
    assert not compare(text, translated(text, clock=clock), "de", "en")


@given(SENTENCES, st.sampled_from((12, 24)), st.data())
def test_a_digit_that_changes_is_missing_and_added(
    text: str, clock: Clock, data: st.DataObject
) -> None:
    target = translated(text, clock=clock)
    place = data.draw(
        st.sampled_from([each.start() for each in re.finditer("[0-9¼-¾①-⑳⁰-⁹]", target)])
    )
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != target[place]))
    difference = compare(text, target[:place] + other + target[place + 1 :], "de", "en")
    assert difference.missing
    assert difference.added


@given(st.lists(GERMAN_FIGURES, min_size=1, max_size=5), st.randoms())
def test_the_order_does_not_matter(parts: list[str], chance: random.Random) -> None:
    shuffled = list(parts)
    chance.shuffle(shuffled)
    source, target = ("; so: ".join(each) for each in (parts, shuffled))
    assert not compare(source, translated(target), "de", "en")


@given(st.text(), st.text(), st.sampled_from(["de", "en", "fr", "ja", "ar", "xx", "pt-BR", ""]))
def test_what_is_reported_is_in_the_texts(source: str, target: str, language: str) -> None:
    difference = compare(source, target, language, "en")
    for text, found in ((source, difference.missing), (target, difference.added)):
        assert all(text[each.start : each.end] == each.text for each in found)
        assert not any(each.optional for each in found)


@given(st.text(alphabet="abcdefghijk lmnopqrstuw,.!?-'äöüß", max_size=80))
def test_a_text_without_figures_lacks_none(text: str) -> None:
    if not figures(text, "de"):
        assert not compare(text, "No figure here.", "de", "en").missing


def test_human_translations_are_hardly_ever_reported() -> None:
    pairs = [line.split("\t") for line in EVALUATION.read_text("utf-8").splitlines()]
    reported = [pair for pair in pairs if compare(pair[0], pair[1], "de", "en")]
    assert reported == []


def test_a_malformed_number_may_be_copied_with_its_sign() -> None:
    assert not compare("Es ist -0.0 hier", "It is -0.0 here", "de", "en")
    assert compare("Es ist -0.0 hier", "It is 0.5 here", "de", "en")
