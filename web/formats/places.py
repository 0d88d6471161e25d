"""Places: find the lines in a document's content, and put their translations in their place.

A reader of some kind of document gives the content of a paragraph as items: text, and elements
of its own. This module decides which of them make a line, without knowing any format.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from web.formats.base import DocumentError
from web.formats.inline import Part, Tag, letters_for, read, written
from web.formats.language_marks import primary_language
from web.formats.stand_ins import ends_sentence, is_code, one_line, with_figures
from web.messages import N_

# Most characters of a document's text: some 20 bytes of memory for each are needed at once.
MOST_CHARACTERS = 10_000_000
# Levels of nested inline elements that readers take apart; an element below them is one tag.
INLINE_DEPTH = 24

_FENCE = re.compile(r"\s*(?:>\s*)*(?:`{3}|~{3})")
_GLUED = "0123456789.,:/-\u2013\u2011"


@dataclass(slots=True, eq=False, repr=False)
class Element:
    """Element: something in the content that is no text; `what` belongs to the reader.

    With `items` they are in the line, between its opening and its closing tag; without, it is one
    tag. An element `apart` ends a line; one that `breaks` ends it, too, unless the sentence visibly
    goes on: then it is a line break in the line, as a `soft_break` always is. An `ordered` one
    keeps its order among its like, wherever the words go. One with a `figure` is asked for with it,
    so that its sentence is whole, and stays what it is: "Abbildung <x1>1</x1>: Das Haus". So is one
    with a date, or with code. One `within` has its figure in a sentence alone: a picture between
    two sentences belongs to none.
    """

    what: Any
    items: "list[Item] | None" = None
    apart: bool = False
    breaks: bool = False
    ordered: bool = False
    soft_break: bool = False
    figure: str = ""
    within: bool = False

    @property
    def kind(self) -> Literal["alone", "break"]:
        """Kind of the tag that it is without items."""
        return "break" if self.breaks or self.soft_break else "alone"


@dataclass(slots=True, eq=False, repr=False)
class Place:
    """Place of a line: the items that it was made of, and later is.

    `language` is that of a passage which says that it is in another than its document.
    """

    items: "list[Item]"
    changed: bool = False
    language: str = ""
    parts: list[Part] = field(init=False)
    _elements: list[Element] = field(default_factory=list)
    # By the numbers of their elements, from 1.
    _figures: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = list(self._parts(self.items))

    def _parts(self, items: "Sequence[Item]") -> Iterator[Part]:
        for item in items:
            if isinstance(item, str):
                yield one_line(item)
            elif isinstance(item, Element):
                self._elements.append(item)
                number = len(self._elements)
                if figure := _only_figure(item):
                    self._figures[number] = figure
                    yield Tag(number, "open")
                    yield one_line(figure)
                    yield Tag(number, "close")
                elif item.items is None or not said_text(item.items):
                    yield Tag(number, item.kind)
                else:
                    yield Tag(number, "open")
                    yield from self._parts(item.items)
                    yield Tag(number, "close")

    def put(self, target: str, letters: str) -> None:
        """Replace the line by `target`; `letters` are those of the document's tags."""
        if target == written(self.parts, letters):
            return
        self.changed = True
        root: list[Item] = []
        stack = [root]
        parts = with_figures(read(one_line(target), self.parts, letters), self._figures)
        self._order(parts)
        for part in parts:
            if isinstance(part, str):
                stack[-1].append(part)
            elif part.kind == "close":
                stack.pop()
            else:
                element = self._elements[part.number - 1]
                if part.kind == "open":
                    inner: list[Item] = []
                    stack[-1].append(Element(element.what, inner))
                    stack.append(inner)
                else:
                    stack[-1].append(element)
        self.items = root

    def _order(self, parts: list[Part]) -> None:
        ordered = [
            (index, part.number)
            for index, part in enumerate(parts)
            if isinstance(part, Tag) and self._elements[part.number - 1].ordered
        ]
        # Numbers rise in the source.
        for (index, _), number in zip(ordered, sorted(each for _, each in ordered), strict=True):
            parts[index] = Tag(number, self._elements[number - 1].kind)


Item = str | Element | Place
Content = list[Item]


def _only_figure(element: Element) -> str:
    """The figure of an element, or of the one thing that is in it: a link around code."""
    while element.items is not None:
        only = element.items[0] if len(element.items) == 1 else None
        if not isinstance(only, Element):
            return ""
        element = only
    return element.figure


@dataclass(frozen=True, slots=True)
class Joined:
    """Items that are one figure, as what an element is: readers write them one by one."""

    items: Content


def _check_within(items: Content) -> None:
    """Take the figures off those that have one in a sentence alone, and stand in none."""
    flat = list(_flat(items))
    if not any(isinstance(item, Element) and item.within for item in flat):
        return
    # The text before each, and after it, as far as a line goes.
    before = list(_texts_before(flat))
    after = list(_texts_before(reversed(flat)))[::-1]
    for item, left, right in zip(flat, before, after, strict=True):
        if isinstance(item, Element) and item.within and not _in_sentence(left, right):
            item.figure = ""


def _flat(items: Content) -> Iterator["str | Element"]:
    """Texts and elements without items."""
    for item in items:
        if isinstance(item, Element) and item.items:
            yield from _flat(item.items)
        elif not isinstance(item, Place):
            yield item


def _texts_before(flat: Iterable["str | Element"]) -> Iterator[str]:
    last = ""
    for item in flat:
        yield last
        if isinstance(item, str):
            last = item if item.strip() else last
        elif item.apart or item.breaks:
            last = ""


def _in_sentence(before: str, after: str) -> bool:
    start = after.lstrip()[:1]
    if not before:
        return start.islower()
    return bool(start) and not ends_sentence(before)


def _join_figures(items: Content) -> None:
    """Make one figure of what is written as one: the chapter, a stop and the number in it.

    The signs before a figure are in it, too, since a translator takes a number that is glued to a
    stop for the mark of a note.
    """
    result: Content = []
    for item in items:
        if isinstance(item, Element) and item.items:
            _join_figures(item.items)
        elif isinstance(item, Element) and item.figure and not is_code(item.figure):
            inner: Content = [item]
            if result and isinstance(last := result[-1], str):
                rest = last.rstrip(_GLUED)
                if rest != last:
                    inner.insert(0, last[len(rest) :])
                    result[-1:] = [rest] if rest else []
            if (
                (len(inner) > 1 or item.figure.isalnum())
                and result
                and isinstance(last := result[-1], Element)
                and last.figure
                and not is_code(last.figure)
            ):
                inner.insert(0, result.pop())
            if len(inner) > 1:
                item = Element(Joined(inner), figure=said_text(inner))  # noqa: PLW2901 - is it now
        result.append(item)
    items[:] = result


def places(items: Content) -> list[Place]:
    """Find the lines in `items`: their places, which stand in `items` from now on."""
    _check_within(items)
    _join_figures(items)
    found: list[Place] = []
    result: Content = []
    stretch: Content = []
    for item, goes_on in zip(items, _going_on(items), strict=True):
        if isinstance(item, Element) and (item.apart or (item.breaks and not goes_on)):
            result += _settled(stretch, found)
            result.append(item)
            stretch = []
        else:
            stretch.append(item)
    items[:] = result + _settled(stretch, found)
    return found


def _going_on(items: Content) -> list[bool]:
    """Of each item, whether the text after it begins in lower case."""
    result = [False] * len(items)
    lower = False
    for index in range(len(items) - 1, -1, -1):
        result[index] = lower
        start = said_text(items[index : index + 1]).lstrip()[:1]
        lower = start.islower() if start else lower
    return result


def _settled(stretch: Content, found: list[Place]) -> Content:
    """A stretch between two breaks with its line, if it has one, as a place."""
    left, core, right = _trimmed(stretch)
    if not any(map(_has_letter, core)):
        return stretch
    only = core[0]
    if len(core) == 1 and isinstance(only, Element) and only.items is not None:
        # An element around the whole line is not in it.
        found += places(only.items)
        return left + core + right
    # The translator takes lines between two code fences as code.
    if _FENCE.match(said_text(core)):
        return stretch
    place = Place(core)
    found.append(place)
    return [*left, place, *right]


def _trimmed(stretch: Content) -> tuple[Content, Content, Content]:
    """White space, and elements without text, at the start; the line; the same at its end."""
    said = [index for index, item in enumerate(stretch) if _said(item)]
    if not said:
        return stretch, [], []
    left, core, right = (
        stretch[: said[0]],
        stretch[said[0] : said[-1] + 1],
        stretch[said[-1] + 1 :],
    )
    if isinstance(core[0], str):
        text = core[0].lstrip()
        left.append(core[0][: len(core[0]) - len(text)])
        core[0] = text
    if isinstance(core[-1], str):
        text = core[-1].rstrip()
        right.insert(0, core[-1][len(text) :])
        core[-1] = text
    return left, core, right


def _said(item: Item) -> bool:
    if isinstance(item, str):
        return bool(item.strip())
    return (isinstance(item, Element) and bool(item.figure)) or (
        item.items is not None and any(map(_said, item.items))
    )


def said_text(items: Sequence[Item]) -> str:
    """All text in items, as it is read."""
    return "".join(
        item
        if isinstance(item, str)
        else said_text(item.items)
        if item.items
        else item.figure
        if isinstance(item, Element)
        else ""
        for item in items
    )


def _has_letter(item: Item) -> bool:
    if isinstance(item, str):
        return any(map(str.isalpha, item))
    return item.items is not None and any(map(_has_letter, item.items))


def changed(items: Content) -> bool:
    """Whether a place in `items` has another line than it had."""
    return any(
        item.changed if isinstance(item, Place) else changed(item.items)
        for item in items
        if not isinstance(item, str) and item.items is not None
    )


def check_count(targets: Sequence[str], lines: Sequence[str]) -> None:
    """Check the number of targets. Raises DocumentError unless there is one for each line."""
    if len(targets) != len(lines):
        raise DocumentError(N_("The translation has another number of lines. Nothing was kept."))


def check_length(characters: int, most: int = MOST_CHARACTERS) -> None:
    """Check the length of a document's text. Raises DocumentError when it is over `most`."""
    if characters > most:
        raise DocumentError(
            N_(
                "The file has more than {most} characters and was not read. Nothing was kept; "
                "divide it, or send it as .txt."
            ),
            most=most,
        )


def text_without_elements(items: Content) -> str:
    """The text of content in which no element is."""
    return "".join(
        text_without_elements(item.items) if isinstance(item, Place) else item
        for item in items
        if not isinstance(item, Element)
    )


class Lines:
    """Line collector: the lines of a whole document, and their translations back in order."""

    def __init__(self) -> None:
        self._parts: list[list[Part]] = []
        self._languages: list[str] = []
        self._characters = 0
        self.letters = ""
        self.lines: list[str] = []

    def add(self, found: Sequence[Place]) -> None:
        """Add the lines of these places after all before.

        Raises DocumentError when they have more than MOST_CHARACTERS together.
        """
        self._parts += [place.parts for place in found]
        self._characters += sum(
            len(part) for place in found for part in place.parts if isinstance(part, str)
        )
        check_length(self._characters)
        self._languages += [place.language for place in found]

    def finish(self) -> None:
        """Write all lines to `lines`, now that all texts are known; no more can be added."""
        texts = (part for parts in self._parts for part in parts if isinstance(part, str))
        self.letters = letters_for(texts)
        self.lines = [written(parts, self.letters) for parts in self._parts]
        self._parts = []

    @property
    def count(self) -> int:
        """How many lines there are so far."""
        return len(self._parts)

    def check(self, targets: Sequence[str]) -> None:
        """Check the number of targets. Raises DocumentError unless there is one for each line."""
        check_count(targets, self.lines)

    def settled(self, targets: Sequence[str], language: str) -> Sequence[str]:
        """The targets, but passages that are in the language `language` already stay as they are.

        Raises DocumentError unless there is a target for each line.
        """
        self.check(targets)
        wanted = primary_language(language)
        if not wanted or wanted not in self._languages:
            return targets
        return [
            line if own == wanted else target
            for line, own, target in zip(self.lines, self._languages, targets, strict=True)
        ]

    def filler(self, targets: Iterable[str]) -> Callable[[Sequence[Place]], bool]:
        """A function that fills places in the order of `add`, and tells whether any changed."""
        waiting = iter(targets)

        def fill(found: Sequence[Place]) -> bool:
            for place in found:
                place.put(next(waiting), self.letters)
            return any(place.changed for place in found)

        return fill
