"""Presentations and workbooks come out as they went in, with other words."""

from collections.abc import Callable

import pytest
from lxml import etree

from tests.support import office_documents
from tests.support.documents import packed, replaced, unpacked
from tests.support.office_documents import CELLS, presentation, run, shape, workbook
from web.formats.registry import open_document

SAMPLES: dict[str, Callable[[], bytes]] = {"a.pptx": presentation, "a.xlsx": workbook}
FILTER = (
    "<autoFilter><filterColumn><filters><filter val='offen'/></filters></filterColumn></autoFilter>"
)
FORMAT = "<conditionalFormatting><cfRule type='containsText' text='offen'/></conditionalFormatting>"
CHOICE = "<dataValidation><formula1>&quot;offen,zu&quot;</formula1></dataValidation>"
LINK = "<a:rPr><a:hlinkClick/></a:rPr>"
LINES = {
    "a.pptx": [
        "Ein Haus",
        'Automatisch "gemacht"',
        "Das ist ein <x1>wichtiges</x1> Haus am See.",
        "Seite <x1>1</x1> von vielen",
        "Guten Morgen!",
        "Wie geht es dir?",
        "Ich mag Äpfel.",
        "Der Umsatz",
        "Das Haus",
        "Der Morgen",
        "Der Anfang",
        "Der Anfang",
        "Langsam sprechen",
        "Ist das gut?",
        "Ende gut, alles gut.",
        "Der erste Abschnitt",
        "Der Bericht",
        "Nur für uns",
    ],
    "a.xlsx": [
        "Der Bericht",
        "Das ist ein <x1>wichtiges</x1> Haus.",
        "Guten Morgen!",
        "Wie geht es dir?",
        "Menge",
        "Der Preis",
        "(netto)",
        "Das Haus",
        "Ende gut, alles gut.",
        "Der Anfang",
        "Die Wahl",
        "Ist das gut?",
        "Der Kopf <x1>1</x1> von <x2>9</x2>",
        "Haus & See",
        "Ein Bild",
        "Im Kasten",
        "Der Umsatz",
        "Das Haus",
        "Der Morgen",
        "Anna:",
        "Ist das wahr?",
        "Das ist gut.",
    ],
}


def slide_lines(body: str) -> list[str]:
    """Lines of a presentation whose first slide has a shape with these paragraphs alone."""
    lines = open_document("a.pptx", presentation(shape(body))).lines
    return list(lines[: lines.index("Der Umsatz")])


@pytest.mark.parametrize("name", SAMPLES)
def test_the_lines_are_what_a_reader_reads_in_its_order(name: str) -> None:
    assert open_document(name, SAMPLES[name]()).lines == LINES[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_lines_give_the_same_parts(name: str) -> None:
    data = SAMPLES[name]()
    document = open_document(name, data)
    assert unpacked(document.rebuilt(document.lines)) == unpacked(data)


@pytest.mark.parametrize("name", SAMPLES)
def test_other_words_are_read_again(name: str) -> None:
    document = open_document(name, SAMPLES[name]())
    targets = [f"§ {line} <&>\"'" for line in document.lines]
    new = document.rebuilt(targets, "en")
    assert open_document(name, new).lines == targets
    for entry, content in unpacked(new).items():
        if entry.endswith((".xml", ".rels")):
            etree.fromstring(content)


def test_marks_of_the_language_name_that_of_the_words() -> None:
    document = open_document("a.pptx", presentation())
    new = unpacked(document.rebuilt([f"x{line}" for line in document.lines], "en"))
    for part in ("slides/slide1", "slides/slide2", "charts/chart1", "slideLayouts/slideLayout1"):
        assert b"de-DE" not in new[f"ppt/{part}.xml"]
        assert b'lang="en-US"' in new[f"ppt/{part}.xml"]
    assert b"<dc:language>en-US</dc:language>" in new["docProps/core.xml"]


def test_a_kind_of_presentation_keeps_its_kind() -> None:
    for kind, name in (("slideshow", "a.ppsx"), ("template", "a.potx")):
        data = replaced(
            presentation(),
            "[Content_Types].xml",
            "presentationml.presentation.main+xml",
            f"presentationml.{kind}.main+xml",
        )
        assert open_document(name, data).lines == LINES["a.pptx"]


@pytest.mark.parametrize(
    ("make", "old", "new", "name"),
    [
        (presentation, "presentationml.presentation", "powerpoint.presentation", "a.pptm"),
        (workbook, "spreadsheetml.sheet", "excel.sheet", "a.xlsm"),
    ],
)
def test_macros_are_copied(make: Callable[[], bytes], old: str, new: str, name: str) -> None:
    data = replaced(
        make(),
        "[Content_Types].xml",
        f"{office_documents.OFFICE}{old}.main+xml",
        f"application/vnd.ms-{new}.macroEnabled.main+xml",
    )
    data = packed({**unpacked(data), "vbaProject.bin": b"\x01Ja"})
    document = open_document(name, data)
    rebuilt = unpacked(document.rebuilt([f"x{line}" for line in document.lines]))
    assert rebuilt["vbaProject.bin"] == b"\x01Ja"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<a:p/>", []),
        ("<a:p><a:r><a:t/></a:r></a:p>", []),
        (f"<a:p>{run('12,50 %')}</a:p>", []),
        (
            f"<a:p>{run('Ein ')}{run('Link', LINK)}{run(' hier')}</a:p>",
            ["Ein <x1>Link</x1> hier"],
        ),
        # A sentence that goes on after a break is one.
        (
            f"<a:p>{run('Das Haus')}<a:br/>{run('steht am See.')}</a:p>",
            ["Das Haus<xbr1/>steht am See."],
        ),
    ],
)
def test_paragraphs(body: str, lines: list[str]) -> None:
    assert slide_lines(body) == lines


def test_a_namespace_may_have_any_prefix() -> None:
    data = unpacked(presentation())
    slide = data["ppt/slides/slide2.xml"]
    for old, new in ((b"<a:", b"<q:"), (b"</a:", b"</q:"), (b"xmlns:a=", b"xmlns:q=")):
        slide = slide.replace(old, new)
    data["ppt/slides/slide2.xml"] = slide
    document = open_document("a.pptx", packed(data))
    assert document.lines == LINES["a.pptx"]
    new_slide = unpacked(document.rebuilt([f"x{line}" for line in document.lines], "en"))
    etree.fromstring(new_slide["ppt/slides/slide2.xml"])
    assert b"<a:" not in new_slide["ppt/slides/slide2.xml"]


def cells(*texts: str) -> str:
    return "".join(f"<si><t>{text}</t></si>" for text in texts)


def columns(*names: str) -> str:
    return "".join(f'<tableColumn id="{n}" name="{each}"/>' for n, each in enumerate(names))


def translated(data: bytes, words: dict[str, str]) -> dict[str, bytes]:
    """The parts of a workbook whose lines are these words, or as they were."""
    document = open_document("a.xlsx", data)
    return unpacked(document.rebuilt([words.get(line, line) for line in document.lines], "en"))


def names_of(parts: dict[str, bytes]) -> list[str]:
    root = etree.fromstring(parts["xl/tables/table1.xml"])
    return [each.get("name") or "" for each in root.iter("{*}tableColumn")]


def strings_of(parts: dict[str, bytes]) -> list[str]:
    root = etree.fromstring(parts["xl/sharedStrings.xml"])
    return ["".join(each.itertext()) for each in root]


def test_a_column_is_named_as_its_cell() -> None:
    data = workbook(cells("Das Haus", "Der See"), columns("Das Haus", "Der See"))
    parts = translated(data, {"Das Haus": "House & <b>", "Der See": "Lake _x0041_"})
    assert names_of(parts) == ["House & <b>", "Lake _x005F_x0041_"]
    assert strings_of(parts) == names_of(parts)


def test_columns_that_would_have_one_name_keep_theirs() -> None:
    data = workbook(cells("Das Haus", "Das Heim", "Ort"), columns("Das Haus", "Das Heim", "Ort"))
    parts = translated(data, {"Das Haus": "Home", "Das Heim": "home", "Ort": "Place"})
    assert names_of(parts) == ["Das Haus", "Das Heim", "Place"]
    assert strings_of(parts) == names_of(parts)
    # "Das Heim" is what the third would be called, so nothing of the table is translated.
    parts = translated(data, {"Das Haus": "Home", "Das Heim": "home", "Ort": "Das Heim"})
    assert names_of(parts) == ["Das Haus", "Das Heim", "Ort"]
    assert strings_of(parts) == names_of(parts)


def test_a_column_whose_cell_has_two_looks_keeps_its_name() -> None:
    rich = "<si><r><rPr><b/></rPr><t>Das</t></r><r><t xml:space='preserve'> Haus</t></r></si>"
    data = workbook(cells("Das Haus") + rich, columns("Das Haus"))
    parts = translated(data, {"Das Haus": "House", "<x1>Das</x1> Haus": "The <x1>house</x1>"})
    assert names_of(parts) == ["Das Haus"]
    assert strings_of(parts) == ["Das Haus", "Das Haus"]


def formula(said: str) -> str:
    return f"<row><c><f>{said}</f><v>0</v></c></row>"


@pytest.mark.parametrize(
    ("said", "new"),
    [
        ("SUM(Tabelle1[Der See])", "SUM(Tabelle1[[Lake (big)]])"),
        ("SUM(Tabelle1[@[Der See]])", "SUM(Tabelle1[@[Lake (big)]])"),
        ("SUM(Tabelle1[@Ort])", "SUM(Tabelle1[@[The place]])"),
        ("SUM(Tabelle1[ort],[Ort])", "SUM(Tabelle1[The place],[The place])"),
        ("Tabelle1[[#All],[Der See]:[Ort]]", "Tabelle1[[#All],[Lake (big)]:[The place]]"),
        ("IF(A1=1,'Ort'!B2,[1]Ort!C3)+Tabelle1[#Totals]", None),
        ("[1]!Tabelle1[Ort]+'[a.xlsx]x'!T[Ort]+'it''s [Ort]'!A1", None),
    ],
)
def test_a_column_that_formulas_name_has_its_new_name_there(said: str, new: str | None) -> None:
    data = workbook(cells("Der See", "Ort"), columns("Der See", "Ort"), formula(said))
    column = '<tableColumn id="1" name="Ort"'
    data = replaced(
        data,
        "xl/tables/table1.xml",
        f"{column}/>",
        f"{column}><calculatedColumnFormula>Tabelle1[[#This Row],[Der See]]*2"
        "</calculatedColumnFormula></tableColumn>",
    )
    document = open_document("a.xlsx", data)
    assert unpacked(document.rebuilt(document.lines)) == unpacked(data)
    parts = translated(data, {"Der See": "Lake (big)", "Ort": "The place"})
    assert names_of(parts) == strings_of(parts) == ["Lake (big)", "The place"]
    assert f"<f>{new or said}</f>".encode() in parts["xl/worksheets/sheet1.xml"]
    assert b">Tabelle1[[#This Row],[Lake (big)]]*2<" in parts["xl/tables/table1.xml"]


def test_a_name_of_a_column_is_escaped_where_formulas_say_it() -> None:
    data = workbook(cells("Ort"), columns("Ort"), formula("SUM(Tabelle1[Ort])"))
    parts = translated(data, {"Ort": "No. #1 [it's]"})
    assert b"<f>SUM(Tabelle1[[No. '#1 '[it''s']]])</f>" in parts["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    "said",
    [
        "SUM(INDIRECT(A1))+Tabelle1[Ort]",
        "MATCH(&quot;Ort&quot;,Tabelle1[#Headers],0)+Tabelle1[Ort]",
    ],
)
def test_a_column_that_a_formula_may_name_unseen_keeps_its_name(said: str) -> None:
    data = workbook(cells("Ort", "Der See"), columns("Ort", "Der See"), formula(said))
    assert "Ort" not in open_document("a.xlsx", data).lines
    parts = translated(data, {"Der See": "Lake"})
    assert names_of(parts) == strings_of(parts) == ["Ort", "Lake"]


def test_columns_that_formulas_call_alike_keep_one_name() -> None:
    data = workbook(cells("Ort", "ORT", "See"), columns("Ort", "See"), formula("Tabelle1[Ort]"))
    parts = translated(data, {"Ort": "Place", "ORT": "TOWN"})
    assert names_of(parts) == ["Place", "See"]


@pytest.mark.parametrize(
    "criterion",
    [
        "<row><c><f>COUNTIF(A1:A9,&quot;offen&quot;)</f></c></row>",
        "<row><c><f>IF(A1=&quot;Offen&quot;,1,0)</f></c></row>",
        '<row><c t="str"><f>Liste[[#This Row],[offen]]</f></c></row>',
        f"</sheetData>{FILTER}<sheetData>",
        f"</sheetData>{FORMAT}<sheetData>",
        f"</sheetData>{CHOICE}<sheetData>",
    ],
)
def test_a_text_that_is_compared_with_stays(criterion: str) -> None:
    lines = open_document("a.xlsx", workbook(cells("offen", "gut"), cells=criterion)).lines
    assert lines[0] == "gut"
    assert "offen" not in lines


@pytest.mark.parametrize(
    "text",
    ["AB-123", "2024-05-01", "a@example.org", "EUR", "bild.png", "WAHR", "12,5", "=A1", "C:\\x"],
)
def test_codes_and_values_are_no_lines(text: str) -> None:
    assert open_document("a.xlsx", workbook(cells(text, "schön"))).lines[0] == "schön"


@pytest.mark.parametrize(
    "text", ["Kosten:", "z. B. hier", "Herr/Frau", "E-Mail", "Straße 5", "GmbH", "Lehrer*innen"]
)
def test_words_are_lines(text: str) -> None:
    assert open_document("a.xlsx", workbook(cells(text, "gut"))).lines[0] == text


def test_what_is_too_long_for_excel_stays_as_it_was() -> None:
    parts = translated(workbook(cells("Wort")), {"Wort": "w" * 32_768, "Haus & See": "x" * 300,
        "Die Wahl": "y" * 33, "Ist das gut?": "Is this good?"})  # fmt: skip
    assert strings_of(parts) == ["Wort"]
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert "RHaus &amp;&amp; See<" in sheet
    assert 'promptTitle="Die Wahl" prompt="Is this good?"' in sheet


def test_formulas_numbers_and_names_are_untouched() -> None:
    document = open_document("a.xlsx", workbook())
    parts = unpacked(document.rebuilt([f"x {line}" for line in document.lines], "en"))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for kept in ("<v>12.5</v>", "<v>kein Wort</v>", '<f>IF(A9="Ja"', '<formula1>"Ja,Nein"'):
        assert kept in sheet
    anew = b'<calcPr fullCalcOnLoad="1"/>'
    assert parts["xl/workbook.xml"].replace(anew, b"") == unpacked(workbook())["xl/workbook.xml"]
    assert strings_of(parts)[3:6] == ["Ja", "AB-123", "x Menge"]


def test_a_size_before_a_figure_stays_a_size() -> None:
    data = workbook(cells("Wort"), cells=CELLS)
    parts = translated(data, {"Der Kopf <x1>1</x1> von <x2>9</x2>": "2 of <x1>1</x1> <x2>9</x2>"})
    assert b"&amp;12 2 of &amp;P &amp;N&amp;R" in parts["xl/worksheets/sheet1.xml"]


def test_signs_before_a_field_are_asked_with_it() -> None:
    field = '<a:fld type="slidenum"><a:t>3</a:t></a:fld>'
    body = f"<a:p>{run('Siehe Seite 1.')}{field}{run(' und mehr')}</a:p>"
    document = open_document("a.pptx", presentation(shape(body)))
    assert document.lines[0] == "Siehe Seite <x1>1.3</x1> und mehr"
    targets = ["More on page <x1>1.3</x1> and", *document.lines[1:]]
    slide = etree.fromstring(unpacked(document.rebuilt(targets))["ppt/slides/slide2.xml"])
    assert "".join(slide.itertext()) == "More on page 1.3 and"
    assert len(slide.findall(".//{*}fld")) == 1


def test_signs_before_a_page_are_asked_with_it() -> None:
    cells_and_head = (
        "</sheetData><headerFooter><oddFooter>Seite 2.&amp;P unten</oddFooter></headerFooter>"
        "<sheetData>"
    )
    data = workbook(cells("Wort"), cells=cells_and_head)
    line = "Seite <x1>2.1</x1> unten"
    assert line in open_document("a.xlsx", data).lines
    parts = translated(data, {line: "Below page <x1>2.1</x1>"})
    assert b">Below page 2.&amp;P<" in parts["xl/worksheets/sheet1.xml"]
