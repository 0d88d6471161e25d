"""PDF document: the same pages with a translation in the place of each paragraph."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

import pikepdf

from web.formats.base import DocumentError, DocumentNote
from web.formats.inline import bare
from web.formats.pdf.canvases import Canvas, Canvases, Fonts
from web.formats.pdf.faces import Chosen, chosen_faces, has_letters
from web.formats.pdf.file import opened_pdf
from web.formats.pdf.link_writer import LinkWriter
from web.formats.pdf.links import Link, LinkTargets
from web.formats.pdf.page_parts import parts_of_page
from web.formats.pdf.page_writer import LaidParagraph, PageWriter
from web.formats.pdf.paragraphs import Paragraph, Part, joined_parts, paragraph_of
from web.formats.pdf.setting import fitted, words_of
from web.formats.pdf.titles import bookmarks_of, document_title
from web.formats.places import Content, Element, Lines, Place
from web.messages import N_

MEDIA_TYPE: Final = "application/pdf"

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
        self._canvases: list[Canvas] = []
        self._fonts: Fonts = {}
        self._paragraphs: list[Paragraph] = []
        self._numbers: list[int] = []
        self._titles: list[tuple[str, int]] = []
        self._lines = Lines()
        self._targets = LinkTargets()
        self._owners: Counter[Link] = Counter()
        self._kept_links: set[Link] = set()
        parts: list[Part] = []
        with opened_pdf(data) as pdf:
            reader = Canvases(pdf, self._fonts)
            for page in range(len(pdf.pages)):
                areas = self._targets.of_page(pdf.pages[page].obj, page)
                for canvas, drawing, box in reader.of_page(page):
                    if drawing.pieces:
                        self._canvases.append(canvas)
                        number = len(self._canvases) - 1
                        inner = areas if canvas.form is None else ()
                        parts += parts_of_page(drawing, number, box, reader.tick, inner)
            if not any(font.drawn for font in self._fonts.values()):
                raise DocumentError(
                    N_(
                        "The PDF has no text layer: its pages are pictures. Nothing was kept; "
                        "have a program recognize the text (OCR), save it as .docx, .odt or .txt "
                        "and send that."
                    )
                )
            for font in self._fonts.values():
                font.finish()
            self._title = document_title(pdf)
            self._collect(parts, [item for item, _ in bookmarks_of(pdf)])
        self.lines: Sequence[str] = self._lines.lines

    def _collect(self, parts: list[Part], bookmarks: list[str]) -> None:
        """Make lines of the title, the paragraphs and the bookmarks; equal ones are one line."""
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
        for group in joined_parts([part for part in parts if part.asked]):
            paragraph = paragraph_of(group)
            if _is_line(paragraph.items):
                self._paragraphs.append(paragraph)
                self._numbers.append(number_of(paragraph.items))
                self._owners.update(paragraph.links)
            else:
                self._kept_links.update(paragraph.links)
        for part in parts:
            lines = [part.marker] if part.asked else part.lines
            self._kept_links.update(
                atom.link for line in lines for atom in line if atom.link is not None
            )
        for bookmark in bookmarks:
            match = _NUMBERED.fullmatch(bookmark)
            if match and match[2] in known:
                self._titles.append((match[1], known[match[2]]))
            else:
                self._titles.append(("", number_of([bookmark])))
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
            LinkWriter(pdf, self._canvases, self._kept_links).write(laid, self._owners, faces.faces)
            self._name(pdf, targets, language)
            made = io.BytesIO()
            pdf.save(
                made,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
        return made.getvalue()

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
        faces = chosen_faces([(paragraph, items) for _, paragraph, items in changed])
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
        """Write title, bookmarks and language."""
        for (_, item), (prefix, number) in zip(bookmarks_of(pdf), self._titles, strict=False):
            if targets[number] != self.lines[number]:
                item["/Title"] = pikepdf.String(prefix + targets[number])
        if self._title:
            pdf.docinfo["/Title"] = pikepdf.String(targets[0])
        if language:
            pdf.Root["/Lang"] = pikepdf.String(language)
        if "/Metadata" in pdf.Root:
            try:
                with pdf.open_metadata(
                    set_pikepdf_as_editor=False, update_docinfo=False
                ) as metadata:
                    if self._title and "dc:title" in metadata:
                        metadata["dc:title"] = targets[0]
                    if language and "dc:language" in metadata:
                        metadata["dc:language"] = [language]
            except (ValueError, KeyError, TypeError, AttributeError):  # it is no XMP
                return


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
