"""Pairs of markup in a text, where starts and ends come as they please."""

from collections.abc import Collection
from typing import NamedTuple

from web.formats.places import INLINE_DEPTH, Content, Element, Item


class Around(NamedTuple):
    """Text before and after the items of an element."""

    before: str
    after: str


class Pairs:
    """Parser stack: a start and its end make one element of the items in between.

    A start without an end stays what it is by itself, as does an end without a start.
    """

    def __init__(self) -> None:
        self.items: Content = []
        self._open: list[tuple[str, str, int]] = []

    def add(self, item: Item) -> None:
        """Add an item that neither starts nor ends anything."""
        self.items.append(item)

    def open(self, key: str, text: str, alone: Item) -> None:
        """Add a start, as the text `text`; it is the item `alone` if no end of its key comes."""
        if len(self._open) < INLINE_DEPTH:
            self._open.append((key, text, len(self.items)))
        self.items.append(alone)

    def is_open(self, key: str) -> bool:
        """Whether `close` would find a start."""
        return any(key == each for each, _, _ in self._open)

    @property
    def next_index(self) -> int:
        """Where in `items` the first one is that the innermost start encloses."""
        return self._open[-1][2] + 1 if self._open else 0

    def innermost(self, keys: Collection[str]) -> str | None:
        """The key, of these, of the start that came last; None if no start has one of them."""
        return next((key for key, _, _ in reversed(self._open) if key in keys), None)

    def text_of(self, key: str) -> str:
        """The text of the start that `close` would find. Raises IndexError unless `is_open`."""
        return [text for each, text, _ in self._open if each == key][-1]

    def close(self, key: str, text: str) -> None:
        """Add the end, as the text `text`, of the key. Raises IndexError unless `is_open`."""
        start = self.drop(key)
        before, inner = start[0], self.items[start[1] + 1 :]
        self.items[start[1] :] = [Element(Around(before, text), inner)]

    def drop(self, key: str) -> tuple[str, int]:
        """Make a start none, with all inside of it; gives its text and its index in `items`.

        Raises IndexError unless `is_open`.
        """
        while True:
            each, text, index = self._open.pop()
            if each == key:
                return text, index
