"""Tag writing: a translation with its tags, once their places are found.

Every tag comes out once and tags nest well, whatever the places are.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from translator.text.tags import Element


class Words(NamedTuple):
    """Run of words: `[start, end)` of their numbers."""

    start: int
    end: int


@dataclass(slots=True)
class Placed:
    """Placed element: its place in the target by words, and by characters (`start`, `end`)."""

    element: Element
    words: Words
    start: int
    end: int
    children: list["Placed"] = field(default_factory=list)


def with_tags(placed: Placed, elements: Sequence[Element], target: str) -> str:
    """The range of `target` that `placed` covers, with the tags of its children.

    `elements` are those children's elements in the order of the source.
    """
    _pair(elements, placed)
    parts: list[str] = []
    _write(placed, target, parts)
    return "".join(parts)


def is_sign(character: str) -> bool:
    """Whether a character is neither a letter, a digit nor white space."""
    return not (character.isspace() or character.isalnum() or character == "_")


def _pair(elements: Sequence[Element], placed: Placed) -> None:
    """Let tags that cross others come in the order of the source, so that they are pairs still.

    They are placed one by one, so the closing tag may have come to stand before its opening one.
    """
    waiting: dict[str, deque[Element]] = {}
    for each in _crossing(elements):
        waiting.setdefault(each.name, deque()).append(each)
    _take(placed, waiting)


def _crossing(elements: Sequence[Element]) -> Iterator[Element]:
    for each in elements:
        if each.crossing:
            yield each
        yield from _crossing(each.children)


def _take(placed: Placed, waiting: dict[str, deque[Element]]) -> None:
    for each in placed.children:
        if each.element.crossing:
            each.element = waiting[each.element.name].popleft()
        _take(each, waiting)


def _write(placed: Placed, target: str, parts: list[str]) -> None:
    """A target's range with its tags; places that overlap all the same give way."""
    position = placed.start
    for each in placed.children:
        each.start = min(max(each.start, position), placed.end)
        each.end = min(max(each.end, each.start), placed.end)
        parts.append(target[position : each.start])
        position = each.end
        element = each.element
        if not element.alone:
            parts.append(element.opening)
            _write(each, target, parts)
            parts.append(element.closing)
            continue
        following = target[position : position + 1]
        before = target[position - 1 : position] if position else ""
        leading = element.leading and not element.crossing
        if (element.spaced or leading) and before and not before.isspace():
            parts.append(" ")
        parts.append(element.opening)
        if element.spaced and following.isalnum():
            parts.append(" ")
        if element.joined and following == " " and position < placed.end:
            position += 1
        elif leading and target[position : position + 1] == " ":
            # „in <x1/>.“ is asked for as „in .“, and a model writes “in .” or “in.”
            position += is_sign(target[position + 1 : position + 2] or " ")
    parts.append(target[position : placed.end])
