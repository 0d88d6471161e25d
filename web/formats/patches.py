"""Patches: new text for some stretches of an old one, which is never written anew as a whole."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple


class Patch(NamedTuple):
    """Replacement: `text` in the place of the characters `start` to `end`."""

    start: int
    end: int
    text: str


class Patches:
    """Text with patches; none reaches over the border of another or of a stretch asked for."""

    def __init__(self, text: str, patches: Iterable[Patch] = ()) -> None:
        self._text = text
        self._patches = sorted(patches)
        self._starts = [each.start for each in self._patches]

    def with_outer(self, outer: Iterable[Patch]) -> "Patches":
        """The text with more patches; one that has others inside takes their place."""
        outer = sorted(outer)
        around = Patches(self._text, outer)
        kept = [each for each in self._patches if not around.has(each.start)]
        return Patches(self._text, [*kept, *outer])

    def has(self, place: int) -> bool:
        """Whether a patch starts at or goes over a place in the text."""
        index = bisect_left(self._starts, place + 1) - 1
        return index >= 0 and (
            self._patches[index].end > place or self._patches[index].start == place
        )

    def slice(self, start: int, end: int) -> str:
        """Characters `start` to `end` of the old text, patched."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first == last:
            return self._text[start:end]
        parts: list[str] = []
        for each in self._patches[first:last]:
            parts += (self._text[start : each.start], each.text)
            start = each.end
        return "".join([*parts, self._text[start:end]])
