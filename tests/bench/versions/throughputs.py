"""Throughput: a text of new sentences through `web`, and CTranslate2 alone on the same cores."""

import statistics
import time
from collections.abc import Iterator

import httpx

from tests.bench.processes import cpu_seconds
from tests.bench.raw import Raw, Way
from tests.bench.versions.rows import Builds, Row
from tests.bench.versions.texts import new_text
from tests.support.instance import ROOT, Instance

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
SECONDS = 3600
MODEL = ROOT / "translator/models/demo-de-en"
# Characters of a text, the most times CTranslate2's own time that it may take, and rounds.
SIZES = (
    (5_000, 1 / 0.95, 9),
    (30_000, 1 / 0.93, 5),
    (100_000, 1 / 0.93, 3),
    (300_000, 1 / 0.93, 1),
)
# Two batches in parallel, one thread each; and CTranslate2's best setting by tokens.
BY_EXAMPLES, BY_TOKENS = Way(2, 1, "examples", 32), Way(2, 1, "tokens", 1024)
MOST_PROCESSOR_TIME = 1.08


def throughput(builds: Builds) -> Iterator[Row]:
    """Time for a text ÷ CTranslate2's for its sentences, and the same of the processor time.

    Medians of rounds in which all take turns; CTranslate2 gets no checks, no text, no tokenizing.
    """
    raw = Raw(MODEL)
    with httpx.Client(timeout=SECONDS) as http:
        for size, most, rounds in SIZES:
            times: list[list[float]] = [[], []]
            spent: list[list[float]] = [[], []]
            for _ in range(rounds):
                for which, build in enumerate(builds):
                    text = new_text(size)
                    seconds, processor = _translated(http, build, text)
                    tokens = raw.encode(_sentences(http, build, text))
                    times[which].append(seconds / raw.seconds(tokens, BY_EXAMPLES))
                    before = time.process_time()
                    raw.seconds(tokens, BY_TOKENS)
                    spent[which].append(processor / (time.process_time() - before))
            old, new = map(statistics.median, times)
            kilobytes = f"{size // 1000} KB of new sentences"
            yield Row(f"{kilobytes}, time ÷ CTranslate2 alone", old, new, most, by_itself=True)
            old, new = map(statistics.median, spent)
            figure = f"{kilobytes}, translator's CPU ÷ CTranslate2 by tokens"
            yield Row(figure, old, new, MOST_PROCESSOR_TIME, by_itself=True)
    raw.close()


def _translated(http: httpx.Client, build: Instance, text: str) -> tuple[float, float]:
    """Seconds that a text takes, and those of the translator's processor time."""
    before, began = cpu_seconds(build.pid("translator")), time.perf_counter()
    http.put(f"{build.web_url}/translate", content=text.encode(), headers=PLAIN).raise_for_status()
    return time.perf_counter() - began, cpu_seconds(build.pid("translator")) - before


def _sentences(http: httpx.Client, build: Instance, text: str) -> list[str]:
    """The sentences that the model was asked for; the translator remembers their answers."""
    answer = http.post(f"{build.translator_url}/translate", json={"text": text})
    segments = answer.raise_for_status().json()["segments"]
    return [each["source"] for each in segments if each["status"] == "translated"]
