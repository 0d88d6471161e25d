"""The page as a person uses it."""

import asyncio
import re

from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import paste, picture
from tests.support.instance import Instance
from tests.support.texts import book

LETTER = """Liebe Anna,

vielen Dank für deinen Brief! Ich habe mich sehr darüber gefreut.
Gestern war ich mit meiner Schwester am See. Das Wetter war schön.

- Brot kaufen
- die Katze füttern

Wann kommst du uns besuchen?
"""


async def test_button(page: Page) -> None:
    await page.get_by_label("German").fill(LETTER)
    await page.get_by_role("button", name="Translate").click()
    target = page.get_by_role("region", name="English")
    await expect(target).to_contain_text("sister")
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
    await expect(target).to_be_focused()
    text = await target.text_content() or ""
    assert [not line for line in text.split("\n")] == [not line for line in LETTER.split("\n")]
    assert await page.get_by_label("German").input_value() == LETTER
    await picture(page, "translated")
    await page.emulate_media(color_scheme="dark")
    await picture(page, "translated-dark")


async def test_keyboard_alone(page: Page) -> None:
    await expect(page.get_by_label("German")).to_be_focused()
    await page.keyboard.type("Guten Morgen!")
    await page.keyboard.press("Control+Enter")
    target = page.get_by_role("region", name="English")
    await expect(target).to_have_text("Good morning!")
    # The draft says the same earlier; the answer to the form alone takes the focus.
    await expect(target).to_be_focused()
    for _ in ("copy", "kinds", "file", "by itself", "button", "text"):
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Control+End")
    await page.keyboard.type(" Wie geht es dir?")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Translate")).to_be_focused()
    await picture(page, "focus")
    await page.keyboard.press("Enter")
    await expect(target).to_contain_text("?")


async def test_without_javascript(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(base_url=instance.web_url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("German").fill("Guten Morgen!\n\nIch bin hier.")
    await page.get_by_role("button", name="Translate").click()
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
    target = page.get_by_role("region", name="English")
    assert await target.text_content() == "Good morning!\n\nI'm here."
    await page.get_by_label("German").fill("  ")
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("alert")).to_contain_text("no text")
    await context.close()


async def test_history_and_its_addresses(page: Page) -> None:
    await page.get_by_label("German").fill("Der Hund schläft im Garten.")
    await page.keyboard.press("Control+Enter")
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
    address = page.url
    await page.goto("/")
    history = page.get_by_role("region", name="Earlier translations")
    await expect(history.get_by_role("link").first).to_have_text("Der Hund schläft im Garten.")
    await picture(page, "history")
    await history.get_by_role("link").first.click()
    await expect(page).to_have_url(address)
    await page.reload()
    await expect(page.get_by_role("region", name="English")).to_contain_text("dog")
    assert await page.get_by_label("German").input_value() == "Der Hund schläft im Garten."
    await page.go_back()
    await expect(page).to_have_url(re.compile(r"/$"))


async def test_an_error_keeps_the_text_and_gets_the_focus(page: Page) -> None:
    await page.get_by_label("German").fill("   ")
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("alert")).to_contain_text("no text")
    await expect(page.get_by_role("alert")).to_be_focused()
    assert await page.get_by_label("German").input_value() == "   "
    await picture(page, "error")


async def test_a_file(page: Page) -> None:
    content = b"Guten Morgen!\r\n\r\nIch bin hier.\r\n"
    await page.get_by_label("or a file").set_input_files(
        {"name": "brief.txt", "mimeType": "text/plain", "buffer": content}
    )
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("region", name="English")).to_contain_text("Good morning!")


async def test_markup_is_shown_as_text(page: Page) -> None:
    await page.get_by_label("German").fill("<script>alert(1)</script><img src=x onerror=alert(2)>")
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("region", name="English")).to_contain_text("<script>")


async def test_a_phone(context: BrowserContext) -> None:
    page = await context.new_page()
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto("/")
    await page.get_by_label("German").fill(LETTER + "Donaudampfschifffahrtsgesellschaft" * 4)
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("region", name="English")).to_contain_text("sister")
    await picture(page, "phone")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_a_long_text_arrives_live_and_survives_a_reload(page: Page) -> None:
    text = book(characters=90_000, seed=3)  # fits on one page
    await paste(page, text)
    await page.get_by_role("button", name="Translate").click()
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
    passages = page.locator(".passage")
    await expect(passages.nth(1)).to_be_visible()
    await expect(page.get_by_role("progressbar")).to_be_in_viewport()
    assert await page.get_by_label("German").input_value() == ""
    assert "%" in await page.title()
    await picture(page, "long")
    await page.reload()
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)
    ids = await passages.evaluate_all("all => all.map(each => each.id)")
    assert ids == [f"passage-{seq}" for seq in range(len(ids))]
    sources = await page.locator(".passage .source").all_text_contents()
    assert "".join(sources) == text
    assert "%" not in await page.title()
    await picture(page, "long-done")


async def test_cancelling_keeps_what_is_translated(page: Page) -> None:
    await paste(page, book(characters=300_000, seed=4))
    await page.get_by_role("button", name="Translate").click()
    await expect(page.locator(".passage").first).to_be_visible()
    await page.get_by_role("button", name="Cancel").focus()
    await expect(page.locator(".passage").nth(1)).to_be_visible()  # an update later …
    await expect(page.get_by_role("button", name="Cancel")).to_be_focused()  # … it still is
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Cancelled. What was translated stays:")).to_be_visible()
    await expect(page.locator(".passage .target").first).not_to_contain_text("Not translated")
    await picture(page, "cancelled")


async def test_the_translator_is_away(page: Page, instance: Instance) -> None:
    instance.kill("translator")
    try:
        await page.get_by_label("German").fill(LETTER)
        await page.get_by_role("button", name="Translate").click()
        await expect(page.get_by_role("alert")).to_contain_text("translator does not answer")
        assert await page.get_by_label("German").input_value() == LETTER
        await picture(page, "translator-away")
    finally:
        await asyncio.to_thread(instance.up)
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("region", name="English")).to_contain_text("sister")


async def test_the_database_is_away(page: Page, instance: Instance) -> None:
    instance.kill("database")
    try:
        await page.get_by_label("German").fill("Guten Morgen!")
        await page.get_by_role("button", name="Translate").click()
        await expect(page.get_by_role("region", name="English")).to_have_text("Good morning!")
        await expect(page.get_by_text("This translation is not stored yet")).to_be_visible()
        await picture(page, "database-away")
        await paste(page, book(characters=9_000, seed=5))
        await page.get_by_role("button", name="Translate").click()
        await expect(page.get_by_role("alert")).to_contain_text("database does not answer")
        assert len(await page.get_by_label("German").input_value()) >= 9_000
    finally:
        await asyncio.to_thread(instance.up)
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_text("Done:")).to_be_visible()
