"""A text in another language, as a person meets it: a question in the translation's place."""

import re

from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import paste, picture
from tests.support.instance import Instance
from tests.support.languages import ENGLISH, FRENCH

BOOK = f"{FRENCH}\n\n" * 1600
QUESTION = "This looks like French."
ADDRESS = re.compile(r"/translations/\d+$")


async def test_a_pasted_text_is_asked_about_and_translated_all_the_same(page: Page) -> None:
    target = page.get_by_role("region", name="English")
    await paste(page, FRENCH)
    await expect(target).to_contain_text(QUESTION)  # while it is typed
    await expect(page.get_by_label("German")).to_be_focused()
    await picture(page, "wrong-language")
    await page.get_by_role("button", name="Translate", exact=True).click()
    question = page.get_by_role("group", name=QUESTION)
    await expect(question).to_be_focused()
    await expect(question).to_contain_text("Installed are: German → English.")
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert await page.get_by_label("German").input_value() == FRENCH
    await page.emulate_media(color_scheme="dark")
    await picture(page, "wrong-language-dark")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(ADDRESS)
    await expect(target.locator(".sentence").first).to_be_visible()
    await picture(page, "wrong-language-translated")
    # Its user is not asked again, however the text is changed.
    async with page.expect_response("**/live") as answer:
        await page.get_by_label("German").press_sequentially(" Au revoir !")
    assert (await answer.value).status == 200


async def test_a_book_stays_in_the_text_area_while_it_is_asked_about(page: Page) -> None:
    assert len(BOOK) > 200_000
    await paste(page, BOOK)
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(page.get_by_role("group", name=QUESTION)).to_be_focused()
    assert await page.get_by_label("German").input_value() == BOOK
    await page.get_by_role("button", name="Translate all the same").click()
    await expect(page).to_have_url(ADDRESS)
    await expect(page.locator(".passage").first).to_be_visible()
    # From the page of a long translation, where no translation stands beside the text.
    await paste(page, ENGLISH)
    await page.get_by_role("button", name="Translate", exact=True).click()
    question = page.get_by_role("group", name="This looks like English already.")
    await expect(question).to_be_focused()
    await picture(page, "wrong-language-long")
    await page.get_by_role("button", name="Translate all the same").click()
    await expect(page.get_by_role("region", name="English")).to_be_visible()


async def test_a_file_stays_chosen(page: Page) -> None:
    content = f"<p>{FRENCH}</p>".encode()
    await page.get_by_label("or a file").set_input_files(
        {"name": "page.html", "mimeType": "text/html", "buffer": content}
    )
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(page.get_by_role("group", name=QUESTION)).to_be_focused()
    await page.get_by_role("button", name="Translate all the same").click()
    await expect(page.get_by_role("link", name="Download page.html")).to_be_visible()


async def test_a_changed_text_is_no_longer_asked_about(page: Page) -> None:
    target = page.get_by_role("region", name="English")
    await page.get_by_label("German").fill("Guten Morgen!")
    await expect(page).to_have_url(ADDRESS)  # it is stored when the typing pauses
    async with page.expect_request(lambda each: "keep=1" in (each.post_data or "")):
        await page.get_by_label("German").fill(FRENCH)
        await expect(target).to_contain_text(QUESTION)
    await page.get_by_role("button", name="Translate all the same").click()
    await expect(target.locator(".sentence").first).to_be_visible()
    await page.get_by_label("German").fill("Ich bin hier.")
    await expect(target).to_have_text("I'm here.")


async def test_without_javascript_it_is_a_button_of_the_form(
    browser: Browser, instance: Instance
) -> None:
    context = await browser.new_context(base_url=instance.web_url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("German").fill(FRENCH)
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(page.get_by_role("region", name="English")).to_contain_text(QUESTION)
    assert await page.get_by_label("German").input_value() == FRENCH
    await page.get_by_role("button", name="Translate all the same").click()
    await expect(page).to_have_url(ADDRESS)
    assert await page.get_by_label("German").input_value() == FRENCH
    await context.close()


async def test_on_a_phone_and_in_german(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(
        base_url=instance.web_url, locale="de-DE", viewport={"width": 360, "height": 740}
    )
    page = await context.new_page()
    await page.goto("/")
    await page.get_by_label("Deutsch", exact=True).fill(ENGLISH)
    question = page.get_by_role("group", name="Der Text ist offenbar schon auf Englisch.")
    await question.scroll_into_view_if_needed()
    await expect(page.get_by_role("button", name="Trotzdem übersetzen")).to_be_in_viewport()
    await picture(page, "wrong-language-phone")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await context.close()
