"""The service starts without what it needs, and stops at any moment."""

import asyncio

import pytest

from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService


@pytest.mark.parametrize("remainder", range(4))
async def test_it_stops_at_any_moment_of_its_start(service: WebService, remainder: int) -> None:
    """Also when a connection has just been opened: a cancellation was lost then, and it hung."""
    for turns in range(remainder, 60, 4):
        async with service.started():
            for _ in range(turns):
                await asyncio.sleep(0)  # one turn of the event loop


async def test_it_starts_without_database_and_translator_and_works_when_they_are_there(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.away = True
    with service.database.away():
        async with service.started() as http:
            assert (await http.get("/health")).status_code == 503
            assert (await http.get("/")).status_code == 200
    translator.away = False
    async with service.started() as http:
        assert (await http.get("/health")).json() == {"status": "ok"}


async def test_it_does_not_start_with_a_file_of_keys_that_is_broken(service: WebService) -> None:
    service.keys_file.write_text("anna oops\n")
    with pytest.raises(ValueError, match="line 1 is not NAME"):
        async with service.started():
            pytest.fail("it started")
