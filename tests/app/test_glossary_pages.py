"""The pages of the glossaries over HTTP: forms without JavaScript, and what htmx gets."""

import html
import re

import httpx
import pytest

from tests.support.web_service import WebService

HTMX = {"HX-Request": "true"}
HTML = {"Accept": "text/html"}


@pytest.fixture
def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    http.follow_redirects = True
    http.headers.update(HTML)
    return http


async def made(http: httpx.AsyncClient, name: str = "Verträge", **fields: str) -> str:
    """A new glossary; its address."""
    answer = await http.post("/glossaries/new", data={"name": name, "pair": "de en", **fields})
    assert answer.status_code == 200, answer.text
    assert re.fullmatch(r"/glossaries/\d+", answer.url.path)
    return answer.url.path


async def added(http: httpx.AsyncClient, address: str, source: str, target: str) -> None:
    answer = await http.post(f"{address}/terms", data={"source": source, "target": target})
    assert answer.status_code == 200, answer.text


def terms(answer: httpx.Response) -> list[tuple[str, str]]:
    """The terms that a page lists: sources and targets."""
    assert answer.status_code == 200, answer.text
    found = re.findall(
        r'<span class="source"[^>]*>(.*?)</span>.*?<span class="into[^>]*>(.*?)</span>',
        answer.text,
        re.DOTALL,
    )
    return [(html.unescape(source), html.unescape(target)) for source, target in found]


def notice(answer: httpx.Response) -> str:
    """The error that a page begins with."""
    found = re.search(r'role="alert" tabindex="-1" autofocus>\s*<p>(.*?)</p>', answer.text)
    assert found, answer.text
    return html.unescape(found[1])


async def test_a_glossary_is_made_listed_renamed_deleted_and_brought_back(
    http: httpx.AsyncClient,
) -> None:
    empty = await http.get("/glossaries")
    assert "There is no glossary yet." in empty.text
    address = await made(http, default="1")
    listed = await http.get("/glossaries")
    assert f'<a href="{address}" dir="auto">Verträge</a>' in listed.text
    assert '<span class="tag">default</span>' in listed.text
    assert '<span class="tag">shared</span>' not in listed.text
    changed = await http.post(f"{address}/change", data={"name": "Recht <b>", "shared": "1"})
    assert '<h1 class="heading" dir="auto">Recht &lt;b&gt;</h1>' in changed.text
    assert '<span class="tag">shared</span>' in changed.text
    assert '<span class="tag">default</span>' not in changed.text
    gone = await http.post(f"{address}/delete")
    assert f'action="{address}/restore"' in gone.text
    assert "There is no glossary yet." in gone.text
    assert (await http.get(address)).status_code == 404
    back = await http.post(f"{address}/restore")
    assert f'href="{address}"' in back.text


async def test_a_term_is_added_changed_deleted_and_each_of_it_undone(
    http: httpx.AsyncClient,
) -> None:
    address = await made(http)
    await added(http, address, "Vertrag", "contract")
    page = await http.get(address)
    assert terms(page) == [("Vertrag", "contract")]
    term = re.search(rf'action="({address}/terms/\d+)"', page.text)
    assert term
    changed = await http.post(
        term[1], data={"source": "Vertrag", "target": "treaty", "compounds": "1", "note": "Staaten"}
    )
    assert terms(changed) == [("Vertrag", "treaty")]
    assert changed.url.query == b"q=Vertrag"
    assert "compounds, too" in changed.text
    assert "Staaten" in changed.text
    listed = await http.get(f"{address}/changes")
    undos = re.findall(rf'action="({address}/changes/\d+/undo)"', listed.text)
    assert len(undos) == 2
    await http.post(undos[0], data={"back": "changes"})
    page = await http.get(address)
    assert terms(page) == [("Vertrag", "contract")]
    term = re.search(rf'action="({address}/terms/\d+)/delete"', page.text)
    assert term
    gone = await http.post(f"{term[1]}/delete", data={"source": "Vertrag"})
    assert terms(gone) == []
    undo = re.search(rf'action="({address}/changes/\d+/undo)"', gone.text)
    assert undo
    back = await http.post(undo[1], data={"source": "Vertrag"})
    assert terms(back) == [("Vertrag", "contract")]
