"""A translated sentence is edited in its place: by mouse, by keyboard alone, without scripts."""

import re

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import picture
from tests.support.documents import word_of
from tests.support.instance import Instance

TEXT = "Guten Morgen! Ich habe einen Hund. Wie geht es dir? Ich habe einen Hund."
PHONE = ViewportSize(width=390, height=844)
MARKED = (
    '<w:p><w:r><w:t xml:space="preserve">Das ist ein </w:t></w:r><w:r><w:rPr><w:b/></w:rPr>'
    '<w:t>rotes</w:t></w:r><w:r><w:t xml:space="preserve"> Haus.</w:t></w:r></w:p>'
)


async def translated(page: Page, text: str = TEXT, count: int = 4) -> Locator:
    """The sentences of a text's translation."""
    await page.get_by_label("German").fill(text)
    sentences = page.locator("#target .sentence")
    await expect(sentences).to_have_count(count)
    return sentences


async def submitted(page: Page, text: str) -> None:
    """Translate a long text, and wait for its end."""
    await page.get_by_label("German").fill(text)
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)


def area(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Translation of the sentence")


def outcome(page: Page) -> Locator:
    return page.locator("#corrected")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_sentence_is_edited_its_equal_too_and_both_undone(page: Page, theme: str) -> None:
    await page.evaluate("theme => localStorage.theme = theme", theme)
    await page.reload()
    sentences = await translated(page)
    was = await sentences.nth(1).text_content() or ""
    await sentences.nth(1).click()
    await page.locator("#alternatives #edit").click()
    await expect(area(page)).to_be_focused()
    await expect(area(page)).to_have_value(was)
    await picture(page, f"editing-{theme}")
    await area(page).fill("I own a dog.")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(area(page)).to_have_count(0)
    await expect(sentences.nth(1)).to_have_text("I own a dog.")
    await expect(sentences.nth(1)).to_be_focused()
    await expect(outcome(page)).to_contain_text("1 equal sentence has another translation.")
    await picture(page, f"corrected-{theme}")
    await page.get_by_role("button", name="Change it, too").click()
    await expect(sentences.nth(3)).to_have_text("I own a dog.")
    await expect(outcome(page)).to_contain_text("1 equal sentence is changed, too.")
    await page.locator("#corrected").get_by_role("button", name="Undo").click()
    await expect(sentences.nth(3)).to_have_text(was)
    await expect(sentences.nth(1)).to_have_text("I own a dog.")
    await page.reload()
    await expect(sentences.nth(1)).to_have_text("I own a dog.")
    await page.get_by_role("link", name="1 correction", exact=True).click()
    await expect(page.locator("ins")).to_have_text("I own a dog.")
    await picture(page, f"corrections-{theme}")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("There are none")).to_be_visible()


async def test_all_of_it_by_keyboard_alone(page: Page) -> None:
    sentences = await translated(page)
    await sentences.first.focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("F2")
    await expect(area(page)).to_be_focused()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("I own a dog.")
    await page.keyboard.press("Control+Enter")
    await expect(sentences.nth(1)).to_have_text("I own a dog.")
    await expect(sentences.nth(1)).to_be_focused()
    assert await page.get_by_label("German").input_value() == TEXT
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Change it, too")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(sentences.nth(3)).to_have_text("I own a dog.")
    await expect(sentences.nth(1)).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.locator("#corrected").get_by_role("button", name="Undo")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(outcome(page)).to_contain_text("The correction is undone.")
    await page.keyboard.press("Enter")  # the other translations, and from there the editor
    await expect(page.locator("#choices button").first).to_be_focused()
    while await page.evaluate("document.activeElement.id") != "edit":
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(area(page)).to_be_focused()
    await page.keyboard.type("never stored ")
    await page.keyboard.press("Escape")
    await expect(area(page)).to_have_count(0)
    await expect(sentences.nth(1)).to_be_focused()
    await expect(sentences.nth(1)).to_have_text("I own a dog.")


async def test_a_corrected_sentence_says_so_to_a_screen_reader(page: Page) -> None:
    sentences = await translated(page)
    await sentences.nth(2).press("F2")
    await area(page).fill("How are you?")
    await area(page).press("Control+Enter")
    await expect(sentences.nth(2)).to_have_accessible_name("How are you? (corrected)")
    await expect(page.locator("#corrected [role=status]")).to_have_text("Corrected.")
    copied = await page.locator("#target").text_content() or ""
    assert "How are you?" in copied
    assert "corrected" not in copied


async def test_what_cannot_be_stored_is_said_beside_the_words(page: Page) -> None:
    sentences = await translated(page)
    was = await sentences.nth(0).text_content()
    await sentences.nth(0).press("F2")
    await area(page).fill("Two\nlines")
    await area(page).press("Control+Enter")
    problem = page.locator(".editor .problem")
    await expect(problem).to_contain_text("as many line breaks as the sentence")
    await expect(area(page)).to_have_value("Two\nlines")
    await expect(area(page)).to_be_focused()
    await picture(page, "editing-refused")
    await expect(page.locator("#notices .notice")).to_have_count(0)
    await area(page).press("Escape")
    await expect(sentences.nth(0)).to_have_text(was or "")


async def test_the_second_of_two_is_told_and_may_store_it_all_the_same(page: Page) -> None:
    sentences = await translated(page)
    await sentences.nth(0).press("F2")
    await area(page).fill("Morning!")
    address = f"{page.url.rstrip('/')}/passages/0/sentences/0"
    await page.request.patch(address, data={"target": "Hello there!"})
    await area(page).press("Control+Enter")
    problem = page.locator(".editor .problem")
    await expect(problem).to_contain_text("It says now: Hello there!")
    await expect(area(page)).to_have_value("Morning!")
    await area(page).press("Control+Enter")
    await expect(sentences.nth(0)).to_have_text("Morning!")


async def test_an_open_editor_stays_with_its_sentence_while_the_text_is_written_on(
    page: Page,
) -> None:
    sentences = await translated(page)
    await sentences.nth(2).press("F2")
    await area(page).fill("How do you do?")
    await page.get_by_label("German").press("Control+Home")
    await page.get_by_label("German").press_sequentially("Hallo! ")
    await expect(sentences).to_have_count(5)
    await expect(area(page)).to_have_value("How do you do?")
    await area(page).press("Control+Enter")
    await expect(sentences.nth(3)).to_have_text("How do you do?")
    await page.get_by_label("German").press("Control+End")
    await page.get_by_label("German").press_sequentially(" Danke!")
    await expect(sentences).to_have_count(6)
    await expect(sentences.nth(3)).to_have_text("How do you do?")


async def test_the_words_stay_when_their_sentence_goes(page: Page) -> None:
    sentences = await translated(page)
    await sentences.nth(1).press("F2")
    await area(page).fill("Words of mine")
    await page.get_by_label("German").fill("Danke!")
    await expect(sentences).to_have_count(1)
    await expect(area(page)).to_have_value("Words of mine")
    await expect(page.get_by_text("Your words still are.")).to_be_visible()


async def test_a_long_text_is_corrected_in_all_its_passages(page: Page) -> None:
    text = "".join(f"Heute kommen {number + 20} Gäste. Wir lachen.\n\n" for number in range(300))
    await submitted(page, text)
    sentence = page.locator("#passage-1 .target .sentence").nth(1)
    await sentence.press("F2")
    await area(page).fill("Everybody laughs.")
    await area(page).press("Control+Enter")
    await expect(sentence).to_have_text("Everybody laughs.")
    await expect(outcome(page)).to_contain_text("299 equal sentences have another translation.")
    await expect(page.locator("#passage-1 #corrected")).to_be_visible()
    seen, bar = await sentence.bounding_box(), await outcome(page).bounding_box()
    assert seen
    assert bar
    assert seen["y"] + seen["height"] <= bar["y"], "it is not behind the bar"
    await picture(page, "corrected-long")
    await page.get_by_role("button", name="Change them, too").click()
    await expect(page.locator("#passages").get_by_text("Everybody laughs.")).to_have_count(300)
    await page.set_viewport_size(PHONE)
    await sentence.scroll_into_view_if_needed()
    await sentence.press("F2")
    await picture(page, "editing-phone-long")


async def test_a_document_is_edited_with_its_tags(page: Page) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file = {"name": "haus.docx", "mimeType": kind, "buffer": word_of(MARKED)}
    await page.locator("input[name=file]").first.set_input_files(file)  # type: ignore[arg-type]
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)
    sentence = page.locator("#passage-0 .target .sentence").first
    await sentence.click()
    await expect(area(page)).to_have_value(re.compile("<x1>.*</x1>"))
    await expect(page.get_by_text("carry the format")).to_be_visible()
    await area(page).fill("A red house.")
    await area(page).press("Control+Enter")
    await expect(page.locator(".editor .problem")).to_contain_text("<x1> </x1>")
    await area(page).fill("It is a <x1>red</x1> house.")
    await picture(page, "editing-document")
    await area(page).press("Control+Enter")
    await expect(sentence).to_have_text("It is a red house.")


async def test_without_scripts_sentences_have_forms(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(
        base_url=instance.web_url, java_script_enabled=False, viewport=PHONE, locale="en-GB"
    )
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("German").fill("Guten Morgen! Wie geht es dir?")
    await page.get_by_role("button", name="Translate").click()
    await page.get_by_role("link", name="Correct sentences").click()
    await picture(page, "sentences-without-scripts")
    await page.get_by_role("link", name=re.compile("^Edit: How")).click()
    await page.get_by_label("Translation of the sentence").fill("And how are you?")
    await picture(page, "form-without-scripts")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status")).to_have_text("Corrected.")
    await page.get_by_role("link", name="Back to the translation").click()
    await expect(page.locator("#target")).to_contain_text("And how are you?")
    await context.close()


async def test_on_a_phone_in_the_dark(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(
        base_url=instance.web_url,
        viewport=PHONE,
        locale="de-DE",
        color_scheme="dark",
        has_touch=True,
    )
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("Deutsch").fill(TEXT)
    sentence = page.locator("#target .sentence").nth(1)
    await sentence.tap()
    await page.locator("#edit").tap()
    field = page.get_by_role("textbox", name="Übersetzung des Satzes")
    await expect(field).to_be_focused()
    await picture(page, "editing-phone-dark")
    await field.fill("I own a dog.")
    await page.get_by_role("button", name="Speichern").tap()
    await expect(page.get_by_role("status").filter(has_text="Korrigiert.")).to_be_visible()
    await picture(page, "corrected-phone-dark")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    await context.close()


OLD = "# Vertrag\n\nDer Mieter zahlt. Haustiere sind erlaubt.\n\nWir lachen.\n"
NEW = OLD.replace("Haustiere sind", "Ein Hund ist") + "\nHeute kommen 20 Gäste.\n"


async def test_a_new_version_marks_what_is_new_and_keeps_corrections(page: Page) -> None:
    async def send(name: str, content: str, label: str) -> None:
        file = {"name": name, "mimeType": "text/markdown", "buffer": content.encode()}
        await page.locator("input[name=file]").last.set_input_files(file)  # type: ignore[arg-type]
        await page.get_by_role("button", name=label, exact=True).click()
        await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)

    await send("vertrag.md", OLD, "Translate")
    sentence = page.locator("#passage-0 .target .sentence").nth(1)
    await sentence.press("F2")
    await area(page).fill("The tenant pays.")
    await area(page).press("Control+Enter")
    await expect(sentence).to_have_text("The tenant pays.")
    older = page.url
    await page.get_by_text("Translate a new version of this document").click()
    file = {"name": "neu.md", "mimeType": "text/markdown", "buffer": NEW.encode()}
    await page.locator("#version input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    await page.get_by_role("button", name="Translate it").click()
    await page.wait_for_url(lambda url: url != older)
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)
    await page.reload()
    summary = page.locator(".revisions summary")
    await expect(summary).to_contain_text(
        "1 sentence is new · 1 is changed · 0 are gone · 3 are as before"
    )
    revised = page.locator("#passages .revised")
    await expect(revised).to_have_text(["Ein Hund ist erlaubt.", "Heute kommen 20 Gäste."])
    await expect(page.locator("#passages .target .corrected")).to_have_text("The tenant pays.")
    await summary.click()
    await picture(page, "version-changes")
    await page.locator(".revisions a").last.click()
    await expect(revised.last).to_be_in_viewport()
