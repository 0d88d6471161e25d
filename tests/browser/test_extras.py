"""Documents, copying, colours, help, and a history that goes on while one scrolls."""

import re
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import picture
from tests.support.documents import word
from tests.support.instance import Instance


async def test_a_document_comes_back_in_its_own_kind(page: Page, tmp_path: Path) -> None:
    await page.get_by_label("or a file").set_input_files(
        {"name": "Bericht.docx", "mimeType": "application/octet-stream", "buffer": word()}
    )
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_text("important house")).to_be_visible()
    link = page.get_by_role("link", name="Download Bericht.docx")
    await picture(page, "document")
    async with page.expect_download() as downloading:
        await link.click()
    await (await downloading.value).save_as(tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")


async def test_what_is_stored_can_be_copied_from_the_list(
    page: Page, context: BrowserContext
) -> None:
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = await page.request.post("/translate", data={"text": "Guten Abend! Ich bin hier."})
    assert answer.ok
    await page.goto("/")
    item = page.locator("#history-list li").first
    await item.get_by_text("More").click()
    await item.get_by_role("button", name="Copy").click()
    await expect(item.get_by_role("button", name="Copied")).to_be_visible()
    assert (await page.evaluate("navigator.clipboard.readText()")).endswith("I'm here.")


DROP = """texts => {
  const files = new DataTransfer();
  for (const text of texts) files.items.add(new File([text], "a.txt", {type: "text/plain"}));
  const drop = new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true});
  document.getElementById("text").dispatchEvent(drop);
}"""


async def test_a_file_can_be_dropped_on_the_text(page: Page) -> None:
    await page.evaluate(DROP, ["Guten Morgen!"])
    await expect(page.get_by_role("region", name="English")).to_have_text("Good morning!")


async def test_a_dropped_file_takes_the_place_of_a_text_that_is_stored(page: Page) -> None:
    titles = page.locator("#history-list li > a")
    await page.get_by_label("German").fill("Ich bin hier.")
    await expect(titles.first).to_have_text("Ich bin hier.")  # it was kept by the pause
    await page.evaluate(DROP, ["Guten Morgen!"])
    english = page.get_by_role("region", name="English")
    await expect(english).to_have_text("Good morning!")
    await page.get_by_label("German").fill("Guten Abend!")
    await expect(english).to_contain_text("Good evening")
    await expect(titles.first).to_have_text("Guten Abend!")
    assert (await titles.all_inner_texts())[1:3] == ["Guten Morgen!", "Ich bin hier."]


async def test_two_files_are_not_dropped_into_one(page: Page) -> None:
    await page.evaluate(DROP, ["Guten Morgen!", "Guten Abend!"])
    await expect(page.get_by_role("alert")).to_contain_text("one file at a time")


async def test_a_document_that_is_refused_leaves_the_text(page: Page) -> None:
    await page.get_by_label("or a file").set_input_files(
        {"name": "a.docx", "mimeType": "application/octet-stream", "buffer": b"no archive"}
    )
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("alert")).to_contain_text("Nothing was kept")


async def test_copy(page: Page, context: BrowserContext) -> None:
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_label("German").fill("Guten Morgen!\n\nIch bin hier.")
    await expect(page.get_by_role("region", name="English")).to_contain_text("here")
    await page.get_by_role("button", name="Copy").click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == "Good morning!\n\nI'm here."


async def test_the_colours_that_a_reader_chose_stay(page: Page) -> None:
    dark = "getComputedStyle(document.documentElement).colorScheme"
    await page.get_by_role("button", name="Light or dark").click()
    assert await page.evaluate(dark) == "dark"
    await page.reload()
    assert await page.evaluate(dark) == "dark"
    await page.get_by_role("button", name="Light or dark").click()
    assert await page.evaluate(dark) == "light"


async def test_the_keyboard_has_help_and_shortcuts(page: Page) -> None:
    await page.get_by_role("link", name="To the text").focus()
    await page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    await expect(dialog).to_be_visible()
    await picture(page, "help")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await page.keyboard.press("/")
    await expect(page.get_by_label("Search")).to_be_focused()
    await page.keyboard.type("?/")
    await expect(page.get_by_label("Search")).to_have_value("?/")


async def test_the_history_goes_on_while_one_scrolls(page: Page) -> None:
    mark = "Fortlaufend"
    answers = [
        await page.request.post("/translate", data={"text": f"{mark} {number} ist da."})
        for number in range(65)
    ]
    assert all(answer.ok for answer in answers)
    await page.goto(f"/?q={mark}")
    items = page.locator("#history-list > ol > li:not(.older)")
    while (count := await items.count()) < 65:
        await page.mouse.wheel(0, 20_000)
        await expect(items.nth(count)).to_be_attached()
    titles = await items.locator("> a").all_text_contents()
    assert titles == [f"{mark} {number} ist da." for number in reversed(range(65))]


async def test_on_a_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.get_by_label("German").fill("Guten Morgen! Sehr geehrte Frau Meier")
    await expect(page.get_by_role("region", name="English")).to_contain_text("Good morning!")
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(wide) == 0
    await picture(page, "phone-live")


async def test_in_german(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(
        base_url=instance.web_url, locale="de-DE", viewport={"width": 1280, "height": 860}
    )
    page = await context.new_page()
    await page.goto("/")
    await expect(page.locator("html")).to_have_attribute("lang", "de")
    await page.get_by_label("Deutsch").fill("Guten Morgen! Sehr geehrte Frau Meier")
    await expect(page.get_by_role("region", name="Englisch")).to_contain_text("Good morning!")
    await expect(page.locator("#counts")).to_have_text("6 Wörter · 37 Zeichen")
    await page.get_by_role("button", name="Übersetzen").click()
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
    await expect(page.get_by_role("heading", name="Frühere Übersetzungen")).to_be_visible()
    await picture(page, "german")
    await page.get_by_label("Deutsch").fill("  ")
    await page.get_by_role("button", name="Übersetzen").click()
    await expect(page.get_by_role("alert")).to_have_text(
        "Es gibt keinen Text zum Übersetzen. Es wurde nichts gespeichert."
    )
    await page.get_by_role("button", name="Hilfe").click()
    await expect(page.get_by_role("dialog", name="Tastatur")).to_be_visible()
    await context.close()
