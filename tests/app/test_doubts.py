"""Doubtful places: counted and listed on the page, and said of a document by each interface."""

import asyncio
import html
import json
import re

import httpx

from tests.support import documents
from tests.support.events import events
from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService
from web.text.sentences import spans_of
from web.translation.doubt_store import MOST_PLACES

DOUBTFUL = "Tom verliert 12 Euro."
UNSURE = "Das ist vielleicht gut."
FILLING = "Guten Morgen! " * 260  # nearly a passage
FORM = {"pair": "de en"}
SECONDS = 30


def heading(page: str) -> list[str]:
    """The headings of doubtful places on a page."""
    return re.findall(r"<h3>([^<]*)</h3>", page)


def steps(page: str) -> list[tuple[str, str]]:
    """The ways to the previous place and to the next: an address, and the one on another page."""
    return [
        (html.unescape(address), html.unescape(beyond))
        for address, beyond in re.findall(
            r'data-step="-?1" href="([^"]*)" data-beyond="([^"]*)"', page
        )
    ]


def listed(page: str) -> list[str]:
    """The list of doubtful places, as it is read."""
    items = re.findall(r"<li><a href=\"[^\"]*doubt-.*?</li>", page, re.DOTALL)
    return [html.unescape(" ".join(re.sub("<[^>]*>", "", each).split())) for each in items]


async def translated(http: httpx.AsyncClient, text: str) -> str:
    """The address of a text's translation, when all of it is done."""
    answer = await http.post("/translate", json={"text": text})
    assert answer.status_code == 200
    return f"/translations/{answer.json()['id']}"


async def test_a_short_text_has_a_heading_a_way_and_a_list(http: httpx.AsyncClient) -> None:
    where = await translated(http, f"Ja! {DOUBTFUL} Nein! {DOUBTFUL}")
    page = (await http.get(where)).text
    assert heading(page) == ["2 doubtful places"]
    assert steps(page) == [("#doubt-0-3", ""), ("#doubt-0-1", "")]
    assert page.count('id="doubt-0-1"') == 1
    said = "the figures differ: 12 Tom verliert 12 Euro. TOM VERLIERT 12 EURO."
    assert listed(page) == [said, said]
    german = (await http.get(where, headers={"Accept-Language": "de"})).text
    assert heading(german) == ["2 fragliche Stellen"]
    assert "die Zahlen weichen ab: 12" in listed(german)[0]


async def test_a_score_alone_makes_no_doubtful_place(http: httpx.AsyncClient) -> None:
    """Of 20 everyday texts four have an unsure sentence: a heading over each would say nothing."""
    where = await translated(http, UNSURE)
    page = (await http.get(where)).text
    assert heading(page) == []
    assert 'data-mark="unsure"' in page
    assert "doubt-" not in page.replace("doubts", "")
    assert (await http.get(f"{where}.json")).json()["warnings"][0]["code"] == "unsure"


async def test_the_heading_comes_and_goes_while_one_types(http: httpx.AsyncClient) -> None:
    async def live(text: str) -> str:
        return (await http.post("/live", data=FORM | {"text": text})).text

    assert heading(await live(f"Ja! {DOUBTFUL}")) == ["1 doubtful place"]
    assert '<hx-partial hx-target="#target-doubts"' in await live("Ja!")
    assert heading(await live("Ja!")) == []


async def test_a_long_text_is_counted_over_all_its_pages(
    http: httpx.AsyncClient, service: WebService
) -> None:
    where = await translated(http, f"{FILLING}\n\n" * 119 + FILLING)
    (number,) = re.findall(r"\d+", where)
    for seq in (3, 60, 61, 119):
        await doubted(service, number, seq)
    page = (await http.get(where)).text
    assert heading(page) == ["4 doubtful places"]
    assert steps(page) == [
        ("#doubt-3-0", f"{where}?from=100#doubt-119-0"),
        ("#doubt-3-0", f"{where}?from=50#doubt-60-0"),
    ]
    assert (
        f'href="{where}?from=100#doubt-119-0">something may be missing; the model is unsure<'
        in page
    )
    second = (await http.get(f"{where}?from=50")).text
    assert heading(second) == ["4 doubtful places"]
    assert steps(second) == [
        ("#doubt-61-0", f"{where}#doubt-3-0"),
        ("#doubt-60-0", f"{where}?from=100#doubt-119-0"),
    ]
    assert f'href="{where}#doubt-3-0"' in second
    last = (await http.get(f"{where}?from=100")).text
    assert steps(last)[1] == ("#doubt-119-0", f"{where}#doubt-3-0")


async def doubted(service: WebService, number: str, seq: int) -> None:
    """Have a doubt about the first sentence of a passage, and a low score of them all."""
    (row,) = await service.rows(
        "SELECT spans FROM sentences WHERE translation_id = %s AND seq = %s", number, seq
    )
    first, *others = json.loads(row["spans"])
    spans = [[*first, [["incomplete"], ["unsure"]]], *([*each, [["unsure"]]] for each in others)]
    await service.rows(
        "UPDATE sentences SET spans = %s WHERE translation_id = %s AND seq = %s",
        *(json.dumps(spans, separators=(",", ":")), number, seq),
    )


async def test_figures_that_look_like_stored_warnings_are_counted_once(
    http: httpx.AsyncClient, service: WebService
) -> None:
    where = await translated(http, f"Ja!\n\n{FILLING}\n\n{FILLING}")
    figures = ['[["unsure"', '[["figures","', "½ €", '"]],[1,2,3,0.9,[["repeated"]]']
    segment = {"source": "Ja!", "target": "JA!", "separator": "\n\n", "score": 0.1}
    warnings = [{"code": "unsure"}, {"code": "figures", "figures": figures}]
    (row,) = await service.rows("SELECT source FROM passages WHERE seq = 0")
    rest = row["source"].removeprefix("Ja!\n\n")
    others = {"source": rest, "target": rest.upper(), "separator": "", "score": 0.9}
    await service.rows(
        "UPDATE sentences SET spans = %s WHERE seq = 0",
        spans_of([segment | {"warnings": warnings}, others | {"warnings": warnings[:1]}]),
    )
    page = (await http.get(where)).text
    assert heading(page) == ["1 doubtful place"]
    assert listed(page)[0].startswith(f"the figures differ: {' · '.join(figures)}")


async def test_the_count_grows_as_passages_come_and_the_list_comes_at_the_end(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    text = f"{DOUBTFUL}\n\n{FILLING}\n\n{DOUBTFUL} {FILLING}"
    with translator.holding():
        answer = await http.post("/translate", data=FORM | {"text": text})
        where = answer.headers["Location"]
        page = (await http.get(where)).text
        assert heading(page) == []
    async with http.stream("GET", f"{where}/events?from=0&end=50") as answer:
        heard = [each.data async for each in events(answer)]
    said = [each for data in heard for each in heading(data)]
    assert said[-1] == "2 doubtful places"
    assert said == sorted(said)
    assert len(listed(heard[-2])) == 2
    assert '<span class="unseen"> 2 doubtful places.</span>' in heard[-2]
    async with http.stream("GET", f"{where}/events?from=1&end=50") as answer:
        again = [each.data async for each in events(answer)]
    assert heading(again[-2]) == ["2 doubtful places"]


async def test_a_place_is_none_any_more_when_a_user_has_chosen(http: httpx.AsyncClient) -> None:
    # The other places stay as they are: what is chosen does not go into the memory.
    await http.put("/memory/de/en/switch", json={"remember": False})
    where = await translated(http, f"{DOUBTFUL}\n\n{FILLING}\n\n{DOUBTFUL} {FILLING}")
    chosen = {"source": DOUBTFUL, "text": "Tom loses 12 euros."}
    part = {"HX-Request": "true"}
    answer = await http.post(f"{where}/passages/0/sentences/0/edit", data=chosen, headers=part)
    assert '<hx-partial hx-target="#doubts"' in answer.text
    assert heading(answer.text) == heading((await http.get(where)).text) == ["1 doubtful place"]
    short = await translated(http, f"{DOUBTFUL} {DOUBTFUL}")
    answer = await http.post(
        f"{short}/passages/0/sentences/0/edit", data=chosen | {"linked": "1"}, headers=part
    )
    assert '<hx-partial hx-target="#target-doubts"' in answer.text
    assert heading(answer.text) == ["1 doubtful place"]


async def test_a_passage_that_failed_is_a_doubtful_place(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    translator.refused = "Gift"
    text = f"Gift! {FILLING}\n\n{FILLING}\n\n{DOUBTFUL}"
    answer = await http.post("/translate", json={"text": text})
    where = f"/translations/{answer.json()['id']}"
    told = (await http.get(f"{where}.json")).json()["warnings"]
    assert [each["code"] for each in told] == ["untranslated", "figures"]
    assert told[0]["source"] == told[0]["target"]
    assert told[0]["source"].startswith("Gift!")
    page = (await http.get(where)).text
    assert heading(page) == ["2 doubtful places"]
    assert listed(page)[0].startswith("it is not translated Gift!")
    assert page.count('id="doubt-0-0"') == 1


async def test_the_list_is_bounded_and_says_so(http: httpx.AsyncClient) -> None:
    number = MOST_PLACES + 50
    where = await translated(http, f"{DOUBTFUL}\n\n" * number)
    page = (await http.get(where)).text
    assert heading(page) == [f"{number} doubtful places"]
    assert len(listed(page)) == MOST_PLACES
    assert f"These are the first {MOST_PLACES} of {number}." in page


# A doubtful place that has markup, and a sentence of which the model is unsure. The fake takes the
# numbers of tags for figures.
PAGE = f"<p>Ja!</p><p>Tom <b>verliert</b> 12 Euro.</p><p>{UNSURE}</p>".encode()
PLACE = {
    "code": "figures",
    "source": DOUBTFUL,
    "target": DOUBTFUL.upper(),
    "figures": ["1", "1", "12"],
}


async def test_a_document_has_its_list_beside_the_file(http: httpx.AsyncClient) -> None:
    answer = await http.post("/translate", data=FORM, files={"file": ("a.html", PAGE)})
    where = answer.headers["Location"]
    await http.get(f"{where}.json", headers={"Prefer": "wait=20"})
    page = (await http.get(where)).text
    assert heading(page) == ["1 doubtful place"]
    (place,) = listed(page)
    assert place.endswith("Tom verliert 12 Euro. TOM VERLIERT 12 EURO.")
    assert 'id="doubt-0-1"' in page


async def test_deepls_and_libretranslates_answers_about_a_document_have_its_places(
    http: httpx.AsyncClient,
) -> None:
    sent = {"file": ("a.html", PAGE)}
    ticket = (await http.post("/v2/document", data={"target_lang": "EN-GB"}, files=sent)).json()
    address, key = f"/v2/document/{ticket['document_id']}", {"document_key": ticket["document_key"]}
    async with asyncio.timeout(SECONDS):
        while (state := (await http.post(address, json=key)).json())["status"] != "done":
            pass  # each question takes some milliseconds
    wanted = {"source": "de", "target": "en"}
    libre = (await http.post("/translate_file", data=wanted, files=sent)).json()
    for told in (state, libre):
        assert told["doubtful_places"] == 1
        assert told["warnings"] == [PLACE]
    good = {"file": ("a.docx", documents.word())}
    plain = (await http.post("/translate_file", data=wanted, files=good)).json()
    assert set(plain) == {"translatedFileUrl"}
