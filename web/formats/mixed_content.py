"""XML with mixed content, text between elements: XHTML, OpenDocument, an .epub's contents."""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
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
    figure_of,
    places,
)
from web.formats.xml_parts import Entity, Node, escaped, spliced

_WHITE: Final = re.compile("[ \t\r\n\f]+")


class Role(Enum):
    """Role of an element in the text around it."""

    BLOCK = auto()  # ends the line; has lines of its own
    FIXED = auto()  # ends the line; is not looked into
    INLINE = auto()  # its text is in the line
    FIGURE = auto()  # one thing in the line, which is asked with the figure or date that it shows
    RUBY = auto()  # the text of its first element is in the line
    ALONE = auto()  # one thing in the line; may have blocks inside
    CODE = auto()  # one thing in the line, not looked into
    BREAK = auto()  # a line break
    BARE = auto()  # its text is in the line, and itself means nothing
    GONE = auto()  # means nothing in a changed line


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
    ) -> None:
        """`text` gives the characters that an element stands for, or None.

        `attributes` has the names of those with lines, by the elements that have them.
        `write` is their way back, with the prefix that the outermost block's name has.
        """
        self.prefixes = prefixes
        self.is_block = is_block
        self._role = role
        self._text = text
        self._attributes = attributes
        self._write = write

    def places(self, block: Node, _: bytes) -> list[Place]:
        """The lines of a block and of those inside of it, in reading order."""
        holders: set[Node] = set()
        self._holds_block(block, holders)
        found: list[Place] = []
        waiting = [block]
        while waiting:
            node = waiting.pop()
            if node.name in self._attributes:
                found += attribute_places(node, self._attributes[node.name])
                waiting += reversed(list(self._outermost_blocks(node)))
                continue
            inner: list[Node] = []
            items = list(self._items(node, inner, holders, 0))
            here = places(items)
            if here:
                found += here
                node.items = [Element(node, items)]
            waiting += reversed(inner)
        return found

    def _holds_block(self, node: Node, holders: set[Node]) -> bool:
        """Whether there is a block among an element's text; those that do go to `holders`."""
        holds = False
        for each in node.nodes:
            role = self._role(each) if each.name else Role.CODE
            if role in {Role.INLINE, Role.BARE, Role.BLOCK} and self._holds_block(each, holders):
                holders.add(each)
                holds = True
            holds = holds or role in {Role.BLOCK, Role.FIXED}
        return holds

    def _items(
        self, node: Node, inner: list[Node], holders: set[Node], depth: int
    ) -> Iterator[Item]:
        """The content of a block as items; the blocks inside of it go to `inner`."""
        for each in node.content:
            if isinstance(each, str):
                yield _WHITE.sub(" ", each)
            elif isinstance(each, Entity):
                # Only HTML's are used without being declared.
                yield html.unescape(f"&{each.name};")
            elif (text := self._text(each)) is not None:
                yield text
            else:
                yield from self._item(each, inner, holders, depth)

    def _item(
        self, node: Node, inner: list[Node], holders: set[Node], depth: int
    ) -> Iterator[Item]:
        role = self._role(node) if node.name else Role.CODE
        if role in {Role.INLINE, Role.BARE}:
            if node in holders:
                role = Role.BLOCK
            elif depth == INLINE_DEPTH:
                role = Role.CODE
        if role is Role.INLINE:
            yield Element(node, list(self._items(node, inner, holders, depth + 1)))
        elif role is Role.RUBY:
            yield self._ruby(node, inner, holders, depth)
        elif role is Role.BARE:
            yield from self._items(node, inner, holders, depth + 1)
        elif role is not Role.GONE:
            if role is Role.BLOCK or node.name in self._attributes:
                inner.append(node)
            elif role is Role.ALONE:
                inner += self._outermost_blocks(node)
            apart = role in {Role.BLOCK, Role.FIXED}
            figure = figure_of(node.text) if role is Role.FIGURE else ""
            yield Element(node, apart=apart, breaks=role is Role.BREAK, figure=figure)

    def _ruby(self, node: Node, inner: list[Node], holders: set[Node], depth: int) -> Item:
        """An element around the text of its first element."""
        base = next(node.nodes, None)
        if base is None or depth == INLINE_DEPTH:
            return Element(node)
        around = Node(node.name, {}, node.start, base.inner, base.close, node.end)
        return Element(around, list(self._items(base, inner, holders, depth + 1)))

    def _outermost_blocks(self, node: Node) -> Iterator[Node]:
        for each in node.nodes:
            if self.is_block(each):
                yield each
            else:
                yield from self._outermost_blocks(each)

    def rendered(self, block: Node, data: bytes) -> bytes:
        """A block as XML; where nothing changed, byte for byte."""
        prefix = block.prefix(data)

        def node(node: Node) -> bytes:
            return spliced(node, data, written)

        def written(items: Content) -> bytes:
            return b"".join(map(one, items))

        def one(item: Item) -> bytes:
            if isinstance(item, str):
                return self._write(item, prefix)
            if isinstance(item, Place):
                return written(item.items)
            if isinstance(item.what, Attributes):
                return with_attributes(item.what.node, item.items or [], data, written)
            if isinstance(item.what, Joined):
                return written(item.what.items)
            if item.items is None:
                return node(item.what)
            return _tag(item.what, data, written(item.items))

        return node(block)


def _tag(node: Node, data: bytes, content: bytes) -> bytes:
    return data[node.start : node.inner] + content + data[node.close : node.end]
