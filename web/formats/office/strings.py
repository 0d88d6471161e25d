"""SpreadsheetML: strings of cells and comments, a sheet's head and foot, and its messages.

A string has runs, or is text alone. Texts that something knows by their letters stay as they are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from web.formats.cells import is_cell_code, same_cell
from web.formats.office.drawing import PREFIXES, lines_in_attributes, written_values
from web.formats.places import Content, Element, Joined, Place, places
from web.formats.runs import Run, RunLook, flattened, grouped, plain, text_runs, usual_look
from web.formats.xml_parts import Node, escaped, spliced

# Characters, by Excel's limits: of a cell, of a sheet's head or foot.
_MOST_IN_CELL: Final = 32_767
_MOST_IN_HEAD: Final = 255
# Attributes that are shown, each with its most characters.
_VALIDATION: Final = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}
_MESSAGES: Final[Mapping[str, Mapping[str, int]]] = {
    "x:dataValidation": _VALIDATION,
    "x14:dataValidation": _VALIDATION,
    "x:hyperlink": {"tooltip": 255},
}
_HEADS: Final = frozenset(
    f"x:{which}{what}" for which in ("odd", "even", "first") for what in ("Header", "Footer")
)
_BLOCKS: Final = frozenset(("x:si", "x:text", *_HEADS, *_MESSAGES))
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HEAD_CODE: Final = re.compile(
    r"&(?:\"[^\"]*\"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d+|[A-Za-z])", re.ASCII
)
_PARTS_OF_HEAD: Final = frozenset(("&L", "&C", "&R"))

# The page and how many there are, as someone may read them.
_SHOWN: Final = {"&P": "1", "&N": "9"}


def unescaped(text: str) -> str:
    """A string of a workbook as it is meant: `_x000A_` is a line break."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def with_escapes(text: str) -> str:
    """A string as a workbook has it: the reverse of `unescaped`, line breaks apart."""
    return _ESCAPE.sub(lambda match: f"_x005F_{match[0][1:]}", text)


def string_text(node: Node) -> str:
    """The text of a string: an x:si, x:is or x:text, or an x:v."""
    if node.name == "x:v":
        return unescaped(node.text)
    parts = [node, *(each for each in node.nodes if each.name == "x:r")]
    return unescaped("".join(e.text for each in parts for e in each.nodes if e.name == "x:t"))


@dataclass(frozen=True, slots=True)
class _String:
    """A string: its element, and its usual look."""

    node: Node
    look: RunLook


@dataclass(frozen=True, slots=True)
class _Head:
    node: Node


class StringReader:
    """Reader of a workbook's strings; `Reader` in `web.formats.package` describes its methods.

    Cells are text unless `is_kept` is true for their text. A run in the `usual` font looks as one
    that says nothing of its font.
    """

    prefixes: Mapping[str, str] = PREFIXES

    def __init__(
        self, is_kept: Callable[[str], bool] = lambda _: False, usual: Node | None = None
    ) -> None:
        self._is_kept = is_kept
        self._usual = _font(usual) if usual else frozenset()
        # Cells that are written as they were, whatever their lines are; as `same_cell` gives them.
        self.reverted: set[str] = set()

    def is_block(self, node: Node) -> bool:
        """Whether it is a string, a cell with one, a head, a foot, or has messages."""
        if node.name == "x:c":
            return node.attributes.get("t") in {"inlineStr", "str"}
        return node.name in _BLOCKS

    def places(self, block: Node, data: bytes) -> list[Place]:
        """The lines of a block, in their order."""
        if block.name in _MESSAGES:
            return lines_in_attributes(block, _MESSAGES[block.name], unescaped)
        if block.name in _HEADS:
            return _head(block)
        strings = cell_strings(block) if block.name == "x:c" else [block]
        return [place for node in strings for place in self._string(node, data)]

    def _string(self, node: Node, data: bytes) -> list[Place]:
        text = string_text(node)
        if node.name != "x:text" and (is_cell_code(text) or self._is_kept(same_cell(text))):
            return []
        runs = list(_string_runs(node, data, self._usual))
        look = usual_look(runs)
        items = grouped(runs, look)
        found = places(items)
        if found:
            node.items = [Element(_String(node, look), items)]
        return found

    def rendered(self, block: Node, data: bytes) -> bytes:
        """A block as XML; a text that would be too long for Excel stays as it was."""

        def write(items: Content) -> bytes:
            what, inner = next((e.what, e.items or []) for e in items if isinstance(e, Element))
            if isinstance(what, _String):
                long = len(plain(inner)) > _MOST_IN_CELL
                if long or same_cell(string_text(what.node)) in self.reverted:
                    return _same(what.node, data)
                return _written_string(what, inner, data)
            if isinstance(what, _Head):
                said = _written_head(inner)
                if len(said) > _MOST_IN_HEAD:
                    return _same(what.node, data)
                start, end = data[what.node.start : what.node.inner], what.node.close
                return start + escaped(with_escapes(said)) + data[end : what.node.end]
            tag = written_values(what, inner, data, _MESSAGES[what.name], with_escapes)
            return tag + data[what.inner : what.end]

        return spliced(block, data, write)


def cell_strings(cell: Node) -> list[Node]:
    """The strings in a cell that no formula gives."""
    if any(each.name == "x:f" for each in cell.nodes):
        return []
    wanted = "x:is" if cell.attributes.get("t") == "inlineStr" else "x:v"
    return [each for each in cell.nodes if each.name == wanted]


def _same(node: Node, data: bytes) -> bytes:
    return data[node.start : node.end]


def _font(properties: Node) -> frozenset[str]:
    """Font of a run or of cells, without what is no look."""
    return frozenset(
        f"{each.name.replace('x:rFont', 'x:name')} {sorted(each.attributes.items())}"
        for each in properties.nodes
        if each.name not in {"x:family", "x:charset", "x:scheme"}
    )


def _string_runs(node: Node, data: bytes, usual: frozenset[str]) -> Iterator[Run]:
    if node.name == "x:v":
        yield from text_runs(RunLook(), unescaped(node.text))
    for each in node.nodes:
        if each.name == "x:t":
            yield from text_runs(RunLook(), unescaped(each.text))
        elif each.name == "x:r":
            look = RunLook(seen=frozenset())
            for part in each.nodes:
                if part.name == "x:rPr":
                    font = _font(part)
                    look = RunLook(_same(part, data), frozenset() if font == usual else font)
                elif part.name == "x:t":
                    yield from text_runs(look, unescaped(part.text))


def _written_string(string: _String, items: Content, data: bytes) -> bytes:
    node = string.node
    opening, closing = data[node.start : node.inner], data[node.close : node.end]
    if node.name == "x:v":
        return opening + escaped(with_escapes(plain(items))) + closing
    prefix = node.prefix(data)
    rich = any(each.name == "x:r" for each in node.nodes)
    parts = [opening]
    for run in flattened(items, string.look):
        if isinstance(run, Element):
            continue
        look, text = run
        said = b'<%bt xml:space="preserve">%b</%bt>' % (
            prefix,
            escaped(with_escapes(text)),
            prefix,
        )
        if rich:
            said = b"<%br>%b%b</%br>" % (prefix, look.properties, said, prefix)
        parts.append(said)
    # How the old text was read aloud says nothing of the new.
    parts += (_same(each, data) for each in node.nodes if each.name == "x:phoneticPr")
    return b"".join([*parts, closing])


def _head(node: Node) -> list[Place]:
    """The lines of a head or foot, whose text has codes for its parts, its look and its fields."""
    if any(node.nodes):
        return []
    text = unescaped(node.text)
    items: Content = []
    position = 0
    for match in re.finditer("&&|" + _HEAD_CODE.pattern, text, re.ASCII):
        items += grouped(text_runs(RunLook(), text[position : match.start()]), RunLook())
        position = match.end()
        code = match.group()
        if code == "&&":
            items.append("&")
        else:
            apart, figure = code.upper() in _PARTS_OF_HEAD, _SHOWN.get(code.upper(), "")
            items.append(Element(code, apart=apart, ordered=not figure, figure=figure))
    items += grouped(text_runs(RunLook(), text[position:]), RunLook())
    found = places(items)
    if found:
        node.items = [Element(_Head(node), items)]
    return found


def _written_head(items: Content) -> str:
    said = ""
    for text, is_code in _head_tokens(items):
        # "&12" before a figure would be another size.
        gap = " " if not is_code and said[-1:].isdigit() and text[:1].isdigit() else ""
        said += gap + text
    return said


def _head_tokens(items: Content) -> Iterator[tuple[str, bool]]:
    """Texts and codes of a head or foot."""
    for item in items:
        if isinstance(item, str):
            yield item.replace("&", "&&"), False
        elif isinstance(item, Place) or item.items is not None:
            yield from _head_tokens(item.items or [])
        elif isinstance(item.what, Joined):
            yield from _head_tokens(item.what.items)
        else:
            yield item.what, item.what != "\n"
