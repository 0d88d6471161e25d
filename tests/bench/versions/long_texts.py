"""Long texts: how their time grows, and their page until its first passage is seen."""

import html
import re
import statistics
import time
from collections.abc import Iterator
from itertools import pairwise

import httpx

from tests.bench.stand_in import answering_at_once
from tests.bench.versions.rows import Builds, Row
from tests.bench.versions.texts import new_text
from tests.support.instance import Instance

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
SECONDS = 3600
SIZES = (10_000, 100_000)  # characters
# Of texts for which a stand-in answers.
LARGE = (100_000, 1_000_000, 10_000_000)
GROWTH_ROUNDS, LOOKS = 3, 15
PAGE_CHARACTERS = 200_000
# Characters of the first passage that tell it from all else on the page.
BEGINNING = 15
_TAG = re.compile(r"<[^>]*>")


def growth(builds: Builds) -> Iterator[Row]:
    """Time for ten times the text ÷ 10 ÷ the time for the text; medians."""
    times = {(size, which): list[float]() for size in SIZES for which in (0, 1)}
    with httpx.Client(timeout=SECONDS) as http:
        for _ in range(GROWTH_ROUNDS):
            for size in SIZES:
                for which, build in enumerate(builds):
                    text = new_text(size).encode()
                    began = time.perf_counter()
                    http.put(f"{build.web_url}/translate", content=text, headers=PLAIN)
                    times[size, which].append((time.perf_counter() - began) / len(text))
    little, much = SIZES
    old, new = (
        statistics.median(times[much, which]) / statistics.median(times[little, which])
        for which in (0, 1)
    )
    figure = f"time for {much // 1000} KB ÷ 10 ÷ time for {little // 1000} KB"
    yield Row(figure, old, new, target=1.05, by_itself=True)


def growth_of_web(builds: Builds) -> Iterator[Row]:
    """The same for larger texts, with a translator that answers at once: the last of all.

    The translator never has more of a text than a passage.
    """
    times: dict[int, list[float]] = {size: [] for size in LARGE}
    with httpx.Client(timeout=SECONDS) as http:
        for build in builds:
            with answering_at_once(build):
                for size in LARGE:
                    text = new_text(size).encode()
                    began = time.perf_counter()
                    http.put(f"{build.web_url}/translate", content=text, headers=PLAIN)
                    times[size].append((time.perf_counter() - began) / len(text))
    for little, much in pairwise(LARGE):
        old, new = (a / b for a, b in zip(times[much], times[little], strict=True))
        figure = f"web, time for {much // 1000} KB ÷ 10 ÷ time for {little // 1000} KB"
        yield Row(figure, old, new, target=1.05, by_itself=True)


def page(builds: Builds) -> Iterator[Row]:
    """Bytes (as sent) and time of a long translation's page until the first passage is there."""
    text = new_text(PAGE_CHARACTERS)
    seen: list[list[tuple[int, float]]] = [[], []]
    with httpx.Client(timeout=SECONDS) as http:
        pages = [_stored(http, build, text) for build in builds]
        for _ in range(LOOKS):
            for (url, beginning), looks in zip(pages, seen, strict=True):
                looks.append(_look(http, url, beginning))
    for figure, number, factor in (("bytes", 0, 1), ("ms", 1, 1000)):
        old, new = (factor * statistics.median(each[number] for each in looks) for looks in seen)
        yield Row(f"a long translation's page until its first passage: {figure}", old, new, 0.5)


def _stored(http: httpx.Client, build: Instance, text: str) -> tuple[str, str]:
    """The address of a translation's page, and how its first passage begins there."""
    answer = http.put(f"{build.web_url}/translate", content=text.encode(), headers=PLAIN)
    where = answer.headers["Content-Location"]
    return build.web_url + where, answer.text[:BEGINNING]


def _look(http: httpx.Client, url: str, beginning: str) -> tuple[int, float]:
    began = time.perf_counter()
    got = b""
    with http.stream("GET", url, headers={"Accept": "text/html"}) as answer:
        for part in answer.iter_bytes():
            got += part
            if beginning in html.unescape(_TAG.sub("", got.decode("utf-8", "replace"))):
                return answer.num_bytes_downloaded, time.perf_counter() - began
    raise RuntimeError("the page does not show the first passage")
