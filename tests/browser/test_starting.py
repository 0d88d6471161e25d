"""A text that is too long for a translation at each key begins by itself, once, or says how."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.conftest import paste, picture
from tests.support.instance import Instance
from tests.support.texts import book

ADDRESS = re.compile(r"/translations/\d+$")
SOON = "The translation begins by itself when you pause."
CHANGED = "The text has changed since its translation began. Press “Translate” for a new one."
LONG = 7_000  # characters


def titles(instance: Instance, text: str) -> int:
    """The number of the translations of a text, by its beginning."""
    mark = text.split(".", maxsplit=1)[0]
    found = instance.query("SELECT id FROM translations WHERE title LIKE %s", f"{mark}%")
    return len(found)


async def test_what_is_pasted_begins_by_itself_with_the_time_that_it_takes(
    page: Page, instance: Instance
) -> None:
    await page.evaluate("localStorage.speed = 500")
    text = "Der Pirol singt. " + book(characters=LONG, seed=11)
    said = page.locator("#starts")
    await paste(page, text)
    await expect(said).to_have_text(f"{SOON} It takes about 15 seconds.")
    await expect(said).to_have_attribute("role", "status")
    await expect(said).to_be_in_viewport()
    await expect(page.get_by_text("The translation appears here.")).to_be_hidden()
    await picture(page, "starting")
    await expect(page).to_have_url(ADDRESS)
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)
    await expect(page.get_by_label("German")).to_have_value("")
    await expect(said).to_have_text("")
    await expect(page.locator("#long-label")).to_be_focused()
    assert titles(instance, text) == 1
    # The text that is brought back is known.
    await paste(page, text)
    await expect(said).to_have_text("The translation of this text has begun already.")


async def test_who_writes_on_stays_in_the_text_and_nothing_begins_twice(
    page: Page, instance: Instance
) -> None:
    text = "Der Zeisig singt. " + book(characters=LONG, seed=12)
    area, said = page.get_by_label("German"), page.locator("#starts")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await area.fill(text)
    await expect(said).to_have_text(SOON)
    await area.press("Control+End")
    await area.press_sequentially("Ja.")
    await area.evaluate("text => text.setSelectionRange(4, 10)")
    await expect(page).to_have_url(ADDRESS)
    await expect(said).to_have_text("The translation of this text has begun already.")
    await expect(area).to_be_focused()
    await expect(area).to_have_value(f"{text}Ja.")
    assert await area.evaluate("text => [text.selectionStart, text.selectionEnd]") == [4, 10]
    await expect(area).to_be_in_viewport()
    await picture(page, "starting-written-on")
    await area.press("Control+End")
    await area.press_sequentially(" Nein.")
    await expect(said).to_contain_text(CHANGED)
    await page.clock.install()
    await page.clock.run_for(10_000)
    assert titles(instance, text) == 1
    assert len([each for each in asked if each.endswith("/translate")]) == 1
    await page.get_by_role("button", name="Translate").click()
    await expect(area).to_have_value("")
    assert titles(instance, text) == 2


async def test_the_button_in_the_pause_and_a_text_that_is_taken_back(
    page: Page, instance: Instance
) -> None:
    text = "Der Stieglitz singt. " + book(characters=LONG, seed=13)
    area, said = page.get_by_label("German"), page.locator("#starts")
    go = asyncio.Event()

    async def late(route: Route) -> None:
        await go.wait()
        await route.continue_()

    await page.clock.install()
    await page.route("**/translate", late)
    await paste(page, text)
    await expect(said).to_contain_text(SOON)
    await page.keyboard.press("Control+Z")
    await expect(area).to_have_value("")
    await expect(said).to_have_text("")
    await page.clock.run_for(10_000)
    assert page.url.endswith("/")
    await paste(page, text)
    await expect(said).to_contain_text(SOON)
    async with page.expect_request("**/translate"):
        await page.keyboard.press("Control+Enter")
    await page.clock.run_for(10_000)  # past the pause, while the answer is still to come
    go.set()
    await expect(page).to_have_url(ADDRESS)
    assert titles(instance, text) == 1


async def test_nothing_begins_by_itself_where_that_is_switched_off(page: Page) -> None:
    switch, said = page.get_by_label("Translate by itself"), page.locator("#starts")
    area = page.get_by_label("German")
    await switch.uncheck()
    await page.reload()
    await expect(switch).not_to_be_checked()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.clock.install()
    await paste(page, "Der Star singt. " + book(characters=LONG, seed=14))
    await expect(said).to_contain_text("Press “Translate” to begin.")
    await picture(page, "starting-off")
    await page.clock.run_for(10_000)
    await area.fill("Der Star schläft.")
    await expect(said).to_have_text("Press “Translate” to begin.")
    await page.clock.run_for(10_000)
    assert asked == []
    await switch.check()
    await expect(said).to_have_text("")
    await page.clock.run_for(1_000)
    await expect(page.get_by_role("region", name="English")).to_contain_text("sleep")


@pytest.mark.parametrize("width", [1280, 360])
async def test_it_is_said_in_german_and_fits(
    browser: Browser, instance: Instance, width: int
) -> None:
    context = await browser.new_context(
        base_url=instance.web_url, locale="de-DE", viewport={"width": width, "height": 740}
    )
    page = await context.new_page()
    await page.clock.install()
    await page.goto("/")
    await page.evaluate("localStorage.speed = 100")
    await page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    await page.locator("#text").focus()
    await page.keyboard.insert_text("Der Fink singt. " + book(characters=15_000, seed=15))
    await page.clock.run_for(100)  # a frame, and not the pause
    said = page.locator("#starts")
    await expect(said).to_have_text(re.compile(r"beginnt von selbst.* Das dauert etwa 3 Minuten\."))
    await expect(page.get_by_text("Hier erscheint die Übersetzung.")).to_be_hidden()
    await said.scroll_into_view_if_needed()
    await picture(page, f"starting-german-{width}")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await context.close()
