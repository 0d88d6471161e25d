"""Compression: pages and JSON of some size, and nothing that it would slow down or give away."""

import httpx
import pytest

from tests.support.fakes import translated
from tests.support.texts import book
from tests.support.web_service import WebService
from web.http.compression import LEAST, takes_gzip

HTML = {"Accept": "text/html"}
ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}


def is_compressed(answer: httpx.Response) -> bool:
    return bool(answer.headers.get("Content-Encoding") == "gzip")


async def test_a_page_is_compressed(http: httpx.AsyncClient) -> None:
    answer = await http.get("/", headers=HTML)
    assert is_compressed(answer)
    assert answer.num_bytes_downloaded < len(answer.content) / 2
    assert int(answer.headers["Content-Length"]) == answer.num_bytes_downloaded
    assert "accept-encoding" in answer.headers["Vary"].lower()
    assert "accept-language" in answer.headers["Vary"].lower()


async def test_the_head_of_a_page_is_that_of_the_compressed_one(http: httpx.AsyncClient) -> None:
    head, whole = await http.head("/"), await http.get("/")
    for name in ("Content-Encoding", "Content-Length", "Vary"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("accepted", ["identity", "br, zstd", "gzip;q=0"])
async def test_who_does_not_take_it_gets_it_as_it_is(
    http: httpx.AsyncClient, accepted: str
) -> None:
    answer = await http.get("/", headers=HTML | {"Accept-Encoding": accepted})
    assert not is_compressed(answer)
    assert answer.text.endswith("</html>")
    assert "accept-encoding" in answer.headers["Vary"].lower()


async def test_an_answer_that_another_site_asks_for_is_not_compressed(
    http: httpx.AsyncClient,
) -> None:
    """So the size of the page tells nothing of the texts that stand beside the search (BREACH)."""
    answer = await http.get("/", params={"q": "Kontonummer"}, headers=HTML | ELSEWHERE)
    assert answer.status_code == 200
    assert not is_compressed(answer)
    assert is_compressed(await http.get("/", headers=HTML | {"Sec-Fetch-Site": "none"}))


async def test_a_sentence_passes_as_it_is(http: httpx.AsyncClient) -> None:
    answer = await http.post("/translate", json={"text": "Guten Morgen!"})
    assert not is_compressed(answer)
    assert "accept-encoding" not in answer.headers.get("Vary", "").lower()
    assert answer.json()["text"] == translated("Guten Morgen!")


async def test_a_json_answer_of_some_size_is_compressed(http: httpx.AsyncClient) -> None:
    text = "\n".join(f"Das ist Zeile {n} von vielen." for n in range(60))
    answer = await http.post("/translate", json={"text": text})
    assert len(answer.content) > LEAST
    assert is_compressed(answer)
    assert answer.json()["text"] == translated(text)


async def test_streams_and_files_pass_as_they_are(
    http: httpx.AsyncClient, service: WebService
) -> None:
    await http.post("/translate", json={"text": book(9_000, seed=92)})
    (row,) = await service.rows("SELECT id FROM translations")
    for path in (f"/translations/{row['id']}/events", f"/translations/{row['id']}.txt"):
        answer = await http.get(path)
        assert len(answer.content) > LEAST
        assert not is_compressed(answer)
    for path in ("/history.jsonl", f"/translations/{row['id']}.tmx"):
        assert not is_compressed(await http.get(path))


async def test_the_beginning_of_a_long_page_comes_before_its_end(
    http: httpx.AsyncClient, service: WebService
) -> None:
    await http.post("/translate", json={"text": book(30_000, seed=5)})
    (row,) = await service.rows("SELECT id FROM translations")
    path = f"/translations/{row['id']}"
    async with http.stream("GET", path, headers=HTML) as answer:
        assert is_compressed(answer)
        assert "Content-Length" not in answer.headers
        parts = [part async for part in answer.aiter_text()]
    assert len(parts) > 2
    assert "<main" in parts[0]
    assert parts[-1].endswith("</html>")


async def test_every_answer_says_how_long_it_may_be_kept(http: httpx.AsyncClient) -> None:
    """Somebody's text is in most of them, so no cache keeps one that does not say so."""
    for path, kept in (
        ("/", "private, no-cache"),
        ("/status", "private, no-store"),
        ("/history.jsonl", "no-store"),
        ("/languages", "no-store"),
        ("/static/icon.svg", "no-cache"),
        ("/static/nothing", "no-store"),
    ):
        assert (await http.get(path)).headers["Cache-Control"] == kept
    answer = await http.post("/translate", json={"text": "Guten Morgen!"})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip, deflate, br, zstd", True),
        ("br;q=1, GZIP; q=0.5", True),
        ("*", True),
        ("gzip;q=1.000", True),
        ("*;q=0, gzip", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
    ],
)
def test_what_a_client_takes(accepted: str, *, taken: bool) -> None:
    assert takes_gzip(accepted) is taken
