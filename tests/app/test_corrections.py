"""Corrections: stored, undone, for all equal sentences, by several people, in every download."""

import asyncio
import html
import json
import re

import httpx
import pytest

from tests.support.correcting import HTMX, TEXT, edit, said, sent, step_of, stored, text_of
from tests.support.documents import unpacked, word_of
from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService

DOUBTFUL = "Tom verliert 12 und 755 Euro."


async def test_a_correction_is_stored_and_says_so(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await stored(http, TEXT)
    answer = await edit(http, address, 2, "  We are leaving.\r\n", linked="1")
    assert answer.status_code == 200
    assert 'hx-target="#target"' in answer.text
    assert re.search(
        'class="sentence corrected"[^>]*data-said="corrected"[^>]*>We are', answer.text
    )
    assert '<p role="status">Corrected.</p>' in answer.text
    assert f'<a class="quiet" href="{address}/corrections">1 correction</a>' in answer.text
    assert await text_of(http, address) == "GUTEN MORGEN! JA. We are leaving. JA. JA."
    (row,) = await service.rows("SELECT * FROM corrections")
    assert (row["target_before"], row["target_after"]) == ("WIR GEHEN.", "We are leaving.")
    assert (row["seq"], row["number"], row["made_by"], row["undone_at"]) == (0, 2, "", None)
    page = await http.get(address)
    assert "1 correction" in page.text
    assert page.text.count('class="sentence corrected"') == 1


async def test_the_warnings_go_and_come_back_with_undo(http: httpx.AsyncClient) -> None:
    address = await stored(http, f"Ja. {DOUBTFUL}")
    before = (await http.get(f"{address}.json")).json()
    assert len(before["warnings"]) == 1
    answer = await edit(http, address, 1, "Tom loses 12 and 755 euros.")
    assert (await http.get(f"{address}.json")).json()["warnings"] == []
    undone = await http.post(f"{step_of(answer)}/undo", headers=HTMX)
    assert "The correction is undone." in said(undone)
    assert (await http.get(f"{address}.json")).json() == before
    again = await http.post(f"{step_of(answer)}/undo", headers=HTMX)
    assert again.status_code == 404
    assert "undone already" in said(again)


async def test_equal_sentences_are_offered_changed_and_undone_in_one_go(
    http: httpx.AsyncClient,
) -> None:
    address = await stored(http, TEXT)
    answer = await edit(http, address, 1, "Yes.")
    assert "2 equal sentences have another translation. Change them, too?" in said(answer)
    changed = await http.post(f"{step_of(answer)}/equal", headers=HTMX)
    assert "2 equal sentences are changed, too." in said(changed)
    assert await text_of(http, address) == "GUTEN MORGEN! Yes. WIR GEHEN. Yes. Yes."
    undone = await http.post(f"{step_of(changed)}/undo", headers=HTMX)
    assert "The corrections of 2 sentences are undone." in said(undone)
    assert await text_of(http, address) == "GUTEN MORGEN! Yes. WIR GEHEN. JA. JA."
    await http.post(f"{step_of(answer)}/undo", headers=HTMX)
    assert await text_of(http, address) == "GUTEN MORGEN! JA. WIR GEHEN. JA. JA."


async def test_a_sentence_that_was_changed_again_is_not_undone_with_the_others(
    http: httpx.AsyncClient,
) -> None:
    address = await stored(http, TEXT)
    answer = await edit(http, address, 1, "Yes.")
    changed = await http.post(f"{step_of(answer)}/equal", headers=HTMX)
    await edit(http, address, 4, "Indeed.")
    undone = await http.post(f"{step_of(changed)}/undo", headers=HTMX)
    assert "1 sentence was changed again since then and stays." in said(undone)
    assert await text_of(http, address) == "GUTEN MORGEN! Yes. WIR GEHEN. JA. Indeed."
    refused = await http.post(f"{step_of(changed)}/undo", headers=HTMX)
    assert refused.status_code == 409
    assert "Nothing was undone." in said(refused)


async def test_the_second_of_two_people_is_told_and_keeps_the_words(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await stored(http, TEXT)
    answers = await asyncio.gather(
        *(edit(http, address, 2, text, seen="WIR GEHEN.") for text in ("We go.", "Let us go."))
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    (refused,) = [each for each in answers if each.status_code == 409]
    (row,) = await service.rows("SELECT target_after FROM corrections")
    now = row["target_after"]
    assert f"It says now: {now}" in said(refused)
    assert f'data-now="{now}"' in refused.text
    form = await edit(http, address, 2, "My words.", headers={}, seen="WIR GEHEN.")
    assert form.status_code == 409
    assert ">\nMy words.</textarea>" in form.text
    assert f">\n{now}</textarea>" in form.text  # so that storing again puts them in its place
    again = await edit(http, address, 2, "My words.", headers={}, seen=now)
    assert again.status_code == 303
    assert "My words." in await text_of(http, address)


async def test_two_people_change_two_sentences_of_one_passage(http: httpx.AsyncClient) -> None:
    address = await stored(http, TEXT)
    answers = await asyncio.gather(
        edit(http, address, 0, "Good morning!", seen="GUTEN MORGEN!"),
        edit(http, address, 2, "We go.", seen="WIR GEHEN."),
    )
    assert [each.status_code for each in answers] == [200, 200]
    assert await text_of(http, address) == "Good morning! JA. We go. JA. JA."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "without any text"),
        (" \n ", "without any text"),
        ("x" * 10_001, "up to 10,000 characters"),
        ("Two\nlines", "as many line breaks"),
        ("A\ttab", "a tab"),
        ("A bell\a", "control character U+0007 at character 7"),
        ("Line\u2028separator", "control character U+2028"),
        ("No\0thing", "NUL"),
        ("No\ufffe", "U+FFFE"),
    ],
)
async def test_a_text_that_is_no_sentence_changes_nothing(
    http: httpx.AsyncClient, service: WebService, text: str, why: str
) -> None:
    address = await stored(http, TEXT)
    refused = await edit(http, address, 0, text)
    assert refused.status_code == 400
    assert why in said(refused)
    form = await edit(http, address, 0, text, headers={})
    assert form.status_code == 400
    assert why in said(form)
    assert await text_of(http, address) == TEXT.upper()
    assert await service.rows("SELECT id FROM corrections") == []


async def test_what_is_not_there_is_not_changed(http: httpx.AsyncClient) -> None:
    address = await stored(http, TEXT)
    for seq, number in ((0, 9), (1, 0), (2**31 - 1, 0)):
        refused = await edit(http, address, number, "Yes.", seq=seq)
        assert refused.status_code == 404, (seq, number)
    assert (await edit(http, "/translations/99", 0, "Yes.")).status_code == 404
    assert (await edit(http, address, 0, "Yes.", source="Nein.")).status_code == 404
    await http.post(f"{address}/delete")
    assert (await edit(http, address, 0, "Yes.")).status_code == 404


async def test_without_the_database_it_is_said_and_nothing_is_changed(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await stored(http, TEXT)
    with service.database.away():
        refused = await edit(http, address, 0, "Good morning!")
        assert refused.status_code == 503
        assert "the database does not answer" in said(refused)
    assert await text_of(http, address) == TEXT.upper()


async def test_passages_that_are_done_are_corrected_while_others_run(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    paragraphs = [f"Heute kommen {number} Gäste. Ja.\n\n" for number in range(400)]
    text = "".join(paragraphs) + f"{'Lange. ' * 20}Schluss."
    address = await stored(http, text)
    last = (await http.get(f"{address}.json")).json()["passages"] - 1
    assert last >= 2
    with translator.holding():
        answer = await http.post("/translate", json={"text": text}, headers={"Prefer": "wait=0"})
        running = str(answer.headers["Content-Location"])
        waiting = await edit(http, running, 0, "Today, 0 guests come.", seq=last)
        assert waiting.status_code == 404
        assert "not translated yet" in said(waiting)
    await http.get(f"{running}.json", headers={"Prefer": "wait=20"})
    done = await edit(http, running, 0, "Today, 0 guests come.")
    assert 'hx-target="#passage-0 .target"' in done.text
    assert (await text_of(http, running)).startswith("Today, 0 guests come. JA.")
    yes = await edit(http, running, 1, "Yes.")
    assert "399 equal sentences" in said(yes)
    changed = await http.post(f"{step_of(yes)}/equal", headers=HTMX)
    assert "399 equal sentences are changed, too." in said(changed)
    assert all(f'hx-target="#passage-{seq} .target"' in changed.text for seq in range(1, last))
    assert (await text_of(http, running)).count("Yes.") == 400
    assert (await text_of(http, address)).count("Yes.") == 0
    await http.post(f"{step_of(changed)}/undo", headers=HTMX)
    assert (await text_of(http, running)).count("Yes.") == 1


async def test_every_download_has_it(http: httpx.AsyncClient) -> None:
    address = await stored(http, "Guten Morgen!\n\nWir gehen.")
    await edit(http, address, 1, "We go & <stay>.")
    texts = {
        ".txt": "GUTEN MORGEN!\n\nWe go & <stay>.",
        ".txt?bilingual=below": "Wir gehen.\n\nWe go & <stay>.",
        ".tsv": "Wir gehen.\tWe go & <stay>.\n",
        ".tmx": "<seg>We go &amp; &lt;stay&gt;.</seg>",
        ".json": "We go & <stay>.",
    }
    for ending, text in texts.items():
        assert text in (await http.get(address + ending)).text, ending
    line = json.loads((await http.get("/history.jsonl")).text)
    assert line["passages"][0]["target"] == texts[".txt"]
    found = await http.get("/", params={"q": "stay"})
    assert f'href="{address}"' in found.text


MARKED = (
    '<w:p><w:r><w:t xml:space="preserve">Das ist ein </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>'
    'rotes</w:t></w:r><w:r><w:t xml:space="preserve"> Haus.</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>Ja.</w:t></w:r></w:p>"
)


async def test_a_document_is_written_with_it_and_keeps_its_format(http: httpx.AsyncClient) -> None:
    address = await sent(http, "haus.docx", word_of(MARKED))
    page = await http.get(address)
    raw = html.unescape(re.search(r'data-raw="([^"]+)"', page.text)[1])  # type: ignore[index]
    assert raw == "DAS IST EIN <x1>ROTES</x1> HAUS."
    wrong = {
        "This is a red house.": "are missing: <x1> </x1>",
        "This is a <x1>red</x1> <x1>house</x1>.": "too often: <x1> </x1>",
        "This is a <x1>red</x1> house<x2/>.": "too often: <x2/>",
        "This is a </x1>red<x1> house.": "The tag </x1> stands before its beginning",
        "This is a <x1>red house.": "are missing: </x1>",
    }
    for text, why in wrong.items():
        refused = await edit(http, address, 0, text, seen=raw)
        assert refused.status_code == 400, text
        assert why in html.unescape(said(refused)), text
    done = await edit(http, address, 0, "This house is <x1>red</x1>.", seen=raw)
    assert done.status_code == 200, done.text
    document = await http.get(f"{address}/document")
    written = unpacked(document.content)["word/document.xml"].decode()
    assert re.search("<w:b/></w:rPr><w:t[^>]*>red</w:t>", written)
    assert "This house is " in written
    both = await http.get(f"{address}/document?bilingual=below")
    assert "This house is " in unpacked(both.content)["word/document.xml"].decode()
    listed = await http.get(f"{address}/corrections")
    assert "This house is red." in said(listed)
    form = await http.get(f"{address}/passages/0/sentences/0/edit")
    assert "This house is &lt;x1&gt;red&lt;/x1&gt;." in form.text


async def test_the_list_shows_each_correction_and_undoes_it(http: httpx.AsyncClient) -> None:
    address = await stored(http, TEXT)
    answer = await edit(http, address, 1, "Yes.")
    await http.post(f"{step_of(answer)}/equal", headers=HTMX)
    await edit(http, address, 0, "Good <b>morning!")
    page = await http.get(f"{address}/corrections")
    assert re.findall("<ins>(.*?)</ins>", page.text) == ["Good &lt;b&gt;morning!", "Yes.", "Yes."]
    assert "2 equal sentences" in page.text
    (newest, *_) = re.findall(f'action="({address}/corrections/[0-9]+/undo)"', page.text)
    undone = await http.post(newest)
    assert undone.status_code == 303
    assert undone.headers["Location"] == f"{address}/corrections"
    assert await text_of(http, address) == "GUTEN MORGEN! Yes. WIR GEHEN. Yes. Yes."
    again = await http.post(newest)
    assert again.status_code == 404
    assert "undone already" in said(again)
    german = await http.get(f"{address}/corrections", headers={"Accept-Language": "de"})
    assert "2 gleiche Sätze" in german.text


async def test_the_list_has_pages(http: httpx.AsyncClient, service: WebService) -> None:
    address = await stored(http, TEXT)
    for number in range(51):
        await edit(http, address, 0, f"Morning {number}!")
    page = await http.get(f"{address}/corrections")
    assert len(re.findall("<ins>", page.text)) == 50
    older = re.search(r'href="([^"]+\?before=\d+)" rel="next"', page.text)
    assert older
    assert re.findall("<ins>(.*?)</ins>", (await http.get(older[1])).text) == ["Morning 0!"]
    assert len(await service.rows("SELECT id FROM corrections")) == 51


async def test_without_scripts_a_form_does_it(http: httpx.AsyncClient) -> None:
    address = await stored(http, TEXT)
    page = await http.get(address)
    assert f'<noscript><p class="hint"><a href="{address}/passages/0">' in page.text
    sentences = await http.get(f"{address}/passages/0")
    assert sentences.text.count(">Edit</a>") == 5
    form = await http.get(f"{address}/passages/0/sentences/1/edit")
    assert ">\nJA.</textarea>" in form.text
    saved = await edit(http, address, 1, "Yes.", headers={}, source="Ja.", seen="JA.")
    assert saved.status_code == 303
    after = await http.get(saved.headers["Location"])
    assert "2 equal sentences have another translation. Change them, too?" in said(after)
    equal = re.search(f'action="({address}/corrections/[0-9]+/equal)"', after.text)
    assert equal
    assert (await http.post(equal[1])).status_code == 303
    assert await text_of(http, address) == "GUTEN MORGEN! Yes. WIR GEHEN. Yes. Yes."
    assert (await http.get(f"{address}/passages/7")).status_code == 404
    assert (await http.get(f"{address}/passages/0/sentences/77/edit")).status_code == 404


async def test_a_confirmed_sentence_is_chosen_and_the_same_again_changes_nothing(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await stored(http, "Das ist vielleicht gut.")
    confirmed = await edit(http, address, 0, "DAS IST VIELLEICHT GUT.")
    assert "Corrected." in said(confirmed)
    assert (await http.get(f"{address}.json")).json()["warnings"] == []
    again = await edit(http, address, 0, "DAS IST VIELLEICHT GUT.")
    assert "Nothing was changed." in said(again)
    assert len(await service.rows("SELECT id FROM corrections")) == 1


async def test_another_site_corrects_nothing(http: httpx.AsyncClient) -> None:
    address = await stored(http, TEXT)
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"}
    assert (await edit(http, address, 0, "Hi!", headers=elsewhere)).status_code == 403
    path = f"{address}/passages/0/sentences/0"
    answer = await http.patch(path, json={"target": "Hi!"}, headers=elsewhere)
    assert answer.status_code == 403
    assert await text_of(http, address) == TEXT.upper()


async def test_a_correction_is_remembered_until_it_is_taken_back(http: httpx.AsyncClient) -> None:
    async def translated(text: str) -> str:
        answer = await http.post("/translate", json={"text": text})
        return str(answer.json()["text"])

    short = await http.post("/translate", json={"text": "Ja. Wir gehen."})
    address = f"/translations/{short.json()['id']}"
    corrected = await edit(http, address, 0, "Yes, indeed.", source="Ja.")
    assert await translated("Nein. Ja. Bald.") == "NEIN. Yes, indeed. BALD."
    await http.post(f"{step_of(corrected)}/undo", headers=HTMX)
    assert await translated("Nein. Ja. Morgen.") == "NEIN. JA. MORGEN."


async def test_a_correction_stays_while_its_text_is_written_on(http: httpx.AsyncClient) -> None:
    # By its place, and not because the memory has it.
    await http.put("/memory/de/en/switch", json={"remember": False})
    form = {"pair": "de en", "text": "Ja. Wir gehen. Ja.", "keep": "1"}
    address = str((await http.post("/live", data=form)).headers["HX-Replace-Url"])
    draft = {"draft": address.rpartition("/")[2]}
    answer = await edit(http, address, 2, "Yes.", source="Ja.", linked="1")
    written = form | draft | {"text": "Ja. Wir gehen. Ja. Bald. Ja."}
    shown = await http.post("/live", data=written | {"keep": ""})
    targets = re.findall(r">([^<]+)</span>", shown.text)
    assert targets == ["JA.", "WIR GEHEN.", "Yes.", "BALD.", "JA."]
    await http.post("/live", data=written)
    assert await text_of(http, address) == "JA. WIR GEHEN. Yes. BALD. JA."
    await http.post("/live", data=written | {"text": "Wir gehen. Ja. Bald. Ja."})
    assert await text_of(http, address) == "WIR GEHEN. Yes. BALD. JA."
    undone = await http.post(f"{step_of(answer)}/undo", headers=HTMX)
    assert undone.status_code == 200, "it is undone where it is now"
    assert await text_of(http, address) == "WIR GEHEN. JA. BALD. JA."


async def test_another_language_takes_no_correction_along(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-en-de", "en", "de")
    async with service.started() as http:
        form = {"pair": "de en", "text": "Ja. Nein.", "keep": "1"}
        address = str((await http.post("/live", data=form)).headers["HX-Replace-Url"])
        await edit(http, address, 0, "Yes.")
        draft = {"draft": address.rpartition("/")[2], "pair": "en de"}
        await http.post("/live", data=form | draft)
        assert await text_of(http, address) == "ja. nein."
