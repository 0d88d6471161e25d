"""Waiting segments: entries of the scheduler's queue, by the shape that shares a batch."""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from typing import Protocol

from translator.inference.engine import Decoding, Hypothesis

Hypotheses = tuple[Hypothesis, ...]


class Model(Protocol):
    """Interface of the engine, as far as the scheduler needs it."""

    def width(self, tokens: Sequence[str]) -> int:
        """Padded length of a segment in tokens; segments of one width can share a batch."""

    def translate(
        self,
        batch: Sequence[list[str]],
        decoding: Decoding,
        aligned: Sequence[bool] | None = None,
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate a batch of encoded segments of one width; blocks the calling thread.

        `aligned` tells which get their alignment, where not all or none do.
        """


class RequestKind(Enum):
    """RequestKind of a request; the kinds lead batches by turns."""

    SHORT = "at most SHORT_REQUEST segments so far"
    LONG = "more"
    BACKGROUND = "nobody waits for it"


@dataclass(eq=False, slots=True)
class Unit:
    """Queue entry: one encoded segment, shared by all requests that ask for it."""

    model: Model
    tokens: list[str]
    decoding: Decoding
    key: Hashable
    done: asyncio.Future[Hypotheses]
    background: bool
    waiters: int = 0
    queued: bool = True

    @property
    def shape(self) -> Hashable:
        """Batch key: units of one shape can share a batch."""
        return (id(self.model), self.model.width(self.tokens), self.decoding.in_batch)


class Waiting:
    """Queue of the waiting units of one shape, the longest waiting first.

    Those that somebody waits for stand apart from those in the background.
    """

    def __init__(self) -> None:
        self._awaited = OrderedDict[Unit, None]()
        self._background = OrderedDict[Unit, None]()

    def __len__(self) -> int:
        return len(self._awaited) + len(self._background)

    def add(self, unit: Unit) -> None:
        """Put a unit at the end."""
        (self._background if unit.background else self._awaited)[unit] = None

    def remove(self, unit: Unit) -> None:
        """Take a unit out."""
        del (self._background if unit.background else self._awaited)[unit]

    def await_(self, unit: Unit) -> None:
        """Somebody waits for a unit of the background now."""
        self.remove(unit)
        unit.background = False
        self.add(unit)

    def beside(self, leader: Unit) -> Iterator[Unit]:
        """The units that share a batch with a leader, those of its own kind first."""
        queues = [self._awaited, self._background]
        found = chain.from_iterable(reversed(queues) if leader.background else queues)
        return (each for each in found if each is not leader)
