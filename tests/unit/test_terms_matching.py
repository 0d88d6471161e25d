"""Where a glossary's terms occur in a source: inflection, capitals, compounds, several words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text.terms import Glossary, Occurrence, Part, Term


def found(text: str, *terms: Term, language: str = "de") -> list[str]:
    occurrences = Glossary(terms, language).occurrences(text)
    return [text[each.start : each.end] for each in occurrences]


def the_one(text: str, term: Term) -> Occurrence:
    (occurrence,) = Glossary((term,), "de").occurrences(text)
    return occurrence


@pytest.mark.parametrize(
    ("source", "forms"),
    [
        ("Vertrag", "Vertrag Vertrags Vertrages Verträge Verträgen"),
        ("Haus", "Haus Hauses Häuser Häusern"),
        ("Kunde", "Kunde Kunden"),
        ("Auto", "Auto Autos"),
        ("Ärztin", "Ärztin Ärztinnen"),
        ("Bus", "Bus Busses Busse Bussen"),
        ("Kenntnis", "Kenntnis Kenntnisse Kenntnissen"),
        ("Konto", "Konto Kontos Konten"),
        ("Datum", "Datum Daten"),
        ("Angestellte", "Angestellte Angestellter Angestellten"),
        ("Straße", "Straße Straßen"),
        ("Name", "Name Namen Namens"),
        ("verbindlich", "verbindlich verbindliche verbindlichen verbindlicher"),
        ("teuer", "teuer teure teuren teures"),
        ("kündigen", "kündigen kündigt kündigte gekündigt gekündigten kündigend"),
        ("abschließen", "abschließen abschließt abgeschlossen abzuschließen abschloss"),
        ("unterschreiben", "unterschreiben unterschreibt unterschrieb unterschrieben"),
        ("prüfen", "prüfen prüft prüfte prüften geprüft"),
    ],
)
def test_a_german_term_is_found_in_its_forms(source: str, forms: str) -> None:
    for form in forms.split():
        assert found(f"Hier {form} sehr.", Term(source, "x")) == [form]


@pytest.mark.parametrize(
    ("source", "others"),
    [
        ("Miete", "Mieter Mietern Vermieter mieten"),
        ("Mieter", "Miete Mieten"),
        ("Kauf", "Käufer kaufen Kaufmann"),
        ("Lehrer", "Lehre Lehren Lehrerin"),
        ("verbindlich", "verbinden Verbindung verbindet"),
        ("kündigen", "Kündigung Kündigungen kundig"),
        ("Mann", "man"),
        ("fordern", "fördern"),
        ("Vertrag", "vertraglich Vertragspartei Mietvertrag"),
    ],
)
def test_another_word_of_the_same_stem_is_no_form(source: str, others: str) -> None:
    for other in others.split():
        assert found(f"Hier ist {other} sehr.", Term(source, "x")) == []


def test_a_noun_matches_no_verb_and_a_verb_a_capital_only_at_the_start() -> None:
    verb = Term("prüfen", "check")
    assert found("Prüfen Sie das Prüfen. „Prüfen wir!“", verb) == ["Prüfen", "Prüfen"]
    assert found("Er will schulen.", Term("Schule", "school")) == []


def test_exact_terms_match_whole_words_as_they_are() -> None:
    exact = Term("AG", "plc", match_case=True, inflected=False)
    assert found("Die AG, die AGB, die Ag und die ag.", exact) == ["AG"]
    assert found("die e-mail, E-Mails", Term("E-Mail", "mail", inflected=False)) == ["e-mail"]


def test_several_words_match_word_by_word() -> None:
    term = Term("Allgemeine Geschäftsbedingungen", "terms")
    text = "Gemäß den Allgemeinen Geschäftsbedingungen, nicht allgemeine Bedingungen."
    assert found(text, term) == ["Allgemeinen Geschäftsbedingungen"]
    assert found("Windows 11 und Windows 10", Term("Windows 11", "W")) == ["Windows 11"]
    assert found("künstliche\nIntelligenz", Term("künstliche Intelligenz", "AI")) != []


def test_the_longest_wins_and_then_the_first() -> None:
    terms = (Term("Bank", "bank"), Term("Deutsche Bank", "DB"), Term("Bank", "bench"))
    glossary = Glossary(terms, "de")
    targets = [each.term.target for each in glossary.occurrences("Die Deutsche Bank, eine Bank.")]
    assert targets == ["DB", "bank"]


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("Mietvertrag", Part.HEAD),
        ("Mietverträgen", Part.HEAD),
        ("Vertragspartei", Part.FIRST),
        ("Verträge", Part.WHOLE),
    ],
)
def test_a_compound_has_a_term_only_when_asked_for(word: str, part: Part) -> None:
    occurrence = the_one(f"Der {word} gilt.", Term("Vertrag", "x", compounds=True))
    assert occurrence.part is part
    if part is not Part.WHOLE:
        assert found(f"Der {word} gilt.", Term("Vertrag", "x")) == []


def test_a_compound_tells_where_its_parts_meet() -> None:
    text = "Die Arbeitsverträge und ein Schulbuch"
    terms = (Term("Vertrag", "x", compounds=True), Term("Schule", "y", compounds=True))
    head, first = Glossary(terms, "de").occurrences(text)
    assert (text[head.start : head.cut], text[head.cut : head.end]) == ("Arbeits", "verträge")
    assert (text[first.start : first.cut], text[first.cut : first.end]) == ("Schul", "buch")


@pytest.mark.parametrize(
    ("text", "source", "number"),
    [
        ("Die Verträge gelten.", "Vertrag", "plural"),
        ("Der Vertrag gilt.", "Vertrag", "singular"),
        ("Wegen des Vertrags.", "Vertrag", "singular"),
        ("Der Lehrer kommt.", "Lehrer", "singular"),
        ("Die neuen Lehrer kommen.", "Lehrer", "plural"),
        ("Er lobt den Lehrer.", "Lehrer", "singular"),
        ("Die Namen der Lehrer", "Lehrer", None),
        ("Mit den Lehrern", "Lehrer", "plural"),
        ("Wir brauchen mehr Lehrer.", "Lehrer", "plural"),
        ("Kunden warten.", "Kunde", "plural"),
        ("Des Kunden Wunsch", "Kunde", "singular"),
        ("Er fragt den Kunden.", "Kunde", None),
        ("Alle Kunden", "Kunde", "plural"),
        ("Ein Angestellter", "Angestellte", "singular"),
        ("Zwei Konten", "Konto", "plural"),
        ("Mietverträge", "Mietvertrag", "plural"),
    ],
)
def test_a_form_tells_its_number(text: str, source: str, number: str | None) -> None:
    assert the_one(text, Term(source, "x")).number == number


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Er prüft das.", "third"),
        ("Wir prüfen das.", "base"),
        ("Sie prüfte das.", "past"),
        ("Das ist geprüft.", "past"),
    ],
)
def test_a_verb_tells_its_form(text: str, form: str) -> None:
    assert the_one(text, Term("prüfen", "inspect")).verb == form


def test_other_languages_match_by_stem_or_exactly() -> None:
    assert found("Les contrats sont longs.", Term("contrat", "x"), language="fr") == ["contrats"]
    assert found("契約 kontrakt kontraktu", Term("kontrakt", "x"), language="uk") == ["kontrakt"]
    assert found("The agreements hold.", Term("agreement", "x"), language="en") == ["agreements"]


def test_with_any_case_capitals_say_nothing() -> None:
    glossary = Glossary((Term("Vertrag", "x"), Term("prüfen", "y")), "de")
    text = "Bitte vertrag Prüfen"
    assert [each.term.target for each in glossary.occurrences(text, any_case=True)] == ["x", "y"]
    assert glossary.occurrences(text) == ()


WORDS = st.sampled_from(
    (
        *("Vertrag", "Verträge", "des", "Mietvertrag", "Kunde", "Kunden", "prüft", "Prüfung"),
        *("AG", "ag", "12", ",", ".", "<b>", "Haus-Vertrag", "ß"),
    )
)
TERMS = st.builds(
    Term,
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    st.just("x"),
    match_case=st.booleans(),
    inflected=st.booleans(),
    compounds=st.booleans(),
)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.lists(TERMS, max_size=6))
def test_occurrences_are_in_order_apart_and_among_those_that_may_occur(
    text: str, terms: list[Term]
) -> None:
    glossary = Glossary(terms, "de")
    occurrences = glossary.occurrences(text)
    ends = [0, *(each.end for each in occurrences)]
    assert all(
        before <= each.start < each.end for before, each in zip(ends, occurrences, strict=False)
    )
    assert ends[-1] <= len(text)
    assert {each.term for each in occurrences} <= set(glossary.may_occur(text))


@given(st.text(max_size=60), st.text("abAB ", min_size=1, max_size=8))
def test_an_exact_term_is_found_where_its_words_stand(text: str, source: str) -> None:
    term = Term(source.strip() or "a", "x", match_case=True, inflected=False)
    spelled = r"\s+".join(map(re.escape, term.source.split()))
    expected = [each.group() for each in re.finditer(rf"(?<![\w'’]){spelled}(?![\w'’])", text)]
    assert found(text, term) == [each for each in expected if each.strip()]


@pytest.mark.parametrize(
    "source",
    ["Der <x1>Ver</x1>trag", "V<b>ertr</b>ag", "Ver-\n  trag", "Ver\xadtrag", "Vertra\u0308ge"],
)
def test_a_term_may_occur_whatever_stands_inside_of_its_word(source: str) -> None:
    term = Term("Vertrag", "treaty")
    assert Glossary([term], "de").may_occur(source) == (term,)
