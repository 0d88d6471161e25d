"""How a glossary's terms get into a translation by its alignment, and in what form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import word_places
from translator.text.terms import Glossary, Term, TermsPlaced, form_in, with_forms, with_terms
from translator.text.terms.english import (
    article_before,
    inflected_verb,
    is_plural_noun,
    plural_of,
    singular_of,
)

PAIR = ("de", "en")


def term_of(pair: str) -> Term:
    source, _, target = pair.partition("=")
    return Term(source, target)


def placed(source: str, target: str, aligned: str, *terms: Term) -> TermsPlaced:
    """`aligned` has for each word of the target the number of the source's word, or a dash."""
    numbers = aligned.split()
    assert len(numbers) == len(word_places(target))
    shares = [{} if each == "-" else {int(each): 0.9} for each in numbers]
    occurrences = Glossary(terms, "de").occurrences(source)
    return with_terms(source, target, occurrences, shares, PAIR)


def text_of(source: str, target: str, aligned: str, *terms: Term) -> str:
    done = placed(source, target, aligned, *terms)
    assert done.missing == ()
    return done.text


@pytest.mark.parametrize(
    ("source", "target", "aligned", "term", "expected"),
    [
        ("Der Vertrag gilt.", "The contract holds.", "- 1 2", "Vertrag=agreement",
         "The agreement holds."),
        ("Die Verträge gelten.", "The contracts hold.", "- 1 2", "Vertrag=agreement",
         "The agreements hold."),
        ("Verträge gelten.", "Contracts hold.", "- 1", "Vertrag=agreement", "Agreements hold."),
        ("Ein Vertrag", "A contract", "- 1", "Vertrag=agreement", "An agreement"),
        ("ein altes Ei", "an old egg", "- 1 2", "Ei=shell", "an old shell"),
        ("ein Ei", "an egg", "- 1", "Ei=shell", "a shell"),
        ("Das Dach des Hauses", "The house's roof", "- 3 1", "Haus=dwelling",
         "The dwelling's roof"),
        ("Der Zinssatz steigt.", "The interest rate rises.", "- 1 1 2", "Zinssatz=rate of interest",
         "The rate of interest rises."),
        ("Die Zinssätze steigen.", "The interest rates rise.", "- 1 1 2",
         "Zinssatz=rate of interest", "The rates of interest rise."),
        ("Die Kaution fehlt.", "The security payment lacks.", "- - 1 2", "Kaution=security deposit",
         "The security deposit lacks."),
        ("Das ist Nr. 5.", "It's number. 5.", "- 2 3", "Nr.=No.", "It's No. 5."),
        ("Lies Abs. 3", "Read paragraph. 3", "0 1 2", "Abs.=section", "Read section 3"),
        ("Sie ist Dr.", "She is a doc.", "0 1 - 2", "Dr.=doctor", "She is a doctor."),
        ("Hier ist die Firma.", "Here is the company.", "0 1 2 3", "Firma=Acme Inc.",
         "Here is the Acme Inc."),
        ("Er prüft es.", "He checks it.", "0 1 2", "prüfen=inspect", "He inspects it."),
        ("Er prüfte es.", "He checked it.", "0 1 2", "prüfen=inspect", "He inspected it."),
        ("Er hat es nicht geprüft.", "He didn't check it.", "0 3 4 2", "prüfen=inspect",
         "He didn't inspect it."),
        ("Er ging schnell.", "He went quickly.", "0 1 2", "schnell=rapid", "He went rapidly."),
        ("Es ist wichtiger als das.", "It is more important than that.", "0 1 2 2 3 4",
         "wichtig=essential", "It is more essential than that."),
        ("Ein teurer Arzt", "A dearer doctor", "- 1 2", "teuer=costly", "A costly doctor"),
        ("Die Schule beginnt.", "School begins.", "- 2", "Schule=academy",
         "The academy begins."),
        ("Die Mitarbeiter kommen.", "The staff comes.", "- 1 2", "Mitarbeiter=employee",
         "The employees come."),
        ("Die Bank zahlt.", "The bank pays.", "- 1 2", "Bank=the Federal Bank",
         "The Federal Bank pays."),
        ("Ich habe ein iphone.", "I have an iphone.", "0 1 - 3", "iPhone=iPhone",
         "I have an iphone."),
    ],
)  # fmt: skip
def test_a_term_takes_the_place_of_the_models_word_in_its_form(
    source: str, target: str, aligned: str, term: str, expected: str
) -> None:
    assert text_of(source, target, aligned, term_of(term)) == expected


def test_where_the_target_is_said_already_nothing_changes() -> None:
    term = Term("Vertrag", "agreement")
    for target in ("The Agreement holds.", "Agreements hold today."):
        words = "- 1 2" if "The" in target else "- 2 2"
        assert text_of("Der Vertrag gilt.", target, words, term) == target


def test_a_names_capitals_are_set() -> None:
    term = Term("Rathaus", "City Hall")
    assert text_of("Das Rathaus", "The city hall", "- 1 1", term) == "The City Hall"
    kept = Term("Sparkasse", "Sparkasse")
    assert text_of("Zur Sparkasse", "To the sparkasse", "- - 1", kept) == "To the Sparkasse"


def test_what_is_not_translated_stays_as_the_text_has_it() -> None:
    kept = Term("Kundenportal", "Kundenportal")
    assert text_of("Im Kundenportal", "In the customer portal", "0 0 1 1", kept) == (
        "In the Kundenportal"
    )


def test_a_compounds_other_part_stays() -> None:
    term = Term("Vertrag", "agreement", compounds=True)
    assert text_of("Der Mietvertrag", "The rental contract", "- 1 1", term) == (
        "The rental agreement"
    )
    done = placed("Der Mietvertrag", "The lease", "- 1", term)
    assert [each.term for each in done.missing] == [term]
    assert done.text == "The lease"


@pytest.mark.parametrize(
    ("source", "target", "aligned", "term"),
    [
        # Two runs of words, each as likely; no word; another word's; a figure; a verb.
        ("Der Mieter klagt.", "The rent of the rent sues.", "- 1 - - 1 2", "Mieter=lessee"),
        ("Er malt ein Bild.", "He is painting.", "0 - 1", "Bild=image"),
        ("Das Haus brennt.", "The fire burns.", "- 2 2", "Haus=dwelling"),
        ("Alle Zimmer", "100", "1", "Zimmer=chamber"),
        ("Nach Kündigung des Vertrags", "After terminating the contract", "0 1 - 3",
         "Kündigung=notice"),
        ("Die Prüfung", "They inspect", "- 1", "Prüfung=examination"),
    ],
)  # fmt: skip
def test_in_doubt_a_term_is_missing_and_the_text_as_it_was(
    source: str, target: str, aligned: str, term: str
) -> None:
    done = placed(source, target, aligned, term_of(term))
    assert [each.term.source for each in done.missing] == [term.partition("=")[0]]
    assert done.text == target


def test_a_word_that_a_model_looks_at_again_is_not_taken_for_another() -> None:
    terms = (Term("Vermieter", "lessor"), Term("Mieter", "lessee"))
    source, target = "Der Vermieter fragt den Mieter.", "The renter asks the renter."
    shares: list[dict[int, float]] = [{}, {1: 0.9}, {2: 0.9}, {}, {1: 0.5, 4: 0.3}]
    occurrences = Glossary(terms, "de").occurrences(source)
    done = with_terms(source, target, occurrences, shares, PAIR)
    assert done.text == "The lessor asks the lessee."


def test_a_source_gets_the_targets_in_the_form_of_its_own_words() -> None:
    terms = (Term("Vertrag", "agreement", compounds=True), Term("prüfen", "inspect"))
    source = "Er prüfte Verträge und den Mietvertrag."
    occurrences = Glossary(terms, "de").occurrences(source)
    text, forms = with_forms(source, occurrences, "en")
    assert text == "Er inspected agreements und den Miet-agreement."
    assert {source[slice(*span)]: form for span, form in forms.items()} == {
        "prüfte": "inspected",
        "Verträge": "agreements",
    }
    assert form_in(source, occurrences[1], "fr") == "agreement"


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("agreement", "agreements"),
        ("company", "companies"),
        ("child", "children"),
        ("analysis", "analyses"),
        ("branch", "branches"),
        ("power of attorney", "powers of attorney"),
        ("staff member", "staff members"),
        ("PDF", "PDFs"),
        ("chairman", "chairmen"),
    ],
)
def test_plurals(singular: str, plural: str) -> None:
    assert plural_of(singular) == plural
    assert plural_of(plural) == plural
    assert is_plural_noun(plural.split(" of ", maxsplit=1)[0])
    assert singular_of(plural) == singular


@pytest.mark.parametrize("noun", ["information", "terms and conditions", "sheep", "NASA 11"])
def test_what_has_no_other_plural_stays(noun: str) -> None:
    assert plural_of(noun) == noun


@pytest.mark.parametrize(
    ("verb", "third", "past", "ing"),
    [
        ("inspect", "inspects", "inspected", "inspecting"),
        ("to carry out", "carries out", "carried out", "carrying out"),
        ("submit", "submits", "submitted", "submitting"),
        ("write", "writes", "wrote", "writing"),
        ("settle", "settles", "settled", "settling"),
    ],
)
def test_forms_of_verbs(verb: str, third: str, past: str, ing: str) -> None:
    assert inflected_verb(verb, "third") == third
    assert inflected_verb(verb, "past") == past
    assert inflected_verb(verb, "ing") == ing
    assert inflected_verb("write", "past", participle=True) == "written"


@pytest.mark.parametrize(
    ("article", "phrases"),
    [
        ("an", "agreement hour honest umbrella FBI MBA API 8-bit 11 invoice unusual"),
        ("a", "user union university unit EU European one-off house NASA URL PDF UI"),
    ],
)
def test_articles(article: str, phrases: str) -> None:
    for phrase in phrases.split():
        assert article_before(phrase) == article, phrase


SOURCE = "Der Kunde hat 3 Verträge und {name} prüft das Haus."
TERMS = (Term("Kunde", "client"), Term("Vertrag", "agreement"), Term("Haus", "dwelling"))


@given(
    st.lists(
        st.sampled_from(
            ("The", "customer", "has", "3", "contracts", "{name}", "a", "house", ",", "an", "12")
        ),
        min_size=1,
        max_size=12,
    ).map(" ".join),
    st.data(),
)
def test_whatever_the_alignment_is_figures_and_placeholders_stay(
    target: str, data: st.DataObject
) -> None:
    row = st.dictionaries(st.integers(0, 8), st.floats(0.05, 1), max_size=3)
    count = len(word_places(target))
    shares = data.draw(st.lists(row, min_size=count, max_size=count))
    occurrences = Glossary(TERMS, "de").occurrences(SOURCE)
    done = with_terms(SOURCE, target, occurrences, shares, PAIR)

    def kept(text: str) -> list[str]:
        return [word for word in text.split() if word[0].isdigit() or word == "{name}"]

    assert kept(done.text) == kept(target)
    assert len(done.missing) <= len(occurrences)
    assert with_terms(SOURCE, target, (), shares, PAIR).text == target
