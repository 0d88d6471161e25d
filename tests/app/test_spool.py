"""While the database is away short texts are translated all the same, and stored later, once."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.web_service import WebService

TEXTS = [f"Ich habe {number} Äpfel gekauft." for number in range(3)]
SECONDS = 30


async def until_stored(http: httpx.AsyncClient) -> None:
    """Wait until nothing is left to store."""
    health = None
    try:
        async with asyncio.timeout(SECONDS):
            while (health := (await http.get("/health")).json()) != {"status": "ok"}:
                pass  # a health check asks the database, which takes some milliseconds
    except TimeoutError:
        pytest.fail(f"after {SECONDS} s the health is {health}")


async def sources(service: WebService) -> list[str]:
    rows = await service.rows("SELECT source FROM passages ORDER BY source")
    return [row["source"] for row in rows]


async def test_short_texts_are_translated_kept_and_stored_once(
    http: httpx.AsyncClient, service: WebService
) -> None:
    with service.database.away():
        for text in TEXTS:
            answer = await http.post("/translate", json={"text": text})
            assert answer.status_code == 200
            assert answer.json() == {
                "text": translated(text),
                "model": "fake-de-en",
                "id": None,
                "stored": False,
                "warnings": [],
                "kept": True,
            }
            assert "the database is away" in answer.headers["Warning"]
            assert "Content-Location" not in answer.headers
        assert (await http.get("/health")).json() == {
            "status": "degraded",
            "translator": "ok",
            "database": "away",
            "unstored": 3,
        }
        assert {path.stat().st_mode & 0o777 for path in service.spool.iterdir()} == {0o600}
        assert service.spool.stat().st_mode & 0o777 == 0o700
    await until_stored(http)
    assert await sources(service) == TEXTS
    assert list(service.spool.iterdir()) == []
    rows = await service.rows("SELECT target, spans FROM passages JOIN sentences USING (seq)")
    assert rows[0]["target"].startswith("ICH HABE ")
    assert rows[0]["spans"] == "[[25,25,0,0.9]]"


async def test_it_is_stored_as_of_when_it_was_translated(service: WebService) -> None:
    with service.database.away():
        async with service.started() as http:
            answer = await http.post("/translate", json={"text": TEXTS[0]})
            assert answer.json().get("kept"), answer.text
        (file,) = service.spool.glob("*.json")
        kept = json.loads(file.read_text())
        earlier = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(hours=5)
        file.write_text(json.dumps(kept | {"created_at": earlier.isoformat()}))
    async with service.started() as http:
        await until_stored(http)
    rows = await service.rows("SELECT created_at, finished_at, status FROM translations")
    assert rows == [{"created_at": earlier, "finished_at": earlier, "status": "done"}]


async def test_the_page_says_what_is_not_stored_yet(
    http: httpx.AsyncClient, service: WebService
) -> None:
    with service.database.away():
        answer = await http.post("/translate", data={"text": TEXTS[0], "pair": "de en"})
        assert answer.status_code == 200
        assert answer.headers["HX-Push-Url"] == "false"  # it has no address
        assert "This translation is not stored yet" in answer.text
        assert ">ICH HABE 0 ÄPFEL GEKAUFT.</span>" in answer.text
        page = (await http.get("/")).text
        assert "1 translation is not stored yet" in page
        assert "The history cannot be reached just now" in page
    await until_stored(http)
    assert "not stored yet" not in (await http.get("/")).text


async def test_what_is_kept_survives_the_service(service: WebService) -> None:
    with service.database.away():
        async with service.started() as http:
            await http.post("/translate", json={"text": TEXTS[0]})
    # Left behind by a crash between storing it and deleting its file, it is stored once.
    assert await sources(service) == []
    (file,) = service.spool.iterdir()
    content = file.read_bytes()
    for _ in range(2):
        file.write_bytes(content)
        async with service.started() as http:
            await until_stored(http)
    assert await sources(service) == TEXTS[:1]


@pytest.mark.parametrize("damage", ["", "{", "[]", '"request_key"', "\0" * 99])
async def test_a_damaged_file_is_put_aside_and_does_not_stop_the_others(
    service: WebService, damage: str
) -> None:
    service.spool.mkdir()
    (service.spool / "0.json").write_text(damage)
    async with service.started() as http:
        with service.database.away():
            answer = await http.post("/translate", json={"text": TEXTS[0]})
            assert answer.json()["kept"]
        await until_stored(http)
    assert await sources(service) == TEXTS[:1]
    assert [path.name for path in service.spool.iterdir()] == ["0.bad"]


async def test_what_neither_database_nor_disk_takes_is_translated_and_said_to_be_lost(
    service: WebService,
) -> None:
    service.spool.write_text("a file, where the folder should be")
    async with service.started() as http:
        with service.database.away():
            answer = await http.post("/translate", json={"text": TEXTS[0]})
            page = await http.post("/translate", data={"text": TEXTS[1], "pair": "de en"})
    assert answer.json() | {"text": ""} == {
        "text": "",
        "model": "fake-de-en",
        "id": None,
        "stored": False,
        "warnings": [],
        "kept": False,
    }
    assert answer.json()["text"] == translated(TEXTS[0])
    assert "neither the database nor the disk takes it" in page.text
    assert await sources(service) == []


async def test_a_database_that_hangs_is_not_waited_for(service: WebService) -> None:
    async with service.started(db_seconds=0.3) as http:
        with service.database.stopped("database"):
            answer = await http.post("/translate", json={"text": TEXTS[0]})
            assert (answer.json()["stored"], answer.json()["kept"]) == (False, True)
        await until_stored(http)
    assert await sources(service) == TEXTS[:1]


async def test_without_both_it_can_do_nothing_and_says_so(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.away = True
    with service.database.away():
        health = await http.get("/health")
        answer = await http.post("/translate", json={"text": TEXTS[0]})
    assert health.status_code == 503
    assert health.json() == {"status": "failing", "translator": "away", "database": "away"}
    assert answer.status_code == 503
    assert not service.spool.exists()
