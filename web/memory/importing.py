"""Import of TMX into memories: in batches of whole units, so that it can be cut off at any time."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from web.memory.entries import NewEntry, Pair
from web.memory.normal_form import context_hash
from web.memory.store import MemoryStore
from web.memory.tmx import (
    MOST_CHARACTERS,
    TMX_TAIL,
    TmxError,
    TmxReader,
    TmxUnit,
    tmx_head,
    tmx_units,
)
from web.messages import N_, Message

# Units of one transaction: what they take of the event loop at once is about 10 ms.
BATCH = 250
# Characters of one transaction.
MOST_BATCH = 2_000_000
# Units that were passed over, by their lines, that an outcome lists.
MOST_LISTED = 100
# Entries of an export that are read at once.
EXPORTED = 500

# Why a unit is passed over.
TOO_LONG = N_("a text of over {most} characters")
EMPTY = N_("a language is missing, or a text is empty")


class AddEntries(Protocol):
    """Stores entries of one memory; see `web.memory.store.MemoryStore.add`."""

    async def __call__(
        self, owner: str, pair: Pair, entries: Sequence[NewEntry], *, shared: bool = False
    ) -> int:
        """Store them; how many were not there before."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A unit that was passed over: the line where it begins, and why."""

    line: int
    why: Message


@dataclass(slots=True)
class ImportOutcome:
    """Outcome of an import so far.

    `new` entries were added, `old` ones were there already; `passed_over` lists the first
    MOST_LISTED of `passed` units. `received` counts bytes, of `expected` where that is known. An
    `error` says in which line the reading ended.
    """

    expected: int | None = None
    received: int = 0
    units: int = 0
    new: int = 0
    old: int = 0
    passed: int = 0
    passed_over: list[PassedOver] = field(default_factory=list)
    error: TmxError | None = None

    @property
    def failure(self) -> "TmxImportError | None":
        """The error of an import that ended early, in whole sentences."""
        return None if self.error is None else TmxImportError(self.error, self)

    def pass_over(self, line: int, why: Message) -> None:
        """Count a unit that is passed over."""
        self.passed += 1
        if len(self.passed_over) < MOST_LISTED:
            self.passed_over.append(PassedOver(line, why))


class TmxImportError(TmxError):
    """An import ended early; what was read whole before that is stored."""

    def __init__(self, error: TmxError, outcome: ImportOutcome) -> None:
        """The error in the file, and what had been done before it."""
        super().__init__(
            N_(
                "{why} Of the units before that, {new} were added and {old} were there already. "
                "Mend the file and import it again: nothing will be doubled."
            ),
            error.line,
            why=error.wording,
            new=outcome.new,
            old=outcome.old,
        )


class TmxImport:
    """Import of TMX: reads a file as it arrives and stores its units, batch by batch."""

    def __init__(
        self, add: AddEntries, owner: str, pair: Pair | None = None, *, shared: bool = False
    ) -> None:
        """Into an owner's memory of one pair, or of all pairs of the file; `shared`: for all."""
        self._add = add
        self._owner = owner
        self._pair = pair
        self._shared = shared
        self._waiting: dict[Pair, list[NewEntry]] = {}
        self._size = 0

    async def run(
        self,
        content: AsyncIterator[bytes],
        outcome: ImportOutcome,
        tell: Callable[[], None] = lambda: None,
    ) -> ImportOutcome:
        """Import a file; `outcome` is kept up to date meanwhile, and `tell` is called at each step.

        All that was read whole is stored, also when the file ends in the middle: then the outcome
        has an error. Raises StoreUnavailableError, and what `content` raises, after storing what
        came before.
        """
        reader = TmxReader()
        try:
            async for data in content:
                outcome.received += len(data)
                await self._take(reader.feed(data), outcome)
                tell()
            await self._take(reader.close(), outcome)
        except TmxError as error:
            outcome.error = error
        finally:
            await self._flush(outcome)
        tell()
        return outcome

    async def _take(self, units: Iterable[TmxUnit], outcome: ImportOutcome) -> None:
        for unit in units:
            outcome.units += 1
            self._wait(unit, outcome)
            if max(map(len, self._waiting.values()), default=0) >= BATCH or self._size > MOST_BATCH:
                await self._flush(outcome)

    def _wait(self, unit: TmxUnit, outcome: ImportOutcome) -> None:
        """Take the pairs of a unit for the next transaction, or pass it over."""
        taken, why = False, Message(EMPTY)
        for pair, source, target in unit.pairs(self._pair):
            if not (source.strip() and target.strip()):
                continue
            if max(len(source), len(target)) > MOST_CHARACTERS:
                why = Message(TOO_LONG, {"most": MOST_CHARACTERS})
                continue
            before, after = (_context(pair, each) for each in (unit.before, unit.after))
            entry = NewEntry(source, target, before, after, "tmx", unit.made_at)
            self._waiting.setdefault(pair, []).append(entry)
            self._size += len(source) + len(target)
            taken = True
        if not taken:
            outcome.pass_over(unit.line, why)

    async def _flush(self, outcome: ImportOutcome) -> None:
        while self._waiting:
            pair, entries = self._waiting.popitem()
            new = await self._add(self._owner, pair, entries, shared=self._shared)
            outcome.new += new
            outcome.old += len(entries) - new
        self._size = 0


class Imports:
    """Imports of this replica: those that run, so that their progress can be told."""

    def __init__(self, add: AddEntries) -> None:
        """`add` stores entries."""
        self._add = add
        self._running: dict[str, list[ImportOutcome]] = {}

    def running(self, owner: str) -> list[ImportOutcome]:
        """The imports of an owner that run here, as far as they are."""
        return list(self._running.get(owner, ()))

    async def run(
        self,
        content: AsyncIterator[bytes],
        owner: str,
        pair: Pair | None,
        *,
        shared: bool = False,
        expected: int | None = None,
    ) -> ImportOutcome:
        """Import a file of so many `expected` bytes, as `TmxImport.run` does."""
        outcome = ImportOutcome(expected)
        self._running.setdefault(owner, []).append(outcome)
        try:
            return await TmxImport(self._add, owner, pair, shared=shared).run(content, outcome)
        finally:
            self._running[owner].remove(outcome)
            if not self._running[owner]:
                del self._running[owner]


def _context(pair: Pair, side: str | int | None) -> int:
    return side if isinstance(side, int) else context_hash(pair, side or "")


async def exported_tmx(store: MemoryStore, memory_id: int, pair: Pair) -> AsyncIterator[str]:
    """A memory as TMX 1.4 in pieces, oldest entries first. Raises StoreUnavailableError."""
    yield tmx_head(pair)
    after = 0
    while entries := await store.batch(memory_id, after, EXPORTED):
        yield tmx_units(entries, pair)
        after = entries[-1].id
    yield TMX_TAIL
