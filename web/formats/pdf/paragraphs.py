"""Paragraphs of a PDF: the words of their lines, hyphens joined, over columns and pages."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from web.formats.pdf.atoms import Atom, Copied, StyledSpan
from web.formats.pdf.drawing import Style
from web.formats.pdf.geometry import Rectangle
from web.formats.pdf.links import Link
from web.formats.places import Content, Element

Alignment = Literal["left", "right", "centre", "justified"]

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
_ENDS: Final = re.compile(r"[.!?:][\"'”“’‘»«)\]]*\s*$")
_ADDRESS: Final = re.compile(r"https?://\S*\Z")
# Letters of a paragraph from which on it may go on in the next column or page.
_LONG: Final = 40
# Paragraphs that may stand between: footnotes, captions, headers and footers.
_BETWEEN: Final = 8
# Columns that one paragraph runs through; more is a page without a full stop, and has to end.
_MOST_PARTS: Final = 12


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

    Its letters are within `edges`. It is `full` when its last line goes to the end; `marker` is the
    bullet or number before it. One that is not `asked` has no words: figures, formulas. `cell` is
    the cell of a ruled table that it stands in, if any; `dotted` as of its first line; `number` is
    its place among the parts of a document that were kept.
    """

    box: Box
    lines: list[list[Atom]]
    size: float
    alignment: Alignment
    edges: Rectangle
    full: bool
    marker: list[Atom]
    asked: bool
    cell: Rectangle | None = None
    dotted: bool = False
    number: int = -1

    def slim(self) -> None:
        """Give up the words and their places in the stream; how many lines there are stays."""
        self.lines = [[] for _ in self.lines]
        self.box.spans = []

    @property
    def text(self) -> str:
        """The words in it."""
        return "".join(
            f"{' ' * atom.spaced}{atom.what}" if isinstance(atom.what, str) else " "
            for atom in (atom for line in self.lines for atom in line)
        )


class Manner(NamedTuple):
    """Manner of a stretch of text: its style, and the number of its link's target, or -1."""

    style: Style
    target: int = -1


@dataclass(slots=True)
class Paragraph:
    """Paragraph: the content of one line of the document, and the boxes that it runs through.

    Most of it is in `style`; all of it leads to `target` if that is not -1. `links` are the links
    that some of its words stand in.
    """

    items: Content
    boxes: list[Box]
    size: float
    alignment: Alignment
    style: Style
    target: int
    links: list[Link]


def joined_parts(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Put the parts of paragraphs together that go on in the next column or on the next page.

    Of `parts`, no more are taken than it needs to look ahead.
    """
    source = iter(parts)
    waiting: deque[Part] = deque()
    taken: set[int] = set()  # of those that wait, by their places after the first one

    def ahead(place: int) -> Part | None:
        while len(waiting) <= place:
            part = next(source, None)
            if part is None:
                return None
            waiting.append(part)
        return waiting[place]

    while (first := ahead(0)) is not None:
        if 0 not in taken:
            group = [first]
            place = 0
            while len(group) < _MOST_PARTS and _may_go_on(group[-1]):
                place = _next(ahead, place, group[-1], taken)
                if place < 0:
                    break
                taken.add(place)
                group.append(waiting[place])
            yield group
        waiting.popleft()
        taken = {place - 1 for place in taken if place}


def _may_go_on(part: Part) -> bool:
    text = part.text
    return len(text) > _LONG and len(part.lines) > 1 and not _ENDS.search(text)


def _next(ahead: Callable[[int], Part | None], position: int, part: Part, taken: set[int]) -> int:
    look = _style_of([part]).look
    for index in range(position + 1, position + 1 + _BETWEEN):
        other = ahead(index)
        if other is None:
            break
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
            goes_on = part.full and not other.marker and not other.dotted and text[:1].isalpha()
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
    base = Manner(style, _target_of(parts))
    items: Content = []
    links: dict[Link, None] = {}
    for line in (line for part in parts for line in part.lines):
        for index, atom in enumerate(line):
            target = -1
            if atom.link is not None:
                links[atom.link] = None
                target = atom.link.target
            manner = Manner(atom.style, target)
            spaced = atom.spaced and index > 0
            if index == 0 and items:
                spaced = not _is_in_address(items, manner, base) and _joint(items, line)
            if spaced:
                last = _last_manner(items, base)
                alike = isinstance(atom.what, str) and _same(last, manner)
                _add(items, " ", last if alike else base, base)
            if isinstance(atom.what, Copied):
                items.append(Element(atom))
            else:
                _add(items, atom.what, manner, base)
    widest = max(parts, key=lambda part: len(part.lines))
    boxes = [part.box for part in parts]
    return Paragraph(items, boxes, widest.size, widest.alignment, style, base.target, list(links))


def _target_of(parts: Sequence[Part]) -> int:
    """Number of the target to which all words of these parts lead; -1 without such a one."""
    targets = {
        atom.link.target if atom.link is not None else -1
        for part in parts
        for line in part.lines
        for atom in line
        if isinstance(atom.what, str)
    }
    return targets.pop() if len(targets) == 1 else -1


def _is_in_address(items: Content, manner: Manner, base: Manner) -> bool:
    """Whether an address that is a link goes on after the end of a line."""
    last = items[-1]
    text = last if isinstance(last, str) else _text_of(last if isinstance(last, Element) else None)
    same = manner.target >= 0 and _last_manner(items, base).target == manner.target
    return same and bool(_ADDRESS.search(text))


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


def _last_manner(items: Content, base: Manner) -> Manner:
    last = items[-1] if items else None
    return last.what if isinstance(last, Element) and isinstance(last.what, Manner) else base


def _add(items: Content, text: str, manner: Manner, base: Manner) -> None:
    text = text.replace("\u00ad", "") if len(text) > 1 and "\u00ad" in text[:-1] else text
    if _same(manner, base):
        if items and isinstance(items[-1], str):
            items[-1] += text
        else:
            items.append(text)
        return
    last = items[-1] if items else None
    if isinstance(last, Element) and last.items is not None and _same(last.what, manner):
        last.items[-1] = str(last.items[-1]) + text
    else:
        items.append(Element(manner, [text]))


def _same(manner: Manner, other: Manner) -> bool:
    """Whether two manners look the same, in whichever of the document's fonts, and lead alike."""
    if manner.target != other.target:
        return False
    style, second = manner.style, other.style
    return style is second or (style.look, style.colour) == (second.look, second.colour)
