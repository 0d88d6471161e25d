"""Sentences are linked, and can be exchanged for other translations."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import picture

TEXT = "Guten Morgen! Wie geht es dir? Ich habe gestern einen sehr schönen Hund gesehen."


async def translated(page: Page) -> Locator:
    """The sentences of TEXT's translation."""
    await page.get_by_label("German").fill(TEXT)
    sentences = page.locator("#target .sentence")
    await expect(sentences).to_have_count(3)
    return sentences


async def marked(page: Page) -> list[str]:
    """The sentences that are marked, the text's first."""
    return await page.locator(".sentence.on").all_text_contents()


async def test_pointing_at_a_sentence_marks_its_partner(page: Page) -> None:
    sentences = await translated(page)
    await sentences.nth(1).hover()
    assert await marked(page) == ["Wie geht es dir?", "How are you doing?"]
    await picture(page, "sentences")
    box = await page.get_by_label("German").bounding_box()
    assert box
    await page.mouse.move(box["x"] + 40, box["y"] + 18)
    assert await marked(page) == ["Guten Morgen!", "Good morning!"]
    await page.mouse.move(0, 0)
    assert await marked(page) == []


async def test_the_keyboard_goes_from_sentence_to_sentence(page: Page) -> None:
    sentences = await translated(page)
    await page.get_by_label("German").press("Control+Home")
    await page.get_by_label("German").press("ArrowRight")
    assert await marked(page) == ["Guten Morgen!", "Good morning!"]
    await sentences.first.focus()
    await page.keyboard.press("ArrowRight")
    await expect(sentences.nth(1)).to_be_focused()
    assert await marked(page) == ["Wie geht es dir?", "How are you doing?"]
    await page.keyboard.press("Enter")
    choice = page.locator("#choices button").first
    await expect(choice).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(choice).to_be_hidden()


async def test_a_choice_is_stored_and_stays_while_one_writes_on(page: Page) -> None:
    sentences = await translated(page)
    await sentences.nth(2).click()
    choice = page.locator("#choices button").first
    said = await choice.text_content() or ""
    await picture(page, "alternatives")
    await choice.click()
    await expect(sentences.nth(2)).to_have_text(said)
    await expect(sentences.nth(2)).to_be_focused()
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
    await page.get_by_label("German").press("Control+End")
    await page.get_by_label("German").press_sequentially(" Danke!")
    await expect(sentences).to_have_count(4)
    await expect(sentences.nth(2)).to_have_text(said)
    await page.reload()
    await expect(sentences.nth(2)).to_have_text(said)


async def test_a_passage_of_a_long_text_has_choices_too(page: Page) -> None:
    text = "".join(f"Heute kommen {number + 20} Gäste. Wir lachen.\n\n" for number in range(150))
    await page.get_by_label("German").fill(text)
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)
    sentence = page.locator("#passage-1 .target .sentence").first
    await sentence.hover()
    assert len(await marked(page)) == 2
    await sentence.click()
    choice = page.locator("#choices button").first
    said = await choice.text_content() or ""
    await choice.click()
    await expect(sentence).to_have_text(said)
    await page.reload()
    await expect(sentence).to_have_text(said)


async def test_what_the_model_is_unsure_of_is_marked_in_words(page: Page) -> None:
    await page.get_by_label("German").fill("Guten Morgen! Sehr geehrte Frau Meier")
    unsure = page.locator("#target .unsure")
    await expect(unsure).to_have_count(1)
    after = "each => getComputedStyle(each, '::after').content"
    assert "unsure" in await unsure.evaluate(after)
    assert "unsure" not in (await page.locator("#target").text_content() or "")
