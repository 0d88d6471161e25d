"""Texts as the clients of other translators send them.

Several at once, each translated whole, of a language that may have to be found out, with markup or
without. The interfaces in `web/compat/` ask in these terms and give answers their form.
"""

import asyncio
import hashlib
import math
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from web.access.authentication import AccessControl
from web.access.keys import ANYBODY, Caller
from web.errors import NoModelError, NotFoundError, UserError
from web.formats.lines import joined, parted
from web.messages import N_
from web.text.detection import Detector, Guess
from web.text.passages import LIMIT
from web.text.validation import check
from web.translation.following import Following, target_of
from web.translation.request import NOTHING_STORED, TranslationRequest, new
from web.translation.service import Translations
from web.translator_client.client import TranslatorClient

# Texts of one request that are on their way to the translator at once.
AT_ONCE = 16
# A text of fewer letters is taken for one of the language that all of its request is in.
TELLING = 40


class UnknownPairError(NoModelError):
    """No installed model translates between two languages; each interface has its words for it."""

    def __init__(self, source: str, target: str, known: Iterable[str]) -> None:
        if source != target:
            message = N_("No model for {source}→{target} is installed. Nothing was stored.")
        else:
            message = N_("No model to {target} is installed. Nothing was stored.")
        super().__init__(message, source=source, target=target)
        self.source = source
        self.target = target
        self.known = set(known)


class Markup(Protocol):
    """A text with markup, opened; see `web.formats.base.Document`."""

    @property
    def lines(self) -> Sequence[str]:
        """What of it is to be translated."""

    def rebuilt(self, targets: Sequence[str]) -> str:
        """The text with `targets` in the place of `lines`."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """How texts are to be translated; a source of None is to be found out.

    With `sentences` false a line is not cut into sentences. Texts with markup are opened by
    `opened`, which raises DocumentError.
    """

    origin: str
    source: str | None
    target: str
    alternatives: int = 0
    sentences: bool = True
    opened: Callable[[str], Markup] | None = None
    caller: Caller = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """A translated text, or one that is in the target's language already, as it came."""

    text: str
    language: Guess
    alternatives: list[str] = field(default_factory=list)


class BatchTranslator:
    """Translates the texts of a request."""

    def __init__(
        self,
        translations: Translations,
        following: Following,
        translator: TranslatorClient,
        detector: Detector,
        access: AccessControl,
    ) -> None:
        """All of them must be running."""
        self._access = access
        self._translations = translations
        self._following = following
        self._translator = translator
        self._detector = detector

    async def targets(self) -> dict[str, list[str]]:
        """The languages that can be named as a source, each with its targets, itself among them.

        What is in the target's language comes back as it is. Raises TranslatorUnavailableError.
        """
        found: dict[str, list[str]] = {}
        for model in await self._translator.models():
            found.setdefault(model.source, [model.source]).append(model.target)
        for target in {each for targets in found.values() for each in targets}:
            found.setdefault(target, [target])
        return found

    def guesses(self, text: str) -> list[Guess]:
        """The likeliest languages of a text, the first first."""
        return self._detector.guesses(text)

    async def translate(self, texts: Sequence[str], request: BatchRequest) -> list[Answer]:
        """Translate texts, each for itself, in their order.

        Raises UnknownPairError before anything is translated, and UserError's other kinds.
        """
        for text in texts:
            check(text)
        languages = await self._languages(texts, request)
        free = asyncio.Semaphore(AT_ONCE)

        async def one(text: str, language: Guess) -> Answer:
            async with free:
                return await self._one(text, language, request)

        tasks = [asyncio.create_task(one(*each)) for each in zip(texts, languages, strict=True)]
        characters = sum(map(len, texts))
        try:
            async with self._access.charging(request.caller, characters, NOTHING_STORED):
                return await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    async def language(self, text: str, request: BatchRequest) -> Guess:
        """What one text is in. Raises UnknownPairError."""
        (language,) = await self._languages([text], request)
        return language

    async def _languages(self, texts: Sequence[str], request: BatchRequest) -> list[Guess]:
        """What each text is in. Raises UnknownPairError."""
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
                if len(text) >= TELLING
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
            return Answer(await self.whole(text, long), language)
        translated = await self._translator.translate(
            text,
            language.language,
            request.target,
            alternatives=request.alternatives,
            sentences=request.sentences,
        )
        return Answer(translated.text, language, translated.alternatives(request.alternatives))

    async def whole(self, text: str, request: TranslationRequest) -> str:
        """The target of a text of several passages, when all of it is translated.

        It goes the way of all long texts, and goes on when the caller does not wait any more: who
        asks for the same again gets what is there or under way, in whichever replica. What could
        not be translated stands as its source.
        """
        model = await self._translations.model(request)
        # The second key is for a text whose translation was deleted, cancelled or cut off.
        for key in (_digest(text, request, model), uuid.uuid4().hex):
            begun = await self._translations.begin_whole(text, new(text, request, key=key))
            translation_id = begun if isinstance(begun, int) else begun.id
            with suppress(NotFoundError):
                translation = await self._following.wait(translation_id, math.inf)
                if translation.status == "done":
                    texts = self._following.texts(translation_id)
                    return "".join([target_of(each) async for each in texts])
        raise UserError(N_("The translation was cancelled on the page. Ask again for all of it."))


def _digest(text: str, request: TranslationRequest, model: str) -> str:
    """What two requests for the same have in common."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (request.origin, request.source, request.target, model, text):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
