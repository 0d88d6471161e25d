"""The page about the translation memory, its API, and suggestions beside a sentence."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.database import Database
from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService
from web.memory.tmx import TMX_TAIL, tmx_head

HTML = {"Accept": "text/html"}
TMX = {"Content-Type": "application/x-tmx+xml"}
TEXT = "Der Hund bellt."


def tmx(*units: tuple[str, str], end: str = TMX_TAIL) -> bytes:
    sides = (
        f'<tu><tuv xml:lang="DE-at"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="en-US"><seg>{target}</seg></tuv></tu>\n'
        for source, target in units
    )
    return (tmx_head(("de", "en")) + "".join(sides) + end).encode()


async def entry(http: httpx.AsyncClient, source: str, target: str, **more: str) -> None:
    answer = await http.post(
        "/memory/de/en/entries", json={"source": source, "target": target, **more}
    )
    assert answer.status_code == 201, answer.text


async def count(http: httpx.AsyncClient) -> dict[str, int]:
    answer = (await http.get("/memory")).json()
    return {f"{each['source']} {each['target']}": each["entries"] for each in answer["memories"]}


async def test_a_file_is_imported_once(http: httpx.AsyncClient) -> None:
    data = tmx((TEXT, "The hound barks."), ("Gut.", "Fine."), (" ", "nothing"))
    first = await http.post("/memory/import", content=data)
    assert first.json() == {
        "new": 2,
        "old": 0,
        "units": 3,
        "passed": 1,
        "passed_over": [{"line": 7, "why": "a language is missing, or a text is empty"}],
    }
    again = await http.post("/memory/import?source=de&target=en", content=data)
    assert (again.json()["new"], again.json()["old"]) == (0, 2)
    assert await count(http) == {"de en": 2}
    answer = await http.post("/translate", json={"text": f"{TEXT} Nein."})
    assert answer.json()["text"] == "The hound barks. NEIN."
    assert answer.json()["memory"] == [{"source": TEXT, "target": "The hound barks."}]
    stored = await http.get(f"{answer.headers['Content-Location']}.json")
    assert stored.json()["memory"] == answer.json()["memory"]


async def test_a_file_that_is_cut_keeps_what_was_whole_and_goes_on(http: httpx.AsyncClient) -> None:
    units = [(f"Satz {number}a", f"Sentence {number}a") for number in range(700)]
    data = tmx(*units)
    cut = await http.post("/memory/import", content=data[: len(data) // 2], headers=TMX)
    assert (cut.status_code, cut.json()["code"]) == (400, "tmx_refused")
    (line, new) = re.findall(r"in line (\d+)\..* (\d+) were added", cut.json()["error"])[0]
    assert int(new) == (await count(http))["de en"]
    assert int(line) == data[: len(data) // 2].count(b"\n") + 1
    assert "nothing will be doubled" in cut.json()["error"]
    whole = (await http.post("/memory/import", content=data)).json()
    assert (whole["new"], whole["old"]) == (700 - int(new), int(new))


async def test_a_memory_comes_back_from_its_export(
    http: httpx.AsyncClient, database: Database
) -> None:
    units = [("Der <x1>Hund</x1> & ich", 'The <x1>"hound"</x1> & I'), ("Zwei\n", " two")]
    for source, target in units:
        await entry(http, source, target, before="Davor.", after="Danach.")
    exported = await http.get("/memory/de/en.tmx")
    assert exported.headers["content-type"].startswith("application/x-tmx+xml")
    again = (await http.post("/memory/import", content=exported.content)).json()
    assert (again["new"], again["old"]) == (0, 2)
    database.query("DELETE FROM memories")
    await http.post("/memory/import", content=exported.content)
    found = (await http.get("/memory/de/en/entries")).json()["entries"]
    assert [(each["source"], each["target"]) for each in reversed(found)] == units
    assert (await http.get("/memory/de/fr.tmx")).status_code == 404


async def test_entries_are_searched_page_by_page(http: httpx.AsyncClient) -> None:
    units = [(f"Satz {number} mit 100 % Inhalt_{number}", "x") for number in range(120)]
    await http.post("/memory/import", content=tmx(*units))
    first = (await http.get("/memory/de/en/entries")).json()
    rest = (await http.get("/memory/de/en/entries", params={"before": first["before"]})).json()
    assert len(first["entries"]) == 100
    assert (len(rest["entries"]), rest["before"]) == (20, None)
    for query, times in (("satz 7 ", 1), ("t_11", 11), ("0 % I", 100), ("100 _", 0)):
        found = (await http.get("/memory/de/en/entries", params={"q": query})).json()
        assert len(found["entries"]) == times, query


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", "/memory/de/en/entries", {"source": "a", "target": " "}, 400),
        ("POST", "/memory/de/en/entries", {"source": "a" * 10_001, "target": "b"}, 400),
        ("POST", "/memory/de/en/entries", {"source": 1, "target": "b"}, 400),
        ("POST", "/memory/de/<b>/entries", {"source": "a", "target": "b"}, 400),
        ("PUT", "/memory/de/en/switch", {"remember": "no"}, 400),
        ("POST", "/memory/import?source=de", {}, 400),
        ("POST", "/memory/import", {}, 400),
        ("DELETE", "/memory/entries/1", None, 404),
        ("DELETE", "/memory/entries/9999999999999999999", None, 400),
        ("GET", "/memory/de/en/entries", None, 404),
        ("POST", "/memory/entries/1/delete", None, 404),
        ("POST", "/memory/upload", None, 400),
    ],
)
async def test_what_is_wrong_changes_nothing(
    http: httpx.AsyncClient, method: str, path: str, sent: object, status: int
) -> None:
    data = {"files": {"name": b"x"}} if path.endswith("upload") else {"json": sent}
    answer = await http.request(method, path, **data)
    assert answer.status_code == status, answer.text
    assert sum((await count(http)).values()) == 0


async def test_the_page_imports_searches_deletes_and_undoes(http: httpx.AsyncClient) -> None:
    empty = await http.get("/memory", headers=HTML)
    assert "German → English" in empty.text
    assert "0 entries" in empty.text
    files = {"file": ("memory.tmx", tmx((TEXT, "The <hound> barks.".replace("<", "&lt;"))))}
    page = await http.post("/memory/upload", data={"pair": "de en"}, files=files, headers=HTML)
    assert page.status_code == 200
    assert "1 entry was added." in page.text
    assert "The &lt;hound&gt; barks." in page.text
    assert "from a TMX file" in page.text
    number = re.findall(r"/memory/entries/(\d+)/delete", page.text)[0]
    answer = await http.post(f"/memory/entries/{number}/delete", data={"q": "hund"}, headers=HTML)
    assert answer.status_code == 303
    page = await http.get(answer.headers["location"], headers=HTML)
    assert TEXT not in page.text
    assert f"/memory/entries/{number}/restore" in page.text
    answer = await http.post(f"/memory/entries/{number}/restore", data={"q": "hund"}, headers=HTML)
    assert TEXT in (await http.get(answer.headers["location"], headers=HTML)).text
    none = await http.get("/memory?pair=de+en&q=katze", headers=HTML)
    assert "There are no such entries." in none.text


async def test_the_page_says_where_a_file_ends(http: httpx.AsyncClient) -> None:
    files = {"file": ("memory.tmx", tmx((TEXT, "Yes."), end="</seg>"))}
    page = await http.post("/memory/upload", files=files, headers=HTML)
    assert page.status_code == 400
    assert "Line 6: this is no well-formed XML. Of the units before that, 1 were added" in page.text


async def test_the_switch_of_the_page(http: httpx.AsyncClient) -> None:
    for sent, remember in (({}, False), ({"remember": "1"}, True)):
        answer = await http.post("/memory/switch", data={"pair": "de en", **sent})
        assert answer.status_code == 303
        (memory,) = (await http.get("/memory")).json()["memories"]
        assert memory["remember"] is remember
    answer = await http.put("/memory/de/en/switch", json={"remember": False})
    assert answer.json() == {"remember": False}
    assert "checked" not in (await http.get("/memory", headers=HTML)).text


async def test_the_progress_of_an_import_is_told(http: httpx.AsyncClient) -> None:
    data = tmx(*((f"Satz {number}a", "x") for number in range(600)))
    seen: list[str] = []

    async def parts() -> AsyncIterator[bytes]:
        for at in range(0, len(data), 10_000):
            yield data[at : at + 10_000]
            seen.append((await http.get("/memory/progress")).text)

    answer = await http.post(
        "/memory/import", content=parts(), headers={"Content-Length": str(len(data))}
    )
    assert answer.json()["new"] == 600
    assert any("units read" in each and " %" in each for each in seen)
    assert "read" not in (await http.get("/memory/progress")).text


async def test_similar_sentences_are_offered_with_their_difference(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    await entry(http, "Der Mieter zahlt die Kosten.", "The tenant pays the costs.")
    await entry(http, "Der Mieter zahlt die Miete.", "The <tenant> pays.")
    asked = {"source": "Der Mieter zahlt die Miete.", "shown": "x", "pair": "de en"}
    page = (await http.post("/alternatives", data=asked)).text
    first, second, *_ = page.split("</li>")
    assert 'data-choice="The &lt;tenant&gt; pays."' in first
    assert "100 % the same, from memory" in first
    assert "<ins>" not in first
    assert 'data-choice="The tenant pays the costs."' in second
    assert re.search(r"<del>.*Kosten</del>\s*<ins>.*Miete</ins>", second)
    assert re.search(r"(7|8)\d % the same", second)
    assert translator.questions[-1].known == {}
    shown = (await http.post("/alternatives", data=asked | {"shown": "The <tenant> pays."})).text
    assert "From the translation memory: from a program" in shown
    assert 'data-choice="The &lt;tenant&gt; pays."' not in shown


async def test_the_page_and_the_api_show_nothing_of_another_key(service: WebService) -> None:
    keys = {name: service.add_key(name) for name in ("anna", "ben")}
    async with service.started() as http:
        anna, ben = ({"Authorization": f"Bearer {key}"} for key in keys.values())
        sent = {"source": TEXT, "target": "The hound barks."}
        await http.post("/memory/de/en/entries", json=sent, headers=anna)
        (found,) = (await http.get("/memory/de/en/entries", headers=anna)).json()["entries"]
        assert (await http.get("/memory", headers=ben)).json() == {"memories": []}
        for path in ("/memory/de/en.tmx", "/memory/de/en/entries"):
            assert (await http.get(path, headers=ben)).status_code == 404
        assert "hound" not in (await http.get("/memory", headers=HTML | ben)).text
        for path in ("delete", "restore"):
            address = f"/memory/entries/{found['id']}/{path}"
            assert (await http.post(address, headers=ben)).status_code == 404
        address = f"/memory/entries/{found['id']}"
        theirs = await http.delete(address, headers=ben)
        unknown = await http.delete("/memory/entries/1", headers=ben)
        assert theirs.status_code == unknown.status_code == 404
        assert theirs.json()["error"].replace(str(found["id"]), "1") == unknown.json()["error"]
        assert (await http.delete(address, headers=anna)).status_code == 204
        assert (await http.get("/memory")).status_code == 401
