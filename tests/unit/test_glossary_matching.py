"""Term matching: no form of a term is missed, and few other terms are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.glossary.matching import MOST_ASKED, TermMatcher
from web.glossary.terms import Term

FORMS = {
    "Vertrag": "Vertrag Vertrags Vertrages Vertrage Verträge Verträgen VERTRÄGE vertrag",
    "Haus": "Haus Hauses Hause Häuser Häusern",
    "Mieter": "Mieter Mieters Mietern",
    "Ärztin": "Ärztin Ärztinnen",
    "Bus": "Bus Busse Bussen Busses",
    "Ergebnis": "Ergebnis Ergebnisse Ergebnissen Ergebnisses",
    "Museum": "Museum Museums Museen",
    "Praxis": "Praxis Praxen",
    "Lexikon": "Lexikon Lexika Lexikons",
    "Komma": "Komma Kommas Kommata",
    "Risiko": "Risiko Risiken Risikos",
    "Name": "Name Namen Namens",
    "Straße": "Straße Straßen STRASSE",
    "Angestellter": "Angestellter Angestellte Angestellten Angestelltem",
    "verbindlich": "verbindlich verbindliche verbindlichen verbindlicher verbindliches",
    "kündigen": "kündigen kündigt kündigte gekündigt gekündigten kündigend zukündigen",
    "abschließen": "abschließen abschließt abgeschlossen abzuschließen abschloss abgeschlossenen",
    "vereinbaren": "vereinbaren vereinbart vereinbarte vereinbarten",
    "nehmen": "nehmen nimmt nahm nahmen genommen",
    "handeln": "handeln handle handelt gehandelt",
    "E-Mail": "E-Mail E-Mails",
    "Allgemeine Geschäftsbedingung": "Allgemeinen\nGeschäftsbedingungen",
    "C": "C",
    "§ 5 BGB": "§ 5 BGB",
    "Hof": "Ho\u00adf",
}
WORDS = st.text("abcdeßäUm -,.1", min_size=1, max_size=12)
SOURCES = WORDS.filter(lambda text: any(each.isalpha() for each in text))


@pytest.mark.parametrize("term", FORMS)
def test_every_form_of_a_term_is_found(term: str) -> None:
    matcher = TermMatcher([Term("Sonne", "sun"), Term(term, "x")], "de")
    forms = FORMS[term].split() if " " not in term else [FORMS[term]]
    for form in forms:
        assert matcher.found_in(f"Nun „{form}“, heute.") == [Term(term, "x")], form


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "contract", "Both Contracts end."),
        ("en", "company", "The companies' letters."),
        ("en", "company", "The company's letters."),
        ("en", "bus", "Three busses."),
        ("fr", "avocat", "Parlez à l'avocat."),
        ("fr", "cheval", "Des chevaux."),
        ("ru", "договор", "Договоры кончились."),
        ("nb", "avtale", "Avtaler er avtaler."),
        ("xx", "foo", "Foo!"),
        ("zh", "合同", "我们签了合同。"),
        ("ja-JP", "契約", "新しい契約書です。"),
        ("de-AT", "Hof", "Die Höfe."),
    ],
)
def test_other_languages_have_forms_of_their_own(language: str, term: str, text: str) -> None:
    assert TermMatcher([Term(term, "x")], language).found_in(text) == [Term(term, "x")]


def test_what_has_one_form_is_found_in_it_alone() -> None:
    matcher = TermMatcher([Term("Vertrag", "x", inflected=False)], "de")
    assert matcher.found_in("Ein Vertrag.")
    assert not matcher.found_in("Zwei Verträge.")
    assert not TermMatcher([Term("foo", "x")], "xx").found_in("Two foos.")


def test_a_part_of_a_word_is_found_where_it_is_asked_for() -> None:
    text = "Mietvertrag, Vertragsende, Rahmenverträgen und Schulbuch"
    assert TermMatcher([Term("Vertrag", "x")], "de").found_in("Der Mietvertrag.") == []
    part = Term("Vertrag", "x", compounds=True)
    for word in text.replace(",", "").split()[:3]:
        assert TermMatcher([part], "de").found_in(word) == [part]
    school = Term("Schule", "school", compounds=True)
    assert TermMatcher([school], "de").found_in(text) == [school]


@pytest.mark.parametrize(
    "text",
    ["Der <x1>Ver</x1>trag", "V<b>ertr</b>ag", "<i>Vertrag</i>", "Ver-\n  trag", "Ver\xadtrag"],
)
def test_a_term_is_found_whatever_stands_inside_of_its_word(text: str) -> None:
    matcher = TermMatcher([Term("Vertrag", "treaty"), Term("Sonne", "sun")], "de")
    assert matcher.found_in(text) == [Term("Vertrag", "treaty")]


def test_few_other_terms_are_found() -> None:
    others = ["Vertreter", "Vertrieb", "Vertrauen", "Vertrautheit", "Verein", "Miete", "Hofgang"]
    matcher = TermMatcher([Term(each, "x") for each in others], "de")
    assert matcher.found_in("Der Vertrag eines Mieters mit dem Hof.") == []
    several = TermMatcher([Term("Allgemeine Geschäftsbedingung", "x")], "de")
    assert several.found_in("Im Allgemeinen ist es gut.") == []


def test_the_longest_source_is_the_first() -> None:
    terms = [Term("Hof", "yard"), Term("Hof", "Yard", match_case=True), Term("Hof und Haus", "x")]
    found = TermMatcher(terms, "de").found_in("Hof und Haus")
    assert found == [terms[2], *terms[:2]]


def test_a_question_has_a_bounded_number_of_terms() -> None:
    terms = [Term(f"Hof {number}", "x") for number in range(MOST_ASKED + 10)]
    text = " ".join(["Hof", *map(str, range(MOST_ASKED + 10))])
    assert len(TermMatcher(terms, "de").found_in(text)) == MOST_ASKED


@given(st.lists(SOURCES, min_size=1, max_size=6), st.sampled_from(["de", "en", "xx", "zh"]))
def test_a_term_is_found_in_every_text_that_has_it(sources: list[str], language: str) -> None:
    terms = [Term(each, "x") for each in dict.fromkeys(sources)]
    matcher = TermMatcher(terms, language)
    assert set(matcher.found_in(" und ".join(sources))) == set(terms)
    for each in terms:
        assert each in matcher.found_in(f"Es ist {each.source.upper()}")


@given(
    SOURCES,
    st.sampled_from(["", "s", "es", "en", "n", "e", "er", "ern", "nen", "se", "sen", "ens"]),
)
def test_an_ending_hides_no_german_noun(noun: str, ending: str) -> None:
    word = "Ab" + "".join(each for each in noun if each.isalpha())
    term = Term(word, "x")
    assert TermMatcher([term], "de").found_in(f"Das {word}{ending}.") == [term]


@given(st.text("ab ", max_size=20), SOURCES.map(lambda text: text.replace(" ", "")), WORDS)
def test_a_part_is_found_wherever_it_stands(before: str, noun: str, after: str) -> None:
    word = "".join(each for each in noun if each.isalpha()) or "Hof"
    term = Term(word, "x", compounds=True)
    assert TermMatcher([term], "de").found_in(f"{before}{word}{after}") == [term]
