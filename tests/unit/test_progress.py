from datetime import datetime

import pytest

from web.pages.progress import ProgressEstimate, in_words
from web.translation.store import Translation


def state(done: int, status: str = "running") -> Translation:
    now = datetime(2026, 1, 1)  # noqa: DTZ001 - as the database gives it
    return Translation(1, now, None, "", "de", "en", "", "page", 400_000, 100, done, status)


def test_the_pace_is_that_of_the_last_minute() -> None:
    clock = iter([0.0, 1.0, 10.0, 100.0, 130.0])
    pace = ProgressEstimate(lambda: next(clock))
    assert pace.of(state(0)).speed is None
    assert pace.of(state(2)).speed is None  # too early to tell
    progress = pace.of(state(20))
    assert (progress.characters_done, progress.speed) == (80_000, 8_000)
    assert progress.left == "about 40 seconds"
    assert pace.of(state(21)).speed is None  # a pause: what was before is forgotten
    assert pace.of(state(36)).speed == 2_000


def test_while_the_text_arrives_nobody_knows_its_end() -> None:
    clock = iter([0.0, 10.0])
    pace = ProgressEstimate(lambda: next(clock))
    pace.of(state(0, "receiving"))
    assert pace.of(state(20, "receiving")).left is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "about 5 seconds"),
        (12, "about 10 seconds"),
        (55, "about a minute"),
        (100, "about 2 minutes"),
        (6000, "about 2 hours"),
    ],
)
def test_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
