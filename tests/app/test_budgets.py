"""Keys with budgets and rates: what is charged, refused and given back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService

MORNING = "Guten Morgen!"
PLAIN = {"Content-Type": "text/plain"}
SECONDS = 30

Caller = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def caller(service: WebService) -> Caller:
    """Factory of clients, each with a key of its own, which has these limits."""

    @asynccontextmanager
    async def started(
        rate: int | None = None, budget: int | None = None
    ) -> AsyncIterator[httpx.AsyncClient]:
        key = service.add_key("anna", rate, budget)
        async with service.started() as http:
            http.headers["Authorization"] = f"Bearer {key}"
            yield http

    return started


async def translate(http: httpx.AsyncClient, text: str) -> httpx.Response:
    return await http.post("/translate", json={"text": text})


async def until_spent(service: WebService, characters: int) -> None:
    """Wait until so much is charged: what is owed is paid in the background."""
    async with asyncio.timeout(SECONDS):
        while await service.spent("anna") != characters:
            pass  # a question takes some milliseconds


async def test_characters_are_charged_up_to_the_budget(caller: Caller, service: WebService) -> None:
    async with caller(budget=30) as http:
        assert [(await translate(http, MORNING)).status_code for _ in range(2)] == [200, 200]
        refused = await translate(http, MORNING)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 31 * 24 * 3600
        said = refused.json()["error"]
        assert "'anna' has 30 characters a month, of which 26 are used; this is 13 more" in said
        assert "Nothing was stored" in said
        assert (await translate(http, "Ja!")).status_code == 200  # it still has 4
    assert await service.spent("anna") == 29
    assert await service.rows("SELECT COUNT(*) AS n FROM translations") == [{"n": 3}]


async def test_a_budget_lasts_over_a_restart(service: WebService) -> None:
    key = service.add_key("anna", budget=20)
    headers = {"Authorization": f"Bearer {key}"}
    for status in (200, 429):
        async with service.started() as http:
            http.headers.update(headers)
            assert (await translate(http, MORNING)).status_code == status


async def test_replicas_share_a_budget(service: WebService) -> None:
    key = service.add_key("anna", budget=20)
    async with service.started() as one, service.started() as other:
        for http, status in ((one, 200), (other, 429), (one, 429)):
            http.headers["Authorization"] = f"Bearer {key}"
            assert (await translate(http, MORNING)).status_code == status


@pytest.mark.parametrize("fault", ["away", "busy", "refused", "impostor"])
async def test_what_is_not_translated_is_given_back(
    caller: Caller, service: WebService, translator: FakeTranslator, fault: str
) -> None:
    async with caller(budget=20) as http:
        setattr(translator, fault, {"busy": 1, "refused": "Morgen"}.get(fault, True))
        answer = await translate(http, MORNING)
        assert answer.status_code == (400 if fault == "refused" else 503)
        await until_spent(service, 0)
        setattr(translator, fault, {"busy": None, "refused": ""}.get(fault, False))
        assert (await translate(http, MORNING)).status_code == 200
    assert await service.spent("anna") == len(MORNING)


async def test_a_text_that_is_too_long_for_the_budget_costs_nothing(
    caller: Caller, service: WebService, translator: FakeTranslator
) -> None:
    async with caller(budget=5_000) as http:
        refused = await translate(http, book(9_000, seed=20))
        assert refused.status_code == 429
        assert "of which 0 are used" in refused.json()["error"]
        assert (await translate(http, " ")).status_code == 400
    assert await service.spent("anna") == 0
    assert translator.questions == []
    assert await service.rows("SELECT COUNT(*) AS n FROM translations") == [{"n": 0}]


async def test_a_long_text_is_charged_at_once(caller: Caller, service: WebService) -> None:
    text = book(9_000, seed=21)
    async with caller(budget=len(text)) as http:
        assert (await translate(http, text)).json()["status"] == "done"
        assert await service.spent("anna") == len(text)
        assert (await translate(http, "x")).status_code == 429


async def test_a_stream_ends_where_the_budget_does_and_what_came_before_is_kept(
    caller: Caller, service: WebService
) -> None:
    text = "".join(f"Absatz {number}: Wir warten hier auf dich.\n\n" for number in range(500))
    said = b""
    async with caller(budget=10_000) as http:
        async with http.stream("PUT", "/translate", content=text, headers=PLAIN) as answer:
            where = answer.headers["Content-Location"]
            with pytest.raises(httpx.RemoteProtocolError):  # noqa: PT012 - it begins well
                async for part in answer.aiter_bytes():
                    said += part
        kept = (await http.get(f"{where}.json")).json()
    assert kept["status"] == "interrupted"
    (row,) = await service.rows("SELECT characters FROM translations")
    assert row["characters"] == await service.spent("anna")
    assert 5_000 < row["characters"] <= 10_000
    target, _, message = said.decode().rstrip().rpartition("\n[")
    assert message.startswith("The key 'anna' has 10,000 characters a month")
    assert translated(text).startswith(target.rstrip())


async def test_without_the_database_it_is_counted_in_memory_and_paid_later(
    caller: Caller, service: WebService
) -> None:
    async with caller(budget=40) as http:
        assert (await translate(http, MORNING)).status_code == 200
        with service.database.away():
            answers = [(await translate(http, MORNING)).status_code for _ in range(3)]
        assert answers == [200, 200, 429]
        await until_spent(service, 39)
        assert (await translate(http, MORNING)).status_code == 429


async def test_a_draft_is_charged_once(caller: Caller, service: WebService) -> None:
    async with caller(budget=100) as http:
        form = {"pair": "de en", "text": MORNING, "keep": "1"}
        draft = (await http.post("/live", data=form)).headers["HX-Replace-Url"].rpartition("/")[2]
        for text in ("Guten Abend!", "Gute Nacht!"):
            await http.post("/live", data=form | {"text": text, "draft": draft})
    assert await service.spent("anna") == len(MORNING)


async def test_the_texts_of_a_batch_are_charged_together(
    caller: Caller, service: WebService, translator: FakeTranslator
) -> None:
    async with caller(budget=30) as http:
        sent = {"q": [MORNING, "Ja!"], "source": "de", "target": "en"}
        assert (await http.post("/translate", json=sent)).status_code == 200
        assert await service.spent("anna") == 16
        refused = await http.post("/translate", json=sent)
        assert refused.status_code == 429
        translator.refused = "Nein"
        await http.post("/translate", json=sent | {"q": ["Ja!", "Nein!"]})
        await until_spent(service, 16)


async def test_deepl_tells_what_is_left_in_its_words(caller: Caller) -> None:
    async with caller(budget=20) as http:
        sent = {"text": [MORNING], "target_lang": "EN-GB"}
        assert (await http.post("/v2/translate", json=sent)).status_code == 200
        usage = (await http.get("/v2/usage")).json()
        assert usage == {"character_count": 13, "character_limit": 20}
        refused = await http.post("/v2/translate", json=sent)
        assert refused.status_code == 456
        assert refused.json()["message"] == "Quota exceeded."


async def test_above_its_rate_a_key_is_told_when_to_come_back(caller: Caller) -> None:
    async with caller(rate=3) as http:
        answers = [await http.get("/translations/0.json") for _ in range(4)]
        assert [each.status_code for each in answers] == [404, 404, 404, 429]
        assert 1 <= int(answers[3].headers["Retry-After"]) <= 20
        refused = await translate(http, MORNING)
        assert refused.status_code == 429
        assert "3 requests a minute" in refused.json()["error"]


async def test_without_limits_it_is_counted_all_the_same(
    caller: Caller, service: WebService
) -> None:
    async with caller() as http:
        await translate(http, MORNING)
        assert (await http.get("/v2/usage")).json()["character_count"] == len(MORNING)
    assert await service.spent("anna") == len(MORNING)
