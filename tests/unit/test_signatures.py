"""A file is known by its first bytes; a name that says something else is told so."""

import io
import zipfile

import pytest

from tests.support import documents
from web.formats.base import DocumentError
from web.formats.registry import INSTEAD, KINDS, check_content, kind_of
from web.formats.signatures import signature


def zipped(*names: str, mimetype: bytes = b"") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        if mimetype:
            made.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name in names:
            made.writestr(name, b"<a/>" * 50)
    return data.getvalue()


OFFICE = "[Content_Types].xml"
ODF = b"application/vnd.oasis.opendocument."
FILES = {
    "a PDF": b"%PDF-1.7\n",
    "a Rich Text document": b"{\\rtf1 Hallo}",
    "an image": b"\x89PNG\r\n\x1a\n",
    "a compressed file": b"\x1f\x8b\x08",
    "a Word document": zipped(OFFICE, "word/document.xml"),
    "a PowerPoint presentation": zipped(OFFICE, "ppt/presentation.xml"),
    "an Excel workbook": zipped(OFFICE, "xl/workbook.xml"),
    "an OpenDocument text": zipped("content.xml", mimetype=ODF + b"text"),
    "an OpenDocument spreadsheet": zipped("content.xml", mimetype=ODF + b"spreadsheet"),
    "a book (EPUB)": zipped("c.opf", mimetype=b"application/epub+zip"),
    "a zip file": zipped("word.txt", "Keyword/a.txt"),
}


@pytest.mark.parametrize("kind", FILES)
def test_first_bytes_tell_the_kind(kind: str) -> None:
    found = signature(FILES[kind])
    assert found is not None
    assert str(found[0]) == kind
    for name in ("brief.txt", "seite.html", "film.srt"):
        with pytest.raises(DocumentError, match="Nothing was kept") as refused:
            check_content(name, FILES[kind])
        assert f"but it is {kind}" in refused.value.message


@pytest.mark.parametrize("data", [b"Hallo", "Grüße".encode("utf-16"), b"\xef\xbb\xbf# A", b"<p>"])
def test_a_text_has_no_signature(data: bytes) -> None:
    assert signature(data) is None
    check_content("brief.txt", data)


def test_the_own_kinds_are_what_their_names_say() -> None:
    check_content("a.docx", documents.word_of("<w:p/>"))
    check_content("a.ODT", documents.open_document_text())
    check_content("a.epub", documents.book())
    with pytest.raises(DocumentError, match=r"ends in \.odt, but it is a Word document"):
        check_content("a.odt", documents.word_of("<w:p/>"))


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.srt"])
def test_an_empty_file_is_said_to_be_empty(name: str) -> None:
    with pytest.raises(DocumentError, match="The file is empty"):
        check_content(name, b"")


def test_what_is_not_translated_is_said_with_what_is_instead() -> None:
    for ending, instead in INSTEAD.items():
        if instead in KINDS:
            with pytest.raises(DocumentError, match=f"save it as {instead}"):
                kind_of(f"a{ending.upper()}")
    with pytest.raises(DocumentError, match=r"These are: \.txt"):
        kind_of("a.exe")
    assert kind_of("README").open is None
