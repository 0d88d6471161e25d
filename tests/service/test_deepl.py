"""DeepL's API: the calls of its official client, and of others."""

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import deep_translator
import deepl
import httpx
import pytest
from deepl.api_data import ModelType

from tests.support.instance import Instance

ENGLISH = "Good morning, my friend, how have you been since we met in the city last week?"


@pytest.fixture(scope="module")
def client(instance: Instance) -> Iterator[deepl.DeepLClient]:
    with closing(deepl.DeepLClient("any", server_url=instance.web_url)) as client:
        yield client


@pytest.fixture(scope="module")
def http(instance: Instance) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=instance.web_url, timeout=120) as client:
        yield client


def test_a_text(client: deepl.DeepLClient) -> None:
    result = client.translate_text("Guten Morgen!", source_lang="DE", target_lang="EN-GB")
    assert isinstance(result, deepl.TextResult)
    assert result.text == "Good morning!"
    assert result.detected_source_lang == "DE"
    assert result.billed_characters == 13


def test_several_texts_of_whatever_language(client: deepl.DeepLClient) -> None:
    wanted = ["Guten Morgen!", "Der Zug fährt heute leider erst um halb neun ab.", "", ENGLISH]
    results = client.translate_text(wanted, target_lang="EN-US")
    assert isinstance(results, list)
    assert results[0].text == "Good morning!"
    assert "train" in results[1].text
    assert (results[2].text, results[3].text) == ("", ENGLISH)
    assert [results[number].detected_source_lang for number in (0, 1, 3)] == ["DE", "DE", "EN"]


def test_all_that_can_be_said_of_a_text(client: deepl.DeepLClient) -> None:
    result = client.translate_text(
        "Guten Morgen!",
        source_lang="de",
        target_lang="en-us",
        context="Ein Gruß.",
        split_sentences=deepl.SplitSentences.NO_NEWLINES,
        preserve_formatting=True,
        formality=deepl.Formality.PREFER_MORE,
        model_type=ModelType.LATENCY_OPTIMIZED,
    )
    assert isinstance(result, deepl.TextResult)
    assert result.text == "Good morning!"


@pytest.mark.parametrize(("split", "lines"), [("1", 2), ("0", 2), ("nonewlines", 1)])
def test_where_a_text_is_split(client: deepl.DeepLClient, split: str, lines: int) -> None:
    text = "Das ist gut. Wir kommen\nmorgen wieder."
    result = client.translate_text(text, target_lang="EN-US", split_sentences=split)
    assert isinstance(result, deepl.TextResult)
    assert len(result.text.splitlines()) == lines


def test_languages(client: deepl.DeepLClient) -> None:
    assert [(each.code, each.name) for each in client.get_source_languages()] == [("DE", "German")]
    assert [each.code for each in client.get_target_languages()] == ["EN-GB", "EN-US"]


def test_a_long_text_is_waited_for(client: deepl.DeepLClient, instance: Instance) -> None:
    text = "".join(f"Absatz {n}: Gestern kamen {n + 20} Leute hierher.\n\n" for n in range(200))
    count = "SELECT COUNT(*) AS n FROM translations"
    (before,) = instance.query(count)
    first = client.translate_text(text, target_lang="EN-US")
    again = client.translate_text(text, target_lang="EN-US")
    assert isinstance(first, deepl.TextResult)
    assert isinstance(again, deepl.TextResult)
    assert first.text == again.text
    assert first.text.count("\n") == text.count("\n")
    assert instance.query(count) == [{"n": before["n"] + 1}]


def test_what_is_not_here_is_an_error_that_the_client_knows(client: deepl.DeepLClient) -> None:
    with pytest.raises(deepl.DeepLException, match="target_lang"):
        client.translate_text("Hallo", target_lang="FR")
    with pytest.raises(deepl.DeepLException, match=r"target_lang.*No model to de is installed"):
        client.translate_text("Hello", source_lang="EN", target_lang="DE")
    wishes: list[tuple[dict[str, Any], str]] = [
        ({"style_rule": "x" * 36}, "Style rules"),
        ({"custom_instructions": ["Höflich."]}, "Custom instructions"),
        ({"translation_memory": "x" * 36}, "Translation memories"),
    ]
    for wish, what in wishes:
        with pytest.raises(deepl.DeepLException, match=f"{what} are not supported"):
            client.translate_text("Hallo", target_lang="EN-US", **wish)
    with pytest.raises(deepl.DeepLException, match=r"cannot be given back as \.pdf"):
        client.translate_document_upload(
            b"Hallo", filename="a.txt", target_lang="EN-US", output_format="pdf"
        )
    assert client.get_all_style_rules() == []
    with pytest.raises(deepl.DeepLException, match="Not found"):
        client.rephrase_text("Hallo", target_lang="EN-US")


def test_deep_translator(instance: Instance) -> None:
    client = deep_translator.DeeplTranslator(source="de", target="en", api_key="any")
    client._base_url = f"{instance.web_url}/v2/"  # noqa: SLF001 - it has no other way
    assert client.translate("Guten Morgen!") == "Good morning!"


def test_a_form_with_several_texts(http: httpx.Client) -> None:
    sent = {"text": ["Guten Morgen!", "Hallo Welt"], "target_lang": "EN", "source_lang": "DE"}
    answer = http.post("/v2/translate", data=sent).json()
    assert [each["text"] for each in answer["translations"]] == ["Good morning!", "Hello world"]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"target_lang": "EN"}, "Parameter 'text' not specified."),
    ({"text": [], "target_lang": "EN"}, "Parameter 'text' not specified."),
    ({"text": [7], "target_lang": "EN"}, "Value for 'text' not supported."),
    ({"text": ["Hallo"]}, "Parameter 'target_lang' not specified."),
    ({"text": ["Hallo"], "target_lang": "zz"}, "Value for 'target_lang' not supported."),
    (
        {"text": ["Hallo"], "target_lang": "EN", "source_lang": 5},
        "Value for 'source_lang' not supported.",
    ),
    (
        {"text": ["Hallo"], "target_lang": "EN", "tag_handling": "pdf"},
        "Value for 'tag_handling' not supported.",
    ),
    (
        {"text": ["Hallo"], "target_lang": "EN", "split_sentences": "2"},
        "Value for 'split_sentences' not supported.",
    ),
]


@pytest.mark.parametrize(("question", "message"), WRONG)
def test_errors_are_those_of_the_original(
    http: httpx.Client, question: dict[str, Any], message: str
) -> None:
    answer = http.post("/v2/translate", json=question)
    assert answer.status_code == 400
    assert answer.json()["message"] == message
    assert answer.json().keys() <= {"message", "detail"}


@pytest.mark.parametrize("name", ["target_lang", "preserve_formatting", "context"])
def test_a_field_with_several_values_is_refused(http: httpx.Client, name: str) -> None:
    sent = {"text": ["Hallo", "Guten Tag!"], "target_lang": "EN"} | {name: ["", "EN"]}
    answer = http.post("/v2/translate", data=sent)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith(f"Send one value for '{name}'")


def test_a_body_has_a_limit(http: httpx.Client) -> None:
    text = "Hallo " * 3_000_000
    answer = http.post("/v2/translate", json={"text": [text], "target_lang": "EN"})
    assert answer.status_code == 413
    assert "message" in answer.json()


def test_tags_stay(client: deepl.DeepLClient) -> None:
    html = '<p id="a">Ein <b>rotes</b> Haus</p><pre>bleibt</pre>'
    result = client.translate_text(html, target_lang="EN-US", tag_handling="html")
    assert isinstance(result, deepl.TextResult)
    assert result.text.startswith('<p id="a">')
    assert result.text.endswith("</p><pre>bleibt</pre>")
    assert result.text.count("<b>") == result.text.count("</b>") == 1
    xml = "<a><t>Guten Morgen!</t><u>Guten Morgen!</u></a>"
    result = client.translate_text(xml, target_lang="EN-US", tag_handling="xml", ignore_tags="u")
    assert isinstance(result, deepl.TextResult)
    assert result.text == "<a><t>Good morning!</t><u>Guten Morgen!</u></a>"
    with pytest.raises(deepl.DeepLException, match="Tag handling parsing failed"):
        client.translate_text("<a>", target_lang="EN-US", tag_handling="xml")


def test_a_document(client: deepl.DeepLClient, tmp_path: Path) -> None:
    source, target = tmp_path / "Brief an Änne.html", tmp_path / "letter.html"
    source.write_text("<h1>Guten Morgen!</h1>\n<p>Ich bin hier.</p>\n", encoding="utf-8")
    status = client.translate_document_from_filepath(source, target, target_lang="EN-US")
    assert status.done
    assert status.billed_characters
    assert target.read_text(encoding="utf-8") == "<h1>Good morning!</h1>\n<p>I'm here.</p>\n"


def test_a_document_that_is_english_already_stays(
    client: deepl.DeepLClient, tmp_path: Path
) -> None:
    source, target = tmp_path / "letter.txt", tmp_path / "same.txt"
    source.write_text(f"{ENGLISH}\n" * 100, encoding="utf-8")
    assert client.translate_document_from_filepath(source, target, target_lang="EN-US").done
    assert target.read_bytes() == source.read_bytes()


def test_a_document_needs_its_key(client: deepl.DeepLClient, http: httpx.Client) -> None:
    handle = client.translate_document_upload(
        b"Guten Morgen!", filename="a.txt", target_lang="EN-US"
    )
    address = f"/v2/document/{handle.document_id}"
    assert http.post(address, json={"document_key": "0" * 64}).status_code == 404
    assert http.post(f"{address}/result", json={"document_key": "ü"}).status_code == 404
    assert http.post(address, json={}).json() == {
        "message": "Parameter 'document_key' not specified."
    }
    with pytest.raises(deepl.DeepLException, match="not translated"):
        client.translate_document(b"x", tmp := io.BytesIO(), filename="a.exe", target_lang="EN-US")
    assert not tmp.getvalue()
