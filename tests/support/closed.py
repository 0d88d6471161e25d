"""An instance with keys, for the tests of several files."""

import subprocess
import time
from collections.abc import Callable

import httpx

from tests.support.instance import ROOT, Instance

SECONDS = 30


def add_key(instance: Instance, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [ROOT / "scripts/add-key", *arguments],
        env=instance.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < end


class Closed(Instance):
    """An instance with keys, and the keys."""

    def key(self, name: str, *limits: str) -> str:
        """A new key that works."""
        result = add_key(self, name, *limits)
        assert result.returncode == 0, result.stderr
        key = result.stdout.strip()
        if (self.run_dir / "web.pid").exists():
            with self.client(key) as http:
                until(lambda: http.get("/translations/0.json").status_code != 401)
        return key

    def client(self, key: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.Client(base_url=self.web_url, headers=headers, timeout=60)

    def spent(self, name: str) -> int:
        rows = self.query("SELECT characters FROM spending WHERE name = %s", name)
        return int(rows[0]["characters"]) if rows else 0
