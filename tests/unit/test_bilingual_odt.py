"""Both languages in OpenDocument texts: the styles of copies, and where these stand."""

from lxml import etree

from tests.support import documents
from tests.support.bilingual import entry, written
from web.formats.registry import open_document

ODT = "content.xml"


def text(body: str, styles: str = "") -> bytes:
    data = documents.open_document_text(body)
    return documents.replaced(
        data, ODT, "<office:automatic-styles>", f"<office:automatic-styles>{styles}"
    )


def test_the_copy_of_an_open_paragraph_has_a_style_of_its_own_in_its_language() -> None:
    style = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Text" '
        'style:master-page-name="First"><style:paragraph-properties fo:text-align="end" '
        'fo:break-before="page"/><style:text-properties fo:color="#ff0000" fo:language="de" '
        'fo:country="AT"/></style:style>'
    )
    data = text('<text:p text:style-name="P1" xml:id="a">Das Haus</text:p>', style)
    new = entry("a.odt", data, {"Das Haus": "The house"}, "beside", ODT)
    assert '<text:p text:style-name="Bilingual_P1">The house</text:p>' in new
    assert new.count('xml:id="a"') == 1
    # It begins a page, which a row of a table could not.
    assert ":table-row" not in new
    root = etree.fromstring(new.encode())
    named = {
        value: each
        for each in root.iter("{*}style")
        for key, value in each.attrib.items()
        if key.endswith("}name")
    }
    copy = {
        etree.QName(key).localname: value
        for each in named["Bilingual_P1"].iter()
        for key, value in each.attrib.items()
    }
    assert copy["parent-style-name"] == "Text"
    assert (copy["language"], copy["country"]) == ("en", "US")
    assert (copy["text-align"], copy["color"]) == ("end", "#ff0000")
    assert (copy["break-before"], copy["master-page-name"]) == ("auto", "")
    assert style in new


def test_a_copy_in_an_open_text_is_no_heading_and_has_no_notes_or_frames() -> None:
    body = (
        '<text:h text:outline-level="1" text:style-name="H">Der Bericht<text:note '
        'text:id="n1"><text:note-citation>1</text:note-citation><text:note-body><text:p>Die Note'
        "</text:p></text:note-body></text:note></text:h>"
        "<text:list><text:list-item><text:p>Eins</text:p></text:list-item></text:list>"
        "<text:p>Seite <text:page-number>3</text:page-number>, Bild <text:sequence "
        'text:ref-name="r">1</text:sequence><text:bookmark text:name="b"/></text:p>'
    )
    data = text(body)
    lines = [line for line in open_document("a.odt", data).lines if "Kopf" not in line]
    new = entry("a.odt", data, {line: f"E {line}" for line in lines}, "beside", ODT)
    assert new.count("<text:h ") == 1
    assert '<text:p text:style-name="BilingualHeading_H">E Der Bericht</text:p>' in new
    assert new.count(':list-style-name=""') == 1
    assert new.count("<text:note ") == new.count("text:sequence>") == 1
    assert new.count("text:bookmark") == 1
    assert new.count("<text:page-number>") == 2
    assert 'Die Note</text:p><text:p text:style-name="Bilingual_Standard">E Die Note<' in new
    assert 'Eins</text:p><text:p text:style-name="Bilingual_Standard">E Eins<' in new
    rows = etree.fromstring(new.encode()).iter("{*}table-row")
    assert ["".join(row.itertext())[:11] for row in rows] == ["Der Bericht", "Seite 3, Bi"]


def test_a_style_that_says_of_pages_what_is_usual_is_in_a_row() -> None:
    style = (
        '<style:style style:name="P1" style:family="paragraph" style:master-page-name="">'
        '<style:paragraph-properties style:page-number="auto" fo:break-before="auto"/>'
        "</style:style>"
    )
    data = text('<text:p text:style-name="P1">Das Haus</text:p>', style)
    new = entry("a.odt", data, {"Das Haus": "The house"}, "beside", ODT)
    assert new.count("<bit:table-row>") == 1


def test_a_header_has_its_copy_below_and_the_page_its_own_language() -> None:
    data = documents.open_document_text()
    words = {"Der Kopf der Seite": "The head of the page"}
    new = entry("a.odt", data, words, "beside", "styles.xml")
    assert "table:table" not in new
    copy = '<text:p text:style-name="Bilingual_Standard">The head of the page</text:p>'
    assert f"<text:p>Der Kopf der Seite</text:p>{copy}</style:header>" in new
    assert "automatic-styles><bis:style" in new


def test_a_flat_open_text_is_written_in_both_languages() -> None:
    data = (
        f'<office:document {documents.ODT_NAMESPACES} office:mimetype="application/vnd.oasis.'
        'opendocument.text"><office:automatic-styles/><office:body><office:text>'
        "<text:p>Das Haus</text:p></office:text></office:body></office:document>"
    ).encode()
    new = written("a.fodt", data, {"Das Haus": "The house"}).decode()
    assert "<text:p>Das Haus</text:p><text:p " in new
    assert etree.fromstring(new.encode()) is not None
