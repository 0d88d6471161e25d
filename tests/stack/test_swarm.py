"""The stack on a Swarm of one node: replicas, updates and failures cost no request.

This engine's kernel may have no IPVS, so services are found by their names' addresses (`dnsrr`),
and the clients here spread over them as `web` does over the translators.
"""

import gzip
import json
import os
import secrets
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.stack.conftest import PREFIX, Stack, enter_swarm, leave_swarm, run, until
from tests.support.instance import ROOT

NAME = f"{PREFIX}{secrets.token_hex(3)}"
SECRETS = ("api_keys", "db_root_password", "db_user", "db_password")
# Six clients that translate and look at the page until a line comes in; what they saw comes out.
CLIENTS = """
import asyncio, json, sys
from web.translator_client.connections import Connections
from web.translator_client.exchange import ExchangeError, HttpRequest, whole_body
from web.translator_client.load_balancing import LeastBusyReplicas

async def main():
    enough, answers, wrong = asyncio.Event(), 0, []
    replicas = LeastBusyReplicas(Connections("web", 8080, None, 100), "web", 8080)
    async def ask(client):
        nonlocal answers
        while not enough.is_set():
            request = HttpRequest("GET", "/")
            if client % 3:
                text = f"Es ist der Satz Nummer {answers} von {client}."
                body = json.dumps({"text": text}).encode()
                named = {"Content-Type": "application/json"}
                request = HttpRequest("POST", "/translate", body, named)
            try:
                answer = await replicas.send(request, 60)
                try:
                    content = await whole_body(answer)
                finally:
                    await answer.aclose()
                answers += 1
                if answer.status != 200:
                    wrong.append(f"{answer.status} {content[:200]}")
            except ExchangeError as error:
                wrong.append(repr(error))
            print(answers, flush=True)
    clients = [asyncio.create_task(ask(each)) for each in range(6)]
    await asyncio.to_thread(sys.stdin.readline)
    enough.set()
    await asyncio.gather(*clients)
    await replicas.aclose()
    print(json.dumps({"answers": answers, "wrong": wrong}), flush=True)

asyncio.run(main())
"""


def containers(service: str) -> list[str]:
    """The running containers of a service."""
    label = f"label=com.docker.swarm.service.name={NAME}_{service}"
    return run("docker", "ps", "--quiet", "--filter", label).split()


def state(container: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("docker", "inspect", container))[0]["State"]
    return found


def healthy(service: str, replicas: int) -> bool:
    found = containers(service)
    return len(found) == replicas and all(
        state(each)["Health"]["Status"] == "healthy" for each in found
    )


@pytest.fixture(scope="module")
def swarm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the deployed stack, with two clients' containers beside it."""
    stack = Stack(tmp_path_factory.mktemp("swarm"))
    stack.build()
    enter_swarm()
    try:
        for name in SECRETS:
            run("docker", "secret", "create", name, stack.folder / "secrets" / name)
        deploy = ("docker", "stack", "deploy", "--compose-file", ROOT / "scripts/swarm.yaml", NAME)
        network = {"ENDPOINT_MODE": "dnsrr", "PUBLISH_MODE": "host", "PUBLISH_PORT": "0"}
        run(*deploy, **network, OPEN_TO_ALL="yes")
        until(lambda: healthy("database", 1) and healthy("translator", 2) and healthy("web", 2))
        wait = "import signal; signal.signal(15, lambda *_: exit()); signal.pause()"
        options = ("--network", f"{NAME}_front", "--name", f"{NAME}_clients", "--no-healthcheck")
        run(
            *("docker", "service", "create", "--detach", "--endpoint-mode", "dnsrr", *options),
            *("unlimited-translation-web", "python", "-c", wait),
        )
        until(lambda: len(containers("clients")) == 1)
        yield
    finally:
        leave_swarm()


@contextmanager
def clients() -> Iterator[Callable[[int], None]]:
    """Ask all the time; give a wait for more answers. At the end none of them must be wrong."""
    (container,) = containers("clients")
    with subprocess.Popen(
        ["docker", "exec", "--interactive", container, "python", "-c", CLIENTS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as asking:
        assert asking.stdin
        assert asking.stdout
        lines = asking.stdout

        def more(answers: int) -> None:
            seen = int(lines.readline())
            while int(lines.readline()) < seen + answers:
                pass

        more(1)
        yield more
        output, _ = asking.communicate("enough\n", timeout=120)
        told = json.loads(output.splitlines()[-1])
        assert told["wrong"] == []
        assert told["answers"] > 50


def connections(container: str) -> int:
    """How many are open to a translator from elsewhere."""
    table = run("docker", "exec", container, "cat", "/proc/net/tcp").splitlines()[1:]
    rows = [line.split() for line in table]
    here = "0100007F"
    return sum(
        row[1].endswith(":1F9A") and row[3] == "01" and not row[2].startswith(here) for row in rows
    )


@pytest.mark.usefixtures("swarm")
def test_translators_are_added_under_load_and_get_work() -> None:
    run("docker", "service", "scale", "--detach", f"{NAME}_translator=1")
    until(lambda: healthy("translator", 1))
    with clients() as more:
        more(20)
        run("docker", "service", "scale", f"{NAME}_translator=3")
        until(lambda: healthy("translator", 3))
        until(lambda: all(connections(each) for each in containers("translator")))
        more(50)


@pytest.mark.usefixtures("swarm")
def test_web_is_updated_under_load() -> None:
    before = set(containers("web"))
    with clients() as more:
        more(20)
        run("docker", "service", "update", "--force", f"{NAME}_web")
        until(lambda: healthy("web", 2))
        more(20)
    assert not before & set(containers("web"))


@pytest.mark.usefixtures("swarm")
def test_an_update_that_does_not_come_up_is_taken_back_under_load() -> None:
    before = set(containers("web"))
    with clients() as more:
        broken = ("--env-add", "DB_USER_FILE=/nowhere", f"{NAME}_web")
        run("docker", "service", "update", "--detach", *broken)

        def taken_back() -> bool:
            told = json.loads(run("docker", "service", "inspect", f"{NAME}_web"))[0]
            return str(told.get("UpdateStatus", {}).get("State")) == "rollback_completed"

        until(taken_back)
        more(20)
    assert before & set(containers("web"))
    until(lambda: healthy("web", 2))


@pytest.mark.usefixtures("swarm")
def test_a_killed_container_is_replaced_and_costs_no_request() -> None:
    before = containers("translator")
    with clients() as more:
        more(20)
        run("docker", "kill", before[0])
        until(lambda: before[0] not in containers("translator"))
        until(lambda: healthy("translator", len(before)))
        more(20)


@pytest.mark.usefixtures("swarm")
def test_the_history_can_be_backed_up_and_migrated(tmp_path: Path) -> None:
    with clients() as more:
        more(60)
    (database,) = containers("database")
    dump = tmp_path / "history.sql.gz"
    run(ROOT / "scripts/backup", dump, DATABASE_CONTAINER=database)
    assert b"Es ist der Satz Nummer" in gzip.decompress(dump.read_bytes())
    run(ROOT / "scripts/migrate", DATABASE_CONTAINER=database)
    with pytest.raises(AssertionError, match="a secret of their own"):
        run(ROOT / "scripts/rotate-db-password", DATABASE_CONTAINER=database)


@pytest.mark.usefixtures("swarm")
def test_no_container_can_do_more_than_it_must() -> None:
    for service in ("database", "translator", "web"):
        (described,) = json.loads(run("docker", "inspect", containers(service)[0]))
        assert described["HostConfig"]["ReadonlyRootfs"]
        assert described["HostConfig"]["CapDrop"] == ["ALL"]
        assert described["HostConfig"]["Memory"] > 0
        assert described["HostConfig"]["PidsLimit"] > 0
        assert run("docker", "exec", described["Id"], "id", "-u").strip() not in {"", "0"}
