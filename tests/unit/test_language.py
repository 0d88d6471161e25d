"""The interface's language by the header Accept-Language."""

import pytest

from web.i18n.language import chosen


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("DE-de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,de;q=0.5", "en"),
        ("de;q=0.4, en;q=0.6", "en"),
        ("fr-FR, de;q=0.3", "de"),
        ("fr, it", "en"),
        ("de;q=0", "en"),
        ("*", "en"),
        ("de;q=..", "en"),
        ("\u00fc;;;q,,", "en"),
    ],
)
def test_the_language_is_the_first_of_ours_that_is_wanted(accept: str, language: str) -> None:
    assert chosen(accept) == language


@pytest.mark.parametrize(
    ("accept", "language"),
    [("pt-br", "pt-BR"), ("pt", "en"), ("pt-PT, fr-CA", "fr"), ("zh-hant-TW, zh", "zh")],
)
def test_a_language_may_be_of_one_country_only(accept: str, language: str) -> None:
    assert chosen(accept, ["en", "fr", "pt-BR", "zh"]) == language
