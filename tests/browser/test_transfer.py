"""The start page over the network: few bytes, kept by the browser, and to be installed."""

from playwright.async_api import BrowserContext, Page, expect

from tests.support.instance import Instance

# Bytes of the start page with all that it loads, heads and bodies.
MOST = 100_000


async def _loaded(page: Page, path: str) -> dict[str, int]:
    """Bytes that came over the network for each address when a page was loaded."""
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    network = await page.context.new_cdp_session(page)
    network.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    await network.send("Network.enable")
    await page.goto(path, wait_until="networkidle")
    await network.detach()
    return {addresses[each]: size for each, size in sizes.items() if each in addresses}


async def test_the_start_page_is_light_and_its_files_are_kept(context: BrowserContext) -> None:
    page = await context.new_page()
    first = await _loaded(page, "/")
    assert any(address.partition("?")[0].endswith("/page.css") for address in first)
    assert sum(first.values()) < MOST
    again = await _loaded(page, "/")
    assert {address for address, size in again.items() if size} == {page.url}


async def test_it_can_be_installed(page: Page, instance: Instance) -> None:
    network = await page.context.new_cdp_session(page)
    found = await network.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"].startswith(f"{instance.web_url}/static/application.webmanifest?")
    wrong = await network.send("Page.getInstallabilityErrors")
    # Playwright's profiles are incognito ones, in which nothing is ever installed.
    assert {each["errorId"] for each in wrong["installabilityErrors"]} <= {"in-incognito"}
    for rel in ("icon", "apple-touch-icon"):
        address = await page.locator(f"link[rel={rel}]").get_attribute("href")
        assert address
        assert (await page.request.get(address)).ok


async def test_the_browsers_frame_has_the_colours_of_the_page(page: Page) -> None:
    await page.emulate_media(color_scheme="light")
    frames = page.locator("meta[name=theme-color]")
    light, dark = [await frame.get_attribute("content") for frame in await frames.all()]
    assert light
    assert dark
    assert light != dark
    await page.get_by_role("button", name="Light or dark").click()
    for frame in await frames.all():
        await expect(frame).to_have_attribute("content", dark)
    await page.reload()
    await expect(frames.first).to_have_attribute("content", dark)
    await page.get_by_role("button", name="Light or dark").click()
    await expect(frames.last).to_have_attribute("content", light)
