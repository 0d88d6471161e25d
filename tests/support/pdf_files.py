"""PDF files for tests, as small as can be: words at places, in fonts that each reader has."""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

FONTS = {"F": "Helvetica", "B": "Helvetica-Bold", "T": "Times-Roman", "S": "Symbol"}


def shown(x: float, y: float, text: str, font: str = "F", size: float = 10) -> str:
    """Operators that show a text at a place."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def column(x: float, y: float, lines: Sequence[str], size: float = 10) -> str:
    """Operators that show lines below each other."""
    return "\n".join(
        shown(x, y - index * size * 1.2, line, size=size) for index, line in enumerate(lines)
    )


def pdf_of(
    *pages: str, title: str = "", bookmarks: Sequence[str] = (), password: str = ""
) -> bytes:
    """A PDF with these pages, each of these operators."""
    pdf = pikepdf.new()
    fonts = Dictionary()
    for name, base in FONTS.items():
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{base}"))
        if base != "Symbol":
            font.Encoding = Name.WinAnsiEncoding
        fonts[f"/{name}"] = pdf.make_indirect(font)
    for content in pages:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(Font=fonts)
        page.obj.Contents = pdf.make_stream(content.encode("cp1252"))
    if title:
        pdf.docinfo["/Title"] = String(title)
    with pdf.open_outline() as outline:
        outline.root += [OutlineItem(each, 0) for each in bookmarks]
    made = io.BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else None
    pdf.save(made, encryption=encryption or False, deterministic_id=not password)
    return made.getvalue()


def linked(
    data: bytes, address: str, *places: tuple[float, float, float, float], page: int = 0
) -> bytes:
    """The PDF with a link at each of these places of a page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=list(place),
                A=Dictionary(S=Name.URI, URI=String(address)),
            )
            for place in places
        ]  # fmt: skip
        found = pdf.pages[page].obj
        if "/Annots" not in found:
            found.Annots = Array([])
        found.Annots.extend([pdf.make_indirect(link) for link in links])
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
    return made.getvalue()
