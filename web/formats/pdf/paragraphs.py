"""Paragraphs of a PDF: the words of their lines, hyphens joined, and the room that they have."""

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from web.formats.pdf.blocks import blocks_of, in_reading_order, marker_of, paragraphs_of
from web.formats.pdf.drawing import (
    Drawing,
    Matrix,
    Rectangle,
    Show,
    Style,
    TypePiece,
    bounds,
    product,
)
from web.formats.pdf.text_lines import (
    Ground,
    TextLine,
    overlapping,
    rows_of,
    size_of_most,
    spaced_pieces,
)
from web.formats.places import Content, Element

Alignment = Literal["left", "right", "centre", "justified"]

# Letters of a paragraph at most that are not text: formulas are left as they are.
_MOST_FROZEN: Final = 0.6
_HYPHENS: Final = ("-", "\u00ad", "\u2010")
# Words before which a hyphen at the end of a line stands for a part of a word that is left out.
_ELISION: Final = frozenset(
    (
        "und",
        "oder",
        "bzw.",
        "sowie",
        "als",
        "wie",
        "noch",
        "beziehungsweise",
        "and",
        "or",
        "to",
        "bis",
    )
)
_ACCENTS: Final = {
    "¨": "\u0308",
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "˚": "\u030a",
    "ˇ": "\u030c",
}
_SCRIPT_SIZE, _SCRIPT_AWAY = 0.82, 0.1
_GLUE: Final = re.compile(r"[^\w.,;:!?]{1,6}|[\d()\[\]=+<>|/*-]{1,8}")
# The rest of a formula: a sign and a number.
_TERM: Final = re.compile(r"[-+=<>/*]\d+\Z")
_ENDS: Final = re.compile(r"[.!?:][\"'”“’‘»«)\]]*\s*$")
# Letters of a paragraph from which on it may go on in the next column or page.
_LONG: Final = 40
# Paragraphs that may stand between: footnotes, captions, headers and footers.
_BETWEEN: Final = 8
# White that is left beside and below a paragraph, in sizes of its type.
_GUTTER, _BELOW = 0.5, 0.35
# Width of the narrowest column that is one, in sizes of its type.
_COLUMN: Final = 15.0


class CopiedPart(NamedTuple):
    """Copied signs: shown as they were, `right` and `up` from where their word begins."""

    style: Style
    strings: list[bytes | float]
    size: float
    stretch: float
    right: float
    up: float


class Copied(NamedTuple):
    """Copied stretch of a line, which no translator sees: a formula, a raised figure, an icon."""

    parts: tuple[CopiedPart, ...]
    width: float
    letters: int


class Atom(NamedTuple):
    """Atom of a line: text in one style, or copied signs; `spaced` when a space comes before it."""

    spaced: bool
    what: str | Copied
    style: Style


class StyledSpan(NamedTuple):
    """Span of a shown string, in bytes, that belongs to a paragraph."""

    show: int
    start: int
    end: int


@dataclass(slots=True)
class Box:
    """Box of a paragraph, or of its part in one column, in the frame of its angle `turn`.

    `bases` are its base lines. The first line begins at `first`, the others at `left`; all end
    before `right`. Centred lines have their middle at `middle`; none begins before `low`. `room` is
    the white below the last line.
    """

    canvas: int
    turn: int
    bases: list[float]
    first: float
    left: float
    right: float
    low: float
    middle: float
    room: float
    spans: list[StyledSpan]


@dataclass(slots=True)
class Part:
    """Part of a paragraph in one column: its box and the atoms of its lines.

    It is `full` when its last line goes to the end, and `marked` by a bullet or number.
    """

    box: Box
    lines: list[list[Atom]]
    size: float
    alignment: Alignment
    full: bool
    marked: bool

    @property
    def text(self) -> str:
        """The words in it."""
        return "".join(
            f"{' ' * atom.spaced}{atom.what}" if isinstance(atom.what, str) else " "
            for atom in (atom for line in self.lines for atom in line)
        )


@dataclass(slots=True)
class Paragraph:
    """Paragraph: the content of one line of the document, and the boxes that it runs through."""

    items: Content
    boxes: list[Box]
    size: float
    alignment: Alignment
    style: Style


def parts_of_line(
    drawing: Drawing, canvas: int, box: Rectangle, tick: Callable[[], None]
) -> Iterator[Part]:
    """Find the paragraphs of a drawing, in reading order. `tick` may raise, as it does here."""
    for turn, pieces in sorted(drawing.pieces.items(), key=lambda each: abs(each[0])):
        radians = math.radians(turn)
        cos, sin = math.cos(radians), math.sin(radians)
        matrix: Matrix = (cos, -sin, sin, cos, 0, 0)
        shapes = [bounds(matrix, shape) for shape in drawing.shapes]
        frame = bounds(matrix, box)
        ground = Ground(shapes, frame[3] - frame[1])
        tick()
        rows = rows_of(pieces, ground)
        tick()
        finder = _Finder(drawing, canvas, turn, frame, rows, ground)
        blocks = in_reading_order(blocks_of(rows, ground))
        for block in blocks:
            tick()
            for lines in paragraphs_of(block, finder.body, finder.edge(block)):
                part = finder.part(lines, block)
                if part is not None:
                    yield part


class _Finder:
    """Finder of the paragraphs in one frame of a page."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is known of the page
        self,
        drawing: Drawing,
        canvas: int,
        turn: int,
        frame: Rectangle,
        rows: list[list[TextLine]],
        ground: Ground,
    ) -> None:
        self._shows = drawing.shows
        self._canvas = canvas
        self._turn = turn
        self._rows = rows
        self._ground = ground
        self._row_of = {line: index for index, row in enumerate(rows) for line in row}
        lines = [line for row in rows for line in row]
        self.body = size_of_most(lines)
        self._left = min((line.left for line in lines), default=frame[0])
        self._right = max((line.right for line in lines), default=frame[2])
        self._bottom = min((line.base for line in lines), default=frame[1])
        self._frame = frame
        self._rights = Counter(round(line.right) for line in lines)
        self._edges: dict[int, float] = {}
        for line in lines:
            for place in _near(line.left):
                self._edges[place] = max(self._edges.get(place, 0.0), line.right)

    def edge(self, block: list[TextLine]) -> float:
        """How far to the right the lines of a block could have gone, as far as one can see."""
        right = max(line.right for line in block)
        if max(line.left for line in block) - min(line.left for line in block) > block[0].size:
            return right + (min(line.left for line in block) - self._left)  # they end together
        return self._limit(block[:1], "left", right)

    def part(self, lines: list[TextLine], block: list[TextLine]) -> Part | None:
        """The paragraph of these lines; None when there are no words in it."""
        marker = marker_of(lines[0])
        atoms = [list(self._atoms(line, marker if line is lines[0] else 0)) for line in lines]
        marker += _leading(atoms)
        if not atoms[0] or not _is_text(atoms):
            return None
        size = size_of_most(lines)
        first = lines[0].pieces[marker].left if marker < len(lines[0].pieces) else lines[0].left
        left = min((line.left for line in lines[1:]), default=first)
        if len(lines) == 1 and marker == 0 and len(block) > 1:
            left = first
        right = max(line.right for line in lines)
        alignment = self._alignment(lines, block, first, right)
        if marker and alignment != "justified":
            alignment = "left"
        limit = self._limit(lines, alignment, right)
        middle = (min(left, first) + right) / 2
        low = min(left, first)
        if alignment in {"centre", "right"}:
            low = self._low(lines, low)
        spans = [
            StyledSpan(piece.show, piece.start, piece.end)
            for line in lines
            for piece in [*line.pieces[marker if line is lines[0] else 0 :], *line.doubles]
        ]
        room = self._room(lines[-1], min(left, first), limit)
        bases = [line.base for line in lines]
        box = Box(self._canvas, self._turn, bases, first, left, limit, low, middle, room, spans)
        ragged = 0.5 if alignment == "justified" else 6.0
        full = lines[-1].right > right - ragged * size
        return Part(box, atoms, size, alignment, full, marker > 0)

    def _atoms(self, line: TextLine, skipped: int) -> Iterator[Atom]:
        frozen: list[tuple[TypePiece, bool]] = []
        waiting: list[tuple[TypePiece, bool]] = []
        pieces = list(_composed(spaced_pieces(line)))[skipped:]
        for piece, spaced in pieces:
            if _is_frozen(piece, line):
                frozen += [*waiting, (piece, spaced)]
                waiting = []
            elif (
                frozen
                and _GLUE.fullmatch(piece.text)
                and (waiting or not (spaced and piece.text.isalnum()))
            ):
                waiting.append((piece, spaced))
            else:
                if frozen:
                    if _TERM.match("".join(each.text for each, _ in waiting)):
                        frozen += waiting
                        waiting = []
                    yield self._copied(frozen, line)
                    frozen = []
                for each, apart in [*waiting, (piece, spaced)]:
                    yield Atom(apart, each.text, each.style)
                waiting = []
        if frozen:
            yield self._copied(frozen, line)
        for each, apart in waiting:
            yield Atom(apart, each.text, each.style)

    def _copied(self, pieces: list[tuple[TypePiece, bool]], line: TextLine) -> Atom:
        first = pieces[0][0]
        parts = []
        for piece, _ in pieces:
            show = self._shows[piece.show]
            a, b = product(show.line, show.state.matrix)[:2]
            across = abs(show.state.size * show.state.stretch) * math.hypot(a, b)
            strings = strings_between(show, piece.start, piece.end)
            parts.append(
                CopiedPart(
                    piece.style, strings, piece.size, across / piece.size,
                    piece.left - first.left, piece.base - line.base,
                )
            )  # fmt: skip
        right = max(piece.right for piece, _ in pieces)
        letters = sum(len(piece.text) for piece, _ in pieces)
        return Atom(pieces[0][1], Copied(tuple(parts), right - first.left, letters), first.style)

    def _alignment(
        self, lines: list[TextLine], block: list[TextLine], left: float, right: float
    ) -> Alignment:
        size = lines[0].size
        inner = lines[:-1]
        if inner and all(abs(line.right - right) < 0.3 * size for line in inner):
            common = max(self._rights[round(right) + each] for each in (-1, 0, 1))
            if len(inner) > 2 or common > 3:
                return "justified"
        lefts = [line.left for line in block]
        rights = [line.right for line in block]
        if len(block) > 1:
            if max(lefts) - min(lefts) < 0.4 * size:
                return "left"
            if max(rights) - min(rights) < 0.4 * size:
                return "right"
            centres = [(line.left + line.right) / 2 for line in block]
            if max(centres) - min(centres) < 0.6 * size:
                return "centre"
            return "left"
        return self._alone(lines[0], left, right)

    def _alone(  # noqa: C901 - one sign after the other
        self, line: TextLine, left: float, right: float
    ) -> Alignment:
        """Alignment of a line that stands alone, by the lines above and below it."""
        size = line.size
        index = self._row_of[line]
        votes: Counter[Alignment] = Counter()
        for step in (-2, -1, 1, 2):
            row = self._rows[index + step] if 0 <= index + step < len(self._rows) else []
            for other in overlapping(row, left, right):
                if abs(other.base - line.base) > 5 * size:
                    continue
                if abs(other.left - left) < 0.25 * size:
                    votes["left"] += 1
                elif abs(other.right - right) < 0.25 * size:
                    votes["right"] += 1
                elif abs(other.left + other.right - left - right) < 0.5 * size:
                    votes["centre"] += 1
        if votes["left"]:
            return "left"
        middle = (left + right) / 2
        outer = left - self._left > 2 * size and len(self._rows[index]) == 1
        for centre in ((self._left + self._right) / 2, (self._frame[0] + self._frame[2]) / 2):
            if outer and abs(middle - centre) < 0.5 * size:
                return "centre"
        if votes:
            return votes.most_common(1)[0][0]
        if left - self._left > 6 * size and abs(right - self._right) < 0.3 * size:
            return "right"
        return "left"

    def _limit(self, lines: list[TextLine], alignment: Alignment, right: float) -> float:
        """How far to the right the lines may go."""
        size = lines[0].size
        top, bottom = lines[0].base + 0.7 * size, lines[-1].base - 0.2 * size
        limit = max(right, self._edges.get(round(lines[0].left), right))
        if len(lines) == 1 and limit - lines[0].left < _COLUMN * size:
            # No column is seen here: as much white may be at the right as is at the left.
            margin = max(self._left - self._frame[0], 0.0)
            limit = max(limit, self._right, self._frame[2] - margin)
        if alignment == "right":
            return right
        for shape in self._ground.near(bottom, top):
            for edge in (shape[0], shape[2]):
                if right - 0.2 * size < edge:
                    limit = min(limit, max(edge - 0.25 * size, right))
        low, high = self._row_of[lines[0]], self._row_of[lines[-1]]
        for row in self._rows[max(low - 2, 0) : high + 3]:
            if not bottom - 0.7 * size < row[0].base < top:
                continue
            for other in overlapping(row, right + 0.01, limit + _GUTTER * size):
                if other.left > right:
                    limit = min(limit, max(other.left - _GUTTER * size, right))
                    break
        return limit

    def _low(self, lines: list[TextLine], left: float) -> float:
        """How far to the left lines may go that are centred or stand at the right."""
        size = lines[0].size
        low = self._left
        top, bottom = lines[0].base + 0.7 * size, lines[-1].base - 0.2 * size
        for shape in self._ground.near(bottom, top):
            for edge in (shape[0], shape[2]):
                if edge < left + 0.2 * size:
                    low = max(low, min(edge + 0.25 * size, left))
        first, last = self._row_of[lines[0]], self._row_of[lines[-1]]
        for row in self._rows[max(first - 2, 0) : last + 3]:
            if not bottom - 0.7 * size < row[0].base < top:
                continue
            before = bisect_left(row, left, key=lambda line: line.left)
            for other in row[max(before - 2, 0) : before]:
                if other.right < left:
                    low = max(low, min(other.right + _GUTTER * size, left))
        return low

    def _room(self, line: TextLine, left: float, right: float) -> float:
        """White below a line."""
        floor = self._bottom
        for row in self._rows[self._row_of[line] + 1 :]:
            found = [
                other.base + 0.75 * other.size
                for other in overlapping(row, left, right)
                if other.base < line.base - 0.5 * line.size
            ]
            if found:
                floor = max(floor, max(found) + _BELOW * line.size)
                break
        for shape, edge in self._ground.rules_below(line, floor):
            if shape[0] < right and shape[2] > left:
                floor = max(floor, edge + _BELOW * line.size)
        return max(line.base - floor, 0.0)


def _near(place: float) -> Iterable[int]:
    return {math.floor(place), math.ceil(place), round(place)}


def strings_between(show: Show, start: int, end: int) -> list[bytes | float]:
    """Take the shown strings between two places, with the spaces that the operation makes."""
    content = show.operation.operands[-1]
    elements = content if isinstance(content, list) else [content]
    state = show.state
    step = state.font.step if state.font else 1
    extra = -state.char_space * 1000 / state.size if state.size else 0.0
    offset = 0
    result: list[bytes | float] = []
    for element in elements:
        if isinstance(element, bytes):
            part = element[max(start - offset, 0) : max(end - offset, 0)]
            offset += len(element)
            if part and extra:
                for index in range(0, len(part), step):
                    result += [part[index : index + step], extra]
            elif part:
                result.append(part)
        elif isinstance(element, float) and start < offset < end:
            result.append(element)
    return result


def _composed(pieces: Iterable[tuple[TypePiece, bool]]) -> Iterator[tuple[TypePiece, bool]]:
    """The pieces, with the accents that stand over a letter of the next piece put on it."""
    accent: tuple[TypePiece, bool] | None = None
    for piece, spaced in pieces:
        if accent is not None:
            before, space = accent
            mark = _ACCENTS[before.text[-1]]
            if piece.left < before.right - 0.1 * piece.size:
                letter = unicodedata.normalize("NFC", piece.text[0] + mark)
                piece.text, before.text = letter + piece.text[1:], before.text[:-1]
                if before.text:
                    yield before, space
                accent = (piece, space and not before.text)
                if piece.text[-1] not in _ACCENTS:
                    yield accent
                    accent = None
                continue
            yield accent
            accent = None
        if piece.text[-1] in _ACCENTS:
            accent = (piece, spaced)
        else:
            yield piece, spaced
    if accent is not None:
        yield accent


def _is_frozen(piece: TypePiece, line: TextLine) -> bool:
    if piece.style.font.signs or "\ufffd" in piece.text:
        return True
    away = abs(piece.base - line.base) > _SCRIPT_AWAY * line.size
    return away and piece.size < _SCRIPT_SIZE * line.size


def _leading(atoms: list[list[Atom]]) -> int:
    """Take copied signs off the start; they stay where they are. Gives how many pieces they are."""
    taken = 0
    while atoms[0]:
        what = atoms[0][0].what
        if not isinstance(what, Copied):
            break
        taken += len(what.parts)
        del atoms[0][0]
    return taken


def _is_text(atoms: list[list[Atom]]) -> bool:
    frozen = letters = 0
    word = False
    for atom in (atom for line in atoms for atom in line):
        if isinstance(atom.what, Copied):
            frozen += atom.what.letters
        else:
            letters += len(atom.what)
            word = word or any(map(str.isalpha, atom.what))
    return word and frozen <= _MOST_FROZEN * (frozen + letters)


def joined_parts(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Put the parts of paragraphs together that go on in the next column or on the next page."""
    taken: set[int] = set()
    for index, part in enumerate(parts):
        if index in taken:
            continue
        group = [part]
        position = index
        while _may_go_on(group[-1]):
            position = _next(parts, position, group[-1], taken)
            if position < 0:
                break
            taken.add(position)
            group.append(parts[position])
        yield group


def _may_go_on(part: Part) -> bool:
    text = part.text
    return len(text) > _LONG and len(part.lines) > 1 and not _ENDS.search(text)


def _next(parts: Sequence[Part], position: int, part: Part, taken: set[int]) -> int:
    look = _style_of([part]).look
    for index in range(position + 1, min(position + 1 + _BETWEEN, len(parts))):
        other = parts[index]
        if index in taken or abs(other.size - part.size) > 0.05 * part.size:
            continue
        if _style_of([other]).look != look or other.box.turn != part.box.turn:
            continue
        if not _is_next_column(part, other):
            continue
        text = other.text.strip()
        if text[:1].islower() and (len(other.lines) > 1 or len(text) > _LONG / 2):
            return index
        if len(other.lines) > 1:
            # A capital letter begins a noun as it begins a sentence.
            goes_on = part.full and not other.marked and text[:1].isalpha()
            return index if goes_on else -1
    return -1


def _is_next_column(part: Part, other: Part) -> bool:
    """Whether a part may be where another goes on: elsewhere, or below a formula."""
    box, after = part.box, other.box
    if box.canvas != after.canvas:
        return True
    if after.bases[0] > box.bases[-1] + part.size:
        # Cells of a table begin side by side.
        return abs(after.bases[0] - box.bases[0]) > 1.5 * part.size
    alike = abs(box.left - after.left) < 0.5 * part.size
    return alike and len(part.text) > 2 * _LONG and len(other.text) > _LONG


def _style_of(parts: Sequence[Part]) -> Style:
    counts: Counter[Style] = Counter()
    for part in parts:
        for line in part.lines:
            for atom in line:
                if isinstance(atom.what, str):
                    counts[atom.style] += len(atom.what)
    return counts.most_common(1)[0][0]


def paragraph_of(parts: Sequence[Part]) -> Paragraph:
    """The paragraph that these parts are together."""
    style = _style_of(parts)
    items: Content = []
    for line in (line for part in parts for line in part.lines):
        for index, atom in enumerate(line):
            spaced = atom.spaced and index > 0
            if index == 0 and items:
                spaced = _joint(items, line)
            if spaced:
                last = _last_style(items, style)
                alike = isinstance(atom.what, str) and _same(last, atom.style)
                _add(items, " ", last if alike else style, style)
            if isinstance(atom.what, Copied):
                items.append(Element(atom))
            else:
                _add(items, atom.what, atom.style, style)
    widest = max(parts, key=lambda part: len(part.lines))
    return Paragraph(items, [part.box for part in parts], widest.size, widest.alignment, style)


def _joint(items: Content, line: list[Atom]) -> bool:
    """Whether a space comes between two lines; a hyphen of the line's end alone is taken away."""
    last = items[-1]
    inner = last if isinstance(last, Element) else None
    text = last if isinstance(last, str) else _text_of(inner)
    following = line[0].what
    if not text.endswith(_HYPHENS) or len(text) < 2 or not text[-2].isalpha():
        return True
    if isinstance(following, Copied):
        return False
    word = following
    for atom in line[1:]:
        if atom.spaced or not isinstance(atom.what, str):
            break
        word += atom.what
    if text[-1] != "\u00ad" and not word[:1].islower():
        return False
    if word in _ELISION:
        return True
    shorter = text[:-1]
    if inner is None:
        items[-1] = shorter
    elif inner.items:
        inner.items[-1] = shorter
    return False


def _text_of(element: Element | None) -> str:
    last = element.items[-1] if element is not None and element.items else ""
    return last if isinstance(last, str) else ""


def _last_style(items: Content, base: Style) -> Style:
    last = items[-1] if items else None
    return last.what if isinstance(last, Element) and isinstance(last.what, Style) else base


def _add(items: Content, text: str, style: Style, base: Style) -> None:
    text = text.replace("\u00ad", "") if len(text) > 1 and "\u00ad" in text[:-1] else text
    if _same(style, base):
        if items and isinstance(items[-1], str):
            items[-1] += text
        else:
            items.append(text)
        return
    last = items[-1] if items else None
    if isinstance(last, Element) and last.items is not None and _same(last.what, style):
        last.items[-1] = str(last.items[-1]) + text
    else:
        items.append(Element(style, [text]))


def _same(style: Style, other: Style) -> bool:
    """Whether two styles look the same, in whichever of the document's fonts."""
    return style is other or (style.look, style.colour) == (other.look, other.colour)
