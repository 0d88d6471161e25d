"""/metrics: what was done, in numbers; by the inner port, or with a key."""

import math

import httpx
import pytest

from tests.support.fakes import FakeTranslator
from tests.support.texts import book
from tests.support.web_service import INNER_URL, WebService, figure

WORD = "Zwetschgenquirl"


async def metrics(http: httpx.AsyncClient) -> str:
    answer = await http.get(f"{INNER_URL}/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    return answer.text


async def test_what_was_done_is_counted(http: httpx.AsyncClient) -> None:
    for _ in range(2):
        await http.post("/translate", json={"text": f"Das ist ein {WORD}."})
    await http.post("/translate", json={"text": " "})
    await http.post("/translate", data={"pair": "de en", "text": "Guten Morgen!"})
    answer = await http.put("/translate", content=book(9_000, seed=70).encode())
    where = answer.headers["Content-Location"]
    passages = (await http.get(f"{where}.json")).json()["passages"]
    await http.get(f"/{WORD}")
    text = await metrics(http)
    counted = {
        ("web_translations_total", "api", "short"): 2,
        ("web_translations_total", "page", "short"): 1,
        ("web_translations_total", "api", "long"): 1,
    }
    for (name, origin, kind), number in counted.items():
        assert figure(text, name, origin=origin, kind=kind) == number
    assert figure(text, "web_passages_total", outcome="done") == passages > 2
    assert figure(text, "web_passages_total") == passages
    asked = figure(text, "web_translator_answers_total", path="/translate", status="200")
    assert asked == 3 + passages
    for route, status, number in (
        ("/translate", "200", 3),
        ("/translate", "303", 1),
        ("/translate", "400", 1),
        ("/translations/{translation_id}.json", "200", 1),
        ("other", "404", 1),
    ):
        labels = {"route": route, "status": status}
        assert figure(text, "web_http_requests_total", **labels) == number, labels
    assert figure(text, "web_http_request_seconds_count", route="/translate") == 5
    assert figure(text, "web_http_first_part_seconds_count", route="/translate") == 1
    assert figure(text, "web_jobs_held") == figure(text, "web_queue_open_passages") == 0
    assert figure(text, "web_jobs_limit") == 4
    assert figure(text, "web_database_connections") >= 1
    assert WORD not in text


async def test_what_failed_is_counted(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.away = True
    await http.post("/translate", json={"text": "Guten Morgen!"})
    translator.away, translator.busy = False, 1
    await http.post("/translate", json={"text": "Guten Morgen!"})
    translator.busy = None
    with service.database.away():
        await http.post("/translate", json={"text": "Guten Morgen!"})
        text = await metrics(http)
    for status in ("away", "503", "200"):
        labels = {"path": "/translate", "status": status}
        assert figure(text, "web_translator_answers_total", **labels) == 1, status
    assert figure(text, "web_spool_files") == 1
    assert figure(text, "web_database_errors_total", kind="away") > 0
    assert figure(text, "web_database_errors_total", kind="refused") == 0
    assert math.isnan(figure(text, "web_queue_open_passages"))


@pytest.mark.parametrize("headers", [{}, {"Host": "127.0.0.1:9090"}, {"X-Forwarded-Port": "9090"}])
async def test_the_published_port_gives_metrics_to_nobody(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await http.get("/metrics", headers=headers)
    assert answer.status_code == 403
    assert "web_http" not in answer.text


async def test_with_a_key_the_published_port_gives_them_too(service: WebService) -> None:
    key = service.add_key("prometheus")
    async with service.started() as http:
        assert (await http.get("/metrics")).status_code == 401
        answer = await http.get("/metrics", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200
        assert figure(answer.text, "web_jobs_limit") == 4
        assert figure(await metrics(http), "web_jobs_limit") == 4
