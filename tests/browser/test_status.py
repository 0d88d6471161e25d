"""The page for the operator in the browser."""

import re

from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import picture
from tests.support.instance import Instance

POLL = 5_000  # milliseconds from one look to the next


async def test_the_page_is_led_to_and_renews_itself(page: Page, instance: Instance) -> None:
    await page.get_by_role("link", name="status").click()
    await expect(page.get_by_role("heading", name="Status", exact=True)).to_be_visible()
    time = page.locator("time")
    first = await time.inner_text()
    await expect(time).not_to_have_text(first)  # it has asked again
    await expect(page.get_by_role("listitem").filter(has_text="database")).to_contain_text("up")
    chart = page.get_by_role("img", name="Tokens a second in each of the last 60 minutes")
    await expect(chart).to_be_visible()
    assert instance.web_url in page.url
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        for width in (1280, 360):
            await page.set_viewport_size({"width": width, "height": 860})
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            await picture(page, f"status-{width}-{scheme}")


async def test_when_web_itself_is_away_it_says_so_and_recovers(
    page: Page, context: BrowserContext
) -> None:
    await page.clock.install()
    await page.goto("/status")
    silence = page.get_by_text("web does not answer")
    await expect(silence).to_be_hidden()
    for how in ("away", "failing"):
        await context.route(
            re.compile("/status$"),
            lambda route, how=how: (
                route.abort() if how == "away" else route.fulfill(status=503, body="")
            ),
        )
        await page.clock.fast_forward(POLL)
        await expect(silence).to_be_visible()
        await expect(page.get_by_role("heading", name="Queue")).to_be_visible()
        await context.unroute(re.compile("/status$"))
        await page.clock.fast_forward(POLL)
        await expect(silence).to_be_hidden()


async def test_without_javascript_it_is_loaded_again(
    context: BrowserContext, instance: Instance
) -> None:
    browser = context.browser
    assert browser
    plain = await browser.new_context(java_script_enabled=False)
    page = await plain.new_page()
    await page.goto(f"{instance.web_url}/status")
    await expect(page.get_by_role("heading", name="Services")).to_be_visible()
    assert 'http-equiv="refresh" content="10"' in await page.content()
    await plain.close()
