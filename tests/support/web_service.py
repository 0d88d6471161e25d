"""The web service in the test's own process: the real application, database and client."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.support.asgi import InProcess, running
from tests.support.carrying import Carried
from tests.support.database import Database
from tests.support.fakes import FakeTranslator
from web.app import create_app
from web.settings import Settings

URL = "http://127.0.0.1:8080"
INNER_PORT = 9090
# The same service by its port for metrics.
INNER_URL = f"http://127.0.0.1:{INNER_PORT}"


@dataclass
class WebService:
    """Parts of a service, and its start, as often as a test wants replicas or restarts."""

    database: Database
    translator: FakeTranslator
    folder: Path

    @property
    def spool(self) -> Path:
        """Translations that wait for the database."""
        return self.folder / "spool"

    @property
    def keys_file(self) -> Path:
        """The file of API keys; without it everything is open."""
        return self.folder / "api_keys"

    def add_key(self, name: str, rate: int | None = None, budget: int | None = None) -> str:
        """A new key, as scripts/add-key makes one: requests a minute, characters a month."""
        key = f"the key of {name}"
        digest = hashlib.sha256(key.encode()).hexdigest()
        with self.keys_file.open("a") as file:
            file.write(f"{name} {digest} {rate or '-'} {budget or '-'}\n")
        return key

    @asynccontextmanager
    async def started(self, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
        """A client of the service, which runs while the block does."""
        app = create_app(
            Settings(
                **{
                    "db_socket": self.database.address,
                    "db_user_file": self.database.secrets_dir / "db_user",
                    "db_password_file": self.database.secrets_dir / "db_password",
                    "api_keys_file": self.keys_file if self.keys_file.exists() else None,
                    "spool_dir": self.spool,
                    "metrics_port": INNER_PORT,
                    "translator_url": "http://127.0.0.1:8090",
                }
                | settings
            ),
            transport=Carried(self.translator),
        )
        async with (
            running(app),
            httpx.AsyncClient(transport=InProcess(app), base_url=URL) as client,
        ):
            yield client

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Run a statement beside the service; the rows."""
        return await asyncio.to_thread(self.database.query, sql, *values)

    async def spent(self, name: str) -> int:
        """The characters that a key is charged with in the database."""
        rows = await self.rows("SELECT characters FROM spending WHERE name = %s", name)
        return int(rows[0]["characters"]) if rows else 0


def figure(metrics: str, name: str, **labels: str) -> float:
    """A metric's value, or the sum of those that have these labels."""
    found = [
        sample.value
        for family in text_string_to_metric_families(metrics)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    assert found, f"there is no {name} with {labels}"
    return sum(found)
