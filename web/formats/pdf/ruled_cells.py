"""Ruled cells: the lines and boxes of a page between which the cells of a table stand."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from web.formats.pdf.geometry import Rectangle
from web.formats.pdf.paragraphs import Part

# Edges of a page that are looked at; a page with more is a drawing.
_MOST_EDGES: Final = 1_000
# Distance of two edges that are one, and how much an edge may be too short, in points.
_NEAR: Final = 3.0
# Length of the shortest edge, in points.
_SHORTEST: Final = 6.0

_Edge = tuple[float, float, float]


class RuledCells:
    """Ruled cells of a frame of a page."""

    def __init__(self, shapes: Iterable[Rectangle]) -> None:
        upright: set[_Edge] = set()
        level: set[_Edge] = set()
        for left, bottom, right, top in shapes:
            if top - bottom >= _SHORTEST:
                upright.update(_rounded(each, bottom, top) for each in (left, right))
            if right - left >= _SHORTEST:
                level.update(_rounded(each, left, right) for each in (bottom, top))
        self._upright, self._level = _joined(upright), _joined(level)
        if len(self._upright) + len(self._level) > _MOST_EDGES:
            self._upright, self._level = [], []

    def around(self, part: Part) -> Rectangle | None:
        """The cell that a part stands in; None unless there is an edge on each of its sides."""
        if len(self._upright) < 2 or len(self._level) < 2:
            return None
        left, bottom, right, top = part.edges
        across, up = (left + _NEAR, right - _NEAR), (bottom + _NEAR, top - _NEAR)
        sides = (
            _last(self._upright, left + _NEAR, up),
            _last(self._level, bottom + _NEAR, across),
            _first(self._upright, right - _NEAR, up),
            _first(self._level, top - _NEAR, across),
        )
        west, south, east, north = sides
        if west is None or south is None or east is None or north is None:
            return None
        return (west, south, east, north)


def _rounded(place: float, start: float, end: float) -> _Edge:
    return (round(place), round(start), round(end))


def _joined(edges: set[_Edge]) -> list[_Edge]:
    """Edges at the same place that touch each other are one."""
    settled: list[_Edge] = []
    place = last = float("-inf")
    for at, start, end in sorted(edges):
        place, last = (at if at - last > _NEAR / 2 else place), at
        settled.append((place, start, end))
    result: list[_Edge] = []
    for place, start, end in sorted(settled):
        if result and result[-1][0] == place and start <= result[-1][2] + _NEAR:
            _, first, far = result[-1]
            result[-1] = (place, min(first, start), max(far, end))
        else:
            result.append((place, start, end))
    return result


def _last(edges: Sequence[_Edge], most: float, along: tuple[float, float]) -> float | None:
    for index in range(bisect_right(edges, (most,)) - 1, -1, -1):
        place, start, end = edges[index]
        if start <= along[0] and along[1] <= end:
            return place
    return None


def _first(edges: Sequence[_Edge], least: float, along: tuple[float, float]) -> float | None:
    for index in range(bisect_right(edges, (least,)), len(edges)):
        place, start, end = edges[index]
        if start <= along[0] and along[1] <= end:
            return place
    return None
