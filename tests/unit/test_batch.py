"""Texts of one request are grouped for the translator."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from web.text.detection import Guess
from web.text.passages import LIMIT
from web.translation.batch import text_groups
from web.translator_client.client import MOST_TEXTS

LENGTHS = st.one_of(st.integers(0, 200), st.integers(LIMIT - 3, LIMIT + 3))


@given(st.lists(st.tuples(LENGTHS, st.sampled_from(["de", "fr"])), max_size=60))
def test_groups_are_the_texts_in_order_and_bounded(wanted: list[tuple[int, str]]) -> None:
    texts = [
        f"{number:02}".ljust(length, "x")[:length] for number, (length, _) in enumerate(wanted)
    ]
    languages = [Guess(language, 1.0) for _, language in wanted]
    groups = list(text_groups(texts, languages))
    assert [text for group, _ in groups for text in group] == texts
    assert [language for group, language in groups for _ in group] == languages
    for group, _ in groups:
        assert len(group) == 1 or sum(map(len, group)) <= LIMIT


@given(st.lists(LENGTHS, max_size=60))
def test_no_two_neighbours_would_fit_into_one_group(lengths: list[int]) -> None:
    texts = ["x" * length for length in lengths]
    groups = [group for group, _ in text_groups(texts, [Guess("de", 1.0)] * len(texts))]
    for group, after in pairwise(groups):
        assert sum(map(len, group)) + len(after[0]) > LIMIT


def test_empty_texts_do_not_make_groups_without_end() -> None:
    texts = [""] * (2 * MOST_TEXTS + 1)
    groups = [group for group, _ in text_groups(texts, [Guess("de", 1.0)] * len(texts))]
    assert list(map(len, groups)) == [MOST_TEXTS, MOST_TEXTS, 1]
