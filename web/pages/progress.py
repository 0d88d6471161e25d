"""Progress of a long translation: its speed, and an estimate of the time left."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from web.translation.store import Translation

# Window of the estimate in seconds: only the last ones tell of the next ones.
WINDOW_SECONDS = 60.0
# Seconds and passages that must have been seen: before, a figure would be a guess.
LEAST_SECONDS = 3.0
LEAST_PASSAGES = 3


class Left(NamedTuple):
    """A time as a person would say it, no more exact than it can be; its words are a template's."""

    amount: int
    unit: Literal["second", "minute", "hour"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Characters done, characters a second (None: not known yet), and the time that is left."""

    characters_done: int
    speed: int | None = None
    left: Left | None = None


class ProgressEstimate:
    """Watches one translation."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def of(self, translation: Translation) -> Progress:
        """The pace up to this state of the translation.

        Passages are about equally long, so characters are counted in passages. No time is left
        to tell while the text is still arriving: nobody knows how long it is.
        """
        now = self._clock()
        self._seen.append((now, translation.passages_done))
        while now - self._seen[0][0] > WINDOW_SECONDS:
            self._seen.popleft()
        size = translation.characters / max(1, translation.passages)
        done = round(size * translation.passages_done)
        seconds = now - self._seen[0][0]
        passages = translation.passages_done - self._seen[0][1]
        if seconds < LEAST_SECONDS or passages < LEAST_PASSAGES:
            return Progress(done)
        speed = size * passages / seconds
        left = None
        if translation.status == "running":
            left = rounded((translation.passages - translation.passages_done) * seconds / passages)
        return Progress(done, round(speed), left)


def rounded(seconds: float) -> Left:
    """A time in the largest unit that does not hide much of it."""
    if seconds >= 1.5 * 3600:
        return Left(round(seconds / 3600), "hour")
    if seconds >= 50:  # noqa: PLR2004 - nearly a minute
        return Left(round(seconds / 60), "minute")
    return Left(max(5, 5 * round(seconds / 5)), "second")
