"""Word matching: which words of a translation say which of its source, through changed forms.

The source is asked for in another form (stand-ins, quotes, capitals, a tokenizer's own signs), and
the answer is changed back. Words that did not change lead from one form to the next.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\w+(?:[-’'.,]\w+)*")
# Words: a longer run of changed ones is not matched. A stand-in may be an address of many words.
_REACH: Final = 32

Range = tuple[int, int]
# For each word of a text: the shares (0 to 1) that words of another, by their numbers, have in it.
Shares = list[dict[int, float]]


class Link(NamedTuple):
    """Alignment link: characters `[start, end)` of an answer come from `[first, last)` of `asked`.

    `share` is how much of the model's attention went there, from 0 to 1.
    """

    start: int
    end: int
    first: int
    last: int
    share: float


def word_places(text: str) -> list[Range]:
    """Words of a text: the start and end of each, in characters."""
    return [match.span() for match in _WORD.finditer(text)]


def shares(source: str, asked: str, answer: str, target: str, links: Iterable[Link]) -> Shares:
    """Word alignment: for each word of `target` the words of `source` it comes from, with shares.

    `links` lead from `answer` to `asked`. `asked` is a form of `source`, `target` of `answer`.
    """
    back = _forms(source, asked)
    heard, said = _WordAt(asked), _WordAt(answer)
    # A word's tokens count by their length.
    sizes = [end - start for start, end in word_places(answer)]
    by_answer: Shares = [{} for _ in sizes]
    for start, end, first, last, share in links:
        word = next(said(start, end), None)
        if word is None:
            continue
        originals = [each for one in heard(first, last) for each in back.get(one, ())]
        row = by_answer[word]
        for each in originals:
            part = share * min(1.0, (end - start) / sizes[word]) / len(originals)
            row[each] = row.get(each, 0.0) + part
    onward = _forms(answer, target)
    return [
        _mean([by_answer[each] for each in onward.get(word, ())])
        for word in range(len(word_places(target)))
    ]


def _mean(rows: Sequence[dict[int, float]]) -> dict[int, float]:
    if len(rows) == 1:
        return rows[0]
    mean: dict[int, float] = {}
    for row in rows:
        for each, share in row.items():
            mean[each] = mean.get(each, 0.0) + share / len(rows)
    return mean


class _WordAt:
    """The words of a text by the places of their characters."""

    def __init__(self, text: str) -> None:
        self._word: list[int | None] = [None] * len(text)
        for number, (start, end) in enumerate(word_places(text)):
            self._word[start:end] = [number] * (end - start)

    def __call__(self, start: int, end: int) -> Iterator[int]:
        last = None
        for each in self._word[start:end]:
            if each is not None and each != last:
                yield each
                last = each


def _forms(source: str, form: str) -> dict[int, range]:
    """For each word of `form` the words of `source` that it stands for; in linear time."""
    if source == form:
        return {word: range(word, word + 1) for word in range(len(word_places(source)))}
    first, second = (
        [text[start:end].casefold() for start, end in word_places(text)] for text in (source, form)
    )
    forms: dict[int, range] = {}
    here = there = 0
    while here < len(first) and there < len(second):
        skipped, added = _changed(first[here : here + _REACH], second[there : there + _REACH])
        for each in range(added):
            # As many words as before: one for one.
            start, count = (here + each, 1) if skipped == added else (here, skipped)
            forms[there + each] = range(start, start + count)
        here, there = here + skipped, there + added
        if here < len(first) and there < len(second):
            forms[there] = range(here, here + 1)
            here, there = here + 1, there + 1
    return forms


def _changed(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    """How many words of each come before the next that both have."""
    for total in range(len(first) + len(second) - 1):
        for skipped in range(max(0, total - len(second) + 1), min(total + 1, len(first))):
            if first[skipped] == second[total - skipped]:
                return skipped, total - skipped
    return len(first), len(second)
