"""Warnings of a document: they come with the answer to its upload, in a field of our own."""

from typing import Any

from web.translation.batch import BatchRequest
from web.translation.language_check import LanguageCheck, language_warning


class DocumentWarnings:
    """Warnings of a document that is being accepted; `inspect` is given its text."""

    def __init__(self, language_check: LanguageCheck, request: BatchRequest) -> None:
        """A request whose source is detected has no language to be warned of."""
        self._language_check = language_check
        self._source = request.source
        self._warnings: list[dict[str, Any]] = []

    async def inspect(self, text: str) -> None:
        """See whether a text is clearly in another language than its sender said."""
        if self._source and (other := self._language_check.other(text, self._source)):
            self._warnings.append(language_warning(other.language, ()))

    @property
    def field(self) -> dict[str, list[dict[str, Any]]]:
        """The field `warnings` for an answer, where there is something to say."""
        return {"warnings": self._warnings} if self._warnings else {}
