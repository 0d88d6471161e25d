"""Everything that a German reader sees is German, or says in which other language it is."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import picture
from tests.support.instance import Instance
from tests.support.texts import book
from tests.unit.test_templates import ENGLISH

# Texts, and what is only said by attributes, of elements whose language is the page's.
SAID = """() => {
  const own = (element) => element.closest("[lang]").lang === "de";
  const hidden = "script, style, noscript";
  const found = [];
  const all = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
  for (let node = all.currentNode; node; node = all.nextNode()) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element || element.closest(hidden) || !own(element)) continue;
    if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
    if (node !== element) continue;
    for (const name of ["aria-label", "placeholder", "title", "alt", "data-done"])
      found.push(element.getAttribute(name) ?? "");
    if (element.content) found.push(element.content.textContent);
  }
  return found.join("\\n");
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def german(browser: Browser, instance: Instance) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=instance.web_url, locale="de-DE", viewport={"width": 1280, "height": 860}
    )
    page = await context.new_page()
    page.set_default_timeout(20_000)
    await page.goto("/")
    yield page
    await context.close()


async def english_in(page: Page) -> set[str]:
    """The English words that are left; `translation` and the like are product or file names."""
    said = await page.evaluate(SAID)
    assert isinstance(said, str)
    assert "Unlimited Translation" in said
    said = said.replace("Unlimited Translation", "")
    return set(re.findall(r"[a-z]+", said.lower())) & ENGLISH


async def test_no_english_is_left_on_the_page_and_its_parts(german: Page) -> None:
    assert await english_in(german) == set()
    await german.get_by_label("Deutsch").fill("Guten Morgen! Ich bin hier.")
    await german.get_by_role("button", name="Übersetzen").click()
    await expect(german).to_have_url(re.compile(r"/translations/\d+$"))
    sentence = german.get_by_role("region", name="Englisch").locator(".sentence").first
    await sentence.click()
    await expect(german.get_by_role("dialog", name="Andere Übersetzungen")).to_be_visible()
    assert await english_in(german) == set()
    await german.keyboard.press("Escape")
    await german.get_by_label("Suche", exact=True).fill("gibtesnicht")
    await expect(german.get_by_text("Nichts gefunden.")).to_be_visible()
    assert await english_in(german) == set()
    await german.get_by_role("button", name="Hilfe").click()
    await picture(german, "german-help")


async def test_no_english_is_left_on_a_long_translation(german: Page) -> None:
    # So long that something is left to cancel, even where the translator knows its sentences.
    await german.get_by_label("Deutsch").fill(book(characters=300_000, seed=11))
    await german.get_by_role("button", name="Übersetzen").click()
    await expect(german.locator(".passage").nth(1)).to_be_visible()
    assert await english_in(german) == set()
    await picture(german, "german-long")
    await german.get_by_role("button", name="Abbrechen").click()
    await expect(german.get_by_text("Abgebrochen. Was übersetzt ist, bleibt:")).to_be_visible()
    assert await english_in(german) == set()


@pytest.mark.parametrize("path", ["/status", "/history/delete", "/translations/999999999"])
async def test_no_english_is_left_on_other_pages(german: Page, path: str) -> None:
    await german.goto(path)
    assert await english_in(german) == set()
    await picture(german, "german-" + path.split("/")[1])


async def test_german_fits_on_a_phone(german: Page) -> None:
    await german.set_viewport_size({"width": 360, "height": 740})
    for path in ("/status", "/history/delete", "/"):
        await german.goto(path)
        assert await german.evaluate("document.documentElement.scrollWidth") <= 360
    await german.get_by_label("Deutsch").fill("Guten Morgen! Ich bin hier.")
    await expect(german.locator("#counts")).to_have_text("5 Wörter · 27 Zeichen")
    assert await german.evaluate("document.documentElement.scrollWidth") <= 360
    await picture(german, "german-phone")
