"""Typesetting: the words of a translated paragraph, broken into the lines of its boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from web.formats.pdf.atoms import Atom, Copied
from web.formats.pdf.drawing import Style
from web.formats.pdf.fonts import Font
from web.formats.pdf.paragraphs import Box, Manner, Paragraph
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


class SetText(NamedTuple):
    """Set text: text in one style, or copied signs, and the number of its link's target, or -1."""

    what: str | Copied
    style: Style
    target: int


class Word(NamedTuple):
    """Word: what stands between two spaces, with its width at the paragraph's size."""

    stretches: tuple[SetText, ...]
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

    def width(self, stretch: SetText, size: float) -> float:
        """Width of a stretch of a paragraph of this size. Raises KeyError as `of` does."""
        if isinstance(stretch.what, Copied):
            return stretch.what.width
        return self.of(stretch.style).width(stretch.what) * size

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
    stretches: list[SetText] = []
    space = faces.of(paragraph.style).width(" ") * size

    def end() -> None:
        if stretches:
            width = sum(faces.width(each, size) for each in stretches)
            words.append(Word(tuple(stretches), width, space))
            stretches.clear()

    for each in flattened_text(items, Manner(paragraph.style, paragraph.target)):
        if isinstance(each.what, Copied):
            stretches.append(each)
            continue
        pieces = each.what.split(" ")
        for index, piece in enumerate(pieces):
            if index:
                end()
            if piece:
                stretches.append(each._replace(what=piece))
    end()
    return words


def flattened_text(items: Content, manner: Manner) -> Iterator[SetText]:
    """The texts and copied signs of a content, each with its style and link."""
    for item in items:
        if isinstance(item, str):
            text = " ".join(item.split()) if item.strip() == item else _spaced(item)
            yield SetText(text, *manner)
        elif item.items is not None:
            inner = manner
            if isinstance(item, Element) and isinstance(item.what, Manner):
                inner = item.what
            yield from flattened_text(item.items, inner)
        elif isinstance(item, Element) and isinstance(item.what, Atom):
            atom = item.what
            if isinstance(atom.what, Copied):
                target = atom.link.target if atom.link is not None else -1
                yield SetText(atom.what, atom.style, target)


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
