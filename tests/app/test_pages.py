"""The page: the form with a translation beside it, long texts passage by passage, problems."""

import html
import re

import httpx
import pytest

from tests.support.events import Event, events
from tests.support.fakes import FakeTranslator, translated
from tests.support.reading import Reading
from tests.support.texts import book
from tests.support.web_service import WebService

HTML = {"Accept": "text/html"}
TEXT = "Guten Morgen!\nDas ist vielleicht gut."


async def posted(http: httpx.AsyncClient, text: str, **fields: str) -> httpx.Response:
    return await http.post(
        "/translate", data={"pair": "de en", "text": text} | fields, headers=HTML
    )


def read(page: str) -> str:
    """A page's text, as it is read: each white space is one space."""
    return " ".join(html.unescape(re.sub("<[^>]*>", "", page)).split())


def notices(page: str) -> str:
    """Message above the form."""
    return read(page.partition('<div id="notices">')[2].partition("<template")[0])


def passages_of(page: str) -> list[int]:
    return [
        int(each) for each in re.findall('<article class="passage" id="passage-([0-9]+)"', page)
    ]


async def test_the_empty_page(http: httpx.AsyncClient) -> None:
    answer = await http.get("/")
    page = Reading(answer.text)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert page.area == ""
    assert page.dangers == []
    assert notices(answer.text) == ""
    assert "The translation appears here." in answer.text
    assert "Model: fake-de-en (German → English)" in answer.text
    assert '<input type="hidden" name="pair" value="de en">' in answer.text


async def test_a_short_text_stands_beside_its_translation(http: httpx.AsyncClient) -> None:
    where = (await posted(http, TEXT)).headers["Location"]
    answer = await http.get(where)
    page = Reading(answer.text)
    assert page.area == TEXT
    shown = re.findall(
        r'class="(sentence.*?)".*? data-source="(.*?)".*?>([^<]+)</span>', answer.text
    )
    assert shown == [
        ("sentence", "Guten Morgen!", "GUTEN MORGEN!"),
        ("sentence unsure", "Das ist vielleicht gut.", "DAS IST VIELLEICHT GUT."),
    ]
    assert "<title>Guten Morgen! – Unlimited Translation</title>" in answer.text
    assert f'<a href="{where}" lang="de" dir="auto"' in answer.text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "</textarea><b>x", "a & b &amp;"])
async def test_what_was_sent_is_text_on_the_page(http: httpx.AsyncClient, text: str) -> None:
    where = (await posted(http, text)).headers["Location"]
    await http.post(f"{where}/title", data={"title": text})
    page = Reading((await http.get(where)).text)
    assert page.dangers == []
    assert page.area == text


async def test_another_models_languages_can_be_chosen(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-en-de", "en", "de", demonstration=True)
    async with service.started() as http:
        page = (await http.get("/")).text
        assert re.findall('<option value="(.. ..)"( selected)?>([^<]+)<', page) == [
            ("de en", " selected", "German → English"),
            ("en de", "", "English → German"),
        ]
        assert "<b>fake-en-de</b> is a demonstration model" in page
        where = (await posted(http, "GOOD MORNING!", pair="en de")).headers["Location"]
        shown = (await http.get(where)).text
        assert '<option value="en de" selected>' in shown
        assert ">good morning!</span>" in shown
        assert "demonstration model</span>" in shown


async def test_a_long_text_is_shown_passage_by_passage(http: httpx.AsyncClient) -> None:
    text = book(9_000, seed=60)
    where = (await posted(http, text)).headers["Location"]
    done = (await http.get(f"{where}.json", headers={"Prefer": "wait=20"})).json()
    page = (await http.get(where)).text
    assert passages_of(page) == list(range(done["passages"]))
    assert f"Done: {done['passages']} of {done['passages']} passages" in read(page)
    for paragraph in text.split("\n\n"):
        assert paragraph in read(page)
        assert translated(paragraph) in read(page)


async def test_a_very_long_text_has_pages(http: httpx.AsyncClient, service: WebService) -> None:
    where = (await posted(http, book(9_000, seed=61))).headers["Location"]
    await http.get(f"{where}.json", headers={"Prefer": "wait=20"})
    number = int(where.rpartition("/")[2])
    await service.rows("UPDATE translations SET passages = 120, passages_done = 120")
    await service.rows(
        "INSERT INTO passages (translation_id, seq, source, target, status) VALUES "  # noqa: S608 - numbers
        + ", ".join(f"({number}, {seq}, 'a', 'b', 'done')" for seq in range(10, 120))
    )
    await service.rows("DELETE FROM passages WHERE seq BETWEEN 3 AND 9")
    page = (await http.get(f"{where}?from=50")).text
    assert passages_of(page) == list(range(50, 100))
    assert "<span>51 to 100 of 120</span>" in page
    assert f'<a href="{where}" rel="prev">Previous passages</a>' in page
    assert f'<a href="{where}?from=100" rel="next">Next passages</a>' in page
    last = (await http.get(f"{where}?from=100")).text
    assert passages_of(last) == list(range(100, 120))
    assert 'rel="next"' not in last
    assert f'<a href="{where}">First passages</a>' in last


async def test_passages_come_as_events_while_they_are_done(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    text = "Ein kurzer Absatz.\n\n" * 30 + book(5_000, seed=62)
    with translator.holding():
        where = (await posted(http, text)).headers["Location"]
        page = (await http.get(where)).text
        assert passages_of(page) == []
        assert f'hx-sse:connect="{where}/events?from=0&end=50"' in page
        assert "0 % –" in page
        assert f'action="{where}/cancel"' in page
        async with http.stream("GET", f"{where}/events?from=0&end=50") as answer:
            coming = events(answer)
            first = await anext(coming)
            assert re.search(r"\b0 of \d+ passages", read(first.data))
            assert first.id == "0"
    async with http.stream("GET", f"{where}/events?from=0&end=50") as answer:
        heard = [each async for each in events(answer)]
    total = (await http.get(f"{where}.json")).json()["passages"]
    assert heard[-1] == Event("", kind="done")
    assert heard[-2].id == str(total)
    assert f"Done: {total} of {total} passages" in read(heard[-2].data)
    assert [seq for each in heard for seq in passages_of(each.data)] == list(range(total))

    again = {"Last-Event-ID": "2"}
    async with http.stream("GET", f"{where}/events?from=0&end=50", headers=again) as answer:
        rest = [seq async for each in events(answer) for seq in passages_of(each.data)]
    assert rest == list(range(2, total))


async def test_events_of_what_is_not_there(http: httpx.AsyncClient) -> None:
    assert (await http.get("/translations/1999999/events")).status_code == 404


async def test_a_problem_keeps_the_text_in_the_form(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    translator.away = True
    answer = await posted(http, TEXT)
    assert answer.status_code == 503
    assert notices(answer.text).startswith("The translator does not answer just now.")
    assert Reading(answer.text).area == TEXT
    assert "Model: unknown" in answer.text


async def test_a_problem_with_a_long_text_keeps_it_too(
    http: httpx.AsyncClient, service: WebService
) -> None:
    text = book(9_000, seed=63)
    assert (await http.get("/health")).status_code == 200  # the models are known
    with service.database.away():
        answer = await posted(http, text)
    assert answer.status_code == 503
    assert "a text of this length needs it" in notices(answer.text)
    assert Reading(answer.text).area == text


@pytest.mark.parametrize(
    "path", ["/translations/1999999", "/translations/1" + "0" * 30, "/nowhere"]
)
async def test_what_is_not_there_is_said_on_the_page_or_in_json(
    http: httpx.AsyncClient, path: str
) -> None:
    answer = await http.get(path, headers=HTML)
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text
    assert 'id="history-list"' in answer.text
    plain = await http.get(path)
    assert plain.status_code == 404
    assert plain.json()["error"]


async def test_a_german_reader_gets_german(http: httpx.AsyncClient) -> None:
    answer = await http.get("/", headers=HTML | {"Accept-Language": "de-AT,en;q=0.5"})
    assert '<html lang="de">' in answer.text
    assert "Frühere Übersetzungen" in answer.text
    assert "accept-language" in answer.headers["Vary"].lower()


async def test_every_answer_says_what_browsers_may_do_with_it(http: httpx.AsyncClient) -> None:
    for path in ("/", "/status", "/static/page.css", "/nowhere", "/health"):
        headers = (await http.get(path)).headers
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Request-ID"]
