"""Page reader: the parts and paragraphs of a PDF in reading order, page by page.

No page is held longer than the next one needs it, so that a long document takes the memory of a
short one.
"""

from collections.abc import Callable, Iterator

import pikepdf

from web.formats.base import DocumentError
from web.formats.pdf.canvases import Canvas, Canvases, Fonts
from web.formats.pdf.geometry import Rectangle
from web.formats.pdf.links import LinkTargets
from web.formats.pdf.page_parts import parts_of_page
from web.formats.pdf.paragraphs import Paragraph, Part, joined_parts, paragraph_of
from web.formats.pdf.pictures import PictureArea
from web.messages import N_


class PageReader:
    """Page reader of an open PDF; `fonts` are those that are known, and get those that are met.

    `canvases` and their bounds, `frames`, are those that were read so far, and so are `targets`,
    the places that links lead to, and `pictures`. The parts of the paragraph that was given last,
    and of those before it, may be given up. The pages may be written while they are read: each is
    read once.
    """

    def __init__(self, pdf: pikepdf.Pdf, fonts: Fonts, seconds: float) -> None:
        """`seconds` are those of a core that it may take."""
        self._pdf = pdf
        self._unseen = False
        self.source = Canvases(pdf, fonts, seconds)
        self.canvases: list[Canvas] = []
        self.frames = list[Rectangle]()
        self.targets = LinkTargets()
        self.pictures: list[PictureArea] = []

    def parts(self) -> Iterator[Part]:
        """The parts of all pages. Raises DocumentError when it takes too long."""
        for page in range(len(self._pdf.pages)):
            areas = self.targets.of_page(self._pdf.pages[page].obj, page)
            for canvas, drawing, box in self.source.of_page(page):
                self._unseen = self._unseen or drawing.unseen
                if not drawing.pieces and not drawing.pictures:
                    continue
                number = len(self.canvases)
                self.canvases.append(canvas)
                self.frames.append(box)
                inner = areas if canvas.form is None else ()
                self.pictures.extend(PictureArea(number, *each) for each in drawing.pictures)
                yield from parts_of_page(drawing, number, box, self.source.tick, inner)
            self.source.forget_fonts()

    def paragraphs(
        self, met: Callable[[Part], None] | None = None
    ) -> Iterator[tuple[list[Part], Paragraph]]:
        """The paragraphs of all pages, each with the parts that it is made of.

        `met` is given each part, those without words too, before the paragraph that it is in.
        Raises DocumentError as `parts` does.
        """

        def asked() -> Iterator[Part]:
            for part in self.parts():
                if met is not None:
                    met(part)
                if part.asked:
                    yield part

        for group in joined_parts(asked()):
            yield group, paragraph_of(group)

    def finish_fonts(self) -> None:
        """Note the letters of fonts that each reader has, now that all pages were read.

        Raises DocumentError when the pages have no text.
        """
        fonts = self.source.fonts.values()
        if not any(font.drawn for font in fonts):
            if self._unseen:
                raise DocumentError(
                    N_(
                        "The pages of the PDF are pictures, and its text lies unseen behind them, "
                        "where no translation can be put in its place. Nothing was kept; save the "
                        "text as .docx, .odt or .txt and send that."
                    )
                )
            raise DocumentError(
                N_(
                    "The PDF has no text layer: its pages are pictures. Nothing was kept; "
                    "have a program recognize the text (OCR), save it as .docx, .odt or .txt "
                    "and send that."
                )
            )
        for font in fonts:
            font.finish()
