"""Presentations and workbooks come out as they went in, with other words."""

import pytest
from lxml import etree

from tests.support import office_documents
from tests.support.documents import packed, replaced, unpacked
from tests.support.office_documents import presentation, run, shape
from web.formats.base import DocumentError
from web.formats.registry import open_document

SAMPLES = {"a.pptx": presentation}
LINK = "<a:rPr><a:hlinkClick/></a:rPr>"
LINES = {
    "a.pptx": [
        "Ein Haus",
        'Automatisch "gemacht"',
        "Das ist ein <x1>wichtiges</x1> Haus am See.",
        "Seite <x1/> von vielen",
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
    assert unpacked(document.rebuilt(document.lines, "en")) == unpacked(data)


@pytest.mark.parametrize("name", SAMPLES)
def test_other_words_are_read_again(name: str) -> None:
    document = open_document(name, SAMPLES[name]())
    targets = [f"§ {line} <&>\"'" for line in document.lines]
    new = document.rebuilt(targets, "en")
    assert open_document(name, new).lines == targets
    for entry, content in unpacked(new).items():
        if entry.endswith((".xml", ".rels")):
            etree.fromstring(content)


def test_words_that_are_written_say_their_language() -> None:
    document = open_document("a.pptx", presentation())
    new = unpacked(document.rebuilt([f"x{line}" for line in document.lines], "en"))
    slide = new["ppt/slides/slide2.xml"].decode()
    # The page's number, the line's end beside it and the number 12,50 are as they were.
    assert slide.count('lang="de-DE"') == 3
    assert '<a:r><a:rPr lang="en-US"/><a:t>xGuten Morgen!</a:t></a:r>' in slide
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


def test_a_presentation_with_macros_is_refused() -> None:
    data = replaced(
        presentation(),
        "[Content_Types].xml",
        f"{office_documents.OFFICE}presentationml.presentation.main+xml",
        "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    )
    with pytest.raises(DocumentError, match="macros"):
        open_document("a.pptx", data)


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
