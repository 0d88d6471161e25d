"""The page where keys are needed: logging in and out, and what is typed in between."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import picture
from tests.browser.test_accessible import AXE, violations
from tests.support.closed import add_key
from tests.support.instance import Instance


@pytest.fixture(scope="module")
def key(instance: Instance) -> str:
    return (instance.run_dir / "key").read_text()


@pytest.fixture(scope="module")
def instance() -> Iterator[Instance]:
    """An instance with one key, instead of the one that all tests share."""
    instance = Instance()
    (instance.run_dir / "key").write_text(add_key(instance, "anna").stdout.strip())
    with instance:
        yield instance


async def log_in(page: Page, key: str) -> None:
    await page.get_by_label("Your key").fill(key)
    async with page.expect_navigation():  # until the next page's scripts listen
        await page.get_by_role("button", name="Log in").click()


async def test_logging_in_leads_to_where_one_wanted_to(page: Page, key: str) -> None:
    await page.goto("/?q=Haus")
    await expect(page.get_by_label("Your key")).to_be_focused()
    await picture(page, "login")
    await log_in(page, key[:-1])
    await expect(page.get_by_role("alert")).to_contain_text("not known here")
    await log_in(page, key)
    await expect(page.get_by_label("Search")).to_have_value("Haus")
    await page.get_by_label("German").fill("Guten Morgen!")
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("region", name="English")).to_have_text("Good morning!")
    await picture(page, "logged-in")
    (cookie,) = await page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    await page.get_by_role("button", name="Log out").click()
    await expect(page.get_by_label("Your key")).to_be_visible()
    assert await page.context.cookies() == []


async def test_a_session_that_ends_costs_no_text(
    page: Page, context: BrowserContext, key: str
) -> None:
    await log_in(page, key)
    await page.get_by_label("German").fill("Guten Morgen!")
    await context.clear_cookies()
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("alert")).to_contain_text("You are not logged in")
    await picture(page, "logged-out")
    async with context.expect_page() as opening:
        await page.get_by_role("link", name="log in in a new tab").click()
    tab = await opening.value
    await log_in(tab, key)
    await expect(tab.get_by_label("German")).to_be_visible()
    await page.bring_to_front()
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("region", name="English")).to_have_text("Good morning!")


async def test_a_search_without_a_session_leads_to_the_login(
    page: Page, context: BrowserContext, key: str
) -> None:
    await log_in(page, key)
    await expect(page.get_by_label("Search")).to_be_visible()
    await context.clear_cookies()
    await page.get_by_label("Search").press_sequentially("Haus")
    await expect(page.get_by_label("Your key")).to_be_visible()
    await log_in(page, key)
    await expect(page.get_by_label("Search")).to_have_value("Haus")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_on_the_login(
    browser: Browser, instance: Instance, scheme: Literal["light", "dark"]
) -> None:
    context = await browser.new_context(
        base_url=instance.web_url, color_scheme=scheme, bypass_csp=True, locale="en-GB"
    )
    await context.add_init_script(AXE)
    page = await context.new_page()
    await page.goto("/")
    assert await violations(page) == []
    await log_in(page, "wrong")
    await expect(page.get_by_role("alert")).to_contain_text("not known here")
    assert await violations(page) == []
    await context.close()


async def test_a_small_screen_shows_the_way_out(page: Page, key: str) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await log_in(page, key)
    await expect(page.get_by_role("button", name="Log out")).to_be_visible()
    await picture(page, "logged-in-phone")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
