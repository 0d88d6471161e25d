"""WordprocessingML: a paragraph's runs become lines with tags, and runs again.

Word cuts a word into runs wherever someone once typed, so runs that look alike are one. The look
that most of a paragraph has needs no tag.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from web.formats.attributes import Attributes, attribute_places, with_attributes
from web.formats.docx_fields import figure_of_field, is_kept
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
from web.formats.xml_parts import Node, escaped, spliced

PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.openxmlformats.org/package/2006/content-types": "types",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "urn:schemas-microsoft-com:vml": "v",
}
# Attributes with text that someone reads or hears: of pictures, of a watermark, of tables.
_ATTRIBUTES: Final = {
    "wp:docPr": ("title", "descr"),
    "pic:cNvPr": ("title", "descr"),
    "v:shape": ("title", "alt"),
    "v:rect": ("title", "alt"),
    "v:textpath": ("string",),
    "w:tblCaption": ("val",),
    "w:tblDescription": ("val",),
}
_BLOCKS: Final = frozenset(("w:p", "w:tblCaption", "w:tblDescription"))
# Their runs are read; an sdt has them one level deeper.
_CONTAINERS: Final = frozenset(
    (
        "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:dir", "w:bdo",
        "w:fldSimple",
    )
)  # fmt: skip
_PROPERTIES: Final = frozenset(
    ("w:pPr", "w:smartTagPr", "w:customXmlPr", "w:sdtPr", "w:sdtEndPr", "w:fldData")
)
# A choice, a date or a box to tick: their text is one of a list, or computed.
_CONTROLS: Final = frozenset(("w:dropDownList", "w:comboBox", "w:date", "w14:checkbox"))
# Where the pages of the old text broke, and what its spelling check said.
_GONE: Final = frozenset(("w:proofErr", "w:lastRenderedPageBreak"))
_CHARACTERS: Final = {"w:tab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
# Properties of a run that cannot be seen.
_UNSEEN: Final = frozenset(("w:lang", "w:noProof", "w:rPrChange"))
_STARTS: Final = {
    "w:bookmarkStart": "w:bookmarkEnd",
    "w:commentRangeStart": "w:commentRangeEnd",
    "w:permStart": "w:permEnd",
}
_MARKS: Final = frozenset((*_STARTS, *_STARTS.values()))
_WRITTEN: Final = {sign: name.partition(":")[2] for name, sign in _CHARACTERS.items()}
_SIGNS: Final = re.compile(f"([{''.join(_WRITTEN)}])")


@dataclass(frozen=True, slots=True)
class _Look:
    """Formatting of a run: its w:rPr, and the part of it that can be seen."""

    properties: bytes = b""
    seen: bytes = b""


@dataclass(frozen=True, slots=True)
class _InRun:
    """Something in a run that is no text, with the run's look."""

    node: Node
    look: _Look


@dataclass(frozen=True, slots=True)
class _Around:
    """Content before and after items that keep the look of the text around them."""

    before: Content
    after: Content


@dataclass(frozen=True, slots=True)
class _Container:
    """An element with runs of its own: its XML before and after them, and their usual look."""

    before: bytes
    after: bytes
    look: _Look


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """Text in its look, or an element; the `inner` ones of a pair or field are no items yet."""

    text: str = ""
    look: _Look = _Look()
    element: Element | None = None
    inner: "tuple[_Piece, ...] | None" = None

    @property
    def said(self) -> str:
        """All text in it, as it is read."""
        if self.inner is not None:
            return "".join(piece.said for piece in self.inner)
        return said_text([self.element]) if self.element else self.text

    def item(self, inner: Callable[["Sequence[_Piece]"], Content]) -> Element:
        """The piece as an item; text keeps its look."""
        if self.element is None:
            return Element(self.look, [self.text])
        if self.inner is None:
            return self.element
        return Element(self.element.what, inner(self.inner))


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
            pieces = _pieces(paragraph, data, 0)
            base = _usual(pieces)
            items = _items(pieces, base)
            here = places(items)
            if here:
                for place in here:
                    place.holder = paragraph.name
                found += here
                before, after = _edges(paragraph, data)
                paragraph.items = [Element(_Container(before, after, base), items)]
            waiting += reversed(list(_outermost_paragraphs(paragraph, found)))
        return found

    def rendered(self, block: Node, data: bytes) -> bytes:
        """A paragraph as XML; where nothing changed, byte for byte."""
        return _Writer(data, block.prefix(data)).node(block)


def _outermost_paragraphs(node: Node, found: list[Place]) -> Iterator[Node]:
    """The paragraphs in a node; lines of attributes outside of them are added to `found`."""
    for each in node.nodes:
        if each.name == "w:p":
            yield each
        else:
            if each.name in _ATTRIBUTES:
                found += attribute_places(each, _ATTRIBUTES[each.name])
            yield from _outermost_paragraphs(each, found)


def _body(node: Node) -> Node:
    return next((each for each in node.nodes if each.name == "w:sdtContent"), node)


def _edges(node: Node, data: bytes) -> tuple[bytes, bytes]:
    """The XML in a paragraph or container before its runs, and after them."""
    body = _body(node)
    start = body.inner
    for each in body.nodes:
        if each.name not in _PROPERTIES:
            break
        start = each.end
    return data[node.start : start], data[body.close : node.end]


def _pieces(node: Node, data: bytes, depth: int) -> list[_Piece]:
    """The content of a paragraph or container; `depth` says how deep in others it lies."""
    level = _Level(INLINE_DEPTH - depth)
    for each in _body(node).nodes:
        if each.name in _PROPERTIES or each.name in _GONE:
            continue
        if each.name == "w:r":
            _add_run(each, data, level)
        elif each.name in _STARTS:
            level.open(_STARTS[each.name] + each.get("id"), Element(each, ordered=True))
        elif each.name in _MARKS:
            level.close(each.name + each.get("id"), Element(each, ordered=True))
        elif each.name == "w:fldSimple" and is_kept(each.get("instr"), each.text):
            level.add(
                _Piece(element=Element(each, figure=figure_of_field(each.get("instr"), each.text)))
            )
        elif each.name in _CONTAINERS and level.room and not _is_control(each):
            inner = _pieces(each, data, INLINE_DEPTH - level.room + 1)
            base = _usual(inner)
            what = _Container(*_edges(each, data), base)
            level.add(_Piece(element=Element(what, _items(inner, base))))
        else:
            level.add(_Piece(element=Element(each)))
    return level.pieces


def _is_control(node: Node) -> bool:
    return any(
        kind.name in _CONTROLS
        for each in node.nodes
        if each.name == "w:sdtPr"
        for kind in each.nodes
    )


def _add_run(run: Node, data: bytes, level: "_Level") -> None:
    look = _Look()
    for each in run.nodes:
        if each.name == "w:rPr":
            seen = b"".join(
                data[one.start : one.end] for one in each.nodes if one.name not in _UNSEEN
            )
            look = _Look(data[each.start : each.end], seen)
        elif each.name == "w:t":
            text = each.text if each.get("space") == "preserve" else each.text.strip(" \t\r\n")
            level.add(_Piece(text, look))
        elif each.name == "w:ruby" and level.room and (base := _ruby_base(each)):
            inner = _pieces(base, data, INLINE_DEPTH - level.room + 1)
            usual = _usual(inner)
            start = data[run.start : run.inner] + look.properties + data[each.start : base.inner]
            what = _Container(start, data[base.close : each.end] + data[run.close : run.end], usual)
            level.add(_Piece(element=Element(what, _items(inner, usual))))
        elif each.name in _CHARACTERS:
            level.add(_Piece(_CHARACTERS[each.name], look))
        elif each.name == "w:fldChar":
            kind = each.get("fldCharType")
            element = Element(_InRun(each, look), ordered=True)
            if kind == "begin":
                level.open("", element)
            elif kind == "end":
                level.close("", element)
            else:
                level.add(_Piece(element=element))
        elif each.name not in _GONE:
            line_break = each.name == "w:cr" or (
                each.name == "w:br" and each.get("type") in {"", "textWrapping"}
            )
            element = Element(
                _InRun(each, look),
                apart=each.name == "w:br" and not line_break,
                breaks=line_break,
                ordered=each.name == "w:instrText",
            )
            level.add(_Piece(element=element))


def _ruby_base(ruby: Node) -> Node | None:
    return next((each for each in ruby.nodes if each.name == "w:rubyBase"), None)


class _Level:
    """Gathers pieces, and makes one of a pair of marks or a field with what is in between."""

    def __init__(self, room: int) -> None:
        """Pairs go `room` deep into each other."""
        self.pieces: list[_Piece] = []
        self._room = room
        self._open: list[tuple[str, int]] = []

    @property
    def room(self) -> int:
        """How deep pairs or containers may still go here."""
        return self._room - len(self._open)

    def add(self, piece: _Piece) -> None:
        self.pieces.append(piece)

    def open(self, key: str, element: Element) -> None:
        if self.room:
            self._open.append((key, len(self.pieces)))
        self.add(_Piece(element=element))

    def close(self, key: str, element: Element) -> None:
        """End the pair of this key; what was opened inside of it and is still open stays alone."""
        if all(each != key for each, _ in self._open):
            self.add(_Piece(element=element))
            return
        while self._open[-1][0] != key:
            self._open.pop()
        _, start = self._open.pop()
        first, *inner = self.pieces[start:]
        before = [first]
        if not key:
            count = _result_start(inner)
            said = "".join(piece.said for piece in inner[count:])
            code = _code(inner[:count])
            if is_kept(code, said):
                around = _Around(_fixed(self.pieces[start:]), _fixed([_Piece(element=element)]))
                self.pieces[start:] = [
                    _Piece(element=Element(around, figure=figure_of_field(code, said)))
                ]
                return
            before += inner[:count]
            inner = inner[count:]
        around = _Around(_fixed(before), _fixed([_Piece(element=element)]))
        self.pieces[start:] = [_Piece(element=Element(around), inner=tuple(inner))]


def _result_start(field: Sequence[_Piece]) -> int:
    """How many pieces of a field come before its result: all, if it has none."""
    for index, piece in enumerate(field):
        node = _node(piece)
        if node and node.name == "w:fldChar":
            return index + 1
    return len(field)


def _code(pieces: Iterable[_Piece]) -> str:
    nodes = map(_node, pieces)
    return "".join(node.text for node in nodes if node and node.name == "w:instrText")


def _node(piece: _Piece) -> Node | None:
    if piece.element and isinstance(piece.element.what, _InRun):
        return piece.element.what.node
    return None


def _usual(pieces: Sequence[_Piece]) -> _Look:
    """The look of most of the text."""
    letters: dict[bytes, int] = {}
    looks: dict[bytes, _Look] = {}
    waiting = list(reversed(pieces))
    while waiting:
        piece = waiting.pop()
        if piece.text:
            look = looks.setdefault(piece.look.seen, piece.look)
            letters[look.seen] = letters.get(look.seen, 0) + len(piece.text.strip())
        waiting += reversed(piece.inner or ())
    return looks[max(letters, key=lambda seen: letters[seen])] if letters else _Look()


def _fixed(pieces: Sequence[_Piece]) -> Content:
    """Pieces as they were, whatever look is around them."""
    return [piece.item(_fixed) for piece in pieces]


def _items(pieces: Sequence[_Piece], base: _Look) -> Content:
    """Pieces as items: what looks alike and is not `base` is one element."""
    items: Content = []
    group: Content | None = None
    seen = b""
    pending: Content = []  # in the group if it goes on afterwards
    for piece in pieces:
        text = piece.text
        if text.strip():
            if piece.look.seen == base.seen:
                group = None
            elif group is None or piece.look.seen != seen:
                items += pending
                pending = []
                group, seen = [], piece.look.seen
                items.append(Element(piece.look, group))
            (items if group is None else group).extend([*pending, text])
            pending = []
        elif text:
            pending.append(text)
        elif piece.element:
            element = piece.item(lambda inner: _items(inner, base))
            pending.append(element)
            if element.items is not None or element.apart or element.breaks:
                group = None
    return items + pending


class _Writer:
    """Writes the items of a paragraph."""

    def __init__(self, data: bytes, prefix: bytes) -> None:
        self._data = data
        self._prefix = prefix

    def node(self, node: Node) -> bytes:
        """An element as it was, but for the paragraphs that changed."""
        return spliced(node, self._data, lambda items: self._items(items, _Look()))

    def _items(self, items: Content, look: _Look) -> bytes:
        return b"".join(self._item(item, look) for item in items)

    def _item(self, item: Item, look: _Look) -> bytes:
        if isinstance(item, str):
            return self._run(look, self._text(item)) if item else b""
        if isinstance(item, Place):
            return self._items(item.items, look)
        inner = item.items or []
        match item.what:
            case Joined(joined):
                written = self._items(joined, look)
            case _Look() as other:
                written = self._items(inner, other)
            case _Container(before, after, other):
                written = before + self._items(inner, other) + after
            case _Around(before, after):
                written = self._items([*before, *inner, *after], look)
            case Attributes(node):
                written = with_attributes(
                    node, inner, self._data, lambda items: self._items(items, look)
                )
            case _InRun(node, other):
                written = self._run(other, self.node(node))
            case node:
                written = self.node(node)
        return written

    def _run(self, look: _Look, content: bytes) -> bytes:
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
