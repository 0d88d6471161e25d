"""Markup in a text: the lines of it that are translated, and the rest letter for letter.

A reader (`web.formats.html.document`, `web.formats.xml`) gives a text as tokens that know where
they stand, in stretches between which a line ends. A stretch may lie inside of a token of another
one: an attribute's value, a label in a drawing. Unchanged lines are written from the text itself.
"""

import html
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import takewhile
from typing import Final, NamedTuple

from web.formats.inline import both
from web.formats.line_breaks import LINE_BREAK, may_go_on
from web.formats.localisation.pairs import Around, Pairs
from web.formats.patches import Patch, Patches
from web.formats.places import Content, Element, Joined, Lines, Place, places

# HTML's element for a place where a word may be broken, like a soft hyphen: it belongs to the word
# of the source, and cut in two it would be translated as two.
_BREAK_OPPORTUNITY: Final = "wbr"
# Tokens after a line break that tell whether the sentence goes on.
_NEAR: Final = 40
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_LESS_THAN: Final = re.compile(r"<(?=(.?))", re.DOTALL)
_ENDS: Final = re.compile(r"([ \t\r\n\f]*+)(.*?)[ \t\r\n\f]*\Z", re.DOTALL)


class TokenKind(Enum):
    """Kind of a token in the line that it stands in."""

    TEXT = auto()
    OPEN = auto()
    CLOSE = auto()
    ALONE = auto()  # one thing, whatever it holds


class Token(NamedTuple):
    """Token: characters `start` to `end` of the text; `name` pairs the tags.

    One that is alone may have a `figure`, and may be `within`, as `Element` has them.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    figure: str = ""
    within: bool = False


class Stretch(NamedTuple):
    """Stretch: tokens between two ends of lines.

    `language` is that of a passage which says that it is in another than the text. `quote` is
    around the value of an attribute ("" where nothing is); None is any other text.
    """

    tokens: Sequence[Token]
    language: str = ""
    quote: str | None = None

    @property
    def start(self) -> int:
        """The place of its first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """The place behind its last character."""
        return self.tokens[-1].end


def _is_break(token: Token) -> bool:
    return token.kind is TokenKind.ALONE and token.name.lower() == LINE_BREAK


def _escaped(text: str, bare: Collection[str]) -> str:
    """A text as markup; signs that are `bare` are written as they are."""
    text = text.replace("&", "&amp;")
    # Even bare, none ends "]]>", which is a mark in XML.
    text = text.replace("]]>", "]]&gt;") if ">" in bare else text.replace(">", "&gt;")
    return _LESS_THAN.sub(lambda sign: "<" if "<" + sign[1] in bare else "&lt;", text)


class Markup:
    """Text with markup: like a `web.formats.base.Document`, of a string."""

    def __init__(
        self, text: str, stretches: Iterable[Stretch], insets: Iterable[Stretch] = ()
    ) -> None:
        """`stretches` are in order; `insets` lie inside of their tokens, or between them.

        Text in none of them stays as it is.
        """
        self._text = text
        lines = [trimmed for each in stretches for trimmed in self._parted(each)]
        inside = [trimmed for each in insets for trimmed in self._parted(each)]
        # A space that does not break is written as most of them were.
        self._nbsp = text.count("&nbsp;") > text.count("\xa0")
        self._lines = Lines()
        unchanged = Patches(text)
        # Each with the numbers of its lines. In the order in which they begin.
        self._stretches: list[tuple[Stretch, slice]] = []
        self._insets: list[tuple[Stretch, slice]] = []
        kinds = [(each, self._stretches) for each in lines]
        kinds += [(each, self._insets) for each in inside]
        for each, kind in sorted(kinds, key=lambda each: each[0].start):
            first = self._lines.count
            self._lines.add(self._places(each, self._items(each, unchanged)))
            kind.append((each, slice(first, self._lines.count)))
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(
        self, targets: Sequence[str], language: str = "", marks: Iterable[Patch] = ()
    ) -> str:
        """The text with `targets` in the place of `lines`, one for one; the rest as it was.

        Passages that say they are in the language `language` stay, too. `marks` is what else
        changes, inside of tags. Raises DocumentError when there are not as many targets as lines.
        """
        targets = self._lines.settled(targets, language)
        patches = Patches(self._text, marks)
        patches = patches.with_outer(self._patches(self._insets, targets, patches))
        patches = patches.with_outer(self._patches(self._stretches, targets, patches))
        return patches.slice(0, len(self._text))

    def in_both(self, targets: Sequence[str], language: str) -> tuple[str, list[str]]:
        """The text whose insets are "source / target", and what its lines are to become.

        Raises DocumentError when there are not as many targets as lines.
        """
        targets = self._lines.settled(targets, language)
        new = list(self.lines)
        settled = list(targets)
        for _, mine in self._insets:
            for number in range(mine.start, mine.stop):
                new[number] = settled[number] = both(new[number], targets[number])
        return self.rebuilt(new), settled

    def changes(self, targets: Sequence[str]) -> list[Patch]:
        """The stretches that change, in order. Raises DocumentError as `rebuilt`."""
        self._lines.check(targets)
        return list(self._patches(self._stretches, targets, Patches(self._text)))

    def _patches(
        self, stretches: Iterable[tuple[Stretch, slice]], targets: Sequence[str], inner: Patches
    ) -> Iterator[Patch]:
        """The stretches that change, as they are with `targets` and with the patches in them."""
        for stretch, mine in stretches:
            items = self._items(stretch, inner)
            if self._lines.filler(targets[mine])(self._places(stretch, items)):
                quote = '"' if stretch.quote == "" else stretch.quote or ""
                text = self._written(items, quote, self._bare(stretch))
                # A value without quotes cannot hold more than one word.
                text = f'"{text}"' if stretch.quote == "" else text
                yield Patch(stretch.start, stretch.end, text)

    def _places(self, stretch: Stretch, items: Content) -> list[Place]:
        found = places(items)
        for each in found:
            each.language = stretch.language
        return found

    def _parted(self, stretch: Stretch) -> Iterator[Stretch]:
        """The parts of a stretch, as far as there is text in them."""
        for each in self._unbroken(stretch.tokens):
            if trimmed := self._trimmed(each):
                yield stretch._replace(tokens=trimmed)

    def _unbroken(self, stretch: Sequence[Token]) -> Iterator[list[Token]]:
        """A stretch without the line breaks at which a sentence ends."""
        line: list[Token] = []
        before = ""
        for index, token in enumerate(stretch):
            if not _is_break(token):
                line.append(token)
                before += self._said(token)
                continue
            near = stretch[index + 1 : index + 1 + _NEAR]
            after = takewhile(lambda each: not _is_break(each), near)
            if may_go_on(before, "".join(map(self._said, after))):
                line.append(token)
            else:
                yield line
                line = []
            before = ""
        yield line

    def _said(self, token: Token) -> str:
        if token.kind is not TokenKind.TEXT:
            return ""
        return html.unescape(self._text[token.start : token.end])

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

    def _items(self, stretch: Stretch, patches: Patches) -> Content:
        pairs = Pairs()
        for token in self._with_wide_breaks(stretch.tokens):
            if token.name == _BREAK_OPPORTUNITY:
                continue
            if token.kind is TokenKind.TEXT:
                text = self._text[token.start : token.end]
                pairs.add(html.unescape(_WHITE.sub(" ", text)))
                continue
            said = patches.slice(token.start, token.end)
            if token.kind is TokenKind.OPEN:
                pairs.open(token.name, said, Element(Around(said, "")))
            elif token.kind is TokenKind.CLOSE and pairs.is_open(token.name):
                pairs.close(token.name, said)
            else:
                pairs.add(
                    Element(
                        Around(said, ""),
                        soft_break=_is_break(token),
                        figure=token.figure,
                        within=token.within,
                    )
                )
        return pairs.items

    def _with_wide_breaks(self, stretch: Sequence[Token]) -> list[Token]:
        """Tokens with line breaks as wide as they are: with the white space around them.

        Tags around one that both lines have are in it: `<i>Eins</i><br><i>zwei</i>` is, to the
        words, one element over two lines.
        """
        waiting = deque(stretch)
        tokens: list[Token] = []
        while waiting:
            token = waiting.popleft()
            if _is_break(token):
                start, end = token.start, token.end
                left, right = self._same_tags(tokens, waiting)
                for _ in range(left):
                    start = tokens.pop().start
                for _ in range(right):
                    end = waiting.popleft().end
                if tokens and tokens[-1].kind is TokenKind.TEXT:
                    text = self._text[tokens[-1].start : start]
                    start = tokens[-1].start + len(text.rstrip())
                    tokens[-1] = tokens[-1]._replace(end=start)
                if waiting and waiting[0].kind is TokenKind.TEXT:
                    text = self._text[end : waiting[0].end]
                    end += len(text) - len(text.lstrip())
                    waiting[0] = waiting[0]._replace(start=end)
                token = token._replace(start=start, end=end)
            tokens.append(token)
        return tokens

    def _same_tags(self, before: Sequence[Token], after: Iterable[Token]) -> tuple[int, int]:
        """How many tokens before and after a line break end and start the same elements."""
        ends = self._next_to(reversed(before), TokenKind.CLOSE)
        starts = self._next_to(after, TokenKind.OPEN)
        left = right = 0
        for (end, name), (start, other) in zip(ends, starts, strict=False):
            if name.lower() != other.lower():
                break
            left, right = end, start
        return left, right

    def _next_to(self, tokens: Iterable[Token], kind: TokenKind) -> Iterator[tuple[int, str]]:
        """Number, from 1, and name of each token of a kind before any other, white space apart."""
        for number, token in enumerate(tokens, 1):
            if token.kind is kind:
                yield number, token.name
            elif token.kind is not TokenKind.TEXT or self._text[token.start : token.end].strip():
                return

    def _bare(self, stretch: Stretch) -> frozenset[str]:
        """The signs that a stretch's text has as they are: ">", and "<" with what is behind it.

        No tag begins there, and they stay as they are: a browser hides what follows some of them,
        and Markdown begins a block with others.
        """
        texts = [
            self._text[each.start : each.end]
            for each in stretch.tokens
            if each.kind is TokenKind.TEXT
        ]
        signs = {"<" + after for each in texts for after in _LESS_THAN.findall(each)}
        whole = "".join(texts)
        return frozenset(signs | ({">"} if ">" in whole and "&gt;" not in whole else set()))

    def _written(self, items: Content, quote: str, bare: frozenset[str]) -> str:
        parts: list[str] = []
        for item in items:
            if isinstance(item, str):
                text = _escaped(item, bare)
                if quote:
                    text = text.replace(quote, html.escape(quote))
                parts.append(text.replace("\xa0", "&nbsp;") if self._nbsp else text)
            elif isinstance(item, Place):
                parts.append(self._written(item.items, quote, bare))
            elif isinstance(item.what, Joined):
                parts.append(self._written(item.what.items, quote, bare))
            else:
                inner = self._written(item.items, quote, bare) if item.items is not None else ""
                parts.append(item.what.before + inner + item.what.after)
        return "".join(parts)
