"""PDF document: the same pages with a translation in the place of each paragraph."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple

import pikepdf

from web.formats.base import DocumentError, DocumentNote
from web.formats.inline import bare
from web.formats.pdf.canvases import Canvas, Canvases, FontKey
from web.formats.pdf.drawing import Matrix, Show
from web.formats.pdf.faces import Chosen, chosen_faces, has_letters
from web.formats.pdf.file import opened_pdf
from web.formats.pdf.fonts import Font
from web.formats.pdf.paragraphs import (
    Box,
    Paragraph,
    Part,
    StyledSpan,
    joined_parts,
    paragraph_of,
    parts_of_line,
)
from web.formats.pdf.setting import SetLine, drawn, edited_content, fitted, words_of
from web.formats.pdf.typefaces import embedded
from web.formats.places import Content, Element, Lines, Place
from web.messages import N_

MEDIA_TYPE: Final = "application/pdf"

_MOST_BOOKMARKS: Final = 20_000
# Ends of names that programs put where a title should be.
_FILE_NAME: Final = re.compile(
    r"\.\w{2,5}$|^Microsoft \w+ - |^untitled|^\(?anonymous\)?$", re.IGNORECASE
)
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


class _Laid(NamedTuple):
    """Paragraph that was laid out anew, with the lines of each of its boxes."""

    paragraph: Paragraph
    lines: list[list[SetLine]]
    scale: float


class PdfDocument:
    """PDF with a text layer.

    Raises DocumentError when it has none, is damaged, encrypted or harmful, or takes too long.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._canvases: list[Canvas] = []
        self._fonts: dict[FontKey, Font] = {}
        self._paragraphs: list[Paragraph] = []
        self._numbers: list[int] = []
        self._titles: list[tuple[str, int]] = []
        self._lines = Lines()
        parts: list[Part] = []
        with opened_pdf(data) as pdf:
            reader = Canvases(pdf, self._fonts)
            for page in range(len(pdf.pages)):
                for canvas, drawing, box in reader.of_page(page):
                    if drawing.pieces:
                        self._canvases.append(canvas)
                        parts += parts_of_line(drawing, len(self._canvases) - 1, box, reader.tick)
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
            self._title = _title(pdf)
            self._collect(parts, [item for item, _ in _bookmarks(pdf)])
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
        for group in joined_parts(parts):
            paragraph = paragraph_of(group)
            if _is_line(paragraph.items):
                self._paragraphs.append(paragraph)
                self._numbers.append(number_of(paragraph.items))
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
            _Writer(pdf, self._canvases, self._fonts, faces).write(laid)
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

    def _laid_out(self, targets: Sequence[str]) -> tuple[Chosen, list[_Laid], list[Misfit]]:
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
        laid: list[_Laid] = []
        for number, paragraph, items in changed:
            words = words_of(items, paragraph, faces.faces)
            lines, scale, fits = fitted(words, paragraph)
            laid.append(_Laid(paragraph, lines, scale))
            if not fits:
                misfits.append(self._misfit(number, paragraph, "overflow"))
        return faces, laid, sorted(misfits)

    def _misfit(
        self, number: int, paragraph: Paragraph, code: Literal["overflow", "letters"]
    ) -> Misfit:
        return Misfit(number, self._canvases[paragraph.boxes[-1].canvas].page + 1, code)

    def _name(self, pdf: pikepdf.Pdf, targets: Sequence[str], language: str) -> None:
        """Write title, bookmarks and language."""
        for (_, item), (prefix, number) in zip(_bookmarks(pdf), self._titles, strict=False):
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


class _Writer:
    """Writer of the pages on which something changed."""

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        canvases: Sequence[Canvas],
        fonts: dict[FontKey, Font],
        faces: Chosen,
    ) -> None:
        self._pdf = pdf
        self._canvases = canvases
        self._reader = Canvases(pdf, fonts)
        self._chosen = faces
        self._fonts = {
            name: embedded(pdf, face, letters) for name, (face, letters) in faces.typefaces.items()
        }

    def write(self, laid: Sequence[_Laid]) -> None:
        """Write the paragraphs into the PDF."""
        by_canvas: dict[int, list[tuple[_Laid, int]]] = defaultdict(list)
        for each in laid:
            for number, box in enumerate(each.paragraph.boxes):
                by_canvas[box.canvas].append((each, number))
        for index, some in sorted(by_canvas.items()):
            self._write(self._canvases[index], some)

    def _write(self, canvas: Canvas, laid: Sequence[tuple[_Laid, int]]) -> None:
        drawing = self._reader.drawing(canvas)
        removed: dict[int, list[StyledSpan]] = defaultdict(list)
        inserted: dict[int, list[bytes]] = defaultdict(list)
        late: list[bytes] = []
        for each, number in laid:
            paragraph, box = each.paragraph, each.paragraph.boxes[number]
            for span in box.spans:
                removed[span.show].append(span)
            if number >= len(each.lines):
                continue
            lines = each.lines[number]
            first = min(span.show for span in box.spans)
            show = drawing.shows[first]
            onto = _inverse(show.state.matrix)
            if onto is not None and _within(show, paragraph, box, lines):
                inserted[first].append(
                    drawn(lines, paragraph, box, each.scale, self._chosen.faces, onto)
                )
            else:
                late.append(
                    drawn(lines, paragraph, box, each.scale, self._chosen.faces, (1, 0, 0, 1, 0, 0))
                )
        content = edited_content(self._reader.content(canvas), drawing.shows, removed, inserted)
        if b"/ActualText" in content:  # a reader would say the old words
            content = content.replace(b"/ActualText", b"/FormerText")
        if late:
            ends = b"Q\n" * (drawing.unclosed + 1)
            content = b"q\n" + content + b"\n" + ends + b"BT\n" + b"\n".join(late) + b"\nET\n"
        self._name_fonts(canvas, content)
        self._reader.put(canvas, content)

    def _name_fonts(self, canvas: Canvas, content: bytes) -> None:
        resources = self._reader.resources(canvas)
        if resources is None:
            return
        if not isinstance(resources.get("/Font"), pikepdf.Dictionary):
            resources["/Font"] = pikepdf.Dictionary()
        for name in {*self._chosen.own, *self._chosen.typefaces}:
            if name.encode() + b" " in content:
                if name not in self._fonts:
                    self._fonts[name] = self._reader.source_of(self._chosen.own[name])
                resources.Font[name] = self._fonts[name]


def _inverse(matrix: Matrix) -> Matrix | None:
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if abs(area) < 1e-9:
        return None
    return (
        d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area,
    )  # fmt: skip


def _within(show: Show, paragraph: Paragraph, box: Box, lines: Sequence[SetLine]) -> bool:
    """Whether the place where the text stood shows all of its new lines."""
    if box.turn or not lines:
        return not box.turn
    left, bottom, right, top = show.state.clip
    size = paragraph.size
    width = max(
        sum(word.width + word.space for word in line.words) + line.extra * len(line.words)
        for line in lines
    )
    return (
        left <= min(line.left for line in lines) + 1
        and right >= min(max(line.left for line in lines) + width, box.right) - 1
        and bottom <= lines[-1].base - 0.2 * size
        and top >= lines[0].base + 0.6 * size
    )


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


def _title(pdf: pikepdf.Pdf) -> str:
    """Title of the document, if it is one; a file's name is none."""
    try:
        title = str(pdf.docinfo.get("/Title", ""))
    except (ValueError, TypeError, AttributeError):
        return ""
    title = " ".join(title.split())
    return title if any(map(str.isalpha, title)) and not _FILE_NAME.search(title) else ""


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Bookmarks in their order, each with its title and its object."""
    outlines = pdf.Root.get("/Outlines")
    met: set[tuple[int, int]] = set()
    waiting = [outlines.get("/First")] if isinstance(outlines, pikepdf.Dictionary) else []
    while waiting and len(met) < _MOST_BOOKMARKS:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in met:
            continue
        met.add(item.objgen)
        waiting += [item.get("/Next"), item.get("/First")]
        title = item.get("/Title")
        text = " ".join(str(title).split()) if isinstance(title, pikepdf.String) else ""
        if any(map(str.isalpha, text)):
            yield text, item
