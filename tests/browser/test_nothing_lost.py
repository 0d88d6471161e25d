"""Whatever goes wrong on the page, what the user has typed stays."""

import asyncio
import re

from playwright.async_api import Browser, Page, Route, expect

from tests.browser.conftest import paste
from tests.support.instance import Instance
from tests.support.texts import book

ADDRESS = re.compile(r"/translations/\d+$")


async def test_no_answer_from_the_server(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(base_url=instance.web_url)
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("German").fill("Guten Morgen!")
    await context.set_offline(offline=True)
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("alert")).to_contain_text("no answer from the server")
    await expect(page.get_by_role("alert")).to_be_focused()
    assert await page.get_by_label("German").input_value() == "Guten Morgen!"
    await context.set_offline(offline=False)
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("region", name="English")).to_have_text("Good morning!")
    await expect(page.get_by_role("alert")).to_have_count(0)
    await context.close()


async def test_what_is_typed_during_a_translation(page: Page) -> None:
    asked, typed = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        asked.set()
        await typed.wait()
        await route.continue_()

    await page.route("**/translate", hold)
    text = page.get_by_label("German")
    await text.fill("Guten Morgen!")
    await page.keyboard.press("Control+Enter")
    await asked.wait()
    await expect(page.get_by_text("Translating …")).to_be_visible()
    await text.press_sequentially(" Ich bin hier.")
    typed.set()
    # What was typed meanwhile may have been translated live already.
    await expect(page.get_by_role("region", name="English")).to_contain_text("Good morning!")
    assert await text.input_value() == "Guten Morgen! Ich bin hier."


async def test_an_error_leaves_a_long_text_and_the_address(page: Page) -> None:
    await page.get_by_label("German").fill("Guten Morgen!")
    await page.keyboard.press("Control+Enter")
    await expect(page).to_have_url(ADDRESS)
    address = page.url
    text = book(characters=300_000, seed=6)
    await paste(page, text)
    await page.get_by_label("or a file").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Ich bin hier."}
    )
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("alert")).to_contain_text("one text or one file at a time")
    assert await page.get_by_label("German").input_value() == text
    assert page.url == address


async def test_without_javascript_an_error_keeps_the_text(
    browser: Browser, instance: Instance
) -> None:
    context = await browser.new_context(base_url=instance.web_url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("German").fill("\n  Guten Morgen!\n")
    await page.get_by_label("or a file").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Ich bin hier."}
    )
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("alert")).to_contain_text("one text or one file at a time")
    await expect(page.get_by_role("alert")).to_be_focused()
    assert await page.get_by_label("German").input_value() == "\n  Guten Morgen!\n"
    await context.close()


async def test_a_file_takes_the_place_of_a_text_that_is_only_shown(page: Page) -> None:
    await page.get_by_label("German").fill("Guten Morgen!")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("region", name="English")).to_have_text("Good morning!")
    await page.get_by_label("or a file").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Ich bin hier."}
    )
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("region", name="English")).to_have_text("I'm here.")
    assert await page.get_by_label("German").input_value() == "Ich bin hier."
    assert await page.get_by_label("or a file").input_value() == ""


async def test_back_and_forward(page: Page) -> None:
    text, target = page.get_by_label("German"), page.get_by_role("region", name="English")
    await text.fill("Guten Morgen!")
    await page.keyboard.press("Control+Enter")
    await expect(page).to_have_url(ADDRESS)
    first = page.url
    await text.fill("Ich bin hier.")
    await page.keyboard.press("Control+Enter")
    await expect(page).not_to_have_url(first)
    await expect(target).to_have_text("I'm here.")
    second = page.url
    await page.go_back()
    await expect(page).to_have_url(first)
    await expect(target).to_have_text("Good morning!")
    await expect(text).to_have_value("Guten Morgen!")
    await expect(page).to_have_title(re.compile("^Guten Morgen!"))
    await page.go_forward()
    await expect(page).to_have_url(second)
    await expect(text).to_have_value("Ich bin hier.")
    await page.go_back()
    await page.go_back()
    await expect(page).to_have_url(re.compile(r"/$"))


async def test_an_address_that_leads_nowhere(page: Page) -> None:
    response = await page.goto("/translations/999999999")
    assert response
    assert response.status == 404
    await expect(page.get_by_role("alert")).to_contain_text("no translation 999999999")
    await expect(page.get_by_label("German")).to_be_visible()
    for address in ("/translations/x", "/translations/1x", "/translations/999999999/events"):
        answer = await page.request.get(address, headers={"Accept": "text/html"})
        assert answer.status == 404, address
