"""Static files: kept by browsers as long as their addresses name their content."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.support.asgi import InProcess
from tests.support.instance import ROOT
from web.http.static_files import StaticFiles
from web.pages.rendering import static_files

FOLDER = ROOT / "web/pages/static"
CSS = "p { margin: 0; }\n" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "page.css").write_text(CSS)
    (tmp_path / "inner/dot.png").write_bytes(b"\x89PNG")
    return tmp_path


@pytest.fixture
def files(folder: Path) -> StaticFiles:
    return StaticFiles(folder, "/static")


@pytest.fixture
async def http(files: StaticFiles) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[Mount("/static", files)])
    async with httpx.AsyncClient(transport=InProcess(app), base_url="http://a") as http:
        yield http


async def test_an_address_with_the_hash_is_kept_for_good(
    files: StaticFiles, http: httpx.AsyncClient
) -> None:
    answer = await http.get(files.address("page.css"))
    assert answer.text == CSS
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    image = await http.get(files.address("inner/dot.png"))
    assert (image.content, image.headers["Content-Type"]) == (b"\x89PNG", "image/png")


async def test_another_content_has_another_address(folder: Path, files: StaticFiles) -> None:
    (folder / "page.css").write_text(CSS + CSS)
    assert StaticFiles(folder, "/static").address("page.css") != files.address("page.css")


@pytest.mark.parametrize("query", ["", "?0.2.0", "?000000000000"])
async def test_an_address_without_the_right_hash_is_asked_for_again(
    http: httpx.AsyncClient, query: str
) -> None:
    answer = await http.get(f"/static/page.css{query}")
    assert answer.text == CSS
    assert answer.headers["Cache-Control"] == "no-cache"


async def test_who_has_it_is_told_so(http: httpx.AsyncClient) -> None:
    first = await http.get("/static/page.css")
    known = {"If-None-Match": first.headers["ETag"]}
    again = await http.get("/static/page.css", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    assert (await http.get("/static/inner/dot.png", headers=known)).status_code == 200


async def test_it_is_compressed_for_those_who_take_it(http: httpx.AsyncClient) -> None:
    for accepted, coding in (("br, gzip", "gzip"), ("br", None), ("gzip;q=0", None)):
        answer = await http.get("/static/page.css", headers={"Accept-Encoding": accepted})
        assert answer.text == CSS
        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["Vary"] == "Accept-Encoding"
    image = await http.get("/static/inner/dot.png")
    assert {"Content-Encoding", "Vary"}.isdisjoint(image.headers)


async def test_nothing_else_is_there(http: httpx.AsyncClient) -> None:
    for path in ("/", "/nothing.css", "/inner", "/..%2f..%2fetc/passwd", "/%2e%2e/x"):
        assert (await http.get(f"/static{path}")).status_code == 404
    assert (await http.post("/static/page.css")).status_code == 405


def test_every_icon_of_the_manifest_has_the_size_that_it_says() -> None:
    manifest = json.loads((FOLDER / "application.webmanifest").read_text())
    for icon in manifest["icons"]:
        content = (FOLDER / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            # A PNG begins with its signature, and the chunk IHDR has width and height.
            sides = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
            assert icon["sizes"] == f"{sides[0]}x{sides[1]}"
        else:
            assert icon["sizes"] == "any"


def test_the_colours_of_the_frame_are_those_of_the_page() -> None:
    ground = re.search(r"--ground: light-dark\((#\w+), (#\w+)\)", (FOLDER / "page.css").read_text())
    assert ground
    head = (ROOT / "web/pages/templates/head.html").read_text()
    assert re.findall(r'name="theme-color" content="(#\w+)"', head) == list(ground.groups())
    manifest = json.loads((FOLDER / "application.webmanifest").read_text())
    assert {manifest["theme_color"], manifest["background_color"]} == {ground[1]}


def test_every_page_names_files_by_their_hash() -> None:
    for template in (ROOT / "web/pages/templates").glob("*.html"):
        assert "/static/" not in template.read_text(), template.name
    with pytest.raises(KeyError):
        static_files.address("nothing.css")
