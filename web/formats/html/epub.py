"""EPUB books: the chapters, the tables of contents, the title and description of an .epub.

ebooklib writes a book's package anew and drops what it does not know; so it is read here.
"""

import posixpath
import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import unquote

from web.formats.base import Document, DocumentError
from web.formats.bilingual import BilingualPackage
from web.formats.html.attributes import spoken
from web.formats.html.epub_bilingual import CHAPTER_DOUBLER
from web.formats.language_marks import other_language, primary_language
from web.formats.mixed_content import MixedReader, Role
from web.formats.package import PROTECTED, Package, Reader, corrupt
from web.formats.preformatted import is_prose_block, names_code, names_formula
from web.formats.stand_ins import is_sentence
from web.formats.xml_attributes import with_language
from web.formats.xml_parts import Node, elements, rewritten

MEDIA_TYPE: Final = "application/epub+zip"

_PREFIXES: Final = {
    "http://www.w3.org/1999/xhtml": "h",
    "http://www.w3.org/2000/svg": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:container": "c",
    "http://www.idpf.org/2007/opf": "opf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.daisy.org/z3986/2005/ncx/": "ncx",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
}
# Fonts may be stored so that they cannot be taken out easily; that is no protection of the text.
_FONTS: Final = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))


def _names(text: str) -> frozenset[str]:
    return frozenset("h:" + name for name in text.split())


_INLINE: Final = _names("""
    a abbr acronym b bdi bdo big cite data del dfn em font i ins label mark q s small span strike
    strong sub sup time tt u
""")
# One thing in a line that stays as it is.
_CODE: Final = _names("embed iframe input button select ruby noscript template")
# The same, but attributes and labels inside of it are language.
_ALONE: Final = _names("audio canvas map object picture video") | {"svg:svg"}
# Those with what is read where they cannot be shown.
_SHOWN: Final = _names("audio canvas object video")
_IN_CODE: Final = _names("code kbd samp var")
# Text in a drawing; a part of it that has a place of its own is a line.
_LABELS: Final = frozenset(("svg:desc", "svg:text", "svg:title"))
_ROLES: Final = {
    "h:br": Role.BREAK,
    "h:wbr": Role.GONE,
    "svg:a": Role.INLINE,
    "svg:tspan": Role.INLINE,
    "h:img": Role.PICTURE,
    **dict.fromkeys(_CODE, Role.CODE),
    **dict.fromkeys(_IN_CODE, Role.QUOTED),
    **dict.fromkeys(_ALONE, Role.ALONE),
    **dict.fromkeys(_LABELS, Role.BLOCK),
    **dict.fromkeys(_names("script style textarea"), Role.FIXED),
}
# Marks of notes and pages: „²“, „[3]“
_MARKS: Final = frozenset(("h:a", "h:sup", "h:sub"))
_NOTES: Final = frozenset(("noteref", "doc-noteref"))
_LANGUAGE: Final = re.compile(
    rb"<((?:[\w.-]{1,20}:)?)language((?:\s[^<>]{0,400})?)>\s{0,80}([\w-]{2,20})\s{0,80}</\1language>"
)
_XML_LANG: Final = "http://www.w3.org/XML/1998/namespace}lang"


def open_epub(data: bytes) -> Document:
    """Read an .epub. Raises DocumentError when it is none, is protected or could do harm."""
    package = Package(data)
    if "META-INF/container.xml" not in package:
        raise corrupt()
    if "META-INF/encryption.xml" in package:
        methods = _elements(package, "META-INF/encryption.xml", "enc:EncryptionMethod")
        if any(node.get("Algorithm") not in _FONTS for node in methods):
            raise DocumentError(PROTECTED)
    roots = _elements(package, "META-INF/container.xml", "c:rootfile")
    described = [name for root in roots if (name := root.get("full-path")) in package]
    language = _language(package, described)
    readers: dict[str, Reader] = {}
    lists: set[str] = set()
    for name in described:
        readers |= _rendition(package, name, language, lists)
    if not readers:
        raise corrupt()

    def finish(data: bytes, new: str, _: Mapping[str, str]) -> bytes:
        return _marked(data, language, new) if new else data

    doublers = {
        name: CHAPTER_DOUBLER
        for name, reader in readers.items()
        if reader not in {_PACKAGE, _CONTENTS} and name not in lists
    }
    additions = dict.fromkeys(described, _with_language)
    finishes = dict.fromkeys(readers, finish)
    return BilingualPackage(package, readers, (), finishes, doublers, additions)


def _with_language(data: bytes, language: str, _: Mapping[str, str]) -> bytes:
    """The description of a book that is in one more language."""
    match = _LANGUAGE.search(data) if language else None
    if not match or primary_language(match[3].decode()) == primary_language(language):
        return data
    new = b"<%blanguage>%b</%blanguage>" % (match[1], language.encode(), match[1])
    return data[: match.end()] + new + data[match.end() :]


def _language(package: Package, described: list[str]) -> str:
    """The first language that a book says it is in; "" if it says none."""
    for name in described:
        for node in _elements(package, name, "dc:language"):
            if said := primary_language(node.text):
                return said
    return ""


def _marked(data: bytes, main: str, language: str) -> bytes:
    """A file of a book whose language was `main` and is `language` now."""

    def named(node: Node, _: bytes) -> bytes | None:
        if not main or primary_language(node.text) != main:
            return None
        return data[node.start : node.inner] + language.encode() + data[node.close : node.end]

    data = with_language(data, main, language)
    if b"http://purl.org/dc/elements/1.1/" in data:
        data = rewritten(data, _PREFIXES, lambda node: node.name == "dc:language", named)
    return data


def _rendition(package: Package, name: str, language: str, lists: set[str]) -> dict[str, Reader]:
    """Files of the book that this .opf describes: its title, chapters in order, contents.

    Chapters that are tables of contents to a program go to `lists`: each entry has one line.
    """
    chapters: dict[str, str] = {}
    contents: list[str] = []
    for item in _elements(package, name, "opf:item"):
        href = unquote(item.get("href").partition("#")[0])
        file = posixpath.normpath(posixpath.join(posixpath.dirname(name), href))
        if file not in package:
            continue  # on the web, or lost: no reader shows it
        if "nav" in item.get("properties").split():
            lists.add(file)
        if item.get("media-type") == "application/xhtml+xml":
            chapters[item.get("id")] = file
        elif item.get("media-type") == "application/x-dtbncx+xml":
            contents.append(file)
    spine = [item.get("idref") for item in _elements(package, name, "opf:itemref")]
    ordered = [chapters[each] for each in spine if each in chapters]
    chapter = _chapter(language)
    return {
        name: _PACKAGE,
        **dict.fromkeys([*ordered, *chapters.values()], chapter),
        **dict.fromkeys(contents, _CONTENTS),
    }


def _elements(package: Package, name: str, element: str) -> list[Node]:
    return elements(package.read(name), _PREFIXES, element)


def _chapter(language: str) -> MixedReader:
    """Reader of a chapter in a book of this language."""

    def foreign(node: Node) -> str | None:
        said = primary_language(node.attributes.get("lang") or node.attributes.get(_XML_LANG))
        return other_language(said, language) if said else None

    def role(node: Node) -> Role:
        role = _role(node)
        if role is Role.INLINE and foreign(node):
            return Role.CODE if is_sentence(node.text) else Role.QUOTED
        return role

    return MixedReader(_PREFIXES, _is_block, role, spoken=_spoken, foreign=foreign)


def _is_block(node: Node) -> bool:
    return node.name == "h:html" or node.name in _LABELS


def _role(node: Node) -> Role:
    if _is_kept(node):
        return _kept_role(node)
    if node.name in _INLINE:
        return _inline_role(node)
    if node.name == "svg:tspan" and node.get("x"):
        return Role.BLOCK
    if node.name == "h:pre":
        return Role.LINES if _is_prose(node) else Role.FIXED
    if node.name in _SHOWN and any(isinstance(each, str) and each.strip() for each in node.content):
        return Role.ASIDE
    return _ROLES.get(node.name, Role.BLOCK if node.name.startswith("h:") else Role.CODE)


def _inline_role(node: Node) -> Role:
    mark = node.name in _MARKS and not any(map(str.isalpha, node.text))
    note = not _NOTES.isdisjoint(f"{node.get('type')} {node.get('role')}".split())
    if names_formula(node.get("class")):
        return Role.QUOTED
    return Role.CODE if mark or note else Role.INLINE


def _kept_role(node: Node) -> Role:
    role = Role.INLINE if node.name in _INLINE else _ROLES.get(node.name)
    if role in {Role.INLINE, Role.QUOTED}:
        return Role.QUOTED
    return Role.CODE if role in {Role.CODE, Role.PICTURE} else Role.FIXED


def _is_kept(node: Node) -> bool:
    return node.get("translate") == "no" or "notranslate" in node.get("class").split()


def _is_prose(pre: Node) -> bool:
    """Whether preformatted text is a poem, a letter or the like, and no code."""
    if names_code(pre.get("class")) or any(each.name in _IN_CODE for each in pre.nodes):
        return False
    return is_prose_block(pre.text.splitlines())


def _spoken(node: Node) -> Collection[str]:
    """Names of an element's attributes that people read or hear."""
    if not node.name.startswith("h:") or _is_kept(node):
        return ()
    return spoken(node.name.removeprefix("h:"), node.attributes)


_CONTENTS: Final = MixedReader(
    _PREFIXES,
    lambda node: node.name in {"ncx:navLabel", "ncx:docTitle"},
    lambda node: Role.INLINE if node.name == "ncx:text" else Role.CODE,
)
# A shelf shows a book by its title and description, older readers have a guide to its parts. Its
# subjects are a catalogue's, with words that are fixed.
_PACKAGE: Final = MixedReader(
    _PREFIXES,
    lambda node: node.name in {"dc:title", "dc:description", "opf:reference"},
    lambda _: Role.CODE,
    spoken=lambda node: ("title",) if node.name == "opf:reference" else (),
)
