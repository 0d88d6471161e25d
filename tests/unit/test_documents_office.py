"""Office documents beyond their paragraphs: properties, controls, drawings, alternative texts."""

from collections.abc import Mapping

import pytest
from lxml import etree

from tests.support import documents
from tests.support.documents import run
from web.formats.base import DocumentError
from web.formats.registry import open_document

CORE = "docProps/core.xml"
TYPES = "[Content_Types].xml"
TITLE = (
    '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="http://schemas.'
    'openxmlformats.org/package/2006/metadata/core-properties"><dc:title>Das rote Haus</dc:title>'
    "<dc:creator>Das Haus</dc:creator><cp:keywords>Haus, Hund</cp:keywords>"
    "<dc:language>de-DE</dc:language></cp:coreProperties>"
)
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


def word(body: str, more: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A .docx with more parts, each with its kind and its XML."""
    entries = documents.unpacked(documents.word_of(body))
    for name, (kind, xml) in (more or {}).items():
        entries[name] = xml.encode()
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        entries[TYPES] = entries[TYPES].replace(b"</Types>", override.encode())
    return documents.packed(entries)


def rebuilt(name: str, data: bytes, words: Mapping[str, str], language: str = "") -> dict[str, str]:
    """The entries of a document whose lines have become what `words` says."""
    document = open_document(name, data)
    assert set(document.lines) >= set(words)
    targets = [words.get(line, line) for line in document.lines]
    made = document.rebuilt(targets, language)
    if not made.startswith(b"PK"):
        return {"": made.decode()}
    new = documents.unpacked(made)
    return {name: new[name].decode("utf-8", "replace") for name in new}


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def bound(path: str, text: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings="xmlns:ns0=&quot;x&quot;" '
        f'w:xpath="{path}" w:storeItemID="{{1}}"/><w:text/></w:sdtPr><w:sdtContent>'
        f"{paragraph(run(text))}</w:sdtContent></w:sdt>"
    )


def test_the_properties_of_a_document_are_translated_and_names_are_not() -> None:
    data = documents.packed({**documents.unpacked(word(paragraph(run("Text")))), CORE: TITLE})
    new = rebuilt("a.docx", data, {"Das rote Haus": "The red house", "Haus, Hund": "house, dog"})
    assert "<dc:title>The red house</dc:title>" in new[CORE]
    assert "<cp:keywords>house, dog</cp:keywords>" in new[CORE]
    assert "<dc:creator>Das Haus</dc:creator>" in new[CORE]


def test_what_a_bound_control_shows_is_in_its_property_too() -> None:
    custom = "<x xmlns='urn:x'><y>Der große Hund</y><z>Der große Hund</z></x>"
    body = (
        bound("/ns1:coreProperties[1]/ns0:title[1]", "Das rote Haus")
        + bound("/ns0:x[1]/ns0:y[1]", "Der große Hund")
        + bound("/ns1:coreProperties[1]/ns0:creator[1]", "Das Haus")
    )
    entries: dict[str, str | bytes] = {
        **documents.unpacked(word(body)),
        CORE: TITLE,
        "customXml/item1.xml": custom,
    }
    words = {"Das rote Haus": "Red", "Der große Hund": "The big dog", "Das Haus": "House"}
    new = rebuilt("a.docx", documents.packed(entries), words)
    assert "<dc:title>Red</dc:title><dc:creator>House</dc:creator>" in new[CORE]
    custom = custom.replace("<y>Der große Hund", "<y>The big dog")
    assert new["customXml/item1.xml"] == custom


def test_a_property_says_what_the_same_line_of_the_text_says() -> None:
    data = documents.packed(
        {**documents.unpacked(word(paragraph(run("Das rote Haus")))), CORE: TITLE}
    )
    document = open_document("a.docx", data)
    assert document.lines == ["Das rote Haus", "Das rote Haus", "Haus, Hund"]
    new = documents.unpacked(document.rebuilt(["One", "Two", "Three"]))[CORE]
    assert b"<dc:title>One</dc:title>" in new


@pytest.mark.parametrize("kind", ["diagramData", "diagramDrawing"])
def test_smart_art_is_translated_with_its_formatting(kind: str) -> None:
    runs = (
        '<a:pPr lvl="1"/><a:r><a:rPr lang="de-DE" dirty="0"/><a:t>Der </a:t></a:r>'
        '<a:r><a:rPr lang="de-DE"/><a:t>Hund </a:t></a:r>'
        '<a:r><a:rPr b="1"/><a:t>bellt</a:t></a:r><a:endParaRPr/>'
    )
    company = "vnd.openxmlformats-officedocument" if kind == "diagramData" else "vnd.ms-office"
    parts = {
        "word/diagrams/d.xml": (
            f"application/{company}.drawingml.{kind}+xml",
            f"<x {DRAWING}><a:p>{runs}</a:p></x>",
        )
    }
    words = {"Der Hund <x1>bellt</x1>": "A dog <x1>barks</x1> now"}
    new = rebuilt("a.docx", word(paragraph(run("Text")), parts), words)
    assert new["word/diagrams/d.xml"] == (
        f'<x {DRAWING}><a:p><a:pPr lvl="1"/><a:r><a:rPr lang="de-DE" dirty="0"/><a:t>A dog </a:t>'
        '</a:r><a:r><a:rPr b="1"/><a:t>barks</a:t></a:r><a:r><a:rPr lang="de-DE" dirty="0"/>'
        "<a:t> now</a:t></a:r><a:endParaRPr/></a:p></x>"
    )


def test_titles_and_labels_of_a_chart_are_translated_and_its_numbers_are_not() -> None:
    chart = (
        f"<c:chart {CHART} {DRAWING}><c:rich><a:p><a:r><a:t>Umsatz</a:t></a:r></a:p></c:rich>"
        "<c:strCache><c:ptCount val='2'/><c:pt idx='0'><c:v>Äpfel</c:v></c:pt><c:pt idx='1'>"
        "<c:v>2024</c:v></c:pt></c:strCache><c:numCache><c:formatCode>General</c:formatCode>"
        "<c:pt idx='0'><c:v>1.5</c:v></c:pt></c:numCache></c:chart>"
    )
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    data = word(paragraph(run("Text")), {"word/charts/chart1.xml": (kind, chart)})
    new = rebuilt("a.docx", data, {"Umsatz": "Sales", "Äpfel": "Apples & <pears>"})
    expected = chart.replace("Umsatz", "Sales").replace("Äpfel", "Apples &amp; &lt;pears&gt;")
    assert new["word/charts/chart1.xml"] == expected
    assert [line for line in open_document("a.docx", data).lines if line != "Text"] == [
        "Umsatz",
        "Äpfel",
    ]


def test_alternative_texts_are_translated_and_names_of_files_are_not() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:docPr id="1" name="Bild 1" descr="Das &quot;rote&quot; Haus" '
        "title='Haus'/><wp:docPr id='2' descr='bild1.png'/></wp:inline></w:drawing></w:r>"
    )
    shape = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="Ein Kasten">'
        f"<w:txbxContent>{paragraph(run('Darin'))}</w:txbxContent></v:shape></w:pict></w:r>"
    )
    caption = '<w:tbl><w:tblPr><w:tblCaption w:val="Die Preise"/></w:tblPr></w:tbl>'
    data = word(paragraph(run("Hier: ") + drawing + shape) + caption)
    assert open_document("a.docx", data).lines == [
        "Hier:", "Haus", 'Das "rote" Haus', "Ein Kasten", "Darin", "Die Preise",
    ]  # fmt: skip
    words = {
        'Das "rote" Haus': 'The "red"\n<house>',
        "Ein Kasten": "A box",
        "Darin": "Inside",
        "Die Preise": "Prices",
    }
    new = rebuilt("a.docx", data, words)["word/document.xml"]
    root = etree.fromstring(new.encode())
    assert [each.get("descr") for each in root.iter("{*}docPr")] == [
        'The "red" <house>',
        "bild1.png",
    ]
    assert [each.get("alt") for each in root.iter("{*}shape")] == ["A box"]
    assert "title='Haus'/>" in new
    assert '<w:tblCaption w:val="Prices"/>' in new
    assert "Inside" in new


def test_marks_of_the_language_name_the_new_one_and_others_stay() -> None:
    body = "".join(
        paragraph(
            f'<w:r><w:rPr><w:lang w:eastAsia="ja" w:val="{code}"/></w:rPr><w:t>Ja</w:t></w:r>'
        )
        for code in ("de-DE", "fr-FR", "de-AT", "en-GB")
    )
    data = documents.packed({**documents.unpacked(word(body)), CORE: TITLE})
    new = rebuilt("a.docx", data, {}, "en")
    found = etree.fromstring(new["word/document.xml"].encode()).iter("{*}lang")
    assert [list(each.values()) for each in found] == [
        ["ja", "en-US"], ["ja", "fr-FR"], ["ja", "en-US"], ["ja", "en-GB"],
    ]  # fmt: skip
    assert "<dc:language>en-US</dc:language>" in new[CORE]
    assert rebuilt("a.docx", data, {})["word/document.xml"].count("de-") == len(["DE", "AT"])


def test_the_usual_style_says_which_language_the_text_is_in() -> None:
    french = paragraph('<w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>Oui</w:t></w:r>') * 3
    entries = documents.unpacked(word(french))
    styles = entries["word/styles.xml"]
    assert b'w:val="en-US"' in styles
    for usual, body, style in (("de-DE", "fr-FR", "en-US"), ("en-US", "en-US", "en-US")):
        entries["word/styles.xml"] = styles.replace(b'w:val="en-US"', f'w:val="{usual}"'.encode())
        new = rebuilt("a.docx", documents.packed(entries), {"Oui": "Yes"}, "en")
        assert new["word/document.xml"].count(body) == 3
        assert f'<w:lang w:val="{style}"' in new["word/styles.xml"]


STYLE = (
    '<style:style style:name="T{}" style:family="text"><style:text-properties '
    'fo:language="{}" fo:country="{}"/></style:style>'
)


def open_text(body: str, styles: str = "") -> bytes:
    data = documents.unpacked(documents.open_document_text(body))
    data["content.xml"] = data["content.xml"].replace(
        b"</office:automatic-styles>", f"{styles}</office:automatic-styles>".encode()
    )
    return documents.packed(data)


def test_marks_of_the_language_in_open_document_name_the_new_one() -> None:
    styles = STYLE.format(5, "de", "DE") + STYLE.format(6, "fr", "FR") + STYLE.format(7, "de", "CH")
    new = rebuilt("a.odt", open_text("<text:p>Ja</text:p>", styles), {"Ja": "Yes"}, "en-GB")
    assert new["content.xml"].count('fo:language="en" fo:country="GB"') == len(["DE", "CH"])
    assert 'fo:language="fr" fo:country="FR"' in new["content.xml"]


META = (
    f"<office:document-meta {documents.ODT_NAMESPACES} "
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>'
    "<dc:title>Das Haus</dc:title><dc:creator>Das Haus</dc:creator>"
    '<meta:keyword>Hund</meta:keyword><meta:user-defined meta:name="a" meta:value-type="date">'
    "Montag</meta:user-defined><dc:language>de-DE</dc:language></office:meta>"
    "</office:document-meta>"
)
PICTURE = (
    "<text:p>Hier<draw:frame><draw:image/><svg:title {0}>Ein Bild</svg:title>"
    "<svg:desc {0}>Ein rotes  Haus</svg:desc></draw:frame></text:p>"
).format('xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"')


def test_properties_and_alternative_texts_of_open_document_are_translated() -> None:
    entries: dict[str, str | bytes] = {**documents.unpacked(open_text(PICTURE)), "meta.xml": META}
    data = documents.packed(entries)
    words = {
        "Das Haus": "The house",
        "Hund": "dog",
        "Ein Bild": "A picture",
        "Ein rotes Haus": "A  red house",
    }
    new = rebuilt("a.odt", data, words, "en")
    assert "<dc:title>The house</dc:title><dc:creator>Das Haus</dc:creator>" in new["meta.xml"]
    assert "dog</meta:keyword>" in new["meta.xml"]
    assert ">Montag<" in new["meta.xml"]
    assert "<dc:language>en-US</dc:language>" in new["meta.xml"]
    assert ">A picture</svg:title>" in new["content.xml"]
    assert "red house</svg:desc>" in new["content.xml"]


def flat(kind: str = "") -> bytes:
    return (
        f'<office:document {documents.ODT_NAMESPACES} office:mimetype="application/vnd.oasis.'
        f'opendocument.text{kind}"><office:body><office:text><text:p>Das Haus</text:p>'
        "</office:text></office:body></office:document>"
    ).encode()


def test_an_open_document_in_one_xml_is_translated() -> None:
    document = open_document("a.fodt", flat())
    assert document.lines == ["Das Haus"]
    assert document.rebuilt(document.lines) == flat()
    assert document.rebuilt(["A house"]) == flat().replace(b"Das Haus", b"A house")
    for data in (b"", b"x", b"<x/>", flat("x"), b"PK\x03\x04"):
        with pytest.raises(DocumentError):
            open_document("a.fodt", data)


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("dotx", "vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ("docm", "vnd.ms-word.document.macroEnabled.main+xml"),
        ("dotm", "vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_templates_and_documents_with_macros_are_taken(ending: str, kind: str) -> None:
    main = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = documents.replaced(word(paragraph(run("Das Haus"))), TYPES, main, kind)
    assert open_document(f"a.{ending}", data).lines == ["Das Haus"]


def test_a_template_of_open_document_is_taken() -> None:
    entries = documents.unpacked(open_text("<text:p>Das Haus</text:p>"))
    entries["mimetype"] += b"-template"
    assert "Das Haus" in open_document("a.ott", documents.packed(entries)).lines


def test_what_a_text_shows_of_its_properties_and_variables_is_translated() -> None:
    fields = (
        '<text:user-field-decl office:value-type="string" office:string-value="Der Hund" '
        'text:name="a"/><text:p>Hier <text:user-defined text:name="Ort">Die Stadt'
        '</text:user-defined><text:alphabetical-index-mark text:string-value="Haus"/></text:p>'
    )
    custom = (
        '<meta:user-defined meta:name="Ort">Die Stadt</meta:user-defined>'
        '<meta:user-defined meta:name="Nummer">Rote 7</meta:user-defined><dc:language>'
    )
    entries: dict[str, str | bytes] = {
        **documents.unpacked(open_text(fields)),
        "meta.xml": META.replace("<dc:language>", custom),
    }
    data = documents.packed(entries)
    words = {"Der Hund": "A dog", "Haus": "house", "Die Stadt": "The town"}
    new = rebuilt("a.odt", data, words)
    assert 'office:string-value="A dog"' in new["content.xml"]
    assert 'text:string-value="house"' in new["content.xml"]
    assert ">The town</meta:user-defined>" in new["meta.xml"]
    assert ">Rote 7</meta:user-defined>" in new["meta.xml"]


def test_a_custom_property_that_a_field_shows_is_translated_and_a_code_is_not() -> None:
    properties = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="urn:vt"><property name="Ort"><vt:lpwstr>Die Stadt</vt:lpwstr></property>'
        '<property name="Nummer"><vt:lpwstr>Rote 7</vt:lpwstr></property></Properties>'
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    body = f"<w:p><w:fldSimple w:instr='DOCPROPERTY Ort'>{run('Die Stadt')}</w:fldSimple></w:p>"
    data = word(body, {"docProps/custom.xml": (kind, properties)})
    new = rebuilt("a.docx", data, {"Die Stadt": "The town"})
    assert new["docProps/custom.xml"] == properties.replace("Die Stadt", "The town")


def test_the_base_of_a_ruby_in_open_document_is_part_of_its_sentence() -> None:
    ruby = (
        "<text:ruby><text:ruby-base>{}</text:ruby-base><text:ruby-text>oben</text:ruby-text>"
        "</text:ruby>"
    )
    data = open_text(f"<text:p>Ein {ruby.format('Haus')} steht da.</text:p>")
    words = {"Ein <x1>Haus</x1> steht da.": "A <x1>house</x1> is there."}
    new = rebuilt("a.odt", data, words)["content.xml"]
    assert f"<text:p>A {ruby.format('house')} is there.</text:p>" in new


def preformatted(*lines: str, style: str = "P9") -> str:
    return "".join(f'<text:p text:style-name="{style}">{line}</text:p>' for line in lines)


def test_code_in_open_document_stays_and_a_poem_is_translated() -> None:
    style = (
        '<style:style style:name="P9" style:family="paragraph" '
        'style:parent-style-name="Preformatted_20_Text"/>'
    )
    code = preformatted("Haus = baue(x)", '<text:s text:c="4"/>return Haus', "", "Ende")
    body = (
        "<text:p>Vorher</text:p>"
        + code
        + "<text:p>Ein Satz</text:p>"
        + preformatted("Das Haus am See,<text:line-break/>es schläft.", "Und der Hund auch.")
        + "<text:p>Nachher</text:p>"
        + preformatted("sudo make; ls /etc", style="Preformatted_20_Text")
        + f"<text:list><text:list-item>{preformatted('x[1] = 2')}</text:list-item></text:list>"
    )
    document = open_document("a.odt", open_text(body, style))
    assert document.lines == [
        *("Vorher", "Ein Satz", "Das Haus am See,<xbr1/>es schläft.", "Und der Hund auch."),
        *("Nachher", "Der Kopf der Seite"),
    ]
    new = documents.unpacked(document.rebuilt([line.upper() for line in document.lines]))
    assert code.encode() in new["content.xml"]


@pytest.mark.parametrize("style", ["Source_Text", "Verbatim_20_Char", "T9"])
def test_code_in_a_line_of_open_document_is_asked_in_its_sentence(style: str) -> None:
    code = f'<text:span text:style-name="{style}">x = Haus</text:span>'
    own = (
        '<style:style style:name="T9" style:family="text" '
        'style:parent-style-name="Source_20_Text"><style:text-properties/></style:style>'
    )
    body = f"<text:p>Und {code} hier.</text:p>"
    new = rebuilt(
        "a.odt",
        open_text(body, own),
        {"Und <x1>`x = Haus`</x1> hier.": "Here is <x1>`x = Haus`</x1>."},
    )
    assert f"<text:p>Here is {code}.</text:p>" in new["content.xml"]
