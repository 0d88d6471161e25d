"""Geometry of pages: matrices and rectangles."""

from collections.abc import Iterable
from typing import Final

Matrix = tuple[float, float, float, float, float, float]
Rectangle = tuple[float, float, float, float]

IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)


def product(first: Matrix, second: Matrix) -> Matrix:
    """Product of two matrices: first one, then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def bounds(matrix: Matrix, rectangle: Rectangle) -> Rectangle:
    """Bounds of a rectangle after a matrix."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = rectangle
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return (min(xs), min(ys), max(xs), max(ys))


def around(rectangles: Iterable[Rectangle]) -> Rectangle:
    """The rectangle around others. Raises ValueError without any."""
    lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
    return (min(lefts), min(bottoms), max(rights), max(tops))


def inverse(matrix: Matrix) -> Matrix | None:
    """Inverse of a matrix; None when it has none."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if abs(area) < 1e-9:
        return None
    return (
        d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area,
    )  # fmt: skip
