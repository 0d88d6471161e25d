"""Language check: a text that is clearly in another language than the model translates from.

The page asks before it translates such a text (`ensure`, `checked`); programs get a warning with
its translation (`other`, `language_warning`).
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from web.errors import TranslatorUnavailableError, UserError
from web.text.clear_language import clear_language, close_to, is_other
from web.text.detection import Detector, Guess
from web.text.languages import language_name
from web.text.sentences import Sentence
from web.translation.request import TranslationRequest
from web.translator_client.client import TranslatorClient

# Characters of a text that arrives that are waited for before it is checked: the samples are of
# them. They are some twenty pages, and here within a second over any line.
WAITED_FOR = 64_000


class WrongLanguageError(UserError):
    """Wrong language: a text is clearly in another language, and its sender has to be asked.

    `language` is the one that it seems to be in, `source` and `target` are those asked for;
    `installed` has the pairs of languages that there are models for.
    """

    code = "wrong_language"
    status = 409

    def __init__(
        self, language: str, source: str, target: str, installed: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(
            f"This looks like {language_name(language)}, not {language_name(source)}. Nothing was "
            f"translated or stored. Send seems={language} with it to have it translated all the "
            "same."
        )
        self.language = language
        self.source = source
        self.target = target
        self.installed = list(installed)

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Installed pairs that translate from the language, those to the target first."""
        found = [each for each in self.installed if each[0] == self.language]
        return sorted(found, key=lambda each: each[1] != self.target)


@dataclass(frozen=True, slots=True)
class Detection:
    """Detection: the language that a text is clearly in, and whether another was expected."""

    language: Guess
    other: bool


class LanguageCheck:
    """Language check of whole texts; a few milliseconds, however long the text is."""

    def __init__(self, detector: Detector, translator: TranslatorClient) -> None:
        """`translator` tells the models that are installed."""
        self._detector = detector
        self._translator = translator

    def detect(self, text: str, source: str) -> Detection | None:
        """The language that a text is clearly in, where `source` is expected; None if unclear."""
        clear = clear_language(self._detector, text)
        if clear is None:
            return None
        return Detection(clear.guess, is_other(self._detector, clear, source))

    def other(self, text: str, source: str) -> Guess | None:
        """The language that a text is clearly in, if it is another one than `source`."""
        found = self.detect(text, source)
        return found.language if found and found.other else None

    async def ensure(self, text: str, request: TranslationRequest, seems: str = "") -> None:
        """Raise WrongLanguageError for a text that is clearly in another language than the source.

        `seems` is a language that the sender has been asked about already.
        """
        found = self.other(text, request.source)
        if found is None or seems in close_to(found.language):
            return
        pairs: list[tuple[str, str]] = []
        with suppress(TranslatorUnavailableError):
            pairs = [(each.source, each.target) for each in await self._translator.models()]
        raise WrongLanguageError(
            found.language, request.source, request.target, list(dict.fromkeys(pairs))
        )

    async def checked(
        self, parts: AsyncIterator[str], request: TranslationRequest, seems: str = ""
    ) -> AsyncIterator[str]:
        """The same parts, when their beginning has been checked. Raises WrongLanguageError."""
        beginning: list[str] = []
        characters = 0
        while characters < WAITED_FOR and (part := await anext(parts, None)) is not None:
            beginning.append(part)
            characters += len(part)
        await self.ensure("".join(beginning), request, seems)
        for part in beginning:
            yield part
        async for part in parts:
            yield part


def language_warning(language: str, sentences: Iterable[Sentence]) -> dict[str, Any]:
    """Warning that a text is in another language, as the APIs give it; it has the first sentence.

    It has the form of `web.text.sentences.doubts`.
    """
    first = next((each for each in sentences if not each.blank), None)
    return {
        "code": "language",
        "source": first.source if first else "",
        "target": first.target if first else "",
        "language": language,
    }
