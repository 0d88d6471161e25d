"""Drafts: short texts translated while they are written, with the sentences a user has chosen.

While somebody types, a text is decoded greedily, and what is stored of it already stays. When the
typing pauses it is translated as it was asked for, and that alone is stored.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from web.access.authentication import AccessControl
from web.errors import StoreUnavailableError
from web.glossary.service import Glossaries
from web.glossary.terms import Term
from web.memory.service import Memory
from web.text.sentences import Sentence, sentences, with_choices_of
from web.translation.draft_store import DraftStore
from web.translation.known_sentences import joined_known
from web.translation.request import NOTHING_STORED, TranslationRequest, new
from web.translation.store import Store
from web.translator_client.client import TranslatorClient


@dataclass(frozen=True, slots=True)
class Draft:
    """Draft: a translated text; `id` is that of its translation, None while it is not stored."""

    id: int | None
    sentences: list[Sentence]


class Drafts:
    """Drafts: a text is translated again and again, and stored as one and the same translation."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts that it is made of
        self,
        store: Store,
        drafts: DraftStore,
        translator: TranslatorClient,
        access: AccessControl,
        glossaries: Glossaries,
        memory: Memory,
    ) -> None:
        """All of them must be running."""
        self._memory = memory
        self._access = access
        self._glossaries = glossaries
        self._store = store
        self._drafts = drafts
        self._translator = translator

    async def translate(
        self, text: str, request: TranslationRequest, draft_id: int | None, *, store: bool
    ) -> Draft:
        """Translate a text of one passage, and with `store` store it as `draft_id`, or anew.

        Without, it is decoded greedily, but for the sentences that the draft has. Sentences that
        were chosen in the draft stay. A text is charged when it is stored first. While the
        database is away nothing is stored; StoreUnavailableError is raised where the terms of a
        glossary cannot be read. Raises TranslatorUnavailableError when the
        translator does not answer, TranslatorRefusedError when it refuses the request, and
        BudgetSpentError when the caller's budget is used up.
        """
        if not store:
            return await self._unstored(text, request, draft_id)
        pair = request.source, request.target
        known = await self._memory.known_if_reachable(request.memory_owner, pair, [text])
        translated = await self._translator.translate(
            text,
            *pair,
            known=known,
            quality=request.quality,
            terms=await self._terms(text, request),
        )
        found = sentences(text, translated.text, translated.spans)
        row = new(text, request, translated.model)
        try:
            if draft_id is not None:
                changed = await self._drafts.change_done(draft_id, row, found, translated.score)
                if changed is not None:
                    return Draft(draft_id, changed)
            await self._access.charge(request.caller, len(text), NOTHING_STORED)
            draft_id = await self._store.save_done(
                row, text, translated.text, translated.score, translated.spans
            )
        except StoreUnavailableError:
            draft_id = None
        return Draft(draft_id, found)

    async def _unstored(
        self, text: str, request: TranslationRequest, draft_id: int | None
    ) -> Draft:
        pair = request.source, request.target
        kept: list[Sentence] = []
        same_glossary = True
        if draft_id is not None:
            with suppress(StoreUnavailableError):
                kept, same_glossary = await self._drafts.sentences(
                    draft_id, *pair, request.glossary
                )
        remembered = await self._memory.known_if_reachable(request.memory_owner, pair, [text])
        # What another glossary made of a sentence is no answer, what a person chose is.
        sure = _unambiguous(each for each in kept if not each.doubtful)
        stays = [each for each in sure if same_glossary or each.chosen]
        known = joined_known(stays, remembered)
        translated = await self._translator.translate(
            text, *pair, known=known, quality="draft", terms=await self._terms(text, request)
        )
        now = sentences(text, translated.text, translated.spans)
        return Draft(None, with_choices_of(kept, now))

    async def _terms(self, text: str, request: TranslationRequest) -> Sequence[Term]:
        if request.glossary is None:
            return ()
        return await self._glossaries.terms_in(request.glossary, text)


def _unambiguous(found: Iterable[Sentence]) -> list[Sentence]:
    """The sentences without those of one source and several targets: one was corrected alone."""
    by_source: dict[str, list[Sentence]] = {}
    for each in found:
        by_source.setdefault(each.source, []).append(each)
    return [same[0] for same in by_source.values() if len({each.target for each in same}) == 1]
