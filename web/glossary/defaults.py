"""Default glossaries: those of all owners and pairs, held so that no text waits for the database.

Every sentence that names no glossary asks for one.
"""

import asyncio
from contextlib import suppress

from web.errors import StoreUnavailableError
from web.glossary.store import Defaults, GlossaryStore
from web.glossary.terms import GlossaryVersion

# How old they may be, in seconds, when another replica has changed them.
REFRESH_SECONDS = 2.0


class DefaultGlossaries:
    """Default glossaries as the database had them a moment ago, or last while it is away."""

    def __init__(self, store: GlossaryStore) -> None:
        """`store` must be open."""
        self._store = store
        self._held: Defaults | None = None
        self._loading = asyncio.Lock()

    async def of(self, owner: str, source: str, target: str) -> GlossaryVersion | None:
        """The default glossary of an owner for a pair.

        None, too, where the database was never reached: then no sentence waits for it.
        """
        if self._held is None:
            async with self._loading:
                if self._held is None:
                    with suppress(StoreUnavailableError):
                        self._held = await self._store.defaults()
            self._held = self._held or {}
        return self._held.get((owner, source, target))

    async def load(self) -> None:
        """Read them again; while the database is away they stay as they were."""
        # One at a time: what began before a change must not end after what began after it.
        async with self._loading:
            with suppress(StoreUnavailableError):
                self._held = await self._store.defaults()

    async def run(self) -> None:
        """Read them again and again until cancelled.

        Raises RuntimeError when the database refuses a statement.
        """
        while True:
            await self.load()
            await asyncio.sleep(REFRESH_SECONDS)
