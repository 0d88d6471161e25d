"""What a Word document holds besides its paragraphs: choices, canvases, files inside of it."""

from collections.abc import Mapping

import pytest

from tests.support import documents
from tests.support.documents import run
from web.formats.base import BilingualDocument
from web.formats.registry import open_document

DOCUMENT = "word/document.xml"


def rebuilt(data: bytes, words: Mapping[str, str]) -> dict[str, bytes]:
    document = open_document("a.docx", data)
    assert set(words) <= set(document.lines), document.lines
    assert document.rebuilt(document.lines) == data
    return documents.unpacked(document.rebuilt([words.get(each, each) for each in document.lines]))


def in_both(data: bytes, words: Mapping[str, str]) -> dict[str, bytes]:
    document = open_document("a.docx", data)
    assert isinstance(document, BilingualDocument)
    targets = [words.get(each, each) for each in document.lines]
    return documents.unpacked(document.bilingual(targets, "below", "en"))


def choice(kind: str, shown: str) -> str:
    items = "".join(
        f'<w:listItem w:displayText="{text}" w:value="{text}"/>' for text in ("Ja", "Vielleicht")
    )
    return (
        f"<w:sdt><w:sdtPr><w:{kind}>{items}</w:{kind}></w:sdtPr><w:sdtContent>"
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt>"
    )


@pytest.mark.parametrize("kind", ["dropDownList", "comboBox"])
def test_the_items_of_a_choice_are_translated_and_their_values_are_not(kind: str) -> None:
    body = f"<w:p>{run('Ich sage ')}{choice(kind, 'Ja')}{run(' dazu.')}</w:p>"
    line = "Ich sage <x1>`Ja`</x1> dazu."
    words = {"Ja": "Yes", "Vielleicht": "Maybe", line: "<x1>`Ja`</x1> is said."}
    new = rebuilt(documents.word_of(body), words)[DOCUMENT].decode()
    assert '<w:listItem w:displayText="Yes" w:value="Ja"/>' in new
    assert '<w:listItem w:displayText="Maybe" w:value="Vielleicht"/>' in new
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Yes</w:t></w:r></w:sdtContent>' in new
    assert new.count("is said.") == 1
    both = in_both(documents.word_of(body), words)[DOCUMENT].decode()
    assert 'w:displayText="Ja / Yes" w:value="Ja"' in both
    assert 'preserve">Ja / Yes</w:t></w:r></w:sdtContent>' in both


def test_a_text_that_is_no_choice_stays_and_so_does_a_day() -> None:
    day = choice("date", "3. Mai").replace("<w:listItem", "<w:other")
    body = f"<w:p>{choice('comboBox', 'Sonst')}</w:p><w:p>{run('Am ')}{day}{run(' war es.')}</w:p>"
    data = documents.word_of(body)
    assert open_document("a.docx", data).lines == ["Ja", "Vielleicht", "Am <x1>3. Mai</x1> war es."]
    new = rebuilt(data, {"Am <x1>3. Mai</x1> war es.": "It was <x1>3 May</x1>."})
    assert b"<w:t>3. Mai</w:t>" in new[DOCUMENT]


def test_a_choice_around_a_paragraph_is_translated() -> None:
    control = choice("dropDownList", "Ja")
    start = control.index("<w:r>")
    end = control.index("</w:sdtContent>")
    body = f"{control[:start]}<w:p>{control[start:end]}</w:p>{control[end:]}"
    new = rebuilt(documents.word_of(body), {"Ja": "Yes"})[DOCUMENT].decode()
    assert 'w:displayText="Yes" w:value="Ja"' in new
    assert ">Yes</w:t>" in new


def test_text_on_a_locked_canvas_is_translated_in_its_look() -> None:
    shape = (
        '<a:sp><a:nvSpPr><a:cNvPr id="2" name="Rechteck 2" descr="Ein Kasten"/></a:nvSpPr>'
        "<a:txSp><a:txBody><a:bodyPr/><a:p><a:pPr/><a:r><a:rPr b='1'/><a:t>Das Haus</a:t></a:r>"
        "</a:p></a:txBody></a:txSp></a:sp>"
    )
    body = (
        f"<w:p>{run('Hier steht es.')}<w:r><w:drawing>"
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        '<lc:lockedCanvas xmlns:lc="http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas">'
        f"{shape}</lc:lockedCanvas></a:graphicData></a:graphic></w:drawing></w:r></w:p>"
    )
    words = {"Das Haus": "The house", "Ein Kasten": "A box", "Hier steht es.": "Here it is."}
    new = rebuilt(documents.word_of(body), words)[DOCUMENT].decode()
    assert "<a:r><a:rPr b='1'/><a:t>The house</a:t></a:r></a:p>" in new
    assert 'descr="A box"' in new
    both = in_both(documents.word_of(body), words)[DOCUMENT].decode()
    assert both.count("Das Haus / The house") == 1
    assert both.count("Here it is.") == 1
