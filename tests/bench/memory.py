"""Memory after much text, and seconds to the first translation."""

import time
from pathlib import Path

from tests.bench import news
from tests.bench.figures import Figures
from tests.bench.processes import Server, serving

REQUEST_CHARACTERS = 200_000
MEGABYTE = 1_000_000
LITTLE, MUCH = 1, 50
# At the speed of the model 50 MB take an hour. So most sentences come again, the cache answers
# them, and what is left of the time is spent on the way through HTTP and segmentation.
NEW_CHARACTERS = 2_000
MOST_SECONDS = 600
STARTS = 3


def measure(figures: Figures, eval_file: Path) -> None:
    """Print the growth of the peak from 1 MB to 50 MB, and the time to start."""
    first = {"text": "Guten Tag!"}
    starts = []
    for _ in range(STARTS - 1):
        with serving("translator", first) as service:
            starts.append(service.started_in)
    with serving("translator", first) as service:
        starts.append(service.started_in)
        figures.at_most(
            "Process start to first translation: s", min(starts), 2, f"the best of {STARTS}"
        )
        _growth(figures, service, eval_file)


def _growth(figures: Figures, service: Server, eval_file: Path) -> None:
    source = news.sentences(eval_file)
    repeated = news.text(source, REQUEST_CHARACTERS - NEW_CHARACTERS)
    sent, little = 0, 0.0
    began = time.monotonic()
    while sent < MUCH * MEGABYTE and time.monotonic() - began < MOST_SECONDS:
        text = repeated + "\n" + news.text(source, NEW_CHARACTERS)
        service.translate(text)
        sent += len(text.encode())
        if not little and sent >= LITTLE * MEGABYTE:
            little = service.peak_megabytes()
    name = f"Peak memory after {MUCH} MB − after {LITTLE} MB: MB"
    if sent < MUCH * MEGABYTE:
        # What less text shows says nothing of the target.
        figures.impossible(
            name,
            f"only {sent / MEGABYTE:.0f} MB went through in {MOST_SECONDS} s; the peak was"
            f" {service.peak_megabytes():.0f} MB, and {little:.0f} MB after {LITTLE} MB",
        )
        return
    much = service.peak_megabytes()
    figures.at_most(
        name,
        much - little,
        64,
        f"{much:.0f} MB and {little:.0f} MB; requests of {REQUEST_CHARACTERS // 1000} KB,"
        f" {NEW_CHARACTERS // 1000} KB of each new, the rest repeated",
    )
