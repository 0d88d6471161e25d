"""Held matchers: those of the versions that texts are translated with, up to a bound."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

from web.glossary.matching import TermMatcher
from web.glossary.term_store import TermStore
from web.glossary.terms import GlossaryVersion, Term

# Matchers that are held, and the terms that they have together (each about a kilobyte).
MOST_MATCHERS = 100
MOST_HELD_TERMS = 100_000


class HeldMatchers:
    """Matchers of glossary versions, which never change; the least recently used goes first."""

    def __init__(self, store: TermStore) -> None:
        """`store` must be open."""
        self._store = store
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
        while len(self._held) > 1 and (
            len(self._held) > MOST_MATCHERS
            or sum(len(each) for each in self._held.values()) > MOST_HELD_TERMS
        ):
            self._held.popitem(last=False)
        return matcher
