"""When two sentences are the same for the translation memory, and what its target becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.memory.differences import differences
from web.memory.features import features_of
from web.memory.normal_form import context_hash, entry_hash, normal_form, source_hash, transferred

PAIR = ("de", "en")


def carried(source: str, target: str, asked: str, language: str = "en") -> str | None:
    """An entry's target for another sentence."""
    form = normal_form(source)
    return transferred(form, source, target, normal_form(asked), language)


@pytest.mark.parametrize(
    ("source", "target", "asked", "expected"),
    [
        ("Seite 5", "Page 5", "Seite 12", "Page 12"),
        ("Kapitel 3 von 12.", "Chapter 3 of 12.", "Kapitel 4 von 20.", "Chapter 4 of 20."),
        (
            "Von 3 bis 5 gilt 7.",
            "7 holds from 3 to 5.",
            "Von 5 bis 3 gilt 9.",
            "9 holds from 5 to 3.",
        ),
        ("Am 5. Mai.", "On 5 May.", "Am 6. Mai.", "On 6 May."),
        ("Es kostet 5 €.", "It costs €5.", "Es kostet 70 €.", "It costs €70."),
        ("5 % (von 80)", "5% (of 80)", "6 % (von 81)", "6% (of 81)"),
        ("Hallo  Welt", "Hello, world", "Hallo\n\u00a0Welt", "Hello, world"),
        ("Anna\u0308 da", "A", "Annä da", "A"),
        ("2 von 2", "2 of 2", "2 von  2", "2 of 2"),
        ("3,50 € ab 4 Stück", "€3.50 from 4", "3,50 € ab 6 Stück", "€3.50 from 6"),
        ("<x2>Rot</x2> 5", "<x2>Red</x2> 5", "<x7>Rot</x7> 6", "<x7>Red</x7> 6"),
        ("A<xbr1/>B", "C<xbr1/>D", "A<xbr4/>B", "C<xbr4/>D"),
    ],
)
def test_white_space_figures_and_numbers_of_tags_are_apart(
    source: str, target: str, asked: str, expected: str
) -> None:
    assert carried(source, target, asked) == expected


@pytest.mark.parametrize(
    ("source", "target", "asked"),
    [
        ("Seite 5", "Page 5", "seite 5"),
        ("Seite 5", "Page 5", "Seite 5."),
        ("Seite 5", "Page five", "Seite 6"),  # it is not there
        ("5 Tage", "5 days, the 5", "6 Tage"),  # it is there twice
        ("5 von 5", "5 of 5", "5 von 6"),  # which is which
        ("5 km", "5 km (3.1 miles)", "6 km"),  # something was reckoned
        ("Zwei bis 5", "2 to 5", "Zwei bis 6"),  # another figure
        ("Am 5. Mai", "On May 5th", "Am 6. Mai"),
        ("1 Zimmer", "1 room", "2 Zimmer"),  # the other plural
        ("2 Zimmer", "2 rooms", "1 Zimmer"),
        ("Version 1.5", "Version 1.5", "Version 1.6"),
        ("3,50 €", "€3.50", "4,50 €"),
        ("A4 hoch", "A4 portrait", "A5 hoch"),
        ("12:30 Uhr", "12:30", "12:45 Uhr"),
        ("2024-05-01", "2024-05-01", "2024-05-02"),
        ("24-Stunden-Dienst", "24-hour service", "12-Stunden-Dienst"),
        ("<x1>Rot</x1>", "<x1>Red</x1>", "Rot"),
        ("Rot", "Red", "<x1>Rot</x1>"),
        ("<x1>Rot</x1>", "<x1>Red</x1> <x2/>", "<x3>Rot</x3>"),  # a tag that the source lacks
        ("<x1/>Rot", "<x1/>Red", "<xbr1/>Rot"),
    ],
)
def test_all_else_counts(source: str, target: str, asked: str) -> None:
    assert carried(source, target, asked) is None


def test_plurals_are_those_of_the_target_language() -> None:
    assert carried("2 Dateien", "2 pliki", "3 Dateien", "pl") == "3 pliki"
    assert carried("2 Dateien", "2 pliki", "5 Dateien", "pl") is None
    assert carried("2 Dateien", "2 xx", "1 Dateien", "zz") is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_sentence_is_itself(source: str, target: str) -> None:
    assert carried(source, target, source) == target
    assert carried(f" {source}\n", target, source) == target


@given(st.text(alphabet="ab 15.,<>/x", max_size=30), st.text(alphabet="ab 15.,<>/x", max_size=30))
def test_the_same_key_has_as_many_figures_and_tags(one: str, other: str) -> None:
    first, second = normal_form(one), normal_form(other)
    if first.key == second.key:
        assert len(first.figures) == len(second.figures)
        assert len(first.tags) == len(second.tags)
        carried(one, one, other)


@pytest.mark.parametrize(
    ("text", "figures", "tags"),
    [
        ("1 " * 50_000, 50_000, 0),
        ("<x1>" * 25_000, 0, 1),
        ("1" * 100_000, 0, 0),
        ("<x" * 50_000, 0, 0),
    ],
)
def test_a_long_line_is_read_in_one_go(text: str, figures: int, tags: int) -> None:
    form = normal_form(text)
    assert (len(form.figures), len(form.tags)) == (figures, tags)


def test_hashes_tell_pairs_and_contexts_apart() -> None:
    form = normal_form("Seite 5")
    assert source_hash(PAIR, form) == source_hash(PAIR, normal_form(" Seite  6"))
    assert source_hash(PAIR, form) != source_hash(("de", "fr"), form)
    assert context_hash(PAIR, " ") == 0 != context_hash(PAIR, "a")
    assert (
        len({entry_hash("a", "b", 0, 0), entry_hash("a", "b", 0, 1), entry_hash("ab", "", 0, 0)})
        == 3
    )


def test_similar_sentences_have_features_in_common() -> None:
    one = set(features_of("1", "Der Mieter zahlt die Kosten der Reinigung."))
    assert 0 < len(one) <= 6
    assert one & set(features_of("1", "Der Mieter zahlt die Kosten der Renovierung.", 5))
    assert not one & set(features_of("2", "Der Mieter zahlt die Kosten der Reinigung."))
    assert not one & set(features_of("1", "Morgen scheint wieder einmal Sonne."))
    assert set(features_of("1", "東京都は日本の首都です")) & set(
        features_of("1", "東京都は日本の首都だ", 5)
    )
    assert features_of("1", "… – !") == []
    assert set(features_of("1", "Nein.")) & set(features_of("1", "Nein danke!", 5))


def test_differences_are_by_words_and_lose_nothing() -> None:
    found = differences("Der Hund bellt laut.", "Die Katze bellt laut!")
    assert [(each.kind, each.text) for each in found if each.kind != "same"] == [
        ("deleted", "Der"),
        ("inserted", "Die"),
        ("deleted", "Hund"),
        ("inserted", "Katze"),
        ("deleted", "."),
        ("inserted", "!"),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_give_both_sentences_back(old: str, new: str) -> None:
    found = differences(old, new)
    assert "".join(each.text for each in found if each.kind != "inserted") == old
    assert "".join(each.text for each in found if each.kind != "deleted") == new


def test_very_long_sentences_differ_as_a_whole() -> None:
    found = differences("a " * 5_000, "b " * 5_000)
    assert [each.kind for each in found] == ["deleted", "inserted"]
