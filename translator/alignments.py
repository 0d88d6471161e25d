"""Word alignments of translations that are there: where words of a source are said."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from translator.inference.engine import Engine
from translator.inference.forced_decoding import FORCED, ForcedDecoding
from translator.inference.scheduler import ClosedError, Scheduler, Ticket
from translator.text import shares
from translator.text.terms import word_at

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AskedPair:
    """Pair of a source and its translation, and the words of the source that are looked for.

    A word is a range of characters, its start and its end.
    """

    source: str
    target: str
    words: tuple[Range, ...]


class Aligner:
    """Aligner: word alignments by one model, which reads the translations by forced decoding."""

    def __init__(self, engine: Engine, scheduler: Scheduler) -> None:
        """Both must be running."""
        self._forced = ForcedDecoding(engine)
        self._scheduler = scheduler
        self._pair = engine.card.pair

    def admit(self) -> Ticket:
        """Admission: a ticket in the background, behind which no translation waits.

        Raises QueueFullError when too many segments wait.
        """
        return self._scheduler.ticket(background=True)

    async def places(self, ticket: Ticket, pairs: Sequence[AskedPair]) -> list[list[Range | None]]:
        """For each pair the places of its words in the target, as ranges of characters.

        None where a place is not sure, and for all words of a pair that the engine fails on. Raises
        ClosedError when the service stops.
        """
        return await asyncio.gather(*(self._places(ticket, each) for each in pairs))

    async def _places(self, ticket: Ticket, pair: AskedPair) -> list[Range | None]:
        unknown: list[Range | None] = [None] * len(pair.words)
        tokens = self._forced.encode(pair.source, pair.target) if pair.words else None
        if tokens is None:
            return unknown
        try:
            (found,) = await ticket.ask(self._forced, tokens, FORCED)
        except ClosedError:
            raise
        except Exception:  # noqa: BLE001 - the scheduler has logged it, and the others go on
            return unknown
        asked, answer = self._forced.spelled(tokens)
        rows = shares(pair.source, asked, answer, pair.target, found.alignment)
        return word_at(pair.source, pair.target, rows, self._pair, pair.words)
