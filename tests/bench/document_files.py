"""Documents for measuring: the same blocks of text as files of several kinds, with pictures."""

import base64
import io
import itertools
import random
import textwrap
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Final, Literal, NamedTuple

import pikepdf
from pikepdf import Dictionary, Name

from tests.support.documents import book, open_document_text, word_of
from tests.support.office_documents import presentation, run, shape
from tests.support.pdf_files import pdf_of, shown

_SEED: Final = 20_240_229
# Bytes of a picture, which no program can pack any smaller.
_PICTURE_BYTES: Final = 3_000_000
# Of so many blocks one has a bold word.
_BOLD_EACH: Final = 3
# Blocks in a box of a slide.
_BOX: Final = 8
# Characters in a line of a PDF, its base lines from top to bottom, and characters of a subtitle.
_PDF_LINE: Final = 88
_PDF_LINES: Final = range(780, 60, -13)
_CUE: Final = 76
_CUE_SECONDS: Final = 5


class Block(NamedTuple):
    """Block of text: a paragraph, a heading, or an item of a list."""

    kind: Literal["paragraph", "heading", "item"]
    text: str


def blocks(source: Iterator[str], size: int) -> list[Block]:
    """Blocks of `size` characters or a little more: a heading, paragraphs, a list, and again."""
    chance = random.Random(_SEED)  # noqa: S311 - a repeatable text, not a secret
    kinds: Iterator[Literal["paragraph", "heading", "item"]] = itertools.cycle(
        ("heading", *("paragraph",) * 4, *("item",) * 3)
    )
    # The fonts that every reader of PDF has know no other letters.
    known = (each for each in source if each.encode("cp1252", "ignore").decode("cp1252") == each)
    made: list[Block] = []
    length = 0
    while length < size:
        kind = next(kinds)
        count = chance.randint(3, 6) if kind == "paragraph" else 1
        made.append(Block(kind, " ".join(itertools.islice(known, count))))
        length += len(made[-1].text) + 2
    return made


def word_file(text: Sequence[Block], pictures: int = 0) -> bytes:
    """A .docx, with pictures of so many bytes."""

    def written(number: int, block: Block) -> str:
        style = {"heading": "Heading1", "item": "ListBullet"}.get(block.kind, "Normal")
        parts = _parts(number, block.text)
        runs = "".join(
            f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}"
            f'<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            for part, bold in parts
        )
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'

    return _with_pictures(word_of(_all(written, text)), "word/media", pictures)


def open_document_file(text: Sequence[Block], pictures: int = 0) -> bytes:
    """An .odt, as `word_file`."""

    def written(number: int, block: Block) -> str:
        name = "h" if block.kind == "heading" else "p"
        spans = "".join(
            f'<text:span text:style-name="T1">{escape(part)}</text:span>' if bold else escape(part)
            for part, bold in _parts(number, block.text)
        )
        paragraph = f"<text:{name}>{spans}</text:{name}>"
        if block.kind == "item":
            return f"<text:list><text:list-item>{paragraph}</text:list-item></text:list>"
        return paragraph

    return _with_pictures(open_document_text(_all(written, text)), "Pictures", pictures)


def book_file(text: Sequence[Block], pictures: int = 0) -> bytes:
    """An .epub, as `word_file`."""
    chapter = (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>Kapitel</title></head><body>{_all(_html_block, text)}</body></html>"
    )
    return _with_pictures(book(chapter), "OEBPS/images", pictures)


def slides_file(text: Sequence[Block], pictures: int = 0) -> bytes:
    """A .pptx, as `word_file`; the blocks are in boxes of eight."""

    def written(number: int, block: Block) -> str:
        bold = '<a:rPr lang="de-DE" b="1"/>'
        plain = '<a:rPr lang="de-DE"/>'
        parts = _parts(number, block.text)
        return f"<a:p>{''.join(run(escape(p), bold if b else plain) for p, b in parts)}</a:p>"

    paragraphs = [written(number, block) for number, block in enumerate(text)]
    boxes = [
        shape("".join(paragraphs[start : start + _BOX]))
        for start in range(0, len(paragraphs), _BOX)
    ]
    return _with_pictures(presentation("".join(boxes)), "ppt/media", pictures)


def html_file(text: Sequence[Block], pictures: int = 0) -> bytes:
    """An .html, whose pictures are in it."""
    images = "".join(f'<p><img src="{each}"></p>\n' for each in _addresses(pictures))
    return (
        '<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8"><title>Ein Bericht</title>'
        f"</head><body>\n{images}{_all(_html_block, text)}</body></html>\n"
    ).encode()


def markdown_file(text: Sequence[Block], pictures: int = 0) -> bytes:
    """An .md, whose pictures are in it."""

    def written(number: int, block: Block) -> str:
        mark = {"heading": "# ", "item": "- "}.get(block.kind, "")
        parts = _parts(number, block.text)
        return mark + "".join(f"**{part}**" if bold else part for part, bold in parts) + "\n\n"

    images = "".join(f"![]({each})\n\n" for each in _addresses(pictures))
    return (images + _all(written, text)).encode()


def subtitles_file(text: Sequence[Block], pictures: int = 0) -> bytes:  # noqa: ARG001 - as all have
    """An .srt: each block is said in several cues."""
    cues = [line for block in text for line in textwrap.wrap(block.text, _CUE)]
    parts: list[str] = []
    for number, words in enumerate(cues):
        start, end = number * _CUE_SECONDS, (number + 1) * _CUE_SECONDS
        lines = "\n".join(textwrap.wrap(words, _CUE // 2 + 4))
        parts.append(f"{number + 1}\n{_time(start)} --> {_time(end)}\n{lines}\n\n")
    return "".join(parts).encode()


def pdf_file(text: Sequence[Block], pictures: int = 0) -> bytes:
    """A .pdf of pages of one column, with the pictures on pages of their own."""
    pages: list[list[str]] = [[]]
    bases = [*_PDF_LINES]
    for block in text:
        lines = textwrap.wrap(block.text, _PDF_LINE if block.kind == "paragraph" else _PDF_LINE - 9)
        if len(lines) >= len(bases):
            pages.append([])
            bases = [*_PDF_LINES]
        if block.kind == "item":
            pages[-1].append(shown(68, bases[0], "•"))
        left, font = 80 if block.kind == "item" else 60, "B" if block.kind == "heading" else "F"
        pages[-1] += [shown(left, y, line, font) for y, line in zip(bases, lines, strict=False)]
        del bases[: len(lines) + 1]
    made = pdf_of(*("\n".join(page) for page in pages))
    return _pdf_with_pictures(made, pictures) if pictures else made


MAKERS: Final[dict[str, Callable[[Sequence[Block], int], bytes]]] = {
    "docx": word_file,
    "epub": book_file,
    "md": markdown_file,
    "pptx": slides_file,
    "pdf": pdf_file,
    "html": html_file,
    "odt": open_document_file,
    "srt": subtitles_file,
}


def _all(written: Callable[[int, Block], str], text: Sequence[Block]) -> str:
    return "".join(itertools.starmap(written, enumerate(text)))


def _parts(number: int, text: str) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is bold: the second word of every third block."""
    words = text.split(" ", 2)
    if number % _BOLD_EACH or len(words) < 3:
        return [(text, False)]
    return [(f"{words[0]} ", False), (words[1], True), (f" {words[2]}", False)]


def _html_block(number: int, block: Block) -> str:
    name = {"heading": "h2", "item": "li"}.get(block.kind, "p")
    words = "".join(
        f"<b>{escape(part, quote=False)}</b>" if bold else escape(part, quote=False)
        for part, bold in _parts(number, block.text)
    )
    inner = f"<{name}>{words}</{name}>\n"
    return f"<ul>{inner}</ul>\n" if block.kind == "item" else inner


def _pictures(size: int) -> Iterator[bytes]:
    chance = random.Random(_SEED)  # noqa: S311 - as above
    for start in range(0, size, _PICTURE_BYTES):
        yield b"\x89PNG\r\n\x1a\n" + chance.randbytes(min(size - start, _PICTURE_BYTES))


def _addresses(size: int) -> Iterator[str]:
    """Pictures as addresses that hold them."""
    for each in _pictures(size * 3 // 4):
        yield f"data:image/png;base64,{base64.b64encode(each).decode()}"


def _with_pictures(package: bytes, folder: str, size: int) -> bytes:
    made = io.BytesIO(package)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as target:
        for number, each in enumerate(_pictures(size)):
            target.writestr(f"{folder}/picture{number}.png", each)
    return made.getvalue()


def _pdf_with_pictures(made: bytes, size: int) -> bytes:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for each in _pictures(size):
            picture = pdf.make_stream(each)
            picture.Type, picture.Subtype = Name.XObject, Name.Image
            picture.Width, picture.Height = 1000, len(each) // 1000
            picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
            page = pdf.add_blank_page(page_size=(595, 842))
            page.obj.Resources = Dictionary(XObject=Dictionary(P=picture))
            page.obj.Contents = pdf.make_stream(b"q 500 0 0 700 40 60 cm /P Do Q")
        done = io.BytesIO()
        pdf.save(done)
    return done.getvalue()


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},000"
