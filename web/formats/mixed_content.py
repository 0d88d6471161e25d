"""XML with mixed content, text between elements: XHTML, OpenDocument, an .epub's contents."""

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import groupby
from types import MappingProxyType
from typing import Final

from web.formats.attributes import Attributes, attribute_places, with_attributes
from web.formats.places import (
    INLINE_DEPTH,
    Content,
    Element,
    Item,
    Joined,
    Place,
    places,
    said_text,
)
from web.formats.stand_ins import asked_as_code, figure_of
from web.formats.xml_attributes import spoken_places
from web.formats.xml_parts import Entity, Node, escaped, spliced, start_tag

_WHITE: Final = re.compile("[ \t\r\n\f]+")
# What parts the lines of preformatted text, and its columns.
_GAP: Final = re.compile(r"([ \t]*+[\n\t]\s*+| {3,})")


class Role(Enum):
    """Role of an element in the text around it."""

    BLOCK = auto()  # ends the line; has lines of its own
    LINES = auto()  # ends the line; line breaks in its text end lines, too
    FIXED = auto()  # ends the line; is not looked into
    INLINE = auto()  # its text is in the line
    FIGURE = auto()  # one thing in the line, which is asked with the figure or date that it shows
    QUOTED = auto()  # the same with whatever text, which is asked as code
    PICTURE = auto()  # the same with an alternative text, where it stands inside of a sentence
    RUBY = auto()  # the text of its first element is in the line
    ALONE = auto()  # one thing in the line; may have blocks inside
    ASIDE = auto()  # one thing in the line; its text is a block
    CODE = auto()  # one thing in the line, not looked into
    BREAK = auto()  # a line break
    BARE = auto()  # its text is in the line, and itself means nothing
    GONE = auto()  # means nothing in a changed line


@dataclass(frozen=True, slots=True)
class _Usual:
    """A block, and an element with the look of the text in it that has no other."""

    block: Node
    look: Node


@dataclass(slots=True)
class _Walk:
    """Walk through a block: the elements found on it."""

    in_lines: bool
    holders: set[Node]
    inner: list[Node] = field(default_factory=list)  # the blocks inside of it
    others: list[Node] = field(default_factory=list)  # all other elements


@dataclass(frozen=True, slots=True)
class _Nested:
    """An element with nothing but another one in it, which is one tag with it: a link."""

    outer: Node
    inner: Node


class MixedReader:
    """Reader of one kind of such XML; `Reader` in `web.formats.package` describes its methods."""

    def __init__(  # noqa: PLR0913 - all but the first three have a default
        self,
        prefixes: Mapping[str, str],
        is_block: Callable[[Node], bool],
        role: Callable[[Node], Role],
        text: Callable[[Node], str | None] = lambda _: None,
        write: Callable[[str, bytes], bytes] = lambda text, _: escaped(text),
        *,
        attributes: Mapping[str, Sequence[str]] = MappingProxyType({}),
        look: Callable[[Node], str] = lambda _: "",
        spoken: Callable[[Node], Collection[str]] = lambda _: (),
        foreign: Callable[[Node], str | None] = lambda _: None,
    ) -> None:
        """`text` gives the characters that an element stands for, or None.

        `attributes` has the names of those with lines, by the elements that have them.
        `write` is their way back, with the prefix that the outermost block's name has. `look` is
        the name of an element's look if it is nothing else: where all text of a block is in such
        elements, most of it needs no tag. `spoken` gives the attributes of an element that are
        language; `foreign`, the language that it says its text is in, "" for the document's, None
        when it says nothing.
        """
        self.prefixes = prefixes
        self.is_block = is_block
        self._role = role
        self._text = text
        self._attributes = attributes
        self._write = write
        self._look = look
        self._spoken = spoken
        self._foreign = foreign

    def places(self, block: Node, data: bytes) -> list[Place]:
        """The lines of a block and of those inside of it, in reading order."""
        holders: set[Node] = set()
        self._holds_block(block, holders)
        found: list[Place] = []
        waiting = [(block, "")]
        while waiting:
            node, language = waiting.pop()
            said = self._foreign(node)
            language = language if said is None else said
            if node.name in self._attributes:
                found += attribute_places(node, self._attributes[node.name])
                waiting += [
                    (each, language) for each in reversed(list(self._outermost_blocks(node)))
                ]
                continue
            walk = _Walk(self._role(node) is Role.LINES, holders)
            items = list(self._items(node, walk, 0))
            usual = self._usual(items)
            if usual is not None:
                items = list(self._without(usual, items))
            found += self._in_attributes(node, language, data)
            here = places(items)
            if here:
                for place in here:
                    place.language = language
                found += here
                node.items = [Element(node if usual is None else _Usual(node, usual), items)]
            for each in walk.others:
                found += self._in_attributes(each, language, data)
            waiting += [(each, language) for each in reversed(walk.inner)]
        return found

    def _in_attributes(self, node: Node, language: str, data: bytes) -> list[Place]:
        """The lines in an element's attributes; `language` is that of the text around it."""
        found = spoken_places(node, data, self._spoken(node)) if node.attributes else []
        for place in found:
            said = self._foreign(node)
            place.language = language if said is None else said
        return found

    def _usual(self, items: Content) -> Node | None:
        """One of the elements with the look of most of the text, if all text has one."""
        letters: dict[str, int] = {}
        elements: dict[str, Node] = {}
        for item in items:
            said = said_text([item]).strip()
            if isinstance(item, Element) and item.items is not None:
                look = self._look(item.what)
                elements.setdefault(look, item.what)
                letters[look] = letters.get(look, 0) + len(said)
            elif said and not isinstance(item, Element):
                return None
        usual = max(letters, key=lambda look: letters[look], default="")
        return elements[usual] if usual else None

    def _without(self, usual: Node, items: Content) -> Iterator[Item]:
        for item in items:
            if (
                not isinstance(item, Element)
                or item.items is None
                or self._look(item.what) != self._look(usual)
            ):
                yield item
                continue
            inner = [each for each in item.items if isinstance(each, Element) and each.items]
            if not inner:
                yield from item.items
            elif len(item.items) == 1:
                yield Element(_Nested(item.what, inner[0].what), inner[0].items)
            else:
                yield item

    def _holds_block(self, node: Node, holders: set[Node]) -> bool:
        """Whether there is a block among an element's text; those that do go to `holders`."""
        holds = False
        for each in node.nodes:
            role = self._role(each) if each.name else Role.CODE
            if role in {Role.INLINE, Role.BARE, Role.BLOCK} and self._holds_block(each, holders):
                holders.add(each)
                holds = True
            holds = holds or role in {Role.BLOCK, Role.LINES, Role.FIXED}
        return holds

    def _items(self, node: Node, walk: _Walk, depth: int) -> Iterator[Item]:
        """The content of a block, or of an element in it, as items."""
        for each in node.content:
            if isinstance(each, str):
                yield from self._text_items(each, walk)
            elif isinstance(each, Entity):
                # Only HTML's are used without being declared.
                yield html.unescape(f"&{each.name};")
            elif (text := self._text(each)) is not None:
                yield text
            else:
                yield from self._item(each, walk, depth)

    def _text_items(self, text: str, walk: _Walk) -> Iterator[Item]:
        if not walk.in_lines:
            yield _WHITE.sub(" ", text)
            return
        for index, part in enumerate(_GAP.split(text)):
            yield Element(escaped(part), apart=True) if index % 2 else part

    def _item(self, node: Node, walk: _Walk, depth: int) -> Iterator[Item]:
        role = self._role_here(node, walk, depth)
        if role in {Role.BLOCK, Role.LINES, Role.ASIDE} or node.name in self._attributes:
            walk.inner.append(node)
        elif node.name:
            walk.others.append(node)
        if role is Role.INLINE:
            yield Element(node, list(self._items(node, walk, depth + 1)))
        elif role is Role.RUBY:
            yield self._ruby(node, walk, depth)
        elif role is Role.BARE:
            yield from self._items(node, walk, depth + 1)
        elif role is not Role.GONE:
            if role is Role.ALONE:
                walk.inner += self._outermost_blocks(node)
                walk.others += self._between_blocks(node)
            apart = role in {Role.BLOCK, Role.LINES, Role.FIXED}
            yield Element(
                node,
                apart=apart,
                breaks=role is Role.BREAK,
                figure=_figure(node, role),
                within=role is Role.PICTURE,
            )

    def _role_here(self, node: Node, walk: _Walk, depth: int) -> Role:
        role = self._role(node) if node.name else Role.CODE
        if role in {Role.INLINE, Role.BARE}:
            if node in walk.holders:
                return Role.BLOCK
            if depth == INLINE_DEPTH:
                return Role.CODE
        return role

    def _ruby(self, node: Node, walk: _Walk, depth: int) -> Item:
        """An element around the text of its first element."""
        base = next(node.nodes, None)
        if base is None or depth == INLINE_DEPTH:
            return Element(node)
        around = Node(node.name, {}, node.start, base.inner, base.close, node.end)
        return Element(around, list(self._items(base, walk, depth + 1)))

    def _outermost_blocks(self, node: Node) -> Iterator[Node]:
        for each in node.nodes:
            if self._begins_block(each):
                yield each
            else:
                yield from self._outermost_blocks(each)

    def _between_blocks(self, node: Node) -> Iterator[Node]:
        for each in node.nodes:
            if each.name and not self._begins_block(each):
                yield each
                yield from self._between_blocks(each)

    def _begins_block(self, node: Node) -> bool:
        if self.is_block(node):
            return True
        return bool(node.name) and self._role(node) in {Role.BLOCK, Role.LINES}

    def rendered(self, block: Node, data: bytes) -> bytes:
        """A block as XML; where nothing changed, byte for byte."""
        prefix = block.prefix(data)
        return _Writer(data, lambda text: self._write(text, prefix)).node(block)


def _figure(node: Node, role: Role) -> str:
    if role is Role.FIGURE:
        return figure_of(node.text)
    if role is Role.QUOTED:
        return asked_as_code(node.text)
    return asked_as_code(node.get("alt")) if role is Role.PICTURE else ""


class _Writer:
    """Writes the items of a block."""

    def __init__(self, data: bytes, text: Callable[[str], bytes]) -> None:
        self._data = data
        self._text = text

    def node(self, node: Node) -> bytes:
        """An element as it was, but for what changed."""
        return spliced(node, self._data, self._items)

    def _items(self, items: Content) -> bytes:
        return b"".join(map(self._item, items))

    def _item(self, item: Item) -> bytes:
        if isinstance(item, str):
            return self._text(item)
        if isinstance(item, Place):
            return self._items(item.items)
        inner = item.items or []
        match item.what:
            case Attributes(node):
                written = with_attributes(node, inner, self._data, self._items)
            case Joined(items):
                written = self._items(items)
            case bytes():
                written = item.what
            case _Nested(outer, node):
                written = _tag(outer, self._data, self._tagged(node, inner))
            case _Usual(block, look):
                written = _tag(block, self._data, self._in_usual(inner, look))
            case node:
                written = self.node(node) if item.items is None else self._tagged(node, inner)
        return written

    def _tagged(self, node: Node, items: Content) -> bytes:
        return _tag(node, self._data, self._items(items))

    def _in_usual(self, items: Content, look: Node) -> bytes:
        parts: list[bytes] = []
        for has_look, group in groupby(_outside_of_places(items), _has_usual_look):
            content = b"".join(map(self._item, group))
            parts.append(_tag(look, self._data, content) if has_look and content else content)
        return b"".join(parts)


def _outside_of_places(items: Content) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Place):
            yield from _outside_of_places(item.items)
        else:
            yield item


def _has_usual_look(item: Item) -> bool:
    return not isinstance(item, Element) or bool(item.figure)


def _tag(node: Node, data: bytes, content: bytes) -> bytes:
    return start_tag(node, data) + content + data[node.close : node.end]
