"""How fast the history is when it is large: `python -m tests.bench.history`, in minutes.

One line per figure. `--translations` and `--passages` fill less.
"""

import argparse
import statistics
import time

import httpx

from tests.bench.history_data import fill, word
from tests.support.instance import Instance

ROUNDS = 20
# By how many of a million passages have the word (or both).
QUERIES = {
    "first page": "",
    "common word (in most)": word(1, "s"),
    "frequent word (in 1 of 10)": word(30, "s"),
    "middling word (in 1 of 100)": word(400, "s"),
    "scarce word (in 1 of 300)": word(1_200, "s"),
    "rare word (in 1 of 2,000)": word(10_000, "s"),
    "two words, common and rare": f"{word(1, 's')} {word(10_000, 't')}",
    "no hit": "nirgends",
}


def main() -> None:
    """Fill an instance of its own, measure over HTTP, remove it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--translations", type=int, default=100_000)
    options.add_argument("--passages", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = options.parse_args()
    with Instance() as instance:
        fill(instance, chosen.translations, chosen.passages)
        measure(instance.web_url, chosen.rounds)


def measure(url: str, rounds: int) -> None:
    """Print the median and the 95th percentile of each query, in milliseconds."""
    with httpx.Client(base_url=url, timeout=120) as http:
        for name, query in QUERIES.items():
            times = []
            for _ in range(rounds):
                started = time.perf_counter()
                http.get("/", params={"q": query}).raise_for_status()
                times.append(1000 * (time.perf_counter() - started))
            p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
            print(f"{name:30} p50 {statistics.median(times):8.1f} ms   p95 {p95:8.1f} ms")


if __name__ == "__main__":
    main()
