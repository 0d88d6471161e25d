"""Sentences of an older translation are found again in the text of a newer one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.text.sentences import CHOSEN, Sentence, SentenceWarning
from web.translation.earlier_versions import SentenceIndex

SOURCES = st.text("aB. ,<x1>äß1\n", min_size=1, max_size=40).filter(
    lambda text: text == text.strip() and bool(text)
)


def indexed(*sentences: Sentence) -> SentenceIndex:
    index = SentenceIndex()
    for each in sentences:
        index.add(each)
    return index


def sentence(source: str, target: str = "T", score: float | None = 0.9) -> Sentence:
    return Sentence(0, source, target, " ", score)


@given(st.lists(SOURCES, min_size=1, max_size=8), st.sampled_from([" ", "\n\n", "\n"]))
def test_every_sentence_of_a_text_is_found(sources: list[str], separator: str) -> None:
    found = indexed(*map(sentence, sources)).found_in(separator.join(sources))
    assert set(sources) <= {each.source for each in found}


@given(st.lists(SOURCES, max_size=8), st.text("aB. ,<x1>äß1\n", max_size=60))
def test_what_is_found_is_a_part_of_the_text(sources: list[str], text: str) -> None:
    found = [each.source for each in indexed(*map(sentence, sources)).found_in(text)]
    assert all(each in text for each in found)
    assert len(found) == len(set(found))


def test_a_sentence_does_not_begin_inside_a_word() -> None:
    index = indexed(sentence("bar ist gut."))
    assert index.found_in("Das ist unfassbar ist gut.") == []
    assert index.found_in("Das „bar ist gut.“")


@pytest.mark.parametrize("chosen_first", [True, False])
def test_what_a_person_chose_stays(chosen_first: bool) -> None:  # noqa: FBT001
    chosen, other = sentence("Guten Tag!", "Hi!", CHOSEN), sentence("Guten Tag!", "Good day!")
    both = (chosen, other) if chosen_first else (other, chosen)
    assert indexed(*both).found_in("Guten Tag! Ja.") == [chosen]


def test_what_was_never_translated_is_tried_again() -> None:
    failed = Sentence(
        0, "Guten Tag!", "Guten Tag!", "", warnings=(SentenceWarning("untranslated"),)
    )
    assert indexed(failed).found_in("Guten Tag!") == []
    doubtful = Sentence(0, "Am 3. Mai.", "On May.", "", 0.7, (SentenceWarning("figures", ("3",)),))
    assert indexed(doubtful).found_in("Am 3. Mai.") == [doubtful]


def test_many_sentences_that_begin_alike_take_no_longer() -> None:
    """A catalogue's rows: they are looked up, and not gone through one by one."""
    rows = [f"Artikel Nummer {number:06} ist da." for number in range(100_000)]
    index = indexed(*map(sentence, rows))
    looked_up = index.found_in("\n\n".join(rows[::1000]))
    assert [each.source for each in looked_up] == rows[::1000]
    assert index.characters == sum(map(len, rows))
