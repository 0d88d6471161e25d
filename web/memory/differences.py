"""Differences between two sentences, by words, for a suggestion that fits in part."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

# Words and signs of the longest sentences that are compared; of longer ones all is different.
MOST_TOKENS: Final = 400
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of a sentence: in both, in the new one alone, or in the old one alone."""

    kind: Literal["same", "inserted", "deleted"]
    text: str


def differences(old: str, new: str) -> list[Difference]:
    """The stretches that make `new` out of `old`, in their order."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > MOST_TOKENS:
        before, after = [old], [new]
    found: list[Difference] = []
    for _, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        deleted, inserted = "".join(before[i:j]), "".join(after[k:m])
        if deleted == inserted:
            found.append(Difference("same", inserted))
            continue
        if deleted:
            found.append(Difference("deleted", deleted))
        if inserted:
            found.append(Difference("inserted", inserted))
    return found
