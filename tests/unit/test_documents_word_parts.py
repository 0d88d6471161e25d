"""Parts of a Word document besides its paragraphs: choices, canvases, files inside of it."""

from collections.abc import Mapping

import pytest

from tests.support import documents
from tests.support.documents import run
from web.formats.base import BilingualDocument
from web.formats.package import Package, declared_size
from web.formats.registry import open_document
from web.formats.word.chunks import Chunks

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


RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
KINDS = {
    "html": "text/html",
    "txt": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "rtf": "application/rtf",
}
RELATION = (
    '<Relationship Id="{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/aFChunk" Target="/word/{0}"/></Relationships>'
)


def with_chunks(files: Mapping[str, bytes]) -> bytes:
    body = "".join(
        f'<w:altChunk r:id="{name}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships"/>'
        for name in files
    )
    entries = documents.unpacked(documents.word_of(f"<w:p>{run('Vorher')}</w:p>{body}"))
    for name, content in files.items():
        relation = RELATION.format(name).encode()
        kind = f'<Override PartName="/word/{name}" ContentType="{KINDS[name.split(".")[1]]}"/>'
        if not name.endswith(".docx"):
            entries[TYPES] = entries[TYPES].replace(b"</Types>", f"{kind}</Types>".encode())
        entries[RELATIONS] = entries[RELATIONS].replace(b"</Relationships>", relation)
        entries[f"word/{name}"] = content
    return documents.packed(entries)


def test_chunks_of_other_kinds_are_translated_as_files_of_theirs_are() -> None:
    inner = documents.word_of(f"<w:p>{run('Der Hund')}</w:p>")
    html = '<html lang="de"><p>Das <b>rote</b> Haus</p></html>'.encode("utf-16")
    data = with_chunks(
        {
            "a.html": html,
            "b.txt": "Eine Zeile\r\n  Ümlaut \r\n12\r\n".encode("cp1252"),
            "c.docx": inner,
            "d.rtf": rb"{\rtf1 Das Haus}",
        }
    )
    words = {
        "Vorher": "Before",
        "Das <x1>rote</x1> Haus": "The <x1>red</x1> house",
        "Eine Zeile": "A row",
        "Ümlaut": "Umlaut",
        "Der Hund": "The dog",
    }
    new = rebuilt(data, words)
    assert b">Before</w:t>" in new[DOCUMENT]
    assert "<p>The <b>red</b> house</p>" in new["word/a.html"].decode("utf-16")
    assert new["word/b.txt"] == b"A row\r\n  Umlaut \r\n12\r\n"
    assert b">The dog</w:t>" in documents.unpacked(new["word/c.docx"])[DOCUMENT]
    assert new["word/d.rtf"] == rb"{\rtf1 Das Haus}"
    both = in_both(data, words)
    assert b">Vorher</w:t>" in both[DOCUMENT]
    assert b">Before</w:t>" in both[DOCUMENT]
    assert "<p>Das <b>rote</b> Haus</p><p lang=" in both["word/a.html"].decode("utf-16")
    assert both["word/b.txt"].decode("cp1252") == (
        "Eine Zeile\r\nA row\r\n  Ümlaut\r\nUmlaut \r\n12\r\n"
    )
    assert b">Der Hund</w:t>" in documents.unpacked(both["word/c.docx"])[DOCUMENT]


@pytest.mark.parametrize("content", [b"PK\3\4 no zip", b"\0\1", b""])
def test_a_damaged_chunk_stays(content: bytes) -> None:
    data = with_chunks({"c.docx": content, "a.html": content})
    assert rebuilt(data, {"Vorher": "Before"})["word/c.docx"] == content


def test_chunks_of_chunks_stay() -> None:
    inner = with_chunks({"a.html": b"<p>Innen</p>"})
    assert open_document("a.docx", with_chunks({"c.docx": inner})).lines == ["Vorher", "Vorher"]


def test_chunks_are_unpacked_within_a_limit() -> None:
    inner = documents.word_of(f"<w:p>{run('Der Hund')}</w:p>")
    size = declared_size(inner)
    kinds = dict.fromkeys(("word/a.docx", "word/b.docx"), "")
    package = Package(with_chunks({"a.docx": inner, "b.docx": inner}))
    read: list[bytes] = []

    def opened(data: bytes) -> BilingualDocument:
        read.append(data)
        document = open_document("a.docx", data)
        assert isinstance(document, BilingualDocument)
        return document

    assert list(Chunks(package, kinds, opened, size).documents) == ["word/a.docx"]
    assert len(read) == 1
    assert len(Chunks(package, kinds, opened, 2 * size).documents) == len(kinds)


def test_a_page_ends_behind_the_copy_of_its_last_paragraph() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = f"<w:p>{run('Vier')}{page}</w:p><w:p>{run('Neu')}</w:p>"
    new = in_both(documents.word_of(body), {"Vier": "Four"})[DOCUMENT].decode()
    assert f"<w:p>{run('Vier')}</w:p><w:p>" in new
    assert new.index("Vier") < new.index(">Four<") < new.index(page) < new.index("Neu")
    assert new.count(page) == 1
