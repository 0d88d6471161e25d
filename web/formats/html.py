"""HTML: text is translated; tags, attributes, code and `translate="no"` stay as they are.

The parser is html.parser of the standard library, because it tells where each tag stands: people
send fragments and pages that no validator has seen, and lexbor, lxml and html5lib would write all
of them anew, with other quotes, other entities and tags that were never there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Final, NamedTuple

from web.formats.line_breaks import LINE_BREAK
from web.formats.markup import Markup, Token, TokenKind
from web.formats.plain_text import decoded_file, encoded


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Tags that end a line; <br> does unless a sentence may go on. All others, unknown ones too, stand
# in one.
_BLOCK: Final = _names("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li
    main menu nav ol optgroup option p search section select summary table tbody td tfoot th thead
    title tr ul
""")
# Elements that are one thing in a line, with all that is in them.
_ALONE: Final = _names("""
    applet audio canvas code embed iframe kbd map math noembed noframes object picture samp script
    style svg template textarea var video xmp
""")
# The same, but they end a line.
_APART: Final = _names("listing plaintext pre")
_VOID: Final = _names("""
    area base br col embed frame hr img input link meta param source track wbr
""")
# Their end tags may be missing: the next one of the kind ends them.
_IMPLIED: Final = _names("dd dt li option p tbody td tfoot th thead tr")
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


def open_html(text: str) -> Markup:
    """Read HTML, a page or any part of one; every text is valid."""
    return Markup(text, _stretches(_Reader(text).events))


class HtmlFile:
    """HTML file: a `web.formats.base.Document`."""

    def __init__(self, data: bytes) -> None:
        """Read a file. Raises DocumentError when it is no text."""
        named = _CHARSET.search(data[:2048])
        text, self._encoding = decoded_file(data, named[1].decode() if named else "")
        self._markup = open_html(text)
        self.lines: Sequence[str] = self._markup.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:  # noqa: ARG002 - it has no marks
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        text, encoding = self._markup.rebuilt(targets), self._encoding
        if encoding.mark or encoding.codec.startswith("utf"):
            return encoded(text, encoding)
        return text.encode(encoding.codec, "xmlcharrefreplace")


class _Event(NamedTuple):
    """A tag ("open", "close"), text, or an aside such as a comment; `on` is its `translate`."""

    kind: str
    start: int
    end: int
    name: str = ""
    on: bool | None = None


class _Reader(HTMLParser):
    """Gives the parts of a text in order, without gaps."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._found: list[tuple[str, int, str, bool | None]] = []
        # Ends that the parser would search for in vain from many places are taken out of its
        # sight: of the last comment, of the last tag. & and CDATA mean nothing to it in the rest.
        comment = text.find("<!--", max(0, text.rfind("-->")))
        seen = text if comment < 0 else text[:comment]
        last = seen.rfind(">") + 1
        self.feed(seen[:last].replace("&", "x").replace("<![", "<!x"))
        # A tag whose quote nobody closes is left: without an end it is nothing to a browser, and
        # what close() makes of it differs between versions of the parser.
        rest = last - len(self.rawdata)
        if rest < last:
            unfinished = text.startswith("<", rest) and not self.cdata_elem
            self._found.append(("aside" if unfinished else "text", rest, "", None))
        self._found.append(("text", last, "", None))
        if comment >= 0:
            self._found.append(("aside", comment, "", None))
        ends = [start for _, start, _, _ in self._found[1:]]
        self.events = [
            _Event(kind, start, end, name, on)
            for (kind, start, name, on), end in zip(self._found, [*ends, len(text)], strict=True)
            if start < end
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        on = None
        if "translate" in values:
            on = (values["translate"] or "yes").lower() != "no"
        if "notranslate" in (values.get("class") or "").split():
            on = False
        self._add("open", tag, on)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML has no such tags: the slash means nothing, except where svg and math are.
        if tag in _BLOCK or tag in _VOID:
            self.handle_starttag(tag, attrs)
        else:
            self._add("aside")

    def handle_endtag(self, tag: str) -> None:
        self._add("close", tag)

    def handle_data(self, data: str) -> None:  # noqa: ARG002 - where it stands is enough
        self._add("text")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self._add("aside")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002
        self._add("aside")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self._add("aside")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self._add("aside")

    def _add(self, kind: str, name: str = "", on: bool | None = None) -> None:  # noqa: FBT001
        line, column = self.getpos()
        self._found.append((kind, self._starts[line - 1] + column, name, on))


class _Open:
    """The elements that are open, and whether text in them is translated."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, bool]] = []
        self._names: Counter[str] = Counter()

    @property
    def on(self) -> bool:
        return self._stack[-1][1] if self._stack else True

    def begin(self, event: _Event) -> None:
        last = self._stack[-1][0] if self._stack else ""
        if (last in _IMPLIED and last == event.name) or (last == "p" and event.name in _BLOCK):
            self.end(last)
        self._stack.append((event.name, self.on if event.on is None else event.on))
        self._names[event.name] += 1

    def end(self, name: str) -> None:
        while self._names[name]:
            each, _ = self._stack.pop()
            self._names[each] -= 1
            if each == name:
                return


def _stretches(events: Sequence[_Event]) -> Iterator[list[Token]]:
    open_ = _Open()
    line: list[Token] = []
    index = 0
    while index < len(events):
        event = events[index]
        start = event.start
        ends = event.name in _BLOCK or event.name in _APART
        if ends:
            yield line
            line = []
        kind = _kind(event, open_)
        index += 1
        if kind is TokenKind.ALONE and event.kind == "open":
            index = _end_of(events, index, event.name)
        if not ends:
            line.append(Token(kind, start, events[index - 1].end, event.name))
    yield line


def _kind(event: _Event, open_: _Open) -> TokenKind:
    """The kind of an event in its line; `open_` is from now on as after it."""
    if event.kind == "text":
        return TokenKind.TEXT if open_.on else TokenKind.ALONE
    if event.kind == "close":
        open_.end(event.name)
        return TokenKind.ALONE if event.name == LINE_BREAK else TokenKind.CLOSE
    if event.kind == "open" and event.name not in _VOID:
        off = event.on is False and event.name not in _BLOCK
        if not (off or event.name in _ALONE or event.name in _APART):
            open_.begin(event)
            return TokenKind.OPEN
    return TokenKind.ALONE


def _end_of(events: Sequence[_Event], index: int, name: str) -> int:
    """Behind the end tag of an element whose start tag is before `index`; else behind all."""
    if name in _VOID:
        return index
    depth = 1
    while index < len(events):
        event = events[index]
        index += 1
        if event.name == name and event.kind in {"open", "close"}:
            depth += 1 if event.kind == "open" else -1
            if not depth:
                break
    return index
