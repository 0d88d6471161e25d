"""Bilingual packages: each paragraph of an .odt, .docx, .epub or .pptx with its translation.

Every entry is written twice over: first with both languages in what is one thing (a title, the
alternative text of a picture: "Haus / house"), then with a copy of each paragraph that changed.
A kind's doubler makes the copy out of the translated paragraph, without all that may stand in a
document only once; it is put into the bytes as they were.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from web.formats.base import BilingualLayout
from web.formats.inline import bare, both
from web.formats.package import Entries, Finish, PackageDocument, Reader
from web.formats.places import Place
from web.formats.xml_parts import Node, packed, rewritten, unpacked

_TAG: Final = re.compile(rb"<[^<>]*>")
_PREFIXED: Final = re.compile(rb"(?:[<\s]|</)([A-Za-z_][\w.-]*):[A-Za-z_]")
_OWN_PREFIXES: Final = frozenset((b"xml", b"xmlns"))


class XmlEdit(NamedTuple):
    """XmlEdit of an entry: `new` in the place of its bytes `start` to `end`."""

    start: int
    end: int
    new: bytes


def with_edits(data: bytes, edits: Collection[XmlEdit]) -> bytes:
    """Entry with these edits, of which none reaches into another; at one place, in their order."""
    parts: list[bytes] = []
    position = 0
    for each in sorted(edits, key=lambda each: each.start):
        parts += (data[position : each.start], each.new)
        position = each.end
    return b"".join([*parts, data[position:]])


def xml_fragment(xml: bytes) -> tuple[Node, bytes]:
    """Parse one element that was cut out of a document: its node, and the bytes it refers to.

    The names of nodes have the prefixes that stand there. Raises DocumentError as `rewritten`.
    """
    prefixes = {
        prefix for tag in _TAG.finditer(xml) for prefix in _PREFIXED.findall(tag.group())
    } - _OWN_PREFIXES
    declared = b"".join(b' xmlns:%b="%b"' % (each, each) for each in sorted(prefixes))
    data = b"<fragment%b>%b</fragment>" % (declared, xml)
    found: list[Node] = []
    rewritten(data, {}, lambda node: node.name != "fragment", lambda node, _: found.append(node))
    return found[0], data


def local_name(node: Node) -> str:
    """Name of a node without its prefix."""
    return node.name.rpartition(":")[2]


class Doubling(Protocol):
    """Doubling of one entry; its blocks are added in order, filled with their translations."""

    def add(self, block: Node) -> None:
        """Note a block, changed or not."""

    def finish(self) -> bytes:
        """The entry with a copy of each paragraph that changed."""


@dataclass(frozen=True, slots=True)
class Doubler:
    """Doubler of one kind of entry.

    `is_doubled` tells of which elements, by their names, a copy is made; others are one thing.
    `begin` takes an entry in UTF-8, its reader, the layout and the language.
    """

    is_doubled: Callable[[str], bool]
    begin: Callable[[bytes, Reader, BilingualLayout, str], Doubling]


class BilingualPackage(PackageDocument):
    """Package document that is a `web.formats.base.BilingualDocument`.

    `doublers` are those of its entries that have paragraphs; `additions` change others, in UTF-8,
    when a language is added: they are told what each line of one thing becomes.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - those of PackageDocument, and its own two
        self,
        package: Entries,
        readers: Mapping[str, Reader],
        followers: Collection[str],
        finishes: Mapping[str, Finish],
        doublers: Mapping[str, Doubler],
        additions: Mapping[str, Finish] | None = None,
    ) -> None:
        super().__init__(package, readers, followers, finishes)
        self._doublers = doublers
        self._additions = additions or {}

    def bilingual(
        self, targets: Sequence[str], layout: BilingualLayout, language: str = ""
    ) -> bytes:
        """Write both languages: see `web.formats.base.BilingualDocument`; raises as there.

        Titles, descriptions, alternative texts and the like become "source / target".
        """
        targets = self._lines.settled(targets, language)
        if list(targets) == self.lines:
            return self._package.copied(lambda _: None)
        said: dict[str, str] = {}
        for line, target in zip(self.lines, targets, strict=True):
            said.setdefault(bare(line), bare(both(line, target)))

        def replaced(name: str) -> bytes | None:
            if name not in self._readers and name not in self._additions:
                return None
            old = self._package.read(name)
            data, encoding = unpacked(old)
            if name in self._readers:
                data = self._in_both(name, data, targets, layout, language)
            if name in self._additions:
                data = self._additions[name](data, language, said)
            return packed(data, encoding)

        return self._package.copied(replaced)

    def _in_both(
        self,
        name: str,
        data: bytes,
        targets: Sequence[str],
        layout: BilingualLayout,
        language: str,
    ) -> bytes:
        reader, share, doubler = self._readers[name], self._shares[name], self._doublers.get(name)
        lines, mine, holders = self.lines[share], targets[share], self._lines.holders[share]
        apart = [doubler is not None and doubler.is_doubled(each) for each in holders]
        rows = list(zip(lines, mine, apart, strict=True))
        fill = self._lines.filler(
            [line if is_apart else both(line, target) for line, target, is_apart in rows]
        )

        def put(node: Node, data: bytes) -> bytes | None:
            return reader.rendered(node, data) if fill(reader.places(node, data)) else None

        data = rewritten(data, reader.prefixes, reader.is_block, put)
        if doubler is None:
            return data
        doubling = doubler.begin(data, reader, layout, language)
        waiting = iter(rows)

        def double(node: Node, data: bytes) -> None:
            self._double(reader.places(node, data), waiting)
            doubling.add(node)

        rewritten(data, reader.prefixes, reader.is_block, double)
        return doubling.finish()

    def _double(self, found: Sequence[Place], rows: Iterator[tuple[str, str, bool]]) -> None:
        for place in found:
            _, target, is_apart = next(rows)
            if is_apart:
                place.put(target, self._lines.letters)
