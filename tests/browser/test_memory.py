"""The translation memory in a browser: its page, and a similar sentence taken with one click."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Browser, Page, expect

from tests.support.instance import Instance
from web.memory.tmx import TMX_TAIL, tmx_head

SOURCES = {"Der Kobold zahlt die Miete.": "The goblin pays the rent.", "Kobolde!": "Goblins!"}
FILE = "".join(
    f'<tu><tuv xml:lang="de"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{target}</seg>'
    "</tuv></tu>\n"
    for source, target in SOURCES.items()
)


@pytest.fixture(autouse=True)
def clean(instance: Instance) -> Iterator[None]:
    """The instance forgets at the end what a test has put into its memory."""
    yield
    instance.query("DELETE FROM memories")
    instance.query("DELETE FROM memory_features")


async def imported(page: Page) -> None:
    """The page about the memory, after an import."""
    await page.goto("/memory")
    data = (tmx_head(("de", "en")) + FILE + TMX_TAIL).encode()
    await page.get_by_label("A TMX file").set_input_files(
        {"name": "memory.tmx", "mimeType": "application/x-tmx+xml", "buffer": data}
    )
    await page.get_by_role("button", name="Import").click()
    await expect(page.get_by_text("2 entries were added.")).to_be_visible()


async def test_entries_are_searched_deleted_and_brought_back(page: Page) -> None:
    await imported(page)
    entries = page.locator("#memory-list li")
    await expect(entries).to_have_count(2)
    await page.get_by_label("Search").fill("miete")
    await expect(entries).to_have_count(1)
    await expect(page).to_have_url("/memory?pair=de+en&q=miete")
    await page.get_by_role("button", name="Delete: Der Kobold").press("Enter")
    await expect(page.get_by_text("There are no such entries.")).to_be_visible()
    await page.get_by_role("button", name="Undo").press("Enter")
    await expect(entries).to_have_count(1)
    await expect(entries).to_contain_text("The goblin pays the rent.")
    await page.get_by_label("Remember corrections").uncheck()
    await page.get_by_role("button", name="Save: German → English").click()
    await expect(page.get_by_label("Remember corrections")).not_to_be_checked()


async def test_a_similar_sentence_is_taken_with_one_click(page: Page) -> None:
    await imported(page)
    await page.goto("/")
    await page.get_by_label("German").fill("Kobolde! Der Kobold zahlt die Pacht.")
    sentences = page.locator("#target .sentence")
    await expect(sentences).to_have_count(2)
    await expect(sentences.first).to_have_text("Goblins!")
    await expect(sentences.first).to_have_attribute("data-mark", "from memory")
    await sentences.first.press("Enter")
    await expect(page.locator("#choices")).to_contain_text(
        "From the translation memory: from a TMX"
    )
    await page.keyboard.press("Escape")
    await sentences.nth(1).press("Enter")
    similar = page.locator("#choices .suggestion")
    await expect(similar.locator("del")).to_contain_text("Miete")
    await expect(similar.locator("ins")).to_contain_text("Pacht")
    await expect(similar).to_contain_text("% the same")
    await page.get_by_role("button", name="The goblin pays the rent.").press("Enter")
    await expect(sentences.nth(1)).to_have_text("The goblin pays the rent.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_is_hard_to_reach(browser: Browser, instance: Instance, scheme: str) -> None:
    context = await browser.new_context(
        base_url=instance.web_url,
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
        locale="en-GB",
    )
    await context.add_init_script(path=AXE_FILE_PATH)
    page = await context.new_page()
    axe = "axe.run(document, {resultTypes: ['violations']})"
    await imported(page)
    assert (await page.evaluate(axe))["violations"] == []
    await page.goto("/")
    await page.get_by_label("German").fill("Der Kobold zahlt die Pacht.")
    await page.locator("#target .sentence").first.click()
    await expect(page.locator("#choices .suggestion")).to_be_visible()
    assert (await page.evaluate(axe))["violations"] == []
    await context.close()
