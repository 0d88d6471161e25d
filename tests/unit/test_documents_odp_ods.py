"""Presentations and spreadsheets of OpenDocument come out as they went in, with other words."""

import pytest
from lxml import etree

from tests.support.documents import unpacked
from tests.support.open_documents import CELLS, CHOICE, NAMESPACES, cell, odf, sheet, slides
from web.formats.base import DocumentError
from web.formats.registry import open_document

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
        (
            span("T1", "Mehr steht auf der ") + span("T1", "<text:a>Seite</text:a>"),
            "Mehr steht auf der <x1>Seite</x1>",
            "See the <x1>page</x1>",
            span("T1", "See the ") + span("T1", "<text:a>page</text:a>"),
        ),
        (
            span("T1", "Mehr steht auf der ") + span("T1", "neuen <text:a>Seite</text:a>"),
            "Mehr steht auf der <x1>neuen <x2>Seite</x2></x1>",
            "See the <x1>new <x2>page</x2></x1>",
            span("T1", "See the ") + span("T1", "new <text:a>page</text:a>"),
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
