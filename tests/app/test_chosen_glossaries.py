"""Texts and documents with a chosen glossary, by DeepL's and LibreTranslate's names."""

import asyncio
import uuid
from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator
from tests.support.glossaries import glossary_of, refused, translations
from tests.support.web_service import WebService

SECONDS = 30
TEXT = "Die Kaution ist hoch."


async def test_a_text_is_translated_with_the_glossary_that_is_named(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    glossary_id = (await glossary_of(http))["glossary_id"]
    asked = {"text": [TEXT, "Guten Tag!"], "source_lang": "DE", "target_lang": "EN-GB"}
    chosen: list[dict[str, Any]] = [
        {"glossary_id": glossary_id},
        {"glossary_ids": [glossary_id]},
        {"glossary_ids": glossary_id.upper()},
    ]
    for each in chosen:
        assert await translations(http, **asked, **each) == ["DIE deposit IST HOCH.", "GUTEN TAG!"]
    none: list[dict[str, Any]] = [{}, {"glossary_id": ""}, {"glossary_ids": []}]
    for each in none:
        assert await translations(http, **asked, **each) == ["DIE KAUTION IST HOCH.", "GUTEN TAG!"]
    form = await http.post("/v2/translate", data=asked | {"glossary_id": glossary_id})
    assert form.json()["translations"][0]["text"] == "DIE deposit IST HOCH."
    html = asked | {"text": ["<p>Die <b>Kaution</b></p>"], "tag_handling": "html"}
    assert await translations(http, **html, glossary_id=glossary_id) == [
        "<p>DIE <b>deposit</b></p>"
    ]
    assert translator.questions[-1].terms == {"Kaution": "deposit"}


async def test_a_document_is_translated_with_the_glossary_that_is_named(
    http: httpx.AsyncClient,
) -> None:
    sent = {
        "source_lang": "DE",
        "target_lang": "EN",
        "glossary_id": (await glossary_of(http))["glossary_id"],
    }
    file = {"file": ("letter.txt", TEXT.encode())}
    handle = (await http.post("/v2/document", data=sent, files=file)).json()
    address = f"/v2/document/{handle['document_id']}"
    key = {"document_key": handle["document_key"]}
    async with asyncio.timeout(SECONDS):
        while (result := await http.post(f"{address}/result", data=key)).status_code == 503:
            pass
    assert result.text == "DIE deposit IST HOCH."


@pytest.mark.parametrize(
    ("change", "status", "message"),
    [
        (
            {"source_lang": None},
            400,
            "Use of a glossary requires the source_lang parameter to be specified",
        ),
        ({"glossary_id": "Miete"}, 400, "Value for 'glossary_id' not supported."),
        ({"glossary_id": 1}, 400, "Value for 'glossary_id' not supported."),
        ({"glossary_id": str(uuid.UUID(int=0))}, 404, "Glossary not found"),
        (
            {"source_lang": "EN", "target_lang": "DE"},
            400,
            "No dictionary found for language pair en-de in glossary {}",
        ),
        (
            {"glossary_ids": ["{}"]},
            400,
            "Parameters 'glossary_id' and 'glossary_ids' cannot be used together.",
        ),
        (
            {"glossary_id": None, "glossary_ids": ["{}", str(uuid.UUID(int=0))]},
            400,
            "Several glossaries for one translation are not supported.",
        ),
        (
            {"glossary_id": None, "glossary_ids": ["Miete"]},
            400,
            "Value for 'glossary_ids' not supported.",
        ),
    ],
)
async def test_a_wrong_glossary_for_a_text_or_a_document(
    both_ways: WebService, change: dict[str, Any], status: int, message: str
) -> None:
    async with both_ways.started() as http:
        glossary_id = (await glossary_of(http))["glossary_id"]
        asked = {"source_lang": "DE", "target_lang": "EN", "glossary_id": glossary_id} | change
        said = message.format(glossary_id)
        refused(await http.post("/v2/translate", json={"text": [TEXT]} | asked), status, said)
        form = {name: value for name, value in asked.items() if value is not None}
        file = {"file": ("letter.txt", TEXT.encode())}
        refused(await http.post("/v2/document", data=form, files=file), status, said)
        assert await both_ways.rows("SELECT id FROM translations") == []


async def test_libretranslate_takes_a_glossary_by_its_id_or_name(both_ways: WebService) -> None:
    question = {"q": TEXT, "source": "de", "target": "en"}

    async def asked(**more: Any) -> httpx.Response:
        return await http.post("/translate", json=question | more)

    async with both_ways.started() as http:
        glossary_id = (await glossary_of(http))["glossary_id"]
        (row,) = await both_ways.rows("SELECT id FROM glossaries")
        for each in ("Miete", glossary_id, row["id"], str(row["id"])):
            answer = await asked(glossary=each)
            assert answer.json() == {"translatedText": "DIE deposit IST HOCH."}
        form = await http.post("/translate", data=question | {"glossary": "Miete"})
        assert form.json() == {"translatedText": "DIE deposit IST HOCH."}
        assert (await asked(glossary="")).json() == {"translatedText": "DIE KAUTION IST HOCH."}
        await both_ways.rows("UPDATE glossaries SET is_default = 1")
    async with both_ways.started() as http:
        assert (await asked()).json() == {"translatedText": "DIE deposit IST HOCH."}
        for none in ("none", False):
            answer = await asked(glossary=none)
            assert answer.json() == {"translatedText": "DIE KAUTION IST HOCH."}
        detected = await asked(source="auto", glossary="Miete")
        assert detected.json()["translatedText"] == "DIE deposit IST HOCH."
        unknown = await asked(glossary="Wohnen")
        assert (unknown.status_code, unknown.json()) == (
            404,
            {"error": "There is no glossary 'Wohnen'."},
        )
        other = await asked(source="en", target="de", glossary="Miete")
        assert other.status_code == 400
        assert "de→en" in other.json()["error"]
        file = {"file": ("letter.txt", TEXT.encode())}
        sent = {"source": "de", "target": "en", "glossary": "Miete"}
        where = (await http.post("/translate_file", data=sent, files=file)).json()
        document = await http.get(where["translatedFileUrl"])
        assert document.text == "DIE deposit IST HOCH."
