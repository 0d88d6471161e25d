"""Changes of a newer version: which sentences of a text its older version does not have.

Nothing of this is stored: both texts are, and neither changes.
"""

import asyncio
import re
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from web.translation.store import Store

# Characters of the longest text that is compared: twice as many are held for a moment.
MOST_COMPARED = 10_000_000
# Comparisons that are held, and the passages that are fetched at once.
MOST_HELD = 20
BATCH = 50
# Changes that are listed at most; all are counted and marked.
MOST_LISTED = 200
# Share of their words that two sentences have in common where one is the other, changed.
SIMILAR = 0.5
# The same, where it stands in the other's place.
SIMILAR_IN_PLACE = 0.2
# Sentences with a word, of which no more are looked at: there are others that say more.
_MOST_WITH_WORD = 50
# Places of one sentence in a text that are looked at.
_MOST_PLACES = 20
# Sentences in a row that are looked at as the place of others.
_MOST_IN_PLACE = 100
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """Place of a sentence in a translation, with its source."""

    seq: int
    number: int
    source: str


@dataclass(frozen=True, slots=True)
class Revision:
    """Revision: a sentence that the older version does not have; `before` is as it was there."""

    place: SentencePlace
    kind: Literal["new", "changed"]
    before: str = ""


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """Changes of a newer version, by passages and sentences; and how many sentences are gone."""

    revisions: dict[tuple[int, int], Revision]
    kept: int
    gone: int

    @property
    def new(self) -> int:
        """How many sentences are new."""
        return sum(each.kind == "new" for each in self.revisions.values())

    @property
    def changed(self) -> int:
        """How many sentences are changed."""
        return len(self.revisions) - self.new

    @property
    def listed(self) -> list[Revision]:
        """The first of them, in their order."""
        return list(self.revisions.values())[:MOST_LISTED]


def changes_between(older: Sequence[str], newer: Sequence[SentencePlace]) -> VersionChanges:
    """Compare the sentences of two versions: which of the newer are new, and which changed.

    One that stands anywhere in the older version is kept. Another one is changed where it stands
    in the place of one that is gone, or has most of its words.
    """
    known = set(older)
    fresh = [each for each in newer if each.source not in known]
    sources = {each.source for each in newer}
    gone = [number for number, source in enumerate(older) if source not in sources]
    before = dict(_in_one_place(older, newer, known, set(gone)))
    used = set(before.values())
    rest = (each for each in fresh if (each.seq, each.number) not in before)
    before |= _with_the_same_words(older, rest, [each for each in gone if each not in used])
    return VersionChanges(
        {
            (each.seq, each.number): Revision(each, "new")
            if (number := before.get((each.seq, each.number))) is None
            else Revision(each, "changed", older[number])
            for each in fresh
        },
        kept=len(newer) - len(fresh),
        gone=len(gone) - len(before),
    )


def _in_one_place(
    older: Sequence[str], newer: Sequence[SentencePlace], known: set[str], gone: set[int]
) -> Iterator[tuple[tuple[int, int], int]]:
    """New sentences between two that are kept, where others stood in the older version.

    As many others are all of them, changed; of more or fewer, those that have words in common.
    """
    places: dict[str | None, list[int]] = {None: [-1]}
    for number, source in enumerate(older):
        places.setdefault(source, []).append(number)
    used: set[int] = set()
    last: str | None = None
    runs = [(is_kept, list(run)) for is_kept, run in groupby(newer, lambda it: it.source in known)]
    for index, (is_kept, run) in enumerate(runs):
        if is_kept:
            last = run[-1].source
            continue
        after = runs[index + 1][1][0].source if index + 1 < len(runs) else None
        for start in places[last][:_MOST_PLACES]:
            end = start + 1
            while end in gone and end not in used and end - start <= _MOST_IN_PLACE:
                end += 1
            if end == start + 1 or (older[end] if end < len(older) else None) != after:
                continue
            found = list(_paired(older, run, range(start + 1, end)))
            used.update(number for _, number in found)
            yield from found
            break


def _paired(
    older: Sequence[str], run: Sequence[SentencePlace], numbers: range
) -> Iterator[tuple[tuple[int, int], int]]:
    left = list(numbers)
    for each in run:
        own = set(_words(each.source))
        for number in left:
            same = len(run) == len(numbers)
            if same or _share(own, set(_words(older[number]))) >= SIMILAR_IN_PLACE:
                yield (each.seq, each.number), number
                left = left[left.index(number) + 1 :]
                break


def _with_the_same_words(
    older: Sequence[str], fresh: Iterable[SentencePlace], gone: Sequence[int]
) -> dict[tuple[int, int], int]:
    words = {number: set(_words(older[number])) for number in gone}
    having: dict[str, list[int]] = {}
    for number, said in words.items():
        for word in said:
            having.setdefault(word, []).append(number)
    found: dict[tuple[int, int], int] = {}
    used: set[int] = set()
    for each in fresh:
        own = set(_words(each.source))
        common = Counter(
            number for word in own for number in having.get(word, ())[:_MOST_WITH_WORD]
        )
        best = max(
            (number for number in common if number not in used),
            key=lambda number: (_share(own, words[number]), -number),
            default=None,
        )
        if best is not None and _share(own, words[best]) >= SIMILAR:
            used.add(best)
            found[each.seq, each.number] = best
    return found


def _share(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


class VersionComparisons:
    """Comparisons of translations with the older versions that they were made from."""

    def __init__(self, store: Store) -> None:
        """`store` must be open."""
        self._store = store
        self._held = OrderedDict[int, VersionChanges]()
        self._comparing = asyncio.Lock()

    async def of(self, translation_id: int, previous: int) -> VersionChanges | None:
        """The changes of a translation that is done; None where the older one is gone, or too long.

        Raises StoreUnavailableError when the database does not answer.
        """
        async with self._comparing:
            if translation_id not in self._held:
                for each in (previous, translation_id):
                    translation = await self._store.translation(each)
                    if translation is None or translation.characters > MOST_COMPARED:
                        return None
                older = [each.source async for each in self._places(previous)]
                newer = [each async for each in self._places(translation_id)]
                self._held[translation_id] = await asyncio.to_thread(changes_between, older, newer)
            self._held.move_to_end(translation_id)
            while len(self._held) > MOST_HELD:
                self._held.popitem(last=False)
            return self._held[translation_id]

    async def _places(self, translation_id: int) -> AsyncIterator[SentencePlace]:
        seq = 0
        while found := await self._store.passages(translation_id, seq, BATCH):
            for passage in found:
                for each in passage.sentences if passage.status == "done" else ():
                    if not each.blank and each.source.strip():
                        yield SentencePlace(passage.seq, each.number, each.source)
            seq += len(found)
