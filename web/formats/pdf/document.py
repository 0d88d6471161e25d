"""PDF document: the same pages with a translation in the place of each paragraph."""

import re
from array import array
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Final, Literal, NamedTuple

import pikepdf

from web.formats.base import BilingualLayout, DocumentError, DocumentNote
from web.formats.inline import bare
from web.formats.pdf.bilingual_pages import put_translation
from web.formats.pdf.canvases import MOST_SECONDS, MOST_WRITING_SECONDS, Fonts
from web.formats.pdf.drawing import Style
from web.formats.pdf.faces import Chosen, chosen_faces, free_prefix, has_letters
from web.formats.pdf.file import opened_pdf, saved_pdf
from web.formats.pdf.form_fields import field_texts
from web.formats.pdf.html_writer import web_page
from web.formats.pdf.link_writer import LinkOwners, LinkWriter
from web.formats.pdf.markdown_writer import markdown_text
from web.formats.pdf.page_reader import PageReader
from web.formats.pdf.page_writer import LaidParagraph, PageWriter
from web.formats.pdf.paragraph_looks import ParagraphLook, look_of
from web.formats.pdf.paragraphs import Manner, Part
from web.formats.pdf.pictures import placed_pictures
from web.formats.pdf.setting import Faces, fitted, flattened_text, words_of
from web.formats.pdf.structure import Runs, Structure
from web.formats.pdf.structuring import Placed, runs_of_part, runs_of_stretches, structured
from web.formats.pdf.titles import bookmarks_of, document_title, name_language
from web.formats.pdf.word_writer import word_document
from web.formats.places import Content, Element, Lines, Place, check_length
from web.messages import N_

MEDIA_TYPE: Final = "application/pdf"

# Kinds of files that a PDF can be written as, by their endings.
CONVERSIONS: Final[dict[str, Callable[[Structure], bytes]]] = {
    ".docx": word_document,
    ".html": web_page,
    ".md": markdown_text,
}

# Most characters of a PDF's text: they are read in half a minute, which the next document waits.
MOST_CHARACTERS: Final = 8_000_000
# Lines, cells and paragraphs of a PDF that is written as another kind: two KB of memory each.
_MOST_PARTS: Final = 80_000
_ANYWHERE: Final = (-1e9, -1e9, 1e9, 1e9)
# Bytes of the largest PDF that is kept once it is written.
_MOST_KEPT: Final = 2_000_000
_NUMBERED: Final = re.compile(r"((?:[A-Z]|\d{1,3})(?:\.\d{1,3})*\.?\s+)(.+)", re.DOTALL)
_FENCE: Final = re.compile(r"\s*(?:>\s*)*(?:`{3}|~{3})")


class Misfit(NamedTuple):
    """Misfit: a line that is not on its page as it should be, by its index and its page, from 1.

    `overflow` says that it runs over its place in the smallest type, `letters` that no font has
    its letters, so that the old words stay.
    """

    line: int
    page: int
    code: Literal["overflow", "letters"]


class _Written(NamedTuple):
    """PDF that was written, with its misfits, and what for: its targets, then its language."""

    asked: tuple[str, ...]
    data: bytes
    misfits: list[Misfit]


class LaidLine(NamedTuple):
    """Laid line: a line by its index, the canvas it ends on, its paragraph, if it is laid out.

    `misfit` is the code of a Misfit, if it is one.
    """

    number: int
    canvas: int
    laid: LaidParagraph | None
    misfit: Literal["overflow", "letters"] | None


class PdfDocument:
    """PDF with a text layer.

    Its pages are read one after the other, and again when it is written; in between, its lines and
    their looks are held alone. Raises DocumentError when it has no text layer, is damaged,
    encrypted or harmful, has more than MOST_CHARACTERS, or takes longer than MOST_SECONDS to read.
    Writing may take MOST_WRITING_SECONDS: it costs some two times as much.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._numbers = array("L")
        self._looks: list[ParagraphLook] = []
        self._titles: list[tuple[str, int]] = []
        self._fields: list[int] = []
        self._lines = Lines()
        self._owners = LinkOwners()
        self._fonts: Fonts = {}
        with opened_pdf(data) as pdf:
            reader = PageReader(pdf, self._fonts, MOST_SECONDS)
            self._title = document_title(pdf)
            self._collect(reader, pdf)
            self._prefix = free_prefix(reader.source.font_names)
        self.lines: Sequence[str] = self._lines.lines

    def _collect(self, reader: PageReader, pdf: pikepdf.Pdf) -> None:
        """Make lines of title, paragraphs, bookmarks and fields; equal ones are one line."""
        known: dict[str, int] = {}
        looks: dict[ParagraphLook, ParagraphLook] = {}
        characters = 0

        def number_of(items: Content) -> int:
            nonlocal characters
            key = items[0] if len(items) == 1 and isinstance(items[0], str) else ""
            if key and key in known:
                return known[key]
            characters += sum(map(len, _texts(items)))
            check_length(characters, MOST_CHARACTERS)
            self._lines.add([Place(list(items))])
            if key:
                known[key] = self._lines.count - 1
            return self._lines.count - 1

        if self._title:
            number_of([self._title])
        for group, paragraph in reader.paragraphs(self._owners.keep_other):
            if _is_line(paragraph.items):
                self._numbers.append(number_of(paragraph.items))
                look = look_of(paragraph)
                self._looks.append(looks.setdefault(look, look))
                self._owners.add(paragraph)
            else:
                self._owners.keep(atom for part in group for line in part.lines for atom in line)
        reader.finish_fonts()
        for bookmark, _ in bookmarks_of(pdf):
            match = _NUMBERED.fullmatch(bookmark)
            if match and match[2] in known:
                self._titles.append((match[1], known[match[2]]))
            else:
                self._titles.append(("", number_of([bookmark])))
        self._fields = [number_of([field.text]) for field in field_texts(pdf)]
        self._lines.finish()
        self._last: _Written | None = None

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """The PDF with `targets` in the place of `lines`; see `Document`.

        Raises DocumentError when there are not as many targets as lines.
        """
        self._lines.check(targets)
        if not language and list(targets) == list(self.lines):
            return self._data
        return self._written_with(targets, language).data

    def _written_with(self, targets: Sequence[str], language: str) -> "_Written":
        """The PDF with these targets, and what does not fit; that of the last call is kept.

        Both are asked for of one translation, and each page would be set twice.
        """
        asked = (*targets, language)
        if self._last is not None and self._last.asked == asked:
            return self._last
        faces, without = self._faces(targets)
        misfits: list[Misfit] = []
        with opened_pdf(self._data) as pdf:
            reader = PageReader(pdf, self._fonts, MOST_WRITING_SECONDS)
            pages = PageWriter(pdf, reader, faces)
            links = LinkWriter(pdf, reader.canvases, self._owners)
            for each in self._laid_out(reader, targets, faces.faces, without):
                if each.misfit is not None:
                    page = reader.canvases[each.canvas].page + 1
                    misfits.append(Misfit(each.number, page, each.misfit))
                if each.laid is not None:
                    pages.write(each.laid)
                    links.add(each.laid, faces.faces)
            pages.finish()
            links.write()
            self._name(pdf, targets, language)
            written = _Written(asked, saved_pdf(pdf), sorted(misfits))
        self._last = written if len(written.data) <= _MOST_KEPT else None
        return written

    def bilingual(
        self, targets: Sequence[str], layout: BilingualLayout, language: str = ""
    ) -> bytes:
        """The PDF with the translation of each page beside it, or on a page after it.

        Bookmarks and the title have both. The file keeps its own language, since most of its marks
        are in it. Raises DocumentError when there are not as many targets as lines.
        """
        translated = self.rebuilt(targets, language)
        with opened_pdf(self._data) as pdf:
            put_translation(pdf, translated, layout)
            for (title, item), (prefix, number) in zip(
                bookmarks_of(pdf), self._titles, strict=False
            ):
                if targets[number] != self.lines[number]:
                    item["/Title"] = pikepdf.String(f"{title} / {prefix}{bare(targets[number])}")
            if self._title and targets[0] != self.lines[0]:
                name_language(pdf, f"{self._title} / {targets[0]}", "")
            return saved_pdf(pdf)

    def converted(self, targets: Sequence[str], ending: str, language: str = "") -> bytes:
        """The translation as a file of another kind: one of CONVERSIONS.

        Headings, paragraphs, lists, tables, links, bold and italic words are as they were found;
        headers and footers are said once and page numbers left out. Pictures that can be taken out
        as they are (see `placed_pictures`) are in a .docx and .html; drawings are left out.
        Raises DocumentError when there are not as many targets as lines, or too many parts.
        """
        self._lines.check(targets)
        pictures: list[Placed] = []
        with opened_pdf(self._data) as pdf:
            reader = PageReader(pdf, {}, MOST_WRITING_SECONDS)
            parts, contents = self._contents(reader, targets)
            if ending != ".md":
                pictures = placed_pictures(pdf, reader.pictures, reader.canvases, reader.frames)
        pages = [canvas.page for canvas in reader.canvases]
        # A form has no head and no foot of a page.
        frames = [
            frame if canvas.form is None else _ANYWHERE
            for canvas, frame in zip(reader.canvases, reader.frames, strict=True)
        ]
        made = structured(parts, contents, pages, frames, pictures)
        made.title, made.language = targets[0] if self._title else "", language
        return CONVERSIONS[ending](made)

    def _contents(
        self, reader: PageReader, targets: Sequence[str]
    ) -> tuple[list[Part], dict[int, Runs]]:
        """The parts, and the words of each; the first part of a paragraph has all of it."""
        parts: list[Part] = []
        contents: dict[int, Runs] = {}

        def keep(part: Part) -> None:
            part.number = len(parts)
            if part.number == _MOST_PARTS:
                raise DocumentError(
                    N_(
                        "The PDF has too many paragraphs and cells to be written as another kind. "
                        "Have it as a PDF, or divide it."
                    )
                )
            parts.append(part)
            if not part.asked:
                contents[part.number] = runs_of_part(part)

        numbers = iter(self._numbers)
        for group, paragraph in reader.paragraphs(keep):
            first = group[0].number
            if _is_line(paragraph.items):
                place = Place(list(paragraph.items))
                place.put(targets[next(numbers)], self._lines.letters)
                stretches = flattened_text(place.items, Manner(paragraph.style, paragraph.target))
                addresses = reader.targets.addresses
                contents[first] = runs_of_stretches(stretches, paragraph.size, addresses)
            else:
                contents[first] = runs_of_part(group[0])
            for part in group:
                part.slim()
        return parts, contents

    def notes(self, targets: Sequence[str], language: str = "") -> Iterator[DocumentNote]:
        """The lines that do not find their place on the page with these targets.

        Raises DocumentError when there are not as many targets as lines, or it takes too long.
        """
        self._lines.check(targets)
        for misfit in self._written_with(targets, language).misfits:
            source, target = bare(self.lines[misfit.line]), bare(targets[misfit.line])
            yield DocumentNote(misfit.code, str(misfit.page), source, target)

    def _faces(self, targets: Sequence[str]) -> tuple[Chosen, set[int]]:
        """Faces for what changes, and the paragraphs, by their index, that no font has."""
        without: set[int] = set()

        def changed() -> Iterator[tuple[Style, Content]]:
            for index, (number, look) in enumerate(zip(self._numbers, self._looks, strict=True)):
                if targets[number] == self.lines[number]:
                    continue
                items = look.content(targets[number], self._lines.letters)
                if has_letters(items, look.style):
                    yield look.style, items
                else:
                    without.add(index)

        return chosen_faces(changed(), self._prefix), without

    def _laid_out(
        self, reader: PageReader, targets: Sequence[str], faces: Faces, without: Container[int]
    ) -> Iterator[LaidLine]:
        """Lay out what changes, paragraph by paragraph; those that are `without` letters stay."""
        index = -1
        for _, paragraph in reader.paragraphs():
            if not _is_line(paragraph.items):
                continue
            index += 1
            number = self._numbers[index]
            canvas = paragraph.boxes[-1].canvas
            if targets[number] == self.lines[number]:
                continue
            if index in without:
                yield LaidLine(number, canvas, None, "letters")
                continue
            reader.source.tick()
            place = Place(list(paragraph.items))
            place.put(targets[number], self._lines.letters)
            words = words_of(place.items, paragraph, faces)
            lines, scale, fits = fitted(words, paragraph)
            laid = LaidParagraph(paragraph, lines, scale)
            yield LaidLine(number, canvas, laid, None if fits else "overflow")

    def _name(self, pdf: pikepdf.Pdf, targets: Sequence[str], language: str) -> None:
        """Write title, bookmarks, fields and language."""
        for (_, item), (prefix, number) in zip(bookmarks_of(pdf), self._titles, strict=False):
            if targets[number] != self.lines[number]:
                item["/Title"] = pikepdf.String(prefix + targets[number])
        for field, number in zip(field_texts(pdf), self._fields, strict=False):
            if targets[number] != self.lines[number]:
                field.put(bare(targets[number]))
        name_language(pdf, targets[0] if self._title else "", language)


def _is_line(items: Content) -> bool:
    """Whether items are a line to be asked for; they are trimmed."""
    if items and isinstance(items[0], str):
        items[0] = items[0].lstrip()
    if items and isinstance(items[-1], str):
        items[-1] = items[-1].rstrip()
    items[:] = [item for item in items if item]
    text = "".join(_texts(items))
    return any(map(str.isalpha, text)) and not _FENCE.match(text)


def _texts(items: Content) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield item
        elif isinstance(item, Element) and item.items:
            yield from _texts(item.items)
