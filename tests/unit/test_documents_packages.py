"""Packages: .docx, .odt and .epub come out as they went in, with other words."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests.support import documents
from web.formats.base import DocumentError
from web.formats.registry import open_document

SAMPLES = {
    "a.docx": documents.word,
    "a.odt": documents.open_document_text,
    "a.epub": documents.book,
}
XML = (".xml", ".rels", ".xhtml", ".opf", ".ncx")
LINES = {
    "a.docx": [
        "Der Kopf der Seite",
        "Der Bericht",
        "Das ist ein <x1>wichtiges</x1> Haus<x2/> am See.",
        "Mehr steht auf <x1>unserer Seite</x1>.",
        "Guten Morgen!",
        "Guten Morgen!",
        "Hier ist ein Bild:",
        "Sehr geehrte Frau Meier",
        "Wie geht es Ihnen?\tMir geht es gut.",
        "Ich mag Äpfel.",
        "Seite <x1>7</x1>",
        "Es steht am Ufer.",
        "Der Fuß der Seite",
    ],
    "a.odt": [
        "Der Bericht",
        "Das ist ein <x1>wichtiges </x1>Haus<x2/> am See.",
        "Es steht am Ufer.",
        "Guten Morgen!\tWie geht es dir?",
        "Mir geht es gut.",
        "Mehr steht auf <x1>unserer Seite</x1>.",
        "Ich mag Äpfel.",
        "Im Kasten",
        "Der Kopf der Seite",
    ],
    "a.epub": [
        "Das Buch der Häuser",
        "Das erste Kapitel",
        "Das erste Kapitel",
        "Das ist ein <x1>wichtiges</x1>\xa0Haus am See.",
        "Guten Morgen!",
        "Wie geht es dir?",
        "Rufe <x1/> auf.",
        "Ich mag Äpfel.",
        "Mir geht es gut.",
        "Das zweite Kapitel",
        "Ende gut, alles gut.",
        "Inhalt des Buches",
        "Das erste Kapitel",
        "Das Buch der Häuser",
        "Das erste Kapitel",
    ],
}


def entries(data: bytes) -> list[tuple[str, int, tuple[int, ...], int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return [
            (each.filename, each.compress_type, each.date_time, each.external_attr)
            for each in source.infolist()
        ]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_lines_are_what_a_reader_reads_in_its_order(name: str) -> None:
    assert open_document(name, SAMPLES[name]()).lines == LINES[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_lines_give_the_same_document_byte_for_byte(name: str) -> None:
    data = SAMPLES[name]()
    document = open_document(name, data)
    rebuilt = document.rebuilt(document.lines)
    assert documents.unpacked(rebuilt) == documents.unpacked(data)
    assert entries(rebuilt) == entries(data)


@pytest.mark.parametrize("name", SAMPLES)
def test_other_words_change_nothing_but_words(name: str) -> None:
    data = SAMPLES[name]()
    document = open_document(name, data)
    new = document.rebuilt([f"§{line}" for line in document.lines])
    assert open_document(name, new).lines == [f"§{line}" for line in document.lines]
    assert entries(new) == entries(data)
    for entry, content in documents.unpacked(new).items():
        old = documents.unpacked(data)[entry]
        if entry.endswith(XML):
            etree.fromstring(content)
        else:
            assert content == old
        # Without the new sign, and the white space that XML does not count, it is the old text.
        assert said(content, entry) == said(old, entry)


def said(content: bytes, name: str) -> str:
    if not name.endswith(XML):
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    text = "".join(
        part if isinstance(part, str) else ""
        for part in etree.fromstring(content.replace(b"&nbsp;", b"&#160;"), parser).itertext()
    )
    return "".join(text.replace("§", "").split())


@pytest.mark.parametrize("name", SAMPLES)
def test_another_number_of_lines_is_refused(name: str) -> None:
    document = open_document(name, SAMPLES[name]())
    with pytest.raises(DocumentError, match="number of lines"):
        document.rebuilt([*document.lines, "mehr"])


def test_python_docx_reads_the_translation_with_its_formatting() -> None:
    document = open_document("a.docx", SAMPLES["a.docx"]())
    targets = list(document.lines)
    targets[2] = "This is an <x1>important</x1> & big house<x2/> by the lake."
    targets[3] = "There is <x1>more</x1> on it."
    made = docx.Document(io.BytesIO(document.rebuilt(targets)))
    paragraph = made.paragraphs[1]
    assert paragraph.text == "This is an important & big house by the lake."
    assert [run.text for run in paragraph.runs if run.bold] == ["important"]
    assert any(run.font.superscript for run in paragraph.runs)
    (link,) = made.paragraphs[2].hyperlinks
    assert (link.text, link.address) == ("more", "https://example.org/")
    assert len(made.inline_shapes) == 1
    assert made.tables[0].cell(0, 0).text == "Guten Morgen!"
    assert made.sections[0].header.paragraphs[0].runs[0].italic


def test_a_mimetype_stays_first_and_plain() -> None:
    for name in ("a.odt", "a.epub"):
        data = SAMPLES[name]()
        document = open_document(name, data)
        new = document.rebuilt(["x" + line for line in document.lines])
        assert new[30:38] == b"mimetype"
        assert entries(new)[0][1] == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", lambda text: documents.word_of(f"<w:p>{documents.run(text)}</w:p>")),
        ("a.odt", lambda text: documents.open_document_text(f"<text:p>{text}</text:p>")),
        (
            "a.epub",
            lambda text: documents.book(
                f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html>'
            ),
        ),
    ],
)
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\u2028b\x85c", "a b c"),
        ("Was &lt;x1&gt; ist &amp; war", "Was <x1> ist & war"),
        ("``` Wort", None),
        ("12,50", None),
        ("\u00a0Wort\u00a0", "Wort"),
    ],
)
def test_a_line_is_one_line_trimmed_and_no_code_fence(
    name: str, make: Callable[[str], bytes], text: str, line: str | None
) -> None:
    lines = open_document(name, make(text)).lines
    assert (line in lines) if line else not any("Wort" in each or "12" in each for each in lines)
    for each in lines:
        assert each == each.strip()
        assert each.splitlines() == [each]


@pytest.mark.parametrize(
    ("field", "line", "moved"),
    [
        ('HYPERLINK "https://example.org/"', "Siehe <x1>hier</x1> mehr", "More <x1>here</x1> see"),
        ("REF _Ref1", "Siehe <x1>hier</x1> mehr", "<x1>Here</x1> more see"),
        ("AUTHOR", "Siehe <x1>hier</x1> mehr", "<x1>here</x1> more see"),
    ],
)
def test_a_field_keeps_the_order_of_its_parts(field: str, line: str, moved: str) -> None:
    data = documents.word_of(
        "<w:p>"
        + documents.run("Siehe ")
        + "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>"
        + field
        + "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        + documents.run("hier")
        + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        + documents.run(" mehr")
        + "</w:p>"
    )
    document = open_document("a.docx", data)
    assert document.lines == [line]
    new = etree.fromstring(documents.unpacked(document.rebuilt([moved]))["word/document.xml"])
    kinds = [each.get(qn("w:fldCharType")) for each in new.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert [each.text for each in new.iter(qn("w:instrText"))] == [field]


def test_marks_that_do_not_nest_keep_their_order() -> None:
    """A bookmark that ends before it begins is a damaged document to Word."""
    data = documents.word_of(
        "<w:p>" + documents.run("Eins ") + "<w:bookmarkEnd w:id='1'/>" + documents.run("zwei ")
        + "<w:bookmarkStart w:id='2' w:name='b'/>" + documents.run("drei") + "</w:p>"
    )  # fmt: skip
    document = open_document("a.docx", data)
    assert document.lines == ["Eins <x1/>zwei <x2/>drei"]
    new = documents.unpacked(document.rebuilt(["Three <x2/>two <x1/>one"]))["word/document.xml"]
    assert new.index(b"bookmarkEnd") < new.index(b"bookmarkStart")


def test_tracked_changes_are_kept_and_what_was_deleted_is_not_translated() -> None:
    data = documents.word_of(
        "<w:p>"
        + documents.run("Das ")
        + "<w:del w:id='1' w:author='A'><w:r><w:delText>alte</w:delText></w:r></w:del>"
        + f"<w:ins w:id='2' w:author='A'>{documents.run('neue')}</w:ins>"
        + documents.run(" Haus")
        + "</w:p>"
    )
    document = open_document("a.docx", data)
    assert document.lines == ["Das <x1/><x2>neue</x2> Haus"]
    new = documents.unpacked(document.rebuilt(["The <x1/><x2>new</x2> house"]))["word/document.xml"]
    assert b"<w:delText>alte</w:delText>" in new
    inserted = etree.fromstring(new).find(f".//{qn('w:ins')}")
    assert inserted is not None
    assert "".join(inserted.itertext()) == "new"


def test_a_text_box_in_a_paragraph_is_a_line_of_its_own() -> None:
    box = f"<w:pict><w:txbxContent><w:p>{documents.run('Im Kasten')}</w:p></w:txbxContent></w:pict>"
    data = documents.word_of(f"<w:p>{documents.run('Davor ')}<w:r>{box}</w:r></w:p>")
    document = open_document("a.docx", data)
    assert document.lines == ["Davor", "Im Kasten"]
    assert open_document("a.docx", document.rebuilt(["Before", "In a box"])).lines == [
        "Before",
        "In a box",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_a_chapter_in_another_encoding_stays_so(encoding: str) -> None:
    data = documents.unpacked(documents.book())
    data["OEBPS/text/eins.xhtml"] = documents.CHAPTER.replace("utf-8", encoding).encode(encoding)
    document = open_document("a.epub", documents.packed(data))
    assert "Ich mag Äpfel." in document.lines
    new = documents.unpacked(document.rebuilt(["Σ„" + line for line in document.lines]))
    parser = etree.XMLParser(resolve_entities=False)
    root = etree.fromstring(new["OEBPS/text/eins.xhtml"], parser)
    assert "Σ„Ich mag Äpfel." in "".join(root.itertext(tag=etree.Element))
    assert root.getroottree().docinfo.encoding.lower() == encoding


def test_a_span_that_inherits_its_look_is_kept_and_one_without_any_is_not() -> None:
    data = documents.replaced(
        documents.open_document_text(
            '<text:p>Ein <text:span text:style-name="T2">Wort</text:span> und</text:p>'
        ),
        "content.xml",
        'style:name="T2"',
        'style:parent-style-name="Strong" style:name="T2"',
    )
    assert open_document("a.odt", data).lines[0] == "Ein <x1>Wort</x1> und"
    data = documents.open_document_text(
        '<text:p>Ein <text:span text:style-name="T2">Wort</text:span> und</text:p>'
    )
    assert open_document("a.odt", data).lines[0] == "Ein Wort und"
