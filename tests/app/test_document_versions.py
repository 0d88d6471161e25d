"""A newer version of a document: what did not change keeps its translation."""

import re

import httpx
import pytest

from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService

OLD = "# Vertrag\n\nDer Mieter zahlt. Haustiere sind erlaubt.\n\n- Der Keller gehört dazu.\n"
NEW = OLD.replace("Haustiere sind", "Ein Hund ist").replace("- Der", "- Neu ist das.\n- Der")


async def sent(http: httpx.AsyncClient, content: str, **fields: str) -> str:
    """The address of a document's translation, once it is done."""
    answer = await http.post(
        "/translate",
        data={"pair": "de en", **fields},
        files={"file": ("vertrag.md", content.encode())},
    )
    assert answer.status_code == 303, answer.text
    await http.get(f"{answer.headers['Location']}.json", headers={"Prefer": "wait=20"})
    return str(answer.headers["Location"])


async def test_only_changed_sentences_are_translated(
    http: httpx.AsyncClient, translator: FakeTranslator, service: WebService
) -> None:
    older = await sent(http, OLD)
    # As if a person had chosen another translation of one sentence.
    await service.rows(
        "UPDATE passages SET target = REPLACE(target, 'DER MIETER ZAHLT.', 'The tenant pays.')"
    )
    await service.rows("UPDATE sentences SET spans = REPLACE(spans, '[17,17,', '[17,16,')")
    newer = await sent(http, NEW, previous=older.rpartition("/")[2])
    known = translator.questions[-1].known
    assert set(known) == {"Vertrag", "Der Mieter zahlt.", "Der Keller gehört dazu."}
    assert (await http.get(f"{newer}/document")).text == (
        "# VERTRAG\n\nThe tenant pays. EIN HUND IST ERLAUBT.\n\n"
        "- NEU IST DAS.\n- DER KELLER GEHÖRT DAZU.\n"
    )
    page = (await http.get(newer)).text
    assert "2 of 4 paragraphs are new or changed" in page
    assert f'href="{older}"' in page
    assert known["Der Mieter zahlt."]["target"] == "The tenant pays."


async def test_a_new_version_keeps_corrections_and_shows_what_changed(
    http: httpx.AsyncClient,
) -> None:
    older = await sent(http, OLD)
    passage = (await http.get(f"{older}/passages/0.json")).json()
    (number,) = [
        each["number"] for each in passage["sentences"] if each["source"] == "Der Mieter zahlt."
    ]
    path = f"{older}/passages/0/sentences/{number}"
    (await http.patch(path, json={"target": "The tenant pays."})).raise_for_status()
    newer = await sent(http, NEW, previous=older.rpartition("/")[2])
    assert "The tenant pays. EIN HUND" in (await http.get(f"{newer}/document")).text
    page = (await http.get(newer)).text
    summary = re.search("<summary>([^<]*is new[^<]*)</summary>", page)
    assert summary, page
    assert " ".join(summary[1].split()) == (
        "1 sentence is new · 1 is changed · 0 are gone · 3 are as before"
    )
    assert re.findall('data-mark="(new|changed)" title="([^"]*)"', page) == [
        ("changed", "Before: Haustiere sind erlaubt."),
        ("new", "This sentence is new in this version."),
    ]
    anchors = re.findall('href="[^"]*#(revision-[0-9-]+)"', page)
    assert len(anchors) == 2
    assert all(f'id="{each}"' in page for each in anchors)
    assert 'class="sentence corrected"' in page
    # The correction is the older one's; here it can be made anew, and undone.
    assert "1 correction" not in page
    await http.post(f"{older}/delete")
    page = (await http.get(newer)).text
    assert page.count("data-mark") == 2
    events = (await http.get(f"{newer}/events")).text
    assert "Mark them on the page" in events


async def test_equal_sentences_keep_what_was_chosen_for_each_of_them(
    http: httpx.AsyncClient,
) -> None:
    await http.put("/memory/de/en/switch", json={"remember": False})
    older = await sent(http, "Eins.\n\nJa.\n\nZwei.\n\nJa.\n\nDrei.\n\nJa.\n")
    passage = (await http.get(f"{older}/passages/0.json")).json()
    numbers = [each["number"] for each in passage["sentences"] if each["source"] == "Ja."]
    for number, target in zip(numbers, ("Yes.", "Right."), strict=False):
        path = f"{older}/passages/0/sentences/{number}"
        (await http.patch(path, json={"target": target})).raise_for_status()
    new = "Eins.\n\nJa.\n\nNeu.\n\nZwei.\n\nJa.\n\nDrei.\n\nJa.\n"
    newer = await sent(http, new, previous=older.rpartition("/")[2])
    assert (await http.get(f"{newer}/document")).text == (
        "EINS.\n\nYes.\n\nNEU.\n\nZWEI.\n\nRight.\n\nDREI.\n\nJA.\n"
    )


async def test_without_the_older_version_nothing_is_marked(http: httpx.AsyncClient) -> None:
    older = await sent(http, OLD)
    newer = await sent(http, NEW, previous=older.rpartition("/")[2])
    await http.post(f"{older}/delete")
    page = (await http.get(newer)).text
    assert "2 of 4 paragraphs are new or changed" in page
    assert "data-mark" not in page


async def test_a_version_of_a_plain_text_is_a_document(http: httpx.AsyncClient) -> None:
    answer = await http.post("/translate", json={"text": "Der Mieter zahlt."})
    older = answer.headers["Content-Location"].rpartition("/")[2]
    answer = await http.post(
        "/translate",
        data={"pair": "de en", "previous": older},
        files={"file": ("neu.txt", b"Der Mieter zahlt. Gern.")},
    )
    assert answer.status_code == 303
    await http.get(f"{answer.headers['Location']}.json", headers={"Prefer": "wait=20"})
    document = await http.get(f"{answer.headers['Location']}/document")
    assert document.text == "DER MIETER ZAHLT. GERN."


async def test_the_older_version_by_its_document_id(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    files = {"file": ("vertrag.md", OLD.encode())}
    ticket = (await http.post("/v2/document", data={"target_lang": "EN"}, files=files)).json()
    data = {"target_lang": "EN", "previous": ticket["document_id"], "source_lang": "DE"}
    await translator.asked(1)
    key = {"document_key": ticket["document_key"]}
    await http.post("/translate_file", data={"source": "de", "target": "en"}, files=files)
    status = await http.post(f"/v2/document/{ticket['document_id']}", data=key)
    assert status.json()["status"] == "done"
    count = len(translator.questions)
    answer = await http.post("/v2/document", data=data, files=files)
    assert answer.status_code == 200, answer.text
    await translator.asked(count + 1)
    assert "Der Mieter zahlt." in translator.questions[-1].known


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"previous": "99"}, 404, "There is no translation 99."),
        ({"previous": "0123abcd"}, 404, "there is no such document"),
        ({"bilingual": "above"}, 400, "can be: below, beside"),
        ({"output_format": "docx"}, 400, "A .csv file cannot be given back as .docx"),
        ({"columns": "Farbe"}, 400, "The table has no column Farbe"),
        ({"sheet_names": "true"}, 400, "Nothing was kept"),
    ],
)
async def test_options_that_cannot_be_met_store_nothing(
    http: httpx.AsyncClient, service: WebService, fields: dict[str, str], status: int, said: str
) -> None:
    files = {"file": ("tabelle.csv", b"Titel;Notiz\nDer Hund.;Die Katze.\n")}
    for address, key in (("/v2/document", "message"), ("/translate_file", "error")):
        data = {"target_lang": "EN", "source": "de", "target": "en", **fields}
        answer = await http.post(address, data=data, files=files)
        assert answer.status_code == status
        assert said in answer.json()[key]
    assert await service.rows("SELECT id FROM translations") == []


async def test_columns_of_a_table(http: httpx.AsyncClient) -> None:
    files = {"file": ("tabelle.csv", b"Titel;Notiz\nDer Hund.;Die Katze.\n")}
    data = {"source": "de", "target": "en", "columns": "Notiz"}
    answer = await http.post("/translate_file", data=data, files=files)
    document = await http.get(answer.json()["translatedFileUrl"])
    assert document.text == "Titel;NOTIZ\nDer Hund.;DIE KATZE.\n"


async def test_a_version_in_other_languages_is_none(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    translator.install("fake-en-de", "en", "de")
    older = (await sent(http, OLD)).rpartition("/")[2]
    answer = await http.post(
        "/translate_file",
        data={"source": "en", "target": "de", "previous": older},
        files={"file": ("a.md", b"The tenant pays.\n")},
    )
    assert answer.status_code == 400
    assert "is from de to en" in answer.json()["error"]


async def test_a_page_of_another_site_names_no_stored_translation(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    older = (await sent(http, OLD)).rpartition("/")[2]
    count = len(translator.questions)
    files = {"file": ("vertrag.md", NEW.encode())}
    data = {"source": "de", "target": "en"}
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"}
    refused = await http.post(
        "/translate_file", data=data | {"previous": older}, files=files, headers=elsewhere
    )
    assert refused.status_code == 403
    assert len(translator.questions) == count
    allowed = await http.post("/translate_file", data=data, files=files, headers=elsewhere)
    assert allowed.status_code == 200
