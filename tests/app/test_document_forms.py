"""Forms of a translated document: both languages, and other kinds, in and out by each interface."""

import io
from collections.abc import Sequence

import docx
import httpx
import pytest
from docx.document import Document

from tests.support import documents, pdf_files

NOTE = "Der Hund schläft.\r\n\r\nDie Katze frisst.\r\n".encode()
IN_BOTH = (
    "Der Hund schläft.\r\n\r\nDER HUND SCHLÄFT.\r\n\r\n"
    "Die Katze frisst.\r\n\r\nDIE KATZE FRISST.\r\n"
).encode()
LETTER = documents.word_of(
    "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("Der Hund schläft.", "Er träumt.")
    )
)
IN_TURN = ["Der Hund schläft.", "DER HUND SCHLÄFT.", "Er träumt.", "ER TRÄUMT."]


async def sent(http: httpx.AsyncClient, name: str, content: bytes, **fields: str) -> str:
    """The address of a document that the page's form has sent, once it is translated."""
    answer = await http.post(
        "/translate", data={"pair": "de en", **fields}, files={"file": (name, content)}
    )
    assert answer.status_code == 303, answer.text
    await http.get(f"{answer.headers['Location']}.json", headers={"Prefer": "wait=20"})
    return f"{answer.headers['Location']}/document"


def word(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def paragraphs(content: bytes) -> list[str]:
    return [each.text for each in word(content).paragraphs if each.text]


def rows(content: bytes) -> Sequence[list[str]]:
    return [
        [cell.text for cell in row.cells] for table in word(content).tables for row in table.rows
    ]


async def test_the_address_of_a_document_asks_for_both_languages(http: httpx.AsyncClient) -> None:
    where = await sent(http, "brief.docx", LETTER)
    below = await http.get(where, params={"bilingual": "below"})
    assert paragraphs(below.content) == IN_TURN
    assert below.headers["Content-Disposition"] == "attachment; filename*=UTF-8''brief.docx"
    beside = await http.get(where, params={"bilingual": "beside"})
    assert rows(beside.content) == [IN_TURN[:2], IN_TURN[2:]]
    # Without a form it is the translation alone, as before.
    assert paragraphs((await http.get(where)).content) == IN_TURN[1::2]


async def test_a_plain_text_in_both_languages(http: httpx.AsyncClient) -> None:
    where = await sent(http, "notiz.txt", NOTE, bilingual="below")
    assert (await http.get(where)).content == IN_BOTH
    assert (await http.get(where, params={"bilingual": "below"})).content == IN_BOTH
    beside = await http.get(where, params={"bilingual": "beside"})
    assert beside.status_code == 400
    assert "A .txt file cannot have both languages 'beside'" in beside.text


@pytest.mark.parametrize("layout", ["below", "beside"])
async def test_deepl_s_interface_takes_the_layout_with_the_document(
    http: httpx.AsyncClient, layout: str
) -> None:
    ticket = await http.post(
        "/v2/document",
        data={"source_lang": "DE", "target_lang": "EN", "bilingual": layout},
        files={"file": ("brief.docx", LETTER)},
    )
    assert ticket.status_code == 200, ticket.text
    address = f"/v2/document/{ticket.json()['document_id']}"
    key = {"document_key": ticket.json()["document_key"]}
    while (status := (await http.post(address, data=key)).json())["status"] != "done":
        assert status["status"] in {"queued", "translating"}, status
    content = (await http.post(f"{address}/result", data=key)).content
    if layout == "beside":
        assert rows(content) == [IN_TURN[:2], IN_TURN[2:]]
    else:
        assert paragraphs(content) == IN_TURN


async def test_a_plain_text_in_both_languages_by_deepl_s_interface(
    http: httpx.AsyncClient,
) -> None:
    ticket = await http.post(
        "/v2/document",
        data={"source_lang": "DE", "target_lang": "EN", "bilingual": "below"},
        files={"file": ("notiz.txt", NOTE)},
    )
    assert ticket.status_code == 200, ticket.text
    address = f"/v2/document/{ticket.json()['document_id']}"
    key = {"document_key": ticket.json()["document_key"]}
    while (status := (await http.post(address, data=key)).json())["status"] != "done":
        assert status["status"] in {"queued", "translating"}, status
    assert (await http.post(f"{address}/result", data=key)).content == IN_BOTH


async def test_a_pdf_becomes_a_word_document(http: httpx.AsyncClient) -> None:
    page = pdf_files.column(72, 700, ["Der Hund schläft in der Sonne.", "Die Katze frisst."])
    answer = await http.post(
        "/translate_file",
        data={"source": "de", "target": "en", "output_format": "docx"},
        files={"file": ("seite.pdf", pdf_files.pdf_of(page))},
    )
    assert answer.status_code == 200, answer.text
    made = await http.get(answer.json()["translatedFileUrl"])
    assert made.headers["Content-Disposition"] == "attachment; filename*=UTF-8''seite.docx"
    assert "wordprocessingml" in made.headers["Content-Type"]
    assert "DER HUND SCHLÄFT IN DER SONNE." in " ".join(paragraphs(made.content))
