"""Presentations and spreadsheets of OpenDocument for tests."""

from tests.support.documents import packed

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
_OTHERS = (
    f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    f'xmlns:of="{NAMESPACE}of:1.2"'
)
# A table's columns are wide enough for a sentence, and its pages have no name of it.
_STYLES = """<office:automatic-styles><style:style style:name="breit" style:family="table-column">
<style:table-column-properties style:column-width="9cm"/></style:style><style:page-layout
 style:name="L"/></office:automatic-styles><office:master-styles><style:master-page
 style:name="Default" style:page-layout-name="L"><style:header><text:p/></style:header>
<style:footer><text:p/></style:footer></style:master-page><style:master-page style:name="M"
 style:page-layout-name="L"/></office:master-styles>"""
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


def flat(kind: str, body: str) -> bytes:
    """A document of this kind in one XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMESPACES} {_OTHERS} '
        f'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        '<office:styles><style:default-style style:family="paragraph"><style:text-properties '
        'fo:language="de" fo:country="DE"/></style:default-style></office:styles>'
        f"{_STYLES}<office:body>{body}</office:body></office:document>"
    ).encode()


def frame(text: str, attributes: str = "") -> str:
    """A frame with one paragraph."""
    return (
        f"<draw:frame {attributes}><draw:text-box><text:p>{text}</text:p></draw:text-box>"
        "</draw:frame>"
    )


def slides() -> bytes:
    """An .odp with all that has text."""
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
    """An .ods of these cells, in one row."""
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
