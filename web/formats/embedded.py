"""Embedded data: pictures that stand in a text as base64 are set aside while it is read.

A page or a note with its pictures in it is text of 50 MB otherwise, with two or four bytes for each
character in memory and every copy of it, and of which nothing is language.
"""

import re
from typing import Final

# Fewest characters of base64 that are set aside; `data:image/png;base64,` stays before them.
_FEWEST: Final = 2000
_BASE64: Final = re.compile(rb";base64,([A-Za-z0-9+/]{%d,}={0,2})" % _FEWEST)


class Embedded:
    """Embedded data of a file; `rest` is the file with a short mark for each.

    The marks are of letters and digits as what they stand for, so that they are read alike.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._spans = [match.span(1) for match in _BASE64.finditer(data)]
        number = 0
        while self._spans and b"aside%dx" % number in data:
            number += 1
        self._sign = b"aside%dx" % number
        self._mark = re.compile(re.escape(self._sign) + rb"([0-9]{1,9})x")
        parts: list[bytes] = []
        position = 0
        for index, (start, end) in enumerate(self._spans):
            parts += (data[position:start], b"%b%dx" % (self._sign, index))
            position = end
        self.rest = b"".join([*parts, data[position:]]) if parts else data

    def put_back(self, made: bytes) -> bytes:
        """A file that was made of `rest`, with its data in the place of their marks."""
        if not self._spans:
            return made
        old, new = memoryview(self._data), memoryview(made)
        parts: list[memoryview] = []
        position = 0
        for match in self._mark.finditer(made):
            index = int(match[1])
            if index < len(self._spans):
                start, end = self._spans[index]
                parts += (new[position : match.start()], old[start:end])
                position = match.end()
        return b"".join([*parts, new[position:]])
