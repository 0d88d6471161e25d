"""Translation memory service: what people made of sentences, looked up, remembered and forgotten.

Which memories there are is a fact that a loop keeps fresh, so that a text of somebody without a
memory is translated without asking the database.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from rapidfuzz import fuzz, process

from web.errors import NotFoundError, StoreUnavailableError, TranslatorRefusedError
from web.memory.entries import MemoryEntry, MemoryFacts, NewEntry, Origin, Pair, Visible
from web.memory.features import ASKED_WORDS, features_of, scope_of
from web.memory.normal_form import (
    NormalForm,
    context_hash,
    normal_form,
    source_hash,
    transferred,
)
from web.memory.store import MOST_ROWS, MemoryStore
from web.messages import N_
from web.telemetry.supervision import Supervisor
from web.text.sentences import REMEMBERED, Sentence
from web.translator_client.client import TranslatorClient

log = logging.getLogger(__name__)

# Pause between two looks at which memories there are, in seconds: so long after a change in
# another replica this one translates without it.
FACTS_SECONDS = 2.0
# Pause between two purges of deleted entries, in seconds.
MEMORY_PURGE_SECONDS = 600.0
# Similarity (0 to 1) from which an entry is suggested: twice the characters that two sentences
# have in common in order, by the characters of both.
SIMILAR = 0.7
# Entries that are compared with a sentence, and the most work of all comparisons, in pairs of
# characters (a million take 0.03 ms).
MOST_COMPARED = 100
MOST_WORK = 500_000_000
# Work from which a thread does it, so that the event loop does not wait.
THREAD_WORK = 20_000_000
# Longest source and target of an entry, in characters.
MOST_CHARACTERS = 10_000


class UnknownEntryError(NotFoundError):
    """Unknown entry: the owner's memories have none of this id."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Suggestion: an entry that is similar to a sentence (`ratio`, 0 to 1), or the same (1)."""

    source: str
    target: str
    ratio: float
    origin: Origin
    at: datetime

    @property
    def percentage(self) -> int:
        """The ratio in whole percents; 100 for nothing but the same."""
        return 100 if self.ratio == 1 else min(99, int(100 * self.ratio))


class Memory:
    """Translation memory of all owners; an entry is seen by its owner alone, unless it is shared.

    `pair` is always a source and a target language by their codes, `owner` a caller's name.
    """

    def __init__(self, store: MemoryStore, translator: TranslatorClient) -> None:
        """Both must be open."""
        self._store = store
        self._translator = translator
        self._facts: dict[Pair, list[MemoryFacts]] = {}
        self._used: set[int] = set()  # ids of entries, to be noted
        self._looked = asyncio.Event()

    async def begin(self) -> None:
        """Look which memories there are; while the database is away, what was known stays."""
        try:
            await self.refresh()
        except StoreUnavailableError:
            pass  # the jobs' log says it
        finally:
            self._looked.set()

    async def watch(self) -> None:
        """Keep the facts fresh, until cancelled."""
        while True:
            await self.begin()
            with suppress(StoreUnavailableError):
                await self.note_used()
            await asyncio.sleep(FACTS_SECONDS)

    async def refresh(self) -> None:
        """Look which memories there are. Raises StoreUnavailableError."""
        facts: dict[Pair, list[MemoryFacts]] = defaultdict(list)
        for each in await self._store.memories():
            if each.entries:
                facts[each.pair].append(each)
        self._facts = dict(facts)

    async def visible(self, owner: str | None, pair: Pair) -> Visible | None:
        """The memories that an owner sees for a pair; None: nothing is there, or None asks."""
        if not self._looked.is_set():
            await self._looked.wait()
        if owner is None or not (facts := self._facts.get(pair)):
            return None
        own = next((each.id for each in facts if each.owner == owner), None)
        shared = tuple(each.id for each in facts if each.shared and each.owner != owner)
        if own is None and not shared:
            return None
        version = sum(each.version for each in facts if each.id == own or each.id in shared)
        return Visible(own, shared, version)

    async def version(self, owner: str | None, pair: Pair) -> int:
        """Version of what an owner sees for a pair: 0 for nothing, another after each change."""
        seen = await self.visible(owner, pair)
        return seen.version if seen else 0

    async def known(
        self, owner: str | None, pair: Pair, texts: Sequence[str], *, sentences: bool = True
    ) -> list[Sentence]:
        """Exact matches for the segments of texts, each once, to be used in the model's place.

        With `sentences` false a line is one segment. A sentence that stands in several contexts
        has the target of the newest match. Raises StoreUnavailableError, and
        TranslatorUnavailableError when the translator cannot cut the texts.
        """
        seen = await self.visible(owner, pair)
        if seen is None:
            return []
        try:
            segments = await self._translator.segments(texts, *pair, sentences=sentences)
        except TranslatorRefusedError:  # its translation will be, too, and say why
            return []
        return await self.matches(seen, pair, segments)

    async def known_if_reachable(
        self, owner: str | None, pair: Pair, texts: Sequence[str], *, sentences: bool = True
    ) -> list[Sentence]:
        """The same where nobody is to wait for the database: none while that is away.

        Raises TranslatorUnavailableError.
        """
        try:
            return await self.known(owner, pair, texts, sentences=sentences)
        except StoreUnavailableError:
            return []

    async def matches(
        self, seen: Visible, pair: Pair, texts: Iterable[Sequence[str]]
    ) -> list[Sentence]:
        """Exact matches for the segments of texts. Raises StoreUnavailableError."""
        places = [place for text in texts for place in _places_of(text, pair)]
        hashes = list(dict.fromkeys(place.hash for place in places))
        found: dict[int, list[tuple[NormalForm, MemoryEntry]]] = defaultdict(list)
        for at in range(0, len(hashes), MOST_ROWS):
            for number, entry in await self._store.lookup(seen, hashes[at : at + MOST_ROWS]):
                found[number].append((normal_form(entry.source), entry))
        best: dict[str, tuple[tuple[bool, datetime, int], MemoryEntry, str]] = {}
        for place in places:
            if place.hash in found and (match := _best(place, found[place.hash], pair[1])):
                here = best.get(place.source)
                if here is None or match[0] > here[0]:
                    best[place.source] = match
        today = datetime.now(UTC).date()
        self._used |= {entry.id for _, entry, _ in best.values() if entry.used_on != today}
        return [
            Sentence(number, source, target, "", REMEMBERED)
            for number, (source, (_, _, target)) in enumerate(best.items())
        ]

    async def note_used(self) -> None:
        """Note which entries were used, each once a day. Raises StoreUnavailableError."""
        while ids := sorted(self._used)[:MOST_ROWS]:
            await self._store.used(ids)
            self._used -= set(ids)

    async def suggestions(
        self, owner: str | None, pair: Pair, source: str, most: int = 3
    ) -> list[Suggestion]:
        """Entries similar to a sentence, the most similar first, of equals the newest.

        One that is the same, figures apart, has a ratio of 1 and its target as it fits. Each
        target is there once. Raises StoreUnavailableError.
        """
        seen = await self.visible(owner, pair)
        if seen is None or not source.strip():
            return []
        scopes = [scope_of(0, pair, shared=True)]
        if seen.own is not None:
            scopes.append(scope_of(seen.own, pair, shared=False))
        features = [each for scope in scopes for each in features_of(scope, source, ASKED_WORDS)]
        ids = await self._store.candidates(features, MOST_COMPARED) if features else []
        entries = await self._store.seen(seen, ids) if ids else []
        form = normal_form(source)
        same = [each for _, each in await self._store.lookup(seen, [source_hash(pair, form)])]
        exact = {
            each.id: Suggestion(each.source, target, 1.0, each.origin, each.made_at)
            for each in same
            if (
                target := transferred(
                    normal_form(each.source), each.source, each.target, form, pair[1]
                )
            )
        }
        # One that is the same is offered as it fits, and not with its own figures as well.
        similar = await _compared(source, [each for each in entries if each.id not in exact])
        found = [*exact.values(), *similar]
        ranked = sorted(found, key=lambda each: (each.ratio, each.at), reverse=True)
        by_target = {each.target: each for each in reversed(ranked)}
        return sorted(by_target.values(), key=lambda each: (each.ratio, each.at), reverse=True)[
            :most
        ]

    async def remember(  # noqa: PLR0913, PLR0917 - a sentence, where it stands, and whose it is
        self,
        owner: str,
        pair: Pair,
        source: str,
        target: str,
        before: str = "",
        after: str = "",
        origin: Origin = "correction",
    ) -> None:
        """Remember a sentence with its translation, and those that stand before and after it.

        A correction is remembered only while the owner's switch for the pair is on; nothing that
        is blank or over MOST_CHARACTERS is. Raises StoreUnavailableError.
        """
        if (
            not (source.strip() and target.strip())
            or max(map(len, (source, target))) > MOST_CHARACTERS
        ):
            return
        if origin == "correction" and not await self.remembers(owner, pair):
            return
        context = context_hash(pair, before), context_hash(pair, after)
        await self.add(owner, pair, [NewEntry(source, target, *context, origin)])

    async def remembers(self, owner: str, pair: Pair) -> bool:
        """Whether an owner's corrections become entries; at first they do.

        Raises StoreUnavailableError.
        """
        facts = await self._store.memories(owner)
        return next((each.remember for each in facts if each.pair == pair), True)

    async def switch(self, owner: str, pair: Pair, *, remember: bool) -> None:
        """Set whether an owner's corrections become entries. Raises StoreUnavailableError."""
        await self._store.set_remember(owner, pair, remember=remember)

    async def add(
        self, owner: str, pair: Pair, entries: Sequence[NewEntry], *, shared: bool = False
    ) -> int:
        """Store entries, at most MOST_ROWS; how many were not there before.

        Raises StoreUnavailableError.
        """
        new = await self._store.add(owner, pair, entries, shared=shared)
        await self.refresh()
        return new

    async def forget(self, owner: str, entry_id: int) -> MemoryFacts:
        """Delete an entry, which can be brought back for UNDO_HOURS; its memory.

        Raises UnknownEntryError, StoreUnavailableError.
        """
        return await self._changed(await self._store.delete(owner, entry_id), entry_id)

    async def take_back(self, owner: str, pair: Pair, source: str, target: str) -> None:
        """Forget a correction that its owner took back, where it is remembered.

        Raises StoreUnavailableError.
        """
        if await self._store.take_back(owner, pair, source, target):
            await self.refresh()

    async def restore(self, owner: str, entry_id: int) -> MemoryFacts:
        """Bring a deleted entry back; its memory. Raises UnknownEntryError."""
        return await self._changed(await self._store.restore(owner, entry_id), entry_id)

    async def _changed(self, memory: MemoryFacts | None, entry_id: int) -> MemoryFacts:
        if memory is None:
            raise UnknownEntryError(
                N_("The translation memory has no entry {id!s}. Nothing was changed."), id=entry_id
            )
        await self.refresh()
        return memory

    async def purge(self) -> None:
        """Purge what was deleted long ago, now and then, until cancelled."""
        while True:
            try:
                while purged := await self._store.purge():
                    log.info("%d deleted entries of memories purged", purged)
            except StoreUnavailableError:
                pass  # the jobs' log says it
            await asyncio.sleep(MEMORY_PURGE_SECONDS)


@dataclass(frozen=True, slots=True)
class _Place:
    """A segment with its normal form, its hash, and those of its neighbours."""

    source: str
    form: NormalForm
    hash: int
    before: int
    after: int


def _places_of(text: Sequence[str], pair: Pair) -> Iterator[_Place]:
    said = [each for each in text if each.strip()]
    forms = [normal_form(each) for each in said]
    hashes = [0, *(source_hash(pair, form) for form in forms), 0]
    for at, (source, form) in enumerate(zip(said, forms, strict=True)):
        yield _Place(source, form, hashes[at + 1], hashes[at], hashes[at + 2])


def _best(
    place: _Place, entries: Iterable[tuple[NormalForm, MemoryEntry]], language: str
) -> tuple[tuple[bool, datetime, int], MemoryEntry, str] | None:
    """The newest match in the same context, or else the newest, with its rank and its target."""
    ranked = sorted(entries, key=lambda each: _rank(place, each[1]), reverse=True)
    for form, entry in ranked:
        target = transferred(form, entry.source, entry.target, place.form, language)
        if target is not None:
            return _rank(place, entry), entry, target
    return None


def _rank(place: _Place, entry: MemoryEntry) -> tuple[bool, datetime, int]:
    same = (entry.before, entry.after) == (place.before, place.after)
    return same, entry.made_at, entry.id


async def _compared(source: str, entries: Sequence[MemoryEntry]) -> list[Suggestion]:
    """The entries that are similar to a sentence; with bounded work, and off the event loop."""
    some: list[MemoryEntry] = []
    work = 0
    for each in sorted(entries, key=lambda each: abs(len(each.source) - len(source))):
        work += len(each.source) * len(source)
        if work > MOST_WORK:
            break
        some.append(each)
    if work > THREAD_WORK:
        ratios = await asyncio.to_thread(_ratios, source, some)
    else:
        ratios = _ratios(source, some)
    return [
        Suggestion(some[at].source, some[at].target, ratio, some[at].origin, some[at].made_at)
        for at, ratio in ratios
    ]


def _ratios(source: str, entries: Sequence[MemoryEntry]) -> list[tuple[int, float]]:
    found = process.extract(
        source,
        [each.source for each in entries],
        scorer=fuzz.ratio,
        score_cutoff=100 * SIMILAR,
        limit=None,
    )
    return [(at, score / 100) for _, score, at in found]


@asynccontextmanager
async def running_memory(
    store: MemoryStore, translator: TranslatorClient, supervisor: Supervisor
) -> AsyncIterator[Memory]:
    """Context manager: a memory whose facts are kept fresh while the block runs."""
    memory = Memory(store, translator)
    async with (
        supervisor.running("memory", memory.watch),
        supervisor.running("memory_purge", memory.purge),
    ):
        yield memory
