"""A translation for tests that changes every word and no tag: capitals, as a model might do it."""

import re
from collections.abc import Iterable

_PART = re.compile(r"<[^<>]*>|[^<]+|<")


def shouted(lines: Iterable[str]) -> list[str]:
    """Lines with their words in capitals; tags as they are."""
    return [
        _PART.sub(lambda part: part[0] if part[0][0] == "<" else part[0].upper(), line)
        for line in lines
    ]
