"""How fast the translation memory is when it is large: `python -m tests.bench.memory_lookup`.

It fills a private database with 1,000,000 different sentences, a third of them variants of others,
in minutes, and asks for sentences that are there, for similar ones and for others. One line per
figure. `--entries` fills less.
"""

import argparse
import asyncio
import random
import statistics
import time
from array import array
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pymysql

from tests.bench.history_data import VOCABULARY, Writer, word
from tests.support.database import Database
from web.database import open_database
from web.memory.entries import Visible
from web.memory.features import features_of, scope_of
from web.memory.normal_form import entry_hash, normal_form, source_hash
from web.memory.service import Memory
from web.memory.store import MemoryStore
from web.settings import Settings
from web.translator_client.client import open_translator

PAIR = ("de", "en")
ROUNDS = 2_000
SCOPE = scope_of(1, PAIR, shared=False)
# The first words of a language's ranks: rather short, and in most sentences.
COMMON = 30


class Sentences:
    """Sentences of 3 to 30 words, all different; some are others with a word or two exchanged."""

    def __init__(self, seed: int) -> None:
        """The same ones for the same seed."""
        self._writer = Writer(seed)
        self._chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
        self._stock: list[str] = []

    def some(self, number: int) -> Iterator[str]:
        """So many of them."""
        seen: set[str] = set()
        recent: list[str] = []
        while len(seen) < number:
            if recent and self._chance.random() < 1 / 3:
                made = self.variant(self._chance.choice(recent), self._chance.choice((1, 1, 2)))
            else:
                made = self.new()
            if made not in seen:
                seen.add(made)
                recent.append(made)
                del recent[:-10_000]
                yield made

    def new(self) -> str:
        """A sentence of its own."""
        if not self._stock:
            self._stock = self._writer.text("s").rstrip(".").lower().split()
        length = min(len(self._stock), max(3, round(self._chance.lognormvariate(2.4, 0.5))))
        words, self._stock = self._stock[:length], self._stock[length:]
        if self._chance.random() < 0.2:
            words.insert(length // 2, str(self._chance.randrange(2_000)))
        return " ".join(words).capitalize() + self._chance.choice(".....!?")

    def variant(self, sentence: str, changes: int) -> str:
        """The sentence with so many other words."""
        words = sentence.split()
        for _ in range(changes):
            rank = 1 + int(VOCABULARY ** self._chance.random())
            words[self._chance.randrange(len(words))] = word(rank, "s")
        return " ".join(words)


def main() -> None:
    """Fill a database of its own, measure, remove it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = options.parse_args()
    with Database() as database:
        fill(database, chosen.entries)
        asyncio.run(measure(database, chosen.rounds))


def fill(database: Database, number: int) -> None:
    """One memory with so many entries, and the index of their features."""
    started = time.monotonic()
    features = array("Q")

    def rows() -> Iterator[str]:
        for at, source in enumerate(Sentences(seed=1).some(number), 1):
            target = source.upper()
            features.extend(feature << 32 | at for feature in features_of(SCOPE, source))
            day = f"2026-{at % 12 + 1:02}-{at % 28 + 1:02} 12:00:00"
            yield (
                f"{at}\t1\t0\t{source}\t{target}\t{source_hash(PAIR, normal_form(source))}\t"
                f"{at * 7919 % 2**40}\t{at * 104729 % 2**40}\t{entry_hash(source, target, 0, at)}\t"
                f"tmx\t{day}\n"
            )

    with _root(database) as connection, connection.cursor() as cursor:
        cursor.execute("SET foreign_key_checks = 0, unique_checks = 0")
        cursor.execute("INSERT INTO memories VALUES (1, '', 'de', 'en', 1, 1, %s, 0)", (number,))
        cursor.execute("ALTER TABLE memory_entries DROP KEY source, DROP KEY deleted")
        _load(
            cursor,
            database.run_dir / "entries.tsv",
            "memory_entries (id, memory_id, shared, source, target, source_hash, before_hash, "
            "after_hash, @entry, origin, made_at) SET entry_hash = UNHEX(@entry)",
            rows(),
        )
        print(f"{number} entries after {time.monotonic() - started:.0f} s")
        cursor.execute(
            "ALTER TABLE memory_entries ADD KEY source (source_hash, memory_id), "
            "ADD KEY deleted (deleted_at)"
        )
        print(f"their keys after {time.monotonic() - started:.0f} s")
        ordered = sorted(features)
        print(f"{len(ordered)} features, {len(ordered) / number:.1f} an entry")
        _load(
            cursor,
            database.run_dir / "features.tsv",
            "memory_features (feature, entry_id)",
            (f"{each >> 32}\t{each & 0xFFFFFFFF}\n" for each in ordered),
        )
        cursor.execute("ANALYZE TABLE memory_entries, memory_features")
        cursor.execute(
            "SELECT table_name, data_length, index_length FROM information_schema.tables "
            "WHERE table_schema = DATABASE() AND table_name LIKE 'memory%'"
        )
        for name, data, index in cursor.fetchall():
            print(f"{name}: {data / 1e6:.0f} MB, its keys {index / 1e6:.0f} MB")
    print(f"filled in {time.monotonic() - started:.0f} s")


async def measure(database: Database, rounds: int) -> None:
    """Print the median and the 95th percentile of each kind of look-up, in milliseconds."""
    settings = Settings(
        db_socket=database.address,
        db_user_file=database.secrets_dir / "db_user",
        db_password_file=database.secrets_dir / "db_password",
    )
    chance = random.Random(2)  # noqa: S311 - reproducible on purpose
    others = Sentences(seed=3)
    async with (
        open_database(settings) as opened,
        open_translator("http://127.0.0.1:9", 1) as translator,
    ):
        store = MemoryStore(opened)
        memory = Memory(store, translator)
        await memory.begin()
        seen = await memory.visible("", PAIR)
        assert seen is not None
        (count,) = [each.entries for each in await store.memories()]
        ids = [chance.randint(1, count) for _ in range(rounds)]
        known = [each.source for each in await store.seen(seen, ids)]
        print(f"{count} entries, {rounds} look-ups of each kind")

        async def exact(sentence: str) -> bool:
            return bool(await memory.matches(seen, PAIR, [[sentence]]))

        async def fuzzy(sentence: str) -> bool:
            return bool(await memory.suggestions("", PAIR, sentence))

        figures = [each for each in known if any(map(str.isdigit, each))]
        await _timed("exact, there", exact, known)
        await _timed("exact, other figures", exact, [_refigured(each) for each in figures])
        await _timed("exact, not there", exact, [others.new() for _ in range(rounds)])
        for changes in (1, 2):
            changed = [others.variant(each, changes) for each in known if len(each.split()) > 5]
            await _timed(f"fuzzy, {changes} of over 5 words changed", fuzzy, changed)
        await _timed("fuzzy, the same", fuzzy, known)
        await _timed("fuzzy, of its own", fuzzy, [others.new() for _ in range(rounds)])
        common = [
            " ".join(word(chance.randint(1, COMMON), "s") for _ in range(4)) for _ in range(rounds)
        ]
        await _timed("fuzzy, nothing but common words", fuzzy, common)
        many = [known[at : at + 50] for at in range(0, len(known) - 50, 50)]
        await _timed_many("exact, a passage of 50 sentences", memory, seen, many)


async def _timed(
    name: str, look_up: Callable[[str], Awaitable[bool]], sentences: list[str]
) -> None:
    times, hits = [], 0
    for each in sentences:
        started = time.perf_counter()
        hits += await look_up(each)
        times.append(1000 * (time.perf_counter() - started))
    _print(name, times, f"found {100 * hits / len(sentences):.1f} %")


async def _timed_many(name: str, memory: Memory, seen: Visible, texts: list[list[str]]) -> None:
    times = []
    for each in texts:
        started = time.perf_counter()
        await memory.matches(seen, PAIR, [each])
        times.append(1000 * (time.perf_counter() - started))
    _print(name, times, "")


def _print(name: str, times: list[float], more: str) -> None:
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    print(f"{name:34} p50 {statistics.median(times):7.2f} ms   p95 {p95:7.2f} ms   {more}")


def _refigured(sentence: str) -> str:
    return " ".join(str(int(each) + 5_000) if each.isdigit() else each for each in sentence.split())


def _load(cursor: Any, path: Path, table: str, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    cursor.execute(f"LOAD DATA INFILE %s INTO TABLE {table}", (str(path),))
    path.unlink()


def _root(database: Database) -> Any:
    return pymysql.connect(
        unix_socket=str(database.socket),
        user="root",
        password=(database.secrets_dir / "db_root_password").read_text().strip(),
        database="translation",
        charset="utf8mb4",
        autocommit=True,
    )


if __name__ == "__main__":
    main()
