"""Both languages in an OpenDocument text: a paragraph's copy below it, or beside it in a table.

The copy has the look of its paragraph, by a style of its own that names its language and begins no
page. It is no heading, and has no notes, marks, frames or fields but those of the page's number.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from web.formats.base import BilingualLayout
from web.formats.bilingual import Doubler, Doubling, XmlEdit, local_name, with_edits, xml_fragment
from web.formats.office.marks import with_region
from web.formats.package import Reader
from web.formats.places import changed
from web.formats.xml_parts import Node, elements, escaped, with_attribute

_PARAGRAPHS: Final = frozenset(("text:p", "text:h"))
_LISTS: Final = frozenset(("text:list-item", "text:list-header"))
# Around paragraphs that may be in a row of a table.
_BODIES: Final = frozenset(("office:text", "text:section"))
_KEPT: Final = frozenset(("s", "tab", "line-break", "page-number", "page-count"))
_WITH_TEXT: Final = frozenset(("span", "a", "ruby", "ruby-base", "ruby-text"))
# Nothing of these is in a copy; all other elements are fields, whose text is.
_GONE: Final = frozenset(
    (
        "note", "annotation", "annotation-end", "frame", "custom-shape", "bookmark", "number",
        "bookmark-start", "bookmark-end", "reference-mark", "reference-mark-start",
        "reference-mark-end", "change", "change-start", "change-end", "toc-mark", "toc-mark-start",
        "toc-mark-end", "user-index-mark", "user-index-mark-start", "user-index-mark-end",
        "alphabetical-index-mark", "alphabetical-index-mark-start", "alphabetical-index-mark-end",
        "soft-page-break", "event-listeners", "control", "rect", "line", "polyline", "polygon",
        "regular-polygon", "path", "circle", "ellipse", "g", "page-thumbnail", "measure", "caption",
        "connector", "scene", "tracked-changes", "script", "hidden-paragraph", "",
    )
)  # fmt: skip
_IDS: Final = re.compile(rb"\s(?:xml:|[\w.-]+:)?id\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BREAKS: Final = re.compile(
    rb"\s[\w.-]+:(?:break-before|break-after|page-number)\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
_BEGINS: Final = re.compile(rb"\s[\w.-]+:break-(?:before|after)\s*=\s*[\"'](?!auto)")
_LANGUAGES: Final = re.compile(
    rb"\s[\w.-]+:(?:language|country|script|rfc-language-tag)\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
_AUTOMATIC: Final = re.compile(
    rb"<(?P<p>[\w.-]*:?)automatic-styles(?:\s[^<>]*)?(?:/>|>)", re.DOTALL
)
_BODY: Final = re.compile(rb"<([\w.-]*:?)(?:body|master-styles)(?:\s[^<>]*)?>")
_NAMESPACES: Final = (
    b' xmlns:bis="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    b' xmlns:bif="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    b' xmlns:bit="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
_TABLE_STYLES: Final = (
    b'<bis:style%b bis:name="BilingualTable" bis:family="table"><bis:table-properties '
    b'bis:rel-width="100%%" bit:align="margins" bit:border-model="collapsing"/></bis:style>'
    b'<bis:style%b bis:name="BilingualTable.A" bis:family="table-column">'
    b'<bis:table-column-properties bis:rel-column-width="1*"/></bis:style>'
    b'<bis:style%b bis:name="BilingualTable.A1" bis:family="table-cell">'
    b'<bis:table-cell-properties bif:padding="0cm" bif:padding-right="0.35cm" bif:border="none"/>'
    b"</bis:style>"
) % (_NAMESPACES, _NAMESPACES, _NAMESPACES)
_CELL: Final = b'<bit:table-cell bit:style-name="BilingualTable.A1">'
_START: Final = (
    b'<bit:table xmlns:bit="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'bit:style-name="BilingualTable"><bit:table-column bit:style-name="BilingualTable.A" '
    b'bit:number-columns-repeated="2"/>'
)
_ROW: Final = b"<bit:table-row>" + _CELL
_ROW_END: Final = b"</bit:table-cell></bit:table-row>"
_END: Final = b"</bit:table>"


def text_doubler(prefixes: Mapping[str, str], named: Sequence[bytes]) -> Doubler:
    """Doubler of an entry of an OpenDocument text; `named` has the XML with the named styles."""

    def begin(data: bytes, reader: Reader, layout: BilingualLayout, language: str) -> Doubling:
        styles = _Styles(prefixes, [data, *named], language)
        return _Entry(data, reader, styles, beside=layout == "beside")

    return Doubler(_PARAGRAPHS.__contains__, begin)


class _Styles:
    """Styles of paragraphs, and those of their copies."""

    def __init__(
        self, prefixes: Mapping[str, str], sources: Sequence[bytes], language: str
    ) -> None:
        self._language = with_region(language) if language else ("", "")
        # By their family and name; those of the entry itself come first.
        self._found: dict[tuple[str, str], tuple[Node, bytes]] = {}
        for data in sources:
            for each in elements(data, prefixes, "style:style"):
                self._found.setdefault((each.get("family"), each.get("name")), (each, data))
        self._made: dict[tuple[str, str], bytes] = {}

    def begins_page(self, style: str) -> bool:
        """Whether paragraphs of a style begin a page, or end one."""
        seen: set[str] = set()
        while ("paragraph", style) in self._found and style not in seen:
            seen.add(style)
            node, data = self._found["paragraph", style]
            if node.get("master-page-name") or _BEGINS.search(data, node.start, node.end):
                return True
            style = node.get("parent-style-name")
        return False

    def of_copy(self, style: str, family: str = "paragraph", *, unnumbered: bool = False) -> str:
        """Name of the style of a copy, or of a span in it, by that of its paragraph or span.

        An `unnumbered` one is in no list, though its style may be, as those of headings are.
        """
        if family == "text" and not self._says_language(style):
            return style
        name = f"{'BilingualHeading' if unnumbered else 'Bilingual'}_{style}"
        while (family, name) in self._found:
            name += "_"
        if (family, name) not in self._made:
            self._made[family, name] = self._style(name, style, family, unnumbered=unnumbered)
        return name

    def _says_language(self, style: str) -> bool:
        if not self._language[0] or ("text", style) not in self._found:
            return False
        node, data = self._found["text", style]
        return _LANGUAGES.search(data, node.start, node.end) is not None

    def _style(self, name: str, style: str, family: str, *, unnumbered: bool) -> bytes:
        node, data = self._found.get((family, style), (None, b""))
        # An automatic style can be nobody's parent.
        automatic = node is not None and node.parent == "office:automatic-styles"
        parent = node.get("parent-style-name") if node is not None and automatic else style
        children: dict[str, bytes] = {}
        for each in node.nodes if node is not None and automatic else ():
            said = data[each.start : each.end]
            children[local_name(each)] = said
        if family == "paragraph":
            paragraph = children.get("paragraph-properties", b"<bis:paragraph-properties/>")
            head, rest = _head(paragraph)
            breaks = b' bif:break-before="auto" bif:break-after="auto"'
            children["paragraph-properties"] = _with(_BREAKS.sub(b"", head), breaks) + rest
        if self._language[0]:
            text = children.get("text-properties", b"<bis:text-properties/>")
            head, rest = _head(text)
            country = self._language[1] or "none"
            marks = f' bif:language="{self._language[0]}" bif:country="{country}"'.encode()
            children["text-properties"] = _with(_LANGUAGES.sub(b"", head), marks) + rest
        start = b'<bis:style%b bis:name="%b" bis:family="%b"' % (
            _NAMESPACES, _quoted(name), family.encode(),
        )  # fmt: skip
        if parent:
            start += b' bis:parent-style-name="%b"' % _quoted(parent)
        plain = b' bis:default-outline-level="" bis:master-page-name=""'
        start += plain if family == "paragraph" else b""
        start += (b' bis:list-style-name=""' if unnumbered else b"") + b">"
        order = ("paragraph-properties", "text-properties")
        content = b"".join(children[each] for each in order if each in children)
        return start + content + b"</bis:style>"

    def added(self, data: bytes, *, tables: bool) -> bytes:
        """The entry with the styles that copies have."""
        known = ("table", "BilingualTable") in self._found
        new = b"".join(self._made.values()) + (_TABLE_STYLES if tables and not known else b"")
        if match := _AUTOMATIC.search(data):
            if not match.group().endswith(b"/>"):
                return data[: match.end()] + new + data[match.end() :]
            whole = match.group()[:-2] + b">" + new + b"</%bautomatic-styles>" % match["p"]
            return data[: match.start()] + whole + data[match.end() :]
        if match := _BODY.search(data):
            whole = b"<%bautomatic-styles>%b</%bautomatic-styles>" % (match[1], new, match[1])
            return data[: match.start()] + whole + data[match.start() :]
        return data


def _quoted(text: str) -> bytes:
    return escaped(text).replace(b'"', b"&quot;")


def _head(element: bytes) -> tuple[bytes, bytes]:
    end = element.index(b">") + 1
    return element[:end], element[end:]


def _with(tag: bytes, attributes: bytes) -> bytes:
    at = -2 if tag.endswith(b"/>") else -1
    return tag[:at].rstrip() + attributes + tag[at:]


def _row(node: Node, copy: bytes) -> Iterator[XmlEdit]:
    yield XmlEdit(node.start, node.start, _START + _ROW)
    after = b"</bit:table-cell>" + _CELL + copy + _ROW_END + _END
    yield XmlEdit(node.end, node.end, after)


class _Entry:
    """Doubling of an entry; `web.formats.bilingual.Doubling` describes its methods."""

    def __init__(self, data: bytes, reader: Reader, styles: _Styles, *, beside: bool) -> None:
        self._data = data
        self._reader = reader
        self._styles = styles
        self._beside = beside
        self._edits: list[XmlEdit] = []
        self._tables = False

    def add(self, block: Node) -> None:
        if block.parent == "text:deletion":
            return
        waiting = [block]
        while waiting:
            node = waiting.pop()
            waiting += reversed(list(node.nodes))
            if node.name in _PARAGRAPHS and node.items is not None and changed(node.items):
                copy = self._copy(self._reader.rendered(node, self._data), node)
                if self._beside and node is block and self._may_be_in_row(node):
                    self._tables = True
                    self._edits += _row(node, copy)
                else:
                    self._edits.append(XmlEdit(node.end, node.end, copy))

    def _may_be_in_row(self, node: Node) -> bool:
        return node.parent in _BODIES and not self._styles.begins_page(node.get("style-name"))

    def _copy(self, xml: bytes, paragraph: Node) -> bytes:
        node, data = xml_fragment(xml)
        text = node.prefix(data)
        unnumbered = paragraph.name == "text:h" and paragraph.parent not in _LISTS
        name = paragraph.get("style-name") or "Standard"
        style = _quoted(self._styles.of_copy(name, unnumbered=unnumbered))
        content = self._content(node, data)
        return b'<%bp %bstyle-name="%b">%b</%bp>' % (text, text, style, content, text)

    def _content(self, node: Node, data: bytes) -> bytes:
        """The content of a copy, or of an element in it."""
        parts: list[bytes] = []
        position = node.inner
        for each in node.nodes:
            name = local_name(each)
            parts.append(data[position : each.start])
            position = each.end
            if name in _KEPT:
                parts.append(_IDS.sub(b"", data[each.start : each.end]))
            elif name in _WITH_TEXT:
                tag = _IDS.sub(b"", data[each.start : each.inner])
                if name == "span" and (style := each.get("style-name")):
                    tag = with_attribute(tag, "style-name", self._styles.of_copy(style, "text"))
                parts += (tag, self._content(each, data), data[each.close : each.end])
            elif name not in _GONE:
                parts.append(self._content(each, data))
        return b"".join([*parts, data[position : node.close]])

    def finish(self) -> bytes:
        if not self._edits:
            return self._data
        data = with_edits(self._data, self._edits)
        if self._tables:
            # Rows that follow one another are of one table.
            data = re.sub(re.escape(_END) + rb"\s*" + re.escape(_START), b"", data)
        return self._styles.added(data, tables=self._tables)
