"""Search snippets: the words of a query, and the text around them; words match by prefix.

Case and accents do not count, as in the database's own comparison (utf8mb4_general_ci).
"""

import re
import unicodedata
from dataclasses import dataclass

# Most words of a query, and most characters of each.
MOST_WORDS = 8
MOST_WORD = 80
# Characters shown before the first hit, and in all.
BEFORE = 40
SHOWN = 160


class _Folding(dict[int, str]):
    """Case folding: each character as its base letter in lower case, always one for one."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        self[code] = folded = "s" if base == "ß" else base
        return folded


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Piece:
    """Piece of a snippet; `hit` when it is a word that was looked for."""

    text: str
    hit: bool


def words(query: str) -> list[str]:
    """Words of a query: the different ones, folded, at most MOST_WORDS of them."""
    found = re.findall(r"\w+", query.translate(_FOLDING))
    return list(dict.fromkeys(word[:MOST_WORD] for word in found))[:MOST_WORDS]


def has_all(text: str, looked_for: list[str]) -> bool:
    """Whether each of the words begins a word of the text."""
    folded = text.translate(_FOLDING)
    return all(re.search(rf"(?<!\w){re.escape(word)}", folded) for word in looked_for)


def context(text: str, looked_for: list[str]) -> list[Piece]:
    """Snippet: the text around the first hit, in pieces; none when there is no hit in it."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, looked_for))})\w*")
    folded = text.translate(_FOLDING)
    first = pattern.search(folded)
    if first is None:
        return []
    start = max(0, first.start() - BEFORE)
    if start:  # begin with a whole word
        space = text.find(" ", start, first.start())
        start = space + 1 if space >= 0 else first.start()
    end = min(len(text), max(start + SHOWN, first.end()))
    pieces = [Piece("… ", hit=False)] if start else []
    at = start
    for match in pattern.finditer(folded, first.start(), end):
        pieces += [
            Piece(text[at : match.start()], hit=False),
            Piece(text[match.start() : match.end()], hit=True),
        ]
        at = match.end()
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else ""), hit=False))
    return [piece for piece in pieces if piece.text]
