"""Markup in plain text, where beginnings and ends of it come as they please."""

from typing import NamedTuple

from web.formats.places import INLINE_DEPTH, Content, Element, Item


class Around(NamedTuple):
    """What stands before and after the items of an element."""

    before: str
    after: str


class Pairs:
    """Gathers items; a beginning and its end make one element of what is in between.

    What never ends stays what it is by itself, as does an end without a beginning.
    """

    def __init__(self) -> None:
        self.items: Content = []
        self._open: list[tuple[str, str, int]] = []

    def add(self, item: Item) -> None:
        """What neither begins nor ends anything."""
        self.items.append(item)

    def open(self, key: str, text: str, alone: Item) -> None:
        """A beginning; it is `alone` if no end of the same key comes."""
        if len(self._open) < INLINE_DEPTH:
            self._open.append((key, text, len(self.items)))
        self.items.append(alone)

    def is_open(self, key: str) -> bool:
        """Whether `close` would find a beginning."""
        return any(key == each for each, _, _ in self._open)

    def close(self, key: str, text: str) -> None:
        """The end of what is open under this key."""
        start = self.drop(key)
        before, inner = start[0], self.items[start[1] + 1 :]
        self.items[start[1] :] = [Element(Around(before, text), inner)]

    def drop(self, key: str) -> tuple[str, int]:
        """Let a beginning be none, and all inside of it; its text, and where it stands."""
        while True:
            each, text, index = self._open.pop()
            if each == key:
                return text, index
