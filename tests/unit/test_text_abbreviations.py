"""Abbreviations of German do not end sentences, and let those end that do."""

import pytest

from tests.bench import sentence_ends
from translator.text.abbreviations import (
    ALSO_WORDS,
    NEVER_LAST,
    OFTEN_LAST,
    SELDOM_LAST,
    is_broken_off,
)
from translator.text.characters import words

BROKEN_OFF = words("""
gesetzl freundl Kundennr Hausnr jährl mündl geogr hebr urspr Betr Anschn techn Nachm Beschl Stellv
Dtzd Hptst einschl elektrotechn nordostdt süddt natürl Erzb Anw Offz Konj vergl
""")
WHOLE = words("""
gut Haus Kerl Stadt wohl fünf Film Text Jagd Senf Design Minsk Berg Clown Emacs Lisp Jazz Perl gelb
Herbst Obst Angst Volk Marsch Dorf Bord starb Golf Krebs Lkw Haydn Karl Ralph Edinburgh Webb
GmbH PDF HTML km kg Entf Todd Ruhm Qualm Halm Dirndls Gramm Napalm stramm Herr Geschirr Psst
""")


def test_abbreviations_inside_of_sentences_end_none() -> None:
    texts = list(sentence_ends.inside())
    wrong = [text for text in texts if sentence_ends.found(text) != [text]]
    assert len(wrong) <= len(texts) / 100, wrong
    assert len(texts) >= 500


def test_sentences_end_with_abbreviations_where_others_begin() -> None:
    pairs = list(sentence_ends.at_ends())
    assert [pair for pair in pairs if sentence_ends.found(" ".join(pair)) != pair] == []
    assert len(pairs) >= 300


@pytest.mark.parametrize("word", sorted(BROKEN_OFF))
def test_a_word_that_ends_like_none_is_broken_off(word: str) -> None:
    assert is_broken_off(word)


@pytest.mark.parametrize("word", sorted(WHOLE))
def test_a_whole_word_is_not_broken_off(word: str) -> None:
    assert not is_broken_off(word)


def test_no_abbreviation_is_in_two_lists() -> None:
    lists = (NEVER_LAST, SELDOM_LAST, OFTEN_LAST, ALSO_WORDS)
    assert len(frozenset().union(*lists)) == sum(map(len, lists))
