"""Batch translation: several texts of one request, as the clients of other translators send them.

Each is translated whole, from a language that may have to be detected, with markup or without. The
interfaces in `web/compat/` ask in these terms and give answers their form.
"""

import asyncio
import hashlib
import math
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Protocol

from web.access.authentication import AccessControl
from web.access.keys import ANYBODY, Caller
from web.errors import NoModelError, NotFoundError, UserError
from web.formats.lines import joined, parted
from web.glossary.service import Glossaries
from web.glossary.terms import GlossaryVersion, Term
from web.memory.service import Memory
from web.messages import N_
from web.settings import Quality
from web.text.detection import Detector, Guess, prose
from web.text.languages import Known, sources_of, targets_of
from web.text.passages import LIMIT
from web.text.sentences import Sentence, doubts, sentences
from web.text.validation import check
from web.translation.following import Following, target_of
from web.translation.language_check import LanguageCheck, language_warning
from web.translation.request import NOTHING_STORED, TranslationRequest, new
from web.translation.service import Translations
from web.translator_client.client import MOST_TEXTS, TranslatorClient

# Most groups of texts of one request that are on their way to the translator at once.
AT_ONCE = 16
# Characters of prose: a shorter text is taken for one of the language of its whole request.
TELLING = 40


class UnknownPairError(NoModelError):
    """No installed model translates this pair; each interface has its own words for it."""

    def __init__(self, source: str, target: str, known: Known) -> None:
        """`known` is as `BatchTranslator.targets` gives it; a `source` of the target is any."""
        if target in targets_of(known):
            message = N_("No model for {source}→{target} is installed. Nothing was stored.")
        else:
            message = N_("No model to {target} is installed. Nothing was stored.")
        super().__init__(message, source=source, target=target)
        self.source = source
        self.target = target
        self.known = set(known)
        self.reachable = set(targets_of(known))


class OpenedText(Protocol):
    """Interface of a text with markup, opened; see `web.formats.base.Document`."""

    @property
    def lines(self) -> Sequence[str]:
        """The lines to translate."""

    def rebuilt(self, targets: Sequence[str]) -> str:
        """The text with `targets` in the place of `lines`. Raises DocumentError."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Batch request: how texts are to be translated; a source of None is detected.

    `source` and `target` are language codes. Each segment has up to `alternatives` others. With
    `sentences` false a line is not cut into sentences. Texts with markup are opened by `opened`,
    which raises DocumentError. A `quality` of None is the usual one. `glossary` is what its sender
    named as one; see `web.glossary.service.Glossaries.wanted`. With `memory` the caller's
    translation memory is used.
    """

    origin: str
    source: str | None
    target: str
    alternatives: int = 0
    sentences: bool = True
    opened: Callable[[str], OpenedText] | None = None
    caller: Caller = field(kw_only=True)
    quality: Quality | None = None
    glossary: object = None
    memory: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer: a translated text, or one that is in the target's language already, as it came.

    `warnings` are as `web.text.sentences.doubts` gives them, and one of a text that is clearly in
    another language than its sender said.
    """

    text: str
    language: Guess
    alternatives: list[str] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)


class BatchTranslator:
    """Batch translator: translates the texts of a request side by side."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts that it is made of
        self,
        translations: Translations,
        following: Following,
        translator: TranslatorClient,
        detector: Detector,
        access: AccessControl,
        language_check: LanguageCheck,
        quality: Quality,
        glossaries: Glossaries,
        memory: Memory,
    ) -> None:
        """All of them must be running; `quality` is the usual one."""
        self._memory = memory
        self._quality = quality
        self._glossaries = glossaries
        self._access = access
        self._language_check = language_check
        self._translations = translations
        self._following = following
        self._translator = translator
        self._detector = detector

    def quality_of_batch(self, request: BatchRequest) -> Quality:
        """The quality that a request asks for, or the usual one."""
        return request.quality or self._quality

    async def targets(self) -> dict[str, list[str]]:
        """The languages that can be named as a source, each with its targets, itself among them.

        A text in the target's language comes back as it is. Raises TranslatorUnavailableError when
        the translator was never reached.
        """
        found: dict[str, list[str]] = {}
        for model in await self._translator.models():
            found.setdefault(model.source, [model.source]).append(model.target)
        for target in dict.fromkeys(each for targets in found.values() for each in targets):
            found.setdefault(target, [target])
        return found

    async def guesses(self, text: str) -> list[Guess]:
        """Detect: the likeliest languages of a text that are here, best first; at least one.

        The first is the one that a text of unknown language is taken for. Raises
        TranslatorUnavailableError when the translator was never reached.
        """
        known = await self.targets()
        sources = sources_of(known)
        return self._detector.known_languages(text, sources, list(known))

    async def translate(self, texts: Sequence[str], request: BatchRequest) -> list[Answer]:
        """Translate texts, each for itself, in their order.

        Raises BadRequestError when a text cannot be stored and UnknownPairError when no model is
        installed, UnknownGlossaryError, GlossaryPairError or GlossaryError for a wrong glossary,
        all before anything is translated; BudgetSpentError when the caller's budget is
        used up, DocumentError when `opened` refuses a text, TranslatorRefusedError when the
        translator refuses one, and for the rest as `whole` does.
        """
        for text in texts:
            check(text)
        languages = await self._languages(texts, request)
        glossaries = {
            each: await self.glossary(each, request)
            for each in {language.language for language in languages}
        }
        free = asyncio.Semaphore(AT_ONCE)

        async def some(group: list[str], language: Guess) -> list[Answer]:
            async with free:
                return await self._some(group, language, request, glossaries[language.language])

        characters = sum(map(len, texts))
        # Charged before anything is asked: a text that is over the budget reaches no translator.
        async with self._access.charging(request.caller, characters, NOTHING_STORED):
            groups = text_groups(texts, languages)
            tasks = [asyncio.create_task(some(*each)) for each in groups]
            try:
                return list(chain.from_iterable(await asyncio.gather(*tasks)))
            finally:
                for task in tasks:
                    task.cancel()

    async def language(self, text: str, request: BatchRequest) -> Guess:
        """Detect the language of one text, or take the request's.

        Raises UnknownPairError when no model translates it, TranslatorUnavailableError when the
        translator was never reached.
        """
        (language,) = await self._languages([text], request)
        return language

    async def _languages(self, texts: Sequence[str], request: BatchRequest) -> list[Guess]:
        """The language of each text. Raises UnknownPairError."""
        known = await self.targets()
        if request.source is not None:
            languages = [Guess(request.source, 1.0)] * len(texts)
        else:
            sources = [each for each, targets in known.items() if request.target in targets[1:]]
            if not sources:
                raise UnknownPairError(request.target, request.target, known)
            overall = self._detector.language(" ".join(texts), sources, [request.target])
            nothing = overall or Guess(sources[0], 0.0)
            languages = [
                (self._detector.language(text, sources, [request.target]) or nothing)
                if len(prose(text)) >= TELLING
                else nothing
                for text in texts
            ]
        for each in languages:
            if request.target not in known.get(each.language, ()):
                raise UnknownPairError(each.language, request.target, known)
        return languages

    async def glossary(self, source: str, request: BatchRequest) -> GlossaryVersion | None:
        """The glossary for texts in a language, as the request names it, or the default one.

        Raises UnknownGlossaryError, GlossaryPairError, GlossaryError, StoreUnavailableError.
        """
        if source == request.target:
            return None
        owner = request.caller.name
        return await self._glossaries.wanted(owner, request.glossary, source, request.target)

    async def _some(
        self,
        texts: list[str],
        language: Guess,
        request: BatchRequest,
        glossary: GlossaryVersion | None,
    ) -> list[Answer]:
        """Translate texts in one language, with one request to the translator unless long."""
        answers = [Answer(text, language) for text in texts]
        if language.language == request.target:
            return answers
        markups: dict[int, OpenedText] = {}
        asked: dict[int, str] = {}
        for number, text in enumerate(texts):
            if not text.strip():
                continue
            if request.opened is None:
                asked[number] = text
                continue
            markup = await asyncio.to_thread(request.opened, text)
            if markup.lines:
                markups[number] = markup
                asked[number] = joined(markup.lines)
        found = await self._plain(list(asked.values()), language, request, glossary)
        for number, answer in zip(asked, found, strict=True):
            markup_of = markups.get(number)
            answers[number] = answer if markup_of is None else await _rebuilt(answer, markup_of)
        return answers

    async def _plain(
        self,
        texts: list[str],
        language: Guess,
        request: BatchRequest,
        glossary: GlossaryVersion | None,
    ) -> list[Answer]:
        if len(texts) == 1 and len(texts[0]) > LIMIT:
            long = TranslationRequest(
                request.origin,
                language.language,
                request.target,
                caller=ANYBODY,
                quality=self.quality_of_batch(request),
                glossary=glossary,
                memory=request.memory,
                owner=request.caller.name,
            )
            target, found = await self._whole(texts[0], long)
            return [Answer(target, language, warnings=self._warnings(texts[0], found, request))]
        terms: Sequence[Term] = ()
        if glossary is not None and texts:
            terms = await self._glossaries.terms_in(glossary, "\n".join(texts))
        pair = language.language, request.target
        known = await self._memory.known_if_reachable(
            request.caller.name if request.memory else None,
            pair,
            texts,
            sentences=request.sentences,
        )
        translated = await self._translator.translate_all(
            texts,
            *pair,
            alternatives=request.alternatives,
            sentences=request.sentences,
            known=known,
            quality=self.quality_of_batch(request),
            terms=terms,
        )
        return [
            Answer(
                each.text,
                language,
                each.alternatives(request.alternatives),
                self._warnings(text, sentences(text, each.text, each.spans), request),
            )
            for text, each in zip(texts, translated, strict=True)
        ]

    def _warnings(
        self, text: str, found: list[Sentence], request: BatchRequest
    ) -> list[dict[str, Any]]:
        """Warnings of a text by its sentences, first that of its language, if it was named."""
        other = request.source and self._language_check.other(text, request.source)
        return [*([language_warning(other.language, found)] if other else []), *doubts(found)]

    async def _whole(self, text: str, request: TranslationRequest) -> tuple[str, list[Sentence]]:
        """The target of a text of several passages, and its sentences, when all is translated.

        It goes the way of all long texts, and goes on when the caller does not wait any more: the
        next one that asks for the same gets the translation that is there or under way, in
        whichever replica. A passage that could not be translated stands as its source.

        Raises UserError when the translation was cancelled, BadRequestError when no model is
        installed, StoreUnavailableError or TranslatorUnavailableError when one is away.
        """
        model = await self._translations.model(request)
        pair = request.source, request.target
        owner = request.memory_owner
        version = await self._memory.version(owner, pair)
        memory = f"{owner} {version}" if version else ""
        # The second key is for a text whose translation was deleted, cancelled or cut off.
        for key in (_digest(text, request, model, memory), uuid.uuid4().hex):
            begun = await self._translations.begin_whole(text, new(text, request, key=key))
            translation_id = begun if isinstance(begun, int) else begun.id
            with suppress(NotFoundError):
                translation = await self._following.wait(translation_id, math.inf)
                if translation.status == "done":
                    found = [each async for each in self._following.texts(translation_id)]
                    all_sentences = [each for passage in found for each in passage.sentences]
                    return "".join(map(target_of, found)), all_sentences
        raise UserError(N_("The translation was cancelled on the page. Ask again for all of it."))


async def _rebuilt(answer: Answer, markup: OpenedText) -> Answer:
    """The answer to a text's lines as the text. Raises DocumentError."""
    text, *others = [
        await asyncio.to_thread(markup.rebuilt, parted(each, markup.lines))
        for each in (answer.text, *answer.alternatives)
    ]
    return replace(answer, text=text, alternatives=others)


def text_groups(
    texts: Sequence[str], languages: Sequence[Guess]
) -> Iterator[tuple[list[str], Guess]]:
    """Group texts for the translator: neighbours in one language, up to LIMIT characters.

    A longer text is a group of its own. The sentences of a group share batches, as those of one
    text do.
    """
    group: list[str] = []
    size, language = 0, None
    for text, its in zip(texts, languages, strict=True):
        full = size + len(text) > LIMIT or len(group) == MOST_TEXTS
        if group and language and (full or its != language):
            yield group, language
            group, size = [], 0
        group.append(text)
        size, language = size + len(text), its
    if group and language:
        yield group, language


def _digest(text: str, request: TranslationRequest, model: str, memory: str) -> str:
    """Digest that two requests for the same translation have in common.

    `memory` is whose translation memory it is made with, in its version; empty where none is.
    """
    digest = hashlib.blake2b(digest_size=16)
    # Without the best quality, which has always been meant, and without no glossary.
    other: list[str] = [] if request.quality == "best" else [request.quality]
    if request.glossary is not None:
        other.append(f"glossary {request.glossary.id} {request.glossary.version}")
    if memory:
        other.append(f"memory {memory}")
    for part in (request.origin, request.source, request.target, model, *other, text):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
