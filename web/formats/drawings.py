"""DrawingML in a text document: the words of charts and of SmartArt.

A chart's labels are what the program has kept of its table; it shows them until someone edits it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from web.formats.places import Content, Element, Item, Joined, Place, figure_of, places, said_text
from web.formats.xml_parts import Node, escaped, spliced

PREFIXES: Final = {
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
}
# Texts that a chart has kept, each with the elements that hold one.
_CACHES: Final = {
    "c:strCache": "c:v",
    "c:multiLvlStrCache": "c:v",
    "cx:strDim": "cx:pt",
    "cx:txData": "cx:v",
}
# Attributes that cannot be seen: of the spelling check.
_UNSEEN: Final = re.compile(
    rb"\s(?:lang|altLang|dirty|err|smtClean|noProof)=(?:\"[^\"]*\"|'[^']*')"
)


@dataclass(frozen=True, slots=True)
class _RunLook:
    """Formatting of a run: its a:rPr, and the part of it that can be seen."""

    properties: bytes = field(default=b"", compare=False)
    seen: bytes = b""


class DrawingReader:
    """Reader of paragraphs and labels; `Reader` in `web.formats.package` describes its methods."""

    prefixes: Mapping[str, str] = PREFIXES

    def is_block(self, node: Node) -> bool:
        """Whether it is a paragraph, or texts that a chart has kept."""
        return node.name == "a:p" or node.name in _CACHES

    def places(self, block: Node, data: bytes) -> list[Place]:
        """The lines of a paragraph, or the labels of a chart."""
        if block.name == "a:p":
            return _lines(block, _runs(block, data))
        found: list[Place] = []
        for leaf in _leaves(block, _CACHES[block.name]):
            found += _lines(leaf, [leaf.text])
        return found

    def rendered(self, block: Node, data: bytes) -> bytes:
        """A block as XML; where nothing changed, byte for byte."""
        if block.name != "a:p":
            return spliced(block, data, lambda items: _label(items, data))
        prefix = block.prefix(data)

        def written(items: Content, look: _RunLook) -> bytes:
            return b"".join(one(item, look) for item in items)

        def one(item: Item, look: _RunLook) -> bytes:
            if isinstance(item, str):
                return _run(item, look, prefix)
            if isinstance(item, Place):
                return written(item.items, look)
            if isinstance(item.what, Joined):
                return written(item.what.items, look)
            if isinstance(item.what, _RunLook):
                return written(item.items or [], item.what)
            if item.items is None:
                return data[item.what.start : item.what.end]
            first, last = _edges_of_runs(item.what)
            content = written(item.items, look)
            return data[item.what.start : first] + content + data[last : item.what.end]

        return spliced(block, data, lambda items: written(items, _RunLook()))


def _lines(node: Node, items: Content) -> list[Place]:
    found = places(items)
    if found:
        node.items = [Element(node, items)]
    return found


def _label(items: Content, data: bytes) -> bytes:
    (whole,) = items
    assert isinstance(whole, Element)  # noqa: S101 - as `_lines` made it
    node = whole.what
    text = escaped(said_text(whole.items or []))
    return data[node.start : node.inner] + text + data[node.close : node.end]


def _leaves(node: Node, name: str) -> Iterator[Node]:
    for each in node.nodes:
        if each.name == name:
            yield each
        else:
            yield from _leaves(each, name)


def _edges_of_runs(paragraph: Node) -> tuple[int, int]:
    """Where a paragraph's runs start, after its properties, and where they end."""
    first, last = paragraph.inner, paragraph.close
    for each in paragraph.nodes:
        if each.name == "a:pPr":
            first = each.end
        elif each.name == "a:endParaRPr":
            last = each.start
    return first, last


def _runs(paragraph: Node, data: bytes) -> Content:
    """The content of a paragraph; runs in a row that look alike are one, the usual look is none."""
    runs: list[tuple[_RunLook, Item]] = []
    letters: dict[_RunLook, int] = {}
    for each in paragraph.nodes:
        if each.name == "a:r":
            look = _look(each, data)
            text = "".join(one.text for one in each.nodes if one.name == "a:t")
            letters[look] = letters.get(look, 0) + len(text.strip())
            runs.append((look, text))
        elif each.name not in {"a:pPr", "a:endParaRPr"}:
            figure = figure_of("".join(one.text for one in each.nodes if one.name == "a:t"))
            runs.append((_RunLook(), Element(each, breaks=each.name == "a:br", figure=figure)))
    base = max(letters, key=lambda look: letters[look], default=_RunLook())
    items: Content = []
    for look, item in runs:
        last = items[-1] if items else None
        if not isinstance(item, str) or look == base:
            items.append(item)
        elif isinstance(last, Element) and last.what == look and last.items is not None:
            last.items.append(item)
        else:
            items.append(Element(look, [item]))
    return [Element(base, items)]


def _look(run: Node, data: bytes) -> _RunLook:
    for each in run.nodes:
        if each.name == "a:rPr":
            properties = data[each.start : each.end]
            return _RunLook(properties, _UNSEEN.sub(b"", properties))
    return _RunLook()


def _run(text: str, look: _RunLook, prefix: bytes) -> bytes:
    if not text:
        return b""
    return b"<%br>%b<%bt>%b</%bt></%br>" % (
        prefix, look.properties, prefix, escaped(text), prefix, prefix,
    )  # fmt: skip
