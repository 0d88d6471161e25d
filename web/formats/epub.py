"""EPUB books: the chapters, the tables of contents and the title of an .epub.

ebooklib writes a book's package anew and drops what it does not know; so it is read here.
"""

import posixpath
from typing import Final
from urllib.parse import unquote

from web.formats.base import Document, DocumentError
from web.formats.mixed_content import MixedReader, Role
from web.formats.package import PROTECTED, Package, PackageDocument, Reader, corrupt
from web.formats.xml_parts import Node, elements

MEDIA_TYPE: Final = "application/epub+zip"

_PREFIXES: Final = {
    "http://www.w3.org/1999/xhtml": "h",
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
_CODE: Final = _names("""
    img code kbd samp var wbr object embed audio video canvas iframe input button select map picture
    ruby noscript template
""")
_FIXED: Final = _names("pre script style textarea")
# Marks of notes and pages: „²“, „[3]“
_MARKS: Final = frozenset(("h:a", "h:sup", "h:sub"))


def open_epub(data: bytes) -> Document:
    """Read an .epub. Raises DocumentError when it is none, is protected or could do harm."""
    package = Package(data)
    if "META-INF/container.xml" not in package:
        raise corrupt()
    if "META-INF/encryption.xml" in package:
        methods = _elements(package, "META-INF/encryption.xml", "enc:EncryptionMethod")
        if any(node.get("Algorithm") not in _FONTS for node in methods):
            raise DocumentError(PROTECTED)
    readers: dict[str, Reader] = {}
    for root in _elements(package, "META-INF/container.xml", "c:rootfile"):
        name = root.get("full-path")
        if name in package:
            readers |= _rendition(package, name)
    if not readers:
        raise corrupt()
    return PackageDocument(package, readers)


def _rendition(package: Package, name: str) -> dict[str, Reader]:
    """Files of the book that this .opf describes: its title, chapters in order, contents."""
    chapters: dict[str, str] = {}
    contents: list[str] = []
    for item in _elements(package, name, "opf:item"):
        href = unquote(item.get("href").partition("#")[0])
        file = posixpath.normpath(posixpath.join(posixpath.dirname(name), href))
        if file not in package:
            continue  # on the web, or lost: no reader shows it
        if item.get("media-type") == "application/xhtml+xml":
            chapters[item.get("id")] = file
        elif item.get("media-type") == "application/x-dtbncx+xml":
            contents.append(file)
    spine = [item.get("idref") for item in _elements(package, name, "opf:itemref")]
    ordered = [chapters[each] for each in spine if each in chapters]
    return {
        name: _TITLE,
        **dict.fromkeys([*ordered, *chapters.values()], _CHAPTER),
        **dict.fromkeys(contents, _CONTENTS),
    }


def _elements(package: Package, name: str, element: str) -> list[Node]:
    return elements(package.read(name), _PREFIXES, element)


def _role(node: Node) -> Role:
    fixed = node.name in _FIXED or node.get("translate") == "no"
    if node.name == "h:br":
        return Role.BREAK
    if node.name in _INLINE:
        mark = node.name in _MARKS and not any(map(str.isalpha, node.text))
        return Role.CODE if fixed or mark else Role.INLINE
    if node.name in _CODE or not node.name.startswith("h:"):
        return Role.CODE
    return Role.FIXED if fixed else Role.BLOCK


_CHAPTER: Final = MixedReader(_PREFIXES, lambda node: node.name == "h:html", _role)
_CONTENTS: Final = MixedReader(
    _PREFIXES,
    lambda node: node.name in {"ncx:navLabel", "ncx:docTitle"},
    lambda node: Role.INLINE if node.name == "ncx:text" else Role.CODE,
)
# A shelf shows a book by it.
_TITLE: Final = MixedReader(_PREFIXES, lambda node: node.name == "dc:title", lambda _: Role.CODE)
