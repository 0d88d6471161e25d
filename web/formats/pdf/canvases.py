"""Canvases of a PDF: its pages and the forms that they draw, each with a content of its own."""

import time
import zlib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pikepdf

from web.formats.base import DocumentError
from web.formats.pdf.drawing import Drawing, Interpreter
from web.formats.pdf.file import decoded_codes
from web.formats.pdf.fonts import Font
from web.formats.pdf.form_fields import shown_forms
from web.formats.pdf.geometry import Rectangle
from web.messages import N_

# Seconds of a core that reading may take, and writing, which reads the pages once more.
MOST_SECONDS: Final = 30
MOST_WRITING_SECONDS: Final = 60
_MOST_CONTENT: Final = 20_000_000  # bytes of one page's operators; a larger page is a drawing
_MOST_SHOWS: Final = 100_000  # operations of one page that show text
_MOST_FORMS: Final = 5_000
# Drawings that are at hand, and the operations of each: a page is written soon after it is read.
_MOST_RECENT, _FEW_SHOWS = 3, 4_000
# Codes of fonts that are held at once, of some 150 bytes each, and letters of all fonts.
_MOST_CODES: Final = 200_000
_MOST_LETTERS: Final = 300_000
_MOST_LEVELS: Final = 50  # of the tree of pages, to which resources are inherited
_A4: Final[Rectangle] = (0.0, 0.0, 595.0, 842.0)

FontKey = tuple[int | str, ...]
Fonts = dict[FontKey, Font]


class Canvas(NamedTuple):
    """Canvas: a page by its index, or a form, by its object's number, that it draws."""

    page: int
    form: tuple[int, int] | None = None


class Canvases:
    """Canvas reader of an open PDF; `fonts` are those that are known, and get those that are met.

    `font_names` are the names that the pages have for them.
    Raises DocumentError when it takes more than `seconds` of a core, or has too many fonts.
    """

    def __init__(self, pdf: pikepdf.Pdf, fonts: Fonts, seconds: float) -> None:
        self._pdf = pdf
        self.fonts = fonts
        self._loaded: list[Font] = []
        self._counted = 0
        self._recent: dict[Canvas, Drawing] = {}
        self._sources: dict[FontKey, pikepdf.Object] = {}
        self._met: set[tuple[int, int]] = set()
        self._end = time.thread_time() + seconds
        self._drawing: Drawing | None = None
        self.font_names: set[str] = set()

    def tick(self) -> None:
        """Look at the time. Raises DocumentError when it is up, or a page has too much text."""
        drawing = self._drawing
        too_much = drawing and (drawing.crowded or len(drawing.shows) > _MOST_SHOWS)
        if too_much or time.thread_time() > self._end:
            raise _too_much()

    def forget_fonts(self) -> None:
        """Give up the codes of fonts, where there are many; they are read again when met.

        Raises DocumentError when there are too many fonts.
        """
        if sum(font.size for font in self._loaded) > _MOST_CODES:
            for font in self._loaded:
                font.forget()
            self._loaded.clear()
        if len(self.fonts) != self._counted:
            self._counted = len(self.fonts)
            if sum(len(font.drawn) for font in self.fonts.values()) > _MOST_LETTERS:
                raise _too_much()

    def of_page(self, page: int) -> Iterator[tuple[Canvas, Drawing, Rectangle]]:
        """The page and the forms that no page before it drew, with drawing and bounds of each.

        Among them are the appearances of its buttons and lists of options.
        """
        waiting = [Canvas(page)]
        for key in shown_forms(self._pdf.pages[page].obj):
            if key not in self._met and len(self._met) < _MOST_FORMS:
                self._met.add(key)
                waiting.append(Canvas(page, key))
        while waiting:
            canvas = waiting.pop(0)
            drawing = self.drawing(canvas)
            yield canvas, drawing, self._box(canvas)
            for form in drawing.forms:
                key = form.objgen
                if key != (0, 0) and key not in self._met and len(self._met) < _MOST_FORMS:
                    self._met.add(key)
                    waiting.append(Canvas(page, key))

    def drawing(self, canvas: Canvas) -> Drawing:
        """Follow the content of a canvas, unless it was one of the last and is at hand."""
        if canvas in self._recent:
            return self._recent[canvas]
        drawing = self._followed(canvas)
        if len(drawing.shows) <= _FEW_SHOWS:
            if len(self._recent) == _MOST_RECENT:
                del self._recent[next(iter(self._recent))]
            self._recent[canvas] = drawing
        return drawing

    def _followed(self, canvas: Canvas) -> Drawing:
        resources = self.resources(canvas)
        listed = resources.get("/Font") if resources is not None else None
        fonts: dict[str, Font | None] = {}

        def font_of(name: str) -> Font | None:
            if name not in fonts:
                self.font_names.add(name)
                found = listed.get(name) if isinstance(listed, pikepdf.Dictionary) else None
                fonts[name] = self._font(found, canvas, name)
            return fonts[name]

        interpreter = Interpreter(resources, font_of, self.tick)
        self._drawing = interpreter.drawing
        return interpreter.run(self.content(canvas))

    def _font(self, source: Any, canvas: Canvas, name: str) -> Font | None:
        if not isinstance(source, pikepdf.Dictionary):
            return None
        key: FontKey = source.objgen
        if key == (0, 0):
            key = (canvas.page, *(canvas.form or ()), name)
        self._sources[key] = source
        try:
            font = self.fonts.get(key)
            if font is None:
                font = self.fonts[key] = Font(source, key)
            elif not font.size:
                font.load(source)
            else:
                return font
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError):
            return None  # it is damaged, and its words stay as they are
        self._loaded.append(font)
        return font

    def source_of(self, font: Font) -> pikepdf.Object:
        """The object of a font that was met, to be named in resources."""
        source = self._sources.get(font.key)
        if source is None:
            number, generation = font.key
            source = self._pdf.get_object(int(number), int(generation))
        return source if source.is_indirect else self._pdf.make_indirect(source)

    def content(self, canvas: Canvas) -> bytes:
        """Content stream of a canvas; empty when it is damaged or too large."""
        found = self._object(canvas)
        if canvas.form is not None:
            return decoded_codes(found, _MOST_CONTENT) or b""
        contents = found.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        parts: list[bytes] = []
        left = _MOST_CONTENT
        for stream in streams:
            part = decoded_codes(stream, left)
            if part is None:
                if isinstance(stream, pikepdf.Stream):
                    return b""
                continue
            left -= len(part)
            parts.append(part)
        return b"\n".join(parts)

    def put(self, canvas: Canvas, content: bytes) -> None:
        """Replace the content of a canvas."""
        self._recent.pop(canvas, None)
        found = self._object(canvas)
        # It is held until the file is saved: ready packed, it is a fifth.
        packed = zlib.compress(content)
        if canvas.form is not None:
            found.write(packed, filter=pikepdf.Name.FlateDecode)
        else:
            found["/Contents"] = self._pdf.make_stream(packed, Filter=pikepdf.Name.FlateDecode)

    def resources(self, canvas: Canvas) -> Any:
        """Resources of a canvas, None without any."""
        if canvas.form is not None:
            own = self._object(canvas).get("/Resources")
            if isinstance(own, pikepdf.Dictionary):
                return own
        return self._inherited(canvas, "/Resources", pikepdf.Dictionary)

    def _inherited(self, canvas: Canvas, name: str, kind: Any) -> Any:
        node: Any = self._pdf.pages[canvas.page].obj
        for _ in range(_MOST_LEVELS):
            found = node.get(name)
            if isinstance(found, kind):
                return found
            node = node.get("/Parent")
            if not isinstance(node, pikepdf.Dictionary):
                break
        return None

    def _object(self, canvas: Canvas) -> Any:
        if canvas.form is None:
            return self._pdf.pages[canvas.page].obj
        return self._pdf.get_object(canvas.form)

    def _box(self, canvas: Canvas) -> Rectangle:
        if canvas.form is not None:
            box = self._object(canvas).get("/BBox")
        else:
            box = self._inherited(canvas, "/CropBox", pikepdf.Array)
            box = box if box is not None else self._inherited(canvas, "/MediaBox", pikepdf.Array)
        try:
            x, y, other_x, other_y = (float(each) for each in box)
        except (TypeError, ValueError, ArithmeticError):
            return _A4
        return (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _too_much() -> DocumentError:
    return DocumentError(
        N_(
            "The document takes too long to read and was given up. Nothing was kept; "
            "divide it, or save it again with the program that made it."
        )
    )
