"""LRU cache of translated segments, bounded in bytes."""

from collections import OrderedDict
from collections.abc import Hashable

from translator.inference.engine import Hypothesis

# Bytes of an entry beside its characters: the tuples, the strings' heads, the map's slot.
ENTRY_BYTES = 600
# Bytes of an alignment link: the tuple with its slot, a float, four integers.
LINK_BYTES = 240


class Cache:
    """LRU cache: a map from the question put to a model to its hypotheses."""

    def __init__(self, most_bytes: int) -> None:
        """Keep at most `most_bytes`, by an estimate that is on the high side."""
        self._most = most_bytes
        self._entries: OrderedDict[Hashable, tuple[tuple[Hypothesis, ...], int]] = OrderedDict()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def get(self, key: Hashable) -> tuple[Hypothesis, ...] | None:
        """The hypotheses for `key`, or None when they are not cached; counts hits and misses."""
        entry = self._entries.get(key)
        if entry is None:
            self.misses += 1
            return None
        self._entries.move_to_end(key)
        self.hits += 1
        return entry[0]

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
        if size > self._most or key in self._entries:
            return
        self._entries[key] = (value, size)
        self.bytes += size
        while self.bytes > self._most:
            _, (_, freed) = self._entries.popitem(last=False)
            self.bytes -= freed
