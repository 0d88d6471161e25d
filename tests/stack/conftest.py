"""The stack in containers, made by scripts/up under a project name and a port of its own."""

import fcntl
import json
import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support import needs
from tests.support.instance import ODD_PASSWORD, ROOT, free_port

SERVICES = ("database", "translator", "web")
# All that the tests make on the engine has such a name, and a Swarm's node such a label.
PREFIX = "translation-test-"
WAIT_SECONDS = 180


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
    project: str = field(default_factory=lambda: f"{PREFIX}{secrets.token_hex(4)}")
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        """The address of the page and the public API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Environment by which scripts/up and Compose know the stack."""
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

    def disconnect(self) -> None:
        """End all connections of the web service's account."""
        user = self.secret("db_user")
        for number in self.query(
            f"SELECT id FROM information_schema.processlist WHERE user = '{user}'"  # noqa: S608
        ).split():
            try:
                self.query(f"KILL {number}")
            except AssertionError as error:
                if "Unknown thread id" not in str(error):  # it has ended by itself
                    raise

    def secret(self, name: str) -> str:
        """Give the value of one of the stack's secrets."""
        return (self.folder / "secrets" / name).read_text()

    def remove(self) -> None:
        """Remove containers, networks and data."""
        self.compose("down", "--volumes", "--timeout", "20")


def until(what: Callable[[], bool]) -> None:
    """Wait for what the engine gives no event for."""
    end = time.monotonic() + WAIT_SECONDS
    while not what():
        assert time.monotonic() < end, run("docker", "ps", "--all", "--no-trunc")
        time.sleep(0.5)


def of_tests(kind: str, *options: str) -> list[str]:
    """Give the ids of the tests' containers, networks, services or volumes."""
    return run("docker", kind, "ls", "--quiet", *options, "--filter", f"name={PREFIX}").split()


def enter_swarm() -> None:
    """Make the engine the one node of a Swarm."""
    run("docker", "swarm", "init", "--advertise-addr", "127.0.0.1")
    node = run("docker", "node", "ls", "--quiet").strip()
    run("docker", "node", "update", "--label-add", f"{PREFIX}swarm=yes", node)


def leave_swarm() -> None:
    """Remove what the tests have made in their Swarm, and end it."""
    for service in of_tests("service"):
        run("docker", "service", "rm", service)
    for name in run("docker", "stack", "ls", "--format", "{{.Name}}").split():
        run("docker", "stack", "rm", name)
    # A node that leaves too early keeps networks that nobody can remove.
    until(lambda: not of_tests("network", "--filter", "scope=swarm"))
    label = "label=com.docker.swarm.service.id"
    until(lambda: not of_tests("container", "--all", "--filter", label))
    run("docker", "swarm", "leave", "--force")


def remove_all() -> None:
    """Remove what the tests have made; what a killed run left would start again with the engine."""
    if run("docker", "info", "--format", "{{.Swarm.ControlAvailable}}").strip() == "true":
        labels = run("docker", "node", "inspect", "self", "--format", "{{json .Spec.Labels}}")
        if f"{PREFIX}swarm" in labels:
            leave_swarm()
    for kind, options in (("container", ("--all",)), ("network", ()), ("volume", ())):
        for each in of_tests(kind, *options):
            run("docker", kind, "rm", "--force", each)


@pytest.fixture(scope="session", autouse=True)
def engine() -> Iterator[None]:
    """Give the machine's engine to this run alone; another one waits for its end."""
    with needs.docker().open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        remove_all()
        yield
        remove_all()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Give the running stack that these tests share."""
    stack = Stack(tmp_path_factory.mktemp("stack"))
    # scripts/up makes what is missing; this one is what a person may choose.
    (stack.folder / "secrets").mkdir(mode=0o700)
    (stack.folder / "secrets/db_password").write_text(ODD_PASSWORD)
    try:
        stack.up()
        yield stack
    finally:
        stack.remove()
