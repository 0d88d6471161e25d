"""A pause in the typing stores silently: reading, marking and editing go on meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Locator, Page, Route, expect

# With the demonstration model: the second sentence is another one when it is stored.
OLD_MAN = "Der alte Mann wartet seit drei Stunden auf den Zug nach Berlin."
TEXT = f"Guten Abend! {OLD_MAN} Wie geht es dir? Ich bin hier."
GREEDY = "The old man has been waiting for three hours to Berlin."
BEST = "The old man has been waiting for Berlin for three hours."
SELECTED = "String(getSelection())"


@asynccontextmanager
async def held(page: Page, mark: str) -> AsyncIterator[asyncio.Event]:
    """Hold back the live requests with `mark` in them until the end; the event: one is there."""
    asked, go = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        if mark in (route.request.post_data or ""):
            asked.set()
            await go.wait()
        await route.continue_()

    await page.route("**/live", late)
    try:
        yield asked
    finally:
        go.set()


async def shown(page: Page, text: str = TEXT, count: int = 4) -> Locator:
    """The sentences of a draft."""
    await page.get_by_label("German").fill(text)
    sentences = page.locator("#target .sentence")
    await expect(sentences).to_have_count(count)
    return sentences


@pytest.mark.parametrize(("first", "last"), [(0, 0), (2, 2), (2, 3), (3, 3)])
async def test_a_selection_and_the_focus_stay(page: Page, first: int, last: int) -> None:
    async with held(page, "keep=1") as asked:
        sentences = await shown(page)
        await expect(sentences.nth(1)).to_have_text(GREEDY)
        await sentences.nth(last).focus()
        await page.evaluate(
            """([first, last]) => {
                const all = document.querySelectorAll("#target .sentence");
                getSelection().setBaseAndExtent(all[first].firstChild, 0, all[last].firstChild, 3);
            }""",
            [first, last],
        )
        selected = await page.evaluate(SELECTED)
        assert selected
        await sentences.nth(last).hover()
        await asked.wait()
    await expect(sentences.nth(1)).to_have_text(BEST)
    await expect(sentences.nth(last)).to_be_focused()
    assert await page.evaluate(SELECTED) == selected
    assert await sentences.nth(last).get_attribute("class") == "sentence on"


async def test_an_open_list_of_alternatives_stays_and_what_is_chosen_is_stored(page: Page) -> None:
    async with held(page, "keep=1") as asked:
        sentences = await shown(page)
        await sentences.nth(2).click()
        choice = page.locator("#choices button").first
        await expect(choice).to_be_focused()
        await asked.wait()
    await expect(sentences.nth(1)).to_have_text(BEST)
    await expect(choice).to_be_focused()
    said = await choice.text_content() or ""
    await choice.click()
    await expect(sentences.nth(2)).to_have_text(said)
    await expect(sentences.nth(2)).to_be_focused()


async def test_a_sentence_keeps_the_focus_and_the_selection_when_one_comes_before_it(
    page: Page,
) -> None:
    sentences = await shown(page, "Guten Abend! Wie geht es dir?", 2)
    async with held(page, "bin") as asked:
        text = page.get_by_label("German")
        await text.fill("Guten Abend! Ich bin hier. Wie geht es dir?")
        last = sentences.last
        said = await last.text_content()
        await last.evaluate("each => { each.focus(); getSelection().selectAllChildren(each); }")
        await asked.wait()
    await expect(sentences).to_have_count(3)
    await expect(sentences.last).to_have_text(said or "")
    await expect(sentences.last).to_be_focused()
    assert await page.evaluate(SELECTED) == said


async def test_a_row_of_the_history_that_is_being_renamed_stays(page: Page) -> None:
    await page.get_by_label("German").fill("Die Amsel singt.")
    await expect(page.locator("#history-list li > a").first).to_have_text("Die Amsel singt.")
    await page.goto("/")
    async with held(page, "keep=1") as asked:
        await shown(page, "Die Meise singt.", 1)
        await page.locator("#history-list summary").first.click()
        title = page.locator("#history-list input[name=title]").first
        await title.fill("Vögel")
        await title.evaluate("each => each.setSelectionRange(1, 3)")
        await asked.wait()
    await expect(page.locator("#history-list li > a").first).to_have_text("Die Meise singt.")
    title = page.locator("#history-list li").nth(1).locator("input[name=title]")
    await expect(title).to_be_focused()
    await expect(title).to_have_value("Vögel")
    assert await title.evaluate("each => [each.selectionStart, each.selectionEnd]") == [1, 3]
