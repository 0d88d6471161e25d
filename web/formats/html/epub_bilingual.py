"""Both languages in a chapter of a book: `web.formats.html.bilingual` says how."""

from typing import Final

from web.formats.base import BilingualLayout
from web.formats.bilingual import Doubler, Doubling, XmlEdit, local_name, with_edits
from web.formats.html.bilingual import FLOW, HEADINGS, Writing, copy_of, joined_rows, writing
from web.formats.mixed_content import MixedReader
from web.formats.package import Reader
from web.formats.places import changed
from web.formats.xml_parts import Node

# Their text is not read in the page.
_APART: Final = frozenset(("h:title", "h:option", "h:optgroup"))


class _Chapter:
    """Doubling of a chapter; `web.formats.bilingual.Doubling` describes its methods."""

    def __init__(self, data: bytes, reader: MixedReader, pen: Writing, *, beside: bool) -> None:
        self._data = data
        self._reader = reader
        self._pen = pen
        self._beside = beside
        self._edits: list[XmlEdit] = []

    def add(self, block: Node) -> None:
        self._add(block, in_flow=True)

    def _add(self, node: Node, *, in_flow: bool) -> None:
        if node.name.startswith("h:") and node.items is not None and changed(node.items):
            self._double(node, in_flow=in_flow)
        inside = in_flow and local_name(node) in FLOW
        for each in node.nodes:
            self._add(each, in_flow=inside)

    def _double(self, node: Node, *, in_flow: bool) -> None:
        name = local_name(node)
        beside = self._beside and in_flow
        for end, xml in self._reader.stretches(node, self._data):
            copy = copy_of(xml.decode())
            whole = end == node.close and not any(map(_has_lines, node.nodes))
            if name == "p" and whole:
                tag = self._data[node.start : node.inner].decode()
                new = self._pen.paragraph(tag, copy)
                before, behind = self._pen.row(new) if beside else ("", new)
                self._insert(node.start, before)
                self._insert(node.end, behind)
            elif name in HEADINGS and whole and beside:
                before, behind = self._pen.halves(copy)
                self._insert(node.inner, before)
                self._insert(end, behind)
            else:
                self._insert(end, self._pen.below(copy))

    def _insert(self, place: int, text: str) -> None:
        self._edits.append(XmlEdit(place, place, text.encode()))

    def finish(self) -> bytes:
        data = with_edits(self._data, self._edits)
        return joined_rows(data.decode()).encode() if self._beside else data


def _has_lines(node: Node) -> bool:
    return node.items is not None or any(map(_has_lines, node.nodes))


def _begin(data: bytes, reader: Reader, layout: BilingualLayout, language: str) -> Doubling:
    assert isinstance(reader, MixedReader)  # noqa: S101 - as all chapters have it
    # Books of the second version know no `lang`.
    pen = writing(language, xml=True, html=False)
    return _Chapter(data, reader, pen, beside=layout == "beside")


CHAPTER_DOUBLER: Final = Doubler(
    lambda holder: holder.startswith("h:") and holder not in _APART, _begin
)
