"""Web sends every term that the translator finds in a text, and few that it does not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.instance import ROOT
from translator.text.terms.matching import Glossary
from translator.text.terms.term import Term as AskedFor
from web.glossary.matching import TermMatcher
from web.glossary.terms import Term

LINES = (ROOT / "translator/install/evaluation.tsv").read_text(encoding="utf-8").splitlines()
TEXTS = {
    "de": [line.split("\t")[0] for line in LINES],
    "en": [line.split("\t")[1] for line in LINES],
}
WORDS = {
    language: sorted({word for text in texts for word in re.findall(r"\w{2,}", text)})
    for language, texts in TEXTS.items()
}
NOUNS = [each for each in WORDS["de"] if each[0].isupper() and each.lower() not in WORDS["de"]]
# Terms that are sent ÷ those that are found, of a glossary of nouns.
MOST = 2.0


def both(terms: list[Term], texts: list[str], language: str) -> tuple[set[str], int, int]:
    """The terms that are found and not sent, and how many are found, and sent, in all."""
    matcher = TermMatcher(terms, language)
    glossary = Glossary(
        (
            AskedFor(
                each.source,
                each.target,
                match_case=each.match_case,
                inflected=each.inflected,
                compounds=each.compounds,
            )
            for each in terms
        ),
        language,
    )
    missing, number, more = set[str](), 0, 0
    for text in texts:
        found = {
            each.term.source
            for any_case in (False, True)
            for each in glossary.occurrences(text, any_case=any_case)
        }
        sent = {each.source for each in matcher.found_in(text)}
        missing |= found - sent
        number += len(found)
        more += len(sent)
    return missing, number, more


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("compounds", [False, True])
def test_what_is_found_was_sent(language: str, compounds: bool) -> None:  # noqa: FBT001
    terms = [Term(each, "x", compounds=compounds) for each in WORDS[language]]
    missing, number, _ = both(terms, TEXTS[language], language)
    assert number > 5_000
    assert missing == set()


def test_several_words_are_sent() -> None:
    pairs = [pair for text in TEXTS["de"] for pair in re.findall(r"\w+ \w+", text)]
    terms = [Term(each, "x") for each in dict.fromkeys(pairs)]
    missing, number, _ = both(terms, TEXTS["de"], "de")
    assert number > 3_000
    assert missing == set()


def test_few_others_are_sent() -> None:
    _, number, more = both([Term(each, "x") for each in NOUNS], TEXTS["de"], "de")
    assert number > 1_000
    assert more < MOST * number


@given(
    st.lists(st.sampled_from(WORDS["de"]), min_size=1, max_size=3, unique=True),
    st.sampled_from(["", "s", "es", "e", "en", "er", "ern", "n", "nen", "se", "t", "te", "st"]),
    st.sampled_from(["", "ge", "zu", "ab", "abge", "Haus", "Ver"]),
    st.booleans(),
)
def test_forms_that_nobody_has_written_are_sent(
    words: list[str],
    ending: str,
    beginning: str,
    compounds: bool,  # noqa: FBT001
) -> None:
    terms = [Term(each, "x", compounds=compounds) for each in words]
    texts = [f"Nun {beginning}{each}{ending} da." for each in words]
    missing, _, _ = both(terms, [*texts, *map(str.upper, texts)], "de")
    assert missing == set()
