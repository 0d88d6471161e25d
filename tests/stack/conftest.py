"""The stack in containers, made by scripts/up under a project name and a port of its own."""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.instance import ODD_PASSWORD, ROOT, free_port

SERVICES = ("database", "translator", "web")


def run(*command: str | Path, **environment: str) -> str:
    """Run a command in the repository; give its output, or fail with what it said."""
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"{command}:\n{result.stdout[-4000:]}\n{result.stderr[-4000:]}"
    return result.stdout


@dataclass
class Stack:
    """A stack of the checkout's code; its data ends with remove()."""

    folder: Path
    project: str = field(default_factory=lambda: f"translation-test-{secrets.token_hex(4)}")
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        """The address of the page and the public API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What tells scripts/up and Compose which stack is meant."""
        return {
            "COMPOSE_PROJECT_NAME": self.project,
            "PUBLISH": f"127.0.0.1:{self.port}",
            "SECRETS_DIR": str(self.folder / "secrets"),
            "RUN_DIR": str(self.folder / "run"),
            "MODEL": "bundled",
        }

    def up(self) -> None:
        """Build, start, and wait until every service is healthy."""
        run(ROOT / "scripts/up", **self.environment)

    def build(self) -> None:
        """Build the images and make the secrets, and start nothing."""
        make = ". scripts/lib/setup.sh; make_secrets"
        run("bash", "-euo", "pipefail", "-c", make, **self.environment)
        self.compose("build")

    def stop(self) -> None:
        """Stop and remove the containers; the data stays."""
        run(ROOT / "scripts/up", "--stop", **self.environment)

    def compose(self, *arguments: str) -> str:
        """Run docker compose on this stack; give its output."""
        return run("docker", "compose", *arguments, **self.environment)

    def inspect(self, service: str) -> dict[str, Any]:
        """Give what the engine knows of the service's container."""
        container = self.compose("ps", "--all", "--quiet", service).strip()
        described: dict[str, Any] = json.loads(run("docker", "inspect", container))[0]
        return described

    def query(self, sql: str) -> str:
        """Run SQL as root; give the rows as lines."""
        settings = '[client]\\nuser=root\\npassword=%s\\n" "$(</run/secrets/db_root_password)'
        options = f'--defaults-file=<(printf "{settings}") --default-character-set=utf8mb4'
        client = f'mysql {options} -NBe "$0"'
        return self.compose("exec", "-T", "database", "bash", "-c", client, sql)

    def secret(self, name: str) -> str:
        """Give the value of one of the stack's secrets."""
        return (self.folder / "secrets" / name).read_text()

    def remove(self) -> None:
        """Remove containers, networks and data."""
        self.compose("down", "--volumes", "--timeout", "20")


def engine_answers() -> bool:
    """Tell whether there is an engine to test on."""
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "version"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Give the running stack that these tests share."""
    if not engine_answers():
        pytest.skip("no Docker engine answers")
    stack = Stack(tmp_path_factory.mktemp("stack"))
    # scripts/up makes what is missing; this one is what a person may choose.
    (stack.folder / "secrets").mkdir(mode=0o700)
    (stack.folder / "secrets/db_password").write_text(ODD_PASSWORD)
    try:
        stack.up()
        yield stack
    finally:
        stack.remove()
