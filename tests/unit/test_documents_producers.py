"""Shapes of documents that only some programs write: each of them was once read wrongly."""

import re
from collections.abc import Callable, Mapping

import pytest

from tests.support import documents, open_documents
from tests.support.office_documents import CELLS, presentation, run, shape, workbook
from web.formats.registry import open_document

TYPES = "[Content_Types].xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = f"{WORD}document.main+xml"


def rebuilt(name: str, data: bytes, words: Mapping[str, str]) -> dict[str, str]:
    """The entries of a document whose lines have become what `words` says."""
    document = open_document(name, data)
    assert set(document.lines) >= set(words)
    made = document.rebuilt([words.get(line, line) for line in document.lines], "en")
    entries = documents.unpacked(made)
    return {name: entries[name].decode("utf-8", "replace") for name in entries}


def with_part(data: bytes, name: str, kind: str, xml: str) -> bytes:
    """A package with one more part."""
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    data = documents.replaced(data, TYPES, "</Types>", override)
    return documents.packed({**documents.unpacked(data), name: xml})


def test_the_kind_of_the_text_may_be_that_of_all_xml() -> None:
    """.NET's packaging gives the kind of the first part to its ending."""
    data = documents.word_of(f"<w:p>{documents.run('Das Haus')}</w:p>")
    override = f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/>'
    data = documents.replaced(data, TYPES, override, "")
    data = documents.replaced(
        data, TYPES, 'Extension="xml" ContentType="application/xml"',
        f'Extension="xml" ContentType="{MAIN}"',
    )  # fmt: skip
    entries = documents.unpacked(data)
    # The first part of that kind is another one.
    data = documents.packed({TYPES: entries.pop(TYPES), "a.xml": "<a>Nein</a>", **entries})
    new = rebuilt("a.docx", data, {"Das Haus": "The house"})
    assert ">The house<" in new["word/document.xml"]


def _as_in_windows(name: str) -> str:
    return name.replace("/", "\\").lower()


@pytest.mark.parametrize(
    "named", [_as_in_windows, lambda name: name if name == TYPES else name.upper()]
)
@pytest.mark.parametrize(
    ("name", "make"),
    [("a.xlsx", workbook), ("a.pptx", presentation), ("a.docx", documents.word)],
)
def test_names_of_parts_are_compared_as_windows_does(
    name: str, make: Callable[[], bytes], named: Callable[[str], str]
) -> None:
    data = make()
    entries = documents.unpacked(data)
    other = documents.packed({named(each): content for each, content in entries.items()})
    assert open_document(name, other).lines == open_document(name, data).lines


def test_building_blocks_say_what_the_text_says() -> None:
    """The prompt of a control that nobody has filled in stands there a second time."""
    prompt = f"<w:p>{documents.run('Hier tippen')}</w:p>"
    glossary = (
        '<w:glossaryDocument xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:docParts><w:docPart><w:docPartPr><w:name w:val="Leer"/></w:docPartPr>'
        f"<w:docPartBody>{prompt}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
    )
    name = "word/glossary/document.xml"
    data = with_part(documents.word_of(prompt), name, f"{WORD}document.glossary+xml", glossary)
    new = rebuilt("a.docx", data, {"Hier tippen": "Type here"})
    assert ">Type here<" in new["word/document.xml"]
    assert ">Type here<" in new[name]
    assert 'w:val="Leer"' in new[name]


@pytest.mark.parametrize("kind", ["w:date", "w:dropDownList", "w:comboBox"])
def test_a_control_that_nobody_has_filled_in_asks_for_it(kind: str) -> None:
    def control(more: str, text: str) -> str:
        return (
            f"<w:p><w:sdt><w:sdtPr>{more}<{kind}/></w:sdtPr><w:sdtContent>"
            f"{documents.run(text)}</w:sdtContent></w:sdt></w:p>"
        )

    data = documents.word_of(
        control("<w:showingPlcHdr/>", "Bitte wählen") + control("", "Erste Wahl")
    )
    assert open_document("a.docx", data).lines == ["Bitte wählen"]


def test_a_value_that_a_control_is_bound_to_keeps_its_white_space() -> None:
    body = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a/b"/></w:sdtPr><w:sdtContent>'
        f"<w:p>{documents.run('Das Haus')}</w:p></w:sdtContent></w:sdt>"
    )
    xml = "<a><b>\n  Das Haus\n</b></a>"
    data = with_part(documents.word_of(body), "customXml/item1.xml", "application/xml", xml)
    document = open_document("a.docx", data)
    same = documents.unpacked(document.rebuilt(document.lines))
    assert same["customXml/item1.xml"].decode() == xml
    new = rebuilt("a.docx", data, {"Das Haus": "The house"})
    assert new["customXml/item1.xml"] == "<a><b>The house</b></a>"


def test_a_head_of_handouts_is_no_prompt() -> None:
    data = presentation(shape(f"<a:p>{run('Das Haus')}</a:p>"))
    data = documents.replaced(
        data, "ppt/slideLayouts/slideLayout1.xml", 'type="title"', 'type="hdr"'
    )
    assert "Titel durch Klicken hinzufügen" in open_document("a.pptx", data).lines


def formula(text: str, cells: str = "A1") -> str:
    return f'<c r="Z9" t="str"><f>{cells}</f><v>{text}</v></c>'


@pytest.mark.parametrize(
    ("shown", "becomes"),
    [
        ("Der Bericht", "The report"),
        (" Guten Morgen!\n\nWie geht es dir? ", " Good morning!\n\nHow are you? "),
        ("Der Bericht vom Montag", "Der Bericht vom Montag"),
        ("Ja", "Ja"),
    ],
)
def test_a_formula_shows_the_new_text_of_a_cell(shown: str, becomes: str) -> None:
    words = {
        "Der Bericht": "The report",
        "Guten Morgen!": "Good morning!",
        "Wie geht es dir?": "How are you?",
    }
    data = workbook(cells=f'{CELLS}<row r="9">{formula(shown)}</row>')
    new = rebuilt("a.xlsx", data, words)
    assert f"<f>A1</f><v>{becomes}</v>" in new["xl/worksheets/sheet1.xml"]
    paragraphs = "</text:p><text:p>".join(shown.split("\n"))
    result = open_documents.cell(
        paragraphs, 'table:formula="of:=[.A1]" office:value-type="string" office:string-value="x"'
    )
    first = "".join(map(open_documents.cell, words))
    new = rebuilt("a.ods", open_documents.sheet(first + result), words)
    paragraphs = "</text:p><text:p>".join(becomes.split("\n"))
    assert re.search(f'formula="[^>]*><text:p>{re.escape(paragraphs)}</text:p>', new["content.xml"])
    assert 'string-value="x"' not in new["content.xml"]


@pytest.mark.parametrize(
    ("calculation", "becomes"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="1"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="1" ></calcPr>', '<calcPr calcId="1" fullCalcOnLoad="1"></calcPr>'),
        ('<calcPr fullCalcOnLoad="0"/>', '<calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_a_workbook_with_other_texts_is_calculated_anew(calculation: str, becomes: str) -> None:
    names = "</definedNames>"
    data = documents.replaced(workbook(), "xl/workbook.xml", names, names + calculation)
    new = rebuilt("a.xlsx", data, {"Der Bericht": "The report"})
    assert f"{names}{becomes}</workbook>" in new["xl/workbook.xml"]
    same = rebuilt("a.xlsx", data, {})
    assert f"{names}{calculation}</workbook>" in same["xl/workbook.xml"]


def test_a_workbook_without_formulas_is_not_calculated_anew() -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    new = rebuilt("a.xlsx", workbook(cells=cells), {"Der Bericht": "The report"})
    assert "fullCalcOnLoad" not in new["xl/workbook.xml"]


def test_code_of_pandoc_stays() -> None:
    def styled(kind: str, style: str) -> str:
        return f'<w:{kind}Pr><w:{kind}Style w:val="{style}"/></w:{kind}Pr>'

    call = f"<w:r>{styled('r', 'VerbatimChar')}<w:t>drucke()</w:t></w:r>"
    block = f"<w:p>{styled('p', 'SourceCode')}{documents.run('Das Haus')}</w:p>"
    body = f"<w:p>{documents.run('Hier ist ')}{call}{documents.run(' gut')}</w:p>{block}"
    data = documents.word_of(body)
    line, target = "Hier ist <x1>`drucke()`</x1> gut", "<x1>`drucke()`</x1> is good"
    new = rebuilt("a.docx", data, {line: target})["word/document.xml"]
    assert f"{call}<w:r><w:t" in new
    assert block in new
    text = 'Hier ist <text:span text:style-name="Source_20_Text">f(x)</text:span> gut'
    data = documents.open_document_text(f"<text:p>{text}</text:p>")
    assert open_document("a.odt", data).lines[0] == "Hier ist <x1>`f(x)`</x1> gut"
