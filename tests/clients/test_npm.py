"""Clients from npm: deepl-node, `translate` and `libretranslate`."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.clients import Answers, node
from tests.support.closed import Closed
from tests.support.instance import Instance


def deepl_node(instance: Instance, key: str, folder: Path) -> Answers:
    folder.mkdir()
    source = folder / "letter.txt"
    source.write_text("Guten Morgen!\n", encoding="utf-8")
    return node("deepl_node.mjs", instance.web_url, key, str(source), str(folder / "english.txt"))


@pytest.fixture(scope="module")
def deepl(instance: Instance, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    return deepl_node(instance, "any", tmp_path_factory.mktemp("files") / "open")


def text(answer: dict[str, Any]) -> tuple[str, str, int]:
    return answer["text"], answer["detectedSourceLang"], answer["billedCharacters"]


def test_deepl_node_translates(deepl: Answers) -> None:
    assert text(deepl["one"]) == ("Good morning!", "de", 13)
    assert [text(each) for each in deepl["several"]] == [
        ("Hello world", "de", 10),
        ("I'm here.", "de", 13),
    ]
    assert deepl["tags"]["text"] == "<b>Good morning!</b>"
    assert deepl["preferred"]["text"] == "Hello world"
    assert deepl["document"] == ["done", "Good morning!\n"]


def test_deepl_node_is_told_which_model_was_used(deepl: Answers) -> None:
    assert deepl["model"]["modelTypeUsed"] == "latency_optimized"


def test_deepl_node_lists_languages(deepl: Answers) -> None:
    assert deepl["sources"] == [["de", "German"]]
    assert deepl["targets"] == [["en-GB", "English (British)"], ["en-US", "English (American)"]]


def test_deepl_node_finds_no_style_rules(deepl: Answers) -> None:
    assert deepl["styleRules"] == []


def test_deepl_node_raises_what_was_wrong(deepl: Answers) -> None:
    assert deepl["refused"]["type"] == "DeepLError"
    assert "target_lang" in deepl["refused"]["message"]


def test_deepl_node_with_keys_has_its_own_and_no_other(closed: Closed, tmp_path: Path) -> None:
    right = deepl_node(closed, closed.key("deepl-node", "--budget", "1000"), tmp_path / "right")
    assert text(right["one"]) == ("Good morning!", "de", 13)
    assert right["usage"]["character"]["limit"] == 1000
    wrong = deepl_node(closed, "wrong", tmp_path / "wrong")
    for name in ("one", "sources", "usage"):
        assert wrong[name]["type"] == "AuthorizationError"
    assert wrong["document"]["type"] == "DocumentTranslationError"


def test_translate_translates(instance: Instance) -> None:
    answers = node("translate.mjs", instance.web_url, "any")
    assert answers["libre"] == answers["deepl"] == "Good morning!"
    assert answers["slash"] == "Hello world"
    assert answers["refused"]["message"] == "fr is not supported"
    assert answers["refusedByDeepl"]["message"] == "Error 400"


def test_translate_with_keys_has_its_own_and_no_other(closed: Closed) -> None:
    right = node("translate.mjs", closed.web_url, closed.key("translate-npm"))
    assert right["libre"] == right["deepl"] == "Good morning!"
    wrong = node("translate.mjs", closed.web_url, "wrong")
    assert wrong["libre"]["message"] == "Invalid API key"
    refused = wrong["deepl"]["message"]
    assert refused == "Auth Error, please review the key for DeepL"


def test_libretranslate_translates(instance: Instance) -> None:
    answers = node("libretranslate.mjs", instance.web_url, "")
    assert answers["one"] == "Good morning!"
    assert answers["auto"] == "I'm here."
    assert answers["slash"] == "Hello world"
    assert answers["refused"] == {
        "type": "TypeError",
        "message": "This language was not found/does not exist.",
    }


def test_libretranslate_sends_its_key_under_another_name_and_gets_nothing(closed: Closed) -> None:
    """It writes `apiKey`, which LibreTranslate itself does not read."""
    assert node("libretranslate.mjs", closed.web_url, closed.key("libretranslate"))["one"] is None
