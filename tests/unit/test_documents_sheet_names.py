"""Names of sheets are translated where that was asked for, and all that refers to one follows."""

from collections.abc import Mapping

import pytest
from lxml import etree

from tests.support.documents import packed, replaced, unpacked
from tests.support.office_documents import workbook
from tests.support.open_documents import NAMESPACES, cell, sheet
from web.formats.base import DocumentError
from web.formats.office.sheet_names import Renamed
from web.formats.office.workbook_references import in_formula
from web.formats.open_document.references import in_addresses
from web.formats.options import ReadingOptions
from web.formats.registry import open_document

NAMED = ReadingOptions(sheet_names=True)
NEW = Renamed({"Die Zahlen": "The numbers", "Anna's": "Anna's one", "Preise": "Prices"})
FORMULAS = "".join(
    f"<row><c><f>{formula}</f><v>1</v></c></row>"
    for formula in ("SUM('Die Zahlen'!A1:B2)+PREISE!A1", "IF(A1=\"Preise!A1\",'Die Zahlen'!Ort,1)")
)
LINK = (
    '</sheetData><hyperlinks><hyperlink ref="A1" location="\'Die Zahlen\'!A1"/></hyperlinks>'
    "<sheetData>"
)
FORMAT = (
    '</sheetData><conditionalFormatting><cfRule type="expression"><formula>Preise!$A$1&gt;1'
    "</formula></cfRule></conditionalFormatting><sheetData>"
)


def book(
    sheets: tuple[str, ...] = ("Die Zahlen", "Preise"),
    cells: str = FORMULAS,
    more: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """A workbook with sheets of these names, of which one is there; `more` are parts by names."""
    data = workbook("<si><t>Das Haus</t></si>", '<tableColumn id="1" name="x"/>', cells)
    old = '<sheet name="Tabelle eins" sheetId="1" r:id="rId1"/>'
    new = "".join(f'<sheet name="{each}" sheetId="1" r:id="rId1"/>' for each in sheets)
    data = replaced(data, "xl/workbook.xml", old, new)
    data = replaced(data, "xl/workbook.xml", "Tabelle1!$A$1", "'Die Zahlen'!$A$1,Preise!$B$2")
    data = replaced(data, "xl/charts/chart1.xml", "Tabelle1!", "'Die Zahlen'!")
    data = replaced(data, "xl/drawings/drawing1.xml", 'textlink=""', 'textlink="Preise!$A$1"')
    for name, (kind, xml) in (more or {}).items():
        data = packed({**unpacked(data), name: xml})
        types = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        data = replaced(data, "[Content_Types].xml", "</Types>", types)
    return data


def renamed(data: bytes, words: Mapping[str, str], name: str = "a.xlsx") -> dict[str, str]:
    """The parts of a spreadsheet with these new words, the others as they were."""
    document = open_document(name, data, NAMED)
    new = document.rebuilt([words.get(line, line) for line in document.lines], "en")
    return {key: value.decode("utf-8", "replace") for key, value in unpacked(new).items()}


def sheets_of(parts: Mapping[str, str]) -> list[str]:
    root = etree.fromstring(parts["xl/workbook.xml"].encode())
    return [each.get("name") or "" for each in root.iter("{*}sheet")]


def test_names_are_lines_only_where_that_was_asked_for() -> None:
    lines = open_document("a.xlsx", book(), NAMED).lines
    assert list(lines[:3]) == ["Die Zahlen", "Preise", "Das Haus"]
    plain = open_document("a.xlsx", book())
    assert plain.lines == lines[2:]
    document = open_document("a.xlsx", book(), NAMED)
    assert unpacked(document.rebuilt(document.lines)) == unpacked(book())
    with pytest.raises(DocumentError):
        document.rebuilt(plain.lines)


def test_everything_that_refers_to_a_sheet_follows() -> None:
    contents = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        'docPropsVTypes"><HeadingPairs><vt:lpstr>Preise</vt:lpstr></HeadingPairs><TitlesOfParts>'
        "<vt:vector><vt:lpstr>Die Zahlen</vt:lpstr><vt:lpstr>'Die Zahlen'!Druckbereich</vt:lpstr>"
        "</vt:vector></TitlesOfParts></Properties>"
    )
    pivot = (
        '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cacheSource><worksheetSource ref="A1:B2" sheet="Die Zahlen"/></cacheSource>'
        "</pivotCacheDefinition>"
    )
    office = "application/vnd.openxmlformats-officedocument."
    data = book(
        cells=FORMULAS + LINK + FORMAT,
        more={
            "docProps/app.xml": (f"{office}extended-properties+xml", contents),
            "xl/pivot.xml": (f"{office}spreadsheetml.pivotCacheDefinition+xml", pivot),
        },
    )
    pivot_name = "<c:pivotSource><c:name>[Mappe.xlsx]Die Zahlen!Pivot1</c:name></c:pivotSource>"
    data = replaced(data, "xl/charts/chart1.xml", "<c:chart>", f"{pivot_name}<c:chart>")
    rels = "xl/drawings/_rels/drawing1.xml.rels"
    link = (
        '<Relationship Id="rId9" Type="x" Target="#\'Die%20Zahlen\'!A1" TargetMode="External"/>'
        '<Relationship Id="rId8" Type="x" Target="#Preise!A1" TargetMode="External"/></Rel'
    )
    data = replaced(data, rels, "</Rel", link)
    parts = renamed(data, {"Die Zahlen": "The numbers", "Preise": "Prices"})
    assert sheets_of(parts) == ["The numbers", "Prices"]
    cells = parts["xl/worksheets/sheet1.xml"]
    for said in (
        "<f>SUM('The numbers'!A1:B2)+Prices!A1</f>",
        "<f>IF(A1=\"Preise!A1\",'The numbers'!Ort,1)</f>",
        "location=\"'The numbers'!A1\"",
        "<formula>Prices!$A$1&gt;1</formula>",
    ):
        assert said in cells
    assert ">'The numbers'!$A$1,Prices!$B$2<" in parts["xl/workbook.xml"]
    assert "<c:f>'The numbers'!$B$1</c:f>" in parts["xl/charts/chart1.xml"]
    assert ">'[Mappe.xlsx]The numbers'!Pivot1<" in parts["xl/charts/chart1.xml"]
    assert 'textlink="Prices!$A$1"' in parts["xl/drawings/drawing1.xml"]
    assert 'sheet="The numbers"' in parts["xl/pivot.xml"]
    assert parts["docProps/app.xml"] == contents.replace("Die Zahlen", "The numbers")
    assert "\"#'The%20numbers'!A1\"" in parts[rels]
    assert '"#Prices!A1"' in parts[rels]
    assert not any("Die Zahlen'!" in each or "Preise!$" in each for each in parts.values())


@pytest.mark.parametrize(
    ("targets", "names"),
    [
        (("Sheet", "sheet"), ["Sheet", "sheet 2"]),
        (("Preise", "Die Zahlen"), ["Preise", "Die Zahlen"]),
        (("A/B: [c]?*\\", "'so'"), ["A-B c -", "so"]),
        (("History", ""), ["Die Zahlen", "Preise"]),
        (("Preise", "Preise"), ["Preise 2", "Preise"]),
        (("Long " * 8, "x" * 40), ["Long Long Long Long Long Long", "x" * 31]),
        (("x" * 31, "x" * 40), ["x" * 31, "x" * 29 + " 2"]),
        (("\U0001f600" * 16, "a\x00\x0b\tb"), ["\U0001f600" * 15, "a b"]),
    ],
)
def test_names_are_such_as_excel_takes(targets: tuple[str, str], names: list[str]) -> None:
    parts = renamed(book(), dict(zip(("Die Zahlen", "Preise"), targets, strict=True)))
    assert sheets_of(parts) == names


def test_the_number_that_a_program_gave_stays() -> None:
    document = open_document("a.xlsx", book(("Tabelle1", "Tabelle12", "2024", "Q1")), NAMED)
    assert list(document.lines[:2]) == ["Tabelle", "Das Haus"]
    parts = renamed(book(("Tabelle1", "Tabelle12", "2024", "Q1")), {"Tabelle": "Table"})
    assert sheets_of(parts) == ["Table1", "Table12", "2024", "Q1"]


@pytest.mark.parametrize(
    "cells",
    [
        "<row><c><f>INDIRECT(A1&amp;&quot;!B2&quot;)</f></c></row>",
        "<row><c><f>INDIRECT(&quot;Preise!A1&quot;)</f></c></row>",
        "<row><c><f>HYPERLINK(&quot;#Preise!A1&quot;,1)</f></c></row>",
    ],
)
def test_names_stay_where_a_formula_makes_addresses_of_texts(cells: str) -> None:
    assert open_document("a.xlsx", book(cells=cells), NAMED).lines[0] == "Das Haus"


def test_a_formula_that_makes_no_name_keeps_none() -> None:
    cells = (
        "<row><c><f>ROW(INDIRECT(&quot;1:9&quot;))</f></c>"
        "<c><f>HYPERLINK(&quot;https://example.org/&quot;)</f></c></row>"
    )
    assert open_document("a.xlsx", book(cells=cells), NAMED).lines[0] == "Die Zahlen"


def test_names_stay_where_a_program_may_say_them() -> None:
    data = book(more={"xl/vbaProject.bin": ("application/vnd.ms-office.vbaProject", "x")})
    assert open_document("a.xlsm", data, NAMED).lines[0] == "Das Haus"


def test_a_name_that_an_unknown_part_says_stays() -> None:
    data = book(more={"xl/query.xml": ("application/xml", "<q>SELECT 'die zahlen'!A1</q>")})
    assert list(open_document("a.xlsx", data, NAMED).lines[:2]) == ["Preise", "Das Haus"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'Die Zahlen'!A1", "'The numbers'!A1"),
        ("die_zahlen!A1+'DIE ZAHLEN'!B2", "die_zahlen!A1+'The numbers'!B2"),
        ("'Anna''s'!A1", "'Anna''s one'!A1"),
        ("SUM(Preise:Ende!A1)", "SUM(Prices:Ende!A1)"),
        ("SUM('Die Zahlen:Preise'!A1)", "SUM('The numbers:Prices'!A1)"),
        ("[1]Preise!A1+'[2]Die Zahlen'!A1+'C:\\[a.xlsx]Preise'!A1", ""),
        ('"Preise!A1"&Preise!A1&"""Preise!"', '"Preise!A1"&Prices!A1&"""Preise!"'),
        ("Liste[[#This Row],[Preise!]]+Liste['[Preise!]", ""),
        ("#REF!+Preise!#REF!", "#REF!+Prices!#REF!"),
        ("xPreise!A1+Preise.x!A1+Preise", ""),
        ("[0]!Makro", ""),
    ],
)
def test_formulas_of_a_workbook(old: str, new: str) -> None:
    assert in_formula(old, NEW) == (new or old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("of:=SUM([$'Die Zahlen'.A1:.B2])", "of:=SUM([$'The numbers'.A1:.B2])"),
        ("Preise.A1:Preise.B2 'Die Zahlen'.$A$1", "Prices.A1:Prices.B2 'The numbers'.$A$1"),
        ("of:=[$Preise.$A$1]+[.A1]", "of:=[$Prices.$A$1]+[.A1]"),
        ("of:=[$'Anna''s'.A1]", "of:=[$'Anna''s one'.A1]"),
        ("of:=['file:///x.ods'#$Preise.A1]", ""),
        ('of:=IF([.A1]="Preise.A1";1.5)', ""),
        ("of:=[Preise.#REF!]+[Preise.A:Preise.A]", "of:=[Prices.#REF!]+[Prices.A:Prices.A]"),
        ("COM.PREISE.A(1)+xPreise.A1", ""),
    ],
)
def test_addresses_of_a_spreadsheet(old: str, new: str) -> None:
    assert in_addresses(old, NEW) == (new or old)


TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def test_sheets_of_open_document_are_named_anew() -> None:
    more = (
        '<table:named-range table:name="Blatt" table:cell-range-address="$\'Blatt eins\'.$A$1"/>'
        "<table:content-validation table:condition=\"of:cell-content()&gt;['Blatt eins'.B1]\"/>"
    )
    cells = cell("Haus") + cell("1", "table:formula=\"of:=[$'Blatt eins'.A1]\"")
    data = sheet(cells, more)
    data = replaced(data, "Object 1/content.xml", "Blatt.A1:Blatt.A1", "'Blatt eins'.A1")
    settings = (
        '<s xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><config:config-item '
        'config:name="ActiveTable">Blatt eins</config:config-item><config:config-item-map-entry '
        'config:name="Blatt eins"/></s>'
    )
    data = packed({**unpacked(data), "settings.xml": settings})
    document = open_document("a.ods", data, NAMED)
    assert document.lines[0] == "Blatt eins"
    assert "local-table" not in document.lines
    assert unpacked(document.rebuilt(document.lines)) == unpacked(data)
    parts = renamed(data, {"Blatt eins": "First sheet", "Haus": "House"}, "a.ods")
    content = parts["content.xml"]
    for said in (
        '"First sheet"', "\"$'First sheet'.$A$1\"", "&gt;['First sheet'.B1]",
        "\"of:=[$'First sheet'.A1]\"", 'table:name="Blatt"', ">House<",
    ):  # fmt: skip
        assert said in content
    assert ">'First sheet'.A1<" in parts["Object 1/content.xml"]
    assert parts["settings.xml"] == settings.replace("Blatt eins", "First sheet")
    assert "Blatt eins" not in "".join(parts.values())


def test_sheets_of_a_flat_file_are_named_anew() -> None:
    data = (
        f"<office:document {NAMESPACES} "
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
        '<table:table table:name="Zahlen"><text:a xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xlink:href="#Zahlen.A1"/></table:table></office:body></office:document>'
    ).encode()
    document = open_document("a.fods", data, NAMED)
    assert document.lines == ["Zahlen"]
    assert document.rebuilt(["Numbers"]) == data.replace(b"Zahlen", b"Numbers")
    assert document.rebuilt(["Zahlen"]) == data


def test_a_spreadsheet_whose_formula_makes_addresses_keeps_its_names() -> None:
    cells = cell("1", 'table:formula="of:=INDIRECT(&quot;Blatt.&quot;&amp;[.A1])"')
    assert "Blatt eins" not in open_document("a.ods", sheet(cells), NAMED).lines


def test_a_kind_without_sheets_refuses_their_names() -> None:
    with pytest.raises(DocumentError, match=r"\.xlsx .*\.ods"):
        open_document("a.csv", b"Haus", NAMED)
