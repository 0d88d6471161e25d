"""The glossaries as a person uses them: by keyboard, on a phone, without JavaScript, in German."""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import picture
from tests.browser.test_accessible import checked, violations
from tests.browser.test_german import english_in, german
from tests.support.instance import Instance

__all__ = ["checked", "german"]

WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Things to press that are lower than a finger needs; a check box is pressed by its label as well.
SMALL = """() => [...document.querySelectorAll("#main :is(button, a.quiet, summary, select, "
    + "label.check, input:not([type=checkbox], [type=radio]))")]
  .filter((each) => each.getClientRects().length && each.getBoundingClientRect().height < 44)
  .map((each) => each.outerHTML.slice(0, 80))"""


@pytest.fixture(autouse=True)
def none_before(instance: Instance) -> Iterator[None]:
    """The instance is that of other tests, whose texts go without a default glossary."""
    yield
    instance.query("DELETE FROM glossaries")


async def make(page: Page, name: str = "Verträge", *, default: bool = False) -> None:
    await page.goto("/glossaries")
    new = page.get_by_role("region", name="New glossary")
    await new.get_by_label("Name").fill(name)
    if default:
        await new.get_by_label("Default of these languages").check()
    await new.get_by_role("button", name="Create").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)


async def add(page: Page, source: str, target: str) -> None:
    new = page.get_by_role("region", name="New term")
    await new.get_by_label("Term", exact=True).fill(source)
    await new.get_by_label("Its translation").fill(target)
    await page.keyboard.press("Enter")


async def paste_terms(page: Page, number: int) -> None:
    """Import so many terms by the form, which is open while there are none."""
    lines = "\n".join(f"Begriff {each:03}\tterm {each:03}" for each in range(number))
    await page.get_by_label("Lines, each a term").fill(lines)
    await page.get_by_role("button", name="Import").click()
    await expect(
        page.get_by_text(f"Imported. The glossary has {number} terms now.")
    ).to_be_focused()


async def test_terms_are_added_changed_deleted_and_brought_back_by_keyboard(page: Page) -> None:
    await make(page)
    await add(page, "Vertrag", "contract")
    terms = page.locator("#term-list > li")
    await expect(terms).to_have_count(1)
    await expect(page.locator("#new-term")).to_be_focused()
    await expect(page.locator("#new-term")).to_have_value("")
    await expect(page.locator("#facts")).to_contain_text("1 term")
    await add(page, "Haftung", "liability")
    await expect(terms).to_have_count(2)
    await expect(page.get_by_text("No terms yet.")).to_be_hidden()
    first = terms.first
    await first.locator("summary").focus()
    await page.keyboard.press("Enter")
    await first.get_by_label("Its translation").fill("responsibility")
    await page.keyboard.press("Enter")
    await expect(first.locator("summary")).to_contain_text("responsibility")
    await expect(first.locator("summary")).to_be_focused()
    await page.keyboard.press("Enter")
    await first.get_by_role("button", name="Delete this term").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Undo")).to_be_focused()
    await expect(page.locator("#facts")).to_contain_text("1 term")
    await picture(page, "glossary-undo")
    await page.keyboard.press("Enter")
    await expect(first.locator("summary")).to_be_focused()
    await expect(first.locator("summary")).to_contain_text("responsibility")
    await page.get_by_role("link", name="List of changes").click()
    await expect(page.locator("#changes > li")).to_have_count(5)
    await picture(page, "glossary-changes")


async def test_what_is_not_translated_fills_its_target(page: Page) -> None:
    await make(page)
    new = page.get_by_role("region", name="New term")
    await new.get_by_label("Do not translate").check()
    await new.get_by_label("Term", exact=True).press_sequentially("Acme")
    await expect(new.get_by_label("Its translation")).to_have_value("Acme")
    await expect(new.get_by_label("Its translation")).not_to_be_editable()
    await new.get_by_role("button", name="Add").click()
    await expect(page.locator("#term-list > li")).to_contain_text("stays as it is")
    await expect(new.get_by_label("Do not translate")).not_to_be_checked()
    await expect(new.get_by_label("Its translation")).to_be_editable()


async def test_search_as_one_types_and_more_terms(page: Page) -> None:
    await make(page)
    await paste_terms(page, 120)
    terms = page.locator("#term-list > li:not(.older)")
    await expect(terms).to_have_count(50)
    await page.get_by_role("link", name="More terms").click()
    await expect(terms).to_have_count(100)
    await page.get_by_role("link", name="More terms").click()
    await expect(terms).to_have_count(120)
    await page.get_by_role("searchbox", name="Search").press_sequentially("term 11")
    await expect(terms).to_have_count(10)
    await expect(page).to_have_url(re.compile(r"q=term\+11"))
    await expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    await page.get_by_role("searchbox", name="Search").fill("nichts davon")
    await expect(page.get_by_text("Nothing found.")).to_be_visible()
    await page.get_by_role("link", name="Show everything").click()
    await expect(terms).to_have_count(50)


async def test_an_error_takes_nothing_that_was_typed(page: Page) -> None:
    await make(page)
    await page.get_by_label("Lines, each a term").fill("Frist,deadline\nFrist,term")
    await add(page, "12", "twelve")
    await expect(page.get_by_role("alert")).to_contain_text("The term is nothing but figures")
    await expect(page.get_by_role("alert")).to_be_focused()
    await expect(page.locator("#new-term")).to_have_value("12")
    await page.get_by_role("button", name="Import").click()
    await expect(page.get_by_role("alert")).to_contain_text("Line 2: “Frist” is translated as")
    await expect(page.get_by_label("Lines, each a term")).to_have_value(
        "Frist,deadline\nFrist,term"
    )
    await picture(page, "glossary-error")
    await page.locator("#new-term").fill("Zwölf")
    await page.get_by_role("button", name="Add").click()
    await expect(page.locator("#term-list > li")).to_have_count(1)
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_an_error_stands_beside_no_earlier_success(page: Page) -> None:
    await make(page)
    await paste_terms(page, 2)
    await add(page, "Frist", "deadline")
    await expect(page.locator("#said")).to_have_text("Added.")
    await add(page, "Frist", "term")
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.locator("#said")).to_be_empty()
    await expect(page.get_by_text("Imported.")).to_have_count(0)


async def test_without_an_answer_what_was_typed_stays(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(base_url=instance.web_url, locale="en-GB")
    page = await context.new_page()
    await make(page)
    await page.route("**/terms", lambda route: route.abort())
    await add(page, "Vertrag", "contract")
    await expect(page.get_by_role("alert")).to_contain_text("There is no answer from the server.")
    await expect(page.locator("#new-term")).to_have_value("Vertrag")
    await context.close()


async def test_a_glossary_is_deleted_and_brought_back(page: Page) -> None:
    await make(page)
    await page.get_by_text("Settings", exact=True).click()
    await page.get_by_label("Shared").check()
    await page.get_by_role("button", name="Save").last.click()
    await expect(page.locator("#facts")).to_contain_text("shared")
    await page.get_by_text("Settings", exact=True).click()
    await page.get_by_role("button", name="Delete this glossary").click()
    await expect(page.get_by_role("button", name="Undo")).to_be_focused()
    await expect(page.get_by_text("There is no glossary yet.")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Verträge", exact=True)).to_be_visible()


async def test_the_choice_is_remembered_and_what_is_typed_is_translated_anew(page: Page) -> None:
    await make(page, "Freundlich")
    await add(page, "Guten Morgen", "Top of the morning")
    await expect(page.locator("#term-list > li")).to_have_count(1)
    await page.get_by_role("link", name="Translate").click()
    choice = page.get_by_label("Glossary", exact=True)
    await expect(choice).to_have_value("")
    await page.get_by_label("German").fill("Guten Morgen!")
    await expect(page.locator("#target .sentence")).to_have_count(1)
    async with page.expect_request(
        lambda request: request.url.endswith("/live") and "glossary=" in (request.post_data or "")
    ) as asked:
        await choice.select_option("Freundlich")
    value = await choice.input_value()
    assert f"glossary={value}" in ((await asked.value).post_data or "")
    await expect(page.locator("#made-with")).to_have_text("Made with the glossary Freundlich")
    await picture(page, "glossary-choice")
    await page.goto("/")
    await expect(choice).to_have_value(value)
    await page.get_by_label("German").fill("Guten Morgen!")
    await page.keyboard.press("Control+Enter")
    await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
    await expect(page.locator("#made-with")).to_have_text("Made with the glossary Freundlich")
    await expect(choice).to_have_value(value)


async def test_the_choice_is_that_of_the_languages(page: Page) -> None:
    """Of two pairs, as a page has them; the demonstration model has one of them."""
    await make(page, "Hin")
    await page.goto("/")
    await page.evaluate("""() => {
      const pair = document.createElement("select");
      pair.name = "pair";
      for (const each of ["de en", "en de", "de fr"]) pair.append(new Option(each, each));
      document.querySelector("[name=pair]").replaceWith(pair);
      const back = document.querySelector("#glossaries").content;
      const other = back.firstElementChild.cloneNode(true);
      other.dataset.pair = "en de";
      other.options[1].textContent = "Her";
      back.append(other);
    }""")
    choice = page.locator("[name=glossary]")
    await expect(choice.locator("option")).to_have_text(["No glossary", "Hin"])
    await page.locator("[name=pair]").select_option("en de")
    await expect(choice.locator("option")).to_have_text(["No glossary", "Her"])
    await page.locator("[name=pair]").select_option("de fr")
    await expect(choice).to_be_hidden()
    await page.locator("[name=pair]").select_option("de en")
    await expect(choice.locator("option")).to_have_text(["No glossary", "Hin"])


async def test_without_javascript(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(
        base_url=instance.web_url, java_script_enabled=False, locale="en-GB"
    )
    page = await context.new_page()
    await make(page, default=True)
    await add(page, "Vertrag", "contract")
    terms = page.locator("#term-list > li")
    await expect(terms).to_contain_text("contract")
    await terms.locator("summary").click()
    await terms.get_by_label("Its translation").fill("treaty")
    await terms.get_by_role("button", name="Save").click()
    await expect(terms.locator("summary")).to_contain_text("treaty")
    await terms.locator("summary").click()
    await terms.get_by_role("button", name="Delete this term").click()
    await expect(terms).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(terms).to_contain_text("treaty")
    await page.get_by_role("link", name="List of changes").click()
    await page.get_by_role("button", name="Undo: Vertrag").first.click()
    await expect(page.locator("#changes > li")).to_have_count(5)
    await page.goto("/")
    await expect(page.get_by_label("Glossary", exact=True)).to_have_value("")
    await page.get_by_label("German").fill("Guten Morgen!")
    await page.get_by_role("button", name="Translate").click()
    await expect(page.locator("#made-with")).to_have_text("Made with the glossary Verträge")
    await context.close()


async def test_axe_finds_nothing(checked: Page) -> None:
    await checked.goto("/glossaries")
    assert await violations(checked) == []
    await make(checked, default=True)
    assert await violations(checked) == []
    await paste_terms(checked, 60)
    await checked.locator("#term-list summary").first.click()
    assert await violations(checked) == []
    await checked.get_by_role("button", name="Delete this term").first.click()
    await expect(checked.get_by_role("button", name="Undo")).to_be_focused()
    assert await violations(checked) == []
    await add(checked, "12", "twelve")
    await expect(checked.get_by_role("alert")).to_be_visible()
    assert await violations(checked) == []
    await checked.get_by_role("link", name="List of changes").click()
    assert await violations(checked) == []
    await checked.goto("/glossaries")
    await checked.get_by_text("Settings", exact=True).click()
    assert await violations(checked) == []
    await checked.goto("/")
    await expect(checked.get_by_label("Glossary", exact=True)).to_be_visible()
    assert await violations(checked) == []


async def test_german_on_a_phone(page: Page, german: Page) -> None:
    await make(page, "Kündigungsschutzgesetz und Betriebsverfassungsgesetz", default=True)
    await add(page, "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2, "law")
    await expect(page.locator("#term-list > li")).to_have_count(1)
    address = page.url
    await german.set_viewport_size({"width": 360, "height": 740})
    for path in ("/glossaries", address, f"{address}/changes", "/"):
        await german.goto(path)
        assert await german.evaluate(WIDE) == 0, path
        assert await english_in(german) == set(), path
        if path != "/":
            for summary in await german.locator("#main summary").all():
                await summary.click()
            assert await german.evaluate(SMALL) == [], path
            assert await german.evaluate(WIDE) == 0, path
        await picture(german, "german-glossaries-" + str(path.count("/")))
