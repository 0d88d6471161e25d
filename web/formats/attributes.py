"""Attributes of XML that hold words which someone reads or hears: alternative texts, labels."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from web.formats.places import Content, Element, Place, changed, places, said_text
from web.formats.xml_parts import Node, spliced_content, with_attribute

_FILE_NAME: Final = re.compile(r"\S*\.\w{2,4}")


@dataclass(frozen=True, slots=True)
class Attributes:
    """A node with lines in attributes, which are its items."""

    node: Node


def attribute_places(node: Node, names: Sequence[str]) -> list[Place]:
    """The lines of a node's attributes of these names; the node keeps them as its items."""
    found: list[Place] = []
    values: Content = []
    for name in names:
        value = node.get(name)
        if value and not _FILE_NAME.fullmatch(value):
            items: Content = [" ".join(value.split())]
            found += places(items)
            values.append(Element(name, items))
    if found:
        node.items = [Element(Attributes(node), values)]
    return found


def with_attributes(
    node: Node, values: Content, data: bytes, write: Callable[[Content], bytes]
) -> bytes:
    """A node as `spliced` writes it, with the lines of its attributes."""
    opening = data[node.start : node.inner]
    for each in values:
        if isinstance(each, Element) and each.items and changed(each.items):
            opening = with_attribute(opening, each.what, said_text(each.items))
    return opening + spliced_content(node, data, write) + data[node.close : node.end]
