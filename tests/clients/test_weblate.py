"""Weblate's classes for DeepL and LibreTranslate."""

import pytest

from tests.support.clients import Answers, weblate
from tests.support.closed import Closed
from tests.support.instance import Instance

ENGLISH = ["Good morning!", "Hello world", "I'm here."]


@pytest.fixture(scope="module")
def deepl(instance: Instance) -> Answers:
    return weblate("deepl", f"{instance.web_url}/", "any")


@pytest.fixture(scope="module")
def libretranslate(instance: Instance) -> Answers:
    return weblate("libretranslate", f"{instance.web_url}/", "")


def test_it_finds_the_languages(deepl: Answers, libretranslate: Answers) -> None:
    pairs = [["DE", "EN"], ["DE", "EN-GB"], ["DE", "EN-US"]]
    assert [pair for pair in deepl["supported"] if "@" not in pair[1]] == pairs
    assert deepl["languages"] == ["DE", "EN"]
    assert libretranslate["supported"] == libretranslate["languages"] == ["de", "en"]


def test_no_formal_english_is_offered(deepl: Answers) -> None:
    assert [pair for pair in deepl["supported"] if "@" in pair[1]] == []


def test_it_translates(deepl: Answers, libretranslate: Answers) -> None:
    assert deepl["translations"] == libretranslate["translations"] == ENGLISH


def test_its_placeholders_stay(deepl: Answers, libretranslate: Answers) -> None:
    assert "%s" in deepl["placeholder"]
    assert "%s" in libretranslate["placeholder"]


def test_it_finds_no_languages_for_rephrasing(deepl: Answers) -> None:
    assert deepl["rephrased"] == []


def test_it_stores_a_glossary_changes_and_deletes_it(deepl: Answers) -> None:
    assert deepl["supports_glossary"] is True
    assert deepl["glossary"] == {"made": ["weblate:1"], "changed": ["weblate:2"], "left": []}


def test_its_settings_want_a_model_from_english_to_german(
    deepl: Answers, libretranslate: Answers
) -> None:
    """Saving them asks for "test" in German, and a server without that model says so."""
    reason = "German (de) is not available as a target language from English (en)"
    assert reason in libretranslate["saved"]["message"]
    assert "Could not fetch translation" in deepl["saved"]["message"]
    assert "'target_lang' not supported" in deepl["saved"]["message"]


@pytest.mark.parametrize("kind", ["deepl", "libretranslate"])
def test_with_keys_it_has_its_own_and_no_other(closed: Closed, kind: str) -> None:
    right = weblate(kind, closed.web_url, closed.key(f"weblate-{kind}"))
    assert right["translations"] == ENGLISH
    wrong = weblate(kind, closed.web_url, "wrong")
    assert wrong["translations"]["type"] in {"HTTPStatusError", "MachineTranslationError"}
    assert "403" in wrong["translations"]["message"]
