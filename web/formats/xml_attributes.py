"""XML attributes: where their values stand in a start tag, their lines, and the marks of language.

As with elements, only what changes is written: quotes, blanks and all other attributes stay.
"""

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, NamedTuple

from web.formats.language_marks import primary_language
from web.formats.places import Content, Place, places
from web.formats.xml_parts import AttributeValue, Node, escaped, rewritten, tag_end

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


def with_values_changed(
    data: bytes, prefixes: Mapping[str, str], changed: Callable[[str, str, str], str]
) -> bytes:
    """UTF-8 XML in which attributes have the values that `changed` gives.

    It is asked with the element's name, as `Node` has it, the attribute's without its prefix, and
    the value that it has. Raises DocumentError as `rewritten` does.
    """
    parts: list[bytes] = []
    position = 0

    def look(node: Node) -> bool:
        nonlocal position
        names = [key.rpartition("}")[2] for key in node.attributes]
        values = zip(names, node.attributes.values(), strict=True)
        new = {
            name: said
            for name, value in values
            if (said := changed(node.name, name, value)) != value
        }
        if new:
            for each in _attributes(data, node.start, tag_end(data, node.start)):
                name = each.name.rpartition(":")[2]
                if name in new and not each.name.startswith("xmlns:"):
                    quote = data[each.end : each.end + 1]
                    value = escaped(new[name])
                    for sign in (quote, b"\n", b"\r", b"\t"):
                        value = value.replace(sign, b"&#%d;" % sign[0])
                    parts.extend((data[position : each.start], value))
                    position = each.end
        return False

    rewritten(data, prefixes, look, lambda *_: None)
    return b"".join([*parts, data[position:]])


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
