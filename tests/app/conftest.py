"""The application in process: a real MariaDB, and a fake in the translator's place."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.database import Database
from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService


@pytest.fixture(scope="session")
def mariadb() -> Iterator[Database]:
    with Database() as database:
        yield database


@pytest.fixture
def database(mariadb: Database) -> Database:
    """The server that all tests share, without a row of those before."""
    mariadb.empty()
    return mariadb


@pytest.fixture
async def translator() -> FakeTranslator:
    return FakeTranslator()


@pytest.fixture
def service(database: Database, translator: FakeTranslator, tmp_path: Path) -> WebService:
    """Parts that a service is started of, for tests that set something before."""
    return WebService(database, translator, tmp_path)


@pytest.fixture
def both_ways(service: WebService, translator: FakeTranslator) -> WebService:
    """The same, from German to English and back."""
    translator.install("fake-en-de", "en", "de")
    return service


@pytest.fixture
async def http(service: WebService) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a running service with the usual settings and without keys."""
    async with service.started() as client:
        yield client
