"""Splitting of long segments: at clauses, else at words, so that each fits the model's window."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# After these a clause ends. The white space is kept as the piece's separator.
_CLAUSE_END = re.compile(r"(?<=[,;:])\s+|(?<!\s)\s++(?=[–—(])|(?<=\))\s+")
_SPACE = re.compile(r"\s+")
# Letters: no word of any language is this long. Such a run is copied: the model would only guess.
LONGEST_WORD = 200
_ENDLESS = re.compile(rf"(?<!\S)\S*?[^\W\d_]{{{LONGEST_WORD},}}+\S*+")


@dataclass(frozen=True, slots=True)
class Clause:
    """Piece: a run of a segment with the white space after it; `copied` ones skip the model."""

    text: str
    separator: str
    copied: bool = False


def has_endless_word(text: str) -> bool:
    """Whether a run of letters is too long to be a word."""
    return len(text) >= LONGEST_WORD and _ENDLESS.search(text) is not None


def split(text: str, size: Callable[[str], int], limit: int) -> list[Clause]:
    """Split `text` into pieces of at most `limit` tokens, packed as full as clauses allow.

    `size` counts the tokens of a text. The pieces and separators joined are `text`. A single word
    over the limit stands alone.
    """
    pieces: list[Clause] = []
    start = 0
    for match in _ENDLESS.finditer(text) if has_endless_word(text) else ():
        pieces += _pack(text[start : match.start()], size, limit)
        pieces.append(Clause(match.group(), "", copied=True))
        start = match.end()
    pieces += _pack(text[start:], size, limit)
    return pieces


def clauses(text: str, size: Callable[[str], int], limit: int) -> list[Clause]:
    """The clauses of `text`, as many together as `limit` allows; a longer one stays whole."""
    longest = max((size(clause.text) for clause in _cut(text, _CLAUSE_END)), default=limit)
    return _pack(text, size, max(limit, longest))


def _pack(text: str, size: Callable[[str], int], limit: int) -> list[Clause]:
    packed: list[Clause] = []
    total = 0
    for part in _parts(text, size, limit):
        tokens = size(part.text)
        if packed and total + tokens <= limit:
            last = packed.pop()
            packed.append(Clause(last.text + last.separator + part.text, part.separator))
            total += tokens
        else:
            packed.append(part)
            total = tokens
    return packed


def _parts(text: str, size: Callable[[str], int], limit: int) -> Iterator[Clause]:
    for clause in _cut(text, _CLAUSE_END):
        if size(clause.text) <= limit:
            yield clause
        else:
            yield from _cut(clause.text, _SPACE, last=clause.separator)


def _cut(text: str, boundary: re.Pattern[str], last: str = "") -> Iterator[Clause]:
    start = 0
    for match in boundary.finditer(text):
        yield Clause(text[start : match.start()], match.group())
        start = match.end()
    if start < len(text) or last:
        yield Clause(text[start:], last)
