"""Page reader: the parts of a whole PDF in reading order, its links and its pictures."""

from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

from web.formats.base import DocumentError
from web.formats.pdf.canvases import Canvas, Canvases, Fonts
from web.formats.pdf.geometry import Rectangle
from web.formats.pdf.links import LinkTargets
from web.formats.pdf.page_parts import parts_of_page
from web.formats.pdf.paragraphs import Paragraph, Part, joined_parts, paragraph_of
from web.formats.pdf.pictures import PictureArea
from web.messages import N_


class PageReading(NamedTuple):
    """Reading of a PDF: its canvases with their bounds, its fonts, and what stands on them."""

    canvases: list[Canvas]
    frames: list[Rectangle]
    fonts: Fonts
    targets: LinkTargets
    parts: list[Part]
    pictures: list[PictureArea]
    font_names: set[str]

    def paragraphs(self) -> Iterator[tuple[list[Part], Paragraph]]:
        """The paragraphs in reading order, each with the parts that it is made of."""
        for group in joined_parts([part for part in self.parts if part.asked]):
            yield group, paragraph_of(group)


def read_pages(pdf: pikepdf.Pdf) -> PageReading:
    """Read all pages. Raises DocumentError when it takes too long, or they have no text."""
    fonts: Fonts = {}
    reader = Canvases(pdf, fonts)
    reading = PageReading([], [], fonts, LinkTargets(), [], [], reader.font_names)
    for page in range(len(pdf.pages)):
        areas = reading.targets.of_page(pdf.pages[page].obj, page)
        for canvas, drawing, box in reader.of_page(page):
            if not drawing.pieces and not drawing.pictures:
                continue
            number = len(reading.canvases)
            reading.canvases.append(canvas)
            reading.frames.append(box)
            inner = areas if canvas.form is None else ()
            reading.parts.extend(parts_of_page(drawing, number, box, reader.tick, inner))
            reading.pictures.extend(PictureArea(number, *each) for each in drawing.pictures)
    if not any(font.drawn for font in reading.fonts.values()):
        raise DocumentError(
            N_(
                "The PDF has no text layer: its pages are pictures. Nothing was kept; "
                "have a program recognize the text (OCR), save it as .docx, .odt or .txt "
                "and send that."
            )
        )
    for font in reading.fonts.values():
        font.finish()
    return reading
