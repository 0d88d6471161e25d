"""Results of a request for translation: finished, or running."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.text.sentences import Sentence, sentences

if TYPE_CHECKING:
    from web.translator_client.client import TranslatedPart


@dataclass(frozen=True, slots=True)
class Finished:
    """Finished translation of one passage.

    `id` is None when it is not stored; then `kept` says that it will be, when the database is
    back.
    """

    id: int | None
    kept: bool
    source: str
    text: str
    model: str
    spans: str

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences."""
        return sentences(self.source, self.text, self.spans)


@dataclass(frozen=True, slots=True)
class Running:
    """Running translation of several passages.

    `received` ends when all of its source is stored. `lead` gives the parts of the first passage as
    they are done (see `Worker.lead`).
    """

    id: int
    received: asyncio.Task[None]
    lead: "asyncio.Queue[TranslatedPart | None]"
