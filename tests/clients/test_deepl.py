"""DeepL's library for Python, in what the other tests do not ask it, and its command line."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import deepl
import pytest

from tests.support.clients import output
from tests.support.closed import Closed
from tests.support.instance import Instance

PROGRAM = Path(sys.executable).with_name("deepl")
CUES = {
    "1\n00:00:01,000 --> 00:00:02,500\nGuten Morgen!\n": "Good morning!",
    "12\n01:20:01,000 --> 01:20:02,500\nHallo Welt\n": "Hello world",
    "7\n00:00:09,120 --> 00:00:11,000\nIch bin hier.\n": "I'm here.",
}


@pytest.fixture(scope="module")
def client(instance: Instance) -> Iterator[deepl.DeepLClient]:
    with closing(deepl.DeepLClient("any", server_url=instance.web_url)) as client:
        yield client


def command_line(address: str, *arguments: str | Path, key: str = "any") -> list[str]:
    settings = {"DEEPL_SERVER_URL": address, "DEEPL_AUTH_KEY": key}
    return output(PROGRAM, *arguments, **settings).splitlines()


@pytest.mark.parametrize("end", ["", "/"])
def test_its_command_line_translates_texts(instance: Instance, end: str) -> None:
    address = f"{instance.web_url}{end}"
    options = ["--to", "EN-US", "--show-detected-source"]
    said = command_line(address, "text", *options, "Guten Morgen!", "Hallo Welt")
    source = "Detected source language: DE"
    assert said == [source, "Good morning!", source, "Hello world"]


def test_its_command_line_tells_what_a_text_cost_and_which_model_it_had(
    instance: Instance,
) -> None:
    options = ["--to", "EN-US", "--from", "DE", "--model-type", "latency_optimized"]
    shown = ["--show-billed-characters", "--show-model-type-used"]
    said = command_line(instance.web_url, "text", *options, *shown, "Hallo Welt")
    assert said == ["Billed characters: 10", "Model type used: latency_optimized", "Hello world"]


def test_its_command_line_lists_languages_and_usage(instance: Instance) -> None:
    assert command_line(instance.web_url, "languages") == [
        "Source languages available:",
        "DE: German",
        "Target languages available:",
        "EN-GB: English (British)",
        "EN-US: English (American)",
    ]
    (head, count) = command_line(instance.web_url, "usage")
    assert head == "Usage this billing period:"
    assert count.startswith("Characters: ")


@pytest.mark.parametrize(("cue", "english"), CUES.items())
def test_its_command_line_translates_subtitles_of_whatever_language(
    instance: Instance, tmp_path: Path, cue: str, english: str
) -> None:
    """Nobody names their language, so it is detected from words alone."""
    source, target = tmp_path / "film.srt", tmp_path / "english"
    source.write_text(cue, encoding="utf-8")
    command_line(instance.web_url, "document", "--to", "EN-US", source, target)
    times = cue.splitlines()[:2]
    assert (target / "film.srt").read_text("utf-8").splitlines() == [*times, english]


@pytest.mark.parametrize(("cue", "english"), CUES.items())
def test_its_library_translates_subtitles_as_a_text(
    client: deepl.DeepLClient, cue: str, english: str
) -> None:
    result = client.translate_text(cue, target_lang="EN-US")
    assert isinstance(result, deepl.TextResult)
    assert result.detected_source_lang == "DE"
    assert result.text.splitlines() == [*cue.splitlines()[:2], english]


def test_its_library_gets_empty_lists_of_what_is_not_there(client: deepl.DeepLClient) -> None:
    lists: list[Any] = [
        client.get_all_style_rules(),
        client.list_translation_memories(),
    ]
    assert lists == [[], []]


def test_its_library_gives_the_model_that_was_used(client: deepl.DeepLClient) -> None:
    result = client.translate_text(
        "Hallo Welt",
        source_lang="DE",
        target_lang="EN-US",
        model_type="prefer_quality_optimized",
        formality="prefer_less",
    )
    assert isinstance(result, deepl.TextResult)
    assert result.text == "Hello world"
    assert result.model_type_used in {"quality_optimized", "latency_optimized"}
    with pytest.raises(deepl.DeepLException, match="formality"):
        client.translate_text("Hallo", target_lang="EN-US", formality="banana")
    with pytest.raises(deepl.DeepLException, match="model_type"):
        client.translate_text("Hallo", target_lang="EN-US", model_type="banana")


def test_with_keys_it_has_its_own_and_no_other(closed: Closed) -> None:
    key = closed.key("command-line")
    text = ["text", "--to", "EN-US", "Guten Morgen!"]
    assert command_line(closed.web_url, *text, key=key) == ["Good morning!"]
    with pytest.raises(AssertionError, match="Authorization failure"):
        command_line(closed.web_url, *text, key="wrong")
