"""Documents on the page: options, other forms of the translated file, newer versions."""

from pathlib import Path

from playwright.async_api import FilePayload, Page, expect

from tests.browser.conftest import picture
from tests.support.documents import word

CONTRACT = "# Vertrag\n\nDer Hund schläft im Garten. Ich bin hier.\n\nGuten Morgen!\n"


def chosen(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


async def translated(page: Page, name: str, content: bytes) -> None:
    await page.get_by_label("or a file").set_input_files([chosen(name, content)])
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(page.get_by_role("link", name=f"Download {name}")).to_be_visible()


async def downloaded(page: Page, link: str, path: Path) -> bytes:
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name=link, exact=True).click()
    await (await downloading.value).save_as(path)
    return path.read_bytes()


async def test_a_newer_version_keeps_what_did_not_change(page: Page, tmp_path: Path) -> None:
    await translated(page, "vertrag.md", CONTRACT.encode())
    older = page.url
    await page.get_by_text("Translate a new version of this document").click()
    newer = CONTRACT.replace("Ich bin hier.", "Wir sind hier.")
    await page.get_by_label("New version").set_input_files([chosen("neu.md", newer.encode())])
    await page.get_by_role("button", name="Translate it").click()
    await expect(page.get_by_text("1 of 3 paragraphs are new or changed")).to_be_visible()
    await picture(page, "new-version")
    text = (await downloaded(page, "Download neu.md", tmp_path / "neu.md")).decode()
    assert "We're here." in text or "We are here." in text
    await page.locator("#versions").get_by_role("link").click()
    await expect(page).to_have_url(older)


async def test_columns_of_a_table(page: Page, tmp_path: Path) -> None:
    await page.get_by_text("Which files?").click()
    await page.get_by_label("Columns of a table").fill("Notiz")
    await translated(page, "liste.csv", b"Titel;Notiz\nGuten Abend!;Guten Morgen!\n")
    table = await downloaded(page, "Download liste.csv", tmp_path / "liste.csv")
    assert table.decode().splitlines()[1] == "Guten Abend!;Good morning!"


async def test_an_option_that_the_file_does_not_have(page: Page) -> None:
    await page.get_by_text("Which files?").click()
    await page.get_by_label("Translate the names of sheets, too").check()
    await page.get_by_label("or a file").set_input_files([chosen("a.docx", word())])
    await page.get_by_role("button", name="Translate", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("do not have the option 'sheet_names'")
