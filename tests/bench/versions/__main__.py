"""Compare this version with an older one: `python -m tests.bench.versions 0.1.0`.

In a quarter of an hour: both run as real processes, each with a database of its own; the older one
is checked out beside this one, with a virtual environment by its own lock files, which is kept in
build/. A line per figure; exits with 1 where a target is missed.
"""

import argparse
import sys

from tests.bench.versions import crowds, lists, long_texts, memory, sentences, throughputs
from tests.bench.versions.builds import running
from tests.bench.versions.rows import HEAD, Measure

# What is measured, by name, in this order. To add a row, add the function that yields it.
MEASURES: dict[str, Measure] = {
    "known-sentence": sentences.known_sentence,
    "new-sentence": sentences.new_sentence,
    "lists": lists.list_of_sentences,
    "page": long_texts.page,
    "growth": long_texts.growth,
    "throughput": throughputs.throughput,
    "load": crowds.load,
    "memory": memory.peak_of_web,
    "growth-of-web": long_texts.growth_of_web,
}


def main() -> None:
    """Run both versions, print the rows, remove all that was made."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("version", help="a tag, a branch or a commit")
    options.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    chosen = options.parse_args()
    missed = 0
    with running(chosen.version) as builds:
        print(HEAD, flush=True)
        for name, measure in MEASURES.items():
            for row in measure(builds) if name in chosen.only else ():
                print(row, flush=True)
                missed += row.missed
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
