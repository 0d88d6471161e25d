"""Documents for tests, as the programs that write them make them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph


def packed(entries: Mapping[str, str | bytes], *, mimetype: str = "") -> bytes:
    """A zip with these entries, the media type first and plain as OpenDocument and EPUB want it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        if mimetype:
            target.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, content in entries.items():
            target.writestr(name, content)
    return made.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The entries of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    """A package in whose entry `name` the text `old` is `new`."""
    entries = unpacked(data)
    assert old.encode() in entries[name]
    entries[name] = entries[name].replace(old.encode(), new.encode())
    return packed(entries)


def png() -> bytes:
    """A picture of one red dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    dot = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


def word() -> bytes:
    """A .docx of python-docx with what people put into letters and reports."""
    document = docx.Document()
    document.add_heading("Der Bericht", 1)
    split = document.add_paragraph("Das ist ein ")
    for piece in ("wich", "ti", "ges"):  # Word cuts so wherever someone typed
        split.add_run(piece).bold = True
    split.add_run(" Haus")
    footnote(split)
    split.add_run(" am See.")
    link(document.add_paragraph("Mehr steht auf "), "unserer Seite")
    table = document.add_table(2, 2)
    for row in table.rows:
        for number, cell in enumerate(row.cells):
            cell.text = ("Guten Morgen!", "12,50")[number]
    picture = document.add_paragraph("Hier ist ein Bild: ")
    picture.add_run().add_picture(io.BytesIO(png()))
    lines = document.add_paragraph("Sehr geehrte Frau Meier")
    lines.add_run().add_break()
    lines.add_run("Wie geht es Ihnen?\tMir geht es gut.")
    document.add_paragraph("Ich mag Äpfel.", style="List Bullet")
    field(document.add_paragraph("Seite "), "PAGE", "7")
    head = document.sections[0].header.paragraphs[0]
    head.add_run("Der Kopf der Seite").italic = True
    document.sections[0].footer.paragraphs[0].text = "Der Fuß der Seite"
    return with_footnotes(document)


def run(text: str) -> str:
    return f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{text}</w:t></w:r>'


def link(paragraph: Paragraph, text: str) -> None:
    address = paragraph.part.relate_to(
        "https://example.org/",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    xml = f'<w:hyperlink {nsdecls("w", "r")} r:id="{address}">{run(text)}</w:hyperlink>'
    paragraph._p.append(parse_xml(xml))  # noqa: SLF001 - python-docx has no links to write
    paragraph.add_run(".")


def field(paragraph: Paragraph, code: str, result: str) -> None:
    for xml in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{result}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"))  # noqa: SLF001 - likewise


def footnote(paragraph: Paragraph) -> None:
    made = paragraph.add_run()
    made.font.superscript = True
    made._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="1"/>'))  # noqa: SLF001 - likewise


def with_footnotes(document: Word) -> bytes:
    made = io.BytesIO()
    document.save(made)
    entries = unpacked(made.getvalue())
    entries["word/footnotes.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>'
        f"{run(' Es steht am Ufer.')}</w:p></w:footnote></w:footnotes>"
    ).encode()
    entries["[Content_Types].xml"] = entries["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.footnotes+xml"/></Types>',
    )
    return packed(entries)


def word_of(body: str) -> bytes:
    """A .docx whose body is this XML, in the namespace w."""
    made = io.BytesIO()
    document = docx.Document()
    document.core_properties.comments = ""
    document.save(made)
    entries = unpacked(made.getvalue())
    entries["word/document.xml"] = (
        f"<w:document {nsdecls('w', 'r')}><w:body>{body}</w:body></w:document>"
    ).encode()
    return packed(entries)


ODT_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{what}:1.0"'
    for name, what in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:officeooo="http://openoffice.org/2009/office"'
)
ODT_BODY = """
<text:h text:outline-level="1">Der  Bericht</text:h>
<text:p>Das ist ein
<text:span text:style-name="T1">wich<text:span text:style-name="T2">tig</text:span>es
</text:span>Haus<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Es steht am Ufer.</text:p></text:note-body></text:note> am See.</text:p>
<text:p><text:s text:c="4"/>Guten Morgen!<text:tab/>Wie geht es dir?<text:line-break/>Mir geht
es gut.</text:p>
<text:p>Mehr steht auf <text:a xlink:href="https://example.org/">unserer Seite</text:a>.</text:p>
<table:table><table:table-row><table:table-cell><text:p>Ich mag Äpfel.</text:p></table:table-cell>
<table:table-cell><text:p>12,50</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame><draw:text-box><text:p>Im Kasten</text:p></draw:text-box></draw:frame></text:p>
"""


def open_document_text(body: str = ODT_BODY) -> bytes:
    """An .odt as LibreOffice writes it."""
    content = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {ODT_NAMESPACES} office:version="1.3"><office:automatic-styles>
<style:style style:name="T1" style:family="text">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text">
<style:text-properties officeooo:rsid="0012"/></style:style>
</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>
</office:document-content>"""
    styles = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles {ODT_NAMESPACES}><office:master-styles><style:master-page><style:header>
<text:p>Der Kopf der Seite</text:p></style:header></style:master-page></office:master-styles>
</office:document-styles>"""
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return packed(
        {
            "content.xml": content,
            "styles.xml": styles,
            "Pictures/1.png": png(),
            "META-INF/manifest.xml": manifest,
        },
        mimetype="application/vnd.oasis.opendocument.text",
    )


CHAPTER = """<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang='de'>
<head><title>Das erste Kapitel</title><link rel="stylesheet" href="s.css" /><script></script></head>
<body>
  <h1 class="a &amp; b">Das erste Kapitel</h1>
  <p>Das ist ein <b>wichtiges</b>&nbsp;Haus
     am See.<a href="#n1"><sup>1</sup></a></p>
  <p><i>Guten Morgen!<br/>Wie geht es dir?</i></p>
  <pre>bleib  = so();</pre><p>Rufe <code>drucke()</code> auf.</p>
  <p translate="no">Bleib auch so.</p><img src="b.png" alt="" />
  <ul><li>Ich mag Äpfel.<ul><li>Mir geht es gut.</li></ul></li></ul>
</body></html>
"""


def book(chapter: str = CHAPTER) -> bytes:
    """An .epub with two chapters, both kinds of contents, a style sheet and a picture."""
    opf = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"
 unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:x</dc:identifier><dc:title>Das Buch der Häuser</dc:title>
<dc:language>de</dc:language></metadata><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="c2" href="text/zwei%20.xhtml" media-type="application/xhtml+xml"/>
<item id="c1" href="text/eins.xhtml" media-type="application/xhtml+xml"/>
<item id="s" href="text/s.css" media-type="text/css"/>
<item id="b" href="text/b.png" media-type="image/png"/></manifest>
<spine toc="x"><itemref idref="c1"/><itemref idref="c2"/></spine></package>"""
    nav = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Inhalt des Buches</title></head><body><nav epub:type="toc"><ol>
<li><a href="text/eins.xhtml">Das erste Kapitel</a></li></ol></nav></body></html>"""
    ncx = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/>
<docTitle><text>Das Buch der Häuser</text></docTitle><navMap><navPoint id="p" playOrder="1">
<navLabel><text>Das erste Kapitel</text></navLabel><content src="text/eins.xhtml"/></navPoint>
</navMap></ncx>"""
    second = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Das zweite Kapitel</title>
</head><body><p>Ende gut, alles gut.</p></body></html>"""
    container = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/c.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
    return packed(
        {
            "META-INF/container.xml": container,
            "OEBPS/c.opf": opf,
            "OEBPS/nav.xhtml": nav,
            "OEBPS/toc.ncx": ncx,
            "OEBPS/text/eins.xhtml": chapter,
            "OEBPS/text/zwei .xhtml": second,
            "OEBPS/text/s.css": "b { color: red }",
            "OEBPS/text/b.png": png(),
        },
        mimetype="application/epub+zip",
    )
