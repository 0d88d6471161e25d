"""Page writer: set paragraphs are put into the contents of a PDF's pages."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import pikepdf

from web.formats.pdf.canvases import Canvas
from web.formats.pdf.drawing import Show
from web.formats.pdf.editing import Removed, edited_content
from web.formats.pdf.faces import Chosen
from web.formats.pdf.geometry import inverse
from web.formats.pdf.page_reader import PageReader
from web.formats.pdf.paragraphs import Box, Paragraph
from web.formats.pdf.pen import drawn
from web.formats.pdf.setting import SetLine
from web.formats.pdf.typefaces import embedded


class LaidParagraph(NamedTuple):
    """Paragraph that was laid out anew, with the lines of each of its boxes."""

    paragraph: Paragraph
    lines: list[list[SetLine]]
    scale: float


class PageWriter:
    """Writer of the pages on which something changed, while `reader` reads them."""

    def __init__(self, pdf: pikepdf.Pdf, reader: PageReader, faces: Chosen) -> None:
        self._canvases = reader.canvases
        self._source = reader.source
        self._chosen = faces
        self._fonts = {
            name: embedded(pdf, face, letters) for name, (face, letters) in faces.typefaces.items()
        }
        self._waiting: dict[int, list[tuple[LaidParagraph, int]]] = defaultdict(list)

    def write(self, laid: LaidParagraph) -> None:
        """Write a paragraph, which begins on no page before those that were written.

        Raises DocumentError when it takes too long.
        """
        # A paragraph may go on further on: a page is whole when one begins after it.
        self._write_before(laid.paragraph.boxes[0].canvas)
        for number, box in enumerate(laid.paragraph.boxes):
            self._waiting[box.canvas].append((laid, number))

    def finish(self) -> None:
        """Write what is left. Raises DocumentError when it takes too long."""
        self._write_before(len(self._canvases))

    def _write_before(self, canvas: int) -> None:
        for index in sorted(each for each in self._waiting if each < canvas):
            self._write(self._canvases[index], self._waiting.pop(index))

    def _write(self, canvas: Canvas, laid: Sequence[tuple[LaidParagraph, int]]) -> None:
        drawing = self._source.drawing(canvas)
        removed: Removed = defaultdict(list)
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
            onto = inverse(show.state.matrix)
            if onto is not None and _within(show, paragraph, box, lines):
                inserted[first].append(
                    drawn(lines, paragraph, box, each.scale, self._chosen.faces, onto)
                )
            else:
                late.append(
                    drawn(lines, paragraph, box, each.scale, self._chosen.faces, (1, 0, 0, 1, 0, 0))
                )
        content = edited_content(self._source.content(canvas), drawing.shows, removed, inserted)
        if b"/ActualText" in content:  # a reader would say the old words
            content = content.replace(b"/ActualText", b"/FormerText")
        if late:
            ends = b"Q\n" * (drawing.unclosed + 1)
            content = b"q\n" + content + b"\n" + ends + b"BT\n" + b"\n".join(late) + b"\nET\n"
        self._name_fonts(canvas, content)
        self._source.put(canvas, content)

    def _name_fonts(self, canvas: Canvas, content: bytes) -> None:
        resources = self._source.resources(canvas)
        if resources is None:
            return
        if not isinstance(resources.get("/Font"), pikepdf.Dictionary):
            resources["/Font"] = pikepdf.Dictionary()
        for name in {*self._chosen.own, *self._chosen.typefaces}:
            if name.encode() + b" " in content:
                if name not in self._fonts:
                    self._fonts[name] = self._source.source_of(self._chosen.own[name])
                resources.Font[name] = self._fonts[name]


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
