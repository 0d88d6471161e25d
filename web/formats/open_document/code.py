"""Code in OpenDocument texts: by its styles, and by its words where these may hold a poem, too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from web.formats.preformatted import is_prose_block
from web.formats.xml_parts import Node, rewritten, unpacked

# Styles of code, as LibreOffice, pandoc and Word name them.
CODE_STYLES: Final = frozenset(
    (
        *("Source_20_Text", "Source_Text", "User_20_Entry", "Teletype"),
        *("Verbatim_20_Char", "Code_20_Char", "HTML_20_Code"),
    )
)
# Those of lines, which may be a poem, too.
_PREFORMATTED: Final = frozenset(
    (
        *("Preformatted_20_Text", "Source_20_Code", "HTML_20_Preformatted"),
        "HTML_20_Vorformatiert",
    )
)
_LINES: Final = frozenset(("text:p", "text:h"))


class _Preformatted(NamedTuple):
    """A preformatted paragraph: where it stands, and its text."""

    start: int
    end: int
    said: str


def code_lines(
    xml: bytes, prefixes: Mapping[str, str], white: Callable[[Node], str | None]
) -> frozenset[int]:
    """Where the preformatted paragraphs of an entry begin that are code, and no poem or letter.

    Those that follow one another are told as one, as a block of HTML is. `white` gives the white
    space that an element stands for, or None. Raises DocumentError as `rewritten` does.
    """
    data, _ = unpacked(xml)
    if not any(each.encode() in data for each in _PREFORMATTED):
        return frozenset()
    styles = set(_PREFORMATTED)
    found: list[_Preformatted] = []

    def is_wanted(node: Node) -> bool:
        if node.name == "style:style" and node.get("parent-style-name") in _PREFORMATTED:
            styles.add(node.get("name"))
        return node.name in _LINES

    def look(node: Node, _: bytes) -> None:
        waiting = [node]
        while waiting:
            each = waiting.pop()
            if each.name in _LINES and each.get("style-name") in styles:
                found.append(_Preformatted(each.start, each.end, _lines_of(each, white)))
            waiting += reversed(list(each.nodes))

    rewritten(data, prefixes, is_wanted, look)
    code: set[int] = set()
    for block in _following(found, data):
        if not is_prose_block("\n".join(each.said for each in block).split("\n")):
            code.update(each.start for each in block)
    return frozenset(code)


def _following(found: Sequence[_Preformatted], data: bytes) -> Iterator[list[_Preformatted]]:
    """Paragraphs, block by block of those between which nothing stands."""
    block: list[_Preformatted] = []
    for each in found:
        if block and data[block[-1].end : each.start].strip():
            yield block
            block = []
        block.append(each)
    if block:
        yield block


def _lines_of(node: Node, white: Callable[[Node], str | None]) -> str:
    """The text of a paragraph, with its white space and line breaks."""
    parts: list[str] = []
    for each in node.content:
        if isinstance(each, str):
            parts.append(each)
        elif isinstance(each, Node):
            said = "\n" if each.name == "text:line-break" else white(each)
            parts.append(_lines_of(each, white) if said is None else said)
    return "".join(parts)
