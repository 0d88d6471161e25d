"""OpenDocument text: paragraphs, headings, cells, notes, headers and footers of an .odt.

odfpy reads and writes the whole content anew and knows nothing of lines; so its XML is read here.
"""

import html
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from web.formats.base import Document, DocumentError
from web.formats.bilingual import BilingualPackage, Doubler
from web.formats.mixed_content import MixedReader, Role
from web.formats.office.marks import OPEN_MARKS, LanguageMarks
from web.formats.open_document.bilingual import text_doubler
from web.formats.open_document.code import CODE_STYLES, code_lines
from web.formats.package import (
    MAX_XML,
    PROTECTED,
    TOO_LARGE_XML,
    Entries,
    Finish,
    Package,
    PackageDocument,
    Reader,
    corrupt,
)
from web.formats.stand_ins import says_words
from web.formats.xml_parts import Node, elements, escaped, rewritten, unpacked
from web.messages import N_

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"

_NAMESPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES: Final = {
    f"{_NAMESPACE}text:1.0": "text",
    f"{_NAMESPACE}style:1.0": "style",
    f"{_NAMESPACE}manifest:1.0": "manifest",
    f"{_NAMESPACE}meta:1.0": "meta",
    f"{_NAMESPACE}office:1.0": "office",
    f"{_NAMESPACE}form:1.0": "form",
    f"{_NAMESPACE}svg-compatible:1.0": "svg",
    f"{_NAMESPACE}table:1.0": "table",
    f"{_NAMESPACE}drawing:1.0": "draw",
    f"{_NAMESPACE}presentation:1.0": "presentation",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://openoffice.org/2009/office": "loext",
    "http://openoffice.org/2004/office": "loext",
}


def _names(text: str) -> frozenset[str]:
    return frozenset("text:" + name for name in text.split())


_KINDS: Final = frozenset(
    f"application/vnd.oasis.opendocument.text{kind}"
    for kind in ("", "-template", "-master", "-web")
)
# Paragraphs, alternative texts and the properties that a shelf or a search shows.
_BLOCKS: Final = frozenset(
    (
        "text:p", "text:h", "text:index-title-template", "svg:title", "svg:desc", "dc:title",
        "dc:subject", "dc:description", "meta:keyword",
    )
)  # fmt: skip
_INLINE: Final = frozenset(("text:span", "text:a", "text:meta", "text:meta-field"))
# Fields: what they show is words in their sentence, or a figure.
_FIELDS: Final = _names("""
    bookmark-ref chapter conditional-text description expression keywords page-continuation
    page-count page-number placeholder reference-ref sequence sequence-ref sheet-name subject
    text-input title user-defined user-field-get user-field-input variable-get variable-input
    variable-set word-count character-count paragraph-count image-count table-count object-count
    page-variable-get
    """)
_DATES: Final = _names("""
    creation-date creation-time date modification-date modification-time print-date print-time time
""")
# Fields whose text no one translates.
_KEPT_FIELDS: Final = _names("""
    author-initials author-name bibliography-mark creator database-display drop-down editing-cycles
    editing-duration file-name initial-creator printed-by sender-city sender-company sender-email
    sender-fax sender-firstname sender-initials sender-lastname sender-phone-private
    sender-phone-work sender-position sender-postal-code sender-state-or-province sender-street
    sender-title template-name
""")
# Attributes with words: what fields show again, entries of an index, labels of a form.
_ATTRIBUTES: Final = {
    "text:user-field-decl": ("string-value",),
    "text:alphabetical-index-mark": ("string-value", "key1", "key2"),
    "text:alphabetical-index-mark-start": ("key1", "key2"),
    "text:toc-mark": ("string-value",),
    "text:user-index-mark": ("string-value",),
    "form:button": ("label", "title"),
    "form:checkbox": ("label", "title"),
    "form:fixed-text": ("label", "title"),
    "form:frame": ("label", "title"),
    "form:radio": ("label", "title"),
    "form:text": ("title",),
    "form:textarea": ("title",),
    "form:listbox": ("title",),
    "form:combobox": ("title",),
}
_SHOWN: Final = re.compile(
    rb"<(?:[\w.-]{1,20}:)?user-defined\s[^<>]{0,400}?text:name\s*=\s*[\"']([^\"'<>]{1,200})"
)
# Charts, and documents in the document.
_OBJECT: Final = re.compile(r"Object [0-9]+/content\.xml")
# Entry with the text, and with the properties that a shelf or a search shows.
CONTENT: Final = "content.xml"
STYLES: Final = "styles.xml"
PROPERTIES: Final = "meta.xml"
_OTHER: Final = N_("The document is not a text document of OpenDocument (.odt). Nothing was kept.")
# Types of a field's value, by which a program writes it.
_VALUES: Final = frozenset(("date", "time", "boolean", "float", "percentage", "currency"))
_SPACES: Final = re.compile(" {2,}|\t")
# Prefixes of elements that hold nothing but text.
_PLAIN: Final = frozenset((b"svg:", b"dc:", b"meta:", b"presentation:"))
# Most spaces that one text:s may stand for.
_MOST_SPACES: Final = 1000


def open_odt(data: bytes) -> Document:
    """Read an .odt or .ott. Raises DocumentError when it is none, is protected or could do harm."""
    package, names = opened_package(data, _KINDS, _OTHER)
    shown = shown_properties(package, names)
    readers = {name: text_reader(package.read(name), shown) for name in names}
    named = [package.read(STYLES)] if STYLES in package else []
    doublers = dict.fromkeys((CONTENT, STYLES), text_doubler(PREFIXES, named))
    return marked_document(package, readers, doublers=doublers)


def open_fodt(data: bytes) -> Document:
    """Read an .fodt, one XML with all of an .odt in it. Raises DocumentError when it is none."""
    file = opened_flat(data, _KINDS, _OTHER)
    readers = {CONTENT: text_reader(data, shown_properties(file, [CONTENT]))}
    return marked_document(file, readers, doublers={CONTENT: text_doubler(PREFIXES, [])})


def opened_package(
    data: bytes, kinds: Collection[str], other: str
) -> tuple[Package, Sequence[str]]:
    """Read a package of OpenDocument of one of these media types; and its entries with text.

    Raises DocumentError, which says `other` when it is of none.
    """
    package = Package(data)
    if "mimetype" in package and package.read("mimetype").strip().decode("latin-1") not in kinds:
        raise DocumentError(other)
    if "META-INF/manifest.xml" in package:
        found = elements(
            package.read("META-INF/manifest.xml"), PREFIXES, "manifest:encryption-data"
        )
        if found:
            raise DocumentError(PROTECTED)
    if CONTENT not in package:
        raise corrupt()
    names = [name for name in (CONTENT, STYLES) if name in package]
    names += [name for name in package.names() if _OBJECT.fullmatch(name)]
    return package, [*names, PROPERTIES] if PROPERTIES in package else names


def opened_flat(data: bytes, kinds: Collection[str], other: str) -> "FlatFile":
    """Read one XML with all of a document in it, of one of these media types.

    Raises DocumentError, which says `other` when it is of none.
    """
    if len(data) > MAX_XML:
        raise DocumentError(TOO_LARGE_XML, most=MAX_XML // 1_000_000)
    found: list[str] = []

    def is_root(node: Node) -> bool:
        if not found:
            found.append(node.get("mimetype") if node.name == "office:document" else "")
        return False

    xml, _ = unpacked(data)
    rewritten(xml, PREFIXES, is_root, lambda *_: None)
    if found[0] not in kinds:
        raise DocumentError(other)
    return FlatFile(data)


class FlatFile:
    """Entries of a flat file: one; `Entries` in `web.formats.package` describes its methods."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, _: str) -> bytes:
        """All of the file."""
        return self._data

    def copied(self, replaced: Callable[[str], bytes | None]) -> bytes:
        """The file as `replaced` gives it for its one name, or as it was."""
        new = replaced(CONTENT)
        return self._data if new is None else new


def shown_properties(store: Entries, names: Collection[str]) -> frozenset[str]:
    """Names of the properties that the text of these entries shows; others may be codes.

    Raises DocumentError when an entry cannot be read.
    """
    return frozenset(
        html.unescape(found[1].decode("utf-8", "replace"))
        for name in names
        for found in _SHOWN.finditer(store.read(name))
    )


def marked_document(  # noqa: PLR0913 - what kinds of documents have besides
    store: Entries,
    readers: Mapping[str, Reader],
    followers: Collection[str] = (PROPERTIES,),
    *,
    doublers: Mapping[str, Doubler] = MappingProxyType({}),
    copied: Entries | None = None,
    finish: Finish = lambda data, *_: data,
) -> Document:
    """A document of entries with these readers, whose marks of the language are kept true.

    With `doublers` it can be bilingual. `copied` are the entries that are copied, where they change
    more than these; `finish` changes each of them after its lines. Raises DocumentError when one of
    them cannot be read.
    """
    usual = [name for name in readers if name == STYLES or isinstance(store, FlatFile)]
    marks = LanguageMarks(OPEN_MARKS, store.read, readers.keys(), usual)

    def finished(data: bytes, language: str, said: Mapping[str, str]) -> bytes:
        return marks.finish(finish(data, language, said), language, said)

    finishes = dict.fromkeys(readers, finished)
    if doublers:
        return BilingualPackage(copied or store, readers, followers, finishes, doublers)
    return PackageDocument(copied or store, readers, followers, finishes)


def text_reader(
    xml: bytes, shown: Collection[str] = (), blocks: Collection[str] = ()
) -> MixedReader:
    """Reader for an entry that knows the styles which change nothing, and these more blocks.

    LibreOffice marks by them who wrote what when, in the middle of words. `shown` are the names of
    the properties that the text shows. Raises DocumentError when the entry cannot be read.
    """
    styles = elements(xml, PREFIXES, "style:style")
    bare = {
        node.get("name")
        for node in styles
        if node.get("family") == "text"
        and not node.get("parent-style-name")
        and all(map(_says_nothing, node.nodes))
    }

    code = code_lines(xml, PREFIXES, _text)
    code_styles = CODE_STYLES | {
        node.get("name") for node in styles if node.get("parent-style-name") in CODE_STYLES
    }

    def role(node: Node) -> Role:
        if node.name in _INLINE:
            style = node.get("style-name") if node.name == "text:span" else ""
            return (
                Role.QUOTED if style in code_styles else Role.BARE if style in bare else Role.INLINE
            )
        if node.name == "text:page-number":  # "<number>", where it is not known yet
            return Role.FIGURE
        if node.name in _FIELDS or node.name in _DATES or node.name in _KEPT_FIELDS:
            return _role_of_field(node)
        if node.name == "text:ruby":
            return Role.RUBY
        if node.name == "text:line-break":
            return Role.BREAK
        return Role.GONE if node.name == "text:soft-page-break" else Role.ALONE

    def is_block(node: Node) -> bool:
        if node.name == "meta:user-defined":
            return node.get("name") in shown and node.get("value-type") in {"", "string"}
        if node.start in code:
            return False
        return node.name in _BLOCKS or node.name in _ATTRIBUTES or node.name in blocks

    return MixedReader(PREFIXES, is_block, role, _text, _write, attributes=_ATTRIBUTES, look=_look)


def _says_nothing(node: Node) -> bool:
    return node.name == "style:text-properties" and all(
        "openoffice.org" in name and name.endswith("rsid") for name in node.attributes
    )


def _look(node: Node) -> str:
    return node.get("style-name") if node.name == "text:span" else ""


def _role_of_field(node: Node) -> Role:
    if node.name in _DATES or node.get("value-type") in _VALUES or not says_words(node.text):
        return Role.FIGURE
    return Role.INLINE if node.name in _FIELDS else Role.ALONE


def _text(node: Node) -> str | None:
    """The white space that an element stands for, or None."""
    if node.name == "text:tab":
        return "\t"
    if node.name == "text:s":
        count = node.get("c")
        return " " * min(int(count) if count.isascii() and count.isdigit() else 1, _MOST_SPACES)
    return None


def _write(text: str, prefix: bytes) -> bytes:
    if prefix in _PLAIN:
        return escaped(text)
    parts: list[bytes] = []
    position = 0
    for match in _SPACES.finditer(text):
        parts.append(escaped(text[position : match.start()]))
        spaces = match.end() - match.start()
        if match.group() == "\t":
            parts.append(b"<%btab/>" % prefix)
        else:
            parts.append(b'<%bs %bc="%d"/>' % (prefix, prefix, spaces))
        position = match.end()
    return b"".join([*parts, escaped(text[position:])])
