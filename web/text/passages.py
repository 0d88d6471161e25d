"""Passages: split a text, while it arrives, into whole paragraphs of about 5,000 characters."""

import re
from collections.abc import AsyncIterator, Iterator
from itertools import islice

# Most characters of a passage. A text of one is translated at once: clients that ask for up to
# 5,000 characters, LibreTranslate's usual limit, wait 5 s for the answer.
LIMIT = 5000
# Most passages that are given at once.
MOST_AT_ONCE = 50
# Characters: the first passage of a long text is its first paragraphs up to this, so that its
# translation can be read soon.
FIRST = 400

# Where to cut, the best first; the cut is at the end of the match. The first keeps paragraphs
# whole; the others are for a paragraph that alone is over the limit: after a sentence (whose
# last word is no abbreviation, as far as four letters tell), a line, a word; in no tag.
_CUTS = (
    re.compile(r"\n(?:[^\S\n]*\n)+"),
    re.compile(r"(?:[^\W\d_]{4}[.…]|[!?])[.!?…]*[\"”“«»’')\]]*\s+(?=[„»«“\"(]?[A-ZÄÖÜ])"),
    re.compile(r"\n|<(?:br|[a-z]{1,9}br[0-9]{1,6})\s{0,9}/?>|(?<=[.!?,])\\N", re.IGNORECASE),
    re.compile(r"\s+(?![^<>]{0,300}>)"),
    re.compile(r"\s+"),
)


class Splitter:
    """Splitter: takes a text in parts and gives its passages; joined they are the text."""

    def __init__(self, limit: int = LIMIT) -> None:
        """`limit` is in characters; a passage is never longer."""
        self._limit = limit
        self._first = min(FIRST, limit)
        self._rest = ""

    def feed(self, part: str) -> Iterator[str]:
        """The passages that are complete once `part` has come."""
        text = self._rest + part
        start = 0
        while len(text) - start > self._limit:
            end = self._opening(text) if self._first else self._cut(text, start)
            self._first = 0
            yield text[start:end]
            start = end
        self._rest = text[start:]

    def finish(self) -> Iterator[str]:
        """The last passage, if there is one."""
        if self._rest:
            yield self._rest
        self._rest = ""

    def _opening(self, text: str) -> int:
        """Where the first paragraphs end, or else the first."""
        end = 0
        for match in _CUTS[0].finditer(text, 0, self._limit):
            if end and match.end() > self._first:
                break
            if text[: match.end()].strip():
                end = match.end()
        return end or self._cut(text, 0)

    def _cut(self, text: str, start: int) -> int:
        stop = start + self._limit
        for boundary in _CUTS:
            last = start
            for match in boundary.finditer(text, start, stop):
                last = match.end()
            if last > start:
                break
        else:
            last = stop
        # A line break of two characters is one.
        if text[last - 1 : last + 1] == "\r\n" and last - 1 > start:
            last -= 1
        return last


def aligned(source: str, target: str) -> list[tuple[str, str]]:
    """Align a text and its translation: passages with their translations; joined they are both.

    The lines of the two correspond, or else all of it is one passage, however long.
    """
    splitter = Splitter()
    sources = [*splitter.feed(source), *splitter.finish()]
    if source.count("\n") == target.count("\n") and all(each[-1] == "\n" for each in sources[:-1]):
        lines = target.split("\n")
        pairs, at = [], 0
        for number, each in enumerate(sources, 1):
            last = number == len(sources)
            end = len(lines) if last else at + each.count("\n")
            pairs.append((each, "\n".join(lines[at:end]) + ("" if last else "\n")))
            at = end
        return pairs
    return [(source, target)]


async def passages(parts: AsyncIterator[str], limit: int = LIMIT) -> AsyncIterator[list[str]]:
    """Passages of a text that arrives in parts: all that are complete with a part at once.

    A list holds at most MOST_AT_ONCE passages, and at least one.
    """
    splitter = Splitter(limit)
    async for part in parts:
        complete = splitter.feed(part)
        while found := list(islice(complete, MOST_AT_ONCE)):
            yield found
    if found := list(splitter.finish()):
        yield found
