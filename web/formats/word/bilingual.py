"""Both languages in a Word document: a paragraph's copy below it, or beside it in a table.

The copy has the look of its paragraph and the text of its translation; it is in no table of
contents, counts nothing, and has no notes, comments, bookmarks, pictures or breaks of a page.
"""

import re
from collections.abc import Iterator
from typing import Final

from web.formats.base import BilingualLayout
from web.formats.bilingual import Doubler, Doubling, XmlEdit, local_name, with_edits, xml_fragment
from web.formats.office.marks import with_region
from web.formats.package import Reader
from web.formats.places import changed
from web.formats.word.styles import WordStyles
from web.formats.xml_parts import Node, escaped


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What is in a run of a copy.
_IN_RUN: Final = _names("t tab br cr noBreakHyphen softHyphen sym ruby ptab")
_KEPT: Final = _names("oMath oMathPara")
_WITH_RUNS: Final = _names("hyperlink dir bdo")
_OPENED: Final = _names("ins moveTo smartTag customXml sdt sdtContent fldSimple")
# Fields whose number is that of the page they stand on.
_OF_PAGE: Final = _names("PAGE NUMPAGES SECTIONPAGES")
# Marks of revisions on a run or on the end of a paragraph.
_REVISIONS: Final = _names("rPrChange ins del moveFrom moveTo")
# Properties of a run behind its language, in the order of the schema.
_AFTER_LANGUAGE: Final = _names("eastAsianLayout specVanish oMath")
_NOT_COPIED: Final = _names("pageBreakBefore numPr outlineLvl divId sectPr pPrChange")
# Properties of a paragraph, in the order of the schema.
_ORDER: Final = (
    *("pStyle", "keepNext", "keepLines", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
    *("jc", "textDirection", "textAlignment", "textboxTightWrap", "cnfStyle", "rPr", "sectPr"),
)
_PLAIN_CONTROL: Final = re.compile(
    rb"<(?P<p>[\w.-]*:?)sdtPr(?:\s[^<>]*)?>(?P<said>(?:(?!</?(?P=p)sdtPr[\s>]).){0,4000})"
    rb"</(?P=p)sdtPr>\s*(?:<(?P=p)sdtEndPr[^<>]*/>\s*)?<(?P=p)sdtContent>\s*\Z",
    re.DOTALL,
)
_CONTROL_ENDS: Final = re.compile(rb"\s*</[\w.-]*:?sdtContent>\s*</[\w.-]*:?sdt>")
_BLANK: Final = re.compile(rb"\A((?:<[^<>]*>)*) +")
# Characters before a paragraph in which its control's properties are looked for.
_NEAR: Final = 5000
# Sign, which no XML has, of a table that was made here, until all of them are.
_OWN: Final = b"\0"
# Twentieths of a point between the two columns.
_GAP: Final = 200


def word_doubler(styles: WordStyles, *, in_place: bool = False) -> Doubler:
    """Doubler of a part of a Word document; with `in_place` a copy is behind a line break.

    Comments are known by the id of their last paragraph, so theirs has to stay the last.
    """

    def begin(data: bytes, reader: Reader, layout: BilingualLayout, language: str) -> Doubling:
        return _Part(data, reader, _Copier(styles, language), layout == "beside", in_place)

    return Doubler(lambda holder: holder == "w:p", begin)


class _Part:
    """Doubling of a part; `web.formats.bilingual.Doubling` describes its methods."""

    def __init__(
        self,
        data: bytes,
        reader: Reader,
        copier: "_Copier",
        beside: bool,  # noqa: FBT001 - of this module alone
        in_place: bool,  # noqa: FBT001
    ) -> None:
        self._data = data
        self._reader = reader
        self._copier = copier
        self._beside = beside
        self._in_place = in_place
        self._edits: list[XmlEdit] = []
        # How many fields are open, as that of a table of contents is over many paragraphs.
        self._fields = 0

    def add(self, block: Node) -> None:
        before = self._fields
        self._fields += sum(map(_opened_fields, _all_nodes(block)))
        alone = self._beside and block.parent == "w:body" and not before and not self._fields
        waiting = [block]
        while waiting:
            node = waiting.pop()
            waiting += reversed(list(node.nodes))
            if node.name != "w:p" or node.items is None or not changed(node.items):
                continue
            xml = self._reader.rendered(node, self._data)
            if self._in_place:
                end = b"" if node.close < node.end else b"</%bp>" % node.prefix(self._data)
                runs = self._copier.runs_behind_break(xml)
                self._edits.append(XmlEdit(node.close, node.close, runs + end))
            elif alone and node is block and not _is_fixed(node):
                self._edits += self._row(node, xml)
            else:
                self._edits += self._below(node, xml)

    def _below(self, node: Node, xml: bytes) -> Iterator[XmlEdit]:
        section = _section(node)
        if section is None:
            end = self._behind(node)
            copy = self._copier.paragraph(xml)
            page = _last_break(node)
            if page and end == node.end:
                # Else the copy would be on the next page.
                close = copy.rindex(b"</")
                said = self._data[page.start : page.end]
                copy = copy[:close] + said + copy[close:]
                yield XmlEdit(page.start, page.end, b"")
            yield XmlEdit(end, end, copy)
        else:
            said = self._data[section.start : section.end]
            yield XmlEdit(section.start, section.end, b"")
            yield XmlEdit(node.end, node.end, self._copier.paragraph(xml, said))

    def _behind(self, node: Node) -> int:
        """Where a copy stands: not in a control that may have one paragraph only."""
        if node.parent == "w:sdtContent":
            near = self._data[max(0, node.start - _NEAR) : node.start]
            control = _PLAIN_CONTROL.search(near)
            ends = _CONTROL_ENDS.match(self._data, node.end)
            if control and ends and re.search(rb"[<:](?:text|dataBinding)[\s/>]", control["said"]):
                return ends.end()
        return node.end

    def _row(self, node: Node, xml: bytes) -> Iterator[XmlEdit]:
        w = node.prefix(self._data)
        yield XmlEdit(node.start, node.start, _table_start(w) + _row_start(w))
        section = _section(node)
        after = b""
        if section is not None:
            said = self._data[section.start : section.end]
            yield XmlEdit(section.start, section.end, b"")
            after = _spacer(w, said)
        copy = self._copier.paragraph(xml)
        yield XmlEdit(node.end, node.end, _next_cell(w) + copy + _table_end(w) + after)

    def finish(self) -> bytes:
        data = with_edits(self._data, self._edits)
        if not self._beside or not self._edits:
            return data
        match = re.search(rb"<([\w.-]*:?)body[\s>]", data)
        return _with_joined_tables(data, match[1]) if match else data


def _with_joined_tables(data: bytes, w: bytes) -> bytes:
    """Rows that follow one another as one table, and a paragraph between it and what is none."""
    start = _table_start(w)
    end = _table_end(w)
    both = re.compile(b"%b\\s*%b" % (re.escape(b"</%btbl>" % w), re.escape(start)))
    own = re.compile(re.escape(end) + rb"\s*" + re.escape(start))
    data = own.sub(lambda _: _row_end(w), data)
    data = both.sub(lambda _: b"</%btbl>" % w + _spacer(w) + start, data)
    rest = re.compile(re.escape(end) + rb"(?=\s*<(?!%bp[\s>/]|%bbookmark|%bcomment))" % (w, w, w))
    data = rest.sub(lambda _: end + _spacer(w), data)
    return data.replace(_OWN, b"")


def _table_start(w: bytes) -> bytes:
    sides = b"".join(
        b'<w:%b w:val="nil"/>' % side
        for side in (b"top", b"left", b"bottom", b"right", b"insideH", b"insideV")
    )
    xml = (
        b'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>%b</w:tblBorders>'
        b'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        b'<w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        b'<w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>' % (sides, _GAP)
    )
    return xml.replace(b"w:", w)


def _row_start(w: bytes) -> bytes:
    return b"<w:tr>".replace(b"w:", w) + _cell(w)


def _table_end(w: bytes) -> bytes:
    return _row_end(w) + _OWN + b"</%btbl>" % w


def _cell(w: bytes) -> bytes:
    xml = b'<w:tc><w:tcPr><w:tcW w:w="2500" w:type="pct"/></w:tcPr>'
    return xml.replace(b"w:", w)


def _next_cell(w: bytes) -> bytes:
    return b"</%btc>" % w + _cell(w)


def _row_end(w: bytes) -> bytes:
    return b"</%btc></%btr>" % (w, w)


def _spacer(w: bytes, section: bytes = b"") -> bytes:
    """A paragraph that is as good as not there."""
    xml = (
        b'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        b'<w:rPr><w:sz w:val="2"/></w:rPr>%b</w:pPr></w:p>'
    )
    return xml.replace(b"w:", w) % section


def _all_nodes(node: Node) -> Iterator[Node]:
    yield node
    for each in node.nodes:
        yield from _all_nodes(each)


def _opened_fields(node: Node) -> int:
    if node.name != "w:fldChar":
        return 0
    return {"begin": 1, "end": -1}.get(node.get("fldCharType"), 0)


def _section(paragraph: Node) -> Node | None:
    for each in paragraph.nodes:
        if each.name == "w:pPr":
            return next((one for one in each.nodes if one.name == "w:sectPr"), None)
    return None


def _is_fixed(paragraph: Node) -> bool:
    """Whether a paragraph can be in no cell: with a frame of its own, or a break of its page."""
    return any(
        node.name in {"w:framePr", "w:pageBreakBefore"}
        or (node.name == "w:br" and node.get("type") in {"page", "column"})
        for node in _all_nodes(paragraph)
    )


def _last_break(paragraph: Node) -> Node | None:
    """The run at the end of a paragraph that is a break of its page and nothing else."""
    last = next(reversed(list(paragraph.nodes)), None)
    if last is None or last.name != "w:r":
        return None
    parts = [each for each in last.nodes if each.name != "w:rPr"]
    is_break = len(parts) == 1 and parts[0].name == "w:br" and parts[0].get("type") == "page"
    return last if is_break else None


class _Copier:
    """Makes copies of translated paragraphs in a language."""

    def __init__(self, styles: WordStyles, language: str) -> None:
        self._styles = styles
        self._language = "-".join(filter(None, with_region(language)))
        # Fields that are open: whether each is one of the page, None until that is known.
        self._fields: list[bool | None] = []
        self._code = ""
        self._waiting: list[bytes] = []

    def paragraph(self, xml: bytes, section: bytes = b"") -> bytes:
        """Copy of a paragraph, as XML; `section` is the end of a section that it gets."""
        node, data = xml_fragment(xml)
        w = node.prefix(data)
        self._fields, self._waiting = [], []
        runs = self._runs(node, data, w)
        # Before the words of a note there is a blank behind its number.
        runs = _BLANK.sub(rb"\1", runs, count=1)
        return b"<%bp>%b%b</%bp>" % (w, self._properties(node, data, w, section), runs, w)

    def runs_behind_break(self, xml: bytes) -> bytes:
        """The runs of a copy alone, behind a line break."""
        node, data = xml_fragment(xml)
        w = node.prefix(data)
        self._fields, self._waiting = [], []
        return b"<%br><%bbr/></%br>" % (w, w, w) + self._runs(node, data, w)

    def _properties(self, paragraph: Node, data: bytes, w: bytes, section: bytes) -> bytes:
        properties = next((each for each in paragraph.nodes if local_name(each) == "pPr"), None)
        nodes = {local_name(each): each for each in properties.nodes} if properties else {}
        parts = {
            name: data[each.start : each.end]
            for name, each in nodes.items()
            if name not in _NOT_COPIED
        }
        style = nodes["pStyle"].get("val") if "pStyle" in nodes else ""
        if self._styles.is_heading(style):
            name = escaped(self._styles.translation_of(style))
            parts["pStyle"] = b'<%bpStyle %bval="%b"/>' % (w, w, name)
        numbered = self._styles.number(style, nodes.get("numPr"))
        if numbered is not None:
            parts["numPr"] = b'<%bnumPr><%bnumId %bval="0"/></%bnumPr>' % (w, w, w, w)
            parts["ind"] = self._indentation(nodes.get("ind"), numbered, w)
        if "rPr" in nodes:
            parts["rPr"] = self._look(nodes["rPr"], data, w)
        if section:
            parts["sectPr"] = section
        if not parts:
            return b""
        known = {name: number for number, name in enumerate(_ORDER)}
        ordered = sorted(parts, key=lambda name: known.get(name, len(known)))
        return b"<%bpPr>%b</%bpPr>" % (w, b"".join(map(parts.__getitem__, ordered)), w)

    @staticmethod
    def _indentation(own: Node | None, left: str, w: bytes) -> bytes:
        """The indentation of what was numbered: where its text was, and no number hangs out."""
        values = {"left": left} if left else {}
        for name, value in own.attributes.items() if own else ():
            values[name.rpartition("}")[2]] = value
        if "start" in values:
            values.pop("left", None)
        for name in ("hanging", "firstLine", "hangingChars", "firstLineChars"):
            values.pop(name, None)
        values["firstLine"] = "0"
        said = b"".join(
            b' %b%b="%b"' % (w, name.encode(), escaped(value)) for name, value in values.items()
        )
        return b"<%bind%b/>" % (w, said)

    def _runs(self, node: Node, data: bytes, w: bytes) -> bytes:
        parts: list[bytes] = []
        for each in node.nodes:
            name = local_name(each)
            if name == "r":
                parts.append(self._run(each, data, w))
            elif name in _KEPT or (name == "fldSimple" and _is_of_page(each.get("instr"))):
                parts.append(data[each.start : each.end])
            elif name in _WITH_RUNS:
                inner = self._runs(each, data, w)
                parts.append(data[each.start : each.inner] + inner + data[each.close : each.end])
            elif name in _OPENED:
                parts.append(self._runs(each, data, w))
        return b"".join(parts)

    def _run(self, run: Node, data: bytes, w: bytes) -> bytes:
        look = next((each for each in run.nodes if local_name(each) == "rPr"), None)
        start = b"<%br>" % w + self._look(look, data, w)
        end = b"</%br>" % w
        parts: list[bytes] = []
        for each in run.nodes:
            name = local_name(each)
            whole = start + data[each.start : each.end] + end
            if name == "fldChar":
                parts.append(self._field(each.get("fldCharType"), whole))
            elif self._fields and self._fields[-1] is None:
                if name == "instrText":
                    self._code += each.text
                    self._waiting.append(whole)
            elif name in _IN_RUN and each.get("type") not in {"page", "column"}:
                parts.append(whole)
        # What is next to each other in one look is one run.
        return b"".join(parts).replace(end + start, b"")

    def _field(self, kind: str, whole: bytes) -> bytes:
        """The sign of a field as it is in a copy: not, unless it tells the number of a page."""
        if kind == "begin":
            self._fields.append(None)
            self._code, self._waiting = "", [whole]
            return b""
        if not self._fields:
            return b""
        if self._fields[-1] is None:
            self._fields[-1] = _is_of_page(self._code)
            waiting = b"".join(self._waiting) if self._fields[-1] else b""
        else:
            waiting = b""
        is_of_page = self._fields.pop() if kind == "end" else self._fields[-1]
        return waiting + whole if is_of_page else b""

    def _look(self, look: Node | None, data: bytes, w: bytes) -> bytes:
        """Properties of a run, with the language; without one, with what they said of it."""
        before: list[bytes] = []
        after: list[bytes] = []
        for each in look.nodes if look else ():
            name = local_name(each)
            if name in _REVISIONS or (name == "lang" and self._language):
                continue
            late = name in _AFTER_LANGUAGE or each.prefix(data) != w
            (after if late else before).append(data[each.start : each.end])
        if self._language:
            said = b'<%blang %bval="%b"/>' % (w, w, escaped(self._language))
            before.append(said)
        content = b"".join([*before, *after])
        return b"<%brPr>%b</%brPr>" % (w, content, w) if content else b""


def _is_of_page(code: str) -> bool:
    name, *_ = code.split(maxsplit=1) or [""]
    return name.upper() in _OF_PAGE
