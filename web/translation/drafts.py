"""Drafts: short texts translated while they are written, with the sentences a user has chosen.

While somebody types, a text is decoded greedily, and what is stored of it already stays. When the
typing pauses it is translated as it was asked for, and that alone is stored.
"""

from contextlib import suppress
from dataclasses import dataclass

from web.access.authentication import AccessControl
from web.errors import StoreUnavailableError
from web.memory.service import Memory
from web.text.sentences import Sentence, sentences, with_chosen
from web.translation.draft_store import DraftStore
from web.translation.known_sentences import joined_known
from web.translation.request import NOTHING_STORED, TranslationRequest, new
from web.translation.store import Passage, Store
from web.translator_client.client import TranslatorClient


@dataclass(frozen=True, slots=True)
class Draft:
    """Draft: a translated text; `id` is that of its translation, None while it is not stored."""

    id: int | None
    sentences: list[Sentence]


class Drafts:
    """Drafts: a text is translated again and again, and stored as one and the same translation."""

    def __init__(
        self,
        store: Store,
        drafts: DraftStore,
        translator: TranslatorClient,
        access: AccessControl,
        memory: Memory,
    ) -> None:
        """All of them must be running."""
        self._memory = memory
        self._access = access
        self._store = store
        self._drafts = drafts
        self._translator = translator

    async def translate(
        self, text: str, request: TranslationRequest, draft_id: int | None, *, store: bool
    ) -> Draft:
        """Translate a text of one passage, and with `store` store it as `draft_id`, or anew.

        Without, it is decoded greedily, but for the sentences that the draft has. Sentences that
        were chosen in the draft stay. A text is charged when it is stored first. While the
        database is away nothing is stored. Raises TranslatorUnavailableError when the
        translator does not answer, TranslatorRefusedError when it refuses the request, and
        BudgetSpentError when the caller's budget is used up.
        """
        if not store:
            return await self._unstored(text, request, draft_id)
        pair = request.source, request.target
        known = await self._memory.known_if_reachable(request.memory_owner, pair, [text])
        translated = await self._translator.translate(
            text, *pair, known=known, quality=request.quality
        )
        target, spans = translated.text, translated.spans
        row = new(text, request, translated.model)
        try:
            if draft_id is not None:
                target, spans = _with_choices(
                    sentences(text, target, spans), await self._store.passages(draft_id, 0, 1)
                )
            if draft_id is None or not await self._drafts.change_done(
                draft_id, row, text, target, translated.score, spans
            ):
                await self._access.charge(request.caller, len(text), NOTHING_STORED)
                draft_id = await self._store.save_done(row, text, target, translated.score, spans)
        except StoreUnavailableError:
            draft_id = None
        return Draft(draft_id, sentences(text, target, spans))

    async def _unstored(
        self, text: str, request: TranslationRequest, draft_id: int | None
    ) -> Draft:
        pair = request.source, request.target
        kept: list[Sentence] = []
        if draft_id is not None:
            with suppress(StoreUnavailableError):
                kept = await self._drafts.sentences(draft_id, *pair)
        remembered = await self._memory.known_if_reachable(request.memory_owner, pair, [text])
        known = joined_known((each for each in kept if not each.doubtful), remembered)
        translated = await self._translator.translate(text, *pair, known=known, quality="draft")
        return Draft(None, sentences(text, translated.text, translated.spans))

    async def choose(
        self, translation_id: int, seq: int, number: int, source: str, text: str
    ) -> Passage | None:
        """Replace a sentence's target by `text`; its passage, or None if there is no such sentence.

        `number` counts the passage's sentences from 0; `source` is the one that the user saw.
        Raises StoreUnavailableError when the database does not answer.
        """
        return await self._drafts.change_passage(
            translation_id, seq, lambda passage: _choice(passage, number, source, text)
        )


def _choice(passage: Passage, number: int, source: str, text: str) -> tuple[str, str] | None:
    found = passage.sentences
    if passage.target is None or number >= len(found) or found[number].source != source:
        return None
    return with_chosen(found, {number: text})


def _with_choices(now: list[Sentence], before: list[Passage]) -> tuple[str, str]:
    """The target and spans with the sentences that a user had chosen, where they still are."""
    choices = {
        each.source: each.target for passage in before for each in passage.sentences if each.chosen
    }
    return with_chosen(
        now, {each.number: choices[each.source] for each in now if each.source in choices}
    )
