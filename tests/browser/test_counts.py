"""The words and characters of a text are counted while one types, however long it is."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import paste
from tests.support.texts import book

# Milliseconds of the processor for each key in a text of 300 kB; half a frame of 60 a second.
MOST_MS = 8.0
KEYS = "Ein Satz. "
ALL = """text => [
    text.value.match(/[\\p{L}\\p{N}]+(?:['’.-][\\p{L}\\p{N}]+)*/gu).length,
    [...text.value].length,
]"""


async def script_seconds(page: Page) -> float:
    """Seconds of the processor that the page's scripts have taken so far."""
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    await session.detach()
    return next(float(each["value"]) for each in metrics if each["name"] == "ScriptDuration")


@pytest.mark.parametrize("place", ["Control+Home", "Control+End"])
async def test_a_key_in_a_book_takes_less_than_a_frame(page: Page, place: str) -> None:
    text = book(characters=300_000, seed=2)
    await paste(page, text)
    await page.keyboard.press(place)
    await page.keyboard.press("x")
    await expect(page.locator("#counts")).to_contain_text(f"{len(text) + 1:,} characters")
    before = await script_seconds(page)
    for key in KEYS:
        await page.keyboard.press(key)
        await page.evaluate(
            "new Promise(requestAnimationFrame)"
        )  # nothing is counted twice a frame
    await expect(page.locator("#counts")).to_contain_text(f"{len(text) + 11:,} characters")
    spent = await script_seconds(page) - before
    assert 1000 * spent / len(KEYS) < MOST_MS


async def test_what_changes_anywhere_is_counted_as_the_whole_would_be(page: Page) -> None:
    area = page.get_by_label("German")
    await area.fill("Der 😀 Hund's-Bau ist 3.5 m tief. Er schläft, 𝔊ut 𝔊ut.\n\nJa ja ja ja.")
    for start, end, keys in [
        (3, 3, "x"), (4, 6, "𝔘"), (11, 12, "Backspace"), (13, 15, " "), (22, 24, "."),
        (30, 40, "a b"), (0, 9, "Delete"), (14, 14, "-"), (5, 5, "\n"), (1, 2, "Ja ja "),
    ]:  # fmt: skip
        await area.evaluate("(text, at) => text.setSelectionRange(...at)", [start, end])
        if len(keys) > 5 and " " not in keys:
            await page.keyboard.press(keys)
        else:
            await page.keyboard.insert_text(keys)
        words, characters = await area.evaluate(ALL)
        await expect(page.locator("#counts")).to_have_text(
            f"{words} words · {characters} characters"
        )
    await area.fill("")
    await expect(page.locator("#counts")).to_have_text("")
