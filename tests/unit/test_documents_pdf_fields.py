"""Forms of a PDF: people read the fields in the other language, and what is stored stays."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.support.pdf_files import pdf_of, shown
from web.formats.pdf.document import PdfDocument

FONTS = Dictionary(
    F=Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
)  # fmt: skip


def form() -> bytes:
    """A form of a text field, a button and two lists of options."""
    with pikepdf.open(io.BytesIO(pdf_of(shown(50, 700, "Ihre Angaben")))) as pdf:

        def appearance(*texts: str) -> pikepdf.Object:
            content = "".join(
                f"BT /F 10 Tf 4 {26 - 12 * index} Td ({text}) Tj ET "
                for index, text in enumerate(texts)
            )
            stream = pdf.make_stream(f"/Tx BMC q {content} Q EMC".encode("cp1252"))
            stream.update(
                Dictionary(
                    Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 40],
                    Resources=Dictionary(Font=FONTS),
                )
            )  # fmt: skip
            return Dictionary(N=stream)

        def widget(**more: object) -> Dictionary:
            made = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[50, 500, 150, 540])
            for name, value in more.items():
                made[f"/{name}"] = value
            return made

        fields = [
            widget(
                FT=Name.Tx, T=String("vorname"), TU=String("Ihr Vorname"),
                V=String("Erika"), DV=String("Vorname hier"), AP=appearance("Erika"),
            ),
            widget(
                FT=Name.Btn, T=String("senden"), TU=String("form1[0].senden[0]"),
                Ff=1 << 16, MK=Dictionary(CA=String("Formular absenden")),
                AP=appearance("Formular absenden"),
            ),
            widget(
                FT=Name.Ch, T=String("land"), Ff=1 << 17, V=String("de"),
                Opt=[Array([String("de"), String("Deutschland")]), String("Polen"), String("7")],
                AP=appearance("Deutschland"),
            ),
            widget(
                FT=Name.Ch, T=String("farbe"), Opt=[String("Rot"), String("Blau")],
                V=String("Blau"), AP=appearance("Rot", "Blau"),
            ),
        ]  # fmt: skip
        listed = [pdf.make_indirect(field) for field in fields]
        group = pdf.make_indirect(Dictionary(T=String("gruppe"), Kids=Array(listed[2:])))
        for each in listed[2:]:
            each.Parent = group
        pdf.pages[0].obj.Annots = Array(listed)
        pdf.Root.AcroForm = Dictionary(Fields=Array([*listed[:2], group]))
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


ENGLISH = {
    "Ihre Angaben": "Your details",
    "Formular absenden": "Send the form",
    "Deutschland": "Germany",
    "Rot": "Red",
    "Blau": "Blue",
    "Ihr Vorname": "Your first name",
    "Polen": "Poland",
}


def test_tooltips_captions_and_options_are_lines_and_values_are_not() -> None:
    assert list(PdfDocument(form()).lines) == list(ENGLISH)


def test_fields_are_read_in_the_other_language_and_store_what_they_stored() -> None:
    document = PdfDocument(form())
    made = document.rebuilt([ENGLISH[line] for line in document.lines], "en")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert not pdf.check_pdf_syntax()
        text, button, land, colour = pdf.pages[0].Annots
        assert str(text.TU) == "Your first name"
        assert (str(text.T), str(text.V), str(text.DV)) == ("vorname", "Erika", "Vorname hier")
        assert b"(Erika)" in text.AP.N.read_bytes()
        assert str(button.MK.CA) == "Send the form"
        assert str(button.TU) == "form1[0].senden[0]"
        assert b"absenden" not in button.AP.N.read_bytes()
        assert [[str(each) for each in pair] for pair in list(land.Opt)[:2]] == [
            ["de", "Germany"],
            ["Polen", "Poland"],
        ]
        assert str(land.Opt[2]) == "7"
        assert str(land.V) == "de"
        assert [[str(each) for each in pair] for pair in colour.Opt] == [
            ["Rot", "Red"],
            ["Blau", "Blue"],
        ]
        assert str(colour.V) == "Blau"
    assert list(PdfDocument(made).lines) == list(ENGLISH.values())


def test_a_form_that_leads_in_circles_is_read_once() -> None:
    with pikepdf.open(io.BytesIO(form())) as pdf:
        group = pdf.Root.AcroForm.Fields[2]
        group.Kids.append(group)
        group.Kids.append(pikepdf.Array([1, 2]))
        pdf.Root.AcroForm.Fields.append(String("x"))
        made = io.BytesIO()
        pdf.save(made)
    document = PdfDocument(made.getvalue())
    assert list(document.lines) == list(ENGLISH)
    document.rebuilt([line.upper() for line in document.lines], "en")
