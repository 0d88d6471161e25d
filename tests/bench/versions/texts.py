"""Texts of the comparison: no sentence comes twice, so none is known before it is asked for."""

from itertools import islice

from tests.bench import news
from tests.support.instance import ROOT

_SOURCE = news.sentences(ROOT / "translator/install/evaluation.tsv")


def new_sentences(number: int) -> list[str]:
    """So many sentences that nobody has asked for."""
    return list(islice(_SOURCE, number))


def new_text(characters: int) -> str:
    """A text in paragraphs of such sentences."""
    return news.text(_SOURCE, characters)
