"""Remembered results: a segment that comes again is not planned, checked, repaired again."""

from collections.abc import Hashable
from dataclasses import replace

from translator.inference.cache import ENTRY_BYTES, Cache
from translator.results import Result, Wanted
from translator.text import Segment

# Bytes of a string beside its characters.
STRING_BYTES = 60


class RememberedResults:
    """Remembered results of one model, in the cache that holds its answers, too.

    A result depends on the segment's source, its quality, how many alternatives it was to have, and
    the terms of a glossary that may occur in it; the white space after it and the layout of its
    paragraph change nothing.
    """

    def __init__(self, cache: Cache) -> None:
        """`cache` may hold those of other models, too."""
        self._cache = cache

    def has(self, part: Segment, wanted: Wanted) -> bool:
        """Whether the result is remembered now; for any thread."""
        return self._cache.has(self._key(part, wanted))

    def find(self, part: Segment, wanted: Wanted) -> Result | None:
        """The result, if it is remembered."""
        result: Result | None = self._cache.result(self._key(part, wanted))
        return result and replace(result, separator=part.separator)

    def keep(self, part: Segment, wanted: Wanted, result: Result) -> None:
        """Remember a result, unless the model failed: it may not the next time."""
        if result.status == "untranslated":
            return
        figures = [figure for warning in result.warnings for figure in warning.figures]
        texts = [result.source, result.target, *(result.alternatives or ()), *figures]
        texts += [text for term in wanted.terms for text in (term.source, term.target)]
        # Four bytes a character is the widest that CPython stores.
        size = ENTRY_BYTES + sum(STRING_BYTES + 4 * len(each) for each in texts)
        self._cache.put_result(self._key(part, wanted), result, size)

    def _key(self, part: Segment, wanted: Wanted) -> Hashable:
        return self, part.source, wanted
