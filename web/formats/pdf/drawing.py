"""Drawing of a page: a content stream followed as a reader draws it, for its words and lines."""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pikepdf

from web.formats.pdf.fonts import Font
from web.formats.pdf.geometry import IDENTITY, Matrix, Rectangle, around, bounds, product
from web.formats.pdf.operands import MalformedError, name_of, numbers_of, written_operation
from web.formats.pdf.scanning import Operand, Operation, operations
from web.formats.pdf.typefaces import Look

# Gap in a word, in ems: a wider one is a space.
WORD_GAP: Final = 0.16
# How far from a space the word after it may begin that is shown by itself, in ems.
_AFTER_SPACE: Final = 0.35
# Shapes of one drawing that are looked at, levels of saved states, and length of a coordinate.
_MOST_SHAPES: Final = 20_000
_MOST_SAVED: Final = 500
_FARTHEST: Final = 1e7
_COLOURS: Final = frozenset((b"g", b"rg", b"k", b"sc", b"scn"))
_PAINTS: Final = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_SHOWS: Final = frozenset((b"Tj", b"TJ", b"'", b'"'))
_CURVES: Final = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4}
# Render modes of text that is drawn and nothing else: filled, stroked, both.
_VISIBLE_MODES: Final = 2
_UNSEEN_MODE: Final = 3
_SHEARED: Final = 0.15
# Letters of a piece; a longer word is several.
_LONGEST_PIECE: Final = 200
# Points of a dot that is a bullet, and curves that it is drawn with at most.
_DOT, _CURVES_OF_DOT = (1.2, 8.0), 40
# Pieces of one page, and its pictures that can be taken out.
_MOST_PIECES: Final = 50_000
_MOST_PICTURES: Final = 500


class Style(NamedTuple):
    """Style of a piece of text: its font, its look, and the operators of its colour."""

    font: Font
    look: Look
    colour: bytes


@dataclass(slots=True)
class DrawingState:
    """Graphics state, as far as text needs it; `colour_space` and `colour` are operators."""

    matrix: Matrix = IDENTITY
    clip: Rectangle = (-_FARTHEST, -_FARTHEST, _FARTHEST, _FARTHEST)
    colour_space: bytes = b""
    colour: bytes = b"0 g"
    font: Font | None = None
    font_name: str = ""
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    mode: int = 0
    rise: float = 0.0

    def copied(self) -> "DrawingState":
        """Copy of the state."""
        return DrawingState(
            self.matrix, self.clip, self.colour_space, self.colour, self.font, self.font_name,
            self.size, self.char_space, self.word_space, self.stretch, self.leading, self.mode,
            self.rise,
        )  # fmt: skip


@dataclass(slots=True)
class Show:
    """Operation that shows text: where it stands in the stream, and the state it was met in.

    `line` is the matrix of the text line, `before` and `after` how far along it the text begins
    and ends; `inked` are its bytes that are in pieces.
    """

    operation: Operation
    state: DrawingState
    line: Matrix
    before: float
    after: float = 0.0
    inked: int = 0


@dataclass(slots=True)
class TypePiece:
    """Piece of text without a space in it: bytes `start` to `end` of the strings of one `show`.

    It begins at `left` and ends at `right` on the base line `base`, in the frame of its angle:
    turned so that the text runs to the right. `space` says that a space comes before it.
    """

    show: int
    start: int
    end: int
    text: str
    left: float
    right: float
    base: float
    size: float
    style: Style
    space: bool


@dataclass(slots=True)
class Drawing:
    """Drawing: all shown text, by its angle in degrees, and where shapes and pictures are.

    `dots` are shapes as large as a bullet, and `pictures` the shapes that are a picture, each with
    its object's number. It is `crowded` when it has more words than a page can have, and has
    `unseen` text when some is drawn in no way at all, as programs put it behind scanned pages.
    """

    shows: list[Show] = field(default_factory=list)
    pieces: dict[int, list[TypePiece]] = field(default_factory=dict)
    shapes: list[Rectangle] = field(default_factory=list)
    forms: list[pikepdf.Object] = field(default_factory=list)
    dots: list[Rectangle] = field(default_factory=list)
    pictures: list[tuple[Rectangle, tuple[int, int]]] = field(default_factory=list)
    unclosed: int = 0
    crowded: bool = False
    unseen: bool = False


class Interpreter:
    """Interpreter of one content stream. `font_of` gives a font of the resources by its name.

    `tick` is called now and then; its exceptions pass through.
    """

    def __init__(
        self,
        resources: Any,
        font_of: Callable[[str], Font | None],
        tick: Callable[[], None],
    ) -> None:
        self._resources = resources
        self._font_of = font_of
        self._tick = tick
        self._styles: dict[tuple[Font, bytes, bool], Style] = {}
        self.drawing = Drawing()
        self._count = 0

    def run(self, content: bytes) -> Drawing:
        """Follow the stream to its end."""
        self._state = DrawingState()
        self._saved: list[DrawingState] = []
        self._line = IDENTITY
        self._along = 0.0
        self._path: list[Rectangle] = []
        self._clipping = False
        self._snapshot: DrawingState | None = None
        # Where a space ended that was the last of a show, with its angle and base line.
        self._space: tuple[int, float, float] | None = None
        for count, operation in enumerate(operations(content)):
            if not count % 10_000:
                self._tick()
            with suppress(MalformedError):
                self._follow(operation)
        self.drawing.unclosed = len(self._saved)
        return self.drawing

    def _follow(self, operation: Operation) -> None:  # noqa: C901, PLR0912, PLR0915 - the operators
        operator, operands = operation.operator, operation.operands
        if operator in _SHOWS:
            self._show(operation)
        elif operator == b"Td":
            self._move(*numbers_of(operands, 2))
        elif operator == b"TD":
            across, down = numbers_of(operands, 2)
            self._changed().leading = -down
            self._move(across, down)
        elif operator == b"Tm":
            a, b, c, d, e, f = numbers_of(operands, 6)
            self._line, self._along = (a, b, c, d, e, f), 0.0
        elif operator == b"T*":
            self._move(0, -self._state.leading)
        elif operator == b"BT":
            self._line, self._along = IDENTITY, 0.0
        elif operator == b"Tf":
            state = self._changed()
            state.font_name = name_of(operands)
            state.font = self._font_of(state.font_name)
            (state.size,) = numbers_of(operands, 1)
        elif operator in _TEXT_STATE:
            (value,) = numbers_of(operands, 1)
            name, scale = _TEXT_STATE[operator]
            setattr(self._changed(), name, value * scale)
        elif operator == b"Tr":
            self._changed().mode = int(numbers_of(operands, 1)[0])
        elif operator in _COLOURS:
            state = self._changed()
            state.colour = written_operation(operands, operator)
            if operator not in {b"sc", b"scn"}:
                state.colour_space = b""
        elif operator == b"cs":
            state = self._changed()
            state.colour_space, state.colour = written_operation(operands, operator), b""
        elif operator == b"q":
            if len(self._saved) < _MOST_SAVED:
                self._saved.append(self._state.copied())
        elif operator == b"Q":
            if self._saved:
                self._state = self._saved.pop()
                self._snapshot = None
        elif operator == b"cm":
            a, b, c, d, e, f = numbers_of(operands, 6)
            state = self._changed()
            state.matrix = product((a, b, c, d, e, f), state.matrix)
        elif operator == b"re":
            x, y, width, height = numbers_of(operands, 4)
            self._add((x, y, x + width, y + height))
        elif operator in _CURVES:
            self._curve(operator, operands)
        elif operator in _PAINTS or operator == b"n":
            self._paint(painted=operator != b"n")
        elif operator in {b"W", b"W*"}:
            self._clipping = True
        elif operator == b"Do":
            self._object(name_of(operands))

    def _changed(self) -> DrawingState:
        """The state, to be changed: a show that was met keeps the one before."""
        if self._snapshot is self._state:
            self._state = self._state.copied()
        return self._state

    def _move(self, across: float, up: float) -> None:
        self._line, self._along = product((1, 0, 0, 1, across, up), self._line), 0.0

    def _curve(self, operator: bytes, operands: list[Operand]) -> None:
        points = numbers_of(operands, _CURVES[operator])
        x, y = points[-2:]
        if operator != b"m" and len(self._path) < _MOST_SHAPES:
            from_x, from_y = self._point
            xs, ys = [from_x, *points[::2]], [from_y, *points[1::2]]
            self._add((min(xs), min(ys), max(xs), max(ys)))
        self._point = (x, y)

    _point = (0.0, 0.0)

    def _add(self, rectangle: Rectangle) -> None:
        if len(self._path) < _MOST_SHAPES:
            self._path.append(bounds(self._state.matrix, rectangle))

    def _paint(self, *, painted: bool) -> None:
        if self._clipping and self._path:
            state = self._changed()
            left, bottom, right, top = state.clip
            west, south, east, north = around(self._path)
            state.clip = (max(left, west), max(bottom, south), min(right, east), min(top, north))
        if painted and len(self.drawing.shapes) < _MOST_SHAPES:
            self.drawing.shapes += self._path
            if 0 < len(self._path) <= _CURVES_OF_DOT:
                self._dot(around(self._path))
        self._path = []
        self._clipping = False

    def _dot(self, place: Rectangle) -> None:
        width, height = place[2] - place[0], place[3] - place[1]
        if _DOT[0] < width < _DOT[1] and abs(width - height) < width / 3:
            self.drawing.dots.append(place)

    def _object(self, name: str) -> None:
        external = self._resources.get("/XObject") if self._resources is not None else None
        found = external.get(name) if isinstance(external, pikepdf.Dictionary) else None
        if not isinstance(found, pikepdf.Stream):
            return
        if found.get("/Subtype") == "/Form":
            self.drawing.forms.append(found)
            return
        place = bounds(self._state.matrix, (0, 0, 1, 1))
        self.drawing.shapes.append(place)
        if len(self.drawing.pictures) < _MOST_PICTURES and found.is_indirect:
            self.drawing.pictures.append((place, found.objgen))

    def _show(self, operation: Operation) -> None:
        operator, operands = operation.operator, operation.operands
        if operator in {b"'", b'"'}:
            if operator == b'"':
                state = self._changed()
                state.word_space, state.char_space = numbers_of(operands[:2], 2)
            self._move(0, -self._state.leading)
        state = self._snapshot = self._state
        show = Show(operation, state, self._line, self._along)
        self.drawing.shows.append(show)
        if state.font is None or not state.size:
            return
        content = operands[-1] if operands else b""
        self._strings(content if isinstance(content, list) else [content], state, state.font)
        show.after = self._along

    def _strings(self, elements: list[Operand], state: DrawingState, font: Font) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop over all letters
        a, b, c, d, e, f = product(self._line, state.matrix)
        size, stretch, spacing = state.size, state.stretch, state.char_space
        scale = math.hypot(a, b)
        visible = 0 <= state.mode <= _VISIBLE_MODES and font.upright and scale > 0
        if visible and (size * stretch <= 0 or (a * d - b * c) * stretch <= 0):
            visible = False
        turn = round(math.degrees(math.atan2(b, a))) if visible else 0
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        x, y = state.rise * c + e, state.rise * d + f
        left, base = x * cos + y * sin, y * cos - x * sin
        height = abs((a * d - b * c) / scale * size) if scale else 0.0
        if abs(left) > _FARTHEST or abs(base) > _FARTHEST or not 0.5 < height < 2000:
            visible = False
        pieces = self.drawing.pieces.setdefault(turn, []) if visible else []
        style = self._style(font, state, sheared=abs(c * a + d * b) > _SHEARED * abs(a * d - b * c))
        along, offset, step = self._along, 0, font.step
        show = len(self.drawing.shows) - 1
        piece: TypePiece | None = None
        space = False
        inked = 0
        for element in elements:
            if isinstance(element, float):
                moved = -element / 1000 * size * stretch
                along += moved
                if abs(moved) * scale > WORD_GAP * height:
                    piece = None
                continue
            if not isinstance(element, bytes):
                continue
            for code, letters, width in font.codes(element):
                advance = width * size + spacing
                if code == 32 and step == 1:
                    advance += state.word_space
                if letters.isspace():
                    piece, space = None, True
                    if letters == " ":
                        font.seen(code, letters, width)
                elif visible and letters:
                    inked += step
                    right = left + (along + width * size * stretch) * scale
                    font.seen(code, letters, width)
                    if piece is None or len(piece.text) > _LONGEST_PIECE:
                        self._count += 1
                        if self._count > _MOST_PIECES:
                            self.drawing.crowded = True
                            self._tick()
                        start = left + along * scale
                        space = space or self._goes_on(turn, start, base, height)
                        piece = TypePiece(
                            show, offset, offset + step, letters, start, right, base, height,
                            style, space,
                        )  # fmt: skip
                        pieces.append(piece)
                        space = False
                    else:
                        piece.text += letters
                        piece.end = offset + step
                        piece.right = right
                elif state.mode == _UNSEEN_MODE:
                    self.drawing.unseen = True
                along += advance * stretch
                offset += step
            offset += len(element) % step
        self._along = along
        if space or inked:
            self._space = (turn, left + along * scale, base) if space else None
        self.drawing.shows[-1].inked = inked

    def _goes_on(self, turn: int, start: float, base: float, height: float) -> bool:
        """Whether a place is where the space ended that was shown last."""
        if self._space is None:
            return False
        angle, end, line = self._space
        near = abs(start - end) < _AFTER_SPACE * height and abs(base - line) < height
        self._space = None
        return angle == turn and near

    def _style(self, font: Font, state: DrawingState, *, sheared: bool) -> Style:
        colour = b" ".join(each for each in (state.colour_space, state.colour) if each)
        key = (font, colour, sheared)
        style = self._styles.get(key)
        if style is None:
            look = font.look._replace(italic=True) if sheared else font.look
            style = self._styles[key] = Style(font, look, colour)
        return style


_TEXT_STATE: Final = {
    b"Tc": ("char_space", 1.0),
    b"Tw": ("word_space", 1.0),
    b"Tz": ("stretch", 0.01),
    b"TL": ("leading", 1.0),
    b"Ts": ("rise", 1.0),
}
