"""scripts/swarm.yaml is the stack of compose.yaml: where both say something, they say the same."""

import re
from typing import Any

import pytest
import yaml

from tests.support.instance import ROOT

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SWARM = yaml.safe_load((ROOT / "scripts/swarm.yaml").read_text(encoding="utf-8"))
SERVICES = sorted(COMPOSE["services"])
SAME = (
    *("secrets", "networks", "user", "healthcheck", "logging"),
    *("init", "read_only", "cap_drop", "stop_grace_period"),
)
INIT = "/docker-entrypoint-initdb.d"


def megabytes(size: str) -> int:
    return int(size[:-1]) * (1024 if size[-1] in "gG" else 1)


def environment(service: dict[str, Any]) -> set[str]:
    """Settings set and handed on; where a Swarm publishes, it does on all addresses."""
    published = "PUBLISH=0.0.0.0:${PUBLISH_PORT:-8080}"
    return {"PUBLISH" if each == published else each for each in service.get("environment", [])}


def mounts(service: dict[str, Any]) -> set[tuple[str, str]]:
    """Volumes and folders in memory, as (name, path); Compose and Swarm write them differently."""
    found = {("", each.partition(":")[0]) for each in service.get("tmpfs", [])}
    for each in service.get("volumes", []):
        if isinstance(each, dict):
            name = each.get("source", "")
            found.add(("" if name == "socket" else name, each["target"]))
        elif not each.startswith("."):
            name, path = each.split(":")[:2]
            found.add((name, path))
    return found


def test_both_have_the_same_services_networks_and_secrets() -> None:
    assert sorted(SWARM["services"]) == SERVICES
    assert SWARM["networks"] == COMPOSE["networks"]
    assert SWARM["secrets"].keys() == COMPOSE["secrets"].keys()
    assert all(each == {"external": True} for each in SWARM["secrets"].values())


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_the_same_in_both(name: str) -> None:
    compose, swarm = COMPOSE["services"][name], SWARM["services"][name]
    assert {key: swarm.get(key) for key in SAME} == {key: compose.get(key) for key in SAME}
    assert environment(swarm) == environment(compose)
    image = re.sub(r"^\$\{\w+:-(.+)\}$", r"\1", swarm["image"])
    assert image == compose["image"]
    limits = swarm["deploy"]["resources"]["limits"]
    assert megabytes(limits["memory"]) == megabytes(compose["mem_limit"])
    assert limits["pids"] == compose["pids_limit"]
    assert mounts(swarm) == mounts(compose)


def test_the_database_gets_every_file_of_db() -> None:
    mounted = {each["target"]: each["source"] for each in SWARM["services"]["database"]["configs"]}
    files = {path: SWARM["configs"][name]["file"] for path, name in mounted.items()}
    here = {each.name for each in (ROOT / "db").iterdir()} - {"server.cnf"}
    assert files == {f"{INIT}/{name}": f"../db/{name}" for name in here} | {
        "/etc/mysql/conf.d/translation.cnf": "../db/server.cnf"
    }
