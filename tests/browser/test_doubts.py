"""Doubtful places: the heading leads from one to the next, by mouse, by keys, by plain links."""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import picture
from tests.support.doubtful import SAID, SOURCE, SPANS, TARGET, finish, store_open
from tests.support.instance import Instance


@pytest.fixture
def running(instance: Instance) -> Iterator[int]:
    """A translation of three passages that is under way."""
    number = store_open(instance, 3, "running")
    yield number
    instance.query("DELETE FROM translations WHERE id = %s", number)


async def test_the_way_leads_from_one_to_the_next_and_over_pages(page: Page, doubtful: str) -> None:
    await page.goto(doubtful)
    await expect(page.get_by_role("heading", name="3 doubtful places")).to_be_visible()
    onward = page.get_by_role("link", name="Next doubtful place")
    await onward.click()
    await expect(page.locator("#doubt-3-0")).to_be_focused()
    await expect(page.locator("#doubt-3-0")).to_be_in_viewport()
    assert await page.locator(".sentence.on").all_text_contents() == [SOURCE, TARGET]
    await expect(page.locator("#doubts .said")).to_have_text(SAID)
    await onward.click()
    await expect(page.locator("#doubt-7-0")).to_be_focused()
    await expect(onward).to_be_in_viewport()
    await picture(page, "doubts")
    await onward.click()
    await expect(page).to_have_url(re.compile(r"from=50#doubt-55-0$"))
    await expect(page.locator("#doubt-55-0")).to_be_focused()
    await onward.click()  # and around
    await expect(page).to_have_url(re.compile(rf"{doubtful}#doubt-3-0$"))
    await expect(page.locator("#doubt-3-0")).to_be_focused()


async def test_the_keyboard_leads_too(page: Page, doubtful: str) -> None:
    await page.goto(doubtful)
    for key, seq in (("n", 3), ("n", 7), ("p", 3)):
        await page.keyboard.press(key)
        await expect(page.locator(f"#doubt-{seq}-0")).to_be_focused()
    await page.get_by_role("link", name="Previous doubtful place").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#doubt-55-0")).to_be_focused()
    await page.locator("#text").fill("")
    await page.locator("#text").press_sequentially("np")
    await expect(page.locator("#text")).to_have_value("np")


async def test_the_list_leads_to_each(page: Page, doubtful: str) -> None:
    await page.goto(doubtful)
    await page.get_by_text("List of these places").click()
    links = page.locator("#doubts li a")
    await expect(links).to_have_text([SAID] * 3)
    await links.nth(1).click()
    await expect(page.locator("#doubt-7-0")).to_be_focused()
    await links.nth(2).click()
    await expect(page.locator("#doubt-55-0")).to_be_focused()


async def test_the_count_comes_with_the_passages(
    page: Page, running: int, instance: Instance
) -> None:
    await page.goto(f"/translations/{running}")
    await expect(page.get_by_role("progressbar")).to_be_visible()
    await expect(page.locator("#doubts h3")).to_have_count(0)
    instance.query("REPLACE INTO sentences VALUES (%s, 0, %s)", running, SPANS)
    instance.query(
        "UPDATE passages SET target = %s, status = 'done' WHERE translation_id = %s AND seq = 0",
        *(f"{TARGET}\n", running),
    )
    await expect(page.get_by_role("heading", name="1 doubtful place")).to_be_visible()
    onward = page.get_by_role("link", name="Next doubtful place")
    await onward.focus()
    finish(instance, running, (1,))
    await expect(page.get_by_role("heading", name="2 doubtful places")).to_be_visible()
    await expect(onward).to_be_focused()
    await expect(page.locator("#outcome")).to_contain_text("2 doubtful places.")
    await onward.click()
    await onward.click()
    await expect(page.locator("#doubt-1-0")).to_be_focused()


async def test_a_choice_of_a_user_takes_one_away(page: Page, doubtful: str) -> None:
    await page.goto(doubtful)
    await page.locator("#doubt-3-0").click()
    await page.locator("#choices button").first.click()
    await expect(page.get_by_role("heading", name="2 doubtful places")).to_be_visible()
    await expect(page.locator("#passage-3 .target .sentence")).to_be_focused()
    await page.keyboard.press("n")
    await expect(page.locator("#doubt-7-0")).to_be_focused()


async def test_the_way_needs_no_javascript(
    browser: Browser, instance: Instance, doubtful: str
) -> None:
    context = await browser.new_context(base_url=instance.web_url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(doubtful)
    await page.get_by_role("link", name="Next doubtful place").click()
    await expect(page).to_have_url(re.compile(r"#doubt-3-0$"))
    await expect(page.locator("#doubt-3-0")).to_be_in_viewport()
    await page.get_by_text("List of these places").click()
    await page.locator("#doubts li a").last.click()
    await expect(page).to_have_url(re.compile(r"from=50#doubt-55-0$"))
    await expect(page.locator("#doubt-55-0")).to_be_in_viewport()
    await context.close()
