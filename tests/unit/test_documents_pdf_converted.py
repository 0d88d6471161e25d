"""PDF as another kind of file: its headings, lists, tables, links and pictures are found."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.pdf_files import column, linked, pdf_of, shown
from web.formats.base import ConvertibleDocument, DocumentError
from web.formats.pdf.document import CONVERSIONS, PdfDocument
from web.formats.registry import KINDS

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEFT = (
    "Im Sommer war es heiß und trocken, und die",
    "Menschen gingen an den See, um dort zu baden.",
)
RIGHT = (
    "Am Abend wurde gegrillt, und alle Nachbarn",
    "kamen zu Besuch und sprachen über Politik.",
)
WIDE = "Danach wurde es kühler, und die Ernte begann, von der alle im Dorf das ganze Jahr leben."


def page(number: int, body: str) -> str:
    """A page with a header and its number."""
    head = shown(50, 810, "Gartenverein Köln", size=8)
    return "\n".join((head, body, shown(290, 30, str(number), size=8)))


def grid(x: float, y: float, rows: list[list[str]]) -> str:
    """A table with lines around its cells."""
    parts = []
    for row, cells in enumerate(rows):
        for index, cell in enumerate(cells):
            left, bottom = x + 120 * index, y - 20 * row
            parts.append(f"{left} {bottom - 6} 120 20 re S")
            if cell:
                parts.append(shown(left + 4, bottom, cell))
    return "\n".join(parts)


REPORT = pdf_of(
    page(
        1,
        "\n".join((
            shown(50, 760, "Der Bericht über den Sommer", "B", 20),
            column(50, 720, LEFT),
            column(310, 720, RIGHT),
            shown(50, 680, WIDE),
            shown(50, 660, "Ernte", "B", 12),
            shown(50, 640, "•"), shown(62, 640, "Äpfel und Birnen"),
            shown(50, 628, "•"), shown(62, 628, "Kirschen"),
            shown(70, 616, "•"), shown(82, 616, "rote"),
            shown(50, 604, "•"), shown(62, 604, "Pflaumen"),
            shown(50, 580, "3."), shown(66, 580, "Erst gießen"),
            shown(50, 568, "4."), shown(66, 568, "Dann ernten"),
        )),
    ),
    page(
        2,
        "\n".join((
            grid(50, 740, [["Obst", "Menge", "Preis"], ["Äpfel", "10 kg", "2,50"], ["", "", "8"]]),
            shown(50, 600, "Summe"), shown(300, 600, "48,00 €"),
            shown(50, 588, "Steuer"), shown(300, 588, "3,36 €"),
            column(50, 500, ["Das ist alles, und mehr ist darüber nicht zu sagen."]),
        )),
    ),
    title="Der Sommer",
)  # fmt: skip


def markdown(data: bytes) -> str:
    document = PdfDocument(data)
    return document.converted(document.lines, ".md").decode()


def test_columns_headings_lists_tables_are_markdown_and_headers_are_left_out() -> None:
    assert markdown(REPORT) == (
        "# Der Bericht über den Sommer\n\n"
        "Im Sommer war es heiß und trocken, und die Menschen gingen an den See, um dort zu "
        "baden.\n\n"
        "Am Abend wurde gegrillt, und alle Nachbarn kamen zu Besuch und sprachen über Politik.\n\n"
        f"{WIDE}\n\n"
        "## Ernte\n\n"
        "- Äpfel und Birnen\n- Kirschen\n    - rote\n- Pflaumen\n\n<!-- -->\n\n"
        "3. Erst gießen\n4. Dann ernten\n\n"
        "| Obst | Menge | Preis |\n| --- | --- | --- |\n| Äpfel | 10 kg | 2,50 |\n|  |  | 8 |\n\n"
        "| Summe | 48,00 € |\n| --- | --- |\n| Steuer | 3,36 € |\n\n"
        "Das ist alles, und mehr ist darüber nicht zu sagen.\n"
    )


def test_the_translation_is_in_it_and_its_language_is_named() -> None:
    document = PdfDocument(REPORT)
    targets = [f"English {line.replace('<', '').replace('>', '')}" for line in document.lines]
    made = document.converted(targets, ".html", "en").decode()
    assert '<html lang="en">' in made
    assert "<title>English Der Sommer</title>" in made
    assert "<header>\n<p>English Gartenverein Köln</p>\n</header>" in made
    assert "<h1>English Der Bericht über den Sommer</h1>" in made
    assert (
        "<ul>\n<li>English Äpfel und Birnen\n</li>\n<li>English Kirschen\n<ul>\n"
        "<li>English rote\n</li></ul>\n</li>\n<li>English Pflaumen\n</li></ul>\n"
        '<ol start="3">\n<li>English Erst gießen\n</li>\n<li>English Dann ernten\n</li></ol>'
    ) in made
    assert "<tr><td><p>English Äpfel</p></td><td><p>English 10 kg</p></td>" in made
    assert not re.search(r"<p>\s*[12]\s*</p>", made)


def test_a_word_document_has_styles_lists_a_table_and_a_header() -> None:
    document = PdfDocument(REPORT)
    made = document.converted(document.lines, ".docx", "en")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.testzip() is None
        parts = {name: package.read(name) for name in package.namelist()}
    trees = {name: ET.fromstring(data) for name, data in parts.items()}  # noqa: S314 - own
    body = trees["word/document.xml"]
    styles = [
        (found.get(f"{WORD}val"), "".join(paragraph.itertext()))
        for paragraph in body.iter(f"{WORD}p")
        if (found := paragraph.find(f"{WORD}pPr/{WORD}pStyle")) is not None
    ]
    assert ("Heading1", "Der Bericht über den Sommer") in styles
    assert ("Heading2", "Ernte") in styles
    assert ("ListParagraph", "Kirschen") in styles
    assert len(body.findall(f".//{WORD}tbl")) == 2
    assert "".join(trees["word/header1.xml"].itertext()) == "Gartenverein Köln"
    assert b'<w:startOverride w:val="3"/>' in parts["word/numbering.xml"]
    assert b'<w:lang w:val="en"/>' in parts["word/styles.xml"]
    # Each part that is named is there.
    for name, data in parts.items():
        if name.endswith(".rels"):
            for target in re.findall(rb'Target="([^"]*)"/>', data):
                folder = "word/" if name.startswith("word") else ""
                assert folder + target.decode() in parts


def test_a_bullet_may_be_drawn_and_a_frame_around_all_is_no_table() -> None:
    dots = "".join(f"55 {y} 3 3 re f " for y in (703, 691))
    frame = "40 20 520 800 re S "
    page = (
        dots + frame + column(64, 700, ["Der Apfelbaum blüht jetzt.", "Die Rosen werden gegossen."])
    )
    assert markdown(pdf_of(page)) == "- Der Apfelbaum blüht jetzt.\n- Die Rosen werden gegossen.\n"


def test_links_bold_words_and_raised_figures_stay() -> None:
    text = (
        "BT /F 10 Tf 50 700 Td (Das ist ein ) Tj /B 10 Tf (rotes) Tj /F 10 Tf ( Haus) Tj "
        "/F 6 Tf 4 Ts (2) Tj 0 Ts /F 10 Tf ( und steht im Netz.) Tj ET"
    )
    data = linked(pdf_of(text), "https://example.org/?a=1&b=(2)", (50, 697, 67, 709))
    assert markdown(data) == (
        "[Das](<https://example.org/?a=1&b=(2)>) ist ein **rotes** Haus<sup>2</sup> und steht im "
        "Netz.\n"
    )
    document = PdfDocument(data)
    made = document.converted(document.lines, ".html").decode()
    assert '<a href="https://example.org/?a=1&amp;b=(2)">Das</a> ist ein <strong>rotes' in made
    with zipfile.ZipFile(io.BytesIO(document.converted(document.lines, ".docx"))) as package:
        assert b"?a=1&amp;b=(2)" in package.read("word/_rels/document.xml.rels")
        assert b'<w:vertAlign w:val="superscript"/>' in package.read("word/document.xml")


def test_an_address_that_is_a_program_is_no_link() -> None:
    data = linked(pdf_of(shown(50, 700, "Das ist alles.")), "javascript:x()", (50, 697, 65, 709))
    document = PdfDocument(data)
    for ending in CONVERSIONS:
        assert b"javascript" not in document.converted(document.lines, ending)


def test_signs_of_the_other_kind_are_words() -> None:
    text = "1. <b>Sterne</b> & *Zeichen* # [x](y) _z_ | `a`"
    data = pdf_of(shown(50, 700, text))
    document = PdfDocument(data)
    assert "&lt;b&gt;Sterne&lt;/b&gt; &amp;" in document.converted(document.lines, ".html").decode()
    assert "\\*Zeichen\\*" in markdown(data)
    with zipfile.ZipFile(io.BytesIO(document.converted(document.lines, ".docx"))) as package:
        ET.fromstring(package.read("word/document.xml"))  # noqa: S314 - own


def with_picture(data: bytes, width: int = 2, height: int = 2, *, raw: bytes = b"") -> bytes:
    """The PDF with a picture on its first page, between its words."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = pdf.pages[0].obj
        picture = pdf.make_stream(raw or b"\xff\0\0" * width * height)
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height,
                BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB,
            )
        )  # fmt: skip
        found.Resources.XObject = pikepdf.Dictionary(Im=picture)
        shows = pdf.make_stream(b"\nq 100 0 0 50 50 620 cm /Im Do Q")
        found.Contents = pikepdf.Array([found.Contents, shows])
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def test_a_picture_stands_where_it_stood() -> None:
    page = shown(50, 700, "Darüber steht etwas.") + shown(50, 600, "Darunter steht etwas anderes.")
    document = PdfDocument(with_picture(pdf_of(page)))
    made = document.converted(document.lines, ".html").decode()
    assert re.search(r'<img src="data:image/png;base64,[^"]+" alt="" width="133" ', made)
    assert made.index("Darüber") < made.index("<img") < made.index("Darunter")
    with zipfile.ZipFile(io.BytesIO(document.converted(document.lines, ".docx"))) as package:
        assert package.read("word/media/picture1.png").startswith(b"\x89PNG")
    assert b"![" not in document.converted(document.lines, ".md")


@pytest.mark.parametrize(("width", "raw"), [(100_000, b"x"), (2, b"x"), (0, b"x")])
def test_a_picture_that_is_damaged_or_too_large_is_left_out(width: int, raw: bytes) -> None:
    page = shown(50, 700, "Darüber steht etwas.")
    document = PdfDocument(with_picture(pdf_of(page), width, width, raw=raw))
    assert b"<img" not in document.converted(document.lines, ".html")


def test_it_is_a_kind_that_can_be_converted() -> None:
    document = PdfDocument(REPORT)
    assert isinstance(document, ConvertibleDocument)
    assert KINDS[".pdf"].conversions == tuple(CONVERSIONS)
    for ending in KINDS[".pdf"].conversions:
        made = document.converted(document.lines, ending)
        assert made == PdfDocument(REPORT).converted(document.lines, ending)
        with pytest.raises(DocumentError, match="number of lines"):
            document.converted([], ending)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Rosen", "12,5", "•", "1.", "Das ist ein Satz.", "§§"]),
            st.integers(40, 500),
            st.integers(20, 820),
            st.sampled_from([7, 10, 10, 16]),
        ),
        max_size=25,
    )
)
def test_no_word_is_lost_wherever_it_stands(words: list[tuple[str, int, int, int]]) -> None:
    content = "\n".join(shown(x, y, text, size=size) for text, x, y, size in words)
    document = PdfDocument(pdf_of(content + shown(50, 830, "Anfang")))
    made = document.converted([line.replace("Rosen", "Roses") for line in document.lines], ".html")
    text = re.sub(r"<[^>]*>|&\w+;", " ", made.decode().partition("<body>")[2])
    found = "\n".join(document.lines)
    for word in ("Roses", "Satz", "Anfang"):
        assert text.count(word) >= found.count("Rosen" if word == "Roses" else word)
