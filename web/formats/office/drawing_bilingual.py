"""Both languages in DrawingML: a paragraph's copy in itself, behind a line break.

A paragraph of its own would begin the numbers of a list anew.
"""

import re
from collections.abc import Iterator
from typing import Final

from web.formats.base import BilingualLayout
from web.formats.bilingual import Doubler, Doubling, XmlEdit, local_name, with_edits, xml_fragment
from web.formats.office.marks import with_region
from web.formats.package import Reader
from web.formats.places import changed
from web.formats.xml_parts import Node, escaped

_LANGUAGE: Final = re.compile(rb"\slang\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class _Drawing:
    """Doubling of a drawing; `web.formats.bilingual.Doubling` describes its methods."""

    def __init__(self, data: bytes, reader: Reader, language: str) -> None:
        self._data = data
        self._reader = reader
        self._language = escaped("-".join(filter(None, with_region(language))))
        self._edits: list[XmlEdit] = []

    def add(self, block: Node) -> None:
        waiting = [block]
        while waiting:
            node = waiting.pop()
            waiting += reversed(list(node.nodes))
            if node.name == "a:p" and node.items is not None and changed(node.items):
                xml, data = xml_fragment(self._reader.rendered(node, self._data))
                a = xml.prefix(data)
                copy = b"<%bbr/>" % a + b"".join(self._runs(xml, data, a))
                last = next((each for each in node.nodes if each.name == "a:endParaRPr"), None)
                place = last.start if last else node.close
                self._edits.append(XmlEdit(place, place, copy))

    def _runs(self, paragraph: Node, data: bytes, a: bytes) -> Iterator[bytes]:
        """The runs of a copy; a field is what it shows."""
        for each in paragraph.nodes:
            name = local_name(each)
            if name == "br":
                yield data[each.start : each.end]
            elif name in {"r", "fld"}:
                parts = {local_name(part): data[part.start : part.end] for part in each.nodes}
                look = self._look(parts.get("rPr", b"<%brPr/>" % a))
                yield b"<%br>%b%b</%br>" % (a, look, parts.get("t", b""), a)

    def _look(self, look: bytes) -> bytes:
        if not self._language:
            return look
        end = look.index(b">")
        end -= look[end - 1 : end] == b"/"
        tag = _LANGUAGE.sub(b"", look[:end])
        return tag.rstrip() + b' lang="%b"' % self._language + look[end:]

    def finish(self) -> bytes:
        return with_edits(self._data, self._edits)


def _begin(data: bytes, reader: Reader, _: BilingualLayout, language: str) -> Doubling:
    return _Drawing(data, reader, language)


DRAWING_DOUBLER: Final = Doubler("a:p".__eq__, _begin)
