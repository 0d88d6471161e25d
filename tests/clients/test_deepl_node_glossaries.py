"""Glossaries by deepl-node, as it is."""

from typing import Any

import pytest

from tests.support.clients import Answers, node
from tests.support.closed import Closed

ENTRIES = {"Hallo": "Greetings", "Welt": "planet"}
OF_CSV = {"Hallo": "Greetings", "Welt, alte": 'planet "of old"'}
# "Hallo Welt", where the world is a planet.
TRANSLATED = "Hello planet"


@pytest.fixture(scope="module")
def answers(closed: Closed, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    folder = tmp_path_factory.mktemp("files")
    source = folder / "letter.txt"
    source.write_text("Hallo Welt\n", encoding="utf-8")
    key = closed.key("deepl-node-glossaries")
    files = str(source), str(folder / "english.txt")
    return node("deepl_node_glossaries.mjs", closed.web_url, key, *files)


def test_a_glossary_is_created_read_listed_and_deleted(answers: Answers) -> None:
    created = answers["created"]
    described = {"name": "Grüße", "ready": True, "sourceLang": "de", "targetLang": "en"}
    assert described.items() <= created.items()
    assert created["entryCount"] == 2
    assert answers["got"] == created
    assert answers["entries"] == ENTRIES
    assert answers["csv"] == OF_CSV
    assert answers["listed"] == ["Grüße", "Mehrere", "Welt"]
    assert answers["deleted"] is answers["deletedToo"] is None
    assert answers["left"] == []


def test_a_multilingual_glossary_is_changed_and_its_entries_replaced(answers: Answers) -> None:
    dictionary = {"sourceLangCode": "de", "targetLangCode": "en", "entryCount": 2}
    assert answers["multilingual"]["dictionaries"] == [dictionary]
    assert answers["multilingualEntries"] == ENTRIES
    assert answers["renamed"] == "Neu"
    more = {"Welt": "earth", "Tag": "day"}
    assert answers["updated"] == ENTRIES | more
    assert answers["updatedWithCsv"] == ENTRIES | more | {"Tag": "daytime"}
    assert answers["replaced"] == [2, more]
    assert answers["replacedWithCsv"] == answers["createdWithCsv"] == OF_CSV
    assert answers["multilingualListed"] == ["Grüße", "Neu", "Welt"]
    assert answers["dictionaryDeleted"] is None
    assert answers["unknownMultilingual"]["type"] == "GlossaryNotFoundError"


def test_texts_and_documents_are_translated_with_a_glossary(answers: Answers) -> None:
    assert answers["text"] == answers["texts"] == TRANSLATED
    assert answers["document"] == f"{TRANSLATED}\n"


def test_the_pairs_are_those_of_the_models(answers: Answers) -> None:
    assert answers["pairs"] == [{"sourceLang": "de", "targetLang": "en"}]


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        *(
            (name, "GlossaryNotFoundError", "Glossary not found")
            for name in ("unknown", "unknownEntries", "unknownDeleted")
        ),
        ("unknownForText", "DeepLError", "Glossary not found"),
        ("noPair", "DeepLError", "Unsupported glossary source and target language pair"),
        ("duplicate", "DeepLError", "duplicates key with the index 0"),
        ("tooLong", "DeepLError", "501 characters"),
    ],
)
def test_what_is_wrong_is_an_error_that_it_knows(
    answers: Answers, name: str, kind: str, said: str
) -> None:
    error: dict[str, Any] = answers[name]
    assert error["type"] == kind
    assert said in error["message"]
