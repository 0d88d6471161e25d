"""The history over HTTP: lists, searches, names, what is deleted."""

import asyncio
import html
import re
import uuid

import httpx
import pytest

from tests.support.web_service import WebService
from web.history.search import MOST_PASSAGES, MOST_READ, SAMPLE, TRANSLATION

SECONDS = 30


@pytest.fixture
def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    http.follow_redirects = True
    return http


async def put_all(
    service: WebService, texts: list[tuple[str, str]], status: str = "done"
) -> list[int]:
    """Stored translations of one passage each; their ids."""
    keys = [uuid.uuid4().hex for _ in texts]
    await service.rows(
        "INSERT INTO translations (request_key, created_at, title, source_lang, target_lang, "  # noqa: S608 - constants
        "model, origin, characters, passages, passages_done, status) VALUES "
        + ", ".join(
            ["(%s, UTC_TIMESTAMP(3), %s, 'de', 'en', 'm', 'api', 9, 1, 1, %s)"] * len(keys)
        ),
        *(
            value
            for key, (source, _) in zip(keys, texts, strict=True)
            for value in (key, source[:80], status)
        ),
    )
    await service.rows(
        "INSERT INTO passages (translation_id, seq, source, target, status) "  # noqa: S608 - constants
        + " UNION ALL ".join(
            ["SELECT id, 0, %s, %s, 'done' FROM translations WHERE request_key = %s"] * len(keys)
        ),
        *(
            value
            for key, (source, target) in zip(keys, texts, strict=True)
            for value in (source, target, key)
        ),
    )
    rows = await service.rows("SELECT id FROM translations ORDER BY id DESC LIMIT %s", len(keys))
    return [row["id"] for row in reversed(rows)]


async def put(service: WebService, source: str, target: str, status: str = "done") -> int:
    """A stored translation of one passage; its id."""
    return (await put_all(service, [(source, target)], status))[0]


def listed(answer: httpx.Response) -> list[int]:
    assert answer.status_code == 200, answer.text
    part = answer.text.partition('id="history-list"')[2]
    return [int(each) for each in re.findall(r'<a href="/translations/(\d+)(?:\?from=\d+)?"', part)]


async def test_pages_by_key(service: WebService, http: httpx.AsyncClient) -> None:
    mark = uuid.uuid4().hex
    ids = await put_all(service, [(f"Nummer {number} {mark}", "x") for number in range(65)])
    seen: list[int] = []
    address: str | None = f"/?q={mark}"
    while address:
        answer = await http.get(address)
        seen += listed(answer)
        older = re.search(r'class="older"><a href="([^"]+)"', answer.text)
        address = html.unescape(older[1]) if older else None
    assert seen == ids[::-1]
    assert listed(await http.get("/"))[:30] == ids[::-1][:30]


async def test_a_hit_is_shown_in_its_context_and_escaped(
    service: WebService, http: httpx.AsyncClient
) -> None:
    mark = uuid.uuid4().hex
    one = await put(service, f"Der Äpfelkuchen <b>{mark}</b> steht da.", "The cake stands there.")
    answer = await http.get("/", params={"q": f"{mark[:12].upper()} apfel CAKE"})
    assert listed(answer) == [one]
    assert f"Der <mark>Äpfelkuchen</mark> &lt;b&gt;<mark>{mark}</mark>&lt;/b&gt;" in answer.text
    assert "The <mark>cake</mark> stands there." in answer.text
    assert listed(await http.get("/", params={"q": f"{mark} nirgends"})) == []
    assert listed(await http.get("/", params={"q": '%_"+*()~'})) == []


async def others(service: WebService, number: int) -> None:
    """So many more translations of "Etwas anderes"."""
    for start in range(0, number, 250):
        await put_all(service, [("Etwas anderes", "x")] * min(250, number - start))


async def test_old_hits_come_from_the_index(service: WebService, http: httpx.AsyncClient) -> None:
    mark = uuid.uuid4().hex
    one = await put(service, f"Etwas ganz Altes: {mark} und the end", "x")
    await others(service, SAMPLE // TRANSLATION + 50)
    assert listed(await http.get("/", params={"q": mark})) == [one]
    assert listed(await http.get("/", params={"q": f"{mark[:20]} the alt"})) == [one]
    # A word of every passage is looked for in the hits of the rare one only.
    assert listed(await http.get("/", params={"q": f"etwas {mark[:20]}"})) == [one]
    assert listed(await http.get("/", params={"q": f"anderes {mark[:20]}"})) == []


async def test_a_search_that_stops_reading_goes_on_on_the_next_page(
    service: WebService, http: httpx.AsyncClient
) -> None:
    mark = uuid.uuid4().hex
    old = await put(service, mark, "x")
    await others(service, MOST_READ // TRANSLATION + 50)
    new = await put_all(service, [(mark, "x")] * 3)
    first = await http.get("/", params={"q": mark})
    assert listed(first) == new[::-1]
    older = re.search(r'class="older"><a href="([^"]+)"', first.text)
    assert older
    assert listed(await http.get(html.unescape(older[1]))) == [old]


async def test_a_word_deep_in_a_long_text_is_found(
    service: WebService, http: httpx.AsyncClient
) -> None:
    mark = uuid.uuid4().hex
    new = await put_all(service, [(mark, "x")] * 3)
    book = await put(service, "Ein Buch", "x")
    await service.rows(
        "INSERT INTO passages (translation_id, seq, source, target, status) "
        + " UNION ALL ".join(
            f"SELECT {book}, {seq}, 'Ein Kapitel', 'x', 'done'"
            for seq in range(1, MOST_PASSAGES + 10)
        )
    )
    await service.rows(
        "UPDATE passages SET source = %s WHERE translation_id = %s AND seq = %s",
        f"Ein Schluss {mark}",
        book,
        MOST_PASSAGES + 5,
    )
    await service.rows("UPDATE translations SET passages = 510 WHERE id = %s", book)
    answer = await http.get("/", params={"q": mark})
    assert listed(answer) == [book, *new[::-1]]
    assert f"Schluss <mark>{mark}</mark>" in answer.text
    assert listed(await http.get("/", params={"q": "ein kapitel"}))[0] == book


async def test_filters(service: WebService, http: httpx.AsyncClient) -> None:
    mark = uuid.uuid4().hex
    done = await put(service, mark, "x")
    stopped = await put(service, mark, "x", status="cancelled")
    await service.rows(
        "UPDATE translations SET created_at = '2020-02-29 23:59:59' WHERE id = %s", done
    )
    assert listed(await http.get(f"/?q={mark}&status=cancelled")) == [stopped]
    assert listed(await http.get(f"/?q={mark}&status=&from=&to=2020-02-29")) == [done]
    assert listed(await http.get("/?from=2020-02-29&to=2020-02-29")) == [done]
    assert listed(await http.get(f"/?q={mark}&from=2020-03-01")) == [stopped]
    for wrong in ("from=tomorrow", "status=lost", "before=x", "before=" + "9" * 30):
        assert (await http.get("/?" + wrong)).status_code == 400


async def test_rename(service: WebService, http: httpx.AsyncClient) -> None:
    one = await put(service, "Ein Titel", "x")
    path = f"/translations/{one}/title"
    answer = await http.post(
        path, data={"title": " Brief  an <Anna> ", "back": f"before={one + 1}"}
    )
    assert answer.url.query == f"before={one + 1}".encode()
    assert listed(answer)[0] == one
    assert "Brief an &lt;Anna&gt;</a>" in answer.text
    assert (await http.post(path, data={"title": " "})).status_code == 400
    assert (await http.post(path, data={"title": "x" * 201})).status_code == 400
    assert (await http.post(path, data={"title": "x", "back": "//evil.example"})).url.path == "/"
    assert (
        await http.post("/translations/999999999/title", data={"title": "x"})
    ).status_code == 404


async def test_delete_and_undo(service: WebService, http: httpx.AsyncClient) -> None:
    one = await put(service, "Weg damit", "x")
    answer = await http.post(f"/translations/{one}/delete")
    assert one not in listed(answer)
    assert f'action="/translations/{one}/restore"' in answer.text
    assert (await http.get(f"/translations/{one}")).status_code == 404
    assert (await http.post(f"/translations/{one}/delete")).status_code == 404
    assert listed(await http.post(f"/translations/{one}/restore"))[0] == one
    assert (await http.get(f"/translations/{one}")).status_code == 200


async def test_delete_all_and_undo(service: WebService, http: httpx.AsyncClient) -> None:
    before = await put(service, "Schon vorher gelöscht", "x")
    await http.post(f"/translations/{before}/delete")
    ids = await put_all(service, [("Alles", "x")] * 3)
    assert "Delete everything" in (await http.get("/history/delete")).text
    assert listed(await http.get("/"))[:3] == ids[::-1]  # asking deletes nothing
    answer = await http.post("/history/delete")
    assert listed(answer) == []
    deleted_at = re.search(r'name="deleted_at" value="([^"]+)"', answer.text)
    assert deleted_at
    restored = await http.post("/history/restore", data={"deleted_at": deleted_at[1]})
    assert listed(restored)[:3] == ids[::-1]
    assert before not in listed(restored)


async def test_what_was_deleted_is_purged_after_a_day(
    service: WebService, http: httpx.AsyncClient
) -> None:
    old, new = await put(service, "Alt", "x"), await put(service, "Neu", "x")
    await service.rows(
        "UPDATE translations SET deleted_at = UTC_TIMESTAMP(3) - INTERVAL IF(id = %s, 25, 23) HOUR "
        "WHERE id IN (%s, %s)",
        old,
        old,
        new,
    )
    assert (await http.post(f"/translations/{old}/restore")).status_code == 404
    async with service.started(), asyncio.timeout(SECONDS):  # each replica purges when it starts
        while await service.rows("SELECT 1 FROM translations WHERE id = %s", old):
            pass  # a question takes some milliseconds
    assert not await service.rows("SELECT 1 FROM passages WHERE translation_id = %s", old)
    assert new in listed(await http.post(f"/translations/{new}/restore"))


async def test_the_list_says_how_far_each_is_and_how_long(
    service: WebService, http: httpx.AsyncClient
) -> None:
    assert "Nothing here yet." in (await http.get("/")).text
    for status, done in (("done", 4), ("running", 1), ("receiving", 0), ("cancelled", 0)):
        one = await put(service, status, "x", status)
        await service.rows(
            "UPDATE translations SET passages = 4, passages_done = %s, characters = 12345 "
            "WHERE id = %s",
            done,
            one,
        )
    page = (await http.get("/")).text
    said = re.findall(r'class="status" id="status-\d+">(.*?)</span>', page)
    assert said == ["cancelled", "arriving", "25 %", ""]
    assert page.count("<span>12,345 characters</span>") == 4


async def test_before_everything_is_deleted_it_is_counted(
    service: WebService, http: httpx.AsyncClient
) -> None:
    await put(service, "Eins", "x")
    assert (
        "This deletes the one translation in the history."
        in (await http.get("/history/delete")).text
    )
    await put(service, "Zwei", "x")
    assert "This deletes all 2 translations" in (await http.get("/history/delete")).text


async def test_without_the_database_nothing_is_renamed_or_deleted(
    service: WebService, http: httpx.AsyncClient
) -> None:
    one = await put(service, "Bleibt", "x")
    with service.database.away():
        for path, form in (("title", {"title": "Neu"}), ("delete", {})):
            answer = await http.post(f"/translations/{one}/{path}", data=form)
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
        page = await http.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "The history cannot be reached just now" in page.text
    assert listed(await http.get("/")) == [one]
    rows = await service.rows("SELECT title, deleted_at FROM translations")
    assert rows == [{"title": "Bleibt", "deleted_at": None}]


async def test_the_time_of_an_undo_is_a_time(http: httpx.AsyncClient) -> None:
    answer = await http.post("/history/restore", data={"deleted_at": "gestern"})
    assert answer.status_code == 400
    assert "is not a time" in answer.json()["error"]
