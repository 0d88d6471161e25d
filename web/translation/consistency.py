"""Consistency: how the frequent terms of a translation were translated, and another try with one.

The terms are counted here; the translator says by its alignment what became of them, in the
background, for as many sentences as have a bound. The others are told by what was found.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from web.access.authentication import AccessControl
from web.access.keys import Caller
from web.errors import BadRequestError, TranslatorUnavailableError
from web.formats.inline import bare as without_tags
from web.glossary.frequent_terms import FrequentTerm, TermOccurrence, frequent_terms
from web.glossary.renderings import AlignedSentence, TermRenderings, renderings_of
from web.glossary.terms import GlossaryVersion
from web.messages import N_
from web.translation.following import Following
from web.translation.request import NOTHING_STORED, TranslationRequest, new
from web.translation.service import Translations
from web.translation.store import Translation
from web.translator_client.alignments import (
    MOST_PAIR_CHARACTERS,
    MOST_PAIR_WORDS,
    AlignedPair,
    Range,
    word_places,
)
from web.translator_client.client import TranslatorClient

# Sentences of a translation that are looked at, and characters of their sources: of a book of 300
# pages there are about 6,000 sentences with 600,000 characters.
MOST_SENTENCES = 20_000
MOST_CHARACTERS = 10_000_000
# Sentences that the translator is asked about, for one term and for all: 2,000 took 14 s on two
# cores that were busy otherwise, too, with the demonstration model; the counting in a text of
# 600,000 characters and the grouping took 2 s.
MOST_OF_TERM = 200
MOST_ASKED = 2_000
# Sentences of one question, and questions that are on their way at once.
PAIRS = 100
AT_ONCE = 4
# Seconds after which no further answer is waited for; the list is made of what has come.
SECONDS = 60.0
# Lists that are made at once.
LISTS = 2
BUSY = N_(
    "The translator is busy with other texts, so the terms could not be looked up. Nothing is "
    "lost: try again in a moment."
)
# Code of the warning that a sentence was not translated at all.
_UNTRANSLATED = "untranslated"

# The occurrences of terms that the translator is asked about, by their sentences' numbers.
Asked = dict[int, list[TermOccurrence]]
Places = dict[TermOccurrence, Range]


@dataclass(frozen=True, slots=True)
class ConsistencyList:
    """List of a translation's frequent terms with their renderings, the most mixed ones first.

    `is_cut` says that the translation is longer than what was looked at, `sentences`; `is_partial`
    that the translator had no time for some of them.
    """

    terms: tuple[TermRenderings, ...]
    sentences: int
    is_cut: bool = False
    is_partial: bool = False


class Consistency:
    """Consistency of translations, and their new translations with a glossary."""

    def __init__(
        self,
        following: Following,
        translator: TranslatorClient,
        translations: Translations,
        access: AccessControl,
    ) -> None:
        """All of them must be running."""
        self._following = following
        self._translator = translator
        self._translations = translations
        self._access = access
        self._free = asyncio.Semaphore(LISTS)

    async def of(self, translation: Translation, *, bare: bool = False) -> ConsistencyList:
        """List the frequent terms of a translation that has ended.

        With `bare` its texts are a document's, whose tags are left out. Raises
        TranslatorUnavailableError when the translator is away or has no time at all, and
        StoreUnavailableError when the database is away.
        """
        ensure_ended(translation)
        async with self._free:
            sentences, is_cut = await self._sentences(translation, bare=bare)
            terms = await asyncio.to_thread(
                frequent_terms, [each.source for each in sentences], translation.source_lang
            )
            asked = _asked(terms, sentences)
            answered, places = await self._places(translation, sentences, asked)
            found = await asyncio.to_thread(_renderings, terms, places, sentences)
        return ConsistencyList(
            tuple(found), len(sentences), is_cut, is_partial=answered < len(asked)
        )

    async def translate_again(
        self, translation: Translation, glossary: GlossaryVersion, caller: Caller
    ) -> int:
        """Translate a text again, as a newer version with a glossary; the new translation's id.

        Sentences without another term keep their translation, and so does what a person chose.
        Raises BadRequestError for a translation that runs, NoModelError, BudgetSpentError,
        TranslatorUnavailableError and StoreUnavailableError.
        """
        ensure_ended(translation)
        texts = self._following.texts(translation.id)
        text = "".join([each.source async for each in texts])
        request = TranslationRequest(
            "page",
            translation.source_lang,
            translation.target_lang,
            caller=caller,
            previous=translation.id,
            quality=translation.quality or "best",
            glossary=glossary,
        )
        await self._translations.model(request)
        row = replace(new(text, request), title=translation.title)
        async with self._access.charging(caller, len(text), NOTHING_STORED):
            begun = await self._translations.begin_whole(text, row)
        return begun if isinstance(begun, int) else begun.id

    async def _sentences(
        self, translation: Translation, *, bare: bool
    ) -> tuple[list[AlignedSentence], bool]:
        """The translated sentences up to the bounds, and whether there are more."""
        found: list[AlignedSentence] = []
        characters = 0
        async for passage in self._following.texts(translation.id):
            for each in passage.sentences if passage.status == "done" else ():
                if each.blank or any(one.code == _UNTRANSLATED for one in each.warnings):
                    continue
                if len(found) >= MOST_SENTENCES or characters > MOST_CHARACTERS:
                    return found, True
                characters += len(each.source)
                texts = (each.source, each.target)
                source, target = map(without_tags, texts) if bare else texts
                place = (passage.seq, each.number)
                found.append(AlignedSentence(source, target, translation.target_lang, place))
        return found, False

    async def _places(
        self, translation: Translation, sentences: Sequence[AlignedSentence], asked: Asked
    ) -> tuple[int, Places]:
        """How many sentences an answer has come for, and the places that are sure.

        Raises TranslatorUnavailableError.
        """
        places: Places = {}
        answered = 0
        numbers = list(asked)
        questions = iter([numbers[at : at + PAIRS] for at in range(0, len(numbers), PAIRS)])

        async def ask() -> None:
            nonlocal answered
            for some in questions:
                pairs = [_pair(sentences[each], asked[each]) for each in some]
                languages = translation.source_lang, translation.target_lang
                found = await word_places(self._translator, pairs, *languages)
                for number, row in zip(some, found, strict=True):
                    for each, place in zip(asked[number], row, strict=True):
                        if place is not None:
                            places[each] = place
                answered += len(some)

        tasks = [asyncio.create_task(ask()) for _ in range(AT_ONCE)]
        try:
            async with asyncio.timeout(SECONDS):
                await asyncio.gather(*tasks)
        except (TimeoutError, TranslatorUnavailableError) as error:
            if not answered:
                if isinstance(error, TranslatorUnavailableError):
                    raise
                raise TranslatorUnavailableError(BUSY) from None
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return answered, places


def ensure_ended(translation: Translation) -> None:
    """Raises BadRequestError while passages of a translation are still to come."""
    if not translation.ended:
        raise BadRequestError(
            N_(
                "Translation {id!s} is not done yet. Its terms can be listed when it has ended. "
                "Nothing was stored."
            ),
            id=translation.id,
        )


def _asked(terms: Sequence[FrequentTerm], sentences: Sequence[AlignedSentence]) -> Asked:
    """Sample for the translator: of each term some occurrences from all over the text.

    The terms take turns, so that all have some when there are too many sentences.
    """
    asked: Asked = {}
    by_term = [_spread(each.occurrences) for each in terms]
    for turn in range(MOST_OF_TERM):
        for occurrences in by_term:
            if turn >= len(occurrences):
                continue
            each = occurrences[turn]
            sentence = sentences[each.sentence]
            if max(len(sentence.source), len(sentence.target)) > MOST_PAIR_CHARACTERS:
                continue
            if each.sentence in asked:
                if len(asked[each.sentence]) < MOST_PAIR_WORDS:
                    asked[each.sentence].append(each)
            elif len(asked) < MOST_ASKED:
                asked[each.sentence] = [each]
    return asked


def _spread(occurrences: Sequence[TermOccurrence]) -> Sequence[TermOccurrence]:
    """Up to MOST_OF_TERM of them, from all over the text."""
    count = len(occurrences)
    if count <= MOST_OF_TERM:
        return occurrences
    return [occurrences[each * count // MOST_OF_TERM] for each in range(MOST_OF_TERM)]


def _pair(sentence: AlignedSentence, words: Sequence[TermOccurrence]) -> AlignedPair:
    places = tuple((each.start, each.end) for each in words)
    return AlignedPair(sentence.source, sentence.target, places)


def _renderings(
    terms: Sequence[FrequentTerm], places: Places, sentences: Sequence[AlignedSentence]
) -> list[TermRenderings]:
    """The terms with their renderings: those with others than the usual one first."""
    found = [
        renderings_of(
            each.source,
            each.occurrences,
            {place: places[place] for place in each.occurrences if place in places},
            sentences,
        )
        for each in terms
    ]
    return sorted(found, key=lambda each: (-each.deviating, -each.unknown, -each.count))
