"""Glossaries by DeepL's library for Python and its command line, both as they are."""

import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import deepl
import pytest
from deepl.api_data import MultilingualGlossaryDictionaryEntries, MultilingualGlossaryInfo

from tests.support.clients import output
from tests.support.closed import Closed

# "Hallo Welt", where the world is a planet.
TRANSLATED = "Hello planet"
PROGRAM = Path(sys.executable).with_name("deepl")
ENTRIES = {"Hallo": "Greetings", "Welt": "planet"}
TSV = "Hallo\tGreetings\nWelt\tplanet"
CSV = 'Hallo,Greetings,de,en\n"Welt, alte","planet ""of old""",DE,EN\nWorld,Erde,en,de\n'
OF_CSV = {"Hallo": "Greetings", "Welt, alte": 'planet "of old"'}


@pytest.fixture(scope="module")
def key(closed: Closed) -> str:
    return closed.key("glossaries")


@pytest.fixture
def client(closed: Closed, key: str) -> Iterator[deepl.DeepLClient]:
    """A client whose glossaries are gone after each test."""
    with closing(deepl.DeepLClient(key, server_url=closed.web_url)) as client:
        yield client
        for each in client.list_multilingual_glossaries():
            client.delete_multilingual_glossary(each)


def entries_of(client: deepl.DeepLClient, glossary: MultilingualGlossaryInfo) -> dict[str, str]:
    found = client.get_multilingual_glossary_entries(glossary, "DE", "EN")
    (dictionary,) = found.dictionaries
    # The library gives them as they came, whatever it says of their type.
    entries: dict[str, str] = deepl.convert_tsv_to_dict(str(dictionary.entries))
    return entries


def test_a_glossary_is_created_read_listed_and_deleted(client: deepl.DeepLClient) -> None:
    made = client.create_glossary("Grüße", "DE", "EN-US", ENTRIES)
    assert (made.name, made.source_lang, made.target_lang) == ("Grüße", "DE", "EN")
    assert (made.ready, made.entry_count) == (True, 2)
    found = client.get_glossary(made.glossary_id)
    assert (found.name, found.creation_time) == (made.name, made.creation_time)
    assert [each.glossary_id for each in client.list_glossaries()] == [made.glossary_id]
    assert client.get_glossary_entries(made) == ENTRIES
    client.delete_glossary(made)
    assert client.list_glossaries() == []
    with pytest.raises(deepl.GlossaryNotFoundException, match="Glossary not found"):
        client.get_glossary(made.glossary_id)


def test_a_glossary_of_csv_and_one_of_ten_thousand_terms(client: deepl.DeepLClient) -> None:
    made = client.create_glossary_from_csv("CSV", "DE", "EN", CSV)
    assert client.get_glossary_entries(made) == OF_CSV
    many = {f"Wort-{number}": f"word-{number}" for number in range(10_000)}
    large = client.create_glossary("Viele", "DE", "EN", many)
    assert large.entry_count == len(many)
    assert client.get_glossary_entries(large) == many


def test_what_is_wrong_is_an_error_that_the_client_knows(client: deepl.DeepLClient) -> None:
    with pytest.raises(deepl.DeepLException, match="Unsupported glossary source and target"):
        client.create_glossary("Falsch", "DE", "XX", ENTRIES)
    with pytest.raises(deepl.DeepLException, match=r"Invalid glossary entries.*501 characters"):
        client.create_glossary("Falsch", "DE", "EN", {"x" * 501: "y"})
    with pytest.raises(deepl.DeepLException, match=r"Invalid glossary entries.*duplicates key"):
        client.create_glossary_from_csv("Falsch", "DE", "EN", "Welt,world\nWelt,planet")
    with pytest.raises(deepl.DeepLException, match="Invalid glossary entries"):
        client.create_glossary_from_csv("Falsch", "DE", "EN", 'Welt,"world')
    with pytest.raises(deepl.DeepLException, match="Invalid or missing glossary id"):
        client.get_glossary("invalid_glossary_id")
    unknown = str(uuid.uuid4())
    for call in (
        client.get_glossary,
        client.get_glossary_entries,
        client.delete_glossary,
        client.get_multilingual_glossary,
        client.delete_multilingual_glossary,
    ):
        with pytest.raises(deepl.GlossaryNotFoundException):
            call(unknown)
    assert client.list_glossaries() == []


def test_a_multilingual_glossary_is_changed_and_its_entries_replaced(
    client: deepl.DeepLClient,
) -> None:
    dictionary = MultilingualGlossaryDictionaryEntries("DE", "EN", ENTRIES)
    made = client.create_multilingual_glossary("Grüße", [dictionary])
    (info,) = made.dictionaries
    assert (info.source_lang, info.target_lang, info.entry_count) == ("DE", "EN", 2)
    found = client.get_multilingual_glossary(made.glossary_id)
    assert (found.name, found.creation_time) == (made.name, made.creation_time)
    assert [each.name for each in client.list_multilingual_glossaries()] == ["Grüße"]
    assert entries_of(client, made) == ENTRIES

    assert client.update_multilingual_glossary_name(made, "Neu").name == "Neu"
    more = MultilingualGlossaryDictionaryEntries("DE", "EN", {"Welt": "earth", "Tag": "day"})
    merged = client.update_multilingual_glossary_dictionary(made, more)
    assert merged.dictionaries[0].entry_count == 3
    assert entries_of(client, made) == {"Hallo": "Greetings", "Welt": "earth", "Tag": "day"}
    assert client.replace_multilingual_glossary_dictionary(made, more).entry_count == 2
    assert entries_of(client, made) == {"Welt": "earth", "Tag": "day"}
    client.replace_multilingual_glossary_dictionary_from_csv(made, "DE", "EN", "Welt,globe")
    assert entries_of(client, made) == {"Welt": "globe"}

    client.delete_multilingual_glossary_dictionary(made, source_lang="DE", target_lang="EN")
    with pytest.raises(deepl.GlossaryNotFoundException):
        client.get_multilingual_glossary(made.glossary_id)


def test_a_multilingual_glossary_of_csv(client: deepl.DeepLClient) -> None:
    # The library reads the file itself, and does not look at the languages in it.
    made = client.create_multilingual_glossary_from_csv("CSV", "DE", "EN", CSV)
    assert entries_of(client, made) == OF_CSV | {"World": "Erde"}
    client.update_multilingual_glossary_dictionary_from_csv(made, "DE", "EN", "Hallo,Hi")
    assert entries_of(client, made)["Hallo"] == "Hi"
    client.delete_multilingual_glossary(made)
    assert client.list_multilingual_glossaries() == []


def test_texts_and_documents_are_translated_with_a_glossary(
    client: Any,
    tmp_path: Path,  # what comes for one text is one result, which no annotation says
) -> None:
    made = client.create_glossary("Grüße", "DE", "EN", {"Welt": "planet"})
    multilingual = client.get_multilingual_glossary(made.glossary_id)
    for glossary in (made, made.glossary_id, multilingual):
        result = client.translate_text(
            "Hallo Welt", source_lang="DE", target_lang="EN-US", glossary=glossary
        )
        assert result.text == TRANSLATED
    result = client.translate_text(
        "Hallo Welt", source_lang="DE", target_lang="EN-US", glossary_ids=[made]
    )
    assert result.text == TRANSLATED
    assert client.translate_text_with_glossary("Hallo Welt", made).text == TRANSLATED
    source, target = tmp_path / "letter.txt", tmp_path / "english.txt"
    source.write_text("Hallo Welt\n", encoding="utf-8")
    client.translate_document_from_filepath(
        source, target, source_lang="DE", target_lang="EN-US", glossary=made
    )
    assert target.read_text("utf-8") == f"{TRANSLATED}\n"


def test_a_wrong_glossary_for_a_text_is_an_error(client: deepl.DeepLClient) -> None:
    made = client.create_glossary("Grüße", "DE", "EN", ENTRIES)
    with pytest.raises(deepl.DeepLException, match="Glossary not found"):
        client.translate_text(
            "Hallo", source_lang="DE", target_lang="EN-US", glossary=str(uuid.uuid4())
        )
    with pytest.raises(deepl.DeepLException, match=r"glossary_id.* not supported"):
        client.translate_text("Hallo", source_lang="DE", target_lang="EN-US", glossary="Grüße")
    both: list[Any] = [made, str(uuid.uuid4())]
    with pytest.raises(deepl.DeepLException, match="Several glossaries"):
        client.translate_text("Hallo", source_lang="DE", target_lang="EN-US", glossary_ids=both)


def test_another_key_finds_nothing_of_it(closed: Closed, client: deepl.DeepLClient) -> None:
    made = client.create_glossary("Grüße", "DE", "EN", ENTRIES)
    with closing(
        deepl.DeepLClient(closed.key("other-glossaries"), server_url=closed.web_url)
    ) as other:
        assert other.list_glossaries() == []
        assert other.list_multilingual_glossaries() == []
        with pytest.raises(deepl.GlossaryNotFoundException):
            other.get_glossary_entries(made)
        with pytest.raises(deepl.DeepLException, match="Glossary not found"):
            other.translate_text(
                "Hallo", source_lang="DE", target_lang="EN-US", glossary=made.glossary_id
            )


def test_languages_of_glossaries(client: deepl.DeepLClient) -> None:
    (pair,) = client.get_glossary_languages()
    assert (pair.source_lang, pair.target_lang) == ("de", "en")


def test_its_command_line(
    closed: Closed, key: str, client: deepl.DeepLClient, tmp_path: Path
) -> None:
    def said(*arguments: str | Path) -> list[str]:
        settings = {"DEEPL_SERVER_URL": closed.web_url, "DEEPL_AUTH_KEY": key}
        return output(PROGRAM, *arguments, **settings).splitlines()

    assert said("languages", "--glossary")[1:] == ["de, en"]
    new = ("glossary", "create", "--from", "DE", "--to", "EN", "--name")
    created, head, row = said(*new, "Grüße", "Hallo=Greetings", "Welt=planet")
    glossary_id = client.list_glossaries()[0].glossary_id
    assert created == f'Created Glossary "Grüße" ({glossary_id})'
    assert head.split()[:3] == ["Glossary", "ID", "Name"]
    assert row.split()[:6] == [glossary_id, "Grüße", "True", "DE", "EN", "2"]
    tsv, csv = tmp_path / "terms.tsv", tmp_path / "terms.csv"
    tsv.write_text(TSV, encoding="utf-8")
    csv.write_text(CSV, encoding="utf-8")
    said(*new, "TSV", "--file", tsv)
    said(*new, "CSV", "--file", csv, "--csv")
    assert len(said("glossary", "list")) == 1 + 3
    assert said("glossary", "get", glossary_id)[1].split()[0] == glossary_id
    assert said("glossary", "entries", glossary_id) == TSV.splitlines()
    pair = ("--from", "DE", "--to", "EN-US", "--glossary-id", glossary_id)
    assert said("text", *pair, "Welt")[0].lower().startswith("planet")
    ids = [each.glossary_id for each in client.list_glossaries()]
    assert said("glossary", "delete", *ids) == [
        f"Glossary with ID {each} successfully deleted." for each in ids
    ]
    assert len(said("glossary", "list")) == 1
    with pytest.raises(AssertionError, match="Glossary not found"):
        said("glossary", "entries", glossary_id)
