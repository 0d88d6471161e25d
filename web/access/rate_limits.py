"""Rate limits: a token bucket for each caller, in the memory of this replica."""

import time
from collections import OrderedDict
from collections.abc import Callable

# Beyond this the one that has not asked for longest is forgotten; its bucket is likely full.
MOST_BUCKETS = 10_000


class RateLimiter:
    """Buckets by name. A bucket holds a minute's requests and fills up evenly."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, most: int = MOST_BUCKETS
    ) -> None:
        """`clock` gives seconds; at most `most` buckets are remembered."""
        self._clock = clock
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, per_minute: int) -> float:
        """Take one request out; 0, or how many seconds until the next one is there."""
        now = self._clock()
        left, since = self._buckets.pop(name, (float(per_minute), now))
        left = min(float(per_minute), left + (now - since) * per_minute / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / per_minute
        self._buckets[name] = (left if wait else left - 1), now
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return wait
