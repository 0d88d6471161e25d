"""Reading direction: words of Hebrew and Arabic, shown from the left, in the order of reading.

A page has letters at places, in no order of reading. Runs of such words are turned around, as the
Unicode bidirectional algorithm has them shown the other way round; figures stay as they are.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from web.formats.pdf.drawing import TypePiece

_LETTERS: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT: Final = re.compile(f"[{_LETTERS}]")
_BRACKET: Final = re.compile(r"[()\[\]{}«»]")
_MIRRORED: Final = str.maketrans("()[]{}«»", ")(][}{»«")
_FIGURE: Final = re.compile(r"\d[\d.,:/]*\d")

SpacedPiece = tuple[TypePiece, bool]


def in_reading_direction(pieces: Sequence[SpacedPiece]) -> list[SpacedPiece]:
    """The pieces of a line, each with whether a space comes before it, in their order of reading.

    Most letters of a line say in which direction it runs as a whole.
    """
    turned = [bool(_RIGHT_TO_LEFT.search(piece.text)) for piece, _ in pieces]
    if not any(turned):
        return list(pieces)
    # Signs between two such words are theirs.
    first, last = turned.index(True), len(turned) - turned[::-1].index(True)
    for index in range(first + 1, last):
        signs = not any(map(str.isalnum, pieces[index][0].text))
        turned[index] = turned[index] or (signs and turned[index - 1])
    for index in range(last - 1, first, -1):
        if turned[index] and not _RIGHT_TO_LEFT.search(pieces[index][0].text):
            turned[index] = index + 1 < last and turned[index + 1]
    letters = sum(
        map(str.isalpha, "".join(p.text for (p, _), t in zip(pieces, turned, strict=True) if t))
    )
    others = sum(
        map(str.isalpha, "".join(p.text for (p, _), t in zip(pieces, turned, strict=True) if not t))
    )
    result = [
        (replace(piece, text=_turned(piece.text)), spaced) if turn else (piece, spaced)
        for (piece, spaced), turn in zip(pieces, turned, strict=True)
    ]
    if letters > others:
        result, turned = _reversed(result), [not turn for turn in turned[::-1]]
    return _with_brackets(_with_turned_runs(result, turned))


def _with_brackets(pieces: list[SpacedPiece]) -> list[SpacedPiece]:
    """The pieces with brackets that open first: some programs write them as they look."""
    bracket = _BRACKET.search("".join(piece.text for piece, _ in pieces))
    if bracket is None or bracket[0] not in ")]}»":
        return pieces
    return [(replace(piece, text=piece.text.translate(_MIRRORED)), each) for piece, each in pieces]


def _with_turned_runs(pieces: list[SpacedPiece], turned: Sequence[bool]) -> list[SpacedPiece]:
    """The pieces with each run of those that are `turned` the other way round."""
    result: list[SpacedPiece] = []
    run: list[SpacedPiece] = []
    for piece, turn in zip(pieces, turned, strict=True):
        if turn:
            run.append(piece)
            continue
        result += [*_reversed(run), piece]
        run = []
    return result + _reversed(run)


def _reversed(pieces: Sequence[SpacedPiece]) -> list[SpacedPiece]:
    """Pieces the other way round, with the spaces between them and the one before all of them."""
    if not pieces:
        return []
    spaces = [pieces[0][1], *(spaced for _, spaced in pieces[:0:-1])]
    return [(piece, spaced) for (piece, _), spaced in zip(reversed(pieces), spaces, strict=True)]


def _turned(text: str) -> str:
    back = text[::-1]
    back = _FIGURE.sub(lambda match: match[0][::-1], back)
    # Letters of Arabic by their forms, as fonts have them, are the letters that people write.
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\ufb1d" <= letter <= "\ufefc" else letter
        for letter in back
    )
