"""Texts of programs in XML: strings.xml of Android, .resx of .NET; the rest to the byte.

Android's text has escapes of its own inside of XML's, and quotes that keep white space.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from web.formats.base import DocumentError
from web.formats.localisation.string_file import is_locale, locale_like, paired
from web.formats.localisation.wording import Syntax, Wording
from web.formats.places import Lines
from web.formats.xml_parts import Entity, Node, escaped, packed, rewritten, unpacked
from web.messages import N_

_XLIFF: Final = "urn:oasis:names:tc:xliff:document:1.2"
_CDATA: Final = (b"<![CDATA[", b"]]>")
_LINE_BREAK: Final = "br"

_ANDROID: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))|\"|\s+", re.DOTALL)
_MEANS: Final = {"n": "\n", "t": "\t"}
_SPECIAL: Final = re.compile("[\\\\'\"\n\t]")
_WRITTEN: Final = {"\n": "\\n", "\t": "\\t"}
_HIDDEN: Final = re.compile(r"\s*(?:[@?][\w.+:/]|@null)")


@dataclass(slots=True)
class Unit:
    """Unit: a text in XML, and the edits with which its translation comes in.

    An edit is the bytes from one place to another, and what they become. A unit that is `due` has
    them even where its translation says the same.
    """

    wording: Wording
    edits: Callable[[str, str], Iterable[tuple[int, int, bytes]]]
    due: bool = False


class XmlStrings:
    """Strings in XML: a `web.formats.base.Document` of units."""

    def __init__(
        self,
        data: bytes,
        prefixes: dict[str, str],
        is_block: Callable[[Node], bool],
        units: Callable[[Node, bytes], Iterator[Unit]],
        marked: Callable[[bytes, str], bytes] = lambda data, _: data,
    ) -> None:
        """`units` are those of a block; `marked` names the target language, in the whole file.

        Raises DocumentError as `web.formats.xml_parts.rewritten`, and what `is_block` raises.
        """
        self._data, self._encoding = unpacked(data)
        self._parts = (prefixes, is_block)
        self._units = units
        self._marked = marked
        self._lines = Lines()
        self._rewritten(self._collected)
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        self._lines.check(targets)
        fill = self._lines.filler(targets)

        def replaced(node: Node, data: bytes) -> bytes | None:
            edits: list[tuple[int, int, bytes]] = []
            for unit in self._units(node, data):
                found = unit.wording.places()
                if fill(found) or (unit.due and found):
                    edits += unit.edits(unit.wording.written(), language)
            parts: list[bytes] = []
            position = node.start
            for start, end, new in sorted(edits):
                parts += (data[position:start], new)
                position = end
            return b"".join([*parts, data[position : node.end]]) if edits else None

        data = self._rewritten(replaced)
        return packed(self._marked(data, language) if language else data, self._encoding)

    def _collected(self, node: Node, data: bytes) -> None:
        for unit in self._units(node, data):
            self._lines.add(unit.wording.places())

    def _rewritten(self, replaced: Callable[[Node, bytes], bytes | None]) -> bytes:
        return rewritten(self._data, *self._parts, replaced)


def in_xml(text: str) -> str:
    """Text as XML holds it, between tags."""
    return escaped(text).decode()


def add_content(
    wording: Wording,
    node: Node,
    data: bytes,
    special: Callable[[Node, str], bool] = lambda *_: False,
    meaning: Callable[[str], str] = str,
) -> None:
    """Add what is in an element to a wording: text, and elements around words.

    `special` is asked first of each element, with its bytes as text, and adds it by itself or says
    False; `meaning` is what a text says.
    """
    for each in node.content:
        if isinstance(each, str):
            wording.add(meaning(each))
        elif isinstance(each, Entity):
            wording.stand(f"&{each.name};")
        else:
            raw = data[each.start : each.end].decode()
            if each.name and special(each, raw):
                continue
            if not each.name or each.inner == each.end:
                wording.alone(raw, breaks=each.name == _LINE_BREAK)
                continue
            # Elements nest well, so that their place is as good a key as any.
            key = str(each.start)
            wording.open(key, data[each.start : each.inner].decode())
            add_content(wording, each, data, special, meaning)
            wording.close(key, data[each.close : each.end].decode())


def open_android(data: bytes) -> XmlStrings:
    """Read a strings.xml. Raises DocumentError when it is none, damaged, or declares entities."""
    root = _RootCheck(
        "resources",
        N_(
            "This XML is no strings.xml of Android, the only kind of .xml that is translated. "
            "Nothing was kept."
        ),
    )

    def is_block(node: Node) -> bool:
        return root.known(node) and node.name in {"string", "plurals", "string-array"}

    return XmlStrings(data, {_XLIFF: "xliff"}, is_block, _android_units, _with_locale)


def open_resx(data: bytes) -> XmlStrings:
    """Read a .resx. Raises DocumentError when it is none, damaged, or declares entities."""
    root = _RootCheck("root", N_("The document is no .resx file. Nothing was kept."))
    return XmlStrings(
        data, {}, lambda node: root.known(node) and node.name == "data", _resource_units
    )


class _RootCheck:
    """Check of the first element that a parser finds: another one is a document of another kind."""

    def __init__(self, name: str, message: str) -> None:
        self._name = name
        self._message = message
        self._seen = False

    def known(self, node: Node) -> bool:
        """Whether it is not the root. Raises DocumentError when the root has another name."""
        if node.start and self._seen:
            return True
        if node.name != self._name:
            raise DocumentError(self._message)
        self._seen = True
        return False


def _android_units(block: Node, data: bytes) -> Iterator[Unit]:
    if block.get("translatable") == "false":
        return
    for node in [block] if block.name == "string" else block.nodes:
        if node.name in {"string", "item"} and not _HIDDEN.match(node.text):
            yield _android_unit(node, data)


def _android_unit(node: Node, data: bytes) -> Unit:
    raw = data[node.inner : node.close].strip()
    begin, end = _CDATA
    if raw.startswith(begin) and raw.find(end) == len(raw) - len(end):
        wording = Wording(Syntax(_android_escaped, numbered=True, mnemonics=False))
        wording.add(_AndroidText().meaning(node.text.strip()))

        def in_section(text: str) -> bytes:
            text = _as_no_reference(text).replace("]]>", "]]]]><![CDATA[>")
            return begin + text.encode() + end

        return Unit(wording, partial(_whole_content, node, in_section))
    escape = Syntax(lambda text: in_xml(_android_escaped(text)), numbered=True, mnemonics=False)
    wording = Wording(escape)
    quoted = raw[:1] == raw[-1:] == b'"' and len(raw) > 1 and not raw.endswith(b'\\"')
    if quoted:
        wording.alone('"')
    add_content(wording, node, data, partial(_protected, wording), _AndroidText().meaning)
    if quoted:
        wording.alone('"')
    return Unit(
        wording, partial(_whole_content, node, lambda text: _as_no_reference(text).encode())
    )


def _whole_content(
    node: Node, written: Callable[[str], bytes], text: str, _: str
) -> Sequence[tuple[int, int, bytes]]:
    return ((node.inner, node.close, written(text)),)


def _protected(wording: Wording, node: Node, raw: str) -> bool:
    if node.name == "xliff:g":
        wording.stand(raw)
        return True
    return False


class _AndroidText:
    """Text as Android reads it; quotes keep white space until they end."""

    def __init__(self) -> None:
        self._quoted = False

    def meaning(self, text: str) -> str:
        """Meaning of a text."""
        return paired(_ANDROID.sub(self._one, text))

    def _one(self, match: re.Match[str]) -> str:
        said = match.group()
        if said == '"':
            self._quoted = not self._quoted
            return ""
        if match[1]:
            return chr(int(match[1], 16))
        if match[2]:
            return _MEANS.get(match[2], match[2])
        return said if self._quoted else " "


def _android_escaped(text: str) -> str:
    written = _SPECIAL.sub(lambda match: _WRITTEN.get(match.group(), "\\" + match.group()), text)
    return written.replace("\xa0", "\\u00a0")


def _as_no_reference(text: str) -> str:
    """A text whose first sign does not make it the name of another resource."""
    return f"\\{text}" if text[:1] in {"@", "?"} else text


_LOCALE: Final = re.compile(rb"(<resources\b[^>]{0,2000}?\w:locale\s*=\s*[\"'])([\w-]{1,20})")


def _with_locale(data: bytes, language: str) -> bytes:
    def renamed(match: re.Match[bytes]) -> bytes:
        name = match[2].decode()
        return match[1] + (locale_like(name, language) if is_locale(name) else name).encode()

    return _LOCALE.sub(renamed, data, count=1)


def _resource_units(block: Node, data: bytes) -> Iterator[Unit]:
    """The value of an entry that is text: others have a type, and designers note names in them."""
    if block.get("type") or block.get("mimetype") or block.get("name").startswith(">>"):
        return
    for node in block.nodes:
        if node.name == "value":
            wording = Wording(Syntax(in_xml))
            add_content(wording, node, data)
            yield Unit(wording, partial(_whole_content, node, str.encode))
