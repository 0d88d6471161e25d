"""Office Open XML: the parts of a package by their kind and in reading order."""

import posixpath
from collections.abc import Collection, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

from web.formats.office.drawing import DrawingReader
from web.formats.office.marks import WORD_MARKS, LanguageMarks
from web.formats.package import Finish, Package, Reader, corrupt
from web.formats.xml_parts import Node, elements

# What all of its content types begin with.
OFFICE: Final = "application/vnd.openxmlformats-officedocument."

_TYPES: Final = "[Content_Types].xml"
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/package/2006/content-types": "types",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rels",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
}
# Large parts that say no language.
_UNMARKED: Final = frozenset(
    f"{OFFICE}spreadsheetml.{kind}+xml" for kind in ("sharedStrings", "worksheet", "comments")
)
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"

_DRAWING: Final = DrawingReader()
# Parts that presentations, workbooks and texts have alike.
DRAWINGS: Final[Mapping[str, Reader]] = {
    f"{OFFICE}drawingml.chart+xml": _DRAWING,
    f"{OFFICE}drawingml.chartshapes+xml": _DRAWING,
    f"{OFFICE}drawingml.diagramData+xml": _DRAWING,
    "application/vnd.ms-office.chartex+xml": _DRAWING,
    "application/vnd.ms-office.drawingml.diagramDrawing+xml": _DRAWING,
}
# A shelf or a search shows a document by them.
_SHOWN: Final = ("dc:title", "dc:subject", "dc:description", "cp:keywords", "cp:category")
_TITLES: Final[Mapping[str, Reader]] = {_CORE: DrawingReader(texts=_SHOWN)}


class OfficePackage:
    """Office package: a document's main part, and all parts by their kind.

    Raises DocumentError when no part is of a kind in `mains`.
    """

    def __init__(self, package: Package, mains: Collection[str]) -> None:
        self.package = package
        self._parts = {_same_part(name): name for name in package.names()}
        types = self._parts.get(_same_part(_TYPES))
        if types is None:
            raise corrupt()
        xml = package.read(types)
        endings = {
            node.get("Extension").lower(): node.get("ContentType")
            for node in elements(xml, _PREFIXES, "types:Default")
        }
        named = {
            _same_part(node.get("PartName").removeprefix("/")): node.get("ContentType")
            for node in elements(xml, _PREFIXES, "types:Override")
        }
        self.kinds = {
            name: named.get(part) or endings.get(part.rpartition(".")[2], "")
            for part, name in self._parts.items()
        }
        found = [name for name, kind in self.kinds.items() if kind in mains]
        if not found:
            raise corrupt()
        # Where a main part's kind is that of all .xml, others seem to be of it.
        named_first = self.relations("").values()
        self.main = next((name for name in named_first if name in found), found[0])

    def of_kind(self, kind: str) -> list[str]:
        """Names of the parts of a kind."""
        return [name for name, each in self.kinds.items() if each == kind]

    def drawings(self) -> list[str]:
        """Names of the parts that are charts or SmartArt."""
        return [name for name, kind in self.kinds.items() if kind in DRAWINGS]

    def repeating(self, readers: Mapping[str, Reader]) -> list[str]:
        """Those parts that have readers which say again what others say: drawings, properties."""
        return [
            name for name in readers if self.kinds[name] in DRAWINGS or self.kinds[name] == _CORE
        ]

    def marking(self, readers: Mapping[str, Reader]) -> dict[str, Finish]:
        """The parts that may say their language, each with the function that keeps it true."""
        marked = [name for name in readers if self.kinds[name] not in _UNMARKED]
        return dict.fromkeys(
            marked, LanguageMarks(WORD_MARKS, self.package.read, marked, ()).finish
        )

    def relations(self, name: str) -> dict[str, str]:
        """The parts that a part, or "", the package, names by their ids; raises DocumentError."""
        folder, base = posixpath.split(name.replace("\\", "/"))
        path = self._parts.get(_same_part(posixpath.join(folder, "_rels", f"{base}.rels")))
        if path is None:
            return {}
        found: dict[str, str] = {}
        for node in elements(self.package.read(path), _PREFIXES, "rels:Relationship"):
            if node.get("TargetMode") != "External":
                target = unquote(node.get("Target")).replace("\\", "/")
                whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[node.get("Id")] = self._parts.get(_same_part(whole), whole)
        return found

    def in_order(
        self, readers: Mapping[str, Reader], first: Sequence[str], last: Collection[str] = ()
    ) -> dict[str, Reader]:
        """The parts that have readers, by their kind, in reading order, each with its reader.

        `first` are the main part's children in their order. The parts that one names come
        after it, but for the kinds in `last`, which are read when all else is. Raises DocumentError
        when they cannot be read.
        """
        readers = {**DRAWINGS, **_TITLES, **readers}
        found: dict[str, Reader] = {}
        waiting = [*reversed(first)]
        while waiting:
            name = waiting.pop()
            kind = self.kinds.get(name, "")
            if name in found or kind not in readers or kind in last:
                continue
            found[name] = readers[kind]
            waiting += reversed(self.relations(name).values())
        rest = [name for name in self.kinds if name not in found]
        rest.sort(key=lambda name: self.kinds[name] in last)
        for name in rest:
            if reader := readers.get(self.kinds[name]):
                found[name] = reader
        return found

    def children(self, prefixes: Mapping[str, str], element: str) -> list[str]:
        """The parts that the main part's elements of a name name. Raises DocumentError."""
        relations = self.relations(self.main)
        ids = [_id(each) for each in elements(self.package.read(self.main), prefixes, element)]
        return [relations[each] for each in ids if each in relations]


def _same_part(name: str) -> str:
    """A name as packages compare them; some programs write those of their system's folders."""
    return name.replace("\\", "/").lower()


def _id(node: Node) -> str:
    for namespace in (_RELATIONS, _STRICT_RELATIONS):
        if value := node.attributes.get(f"{namespace}}}id"):
            return value
    return ""
