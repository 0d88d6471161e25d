"""Injection: all that people send is text to a browser, wherever the page shows it."""

import re

from playwright.async_api import ConsoleMessage, Dialog, Page, expect

from tests.support import documents
from tests.support.naughty import INJECTIONS


async def test_no_script_that_is_sent_runs(page: Page) -> None:
    ran: list[str] = []

    async def dialog(shown: Dialog) -> None:
        ran.append(shown.message)
        await shown.dismiss()

    def said(message: ConsoleMessage) -> None:
        # A violation of the policy: something was not escaped.
        if "Content Security Policy" in message.text:
            ran.append(message.text)

    page.on("dialog", dialog)
    page.on("console", said)
    name = f"{INJECTIONS[2]}.docx"
    said_in_it = "&lt;script&gt;alert(1)&lt;/script&gt; Ja."
    document = documents.word_of(f"<w:p><w:r><w:t>{said_in_it}</w:t></w:r></w:p>")
    for injected in INJECTIONS[:6]:
        await page.goto("/")
        await page.get_by_label("German").fill(f"{injected} Guten Morgen!\n{injected}")
        await expect(page.locator("#target .sentence").first).to_be_visible()
        await page.locator("#target .sentence").first.click()
        await expect(page.locator("#choices li").first).to_be_visible()
        await page.keyboard.press("Escape")
        await page.get_by_label("German").focus()
        await page.keyboard.press("Control+Enter")
        await expect(page).to_have_url(re.compile(r"/translations/\d+$"))
        address = page.url
        answer = await page.request.post(f"{address}/title", form={"title": injected})
        assert answer.ok
        await page.goto(address)
        assert await page.title() == f"{injected.strip()} – Unlimited Translation"
        await page.goto("/")
        await page.get_by_role("searchbox", name="Search").fill(injected)
        await page.goto(f"/?q={injected}")
    await page.goto("/")
    await page.get_by_label("or a file").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": document}
    )
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("link", name=f"Download {name}")).to_be_visible()
    assert ran == []
    assert await page.evaluate("document.querySelectorAll('img[src=x], svg[onload]').length") == 0
