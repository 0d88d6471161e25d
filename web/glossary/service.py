"""Glossary service: whose they are, how they change, and which terms a text is translated with."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from web.database import Database
from web.glossary.defaults import DefaultGlossaries
from web.glossary.held import HeldMatchers
from web.glossary.store import GlossaryStore, Pair, another_owner, unknown_glossary
from web.glossary.term_store import GlossaryEdit, TermStore
from web.glossary.terms import (
    Change,
    Glossary,
    GlossaryError,
    GlossaryPairError,
    GlossaryVersion,
    StoredTerm,
    Term,
    UnknownTermError,
    checked_name,
    checked_pair,
    checked_term,
    checked_terms,
)
from web.http.ids import number_of
from web.messages import N_
from web.telemetry.supervision import Supervisor
from web.text.validation import check

# Names that mean no glossary, not even the default one.
NONE = {"none", "false"}


class Glossaries:
    """Glossary service.

    An owner is the name of a key, "" while there are none. A glossary is known by its id, or by
    its public one. Every method raises StoreUnavailableError when the database does not answer,
    UnknownGlossaryError for a glossary that the owner may not see, and those that change one
    ForbiddenError where it is another's that is shared.
    """

    def __init__(self, database: Database) -> None:
        """Use `running_glossaries` instead."""
        self.database = database
        self._store = GlossaryStore(database)
        self._terms = TermStore(database)
        self.defaults = DefaultGlossaries(self._store)
        self._matchers = HeldMatchers(self._terms)

    async def all(self, owner: str, pair: Pair | None = None) -> list[Glossary]:
        """The glossaries that an owner may see, his own and shared ones, by their names."""
        return await self._store.seen(owner, pair)

    async def dictionaries(self, owner: str, public_id: str) -> list[Glossary]:
        """The glossaries of one public id, one for each of its pairs. Raises as `get` does."""
        found = await self._store.with_public_id(owner, public_id)
        if not found:
            raise unknown_glossary(public_id)
        return found

    async def get(self, owner: str, glossary_id: int | str) -> Glossary:
        """One glossary; of several with one public id the first. Raises UnknownGlossaryError."""
        number = glossary_id if isinstance(glossary_id, int) else number_of(glossary_id)
        if number is None:
            return (await self.dictionaries(owner, str(glossary_id)))[0]
        found = await self._store.with_id(owner, number)
        if found is None:
            raise unknown_glossary(glossary_id)
        return found

    async def named(self, owner: str, name_or_id: str, pair: Pair) -> Glossary:
        """The glossary that is meant for a pair: by its id, its public one or its name.

        Of several with one name an owner's own goes first, then the oldest. Raises
        UnknownGlossaryError, GlossaryPairError when it is for other languages.
        """
        found: list[Glossary] = []
        if (number := number_of(name_or_id)) is not None:
            one = await self._store.with_id(owner, number)
            found = [one] if one else []
        found = found or await self._store.with_public_id(owner, name_or_id)
        found = found or await self._store.with_name(owner, name_or_id)
        if not found:
            raise unknown_glossary(name_or_id)
        for each in found:
            if (each.source, each.target) == pair:
                return each
        raise GlossaryPairError(
            N_(
                "The glossary {name!r} is for {source}→{target}, and this is {asked}. Nothing was "
                "stored."
            ),
            name=found[0].name,
            source=found[0].source,
            target=found[0].target,
            asked="→".join(pair),
        )

    async def wanted(
        self, owner: str, value: object, source: str, target: str
    ) -> GlossaryVersion | None:
        """The glossary that a request names, in its version of now.

        None or "" is the default of the pair, if there is one; "none" or False is none; anything
        else an id, a public id or a name. Raises UnknownGlossaryError, GlossaryPairError, and
        GlossaryError or BadRequestError for what can be none of these.
        """
        if value is None or value == "":
            return await self.defaults.of(owner, source, target)
        if value is False or (isinstance(value, str) and value.lower() in NONE):
            return None
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise GlossaryError(
                N_("A glossary is an id, a name, or “none”. Nothing was stored."),
            )
        return (await self.named(owner, check(str(value)), (source, target))).at

    async def create(  # noqa: PLR0913 - what can be said of a glossary, by name
        self,
        owner: str,
        name: str,
        source: str,
        target: str,
        terms: Iterable[Term] = (),
        *,
        shared: bool = False,
        default: bool = False,
        public_id: str | None = None,
    ) -> Glossary:
        """Store a new glossary, all of it or nothing. Raises GlossaryError."""
        glossary = await self._store.create(
            owner,
            checked_name(name),
            checked_pair(source, target),
            checked_terms(enumerate(terms, 1)),
            shared=shared,
            default=default,
            public_id=public_id,
        )
        await self._changed()
        return glossary

    async def change(
        self,
        owner: str,
        glossary_id: int | str,
        *,
        name: str | None = None,
        shared: bool | None = None,
        default: bool | None = None,
    ) -> Glossary:
        """Rename, share, or make it the default of its pair; None stays. Raises GlossaryError."""
        glossary = await self._store.change(
            owner,
            await self._id(owner, glossary_id),
            name=None if name is None else checked_name(name),
            shared=shared,
            default=default,
        )
        await self._changed()
        return glossary

    async def delete(self, owner: str, glossary_id: int | str) -> None:
        """Delete it; for a day it can be restored. Raises UnknownGlossaryError, ForbiddenError."""
        await self._store.delete(owner, await self._id(owner, glossary_id))
        await self._changed()

    async def restore(self, owner: str, glossary_id: int) -> None:
        """Restore a deleted glossary by its id. Raises UnknownGlossaryError when it is too late."""
        if not await self._store.restore(owner, glossary_id):
            raise unknown_glossary(glossary_id)
        await self._changed()

    async def terms(
        self, owner: str, glossary_id: int | str, search: str = "", offset: int = 0, most: int = 50
    ) -> list[StoredTerm]:
        """Up to `most` terms by their sources, or of those with `search` in them.

        Its owner alone is told by whom one was changed. Raises UnknownGlossaryError.
        """
        glossary = await self.get(owner, glossary_id)
        found = await self._terms.page(glossary.id, search, offset, most)
        return (
            found if glossary.owner == owner else [replace(each, changed_by="") for each in found]
        )

    async def all_terms(self, owner: str, glossary_id: int | str) -> list[Term]:
        """All terms, in the order in which they came. Raises UnknownGlossaryError."""
        return await self._terms.all_now((await self.get(owner, glossary_id)).id)

    async def put(
        self, owner: str, glossary_id: int | str, term: Term, term_id: int | None = None
    ) -> StoredTerm:
        """Add a term, or with `term_id` change one.

        Raises GlossaryError, DuplicateTermError when the glossary has the source already,
        UnknownTermError when the term to change is not there any more.
        """
        term = checked_term(term)
        async with self._editing(owner, glossary_id) as edit:
            if term_id is not None:
                if await edit.living_term(term_id) == term:
                    return await edit.added(term.key)
                await edit.end([term_id])
            await edit.add([(term, term_id)])
            return await edit.added(term.key)

    async def remove(self, owner: str, glossary_id: int | str, term_id: int) -> None:
        """Remove a term. Raises UnknownTermError when it is not there any more."""
        async with self._editing(owner, glossary_id) as edit:
            await edit.living_term(term_id)
            await edit.end([term_id])

    async def merge(self, owner: str, glossary_id: int | str, terms: Iterable[Term]) -> Glossary:
        """Add terms, and change those whose sources are there. Raises GlossaryError."""
        return await self._import(owner, glossary_id, terms, only=False)

    async def replace(self, owner: str, glossary_id: int | str, terms: Iterable[Term]) -> Glossary:
        """Have these terms and no others. Raises GlossaryError."""
        return await self._import(owner, glossary_id, terms, only=True)

    async def _import(
        self, owner: str, glossary_id: int | str, terms: Iterable[Term], *, only: bool
    ) -> Glossary:
        checked = checked_terms(enumerate(terms, 1))
        async with self._editing(owner, glossary_id) as edit:
            before = await edit.living()
            new = [term for term in checked if before.get(term.key, (0, None))[1] != term]
            ended = [before[term.key][0] for term in new if term.key in before]
            if only:
                kept = {term.key for term in checked}
                ended += [term_id for key, (term_id, _) in before.items() if key not in kept]
            await edit.end(ended)
            nothing = (None, None)
            await edit.add([(term, before.get(term.key, nothing)[0]) for term in new])
            number = edit.glossary.id
        return await self.get(owner, number)

    async def changes(
        self, owner: str, glossary_id: int | str, most: int = 50, before: int | None = None
    ) -> list[Change]:
        """Up to `most` changes of terms, the newest first, or those before the one with an id.

        Its owner alone is told them. Raises UnknownGlossaryError, ForbiddenError.
        """
        glossary = await self.get(owner, glossary_id)
        if glossary.owner != owner:
            raise another_owner()
        return await self._terms.changes(glossary.id, most, before)

    async def undo(self, owner: str, glossary_id: int | str, change_id: int) -> None:
        """Undo a change of a term, as one more change.

        Raises UnknownTermError when there is no such change or the term was changed again,
        DuplicateTermError when the source has another term by now.
        """
        async with self._editing(owner, glossary_id) as edit:
            change, before_id, after_id = await edit.change_of(change_id)
            if after_id is not None:
                await edit.living_term(after_id)
                await edit.end([after_id])
            elif before_id is None:
                raise UnknownTermError(N_("There is no such change of this glossary."))
            if change.before:
                await edit.add([(change.before, after_id)])

    async def terms_in(self, at: GlossaryVersion, text: str) -> Sequence[Term]:
        """The terms of a version that may occur in a text, without notes; maybe more than do."""
        return await self._matchers.terms_in(at, text)

    async def is_readable(self, at: GlossaryVersion) -> bool:
        """Whether the terms of a version are all still there."""
        return await self._store.is_readable(at)

    async def purge(self) -> int:
        """Purge what was deleted over a day ago; how many glossaries."""
        return await self._store.purge()

    async def _id(self, owner: str, glossary_id: int | str) -> int:
        if isinstance(glossary_id, int):
            return glossary_id
        return (await self.get(owner, glossary_id)).id

    @asynccontextmanager
    async def _editing(self, owner: str, glossary_id: int | str) -> AsyncIterator[GlossaryEdit]:
        """An edit that is stored as a whole, or not at all."""
        number = await self._id(owner, glossary_id)
        async with self._store.database.transaction() as cursor:
            edit = await self._store.edit(cursor, owner, number)
            yield edit
            await edit.finish()
        await self._changed()

    async def _changed(self) -> None:
        """Let the next text see the change; other replicas see it within two seconds."""
        await self.defaults.load()


@asynccontextmanager
async def running_glossaries(
    database: Database, supervisor: Supervisor
) -> AsyncIterator[Glossaries]:
    """Context manager: glossaries whose defaults follow the database while the block runs."""
    glossaries = Glossaries(database)
    async with supervisor.running("glossaries", glossaries.defaults.run):
        yield glossaries
