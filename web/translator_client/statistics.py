"""Translator statistics: throughput of the last hour, as this replica of web has seen it.

Every replica of the translator is asked for its counters now and then, and the sum is kept by the
minute. A restart of web begins anew.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from web.telemetry.supervision import Supervisor
from web.translator_client.client import TranslatorClient

TOKENS = "translator_source_tokens_total"
QUEUED = "translator_queued_segments"
# Length of the statistics, in minutes.
MINUTES = 60
# Pause between two looks at the translators.
EVERY_SECONDS = 20.0
# Age up to which figures are used again: each reader of the page asks for new ones, and many must
# not ask more often.
FRESH_SECONDS = 1.0


@dataclass(slots=True)
class Minute:
    """Minute: source tokens translated in the `seconds` of it that were seen; `number` by clock."""

    number: int
    tokens: float = 0.0
    seconds: float = 0.0

    @property
    def rate(self) -> float | None:
        """Throughput in source tokens a second; None when nothing was seen."""
        return self.tokens / self.seconds if self.seconds else None


class TranslatorStatistics:
    """Translator statistics: asks the translators for their counters, and keeps them by minute."""

    def __init__(
        self, translator: TranslatorClient, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` gives seconds and never goes back."""
        self._translator = translator
        self._clock = clock
        self._refreshing = asyncio.Lock()
        self._counters: dict[str, float] = {}
        self._refreshed: float | None = None  # and somebody answered
        self._asked = float("-inf")
        self._minutes: deque[Minute] = deque(maxlen=MINUTES)
        self.queued = 0.0
        self.answering = 0
        self.silent = 0

    async def refresh(self) -> None:
        """Ask for new figures, unless they are younger than FRESH_SECONDS."""
        async with self._refreshing:
            if self._clock() - self._asked < FRESH_SECONDS:
                return
            answers = await self._translator.figures((TOKENS, QUEUED))
            self._asked = self._clock()
            found = {where: answer for where, answer in answers.items() if answer}
            self.answering, self.silent = len(found), len(answers) - len(found)
            self.queued = sum(answer[QUEUED] for answer in found.values())
            self._add({where: answer[TOKENS] for where, answer in found.items()})

    def minutes(self) -> list[Minute]:
        """The last hour, one item for each minute, the oldest first; the last one is under way."""
        now = int(self._clock() // 60)
        seen = {each.number: each for each in self._minutes}
        return [seen.get(number) or Minute(number) for number in range(now - MINUTES + 1, now + 1)]

    async def run(self) -> None:
        """Refresh every EVERY_SECONDS until cancelled.

        Soon again while nobody answers: what a translator does before its first answer is lost.
        """
        while True:
            await self.refresh()
            await asyncio.sleep(EVERY_SECONDS if self.answering else FRESH_SECONDS)

    def _add(self, counters: dict[str, float]) -> None:
        if not counters:
            return
        now = self._clock()
        if self._refreshed is not None:
            if not self._minutes or self._minutes[-1].number != now // 60:
                self._minutes.append(Minute(int(now // 60)))
            minute = self._minutes[-1]
            minute.seconds += now - self._refreshed
            minute.tokens += sum(
                # A counter that went back began anew: its process did.
                count - before if count >= before else count
                for where, count in counters.items()
                # Of one that is new nobody knows when it did its work.
                if (before := self._counters.get(where)) is not None
            )
        self._counters |= counters
        self._refreshed = now


@asynccontextmanager
async def running_statistics(
    translator: TranslatorClient, supervisor: Supervisor
) -> AsyncIterator[TranslatorStatistics]:
    """Context manager: statistics that are refreshed while the block runs."""
    statistics = TranslatorStatistics(translator)
    async with supervisor.running("statistics", statistics.run):
        yield statistics
