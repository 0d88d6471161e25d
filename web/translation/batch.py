"""Batch translation: several texts of one request, as the clients of other translators send them.

Each is translated whole, from a language that may have to be detected, with markup or without. The
interfaces in `web/compat/` ask in these terms and give answers their form.
"""

import asyncio
import hashlib
import math
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from web.access.authentication import AccessControl
from web.access.keys import ANYBODY, Caller
from web.errors import NoModelError, NotFoundError, UserError
from web.formats.lines import joined, parted
from web.messages import N_
from web.text.detection import Detector, Guess, prose
from web.text.languages import Known, sources_of, targets_of
from web.text.passages import LIMIT
from web.text.sentences import Sentence, doubts, sentences
from web.text.validation import check
from web.translation.following import Following, target_of
from web.translation.language_check import LanguageCheck, language_warning
from web.translation.request import NOTHING_STORED, TranslationRequest, new
from web.translation.service import Translations
from web.translator_client.client import TranslatorClient

# Most texts of one request that are on their way to the translator at once.
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
    which raises DocumentError.
    """

    origin: str
    source: str | None
    target: str
    alternatives: int = 0
    sentences: bool = True
    opened: Callable[[str], OpenedText] | None = None
    caller: Caller = field(kw_only=True)


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
    ) -> None:
        """All of them must be running."""
        self._access = access
        self._language_check = language_check
        self._translations = translations
        self._following = following
        self._translator = translator
        self._detector = detector

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
        installed, both before anything is translated; BudgetSpentError when the caller's budget is
        used up, DocumentError when `opened` refuses a text, TranslatorRefusedError when the
        translator refuses one, and for the rest as `whole` does.
        """
        for text in texts:
            check(text)
        languages = await self._languages(texts, request)
        free = asyncio.Semaphore(AT_ONCE)

        async def one(text: str, language: Guess) -> Answer:
            async with free:
                return await self._one(text, language, request)

        characters = sum(map(len, texts))
        # Charged before anything is asked: a text that is over the budget reaches no translator.
        async with self._access.charging(request.caller, characters, NOTHING_STORED):
            tasks = [asyncio.create_task(one(*each)) for each in zip(texts, languages, strict=True)]
            try:
                return await asyncio.gather(*tasks)
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

    async def _one(self, text: str, language: Guess, request: BatchRequest) -> Answer:
        if not text.strip() or language.language == request.target:
            return Answer(text, language)
        if request.opened is None:
            return await self._plain(text, language, request)
        markup = await asyncio.to_thread(request.opened, text)
        if not markup.lines:
            return Answer(text, language)
        answer = await self._plain(joined(markup.lines), language, request)
        texts = [
            await asyncio.to_thread(markup.rebuilt, parted(each, markup.lines))
            for each in (answer.text, *answer.alternatives)
        ]
        return replace(answer, text=texts[0], alternatives=texts[1:])

    async def _plain(self, text: str, language: Guess, request: BatchRequest) -> Answer:
        if len(text) > LIMIT:
            long = TranslationRequest(
                request.origin, language.language, request.target, caller=ANYBODY
            )
            target, found = await self._whole(text, long)
            return Answer(target, language, warnings=self._warnings(text, found, request))
        translated = await self._translator.translate(
            text,
            language.language,
            request.target,
            alternatives=request.alternatives,
            sentences=request.sentences,
        )
        found = sentences(text, translated.text, translated.spans)
        others = translated.alternatives(request.alternatives)
        return Answer(translated.text, language, others, self._warnings(text, found, request))

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
        # The second key is for a text whose translation was deleted, cancelled or cut off.
        for key in (_digest(text, request, model), uuid.uuid4().hex):
            begun = await self._translations.begin_whole(text, new(text, request, key=key))
            translation_id = begun if isinstance(begun, int) else begun.id
            with suppress(NotFoundError):
                translation = await self._following.wait(translation_id, math.inf)
                if translation.status == "done":
                    found = [each async for each in self._following.texts(translation_id)]
                    all_sentences = [each for passage in found for each in passage.sentences]
                    return "".join(map(target_of, found)), all_sentences
        raise UserError(N_("The translation was cancelled on the page. Ask again for all of it."))


def _digest(text: str, request: TranslationRequest, model: str) -> str:
    """Digest that two requests for the same translation have in common."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (request.origin, request.source, request.target, model, text):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
