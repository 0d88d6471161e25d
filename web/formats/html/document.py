"""HTML: text is translated; tags, attributes, code and `translate="no"` stay as they are.

So do template tags, and, in the text of an API's request, all attributes. In a file those that
people read or hear (`alt`, `title`, `aria-label`) are lines of their own, and the marks of its
language name that of the translation. `web.formats.html.tags` tells where each tag stands; nothing
is written anew that is not translated.
"""

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from web.formats.base import BilingualLayout
from web.formats.html.attributes import Attribute, attributes_of, language_marks, spoken
from web.formats.html.bilingual import in_both_languages
from web.formats.html.markup import Markup, Stretch, Token, TokenKind
from web.formats.html.tags import BLOCK, VOID, Event, Tags, names
from web.formats.language_marks import other_language, primary_language
from web.formats.line_breaks import LINE_BREAK
from web.formats.patches import Patch
from web.formats.places import check_length
from web.formats.plain_text import decoded_file, encoded
from web.formats.preformatted import is_prose_block, names_code, names_formula
from web.formats.stand_ins import asked_as_code, is_sentence

# How Markdown writes a row of its own between rows of HTML.
_ROW_APART: Final = "<!--\x01"
# Elements that are one thing in a line, with all that is in them.
_ALONE: Final = names("""
    applet audio canvas code embed iframe kbd map math noembed noframes object picture samp script
    style svg template textarea var video xmp
""")
# The same, but they end a line; <pre> unless it holds prose.
_APART: Final = names("listing plaintext pre")
# Those of them in which elements have attributes that people read.
_MEDIA: Final = names("audio canvas map object picture video")
# Those of them with what is read where they cannot be shown.
_SHOWN: Final = names("audio canvas object video")
# Elements of code in preformatted text.
_CODE: Final = names("code kbd samp var")
# Those of all these that say something in their sentence.
_SAID: Final = _CODE | {"math"}
# Types of <input> in which someone writes.
_FIELDS: Final = names("text number date time email tel url search")
# Elements of a drawing that hold text, each in a place of its own.
_LABELS: Final = names("desc text title")
_LABEL_PARTS: Final = names("a tspan")
# Their end tags may be missing: the next one of the kind ends them.
_IMPLIED: Final = names("dd dt li option p tbody td tfoot th thead tr")
# What parts the columns of preformatted text, and its lines.
_GAP: Final = re.compile(r"[ \t]*+[\r\n\t]\s*+| {3,}")
# Events of an inline element in another language; a longer one, or one without an end, holds more
# than a few words.
_FOREIGN: Final = 60
_CHARSET: Final = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?\sencoding)\s*=\s*[\"']?([\w-]{1,40})",
    re.IGNORECASE,
)


def open_html(text: str, *, attributes: bool = False) -> Markup:
    """Read HTML, a page or any part of one; every text is valid.

    With `attributes` those that people read or hear are lines, too; else all stay as they are.
    """
    page = _Page(text, attributes=attributes)
    return Markup(text, page.stretches, page.insets)


def bilingual_html(text: str, targets: Sequence[str], language: str, *, attributes: bool) -> str:
    """HTML that `open_html` read so, with copies below of what is translated, in as many rows.

    Raises DocumentError when there are not as many targets as lines.
    """
    text, settled = open_html(text, attributes=attributes).in_both(targets, language)
    return _in_both(text, settled, "below", language, attributes=attributes, in_rows=True)


def _in_both(  # noqa: PLR0913 - of this module alone
    text: str,
    targets: Sequence[str],
    layout: BilingualLayout,
    language: str,
    *,
    attributes: bool,
    in_rows: bool = False,
) -> str:
    page = _Page(text, attributes=attributes)
    changes = Markup(text, page.stretches, page.insets).changes(targets)
    return in_both_languages(text, page.blocks, changes, layout, language, in_rows=in_rows)


class HtmlFile:
    """HTML file: a `web.formats.base.Document`."""

    def __init__(self, data: bytes) -> None:
        """Read a file. Raises DocumentError when it is no text, or too long a one."""
        named = _CHARSET.search(data[:2048])
        charset = named[1].decode() if named else ""
        text, self._encoding = decoded_file(data, charset, set_aside=True)
        check_length(len(text))
        page = _Page(text, attributes=True)
        self._language, self._marks = page.language, page.marks
        self._markup = Markup(text, page.stretches, page.insets)
        self.lines: Sequence[str] = self._markup.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        other = other_language(language, self._language)
        marks = [Patch(each.start, each.end, language) for each in self._marks if other]
        return self._encoded(self._markup.rebuilt(targets, language, marks))

    def bilingual(
        self, targets: Sequence[str], layout: BilingualLayout, language: str = ""
    ) -> bytes:
        """Write both languages: see `web.formats.base.BilingualDocument`; raises as there.

        Attributes that people read or hear, and the page's title, become "source / target".
        """
        text, settled = self._markup.in_both(targets, language)
        return self._encoded(_in_both(text, settled, layout, language, attributes=True))

    def _encoded(self, text: str) -> bytes:
        return encoded(text, self._encoding, references=True)


class _Level(NamedTuple):
    """An open element: whether its text is translated, and its language if it is a foreign one."""

    name: str
    on: bool
    language: str
    classes: str


class _Open:
    """The elements that are open."""

    def __init__(self, main: str) -> None:
        self._main = main
        self._stack: list[_Level] = []
        self._names: Counter[str] = Counter()

    @property
    def on(self) -> bool:
        return self._stack[-1].on if self._stack else True

    @property
    def language(self) -> str:
        return self._stack[-1].language if self._stack else ""

    @property
    def in_prose(self) -> bool:
        """Whether a <pre> is open, which is only when it holds prose."""
        return self._names["pre"] > 0

    def is_on(self, event: Event) -> bool:
        """Whether the text in an element that begins here is translated."""
        return self.on if event.on is None else event.on

    def foreign(self, event: Event) -> str:
        """The language of an element that begins here, when it is another than the page's."""
        if event.language:
            return other_language(event.language, self._main)
        return self.language

    def is_code(self, pre: Event) -> bool:
        """Whether preformatted text that begins here is code by what it is called."""
        around = [each.classes for each in self._stack[-2:]]
        return names_code(" ".join((*around, pre.values.get("class") or "")))

    def begin(self, event: Event) -> None:
        last = self._stack[-1].name if self._stack else ""
        if (last in _IMPLIED and last == event.name) or (last == "p" and event.name in BLOCK):
            self.end(last)
        classes = event.values.get("class") or ""
        level = _Level(event.name, self.is_on(event), self.foreign(event), classes)
        self._stack.append(level)
        self._names[event.name] += 1

    def end(self, name: str) -> None:
        while self._names[name]:
            each = self._stack.pop()
            self._names[each.name] -= 1
            if each.name == name:
                return


class _Page:
    """A page, or a part of one: its lines, those inside of its tags, and its language marks."""

    def __init__(self, text: str, *, attributes: bool) -> None:
        self._text = text
        self._tags = Tags(text)
        self._events = self._tags.events
        self._attributes = attributes
        self.language = self._tags.language if attributes else ""
        self._open = _Open(self.language)
        self.marks: list[Attribute] = []
        # Tags between which there are no others that end a line.
        self.blocks: list[Event] = []
        self.insets: list[Stretch] = []
        self.stretches = list(self._stretches())

    def _stretches(self) -> Iterator[Stretch]:
        line: list[Token] = []
        index = 0
        while index < len(self._events):
            event = self._events[index]
            ends = event.kind in {"open", "close"} and (event.name in BLOCK or event.name in _APART)
            # A row of Markdown that is none of the page stays a row.
            ends |= event.kind == "aside" and self._text.startswith(_ROW_APART, event.start)
            if ends:
                yield Stretch(line, self._open.language)
                line = []
                self.blocks.append(event)
            elif event.kind == "text" and self._open.in_prose and self._open.on:
                index += 1
                for start, end in self._in_lines(event):
                    if start < end:
                        line.append(Token(TokenKind.TEXT, start, end))
                    if end < event.end:
                        yield Stretch(line, self._open.language)
                        line = []
                continue
            self._note(event)
            kind = self._kind(index)
            index += 1
            figure = ""
            if kind is TokenKind.ALONE and event.kind == "open":
                end = self._end_of(index, event.name)
                self._look_into(event, index, end)
                figure = self._figure(event, index, end)
                index = end
                if ends and event.name not in VOID:
                    self.blocks.append(self._events[index - 1])
            if not ends:
                last = self._events[index - 1].end
                within = event.name in VOID
                line.append(Token(kind, event.start, last, event.name, figure, within))
        yield Stretch(line, self._open.language)

    def _in_lines(self, event: Event) -> Iterator[tuple[int, int]]:
        """The lines and columns of preformatted text."""
        start = event.start
        for gap in _GAP.finditer(self._text, start, event.end):
            yield start, gap.start()
            start = gap.end()
        yield start, event.end

    def _kind(self, index: int) -> TokenKind:
        """The kind of an event in its line; the open elements are from now on as after it."""
        event = self._events[index]
        if event.kind == "text":
            return TokenKind.TEXT if self._open.on else TokenKind.ALONE
        if event.kind == "close":
            self._open.end(event.name)
            return TokenKind.ALONE if event.name == LINE_BREAK else TokenKind.CLOSE
        if event.kind == "open" and event.name not in VOID:
            off = event.name not in BLOCK and (
                event.on is False
                or _is_note(event)
                or names_formula(event.values.get("class") or "")
                or self._is_foreign(index)
            )
            apart = event.name in _APART and not self._is_prose(index)
            if not (off or event.name in _ALONE or apart):
                self._open.begin(event)
                return TokenKind.OPEN
        return TokenKind.ALONE

    def _figure(self, event: Event, index: int, end: int) -> str:
        """The code as which something is asked that is one thing in its line; "" for none."""
        values = event.values
        if event.name == "img":
            return asked_as_code(html.unescape(values.get("alt") or ""))
        if event.name == "input":
            return asked_as_code(event.name) if (values.get("type") or "text") in _FIELDS else ""
        if _is_note(event) or (event.name in _ALONE and event.name not in _SAID):
            return ""
        texts = (each for each in self._events[index:end] if each.kind == "text")
        said = html.unescape("".join(self._text[each.start : each.end] for each in texts))
        return "" if event.name not in _ALONE and is_sentence(said) else asked_as_code(said)

    def _is_foreign(self, index: int) -> bool:
        """Whether a start tag begins a few words in another language than the page's."""
        name = self._events[index].name
        if not other_language(self._events[index].language, self.language):
            return False
        depth = 0
        for event in self._events[index : index + _FOREIGN]:
            if event.kind not in {"open", "close"}:
                continue
            if event.name in BLOCK:
                return False
            if event.name == name:
                depth += 1 if event.kind == "open" else -1
                if not depth:
                    return True
        return False

    def _is_prose(self, index: int) -> bool:
        """Whether a start tag begins preformatted text that people read."""
        pre = self._events[index]
        if pre.name != "pre" or not self._open.is_on(pre):
            return False
        if self._open.in_prose:
            return True
        inside = self._events[index + 1 : self._end_of(index + 1, pre.name)]
        if self._open.is_code(pre) or any(each.name in _CODE for each in inside):
            return False
        text = "".join(self._text[each.start : each.end] for each in inside if each.kind == "text")
        return is_prose_block(html.unescape(text).splitlines())

    def _end_of(self, index: int, name: str) -> int:
        """Behind the end tag of an element whose start tag is before `index`; else behind all."""
        if name in VOID:
            return index
        depth = 1
        while index < len(self._events):
            event = self._events[index]
            index += 1
            if event.name == name and event.kind in {"open", "close"}:
                depth += 1 if event.kind == "open" else -1
                if not depth:
                    break
        return index

    def _look_into(self, event: Event, index: int, end: int) -> None:
        """Find what is read or heard in an element that is one thing in its line."""
        if not self._attributes or not self._open.is_on(event):
            return
        if event.name in _MEDIA:
            for each in self._events[index:end]:
                self._note(each)
            if event.name in _SHOWN:
                self._look_beside(index, end)
        elif event.name == "svg":
            self._look_into_drawing(self._events[index:end])

    def _look_beside(self, index: int, end: int) -> None:
        """Find what is read where something cannot be shown."""
        line: list[Token] = []
        while index < end:
            event = self._events[index]
            index += 1
            tag = event.kind in {"open", "close"}
            alone = event.kind == "open" and (
                event.on is False or event.name in _ALONE or event.name in _APART
            )
            if event.kind == "text":
                line.append(Token(TokenKind.TEXT, event.start, event.end))
                continue
            if alone and event.name not in _SHOWN:
                index = self._end_of(index, event.name)
            if (
                not tag
                or alone
                or event.name in BLOCK | VOID | _SHOWN
                or spoken(event.name, event.values)
            ):
                # Its attributes may be lines of their own, which are in no other.
                self.insets.append(Stretch(line, self._open.language))
                line = []
            else:
                kind = TokenKind.OPEN if event.kind == "open" else TokenKind.CLOSE
                line.append(Token(kind, event.start, event.end, event.name))
        self.insets.append(Stretch(line, self._open.language))

    def _look_into_drawing(self, events: Sequence[Event]) -> None:
        label = ""
        line: list[Token] = []
        for event in events:
            tag = event.kind in {"open", "close"}
            if tag and event.name in _LABELS and (event.name == label or not label):
                self.insets.append(Stretch(line, self._open.language))
                line = []
                on = event.kind == "open" and event.on is not False
                label = event.name if on else ""
            elif not label:
                continue
            elif tag and "x" in event.values:
                # A part that has a place of its own.
                self.insets.append(Stretch(line, self._open.language))
                line = []
            else:
                kind = TokenKind.TEXT if event.kind == "text" else TokenKind.ALONE
                if tag and event.name in _LABEL_PARTS:
                    kind = TokenKind.OPEN if event.kind == "open" else TokenKind.CLOSE
                line.append(Token(kind, event.start, event.end, event.name))

    def _note(self, event: Event) -> None:
        """Note what a tag's attributes say to people, and of the language."""
        if not (self._attributes and event.values and self._open.is_on(event)):
            return
        said = spoken(event.name, event.values)
        marks = language_marks(event.name, event.values)
        if not said and not marks:
            return
        language = self._open.foreign(event)
        for each in attributes_of(self._tags.seen, event.start, event.end):
            if each.name in said:
                tokens = list(self._value(each))
                self.insets.append(Stretch(tokens, language, each.quote))
            elif each.name in marks and self.language:
                mark = primary_language(self._text[each.start : each.end])
                if mark == self.language:
                    self.marks.append(each)

    def _value(self, attribute: Attribute) -> Iterator[Token]:
        """The value of an attribute: its text, and its template tags."""
        position = attribute.start
        spans = self._tags.template_tags
        index = bisect_left(spans, (position,))
        while index < len(spans) and spans[index].start < attribute.end:
            start, end = spans[index]
            if position < start:
                yield Token(TokenKind.TEXT, position, start)
            yield Token(TokenKind.ALONE, start, end)
            position = end
            index += 1
        if position < attribute.end:
            yield Token(TokenKind.TEXT, position, attribute.end)


def _is_note(event: Event) -> bool:
    """Whether a tag begins the mark of a note, whatever it is: „1“, „*“, „[Anm. 3]“."""
    kinds = f"{event.values.get('epub:type') or ''} {event.values.get('role') or ''}".split()
    return "noteref" in kinds or "doc-noteref" in kinds
