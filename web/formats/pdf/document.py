"""PDF document: the same pages with a translation in the place of each paragraph."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

import pikepdf

from web.formats.base import BilingualLayout, DocumentNote
from web.formats.inline import bare
from web.formats.pdf.bilingual_pages import put_translation
from web.formats.pdf.faces import Chosen, chosen_faces, free_prefix, has_letters
from web.formats.pdf.file import opened_pdf, saved_pdf
from web.formats.pdf.form_fields import field_texts
from web.formats.pdf.html_writer import web_page
from web.formats.pdf.link_writer import LinkOwners, LinkWriter
from web.formats.pdf.markdown_writer import markdown_text
from web.formats.pdf.page_reader import PageReading, read_pages
from web.formats.pdf.page_writer import LaidParagraph, PageWriter
from web.formats.pdf.paragraphs import Manner, Paragraph
from web.formats.pdf.pictures import placed_pictures
from web.formats.pdf.setting import fitted, flattened_text, words_of
from web.formats.pdf.structure import Runs, Structure
from web.formats.pdf.structuring import Placed, runs_of_part, runs_of_stretches, structured
from web.formats.pdf.titles import bookmarks_of, document_title, name_language
from web.formats.pdf.word_writer import word_document
from web.formats.places import Content, Element, Lines, Place

MEDIA_TYPE: Final = "application/pdf"

# Kinds of files that a PDF can be written as, by their endings.
CONVERSIONS: Final[dict[str, Callable[[Structure], bytes]]] = {
    ".docx": word_document,
    ".html": web_page,
    ".md": markdown_text,
}

_ANYWHERE: Final = (-1e9, -1e9, 1e9, 1e9)
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


class PdfDocument:
    """PDF with a text layer.

    Raises DocumentError when it has none, is damaged, encrypted or harmful, or takes too long.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._paragraphs: list[Paragraph] = []
        self._numbers: list[int] = []
        self._titles: list[tuple[str, int]] = []
        self._fields: list[int] = []
        self._lines = Lines()
        self._owners = LinkOwners()
        with opened_pdf(data) as pdf:
            reading = read_pages(pdf)
            self._canvases, self._fonts = reading.canvases, reading.fonts
            self._prefix = free_prefix(reading.font_names)
            self._title = document_title(pdf)
            bookmarks = [title for title, _ in bookmarks_of(pdf)]
            self._collect(reading, bookmarks, [field.text for field in field_texts(pdf)])
        self.lines: Sequence[str] = self._lines.lines

    def _collect(self, reading: PageReading, bookmarks: list[str], fields: list[str]) -> None:
        """Make lines of title, paragraphs, bookmarks and fields; equal ones are one line."""
        contents: list[Content] = []
        known: dict[str, int] = {}

        def number_of(items: Content) -> int:
            key = items[0] if len(items) == 1 and isinstance(items[0], str) else ""
            if key and key in known:
                return known[key]
            contents.append(items)
            if key:
                known[key] = len(contents) - 1
            return len(contents) - 1

        if self._title:
            number_of([self._title])
        for group, paragraph in reading.paragraphs():
            if _is_line(paragraph.items):
                self._paragraphs.append(paragraph)
                self._numbers.append(number_of(paragraph.items))
                self._owners.add(paragraph)
            else:
                self._owners.keep(atom for part in group for line in part.lines for atom in line)
        self._owners.keep_others(reading.parts)
        for bookmark in bookmarks:
            match = _NUMBERED.fullmatch(bookmark)
            if match and match[2] in known:
                self._titles.append((match[1], known[match[2]]))
            else:
                self._titles.append(("", number_of([bookmark])))
        self._fields = [number_of([field]) for field in fields]
        self._lines.add([Place(list(items)) for items in contents])
        self._lines.finish()

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """The PDF with `targets` in the place of `lines`; see `Document`.

        Raises DocumentError when there are not as many targets as lines.
        """
        self._lines.check(targets)
        if not language and list(targets) == list(self.lines):
            return self._data
        faces, laid, _ = self._laid_out(targets)
        with opened_pdf(self._data) as pdf:
            PageWriter(pdf, self._canvases, self._fonts, faces).write(laid)
            LinkWriter(pdf, self._canvases, self._owners).write(laid, faces.faces)
            self._name(pdf, targets, language)
            return saved_pdf(pdf)

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
        Raises DocumentError when there are not as many targets as lines.
        """
        self._lines.check(targets)
        with opened_pdf(self._data) as pdf:
            reading = read_pages(pdf)
            pictures: list[Placed] = []
            if ending != ".md":
                pictures = placed_pictures(pdf, reading.pictures, reading.canvases, reading.frames)
        pages = [canvas.page for canvas in reading.canvases]
        contents = self._contents(reading, targets)
        # A form has no head and no foot of a page.
        frames = [
            frame if canvas.form is None else _ANYWHERE
            for canvas, frame in zip(reading.canvases, reading.frames, strict=True)
        ]
        made = structured(reading.parts, contents, pages, frames, pictures)
        made.title, made.language = targets[0] if self._title else "", language
        return CONVERSIONS[ending](made)

    def _contents(self, reading: PageReading, targets: Sequence[str]) -> dict[int, Runs]:
        """The words of each part, by its index; the first part of a paragraph has all of it."""
        indices = {id(part): index for index, part in enumerate(reading.parts)}
        contents = {
            index: runs_of_part(part) for index, part in enumerate(reading.parts) if not part.asked
        }
        numbers = iter(self._numbers)
        for group, paragraph in reading.paragraphs():
            first = indices[id(group[0])]
            if not _is_line(paragraph.items):
                contents[first] = runs_of_part(group[0])
                continue
            place = Place(list(paragraph.items))
            place.put(targets[next(numbers)], self._lines.letters)
            stretches = flattened_text(place.items, Manner(paragraph.style, paragraph.target))
            addresses = reading.targets.addresses
            contents[first] = runs_of_stretches(stretches, paragraph.size, addresses)
        return contents

    def notes(self, targets: Sequence[str], language: str = "") -> Iterator[DocumentNote]:  # noqa: ARG002 - it changes no place
        """The lines that do not find their place on the page with these targets.

        Raises DocumentError when there are not as many targets as lines.
        """
        self._lines.check(targets)
        for each in self._laid_out(targets)[2]:
            source, target = bare(self.lines[each.line]), bare(targets[each.line])
            yield DocumentNote(each.code, str(each.page), source, target)

    def _laid_out(self, targets: Sequence[str]) -> tuple[Chosen, list[LaidParagraph], list[Misfit]]:
        misfits: list[Misfit] = []
        changed: list[tuple[int, Paragraph, Content]] = []
        for paragraph, number in zip(self._paragraphs, self._numbers, strict=True):
            place = Place(list(paragraph.items))
            place.put(targets[number], self._lines.letters)
            if not place.changed:
                continue
            if has_letters(place.items, paragraph.style):
                changed.append((number, paragraph, place.items))
            else:
                misfits.append(self._misfit(number, paragraph, "letters"))
        faces = chosen_faces([(paragraph, items) for _, paragraph, items in changed], self._prefix)
        laid: list[LaidParagraph] = []
        for number, paragraph, items in changed:
            words = words_of(items, paragraph, faces.faces)
            lines, scale, fits = fitted(words, paragraph)
            laid.append(LaidParagraph(paragraph, lines, scale))
            if not fits:
                misfits.append(self._misfit(number, paragraph, "overflow"))
        return faces, laid, sorted(misfits)

    def _misfit(
        self, number: int, paragraph: Paragraph, code: Literal["overflow", "letters"]
    ) -> Misfit:
        return Misfit(number, self._canvases[paragraph.boxes[-1].canvas].page + 1, code)

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
