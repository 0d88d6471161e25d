"""Health of the whole application over ASGI, with a translator of the test's and no database."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.carrying import Carried
from tests.support.loops import TEXT, Fault, Time
from web.api.health import health
from web.app import create_app
from web.errors import StoreUnavailableError
from web.settings import Settings
from web.telemetry.logs import LineFormatter
from web.telemetry.supervision import STEADY_SECONDS, Supervisor
from web.translation.service import Translations
from web.translation.store import Store
from web.translator_client.client import TranslatorClient
from web.translator_client.statistics import QUEUED, TOKENS

METRICS_PORT = 9090
LOOPS = {
    *("keys", "budgets", "glossaries", "purge", "jobs", "leases", "spool", "statistics"),
    *("memory", "memory_purge"),
}


class Application:
    """A running application, whose loop `statistics` fails while `fault` is on."""

    def __init__(self, folder: Path) -> None:
        self.time = Time()
        self.fault = Fault()
        for name in ("user", "password"):
            (folder / name).write_text("nobody")
        self._app = create_app(
            Settings(
                translator_url="http://127.0.0.1:1",
                db_socket=folder / "none",
                db_user_file=folder / "user",
                db_password_file=folder / "password",
                spool_dir=folder / "spool",
                metrics_port=METRICS_PORT,
            ),
            transport=Carried(httpx.MockTransport(self._translator)),
            supervisor=Supervisor(self.time.clock, self.time.pause),
        )

    def _translator(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/metrics":
            self.fault()
            return httpx.Response(200, text=f"{TOKENS} 5\n{QUEUED} 0\n")
        return httpx.Response(200, json=[] if request.url.path == "/models" else {})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with asyncio.timeout(30), self._app.router.lifespan_context(self._app):
            yield

    async def get(self, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        url = f"http://web:{METRICS_PORT}"
        async with httpx.AsyncClient(transport=transport, base_url=url) as http:
            return await http.get(path)

    async def health(self) -> dict[str, Any]:
        answer = await self.get("/health")
        assert answer.status_code == 200  # the page can translate
        found: dict[str, Any] = answer.json()
        assert found["database"] == "away"
        return found

    async def metrics(self, name: str) -> dict[str, float]:
        """A metric's values by the name of the loop."""
        lines = (await self.get("/metrics")).text.splitlines()
        found = [line.split(" ") for line in lines if line.startswith(f"{name}{{")]
        return {labels.split('"')[1]: float(value) for labels, value in found}


async def test_a_loop_that_keeps_failing_is_told_of_until_it_is_mended(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    web = Application(tmp_path)
    async with web.running():
        await web.time.failed()
        assert "failing" not in await web.health()
        assert (await web.metrics("web_loop_failing")) == dict.fromkeys(LOOPS, 0)
        web.time.go_on()
        await web.time.failed()
        health = await web.health()
        assert (health["status"], health["failing"]) == ("degraded", ["statistics"])
        status = await web.get("/status")
        assert status.status_code == 200
        assert "keep failing; the log says where: statistics." in status.text
        others = dict.fromkeys(LOOPS - {"statistics"}, 0)
        assert (await web.metrics("web_loop_failing")) == {**others, "statistics": 1}
        assert (await web.metrics("web_loop_failures_total")) == {**others, "statistics": 2}
        web.fault.on = False
        web.time.go_on()
        await web.fault.went_well()
        assert (await web.health())["failing"] == ["statistics"]
        web.time.now += STEADY_SECONDS
        assert "failing" not in await web.health()
        assert (await web.metrics("web_loop_failing")) == dict.fromkeys(LOOPS, 0)
    written = [LineFormatter("json").format(record) for record in caplog.records]
    told = [json.loads(line) for line in written if "the loop statistics failed" in line]
    assert [line["traceback"][0] for line in told] == ["RuntimeError"] * 2
    assert TEXT not in "".join(written)


class Database(Store):
    def __init__(self, *, here: bool) -> None:
        self.here = here

    async def ping(self) -> None:
        if not self.here:
            raise StoreUnavailableError("away")


class Translator(TranslatorClient):
    def __init__(self, *, here: bool) -> None:
        self.here = here

    async def healthy(self) -> bool:
        return self.here


class Stored(Translations):
    """With nothing in the spool."""

    def __init__(self) -> None:
        pass

    async def unstored(self) -> int:
        return 0


@pytest.mark.parametrize(
    ("database", "translator", "failing", "code", "status"),
    [
        (True, True, 1, 200, "ok"),  # one failure is none to tell of
        (True, True, 2, 200, "degraded"),
        (False, True, 2, 200, "degraded"),
        (True, False, 2, 200, "degraded"),
        (False, False, 2, 503, "failing"),
    ],
)
async def test_a_failing_loop_makes_the_state_no_better_and_never_503(
    *, database: bool, translator: bool, failing: int, code: int, status: str
) -> None:
    async def run() -> None:
        raise RuntimeError(TEXT)

    time, store, client = Time(), Database(here=database), Translator(here=translator)
    supervisor = Supervisor(time.clock, time.pause)
    async with supervisor.running("thing", run):
        for number in range(failing):
            if number:
                time.go_on()
            await time.failed()
        answer = await health(store, client, Stored(), supervisor)
    assert answer.status_code == code
    found = json.loads(bytes(answer.body))
    assert found["status"] == status
    assert found.get("failing") == (["thing"] if failing > 1 else None)
