"""WordprocessingML: a paragraph's runs as pieces, and these as items of a line.

Word cuts a word into runs wherever someone once typed, so runs that look alike are one. Fields and
pairs of marks are one piece with all that is in between.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from web.formats.places import INLINE_DEPTH, Content, Element, said_text
from web.formats.stand_ins import asked_as_code, figure_of
from web.formats.word.fields import figure_of_field, is_kept
from web.formats.xml_parts import Node

# Their runs are read; an sdt has them one level deeper.
_CONTAINERS: Final = frozenset(
    (
        "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:dir", "w:bdo",
        "w:fldSimple",
    )
)  # fmt: skip
_PROPERTIES: Final = frozenset(
    ("w:pPr", "w:smartTagPr", "w:customXmlPr", "w:sdtPr", "w:sdtEndPr", "w:fldData")
)
# A choice, a date or a box to tick: their text is one of a list, or computed.
_CONTROLS: Final = frozenset(("w:dropDownList", "w:comboBox", "w:date", "w14:checkbox"))
# Styles of code, as pandoc, Word and LibreOffice name them.
CODE_STYLES: Final = frozenset(
    (
        *("SourceCode", "VerbatimChar", "Quellcode", "Code", "CodeChar", "HTMLCode"),
        *("SourceText", "Teletype", "UserEntry"),
        *("HTMLKeyboard", "HTMLTastatur", "HTMLSample", "HTMLBeispiel"),
    )
)
# Where the pages of the old text broke, and what its spelling check said.
_GONE: Final = frozenset(("w:proofErr", "w:lastRenderedPageBreak"))
CHARACTERS: Final = {"w:tab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
# Properties of a run that cannot be seen.
_UNSEEN: Final = frozenset(("w:lang", "w:noProof", "w:rPrChange"))
_STARTS: Final = {
    "w:bookmarkStart": "w:bookmarkEnd",
    "w:commentRangeStart": "w:commentRangeEnd",
    "w:permStart": "w:permEnd",
}
_MARKS: Final = frozenset((*_STARTS, *_STARTS.values()))


@dataclass(frozen=True, slots=True)
class WordLook:
    """Formatting of a run: its w:rPr, and the part of it that can be seen."""

    properties: bytes = b""
    seen: bytes = b""


@dataclass(frozen=True, slots=True)
class InRun:
    """Something in a run that is no text, with the run's look."""

    node: Node
    look: WordLook


@dataclass(frozen=True, slots=True)
class AroundRuns:
    """Content before and after items that keep the look of the text around them."""

    before: Content
    after: Content


@dataclass(frozen=True, slots=True)
class RunContainer:
    """An element with runs of its own: its XML before and after them, and their usual look."""

    before: bytes
    after: bytes
    look: WordLook


@dataclass(frozen=True, slots=True, eq=False)
class RunPiece:
    """Text in its look, or an element; the `inner` ones of a pair or field are no items yet."""

    text: str = ""
    look: WordLook = WordLook()
    element: Element | None = None
    inner: "tuple[RunPiece, ...] | None" = None

    @property
    def said(self) -> str:
        """All text in it, as it is read."""
        if self.inner is not None:
            return "".join(piece.said for piece in self.inner)
        return said_text([self.element]) if self.element else self.text

    def item(self, inner: Callable[["Sequence[RunPiece]"], Content]) -> Element:
        """The piece as an item; text keeps its look."""
        if self.element is None:
            return Element(self.look, [self.text])
        if self.inner is None:
            return self.element
        return Element(self.element.what, inner(self.inner))


def _body(node: Node) -> Node:
    return next((each for each in node.nodes if each.name == "w:sdtContent"), node)


def edges_of(node: Node, data: bytes) -> tuple[bytes, bytes]:
    """The XML in a paragraph or container before its runs, and after them."""
    body = _body(node)
    start = body.inner
    for each in body.nodes:
        if each.name not in _PROPERTIES:
            break
        start = each.end
    return data[node.start : start], data[body.close : node.end]


def pieces_of(node: Node, data: bytes, depth: int) -> list[RunPiece]:
    """The content of a paragraph or container; `depth` says how deep in others it lies."""
    level = _Level(INLINE_DEPTH - depth)
    for each in _body(node).nodes:
        if each.name in _PROPERTIES or each.name in _GONE:
            continue
        if each.name == "w:r":
            if style_of(each, "w:rPr", "w:rStyle") in CODE_STYLES:
                level.add(RunPiece(element=Element(each, figure=asked_as_code(each.text))))
            else:
                _add_run(each, data, level)
        elif each.name in _STARTS:
            level.open(_STARTS[each.name] + each.get("id"), Element(each, ordered=True))
        elif each.name in _MARKS:
            level.close(each.name + each.get("id"), Element(each, ordered=True))
        elif each.name == "w:fldSimple" and is_kept(each.get("instr"), each.text):
            level.add(
                RunPiece(
                    element=Element(each, figure=figure_of_field(each.get("instr"), each.text))
                )
            )
        elif each.name in _CONTAINERS and level.room and not _is_control(each):
            inner = pieces_of(each, data, INLINE_DEPTH - level.room + 1)
            base = usual_look_of(inner)
            what = RunContainer(*edges_of(each, data), base)
            level.add(RunPiece(element=Element(what, items_of(inner, base))))
        else:
            figure = _figure_of_control(each) if each.name == "w:sdt" else ""
            level.add(RunPiece(element=Element(each, figure=figure)))
    return level.pieces


def style_of(node: Node, properties: str, name: str) -> str:
    """The style that a paragraph or run names first; "" for none."""
    for each in node.nodes:
        if each.name != properties:
            break
        return next((one.get("val") for one in each.nodes if one.name == name), "")
    return ""


def _is_control(node: Node) -> bool:
    names = {kind.name for each in node.nodes if each.name == "w:sdtPr" for kind in each.nodes}
    # One that nobody has filled in asks for it.
    return not _CONTROLS.isdisjoint(names) and "w:showingPlcHdr" not in names


def _figure_of_control(node: Node) -> str:
    """The text with which a choice or a date is asked in its sentence."""
    text = _body(node).text
    return figure_of(text) if any(map(str.isdigit, text)) else asked_as_code(text)


def _add_run(run: Node, data: bytes, level: "_Level") -> None:
    look = WordLook()
    for each in run.nodes:
        if each.name == "w:rPr":
            seen = b"".join(
                data[one.start : one.end] for one in each.nodes if one.name not in _UNSEEN
            )
            look = WordLook(data[each.start : each.end], seen)
        elif each.name == "w:t":
            text = each.text if each.get("space") == "preserve" else each.text.strip(" \t\r\n")
            level.add(RunPiece(text, look))
        elif each.name == "w:ruby" and level.room and (base := _ruby_base(each)):
            inner = pieces_of(base, data, INLINE_DEPTH - level.room + 1)
            usual = usual_look_of(inner)
            start = data[run.start : run.inner] + look.properties + data[each.start : base.inner]
            what = RunContainer(
                start, data[base.close : each.end] + data[run.close : run.end], usual
            )
            level.add(RunPiece(element=Element(what, items_of(inner, usual))))
        elif each.name in CHARACTERS:
            level.add(RunPiece(CHARACTERS[each.name], look))
        elif each.name == "w:fldChar":
            kind = each.get("fldCharType")
            element = Element(InRun(each, look), ordered=True)
            if kind == "begin":
                level.open("", element)
            elif kind == "end":
                level.close("", element)
            else:
                level.add(RunPiece(element=element))
        elif each.name not in _GONE:
            line_break = each.name == "w:cr" or (
                each.name == "w:br" and each.get("type") in {"", "textWrapping"}
            )
            element = Element(
                InRun(each, look),
                apart=each.name == "w:br" and not line_break,
                breaks=line_break,
                ordered=each.name == "w:instrText",
            )
            level.add(RunPiece(element=element))


def _ruby_base(ruby: Node) -> Node | None:
    return next((each for each in ruby.nodes if each.name == "w:rubyBase"), None)


class _Level:
    """Gathers pieces, and makes one of a pair of marks or a field with what is in between."""

    def __init__(self, room: int) -> None:
        """Pairs go `room` deep into each other."""
        self.pieces: list[RunPiece] = []
        self._room = room
        self._open: list[tuple[str, int]] = []

    @property
    def room(self) -> int:
        """How deep pairs or containers may still go here."""
        return self._room - len(self._open)

    def add(self, piece: RunPiece) -> None:
        self.pieces.append(piece)

    def open(self, key: str, element: Element) -> None:
        if self.room:
            self._open.append((key, len(self.pieces)))
        self.add(RunPiece(element=element))

    def close(self, key: str, element: Element) -> None:
        """End the pair of this key; what was opened inside of it and is still open stays alone."""
        if all(each != key for each, _ in self._open):
            self.add(RunPiece(element=element))
            return
        while self._open[-1][0] != key:
            self._open.pop()
        _, start = self._open.pop()
        first, *inner = self.pieces[start:]
        before = [first]
        if not key:
            count = _result_start(inner)
            said = "".join(piece.said for piece in inner[count:])
            code = _code(inner[:count])
            if is_kept(code, said):
                around = AroundRuns(
                    _fixed(self.pieces[start:]), _fixed([RunPiece(element=element)])
                )
                self.pieces[start:] = [
                    RunPiece(element=Element(around, figure=figure_of_field(code, said)))
                ]
                return
            before += inner[:count]
            inner = inner[count:]
        around = AroundRuns(_fixed(before), _fixed([RunPiece(element=element)]))
        self.pieces[start:] = [RunPiece(element=Element(around), inner=tuple(inner))]


def _result_start(field: Sequence[RunPiece]) -> int:
    """How many pieces of a field come before its result: all, if it has none."""
    for index, piece in enumerate(field):
        node = _node(piece)
        if node and node.name == "w:fldChar":
            return index + 1
    return len(field)


def _code(pieces: Iterable[RunPiece]) -> str:
    nodes = map(_node, pieces)
    return "".join(node.text for node in nodes if node and node.name == "w:instrText")


def _node(piece: RunPiece) -> Node | None:
    if piece.element and isinstance(piece.element.what, InRun):
        return piece.element.what.node
    return None


def usual_look_of(pieces: Sequence[RunPiece]) -> WordLook:
    """The look of most of the text."""
    letters: dict[bytes, int] = {}
    looks: dict[bytes, WordLook] = {}
    waiting = list(reversed(pieces))
    while waiting:
        piece = waiting.pop()
        if piece.text:
            look = looks.setdefault(piece.look.seen, piece.look)
            letters[look.seen] = letters.get(look.seen, 0) + len(piece.text.strip())
        waiting += reversed(piece.inner or ())
    return looks[max(letters, key=lambda seen: letters[seen])] if letters else WordLook()


def _fixed(pieces: Sequence[RunPiece]) -> Content:
    """Pieces as they were, whatever look is around them."""
    return [piece.item(_fixed) for piece in pieces]


def items_of(pieces: Sequence[RunPiece], base: WordLook) -> Content:
    """Pieces as items: what looks alike and is not `base` is one element."""
    items: Content = []
    group: Content | None = None
    seen = b""
    pending: Content = []  # in the group if it goes on afterwards
    for piece in pieces:
        text = piece.text
        if text.strip():
            if piece.look.seen == base.seen:
                group = None
            elif group is None or piece.look.seen != seen:
                items += pending
                pending = []
                group, seen = [], piece.look.seen
                items.append(Element(piece.look, group))
            (items if group is None else group).extend([*pending, text])
            pending = []
        elif text:
            pending.append(text)
        elif piece.element:
            element = piece.item(lambda inner: items_of(inner, base))
            pending.append(element)
            if element.items is not None or element.apart or element.breaks:
                group = None
    return items + pending
