"""Inline tags: taken out of a sentence, so that a model sees nothing but the sentence.

The words that they enclose are kept as places in the clean text; `translator.text.projection`
finds the same words in the translation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from translator.text.inline_tags import (
    AFTER_WORD,
    is_line_break,
    is_lone,
    of_no_word,
    parts_words,
    tag_name,
    tags_in,
)

# Most tags in one segment, and most tags times characters: more are not worth the time.
_MOST: Final = 200
_MOST_WORK: Final = 1_000_000


# A line break between the ends of elements and the starts of others, as if each line had its own:
# `<i>Eins</i><br /><i>zwei</i>`. Its groups are those of a tag.
_TAG: Final = r"<{}[A-Za-z][\w:.-]{{0,40}}(?:\s[^<>]{{0,400}})?>"
_REOPENING: Final = re.compile(
    rf"(?P<closing>)(?P<ends>(?:{_TAG.format('/')}){{1,4}})\s{{0,9}}"
    r"(?P<break><(?P<name>[A-Za-z]{1,11}[0-9]{0,6})(?:\s[^<>]{0,400})?/?>)\s{0,9}"
    rf"(?P<starts>(?:{_TAG.format('')}){{1,4}})(?P<alone>)"
)
_NAME: Final = re.compile(r"</?([A-Za-z][\w:.-]*)")


@dataclass(slots=True, eq=False)
class Element:
    """Element: the characters `[start, end)` of the clean text that a tag or two enclose.

    One that begins or ends in another segment lacks its `opening` or `closing` and lies at the
    clean text's edge. Where `alone`, the opening is all there is, and `end` is `start`.
    """

    opening: str
    start: int
    end: int = -1
    closing: str = ""
    alone: bool = False
    # One of a pair that crosses another pair; it is alone.
    crossing: bool = False
    # White space stood on both sides of it.
    spaced: bool = False
    # It stood before a word, and not after one.
    leading: bool = False
    # A space was put into the clean text at its place.
    joined: bool = False
    # A line ends at it; it is alone.
    ends_line: bool = False
    name: str = ""
    children: list["Element"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tagged:
    """Tagged text: a text without its tags, and the outermost elements in their order."""

    text: str
    elements: list[Element]


def take_out(source: str, language: str) -> Tagged | None:
    """Take the tags out of `source`; None if it has none, or too many.

    A name in angle brackets that nothing closes, and that is no tag's, is a placeholder: it stays.
    """
    found = _with_wide_breaks(source, of_no_word(source, tags_in(source, language)))
    if 0 < len(found) <= min(_MOST, _MOST_WORK // len(source)):
        return _parsed(source, found)
    return None


def _with_wide_breaks(source: str, tags: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """Tags with those around a line break in one with it, where all lines have the same ones.

    Only where they nest well, so that the break stays inside of them.
    """
    if not any(map(is_line_break, tags)) or not _nest(tags):
        return tags
    wide = [each for each in _REOPENING.finditer(source) if _is_wide(each, tags)]
    if not wide:
        return tags
    inside = {place for each in wide for place in range(*each.span())}
    rest = (each for each in tags if each.start() not in inside)
    return sorted([*wide, *rest], key=re.Match.start)


def _is_wide(each: re.Match[str], tags: Sequence[re.Match[str]]) -> bool:
    ends, starts = _NAME.findall(each["ends"].lower()), _NAME.findall(each["starts"].lower())
    start = each.start("break")
    return ends == starts[::-1] and any(tag.start() == start and is_line_break(tag) for tag in tags)


def _nest(tags: Sequence[re.Match[str]]) -> bool:
    names: list[str] = []
    for tag in tags:
        if tag["closing"]:
            if names and names.pop() != tag_name(tag):
                return False
        elif not is_lone(tag):
            names.append(tag_name(tag))
    return True


def _parsed(source: str, tags: Sequence[re.Match[str]]) -> Tagged:
    """The elements of a text."""
    clean = _Clean(source, tags)
    root = Element("", 0)
    stack = [root]
    crossed: set[str] = set()
    for tag in tags:
        each = clean.take(tag)
        each.name = name = tag_name(tag)
        if not tag["closing"]:
            each.alone = is_lone(tag)
            stack[-1].children.append(each)
            if not each.alone:
                stack.append(each)
        elif name in {one.name for one in stack[1:]}:
            while stack[-1].name != name:
                over = stack.pop()
                _flatten(over, stack[-1])
                crossed.add(over.name)
            ended = stack.pop()
            ended.end, ended.closing = each.start, each.opening
        elif len(stack) > 1 or name in crossed:
            each.alone = each.crossing = True
            stack[-1].children.append(each)
        else:
            # It began in an earlier segment, with all that came before it here in it.
            root.children = [Element("", 0, each.start, tag.group(), children=root.children)]
    text = clean.text()
    for each in stack[1:]:
        each.end = len(text)
    _fit(root.children, len(text))
    return Tagged(text, root.children)


def _flatten(each: Element, parent: Element) -> None:
    """Make an element that crosses another one a lone tag."""
    each.alone = each.crossing = True
    parent.children += each.children
    each.children = []


def _fit(elements: Sequence[Element], length: int) -> None:
    """The clean text has lost the white space at its end."""
    for each in elements:
        each.start = min(each.start, length)
        each.end = each.start if each.alone else min(each.end, length)
        _fit(each.children, length)


class _Clean:
    """The text between the tags, with one space where tags had white space on both sides."""

    def __init__(self, source: str, tags: Sequence[re.Match[str]]) -> None:
        self._source = source
        self._after: dict[int, str] = {}
        following = len(source)
        right = ""
        for tag in reversed(tags):
            if tag.end() < following:
                right = source[tag.end()]
            self._after[tag.start()] = right
            following = tag.start()
        self._parts: list[str] = []
        self._length = 0
        self._position = 0
        self._left = ""

    def take(self, tag: re.Match[str]) -> Element:
        self._add(self._source[self._position : tag.start()])
        if self._position < tag.start():
            self._left = self._source[tag.start() - 1]
        self._position = tag.end()
        left, right = self._left, self._after[tag.start()]
        each = Element(
            tag.group(),
            self._length,
            spaced=(not left or left.isspace()) and (not right or right.isspace()),
            leading=(not left or left.isspace()) and not (not right or right.isspace()),
        )
        each.ends_line = is_line_break(tag)
        apart = (left.isalnum() or left in AFTER_WORD) and right.isalnum()
        if parts_words(tag) and (apart or (each.ends_line and left.strip() and right.strip())):
            each.joined = not self._ends_with_space()
            if each.joined and left:
                self._put(" ")
        return each

    def text(self) -> str:
        self._add(self._source[self._position :])
        return "".join(self._parts).rstrip()

    def _add(self, text: str) -> None:
        self._put(text.lstrip() if self._ends_with_space() else text)

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _ends_with_space(self) -> bool:
        return not self._parts or self._parts[-1][-1:].isspace()
