"""The page for the operator, and the health that machines ask for."""

import re

import httpx

from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService
from web import __version__


def services(page: str) -> dict[str, str]:
    """Each service with its word."""
    return dict(re.findall(r'<b>(\w+)</b> <span class="word">(\w+)<', page))


def figures(page: str) -> dict[str, str]:
    return {
        name: re.sub("<.*?>", "", value).strip()
        for name, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    }


async def test_what_is_up_waits_and_is_stored(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.queued = 1234
    async with service.started(workers=3) as http:
        await http.post("/translate", json={"text": "Guten Morgen!"})
        answer = await http.get("/status")
    (row,) = await service.rows("SELECT VERSION() AS version")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert services(answer.text) == dict.fromkeys(("web", "translator", "database"), "up")
    shown = figures(answer.text)
    assert shown["Passages to translate, all long texts"] == "0"
    assert shown["Passages in work, this replica"] == "0 of at most 3"
    assert shown["Sentences that wait in the translator"] == "1,234"
    assert shown["Translations not stored yet"] == "0"
    assert shown["Translations"] == "1"
    assert shown["Unlimited Translation"] == __version__
    assert shown["Model"] == "fake-de-en (de → en)"
    assert shown["Database"] == row["version"]
    assert "Guten" not in answer.text


async def test_a_service_that_is_away_is_said_to_be(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    with service.database.away():
        page = (await http.get("/status")).text
        assert services(page) == {"web": "up", "translator": "up", "database": "down"}
        assert "<title>✕ Status" in page
        assert figures(page)["Translations"] == "unknown"
    translator.away = True
    page = (await http.get("/status")).text
    assert services(page) == {"web": "up", "translator": "down", "database": "up"}
    translator.away = False
    page = (await http.get("/status")).text
    assert services(page) == {"web": "up", "translator": "up", "database": "up"}
    assert "<title>Status" in page


async def test_passages_that_wait_are_counted(
    service: WebService, translator: FakeTranslator
) -> None:
    async with service.started(workers=1) as http:
        with translator.holding():
            text = ("Wort " * 960 + "Ende.\n\n") * 4
            answer = await http.post(
                "/translate", json={"text": text}, headers={"Prefer": "respond-async"}
            )
            total = answer.json()["passages"]
            shown = figures((await http.get("/status")).text)
    assert shown["Passages to translate, all long texts"] == str(total)
    assert shown["Passages in work, this replica"] == "1 of at most 1"


async def test_health_tells_what_is_away(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    assert (await http.get("/health")).json() == {"status": "ok"}
    translator.away = True
    answer = await http.get("/health")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "degraded", "translator": "away", "database": "ok"},
    )
    with service.database.away():
        answer = await http.get("/health")
        assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    translator.away = False
    assert (await http.get("/health")).json() == {"status": "ok"}
