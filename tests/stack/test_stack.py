"""The stack in containers: it translates, keeps its data, and gives nothing away."""

import json
import re

import httpx
import pytest

from tests.stack.conftest import SERVICES, Stack, run

MEGABYTE = 1_000_000
IMAGES = {
    "web": ("unlimited-translation-web", 200 * MEGABYTE),
    "translator": ("unlimited-translation-translator", 350 * MEGABYTE),
}


def history(stack: Stack) -> str:
    return httpx.get(stack.url, timeout=20).raise_for_status().text


def test_a_text_is_translated_shown_and_kept_over_down_and_up(stack: Stack) -> None:
    text = "Hier ist Anna.\n\nWie geht es dir?\n"
    answer = httpx.post(
        f"{stack.url}/translate",
        content=text,
        headers={"Content-Type": "text/plain; charset=utf-8"},
        timeout=60,
    ).raise_for_status()
    first, blank, second, rest = answer.text.split("\n")
    assert first
    assert second
    assert not blank
    assert not rest
    assert "Hier ist Anna." in history(stack)
    count = "SELECT COUNT(*) FROM translation.passages WHERE source LIKE 'Hier ist Anna.%'"
    assert stack.query(count) == "1\n"

    stack.stop()
    assert not stack.compose("ps", "--all", "--quiet")
    stack.up()
    assert "Hier ist Anna." in history(stack)
    assert stack.query(count) == "1\n"


def test_the_web_account_may_change_rows_and_nothing_else(stack: Stack) -> None:
    user = stack.secret("db_user")
    grants = stack.query(f"SHOW GRANTS FOR '{user}'").splitlines()
    assert grants == [
        f"GRANT USAGE ON *.* TO `{user}`@`%`",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON `translation`.* TO `{user}`@`%`",
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_can_do_no_more_than_it_must(stack: Stack, service: str) -> None:
    host = stack.inspect(service)["HostConfig"]
    assert host["ReadonlyRootfs"]
    assert host["CapDrop"] == ["ALL"]
    assert not host["CapAdd"]
    assert not host["Privileged"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert host["Memory"] > 0
    assert host["PidsLimit"] > 0
    assert host["RestartPolicy"]["Name"] == "unless-stopped"
    assert {"max-size", "max-file"} <= host["LogConfig"]["Config"].keys()
    assert stack.compose("exec", "-T", service, "id", "-u").strip() not in {"", "0"}


def test_only_web_is_reachable_and_only_from_this_machine(stack: Stack) -> None:
    published = {
        service: [door for doors in ports.values() if doors for door in doors]
        for service in SERVICES
        if (ports := stack.inspect(service)["NetworkSettings"]["Ports"]) is not None
    }
    assert published == {
        "database": [],
        "translator": [],
        "web": [{"HostIp": "127.0.0.1", "HostPort": str(stack.port)}],
    }
    for service in ("database", "translator"):
        (network,) = stack.inspect(service)["NetworkSettings"]["Networks"]
        assert json.loads(run("docker", "network", "inspect", network))[0]["Internal"]


def test_no_secret_is_to_be_found_outside_its_file(stack: Stack) -> None:
    passwords = (stack.secret("db_password"), stack.secret("db_root_password"))
    places = {"logs": stack.compose("logs", "--no-color")}
    for service in SERVICES:
        described = stack.inspect(service)
        container, image = described["Id"], described["Image"]
        places |= {
            f"inspect {service}": json.dumps(described),  # with the health checks' output
            f"image {service}": run("docker", "image", "inspect", image),
            f"history {service}": run("docker", "history", "--no-trunc", image),
            f"env {service}": stack.compose("exec", "-T", service, "env"),
            f"processes {service}": run("docker", "top", container, "-eo", "pid,args"),
        }
    assert all(places.values())
    assert not [place for place, text in places.items() for p in passwords if p in text]
    assert not any(text in places["logs"] for text in ("Hier ist Anna.", "Guten Morgen!"))


def test_the_database_is_not_healthy_before_the_account_can_read(stack: Stack) -> None:
    check = "DB_PASSWORD_FILE=/run/secrets/db_user bash /docker-entrypoint-initdb.d/healthy"
    with pytest.raises(AssertionError, match="Access denied"):
        stack.compose("exec", "-T", "database", "bash", "-c", check)
    assert stack.compose(
        "exec", "-T", "database", "bash", "/docker-entrypoint-initdb.d/healthy"
    ).strip()


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_ends_by_itself_when_asked(stack: Stack, service: str) -> None:
    stack.compose("stop", service)
    state = stack.inspect(service)["State"]
    stack.up()
    assert state["ExitCode"] in {0, 143}  # 137 would be the engine's patience running out
    assert not state["OOMKilled"]


@pytest.mark.parametrize("service", IMAGES)
def test_an_image_holds_what_it_needs_and_no_more(stack: Stack, service: str) -> None:
    assert stack.inspect(service)["State"]["Health"]["Status"] == "healthy"
    image, limit = IMAGES[service]
    size = {
        name: json.loads(run("docker", "image", "inspect", name))[0]["Size"]
        for name in (image, "python:3.13-slim")
    }
    models = stack.compose("exec", "-T", service, "sh", "-c", "du -sb /models || echo 0")
    assert size[image] - size["python:3.13-slim"] - int(models.split()[0]) < limit
    found = stack.compose(
        "exec", "-T", service, "sh", "-c", "ls -a /app; command -v gcc cc curl || echo none"
    )
    assert re.fullmatch(rf"\.\n\.\.\n{service}\nnone\n", found)
    labels = json.loads(run("docker", "image", "inspect", image))[0]["Config"]["Labels"]
    assert labels["org.opencontainers.image.licenses"] == "MIT"
