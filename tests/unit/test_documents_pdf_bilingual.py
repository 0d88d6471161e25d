"""Bilingual PDF: each page has its translation beside it or after it, and its links."""

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.pdf_files import column, linked, pdf_of, shown
from tests.unit.test_documents_pdf_converted import REPORT
from tests.unit.test_documents_pdf_fields import form
from tests.unit.test_documents_pdf_producers import check
from web.formats.base import BilingualDocument, BilingualLayout, DocumentError
from web.formats.pdf.document import PdfDocument
from web.formats.registry import KINDS

PAGES = ("Guten Morgen!", "Guten Abend!")
ENGLISH = {"Guten Morgen!": "Good morning!", "Guten Abend!": "Good evening!", "Der Tag": "The day"}
ADDRESS = "https://example.org/"
LAYOUTS: tuple[BilingualLayout, ...] = ("below", "beside")


def sample(rotation: int = 0) -> bytes:
    """Two pages, with a link to an address and one to the second page, and a bookmark."""
    pages = [shown(50, 700, text) for text in PAGES]
    data = linked(
        pdf_of(*pages, title="Der Tag", bookmarks=[PAGES[0]]), ADDRESS, (49, 690, 140, 715)
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        inner = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[50, 10, 90, 30],
            Dest=[pdf.pages[1].obj, pikepdf.Name.XYZ, 0, 700, 0],
        )  # fmt: skip
        pdf.pages[0].Annots.append(pdf.make_indirect(inner))
        for page in pdf.pages:
            page.obj.Rotate = rotation
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def bilingual(data: bytes, layout: BilingualLayout) -> bytes:
    document = PdfDocument(data)
    return document.bilingual([ENGLISH.get(line, line) for line in document.lines], layout, "en")


def test_the_translation_stands_beside_its_page() -> None:
    made = bilingual(sample(), "beside")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 2
        page = pdf.pages[0]
        assert [float(each) for each in page.mediabox] == [0, 0, 1190, 842]
        own, inner, there, other = page.obj.Annots
        assert [float(each) for each in own.Rect] == [49, 690, 140, 715]
        assert str(there.A.URI) == ADDRESS
        assert 595 + 49 <= float(there.Rect[0]) < float(there.Rect[2]) < 595 + 140
        assert other.Dest[0].objgen == inner.Dest[0].objgen == pdf.pages[1].obj.objgen
        content = page.obj.Contents[-1].read_bytes()
        assert b"1 0 0 1 595.000 0.000 cm /UTransPage Do" in content
        assert str(pdf.docinfo["/Title"]) == "Der Tag / The day"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Guten Morgen! / Good morning!"]
    assert list(PdfDocument(made).lines) == [
        "Der Tag / The day", *[x for text in PAGES for x in (text, ENGLISH[text])],
        "Guten Morgen! / Good morning!",
    ]  # fmt: skip


def test_the_translation_is_on_the_page_after() -> None:
    made = bilingual(sample(), "below")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 4
        assert all(page.mediabox == pdf.pages[0].mediabox for page in pdf.pages)
        assert pdf.pages[0].obj.Annots[1].Dest[0].objgen == pdf.pages[2].obj.objgen
        assert pdf.pages[1].obj.Annots[1].Dest[0].objgen == pdf.pages[2].obj.objgen
    expected = [x for text in PAGES for x in (text, ENGLISH[text])]
    assert list(PdfDocument(made).lines)[1:5] == expected


def test_pages_with_common_resources_have_each_its_translation() -> None:
    with pikepdf.open(io.BytesIO(sample())) as pdf:
        common = pdf.make_indirect(pdf.pages[0].obj.Resources)
        for page in pdf.pages:
            page.obj.Resources = common
        made = io.BytesIO()
        pdf.save(made)
    lines = PdfDocument(bilingual(made.getvalue(), "beside")).lines
    assert list(lines)[1:5] == [x for text in PAGES for x in (text, ENGLISH[text])]


@pytest.mark.parametrize(
    ("rotation", "box"),
    [
        (90, [0, 0, 595, 1684]),
        (180, [-595, 0, 595, 842]),
        (270, [0, -842, 595, 842]),
    ],
)
def test_a_page_that_is_turned_has_its_right_side_elsewhere(rotation: int, box: list[int]) -> None:
    with pikepdf.open(io.BytesIO(bilingual(sample(rotation), "beside"))) as pdf:
        assert [float(each) for each in pdf.pages[0].mediabox] == box
        assert pdf.pages[0].rotation == rotation


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "data",
    [REPORT, form(), sample(), pdf_of("q q 2 0 0 2 0 0 cm " + column(50, 300, PAGES))],
    ids=["report", "form", "links", "unclosed"],
)
def test_qpdf_finds_nothing_wrong(data: bytes, layout: BilingualLayout, tmp_path: Path) -> None:
    check(bilingual(data, layout), tmp_path)


def test_it_is_a_kind_with_both_layouts() -> None:
    document = PdfDocument(REPORT)
    assert isinstance(document, BilingualDocument)
    assert KINDS[".pdf"].layouts == LAYOUTS
    with pytest.raises(DocumentError, match="number of lines"):
        document.bilingual([], "beside")


WITH_ALL = linked(form(), ADDRESS, (50, 697, 80, 709))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(WITH_ALL)), st.binary(max_size=4)), max_size=8))
def test_damage_is_refused_or_read_and_never_another_exception(
    changes: list[tuple[int, bytes]],
) -> None:
    data = bytearray(WITH_ALL)
    for place, new in changes:
        data[place : place + len(new)] = new
    try:
        document = PdfDocument(bytes(data))
        document.bilingual([line.upper() for line in document.lines], "beside", "en")
        document.converted(document.lines, ".docx", "en")
    except DocumentError:
        pass
