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
    # What was undone already is told where the form stands.
    for fields, heading in (({"back": "changes"}, "Changes of"), ({}, "New term")):
        again = await http.post(undo[1], data=fields)
        assert again.status_code in {400, 404}
        assert notice(again)
        assert heading in again.text
    again = await http.post(f"{term[1]}/delete")
    assert again.status_code == 404
    assert "That term is not there any more" in notice(again)


async def imported(http: httpx.AsyncClient, address: str, **form: str) -> httpx.Response:
    """Lines that are pasted into the import's form."""
    fields = {name: (None, value) for name, value in form.items()}
    return await http.post(f"{address}/import", files={**fields, "file": ("", b"")})


async def test_pasted_lines_are_imported_and_exported_as_every_kind(
    http: httpx.AsyncClient,
) -> None:
    address = await made(http)
    answer = await imported(http, address, text="Vertrag\tcontract\r\nHaftung\tliability\r\n")
    assert "Imported. The glossary has 2 terms now." in answer.text
    assert terms(answer) == [("Haftung", "liability"), ("Vertrag", "contract")]
    answer = await imported(http, address, how="merge", text="Vertrag;treaty\nFrist;deadline")
    assert dict(terms(answer)) == {"Haftung": "liability", "Vertrag": "treaty", "Frist": "deadline"}
    for ending in ("csv", "tsv", "tbx"):
        file = await http.get(f"{address}.{ending}")
        assert file.status_code == 200
        assert f"Vertr%C3%A4ge.{ending}" in file.headers["content-disposition"]
        other = await made(http, name=ending)
        sent = await http.post(
            f"{other}/import",
            files={"how": (None, "replace"), "file": (f"x.{ending}", file.content)},
        )
        assert terms(sent) == terms(answer)
    answer = await imported(http, address, how="replace", text="Vertrag,contract")
    assert terms(answer) == [("Vertrag", "contract")]
    assert (await http.get(f"{address}.xlsx")).status_code == 404


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("Vertrag,contract\nFrist,deadline\nVertrag,treaty", "Line 3: “Vertrag” is translated as"),
        ('Vertrag,contract\n"Frist,deadline', "Line 2: A quotation mark is opened here"),
        ("Vertrag,contract\n12.5,twelve", "Line 2: The term is nothing but figures"),
        ("Vertrag,<b>contract</b>", "Line 1: The translation holds a tag"),
        (f"Vertrag,{'x' * 10_000}", "Line 1: The translation has 10,000 characters"),
        (" ", "Paste some lines, or choose a file."),
    ],
)
async def test_a_refused_import_names_the_line_and_keeps_the_pasted_text(
    http: httpx.AsyncClient, lines: str, problem: str
) -> None:
    address = await made(http)
    await added(http, address, "Klage", "action")
    answer = await imported(http, address, how="replace", text=lines)
    assert answer.status_code == 400
    assert notice(answer).startswith(problem)
    assert f'dir="auto">\n{html.escape(lines, quote=False)}</textarea>' in answer.text.replace(
        "&#34;", '"'
    )
    assert 'value="replace" checked' in answer.text
    assert '<details class="card" id="import" open>' in answer.text
    assert terms(await http.get(address)) == [("Klage", "action")]


async def test_lines_and_a_file_at_once_are_refused_and_the_lines_stay(
    http: httpx.AsyncClient,
) -> None:
    address = await made(http)
    fields = {"how": (None, "replace"), "text": (None, "Vertrag,contract")}
    answer = await http.post(f"{address}/import", files={**fields, "file": ("x.csv", b"a,b")})
    assert answer.status_code == 400
    assert notice(answer) == "Send one text or one file at a time."
    assert "\nVertrag,contract</textarea>" in answer.text
    assert terms(await http.get(address)) == []


async def test_a_refused_term_comes_back_as_it_was_typed(http: httpx.AsyncClient) -> None:
    address = await made(http)
    await added(http, address, "Vertrag", "contract")
    again = {"source": "vertrag", "target": "treaty", "note": 'for "states"', "compounds": "1"}
    answer = await http.post(f"{address}/terms", data=again)
    assert answer.status_code == 400
    assert "already: change that one" in notice(answer)
    assert 'name="source" value="vertrag"' in answer.text
    assert 'name="note" value="for &#34;states&#34;"' in answer.text
    term = re.search(rf'action="({address}/terms/\d+)"', answer.text)
    assert term
    answer = await http.post(term[1], data={"was": "Vertrag", "source": "%s", "target": "x"})
    assert answer.status_code == 400
    assert '<details name="term" open>' in answer.text
    assert 'name="source" value="%s"' in answer.text
    assert terms(await http.get(address)) == [("Vertrag", "contract")]
    answer = await http.post("/glossaries/new", data={"name": " ", "pair": "de en", "shared": "1"})
    assert answer.status_code == 400
    assert notice(answer) == "The glossary needs a name. Nothing was stored."
    assert 'name="shared" value="1" checked' in answer.text


async def test_what_is_not_translated_has_its_source_as_its_target(
    http: httpx.AsyncClient,
) -> None:
    address = await made(http)
    answer = await http.post(f"{address}/terms", data={"source": "Acme", "target": "", "keep": "1"})
    assert terms(answer) == [("Acme", "stays as it is")]
    assert 'name="target" value="Acme"' in answer.text
    assert 'name="keep" value="1" checked' in answer.text.partition('id="term-')[2]


async def test_search_and_pages_of_terms(http: httpx.AsyncClient) -> None:
    address = await made(http)
    lines = "\n".join(f"Begriff {number:03},term {number:03}" for number in range(120))
    await imported(http, address, text=lines)
    seen: list[tuple[str, str]] = []
    where: str | None = address
    while where:
        answer = await http.get(where)
        seen += terms(answer)
        more = re.search(r'class="older"><a class="quiet" href="([^"]+)"', answer.text)
        where = html.unescape(more[1]) if more else None
    assert seen == [(f"Begriff {number:03}", f"term {number:03}") for number in range(120)]
    found = await http.get(address, params={"q": "TERM 07"})
    assert [source for source, _ in terms(found)] == [f"Begriff 07{digit}" for digit in range(10)]
    nothing = await http.get(address, params={"q": "100 %_"})
    assert terms(nothing) == []
    assert "Nothing found." in nothing.text


async def test_htmx_gets_the_term_in_its_place(http: httpx.AsyncClient) -> None:
    address = await made(http, shared="1")
    http.headers.update(HTMX)
    answer = await http.post(f"{address}/terms", data={"source": "Klage", "target": "action"})
    assert answer.text.lstrip().startswith('<li id="term-')
    assert '<hx-partial hx-target="#facts"' in answer.text
    assert "<span>1 term</span>" in answer.text
    term = re.search(rf'hx-post="({address}/terms/\d+)"', answer.text)
    assert term
    gone = await http.post(f"{term[1]}/delete", data={"source": "Klage"})
    undo = re.search(rf'hx-post="({address}/changes/\d+/undo)"', gone.text)
    assert undo
    assert "<span>0 terms</span>" in gone.text
    back = await http.post(undo[1], data={"source": "Klage"})
    assert terms(back) == [("Klage", "action")]
    wrong = await http.post(f"{address}/terms", data={"source": "1", "target": "2"})
    assert wrong.status_code == 400
    assert 'id="notices"' in wrong.text


async def test_who_does_not_own_a_shared_glossary_can_read_it_alone(
    service: WebService,
) -> None:
    keys = {name: service.add_key(name) for name in ("anna", "bert")}
    async with service.started() as http:
        http.follow_redirects = True
        http.headers.update(HTML)
        http.headers["Authorization"] = f"Bearer {keys['anna']}"
        shared, own = await made(http, "Alle", shared="1"), await made(http, "Meins")
        await added(http, shared, "Vertrag", "contract")
        listed = await http.get(f"{shared}/changes")
        assert "anna · <time" in listed.text
        http.headers["Authorization"] = f"Bearer {keys['bert']}"
        listed = await http.get("/glossaries")
        assert "shared by another key" in listed.text
        assert "anna" not in listed.text
        assert "Meins" not in listed.text
        page = await http.get(shared)
        assert terms(page) == [("Vertrag", "contract")]
        assert 'method="post" class="fields"' not in page.text
        assert (await http.get(f"{shared}.csv")).status_code == 200
        assert "anna" not in page.text
        assert (await http.get(f"{shared}/changes")).status_code == 403
        assert (await http.get(own)).status_code == 404
        for path in ("terms", "change", "delete"):
            refused = await http.post(f"{shared}/{path}", data={"source": "a", "target": "b"})
            assert refused.status_code in {400, 403}, path
        assert terms(await http.get(shared)) == [("Vertrag", "contract")]
        # As one that does not exist.
        assert (await http.post(f"{own}/delete")).status_code == 404
        del http.headers["Authorization"]
        assert (await http.get("/glossaries", follow_redirects=False)).headers[
            "location"
        ] == "/login?to=%2Fglossaries"


async def test_a_form_of_another_site_is_refused(http: httpx.AsyncClient) -> None:
    address = await made(http)
    for path in ("/glossaries/new", f"{address}/terms", f"{address}/delete", f"{address}/import"):
        answer = await http.post(
            path, data={"name": "x", "pair": "de en"}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == 403, path
    assert (await http.get(address)).status_code == 200
