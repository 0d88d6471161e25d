"""Styles of a Word document, as far as a paragraph's copy needs them: headings and numbers."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final

from web.formats.base import DocumentError
from web.formats.office.marks import with_region
from web.formats.word.runs import PREFIXES
from web.formats.xml_parts import Node, elements, escaped

_HEADING: Final = re.compile(r"heading [1-9]", re.IGNORECASE)
# Level of an outline that is none.
_BODY_TEXT: Final = 9


class WordStyles:
    """Styles and lists; `read` gives a part's XML, by the names of the parts, "" for none."""

    def __init__(self, read: Callable[[str], bytes], styles: str = "", numbering: str = "") -> None:
        self._read = read
        self._styles_part = styles
        self._numbering_part = numbering

    @cached_property
    def _styles(self) -> Mapping[str, Node]:
        found = self._found(self._styles_part, "w:style")
        return {each.get("styleId"): each for each in found if each.get("type") == "paragraph"}

    @cached_property
    def _lists(self) -> Mapping[str, Node]:
        """The abstract lists by the numbers of the lists that are such."""
        lists = self._found(self._numbering_part, "w:abstractNum")
        abstract = {each.get("abstractNumId"): each for each in lists}
        found: dict[str, Node] = {}
        for each in self._found(self._numbering_part, "w:num"):
            kind = abstract.get(_value(each, "w:abstractNumId"))
            if kind is not None:
                found[each.get("numId")] = kind
        return found

    def _found(self, part: str, name: str) -> list[Node]:
        """Elements of a part; none of one that is damaged, as the document is read without it."""
        try:
            return list(elements(self._read(part), PREFIXES, name)) if part else []
        except DocumentError:
            return []

    def _chain(self, style: str) -> Iterator[Node]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = _value(self._styles[style], "w:basedOn")

    def is_heading(self, style: str) -> bool:
        """Whether paragraphs of a style are headings, which a table of contents lists."""
        for each in self._chain(style):
            if _HEADING.fullmatch(_value(each, "w:name")):
                return True
            level = _value(_child(each, "w:pPr"), "w:outlineLvl")
            if level:
                return level.isdecimal() and int(level) < _BODY_TEXT
        return False

    def translation_of(self, style: str) -> str:
        """Id of the style of a heading's copy, which `with_translations` adds."""
        return f"{style}Translation"

    def number(self, style: str, own: Node | None) -> str | None:
        """Left indentation, "" if unknown, of a paragraph that has a number; None without one.

        `own` is its numPr.
        """
        if own is not None and (number := _value(own, "w:numId")):
            return None if number == "0" else self._left(number, _value(own, "w:ilvl") or "0")
        for each in self._chain(style):
            properties = _child(each, "w:pPr")
            said = _child(properties, "w:numPr")
            number = _value(said, "w:numId")
            if number == "0":
                return None
            if number:
                level = _value(said, "w:ilvl") or self._level_of(number, each.get("styleId"))
                indentation = _child(properties, "w:ind")
                own_left = (
                    indentation.get("left") or indentation.get("start") if indentation else ""
                )
                return own_left or self._left(number, level)
        return None

    def _level_of(self, number: str, style: str) -> str:
        for level in self._lists[number].nodes if number in self._lists else ():
            if level.name == "w:lvl" and _value(level, "w:pStyle") == style:
                return level.get("ilvl")
        return "0"

    def _left(self, number: str, level: str) -> str:
        for each in self._lists[number].nodes if number in self._lists else ():
            if each.name == "w:lvl" and each.get("ilvl") == level:
                indentation = _child(_child(each, "w:pPr"), "w:ind")
                if indentation:
                    return indentation.get("left") or indentation.get("start")
        return ""

    def with_translations(self, data: bytes, language: str, _: Mapping[str, str]) -> bytes:
        """The part of the styles, in UTF-8, with one for the copies of each kind of heading."""
        match = re.search(rb"</([\w.-]*:?)styles\s*>\s*\Z", data)
        if not match:
            return data
        w = match[1]
        code = escaped("-".join(filter(None, with_region(language))))
        look = b'<%brPr><%blang %bval="%b"/></%brPr>' % (w, w, w, code, w) if code else b""
        parts: list[bytes] = []
        for style, node in self._styles.items():
            if self.is_heading(style) and self.translation_of(style) not in self._styles:
                name = escaped(f"{_value(node, 'w:name')} (translation)").replace(b'"', b"&quot;")
                own = escaped(style).replace(b'"', b"&quot;")
                new = escaped(self.translation_of(style)).replace(b'"', b"&quot;")
                xml = (
                    b'<w:style w:type="paragraph" w:customStyle="1" w:styleId="%b">'
                    b'<w:name w:val="%b"/><w:basedOn w:val="%b"/><w:pPr>'
                    b'<w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/></w:pPr>'
                    b"%b</w:style>"
                ).replace(b"w:", w)
                parts.append(xml % (new, name, own, look))
        return data[: match.start()] + b"".join(parts) + data[match.start() :]


def _child(node: Node | None, name: str) -> Node | None:
    return next((each for each in node.nodes if each.name == name), None) if node else None


def _value(node: Node | None, name: str) -> str:
    child = _child(node, name)
    return child.get("val") if child else ""
