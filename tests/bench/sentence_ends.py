"""Where do German sentences end? `python -m tests.bench.sentence_ends`, in seconds.

Puts the abbreviations of abbreviations.tsv inside of sentences and at their ends, and joins the
evaluation file's sentences two by two. The exit code is not 0 when a target is missed. `--verbose`
shows every text that is cut wrongly.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench import news
from tests.bench.figures import Figures
from tests.bench.processes import ROOT
from translator.text import segment

FILE = Path(__file__).parent / "abbreviations.tsv"
AT_THE_END = "at the end"
# By kind: sentences that an abbreviation of it stands in.
INSIDE = {
    "before a number": ("Das steht dort unter {} 5 des Textes.", "{} 5 ist neu."),
    "before a name": ("Gestern kam dort {} Meier vorbei.", "{} Meier ist da."),
    "before Berlin": ("Das gilt dort {} Berlin und München.", "{} Berlin gilt das auch."),
    "before a noun": ("Wir kennen die {} Regeln des Landes.", "{} Regeln gelten."),
}
ENDS = ("Wir schrieben Namen, Zahlen {}", "Es ging um das Haus {}")
FOLLOWING = ("Danach gingen wir heim.", "Die Sonne schien.", "Das war gut.")
# A sentence of the evaluation file that certainly is one alone.
ONE = re.compile(r"[A-ZÄÖÜ][^.!?…:„“\"]{8,}[.!?]")
SEED = 20_261_128


def inside() -> Iterator[str]:
    """Sentences with an abbreviation in each; one at the start only if it has a capital."""
    for kind, words in rows():
        for word in words:
            for context in INSIDE.get(kind, ()):
                if not context.startswith("{") or word[0].isupper():
                    yield context.format(word)


def at_ends() -> Iterator[list[str]]:
    """Pairs of sentences, of which the first ends with an abbreviation."""
    for kind, words in rows():
        for word in words if kind == AT_THE_END else ():
            yield from ([end.format(word), next_one] for end in ENDS for next_one in FOLLOWING)


def rows() -> Iterator[tuple[str, list[str]]]:
    """Kinds of abbreviations, and the abbreviations of each."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        kind, words = line.split("\t")
        yield kind, words.split()


def joined(eval_file: Path, count: int) -> Iterator[list[str]]:
    """Pairs of sentences of the evaluation file, by chance, the same every time."""
    chance = random.Random(SEED)  # noqa: S311 - a repeatable text, not a secret
    single = [source for source, _ in news.pairs(eval_file) if ONE.fullmatch(source)]
    for _ in range(count):
        yield chance.sample(single, 2)


def found(text: str) -> list[str]:
    """The sentences of a line as the translator cuts them."""
    return [part.source for part in segment(text)]


def main() -> int:
    """Print the figures; 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--eval-file", type=Path, default=ROOT.parent / "shared/eval/tatoeba.tsv")
    parser.add_argument("--pairs", type=int, default=3000)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    figures = Figures()
    whole = [[text] for text in inside()]
    ended = list(at_ends())
    pairs = (
        list(joined(arguments.eval_file, arguments.pairs)) if arguments.eval_file.exists() else []
    )
    for name, expected, target in (
        ("abbreviations inside of a sentence kept, %", whole, 98),
        ("sentences that end with an abbreviation found, %", ended, 98),
        ("joined pairs cut where they were joined, %", pairs, 99.9),
    ):
        if not expected:
            figures.impossible(name, "there is no evaluation file")
            continue
        wrong = [each for each in expected if found(" ".join(each)) != each]
        share = 100 * (1 - len(wrong) / len(expected))
        figures.at_least(name, share, target, f"{len(expected) - len(wrong)} of {len(expected)}")
        if arguments.verbose:
            print(*(f"    {' | '.join(found(' '.join(each)))}" for each in wrong), sep="\n")
    true = false = 0
    for each in [*whole, *ended, *pairs]:
        cut = found(" ".join(each))
        true += len(each) == 2 and cut[0] == each[0]
        false += len(cut) - 1 - (len(each) == 2 and cut[0] == each[0])
    figures.at_least("cuts that are right, %", 100 * true / (true + false), 99, f"{false} are not")
    return bool(figures.missed)


if __name__ == "__main__":
    sys.exit(main())
