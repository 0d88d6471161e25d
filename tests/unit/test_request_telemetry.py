"""The middleware that counts, times and names every request."""

import asyncio
import logging
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import StreamingResponse
from prometheus_client import CollectorRegistry

import web.app
from web.http.security_headers import HEADERS
from web.settings import Settings
from web.telemetry.requests import Requests, RequestTelemetry

TEXT = "Zwetschgenmus"


def client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://here")


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
async def http(registry: CollectorRegistry) -> AsyncIterator[httpx.AsyncClient]:
    router = APIRouter()

    @router.get("/things/{name}")
    async def thing(name: str) -> str:
        return name

    @router.get("/broken")
    async def broken() -> None:
        raise ValueError(TEXT)

    @router.get("/parts")
    async def parts(count: int) -> StreamingResponse:
        async def given() -> AsyncIterator[str]:
            for number in range(count):
                if number == 2:
                    raise ValueError(TEXT)
                yield str(number)
                await asyncio.sleep(0)

        return StreamingResponse(given())

    app = FastAPI()
    app.add_middleware(RequestTelemetry, requests=Requests(registry, "web"))
    app.include_router(router, prefix="/v1")
    async with client(app) as http:
        yield http


def counted(registry: CollectorRegistry) -> dict[tuple[str, str, str], float]:
    return {
        (each.labels["method"], each.labels["route"], each.labels["status"]): each.value
        for family in registry.collect()
        for each in family.samples
        if each.name == "web_http_requests_total"
    }


async def test_labels_are_templates_and_known_methods(
    http: httpx.AsyncClient, registry: CollectorRegistry
) -> None:
    for method, path in (
        ("GET", f"/v1/things/{TEXT}"),
        ("GET", f"/v1/things/{TEXT}?q={TEXT}"),
        ("POST", f"/v1/things/{TEXT}"),
        (TEXT, f"/v1/things/{TEXT}"),
        ("GET", f"/{TEXT}"),
    ):
        await http.request(method, path)
    assert counted(registry) == {
        ("GET", "/v1/things/{name}", "200"): 2,
        ("POST", "/v1/things/{name}", "405"): 1,
        ("other", "/v1/things/{name}", "405"): 1,
        ("GET", "other", "404"): 1,
    }


async def test_an_answer_in_parts_is_timed_to_its_first_part_and_its_end(
    http: httpx.AsyncClient, registry: CollectorRegistry
) -> None:
    assert (await http.get("/v1/parts?count=2")).text == "01"
    labels = {"route": "/v1/parts", "method": "GET"}
    first = registry.get_sample_value("web_http_first_part_seconds_sum", labels)
    whole = registry.get_sample_value("web_http_request_seconds_sum", labels)
    assert registry.get_sample_value("web_http_first_part_seconds_count", labels) == 1
    assert first is not None
    assert whole is not None
    assert 0 < first < whole


async def test_what_fails_and_what_breaks_off_is_counted_as_such(
    http: httpx.AsyncClient, registry: CollectorRegistry
) -> None:
    assert (await http.get("/v1/broken")).status_code == 500
    await http.get("/v1/parts?count=3")
    assert counted(registry) == {
        ("GET", "/v1/broken", "500"): 1,
        ("GET", "/v1/parts", "broken"): 1,
    }


async def test_the_id_comes_back_and_stands_in_the_line(
    http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "web.access"):
        for given, back in (("a.B-1_", True), (TEXT + "!", False), ("x" * 65, False)):
            answer = await http.get(f"/v1/things/{TEXT}", headers={"X-Request-ID": given})
            assert (answer.headers["X-Request-ID"] == given) is back
            assert len(answer.headers.get_list("X-Request-ID")) == 1
    assert TEXT not in caplog.text
    assert [record.getMessage() for record in caplog.records] == ["GET /v1/things/{name} 200"] * 3


async def test_an_unexpected_error_names_its_request() -> None:
    app = web.app.create_app(Settings())

    @app.get("/broken")
    async def broken() -> None:
        raise ValueError(TEXT)

    async with client(app) as http:
        answer = await http.get("/broken", headers={"X-Request-ID": "mine"})
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] == "mine"
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "request id mine." in answer.json()["error"]
    assert TEXT not in answer.text


def test_the_inner_port_must_be_another_one() -> None:
    with pytest.raises(ValueError, match="another port"):
        Settings(port=8080, metrics_port=8080)
