"""Presentations and workbooks for tests, with the XML that PowerPoint and Excel write."""

from collections.abc import Mapping

from tests.support.documents import packed, png

OFFICE = "application/vnd.openxmlformats-officedocument."
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def office(
    parts: Mapping[str, tuple[str, str]], relations: Mapping[str, Mapping[str, str]]
) -> bytes:
    """A package of parts, each with its content type and XML; `relations` by part and id."""
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items()
    )
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": f"{_HEAD}<Types xmlns="
        '"http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{types}</Types>"
    }
    for name, targets in relations.items():
        folder, _, base = name.rpartition("/")
        each = "".join(
            f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
            for key, (kind, target) in ((key, value.split(" ")) for key, value in targets.items())
        )
        entries[f"{folder}/_rels/{base}.rels".lstrip("/")] = (
            f"{_HEAD}<Relationships "
            'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{each}</Relationships>"
        )
    entries |= {name: _HEAD + xml for name, (_, xml) in parts.items()}
    entries["media/image1.png"] = png()
    return packed(entries)


def shape(body: str, *, name: str = "Titel 1", alt: str = "", placeholder: str = "") -> str:
    """A shape of a slide with these paragraphs."""
    mark = f'<p:ph type="{placeholder}"/>' if placeholder else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{name}"{alt}/><p:cNvSpPr/>'
        f"<p:nvPr>{mark}</p:nvPr></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody></p:sp>"
    )


def run(text: str, properties: str = '<a:rPr lang="de-DE" dirty="0"/>') -> str:
    """A run of DrawingML."""
    return f"<a:r>{properties}<a:t>{text}</a:t></a:r>"


def _slide(shapes: str, root: str = "sld") -> str:
    return (
        f'<p:{root} xmlns:a="{DRAWING}/main" xmlns:r="{RELATIONS}" xmlns:p="{_PRESENTATION}">'
        f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:{root}>"
    )


ALT = ' descr="Ein Haus&#xA;Automatisch &quot;gemacht&quot;"'
TITLE = (
    "<a:p><a:pPr algn='l'/>"
    + run("Das ist ein ")
    + run("wich", '<a:rPr lang="de-DE" b="1" dirty="0"/>')
    + run("tiges", '<a:rPr lang="en-US" b="1" err="1"/>')
    + run(" Haus am See.")
    + '<a:endParaRPr lang="de-DE" dirty="0"/></a:p>'
)
PAGE = (
    "<a:p>"
    + run("Seite ")
    + '<a:fld id="{1}" type="slidenum"><a:rPr lang="de-DE"/><a:t>‹Nr.›</a:t></a:fld>'
    + run(" von vielen")
    + '</a:p><a:p><a:r><a:t>Guten Morgen!</a:t></a:r><a:br><a:rPr lang="de-DE"/></a:br>'
    + run("Wie geht es dir?")
    + "</a:p>"
)
TABLE = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="Tabelle"/></p:nvGraphicFramePr>'
    "<a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p>"
    + run("Ich mag Äpfel.")
    + "</a:p></a:txBody></a:tc><a:tc><a:txBody><a:p>"
    + run("12,50")
    + "</a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)
CHART = f"""<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main"><c:chart><c:title>
<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="de-DE"/><a:t>Der Umsatz</a:t></a:r></a:p></c:rich>
</c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:f>Tabelle1!$B$1</c:f>
<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>Das Haus</c:v></c:pt></c:strCache></c:strRef>
</c:tx><c:cat><c:strRef><c:f>Tabelle1!$A$2</c:f><c:strCache>
<c:pt idx="0"><c:v>Der Morgen</c:v></c:pt></c:strCache>
</c:strRef></c:cat><c:val><c:numRef><c:f>Tabelle1!$B$2</c:f><c:numCache><c:formatCode>General
</c:formatCode><c:pt idx="0"><c:v>4.3</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
<c:ser><c:cat><c:numRef><c:numCache><c:pt idx="0"><c:v>kein Wert</c:v></c:pt></c:numCache>
</c:numRef></c:cat></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"""


def presentation(shapes: str = "") -> bytes:
    """A .pptx of two slides, in another order than their names, with all that has text."""
    first = shapes or (shape(TITLE, placeholder="title", alt=ALT) + shape(PAGE) + TABLE)
    point = f"{OFFICE}presentationml."
    paragraph = f"<a:p>{run('Der Anfang')}</a:p>"
    smart = (
        f'<dgm:dataModel xmlns:dgm="{DRAWING}/diagram" xmlns:a="{DRAWING}/main"><dgm:ptLst>'
        f'<dgm:pt modelId="1"><dgm:prSet phldrT="[Text]"/><dgm:t>{paragraph}</dgm:t></dgm:pt>'
        "</dgm:ptLst></dgm:dataModel>"
    )
    drawn = (
        '<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" '
        f'xmlns:a="{DRAWING}/main"><dsp:spTree><dsp:sp><dsp:nvSpPr><dsp:cNvPr id="0" name=""/>'
        f"</dsp:nvSpPr><dsp:txBody>{paragraph}</dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"
    )
    main = (
        f'<p:presentation xmlns:a="{DRAWING}/main" xmlns:r="{RELATIONS}" xmlns:p="{_PRESENTATION}">'
        '<p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/></p:sldIdLst>'
        '<p:extLst><p:ext uri="{5}"><p14:sectionLst xmlns:p14='
        '"http://schemas.microsoft.com/office/powerpoint/2010/main">'
        '<p14:section name="Der erste Abschnitt" id="{6}"><p14:sldIdLst/></p14:section>'
        "</p14:sectionLst></p:ext></p:extLst></p:presentation>"
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Der Bericht'
        "</dc:title><dc:creator>Anna Haus</dc:creator><dc:language>de-DE</dc:language>"
        "</cp:coreProperties>"
    )
    comments = (
        f'<p:cmLst xmlns:p="{_PRESENTATION}"><p:cm authorId="0"><p:pos x="1" y="1"/>'
        "<p:text>Ist das gut?</p:text></p:cm></p:cmLst>"
    )
    layout = _slide(
        shape(f"<a:p>{run('Titel durch Klicken hinzufügen')}</a:p>", placeholder="title")
        + shape(f"<a:p>{run('Nur für uns')}</a:p>"),
        "sldLayout",
    )
    return office(
        {
            "ppt/presentation.xml": (f"{point}presentation.main+xml", main),
            "ppt/slides/slide1.xml": (
                f"{point}slide+xml",
                _slide(shape(f"<a:p>{run('Ende gut, alles gut.')}</a:p>")),
            ),
            "ppt/slides/slide2.xml": (f"{point}slide+xml", _slide(first)),
            "ppt/notesSlides/notesSlide1.xml": (
                f"{point}notesSlide+xml",
                _slide(shape(f"<a:p>{run('Langsam sprechen')}</a:p>", placeholder="body"), "notes"),
            ),
            "ppt/comments/comment1.xml": (f"{point}comments+xml", comments),
            "ppt/slideLayouts/slideLayout1.xml": (f"{point}slideLayout+xml", layout),
            "ppt/charts/chart1.xml": (f"{OFFICE}drawingml.chart+xml", CHART),
            "ppt/diagrams/data1.xml": (f"{OFFICE}drawingml.diagramData+xml", smart),
            "ppt/diagrams/drawing1.xml": (
                "application/vnd.ms-office.drawingml.diagramDrawing+xml",
                drawn,
            ),
            "docProps/core.xml": (
                "application/vnd.openxmlformats-package.core-properties+xml",
                core,
            ),
        },
        {
            "": {"rId1": "officeDocument ppt/presentation.xml"},
            "ppt/presentation.xml": {
                "rId1": "slide slides/slide1.xml",
                "rId2": "slide /ppt/slides/slide2.xml",
            },
            "ppt/slides/slide1.xml": {"rId1": "slideLayout ../slideLayouts/slideLayout1.xml"},
            "ppt/slides/slide2.xml": {
                "rId1": "slideLayout ../slideLayouts/slideLayout1.xml",
                "rId2": "chart ../charts/chart1.xml",
                "rId3": "diagramData ../diagrams/data1.xml",
                "rId4": "diagramDrawing ../diagrams/drawing1.xml",
                "rId5": "notesSlide ../notesSlides/notesSlide1.xml",
                "rId6": "comments ../comments/comment1.xml",
            },
        },
    )


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS = (
    "<si><t>Der Bericht</t></si>"
    "<si><r><t>Das ist ein </t></r><r><rPr><b/></rPr><t>wich</t></r><r><rPr><b/></rPr><t>tiges</t>"
    '</r><r><t xml:space="preserve"> Haus.</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'
    '<phoneticPr fontId="1"/></si>'
    '<si><t xml:space="preserve"> Guten Morgen!\nWie geht es dir? </t></si>'
    "<si><t>Ja</t></si><si><t>AB-123</t></si><si><t>Menge</t></si><si>"
    "<t>Der Preis\n(netto)</t></si><si><t>Das Haus</t></si>"
)
CELLS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12.5</v></c>'
    '<c r="C1" t="inlineStr"><is><t>Ende gut, alles gut.</t></is></c>'
    '<c r="D1" t="str"><f>IF(A9="Ja","gut",Tabelle1[[#This Row],[Menge]])</f><v>kein Wort</v></c>'
    '<c r="E1" t="str"><v>Der Anfang</v></c><c r="F1" t="b"><v>1</v></c></row>'
)


def cells_of(number: int) -> str:
    """Cells with the first so many strings, one in each row."""
    rows = range(1, number + 1)
    return "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{row - 1}</v></c></row>' for row in rows)


def workbook(strings: str = STRINGS, columns: str = "", cells: str = CELLS) -> bytes:
    """An .xlsx of one sheet with all that has text, and with a table."""
    columns = columns or (
        '<tableColumn id="1" name="Menge"/><tableColumn id="2" name="Der Preis_x000a_(netto)"/>'
        '<tableColumn id="3" name="Das Haus" totalsRowLabel="Das Haus"/>'
    )
    sheet = (
        f'<worksheet {_MAIN} xmlns:r="{RELATIONS}"><sheetData>{cells}</sheetData>'
        '<dataValidations count="1"><dataValidation type="list" promptTitle="Die Wahl" '
        'prompt="Ist das gut?" sqref="A1"><formula1>"Ja,Nein"</formula1></dataValidation>'
        "</dataValidations><headerFooter><oddHeader>&amp;L&amp;&quot;Arial,Fett&quot;&amp;12Der "
        "Kopf &amp;P von &amp;N&amp;RHaus &amp;&amp; See</oddHeader></headerFooter>"
        '<drawing r:id="rId1"/></worksheet>'
    )
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        f'xmlns:a="{DRAWING}/main"><xdr:sp textlink=""><xdr:nvSpPr>'
        '<xdr:cNvPr id="2" name="Form" descr="Ein Bild"/></xdr:nvSpPr>'
        f"<xdr:txBody><a:p>{run('Im Kasten')}</a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    comments = (
        f"<comments {_MAIN}><authors><author>Anna</author></authors><commentList>"
        '<comment ref="A1" authorId="0"><text><r><rPr><b/></rPr><t>Anna:</t></r><r>'
        '<t xml:space="preserve">\nIst das wahr?</t></r></text></comment></commentList></comments>'
    )
    threads = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="A1" id="{1}"><text>Das ist gut.</text>'
        "</threadedComment></ThreadedComments>"
    )
    names = (
        f'<workbook {_MAIN} xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Tabelle eins" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        '<definedName name="Bereich">Tabelle1!$A$1</definedName></definedNames></workbook>'
    )
    table = (
        f'<table {_MAIN} id="1" name="Tabelle1" displayName="Tabelle1" ref="A3:C5">'
        f'<tableColumns count="3">{columns}</tableColumns></table>'
    )
    sheets = f"{OFFICE}spreadsheetml."
    return office(
        {
            "xl/workbook.xml": (f"{sheets}sheet.main+xml", names),
            "xl/worksheets/sheet1.xml": (f"{sheets}worksheet+xml", sheet),
            "xl/sharedStrings.xml": (f"{sheets}sharedStrings+xml", f"<sst {_MAIN}>{strings}</sst>"),
            "xl/tables/table1.xml": (f"{sheets}table+xml", table),
            "xl/comments1.xml": (f"{sheets}comments+xml", comments),
            "xl/threadedComments/threadedComment1.xml": (
                "application/vnd.ms-excel.threadedcomments+xml",
                threads,
            ),
            "xl/drawings/drawing1.xml": (f"{OFFICE}drawing+xml", drawing),
            "xl/charts/chart1.xml": (f"{OFFICE}drawingml.chart+xml", CHART),
        },
        {
            "": {"rId1": "officeDocument xl/workbook.xml"},
            "xl/workbook.xml": {
                "rId1": "worksheet worksheets/sheet1.xml",
                "rId2": "sharedStrings sharedStrings.xml",
            },
            "xl/worksheets/sheet1.xml": {
                "rId1": "drawing ../drawings/drawing1.xml",
                "rId2": "table ../tables/table1.xml",
                "rId3": "comments ../comments1.xml",
                "rId4": "threadedComment ../threadedComments/threadedComment1.xml",
            },
            "xl/drawings/drawing1.xml": {"rId1": "chart ../charts/chart1.xml"},
        },
    )
