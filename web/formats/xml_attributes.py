"""XML attributes: where their values stand in a start tag, their lines, and the marks of language.

As with elements, only what changes is written: quotes, blanks and all other attributes stay.
"""

import html
import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from web.formats.language_marks import primary_language
from web.formats.places import Content, Place, places
from web.formats.xml_parts import AttributeValue, Node

_ATTRIBUTE: Final = re.compile(rb"([^\s=\"'<>/]++)\s*+=\s*+(\"[^\"]*+\"|'[^']*+')")
_TAG: Final = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<end>/?)[^\s/>!?]++(?>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*)>",
    re.DOTALL,
)
_MARKS: Final = frozenset(("lang", "xml:lang"))


class _Found(NamedTuple):
    """An attribute's name, and where its value stands, without its quotes."""

    name: str
    start: int
    end: int


def _attributes(data: bytes, start: int, end: int) -> Iterator[_Found]:
    """The attributes of the start tag `data[start:end]`."""
    for match in _ATTRIBUTE.finditer(data, start, end):
        yield _Found(match[1].decode(), match.start(2) + 1, match.end(2) - 1)


def spoken_places(node: Node, data: bytes, wanted: Collection[str]) -> list[Place]:
    """The lines in an element's attributes of these names; they stand in `node.values` then."""
    found: list[Place] = []
    if not wanted:
        return found
    for each in _attributes(data, node.start, node.inner):
        if each.name in wanted:
            # Not Expat's value: it has no entities of HTML.
            items: Content = [html.unescape(data[each.start : each.end].decode())]
            if here := places(items):
                found += here
                node.values.append(AttributeValue(each.start, each.end, items))
    return found


def with_language(data: bytes, main: str, language: str) -> bytes:
    """Name another language where well-formed UTF-8 XML says that it is in `main`.

    Without `main` it is what the outermost element says. Passages that are not translated keep
    their marks.
    """
    parts: list[bytes] = []
    position = depth = 0
    kept = 0  # the depth of a passage that is not translated; 0 outside of one
    for tag in _TAG.finditer(data):
        if tag["end"] is None:
            continue
        if tag["end"]:
            kept = 0 if depth == kept else kept
            depth -= 1
            continue
        depth += 1
        found = list(_attributes(data, *tag.span())) if b"=" in tag.group() else []
        marks = [each for each in found if each.name in _MARKS]
        if any(each.name == "translate" and data[each.start : each.end] == b"no" for each in found):
            kept = kept or depth
        if depth == 1 and not main:
            main = next((primary_language(_said(data, each)) for each in marks), "")
        for each in marks:
            if main and not kept and primary_language(_said(data, each)) == main:
                parts += (data[position : each.start], language.encode())
                position = each.end
        if tag.group().endswith(b"/>"):
            kept = 0 if depth == kept else kept
            depth -= 1
    return b"".join([*parts, data[position:]])


def _said(data: bytes, attribute: _Found) -> str:
    return data[attribute.start : attribute.end].decode()
