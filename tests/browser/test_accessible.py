"""axe-core finds nothing to complain of, on any page, in both themes."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import picture
from tests.support.instance import Instance
from tests.support.languages import FRENCH

AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")


@pytest_asyncio.fixture(params=["light", "dark"], loop_scope="session")
async def checked(
    request: pytest.FixtureRequest, browser: Browser, instance: Instance
) -> AsyncIterator[Page]:
    """A page with axe in it, which the page itself would not let in."""
    scheme: Literal["light", "dark"] = request.param
    context = await browser.new_context(
        base_url=instance.web_url, color_scheme=scheme, bypass_csp=True, locale="en-GB"
    )
    await context.add_init_script(AXE)
    page = await context.new_page()
    page.set_default_timeout(20_000)
    yield page
    await context.close()


async def violations(page: Page) -> list[str]:
    """Faults that axe finds, with the first place of each."""
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


async def test_the_form_and_all_that_opens_from_it(checked: Page) -> None:
    await checked.goto("/")
    assert await violations(checked) == []
    await checked.get_by_label("German").fill("Guten Morgen! Sehr geehrte Frau Meier")
    await expect(checked.locator("#target .unsure")).to_have_count(1)
    assert await violations(checked) == []
    await checked.locator("#target .sentence").first.click()
    await expect(checked.locator("#choices button").first).to_be_visible()
    assert await violations(checked) == []
    await checked.keyboard.press("Escape")
    await checked.get_by_role("button", name="Help").click()
    assert await violations(checked) == []


async def test_the_question_about_a_text_in_another_language(checked: Page) -> None:
    await checked.goto("/")
    await checked.get_by_label("German").fill(FRENCH)
    await expect(checked.get_by_role("group", name="This looks like French.")).to_be_visible()
    assert await violations(checked) == []


async def test_a_long_translation(checked: Page) -> None:
    await checked.goto("/")
    await checked.get_by_label("German").fill("Heute kommen viele Gäste. Wir lachen.\n\n" * 160)
    await checked.get_by_role("button", name="Translate").click()
    await expect(checked.get_by_text("Done:")).to_be_visible(timeout=60_000)
    assert await violations(checked) == []


async def test_doubtful_places_and_their_list(checked: Page, doubtful: str) -> None:
    await checked.goto(doubtful)
    await checked.get_by_text("List of these places").click()
    await checked.get_by_role("link", name="Next doubtful place").click()
    await expect(checked.locator("#doubts .said")).not_to_be_empty()
    assert await violations(checked) == []


async def test_the_terms_of_a_translation(checked: Page, mixed: str) -> None:
    await checked.goto(f"{mixed}/terms")
    await checked.locator(".consistency summary").first.click()
    await expect(checked.locator(".examples a").first).to_be_visible()
    assert await violations(checked) == []


@pytest.mark.parametrize("address", ["/status", "/history/delete", "/translations/999999999"])
async def test_other_pages(checked: Page, address: str) -> None:
    await checked.goto(address)
    assert await violations(checked) == []


async def test_at_twice_the_size_nothing_is_cut(checked: Page) -> None:
    await checked.set_viewport_size({"width": 640, "height": 430})  # 200 % of 1280 × 860
    await checked.goto("/")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await checked.evaluate(wide) == 0
    await picture(checked, "zoomed")


async def test_the_list_has_room_for_a_finger(checked: Page) -> None:
    assert (await checked.request.post("/translate", data={"text": "Guten Morgen!"})).ok
    await checked.set_viewport_size({"width": 390, "height": 844})
    await checked.goto("/")
    more = checked.locator(".more summary").first
    await more.scroll_into_view_if_needed()
    box = await more.bounding_box()
    assert box
    assert box["height"] >= 44
    await picture(checked, "list-on-a-phone")
