"""Large documents: what is not translated is neither unpacked, decoded nor copied needlessly."""

import base64
import gc
import io
import random
import tracemalloc
import weakref
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.documents import book, open_document_text, packed, word, word_of
from tests.support.office_documents import presentation, workbook
from tests.support.pdf_files import pdf_of, shown
from web.formats.base import Document, DocumentError, NotedDocument
from web.formats.embedded import Embedded
from web.formats.package import Package
from web.formats.registry import open_document

PICTURE = random.Random(22).randbytes(3_000_000)  # noqa: S311 - no secret
INLINE = base64.b64encode(PICTURE)
KINDS: dict[str, Callable[[], bytes]] = {
    "a.docx": word,
    "a.odt": open_document_text,
    "a.epub": book,
    "a.pptx": presentation,
    "a.xlsx": workbook,
    "a.pdf": lambda: pdf_of(shown(50, 700, "Das ist ein Haus."), title="Der Bericht"),
    "a.md": lambda: b"# Der Bericht\n\nDas ist **ein** Haus.\n",
    "a.html": lambda: b"<p>Das ist <b>ein</b> Haus.</p>",
    "a.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\nDas ist ein\nsehr altes Haus.\n",
    "a.csv": lambda: b"Name;Text\n1;Das ist ein Haus.\n",
    "a.po": lambda: b'msgid "Das ist ein Haus."\nmsgstr ""\n',
    "a.json": lambda: b'{"a": "Das ist ein Haus."}',
}


def translated(document: Document) -> list[str]:
    return [f"{line} it" for line in document.lines]


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    """The most bytes that were there at once since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.parametrize("name", KINDS)
def test_a_document_can_be_rebuilt_again_and_after_its_notes(name: str) -> None:
    data = KINDS[name]()
    expected = open_document(name, data).rebuilt(translated(open_document(name, data)), "en")
    document = open_document(name, data)
    targets = translated(document)
    document.rebuilt(document.lines, "de")
    if isinstance(document, NotedDocument):
        list(document.notes(targets, "en"))
    assert document.rebuilt(targets, "en") == expected
    assert document.rebuilt(targets, "en") == expected


@pytest.mark.parametrize("name", KINDS)
def test_a_document_is_gone_as_soon_as_nobody_holds_it(name: str) -> None:
    data = KINDS[name]()
    gc.collect()
    gc.disable()
    try:
        document = open_document(name, data)
        document.rebuilt(translated(document), "en")
        held = weakref.ref(document)
        del document
        assert held() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub", "a.pptx"])
def test_pictures_of_a_package_are_held_once_in_the_copy(
    name: str, peak: Callable[[], int]
) -> None:
    made = io.BytesIO(KINDS[name]())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("media/picture.jpg", PICTURE)
    data = made.getvalue()
    made.close()
    before = peak()
    document = open_document(name, data)
    result = document.rebuilt(translated(document), "en")
    assert peak() - before < 1.5 * len(data)
    with zipfile.ZipFile(io.BytesIO(result)) as package:
        assert package.read("media/picture.jpg") == PICTURE


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_pictures_in_a_text_are_held_once_in_the_copy(name: str, peak: Callable[[], int]) -> None:
    address = b"data:image/png;base64," + INLINE
    image = b"![](" + address + b")\n\n" if name == "a.md" else b'<img src="' + address + b'">'
    data = image * 2 + KINDS[name]() + "„Äpfel“".encode()
    before = peak()
    document = open_document(name, data)
    assert all("base64" not in line for line in document.lines)
    result = document.rebuilt(translated(document), "en")
    assert peak() - before < 1.5 * len(data)
    assert result.count(image) == 2
    assert document.rebuilt(document.lines) == data


def test_a_note_with_large_pictures_is_no_large_text() -> None:
    data = b"Das ist ein Haus.\n\n![](data:image/png;base64," + INLINE * 2 + b")\n"
    assert open_document("a.md", data).lines == ["Das ist ein Haus."]


@pytest.mark.parametrize("sign", [b"aside0x", b"aside0x aside1x", b"aside0x0x"])
def test_a_text_may_have_the_marks_of_what_is_set_aside(sign: bytes) -> None:
    data = b"data:a/b;base64," + INLINE + b" " + sign + b"0x " + b"data:c/d;base64," + INLINE[::-1]
    embedded = Embedded(data)
    assert len(embedded.rest) < 200
    assert embedded.put_back(embedded.rest) == data
    assert embedded.put_back(b"nothing of it") == b"nothing of it"
    # One that somebody made up stands for nothing.
    unknown = embedded.rest.replace(b"0x data:c", b"7x data:c")
    assert embedded.put_back(unknown).count(INLINE) == 1


def test_short_data_stay_in_the_text() -> None:
    data = b"<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
    assert Embedded(data).rest == data


def compressed(data: bytes, name: str) -> bytes:
    """Bytes that stand in a zip for an entry."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        entry = source.getinfo(name)
    length = sum(data[entry.header_offset + at] for at in (26, 28))
    start = entry.header_offset + 30 + length
    return data[start : start + entry.compress_size]


def test_what_is_not_translated_stays_packed_as_it_was() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/epub+zip")
        for name, content in zip_entries(book()).items():
            if name != "mimetype":
                package.writestr(name, content, zipfile.ZIP_DEFLATED, 1)
    document = open_document("a.epub", made.getvalue())
    result = document.rebuilt(translated(document), "en")
    for name in ("OEBPS/text/s.css", "OEBPS/text/b.png", "mimetype"):
        assert compressed(result, name) == compressed(made.getvalue(), name)


def zip_entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        assert source.testzip() is None
        return {each: source.read(each) for each in source.namelist()}


class Pipe(io.RawIOBase):
    """File in which nothing can be written again: sizes follow what they are of."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.content += data
        return len(data)


def test_entries_whose_sizes_follow_them_are_copied_whole() -> None:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in zip_entries(word()).items():
            package.writestr(name, content)
        package.writestr("word/media/Bild ä.jpg", PICTURE[:100_000])
    data = bytes(pipe.content)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        assert all(each.flag_bits & 8 for each in source.infolist())
    document = open_document("a.docx", data)
    result = zip_entries(document.rebuilt(translated(document), "en"))
    assert result["word/media/Bild ä.jpg"] == PICTURE[:100_000]
    assert list(result) == list(zip_entries(data))


def test_a_zip_behind_other_bytes_is_copied_whole() -> None:
    document = open_document("a.docx", b"x" * 1000 + word())
    result = zip_entries(document.rebuilt(translated(document), "en"))
    assert result["word/styles.xml"] == zip_entries(word())["word/styles.xml"]


def test_entries_that_share_their_bytes_are_refused() -> None:
    """A copy of 10,000 entries that are all the same 50 MB would have no end."""
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": "<a/>",
        "b.txt": "Haus",
        "c.jpg": PICTURE,
    }
    data = bytearray(packed(entries))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1) + 20
    data[at : at + 4] = (len(PICTURE) // 2).to_bytes(4, "little")
    with pytest.raises(DocumentError, match="damaged"):
        Package(bytes(data))


@pytest.mark.parametrize("size", [3, 30_000, 0xFFFF_FFF0])
def test_a_size_that_is_not_an_entrys_own_is_damage(size: int) -> None:
    data = bytearray(packed({"[Content_Types].xml": "<a/>", "b.txt": "Das ist ein Haus."}))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = size.to_bytes(4, "little")
    with pytest.raises(DocumentError, match="damaged"):
        Package(bytes(data))


# It is packed as little as a text is.
MUCH = (INLINE * 3).decode()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.html", str.encode),
        ("a.srt", lambda text: f"1\n00:00:01,000 --> 00:00:02,000\n{text}".encode()),
        ("a.docx", lambda text: word_of(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")),
    ],
)
def test_a_text_that_would_fill_the_memory_is_refused(
    name: str, make: Callable[[str], bytes]
) -> None:
    with pytest.raises(DocumentError) as refused:
        open_document(name, make(MUCH))
    assert "10,000,000 characters" in str(refused.value)
