"""Texts for measuring: sentences of news length in paragraphs, none of which comes twice."""

import random
from collections.abc import Iterator
from pathlib import Path

MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September")
JOINS = (", und ", ", aber ", "; ", ", denn ")
SEED = 20_240_229


def pairs(eval_file: Path) -> list[tuple[str, str]]:
    """The (source, reference) pairs of a tab-separated evaluation file."""
    rows = (line.split("\t") for line in eval_file.read_text(encoding="utf-8").splitlines())
    return [(row[0], row[1]) for row in rows if len(row) >= 2]


def sentences(eval_file: Path) -> Iterator[str]:
    """Endless sentences of 30 to 130 characters, made of one to three of the evaluation file's.

    The same file gives the same sentences in the same order; no sentence comes twice.
    """
    chance = random.Random(SEED)  # noqa: S311 - a repeatable text, not a secret
    clauses = [
        source[:-1]
        for source, _ in pairs(eval_file)
        if source.endswith(".") and not any(sign in source[:-1] for sign in '.!?:"„“')
    ]
    given: set[str] = set()
    while True:
        parts = chance.sample(clauses, chance.choice((1, 2, 2, 3)))
        sentence = chance.choice(JOINS).join(parts) + "."
        if chance.random() < 0.25 or sentence in given:
            day, year = chance.randint(1, 28), chance.randint(1871, 2024)
            sentence = f"Am {day}. {chance.choice(MONTHS)} {year}: {sentence}"
        if sentence not in given:
            given.add(sentence)
            yield sentence


def text(source: Iterator[str], size: int) -> str:
    """Paragraphs of three to six sentences, `size` characters or a little more."""
    chance = random.Random(SEED)  # noqa: S311 - as above
    paragraphs: list[str] = []
    length = 0
    while length < size:
        paragraph = " ".join(next(source) for _ in range(chance.randint(3, 6)))
        paragraphs.append(paragraph)
        length += len(paragraph) + 2
    return "\n\n".join(paragraphs) + "\n"
