"""Page furniture of a PDF: headers, footers and page numbers, which are no part of its text."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from web.formats.pdf.geometry import Rectangle
from web.formats.pdf.paragraphs import Part

# Part of a page's height at its head and at its foot, in which furniture stands.
_ZONE: Final = 0.14
# Points by which a header may be higher on one page than on another.
_NEAR: Final = 4.0
# Points between base lines of one row, and of a page number and what stands next to it.
_SAME_ROW, _APART = 2.0, 20.0
_PAGE_NUMBER: Final = re.compile(
    r"\W{0,3}(?:(?:Seite|Page|S\.|p\.)\s?)?(?:\d{1,4}|[ivxl]{1,6})"
    r"(?:\s?(?:/|von|of)\s?\d{1,4})?\W{0,3}",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d+")


class Furniture(NamedTuple):
    """Page furniture by the index of its parts: `all`, and those to be said once."""

    all: set[int]
    head: list[int]
    foot: list[int]


def furniture_of(
    parts: Sequence[Part], texts: Sequence[str], pages: Sequence[int], frames: Sequence[Rectangle]
) -> Furniture:
    """Find the furniture; `pages` and `frames` are the page and the bounds of each canvas."""
    by_key: dict[tuple[str, int], list[int]] = defaultdict(list)
    zones: dict[int, int] = {}
    for index, part in enumerate(parts):
        zone = 0 if part.box.turn else _zone(part, frames[part.box.canvas])
        if not zone:
            continue
        zones[index] = zone
        key = _DIGITS.sub("#", texts[index])
        place = round(part.box.bases[0] / _NEAR)
        for near in (place, place + 1):
            by_key[key, near].append(index)
    found: set[int] = set()
    head: dict[str, int] = {}
    foot: dict[str, int] = {}
    for indices in by_key.values():
        if len({pages[parts[index].box.canvas] for index in indices}) < 2:
            continue
        found.update(indices)
        said = Counter(texts[index] for index in indices)
        text = texts[indices[0]]
        # A text that is not the same on each page has the number of the page in it.
        if len(said) == 1 and any(map(str.isalpha, text)):
            (head if zones[indices[0]] > 0 else foot).setdefault(text, indices[0])
    found |= _page_numbers(parts, texts, pages, zones)
    beside = {(parts[index].box.canvas, round(parts[index].box.bases[0])) for index in found}
    for index in zones.keys() - found:
        part = parts[index]
        if len(part.lines) == 1 and (part.box.canvas, round(part.box.bases[0])) in beside:
            found.add(index)
    return Furniture(found, list(head.values()), list(foot.values()))


def _page_numbers(
    parts: Sequence[Part], texts: Sequence[str], pages: Sequence[int], zones: dict[int, int]
) -> set[int]:
    """Figures in the outermost row of a page that count the pages, or stand there by themselves."""
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, zone in zones.items():
        rows[parts[index].box.canvas, zone].append(index)
    found: set[int] = set()
    counted: dict[int, list[int]] = defaultdict(list)
    for (canvas, zone), indices in rows.items():
        outer = max(zone * parts[index].box.bases[0] for index in indices)
        away = [outer - zone * parts[index].box.bases[0] for index in indices]
        row = [index for index, each in zip(indices, away, strict=True) if each < _SAME_ROW]
        numbers = [index for index in row if _PAGE_NUMBER.fullmatch(texts[index])]
        apart = min((each for each in away if each >= _SAME_ROW), default=_APART)
        if len(row) == 1 and apart >= _APART:
            found.update(numbers)
        for index in numbers:
            figures = _DIGITS.search(texts[index])
            if figures:
                counted[int(figures[0]) - pages[canvas]].append(index)
    for indices in counted.values():
        if len({pages[parts[index].box.canvas] for index in indices}) > 1:
            found.update(indices)
    return found


def _zone(part: Part, frame: Rectangle) -> int:
    _, bottom, _, top = frame
    height = top - bottom
    if part.edges[1] > top - _ZONE * height:
        return 1
    return -1 if part.edges[3] < bottom + _ZONE * height else 0
