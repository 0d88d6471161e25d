"""Page writer: set paragraphs are put into the contents of a PDF's pages."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import pikepdf

from web.formats.pdf.canvases import Canvas, Canvases, Fonts
from web.formats.pdf.drawing import Show
from web.formats.pdf.editing import Removed, edited_content
from web.formats.pdf.faces import Chosen
from web.formats.pdf.geometry import inverse
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
    """Writer of the pages on which something changed."""

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        canvases: Sequence[Canvas],
        fonts: Fonts,
        faces: Chosen,
    ) -> None:
        self._pdf = pdf
        self._canvases = canvases
        self._reader = Canvases(pdf, fonts)
        self._chosen = faces
        self._fonts = {
            name: embedded(pdf, face, letters) for name, (face, letters) in faces.typefaces.items()
        }

    def write(self, laid: Sequence[LaidParagraph]) -> None:
        """Write the paragraphs into the PDF."""
        by_canvas: dict[int, list[tuple[LaidParagraph, int]]] = defaultdict(list)
        for each in laid:
            for number, box in enumerate(each.paragraph.boxes):
                by_canvas[box.canvas].append((each, number))
        for index, some in sorted(by_canvas.items()):
            self._write(self._canvases[index], some)

    def _write(self, canvas: Canvas, laid: Sequence[tuple[LaidParagraph, int]]) -> None:
        drawing = self._reader.drawing(canvas)
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
