"""XLIFF 1.2, 2.0 and 2.1: segments get the translations that they lack; the rest to the byte.

A segment with a translation keeps it, unless its state says that it is to be made. Inline codes go
into the target as they stand in the source. As both specifications have it, a new target is
`needs-review-translation` in 1.2 and `translated` in 2.x: nobody has reviewed it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from web.formats.base import DocumentError
from web.formats.localisation.gettext_catalog import all_translated
from web.formats.localisation.string_file import locale_like
from web.formats.localisation.wording import Syntax, Wording
from web.formats.localisation.xml_strings import Unit, XmlStrings, add_content, in_xml
from web.formats.xml_parts import Node
from web.messages import N_

_NAMESPACES: Final = (
    "urn:oasis:names:tc:xliff:document:1.1",
    "urn:oasis:names:tc:xliff:document:1.2",
    "urn:oasis:names:tc:xliff:document:2.0",
    "urn:oasis:names:tc:xliff:document:2.2",
)
_XML: Final = "http://www.w3.org/XML/1998/namespace"
# States of a target that is none yet.
_TO_DO: Final = frozenset(("initial", "new", "needs-adaptation", "needs-l10n", "needs-translation"))
# Codes of 1.2 and 2.x: pairs, those that may stand for a word, and those that never do.
_OPENING: Final = frozenset(("bpt", "bx", "sc", "sm"))
_CLOSING: Final = frozenset(("ept", "ex", "ec", "em"))
_SINGLE: Final = frozenset(("x", "ph", "it", "cp"))
_AROUND: Final = frozenset(("g", "pc", "mrk"))
_BREAKS: Final = frozenset(("lb", "xlf:lb", "pb", "xlf:pb"))
_MARKUP: Final = frozenset(
    ("fmt", "link", "bold", "italic", "underlined", "xlf:b", "xlf:i", "xlf:u", "image", "quote")
)
_NATIVE_BREAK: Final = re.compile(r"\s*<br\b|LINE_BREAK|\\n\Z|\n\Z", re.IGNORECASE)
# Angular writes a pair of tags as two codes of this name.
_NAMED: Final = re.compile(r"(START|CLOSE)_([A-Z_]*[A-Z])(?:_\d+)?")
_TAG: Final = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>"
    rb"|<(?:[\w.-]{1,40}:)?(?P<name>file|xliff)(?=[\s/>])(?>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*)>",
    re.DOTALL,
)


def open_xliff(data: bytes) -> XmlStrings:
    """Read an .xlf. Raises DocumentError when it is none, is damaged, or nothing is left to do."""
    kind = _Kind()
    units = _Units(kind)
    prefixes = dict.fromkeys(_NAMESPACES, "") | {_XML: "xml"}
    document = XmlStrings(data, prefixes, kind.is_block, units.of, kind.marked)
    if not kind.known or not units.seen:
        raise DocumentError(N_("There are no segments of XLIFF in the file. Nothing was kept."))
    if not units.due:
        raise all_translated()
    return document


class _Kind:
    """Version of a file, as its root says, and what follows from it."""

    def __init__(self) -> None:
        self.known = False
        self.second = False

    def is_block(self, node: Node) -> bool:
        """Whether an element is a unit, or a group whose `translate` its units have.

        Raises DocumentError when the first one is no root of XLIFF 1 or 2.
        """
        if node.name == "xliff":
            self.second = node.get("version").startswith("2")
            self.known = self.second or node.get("version").startswith("1")
        if not self.known:
            raise DocumentError(
                N_("The document is no XLIFF file of version 1 or 2. Nothing was kept.")
            )
        if node.name in {"trans-unit", "unit"}:
            return True
        return node.name in {"group", "file"} and node.get("translate") == "no"

    def marked(self, data: bytes, language: str) -> bytes:
        """The file with the target language in it."""
        wanted, name = (b"xliff", "trgLang") if self.second else (b"file", "target-language")

        def named(match: re.Match[bytes]) -> bytes:
            if match["name"] != wanted:
                return match.group()
            old = _attribute(match.group(), name)
            return _with(match.group(), name, locale_like(old, language) if old else language)

        return _TAG.sub(named, data)


class _Units:
    """Segments of a file that have no translation."""

    def __init__(self, kind: _Kind) -> None:
        self._kind = kind
        self.seen = self.due = 0

    def of(self, block: Node, data: bytes) -> Iterator[Unit]:
        """Those of a block, in order."""
        for node, on in _translated(block, on=True):
            native = {
                each.get("id"): each.text
                for holder in node.nodes
                if holder.name == "originalData"
                for each in holder.nodes
            }
            segments = (
                [each for each in node.nodes if each.name == "segment"]
                if self._kind.second
                else [node]
            )
            for segment in segments:
                self.seen += 1
                parts = {each.name: each for each in segment.nodes}
                source = parts.get("source")
                if on and source and _is_due(segment, source, parts.get("target")):
                    self.due += 1
                    yield self._unit(segment, parts, native, data)

    def _unit(
        self, segment: Node, parts: Mapping[str, Node], native: Mapping[str, str], data: bytes
    ) -> Unit:
        content = parts.get("seg-source", parts["source"])
        wording = Wording(Syntax(in_xml, numbered=True))
        add_content(wording, content, data, partial(_add_code, wording, native, data))
        return Unit(wording, partial(self._edits, segment, parts, data), due=True)

    def _edits(
        self, segment: Node, parts: Mapping[str, Node], data: bytes, text: str, language: str
    ) -> Iterator[tuple[int, int, bytes]]:
        source, target = parts["source"], parts.get("target")
        if self._kind.second:
            tag = data[segment.start : segment.inner]
            new = _without(_with(tag, "state", "translated"), "subState")
            yield segment.start, segment.inner, new
        if target is not None:
            tag = data[target.start : target.inner]
            name = tag[1:].split(None, 1)[0].rstrip(b"/>")
            tag = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
            old = _attribute(tag, "xml:lang")
            if old and language:
                tag = _with(tag, "xml:lang", locale_like(old, language))
        else:
            name = source.prefix(data) + b"target"
            tag = b"<" + name + b">"
        if not self._kind.second:
            tag = _with(tag, "state", "needs-review-translation")
        new = tag + text.encode() + b"</" + name + b">"
        if target is not None:
            yield target.start, target.end, new
            return
        last = parts.get("seg-source", source)
        before = data[segment.inner : source.start]
        space = before[len(before.rstrip()) :]
        yield last.end, last.end, space + new


def _translated(block: Node, *, on: bool) -> Iterator[tuple[Node, bool]]:
    """Each unit of a block, and whether it is to be translated."""
    said = block.get("translate")
    on = said != "no" if said else on
    if block.name in {"trans-unit", "unit"}:
        yield block, on
    else:
        for node in block.nodes:
            if node.name in {"group", "file", "body", "trans-unit", "unit"}:
                yield from _translated(node, on=on)


def _is_due(segment: Node, source: Node, target: Node | None) -> bool:
    """Whether a segment has no translation that somebody stands behind.

    One without a state is a translation, unless it is the source again.
    """
    if target is None or not target.text.strip():
        return True
    state = target.get("state") or segment.get("state")
    if segment.get("approved") == "yes":
        return False
    return state in _TO_DO if state else target.text.strip() == source.text.strip()


def _add_code(
    wording: Wording, native: Mapping[str, str], data: bytes, node: Node, raw: str
) -> bool:
    """Add an inline code; False for one with words in it, which the caller looks into."""
    name = node.name
    key = node.get("startRef") or node.get("rid") or node.get("id")
    said = _native(node, native)
    if name in _AROUND:
        return _add_around(wording, data, node, raw)
    if name in _OPENING:
        wording.open(key, raw)
    elif name in _CLOSING:
        wording.close(key, raw)
    elif named := _NAMED.match(node.get("id")) if name == "x" else None:
        if named[1] == "START":
            wording.open(named[2], raw)
        else:
            wording.close(named[2], raw)
    elif name in _SINGLE:
        kinds = {node.get("ctype"), node.get("type"), node.get("subType")}
        if kinds & _BREAKS or _NATIVE_BREAK.match(said):
            wording.alone(raw, breaks=True)
        elif name in {"it", "cp"} or kinds & _MARKUP or said.lstrip().startswith("<"):
            wording.alone(raw)
        else:
            wording.stand(raw)
    else:
        # Elements of other namespaces are no part of the sentence.
        wording.alone(raw)
    return True


def _add_around(wording: Wording, data: bytes, node: Node, raw: str) -> bool:
    """Add a code around words, if that is all that there is to do."""
    if node.get("translate") == "no" or node.get("mtype") == "protected":
        wording.stand(raw)
        return True
    if node.get("mtype") == "seg" and node.inner < node.end:
        wording.alone(data[node.start : node.inner].decode(), apart=True)
        add_content(wording, node, data, partial(_add_code, wording, {}, data))
        wording.alone(data[node.close : node.end].decode(), apart=True)
        return True
    return False


def _native(node: Node, native: Mapping[str, str]) -> str:
    """Text that a code stands for in the file that was taken apart, as far as it is known."""
    for name in ("equiv-text", "equiv", "disp"):
        if said := node.get(name):
            return said
    return native.get(node.get("dataRef"), "") or node.text or node.get("id")


def _attribute(tag: bytes, name: str) -> str:
    match = _pattern(name).search(tag)
    return match[2].decode() if match else ""


def _with(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with an attribute."""
    written = value.encode()
    if _pattern(name).search(tag):
        return _pattern(name).sub(lambda match: match[1] + written + match[3], tag, count=1)
    end = -2 if tag.endswith(b"/>") else -1
    body = tag[:end].rstrip()
    return body + b" " + name.encode() + b'="' + written + b'"' + tag[len(body) :]


def _without(tag: bytes, name: str) -> bytes:
    return _pattern(name).sub(b"", tag, count=1)


def _pattern(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"(\s%b\s*=\s*[\"'])([^\"']*)([\"'])" % re.escape(name).encode())
