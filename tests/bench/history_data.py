"""A history of the size that the history benchmark asks for, put into a private instance."""

import itertools
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pymysql

from tests.support.instance import Instance

VOCABULARY = 60_000
WORDS = 45  # of one passage, in each language
# The n-th word of a language stands in for rank n: word 1 is in nearly every passage.
_SYLLABLES = ("ba", "den", "fil", "gor", "hus", "kem", "lin", "mar", "nop", "rut", "sel", "tov")


def word(rank: int, language: str) -> str:
    """The word with this rank in frequency, from 1; made of syllables, the same every time."""
    syllables, number = [], rank
    while number:
        number, rest = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[rest])
    return "".join(syllables) + language


class Writer:
    """Texts in which the frequency of words falls as in a language (Zipf's law)."""

    def __init__(self, seed: int) -> None:
        """The same texts for the same seed."""
        self._chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
        self._words = {
            language: [word(rank, language) for rank in range(1, VOCABULARY + 1)]
            for language in ("s", "t")
        }

    def text(self, language: str) -> str:
        """A passage in the language "s" (source) or "t" (target)."""
        chosen = self._chance.choices(self._words[language], cum_weights=self._weights, k=WORDS)
        return " ".join(chosen).capitalize() + "."

    def passages(self, translations: int, passages: int) -> Iterator[tuple[int, int]]:
        """Numbers of translations, from 1, and of their passages: most short, some very long."""
        left = passages - translations
        for number in range(1, translations + 1):
            most = 2 * left // (translations - number + 1)
            more = self._chance.randint(0, most) if number < translations else left
            left -= more
            yield number, 1 + more


def fill(instance: Instance, translations: int, passages: int) -> None:
    """Replace what is in the instance's tables. Takes minutes for a million passages."""
    started = time.monotonic()
    writer = Writer(seed=1)
    sizes = list(writer.passages(translations, passages))
    first = datetime.now(UTC).replace(tzinfo=None) - timedelta(minutes=translations)
    with _root(instance) as connection, connection.cursor() as cursor:
        cursor.execute("SET foreign_key_checks = 0, unique_checks = 0")
        cursor.execute("ALTER TABLE passages DROP KEY text")
        cursor.execute("TRUNCATE passages")
        cursor.execute("TRUNCATE translations")
        _load(
            cursor,
            instance.run_dir / "translations.tsv",
            "translations (id, request_key, created_at, finished_at, title, source_lang, "
            "target_lang, model, origin, characters, passages, passages_done, status)",
            (
                f"{number}\t{number:032x}\t{first + timedelta(minutes=number)}\t"
                f"{first + timedelta(minutes=number)}\t{word(number, 's')}\tde\ten\tdemo-de-en\t"
                f"page\t{size * 300}\t{size}\t{size}\tdone\n"
                for number, size in sizes
            ),
        )
        _load(
            cursor,
            instance.run_dir / "passages.tsv",
            "passages (translation_id, seq, source, target, score, status)",
            (
                f"{number}\t{seq}\t{writer.text('s')}\t{writer.text('t')}\t0.9\tdone\n"
                for number, size in sizes
                for seq in range(size)
            ),
        )
        print(f"rows after {time.monotonic() - started:.0f} s; now the full-text index")
        cursor.execute("ALTER TABLE passages ADD FULLTEXT KEY text (source, target)")
        cursor.execute("ANALYZE TABLE translations, passages")
    print(f"filled in {time.monotonic() - started:.0f} s")


def _load(cursor: Any, path: Path, table: str, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    cursor.execute(f"LOAD DATA INFILE %s INTO TABLE {table}", (str(path),))
    path.unlink()


def _root(instance: Instance) -> Any:
    return pymysql.connect(
        unix_socket=str(instance.run_dir / "db.sock"),
        user="root",
        password=(instance.secrets_dir / "db_root_password").read_text().strip(),
        database="translation",
        charset="utf8mb4",
        autocommit=True,
    )
