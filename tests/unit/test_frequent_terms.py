"""Frequent terms of a text, counted by their stems, and the renderings of each in groups."""

import re
from collections import Counter

import pytest

from web.glossary.frequent_terms import (
    LEAST,
    MOST_TERMS,
    TermOccurrence,
    frequent_terms,
    usual_form,
)
from web.glossary.renderings import AlignedSentence, TermRenderings, renderings_of


def counted(text: str, language: str = "de") -> dict[str, int]:
    """The terms of sentences, one on each line, with how often they come."""
    found = frequent_terms(text.splitlines(), language)
    return {each.source: len(each.occurrences) for each in found}


def test_forms_of_a_noun_are_counted_together() -> None:
    text = "Der Vertrag endet.\nWegen des Vertrags, wegen des Vertrages.\nDie zwei Verträge hier."
    assert counted(text) == {"Vertrag": 4}


def test_a_capital_at_a_beginning_counts_only_for_what_has_one_elsewhere() -> None:
    text = "Neue Häuser.\nNeue Häuser.\nNeue Autos.\n„Haus“ sagt man.\nNun: Neue.\nJe ein Haus."
    assert counted(text) == {"Haus": 4}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Miete Mieten Miete Mieter Mietern Mieters", {"Miete": 3, "Mieter": 3}),
        ("Kind Kindes Kinder Kindern", {"Kind": 4}),
        ("Buch Bücher Büchern Buche", {"Buch": 4}),
        ("Lehrer Lehrers Lehrern", {"Lehrer": 3}),
        ("Partei Parteien Partei", {"Partei": 3}),
        ("EU EU EU NATO NATO NATO", {"EU": 3, "NATO": 3}),
        ("Sie Ihnen Ihre Sie Ihre Sie Ihre", {}),
        ("X Y X Y X Y", {}),
        ("Mietvertrag Miet-Vertrag Mietvertrag Mietvertrag", {"Mietvertrag": 3}),
    ],
)
def test_words_with_a_capital(words: str, expected: dict[str, int]) -> None:
    assert counted("\n".join(f"so {each} da" for each in words.split())) == expected


def test_a_heading_in_capitals_says_nothing() -> None:
    assert counted("DER GROSSE HUND\n" * LEAST) == {}


def test_the_occurrences_are_where_the_words_are() -> None:
    lines = ["Den Hund und den Hund.", "Hunde und Katzen.", "Kein Hund."]
    (term,) = frequent_terms(lines, "de")
    assert [lines[each.sentence][each.start : each.end] for each in term.occurrences] == [
        *("Hund", "Hund", "Hunde", "Hund")
    ]
    assert term.occurrences == sorted(term.occurrences)


def test_english_has_its_small_words_listed() -> None:
    text = "The tenant pays the rent.\nTenants pay.\nBoth tenants and the Landlord.\nThe rent is."
    assert counted(text, "en") == {"tenant": 3}
    assert counted("He said that it would.\n" * 5, "en") == {}


def test_other_languages_leave_out_what_is_everywhere() -> None:
    usual = [f"Dette skriver Kari nummer{number}." for number in range(100)]
    rare = ["Vi skal leie huset lenge."] * 4
    found = counted("\n".join(usual + rare), "nb")
    assert found == {"Kari": 100, "leie": 4, "huset": 4, "lenge": 4} or set(found) == {
        *("Kari", "huset", "lenge")
    }
    assert "dette" not in found


def test_a_language_without_spaces_has_none() -> None:
    assert counted("合同合同\n合同合同\n合同合同", "zh-Hant") == {}


def test_the_most_frequent_ones_are_given() -> None:
    names = [f"Name{chr(97 + each // 26)}{chr(97 + each % 26)}x" for each in range(200)]
    lines = [f"so {each} da" for each in names for _ in range(LEAST)] + ["so Hund da"] * 9
    found = frequent_terms(lines, "de")
    assert len(found) == MOST_TERMS
    assert found[0].source == "Hund"


def test_the_usual_form_is_short_and_no_exception() -> None:
    assert usual_form(Counter({"Verträge": 20, "Vertrag": 10, "Vertrags": 5})) == "Vertrag"
    assert usual_form(Counter({"contracts": 40, "contrac": 1})) == "contracts"
    assert usual_form(Counter({"b": 1, "a": 1})) == "a"


def rendered(*pairs: tuple[str, str, str | None]) -> TermRenderings:
    """The renderings of Vertrag in pairs, each with the words that the alignment tells, if any."""
    sentences = [
        AlignedSentence(source, target, "en", (0, number))
        for number, (source, target, _) in enumerate(pairs)
    ]
    occurrences, places = [], {}
    for number, (source, target, words) in enumerate(pairs):
        for match in re.finditer(r"Vertr[aä]g\w*", source):
            each = TermOccurrence(number, *match.span())
            occurrences.append(each)
            if words:
                at = target.index(words)
                places[each] = (at, at + len(words))
    return renderings_of("Vertrag", occurrences, places, sentences)


def counts(found: TermRenderings) -> dict[str, int]:
    return {each.target: each.count for each in found.renderings}


def test_a_rendering_of_plurals_alone_is_offered_as_what_one_is() -> None:
    found = rendered(
        ("Die Verträge.", "The agreements.", "agreements"),
        ("Verträge enden.", "Agreements end.", "Agreements"),
        ("Drei Verträge.", "Three treaties.", "treaties"),
        ("Der Vertrag.", "The terms.", "terms"),
        ("Zwei Verträge.", "Two contracts.", "contracts"),
        ("Verträge.", "Contracts.", "Contracts"),
        ("Ein Vertrag.", "A contract.", "contract"),
    )
    assert counts(found) == {"contract": 3, "agreement": 2, "terms": 1, "treaty": 1}


def test_forms_of_a_rendering_are_one() -> None:
    found = rendered(
        ("Der Vertrag.", "The contract.", "contract"),
        ("Verträge enden.", "Contracts end.", "Contracts"),
        ("Des Vertrags.", "The contract's.", "contract's"),
        ("Ein Vertrag.", "A treaty.", "treaty"),
    )
    assert counts(found) == {"contract": 3, "treaty": 1}
    assert (found.count, found.unknown, found.deviating, found.is_mixed) == (4, 0, 1, True)
    first = found.renderings[0].examples[0]
    assert first.sentence.source[first.occurrence.start : first.occurrence.end] == "Vertrag"


def test_what_has_no_sure_place_is_told_by_what_was_found() -> None:
    found = rendered(
        ("Der Vertrag.", "The contract.", "contract"),
        ("Der Vertrag.", "The contract.", None),
        ("Die Verträge.", "The contracts.", None),
        ("Der Vertrag.", "It ends.", None),
        ("Der Mietvertrag.", "The contract.", None),
    )
    assert counts(found) == {"contract": 3}
    assert found.unknown == 1


def test_a_word_beside_the_usual_rendering_is_none() -> None:
    pairs = [(f"Der Vertrag {each}.", f"The contract {each}.", "contract") for each in range(9)]
    found = rendered(
        *pairs,
        ("Den Vertrag unterschreiben.", "Sign the contract.", "Sign"),
        ("Den Vertrag unterschreiben.", "Sign the treaty.", "treaty"),
    )
    assert counts(found) == {"contract": 10, "treaty": 1}


def test_a_name_keeps_its_capital() -> None:
    found = rendered(
        ("Der Vertrag.", "The Treaty of Lisbon.", "Treaty of Lisbon"),
        ("Vertrag.", "Treaty of Lisbon.", "Treaty of Lisbon"),
    )
    assert counts(found) == {"Treaty of Lisbon": 2}
    assert counts(rendered(("Vertrag.", "Contract.", "Contract"))) == {"contract": 1}


def test_nothing_is_found() -> None:
    found = rendered(("Der Vertrag.", "…", None))
    assert (found.renderings, found.unknown, found.is_mixed) == ((), 1, False)
