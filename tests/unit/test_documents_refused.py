"""Documents that are refused: each with a reason, none with another exception."""

import io
import time
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import documents
from web.formats import package, xml_parts
from web.formats.base import DocumentError
from web.formats.registry import KINDS, MAX_BYTES, kind_of, open_document

SAMPLES = {
    "a.docx": documents.word(),
    "a.odt": documents.open_document_text(),
    "a.epub": documents.book(),
    "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\n<i>Guten\nMorgen!</i>\n",
    "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Guten\nMorgen!\n",
    "a.md": "# Größe\n\n> *a* [b](c) `d`\n\n| e | f |\n|---|---|\n| g | h |\n".encode(),
}
PACKAGES = ("a.docx", "a.odt", "a.epub")
MAIN = {
    "a.docx": "word/document.xml",
    "a.odt": "content.xml",
    "a.epub": "OEBPS/text/eins.xhtml",
}
# What takes quadratic time takes minutes; what takes linear time, one or two seconds.
SECONDS = 30


def with_entry(name: str, entry: str, content: bytes) -> bytes:
    return documents.packed({**documents.unpacked(SAMPLES[name]), entry: content})


@pytest.mark.parametrize("name", ["a.pages", "a.doc", "a.docm", "txt", "", "a."])
def test_an_unknown_kind_is_told_the_known_ones(name: str) -> None:
    with pytest.raises(DocumentError) as error:
        open_document(name, b"")
    assert all(kind in error.value.message for kind in KINDS)


def test_a_name_may_have_capitals_and_dots() -> None:
    assert kind_of("Mein.Buch.EPUB") is KINDS[".epub"]


@pytest.mark.parametrize("name", [kind for kind in SAMPLES if kind != "a.md"])
def test_what_is_something_else_is_refused(name: str) -> None:
    for data in (b"", b"PK", b"\x89PNG\r\n\x1a\n\0\0\0", SAMPLES["a.md"], documents.packed({})):
        with pytest.raises(DocumentError, match="Nothing was kept"):
            open_document(name, data)


def test_one_kind_under_the_name_of_another_is_refused() -> None:
    for name in PACKAGES:
        for other in PACKAGES:
            if name != other:
                with pytest.raises(DocumentError):
                    open_document(name, SAMPLES[other])


def test_a_document_over_the_limit_is_refused() -> None:
    with pytest.raises(DocumentError, match="50 MB"):
        open_document("a.md", b"a" * (MAX_BYTES + 1))


def test_a_password_is_told_from_damage() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    with pytest.raises(DocumentError, match="password"):
        open_document("a.docx", ole + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(DocumentError, match="older program"):
        open_document("a.docx", ole)
    manifest = documents.unpacked(SAMPLES["a.odt"])["META-INF/manifest.xml"].replace(
        b"/>", b"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
        b"</manifest:manifest>",
    )  # fmt: skip
    with pytest.raises(DocumentError, match="password"):
        open_document("a.odt", with_entry("a.odt", "META-INF/manifest.xml", manifest))
    flagged = bytearray(documents.packed({"a": "b"}))
    flagged[6] |= 1
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(DocumentError, match="password"):
        open_document("a.docx", bytes(flagged))


@pytest.mark.parametrize(
    ("method", "protected"),
    [
        ("http://www.idpf.org/2008/embedding", False),
        ("http://ns.adobe.com/pdf/enc#RC", False),
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True),
    ],
)
def test_a_book_with_hidden_fonts_is_open_and_a_protected_one_is_not(
    method: str, *, protected: bool
) -> None:
    xml = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{method}"/></enc:EncryptedData></encryption>'
    )
    data = with_entry("a.epub", "META-INF/encryption.xml", xml.encode())
    if protected:
        with pytest.raises(DocumentError, match="protected"):
            open_document("a.epub", data)
    else:
        assert open_document("a.epub", data).lines


def test_macros_are_refused_as_docm_and_never_touched_in_a_docx() -> None:
    data = documents.replaced(
        SAMPLES["a.docx"],
        "[Content_Types].xml",
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "vnd.ms-word.document.macroEnabled.main+xml",
    )
    with pytest.raises(DocumentError, match="macros"):
        open_document("a.docx", data)
    document = open_document("a.docx", with_entry("a.docx", "word/vbaProject.bin", b"\x01\x02"))
    new = documents.unpacked(document.rebuilt(["x" + line for line in document.lines]))
    assert new["word/vbaProject.bin"] == b"\x01\x02"


@pytest.mark.parametrize(
    "entry", ["../a", "a/../../b", "/etc/passwd", "C:\\a", "..\\a", "a\\..\\b"]
)
def test_names_that_lead_outside_are_refused(entry: str) -> None:
    with pytest.raises(DocumentError, match="outside"):
        open_document("a.docx", with_entry("a.docx", entry, b""))


def test_two_entries_of_one_name_are_refused() -> None:
    made = io.BytesIO(SAMPLES["a.docx"])
    with (
        zipfile.ZipFile(made, "a") as target,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        target.writestr("word/document.xml", "")
    with pytest.raises(DocumentError, match="damaged"):
        open_document("a.docx", made.getvalue())


def test_too_many_entries_are_refused() -> None:
    data = documents.packed({str(number): "" for number in range(package.MAX_ENTRIES + 1)})
    with pytest.raises(DocumentError, match="10,000"):
        open_document("a.docx", data)


@pytest.mark.slow
def test_a_bomb_is_refused_by_its_ratio() -> None:
    with pytest.raises(DocumentError, match="packed so tightly"):
        open_document("a.docx", with_entry("a.docx", "word/media/a.bmp", bytes(5_000_000)))


@pytest.mark.slow
def test_many_small_bombs_are_refused_by_their_sum() -> None:
    small = bytes(900_000)
    bombs = {f"{number}.bin": small for number in range(package.MAX_UNPACKED // len(small) + 1)}
    data = documents.packed({**documents.unpacked(SAMPLES["a.docx"]), **bombs})
    assert len(data) < MAX_BYTES
    with pytest.raises(DocumentError, match="200 MB"):
        open_document("a.docx", data)


def test_a_size_that_a_zip_lies_about_is_not_believed() -> None:
    data = bytearray(documents.packed({"[Content_Types].xml": bytes(50_000_000)}))
    for header, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(header) + offset
        data[start : start + 4] = (10).to_bytes(4, "little")
    with pytest.raises(DocumentError):
        open_document("a.docx", bytes(data))


@pytest.mark.parametrize("name", PACKAGES)
@pytest.mark.parametrize(
    "dtd",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_are_used(name: str, dtd: str, encoding: str) -> None:
    xml = f'<!DOCTYPE a [{dtd}]><a b="&c;">&a;&c;</a>'.encode(encoding)
    with pytest.raises(DocumentError, match="entities"):
        open_document(name, with_entry(name, MAIN[name], xml))


@pytest.mark.slow
def test_depth_and_number_of_elements_are_bounded() -> None:
    deep = "<w:r>" * (xml_parts.MAX_DEPTH + 1) + "</w:r>" * (xml_parts.MAX_DEPTH + 1)
    with pytest.raises(DocumentError, match="inside of each other"):
        open_document("a.docx", documents.word_of(deep))
    runs = "".join(f"<w:r w:rsidR='{number}'/>" for number in range(xml_parts.MAX_ELEMENTS + 1))
    many = f"<w:p>{runs}</w:p>"
    with pytest.raises(DocumentError, match="150,000"):
        open_document("a.docx", documents.word_of(many))


@pytest.mark.parametrize("name", PACKAGES)
def test_xml_that_is_not_well_formed_is_refused(name: str) -> None:
    for xml in (b"", b"<a>", b"\xff\xfea", b"<a>\xff</a>", b"<a>&#0;</a>"):
        with pytest.raises(DocumentError):
            open_document(name, with_entry(name, MAIN[name], xml))


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    cut=st.floats(0, 1),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6),
)
def test_damage_is_a_refusal_or_none(
    name: str, cut: float, places: list[tuple[float, int]]
) -> None:
    data = bytearray(SAMPLES[name])
    for where, byte in places:
        data[int(where * (len(data) - 1))] = byte
    read(name, bytes(data))
    read(name, bytes(data[: int(cut * len(data))]))


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKAGES)
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damage_in_the_xml_is_a_refusal_or_none(name: str, data: st.DataObject) -> None:
    """Damage that a checksum finds is tested above; this damage was there when it was packed."""
    entries = documents.unpacked(SAMPLES[name])
    entry = data.draw(st.sampled_from([each for each in entries if not each.endswith(".png")]))
    xml = bytearray(entries[entry])
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.integers(0, len(xml)))
        xml[where : where + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from(
                [b"", b"<", b">", b"&amp;", b"/", b"w:", b'"', b"<w:p/>", b"\xff", b"x"]
            )
        )
    read(name, documents.packed({**entries, entry: bytes(xml)}))


def read(name: str, data: bytes) -> None:
    """Open a document and write it; nothing but a refusal may happen."""
    try:
        document = open_document(name, data)
    except DocumentError:
        return
    for line in document.lines:
        assert line
        assert line == line.strip()
        assert line.splitlines() == [line]
    document.rebuilt([f"{line} Ä" for line in document.lines])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "[" * 80_000),
        ("a.md", "*a " * 50_000),
        ("a.md", "`a``" * 40_000),
        ("a.md", "<a" * 50_000),
        ("a.md", "![](" * 50_000),
        ("a.md", "> " * 50_000 + "a"),
        ("a.md", "a\n" * 50_000),
        ("a.md", "---\n" + "a\n" * 50_000),
        ("a.srt", "00:00:01,000 --> 00:00:02,000\n" + "a b\n" * 50_000),
        ("a.srt", "00:00:01,000 --> 00:00:02,000\n" + "<i>" * 50_000 + "a"),
        ("a.vtt", "00:00:01,000 --> 00:00:02,000\n" + "1\n" * 50_000),
    ],
)
def test_reading_and_writing_takes_linear_time(name: str, text: str) -> None:
    begin = time.monotonic()
    read(name, text.encode())
    assert time.monotonic() - begin < SECONDS


@pytest.mark.parametrize("element", ["div", "span", "p", "a"])
def test_a_chapter_as_deep_as_is_read_is_read(element: str) -> None:
    depth = xml_parts.MAX_DEPTH - 3
    for inner in ("Wort", "<div>Wort</div>"):
        body = f"Haus <{element}>" * depth + inner + f"</{element}> Haus" * depth
        html = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
        document = open_document("a.epub", documents.book(html))
        new = document.rebuilt(["x" + line for line in document.lines])
        chapter = documents.unpacked(new)[MAIN["a.epub"]].decode()
        assert chapter.replace("x", "") == html.replace("x", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "<w:r><w:br/></w:r>" * 50_000,
        "".join(f"<w:bookmarkStart w:id='{n}'/>" for n in range(50_000))
        + "<w:r><w:t>a</w:t></w:r>",
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 50_000,
        "<w:r><w:t>a </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>" * 12_000,
        "<w:hyperlink>" * 90 + "<w:r><w:t>a</w:t></w:r>" * 50_000 + "</w:hyperlink>" * 90,
    ],
)
def test_paragraphs_take_linear_time(body: str) -> None:
    begin = time.monotonic()
    read("a.docx", documents.word_of(f"<w:p>{body}</w:p>"))
    assert time.monotonic() - begin < SECONDS


def test_a_checksum_that_is_wrong_is_damage() -> None:
    data = bytearray(SAMPLES["a.epub"])
    wrong = (zlib.crc32(documents.png()) ^ 1).to_bytes(4, "little")
    right = zlib.crc32(documents.png()).to_bytes(4, "little")
    start = data.rindex(right)
    data[start : start + 4] = wrong
    with pytest.raises(DocumentError, match="damaged"):
        open_document("a.epub", bytes(data))
