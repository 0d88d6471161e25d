"""XML parser: elements that know where they stand, so that the rest stays byte for byte.

The parser is Expat, of the standard library. It tells the place of every element, so a changed
paragraph goes into the original's bytes; lxml would write the whole of a document anew, and with
it every attribute's quotes, every empty element and the declaration. Expat loads nothing from
anywhere, and a document that declares entities is refused before it can multiply.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.parsers import expat

from web.formats.base import DocumentError
from web.formats.places import Content, changed, text_without_elements
from web.messages import N_

# Elements of one chapter of an .epub or one paragraph of an office document; 1.5 KB each at most.
MAX_ELEMENTS: Final = 150_000
# Levels of nested elements; a deeper document is none that someone wrote.
MAX_DEPTH: Final = 100

_START_TAG: Final = re.compile(rb"<[^\s/>]++(?>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*)>")
# The encodings with one byte for a character; Python has others that are slow on purpose.
_DECLARED: Final = re.compile(
    rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']((?i:iso-8859-\d{1,2}|windows-125\d|us-ascii))[\"']"
)
# Characters that XML 1.0 cannot hold.
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class AttributeValue(NamedTuple):
    """Value of an attribute, `data[start:end]` without its quotes, as its reader has parsed it."""

    start: int
    end: int
    items: Content


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """XML node: an element, or a comment and the like (its name is then "").

    Places are in bytes: `data[start:inner]` is its start tag, `data[inner:close]` its content, and
    `data[close:end]` its end tag. `name` has the prefix that the reader gave to its namespace:
    "w:p", "text:span".
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    content: "list[str | Node | Entity]" = field(default_factory=list)
    # The content as its reader has parsed it.
    items: Content | None = None
    # The values of those of its attributes that its reader has looked into.
    values: list[AttributeValue] = field(default_factory=list)

    @property
    def nodes(self) -> "Iterator[Node]":
        """The elements directly in it."""
        return (each for each in self.content if isinstance(each, Node))

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(
            each if isinstance(each, str) else each.text
            for each in self.content
            if not isinstance(each, Entity)
        )

    def prefix(self, data: bytes) -> bytes:
        """Namespace prefix of its name where it stands: `w:`, or nothing."""
        before, colon, _ = data[self.start + 1 : self.inner].split(None, 1)[0].partition(b":")
        return before + colon if colon else b""

    def get(self, name: str) -> str:
        """The value of the attribute of this name in whatever namespace; "" if it has none."""
        for key, value in self.attributes.items():
            if key.rpartition("}")[2] == name:
                return value
        return ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Entity reference that the document does not declare: `&nbsp;`."""

    name: str


def tag_end(data: bytes, start: int) -> int:
    """Where the start tag that begins at `start` ends."""
    tag = _START_TAG.match(data, start)
    return tag.end() if tag else start


def escaped(text: str) -> bytes:
    """Escape text for XML, in UTF-8; characters that XML cannot hold are dropped."""
    text = _ILLEGAL.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def start_tag(node: Node, data: bytes) -> bytes:
    """An element's start tag; changed values of attributes are as they have become."""
    parts: list[bytes] = []
    position = node.start
    for each in node.values:
        if changed(each.items):
            quote = data[each.end : each.end + 1]
            new = escaped(text_without_elements(each.items)).replace(quote, b"&#%d;" % quote[0])
            parts += (data[position : each.start], new)
            position = each.end
    return b"".join([*parts, data[position : node.inner]])


def unpacked(data: bytes) -> tuple[bytes, str]:
    """Decode XML: the same in UTF-8, and the encoding that it had.

    Raises DocumentError when its encoding cannot be read.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if data[0] == 0xFF else "utf-16-be"  # noqa: PLR2004 - the mark
    elif declared := _DECLARED.match(data[:200]):
        encoding = declared[1].decode().lower()
    else:
        return data, "utf-8"
    try:
        return data.decode(encoding).encode(), encoding
    except (LookupError, ValueError):
        raise DocumentError(
            N_(
                "A part of the document has an encoding that cannot be read. Nothing was kept; "
                "save the document again and try that."
            )
        ) from None


def packed(data: bytes, encoding: str) -> bytes:
    """Encode UTF-8 XML again: the reverse of `unpacked`."""
    if encoding == "utf-8":
        return data
    return data.decode().encode(encoding, "xmlcharrefreplace")


def rewritten(
    data: bytes,
    prefixes: Mapping[str, str],
    is_block: Callable[[Node], bool],
    replaced: Callable[[Node, bytes], bytes | None],
) -> bytes:
    """Rewrite UTF-8 XML: `replaced` gives the bytes for an outermost block; None: as it was.

    `prefixes` are the names for namespaces in `Node.name`. Only one block's nodes are in memory at
    a time. Raises DocumentError when the XML is not well-formed, declares entities, or is over
    MAX_ELEMENTS or MAX_DEPTH.
    """
    parts: list[bytes] = []
    position = 0

    def found(node: Node) -> None:
        nonlocal position
        new = replaced(node, data)
        if new is not None:
            parts.append(data[position : node.start])
            parts.append(new)
            position = node.end

    _Reader(data, prefixes, is_block, found).read()
    parts.append(data[position:])
    return b"".join(parts)


def spliced(node: Node, data: bytes, write: Callable[[Content], bytes]) -> bytes:
    """Write an element byte for byte, but for changed items: they are as `write` gives them."""
    if node.items is not None and changed(node.items):
        return write(node.items)
    return start_tag(node, data) + spliced_content(node, data, write) + data[node.close : node.end]


def spliced_content(node: Node, data: bytes, write: Callable[[Content], bytes]) -> bytes:
    """Write what is in an element, between its tags, as `spliced` does."""
    parts: list[bytes] = []
    position = node.inner
    for each in node.nodes:
        parts += (data[position : each.start], spliced(each, data, write))
        position = each.end
    return b"".join([*parts, data[position : node.close]])


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag, in UTF-8, whose attribute of this name, in whatever namespace, is `value`."""
    found = re.compile(
        rb"(\s(?:[^\s=:\"'<>]+:)?" + re.escape(name).encode() + rb"\s*=\s*)(?:\"[^\"]*\"|'[^']*')"
    )
    said = b'"' + escaped(value).replace(b'"', b"&quot;").replace(b"\n", b"&#10;") + b'"'
    return found.sub(lambda match: match[1] + said, tag, count=1)


def elements(xml: bytes, prefixes: Mapping[str, str], name: str) -> list[Node]:
    """Find a package's outermost elements of a name. Raises DocumentError as `rewritten` does."""
    found: list[Node] = []
    data, _ = unpacked(xml)
    rewritten(data, prefixes, lambda node: node.name == name, lambda node, _: found.append(node))
    return found


class _Reader:
    """Expat handler: builds the nodes of each outermost block while the parser reads."""

    def __init__(
        self,
        data: bytes,
        prefixes: Mapping[str, str],
        is_block: Callable[[Node], bool],
        found: Callable[[Node], None],
    ) -> None:
        self._data = data
        self._prefixes = prefixes
        self._is_block = is_block
        self._found = found
        self._names: dict[str, str] = {}
        self._stack: list[Node] = []
        self._elements = 0
        self._depth = 0
        # Expat is told the encoding, since `unpacked` has changed what the document declares.
        self._parser = parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        # References to entities of a DTD that is not here, as XHTML has them, are no error.
        parser.UseForeignDTD(True)  # noqa: FBT003 - the parser's own form
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.SkippedEntityHandler = self._entity
        parser.CommentHandler = lambda _: self._aside(b"-->")
        parser.ProcessingInstructionHandler = lambda *_: self._aside(b"?>")
        parser.EntityDeclHandler = self._declared

    def read(self) -> None:
        try:
            self._parser.Parse(self._data, True)  # noqa: FBT003 - "this is all of it"
        except expat.ExpatError as error:
            raise DocumentError(
                N_(
                    "A part of the document is no well-formed XML (its line {line!s}). Nothing "
                    "was kept; save the document again and try that."
                ),
                line=error.lineno,
            ) from None
        finally:
            # They hold each other, and with them all of a document until Python looks for cycles.
            del self._parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise DocumentError(
                N_(
                    "The document has more than {most} elements inside of each other and was not "
                    "read. Nothing was kept."
                ),
                most=MAX_DEPTH,
            )
        start = self._parser.CurrentByteIndex
        node = Node(self._named(name), attributes, start, start)
        if not self._stack:
            self._elements = 0
            if not self._is_block(node):
                return
        else:
            self._stack[-1].content.append(node)
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise DocumentError(
                N_(
                    "A part of the document has more than {most} elements and was not read. "
                    "Nothing was kept; divide the document."
                ),
                most=MAX_ELEMENTS,
            )
        node.inner = tag_end(self._data, start)
        self._stack.append(node)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._stack:
            return
        node = self._stack.pop()
        if self._data[node.inner - 2 : node.inner] == b"/>":
            node.close = node.end = node.inner
        else:
            node.close = self._parser.CurrentByteIndex
            node.end = self._data.index(b">", node.close) + 1
        if not self._stack:
            self._found(node)

    def _text(self, text: str) -> None:
        if self._stack:
            self._stack[-1].content.append(text)

    def _entity(self, name: str, is_parameter: int) -> None:
        if self._stack and not is_parameter:
            self._stack[-1].content.append(Entity(name))

    def _aside(self, end: bytes) -> None:
        if self._stack:
            start = self._parser.CurrentByteIndex
            last = self._data.index(end, start) + len(end)
            self._stack[-1].content.append(Node("", {}, start, last, last, last))

    def _declared(self, *_: object) -> None:
        raise DocumentError(
            N_(
                "The document declares entities of its own, which could make it grow without end, "
                "and was not read. Nothing was kept."
            )
        )

    def _named(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            namespace, _, local = name.rpartition("}")
            prefix = self._prefixes.get(namespace, namespace)
            known = self._names[name] = f"{prefix}:{local}" if prefix else local
        return known
