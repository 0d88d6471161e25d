"""Joining signs of a line without a sentence: „Muss – Kriterien“, „Lauf/Prüfung“.

In a sentence an English dash may well be a comma. In a heading, a cell or a list of keywords the
sign says how its parts belong together, so a translation that lost it is put together from parts.
"""

import re
from typing import Final

from translator.text.function_words import kind_of
from translator.text.protection import Piece

# Words: a longer line is a sentence, even without a full stop.
_MOST: Final = 6
_END: Final = frozenset(".!?…:;,")
# A sign in the source, and the signs that say the same in a translation.
_JOINT: Final = re.compile(
    r"(?P<dash>(?<=\w)\s[–—-]\s(?=\w))|(?P<slash>(?<=[^\W\d_])\s?/\s?(?=[^\W\d_]))"
    r"|(?P<plus>(?<=\w)\s[+&]\s(?=\w))|(?P<bar>(?<=\w)\s[|•·→]\s(?=\w))"
)
# Words of a list of keywords, at least; and what stands between them.
_FEWEST: Final = 3
_KEYWORD: Final = re.compile(r"[^\W_]+")
_RUN: Final = re.compile(r"[^\W_]+|[\W_]+")
_SAME: Final = {"dash": "–—-", "slash": "/", "plus": "+&", "bar": "|•·→"}
_WORDED: Final = {"plus": re.compile(r"\band\b")}


def loses_joint(source: str, target: str) -> bool:
    """Whether the translation of a line has none of a sign that joins parts of the line."""
    return any(
        match.lastgroup is not None
        and not any(sign in target for sign in _SAME[match.lastgroup])
        and not (match.lastgroup in _WORDED and _WORDED[match.lastgroup].search(target))
        for match in _joints(source)
    )


def at_joints(source: str) -> list[Piece]:
    """Parts of a line and the signs between them, which are copied. Joined they are the line."""
    pieces: list[Piece] = []
    position = 0
    for match in _joints(source):
        pieces += [
            Piece(source[position : match.start()], translate=True),
            Piece(match.group(), translate=False),
        ]
        position = match.end()
    return [*pieces, Piece(source[position:], translate=True)]


def keywords(source: str, language: str) -> list[Piece]:
    """The words of a line that is a list of keywords, each to be asked alone; [] for other lines.

    Each has a capital, as a noun has. There is no function word among them, and no end mark.
    """
    words = _KEYWORD.findall(source)
    if not _FEWEST <= len(words) <= _MOST or source[-1:] in _END:
        return []
    if any(kind_of(word, language) for word in words):
        return []
    return [
        Piece(run[:1].upper() + run[1:], translate=run[:1].isalpha())
        for run in _RUN.findall(source)
    ]


def _joints(source: str) -> list[re.Match[str]]:
    if source[-1:] in _END or len(source.split(None, _MOST)) > _MOST:
        return []
    return list(_JOINT.finditer(source))
