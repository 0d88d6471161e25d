"""Words that got no attention: which of them a translation must not leave out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.inference.alignment import unattended
from translator.text import omitted

TOKENS = ["▁Der", "▁Lehr", "er", "▁frag", "te", "."]


def attention(*sums: float) -> list[list[float]]:
    """Four rows for a translation; those from the second on have these sums."""
    return [[0.0] * len(sums), *[[each / 3 for each in sums] for _ in range(3)]]


def test_a_word_has_the_sum_of_its_tokens() -> None:
    assert unattended(TOKENS, attention(1, 0.05, 0.05, 1, 0, 0)) == ("Lehrer",)
    assert unattended(TOKENS, attention(1, 0.05, 0.3, 0.1, 0, 0.05)) == ("fragte.",)


def test_the_first_word_is_never_one_of_them() -> None:
    """Its row is another segment's in a batch."""
    assert unattended(TOKENS, attention(0, 1, 1, 1, 1, 1)) == ()


def test_a_very_short_translation_tells_nothing() -> None:
    assert unattended(TOKENS, [[0.0] * 6, [0.0] * 6]) == ()
    assert unattended(TOKENS, []) == ()


def test_columns_for_the_end_token_and_padding_are_ignored() -> None:
    assert unattended(TOKENS, attention(1, 1, 1, 1, 1, 1, 0, 0, 0)) == ()


@pytest.mark.parametrize(
    ("words", "language", "capitals", "expected"),
    [
        (("Tochter,", "die", "nach"), "de", True, ("Tochter",)),
        (("bewältigen", "kann."), "de", True, ("bewältigen",)),
        (("während", "einander", "gemacht"), "de", True, ()),
        (("Abend",), "de", True, ()),
        (("gas", "feuer", "und"), "de", False, ("feuer",)),
        (("gas", "feuer"), "de", True, ()),
        (("daughter", "the", "name"), "en", True, ("daughter",)),
        (("X1,", "3.751,50", "…"), "de", True, ()),
    ],
)
def test_nouns_and_long_words_count(
    words: tuple[str, ...], language: str, *, capitals: bool, expected: tuple[str, ...]
) -> None:
    assert omitted(words, language, capitals=capitals) == expected


@given(
    words=st.lists(st.text(max_size=50)),
    language=st.sampled_from(["de", "en", "ja"]),
    capitals=st.booleans(),
)
def test_any_words_may_be_asked_about(words: list[str], language: str, *, capitals: bool) -> None:
    assert len(omitted(words, language, capitals=capitals)) <= len(words)
