"""The page for the operator, while services are up and while they are away."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import httpx
import pytest

from tests.support.instance import Instance
from web import __version__


@pytest.fixture(scope="module")
def stack() -> Iterator[Instance]:
    """An instance whose services may be stopped."""
    with Instance() as instance:
        yield instance


@pytest.fixture
def http(stack: Instance) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.web_url, timeout=60) as http:
        yield http


@contextmanager
def killed(stack: Instance, name: str) -> Iterator[None]:
    """A service that is dead while the block runs."""
    stack.kill(name)
    try:
        yield
    finally:
        stack.up()


def services(page: str) -> dict[str, str]:
    """Each service with its sign and its word."""
    return {
        name: f"{sign} {word}"
        for sign, name, word in re.findall(
            r'aria-hidden="true">(.)</span>\s*<b>(\w+)</b> <span class="word">(\w+)<', page
        )
    }


def figures(page: str) -> dict[str, str]:
    return {
        name: re.sub("<.*?>", "", value).strip()
        for name, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    }


def looked(http: httpx.Client, seen: Callable[[str], bool]) -> dict[str, str]:
    """The figures once the total is as it should be; they are a second old at most."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        shown = figures(http.get("/status").text)
        if seen(shown["In all"]):
            return shown
    raise AssertionError(f"the total stays {shown['In all']}")


def test_what_was_done_is_on_the_page(stack: Instance, http: httpx.Client) -> None:
    before = http.get("/status")
    assert services(before.text) == {"web": "✓ up", "translator": "✓ up", "database": "✓ up"}
    assert before.headers["Cache-Control"] == "private, no-store"
    # Counting begins at the first answer, and the translator may have started after web asked.
    assert looked(http, lambda total: total != "unknown")["In all"] == "0 tokens"
    answer = http.post("/translate", json={"text": "Der alte Mann sucht den Schlüssel."})
    answer.raise_for_status()
    (row,) = stack.query("SELECT VERSION() AS version")
    shown = looked(http, lambda total: total != "0 tokens")
    page = http.get("/status").text
    assert 5 <= int(shown["In all"].removesuffix(" tokens")) <= 20
    assert '<rect class="bar-of-chart"' in page
    assert 'role="img"' in page
    assert shown["Passages to translate, all long texts"] == "0"
    assert shown["Passages in work, this replica"] == "0 of at most 4"
    assert shown["Translations not stored yet"] == "0"
    assert shown["Unlimited Translation"] == __version__
    assert shown["Model"] == "demo-de-en (de → en, demonstration)"
    assert shown["Database"] == row["version"]
    assert "style=" not in page
    assert "<script>" not in page
    assert "Schlüssel" not in page


def test_history_is_counted_and_links_lead_here(stack: Instance, http: httpx.Client) -> None:
    count = stack.query("SELECT COUNT(*) AS n FROM translations")[0]["n"]
    stack.kill("web")  # it keeps the number for a minute
    stack.up()
    assert figures(http.get("/status").text)["Translations"] == str(count)
    assert '<a href="/status">' in http.get("/").text


@pytest.mark.parametrize("away", [Instance.stopped, killed], ids=["hangs", "is dead"])
def test_a_service_that_is_away_is_said_to_be(
    stack: Instance,
    http: httpx.Client,
    away: Callable[[Instance, str], AbstractContextManager[None]],
) -> None:
    for name in ("translator", "database"):
        with away(stack, name):
            page = http.get("/status", timeout=10).text
            others = {"web", "translator", "database"} - {name}
            assert services(page) == {name: "✕ down"} | dict.fromkeys(others, "✓ up")
            assert "<title>✕ Status" in page
        page = http.get("/status").text
        assert set(services(page).values()) == {"✓ up"}
