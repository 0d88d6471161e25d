"""Rows that end sentences: whether a text was written with a line for each sentence.

Then its translation has a line for each, too, and differs in that line alone when one changes.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_END: Final = re.compile(r"[.!?…][\"“”»«'’)\]*_~`]*(?:\[\^[^\]\s]{1,60}\]){0,3}\Z")
# A stop after which a sentence goes on. „rot.“ ends one, so lengths tell nothing.
_ABBREVIATION: Final = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]|[0-9]{1,2}|ca|bzw|vgl|Abb|Abs|Art|Bd|Dr|Prof|Nr|Hr|Fr|St|Str|Tab|Tel"
    r"|Kap|inkl|exkl|evtl|ggf|sog|zzgl|max|min|gem|geb|gest|Mio|Mrd|Jh|Hrsg|Ing|Dipl|allg|bes"
    r"|insb|insbes|zw|Mr|Mrs|Ms|No|vs|Fig|e\.g|i\.e)\.\Z"
)
_BEGIN: Final = re.compile(r"[\"„“»«‚'’(\[*_~`<]*(.)", re.DOTALL)
_INSIDE: Final = re.compile(r"[.!?…][\"“”»«'’)*_]*\s+[\"„“»«‚'’(\[*_]*[^\W\d_a-zäöüß]")


def sentence_rows(rows: Sequence[str]) -> list[int]:
    """Numbers of the rows after which a sentence ends, the last one at the end; else that alone.

    Sentences have lines of their own where none of them ends inside of a line, or all lines end
    with one.
    """
    ends = [
        number
        for number, (row, after) in enumerate(pairwise(rows), 1)
        if _is_end(row) and _is_begin(after)
    ]
    if len(ends) < len(rows) - 1 and any(map(_INSIDE.search, rows)):
        return [len(rows)]
    return [*ends, len(rows)]


def _is_end(row: str) -> bool:
    return _END.search(row) is not None and _ABBREVIATION.search(row) is None


def _is_begin(row: str) -> bool:
    match = _BEGIN.match(row)
    return match is not None and not match[1].islower()
