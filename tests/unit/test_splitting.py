"""Splitting: a segment that is too long for the model is cut, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from translator.text.splitting import LONGEST_WORD, clauses, has_endless_word, split


def words_in(text: str) -> int:
    return len(text.split())


def letters_in(text: str) -> int:
    return len("".join(text.split()))


TEXTS = st.lists(
    st.sampled_from(["ein", "Wort", "und,", "(noch", "eins)", "–", " ", "\n ", "so;", "x" * 30]),
    max_size=60,
).map(" ".join)


@given(TEXTS, st.integers(1, 12))
def test_the_pieces_joined_are_the_text_and_none_is_too_long(text: str, limit: int) -> None:
    pieces = split(text, words_in, limit)
    assert "".join(piece.text + piece.separator for piece in pieces) == text
    assert all(words_in(piece.text) <= limit for piece in pieces)


@given(TEXTS, st.integers(5, 40))
def test_a_word_over_the_limit_stands_alone(text: str, limit: int) -> None:
    for piece in split(text, letters_in, limit):
        assert letters_in(piece.text) <= limit or not any(map(str.isspace, piece.text))


def test_clauses_come_before_words() -> None:
    text = "Er kam, sah die Stadt, und siegte an einem Tag."
    assert [piece.text for piece in split(text, words_in, 5)] == [
        "Er kam, sah die Stadt,",
        "und siegte an einem Tag.",
    ]


def test_an_endless_word_is_copied() -> None:
    word = "Wort" * LONGEST_WORD
    assert has_endless_word(f"Ein {word} ist lang.")
    assert not has_endless_word("Ein Wort ist kurz. " * LONGEST_WORD)
    pieces = split(f"Ein {word} ist lang.", words_in, 50)
    assert [(piece.text, piece.copied) for piece in pieces if piece.copied] == [(word, True)]
    assert "".join(piece.text + piece.separator for piece in pieces) == f"Ein {word} ist lang."


@given(st.text(alphabet="ab ,;", max_size=80), st.integers(1, 10))
def test_clauses_are_never_cut_at_words(text: str, limit: int) -> None:
    found = clauses(text, lambda each: len(each.split()), limit)
    assert "".join(each.text + each.separator for each in found) == text
    assert all(each.text.endswith((",", ";", " ")) for each in found[:-1] if each.text)
