"""Links of a PDF: the areas of a page that lead elsewhere, and the words that stand in them."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import pikepdf

from web.formats.pdf.drawing import TypePiece
from web.formats.pdf.geometry import Rectangle

# Links of a page and areas of one link that are moved; more stay where they are.
_MOST_LINKS: Final = 2_000
_MOST_LINKS_OF_ALL: Final = 50_000
_MOST_AREAS: Final = 100
# Bytes of a target, by which links are told to lead to the same place.
_MOST_TARGET: Final = 4_000
# Height over the base line at which a letter is looked for in an area, in ems.
_MIDDLE: Final = 0.3


class Link(NamedTuple):
    """Link: an annotation by its page and its place in the page's list, and its target's number."""

    page: int
    place: int
    target: int


class LinkArea(NamedTuple):
    """Link area: a rectangle in which the words of a link stand."""

    rectangle: Rectangle
    link: Link


class LinkTargets:
    """Link targets of a document: `addresses` has that of each number, "" for one inside it."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self._known: dict[str, str] = {}
        self._count = 0

    def of_page(self, page: Any, number: int) -> list[LinkArea]:
        """The areas of the links of a page, which is the one with this number."""
        areas: list[LinkArea] = []
        numbers: dict[bytes, int] = {}
        count = 0
        for index, annotation in enumerate(annotations_of(page)):
            if not is_link(annotation):
                continue
            count += 1
            self._count += 1
            if count > _MOST_LINKS or self._count > _MOST_LINKS_OF_ALL:
                break
            target, address = _target(annotation)
            found = numbers.setdefault(target, len(self.addresses))
            if found == len(self.addresses):
                self.addresses.append(self._known.setdefault(address, address))
            link = Link(number, index, found)
            areas += [LinkArea(each, link) for each in _rectangles(annotation)]
        return areas


def annotations_of(page: Any) -> Iterator[Any]:
    """The annotations of a page, whatever they are."""
    listed = page.get("/Annots")
    if isinstance(listed, pikepdf.Array):
        yield from listed


def is_link(annotation: Any) -> bool:
    """Whether an annotation is a link."""
    return isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/Link"


def _target(annotation: Any) -> tuple[bytes, str]:
    action = annotation.get("/A")
    address = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
    if isinstance(address, pikepdf.String):
        return b"/URI " + bytes(address)[:_MOST_TARGET], str(address)
    target = action if action is not None else annotation.get("/Dest")
    return target.unparse()[:_MOST_TARGET] if isinstance(target, pikepdf.Object) else b"", ""


def _rectangles(annotation: Any) -> Iterator[Rectangle]:
    points = _numbers(annotation.get("/QuadPoints"), 8 * _MOST_AREAS)
    if points and not len(points) % 8:
        for start in range(0, len(points), 8):
            xs, ys = points[start : start + 8 : 2], points[start + 1 : start + 8 : 2]
            yield (min(xs), min(ys), max(xs), max(ys))
        return
    rectangle = rectangle_of(annotation)
    if rectangle is not None:
        yield rectangle


def rectangle_of(annotation: Any) -> Rectangle | None:
    """Rectangle of an annotation; None when it is none."""
    points = _numbers(annotation.get("/Rect"), 4)
    if len(points) != 4:
        return None
    x, y, other_x, other_y = points
    return (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _numbers(listed: Any, most: int) -> list[float]:
    if not isinstance(listed, pikepdf.Array) or len(listed) > most:
        return []
    try:
        return [float(each) for each in listed]
    except (TypeError, ValueError, ArithmeticError):
        return []


class LinkedText(NamedTuple):
    """Linked text: a part of a piece, and the link that it is in."""

    text: str
    link: Link | None


def linked_texts(piece: TypePiece, areas: Sequence[LinkArea]) -> list[LinkedText]:
    """Divide a piece where links begin and end; `areas` are in the frame of its angle."""
    height = piece.base + _MIDDLE * piece.size
    near = [
        area
        for area in areas
        if area.rectangle[1] <= height <= area.rectangle[3]
        and area.rectangle[0] < piece.right
        and area.rectangle[2] > piece.left
    ]
    if not near:
        return [LinkedText(piece.text, None)]
    result: list[LinkedText] = []
    # Not of the letters that were drawn so far: a page is the same when it is read again.
    widths = [piece.style.font.width_of(letter) for letter in piece.text]
    scale = (piece.right - piece.left) / (sum(widths) or 1.0)
    at = piece.left
    for letter, width in zip(piece.text, widths, strict=True):
        middle = at + width * scale / 2
        at += width * scale
        link = next(
            (each.link for each in near if each.rectangle[0] <= middle <= each.rectangle[2]), None
        )
        if result and result[-1].link == link:
            result[-1] = LinkedText(result[-1].text + letter, link)
        else:
            result.append(LinkedText(letter, link))
    return result
