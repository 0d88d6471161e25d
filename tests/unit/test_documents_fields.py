"""Fields of office documents: their line is asked whole, and their figures stay what they are."""

from collections.abc import Callable

import pytest

from tests.support import documents
from tests.support.documents import run
from web.formats.registry import open_document


def field(code: str, result: str) -> str:
    """A field of Word as its programs write it."""
    return "".join(
        f"<w:r>{each}</w:r>"
        for each in (
            "<w:fldChar w:fldCharType='begin'/>",
            f"<w:instrText>{code}</w:instrText>",
            "<w:fldChar w:fldCharType='separate'/>",
            f"<w:t>{result}</w:t>",
            "<w:fldChar w:fldCharType='end'/>",
        )
    )


def simple(code: str, result: str) -> str:
    return f"<w:fldSimple w:instr='{code}'>{run(result)}</w:fldSimple>"


def lines(*content: str) -> list[str]:
    return list(open_document("a.docx", documents.word_of(paragraph(*content))).lines)


def paragraph(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def translated(target: str, *content: str) -> str:
    """The text of a paragraph of Word after its line has become `target`."""
    document = open_document("a.docx", documents.word_of(paragraph(*content)))
    made = open_document("a.docx", document.rebuilt([target]))
    return made.lines[0]


def document_xml(target: str, *content: str) -> str:
    document = open_document("a.docx", documents.word_of(paragraph(*content)))
    return documents.unpacked(document.rebuilt([target]))["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("code", "result"),
    [
        (" SEQ Abbildung \\* ARABIC ", "1"),
        ("PAGEREF _Toc1", "17"),
        ("REF _Ref1 \\h", "3.2"),
        ("SEQ Tabelle \\* ROMAN", "IV"),
        ("PAGE \\* roman", "xii"),
        ("DATE", "28. November 2026"),
        ("=SUM(ABOVE)", "12,50"),
    ],
)
@pytest.mark.parametrize("made", [field, simple])
def test_the_figure_of_a_field_is_in_its_line_and_stays(
    code: str, result: str, made: Callable[[str, str], str]
) -> None:
    content = [run("Abbildung "), made(code, result), run(": Das rote Haus")]
    assert lines(*content) == [f"Abbildung <x1>{result}</x1>: Das rote Haus"]
    for target in (
        f"Figure <x1>{result}</x1>: The red house",
        f"Figure {result}<x1></x1>: The red house",
        f"<x1>Figure {result}: The</x1> red house",
        f"Figure {result}: The red house",
    ):
        assert translated(target, *content) == f"Figure <x1>{result}</x1>: The red house"


def test_a_figure_that_was_written_otherwise_is_written_as_it_was() -> None:
    content = [run("Siehe Kapitel "), field("REF _R", "3.2"), run(" und mehr.")]
    assert translated("See <x1>3,2</x1> and more.", *content) == "See <x1>3.2</x1> and more."
    assert translated("See <x1>more</x1>.", *content) == "See <x1>3.2</x1>more."
    content = [run("Am "), field("DATE", "28.11.2026"), run(", da war er.")]
    target = "On <x1>28 November 2026,</x1> he was there."
    assert translated(target, *content) == "On <x1>28.11.2026</x1>, he was there."


@pytest.mark.parametrize("code", ["AUTHOR", "MERGEFIELD Name", "ADDIN ZOTERO_ITEM"])
@pytest.mark.parametrize("made", [field, simple])
def test_a_name_stays_and_is_not_asked(code: str, made: Callable[[str, str], str]) -> None:
    content = [run("Das ist von "), made(code, "Eva Meier"), run(" gemacht.")]
    assert lines(*content) == ["Das ist von <x1/> gemacht."]
    xml = document_xml("It is made by <x1/>.", *content)
    assert xml.count("Eva Meier") == xml.count(code) == 1


@pytest.mark.parametrize(
    "code",
    [
        "FORMTEXT", "REF _Ref1 \\h", "_Ref1 \\h", "INDEX \\e", "HYPERLINK &quot;http://a.de&quot;",
        "STYLEREF 1", "DOCPROPERTY Titel", "PAGEREF _Toc1", "TITLE", "IF 1 = 1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("made", [field, simple])
def test_the_words_of_a_field_are_translated_in_their_line(
    code: str, made: Callable[[str, str], str]
) -> None:
    content = [run("Siehe "), made(code, "Das Haus 7"), run(" und mehr.")]
    assert lines(*content) == ["Siehe <x1>Das Haus 7</x1> und mehr."]
    target = "See <x1>The house 7</x1> and more."
    assert translated(target, *content) == target


def test_a_number_of_several_fields_and_signs_is_one_figure() -> None:
    """A figure that is glued to a stop would be taken for a note's."""
    content = [
        run("Abbildung "), field("STYLEREF 1", "3"), run("."), simple("SEQ A", "2"), run(": Haus"),
    ]  # fmt: skip
    assert lines(*content) == ["Abbildung <x1>3.2</x1>: Haus"]
    assert translated("Figure <x1>3.2</x1>: House", *content) == "Figure <x1>3.2</x1>: House"
    xml = document_xml("Figure <x1>3.2</x1>: House", *content)
    assert xml.count("STYLEREF") == xml.count("SEQ A") == 1
    assert xml.index("STYLEREF") < xml.index(">.<") < xml.index("SEQ A")
    assert lines(run("Abb. 4-"), field("SEQ A", "1"), run(" Haus")) == ["Abb. <x1>4-1</x1> Haus"]
    assert lines(run("Siehe S."), field("PAGE", "7"), run(" da")) == ["Siehe S<x1>.7</x1> da"]
    assert lines(run("Es ist gut."), field("NOTEREF a", "7"), run(" Da")) == ["Es ist gut.<x1/> Da"]


def test_a_line_of_a_field_alone_is_translated_and_one_of_a_figure_is_none() -> None:
    assert lines(field("FORMTEXT", "Der Hund bellt.")) == ["Der Hund bellt."]
    assert lines(field("PAGE", "7")) == []
    assert lines(field("AUTHOR", "Eva Meier")) == []


def test_an_entry_of_contents_inside_of_its_page_field_is_translated() -> None:
    entry = "<w:hyperlink w:anchor='_Toc1'>{}</w:hyperlink>".format(
        run("1.") + "<w:r><w:tab/></w:r>"
        + field("PAGEREF _Toc1 \\h", "Das rote Haus</w:t><w:tab/><w:t>5")
    )  # fmt: skip
    assert lines(entry) == ["1.\t<x1>Das rote Haus\t5</x1>"]


def test_the_base_of_a_ruby_is_part_of_its_word() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('oben')}</w:rt>"
        f"<w:rubyBase>{run('rt')}</w:rubyBase></w:ruby></w:r>"
    )
    content = [run("Ein Wo"), ruby, run(" steht da.")]
    assert lines(*content) == ["Ein Wo<x1>rt</x1> steht da."]
    assert translated("A <x1>word</x1> is there.", *content) == "A <x1>word</x1> is there."


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            'Abbildung <text:sequence text:name="A">1</text:sequence>: Das Haus',
            "Abbildung <x1>1</x1>: Das Haus",
        ),
        (
            "Seite <text:page-number>3</text:page-number> von <text:page-count>9</text:page-count>",
            "Seite <x1>3</x1> von <x2>9</x2>",
        ),
        ("Am <text:date>28.11.2026</text:date> kam er.", "Am <x1>28.11.2026</x1> kam er."),
        ("Das <text:author-name>Eva Meier</text:author-name> da.", "Das <x1/> da."),
        (
            "Siehe <text:bookmark-ref>Das Haus</text:bookmark-ref> am See.",
            "Siehe <x1>Das Haus</x1> am See.",
        ),
        ("Siehe <text:chapter>3.2</text:chapter> oben.", "Siehe <x1>3.2</x1> oben."),
        ("<text:title>Das Haus</text:title>", "Das Haus"),
    ],
)
def test_fields_of_open_document_are_asked_in_their_line(content: str, line: str) -> None:
    data = documents.open_document_text(f"<text:p>{content}</text:p>")
    document = open_document("a.odt", data)
    assert document.lines[0] == line
    made = document.rebuilt([line.replace("Das", "The"), *document.lines[1:]])
    xml = documents.unpacked(made)["content.xml"].decode()
    assert content.replace("Das", "The") in xml
