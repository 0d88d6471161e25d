"""WordprocessingML: a paragraph's runs become lines with tags, and runs again.

Word cuts a word into runs wherever someone once typed, so runs that look alike are one. The look
that most of a paragraph has needs no tag.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from web.formats.attributes import Attributes, attribute_places, with_attributes
from web.formats.office.drawing import DrawnParagraph, paragraph_places, written_paragraph
from web.formats.places import (
    Content,
    Element,
    Item,
    Joined,
    Place,
    places,
)
from web.formats.word.pieces import (
    CHARACTERS,
    CODE_STYLES,
    AroundRuns,
    InRun,
    RunContainer,
    WordLook,
    edges_of,
    items_of,
    pieces_of,
    style_of,
    usual_look_of,
)
from web.formats.xml_parts import Node, escaped, spliced

PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
}
# Attributes with text that someone reads or hears: of pictures, of a watermark, of tables.
_ATTRIBUTES: Final = {
    "wp:docPr": ("title", "descr"),
    "pic:cNvPr": ("title", "descr"),
    "a:cNvPr": ("title", "descr"),
    "v:shape": ("title", "alt"),
    "v:rect": ("title", "alt"),
    "v:textpath": ("string",),
    "w:tblCaption": ("val",),
    "w:tblDescription": ("val",),
    # A program knows the choice by its value.
    "w:listItem": ("displayText",),
}
_BLOCKS: Final = frozenset(("w:p", "w:tblCaption", "w:tblDescription", "w:listItem"))
_WRITTEN: Final = {sign: name.partition(":")[2] for name, sign in CHARACTERS.items()}
_SIGNS: Final = re.compile(f"([{''.join(_WRITTEN)}])")


class RunReader:
    """Reader of paragraphs; `Reader` in `web.formats.package` describes its methods."""

    prefixes: Mapping[str, str] = PREFIXES

    def is_block(self, node: Node) -> bool:
        """Whether it is a paragraph, also of a text box or cell."""
        return node.name in _BLOCKS

    def places(self, block: Node, data: bytes) -> list[Place]:
        """The lines of a paragraph, then those of the pictures and text boxes in it."""
        if block.name != "w:p":
            return attribute_places(block, _ATTRIBUTES[block.name])
        found: list[Place] = []
        waiting = [block]
        while waiting:
            paragraph = waiting.pop()
            is_code = style_of(paragraph, "w:pPr", "w:pStyle") in CODE_STYLES
            pieces = [] if is_code else pieces_of(paragraph, data, 0)
            base = usual_look_of(pieces)
            items = items_of(pieces, base)
            here = places(items)
            if here:
                for place in here:
                    place.holder = paragraph.name
                found += here
                before, after = edges_of(paragraph, data)
                paragraph.items = [Element(RunContainer(before, after, base), items)]
            waiting += reversed(list(_outermost_paragraphs(paragraph, data, found)))
        return found

    def rendered(self, block: Node, data: bytes) -> bytes:
        """A paragraph as XML; where nothing changed, byte for byte."""
        return _Writer(data, block.prefix(data)).node(block)


def _outermost_paragraphs(node: Node, data: bytes, found: list[Place]) -> Iterator[Node]:
    """The paragraphs in a node; lines of attributes outside of them are added to `found`.

    So are those of drawings on a canvas, and of choices.
    """
    for each in node.nodes:
        if each.name == "w:p":
            yield each
        elif each.name == "a:p":
            for place in (here := paragraph_places(each, data)):
                # It is one thing with its translation.
                place.holder = ""
            found += here
        else:
            if each.name in _ATTRIBUTES:
                found += attribute_places(each, _ATTRIBUTES[each.name])
            yield from _outermost_paragraphs(each, data, found)
            if each.name == "w:sdt":
                found += _choice(each, data)


def _choice(control: Node, data: bytes) -> list[Place]:
    """The line of what a control in a paragraph shows, if it is one of its choices."""
    content = next((each for each in control.nodes if each.name == "w:sdtContent"), None)
    if content is None or content.text not in _choices(control):
        return []
    items: Content = [content.text]
    found = places(items)
    if found:
        look = usual_look_of(pieces_of(control, data, 0))
        start, end = data[content.start : content.inner], data[content.close : content.end]
        content.items = [Element(RunContainer(start, end, look), items)]
    return found


def _choices(control: Node) -> set[str]:
    return {
        item.get("displayText")
        for properties in control.nodes
        if properties.name == "w:sdtPr"
        for kind in properties.nodes
        if kind.name in {"w:dropDownList", "w:comboBox"}
        for item in kind.nodes
    }


class _Writer:
    """Writes the items of a paragraph."""

    def __init__(self, data: bytes, prefix: bytes) -> None:
        self._data = data
        self._prefix = prefix

    def node(self, node: Node) -> bytes:
        """An element as it was, but for the paragraphs that changed."""
        return spliced(node, self._data, lambda items: self._items(items, WordLook()))

    def _items(self, items: Content, look: WordLook) -> bytes:
        return b"".join(self._item(item, look) for item in items)

    def _item(self, item: Item, look: WordLook) -> bytes:
        if isinstance(item, str):
            return self._run(look, self._text(item)) if item else b""
        if isinstance(item, Place):
            return self._items(item.items, look)
        inner = item.items or []
        match item.what:
            case Joined(joined):
                written = self._items(joined, look)
            case WordLook() as other:
                written = self._items(inner, other)
            case RunContainer(before, after, other):
                written = before + self._items(inner, other) + after
            case DrawnParagraph():
                written = written_paragraph(item.what, inner, self._data)
            case AroundRuns(before, after):
                written = self._items([*before, *inner, *after], look)
            case Attributes(node):
                written = with_attributes(
                    node, inner, self._data, lambda items: self._items(items, look)
                )
            case InRun(node, other):
                written = self._run(other, self.node(node))
            case node:
                written = self.node(node)
        return written

    def _run(self, look: WordLook, content: bytes) -> bytes:
        return b"<%br>%b%b</%br>" % (self._prefix, look.properties, content, self._prefix)

    def _text(self, text: str) -> bytes:
        parts: list[bytes] = []
        for each in _SIGNS.split(text):
            if name := _WRITTEN.get(each):
                parts.append(b"<%b%b/>" % (self._prefix, name.encode()))
            elif each:
                opening = b'<%bt xml:space="preserve">' % self._prefix
                parts.append(opening + escaped(each) + b"</%bt>" % self._prefix)
        return b"".join(parts)
