"""Full-text search of the history: translations with a passage that has all words, newest first.

Two ways, each fast where the other one is slow (tests/bench/history.py measures both):

- A frequent word is found by reading the newest texts. How much is read for one page is bounded,
  so a page may have few hits; the next one goes on where the reading stopped. The full-text index
  would collect all hits, maybe hundreds of thousands, before it gives the first.
- A rare word has few hits in the full-text index.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from web.history.snippets import Piece, context, has_all
from web.translation.store import COLUMNS, Translation

# Translations on a page of hits: fewer than of titles, so that they have room and come sooner.
HITS = 20
# Characters (of sources) that are read first, that are read to see how frequent the words are,
# and that are read at most for one page. With twice as many, the slowest of the searches in
# tests/bench/history.py took 28 ms and not 18 (p95), and a page had up to 16 hits of a word that is
# in 1 of 100 passages, and not 7.
FIRST = 20_000
SAMPLE = 150_000
MOST_READ = 300_000
# Hits: with fewer than this in the sample the words are rare.
FREQUENT = 2
# Characters that a translation counts for beside its own: each costs something to read.
TRANSLATION = 300
# Passages: of a longer text only the beginning is read.
MOST_PASSAGES = 500
# Translations that are fetched first.
FIRST_TRANSLATIONS = 30
# Each of the words is counted in COUNTED of the newest translations, in COUNTED_PASSAGES of each; a
# word in no more than this share (0 to 1) of their passages is rare.
COUNTED = 15
COUNTED_PASSAGES = 30
RARE = 0.05
# InnoDB's own list, on both servers; these words are in no full-text index.
STOPWORDS = frozenset(
    (
        *("a", "about", "an", "are", "as", "at", "be", "by", "com", "de", "en", "for", "from"),
        *("how", "i", "in", "is", "it", "la", "of", "on", "or", "that", "the", "this", "to"),
        *("was", "what", "when", "where", "who", "will", "with", "und", "www"),
    )
)
SHORTEST = 2  # letters of an indexed word: innodb_ft_min_token_size in db/server.cnf


@dataclass(frozen=True, slots=True)
class Found:
    """Hit: a translation in a list; for a search with its first passage that has the words."""

    translation: Translation
    seq: int = 0
    source: list[Piece] = field(default_factory=list)
    target: list[Piece] = field(default_factory=list)


async def search(
    cursor: Any, looked_for: list[str], where: str, values: tuple[Any, ...]
) -> tuple[list[Found], int | None]:
    """Search: up to HITS translations, and the id below which the next page begins, if any.

    `where` is a condition on `translations AS t`, made of constants, and `values` are its values.
    Raises the driver's exceptions, which `Database.transaction` translates.
    """
    hits: dict[int, int] = {}
    newest = _Newest(cursor, where, values)
    chunk, sure = FIRST, True
    while chunk and sure:
        ids = await newest.take(chunk)
        if not ids:
            return await _page(cursor, looked_for, hits, None)  # all of it was read
        hits |= await _hits_in(cursor, looked_for, ids)
        sure = all(each in hits for each in newest.cut)
        chunk = next_chunk(newest.characters, len(hits))
    if not sure or len(hits) < FREQUENT:
        indexed = await _indexed(cursor, looked_for, newest.taken, where, values)
        if indexed is not None:
            return await _page(cursor, looked_for, indexed, None)
    return await _page(cursor, looked_for, hits, newest.taken[-1])


def next_chunk(read: int, hits: int) -> int:
    """Characters to read next for a page, or 0; in the `read` ones there were so many hits."""
    missing = HITS + 1 - hits
    if missing <= 0 or read >= MOST_READ or (read >= SAMPLE and hits < FREQUENT):
        return 0
    needed = missing * read // max(1, hits)
    return max(FIRST, min(3 * read, needed, MOST_READ - read))


class _Newest:
    """The translations that a condition holds for, newest first, fetched a few at a time.

    `taken` are the ids so far, `characters` what there is to read in them; of those in `cut`
    only the beginning is.
    """

    def __init__(self, cursor: Any, where: str, values: tuple[Any, ...]) -> None:
        self.taken: list[int] = []
        self.cut: list[int] = []
        self.characters = 0
        self._cursor = cursor
        self._where = where
        self._values = values
        self._fetched: deque[tuple[int, int, int]] = deque()
        self._batch = FIRST_TRANSLATIONS

    async def take(self, characters: int) -> list[int]:
        """The next translations with about so many characters together."""
        ids: list[int] = []
        end = self.characters + characters
        while self.characters < end and (self._fetched or await self._fetch()):
            translation_id, length, passages = self._fetched.popleft()
            ids.append(translation_id)
            self.taken.append(translation_id)
            self.characters += TRANSLATION + length
            if passages > MOST_PASSAGES:
                self.cut.append(translation_id)
        return ids

    async def _fetch(self) -> bool:
        older = " AND t.id < %s" if self.taken else ""
        await self._cursor.execute(
            f"SELECT id, characters, passages FROM translations AS t WHERE {self._where}{older} "  # noqa: S608 - constants
            "ORDER BY id DESC LIMIT %s",
            (*self._values, *self.taken[-1:], self._batch),
        )
        self._fetched.extend(await self._cursor.fetchall())
        self._batch *= 2
        return bool(self._fetched)


async def _hits_in(cursor: Any, looked_for: list[str], ids: list[int]) -> dict[int, int]:
    """Those of the translations that have the words, with their first such passage."""
    await cursor.execute(
        "SELECT translation_id, seq FROM passages "  # noqa: S608 - constants
        f"WHERE translation_id IN ({_places(ids)}) AND seq < %s AND {_like(looked_for)} "
        "ORDER BY translation_id, seq",
        (*ids, MOST_PASSAGES, *_patterns(looked_for)),
    )
    candidates: dict[int, list[int]] = {}
    for translation_id, seq in await cursor.fetchall():
        candidates.setdefault(translation_id, []).append(seq)
    # A candidate may have a word only within another one, so its text is looked at: most often
    # that of the first one is enough.
    hits: dict[int, int] = {}
    at_once = 1
    while candidates:
        asked = [(each, seq) for each, seqs in candidates.items() for seq in seqs[:at_once]]
        await cursor.execute(
            "SELECT translation_id, seq, source, target FROM passages "  # noqa: S608 - constants
            f"WHERE {' OR '.join(['(translation_id = %s AND seq = %s)'] * len(asked))} "
            "ORDER BY translation_id, seq",
            [number for pair in asked for number in pair],
        )
        for translation_id, seq, source, target in await cursor.fetchall():
            if translation_id not in hits and has_all(f"{source}\n{target or ''}", looked_for):
                hits[translation_id] = seq
        candidates = {
            each: seqs[at_once:]
            for each, seqs in candidates.items()
            if each not in hits and seqs[at_once:]
        }
        at_once *= 4
    return hits


async def _indexed(
    cursor: Any,
    looked_for: list[str],
    sample: list[int],
    where: str,
    values: tuple[Any, ...],
) -> dict[int, int] | None:
    """The hits by the full-text index, which is asked for the rare words only.

    None when it has none of the words, since they are stop words. A word that is frequent in the
    newest translations, `sample`, has so many hits that it is better looked for in those of the
    other words.
    """
    indexed = [word for word in looked_for if len(word) >= SHORTEST and word not in STOPWORDS]
    if not indexed:
        return None
    if len(indexed) > 1:
        sample = sample[:COUNTED]
        counts = ", ".join(f"SUM({_like([word])})" for word in indexed)
        await cursor.execute(
            f"SELECT {counts}, COUNT(*) FROM passages "  # noqa: S608 - constants
            f"WHERE translation_id IN ({_places(sample)}) AND seq < %s",
            (*_patterns(indexed), *sample, COUNTED_PASSAGES),
        )
        *counted, passages = await cursor.fetchone()
        by_count = sorted(zip((count or 0 for count in counted), indexed, strict=True))
        indexed = [word for count, word in by_count if count <= RARE * passages]
        indexed = indexed or [by_count[0][1]]
    others = [word for word in looked_for if word not in indexed]
    await cursor.execute(
        "SELECT p.translation_id, MIN(p.seq) FROM passages AS p "  # noqa: S608 - constants
        "JOIN translations AS t ON t.id = p.translation_id "
        "WHERE MATCH (p.source, p.target) AGAINST (%s IN BOOLEAN MODE) "
        f"AND {_like(others)} AND {where} "
        "GROUP BY p.translation_id ORDER BY p.translation_id DESC LIMIT %s",
        (" ".join(f"+{word}*" for word in indexed), *_patterns(others), *values, HITS + 1),
    )
    return dict(await cursor.fetchall())


def _places(values: list[int]) -> str:
    return ", ".join(["%s"] * len(values))


def _like(looked_for: list[str]) -> str:
    """A condition on a passage: it has each of the words, be it within another one."""
    return " AND ".join(["(source LIKE %s OR target LIKE %s)"] * len(looked_for)) or "TRUE"


def _patterns(looked_for: list[str]) -> list[str]:
    """The values for `_like`."""
    return [f"%{word}%" for word in looked_for for _ in range(2)]


async def _page(
    cursor: Any, looked_for: list[str], hits: dict[int, int], read_to: int | None
) -> tuple[list[Found], int | None]:
    """The newest HITS of the hits, and where the next page begins: below the last or `read_to`."""
    newest = sorted(hits, reverse=True)[:HITS]
    older = newest[-1] if len(hits) > HITS else read_to
    return await _found(cursor, looked_for, {each: hits[each] for each in newest}), older


async def _found(cursor: Any, looked_for: list[str], hits: dict[int, int]) -> list[Found]:
    if not hits:
        return []
    columns = ", ".join(f"t.{column}" for column in COLUMNS.split(", "))
    await cursor.execute(
        f"SELECT {columns}, p.seq, p.source, p.target FROM passages AS p "  # noqa: S608 - constants
        "JOIN translations AS t ON t.id = p.translation_id "
        f"WHERE {' OR '.join(['(p.translation_id = %s AND p.seq = %s)'] * len(hits))} "
        "ORDER BY p.translation_id DESC",
        [number for hit in hits.items() for number in hit],
    )
    return [
        Found(
            Translation(*row[:-3]),
            row[-3],
            context(row[-2], looked_for),
            context(row[-1] or "", looked_for),
        )
        for row in await cursor.fetchall()
    ]
