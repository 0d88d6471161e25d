"""Markup in a text: the lines of it that are translated, and the rest letter for letter.

A reader (web/formats/html.py, web/formats/xml.py) gives a text as tokens that know where they
stand, in stretches between which a line ends. Unchanged lines are written from the text itself.
"""

import html
import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from web.formats.pairs import Around, Pairs
from web.formats.places import Content, Element, Lines, Place, places

# HTML's element for a place where a word may be broken, like a soft hyphen: it belongs to the word
# of the source, and cut in two it would be translated as two.
_BREAK_OPPORTUNITY: Final = "wbr"
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_ENDS: Final = re.compile(r"([ \t\r\n\f]*+)(.*?)[ \t\r\n\f]*\Z", re.DOTALL)


class TokenKind(Enum):
    """Kind of a token in the line that it stands in."""

    TEXT = auto()
    OPEN = auto()
    CLOSE = auto()
    ALONE = auto()  # one thing, whatever it holds


class Token(NamedTuple):
    """Token: characters `start` to `end` of the text; `name` pairs the tags."""

    kind: TokenKind
    start: int
    end: int
    name: str = ""


class Markup:
    """Text with markup: like a `web.formats.base.Document`, of a string."""

    def __init__(self, text: str, stretches: Iterable[Sequence[Token]]) -> None:
        """`stretches` are in order; text in none of them stays as it is."""
        self._text = text
        self._stretches = [trimmed for each in stretches if (trimmed := self._trimmed(each))]
        # A space that does not break is written as most of them were.
        self._nbsp = text.count("&nbsp;") > text.count("\xa0")
        self._lines = Lines()
        for each in self._stretches:
            self._lines.add(places(self._items(each)))
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str]) -> str:
        """The text with `targets` in the place of `lines`, one for one; the rest as it was.

        Raises DocumentError when there are not as many targets as lines.
        """
        self._lines.check(targets)
        fill = self._lines.filler(targets)
        parts: list[str] = []
        position = 0
        for each in self._stretches:
            items = self._items(each)
            if fill(places(items)):
                parts += [self._text[position : each[0].start], self._written(items)]
                position = each[-1].end
        return "".join([*parts, self._text[position:]])

    def _trimmed(self, stretch: Sequence[Token]) -> list[Token]:
        """A stretch without the white space at its ends; nothing when there is no text in it."""
        tokens = list(stretch)
        if not any(
            token.kind is TokenKind.TEXT and not self._text[token.start : token.end].isspace()
            for token in tokens
        ):
            return []
        for index in (0, -1):
            token = tokens[index]
            if token.kind is TokenKind.TEXT and (
                match := _ENDS.match(self._text[token.start : token.end])
            ):
                start = token.start + len(match[1]) if index == 0 else token.start
                end = token.start + match.end(2) if index else token.end
                tokens[index] = token._replace(start=min(start, end), end=end)
        return tokens

    def _items(self, stretch: Sequence[Token]) -> Content:
        pairs = Pairs()
        for token in stretch:
            said = self._text[token.start : token.end]
            if token.name == _BREAK_OPPORTUNITY:
                continue
            if token.kind is TokenKind.TEXT:
                pairs.add(html.unescape(_WHITE.sub(" ", said)))
            elif token.kind is TokenKind.OPEN:
                pairs.open(token.name, said, Element(Around(said, "")))
            elif token.kind is TokenKind.CLOSE and pairs.is_open(token.name):
                pairs.close(token.name, said)
            else:
                pairs.add(Element(Around(said, "")))
        return pairs.items

    def _written(self, items: Content) -> str:
        parts: list[str] = []
        for item in items:
            if isinstance(item, str):
                text = html.escape(item, quote=False)
                parts.append(text.replace("\xa0", "&nbsp;") if self._nbsp else text)
            elif isinstance(item, Place):
                parts.append(self._written(item.items))
            else:
                inner = self._written(item.items) if item.items is not None else ""
                parts.append(item.what.before + inner + item.what.after)
        return "".join(parts)
