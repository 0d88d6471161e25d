"""Consistency on the page: a list that comes by itself, and one click to a new translation."""

import re

from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import picture
from tests.support.instance import Instance

TITLE = "Preise"


async def test_the_list_comes_and_one_click_makes_a_new_translation(page: Page, mixed: str) -> None:
    await page.goto(mixed)
    await page.get_by_role("link", name="Consistency").click()
    await expect(page).to_have_url(re.compile(f"{mixed}/terms$"))
    heading = page.get_by_role("heading", name="3 frequent terms, 1 of them translated")
    await expect(heading).to_be_visible()
    rows = page.locator(".consistency tbody tr")
    await expect(rows.first.get_by_role("rowheader")).to_have_text("Vertrag")
    await expect(rows.first.locator(".rendering")).to_have_text(["contract 10", "treaty 2"])
    await picture(page, "consistency")
    await rows.first.locator("summary").click()
    await expect(rows.first.get_by_role("radio", name="contract 10 times")).to_be_checked()
    await picture(page, "consistency-open")
    await page.set_viewport_size({"width": 390, "height": 860})
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await picture(page, "consistency-phone")
    await page.set_viewport_size({"width": 1280, "height": 860})
    await rows.first.get_by_role("button", name="Always “contract”").click()
    await expect(page).not_to_have_url(re.compile(f"{mixed}(/terms)?$"))
    await expect(page.get_by_text("Made with the glossary")).to_contain_text(f"Terms of {TITLE}")
    target = page.locator("#passages .target").first
    await expect(target).to_contain_text("know the contract.")
    await expect(target).not_to_contain_text("treaty")


async def test_an_example_leads_to_its_sentence(page: Page, mixed: str) -> None:
    await page.goto(f"{mixed}/terms")
    row = page.locator(".consistency tbody tr").first
    await row.locator("summary").click()
    await row.get_by_role("link", name="The parties know the treaty.").click()
    await expect(page).to_have_url(re.compile(f"{mixed}#passage-0"))
    await expect(page.locator("#passage-0")).to_be_in_viewport()


async def test_a_wrong_term_is_told_and_the_list_stays(page: Page, mixed: str) -> None:
    await page.goto(f"{mixed}/terms")
    row = page.locator(".consistency tbody tr").first
    await row.locator("summary").click()
    await row.get_by_label("or in your own words").fill("<b>")
    await row.get_by_label("or in your own words").press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("The translation holds a tag")
    await expect(row.get_by_label("or in your own words")).to_have_value("<b>")


async def test_it_needs_no_javascript(browser: Browser, instance: Instance, mixed: str) -> None:
    context = await browser.new_context(
        base_url=instance.web_url, java_script_enabled=False, locale="de-DE"
    )
    page = await context.new_page()
    await page.goto(mixed)
    await page.get_by_role("link", name="Einheitlichkeit").click()
    await expect(page.get_by_text("Der Text wird durchgesehen")).to_be_hidden()
    await page.get_by_role("link", name="Begriffe auflisten").click()
    await expect(page.get_by_role("heading", name="3 häufige Begriffe")).to_be_visible()
    row = page.locator(".consistency tbody tr").first
    await row.locator("summary").click()
    await row.get_by_label("treaty 2-mal").check()
    await picture(page, "consistency-german")
    await row.get_by_role("button", name="Aufnehmen und neu übersetzen").click()
    await expect(page).not_to_have_url(re.compile(f"{mixed}(/terms)?$"))
    await expect(page.locator(".long")).to_contain_text(f"Begriffe aus {TITLE}")
    await context.close()
