"""Earlier versions: sentences of an older translation, found in the text of a newer one.

So the newer one keeps what a person has chosen in the older one, and only what is new or changed
goes to the model. Where a sentence comes several times and was not always chosen alike, each keeps
its own (`web.translation.chosen_places`).
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass

from web.glossary.service import Glossaries
from web.glossary.terms import GlossaryVersion, Term
from web.jobs.queue import Claim
from web.text.sentences import Sentence
from web.translation.chosen_places import ChosenPlaces
from web.translation.store import Store

# Older translations whose sentences are held at once, and the most characters of the source of one
# (with its target and the index about 6 bytes each); what is behind these is translated again.
MOST_HELD = 2
MOST_CHARACTERS = 10_000_000
# Passages that are fetched at once.
BATCH = 20
# Characters of a sentence's beginning by which it is found.
_START = 8
# Code of the warning that a sentence was not translated at all; it is worth another try.
_UNTRANSLATED = "untranslated"
# Where a sentence can begin: after no letter or digit.
_BEGINNING = re.compile(r"(?<![^\W_])\S")


class SentenceIndex:
    """Index of translated sentences, by the beginning of their source."""

    def __init__(self) -> None:
        self._by_start: dict[str, dict[str, Sentence]] = {}
        # Lengths of the sentences that have a beginning, and of the beginnings.
        self._lengths: dict[str, set[int]] = {}
        self._starts: set[int] = set()
        self.chosen: set[str] = set()  # sources that a person has chosen a target for
        self.characters = 0

    def add(self, sentence: Sentence) -> None:
        """Add a sentence; of several with one source one that was chosen stays, or the first."""
        if sentence.chosen:
            self.chosen.add(sentence.source)
        start = sentence.source[:_START]
        if not start.strip() or any(each.code == _UNTRANSLATED for each in sentence.warnings):
            return
        same = self._by_start.setdefault(start, {})
        if sentence.chosen or sentence.source not in same:
            self.characters += len(sentence.source)
            same[sentence.source] = sentence
            self._lengths.setdefault(start, set()).add(len(sentence.source))
            self._starts.add(len(start))

    def found_in(self, text: str) -> list[Sentence]:
        """The sentences whose source is a part of `text` that begins as a sentence can."""
        found: dict[str, Sentence] = {}
        for sentence in self._at_beginnings(text):
            found[sentence.source] = sentence
        return list(found.values())

    def _at_beginnings(self, text: str) -> Iterator[Sentence]:
        for match in _BEGINNING.finditer(text):
            at = match.start()
            for start in self._starts:
                same = self._by_start.get(beginning := text[at : at + start])
                for length in self._lengths[beginning] if same else ():
                    if same and (sentence := same.get(text[at : at + length])):
                        yield sentence


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An earlier version as it is held: its sentences, those that are chosen, its glossary."""

    index: SentenceIndex
    places: ChosenPlaces
    glossary: GlossaryVersion | None


class EarlierVersions:
    """Earlier versions of the texts that are being translated."""

    def __init__(self, store: Store, glossaries: Glossaries) -> None:
        """Both must be open."""
        self._store = store
        self._glossaries = glossaries
        self._held = OrderedDict[int, _Earlier]()
        self._reading = asyncio.Lock()

    async def known(self, claim: Claim) -> list[Sentence]:
        """The sentences of a claimed passage that the earlier version of its text has, translated.

        Where that one was fast and this one is not, those alone that a person has chosen; where it
        was made with another glossary, or an earlier version of it, not those with other terms.
        Raises StoreUnavailableError when the database is away.
        """
        if claim.previous is None:
            return []
        earlier = await self._earlier(claim)
        found = [
            each
            for each in earlier.index.found_in(claim.source)
            if not earlier.places.is_mixed(each.source)
        ]
        if earlier.glossary == claim.glossary:
            return found
        return [
            each
            for each in found
            if each.chosen
            or await self._terms(earlier.glossary, each) == await self._terms(claim.glossary, each)
        ]

    async def settled(self, claim: Claim, now: Sequence[Sentence]) -> Sequence[Sentence]:
        """The translated sentences of a claimed passage, with what a person chose in their places.

        Raises StoreUnavailableError when the database is away.
        """
        if claim.previous is None:
            return now
        return (await self._earlier(claim)).places.settled(now)

    async def _earlier(self, claim: Claim) -> _Earlier:
        async with self._reading:  # one of them reads, the others find it read
            # By the newer one, so that what is chosen in the older one later on is seen next time.
            held = self._held.get(claim.translation_id)
            if held is None:
                held = self._held[claim.translation_id] = await self._read(claim)
            self._held.move_to_end(claim.translation_id)
            while len(self._held) > MOST_HELD:
                self._held.popitem(last=False)
        return held

    async def _terms(self, glossary: GlossaryVersion | None, sentence: Sentence) -> list[Term]:
        if glossary is None:
            return []
        return list(await self._glossaries.terms_in(glossary, sentence.source))

    async def _read(self, claim: Claim) -> _Earlier:
        index = SentenceIndex()
        if claim.previous is None:
            return _Earlier(index, ChosenPlaces(()), None)
        older = await self._store.translation(claim.previous)
        glossary = older.glossary if older else None
        is_worse = older is not None and older.quality == "fast" and claim.quality == "best"
        if (
            glossary is not None
            and glossary != claim.glossary
            and not await self._glossaries.is_readable(glossary)
        ):
            is_worse = True  # which terms it was made with cannot be told any more
        async for sentence in self._sentences(claim.previous):
            if sentence.chosen or not is_worse:
                index.add(sentence)
            if index.characters > MOST_CHARACTERS:
                break
        places = ChosenPlaces(index.chosen)
        if index.chosen:
            async for sentence in self._sentences(claim.previous):
                places.add(sentence)
            places.add(None)
        return _Earlier(index, places, glossary)

    async def _sentences(self, translation_id: int) -> AsyncIterator[Sentence]:
        """The translated sentences of a translation, in order."""
        seq = 0
        while found := await self._store.passages(translation_id, seq, BATCH):
            for passage in found:
                for sentence in passage.sentences if passage.status == "done" else ():
                    yield sentence
            seq += len(found)
