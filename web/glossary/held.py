"""Held matchers: those of the versions that texts are translated with, up to a bound."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

from web.glossary.matching import TermMatcher
from web.glossary.term_store import TermStore
from web.glossary.terms import GlossaryVersion, Term

# Memory of the matchers that are held, in bytes: some hundred of a thousand terms each.
MOST_BYTES = 100_000_000


class HeldMatchers:
    """Matchers of glossary versions, which never change; the least recently used goes first."""

    def __init__(self, store: TermStore, most_bytes: int = MOST_BYTES) -> None:
        """`store` must be open; the matchers, but for the last, take up to `most_bytes`."""
        self._store = store
        self._most_bytes = most_bytes
        self._held = OrderedDict[GlossaryVersion, TermMatcher]()
        self._making: dict[GlossaryVersion, asyncio.Task[TermMatcher]] = {}

    async def terms_in(self, at: GlossaryVersion, text: str) -> Sequence[Term]:
        """The terms of a version that may occur in a text. Raises StoreUnavailableError."""
        matcher = self._held.get(at)
        if matcher is None:
            matcher = await self._made(at)
        else:
            self._held.move_to_end(at)
        return matcher.found_in(text)

    async def _made(self, at: GlossaryVersion) -> TermMatcher:
        """A matcher that all who ask for it meanwhile get, whoever of them does not wait."""
        task = self._making.get(at)
        if task is None:
            task = self._making[at] = asyncio.create_task(self._make(at))
            task.add_done_callback(lambda task: self._is_made(at, task))
        return await asyncio.shield(task)

    def _is_made(self, at: GlossaryVersion, task: asyncio.Task[TermMatcher]) -> None:
        del self._making[at]
        if not task.cancelled():
            task.exception()  # nobody may wait for it any more

    async def _make(self, at: GlossaryVersion) -> TermMatcher:
        terms, language = await self._store.all_at(at)
        matcher = await asyncio.to_thread(TermMatcher, terms, language)
        self._held[at] = matcher
        size = sum(each.size for each in self._held.values())
        while len(self._held) > 1 and size > self._most_bytes:
            size -= self._held.popitem(last=False)[1].size
        return matcher

    @property
    def versions(self) -> list[GlossaryVersion]:
        """The versions whose matchers are held, the least recently used first."""
        return list(self._held)
