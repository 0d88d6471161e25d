"""Placeholders of software: each must come through a translation exactly once."""

import re
from itertools import islice
from typing import Final

from translator.text.spans import spans

# Signs that no number, name or emoji is written with.
_SIGN: Final = re.compile(r"[{}%$<>\[\]`_@#:\\|*]|\(\)")
_SHORTEST: Final = 2
# Different ones in a segment; more are not compared.
_MOST: Final = 200


def placeholders(text: str, language: str = "de") -> list[str]:
    """Placeholders, code and addresses in a text, in order."""
    return [
        text[start:end]
        for start, end in spans(text, language)
        if end - start >= _SHORTEST and _SIGN.search(text, start, end)
    ]


def changed_placeholders(source: str, target: str, language: str = "de") -> tuple[str, ...]:
    """Placeholders of `source` that are not as often in its translation `target`."""
    found = islice(dict.fromkeys(placeholders(source, language)), _MOST)
    return tuple(each for each in found if source.count(each) != target.count(each))
