"""Both languages in office documents: a copy of each paragraph, without what may be there once."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.support import documents
from tests.support.bilingual import WORD, entry, written
from tests.support.documents import png, run
from web.formats.base import BilingualDocument, BilingualLayout, DocumentError
from web.formats.registry import open_document

NUMBERING = "word/numbering.xml"
TYPES = "[Content_Types].xml"
RUN_OF_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
LISTS = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:pPr>'
    '<w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)
LINES = st.lists(
    st.text("abcäöüß <&>", min_size=1, max_size=12).map(lambda text: f"A{text.strip()}z"),
    min_size=1,
    max_size=6,
)


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def bare_run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def copy_run(text: str) -> str:
    return (
        f'<w:r><w:rPr><w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def word(body: str, more: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A .docx with this body, and more parts, each with its kind and its XML."""
    entries = documents.unpacked(documents.word_of(body))
    for name, (kind, xml) in (more or {}).items():
        known = name in entries
        entries[name] = xml.encode()
        override = (
            f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-'
            f'officedocument.wordprocessingml.{kind}+xml"/></Types>'
        )
        if not known:
            entries[TYPES] = entries[TYPES].replace(b"</Types>", override.encode())
    return documents.packed(entries)


@pytest.mark.parametrize("layout", ["below", "beside"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", documents.word()),
        ("a.odt", documents.open_document_text()),
        ("a.epub", documents.book()),
    ],
)
def test_a_document_with_its_own_lines_is_the_same(
    name: str, data: bytes, layout: BilingualLayout
) -> None:
    document = open_document(name, data)
    assert isinstance(document, BilingualDocument)
    made = document.bilingual(document.lines, layout, "en")
    assert documents.unpacked(made) == documents.unpacked(data)
    with pytest.raises(DocumentError):
        document.bilingual(document.lines[1:], layout, "en")


@pytest.mark.parametrize("layout", ["below", "beside"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES)
def test_each_paragraph_of_an_office_text_is_followed_by_its_copy(
    lines: list[str], layout: BilingualLayout
) -> None:
    escaped = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
    body = "".join(paragraph(run(line)) for line in escaped)
    texts = "".join(f"<text:p>{line}</text:p>" for line in escaped)
    for name, data in (
        ("a.docx", documents.word_of(body)),
        ("a.odt", documents.open_document_text(texts)),
    ):
        document = open_document(name, data)
        assert isinstance(document, BilingualDocument)
        targets = [f"E{line}" for line in document.lines]
        again = open_document(name, document.bilingual(targets, layout, "en"))
        both = [each for pair in zip(document.lines, targets, strict=True) for each in pair]
        assert [line for line in again.lines if "python-docx" not in line] == [
            line for line in both if "python-docx" not in line
        ]


def test_the_copy_of_a_words_paragraph_keeps_its_look_and_names_its_language() -> None:
    body = paragraph(
        '<w:r><w:rPr><w:b/><w:lang w:val="de-DE"/></w:rPr><w:t>Das Haus</w:t></w:r>',
        '<w:jc w:val="both"/>',
    )
    new = entry("a.docx", word(body), {"Das Haus": "The house"})
    assert body in new
    assert (
        '<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:b/><w:lang w:val="en-US"/>'
        '</w:rPr><w:t xml:space="preserve">The house</w:t></w:r></w:p>'
    ) in new


def test_what_may_be_in_a_word_document_once_is_in_no_copy() -> None:
    body = paragraph(
        '<w:bookmarkStart w:id="0" w:name="a"/>'
        f'{bare_run("Das Haus")}<w:bookmarkEnd w:id="0"/>'
        '<w:commentRangeStart w:id="1"/><w:r><w:footnoteReference w:id="1"/></w:r>'
        '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        '<w:r><w:drawing/></w:r><w:r><w:br w:type="page"/></w:r><w:ins w:id="5" w:author="x">'
        f"{bare_run(' am See')}</w:ins>"
    )
    data = word(body)
    line = next(each for each in open_document("a.docx", data).lines if "Haus" in each)
    new = entry("a.docx", data, {line: line.replace("Das Haus", "The house")})
    copy = new[new.rindex("<w:p>") :]
    assert "The house" in copy
    assert "am See" in copy
    for sign in ("bookmark", "comment", "footnote", "drawing", "w:ins", "w:br"):
        assert sign not in copy
        assert new.count(sign) == body.count(sign)


def test_the_field_of_a_page_is_in_a_copy_and_the_number_of_a_picture_is_text_there() -> None:
    def part(code: str, result: str) -> str:
        return (
            RUN_OF_FIELD.format("begin")
            + f"<w:r><w:instrText> {code} </w:instrText></w:r>"
            + RUN_OF_FIELD.format("separate")
            + bare_run(result)
            + RUN_OF_FIELD.format("end")
        )

    body = paragraph(bare_run("Seite ") + part("PAGE", "7")) + paragraph(
        bare_run("Abbildung ") + part("SEQ Abbildung", "1") + bare_run(": Das Haus")
    )
    words = {
        "Seite <x1>7</x1>": "Page <x1>7</x1>",
        "Abbildung <x1>1</x1>: Das Haus": "Figure <x1>1</x1>: The house",
    }
    new = entry("a.docx", word(body), words)
    assert new.count(" PAGE ") == 2
    assert new.count("SEQ") == 1
    text = "".join(etree.fromstring(new.encode()).itertext())
    assert text == (
        "Seite  PAGE 7Page  PAGE 7Abbildung  SEQ Abbildung 1: Das HausFigure 1: The house"
    )


@pytest.mark.parametrize("layout", ["below", "beside"])
def test_a_copy_of_an_item_has_no_number_and_stands_where_its_text_does(
    layout: BilingualLayout,
) -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    data = word(paragraph(bare_run("Eins"), number), {NUMBERING: ("numbering", LISTS)})
    new = entry("a.docx", data, {"Eins": "One"}, layout)
    assert new.count('<w:numId w:val="3"/>') == 1
    assert (
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr><w:ind w:left="720" w:firstLine="0"/>'
        f"</w:pPr>{copy_run('One')}</w:p>"
    ) in new


def test_the_copy_of_a_heading_is_in_no_table_of_contents() -> None:
    data = word(paragraph(bare_run("Der Bericht"), '<w:pStyle w:val="Heading1"/>'))
    made = documents.unpacked(written("a.docx", data, {"Der Bericht": "The report"}))
    assert b'<w:pStyle w:val="Heading1Translation"/>' in made[WORD]
    styles = etree.fromstring(made["word/styles.xml"])
    w = f"{{{styles.nsmap['w']}}}"
    style = next(each for each in styles if each.get(f"{w}styleId") == "Heading1Translation")
    found = {etree.QName(each).localname: each.get(f"{w}val") for each in style.iter()}
    assert (found["basedOn"], found["outlineLvl"], found["lang"]) == ("Heading1", "9", "en-US")


@pytest.mark.parametrize("layout", ["below", "beside"])
def test_a_section_ends_behind_the_copy_of_its_last_paragraph(layout: BilingualLayout) -> None:
    section = '<w:sectPr><w:cols w:num="2"/></w:sectPr>'
    body = paragraph(bare_run("Eins"), section) + paragraph(bare_run("Zwei"))
    new = entry("a.docx", word(body), {"Eins": "One", "Zwei": "Two"}, layout)
    assert new.count("<w:sectPr>") == 1
    assert new.index("One") < new.index("Two")
    place = new.index(section)
    assert new.index("Eins") < place < new.index("Zwei")
    root = etree.fromstring(new.encode())
    w = f"{{{root.nsmap['w']}}}"
    ends = next(root.iter(f"{w}sectPr")).getparent()
    assert ends is not None
    assert not any(each.tag == f"{w}tbl" for each in ends.iterancestors())
    if layout == "below":
        assert new.index("One", 0) > place


def test_paragraphs_beside_their_copies_are_rows_of_a_table_and_cells_are_not() -> None:
    cell = paragraph(bare_run("Drei"))
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    body = "".join(
        [
            paragraph(bare_run("Eins")),
            paragraph(bare_run("Zwei")),
            table,
            paragraph(bare_run("Vier")),
            paragraph(""),
            "<w:sectPr/>",
        ]
    )
    words = {"Eins": "One", "Zwei": "Two", "Drei": "Three", "Vier": "Four"}
    new = entry("a.docx", word(body), words, "beside")
    root = etree.fromstring(new.encode())
    w = f"{{{root.nsmap['w']}}}"
    texts = [
        [["".join(each.itertext()) for each in row.iter(f"{w}p")] for row in found.iter(f"{w}tr")]
        for found in root.iter(f"{w}tbl")
    ]
    assert texts == [[["Eins", "One"], ["Zwei", "Two"]], [["Drei", "Three"]], [["Vier", "Four"]]]
    tags = [etree.QName(each).localname for each in root[0]]
    assert tags == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]
    assert "\0" not in new


def test_a_field_over_paragraphs_and_a_page_break_are_in_no_table() -> None:
    contents = [
        paragraph(
            RUN_OF_FIELD.format("begin")
            + "<w:r><w:instrText>TOC</w:instrText></w:r>"
            + RUN_OF_FIELD.format("separate")
            + bare_run("Eins")
        ),
        paragraph(bare_run("Zwei")),
        paragraph(bare_run("Drei") + RUN_OF_FIELD.format("end")),
        paragraph(bare_run("Vier") + '<w:r><w:br w:type="page"/></w:r>'),
    ]
    data = word("".join(contents))
    lines = [line for line in open_document("a.docx", data).lines if "python" not in line]
    new = entry("a.docx", data, {line: f"E {line}" for line in lines}, "beside")
    assert "<w:tbl>" not in new
    assert new.count("<w:fldChar ") == 3
    assert new.count("TOC") == 1


def test_a_plain_control_has_one_paragraph_and_a_comment_keeps_its_last() -> None:
    body = (
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>"
        f"{paragraph(bare_run('Eins'))}</w:sdtContent></w:sdt>"
    )
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:comment w:id="1">{paragraph(bare_run("Zwei"))}</w:comment></w:comments>'
    )
    data = word(body, {"word/comments.xml": ("comments", comments)})
    made = documents.unpacked(written("a.docx", data, {"Eins": "One", "Zwei": "Two"}))
    assert f"</w:sdtContent></w:sdt>{paragraph(copy_run('One'))}".encode() in made[WORD]
    comment = made["word/comments.xml"].decode()
    assert f"<w:r><w:br/></w:r>{copy_run('Two')}</w:p></w:comment>" in comment
    assert comment.count("<w:p>") == 1


@pytest.mark.parametrize(
    ("name", "data", "part", "attribute"),
    [
        (
            "a.docx",
            word(paragraph(bare_run("Der Bericht"), '<w:pStyle w:val="Heading1"/>')),
            "word/styles.xml",
            "styleId",
        ),
        ("a.odt", documents.open_document_text(), "content.xml", "name"),
    ],
)
def test_a_bilingual_document_gets_a_third_language(
    name: str, data: bytes, part: str, attribute: str
) -> None:
    for language in ("en", "fr"):
        document = open_document(name, data)
        assert isinstance(document, BilingualDocument)
        data = document.bilingual([f"E{line}" for line in document.lines], "beside", language)
    root = etree.fromstring(documents.unpacked(data)[part])
    names = [
        (family, value)
        for each in root.iter("{*}style")
        for family in each.xpath("@*[local-name()='family' or local-name()='type']")
        for value in each.xpath(f"@*[local-name()='{attribute}']")
    ]
    assert len(names) == len(set(names)) > 0
    assert data != b""


def test_titles_and_alternative_texts_are_in_both_languages_at_once() -> None:
    picture = (
        '<w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:inline><wp:docPr id="1" name="x" descr="Ein Haus"/>'
        "</wp:inline></w:drawing></w:r>"
    )
    new = entry("a.docx", word(paragraph(picture)), {"Ein Haus": "A house"})
    assert 'descr="Ein Haus / A house"' in new
    assert new.count("<w:p>") == 1


def test_a_text_box_has_its_copy_inside_and_once() -> None:
    inner = paragraph(bare_run("Innen"))
    body = paragraph(
        f"{bare_run('Außen')}<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    )
    new = entry("a.docx", word(body), {"Innen": "Inside", "Außen": "Outside"})
    assert f"{inner}{paragraph(copy_run('Inside'))}</w:txbxContent>" in new
    assert new.count("Inside") == 1
    assert new.endswith(f"{paragraph(copy_run('Outside'))}</w:body></w:document>")


def test_a_long_word_document_is_copied_in_time_that_grows_with_it() -> None:
    count = 2000
    data = word("".join(paragraph(bare_run(f"Satz {number}")) for number in range(count)))
    document = open_document("a.docx", data)
    assert isinstance(document, BilingualDocument)
    made = document.bilingual([f"E {line}" for line in document.lines], "beside", "en")
    assert documents.unpacked(made)[WORD].count(b"<w:tr>") == count


def test_a_picture_is_in_a_package_once() -> None:
    made = documents.unpacked(
        written("a.docx", documents.word(), {"Hier ist ein Bild:": "Here is a picture:"})
    )
    assert made[WORD].count(b"<w:drawing") == 1
    assert sum(content == png() for content in made.values()) == 1


def test_a_slides_paragraph_has_its_copy_behind_a_line_break() -> None:
    slide = (
        '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:pPr><a:buAutoNum '
        'type="arabicPeriod"/></a:pPr><a:r><a:rPr lang="de-DE" b="1"/><a:t>Eins</a:t></a:r>'
        '<a:endParaRPr lang="de-DE"/></a:p></p:sld>'
    )
    point = "application/vnd.openxmlformats-officedocument.presentationml."
    data = documents.packed(
        {
            TYPES: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/p.xml" ContentType="{point}presentation.main+xml"/>'
            f'<Override PartName="/s.xml" ContentType="{point}slide+xml"/></Types>',
            "p.xml": '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/'
            '2006/main"/>',
            "s.xml": slide,
        }
    )
    new = entry("a.pptx", data, {"Eins": "One"}, part="s.xml")
    copy = '<a:br/><a:r><a:rPr b="1" lang="en-US"/><a:t>One</a:t></a:r>'
    assert new == slide.replace("<a:endParaRPr", f"{copy}<a:endParaRPr")


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml"])
def test_a_damaged_part_that_is_not_read_otherwise_does_no_harm(part: str) -> None:
    entries = documents.unpacked(documents.word())
    entries[part] = entries[part][:200]
    document = open_document("a.docx", documents.packed(entries))
    assert isinstance(document, BilingualDocument)
    targets = [f"Neu {line}" for line in document.lines]
    new = documents.unpacked(document.bilingual(targets, "below", "en"))
    assert b"Neu Der Bericht" in new["word/document.xml"]
