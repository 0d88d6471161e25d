"""The quality that a text is translated in: named in a request, or the setting's."""

from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator
from tests.support.texts import book
from tests.support.web_service import WebService

TEXT = "Guten Morgen! Ich bin hier."
PLAIN = {"Content-Type": "text/plain"}


async def column(service: WebService) -> list[str | None]:
    """The stored qualities, in their order."""
    rows = await service.rows("SELECT quality FROM translations ORDER BY id")
    return [row["quality"] for row in rows]


async def ended(http: httpx.AsyncClient, answer: httpx.Response) -> None:
    where = answer.headers.get("Location") or answer.headers["Content-Location"]
    await http.get(f"{where}.json", headers={"Prefer": "wait=20"})


@pytest.mark.parametrize(
    ("named", "asked", "stored"),
    [
        ({}, "best", None),
        ({"quality": "best"}, "best", None),
        ({"quality": "fast"}, "fast", "fast"),
    ],
)
async def test_each_way_to_send_a_text(
    http: httpx.AsyncClient,
    service: WebService,
    translator: FakeTranslator,
    named: dict[str, str],
    asked: str,
    stored: str | None,
) -> None:
    sent: list[dict[str, Any]] = [
        {"json": {"text": TEXT, **named}},
        {"json": {"text_de": TEXT, **named}},
        {"json": {"text": TEXT}, "params": named},
        {"content": TEXT, "params": named, "headers": PLAIN},
        {"content": TEXT, "params": named, "headers": PLAIN, "method": "PUT"},
        {"data": {"pair": "de en", **named, "text": TEXT}},
        {"files": {name: (None, each) for name, each in (named | {"text": TEXT}).items()}},
        {"data": named, "files": {"file": ("brief.md", TEXT.encode())}},
    ]
    for each in sent:
        answer = await http.request(url="/translate", **({"method": "POST"} | each))
        assert answer.status_code in {200, 303}, answer.text
        await ended(http, answer)
    assert [each.quality for each in translator.questions] == [asked] * len(sent)
    assert await column(service) == [stored] * len(sent)


@pytest.mark.parametrize("quality", ["best", "fast"])
async def test_a_long_text_is_translated_so_by_the_workers(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator, quality: str
) -> None:
    sent = {"text": book(30_000, 1), "quality": quality}
    answer = await http.post("/translate", json=sent)
    assert answer.json()["status"] == "done"
    assert len(translator.questions) > 3
    assert {each.quality for each in translator.questions} == {quality}
    # As in a row of a version that knew one quality.
    translator.questions.clear()
    await service.rows("UPDATE translations SET quality = NULL")
    await service.rows("UPDATE passages SET status = 'failed' WHERE seq = 2")
    await http.post(f"/translations/{answer.json()['id']}/retry")
    await translator.asked(1)
    assert [each.quality for each in translator.questions] == ["best"]


@pytest.mark.parametrize("wrong", ["good", "FAST", "draft", 1, ["fast"], {}])
async def test_another_quality_is_refused_and_nothing_is_stored(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator, wrong: object
) -> None:
    refused = [await http.post("/translate", json={"text": TEXT, "quality": wrong})]
    if isinstance(wrong, str):
        fields = {"quality": wrong}
        refused += [
            await http.post("/translate", content=TEXT, headers=PLAIN, params=fields),
            await http.post("/translate", data=fields | {"text": TEXT}),
            await http.post("/translate", data=fields, files={"file": ("a.md", TEXT.encode())}),
            await http.post("/live", data=fields | {"text": TEXT}),
        ]
    for answer in refused:
        assert answer.status_code == 400
        assert "The quality can be “best” or “fast”. Nothing was stored." in answer.text
    assert translator.questions == []
    assert await column(service) == []


async def test_a_quality_after_the_text_comes_too_late(http: httpx.AsyncClient) -> None:
    files = {"text": (None, TEXT), "quality": (None, "fast")}
    answer = await http.post("/translate", files=files)
    assert answer.status_code == 400
    assert "before the text" in answer.text


@pytest.mark.parametrize("usual", ["best", "fast"])
async def test_who_names_none_has_the_settings(
    service: WebService, translator: FakeTranslator, usual: str
) -> None:
    libretranslate = {"q": TEXT, "source": "de", "target": "en"}
    message = {"role": "user", "content": TEXT}
    async with service.started(quality=usual) as http:
        for path, sent in (
            ("/translate", {"text": TEXT}),
            ("/translate", libretranslate),
            ("/translate", libretranslate | {"q": [TEXT, "Ja."]}),
            ("/v2/translate", {"text": [TEXT], "target_lang": "EN"}),
            ("/v1/chat/completions", {"model": "de-en", "messages": [message]}),
        ):
            answer = await http.post(path, json=sent)
            assert answer.status_code == 200, answer.text
        answer = await http.post("/translate", data={"text": TEXT})
        page = (await http.get("/")).text
    assert len(translator.questions) == 7
    assert {each.quality for each in translator.questions} == {usual}
    assert f'<option value="{usual}" selected>' in page


@pytest.mark.parametrize("usual", ["best", "fast"])
@pytest.mark.parametrize(
    ("model_type", "quality", "used"),
    [
        ("latency_optimized", "fast", "latency_optimized"),
        ("quality_optimized", "best", "quality_optimized"),
        ("prefer_quality_optimized", "best", "quality_optimized"),
        (None, "", None),
    ],
)
async def test_types_of_models_of_deepl(
    service: WebService,
    translator: FakeTranslator,
    usual: str,
    model_type: str | None,
    quality: str,
    used: str | None,
) -> None:
    sent = {"text": TEXT, "target_lang": "EN", "model_type": model_type}
    async with service.started(quality=usual) as http:
        (found,) = (await http.post("/v2/translate", json=sent)).json()["translations"]
    assert found.get("model_type_used") == used
    assert [each.quality for each in translator.questions] == [quality or usual]


async def test_the_same_long_text_in_another_quality_is_another_translation(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    text = book(12_000, 2)
    for model_type in ("latency_optimized", "quality_optimized"):
        sent = {"text": [text], "target_lang": "EN", "model_type": model_type}
        assert (await http.post("/v2/translate", json=sent)).status_code == 200
    assert await column(service) == ["fast", None]
    asked = [each.quality for each in translator.questions]
    assert asked.count("fast") == asked.count("best") > 1


async def test_the_page_shows_how_a_translation_was_made(http: httpx.AsyncClient) -> None:
    for quality in ("fast", "best"):
        answer = await http.post("/translate", json={"text": TEXT, "quality": quality})
        page = (await http.get(answer.headers["Content-Location"])).text
        assert f'<option value="{quality}" selected>' in page


@pytest.mark.parametrize(
    ("older", "newer", "known"),
    [("fast", "best", set()), ("best", "fast", {"Ja."}), ("fast", "fast", {"Ja."})],
)
async def test_a_newer_version_takes_nothing_that_is_worse(
    http: httpx.AsyncClient,
    translator: FakeTranslator,
    older: str,
    newer: str,
    known: set[str],
) -> None:
    answer = await http.post("/translate", json={"text": "Ja.", "quality": older})
    previous = str(answer.json()["id"])
    answer = await http.post(
        "/translate",
        data={"previous": previous, "quality": newer},
        files={"file": ("neu.txt", b"Ja. Gern.")},
    )
    await ended(http, answer)
    assert set(translator.questions[-1].known) == known
