"""Typesetting: a translated paragraph put into its boxes, and the operators that draw it there."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from web.formats.pdf.drawing import DrawingState, Matrix, Show, Style, product
from web.formats.pdf.fonts import Font
from web.formats.pdf.paragraphs import Atom, Box, Copied, Paragraph, StyledSpan
from web.formats.places import Content, Element

# Scales that are tried: in the paragraph's own lines, then with the white below.
_SCALES: Final = (
    *((scale, False) for scale in (1.0, 0.98, 0.96, 0.94)),
    *((scale, True) for scale in (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.76, 0.73, 0.7)),
)
_LEADING: Final = 1.2
# Most that a space of a justified line is made wider, in ems.
_WIDEST_SPACE: Final = 2.0
_SPACE: Final = 0.25
# Part of a size by which a line may be too long: widths are rounded.
_TOLERANCE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Face:
    """Face: a font by its name in the resources, with code and width in ems of each letter.

    Its letters are drawn narrower by `stretch`.
    """

    resource: str
    codes: dict[str, bytes]
    widths: dict[str, float]
    stretch: float = 1.0

    def width(self, text: str) -> float:
        """Width of a text in ems."""
        widths = self.widths
        return sum(widths.get(letter, _SPACE) for letter in text) * self.stretch


class Word(NamedTuple):
    """Word: what stands between two spaces, with its width at the paragraph's size."""

    atoms: tuple[tuple[str | Copied, Style], ...]
    width: float
    space: float


class SetLine(NamedTuple):
    """Set line: its words from `left` on the base line `base`, with wider spaces by `extra`."""

    words: list[Word]
    left: float
    base: float
    extra: float


class Faces:
    """Faces of a document: which one each of its styles is set in."""

    def __init__(self) -> None:
        self._faces: dict[tuple[Font, bool, bool], Face] = {}
        self._copied: dict[Font, str] = {}

    def put(self, style: Style, face: Face) -> None:
        """Set a style in this face from now on."""
        self._faces[style.font, style.look.bold, style.look.italic] = face

    def of(self, style: Style) -> Face:
        """Face of a style. Raises KeyError when it was not put."""
        return self._faces[style.font, style.look.bold, style.look.italic]

    def put_copied(self, font: Font, resource: str) -> None:
        """Name a font in which signs are copied."""
        self._copied[font] = resource

    def copied(self, font: Font) -> str:
        """Name of a font in which signs are copied. Raises KeyError when it was not put."""
        return self._copied[font]


def words_of(items: Content, paragraph: Paragraph, faces: Faces) -> list[Word]:
    """Words of a translated content, measured."""
    size = paragraph.size
    words: list[Word] = []
    atoms: list[tuple[str | Copied, Style]] = []
    space = faces.of(paragraph.style).width(" ") * size

    def end() -> None:
        if atoms:
            width = sum(
                each.width if isinstance(each, Copied) else faces.of(style).width(each) * size
                for each, style in atoms
            )
            words.append(Word(tuple(atoms), width, space))
            atoms.clear()

    for what, style in flattened_text(items, paragraph.style):
        if isinstance(what, Copied):
            atoms.append((what, style))
            continue
        pieces = what.split(" ")
        for index, piece in enumerate(pieces):
            if index:
                end()
            if piece:
                atoms.append((piece, style))
    end()
    return words


def flattened_text(items: Content, style: Style) -> Iterator[tuple[str | Copied, Style]]:
    """The texts and copied signs of a content, each with its style."""
    for item in items:
        if isinstance(item, str):
            yield " ".join(item.split()) if item.strip() == item else _spaced(item), style
        elif item.items is not None:
            inner = style
            if isinstance(item, Element) and isinstance(item.what, Style):
                inner = item.what
            yield from flattened_text(item.items, inner)
        elif isinstance(item, Element) and isinstance(item.what, Atom):
            atom = item.what
            if isinstance(atom.what, Copied):
                yield atom.what, atom.style


def _spaced(text: str) -> str:
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return left + " ".join(text.split()) + right


def fitted(words: Sequence[Word], paragraph: Paragraph) -> tuple[list[list[SetLine]], float, bool]:
    """Break words into the lines of each box; the scale of the type; whether they fit.

    Words that do not fit run over the end of the last box.
    """
    for scale, grows in _SCALES:
        lines = _broken(words, paragraph, scale, grows=grows, strict=True)
        if lines is not None:
            return lines, scale, True
    scale = _SCALES[-1][0]
    return _broken(words, paragraph, scale, grows=True, strict=False) or [], scale, False


def _broken(
    words: Sequence[Word], paragraph: Paragraph, scale: float, *, grows: bool, strict: bool
) -> list[list[SetLine]] | None:
    result: list[list[SetLine]] = []
    position = 0
    slack = paragraph.size * _TOLERANCE
    for number, box in enumerate(paragraph.boxes):
        is_last = number == len(paragraph.boxes) - 1
        lines: list[SetLine] = []
        bases = _bases(box, paragraph.size, scale, grows=grows and is_last)
        for index, base in enumerate(
            _endless(bases, paragraph.size * scale) if is_last and not strict else bases
        ):
            if position >= len(words):
                break
            left, right = _edges(box, paragraph, first=number == 0 and index == 0)
            width = words[position].width * scale
            end = position + 1
            if strict and width > right - left + slack:
                return None
            while end < len(words):
                wider = width + (words[end - 1].space + words[end].width) * scale
                if wider > right - left + slack:
                    break
                width, end = wider, end + 1
            lines.append(
                _placed(words[position:end], width, (left, right), base, paragraph, box, scale,
                        last=end == len(words))
            )  # fmt: skip
            position = end
        result.append(lines)
    return result if position >= len(words) else None


def _edges(box: Box, paragraph: Paragraph, *, first: bool) -> tuple[float, float]:
    if paragraph.alignment == "centre":
        half = min(box.middle - box.low, box.right - box.middle)
        return box.middle - half, box.middle + half
    if paragraph.alignment == "right":
        return box.low, box.right
    return (box.first if first else box.left), box.right


def _placed(  # noqa: PLR0913, PLR0917 - a line has as many sides
    words: Sequence[Word],
    width: float,
    edges: tuple[float, float],
    base: float,
    paragraph: Paragraph,
    box: Box,
    scale: float,
    *,
    last: bool,
) -> SetLine:
    left, right = edges
    extra = 0.0
    if paragraph.alignment == "centre":
        left = box.middle - width / 2
    elif paragraph.alignment == "right":
        left = right - width
    elif paragraph.alignment == "justified" and not last and len(words) > 1:
        extra = (right - left - width) / (len(words) - 1)
        extra = extra if extra < _WIDEST_SPACE * paragraph.size * scale else 0.0
    return SetLine(list(words), left, base, extra)


def _bases(box: Box, size: float, scale: float, *, grows: bool) -> list[float]:
    first, last = box.bases[0], box.bases[-1]
    count = len(box.bases)
    leading = (first - last) / (count - 1) if count > 1 else _LEADING * size
    room = box.room if grows else 0.0
    if scale == 1:
        extra = int(room / leading + 0.001) if leading > 0 else 0
        return [*box.bases, *(last - leading * (each + 1) for each in range(extra))]
    leading *= scale
    lines = int((first - last + room) / leading + 0.001) + 1
    return [first - leading * each for each in range(lines)]


def _endless(bases: list[float], size: float) -> Iterator[float]:
    yield from bases
    base = bases[-1]
    leading = bases[-2] - base if len(bases) > 1 else _LEADING * size
    while True:
        base -= leading
        yield base


def drawn(  # noqa: PLR0913, PLR0917 - what, where and how
    lines: Iterable[SetLine],
    paragraph: Paragraph,
    box: Box,
    scale: float,
    faces: Faces,
    onto: Matrix,
) -> bytes:
    """Operators that draw lines inside of a text object; `onto` leads from the page to there."""
    radians = math.radians(box.turn)
    cos, sin = math.cos(radians), math.sin(radians)
    pen = _Pen((cos, sin, -sin, cos, 0, 0), onto)
    size = paragraph.size * scale
    for line in lines:
        left = line.left
        for index, word in enumerate(line.words):
            at = left
            last = index == len(line.words) - 1
            for what, style in word.atoms:
                if isinstance(what, Copied):
                    for part in what.parts:
                        pen.copy(part.strings, faces.copied(part.style.font), part.style.colour,
                                 part.size * scale, part.stretch,
                                 at + part.right * scale, line.base + part.up * scale)  # fmt: skip
                    at += what.width * scale
                else:
                    face = faces.of(style)
                    pen.write(what, face, style.colour, size, at, line.base)
                    at += face.width(what) * size
            left += (word.width + word.space) * scale + line.extra
            if not last:
                pen.space(faces.of(paragraph.style))
        pen.end()
    return pen.made()


class _Pen:
    """Pen: writes text at places, with as few operators as it can."""

    def __init__(self, turn: Matrix, onto: Matrix) -> None:
        self._turn = turn
        self._onto = onto
        self._made: list[bytes] = []
        self._strings: list[bytes] = []
        self._face: Face | None = None
        self._size = self._at = self._base = 0.0
        self._font: tuple[str, float] = ("", 0.0)
        self._stretch = 1.0
        self._colour = b""

    def write(  # noqa: PLR0913, PLR0917 - text, look and place
        self, text: str, face: Face, colour: bytes, size: float, left: float, base: float
    ) -> None:
        """Write a text in a face."""
        begun = self._strings and face is self._face and size == self._size
        if not (begun and colour == self._colour and base == self._base):
            self._begin(face.resource, size, face.stretch, colour, left, base)
            self._face, self._size, self._at, self._base = face, size, left, base
        moved = left - self._at
        if abs(moved) > 0.01 * size:
            self._strings.append(b"%.1f" % (-1000 * moved / (size * face.stretch)))
        self._strings.append(
            b"<" + b"".join(face.codes[each] for each in text).hex().encode() + b">"
        )
        self._at = left + face.width(text) * size

    def space(self, face: Face) -> None:
        """Write a space, if the face has one."""
        if self._strings and face is self._face and " " in face.codes:
            self._strings.append(b"<" + face.codes[" "].hex().encode() + b">")
            self._at += face.width(" ") * self._size

    def copy(  # noqa: PLR0913, PLR0917 - strings, look and place
        self,
        strings: Sequence[bytes | float],
        resource: str,
        colour: bytes,
        size: float,
        stretch: float,
        left: float,
        base: float,
    ) -> None:
        """Show copied strings."""
        self._begin(resource, size, stretch, colour, left, base)
        self._strings = [
            b"%.1f" % each if isinstance(each, float) else b"<" + each.hex().encode() + b">"
            for each in strings
        ]
        self.end()

    def _begin(  # noqa: PLR0913, PLR0917 - look and place
        self, resource: str, size: float, stretch: float, colour: bytes, left: float, base: float
    ) -> None:
        self.end()
        if colour != self._colour:
            self._made.append(colour)
            self._colour = colour
        if (resource, size) != self._font:
            self._made.append(b"%s %.3f Tf" % (resource.encode(), size))
            self._font = (resource, size)
        if stretch != self._stretch:
            self._made.append(b"%.2f Tz" % (100 * stretch))
            self._stretch = stretch
        a, b, c, d, _, _ = self._turn
        matrix = product((a, b, c, d, left * a + base * c, left * b + base * d), self._onto)
        self._made.append(b"%.5f %.5f %.5f %.5f %.3f %.3f Tm" % matrix)

    def end(self) -> None:
        """End the text that was begun."""
        if self._strings:
            self._made.append(b"[" + b"".join(self._strings) + b"] TJ")
        self._strings = []
        self._face = None

    def made(self) -> bytes:
        """All operators."""
        return b"\n".join(self._made)


def edited_content(
    content: bytes,
    shows: Sequence[Show],
    removed: dict[int, list[StyledSpan]],
    inserted: dict[int, list[bytes]],
) -> bytes:
    """A content stream without the removed strings, and with what is inserted before a show.

    All that is shown later stands where it stood.
    """
    parts: list[bytes] = []
    position = 0
    for index in sorted({*removed, *inserted}):
        show = shows[index]
        parts.append(content[position : show.operation.start])
        parts.append(_replaced(show, removed.get(index, []), inserted.get(index, [])))
        position = show.operation.end
    return b"".join([*parts, content[position:]])


def _replaced(show: Show, removed: list[StyledSpan], inserted: list[bytes]) -> bytes:
    state, operation = show.state, show.operation
    parts: list[bytes] = []
    if operation.operator == b'"':
        parts.append(b"%.5g Tw %.5g Tc" % (state.word_space, state.char_space))
    if operation.operator in {b"'", b'"'}:
        parts.append(b"T*")
    for each in inserted:
        parts += [*_neutral(state), each, *_restored(state, show.line)]
    unit = state.size * state.stretch
    if inserted and show.before and unit:
        parts.append(b"[%.3f] TJ" % (-1000 * show.before / unit))
    parts.append(_without(show, removed))
    return b"\n" + b"\n".join(each for each in parts if each) + b"\n"


def _neutral(state: DrawingState) -> Iterator[bytes]:
    if state.char_space:
        yield b"0 Tc"
    if state.word_space:
        yield b"0 Tw"
    if state.stretch != 1:
        yield b"100 Tz"
    if state.rise:
        yield b"0 Ts"


def _restored(state: DrawingState, line: Matrix) -> Iterator[bytes]:
    if state.char_space:
        yield b"%.5g Tc" % state.char_space
    if state.word_space:
        yield b"%.5g Tw" % state.word_space
    yield b"%.5g Tz" % (100 * state.stretch)
    if state.rise:
        yield b"%.5g Ts" % state.rise
    yield b"%s %.6g Tf" % (state.font_name.encode("latin-1"), state.size)
    yield from (each for each in (state.colour_space, state.colour) if each)
    yield b"%.6g %.6g %.6g %.6g %.7g %.7g Tm" % line


def _without(  # noqa: C901, PLR0912 - one loop over all letters
    show: Show, removed: list[StyledSpan]
) -> bytes:
    """The operation without the removed strings, but as wide."""
    state = show.state
    font, size = state.font, state.size
    content = show.operation.operands[-1]
    elements = content if isinstance(content, list) else [content]
    if font is None or not size:
        removed = []
    if removed and sum(span.end - span.start for span in removed) >= show.inked:
        moved = (show.before - show.after) * 1000 / (size * state.stretch or size)
        return b"[%.3f] TJ" % moved if moved else b""
    spans = sorted((span.start, span.end) for span in removed)
    parts: list[bytes] = []
    moved = 0.0
    offset = number = 0
    shown = False
    for element in elements:
        if isinstance(element, float):
            moved += element
            continue
        if not isinstance(element, bytes):
            continue
        if font is None:
            parts.append(b"<" + element.hex().encode() + b">")
            continue
        kept = bytearray()
        for code, letters, width in font.codes(element):
            while number < len(spans) and spans[number][1] <= offset:
                number += 1
            offset += font.step
            if (number < len(spans) and spans[number][0] < offset) or (spans and letters.isspace()):
                if kept:
                    parts.append(b"<" + kept.hex().encode() + b">")
                    kept = bytearray()
                moved -= width * 1000 + state.char_space * 1000 / size
                if code == 32 and font.step == 1:
                    moved -= state.word_space * 1000 / size
            else:
                if moved:
                    parts.append(b"%.3f" % moved)
                    moved = 0.0
                kept += font.written(code)
                shown = True
        offset += len(element) % font.step
        if kept:
            parts.append(b"<" + kept.hex().encode() + b">")
    if moved:
        parts.append(b"%.3f" % moved)
    if not shown and len(parts) == 1 and abs(moved) < 0.001:
        return b""
    return (
        b"["
        + b"".join(each if each.startswith(b"<") else b" " + each + b" " for each in parts)
        + b"] TJ"
        if parts
        else b""
    )
