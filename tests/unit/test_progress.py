from datetime import datetime

import pytest

from web.i18n.language import current
from web.pages.progress import Left, Progress, ProgressEstimate, rounded
from web.pages.rendering import pages
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
    assert progress.left == Left(40, "second")
    assert pace.of(state(21)).speed is None  # a pause: what was before is forgotten
    assert pace.of(state(36)).speed == 2_000


def test_while_the_text_arrives_nobody_knows_its_end() -> None:
    clock = iter([0.0, 10.0])
    pace = ProgressEstimate(lambda: next(clock))
    pace.of(state(0, "receiving"))
    assert pace.of(state(20, "receiving")).left is None


@pytest.mark.parametrize(
    ("seconds", "english", "german"),
    [
        (0, "about 5 seconds left", "noch etwa 5 Sekunden"),
        (12, "about 10 seconds left", "noch etwa 10 Sekunden"),
        (49, "about 50 seconds left", "noch etwa 50 Sekunden"),
        (55, "about a minute left", "noch etwa eine Minute"),
        (89, "about a minute left", "noch etwa eine Minute"),
        (100, "about 2 minutes left", "noch etwa 2 Minuten"),
        (5399, "about 90 minutes left", "noch etwa 90 Minuten"),
        (6000, "about 2 hours left", "noch etwa 2 Stunden"),
    ],
)
def test_the_time_that_is_left_in_words(seconds: float, english: str, german: str) -> None:
    for language, words in (("en", english), ("de", german)):
        token = current.set(language)
        try:
            shown = pages.now.get_template("state.html").render(
                translation=state(1), pace=Progress(1, None, rounded(seconds))
            )
        finally:
            current.reset(token)
        assert f" · {words}</span>" in shown
