"""Documents through the running translator: other words, the same document."""

import io
import re

import docx
import httpx
import pytest

from tests.support import documents
from tests.support.instance import Instance
from tests.support.pdf_files import column, pdf_of, shown
from web.formats.registry import open_document

SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Guten Morgen!</i>\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\n- Wie geht es dir?\r\n- Mir geht es gut.\r\n\r\n"
    "3\r\n00:00:05,000 --> 00:00:06,000\r\nIch gehe heute mit dem Hund\r\nnach Hause.\r\n"
).encode("cp1252")
PDF = pdf_of(
    "\n".join((
        shown(50, 780, "Guten Morgen!", "B", 20),
        column(50, 740, ("Ich gehe heute mit dem Hund", "nach Hause und esse.")),
        shown(50, 700, "Das Wetter ist gut."),
        shown(50, 660, "Wie geht es dir?"),
    ))
)  # fmt: skip
TIMING = re.compile(rb"^.* --> .*$", re.MULTILINE)
TAG = re.compile(r"<(/?)x([0-9]+)(/?)>")


def translated(instance: Instance, name: str, data: bytes) -> tuple[list[str], list[str], bytes]:
    """The lines of a document, their translations, and the document with them."""
    document = open_document(name, data)
    text = "\n\n".join(document.lines)
    with httpx.Client(base_url=instance.translator_url, timeout=60) as client:
        answer = client.post("/translate", json={"text": text}).json()["text"]
    targets = answer.split("\n\n")
    assert len(targets) == len(document.lines)
    return list(document.lines), targets, document.rebuilt(targets)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", documents.word()),
        ("a.odt", documents.open_document_text()),
        ("a.epub", documents.book()),
        ("a.srt", SRT),
        ("a.pdf", PDF),
    ],
)
def test_every_line_and_tag_comes_back(instance: Instance, name: str, data: bytes) -> None:
    lines, targets, made = translated(instance, name, data)
    # Whatever the model does with tags, none is lost in the document, and it has as many lines.
    again = open_document(name, made).lines
    assert len(again) == len(lines)
    for source, target in zip(lines, again, strict=True):
        assert sorted(TAG.findall(source)) == sorted(TAG.findall(target))
    assert sum(source != target for source, target in zip(lines, targets, strict=True)) > 3
    assert any(line.startswith("Good morning!") for line in again)


def test_a_word_document_is_read_with_its_formatting(instance: Instance) -> None:
    _, _, made = translated(instance, "a.docx", documents.word())
    word = docx.Document(io.BytesIO(made))
    assert word.tables[0].cell(0, 0).text == "Good morning!"
    assert word.tables[0].cell(0, 1).text == "12,50"
    assert any(run.bold for run in word.paragraphs[1].runs)
    assert word.paragraphs[2].hyperlinks[0].address == "https://example.org/"
    style = word.paragraphs[0].style
    assert style is not None
    assert style.name == "Heading 1"


def test_the_files_beside_a_books_text_are_the_same(instance: Instance) -> None:
    data = documents.book()
    _, _, made = translated(instance, "a.epub", data)
    old, new = documents.unpacked(data), documents.unpacked(made)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed <= {
        "OEBPS/c.opf",
        "OEBPS/nav.xhtml",
        "OEBPS/toc.ncx",
        "OEBPS/text/eins.xhtml",
        "OEBPS/text/zwei .xhtml",
    }
    assert b"<pre>bleib  = so();</pre>" in new["OEBPS/text/eins.xhtml"]


def test_subtitles_keep_their_times_and_their_lines(instance: Instance) -> None:
    _, _, made = translated(instance, "a.srt", SRT)
    assert TIMING.findall(made) == TIMING.findall(SRT)
    assert made.count(b"\r\n") == made.count(b"\n") == SRT.count(b"\n")
    assert b"<i>Good morning!</i>" in made
    assert b"\n- How " in made
