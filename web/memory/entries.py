"""Entries of a translation memory, as they come and as they are stored."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Pair = tuple[str, str]
Origin = Literal["correction", "tmx", "api"]


@dataclass(frozen=True, slots=True)
class MemoryFacts:
    """Row of `memories`: an owner's memory for a pair of languages, and how much it holds."""

    id: int
    owner: str
    source_lang: str
    target_lang: str
    version: int
    remember: bool
    entries: int
    shared: int

    @property
    def pair(self) -> Pair:
        """The codes of its languages."""
        return self.source_lang, self.target_lang


@dataclass(frozen=True, slots=True)
class NewEntry:
    """New entry: a sentence with its translation, and hashes of what stands before and after it.

    `made_at` is UTC, None for now.
    """

    source: str
    target: str
    before: int = 0
    after: int = 0
    origin: Origin = "correction"
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """Entry of a memory, as it is stored; times are UTC."""

    id: int
    source: str
    target: str
    before: int
    after: int
    origin: Origin
    made_at: datetime
    used_on: date | None
    shared: bool


@dataclass(frozen=True, slots=True)
class Visible:
    """Memories that an owner sees for a pair: the id of his own, if any, and of shared ones.

    `version` changes with each of their changes.
    """

    own: int | None
    shared: tuple[int, ...]
    version: int
