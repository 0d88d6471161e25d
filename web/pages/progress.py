"""Progress of a long translation: its speed, and an estimate of the time left."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from web.translation.store import Translation

# Window of the estimate in seconds: only the last ones tell of the next ones.
WINDOW_SECONDS = 60.0
# Seconds and passages that must have been seen: before, a figure would be a guess.
LEAST_SECONDS = 3.0
LEAST_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """Characters done, characters a second (None: not known yet), and the time left in words."""

    characters_done: int
    speed: int | None = None
    left: str | None = None


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
            left = in_words((translation.passages - translation.passages_done) * seconds / passages)
        return Progress(done, round(speed), left)


def in_words(seconds: float) -> str:
    """A time as a person would say it: no more exact than it can be."""
    for unit, length in (("hour", 3600), ("minute", 60)):
        if seconds >= 1.5 * length:
            return f"about {round(seconds / length)} {unit}s"
    if seconds >= 50:  # noqa: PLR2004 - nearly a minute
        return "about a minute"
    return f"about {max(5, 5 * round(seconds / 5))} seconds"
