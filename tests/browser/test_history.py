"""The history as a person uses it."""

import re
import uuid

from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import picture
from tests.support.instance import Instance


async def translated(page: Page, text: str) -> None:
    await page.goto("/")
    await page.get_by_label("German").fill(text)
    await page.keyboard.press("Control+Enter")
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))


async def test_search_as_one_types(page: Page) -> None:
    mark = "Wort" + uuid.uuid4().hex[:8]
    await translated(page, f"Der Hund heißt {mark} und schläft.")
    await translated(page, "Die Katze schläft im Garten.")
    await page.goto("/")
    history = page.get_by_role("region", name="Earlier translations")
    await page.get_by_role("searchbox", name="Search").click()
    await page.keyboard.type(mark.lower(), delay=20)
    await expect(history.get_by_role("listitem")).to_have_count(1)
    await expect(history.locator("mark").first).to_have_text(mark)
    await expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    await expect(page).to_have_url(re.compile(rf"q={mark.lower()}"))
    await picture(page, "search")
    await page.reload()
    await expect(history.get_by_role("listitem")).to_have_count(1)
    await page.get_by_role("searchbox", name="Search").fill(mark + "nichts")
    await expect(history).to_contain_text("Nothing found")


async def test_rename_delete_and_undo_with_the_keyboard(page: Page) -> None:
    mark = uuid.uuid4().hex[:8]
    await translated(page, f"Ein Brief {mark}.")
    await page.goto("/")
    history = page.get_by_role("region", name="Earlier translations")
    item = history.get_by_role("listitem").first
    await item.locator("summary").focus()
    await page.keyboard.press("Enter")
    await picture(page, "history-more")
    await item.get_by_label("Title").fill(f"Umbenannt {mark}")
    await page.keyboard.press("Enter")
    await expect(item.get_by_role("link").first).to_have_text(f"Umbenannt {mark}")
    await item.locator("summary").focus()
    await page.keyboard.press("Enter")
    await item.get_by_role("button", name="Delete").focus()
    await page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Undo")
    await expect(undo).to_be_visible()
    await expect(history).not_to_contain_text(mark)
    await picture(page, "history-undo")
    await undo.focus()
    await page.keyboard.press("Enter")
    await expect(item.get_by_role("link").first).to_have_text(f"Umbenannt {mark}")


async def test_without_javascript(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(base_url=instance.web_url, java_script_enabled=False)
    page = await context.new_page()
    await translated_without(page, mark := "Mark" + uuid.uuid4().hex[:8])
    await page.goto("/")
    await page.get_by_role("searchbox", name="Search").fill(mark)
    await page.keyboard.press("Enter")
    items = page.get_by_role("region", name="Earlier translations").get_by_role("listitem")
    await expect(items).to_have_count(1)
    await items.locator("summary").click()
    await items.get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("Nothing found")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(items).to_have_count(1)
    await context.close()


async def translated_without(page: Page, text: str) -> None:
    await page.goto("/")
    await page.get_by_label("German").fill(text)
    await page.get_by_role("button", name="Translate").click()
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
