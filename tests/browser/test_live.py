"""The page translates while one types, and keeps what is finished."""

import asyncio
import re

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import picture
from tests.support.instance import Instance

ADDRESS = re.compile(r"/translations/\d+$")


def stored(instance: Instance, mark: str) -> list[str]:
    """The stored texts that begin so."""
    rows = instance.query("SELECT source FROM passages WHERE source LIKE %s", f"{mark}%")
    return [row["source"] for row in rows]


@pytest.mark.parametrize("label", ["German", "Search"])
async def test_what_is_typed_before_the_scripts_are_there(page: Page, label: str) -> None:
    typed = asyncio.Event()

    async def late(route: Route) -> None:
        await typed.wait()
        await route.continue_()

    await page.request.post("/translate", data={"text": "Der Fuchs schläft."})
    await page.route(re.compile(r"/(htmx|page|typing|sentences).*js"), late)
    await page.goto("/?q=Haus", wait_until="commit")
    await page.get_by_label(label).fill("Fuchs")
    typed.set()
    if label == "German":
        await expect(page.locator("#target .sentence")).to_be_visible()
    else:
        await expect(page.get_by_role("link", name="Der Fuchs schläft.").first).to_be_visible()


async def test_it_follows_fast_edits_and_stores_the_last_text_once(
    page: Page, instance: Instance
) -> None:
    text, target = page.get_by_label("German"), page.get_by_role("region", name="English")
    await text.press_sequentially("Der Otter schläft. Er ist")
    await expect(target).to_contain_text("sleep")
    assert stored(instance, "Der Otter") == []
    assert page.url.endswith("/")
    await text.press_sequentially(" sehr müde.", delay=30)
    await expect(target).to_contain_text("tired")
    await expect(page.locator("#counts")).to_have_text("7 words · 36 characters")
    await picture(page, "live")
    await expect(page).to_have_url(ADDRESS)
    assert stored(instance, "Der Otter") == ["Der Otter schläft. Er ist sehr müde."]
    first = page.locator("#history-list li > a").first
    await expect(first).to_have_text("Der Otter schläft. Er ist sehr müde.")
    await expect(first).to_have_attribute("aria-current", "page")
    address = page.url
    await text.press_sequentially(" Wir lachen.")
    await expect(target).to_contain_text("laugh")
    async with page.expect_response(lambda answer: answer.url.endswith("/live")):
        pass  # the one that keeps it, after the pause
    assert stored(instance, "Der Otter") == ["Der Otter schläft. Er ist sehr müde. Wir lachen."]
    await page.reload()
    assert page.url == address
    await expect(target).to_contain_text("laugh")


async def test_what_is_kept_leaves_a_search_as_it_is(page: Page) -> None:
    text, target = page.get_by_label("German"), page.get_by_role("region", name="English")
    await text.fill("Das Murmeltier gräbt.")
    await expect(page).to_have_url(ADDRESS)
    await page.goto("/")
    await page.get_by_label("Search").fill("Murmeltier")
    found = page.locator("#history-list li > a")
    await expect(found).to_have_count(1)
    await text.fill("Der Dachs schläft.")
    await expect(page).to_have_url(ADDRESS)
    await expect(target).to_contain_text("sleep")
    await expect(found).to_have_text(["Das Murmeltier gräbt."])


async def test_the_newest_answer_wins(page: Page) -> None:
    asked, newer = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        if "Morgen" in (route.request.post_data or ""):
            asked.set()
            await newer.wait()
        await route.continue_()

    await page.route("**/live", late)
    text, target = page.get_by_label("German"), page.get_by_role("region", name="English")
    await text.fill("Guten Morgen!")
    await asked.wait()
    await text.fill("Guten Abend!")
    await expect(target).to_contain_text("evening")
    newer.set()
    await expect(target).to_contain_text("evening")
    await expect(target).not_to_contain_text("morning")


async def test_what_is_long_waits_for_the_button(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.get_by_label("German").fill("Ein Satz. " * 500)
    await expect(page.locator("#counts")).to_contain_text("1,000 words")
    await page.get_by_role("button", name="Translate").click()
    await expect(page).to_have_url(ADDRESS)
    assert not [each for each in asked if each.endswith("/live")]


async def test_two_tabs_do_not_disturb_each_other(page: Page, instance: Instance) -> None:
    other = await page.context.new_page()
    await other.goto("/")
    await page.get_by_label("German").fill("Die Tulpe ist rot.")
    await other.get_by_label("German").fill("Die Tulpe ist gelb.")
    for tab in (page, other):
        await expect(tab).to_have_url(ADDRESS)
    assert page.url != other.url
    assert sorted(stored(instance, "Die Tulpe")) == ["Die Tulpe ist gelb.", "Die Tulpe ist rot."]
    await other.close()


# With the demonstration model; it is greedy at first.
OLD_MAN = "Der alte Mann wartet seit drei Stunden auf den Zug nach Berlin."
GREEDY = "The old man has been waiting for three hours to Berlin."
BEST = "The old man has been waiting for Berlin for three hours."


async def test_the_best_translation_replaces_the_draft_and_alone_is_stored(
    page: Page, instance: Instance
) -> None:
    text, target = page.get_by_label("German"), page.get_by_role("region", name="English")
    await text.fill(OLD_MAN)
    await expect(target).to_have_text(GREEDY)
    assert page.url.endswith("/")
    await text.evaluate("text => text.setSelectionRange(4, 12)")
    await expect(target).to_have_text(BEST)
    await expect(text).to_be_focused()
    assert await text.evaluate("text => [text.selectionStart, text.selectionEnd]") == [4, 12]
    await expect(page).to_have_url(ADDRESS)
    rows = instance.query("SELECT target FROM passages WHERE source = %s", OLD_MAN)
    assert rows == [{"target": BEST}]
    # What is stored stays while the typing goes on.
    await text.press("Control+End")
    await text.press_sequentially(" Ich bin hier.")
    await expect(target).to_have_text(f"{BEST} I'm here.")


async def test_what_is_marked_in_the_translation_stays_so_when_it_is_replaced(page: Page) -> None:
    target = page.get_by_role("region", name="English")
    await page.get_by_label("German").fill(f"Guten Abend! {OLD_MAN}")
    await expect(target).to_have_text(f"Good evening! {GREEDY}")
    sentence = target.locator(".sentence").first
    await sentence.evaluate("each => { each.focus(); getSelection().selectAllChildren(each); }")
    await expect(target).to_have_text(f"Good evening! {BEST}")
    await expect(sentence).to_be_focused()
    assert await page.evaluate("String(getSelection())") == "Good evening!"


async def test_the_quality_that_was_chosen_is_remembered(page: Page, instance: Instance) -> None:
    text, quality = page.get_by_label("German"), page.get_by_label("Quality")
    await expect(quality).to_have_value("best")
    await text.fill("Der Luchs schläft.")
    await expect(page).to_have_url(ADDRESS)
    await quality.select_option("Faster")
    async with page.expect_response(lambda answer: "keep=1" in (answer.request.post_data or "")):
        pass  # after the pause
    rows = instance.query("SELECT quality FROM translations WHERE title = %s", "Der Luchs schläft.")
    assert rows == [{"quality": "fast"}]  # one, which was changed
    await page.goto("/")
    await expect(quality).to_have_value("fast")
    await text.fill("Der Luchs ist müde.")
    await page.get_by_role("button", name="Translate").click()
    await expect(page).to_have_url(ADDRESS)
    await expect(quality).to_have_value("fast")


async def test_without_the_translator_it_says_so_and_goes_on_after(
    page: Page, instance: Instance
) -> None:
    text, target = page.get_by_label("German"), page.get_by_role("region", name="English")
    instance.kill("translator")
    try:
        await text.fill("Guten Morgen!")
        await expect(target).to_contain_text("translator does not answer")
        assert await text.input_value() == "Guten Morgen!"
        await expect(text).to_be_focused()
    finally:
        await asyncio.to_thread(instance.up)
    await text.press_sequentially(" Ich bin hier.")
    await expect(target).to_contain_text("I'm here.")


async def test_what_is_kept_already_is_not_stored_again(page: Page, instance: Instance) -> None:
    await page.get_by_label("German").fill("Der Biber baut.")
    await expect(page).to_have_url(ADDRESS)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#target .sentence").first).to_be_focused()
    assert stored(instance, "Der Biber") == ["Der Biber baut."]
