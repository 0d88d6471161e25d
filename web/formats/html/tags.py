"""HTML tags: where each tag, comment and text of a page or a part of one stands.

The parser is html.parser of the standard library, because it tells where each tag stands: people
send fragments and pages that no validator has seen, and lexbor, lxml and html5lib would write all
of them anew, with other quotes, other entities and tags that were never there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Final, NamedTuple

from web.formats.html.attributes import language_marks
from web.formats.language_marks import primary_language
from web.formats.template_tags import Span, hidden, template_tags


def names(words: str) -> frozenset[str]:
    """Set of the names in a text."""
    return frozenset(words.split())


# Tags that end a line; <br> does unless a sentence may go on. All others, unknown ones too, stand
# in one.
BLOCK: Final = names("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li
    main menu nav ol optgroup option p search section select summary table tbody td tfoot th thead
    title tr ul
""")
VOID: Final = names("""
    area base br col embed frame hr img input link meta param source track wbr
""")
_NOTHING: Final[Mapping[str, str | None]] = {}


class Event(NamedTuple):
    """Event of the parser: a tag ("open", "close"), "text", or an "aside" such as a comment.

    It is the text's characters `start` to `end`. `values` are a start tag's attributes, in which
    entities and template tags are not what they were.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    values: Mapping[str, str | None] = _NOTHING

    @property
    def on(self) -> bool | None:
        """Whether it says that its text is to be translated; None if it says nothing of it."""
        if "notranslate" in (self.values.get("class") or "").split():
            return False
        if "translate" in self.values:
            return (self.values["translate"] or "yes").lower() != "no"
        return None

    @property
    def language(self) -> str:
        """The language that it says its text to be in; "" if it says nothing of it."""
        return primary_language(self.values.get("lang") or self.values.get("xml:lang"))


class Tags:
    """Page, or any part of one, as its parts in order, without gaps; every text is valid."""

    def __init__(self, text: str) -> None:
        self.template_tags = template_tags(text)
        # What the parser sees: a template tag is a word to it, wherever it stands.
        self.seen = hidden(text, self.template_tags)
        self.events: Sequence[Event] = list(_parted(_Reader(self.seen), self.template_tags))

    @property
    def language(self) -> str:
        """The language that the page, or the part of one, says it is in; "" if it says nothing."""
        first = named = ""
        for event in self.events:
            if event.kind != "open":
                continue
            if event.name in {"html", "body"} and event.language:
                return event.language
            if event.name == "meta" and "content" in language_marks("meta", event.values):
                named = named or primary_language(event.values["content"])
            first = first or event.language or "-"
        return named or first.strip("-")


def _parted(reader: "_Reader", spans: Sequence[Span]) -> Iterator[Event]:
    """The reader's events, with the template tags in text as asides."""
    index = 0
    for event in reader.events:
        while index < len(spans) and spans[index].end <= event.start:
            index += 1
        position = event.start
        if event.kind == "text":
            for start, end in _until(spans, index, event.end):
                if position < start:
                    yield event._replace(start=position, end=start)
                position = min(end, event.end)
                yield Event("aside", max(start, event.start), position)
        if position < event.end:
            yield event._replace(start=position)


def _until(spans: Sequence[Span], index: int, end: int) -> Iterator[Span]:
    while index < len(spans) and spans[index].start < end:
        yield spans[index]
        index += 1


class _Reader(HTMLParser):
    """Gives the parts of a text in order, without gaps."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._found: list[tuple[str, int, str, Mapping[str, str | None]]] = []
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
            self._found.append(("aside" if unfinished else "text", rest, "", _NOTHING))
        self._found.append(("text", last, "", _NOTHING))
        if comment >= 0:
            self._found.append(("aside", comment, "", _NOTHING))
        ends = [start for _, start, _, _ in self._found[1:]]
        self.events = [
            Event(kind, start, end, name, values)
            for (kind, start, name, values), end in zip(
                self._found, [*ends, len(text)], strict=True
            )
            if start < end
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("open", tag, dict(attrs) if attrs else _NOTHING)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML has no such tags: the slash means nothing, except where svg and math are.
        plain = tag in BLOCK or tag in VOID
        self._add("open" if plain else "alone", tag, dict(attrs) if attrs else _NOTHING)

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

    def _add(self, kind: str, name: str = "", values: Mapping[str, str | None] = _NOTHING) -> None:
        line, column = self.getpos()
        self._found.append((kind, self._starts[line - 1] + column, name, values))
