"""The page in German and in English."""

import re

import pytest

from tests.support.instance import ROOT
from web.i18n.german.templates import TEMPLATES
from web.i18n.language import chosen
from web.i18n.templates import in_german

FOLDER = ROOT / "web/pages/templates"
# Words that no German sentence has, and a page in English can hardly do without.
WORDS = """
    the of and not is are it this that your you to from with nothing everything search delete undo
    rename close help copy download translation translations passages second characters words done
    cancelled answer answers stored services queue keyboard sentence
"""
ENGLISH = set(WORDS.split())
# Attributes for tags, which other templates take in.
ATTRIBUTES = {"swaps.html", "failures.html"}


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("de", "de"),
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


@pytest.mark.parametrize("name", sorted({path.name for path in FOLDER.glob("*.html")} - ATTRIBUTES))
def test_a_german_template_has_no_english_left(name: str) -> None:
    source = in_german(name, (FOLDER / name).read_text(encoding="utf-8"))
    shown = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    told = re.findall(r"(?:aria-label|placeholder|title)=\"([^\"]*)\"", shown)
    text = " ".join([re.sub(r"<[^>]*>", " ", shown), *told]).replace("Unlimited Translation", "")
    assert set(re.findall(r"[a-z]+", text.lower())) & ENGLISH == set()


def test_a_passage_that_no_template_has_is_an_error() -> None:
    for name, passages in TEMPLATES.items():
        source = (FOLDER / name).read_text(encoding="utf-8")
        in_german(name, source)
        assert all(german and german != english for english, german in passages)
    with pytest.raises(LookupError):
        in_german("help.html", "something else")
