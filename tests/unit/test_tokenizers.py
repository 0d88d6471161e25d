"""Moses words and byte-pair encoding, beside what the Moses tokenizer itself makes of texts."""

from pathlib import Path

import pytest

from translator.inference.moses import moses_text, moses_words
from translator.inference.tokenizers import BytePairs

VOCABULARY = frozenset(("lo@@", "w", "l@@", "o", "w@@", "er", "n@@", "e@@", "r", "."))


@pytest.mark.parametrize(
    ("language", "text", "tokens"),
    [
        ("de", "Guten Tag!", "Guten Tag !"),
        ("de", "Er zahlt 1.250,50 €, z. B. am Montag.", "Er zahlt 1.250,50 € , z. B. am Montag ."),
        ("de", "„Ja“, sagte er …", "&quot; Ja &quot; , sagte er ..."),
        ("de", "Dr. Müller kommt um 14.30 Uhr.", "Dr. Müller kommt um 14.30 Uhr ."),
        ("en", "I don't know, it's Tom's.", "I don &apos;t know , it &apos;s Tom &apos;s ."),
        ("en", "A & B <c> [d] | e", "A &amp; B &lt; c &gt; &#91; d &#93; &#124; e"),
        ("fr", "L'homme qu'il a vu.", "L&apos; homme qu&apos; il a vu ."),
        ("de", "Wie geht's?", "Wie geht &apos; s ?"),
        ("hi", "हिन्दी में", "हिन्दी में"),
        ("de", "145 m²", "145 m ²"),
        ("de", "", ""),
    ],
)
def test_words(language: str, text: str, tokens: str) -> None:
    assert moses_words(text, language) == tokens.split()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don't know, it's Tom's."),
        ("en", 'He said "yes" (and left).'),
        ("en", "The books' price is $5.50, isn't it?"),
        ("de", "Er zahlt 1.250,50 € am 3. Oktober."),
        ("fr", "L'homme qu'il a vu."),
    ],
)
def test_a_sentence_of_its_words_is_the_sentence(language: str, text: str) -> None:
    assert moses_text(moses_words(text, language), language) == text


@pytest.fixture
def low(tmp_path: Path) -> BytePairs:
    path = tmp_path / "source.bpe"
    path.write_text("#version: 0.2\nl o\ne r</w>\nlo w</w>\n", "utf-8")
    return BytePairs(path, "en", VOCABULARY)


def test_merges_are_made_in_their_order(low: BytePairs) -> None:
    assert low.pieces("low lower new.") == ["low", "lo@@", "w@@", "er", "n@@", "e@@", "w", "."]
    assert low.size("low lower") == 4
    assert low.text(["lo@@", "w@@", "er", "."]) == "lower."
    assert low.spaced(["lo@@", "w@@", "er", "."]) == ["▁lo", "w", "er", "▁."]
    assert low.text([]) == ""
    assert low.text(["lo@@"]) == "lo"


def test_a_sign_that_is_no_token_is_not_known(low: BytePairs) -> None:
    assert low.knows("lower.")
    assert not low.knows("ß")


def test_the_older_form_ends_words_with_a_part_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "source.bpe"
    path.write_text("l o\nlo w\nlow </w>\n", "utf-8")
    assert BytePairs(path, "en", VOCABULARY).pieces("low lot") == ["low", "lo@@", "t"]


def test_a_malformed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "source.bpe"
    path.write_text("#version: 0.2\nlow\n", "utf-8")
    with pytest.raises(ValueError, match="not enough values"):
        BytePairs(path, "en", VOCABULARY)
