"""Submitted text: its beginning is kept while it passes, for the text area after an error."""

from collections.abc import AsyncIterator
from contextlib import suppress

from web.errors import UserError

# Most of a text that is kept, in characters.
MOST_CHARACTERS = 200_000


class SubmittedText:
    """Up to `most` characters of a text; `cut` says that there was more."""

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self.cut = False
        self._parts: list[str] = []
        self._space = most

    @property
    def text(self) -> str:
        """Text that is kept."""
        return "".join(self._parts)

    async def passing(self, parts: AsyncIterator[str]) -> AsyncIterator[str]:
        """The same parts."""
        async for part in parts:
            self._keep(part)
            yield part

    async def rest(self, parts: AsyncIterator[str]) -> None:
        """Read on where the reader of `passing` has given up; no further than can be kept."""
        with suppress(UserError):
            while not self.cut and (part := await anext(parts, None)) is not None:
                self._keep(part)

    def _keep(self, part: str) -> None:
        self._parts.append(part[: self._space])
        self.cut = self.cut or len(part) > self._space
        self._space -= len(self._parts[-1])
