"""DrawingML: text of shapes, tables, charts and SmartArt in office documents, and their alt texts.

Presentations, workbooks and texts hold the same drawings. A paragraph's runs become a line with
tags, and runs again; an attribute or an element that is nothing but text, one or more lines.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from web.formats.places import Content, Element, Place, places
from web.formats.runs import Run, RunLook, flattened, grouped, plain, text_runs, usual_look
from web.formats.stand_ins import figure_of
from web.formats.xml_parts import Node, escaped, spliced

PREFIXES: Final = {
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.microsoft.com/office/drawing/2012/chart": "c15",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.microsoft.com/office/powerpoint/2010/main": "p14",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://schemas.microsoft.com/office/excel/2006/main": "xm",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main": "x14",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": "tc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
}
# Their strings are text; an axis of numbers has its own element.
_CHART_BLOCKS: Final = frozenset(
    (
        *("c:tx", "c:cat", "c:strCache", "c:strLit", "c:multiLvlStrCache", "c:trendline"),
        *("c15:dlblRangeCache", "cx:strDim", "cx:txData"),
    )
)
_CHART_TEXTS: Final = frozenset(("c:v", "c:name", "cx:v", "cx:pt"))
_NUMBERS: Final = frozenset(("c:numRef", "c:numLit", "c:numCache"))
# Elements of any namespace that hold the texts for who cannot see a shape.
_SHAPE: Final = ":cNvPr"
_ALT_TEXTS: Final = ("title", "descr")
# Properties of a run that cannot be seen.
_UNSEEN: Final = frozenset(("lang", "altLang", "dirty", "err", "smtClean", "smtId", "noProof"))
_ATTRIBUTE: Final = re.compile(rb"(\s([^\s=]+)\s*=\s*)(\"[^\"]*\"|'[^']*')")
_NAME: Final = re.compile(rb"<[^\s/>]+")


@dataclass(frozen=True, slots=True)
class DrawnParagraph:
    """A paragraph: its XML before and after its runs, and their usual look."""

    node: Node
    before: bytes
    after: bytes
    look: RunLook


@dataclass(frozen=True, slots=True)
class _Attribute:
    name: str


@dataclass(frozen=True, slots=True)
class _Text:
    """All content of an element."""

    node: Node


class DrawingReader:
    """Reader of DrawingML; `Reader` in `web.formats.package` describes its methods.

    `texts` are more elements that hold nothing but text, `attributes` more attributes that are
    text, by the name of their element, each with its most characters (0: any number). Elements
    for which `is_kept` is true are not looked into.
    """

    prefixes: Mapping[str, str] = PREFIXES

    def __init__(
        self,
        texts: Collection[str] = (),
        attributes: Mapping[str, Mapping[str, int]] | None = None,
        is_kept: Callable[[Node], bool] = lambda _: False,
        blocks: Collection[str] = (),
    ) -> None:
        """`blocks` are more elements in which to look for all of these."""
        self._texts = frozenset(texts) | _CHART_TEXTS
        self._attributes = attributes or {}
        self._is_kept = is_kept
        self._blocks = frozenset(("a:p", *_CHART_BLOCKS, *texts, *self._attributes, *blocks))

    def is_block(self, node: Node) -> bool:
        """Whether it is a paragraph, a chart's text, a shape's name or another text."""
        return node.name in self._blocks or node.name.endswith(_SHAPE)

    def places(self, block: Node, data: bytes) -> list[Place]:
        """The lines of a block, in their order."""
        found: list[Place] = []
        waiting = [block]
        while waiting:
            node = waiting.pop()
            if node.name in _NUMBERS or self._is_kept(node):
                continue
            if node.name == "a:p":
                found += paragraph_places(node, data)
                continue
            if node.name in self._texts:
                found += self._text(node)
                continue
            limits = self._limits(node)
            if limits:
                found += lines_in_attributes(node, limits)
            waiting += reversed(list(node.nodes))
        return found

    def _limits(self, node: Node) -> Collection[str]:
        return _ALT_TEXTS if node.name.endswith(_SHAPE) else self._attributes.get(node.name, ())

    @staticmethod
    def _text(node: Node) -> list[Place]:
        if any(node.nodes):
            return []
        items = grouped(text_runs(RunLook(), node.text), RunLook())
        found = places(items)
        if found:
            node.items = [Element(_Text(node), items)]
        return found

    def rendered(self, block: Node, data: bytes) -> bytes:
        """A block as XML; where nothing changed, byte for byte."""

        def write(items: Content) -> bytes:
            what, inner = next((e.what, e.items or []) for e in items if isinstance(e, Element))
            if isinstance(what, DrawnParagraph):
                return written_paragraph(what, inner, data)
            if isinstance(what, _Text):
                start, end = data[what.node.start : what.node.inner], what.node.close
                return start + escaped(plain(inner)) + data[end : what.node.end]
            limits = self._attributes.get(what.name, {})
            parts, position = [written_values(what, inner, data, limits)], what.inner
            for each in what.nodes:
                parts += (data[position : each.start], spliced(each, data, write))
                position = each.end
            return b"".join([*parts, data[position : what.end]])

        return spliced(block, data, write)


def paragraph_places(node: Node, data: bytes) -> list[Place]:
    """The lines of a paragraph; the node keeps them as its items."""
    runs = list(_paragraph_runs(node, data))
    look = usual_look(runs)
    items = grouped(runs, look)
    found = places(items)
    if found:
        start, end = node.inner, node.close
        for each in node.nodes:
            if each.name == "a:pPr":
                start = each.end
            elif each.name == "a:endParaRPr":
                end = each.start
        for place in found:
            place.holder = node.name
        edges = data[node.start : start], data[end : node.end]
        node.items = [Element(DrawnParagraph(node, *edges, look), items)]
    return found


def _paragraph_runs(node: Node, data: bytes) -> Iterator[Run]:
    for each in node.nodes:
        if each.name == "a:r":
            look, text = RunLook(), ""
            for part in each.nodes:
                if part.name == "a:rPr":
                    look = _look(part, data)
                elif part.name == "a:t":
                    text += part.text
            yield look, text
        elif each.name == "a:br":
            yield Element(each, breaks=True)
        elif each.name == "a:fld":
            yield Element(each, figure=_figure(each))
        elif each.name not in {"a:pPr", "a:endParaRPr"}:
            yield Element(each)


def _figure(node: Node) -> str:
    """The text of a field; that of a page may be "‹Nr.›" until it is shown."""
    text = "".join(each.text for each in node.nodes if each.name == "a:t")
    shown = any(map(str.isdigit, text)) or "slidenum" not in node.attributes.get("type", "")
    return figure_of(text) if shown else "1"


def _look(node: Node, data: bytes) -> RunLook:
    attributes = sorted(each for each in node.attributes.items() if each[0] not in _UNSEEN)
    content = data[node.inner : node.close]
    seen = (tuple(attributes), content) if attributes or content.strip() else ()
    return RunLook(data[node.start : node.end], seen)


def written_paragraph(paragraph: DrawnParagraph, items: Content, data: bytes) -> bytes:
    """A paragraph as XML, with the items that are its content now."""
    prefix = paragraph.node.prefix(data)
    opening, closing = b"<%br>%b<%bt>", b"</%bt></%br>" % (prefix, prefix)
    parts: list[bytes] = [paragraph.before]
    for run in flattened(items, paragraph.look):
        if isinstance(run, Element):
            parts.append(data[run.what.start : run.what.end])
        else:
            look, text = run
            parts += (opening % (prefix, look.properties, prefix), escaped(text), closing)
    return b"".join([*parts, paragraph.after])


def lines_in_attributes(
    node: Node, names: Collection[str], read: Callable[[str], str] = str
) -> list[Place]:
    """The lines of an element's attributes of these names; `read` takes escapes off a value."""
    found: list[Place] = []
    items: Content = []
    for name in names:
        runs = text_runs(RunLook(), read(node.attributes.get(name, "")))
        content = grouped(runs, RunLook())
        here = places(content)
        if here:
            found += here
            items.append(Element(_Attribute(name), content))
    if found:
        node.items = [Element(node, items)]
    return found


def written_values(
    node: Node,
    items: Content,
    data: bytes,
    limits: Mapping[str, int],
    write: Callable[[str], str] = str,
) -> bytes:
    """Start tag of an element with the attributes in `items`, as `lines_in_attributes` made them.

    An attribute that would be longer than its limit in `limits` stays as it was.
    """
    new = {
        item.what.name: plain(item.items or [])
        for item in items
        if isinstance(item, Element) and isinstance(item.what, _Attribute)
    }
    return with_values(
        data[node.start : node.inner],
        {
            name: write(value)
            for name, value in new.items()
            if not limits.get(name) or len(value) <= limits[name]
        },
    )


def with_values(tag: bytes, values: Mapping[str, str]) -> bytes:
    """A start tag in which the attributes of these names have other values."""

    def replaced(match: re.Match[bytes]) -> bytes:
        value = values.get(match[2].decode("utf-8", "replace"))
        if value is None:
            return match[0]
        said = escaped(value).replace(b'"', b"&quot;").replace(b"'", b"&apos;")
        for sign, written in ((b"\n", b"&#10;"), (b"\r", b"&#13;"), (b"\t", b"&#9;")):
            said = said.replace(sign, written)
        return match[1] + match[3][:1] + said + match[3][:1]

    name = _NAME.match(tag)
    start = name.end() if name else 0
    return tag[:start] + _ATTRIBUTE.sub(replaced, tag[start:])
