"""Word documents: paragraphs, cells, text boxes, notes, comments, headers, footers of a .docx.

Charts, SmartArt, alternative texts and the properties of the document besides. python-docx gives
no way from a paragraph's text back to its runs, links and fields; so the XML is read here. Macros
are never run: they are copied, like every other program in a package.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from web.formats.base import Document, DocumentError
from web.formats.bilingual import BilingualPackage, Doubler
from web.formats.mixed_content import MixedReader, Role
from web.formats.office.chart_data import ChartData
from web.formats.office.drawing_bilingual import DRAWING_DOUBLER
from web.formats.office.marks import WORD_MARKS, LanguageMarks
from web.formats.office.ooxml import DRAWINGS, OfficePackage
from web.formats.package import Entries, Finish, Package, Reader
from web.formats.word.bilingual import word_doubler
from web.formats.word.chunks import ChunkedDocument, Chunks
from web.formats.word.runs import PREFIXES, RunReader
from web.formats.word.styles import WordStyles
from web.formats.xml_parts import Node, elements, escaped, rewritten

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_MAIN: Final = frozenset(
    (
        _WORD.format("document.main"),
        _WORD.format("template.main"),
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    )
)
# Parts with text, before and after the main one in reading order.
_HEADER: Final = _WORD.format("header")
_AFTER: Final = tuple(map(_WORD.format, ("footnotes", "endnotes", "comments", "footer")))
# Building blocks, among them what a control shows that nobody has filled in.
_GLOSSARY: Final = _WORD.format("document.glossary")
_PROPERTIES: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_PROPERTIES: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_MORE_PROPERTIES: Final = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
# Other parts that name a language.
_MARKED: Final = frozenset((_WORD.format("styles"), _WORD.format("settings")))
# A shelf or a search shows a document by them.
_SHOWN: Final = frozenset(
    ("dc:title", "dc:subject", "dc:description", "cp:keywords", "cp:category")
)
_PROPERTY_PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "custom",
}
# A field that shows a property, by the name of it.
_SHOWING: Final = re.compile(rb"DOCPROPERTY\s{1,20}(?:\"|&quot;)?([^\s\"'\\<>&]{1,200})")
# A content control whose text is that of an element elsewhere, by the last name of its path.
_BINDING: Final = re.compile(rb"<(?:[\w.-]{1,20}:)?dataBinding\s[^<>]{0,4000}>")
_PATH: Final = re.compile(rb"xpath=[\"']([^\"']*)")
_STEP: Final = re.compile(r"(?:[\w.-]*:)?([\w.-]+)(?:\[\d+\])?")
_CHUNK: Final = b"altChunk"
_CUSTOM: Final = re.compile(r"customXml/item\d+\.xml")


def open_docx(data: bytes) -> Document:
    """Read a .docx, or a .docm, .dotx or .dotm.

    Raises DocumentError when it is none, is protected or could do harm.
    """
    office = OfficePackage(Package(data), _MAIN)
    named = [name for name in _text_parts(office) if _CHUNK in office.package.read(name)]
    kinds = {
        part: office.kinds[part]
        for name in named
        for part in _chunks_of(office, name)
        if part in office.package
    }
    if not kinds:
        return _opened(office, office.package)
    # One of a chunk stays as it is.
    chunks = Chunks(
        office.package,
        kinds,
        lambda data: _opened(inner := OfficePackage(Package(data), _MAIN), inner.package),
    )
    return ChunkedDocument(_opened(office, chunks), chunks)


def _chunks_of(office: OfficePackage, name: str) -> Iterator[str]:
    relations = office.relations(name)
    for each in elements(office.package.read(name), PREFIXES, "w:altChunk"):
        if part := relations.get(each.get("id")):
            yield part


def _text_parts(office: OfficePackage) -> list[str]:
    """The parts with text, in reading order."""
    kinds = office.kinds
    return [
        *_of_kind(kinds, {_HEADER}),
        office.main,
        *(name for part in _AFTER for name in _of_kind(kinds, {part})),
    ]


def _opened(office: OfficePackage, store: Entries) -> BilingualPackage:
    """Read a package, of which `store` has the entries. Raises DocumentError."""
    package, kinds = office.package, office.kinds
    texts = _text_parts(office)
    drawings = _of_kind(kinds, DRAWINGS.keys())
    glossary = _of_kind(kinds, {_GLOSSARY})
    properties = _of_kind(kinds, {_PROPERTIES})
    readers: dict[str, Reader] = {name: RunReader() for name in texts}
    readers |= {name: DRAWINGS[kinds[name]] for name in drawings}
    readers |= dict.fromkeys(properties, _TITLES)
    # Properties of its own may be codes; those that its text shows are words.
    shown = {
        found[1].decode("utf-8", "replace")
        for text in texts
        for found in _SHOWING.finditer(package.read(text))
    }
    readers |= dict.fromkeys(glossary, RunReader())
    properties += _of_kind(kinds, {_CUSTOM_PROPERTIES})
    readers |= {
        name: MixedReader(
            _PROPERTY_PREFIXES,
            lambda node: node.name == "custom:property" and node.get("name") in shown,
            lambda node: Role.INLINE if node.name.endswith(":lpwstr") else Role.CODE,
        )
        for name in _of_kind(kinds, {_CUSTOM_PROPERTIES})
    }
    usual = _of_kind(kinds, _MARKED)
    marked = [*readers, *usual]
    marks = LanguageMarks(WORD_MARKS, package.read, marked, usual[::-1])
    finishes: dict[str, Finish] = dict.fromkeys(marked, marks.finish)
    charts = ChartData(office, drawings).finishes
    finishes |= charts
    bound = frozenset(
        step[1]
        for text in texts
        for binding in _bindings(package.read(text))
        if (path := _PATH.search(binding[0]))
        and (step := _STEP.fullmatch(path[1].decode("utf-8", "replace").rpartition("/")[2]))
    )
    if bound:
        custom = [name for name in package.names() if _CUSTOM.fullmatch(name)]
        for name in (*properties, *_of_kind(kinds, {_MORE_PROPERTIES}), *custom):
            finishes[name] = _Bound(bound, finishes.get(name)).finish
    # Building blocks have others.
    own = {kinds.get(name): name for name in office.relations(office.main).values()}
    styles, numbering = (own.get(_WORD.format(part), "") for part in ("styles", "numbering"))
    known = WordStyles(package.read, styles, numbering)
    doublers: dict[str, Doubler] = {
        name: word_doubler(known, in_place=kinds[name] == _WORD.format("comments"))
        for name in texts
    }
    doublers |= dict.fromkeys(drawings, DRAWING_DOUBLER)
    additions = {**charts, styles: known.with_translations} if styles else charts
    followers = (*drawings, *properties, *glossary)
    return BilingualPackage(store, readers, followers, finishes, doublers, additions)


def _bindings(xml: bytes) -> Iterator[re.Match[bytes]]:
    return _BINDING.finditer(xml) if b"dataBinding" in xml else iter(())


def _of_kind(kinds: Mapping[str, str], wanted: Collection[str]) -> list[str]:
    return sorted(name for name, kind in kinds.items() if kind in wanted)


_TITLES: Final = MixedReader(
    _PROPERTY_PREFIXES, lambda node: node.name in _SHOWN, lambda _: Role.CODE
)


class _Bound:
    """Elements that content controls show: they say what the controls do, which were lines."""

    def __init__(self, names: frozenset[str], before: Finish | None) -> None:
        self._names = names
        self._before = before

    def finish(self, data: bytes, language: str, said: Mapping[str, str]) -> bytes:
        """UTF-8 XML in which an element with the text of a line has that of its translation."""

        def put(node: Node, data: bytes) -> bytes | None:
            old = " ".join(node.text.split())
            new = said.get(old) if not any(node.nodes) else None
            if new is None or new == old:
                return None
            return data[node.start : node.inner] + escaped(new) + data[node.close : node.end]

        if self._before:
            data = self._before(data, language, said)
        try:
            return rewritten(data, {}, self._is_bound, put)
        except DocumentError:
            return data  # of another program, which may write what it likes

    def _is_bound(self, node: Node) -> bool:
        return node.name.rpartition(":")[2] in self._names
