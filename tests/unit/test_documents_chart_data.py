"""A chart's workbook says what the chart shows, so that editing its data brings no German back."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from lxml import etree

from tests.support.documents import packed, replaced, unpacked, word_of
from tests.support.office_documents import CHART, OFFICE, RELATIONS, presentation, workbook
from web.formats.base import DocumentError
from web.formats.office.chart_data import ChartData
from web.formats.office.ooxml import OfficePackage
from web.formats.package import Package, declared_size
from web.formats.registry import open_document

WORDS = {"Das Haus": "The house", "Der Morgen": "The morning", "Der Umsatz": "Sales"}
STRINGS = "".join(
    f"<si><t>{text}</t></si>" for text in ("Das Haus", "Der Morgen", "Nicht gezeigt", "Der Umsatz")
)
COLUMNS = '<tableColumn id="1" name="Das Haus"/><tableColumn id="2" name="Nicht gezeigt"/>'


def related(folder: str) -> dict[str, bytes]:
    """The list of parts of a chart in this folder that has a workbook."""
    return {
        f"{folder}/charts/_rels/chart1.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/package" '
            'Target="../embeddings/Mappe%201.xlsx"/>'
            f'<Relationship Id="rId2" Type="{RELATIONS}/image" Target="../media/image1.png"/>'
            "</Relationships>"
        ).encode()
    }


def with_data(data: bytes, folder: str, book: bytes) -> bytes:
    """A document whose chart has this workbook."""
    more = {**related(folder), f"{folder}/embeddings/Mappe 1.xlsx": book}
    return packed({**unpacked(data), **more})


def word() -> bytes:
    """A Word document with a chart."""
    data = unpacked(word_of("<w:p><w:r><w:t>Der Anfang</w:t></w:r></w:p>"))
    data["word/charts/chart1.xml"] = CHART.encode()
    types = (
        f'<Override PartName="/word/charts/chart1.xml" ContentType="{OFFICE}drawingml.chart+xml"/>'
        "</Types>"
    )
    return replaced(packed(data), "[Content_Types].xml", "</Types>", types)


def rebuilt(name: str, data: bytes, words: Mapping[str, str] = WORDS) -> dict[str, bytes]:
    document = open_document(name, data)
    return unpacked(document.rebuilt([words.get(line, line) for line in document.lines], "en"))


def texts(book: bytes, part: str = "xl/sharedStrings.xml") -> list[str]:
    return ["".join(each.itertext()) for each in etree.fromstring(unpacked(book)[part])]


@pytest.mark.parametrize(
    ("name", "data", "folder"),
    [("a.pptx", presentation(), "ppt"), ("a.docx", word(), "word")],
)
def test_a_workbook_says_what_its_chart_shows(name: str, data: bytes, folder: str) -> None:
    book = workbook(STRINGS, COLUMNS)
    whole = with_data(data, folder, book)
    assert open_document(name, whole).lines == open_document(name, data).lines
    parts = rebuilt(name, whole)
    new = parts[f"{folder}/embeddings/Mappe 1.xlsx"]
    # The title is not from a cell, and the chart of the workbook itself is none of the document.
    assert texts(new) == ["The house", "The morning", "Nicht gezeigt", "Der Umsatz"]
    cached = etree.fromstring(parts[f"{folder}/charts/chart1.xml"])
    assert {"The house", "The morning"} <= {each.text for each in cached.iter("{*}v")}
    # Excel takes a workbook for damaged in which a column is not called as its cell.
    table = etree.fromstring(unpacked(new)["xl/tables/table1.xml"])
    names = [each.get("name") for each in table.iter("{*}tableColumn")]
    assert names == ["The house", "Nicht gezeigt"]
    same = rebuilt(name, whole, {})
    assert same[f"{folder}/embeddings/Mappe 1.xlsx"] == book


@pytest.mark.parametrize(
    "book", [b"", b"PK\x03\x04", b"\xff\xfePK", b"Das Haus", packed({"a": "b"})]
)
def test_a_workbook_that_cannot_be_read_stays(book: bytes) -> None:
    parts = rebuilt("a.pptx", with_data(presentation(), "ppt", book))
    assert parts["ppt/embeddings/Mappe 1.xlsx"] == book
    assert b"The house" in parts["ppt/charts/chart1.xml"]


def test_a_workbook_behind_other_bytes_stays() -> None:
    book = b"\xff\xfe" + workbook(STRINGS, COLUMNS)
    parts = rebuilt("a.pptx", with_data(presentation(), "ppt", book))
    assert parts["ppt/embeddings/Mappe 1.xlsx"] == book


@pytest.mark.parametrize("size", [9, 250_000_000])
def test_a_workbook_that_lies_about_its_size_stays(size: int) -> None:
    """No more is unpacked than a zip says, and no zip that says too much."""
    book = workbook("<si><t>Das Haus</t></si>" * 999, COLUMNS)
    with zipfile.ZipFile(io.BytesIO(book)) as source:
        true = source.getinfo("xl/sharedStrings.xml").file_size
    lying = book.replace(true.to_bytes(4, "little"), size.to_bytes(4, "little"))
    assert lying != book
    parts = rebuilt("a.pptx", with_data(presentation(), "ppt", lying))
    assert parts["ppt/embeddings/Mappe 1.xlsx"] == lying


def test_workbooks_that_are_too_large_together_stay() -> None:
    book = workbook(STRINGS, COLUMNS)
    package = Package(with_data(presentation(), "ppt", book))
    office = OfficePackage(package, {f"{OFFICE}presentationml.presentation.main+xml"})
    most = declared_size(book)
    charts = ["ppt/charts/chart1.xml"]
    assert list(ChartData(office, charts, most).finishes) == ["ppt/embeddings/Mappe 1.xlsx"]
    assert not ChartData(office, charts, most - 1).finishes


def test_a_text_that_a_formula_of_the_workbook_compares_with_stays() -> None:
    cells = "<row><c><f>COUNTIF(A1:A9,&quot;Der Morgen&quot;)</f></c></row>"
    book = workbook(STRINGS, '<tableColumn id="1" name="x"/>', cells)
    parts = rebuilt("a.pptx", with_data(presentation(), "ppt", book))
    new = parts["ppt/embeddings/Mappe 1.xlsx"]
    assert texts(new)[:2] == ["The house", "Der Morgen"]


def test_a_damaged_list_of_a_chart_s_parts_is_refused() -> None:
    data = packed({**unpacked(presentation()), "ppt/charts/_rels/chart1.xml.rels": "<a"})
    with pytest.raises(DocumentError):
        open_document("a.pptx", data)
