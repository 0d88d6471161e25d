"""The page in German and in English."""

import re
from html.parser import HTMLParser

import jinja2
import pytest
from jinja2 import nodes

from tests.support.instance import ROOT
from web.i18n.language import LANGUAGES, current
from web.pages.rendering import pages

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


# Words that are the same in each language: names, keys, units, ends of file names.
NAMES = {
    "Unlimited",
    "Translation",
    "Tab",
    "Enter",
    "Python",
    "UTC",
    "txt",
    "tsv",
    "tmx",
    "C",
    "E",
    "F",
    "N",
    "P",
}
MARKED = {"_", "gettext", "ngettext", "pgettext", "npgettext"}


class _Said(HTMLParser):
    """Text that a reader is told, with that of some attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        said = {"aria-label", "placeholder", "title", "alt", "data-done", "data-one", "data-other"}
        self.found += [value for name, value in attrs if name in said and value]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.parametrize("name", sorted({path.name for path in FOLDER.glob("*.html")} - ATTRIBUTES))
def test_whatever_a_template_says_is_marked_for_translation(name: str) -> None:
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    tree = environment.parse((FOLDER / name).read_text(encoding="utf-8"))
    source = " ".join(data.data for data in tree.find_all(nodes.TemplateData))
    words = re.findall(r"[^\W\d_]+", " ".join(_Said(source).found))
    assert set(words) - NAMES == set()
    calls = (
        call
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in MARKED
    )
    marked = {id(constant) for call in calls for constant in call.find_all(nodes.Const)}
    texts = [
        constant.value
        for constant in tree.find_all(nodes.Const)
        if id(constant) not in marked and isinstance(constant.value, str)
    ]
    # Other constants are values to compare with, addresses and tags.
    assert [text for text in texts if re.search(r"^[A-Z]|^[^<]*\w \w", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_can_be_read_in_every_language(language: str) -> None:
    token = current.set(language)
    try:
        for path in sorted(FOLDER.glob("*.html")):
            pages.now.get_template(path.name)
        help_ = pages.now.get_template("help.html").render()
    finally:
        current.reset(token)
    assert ("Tastatur" if language == "de" else "Keyboard") in help_


def test_a_message_without_values_is_put_into_the_compiled_template() -> None:
    """A page with 30 rows of history rendered in 2.8 ms where each was looked up, in 1.6 so."""
    german = next(each for each in pages.environments if each.globals["page_language"] == "de")
    tree = german.parse("{{ _('Help') }}{% trans %}Close{% endtrans %}{{ _('%(n)s %%', n=2) }}")
    assert len(list(tree.find_all(nodes.Call))) == 1  # the one with a value
    assert german.from_string("{{ _('Help') }}, {{ _('100%%') }}").render() == "Hilfe, 100%"
