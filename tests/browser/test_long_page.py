"""The page of a long translation: bounded, complete, and live whatever is restarted."""

import asyncio
import re
import uuid
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.conftest import paste, picture
from tests.support.instance import Instance
from tests.support.texts import book

PASSAGES = 120


@pytest.fixture
def stored(instance: Instance) -> Iterator[str]:
    """The address of a translation of PASSAGES passages, the last of which failed."""
    key = uuid.uuid4().hex
    instance.query(
        "INSERT INTO translations (request_key, created_at, finished_at, title, source_lang, "
        "target_lang, model, origin, characters, passages, passages_done, status) VALUES "
        "(%s, NOW(3), NOW(3), 'Ein Buch', 'de', 'en', 'demo', 'page', 1000, %s, %s, 'done')",
        *(key, PASSAGES, PASSAGES),
    )
    (row,) = instance.query("SELECT id FROM translations WHERE request_key = %s", key)
    instance.query(
        "INSERT INTO passages (translation_id, seq, source, target, status) "
        "WITH RECURSIVE n (seq) AS (SELECT 0 UNION ALL SELECT seq + 1 FROM n WHERE seq < %s) "
        "SELECT %s, seq, CONCAT('Satz ', seq, '.\n'), "
        "IF(seq = %s, NULL, CONCAT('Sentence ', seq, '.\n')), IF(seq = %s, 'failed', 'done') "
        "FROM n",
        *(PASSAGES - 1, row["id"], PASSAGES - 1, PASSAGES - 1),
    )
    yield f"/translations/{row['id']}"
    instance.query("DELETE FROM translations WHERE id = %s", row["id"])


async def test_its_pages_are_bounded_and_linked(page: Page, stored: str) -> None:
    await page.goto(stored)
    seen: list[str] = []
    passages = page.locator(".passage .source")
    for link in ("Next passages", "Next passages", ""):
        texts = await passages.all_text_contents()
        assert len(texts) <= 50
        seen += texts
        if link:
            await page.get_by_role("link", name=link).click()
            await expect(passages.first).to_have_text(f"Satz {len(seen)}.\n")
    assert seen == [f"Satz {seq}.\n" for seq in range(PASSAGES)]
    await expect(page.get_by_text("101 to 120 of 120")).to_be_visible()
    last = page.locator(".passage").last
    await expect(last).to_contain_text("Not translated: it failed several times")
    await expect(last.locator(".target")).to_contain_text(f"Satz {PASSAGES - 1}.")
    await page.get_by_role("link", name="Previous passages").click()
    await expect(passages.first).to_have_text("Satz 50.\n")
    await page.get_by_role("link", name="Previous passages").click()
    await expect(page).to_have_url(re.compile(stored + "$"))


async def test_its_text_file(page: Page, stored: str) -> None:
    await page.goto(stored)
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download as .txt").click()
    text = (await (await download.value).path()).read_bytes().decode()
    translated = "".join(f"Sentence {seq}.\n" for seq in range(PASSAGES - 1))
    assert text == translated + f"Satz {PASSAGES - 1}.\n"


async def test_what_failed_is_tried_again(page: Page, stored: str) -> None:
    await page.goto(stored)
    await expect(page.get_by_text("1 of them could not be translated")).to_be_visible()
    await page.get_by_role("button", name="Try them again").click()
    await expect(page.get_by_text(f"Done: {PASSAGES} of {PASSAGES} passages")).to_be_visible()
    await expect(page.get_by_text("could not be translated")).to_have_count(0)
    await page.goto(f"{stored}?from=100")
    await expect(page.locator(".passage .target").last).to_have_text(re.compile("119"))
    await expect(page.locator(".passage .mark")).to_have_count(0)


async def test_events_go_on_after_the_last_one(page: Page, stored: str) -> None:
    for start, header in ((117, {}), (0, {"Last-Event-ID": "117"})):
        answer = await page.request.get(f"{stored}/events?from={start}&end=119", headers=header)
        events = await answer.text()
        assert re.findall(r"passage-(\d+)", events) == ["117", "118"]
        assert "id: 120" in events
        assert "event: done" in events


async def test_cancelling_keeps_what_is_being_typed(page: Page) -> None:
    await paste(page, book(characters=300_000, seed=7))
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_role("progressbar")).to_be_visible()
    await page.get_by_label("German").fill("Ich tippe")
    await page.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_text("Cancelled. What was translated stays:")).to_be_visible()
    assert await page.get_by_label("German").input_value() == "Ich tippe"
    await expect(page.locator(".history li").first).to_contain_text("cancelled")
    await expect(page.locator("#long-label")).to_be_focused()


async def test_it_goes_on_by_itself_after_a_restart(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(base_url=instance.web_url)
    page = await context.new_page()
    await page.goto("/")
    text = book(characters=60_000, seed=8)
    await paste(page, text)
    await page.get_by_role("button", name="Translate").click()
    await expect(page.locator(".passage").first).to_be_visible()
    instance.kill("web")
    await asyncio.to_thread(instance.up)
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)
    assert "".join(await page.locator(".passage .source").all_text_contents()) == text
    assert "%" not in await page.title()
    await expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    await picture(page, "long-after-restart")
    await context.close()


async def test_it_goes_on_when_the_first_question_for_events_has_no_answer(
    browser: Browser, instance: Instance
) -> None:
    context = await browser.new_context(base_url=instance.web_url)
    page = await context.new_page()
    asked = 0

    async def lost(route: Route) -> None:
        nonlocal asked
        asked += 1
        if asked == 1:
            await route.abort("connectionrefused")
        elif asked == 2:
            await route.fulfill(status=503)
        else:
            await route.continue_()

    await page.route("**/events?*", lost)
    await page.goto("/")
    await paste(page, book(characters=40_000, seed=18))
    await page.get_by_role("button", name="Translate").click()
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)
    assert asked == 3
    await context.close()


async def test_it_needs_no_javascript(browser: Browser, instance: Instance) -> None:
    context = await browser.new_context(base_url=instance.web_url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/")
    text = book(characters=30_000, seed=9)
    await paste(page, text)
    with instance.stopped("translator"):
        await page.get_by_role("button", name="Translate").click()
        await expect(page.get_by_role("progressbar")).to_be_visible()
    await expect(page.get_by_text("Done:")).to_be_visible(timeout=60_000)  # it loads itself again
    assert "".join(await page.locator(".passage .source").all_text_contents()) == text
    await context.close()
