"""Presentations and spreadsheets of OpenDocument come out as they went in, with other words."""

import pytest
from lxml import etree

from tests.support.documents import packed, unpacked
from web.formats.base import DocumentError
from web.formats.registry import open_document

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{name}="{NAMESPACE}{what}:1.0"'
    for name, what in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "presentation": "presentation",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
    }.items()
)
CHART = """<table:table table:name="local-table"><table:table-row>
<table:table-cell office:value-type="string"><text:p>Das Jahr</text:p>
<draw:g><svg:desc>Blatt.A1:Blatt.A1</svg:desc></draw:g></table:table-cell>
<table:table-cell office:value-type="float" office:value="NaN"><text:p>NaN</text:p>
</table:table-cell></table:table-row></table:table>"""


def odf(kind: str, body: str, masters: str = "") -> bytes:
    """A package of this kind, with a chart in it."""

    def root(name: str, content: str) -> str:
        tag = f"office:document-{name}"
        return f'<?xml version="1.0"?><{tag} {NAMESPACES}>{content}</{tag}>'

    styles = (
        '<office:styles><style:default-style style:family="paragraph"><style:text-properties '
        'fo:language="de" fo:country="DE"/></style:default-style></office:styles>'
        f"<office:master-styles>{masters}</office:master-styles>"
    )
    return packed(
        {
            "content.xml": root("content", f"<office:body>{body}</office:body>"),
            "styles.xml": root("styles", styles),
            "Object 1/content.xml": root("content", f"<office:body>{CHART}</office:body>"),
        },
        mimetype=f"application/vnd.oasis.opendocument.{kind}",
    )


def frame(text: str, attributes: str = "") -> str:
    return (
        f"<draw:frame {attributes}><draw:text-box><text:p>{text}</text:p></draw:text-box>"
        "</draw:frame>"
    )


def slides() -> bytes:
    return odf(
        "presentation",
        "<office:presentation><presentation:footer-decl presentation:name='f'>Der Fuß"
        "</presentation:footer-decl><draw:page draw:name='Seite 1'>"
        + frame("Der <text:span>Titel</text:span>", 'presentation:class="title"')
        + frame("Klicken Sie hier", 'presentation:class="outline" presentation:placeholder="true"')
        + "<draw:frame><draw:image/><svg:title>Ein Bild</svg:title></draw:frame>"
        + "<table:table><table:table-row><table:table-cell><text:p>Ein Apfel</text:p>"
        "</table:table-cell></table:table-row></table:table><presentation:notes>"
        + frame("Langsam sprechen", 'presentation:class="notes"')
        + "</presentation:notes></draw:page></office:presentation>",
        "<style:master-page>"
        + frame("Titel bearbeiten", 'presentation:class="title"')
        + frame("Nur für uns")
        + frame("<text:page-number>&lt;Nummer&gt;</text:page-number>")
        + "</style:master-page>",
    )


def cell(text: str, attributes: str = 'office:value-type="string"', more: str = "") -> str:
    return f"<table:table-cell {attributes}>{more}<text:p>{text}</text:p></table:table-cell>"


def sheet(cells: str, more: str = "") -> bytes:
    return odf(
        "spreadsheet",
        f'<office:spreadsheet>{more}<table:table table:name="Blatt eins"><table:table-row>{cells}'
        "</table:table-row></table:table></office:spreadsheet>",
        "<style:master-page><style:header><text:p>Der Kopf</text:p></style:header>"
        "</style:master-page>",
    )


NOTE = "<office:annotation><text:p>Sehr gut</text:p></office:annotation>"
CHOICE = (
    '<table:content-validation table:condition="of:cell-content-is-in-list(&quot;offen&quot;;'
    '&quot;zu&quot;)"/>'
)
CELLS = (
    cell("Das Haus", 'office:value-type="string" office:string-value="Das Haus"')
    + cell("12 Stück", 'office:value-type="float" office:value="12"')
    + cell("1. Mai 2024", 'office:value-type="date" office:date-value="2024-05-01"')
    + cell("gut so", 'table:formula="of:=IF([.A1]=&quot;Ja&quot;;1)" office:value-type="string"')
    + cell("Ja")
    + cell("AB-12")
    + cell("7", 'office:value-type="float"', NOTE)
)  # fmt: skip
SAMPLES = {"a.odp": slides(), "a.ods": sheet(CELLS)}
LINES = {
    "a.odp": [
        "Der Fuß",
        "Der <x1>Titel</x1>",
        "Ein Bild",
        "Ein Apfel",
        "Langsam sprechen",
        "Nur für uns",
        "Das Jahr",
    ],
    "a.ods": ["Das Haus", "Sehr gut", "Der Kopf", "Das Jahr"],
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_lines_are_what_is_shown(name: str) -> None:
    document = open_document(name, SAMPLES[name])
    assert document.lines == LINES[name]
    assert unpacked(document.rebuilt(document.lines)) == unpacked(SAMPLES[name])


@pytest.mark.parametrize("name", SAMPLES)
def test_other_words_are_read_again(name: str) -> None:
    document = open_document(name, SAMPLES[name])
    targets = [f"§ {line} &<" for line in document.lines]
    new = document.rebuilt(targets, "en")
    assert open_document(name, new).lines == targets
    for entry, content in unpacked(new).items():
        if entry.endswith(".xml"):
            etree.fromstring(content)
    assert b'fo:language="en" fo:country="US"' in unpacked(new)["styles.xml"]


def test_a_cell_says_its_text_once() -> None:
    document = open_document("a.ods", SAMPLES["a.ods"])
    content = unpacked(document.rebuilt([f"x {line}" for line in document.lines]))["content.xml"]
    assert b"string-value" not in content
    for kept in ("12 Stück", "1. Mai 2024", "gut so", 'table:name="Blatt eins"', ">Ja<", ">AB-12<"):
        assert kept.encode() in content


@pytest.mark.parametrize(
    "more",
    [
        CHOICE,
        '<table:filter><table:filter-condition table:value="offen"/></table:filter>',
        '<table:data-pilot-field table:source-field-name="offen"/>',
    ],
)
def test_a_text_that_is_compared_with_stays(more: str) -> None:
    lines = open_document("a.ods", sheet(cell("offen") + cell("schön"), more)).lines
    assert lines[0] == "schön"


def test_equal_cells_become_equal() -> None:
    document = open_document("a.ods", sheet(cell("Haus") + cell("Haus")))
    assert list(document.lines[:2]) == ["Haus", "Haus"]
    content = unpacked(document.rebuilt(["House", "Home", *document.lines[2:]]))["content.xml"]
    assert content.count(b"House") == 2


def test_another_kind_of_open_document_is_refused() -> None:
    for name, other in (("a.odp", "a.ods"), ("a.ods", "a.odp")):
        with pytest.raises(DocumentError, match="Nothing was kept"):
            open_document(name, SAMPLES[other])


@pytest.mark.parametrize(("name", "kind"), [("a.fodp", "presentation"), ("a.fods", "spreadsheet")])
def test_flat_files_are_taken(name: str, kind: str) -> None:
    paragraph = "<text:p>Guten Morgen!</text:p>"
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    data = (
        f'<office:document {NAMESPACES} office:mimetype="{media_type}">'
        f"<office:body>{paragraph}</office:body></office:document>"
    ).encode()
    document = open_document(name, data)
    assert document.lines == ["Guten Morgen!"]
    assert document.rebuilt(["Good morning!"]) == data.replace(b"Guten Morgen!", b"Good morning!")
    with pytest.raises(DocumentError):
        open_document(name, data.replace(b"opendocument." + kind.encode(), b"opendocument.text"))


def span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


@pytest.mark.parametrize(
    ("paragraph", "line", "target", "written"),
    [
        (
            span("T1", "Das ist ein ") + span("T2", "rotes") + span("T1", " Haus."),
            "Das ist ein <x1>rotes</x1> Haus.",
            "This is a <x1>red</x1> house.",
            span("T1", "This is a ") + span("T2", "red") + span("T1", " house."),
        ),
        (
            span("T1", "Seite ") + span("T1", "<text:page-number>1</text:page-number>"),
            "Seite <x1>1</x1>",
            "Page <x1>1</x1>",
            span("T1", "Page <text:page-number>1</text:page-number>"),
        ),
        # Some of the text has no look of its own.
        (
            "Ein " + span("T1", "Haus am See"),
            "Ein <x1>Haus am See</x1>",
            "A <x1>house by the lake</x1>",
            "A " + span("T1", "house by the lake"),
        ),
    ],
)
def test_the_look_of_most_of_a_paragraph_needs_no_tag(
    paragraph: str, line: str, target: str, written: str
) -> None:
    document = open_document("a.odp", odf("presentation", f"<text:p>{paragraph}</text:p>"))
    assert document.lines[0] == line
    assert document.rebuilt(document.lines)
    new = unpacked(document.rebuilt([target, *document.lines[1:]]))["content.xml"]
    assert f"<text:p>{written}</text:p>" in new.decode()
