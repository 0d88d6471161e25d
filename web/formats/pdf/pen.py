"""Pen: the operators that draw a set paragraph inside of a text object."""

import math
from collections.abc import Iterable, Iterator, Sequence

from web.formats.pdf.atoms import Copied
from web.formats.pdf.geometry import Matrix, Rectangle, bounds, product
from web.formats.pdf.paragraphs import Box, Paragraph
from web.formats.pdf.setting import Face, Faces, SetLine

# How far a line of text is over and under its base line, in ems.
_HEIGHT, _DEPTH = 0.8, 0.22


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
            for stretch in word.stretches:
                what, style, _ = stretch
                if isinstance(what, Copied):
                    for part in what.parts:
                        pen.copy(part.strings, faces.copied(part.style.font), part.style.colour,
                                 part.size * scale, part.stretch,
                                 at + part.right * scale, line.base + part.up * scale)  # fmt: skip
                else:
                    pen.write(what, faces.of(style), style.colour, size, at, line.base)
                at += faces.width(stretch, paragraph.size) * scale
            left += (word.width + word.space) * scale + line.extra
            if not last:
                pen.space(faces.of(paragraph.style))
        pen.end()
    return pen.made()


def linked_places(
    lines: Iterable[SetLine], paragraph: Paragraph, box: Box, scale: float, faces: Faces
) -> Iterator[tuple[int, Rectangle]]:
    """Where linked words stand on the page, line by line, each with its target's number."""
    size = paragraph.size * scale
    for line in lines:
        found: list[tuple[int, float, float]] = []
        left = line.left
        before = -1
        for word in line.words:
            at = left
            for stretch in word.stretches:
                end = at + faces.width(stretch, paragraph.size) * scale
                if stretch.target >= 0:
                    if stretch.target == before:
                        found[-1] = (stretch.target, found[-1][1], end)
                    else:
                        found.append((stretch.target, at, end))
                before, at = stretch.target, end
            left += (word.width + word.space) * scale + line.extra
        for target, start, end in found:
            yield target, _around(start, end, line.base, size, box.turn)


def whole_line(line: SetLine, paragraph: Paragraph, box: Box, scale: float) -> Rectangle:
    """Where a line stands on the page."""
    width = sum((word.width + word.space) * scale + line.extra for word in line.words)
    last = line.words[-1].space * scale + line.extra
    end = line.left + width - last
    return _around(line.left, end, line.base, paragraph.size * scale, box.turn)


def _around(left: float, right: float, base: float, size: float, turn: int) -> Rectangle:
    radians = math.radians(turn)
    cos, sin = math.cos(radians), math.sin(radians)
    frame = (left, base - _DEPTH * size, right, base + _HEIGHT * size)
    return bounds((cos, sin, -sin, cos, 0, 0), frame)


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
