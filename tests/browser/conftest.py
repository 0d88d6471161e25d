"""Debian's Chromium, driven by Playwright, over the running services."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.support import needs
from tests.support.doubtful import DOUBTFUL, PASSAGES, finish, store_open
from tests.support.instance import ROOT, Instance
from tests.support.mixed_terms import store_mixed

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The tests of the stack make networks beside, and Chromium breaks off what it was loading then.
REFUSED = re.compile(r"status of (4\d\d|503)|net::ERR_NETWORK_CHANGED")
SCREENSHOTS = ROOT / "screenshots"


expect.set_options(timeout=20_000)  # of a machine that does other things as well


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder on one event loop, which one Chromium for all of them needs."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    chromium = needs.chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, instance: Instance) -> AsyncIterator[BrowserContext]:
    """A fresh profile that must stay on this origin and without an error in the console."""
    context = await browser.new_context(
        base_url=instance.web_url, viewport={"width": 1280, "height": 860}, locale="en-GB"
    )
    wrong: list[str] = []
    context.on(
        "request",
        lambda request: (
            None if request.url.startswith(instance.web_url) else wrong.append(request.url)
        ),
    )
    context.on(
        "console",
        # A refused form is an error to the browser's network log, and the answer to the user.
        lambda message: (
            wrong.append(message.text)
            if message.type in {"error", "warning"} and not REFUSED.search(message.text)
            else None
        ),
    )
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    yield context
    await context.close()
    assert wrong == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    page = await context.new_page()
    page.set_default_timeout(20_000)
    await page.goto("/")
    return page


@pytest.fixture
def doubtful(instance: Instance) -> Iterator[str]:
    """The address of a translation of two pages with doubtful places on both."""
    number = store_open(instance, PASSAGES, "done")
    finish(instance, number, DOUBTFUL)
    yield f"/translations/{number}"
    instance.query("DELETE FROM translations WHERE id = %s", number)


@pytest.fixture
def mixed(instance: Instance) -> Iterator[str]:
    """The address of a translation of two passages in which one term has two translations."""
    instance.query("DELETE FROM glossaries")
    number = store_mixed(instance)
    yield f"/translations/{number}"
    instance.query("DELETE FROM translations WHERE id >= %s", number)
    instance.query("DELETE FROM glossaries")


async def picture(page: Page, name: str) -> Path:
    """Leave a screenshot to look at; page.png and document.png here are copies of two."""
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    await page.screenshot(path=path, animations="disabled")
    return path


async def paste(page: Page, text: str) -> None:
    """Paste over what is in the text area: what a person does with a long text, and fast."""
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.evaluate("text => navigator.clipboard.writeText(text)", text)
    await page.get_by_label("German").select_text()
    await page.keyboard.press("Control+V")
    await expect(page.get_by_label("German")).to_have_value(text)
