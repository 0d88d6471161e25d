"""LRU cache of what models answered, and of segments that are done, bounded in bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from translator.inference.engine import Hypothesis

# Bytes of an entry beside its characters: the tuples, the strings' heads, the map's slot.
ENTRY_BYTES = 600
# Bytes of an alignment link: the tuple with its slot, a float, four integers.
LINK_BYTES = 240


class Cache:
    """LRU cache: a map from the question put to a model to its hypotheses.

    Beside them stand results of whole segments, so that one that comes again is not planned,
    checked and repaired again; they share the bytes.
    """

    def __init__(self, most_bytes: int) -> None:
        """Keep at most `most_bytes`, by an estimate that is on the high side."""
        self._most = most_bytes
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def get(self, key: Hashable) -> tuple[Hypothesis, ...] | None:
        """The hypotheses for `key`, or None when they are not cached; counts hits and misses."""
        found: tuple[Hypothesis, ...] | None = self.result(key)
        if found is None:
            self.misses += 1
        return found

    def result(self, key: Hashable) -> Any | None:
        """The value stored for `key`, or None; counts a hit, but no miss: its questions do."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        self.hits += 1
        return entry[0]

    def has(self, key: Hashable) -> bool:
        """Whether something is stored for `key` now; for any thread."""
        return key in self._entries

    def put(self, key: Hashable, value: tuple[Hypothesis, ...], source_length: int) -> None:
        """Store `value`, and evict the least recently used entries until it fits.

        `source_length` is in tokens. A value that is larger than the whole cache is not stored.
        """
        # Four bytes a character is the widest that CPython stores; a token is a pointer to an
        # interned piece, in the worst case a string of its own of 60 bytes.
        size = ENTRY_BYTES + 60 * source_length
        size += sum(
            4 * (len(each.text) + sum(map(len, each.unattended)))
            + 130
            + LINK_BYTES * len(each.alignment)
            + 60 * len(each.unattended)
            for each in value
        )
        self.put_result(key, value, size)

    def put_result(self, key: Hashable, value: object, size: int) -> None:
        """Store `value`, of `size` bytes, as `put` does."""
        if size > self._most or key in self._entries:
            return
        self._entries[key] = (value, size)
        self.bytes += size
        while self.bytes > self._most:
            _, (_, freed) = self._entries.popitem(last=False)
            self.bytes -= freed
